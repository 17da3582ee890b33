"""A real terminal: colour where it is wanted and nowhere else, nothing wider than the screen."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.cli.test_processes import PAINLOG, environment
from tests.support import warm
from tests.support.terminals import COLOUR, ESCAPE, in_a_terminal


@pytest.fixture
def journal(path: Path) -> Path:
    line = "pain 6 left knee burning, mood 4, slept 5h30, note [red]not markup[/b]"
    assert warm.run(("log", line), environment(path)).returncode == 0
    return path


@pytest.mark.parametrize(
    "command",
    [("chart", "pain", "mood"), ("chart", "pain", "--panels"), ("week",), ("list",), ("today",)],
    ids=" ".join,
)
def test_colour_is_for_terminals_that_want_it(command: tuple[str, ...], journal: Path) -> None:
    styled = in_a_terminal(journal, *command)
    assert ESCAPE.search(styled)
    assert bool(COLOUR.search(styled)) == (command[0] == "chart")
    assert not COLOUR.search(in_a_terminal(journal, *command, NO_COLOR="1"))
    assert not ESCAPE.search(in_a_terminal(journal, "--plain", *command))
    assert not ESCAPE.search(in_a_terminal(journal, *command, TERM="dumb"))
    piped = warm.run(command, environment(journal))
    assert piped.returncode == 0
    assert not ESCAPE.search(piped.stdout.encode())


def test_the_words_are_the_same_with_and_without_colour(journal: Path) -> None:
    """Meaning is never by colour alone."""
    for command in (("chart", "pain", "mood"), ("chart", "pain", "--panels"), (), ("week",), ("list",)):
        coloured = ESCAPE.sub(b"", in_a_terminal(journal, *command)).replace(b"\r", b"")
        without = in_a_terminal(journal, *command, NO_COLOR="1")
        assert coloured == ESCAPE.sub(b"", without).replace(b"\r", b"")


def test_nothing_is_wider_than_the_screen(journal: Path) -> None:
    for columns in ("80", "120"):
        for command in (
            *(("demo",), ("list",), ("today",), (), ("chart", "pain", "sleep", "mood"), ("--help",)),
            *(("chart", "pain", "sleep", "mood", "--panels"), ("chart", "pain", "--by", "hour")),
        ):
            shown = ESCAPE.sub(b"", in_a_terminal(journal, *command, keys="\n" * 5, COLUMNS=columns)).decode()
            assert [line for line in shown.splitlines() if len(line) > int(columns) and "/" not in line] == []


def test_a_long_file_has_a_progress_bar_on_a_terminal_only(path: Path, tmp_path: Path) -> None:
    diary = tmp_path / "diary.txt"
    diary.write_text("".join(f"2024-01-{i % 28 + 1:02d} 10:00 pain {i % 11}\n" for i in range(2500)))
    assert b"Reading" in in_a_terminal(path, "log", "--file", str(diary), "--dry-run")
    piped = subprocess.run(
        [*PAINLOG, "log", "--file", str(diary), "--dry-run"], env=environment(path), capture_output=True, check=True
    )
    assert (piped.stderr, piped.stdout.count(b"\n")) == (b"", 12)


@pytest.mark.parametrize(
    "command",
    [
        ("pain", "6", "--note", "x"),
        ("mood", "4"),
        ("pain", "11"),
        ("pain", "6", "--where", "x" * 90),
        ("note", "ö " * 70),
    ],
    ids=lambda command: " ".join(command)[:20],
)
def test_a_plainly_written_command_is_answered_as_through_typer(command: tuple[str, ...], journal: Path) -> None:
    """On a terminal and on pipes; a journal that is named in this way is Typer's to read."""

    at = "2026-11-19T14:05:00+00:00"

    def said(*line: str) -> list[str]:
        kept = journal.read_bytes()
        piped = warm.run(line, environment(journal) | {"COLUMNS": "60"}, clock=at)
        journal.write_bytes(kept)
        shown = in_a_terminal(journal, *line, code=piped.returncode, clock=at, keys="", COLUMNS="60")
        journal.write_bytes(kept)
        return [re.sub(r"\[\w+\]", "[id]", text) for text in (piped.stdout, piped.stderr, shown.decode())]

    assert said(*command) == said(f"--journal={journal}", *command)
    assert "id" in said(*command)[0] or command[-1] in ("11", "x" * 90)


def test_completion_offers_commands_regions_and_words(path: Path) -> None:
    def offered(words: str) -> list[str]:
        asked = {
            "_PAINLOG_COMPLETE": "complete_bash",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split(" ")) - 1),
        }
        ran = warm.run((), environment(path) | asked)
        assert ran.returncode == 0
        return ran.stdout.split()

    assert offered("painlog ch") == ["checkin", "chart"]
    assert offered("painlog pain --where kn") == ["knee", "knee_l", "knee_r"]
    assert offered("painlog pain --quality bur") == ["burning"]
    assert offered("painlog chart sleep_") == ["sleep_efficiency", "sleep_quality"]
    assert "--where" in offered("painlog pain --wh")
    assert not path.exists()
