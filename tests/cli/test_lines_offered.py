"""What is offered in place of a line: which of several ratings is a day's worst, on the day that was named."""

from collections.abc import Callable

import pytest

from tests.conftest import Run, Write


@pytest.mark.parametrize(
    ("command", "offered"),
    [
        ("pain 3 --worst 6", ["log pain 3, worst 6"]),
        ("pain --average 7 --worst 5 --at 2026-11-16", ["log pain average 5, worst 7 --at 2026-11-16"]),
        ("pain 2 --least 4", ["log pain 4, least 2"]),
        ("pain 2 --average 4", ["log pain 2, average 4", "log pain 4, average 2"]),
    ],
)
def test_numbers_behind_options_are_asked_about(command: str, offered: list[str], run: Run) -> None:
    ran = run(*command.split())
    assert ran.code == 2
    assert "an option says what the one number is" in ran.err
    assert [line.strip().removeprefix("painlog ") for line in ran.err.splitlines()[1:]] == offered
    assert run("list").out == ""


@pytest.mark.parametrize(
    ("command", "offered"),
    [
        (["log", "--at", "mon", "pain", "7", "3"], "log pain 7 --at 2026-11-16"),
        (["mood", "7", "3", "--at", "mon 21:30"], "log mood 7 --at '2026-11-16 21:30'"),
        (["log", "--at", "mon", "8am", "pain", "7", "3"], "note 8am pain 7 3 --at '2026-11-16 08:00'"),
        (["log", "--at", "mon", "flare", "over"], "note 'flare over' --at 2026-11-16"),
        (["log", "pain", "7", "3"], "log pain 7"),
    ],
)
def test_what_is_offered_keeps_the_day_that_was_named(command: list[str], offered: str, run: Run) -> None:
    """Else the line would record it as of now."""
    assert f"  painlog {offered}\n" in run(*command).err


def test_checkin_does_not_take_a_worst_under_the_average(run: Run, type_lines: Callable[..., None]) -> None:
    run("config", "set", "evening_questions", "pain_average,pain_worst,pain_least")
    type_lines("8", "5", "", "")
    ran = run("checkin", "evening")
    assert "worst 5 does not go with average 8; < goes back" in ran.err
    assert "pain average 8" in ran.out
    assert "worst 5" not in ran.out


def test_a_worst_that_the_day_goes_beyond_is_said(run: Run) -> None:
    run("pain", "8", "--average")
    assert "Thu 19 Nov has worst 5 and average 8, which do not go together" in run("pain", "5", "--worst").err
    assert "do not go together" not in run("pain", "9", "--worst").err
    assert "do not go together" not in run("pain", "6", "--average", "--at", "yesterday").err


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("4 dec mood 5", "log 4 dec 2025 mood 5"),
        ("on the 4th of december mood 5", "log on the 4 dec 2025 mood 5"),
    ],
)
def test_a_date_just_ahead_is_offered_with_its_year(line: str, offered: str, run: Run) -> None:
    assert f"  painlog {offered}\n" in run("log", *line.split()).err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("5", "painlog log pain 5"),
        ("log goal hopefully", "goal: done, partly or not?"),
        ("list trolley", "painlog list --text trolley looks for it"),
        ("dose gabapentin 123456789mg", "not 123,456,789"),
    ],
)
def test_what_is_refused_is_said_with_what_would_do(command: str, said: str, run: Run) -> None:
    assert said in " ".join(run(*command.split()).err.split())


def test_a_list_that_leaves_out_entries_says_so(run: Run, write: Write) -> None:
    write([f"2026-11-18 1{i // 10}:{i % 10:02d} pain 4" for i in range(20)])
    assert run("list").err == ""
    run("pain", "5")
    assert (run("list").err, run("list").out.count("pain")) == ("earlier entries: painlog list --period all\n", 20)
