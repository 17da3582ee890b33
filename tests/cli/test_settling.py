"""A line that is not clear, on a terminal: what is in question is answered with a key, a number or a word."""

import shlex
from pathlib import Path

import pytest

from painlog.storage.journal import Journal
from tests.conftest import NOW
from tests.support.terminals import typed

ASKED = "nothing: "  # what the question ends with


def recorded(path: Path) -> list[str]:
    with Journal.look(path, NOW) as journal:
        return [entry.text for entry in journal.entries()]


@pytest.fixture(autouse=True)
def config(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.parent.mkdir()
    monkeypatch.setenv("PAINLOG_CONFIG", str(path.with_name("config.toml")))


@pytest.mark.parametrize(
    ("line", "answers", "kept"),
    [
        ("6 back 4 neck", "a", ["pain 6, back", "pain 4, neck"]),
        ("6 back 4 neck", "", []),
        ("6 back 4 neck", "n", ["note: 6 back 4 neck"]),
        ("tired of it all", "", ["note: tired of it all"]),
        ("lfet elbow 5", "y", ["pain 5, elbow LEFT"]),
        ("mood awful", "3", ["mood 3, awful"]),
        ("mood awful", "3,5", ["mood 3.5, awful"]),
        ("mood awful", "11", []),
        ("pain 5, mood awful", "4", ["pain 5", "mood 4, awful"]),
        ("pain 5, mood awful", "", ["pain 5", "note: mood awful"]),
        ("pain 6 to 7", "7", ["pain 7"]),
        ("pain 6 to 7", "b", ["pain 7"]),
        ("pain 6 to 7", "maybe", []),
        ("pain 5 at 7, took dipyrone", "am y", ["pain 5", "dose dipyrone"]),
        ("took codeine 30", "mg", ["dose codeine, 30 mg"]),
        ("slept 3-4hrs", "3", ["sleep 3 h 00"]),
        ("yestrday pain 5", "y", ["pain 5"]),
    ],
)
def test_a_question_is_answered(line: str, answers: str, kept: list[str], path: Path) -> None:
    """An answer that is not read, or no right value, leaves the line in question: nothing is recorded unsaid.

    Where a line is offered, Enter takes neither that nor the note: who believed their pain recorded would lose it.
    """
    keys = [(ASKED, f"{answer}\n") for answer in answers.split() or [""]]
    code, screen = typed(path, [*keys, *([] if kept else [(ASKED, "\x03")])], "log", line)
    assert code == (0 if kept else 130), screen
    assert (recorded(path) if path.exists() else []) == kept, screen
    if not kept:
        assert f"nothing was recorded: {line}" in " ".join(screen.split()) or "11" in screen


def test_a_line_with_an_open_number_asks_for_it(path: Path) -> None:
    code, screen = typed(path, [(ASKED, "a\n"), ("N is ", "4\n")], "log", "mood awful")
    assert (code, recorded(path)) == (0, ["mood 4, awful"]), screen


def test_each_open_number_is_asked_for(path: Path) -> None:
    """None is left as a letter in somebody's words."""
    code, screen = typed(path, [(ASKED, "6\n"), ("N is ", "4\n")], "log", "pain bad, mood awful")
    assert (code, recorded(path)) == (0, ["pain 6, bad", "mood 4, awful"]), screen


def test_a_line_typed_anew_is_taken(path: Path) -> None:
    code, screen = typed(path, [(ASKED, "back 6, neck 4\n")], "log", "6 back 4 neck")
    assert (code, recorded(path)) == (0, ["pain 6, back", "pain 4, neck"]), screen


def test_what_is_kept_whole_has_the_time_of_its_line(path: Path) -> None:
    """A month later nobody knows which yesterday a note meant."""
    code, screen = typed(path, [(ASKED, "n\n")], "log", "yesterday neck hurts")
    with Journal.look(path, NOW) as journal:
        (entry,) = journal.entries()
    assert (code, entry.text, (NOW.date() - entry.day).days) == (0, "note: yesterday neck hurts", 1), screen


def test_what_is_offered_is_shown_before_the_keys(path: Path) -> None:
    """A person who cannot think sees the line that is likely meant, and the letter that takes it."""
    screen = typed(path, [(ASKED, "\x03")], "log", *shlex.split("6 back 4 neck"))[1]
    lines = [line.rstrip() for line in screen.replace("\r", "").splitlines()]
    at = lines.index("  a  back 6, neck 4")
    assert "is 6 a score or a count?" in screen
    assert lines[at + 1].startswith("a records that line; n keeps it as a note; e edits")


def test_a_command_that_would_help_is_named(path: Path) -> None:
    screen = typed(path, [(ASKED, "\x03")], "log", "bloating 4")[1]
    assert "or leave, and type: painlog track add bloating" in screen
