"""What a screen reader is given: --plain wherever it stands, and values instead of a drawing."""

import pytest

from tests.conftest import Run


@pytest.mark.parametrize("command", ["chart pain", "week", "plan show", "calendar pain", "today", "due", "list"])
def test_plain_is_taken_after_a_command_as_before_it(command: str, run: Run) -> None:
    run("log", "pain 6, mood 4")
    before = run("--plain", *command.split())
    after = run(*command.split(), "--plain")
    assert (before.code, before.out) == (after.code, after.out) == (0, after.out), after.err


def test_words_after_two_hyphens_are_no_option(run: Run) -> None:
    assert run("note", "--", "--plain").code == 0
    assert "--plain" in run("list").out


def test_a_plain_chart_has_dated_values_and_no_drawing(run: Run) -> None:
    run("log", "yesterday pain 5")
    run("log", "pain 6, mood 4")
    shown = run("chart", "pain", "mood", "--plain").out
    values = [line for line in shown.splitlines() if line.startswith(("pain, ", "mood, "))]
    assert [line.rsplit(": ", 1)[1] for line in values] == ["5.0", "6.0", "4.0"]
    assert not set(shown) & set("┌│●○⠀⣀─▒")
    assert "Gaps are days without an entry." in shown
