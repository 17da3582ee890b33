"""The line of words that entries were made from stays with them, and is forgotten with their words."""

import json
import sqlite3
from contextlib import closing
from itertools import permutations
from pathlib import Path

import pytest

from painlog.domain.language.dates import Moment
from painlog.domain.language.understanding import Present, understand
from painlog.domain.language.vocabulary import built_in_vocabulary
from painlog.storage.journal import Journal
from tests.conftest import NOW, Device, Run

LINE = "pain 6 low back left !!, mood 4, note zaphod was here"


def lines_of(path: Path) -> list[str]:
    with Journal.look(path, NOW) as journal:
        return [entry.line for entry in journal.history.with_lines(journal.entries())]


def holds(path: Path, word: bytes) -> bool:
    return any(word in each.read_bytes() for each in path.parent.rglob("*") if each.is_file())


def test_every_entry_of_a_line_keeps_its_words_through_changes_undo_and_redo(run: Run, path: Path) -> None:
    """What happens to one entry of a line must not take the words from the others, nor from itself."""
    run("log", LINE)
    assert lines_of(path) == [LINE] * 3
    run("edit", "last", "pain", "--set", "score=5")
    run("delete", "last", "mood")
    assert lines_of(path) == [LINE] * 2
    for _ in range(3):
        run("undo")
    assert lines_of(path) == []
    run("redo")
    assert lines_of(path) == [LINE] * 3
    with closing(sqlite3.connect(path)) as conn:
        data = [json.loads(text) for (text,) in conn.execute("SELECT data FROM ops")]
    assert sum("line" in each for each in data) == 3, "redo does not write the words again"


@pytest.mark.parametrize("line", ["pain 6", "  pain   6!!  ", "headache 6", "sipped at tea, pain 6", "slept 5h30"])
def test_the_words_are_kept_as_they_were_typed(line: str, run: Run, path: Path) -> None:
    assert run("log", line).code == 0
    assert set(lines_of(path)) == {line.strip()}


def test_words_without_a_command_are_kept_too(run: Run, path: Path) -> None:
    assert run("headache", "6").code == 0
    assert lines_of(path) == ["headache 6"]


def test_what_was_recorded_by_options_was_made_from_no_line(run: Run, path: Path) -> None:
    run("pain", "6", "--where", "knee_l")
    assert lines_of(path) == [""]


def test_each_line_of_a_text_stays_with_its_own_entries(run: Run, path: Path, tmp_path: Path) -> None:
    text = tmp_path / "october.txt"
    text.write_text("2026-10-01 08:00 pain 6, mood 4\n\n# a comment\n2026-10-02 slept 5h\n")
    run("log", "--file", str(text))
    with Journal.look(path, NOW) as journal:
        found = {entry.kind: entry.line for entry in journal.history.with_lines(journal.entries())}
    first = "2026-10-01 08:00 pain 6, mood 4"
    assert found == {"pain": first, "mood": first, "sleep": "2026-10-02 slept 5h"}


def test_a_shortcut_is_kept_as_it_was_typed_and_not_as_what_it_stands_for(run: Run, path: Path) -> None:
    run("short", "add", "dul", "took duloxetine 60mg")
    run("log", "dul")
    assert "dul" in lines_of(path)


def test_a_line_of_very_many_entries_does_not_fill_the_disk() -> None:
    """Ten thousand entries in one line would each hold all of it: the square of what was typed."""
    line = ", ".join(f"note {i} {'x' * 40}" for i in range(100))
    made = understand(line, built_in_vocabulary(), Present(Moment(NOW.date(), NOW, ""), NOW)).drafts
    assert len(made) == 100
    assert {len(draft.line) for draft in made} == {2001}
    one = f"note {'x' * 5000}"
    (alone,) = understand(one, built_in_vocabulary(), Present(Moment(NOW.date(), NOW, ""), NOW)).drafts
    assert alone.line == one


def test_forgetting_an_entry_takes_its_words_from_the_whole_line_and_from_every_byte(run: Run, path: Path) -> None:
    """The words of a note stand in the line, and so with the pain that was typed beside it."""
    run("log", LINE)
    run("log", "pain 3 knee")
    shown = run("forget", "last", "note", "--dry-run")
    assert f"line: {LINE}" in shown.out
    assert run("forget", "last", "note", "--yes").code == 0
    assert not holds(path, b"zaphod")
    assert sorted(lines_of(path)) == ["", "", "pain 3 knee"]
    doctor = run("doctor")
    assert (doctor.code, "DAMAGED" in doctor.out) == (0, False), doctor.out


def test_the_line_alone_can_be_forgotten(run: Run, path: Path) -> None:
    run("log", LINE)
    assert run("forget", "last", "mood", "--field", "line", "--yes").code == 0
    assert lines_of(path) == [""] * 3
    assert "zaphod was here" in run("list").out


def test_every_device_forgets_the_line(run: Run, other: Device, tmp_path: Path, shared: Path) -> None:
    run("log", LINE)
    for device in (run, other):
        device("sync", str(shared))
    assert lines_of(tmp_path / "other.db") == [LINE] * 3
    with Journal.look(tmp_path / "other.db", NOW) as journal:
        note = next(entry.id for entry in journal.entries() if entry.kind == "note")
    run("forget", note, "--yes")
    for device in (run, other, run):
        device("sync", str(shared))
    assert lines_of(tmp_path / "other.db") == [""] * 2
    for device in (run, other):
        device("forget", note, "--yes")  # the backups that each made before it synced
    assert not holds(tmp_path / "x", b"zaphod")


def test_changes_with_a_line_end_the_same_in_any_order(run: Run, path: Path) -> None:
    """Forgetting must hold whichever of the changes a device hears of first."""
    from painlog.storage.log.changes import Change
    from painlog.storage.log.forgetting import forget_all, marks_in, read_changes, without_words

    run("log", LINE)
    with Journal.look(path, NOW) as journal:
        before = [Change(*row) for row in journal.history.changes()]
    run("forget", "last", "note", "--yes")
    with Journal.look(path, NOW) as journal:
        after = [Change(*row) for row in journal.history.changes()]
    marks = [change for change in after if change.source == "forget"]
    assert len(marks) == 3
    for order in permutations([*before, *marks[:1]]):
        found = read_changes(order)
        left = {each.change.hlc: without_words(each, marks_in(found)).change for each in found}
        assert left == {change.hlc: change for change in forget_all(sorted(order))}


@pytest.mark.migrates
def test_in_an_encrypted_journal_the_line_is_sealed_too(sealed: Path, run: Run) -> None:
    assert run("show", "last", "mood").out.splitlines()[-1] == "  said      mood 4, slept 7h"
    assert not holds(sealed, b"slept 7h")
