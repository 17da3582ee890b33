"""What a person forgets is gone from every byte that painlog reaches, for good, and nothing else is changed."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import timedelta
from functools import partial
from itertools import permutations
from pathlib import Path

import pytest

from painlog.cli.snapshots import exports_nearby
from painlog.storage.journal import Journal
from painlog.storage.log.changes import Change, checksum
from painlog.storage.log.forgetting import forget_all, marks_in, read_changes, without_words
from tests.conftest import NOW, Device, Run, Terminal
from tests.support.hostile_changes import change_file

WORDS = ("Zaphodesque", "row with zaphodette", "zaphodlike")
KEPT = "nobody regrets this"


def an_id(run: Run, text: str = "pain") -> str:
    """The short id of the newest entry whose line holds a text."""
    return next(line.split()[1] for line in reversed(run("list").out.splitlines()) if text in line)


def holding(place: Path) -> list[str]:
    """The files below a place that hold any of the words."""
    wanted = [word.lower().encode() for word in WORDS]
    return sorted(
        str(each.relative_to(place))
        for each in place.rglob("*")
        if each.is_file() and any(word in each.read_bytes().lower() for word in wanted)
    )


def rows(path: Path) -> list[Change]:
    with closing(sqlite3.connect(path)) as conn:
        return [Change(*row) for row in conn.execute("SELECT * FROM ops ORDER BY hlc")]


def fill(run: Run) -> str:
    """A diary in which one entry holds words in several fields and several changes; return its id."""
    for number in range(40):  # so that pages split, and leave remains where secure_delete does not look
        run("note", f"{KEPT} {number} " + "x" * 300)
    run("pain", "6", "--trigger", "stress", "--trigger", WORDS[1], "--note", WORDS[0] * 40, "--where", "knee_l")
    id_ = an_id(run)
    run("edit", id_, "--set", f"note={WORDS[2]} now")
    run("undo")
    run("edit", id_, "--clear", "note")
    run("delete", id_)
    run("undo")
    for number in range(40):
        run("pain", "3", "--note", f"{KEPT} after {number}")
    return id_


def looks_sound(run: Run) -> None:
    ran = run("doctor")
    assert (ran.code, "DAMAGED" in ran.out) == (0, False), ran.out


def test_the_words_are_in_no_byte_and_all_else_is_as_it_was(run: Run, path: Path) -> None:
    id_ = fill(run)
    run("backup")
    before = rows(path)
    assert len(holding(path.parent)) == 2
    shown = run("forget", id_, "--dry-run")
    assert (shown.code, shown.err) == (0, "nothing was forgotten (--dry-run)\n")
    assert all(word in shown.out for word in WORDS)
    assert rows(path) == before
    ran = run("forget", id_, "--yes")
    assert (ran.code, "1 backup written anew" in ran.out) == (0, True), ran
    assert holding(path.parent) == []
    assert "old versions in a cloud" in ran.err
    after = {change.hlc: change for change in rows(path)}
    entry = next(change.entry for change in before if WORDS[0] in change.data)
    for change in before:
        assert after[change.hlc][:3] == change[:3]
        assert (after[change.hlc] == change) or change.entry == entry
    looks_sound(run)
    assert run("list", "--period", "all").out.count(KEPT) >= 40
    assert "pain 6, knee LEFT\n" in run("list", "--period", "all").out
    assert "words forgotten:" in run("history", id_).out
    assert run("restore", "--yes").code == 0
    looks_sound(run)


def test_one_field_alone_goes_where_it_is_named(run: Run, path: Path) -> None:
    run("pain", "6", "--trigger", WORDS[1], "--note", "kept words")
    assert run("forget", an_id(run), "--field", "trigger", "--yes").code == 0
    assert holding(path.parent) == []
    assert "kept words" in run("list").out
    refused = run("forget", an_id(run), "--field", "score", "--yes")
    assert (refused.code, "no words in a field 'score'; it has where" in refused.err) == (2, True), refused


@pytest.mark.parametrize(
    "recorded",
    [
        ("note", WORDS[0]),
        ("went-well", WORDS[0]),
        ("setback", WORDS[0]),
        ("ask-doctor", WORDS[0]),
        ("dose", WORDS[0], "400mg"),
        ("treatment", WORDS[0], "20m"),
        ("visit", WORDS[0]),
        ("plan", "start", WORDS[0], "60mg", "daily"),
        ("track", "add", WORDS[0]),
        ("pain", "--where", f"other:{WORDS[0]}"),
    ],
)
def test_what_is_nothing_without_its_words_is_deleted_and_breaks_nothing(
    recorded: tuple[str, ...], run: Run, other: Device, path: Path, shared: Path
) -> None:
    """Every command that reads goes on, here and on a device that revives the entry before it hears of it."""
    ran = run(*recorded)
    assert ran.code == 0, ran.err
    with Journal.open(path, NOW) as journal:
        entry = journal.entries()[-1]
    run("sync", str(shared))
    other("sync", str(shared))
    fields = ["--field", "name"] * (recorded[0] in ("dose", "treatment", "plan", "track")) or (
        ["--field", "who"] * (recorded[0] == "visit")
    )
    assert run("forget", entry.id, *fields, "--yes").code == 0
    other("delete", entry.id, "--yes")
    other("undo")
    for device in (run, other, run, other):
        assert device("sync", str(shared)).code == 0
    assert holding(path.parent) == holding(shared) == []
    for device in (run, other):
        looks_sound(device)
        for command in (
            "list",
            "today",
            "week",
            "plan",
            "due",
            f"show {entry.id}",
            f"history {entry.id}",
            "export csv",
        ):
            ran = device(*command.split())
            assert ran.code == 0, (command, ran)
            assert "None" not in ran.out, (command, ran.out)
    assert run("list").out == other("list").out


# Undo


def test_undo_does_not_bring_it_back_and_says_so(run: Run, path: Path) -> None:
    run("pain", "6", "--note", WORDS[0])
    run("edit", an_id(run), "--set", f"note={WORDS[2]}")
    run("forget", an_id(run), "--yes")
    for command in ("undo", "redo"):
        ran = run(command)
        assert ran.code == 1, ran
    assert "nothing takes back" in run("undo").err
    run("pain", "3")
    assert "taken back" in run("undo").out
    assert "nothing takes back" in run("undo").err
    assert holding(path.parent) == []


def test_undo_and_redo_before_it_leave_no_words(run: Run, path: Path) -> None:
    run("note", WORDS[0])
    id_ = an_id(run, WORDS[0])
    run("undo")
    assert run("forget", id_, "--yes").code == 0
    assert run("redo").code == 1
    assert holding(path.parent) == []
    looks_sound(run)


def test_what_another_device_takes_back_later_brings_no_words(
    run: Run, other: Device, path: Path, shared: Path
) -> None:
    other("pain", "6", "--note", WORDS[0])
    other("edit", an_id(other), "--set", f"note={WORDS[2]}")
    other("sync", str(shared))
    run("sync", str(shared))
    run("forget", an_id(run), "--yes")
    run("sync", str(shared))
    other("sync", str(shared))
    assert other("undo").code == 0
    assert other("undo").code == 0
    assert other("redo").code == 0
    assert other("redo").code == 0
    assert "pain 6" in other("list").out
    looks_sound(other)
    assert holding(path.parent) == holding(shared) == []


# Other devices, files and copies


def settled(devices: Sequence[Run], shared: Path, rounds: int = 2) -> None:
    for _ in range(rounds):
        for device in devices:
            assert device("sync", str(shared)).code == 0


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_three_devices_forget_and_converge(
    order: tuple[int, ...], run: Run, tmp_path: Path, shared: Path, at: Callable[[str], None]
) -> None:
    """Whatever the order in which they hear of it, and though one edits meanwhile what another forgets."""
    paths = [tmp_path / f"{number}" / "journal.db" for number in range(3)]
    devices = [partial(run, "--journal", str(each)) for each in paths]
    devices[0]("pain", "6", "--trigger", WORDS[1], "--note", WORDS[0])
    devices[1]("note", KEPT)
    settled(devices, shared)
    id_ = an_id(devices[0])
    devices[2]("edit", id_, "--set", f"note={WORDS[2]}")
    devices[2]("edit", id_, "--set", "score=4")
    at("2026-11-19T14:06:00+01:00")
    assert devices[1]("forget", id_, "--field", "note", "--yes").code == 0
    assert devices[0]("forget", id_, "--field", "trigger", "--yes").code == 0
    settled([devices[i] for i in order], shared)
    assert "0 changes taken over, 0 written" in devices[0]("sync", str(shared)).out
    settled([devices[i] for i in order], shared, 1)
    assert rows(paths[0]) == rows(paths[1]) == rows(paths[2])
    assert holding(shared) == []
    for path, device in zip(paths, devices, strict=True):
        assert "journal.db" not in holding(path.parent)
        looks_sound(device)
        assert KEPT in device("list").out
        assert device("forget", id_, "--yes").code == 0  # the backups that each made before its first sync
        assert holding(path.parent) == []


def test_the_other_device_says_that_it_forgot_and_which_backups_may_not(
    run: Run, other: Device, tmp_path: Path, shared: Path
) -> None:
    run("pain", "6", "--note", WORDS[0])
    run("sync", str(shared))
    other("sync", str(shared))
    other("backup")
    run("forget", an_id(run), "--yes")
    run("sync", str(shared))
    ran = other("sync", str(shared))
    assert "words of 1 entry were forgotten on another device, and now here too" in ran.err
    assert f"painlog forget {an_id(other)}" in ran.err
    assert [name for name in holding(tmp_path) if not name.startswith("backups/other")] == []
    again = other("forget", an_id(other), "--yes")
    assert "its words are forgotten already" in again.out
    assert holding(tmp_path) == []


def file_from_before(run: Run, tmp_path: Path, sort: str) -> Path:
    """A file from before, which holds the words, and is offered to a journal that forgot them."""
    target = tmp_path / f"before.{sort}"
    if sort == "db":
        made = run("backup").out.splitlines()[-1]
        shutil.copy(made, target)
        Path(made).unlink()
    elif sort == "jsonl":
        assert run("export", "jsonl", "-o", str(target)).code == 0
    else:
        (tmp_path / "once").mkdir()
        run("sync", str(tmp_path / "once"))
        shutil.copy(next((tmp_path / "once").rglob("*.jsonl")), target)
        shutil.rmtree(tmp_path / "once")
    return target


@pytest.mark.parametrize("sort", ["db", "jsonl", "changes"])
def test_it_never_comes_back_from_a_file(sort: str, run: Run, path: Path, tmp_path: Path) -> None:
    run("pain", "6", "--trigger", WORDS[1], "--note", WORDS[0])
    run("edit", an_id(run), "--set", f"note={WORDS[2]}")
    before = file_from_before(run, tmp_path, sort)
    run("forget", an_id(run), "--yes")
    changes = rows(path)
    assert "0 changes taken over" in run("merge", str(before), "--no-backup").out
    assert rows(path) == changes
    if sort == "jsonl":
        assert run("import", str(before), "--yes").code == 0
    if sort == "db":
        assert run("restore", str(before), "--yes").code == 0
        assert {change[:3] for change in rows(path)} == {change[:3] for change in changes}
    assert holding(path.parent) == []
    looks_sound(run)


@pytest.mark.parametrize("damage", ["head", "change"])
def test_a_repair_brings_none_of_it_back(damage: str, run: Run, path: Path) -> None:
    """Not from a backup that was left as it is."""
    run("pain", "6", "--note", WORDS[0])
    run("note", KEPT)
    run("backup")
    with Journal.open(path, NOW + timedelta(minutes=1)) as journal:
        journal.forget(next(entry for entry in journal.entries() if entry.kind == "pain"), ["note"])
    raw = path.read_bytes()
    assert "journal.db" not in holding(path.parent)
    if damage == "head":
        path.write_bytes(b"\x07" * 100 + raw[100:])
    else:
        with closing(sqlite3.connect(path)) as conn, conn:
            conn.execute("UPDATE ops SET recorded_at = '2026-11-19T01:00:00+01:00' WHERE data LIKE '%score%'")
    assert run("doctor", "--repair").code == 0
    looks_sound(run)
    assert KEPT in run("list").out
    assert [name for name in holding(path.parent) if "asked" not in name] == []


def test_own_files_in_the_folder_of_the_settings_are_written_anew(
    run: Run, other: Device, path: Path, shared: Path
) -> None:
    run("config", "set", "sync_dir", str(shared))
    run("note", KEPT)
    run("pain", "6", "--note", WORDS[0])
    run("sync")
    other("mood", "4", "--note", WORDS[2])
    other("sync", str(shared))
    run("sync")
    ran = run("forget", an_id(run), "--yes")
    assert ran.code == 0
    assert holding(shared) == [name for name in holding(shared) if WORDS[0] not in (shared / name).read_text()]
    ran = run("forget", an_id(run, "mood"), "--yes")
    assert "1 file of another device holds them still" in " ".join(ran.err.split())
    assert len(holding(shared)) == 1
    assert "0 written" in run("sync").out
    assert run("sync", "--compact").code == 0
    assert holding(shared) == []
    other("sync", str(shared))
    other("forget", an_id(other, "mood"), "--yes")
    assert holding(path.parent.parent) == []
    assert KEPT in other("list").out


def test_what_another_program_has_open_is_cleared_by_the_next_that_opens_it(run: Run, path: Path) -> None:
    run("pain", "6", "--note", WORDS[0])
    id_ = an_id(run)
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("SELECT * FROM ops").fetchall()
        ran = run("forget", id_, "--yes")
        assert (ran.code, "another program has" in ran.err) == (1, True), ran
    assert run("list").code == 0
    assert holding(path.parent) == []


# Who forges


def test_no_forged_mark_takes_more_than_words(run: Run, path: Path) -> None:
    run("pain", "6", "--where", "knee_l", "--note", KEPT)
    run("flare", "start")
    made = rows(path)
    for number, (change, names) in enumerate([
        (made[0], '"score"'),
        (made[1], '"event"'),
        (made[0], "1"),
        (made[0], "[]"),
    ]):
        hlc = f"{int(change.hlc[:12], 16) + 9:012x}{number:04x}feedbeef"
        six = (hlc, hlc, change.entry, f'{{"forgotten":[{names}]}}', change.recorded_at, "forget")
        file = path.parent / "forged.jsonl"
        file.write_bytes(change_file([Change(*six, checksum(*six))]))
        assert run("merge", str(file)).code == 2
    assert rows(path) == made


def test_what_is_forgotten_is_the_same_whatever_the_order(run: Run, path: Path) -> None:
    run("pain", "6", "--trigger", WORDS[1], "--note", WORDS[0])
    id_ = an_id(run)
    before = rows(path)
    run("forget", id_, "--field", "note", "--yes")
    run("forget", id_, "--yes")
    after = rows(path)
    marks = after[1:]
    for some in permutations(marks):
        step = before[0]
        for mark in some:
            step = without_words(read_changes([step])[0], marks_in(read_changes([mark]))).change
        assert step == after[0]
    assert sorted(forget_all([*before, *marks])) == after


def test_doctor_names_a_mark_that_was_written_by_hand(run: Run, path: Path) -> None:
    run("pain", "6", "--note", WORDS[0])
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("UPDATE ops SET data = replace(data, '\"note\"', '\"forgotten\"')")
    assert run("doctor").code == 1


# Encrypted


def test_sealed_files_of_an_encrypted_journal_are_written_anew_and_its_backups_too(
    sealed: Path, run: Run, shared: Path, ring: dict[str, str], terminal: Terminal
) -> None:
    """What can be opened holds none of the words: the journal, each backup, and each file that it shares."""
    from painlog.cli.session import Keys
    from painlog.exchange.sync import folder
    from painlog.storage.recovery.backups import find_snapshots
    from painlog.storage.recovery.restoring import read_copy

    def opened() -> list[str]:
        """Every text in the journal, its backups and the folder."""
        with Journal.open(sealed, NOW, keys=Keys()) as journal:
            files = folder.decrypt_files(folder.read(shared), journal.meta.sharing_secrets).good
            texts = [str(row) for row in journal.history.changes()]
        texts += [str(read_copy(each.path, Keys()).changes) for each in find_snapshots(sealed)]
        return texts + [line.decode() for lines in files.values() for line in lines]

    run("config", "set", "sync_dir", str(shared))
    run("pain", "5", "--note", WORDS[0])
    run("note", KEPT)
    run("sync")
    run("backup")
    names = {each.name for each in shared.rglob("*.sealed")}
    assert sum(WORDS[0] in text for text in opened()) == 3
    ran = run("forget", an_id(run, "pain 5"), "--yes")
    assert (ran.code, "backup" in ran.out) == (0, True), ran
    assert not [text for text in opened() if WORDS[0] in text]
    assert sum(KEPT in text for text in opened()) == 3
    assert not names & {each.name for each in shared.rglob("*.sealed")}
    assert not [*shared.rglob("*.jsonl")], "nothing there is readable now"
    assert "0 written" in run("sync").out
    looks_sound(run)
    assert (len(ring), terminal.asked) == (1, [])


def test_exports_nearby_are_named_and_no_whole_tree_is_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all that lies under a home directory, which may be much and changing, two levels are looked at."""
    near = ("painlog-a.csv", "exports/painlog-b.csv", "painlog-2026/daily.csv")
    for name in (*near, "exports/old/years/painlog-c.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    walked: list[Path] = []
    scan = os.scandir

    def note(path: str) -> object:
        walked.append(Path(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", note)
    monkeypatch.chdir(tmp_path)
    found = {each for each in exports_nearby(tmp_path / "journal.db") if each.is_file()}
    assert found == {tmp_path / name for name in near}
    assert tmp_path / "exports" / "old" / "years" not in walked
