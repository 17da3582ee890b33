"""``painlog`` alone: today at a glance on a terminal, the help elsewhere. It reads and never writes."""

import sqlite3
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from painlog.analysis.glance import Glance, last_days, make_glance
from painlog.domain.flares import Flare
from painlog.domain.variables import DayValue, variables
from painlog.storage.journal import Journal
from painlog.view.screens.glance import CRISIS, MOST_ENTRIES, glance_lines, welcome_lines
from tests.conftest import NOW, Ran, Run
from tests.support.terminals import COLOUR, ESCAPE, in_a_terminal

TODAY = NOW.date()
KNOWN = [variables()[name] for name in ("pain", "mood", "sleep")]
WEEK = (
    *("fri pain 7, mood 3, slept 4h45", "sun pain average 5.5, slept 6h", "mon pain 4", "mon pain 6, mood 6"),
    *("tue pain 10, mood 0", "wed pain 0, mood 10, slept 11h"),
)


@pytest.fixture
def terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run painlog where standard output says that it is a terminal of 80 columns, without styles."""

    def runner(*arguments: str) -> Ran:
        with monkeypatch.context() as patched:
            patched.setenv("TERM", "dumb")
            patched.setattr(sys.stdout, "isatty", lambda: True)
            return run(*arguments)

    return runner


def glanced(*numbers: float | None) -> Glance:
    days = list(last_days(TODAY).days())
    known = {day: DayValue(value, 1) for day, value in zip(days, numbers, strict=False) if value is not None}
    return make_glance(TODAY, [], dict.fromkeys(KNOWN, known), [])


def test_a_screen_that_was_looked_over(
    run: Run, terminal: Run, snapshot: SnapshotAssertion, at: Callable[[str], None]
) -> None:
    at("2026-11-12T14:05:00+01:00")
    run("note", "the journal begins")
    at("2026-11-19T14:05:00+01:00")
    for line in (*WEEK, "06:50 slept 5h30 quality 2", "12:15 took ibuprofen 400mg", "13:50 pain 6 low back left"):
        assert run("log", line).code == 0, line
    run("flare", "start", "--at", "tue")
    run("note", "A long note that goes on and on and on until it is far too long for a line of any screen at all")
    shown = terminal()
    assert (shown.code, shown.err) == (0, "")
    assert shown.out == snapshot


def test_without_a_journal_it_welcomes_and_makes_none(terminal: Run, path: Path) -> None:
    shown = terminal()
    assert (shown.code, shown.err) == (0, "")
    assert all(said in shown.out for said in ("painlog pain 6", "painlog demo", "painlog --help", "help-now"))
    assert shown.out.count("\n") < 15
    assert not path.parent.exists()


def test_a_journal_without_an_entry_of_these_days(terminal: Run) -> None:
    terminal("pain", "5", "--at", "2024-03-01")
    shown = terminal().out
    assert "  no entry yet\n" in shown
    assert "pain            .     .     .     .     .     .     .   .......     . (0 of 7)" in shown


def test_in_a_pipe_it_is_the_help(run: Run) -> None:
    run("pain", "5")
    shown = run()
    assert (shown.code, shown.out) == (0, run("--help").out)
    assert shown.out.startswith("Usage: painlog")


def test_it_reads_only(terminal: Run, path: Path) -> None:
    terminal("pain", "5")
    before = (path.read_bytes(), path.stat().st_mtime_ns, sorted(path.parent.iterdir()))
    assert terminal().code == 0
    assert (path.read_bytes(), path.stat().st_mtime_ns, sorted(path.parent.iterdir())) == before


def test_a_locked_journal_is_one_sentence_and_the_way_to_help_stays(terminal: Run, path: Path) -> None:
    terminal("pain", "5")
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        shown = terminal()
        other.execute("ROLLBACK")
    other.close()
    assert (shown.code, shown.err.count("\n")) == (1, 1)
    assert "busy" in shown.err
    assert CRISIS in shown.out


@pytest.mark.parametrize("damage", ["text", "cut", "zeros", "directory", "link"])
def test_a_journal_that_cannot_be_read_is_one_sentence(damage: str, terminal: Run, path: Path) -> None:
    terminal("pain", "5")
    whole = path.read_bytes()
    path.unlink()
    if damage == "directory":
        path.mkdir()
    elif damage == "link":
        path.symlink_to("/dev/null")
    else:
        broken = {
            "text": b"dear diary",
            "cut": whole[: len(whole) // 2],
            "zeros": whole[:100] + bytes(len(whole) - 100),
        }
        path.write_bytes(broken[damage])
    shown = terminal()
    assert (shown.code, shown.err.count("\n")) == (1, 1)
    assert CRISIS in shown.out
    assert terminal("help-now").code == 0


def test_a_damaged_value_is_a_gap(terminal: Run, path: Path) -> None:
    terminal("log", "pain 5, slept 6h")
    with Journal.open(path, NOW) as journal:
        journal.rows.conn.execute("UPDATE entries SET value = 9e999")
    assert terminal().out.count("0 of 7") == 3


@pytest.mark.parametrize("columns", ["1", "20", "33"])
def test_a_very_narrow_terminal_is_no_error(columns: str, terminal: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert terminal().code == 0
    terminal("log", "pain 5, pain 6, mood 4, slept 6h")
    terminal("plan", "start", "physio", "--therapy")
    for command in ((), ("chart", "pain"), ("chart", "pain", "sleep", "--panels"), ("chart", "pain", "--by", "hour")):
        assert terminal(*command).code == 0, command


@pytest.mark.parametrize("columns", [40, 50])
def test_what_a_narrow_terminal_shows_is_within_it(
    columns: int, terminal: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The terminal broke lines inside words."""
    monkeypatch.setenv("COLUMNS", str(columns))
    line = "pain 6 low back left burning, mood 4 worry 6, slept 5h30"
    commands = (("log", line), ("plan", "start", "duloxetine", "60mg", "daily"), ("plan",), ("today",), ("undo",))
    for command in commands:
        assert max(map(len, terminal(*command).out.splitlines())) <= columns, command


def test_many_entries_are_the_last_ones(terminal: Run, tmp_path: Path) -> None:
    text = tmp_path / "day.txt"
    text.write_text("\n".join(f"{8 + i // 100:02d}:{i % 60:02d} pain {i % 10}" for i in range(500)))
    assert terminal("log", "--file", str(text)).code == 0
    shown = terminal().out
    assert f"  {500 - MOST_ENTRIES} earlier (painlog today)\n" in shown
    assert shown.count("  pain ") == MOST_ENTRIES


def test_words_of_the_diary_cannot_reach_the_terminal(terminal: Run) -> None:
    terminal("note", "[red]\x1b[31mred[/b]\u202e")
    shown = terminal().out
    assert "[red]␛[31mred[/b]" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_what_is_due_is_said_as_due_says_it(terminal: Run) -> None:
    terminal("mood", "5")
    due = terminal("due").out
    assert due
    assert due in terminal().out


@given(st.lists(st.none() | st.floats(0, 10), min_size=7, max_size=7), st.integers(40, 200))
def test_every_day_has_a_digit_and_no_line_is_too_wide(numbers: list[float | None], width: int) -> None:
    lines = [str(line) for line in glance_lines(glanced(*numbers), ["x " * 90], width)]
    assert [line for line in lines if cell_len(line) > width] == []
    row = next(line for line in lines if line.startswith("pain"))
    shown = row.split()[1:8]
    assert [cell == "." for cell in shown] == [number is None for number in numbers]
    assert [line for line in welcome_lines(width) if cell_len(str(line)) > max(width, 72)] == []


@pytest.mark.parametrize(
    ("numbers", "bars"),
    [((0, 1.3, 2.5, 5, 7.4, 9.9, 10), "▁▂▃▅▆██"), ((None, None, 5, None, None, None, 0), "..▅...▁")],
)
def test_bars_are_of_the_whole_scale(numbers: tuple[float | None, ...], bars: str) -> None:
    assert bars in next(str(line) for line in glance_lines(glanced(*numbers), [], 80) if str(line).startswith("pain"))


def test_an_open_flare_is_counted_from_its_first_day() -> None:
    found = glanced(5)
    opened = Glance(TODAY, (), found.week, Flare(TODAY - timedelta(days=2), None))
    said = [str(line) for line in glance_lines(opened, [], 80)]
    assert "Flare since Tue 17 Nov, day 3 (painlog flare end closes it)" in said
    assert not any("Flare" in str(line) for line in glance_lines(found, [], 80))


def test_on_a_real_terminal(path: Path) -> None:
    assert b"painlog demo" in in_a_terminal(path)
    assert not path.exists()
    in_a_terminal(path, "pain", "6")
    styled = in_a_terminal(path)
    assert ESCAPE.search(styled)
    assert not COLOUR.search(styled)
    assert ESCAPE.sub(b"", in_a_terminal(path, NO_COLOR="1")) == ESCAPE.sub(b"", styled)
    assert not ESCAPE.search(in_a_terminal(path, "--plain"))
