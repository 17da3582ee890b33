"""``painlog log`` alone on a terminal, and the keys of the landing screen."""

from pathlib import Path

import pytest

from painlog.storage.journal import Journal
from tests.conftest import NOW, Run
from tests.support.terminals import PROMPT, typed


@pytest.fixture(autouse=True)
def own_config(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of the journal's own, and no settings."""
    path.parent.mkdir()
    monkeypatch.setenv("PAINLOG_CONFIG", str(path.with_name("config.toml")))


def recorded(path: Path) -> list[str]:
    if not path.exists():
        return []
    with Journal.look(path, NOW) as journal:
        return sorted(entry.text for entry in journal.entries())


def test_each_line_is_recorded_until_an_empty_one_and_shells_get_none_of_it(path: Path) -> None:
    keys = [(PROMPT, 'note it\'s "bad"; $(x)!\r'), (PROMPT, "pain 6 neck\r"), (PROMPT, "\r")]
    code, screen = typed(path, keys, "log")
    assert code == 0, screen
    assert recorded(path) == ['note: it\'s "bad"; $(x)!', "pain 6, neck"]
    assert [each.name for each in path.parent.iterdir() if each != path] == [], "history is kept in no file"


def test_the_reading_is_shown_while_a_line_is_typed(path: Path) -> None:
    keys = [(PROMPT, "pain 6 left knee"), ("I read: pain 6, knee LEFT", "\x03"), (PROMPT, "\x04")]
    code, _ = typed(path, keys, "log")
    assert (code, recorded(path)) == (0, [])


def test_a_line_that_is_not_clear_is_asked_about_and_the_next_one_is_taken(path: Path) -> None:
    keys = [(PROMPT, "knee hurts\r"), ("nothing: ", "\x03"), (PROMPT, "mood 4\r"), (PROMPT, "\r")]
    code, screen = typed(path, keys, "log")
    assert (code, recorded(path)) == (0, ["mood 4"]), screen
    assert "nothing was recorded: knee hurts" in screen


def test_a_command_typed_as_a_line_is_no_note_and_log_before_a_line_is_left_out(path: Path) -> None:
    keys = [(PROMPT, "painlog undo\r"), (PROMPT, "painlog log pain 3\r"), (PROMPT, "log mood 2\r"), (PROMPT, "\r")]
    code, screen = typed(path, keys, "log")
    assert (code, recorded(path)) == (0, ["mood 2", "pain 3"]), screen
    assert "undo is a command; an empty line leads back" in screen


def test_undo_takes_back_the_last_line_of_this_prompt_alone_and_redo_brings_it_back(path: Path, run: Run) -> None:
    """Each line was answered with ``undo: painlog undo``, which was refused when it was typed there."""
    run("pain", "1")
    lines = ("mood 4", "pain 6 neck", "painlog undo", "painlog redo", "undo", "undo", "undo", "note Rain", "undo")
    code, screen = typed(path, [*((PROMPT, f"{line}\r") for line in lines), (PROMPT, "\r")], "log")
    assert (code, recorded(path)) == (0, ["pain 1"]), screen
    said = ["recorded again: pain 6, neck", "taken back: mood 4", "taken back: note: Rain"]
    assert [text for text in said if text not in screen] == []
    assert screen.count("taken back: pain 6, neck") == 2
    assert screen.count("undo is a command; an empty line leads back") == 1


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("today pain 5", ["pain 5"]),
        ("interference 6", ["interference 6"]),
        ("ask doctor about the tablets", ["ask doctor: about the tablets"]),
        ("same pain 8", []),
        ("week", []),
    ],
)
def test_a_word_that_is_a_command_too_may_open_an_entry(line: str, left: list[str], path: Path) -> None:
    """What is an entry is recorded; what is none is not recorded as a note of one."""
    code, screen = typed(path, [(PROMPT, f"{line}\r"), (PROMPT, "\r")], "log")
    assert (code, recorded(path)) == (0, left), screen
    assert ("is a command; an empty line leads back" in screen) is (left == [])


def test_a_name_that_a_line_brought_is_known_to_the_next(path: Path) -> None:
    """Beneath it as in what is recorded."""
    keys = [(PROMPT, "took floradix 10ml\r"), (PROMPT, "skipped floradix"), ("I read: dose skipped floradix", "\r")]
    code, screen = typed(path, [*keys, (PROMPT, "\r")], "log")
    assert (code, recorded(path)) == (0, ["dose floradix, 10 ml", "dose skipped floradix"]), screen


@pytest.mark.parametrize("how", [{"TERM": "dumb"}, {}])
def test_plain_lines_where_nothing_can_be_drawn(path: Path, how: dict[str, str]) -> None:
    before = ["--plain"] if not how else []
    code, screen = typed(path, [("> ", "pain 6\nmood 4\n\n")], *before, "log", **how)
    assert (code, recorded(path)) == (0, ["mood 4", "pain 6"])
    assert "\x1b" not in screen


def test_in_a_pipe_it_says_what_to_write(run: Run) -> None:
    ran = run("log")
    assert (ran.code, ran.err.startswith("painlog: say what to record, for example: painlog log pain 6")) == (2, True)


@pytest.mark.parametrize(
    ("key", "line", "left"),
    [
        ("p", "7\r", ["pain 7"]),
        ("m", "3\r", ["mood 3"]),
        ("s", "5h30\r", ["sleep 5 h 30"]),
        ("l", "pain 2 neck\r", ["pain 2, neck"]),
        ("xq", "", []),
        ("\r", "", []),
        ("\x03", "", []),
    ],
)
def test_a_key_of_the_landing_screen_begins_a_line(key: str, line: str, left: list[str], path: Path) -> None:
    code, screen = typed(path, [("q leaves", key), (PROMPT, line), (PROMPT, "\r")])
    assert (code, recorded(path)) == (0, left), screen


def test_a_key_of_the_landing_screen_runs_a_command(path: Path, run: Run) -> None:
    run("pain", "6")
    assert "taken back: pain 6" in typed(path, [("q leaves", "u")])[1]
    assert "PAIN" in typed(path, [("q leaves", "w")])[1].upper()
    code, _ = typed(path, [("q leaves", "c"), ("> ", "\u0004")])
    assert (code, recorded(path)) == (0, [])


def test_tab_completes_a_place_of_several_words(path: Path) -> None:
    code, screen = typed(path, [(PROMPT, "pain 6 lower ba\t\r"), (PROMPT, "\r")], "log")
    assert (code, recorded(path)) == (0, ["pain 6, low back"]), screen
