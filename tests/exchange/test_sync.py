"""Two devices: what is shared arrives, what is damaged is left, and what both changed is shown."""

import io
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from painlog.domain.kinds.kind import describe
from painlog.domain.kinds.registry import KINDS
from painlog.exchange.files import write_file
from painlog.exchange.sync import change_files, folder
from painlog.storage import meta
from painlog.storage.journal import Journal
from painlog.storage.log import conflicts
from painlog.storage.log.changes import Change, checksum
from painlog.storage.recovery import backups
from tests.cli.test_processes import PAINLOG, environment, painlog
from tests.conftest import NOW, Device, Run
from tests.exchange.test_sync_histories import rows
from tests.killing import Moments
from tests.storage.test_journal import folds


def listed(device: Device) -> list[str]:
    entries = json.loads(device("list", "--period", "all", "--json").out)["entries"]
    return [describe(KINDS[entry["kind"]], entry["fields"]) for entry in entries]


def files(shared: Path) -> list[Path]:
    return sorted(path for path in shared.rglob("*") if path.is_file())


def only_id(device: Device, kind: str = "pain") -> str:
    (entry,) = json.loads(device("list", "--kind", kind, "--json").out)["entries"]
    return str(entry["id"])


def test_what_each_device_recorded_is_on_both(
    run: Run, other: Device, shared: Path, path: Path, tmp_path: Path
) -> None:
    run("pain", "6", "--note", "tired \u2028 of\x85it \x1b[31m\U0001f600")
    other("mood", "4")
    first = run("sync", str(shared))
    assert (first.code, first.out) == (0, f"0 changes taken over, 1 written to {shared}\n")
    assert "readable for anyone" in first.err
    assert other("sync", str(shared)).out == f"1 change taken over, 1 written to {shared}\n"
    assert run("sync", str(shared)).out == f"1 change taken over, 0 written to {shared}\n"
    assert listed(run) == listed(other)
    assert rows(path) == rows(tmp_path / "other.db")
    before = [(each, each.stat().st_mtime_ns) for each in files(shared)]
    assert [device("sync", str(shared)).out[:42] for device in (run, other)] == [
        "0 changes taken over, 0 written to " + str(shared)[:7]
    ] * 2
    assert [(each, each.stat().st_mtime_ns) for each in files(shared)] == before
    assert {each.stat().st_mode & 0o777 for each in files(shared)} == {0o600}


def test_what_was_there_is_backed_up_before_the_first_sync_alone(
    run: Run, other: Device, shared: Path, path: Path, tmp_path: Path
) -> None:
    run("pain", "6")
    run("sync", str(shared))
    assert backups.find_snapshots(path) == []  # nothing came, so nothing could be lost
    other("mood", "4")
    other("sync", str(shared))
    other("sync", str(shared))
    (snapshot,) = backups.find_snapshots(tmp_path / "other.db")
    assert snapshot.why == backups.SYNC
    assert [row[1] for row in rows(snapshot.path)[1]] == ["mood"]


def test_undo_after_a_sync_takes_back_what_this_device_did(
    run: Run, other: Device, shared: Path, at: Callable[[str], None]
) -> None:
    run("pain", "6")
    at("2026-11-19T15:00+01:00")
    other("mood", "4")
    for device in (run, other, run):
        device("sync", str(shared))
    assert run("undo").out.startswith("taken back: pain 6")
    run("sync", str(shared))
    other("sync", str(shared))
    assert listed(other) == ["mood 4"]
    assert "nothing to undo" in run("undo").err


def test_an_edit_after_a_deletion_elsewhere_brings_the_entry_back(
    run: Run, other: Device, shared: Path, at: Callable[[str], None]
) -> None:
    run("pain", "6")
    run("sync", str(shared))
    other("sync", str(shared))
    run("delete", only_id(run))
    at("2026-11-19T15:00+01:00")
    other("edit", only_id(other), "--set", "score=5")
    for device in (run, other, run):
        device("sync", str(shared))
    assert listed(run) == listed(other) == ["pain 5"]
    assert "not deleted" not in run("conflicts").out
    assert "deleted" in run("conflicts").out


# Files that are not right


def rehashed(lines: list[bytes]) -> bytes:
    return next(change_files.pack(lines))[1]


def forged(raw: bytes, **columns: str) -> bytes:
    """A file whose first change says something else, with its checksums made to fit."""
    first, *rest = change_files.parse_lines(change_files.unpack(raw))
    op = dict(zip(Change._fields, first, strict=True)) | columns
    six = [op[name] for name in Change._fields[:6]]
    return rehashed([change_files.line([*six, checksum(*six)]), *map(change_files.line, rest)])


def with_data(raw: bytes, text: Callable[[str], str]) -> bytes:
    return forged(raw, data=text(change_files.parse_lines(change_files.unpack(raw))[0][3]))


def with_head(raw: bytes, **said: object) -> bytes:
    head, _, body = raw.partition(b"\n")
    return json.dumps(json.loads(head) | said, separators=(",", ":")).encode() + b"\n" + body


DAMAGED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut": (lambda raw: raw[:-20], "bytes are here"),
    "cut in its head": (lambda raw: raw[:30], "its first line is damaged"),
    "empty": (lambda _: b"", "it is empty"),
    "flipped": (lambda raw: raw.replace(b"knee_l", b"knee_r"), "its bytes are not"),
    "longer": (lambda raw: raw + b"[]\n", "its bytes are not"),
    "head flipped": (lambda raw: b"}" + raw[1:], "its first line is damaged"),
    "other count": (lambda raw: with_head(raw, changes=7), "its first line is damaged"),
    "count of another type": (lambda raw: with_head(raw, changes=True), "its first line is damaged"),
    "no size": (lambda raw: with_head(raw, size=None), "its first line is damaged"),
    "newer": (lambda raw: with_head(raw, painlog=2), "a newer painlog wrote it"),
    "no json": (lambda _: rehashed([b'["a"]', b"x"]), "its lines are no changes"),
    "no arrays": (lambda _: rehashed([b'["a"]', b"{}"]), "its lines are no changes"),
    "other columns": (lambda _: rehashed([b'["a",5]']), "is damaged"),
    "checksum": (lambda raw: rehashed([raw.split(b"\n")[1].replace(b"knee_l", b"knee_r")]), "its checksum differs"),
    "far clock": (lambda raw: forged(raw, hlc="0699e991a80000000badcafe"), "beyond the year 2200"),
    "no clock": (lambda raw: forged(raw, hlc="x" * 24), "not what painlog writes"),
    "no command": (lambda raw: forged(raw, command=""), "not what painlog writes"),
    "no entry": (lambda raw: forged(raw, entry="../../etc/passwd"), "not what painlog writes"),
    "no time": (lambda raw: forged(raw, recorded_at="2026-11-19T10:00:00"), "not what painlog writes"),
    "control in its source": (lambda raw: forged(raw, source="cli\x1b[31m"), "not what painlog writes"),
    "not a number": (lambda raw: with_data(raw, lambda d: d.replace('"score":6', '"score":NaN')), "not what painlog"),
    "infinite": (lambda raw: with_data(raw, lambda d: d.replace('"score":6', '"score":1e999')), "not what painlog"),
    "huge": (lambda raw: with_data(raw, lambda d: d.replace('"score":6', f'"score":{"9" * 40}')), "not what painlog"),
    "out of range": (lambda raw: with_data(raw, lambda d: d.replace('"score":6', '"score":11')), "does not fit"),
    "a text": (lambda raw: with_data(raw, lambda d: d.replace('"score":6', '"score":"6"')), "does not fit"),
    "a list for regions": (lambda raw: with_data(raw, lambda d: d.replace('{"knee_l":null}', "[1]")), "does not fit"),
    "deep": (lambda raw: with_data(raw, lambda d: d.replace('{"knee_l":null}', "[[1]]")), "not what painlog"),
    "twice": (lambda raw: with_data(raw, lambda d: d.replace('"score":6', '"score":5,"score":6')), "not what painlog"),
    "spaced": (lambda raw: with_data(raw, lambda d: d.replace('"score":6', '"score": 6')), "not what painlog"),
    "nul": (lambda raw: with_data(raw, lambda d: d.replace("knee_l", "other:\\u0000")), "not what painlog"),
    "half a character": (lambda raw: with_data(raw, lambda d: d.replace("knee_l", "\\ud800")), "not what painlog"),
    "no day": (lambda raw: with_data(raw, lambda d: d.replace('"day":"2026-11-19"', '"day":[]')), "not what painlog"),
    "year 9999": (lambda raw: with_data(raw, lambda d: d.replace("2026-11-19", "9999-12-31")), "not what painlog"),
    "no kind": (lambda raw: with_data(raw, lambda d: d.replace('"kind":"pain"', '"kind":"Pa in"')), "not what painlog"),
    "no zone": (lambda raw: with_data(raw, lambda d: d.replace('"zone":"Europe/Berlin",', "")), "not what painlog"),
    "no beginning": (lambda raw: with_data(raw, lambda _: '{"fields":{"score":3},"over":[]}'), "has no beginning here"),
    "a list": (lambda raw: with_data(raw, lambda _: "[]"), "not what painlog"),
    "two objects": (lambda raw: with_data(raw, lambda d: d + ",{}"), "not what painlog"),
}  # fmt: skip


@pytest.mark.parametrize("how", DAMAGED)
def test_a_damaged_file_is_listed_and_left_and_the_others_are_read(
    how: str, run: Run, other: Device, shared: Path, tmp_path: Path
) -> None:
    run("pain", "6", "--where", "knee_l")
    run("sync", str(shared))
    (file,) = files(shared)
    damage, says = DAMAGED[how]
    raw = damage(file.read_bytes())
    file.write_bytes(raw)
    run("--journal", str(tmp_path / "third.db"), "mood", "4")
    run("--journal", str(tmp_path / "third.db"), "sync", str(shared))
    ran = other("sync", str(shared))
    assert (ran.code, says in " ".join(ran.err.split()), "1 change taken over" in ran.out) == (0, True, True), ran
    assert ran.err.count("left:") == 1
    assert (listed(other), file.read_bytes()) == (["mood 4"], raw)
    assert "\x1b" not in ran.err
    run("sync", str(shared))
    assert "0 changes taken over" not in other("sync", str(shared)).out, "whoever holds a change writes it again"
    assert sorted(listed(other)) == sorted(listed(run))
    assert folds(tmp_path / "other.db")


def test_what_is_right_in_a_file_with_something_wrong_is_written_again(run: Run, other: Device, shared: Path) -> None:
    run("log", "pain 6, mood 4")
    run("sync", str(shared))
    (file,) = files(shared)
    first, second = change_files.unpack(file.read_bytes())
    file.write_bytes(rehashed([first, second.replace(b"mood", b"moos")]))
    assert "0 changes taken over" in other("sync", str(shared)).out
    assert "0 changes taken over, 2 written" in run("sync", str(shared)).out
    assert "2 changes taken over" in other("sync", str(shared)).out


def test_a_change_of_a_newer_painlog_is_taken_over_and_waits(run: Run, other: Device, shared: Path) -> None:
    run("pain", "6")
    run("sync", str(shared))
    (file,) = files(shared)
    newer = with_data(file.read_bytes(), lambda d: d.replace('"kind":"pain"', '"kind":"itch"').replace("score", "new"))
    file.write_bytes(newer)
    assert "1 change taken over" in other("sync", str(shared)).out
    assert "itch (from a newer painlog)" in other("list").out


def test_what_a_clock_that_was_set_back_brings_back_is_taken_over(
    run: Run, other: Device, shared: Path, at: Callable[[str], None]
) -> None:
    """Redo says again what was said of a day that is ahead of the clock by then."""
    run("pain", "6")
    run("undo")
    at("2017-11-19T15:00+01:00")
    assert run("redo").code == 0
    run("sync", str(shared))
    at("2026-11-19T15:00+01:00")
    assert "3 changes taken over" in other("sync", str(shared)).out
    assert listed(other) == ["pain 6"]


def test_a_value_of_a_newer_painlog_is_shown_as_it_stands(run: Run, other: Device, shared: Path) -> None:
    run("pain", "6")
    run("sync", str(shared))
    (file,) = files(shared)
    newer = with_data(
        file.read_bytes(),
        lambda d: d.replace('"kind":"pain"', '"kind":"itch"').replace('"score":6', '"score":["a",null]'),
    )
    file.write_bytes(newer)
    assert "1 change taken over" in other("sync", str(shared)).out
    (entry,) = json.loads(other("list", "--json").out)["entries"]
    assert re.search(r'score +\["a", null\]', other("show", entry["id"]).out)


def test_what_waits_for_its_beginning_is_taken_over_when_that_arrives(run: Run, other: Device, shared: Path) -> None:
    run("pain", "6")
    run("sync", str(shared))
    (first,) = files(shared)
    run("edit", only_id(run), "--set", "score=5")
    run("sync", str(shared))
    kept = first.read_bytes()
    first.unlink()
    assert "has no beginning here" in " ".join(other("sync", str(shared)).err.split())
    (shared / "whatever its name").write_bytes(kept)
    assert "2 changes taken over, 0 written" in other("sync", str(shared)).out
    assert listed(other) == ["pain 5"]


def test_compacting_leaves_what_waits(run: Run, other: Device, shared: Path) -> None:
    run("pain", "6")
    run("sync", str(shared))
    (first,) = files(shared)
    run("edit", only_id(run), "--set", "score=5")
    run("sync", str(shared))
    first.unlink()
    (waiting,) = files(shared)
    for _ in range(2):
        other("mood", "4")
        other("sync", str(shared))
    assert "2 files put into 1" in other("sync", str(shared), "--compact").out
    assert waiting.exists()


def test_links_hidden_files_and_files_of_others_are_let_be(
    run: Run, other: Device, shared: Path, tmp_path: Path
) -> None:
    run("pain", "6")
    run("sync", str(shared))
    (file,) = files(shared)
    (tmp_path / "away").mkdir()
    file.rename(tmp_path / "away" / file.name)
    file.symlink_to(tmp_path / "away" / file.name)
    (shared / "more").symlink_to(tmp_path / "away")
    (shared / ".stversions").mkdir()
    shutil.copy(tmp_path / "away" / file.name, shared / ".stversions")
    (shared / "notes.txt").write_text("mine")
    assert other("sync", str(shared)).out == f"0 changes taken over, 0 written to {shared}\n"
    assert "1 written" in run("sync", str(shared)).out, "what reaches no other device does not count"


def test_a_device_whose_clock_is_wrong_locks_nobody_out(
    run: Run, other: Device, shared: Path, at: Callable[[str], None]
) -> None:
    at("2399-01-01T00:00+00:00")
    run("note", "from the future", "--at", "2026-11-19 10:00")
    run("sync", str(shared))
    at("2026-11-19T15:00+01:00")
    assert "1 change taken over" in other("sync", str(shared)).out
    other("edit", only_id(other, "note"), "--set", "note=put right")
    other("sync", str(shared))
    run("sync", str(shared))
    assert listed(run) == ["note: put right"], "what was read counts as before what is written after it"


# Where and with what


def test_the_journal_itself_is_kept_out_of_the_folder(run: Run, path: Path) -> None:
    run("pain", "6")
    for place in (path.parent, path.parent.parent):
        ran = run("sync", str(place))
        assert (ran.code, "the journal itself is in" in ran.err) == (1, True)
    assert [each.name for each in path.parent.iterdir()] == ["journal.db"]


def test_a_folder_that_cannot_be_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "is no folder" in run("sync", str(tmp_path / "file")).err
    assert "cannot make the folder" in run("sync", str(tmp_path / "not" / "there")).err
    ran = run("sync")
    assert (ran.code, "name the folder" in ran.err) == (2, True)


@pytest.mark.parametrize("is_a_setting", [False, True], ids=["named", "set"])
def test_a_folder_that_is_not_there_is_asked_about_or_said(
    run: Run, tmp_path: Path, *, is_a_setting: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistyped name would leave a copy of the journal where nobody looks, and the other device without it."""
    run("mood", "4", "--note", "mine alone")
    mistyped = tmp_path / "Synk of mine"
    if is_a_setting:
        run("config", "set", "sync_dir", str(mistyped))
    line = ["sync", *([] if is_a_setting else [str(mistyped)])]
    with monkeypatch.context() as somebody:
        somebody.setattr("painlog.cli.keep.sync.is_there_somebody", lambda: True)
        for answer, is_made in (("n", False), ("y", True)):
            somebody.setattr("sys.stdin", io.StringIO(f"{answer}\n"))
            assert (run(*line).code, mistyped.exists()) == (0 if is_made else 1, is_made)
    shutil.rmtree(mistyped)
    ran = run(*line)
    assert (ran.code, "it is made" in ran.err, mistyped.exists()) == (0, True, True)


def test_the_folder_may_be_a_setting(run: Run, other: Device, shared: Path) -> None:
    assert run("config", "set", "sync_dir", "Sync").code == 2
    assert run("config", "set", "sync_dir", str(shared)).code == 0
    run("pain", "6")
    assert "1 written" in run("sync").out
    assert "1 change taken over" in other("sync").out


def test_compacting_leaves_one_file_with_everything(run: Run, other: Device, shared: Path, tmp_path: Path) -> None:
    for device in (run, other, run, other):
        device("pain", "3")
        device("sync", str(shared))
    (shared / "changes" / "notes.txt").write_text("mine")
    damaged = files(shared)[0]
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:-9])
    unfinished = damaged.with_name(f".{damaged.name[:40]}.0badcafe.tmp")
    unfinished.write_bytes(b"{")
    own = shared / "kept by hand.jsonl"
    own.write_bytes(whole)
    ran = run("sync", str(shared), "--compact")
    assert ran.code == 0
    assert "put into 1" in ran.out
    left = [each for each in files(shared) if each not in (damaged, own, shared / "changes" / "notes.txt")]
    assert len(left) == 1
    assert "4 changes taken over" in run("--journal", str(tmp_path / "new.db"), "sync", str(shared)).out
    assert "0 changes taken over, 0 written" in other("sync", str(shared)).out
    own.unlink()
    assert "nothing to put together" in run("sync", str(shared), "--compact").err
    assert set(files(shared)) == {*left, damaged, shared / "changes" / "notes.txt"}


def test_compacting_removes_nothing_that_cannot_be_read_back(
    run: Run, other: Device, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for device in (run, other):
        device("pain", "3")
        device("sync", str(shared))
    before = files(shared)
    real = write_file
    run("sync", str(shared))
    monkeypatch.setattr(folder, "write_file", lambda path, raw, *, force: real(path, raw[:-5], force=force))
    ran = run("sync", str(shared), "--compact")
    assert (ran.code, "does not read back, so no file was removed" in ran.err) == (1, True)
    assert {*before} < {*files(shared)}


def test_many_changes_go_into_several_files(
    run: Run, other: Device, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_files, "_ENOUGH", 1000)
    run("log", ", ".join(f"note n{i}" for i in range(20)))
    run("sync", str(shared))
    assert len(files(shared)) > 3
    assert "20 changes taken over" in other("sync", str(shared)).out


def test_a_file_that_is_too_large_is_left(run: Run, other: Device, shared: Path) -> None:
    run("pain", "6")
    run("sync", str(shared))
    (file,) = files(shared)
    os.truncate(file, change_files.MOST_BYTES + 1)
    assert "it is larger than 64 MB" in other("sync", str(shared)).err


# Another journal's file


@pytest.fixture
def copied(run: Run, other: Device, tmp_path: Path) -> Path:
    """Another device's journal with an entry, and one here."""
    other("mood", "4")
    run("pain", "6")
    return tmp_path / "other.db"


def test_a_copy_of_a_journal_is_taken_over(run: Run, copied: Path) -> None:
    before = copied.read_bytes()
    assert run("merge", str(copied)).out == "1 change taken over\n"
    assert run("merge", str(copied)).out == "0 changes taken over of 1; the others were there already\n"
    assert sorted(listed(run)) == ["mood 4", "pain 6"]
    assert (copied.read_bytes(), [each.name for each in copied.parent.glob("other*")]) == (before, ["other.db"])


def test_an_export_and_a_change_file_are_taken_over_too(
    run: Run, other: Device, copied: Path, shared: Path, tmp_path: Path
) -> None:
    other("export", "jsonl", "-o", str(tmp_path / "a.jsonl"))
    other("sync", str(shared))
    (file,) = files(shared)
    assert run("merge", str(tmp_path / "a.jsonl")).out == "1 change taken over\n"
    assert run("merge", str(file)).out.startswith("0 changes taken over of 1")
    file.write_bytes(file.read_bytes()[:-3])
    ran = run("merge", str(file))
    assert (ran.code, "was not taken over" in ran.err) == (1, True)
    assert copied.exists()


def test_a_journal_of_every_version_is_taken_over(run: Run) -> None:
    for fixture in sorted((Path(__file__).parents[1] / "fixtures").glob("journal-v*.db")):
        ran = run("merge", str(fixture))
        assert (ran.code, "taken over" in ran.out) == (0, True), ran


HOSTILE = {
    "trigger": ("CREATE TRIGGER t AFTER INSERT ON ops BEGIN DELETE FROM ops; END", "that is not painlog's"),
    "virtual table": ("CREATE VIRTUAL TABLE v USING fts5(x)", "that is not painlog's"),
    "view for ops": ("ALTER TABLE ops RENAME TO o; CREATE VIEW ops AS SELECT * FROM o, o p", "that is not painlog's"),
    "generated column": (
        "DROP TABLE ops; CREATE TABLE ops (hlc, command AS (hlc), entry, data, recorded_at, source, checksum)",
        "that is not painlog's",
    ),
    "newer": ("PRAGMA user_version = 99", "newer painlog"),
    "another program's": ("PRAGMA application_id = 5", "another program's"),
    "damaged change": ("UPDATE ops SET data = replace(data, 4, 5)", "is damaged"),
    "blob": ("PRAGMA writable_schema = 1; UPDATE ops SET data = '{}', checksum = ''", "is damaged"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_file_with_something_else_in_it_is_refused(what: str, run: Run, copied: Path) -> None:
    statements, says = HOSTILE[what]
    conn = sqlite3.connect(copied)
    conn.executescript(statements)
    conn.close()
    before = copied.read_bytes()
    ran = run("merge", str(copied))
    assert (ran.code in (1, 2), says in ran.err, ran.err.count("\n")) == (True, True, 1), ran
    assert (listed(run), copied.read_bytes()) == (["pain 6"], before)


def test_a_file_that_is_no_journal_is_refused(run: Run, copied: Path, path: Path, tmp_path: Path) -> None:
    wal = copied.with_name("other.db-wal")
    wal.write_bytes(b"x")
    assert "was not closed (other.db-wal lies beside it)" in run("merge", str(copied)).err
    wal.unlink()
    cut = tmp_path / "cut.db"
    cut.write_bytes(copied.read_bytes()[:9000])
    (tmp_path / "noise.db").write_bytes(random.Random(1).randbytes(8193))  # of 8192, it may be an encrypted one
    for file, says in (
        (cut, "is damaged"),
        (tmp_path / "noise.db", "is not a copy of a painlog journal"),
        (tmp_path / "nothing", "no such file"),
        (tmp_path, "is a directory"),
        (path, "is your journal itself"),
    ):
        ran = run("merge", str(file))
        assert (ran.code, says in ran.err, ran.err.count("\n")) == (1, True, 1), ran
    assert listed(run) == ["pain 6"]


# What both changed


@pytest.fixture
def both_changed(run: Run, other: Device, shared: Path, at: Callable[[str], None]) -> str:
    """A score that both changed without seeing each other's, and a note that one gave."""
    run("pain", "6")
    run("sync", str(shared))
    other("sync", str(shared))
    id_ = only_id(run)
    at("2026-11-19T15:00+01:00")
    run("edit", id_, "--set", "score=3", "--set", "note=mine")
    at("2026-11-19T16:00+01:00")
    other("edit", id_, "--set", "score=8")
    run("sync", str(shared))
    ran = other("sync", str(shared))
    assert "1 entry was changed on two devices unseen by each other" in ran.err
    assert "1 entry was changed" in run("sync", str(shared)).err
    return id_


def test_conflicts_shows_both_sides_until_one_is_chosen(
    run: Run, other: Device, shared: Path, both_changed: str, at: Callable[[str], None]
) -> None:
    ran = run("conflicts")
    assert [line.rstrip() for line in ran.out.splitlines()][1:] == [
        f"  {'pain':16}{'8':24}  Thu 19 Nov 16:00 on another device",
        f"  {'':16}{'3':24}  Thu 19 Nov 15:00 here",
    ]
    assert ran.out.startswith("pain 8, mine   Thu 19 Nov 14:05   [")
    at("2026-11-19T17:00+01:00")
    assert run("conflicts", "--take", both_changed).out.startswith("changed: pain 3, mine")
    assert run("conflicts").out == ""
    run("sync", str(shared))
    other("sync", str(shared))
    assert (other("conflicts").out, listed(other)) == ("", ["pain 3, mine"])
    assert run("undo").out.startswith("changed back: pain 8")


def test_conflicts_shows_the_whole_of_what_is_chosen_between(
    run: Run, other: Device, shared: Path, both_changed: str, at: Callable[[str], None]
) -> None:
    at("2026-11-19T18:00+01:00")
    long = "It began on the way back from the shop and did not stop before I lay down for an hour in the dark room"
    run("edit", both_changed, "--set", f"note={long}")
    other("edit", both_changed, "--set", "note=short")
    run("sync", str(shared))
    other("sync", str(shared))
    run("sync", str(shared))
    shown = run("conflicts").out
    assert long in " ".join(shown.partition("note ")[2].split())
    assert max(map(len, shown.splitlines())) <= 80


def test_keeping_settles_too_and_so_does_an_edit(
    run: Run, other: Device, shared: Path, both_changed: str, at: Callable[[str], None]
) -> None:
    at("2026-11-19T17:00+01:00")
    assert run("conflicts", "--keep", both_changed).out.startswith("changed: pain 8, mine")
    other("edit", both_changed, "--set", "score=5")
    assert other("conflicts").out == ""
    run("sync", str(shared))
    other("sync", str(shared))
    run("sync", str(shared))
    assert run("conflicts").out.count("17:00") == other("conflicts").out.count("17:00") == 2, "of the two choices"
    assert run("conflicts", "--keep", both_changed).code == 0
    assert run("conflicts").out == ""
    assert "nothing was changed" in run("conflicts", "--keep", both_changed).err


def test_two_fields_or_equal_values_are_no_conflict(run: Run, other: Device, shared: Path) -> None:
    run("pain", "6")
    run("sync", str(shared))
    other("sync", str(shared))
    id_ = only_id(run)
    run("edit", id_, "--set", "note=mine", "--set", "score=5")
    other("edit", id_, "--set", "where=neck", "--set", "score=5")
    for device in (run, other, run):
        assert "unseen" not in device("sync", str(shared)).err
    assert listed(run) == listed(other) == ["pain 5, neck, mine"]


# Copies of one device


def test_a_journal_on_another_machine_writes_under_another_name(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meta, "machine", lambda: "one")
    run("pain", "6")
    before = rows(path)[0]
    monkeypatch.setattr(meta, "machine", lambda: "two")
    assert "nothing to undo" in run("undo").err
    run("mood", "4")
    (first, second) = rows(path)[0]
    assert [first] == before
    assert first[0][16:] != second[0][16:]
    monkeypatch.setattr(meta, "machine", lambda: "")
    run("mood", "5")
    assert rows(path)[0][2][0][16:] == second[0][16:], "a machine without a name is taken for the same"


def test_two_copies_on_one_machine_come_apart_at_the_first_sync(
    run: Run, other: Device, shared: Path, path: Path, tmp_path: Path
) -> None:
    """Even where both gave a change the same clock: all copies keep the same one."""
    run("pain", "6")
    shutil.copy(path, tmp_path / "other.db")
    run("pain", "1")
    other("mood", "2")
    for device in (run, other, run, other):
        assert device("sync", str(shared)).code == 0
    assert sorted(listed(run)) == ["mood 2", "pain 1", "pain 6"], "both are kept"
    assert rows(path) == rows(tmp_path / "other.db")
    run("pain", "7")
    other("mood", "8")
    names = {found[0][-1][0][16:] for found in (rows(path), rows(tmp_path / "other.db"))}
    assert len(names) == 2
    for device in (run, other, run):
        device("sync", str(shared))
    assert sorted(listed(run)) == ["mood 2", "mood 8", "pain 1", "pain 6", "pain 7"]
    assert rows(path) == rows(tmp_path / "other.db")


def test_the_machines_name_is_kept_as_a_hash_alone(run: Run, path: Path) -> None:
    run("pain", "6")
    machine = Path("/etc/machine-id").read_text().strip() if Path("/etc/machine-id").exists() else "none"
    assert machine.encode() not in path.read_bytes()


# Real processes


@pytest.mark.parametrize("secrets", [[], [bytes(range(20))]], ids=["plain", "sealed"])
def test_kill_in_the_middle_of_a_sync_loses_nothing(secrets: list[bytes], tmp_path: Path, runs: int) -> None:
    one, two, shared = tmp_path / "a" / "one.db", tmp_path / "b" / "two.db", tmp_path / "shared"
    shared.mkdir()
    for number, journal in enumerate((one, two)):
        journal.parent.mkdir()
        (tmp_path / "diary.txt").write_text("".join(f"2024-01-{i % 28 + 1:02d} pain {number}\n" for i in range(800)))
        assert painlog(journal, "log", "--file", str(tmp_path / "diary.txt")).returncode == 0
        with Journal.open(journal, NOW) as journal_:
            for secret in secrets:
                journal_.meta.share_with(secret)
    (tmp_path / "elsewhere").mkdir()
    shutil.copy(one, tmp_path / "copy.db")
    begun = time.monotonic()
    assert painlog(tmp_path / "copy.db", "sync", str(tmp_path / "elsewhere")).returncode == 0
    moments = Moments(time.monotonic() - begun)
    for _ in range(6 * runs):
        for journal in (one, two):
            assert painlog(journal, "note", "x").returncode == 0
            worker = subprocess.Popen(
                [*PAINLOG, "sync", str(shared)],
                env=environment(journal),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            moments.end(worker, 0.1, 1.2)
            assert folds(journal)
    for journal in (one, two, one):
        assert painlog(journal, "sync", str(shared)).returncode == 0
    assert rows(one) == rows(two)
    with Journal.open(one, NOW) as journal_:
        assert len(journal_.entries()) == 1600 + 12 * runs
    found = folder.decrypt_files(folder.read(shared), secrets)
    assert (found.plain() == [], found.bad, found.locked) == (bool(secrets), {}, {})
    held = [line for lines in found.good.values() for line in lines]
    assert {sha256(line).digest() for line in held} == {sha256(change_files.line(op)).digest() for op in rows(one)[0]}


def test_two_beginnings_of_one_imported_row_stand_side_by_side() -> None:
    """Both devices imported the row, each from its own version of the file, and neither saw the other's."""
    made = {"kind": "pain", "day": "2026-11-19", "at": None, "utc_offset": 60, "zone": "", "deleted": 0}
    first, second = (made | {"fields": {"score": score}} for score in (5, 6))
    stand = conflicts.standing_values([("1", first), ("2", second)])
    assert conflicts.conflicts(stand) == [("score", {"1": 5, "2": 6})]
    assert conflicts.conflicts(conflicts.standing_values([("1", first), ("2", {"fields": {"score": 6}})])) == [], (
        "an old one"
    )
