"""doctor and erase: no damage is silent, what can be put together is, and erase leaves nothing of painlog's."""

import os
import random
import sqlite3
import stat
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from painlog.storage.journal import Journal
from painlog.storage.log.changes import Change
from painlog.storage.recovery import backups, checkup, repairing, restoring
from painlog.storage.recovery.carving import carve
from painlog.storage.sync_folders import conflict_copies, synced_by
from tests.conftest import NOW, Run
from tests.storage.test_backups import MANY, exported
from tests.storage.test_journal import FIXTURES, folds, record, texts

SECRET = "canary-7f3a"


def diary(path: Path) -> None:
    """A journal with every sort of change in it, on more pages than a few."""
    record(path, *(f"pain {i % 11} left knee burning, mood {i % 9}, note {'é' * (i * 25 + 1)}" for i in range(30)))
    with Journal.open(path, NOW) as journal:
        entries = journal.entries()
        journal.delete(entries[:7])
        journal.undo()
        journal.delete(entries[7:9])


def holds(path: Path) -> tuple[str, list[tuple[object, ...]]]:
    """Everything a journal says: each change, each entry."""
    with Journal.open(path, NOW) as journal:
        entries = journal.rows.select("SELECT * FROM entries ORDER BY id")
    return exported(path), entries


def states(path: Path) -> dict[str, str]:
    return {finding.about: finding.state for finding in checkup.examine(path, None)}


# Looking


def test_a_whole_journal_is_said_to_be_whole(run: Run, path: Path) -> None:
    assert "no journal yet" in run("doctor").out
    run("pain", "6")
    run("backup")
    ran = run("doctor")
    assert (ran.code, ran.err) == (0, "")
    assert [line[9:18].strip() for line in ran.out.splitlines() if line[0] != " "] == ["ok"] * 8
    assert "all 1 follow from the changes" in ran.out
    before = path.read_bytes()
    assert "nothing is damaged" in run("doctor", "--repair").out
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", [1, 2, 3])
def test_earlier_versions_are_whole_too(version: int, path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    path.touch(0o600)
    path.write_bytes((FIXTURES / f"journal-v{version}.db").read_bytes())
    before = path.read_bytes()
    assert "damage" not in states(path).values()
    assert path.read_bytes() == before


def test_files_that_others_may_read_are_named_and_shut(run: Run, path: Path) -> None:
    run("pain", "6")
    run("backup")
    made = backups.find_snapshots(path)[0].path
    path.chmod(0o644)
    made.parent.chmod(0o755)
    ran = run("doctor")
    assert (ran.code, "others on this machine may read" in ran.out) == (0, True)
    assert "only you can read" in run("doctor", "--repair").out
    assert [stat.S_IMODE(each.stat().st_mode) for each in (path, made.parent, made)] == [0o600, 0o700, 0o600]
    assert states(path)["access"] == "well"


@pytest.mark.parametrize(
    ("folder", "mark", "program"),
    [
        ("Dropbox/health", "", "Dropbox"),
        ("OneDrive - Home", "", "OneDrive"),
        ("Library/Mobile Documents/com~apple", "", "iCloud"),
        ("a/b", ".stfolder", "Syncthing"),
        ("a/b", ".dropbox.cache", "Dropbox"),
        ("a/b", ".sync_0123abcd.db", "Nextcloud"),
        ("Library/CloudStorage/x", "", "a cloud"),
        ("a/b", "", ""),
    ],
)
def test_a_folder_that_is_carried_elsewhere_is_told(
    folder: str, mark: str, program: str, run: Run, tmp_path: Path
) -> None:
    place = tmp_path / folder
    place.mkdir(parents=True)
    if mark:
        (place.parent / mark).touch()
    journal = place / "journal.db"
    assert synced_by(journal) == program
    assert ("can damage a journal" in " ".join(run("--journal", str(journal), "pain", "6").err.split())) == bool(
        program
    )
    assert (f"that {program} seems" in run("--journal", str(journal), "doctor").out) == bool(program)


def test_a_second_copy_from_another_machine_is_named(run: Run, path: Path) -> None:
    run("pain", "6")
    (path.parent / "journal.sync-conflict-20261119.db").touch()
    assert "painlog merge" in run("doctor").out


def test_a_journal_that_another_program_keeps_in_wal_mode_is_told(path: Path) -> None:
    record(path, "pain 6")
    other = sqlite3.connect(path)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("SELECT * FROM ops").fetchone()
    assert states(path)["settings"] == "risk"
    other.close()
    assert states(path)["settings"] == "well"


@pytest.mark.parametrize(
    ("statement", "about"),
    [
        ("UPDATE ops SET data = replace(data, '6', '7')", "changes"),
        ("UPDATE ops SET recorded_at = '2026-01-01T00:00:00+00:00'", "changes"),
        ("UPDATE ops SET data = '{}'", "changes"),
        ("UPDATE entries SET value = 7", "entries"),
        ("UPDATE entries SET deleted = 1", "entries"),
        ("DELETE FROM entries", "entries"),
        ("DELETE FROM ops", "entries"),
        ("DELETE FROM meta", "device"),
        ("DROP INDEX entries_day", "tables"),
        ("DROP VIEW daily", "tables"),
        ("CREATE TRIGGER t AFTER INSERT ON ops BEGIN DELETE FROM entries; END", "tables"),
        ("CREATE TABLE t (a)", "tables"),
        ("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('painlog', 'step_900')", "tables"),
    ],
)
def test_what_another_program_changed_is_found(statement: str, about: str, path: Path, run: Run) -> None:
    record(path, "pain 6")
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute(statement)
    conn.close()
    assert states(path)[about] == "damage"
    assert run("doctor").code == 1


def test_a_step_that_is_not_known_is_refused_like_a_newer_version(path: Path, run: Run) -> None:
    path.parent.mkdir()
    path.write_bytes((FIXTURES / "journal-v2.db").read_bytes())
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('painlog', 'step_900')")
    conn.close()
    before = path.read_bytes()
    for command in (("pain", "6"), ("today",), ("doctor", "--repair")):
        assert (run(*command).code, "newer painlog" in run(*command).err) == (1, True), command
    assert path.read_bytes() == before


# Repairing


@pytest.mark.parametrize("where", ["entries", "views", "indexes", "trigger"])
def test_what_follows_from_the_changes_is_made_anew(where: str, path: Path, run: Run) -> None:
    diary(path)
    before = holds(path)
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute(
        {
            "entries": "UPDATE entries SET value = 3, data = '{}'",
            "views": "DROP VIEW pain",
            "indexes": "DROP INDEX ops_entry",
            "trigger": "CREATE TRIGGER t AFTER INSERT ON ops BEGIN DELETE FROM entries; END",
        }[where]
    )
    conn.close()
    damaged = path.read_bytes()
    ran = run("doctor", "--repair")
    assert ran.code == 0, ran
    assert "LOST" not in ran.out
    assert holds(path) == before
    (aside,) = backups.damaged_files(path)
    assert aside.read_bytes() == damaged
    assert run("undo").code == 0


def test_what_lies_beside_a_journal_is_found_whatever_signs_its_name_has(tmp_path: Path) -> None:
    """Or an erase would leave a whole copy of it behind, and another program's second copy would go unseen."""
    path = tmp_path / "pain [old].db"
    aside, copy = (tmp_path / f"{path.stem}{more}.db" for more in ("-damaged-20261101T000000Z", " (conflicted copy)"))
    for each in (path, aside, copy, tmp_path / "pain o-damaged-20261101T000000Z.db"):
        each.touch()
    assert (backups.damaged_files(path), conflict_copies(path)) == ([aside], [copy])


def test_a_wrong_letter_in_a_change_leaves_its_entry_as_last_shown(path: Path, run: Run) -> None:
    """Whether what is wrong is still text or not."""
    record(path, "pain 6 left knee, note Dear diary", "mood 4")
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("UPDATE ops SET data = replace(data, 'Dear', 'Bear') WHERE data LIKE '%\"kind\":\"note\"%'")
    conn.execute("UPDATE ops SET data = CAST(CAST(data AS BLOB) || x'ff' AS TEXT) WHERE data LIKE '%mood%'")
    conn.close()
    shown = texts(path)
    ran = run("doctor", "--repair")
    assert (ran.code, "2 entries were taken as last shown" in ran.out) == (0, True), ran
    assert (texts(path), folds(path)) == (shown, True)
    assert run("doctor").code == 0


def test_a_change_that_is_wrong_everywhere_leaves_its_entry_as_last_shown(path: Path, run: Run) -> None:
    record(path, "pain 6 left knee", "mood 4")
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("UPDATE ops SET data = '{}' WHERE rowid = 1")
    conn.close()
    shown = texts(path)
    ran = run("doctor", "--repair")
    assert (ran.code, "1 entry was taken as last shown" in ran.out) == (0, True), ran
    assert (texts(path), folds(path)) == (shown, True)
    assert run("doctor").code == 0


@pytest.mark.parametrize("lost", [False, True], ids=["id", "change"])
def test_an_entry_is_not_doubled_where_its_id_is_damaged_and_kept_where_its_changes_are_gone(
    *, lost: bool, path: Path, run: Run
) -> None:
    record(path, "pain 6 left knee", "mood 4")
    conn = sqlite3.connect(path, isolation_level=None)
    other = "substr(id, 1, 35) || CASE substr(id, 36) WHEN '0' THEN '1' ELSE '0' END"
    conn.execute("DELETE FROM ops WHERE rowid = 1" if lost else f"UPDATE entries SET id = {other} WHERE kind = 'mood'")
    conn.close()
    assert run("doctor", "--repair").code == 0
    assert (texts(path), folds(path)) == (["pain 6, knee LEFT", "mood 4"], True)


def test_a_lost_deletion_stays_one(path: Path, run: Run) -> None:
    ((entry,), _) = record(path, "pain 6 left knee", "mood 4")
    with Journal.open(path, NOW) as journal:
        journal.delete([entry])
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute('UPDATE ops SET data = \'{"deleted":0,"x":1}\' WHERE rowid = 3')
    conn.close()
    assert run("doctor", "--repair").code == 0
    assert (texts(path), folds(path)) == (["mood 4"], True)


def test_what_neither_the_journal_nor_a_backup_holds_is_said_to_be_lost(path: Path, run: Run) -> None:
    record(path, "pain 6", "mood 4")
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("UPDATE ops SET data = '{}' WHERE rowid = 1")
    conn.execute("DELETE FROM entries")
    conn.close()
    ran = run("doctor", "--repair")
    assert (ran.code, "LOST: changes of 1 entry" in ran.out, texts(path)) == (0, True, ["mood 4"])


def test_changes_come_from_backups_and_from_files_that_carry_them(path: Path) -> None:
    diary(path)
    with Journal.open(path, NOW) as journal:
        journal.back_up(backups.ASKED)
    record(path, "note after the backup")
    with Journal.open(path, NOW) as journal:
        carried = journal.history.changes()[-1:]
    before = holds(path)
    path.write_bytes(path.read_bytes()[:6000])
    wrong = [("x",), (*carried[0][:3], "{}", *carried[0][4:])]
    done = repairing.repair(path, NOW, None, lambda _secrets: [carried, wrong])
    assert (done.from_elsewhere > 0, holds(path)) == (True, before)


@pytest.mark.parametrize("column", ["hlc", "command", "entry", "data", "recorded_at", "source", "checksum"])
def test_a_change_that_a_backup_has_is_not_told_twice_whatever_of_it_is_wrong_here(column: str, path: Path) -> None:
    """Else its entry would be taken as last shown besides, as a further change."""
    record(path, "pain 6 left knee", "mood 4")
    with Journal.open(path, NOW) as journal:
        journal.back_up(backups.ASKED)
        first = [each.encode() for each in journal.history.changes()[0]]
    before, raw, at = holds(path), bytearray(path.read_bytes()), Change._fields.index(column)
    begin = raw.find(b"".join(first)) + sum(map(len, first[:at]))
    end = begin + min(len(first[at]), 6)
    raw[begin:end] = bytes(each ^ 1 for each in raw[begin:end])
    path.write_bytes(raw)
    done = repairing.repair(path, NOW, None)
    assert (done.from_elsewhere, done.from_entries, done.lost) == (1, 0, 0)
    assert holds(path) == before


@pytest.mark.parametrize("ahead", [0, 3650])
def test_what_was_put_together_comes_in_place_whatever_other_backups_say_of_their_time(ahead: int, path: Path) -> None:
    record(path, "pain 6")
    with Journal.open(path, NOW + timedelta(days=ahead)) as journal:
        made = journal.back_up(backups.ASKED)
    restoring.restore(path, made.path, NOW + timedelta(days=ahead), None)
    record(path, "mood 4")
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("DROP VIEW pain")
    conn.close()
    repairing.repair(path, NOW, None)
    assert texts(path) == ["pain 6", "mood 4"]


def test_what_a_restore_left_behind_does_not_come_back_by_a_repair(path: Path, run: Run) -> None:
    record(path, "pain 6")
    run("backup")
    record(path, "note a mistake")
    run("restore", "1", "--yes")
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("DROP VIEW pain")
    conn.close()
    assert run("doctor", "--repair").code == 0
    assert texts(path) == ["pain 6"]


@pytest.mark.parametrize("kind", ["text", "another program's", "newer"])
def test_what_is_something_else_is_not_repaired(kind: str, path: Path, run: Run) -> None:
    path.parent.mkdir(mode=0o700)
    if kind == "text":
        path.write_text("Dear diary, " * 1000)
    else:
        conn = sqlite3.connect(path, isolation_level=None)
        conn.execute("CREATE TABLE t (a)")
        if kind == "newer":
            conn.executescript("PRAGMA application_id = 1346457164; PRAGMA user_version = 99")
        conn.close()
    before = path.read_bytes()
    assert run("doctor", "--repair").code == 1
    assert (path.read_bytes(), [each.name for each in path.parent.iterdir()]) == (before, ["journal.db"])


def test_a_changes_own_page_is_enough_to_read_it(path: Path) -> None:
    """Long ones lie on several pages."""
    diary(path)
    record(path, f"note {'x' * 20_000}")
    with Journal.open(path, NOW) as journal:
        assert {*journal.history.changes()} <= set(carve(path))


# Damage by chance


def _spoilt(raw: bytes, chance: random.Random) -> bytes:
    """A bit, a byte, some bytes, a page or an end of the file that is not as it was; the header more often."""
    changed = bytearray(raw)
    at = chance.randrange(200 if chance.random() < 0.2 else len(raw))
    page = at // 4096 * 4096
    match chance.choice(["bit", "byte", "run", "zeros", "noise", "cut"]):
        case "bit":
            changed[at] ^= 1 << chance.randrange(8)
        case "byte":
            changed[at] = chance.randrange(256)
        case "run":
            changed[at : at + 20] = chance.randbytes(len(changed[at : at + 20]))
        case "zeros":
            changed[page : page + 4096] = bytes(4096)
        case "noise":
            changed[page : page + 4096] = chance.randbytes(4096)
        case "cut":
            del changed[max(at, 1) :]
    return bytes(changed)


@pytest.mark.parametrize("backed_up", [True, False], ids=["with a backup", "without one"])
def test_no_damage_is_silent_after_doctor(
    *, backed_up: bool, path: Path, runs: int, run: Run, report: Callable[[str], None]
) -> None:
    """What doctor calls whole is whole; what it repairs is whole again, with a backup always to the last change."""
    diary(path)
    raw, want = path.read_bytes(), holds(path)
    copy = b""
    if backed_up:
        run("backup")
        copy = backups.find_snapshots(path)[0].path.read_bytes()
    chance, seen = random.Random(7 + backed_up), Counter[str]()
    for _ in range(10 * runs):
        for each in [*path.parent.glob("*.db*"), *backups.folder(path).glob("*")]:
            each.unlink()
        for name, content in ((path, _spoilt(raw, chance)), (backups.folder(path) / _NAME, copy)):
            if content:
                name.touch(0o600)
                name.write_bytes(content)
        if run("doctor").code == 0:
            assert holds(path) == want
            seen["harmless"] += 1
        elif run("doctor", "--repair").code == 0:
            assert run("doctor").code == 0
            same = holds(path) == want
            assert same or not backed_up
            said = {row[:9] for row in want[1]}
            assert {row[:9] for row in holds(path)[1]} <= said  # nothing is made up
            seen["whole again" if same else "as far as it could be read"] += 1
        else:
            assert not backed_up
            seen["nothing left"] += 1
    report(f"damage, {'with' if backed_up else 'without'} a backup: {dict(seen)}")


_NAME = "journal-20261119T130500Z-asked-0000.db"


# Erasing


def everything(*places: Path) -> list[str]:
    return [str(each) for place in places for each in place.rglob("*") if each.is_file()]


def test_erase_removes_everything_painlog_wrote(tmp_path: Path, at: Callable[[str], None]) -> None:
    from painlog.cli import main

    home, disk = tmp_path / "home", tmp_path / "disk"
    disk.mkdir()
    (disk / "painlog-00000000").mkdir()
    (disk / "painlog-00000000" / _NAME).write_text("another machine's")
    assert main(["config", "set", "backup_mirror", str(disk)]) == 0
    assert main(["note", SECRET]) == 0
    assert main(["backup"]) == 0
    at("2026-11-20T08:00:00+01:00")
    assert main(["note", SECRET]) == 0
    path = home / ".local/share/painlog/journal.db"
    (home / ".config/painlog/imports.json").write_text("{}")
    conn = sqlite3.connect(path)
    conn.execute("UPDATE ops SET data = '{}' WHERE rowid = 1")
    conn.commit()
    conn.close()
    assert main(["doctor", "--repair"]) == 0
    (path.parent / "journal.db-journal").write_bytes(b"")
    assert len(everything(home)) == 8
    assert main(["erase", "--dry-run"]) == 0
    assert main(["erase"]) == 2  # nobody is there to be asked
    assert len(everything(home)) == 8
    assert main(["erase", "--yes"]) == 0
    assert everything(home) == []
    assert everything(disk) == [str(disk / "painlog-00000000" / _NAME)]
    assert not (home / ".config/painlog").exists()
    assert not path.parent.exists()
    assert main(["erase", "--yes"]) == 0
    assert main(["pain", "6"]) == 0


def test_erasing_another_journal_leaves_the_settings(run: Run, path: Path) -> None:
    run("config", "set", "day_starts", "04:00")
    run("pain", "6")
    beside = path.with_name("thesis.db")
    beside.write_text("mine")
    assert run("erase", "--yes").code == 0
    assert [each.name for each in path.parent.iterdir()] == ["thesis.db"]
    assert "04:00" in run("config", "get", "day_starts").out


def test_the_settings_stay_with_a_journal_that_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """All journals share them: whoever tidies up a trial one would lose whose crisis lines are shown."""
    from painlog.cli import main

    assert main(["config", "set", "country", "NL"]) == 0
    assert main(["mood", "4"]) == 0
    kept = everything(tmp_path / "home")
    monkeypatch.setenv("PAINLOG_JOURNAL", str(tmp_path / "trial.db"))
    assert main(["mood", "2"]) == 0
    capsys.readouterr()
    assert main(["erase", "--yes"]) == 0
    assert "the settings stay" in capsys.readouterr().err
    assert (everything(tmp_path / "home"), (tmp_path / "trial.db").exists()) == (kept, False)
    monkeypatch.setenv("PAINLOG_JOURNAL", "~/.local/share/painlog/journal.db")
    assert main(["erase", "--yes"]) == 0
    assert everything(tmp_path / "home") == []


@pytest.mark.parametrize("what", ["text", "link", "second name", "database"])
def test_what_is_not_painlogs_is_not_erased(what: str, run: Run, path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    record(other, "pain 6")
    path.parent.mkdir()
    if what == "text":
        path.write_text("Dear diary, " * 20)
    elif what == "link":
        path.symlink_to(other)
    elif what == "second name":
        path.hardlink_to(other)
    else:
        conn = sqlite3.connect(path)
        conn.execute("CREATE TABLE t (a)")
        conn.close()
    assert run("erase", "--yes").code == 1
    assert (os.path.lexists(path), other.exists()) == (True, True)


def test_a_damaged_journal_is_erased_too(run: Run, path: Path) -> None:
    record(path, MANY)
    run("backup")
    path.write_bytes(b"?" * 5000)
    assert run("erase", "--yes").code == 0
    assert not path.parent.exists() or everything(path.parent) == []
