"""Backups: when they are made, how long they stay, and that a restore is wholly old or wholly new."""

import os
import shutil
import sqlite3
import stat
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painlog.errors import BackupFailed, FileRefused, JournalRefused
from painlog.exchange.jsonl import lines
from painlog.storage import connection
from painlog.storage.connection import translate_errors
from painlog.storage.encryption.keys import Keys
from painlog.storage.journal import Journal
from painlog.storage.recovery import backups, replacing, restoring
from painlog.storage.recovery.backups import Snapshot
from tests.cli.test_processes import environment, painlog
from tests.conftest import NOW, Run
from tests.killing import Moments
from tests.storage.test_journal import FIXTURES, folds, record, texts
from tests.support import warm

TOMORROW = "2026-11-20T08:00:00+01:00"
MANY = "note " + ", note ".join(f"n{i}" for i in range(60))


def exported(path: Path) -> str:
    with Journal.open(path, NOW) as journal:
        return "".join(lines(journal.history.changes()))


def whys(path: Path) -> list[str]:
    return [each.why for each in backups.find_snapshots(path)]


def ids(run: Run, many: int) -> list[str]:
    import json

    return [entry["id"] for entry in json.loads(run("list", "--json").out)["entries"][:many]]


# When


def test_the_first_entry_of_a_day_is_preceded_by_a_backup(run: Run, path: Path, at: Callable[[str], None]) -> None:
    for command in (("pain", "6"), ("mood", "4"), ("undo",)):
        run(*command)
    assert whys(path) == []
    at(TOMORROW)
    assert run("today").code == 0
    assert whys(path) == []
    for command in (("pain", "3"), ("pain", "2"), ("undo",)):
        run(*command)
    (made,) = backups.find_snapshots(path)
    assert (made.why, made.made) == ("daily", datetime.fromisoformat(TOMORROW).astimezone(UTC))
    assert restoring.read_copy(made.path, None).living == 1
    at("2026-11-21T02:00:00+01:00")  # still the same day, which turns over at three
    run("pain", "1")
    assert len(whys(path)) == 1


def test_a_clock_that_was_ahead_for_years_does_not_end_the_daily_backups(
    run: Run, path: Path, at: Callable[[str], None]
) -> None:
    at("2036-11-19T14:05:00+01:00")
    run("pain", "6")
    for day in (20, 21, 22):
        at(f"2026-11-{day}T14:05:00+01:00")
        run("pain", "6")
    assert whys(path) == ["daily"] * 3


@pytest.mark.parametrize(("count", "made"), [(5, []), (6, ["delete"])])
def test_a_large_deletion_is_preceded_by_one(count: int, made: list[str], run: Run, path: Path) -> None:
    run("log", MANY)
    assert run("delete", "--yes", *ids(run, count)).code == 0
    assert whys(path) == made


def test_a_large_import_and_a_journals_are_preceded_by_one(run: Run, path: Path, tmp_path: Path) -> None:
    table = tmp_path / "diary.csv"
    for rows, made in ((50, []), (51, ["import"])):
        days = ("".join(f"2025-{1 + i // 28:02}-{1 + i % 28:02},{rows % 10}\n") for i in range(rows))
        table.write_text("Date,Pain\n" + "".join(days))
        run("pain", "6")
        command = ("import", str(table), "--map", "Date=day", "--map", "Pain=pain", "--from", str(rows), "--yes")
        assert run(*command).code == 0
        assert whys(path) == made
    run("export", "jsonl", "-o", str(tmp_path / "out.jsonl"))
    assert run("import", str(tmp_path / "out.jsonl"), "--no-backup").code == 0
    assert whys(path) == ["import"]
    assert run("import", str(tmp_path / "out.jsonl")).code == 0
    assert whys(path) == ["import", "import"]
    fresh = tmp_path / "other" / "journal.db"
    assert run("--journal", str(fresh), "import", str(tmp_path / "out.jsonl")).code == 0
    assert whys(fresh) == []  # there was nothing to lose


# How


@pytest.mark.migrates
def test_a_backup_is_the_journal_and_for_its_owner_alone(path: Path, run: Run, tmp_path: Path) -> None:
    record(path, "pain 6 left knee burning", "mood 4")
    before = os.umask(0)
    try:
        assert run("backup").out.startswith("backed up 2 entries\n")
        assert run("backup", str(tmp_path / "stick")).code == 0
    finally:
        os.umask(before)
    (made,) = backups.find_snapshots(path)
    (other,) = backups.find_snapshots(path, tmp_path / "stick")
    for each in (made.path, other.path):
        assert stat.S_IMODE(each.stat().st_mode) == 0o600
        assert stat.S_IMODE(each.parent.stat().st_mode) == 0o700
        assert exported(each) == exported(path)
        assert folds(each)


def test_a_backup_while_others_write_is_of_one_moment(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process writes between the comparison and the copy: it is made again."""
    record(path, "pain 6")
    look_through, seen = backups.look_through, []

    def interrupted(copy: Path, keys: Keys | None) -> str:
        seen.append(copy)
        return "another" if len(seen) == 1 else look_through(copy, keys)

    monkeypatch.setattr(backups, "look_through", interrupted)
    with Journal.open(path, NOW) as journal:
        made = journal.back_up(backups.ASKED)
        assert len(seen) == 2
        monkeypatch.setattr(backups, "look_through", lambda *_: "never")
        with pytest.raises(BackupFailed):
            journal.back_up(backups.ASKED)
    assert backups.snapshot_files(path, backups.folder(path)) == [made.path]


def test_a_second_place_gets_every_backup(run: Run, path: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    assert run("config", "set", "backup_mirror", str(disk)).code == 0
    run("pain", "6")
    ran = run("backup")
    assert (ran.code, "no such directory" in " ".join(ran.err.split()), disk.exists()) == (0, True, False)
    disk.mkdir()
    assert (run("backup").code, run("backup").err) == (0, "")
    (own,) = disk.iterdir()
    assert len(backups.find_snapshots(path, own)) == 2
    assert stat.S_IMODE(own.stat().st_mode) == 0o700
    shutil.rmtree(path.parent)
    assert "cannot read" not in run("backup", "--list").err
    assert run("restore", "1", "--yes").code == 0
    assert texts(path) == ["pain 6"]
    assert run("config", "set", "backup_mirror", "somewhere").code == 2


def test_a_full_disk_refuses_what_is_risky_and_leaves_no_half_file(path: Path, tmp_path: Path) -> None:
    record(path, MANY)
    other = tmp_path / "other" / "journal.db"
    record(other, "pain 1")
    out = tmp_path / "other.jsonl"
    assert painlog(other, "export", "jsonl", "-o", str(out)).returncode == 0
    before = exported(path)
    limit = path.stat().st_size - 4096
    for command in (("backup",), ("import", str(out)), ("restore", "--yes", str(other))):
        ran = painlog(path, *command, file_limit=limit)
        assert ran.returncode == 1, command
        assert "cannot write a backup" in ran.stderr
        assert ran.stderr.count("\n") == 1
        assert list(backups.folder(path).iterdir()) == []
        assert exported(path) == before
    assert "--no-backup" in painlog(path, "import", str(out), file_limit=limit).stderr
    assert painlog(path, "import", "--no-backup", str(out)).returncode == 0
    assert backups.find_snapshots(path) == []


def test_where_the_daily_backup_fails_it_is_said_and_the_entry_is_kept(
    run: Run, path: Path, at: Callable[[str], None]
) -> None:
    run("pain", "6")
    backups.folder(path).write_text("in the way")
    at(TOMORROW)
    ran = run("pain", "3")
    assert (ran.code, "no backup was made today" in " ".join(ran.err.split())) == (0, True)
    assert len(texts(path)) == 2


# How long


def test_nine_hundred_dailies_become_about_forty() -> None:
    left: list[Snapshot] = []
    for day in range(900):
        left.insert(0, Snapshot(Path(str(day)), datetime(2024, 1, 1, 9, tzinfo=UTC) + timedelta(days=day), "daily"))
        kept = backups.choose_kept(left)
        left = [each for each in left if each in kept]
    assert 39 <= len(left) <= 43
    ages = [(left[0].made - each.made).days for each in left]
    assert ages[:14] == list(range(14))
    assert max(b - a for a, b in pairwise(ages)) <= 31
    assert ages[-1] > 680


def test_what_the_last_restore_led_to_stays_however_old() -> None:
    """A repair goes back to it and no further, so that what was restored away stays away."""
    begun = datetime(2024, 1, 1, tzinfo=UTC)
    whys_ = {0: "restored", 1: "restored"}
    made = [Snapshot(Path(str(i)), begun + timedelta(days=i // 2), whys_.get(i, "daily")) for i in range(2000)]
    assert [each.path.name for each in backups.choose_kept(made[::-1]) if each.why == "restored"] == ["1"]


def test_forty_days_of_entries_leave_the_backups_of_the_rotation(
    run: Run, path: Path, at: Callable[[str], None]
) -> None:
    for day in range(40):
        at((NOW + timedelta(days=day)).isoformat())
        assert run("pain", str(day % 11)).code == 0
    made = backups.find_snapshots(path)
    assert [(made[0].made - each.made).days for each in made] == [*range(14), 15, 22, 28, 29, 36]
    assert [backups.count_entries(each.path, None) for each in made[:2]] == [39, 38]


@given(
    st.lists(
        st.tuples(st.integers(0, 900 * 24), st.sampled_from(["daily", "restore", "restored", "asked"])), max_size=60
    )
)
def test_rotation_keeps_the_newest_and_is_done_once(hours: list[tuple[int, str]]) -> None:
    begun = datetime(2024, 1, 1, tzinfo=UTC)
    made = [Snapshot(Path(str(i)), begun + timedelta(hours=hour), why) for i, (hour, why) in enumerate(sorted(hours))]
    newest_first = made[::-1]
    kept = backups.choose_kept(newest_first)
    assert set(newest_first[: backups.LAST]) <= kept
    assert {each.why for each in newest_first if each.why == "restored"} <= {each.why for each in kept}
    assert backups.choose_kept([each for each in newest_first if each in kept]) == kept
    assert len(kept) <= backups.LAST + backups.DAYS + backups.WEEKS + backups.MONTHS + 1


def test_only_what_is_this_journals_is_rotated(tmp_path: Path) -> None:
    path, place = tmp_path / "journal.db", tmp_path / "backups"
    place.mkdir()
    strangers = ["journal-2-20200101T000000Z-daily-0000.db", "notes.db", "journal-20200101T000000Z-daily-0000.db.txt"]
    for name in strangers:
        (place / name).touch()
    (place / "journal-20200101T000000Z-daily-0000.tmp").touch()
    os.utime(place / "journal-20200101T000000Z-daily-0000.tmp", (0, 0))
    backups.rotate(path, NOW)
    assert sorted(each.name for each in place.iterdir()) == sorted(strangers)


def test_a_left_over_that_cannot_be_removed_keeps_nobody_from_recording(
    run: Run, path: Path, at: Callable[[str], None]
) -> None:
    run("pain", "6")
    stuck = path.parent / "backups" / "journal-20200101T000000Z-daily-0000.tmp"
    stuck.mkdir(parents=True)
    os.utime(stuck, (0, 0))
    at(TOMORROW)
    ran = run("pain", "3")
    assert (ran.code, stuck.is_dir(), whys(path)) == (0, True, ["daily"]), ran.err


def test_what_another_process_has_just_finished_is_no_left_over(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "unfinished_backups", lambda *_: [tmp_path / "gone.tmp"])
    with Journal.open(path, NOW) as journal:
        assert journal.back_up(backups.ASKED).path.exists()


# Restore


def test_restore_brings_back_what_was_and_can_be_taken_back(run: Run, path: Path) -> None:
    run("pain", "6")
    run("backup")
    run("pain", "7")
    run("delete", *ids(run, 1))
    now_ = exported(path)
    listed = run("backup", "--list").out
    assert "  1  Thu 19 Nov 14:05       asked for" in listed
    assert run("restore").code == 2  # nobody is there to be asked
    assert (run("restore", "--dry-run").code, exported(path)) == (0, now_)
    ran = run("restore", "1", "--yes")
    assert (ran.code, texts(path)) == (0, ["pain 6"])
    assert run("doctor").code == 0
    back = ran.out.splitlines()[-1].removeprefix("undo: painlog ").split()
    assert run(*back, "--yes").code == 0
    assert exported(path) == now_
    assert run("pain", "1").code == 0
    assert run("undo").code == 0  # the device is still the same


@pytest.mark.parametrize("version", range(1, connection.VERSION + 1))
def test_every_versions_backup_comes_back_byte_for_byte(version: int, path: Path, run: Run, tmp_path: Path) -> None:
    old = tmp_path / "old" / "journal.db"
    old.parent.mkdir()
    shutil.copy(FIXTURES / f"journal-v{version}.db", old)
    old.chmod(0o600)
    assert run("restore", "--yes", str(old)).code == 0
    assert run("doctor").code == 0
    assert exported(path) == exported(old)
    assert folds(path)
    assert whys(old) == ([] if version == connection.VERSION else ["update"])


def _text(path: Path) -> None:
    path.write_text("Dear diary")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def _altered(path: Path) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b'"score":6', b'"score":0'))


def _sql(*statements: str) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        conn = sqlite3.connect(path, isolation_level=None)
        for statement in statements:
            conn.execute(statement)
        conn.close()

    return spoil


FEWER = (  # each change that is read is right, but most are not there any more
    "CREATE TABLE spare AS SELECT * FROM ops LIMIT 1",
    "PRAGMA writable_schema = ON",
    "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'spare') WHERE name = 'ops'",
    "DELETE FROM sqlite_schema WHERE name = 'spare'",
)
UNSORTED = (  # an index that has lost all: nothing that a restore reads is wrong yet
    "CREATE INDEX spare ON entries (day) WHERE 0",
    "PRAGMA writable_schema = ON",
    FEWER[2].replace("'ops'", "'entries_day'"),
    "DELETE FROM sqlite_schema WHERE name = 'spare'",
)
ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS hlc FROM c"


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_text, "not a copy of a painlog journal"),
        (_empty, "not a copy of a painlog journal"),
        (_cut, "is damaged"),
        (_altered, "is damaged"),
        (_sql(*FEWER), "is damaged"),
        (_sql(*UNSORTED), "is damaged"),
        (_sql("PRAGMA application_id = 7"), "another program's"),
        (_sql("PRAGMA user_version = 99"), "newer painlog"),
        (_sql("CREATE TRIGGER t AFTER INSERT ON ops BEGIN DELETE FROM entries; END"), "holds a trigger 't'"),
        (_sql(f"CREATE VIEW v AS {ENDLESS}"), "holds a view 'v'"),
        (_sql("DROP TABLE ops", f"CREATE VIEW ops AS {ENDLESS}"), "holds a view 'ops'"),
        (_sql("CREATE TABLE more (a, b AS (zeroblob(a)))"), "holds a table 'more'"),
        (_sql("CREATE VIRTUAL TABLE more USING fts5(a)"), "holds a table 'more'"),
        (_sql("CREATE INDEX i ON ops (hex(zeroblob(length(hlc))))"), "holds a index 'i'"),
        (_sql("DROP TABLE ops", "CREATE TABLE ops (a, b, c, d, e, f, g)"), "holds a table 'ops'"),
        (_sql("UPDATE ops SET hlc = 'x' || hlc"), "is damaged"),
        (_sql("UPDATE ops SET data = '{}'"), "is damaged"),
    ],
)
def test_what_is_no_whole_copy_is_refused_and_changes_nothing(
    spoil: Callable[[Path], None], says: str, path: Path, run: Run
) -> None:
    record(path, "pain 6 left knee", MANY)
    run("backup")
    (made,) = backups.find_snapshots(path)
    spoil(made.path)
    before = path.read_bytes()
    begun = time.thread_time()
    ran = run("restore", "--yes", made.path.name)
    assert time.thread_time() - begun < 6  # of the processor; what else it has to do makes no difference
    assert (ran.code, says in ran.err, ran.err.count("\n")) == (1, True, 1), ran.err
    assert path.read_bytes() == before
    assert [each.path for each in backups.find_snapshots(path)] == [made.path]


def test_a_view_that_never_ends_is_not_run_under_one_of_painlogs_own_names(path: Path, run: Run) -> None:
    record(path, "pain 6")
    run("backup")
    (made,) = backups.find_snapshots(path)
    _sql("DROP VIEW daily", f"CREATE VIEW daily AS {ENDLESS}")(made.path)
    assert run("restore", "--yes", made.path.name).code == 0
    assert run("doctor").code == 0


def test_a_copy_that_was_not_closed_is_refused(path: Path, run: Run) -> None:
    record(path, "pain 6")
    run("backup")
    (made,) = backups.find_snapshots(path)
    made.path.with_name(made.path.name + "-wal").write_text("x")
    assert "was not closed" in run("restore", "--yes", made.path.name).err


def test_a_journal_that_cannot_be_read_is_moved_aside(path: Path, run: Run) -> None:
    record(path, "pain 6")
    run("backup")
    spoilt = path.read_bytes()[:9000]
    path.write_bytes(spoilt)
    assert "painlog restore" in run("today").err
    assert run("restore", "--yes").code == 0
    assert texts(path) == ["pain 6"]
    (aside,) = path.parent.glob("*-damaged-*.db")
    assert aside.read_bytes() == spoilt


def test_what_lies_beside_a_journal_is_moved_aside_with_it_and_nothing_written_over(path: Path) -> None:
    """A left -journal would be played back into the file that comes in its place."""
    for content in ("one", "two"):
        path.parent.mkdir(exist_ok=True)
        for side in ("", "-journal", "-wal"):
            path.with_name(path.name + side).write_text(content + side)
        built = path.with_name("built")
        built.write_text("built")
        aside = replacing.replace(path, built, NOW)
        assert aside
        assert [aside.with_name(aside.name + side).read_text() for side in ("", "-journal", "-wal")] == [
            content, f"{content}-journal", f"{content}-wal"
        ]  # fmt: skip
        assert [*path.parent.glob("journal.db*")] == [path]
        assert path.read_text() == "built"
    assert len([*path.parent.iterdir()]) == 8


def test_a_journal_stays_the_device_it_is_whatever_is_restored(path: Path, run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    record(path, "pain 6")
    record(other, "mood 4")
    with Journal.open(path, NOW) as journal:
        device = journal.meta.device
    assert run("restore", "--yes", str(other)).code == 0
    with Journal.open(path, NOW) as journal:
        assert (journal.meta.device, [entry.text for entry in journal.entries()]) == (device, ["mood 4"])


@pytest.mark.parametrize("own", [True, False], ids=["its own", "another's"])
def test_a_lost_journal_is_the_same_device_from_its_own_backup_and_a_new_one_from_anothers(
    *, own: bool, path: Path, run: Run, tmp_path: Path
) -> None:
    """A copy that came from another machine must not pass for that machine."""
    record(path, "pain 6")
    with Journal.open(path, NOW) as journal:
        device, made = journal.meta.device, journal.back_up(backups.ASKED, None if own else tmp_path)
    path.unlink()
    assert run("restore", "--yes", str(made.path)).code == 0
    with Journal.open(path, NOW) as journal:
        assert (journal.meta.device == device) == own


@pytest.mark.parametrize("keep", [0, 30, 60, 5000, 0.1, 0.5, 0.999])
def test_a_file_cut_short_is_refused_with_the_way_back(keep: float, path: Path, run: Run) -> None:
    record(path, "pain 6", MANY)
    run("backup")
    raw = path.read_bytes()
    path.write_bytes(raw[: int(keep if keep > 1 or keep == 0 else len(raw) * keep)])
    before = path.read_bytes()
    for command in (("pain", "6"), ("today",), ("undo",), ("export", "csv")):
        ran = run(*command)
        assert (ran.code, ran.err.count("\n"), "painlog restore" in ran.err) == (1, 1, True), (command, ran.err)
    assert path.read_bytes() == before
    assert run("help-now").code == 0
    assert (run("restore", "--yes").code, len(texts(path))) == (0, 61)


def test_a_journal_that_is_gone_is_not_begun_again_unseen(path: Path, run: Run) -> None:
    """Signal made a new, empty one in such a case, and the messages were gone (#5097)."""
    record(path, "pain 6")
    run("backup")
    path.unlink()
    for command in (("pain", "6"), ("today",), ("log", "mood 4")):
        ran = run(*command)
        assert (ran.code, "painlog restore" in ran.err) == (1, True)
    assert not path.exists()
    assert run("restore", "--yes").code == 0
    assert texts(path) == ["pain 6"]


@pytest.mark.parametrize("what", ["link", "second name", "newer", "another program's"])
def test_what_is_no_damaged_journal_is_not_replaced(what: str, path: Path, run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    record(path, "pain 6")
    run("backup", str(tmp_path / "stick"))
    (made,) = backups.find_snapshots(path, tmp_path / "stick")
    if what == "link":
        path.rename(other)
        path.symlink_to(other)
    elif what == "second name":
        other.hardlink_to(path)
    elif what == "newer":
        _sql("PRAGMA user_version = 99")(path)
    else:
        path.unlink()
        _sql("CREATE TABLE t (a)")(path)
    before = path.read_bytes()
    assert run("restore", "--yes", str(made.path)).code == 1
    assert path.read_bytes() == before
    with pytest.raises(JournalRefused):
        Journal.open(path, NOW)


def test_nobody_writes_between_the_backup_and_the_restore(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another terminal records must be in the backup before it or come after it; never be written over unseen."""
    record(path, "pain 6")
    with Journal.open(path, NOW) as journal:
        made = journal.back_up(backups.ASKED)
    take, others = backups.take, []

    def meanwhile(*given: object) -> Snapshot:
        found = take(*given)  # type: ignore[arg-type]
        other = sqlite3.connect(path, timeout=0.1, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()
        others.append(found)
        return found

    monkeypatch.setattr(backups, "take", meanwhile)
    restoring.restore(path, made.path, NOW, None)
    assert len(others) == 1
    other = sqlite3.connect(path, timeout=0.1, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.close()
    assert [each.name for each in path.parent.iterdir() if each.name.startswith("journal.db-")] == []


def test_a_restore_that_fails_closes_the_journal(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record(path, "pain 6")
    with Journal.open(path, NOW) as journal:
        made = journal.back_up(backups.ASKED)
    connect, opened = connection.connect, []

    def seen(*given: Any, **named: Any) -> sqlite3.Connection:
        opened.append(connect(*given, **named))
        return opened[-1]

    def refuse(*_: object, **__: object) -> None:
        raise BackupFailed("no room")

    monkeypatch.setattr(connection, "connect", seen)
    monkeypatch.setattr(backups, "new_snapshot", refuse)
    with pytest.raises(BackupFailed):
        restoring.restore(path, made.path, NOW, None)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        opened[0].execute("SELECT 1")


def test_kill_during_a_restore_leaves_the_old_journal_or_the_new_one(
    path: Path, runs: int, report: Callable[[str], None]
) -> None:
    """``kill -9`` at any moment: what is read afterwards is wholly one of the two."""
    lines_ = [f"note {'o' * 300} {i}" for i in range(400)]
    record(path, ", ".join(lines_[:200]))
    first = painlog(path, "backup", str(path.parent / "a")).stdout.split()[-1]
    record(path, ", ".join(lines_[200:]), "pain 6")
    second = painlog(path, "backup", str(path.parent / "b")).stdout.split()[-1]
    states = {exported(Path(first)): first, exported(Path(second)): second}
    assert len(states) == 2
    changed = 0
    _seconds(path, first)
    moments = Moments(_seconds(path, second))
    seen, devnull = exported(path), os.open(os.devnull, os.O_RDWR)
    for _ in range(10 * runs):
        other = next(name for text, name in states.items() if text != seen)
        worker = warm.start(("restore", "--yes", other), environment(path), (devnull, devnull, devnull))
        moments.end(worker, 0, 1)
        after = exported(path)
        assert after in states
        changed += after != seen
        seen = after
    assert folds(path)
    assert painlog(path, "doctor").returncode == 0
    os.close(devnull)
    report(f"restore: {changed} of {10 * runs} kills came after the change")


def _seconds(path: Path, source: str) -> float:
    begun = time.monotonic()
    assert warm.run(("restore", "--yes", source), environment(path)).returncode == 0
    return time.monotonic() - begun


def test_restoring_needs_a_file(run: Run, tmp_path: Path) -> None:
    assert "no backups to restore" in run("restore", "--yes").err
    assert "cannot read" in run("restore", "--yes", str(tmp_path / "none.db")).err
    run("pain", "6")
    run("backup")
    for number in ("0", "2", "99"):
        assert (run("restore", number).code, "from 1 to 1" in run("restore", number).err) == (2, True)
    with pytest.raises(FileRefused):
        restoring.read_copy(tmp_path, None)


def test_a_complaint_that_cannot_be_read_is_a_damaged_journal(path: Path) -> None:
    """SQLite quotes the damage, and Python cannot decode the quotation."""
    with pytest.raises(Exception, match="is damaged"), translate_errors(path):
        b"\xff".decode()
