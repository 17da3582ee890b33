"""What a journal keeps whatever comes: its own clock's room, its backups' order, its folder sealed, its words true."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from painlog.storage.log.changes import Change
from tests.conftest import Run
from tests.support.hostile_changes import LAST, anew, change_file, sealed

Clock = Callable[[str], None]


def changes(path: Path) -> list[Change]:
    with closing(sqlite3.connect(path)) as conn:
        return [Change(*row) for row in conn.execute("SELECT * FROM ops ORDER BY hlc")]


def put(shared: Path, *some: Change) -> Path:
    place = shared / "changes" / "feedbeef" / f"{'0' * 24}-{'0' * 8}-{'0' * 16}.jsonl"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(change_file(some))
    return place


# Room ahead


@pytest.mark.parametrize("stamp", [f"{LAST}ffff", f"{LAST}0000", "0699e99107feffff", "0699e742ee8000000"[:16]])
def test_no_stamp_from_elsewhere_takes_the_room_of_own_ones(stamp: str, run: Run, path: Path, shared: Path) -> None:
    run("pain", "6")
    change = anew(changes(path)[0], 1)._asdict() | {"hlc": f"{stamp}feedbeef"}
    put(shared, Change(*sealed(change)))
    assert run("sync", str(shared)).code == 0
    for number in range(3):
        assert run("note", f"own {number}").code == 0
    assert run("doctor").code == 0
    assert run("backup").code == 0
    assert run("export", "jsonl", "-o", str(path.parent / "all.jsonl")).code == 0
    assert run("--journal", str(path.parent / "new.db"), "import", str(path.parent / "all.jsonl")).code == 0
    assert run("--journal", str(path.parent / "new.db"), "list").out.count("own ") == 3


def test_who_follows_a_stamp_at_the_limit_is_still_heard(run: Run, other: Run, path: Path, shared: Path) -> None:
    run("pain", "6")
    change = anew(changes(path)[0], 1)._asdict() | {"hlc": f"{0x0699E99107FF - 86_400_000:012x}fffffeedbeef"}
    put(shared, Change(*sealed(change)))
    assert "1 change taken over" in run("sync", str(shared)).out
    run("note", "written after it")
    run("sync", str(shared))
    other("sync", str(shared))
    other("sync", str(shared))
    assert "written after it" in other("list").out


@pytest.mark.parametrize("recorded", ["2026-11-19T10:00:00+01:00", "2190-01-01T10:00:00+01:00"])
def test_a_device_far_ahead_is_named_and_who_follows_it_is_not(
    recorded: str, run: Run, other: Run, path: Path, shared: Path
) -> None:
    """Whatever time it says it wrote at; each time that something of it comes, and by doctor."""
    run("pain", "6")
    other("mood", "4")
    assert "clock" not in run("doctor").out
    far = anew(changes(path)[0], 1)._asdict() | {"hlc": f"{0x06500000A000:012x}0000feedbeef", "recorded_at": recorded}
    put(shared, Change(*sealed(far)))
    for device in (run, other):
        ran = device("sync", str(shared))
        assert "the device feedbeef wrote with a clock" in " ".join(ran.err.split()), ran
        device("note", "after it")
    for device in (run, other, run):
        ran = device("sync", str(shared))
        assert "clock" not in ran.err, "nothing of it has come"
    for device in (run, other):
        ran = device("doctor")
        assert (ran.code, ran.out.count("far ahead")) == (0, 1)
        assert "feedbeef" in ran.out


def test_a_clock_of_ones_own_that_was_ahead_once_is_named(run: Run, at: Clock) -> None:
    at("2035-05-01T10:00:00+02:00")
    run("pain", "1")
    at("2026-11-19T10:00:00+01:00")
    run("pain", "2")
    assert "this device wrote with a clock that was at 2035-05-01 09:00" in " ".join(run("doctor").out.split())


def test_a_machine_that_is_behind_blames_none_of_two_devices_that_agree(
    run: Run, other: Run, shared: Path, at: Clock
) -> None:
    run("pain", "1")
    other("pain", "2")
    for device in (run, other, run):
        device("sync", str(shared))
    at("2001-01-01T10:00:00+01:00")
    assert "clock" not in run("doctor").out


# Backups


def test_a_clock_that_was_wrong_once_does_not_choose_the_backup(run: Run, at: Clock) -> None:
    at("2035-05-01T10:00:00+02:00")
    run("pain", "1")
    run("backup")
    for day in range(1, 15):
        at(f"2026-11-{day:02d}T10:00:00+01:00")
        assert run("pain", str(day % 10)).code == 0
    made = run("backup").out.splitlines()[-1]
    assert Path(made).exists()
    listed = run("backup", "--list").out.splitlines()
    assert "15 entries" in listed[0], listed
    assert "1 May 2035" in "".join(listed), listed
    assert "15 entries" in run("restore", "--dry-run").out


def test_rotation_keeps_what_was_just_made(run: Run, at: Clock) -> None:
    at("2035-05-01T10:00:00+02:00")
    run("pain", "1")
    for minute in range(12):
        at(f"2035-05-01T10:{minute:02d}:30+02:00")
        run("backup")
    at("2026-11-19T10:00:00+01:00")
    for _ in range(3):
        made = Path(run("backup").out.splitlines()[-1])
        assert made.exists()


def test_two_journals_of_one_stem_have_their_own_backups(run: Run, tmp_path: Path) -> None:
    places = [tmp_path / "both" / name for name in ("pain.db", "pain.sqlite", "pain", "pain.old.db")]
    for number, each in enumerate(places):
        assert run("--journal", str(each), "note", f"of journal {number}").code == 0
        assert run("--journal", str(each), "backup").code == 0
    for number, each in enumerate(places):
        assert run("--journal", str(each), "backup", "--list").out.count("asked for") == 1
        assert run("--journal", str(each), "restore", "--yes").code == 0
        assert f"of journal {number}" in run("--journal", str(each), "list").out
    assert run("--journal", str(places[0]), "erase", "--yes").code == 0
    for each in places[1:]:
        assert each.exists()
        assert run("--journal", str(each), "backup", "--list").out.count("asked for") == 1


def test_what_a_restore_left_behind_comes_after_what_it_led_to(run: Run, at: Clock) -> None:
    """Though it holds more: whoever went back to an earlier backup is not brought forward again unasked."""
    run("note", "the first")
    run("backup")
    for number in range(3):
        at(f"2026-11-19T15:0{number}:00+01:00")
        run("note", f"left behind {number}")
        run("backup")
    at("2026-11-19T16:00:00+01:00")
    assert run("restore", "4", "--yes").code == 0
    lines = run("backup", "--list").out.splitlines()
    assert ("as restored" in lines[0], "1 entry" in lines[0], "4 entries" in lines[1]) == (True, True, True), lines
    at("2026-11-19T17:00:00+01:00")
    assert run("restore", "--yes").code == 0
    assert "left behind" not in run("list").out


def backed_up(run: Run, path: Path, text: str) -> None:
    assert run("--journal", str(path), "note", text).code == 0
    assert run("--journal", str(path), "backup").code == 0


def listed(run: Run, path: Path) -> int:
    return run("--journal", str(path), "backup", "--list").out.count("asked for")


def test_a_journal_finds_its_backups_under_the_name_that_it_had(run: Run, tmp_path: Path) -> None:
    before, after, other = (tmp_path / "both" / name for name in ("pain.db", "diary.db", "third.db"))
    backed_up(run, before, "kept")
    backed_up(run, other, "another journal's")
    before.rename(after)
    assert listed(run, after) == listed(run, other) == 1
    assert run("--journal", str(after), "restore", "--yes").code == 0
    assert "kept" in run("--journal", str(after), "list").out
    assert run("--journal", str(after), "erase", "--yes").code == 0
    assert [each.name.split("-")[0] for each in (tmp_path / "both" / "backups").iterdir()] == ["third"]


def test_two_journals_that_change_names_take_their_backups_along(run: Run, tmp_path: Path) -> None:
    one, two, between = (tmp_path / "both" / name for name in ("one.db", "two.db", "between.db"))
    backed_up(run, one, "of the first")
    backed_up(run, two, "of the second")
    for old, new in ((one, between), (two, one), (between, two)):
        old.rename(new)
    for path, text in ((two, "of the first"), (one, "of the second")):
        assert listed(run, path) == 1
        assert run("--journal", str(path), "restore", "--yes").code == 0
        assert text in run("--journal", str(path), "list").out


def test_backups_that_an_earlier_painlog_named_by_the_stem_alone_are_found(run: Run, tmp_path: Path) -> None:
    """It named the backups of pain.sqlite as those of pain.db beside it."""
    paths = [tmp_path / "both" / name for name in ("pain.db", "pain.sqlite")]
    for path in paths:
        backed_up(run, path, f"of {path.name}")
    for each in (tmp_path / "both" / "backups").glob("pain.sqlite-*"):
        each.rename(each.with_name(each.name.replace("pain.sqlite-", "pain-")))
    for path in paths:
        assert listed(run, path) == 1
        assert run("--journal", str(path), "restore", "--yes").code == 0
        assert f"of {path.name}" in run("--journal", str(path), "list").out
    assert run("--journal", str(paths[0]), "erase", "--yes").code == 0
    assert listed(run, paths[1]) == 1


def test_a_copy_of_a_journal_does_not_take_its_backups(run: Run, tmp_path: Path) -> None:
    path, copy = tmp_path / "both" / "pain.db", tmp_path / "both" / "copy.db"
    backed_up(run, path, "kept")
    copy.write_bytes(path.read_bytes())
    assert listed(run, copy) == 0
    assert run("--journal", str(copy), "erase", "--yes").code == 0
    assert listed(run, path) == 1


# A sealed folder


def test_a_sealed_folder_takes_no_plain_file_until_it_is_told_to(run: Run, path: Path, shared: Path) -> None:
    pytest.importorskip("cryptography")
    from painlog.exchange.sync import encrypted_files
    from painlog.storage.journal import Journal
    from tests.conftest import NOW

    run("pain", "6")
    with Journal.open(path, NOW) as journal, journal.changing():
        journal.meta.share_with(encrypted_files.new_secret())
    run("sync", str(shared))
    forged = anew(changes(path)[0], 1)
    file = put(shared, forged)
    ran = run("sync", str(shared))
    assert (ran.code, "0 changes taken over" in ran.out) == (0, True), ran
    assert "--take-plain" in " ".join(ran.err.split()), ran.err
    assert file.name[:24] in "".join(ran.err.split())
    assert len(changes(path)) == 1
    ran = run("sync", str(shared), "--take-plain", file.relative_to(shared).as_posix())
    assert "1 change taken over" in ran.out, ran
    assert len(changes(path)) == 2


# Undo


def test_undo_after_a_restore_takes_back_nothing_else(run: Run, path: Path, at: Clock) -> None:
    at("2026-11-01T09:00:00+01:00")
    run("pain", "1")
    run("backup")
    at("2026-11-02T09:00:00+01:00")
    run("mood", "2")
    run("restore", "--yes", Path(run("backup", "--list").out and _first_backup(path)).name)
    before = changes(path)
    ran = run("undo")
    assert (ran.code, ran.out, "restore" in ran.err) == (1, "", True), ran
    assert changes(path) == before
    run("pain", "3")
    assert run("undo").out.startswith("taken back: pain 3")
    assert run("undo").code == 1, "nor when what came after it is taken back"
    assert "pain 1" in run("list", "--period", "all").out


def _first_backup(path: Path) -> Path:
    return min((path.parent / "backups").glob("*.db"))


@pytest.mark.parametrize("command", ["merge", "import"])
def test_undo_after_a_merge_takes_back_nothing_else(command: str, run: Run, other: Run, path: Path) -> None:
    run("pain", "1")
    other("mood", "2")
    file = path.parent / "other.jsonl"
    other("export", "jsonl", "-o", str(file))
    assert run(command, str(file)).code == 0
    before = changes(path)
    ran = run("undo")
    assert (ran.code, f"the last command was {command}," in ran.err) == (1, True), ran
    assert changes(path) == before


# True words


def test_a_link_is_named_with_what_it_points_to(run: Run, path: Path) -> None:
    run("pain", "6")
    link = path.with_name("link.db")
    link.symlink_to(path)
    ran = run("--journal", str(link), "doctor")
    assert (ran.code, "DAMAGED" in ran.out + ran.err, str(path) in ran.err) == (1, False, True), ran


def test_what_was_taken_over_is_said_where_own_changes_cannot_be_written(
    run: Run, other: Run, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from painlog.errors import FileRefused
    from painlog.exchange.sync import folder

    other("pain", "1")
    other("sync", str(shared))
    run("mood", "2")

    def fail(*_: object, **__: object) -> None:
        raise FileRefused("cannot write there: no space left on device; nothing was written")

    monkeypatch.setattr(folder, "write_file", fail)
    ran = run("sync", str(shared))
    assert (ran.code, "1 change taken over" in ran.err, "nothing was written" in ran.err) == (1, True, False), ran


def test_a_conflict_shows_when_each_side_was_written_down_not_the_logical_clock(
    run: Run, other: Run, shared: Path, at: Clock
) -> None:
    """One device is a day ahead; what the other wrote after it was not written tomorrow."""
    at("2026-11-11T09:00:00+01:00")  # the other device's clock, a day ahead
    other("pain", "6")
    other("sync", str(shared))
    at("2026-11-10T10:00:00+01:00")
    run("sync", str(shared))
    run("edit", json.loads(run("list", "--json", "--period", "all").out)["entries"][0]["id"], "--set", "score=4")
    at("2026-11-11T09:30:00+01:00")
    other("edit", json.loads(other("list", "--json").out)["entries"][0]["id"], "--set", "score=8")
    other("sync", str(shared))
    at("2026-11-10T11:00:00+01:00")
    run("sync", str(shared))
    shown = run("conflicts").out
    assert "Tue 10 Nov 10:00" in shown, shown
    assert "Wed 11 Nov 09:30" in shown, shown


# Smaller


@pytest.mark.parametrize("count", [1, 2, 3])
def test_an_id_has_four_letters_or_more(count: int, run: Run) -> None:
    run("pain", "6")
    id_ = json.loads(run("list", "--json").out)["entries"][0]["id"]
    for command in ("delete", "show", "edit", "history"):
        ran = run(command, id_[-12:][:count])
        assert (ran.code, ran.out) == (2, ""), ran
    assert run("delete", id_).code == 0


def test_a_trigger_in_the_journal_never_runs(run: Run, path: Path) -> None:
    run("pain", "6")
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TRIGGER evil AFTER INSERT ON ops BEGIN DELETE FROM entries; END")
        conn.commit()
    before = path.read_bytes()
    for command in ("pain 5", "undo", "log mood 4"):
        ran = run(*command.split())
        assert (ran.code, "trigger" in ran.err) == (1, True), ran
    assert path.read_bytes() == before
    assert run("doctor").code == 1
    assert run("doctor", "--repair").code == 0
    assert run("pain", "5").code == 0


def test_an_empty_journal_beside_backups_is_no_new_one(run: Run, path: Path, shared: Path) -> None:
    """Whatever emptied it: a new diary must not begin in its place unseen."""
    run("pain", "6")
    run("backup")
    for spoil in ("CREATE TABLE x (y); DROP TABLE x", "DELETE FROM ops; DELETE FROM entries"):
        if spoil.startswith("CREATE"):
            path.unlink()
        else:
            assert run("restore", "--yes").code == 0
        with closing(sqlite3.connect(path)) as conn:
            conn.executescript(spoil)
        for command in ("list", "pain 5", "today", f"sync {shared}", "doctor"):
            ran = run(*command.split())
            assert (ran.code, "restore" in ran.out + ran.err) == (1, True), (command, ran)
    assert run("restore", "--yes").code == 0
    assert "pain 6" in run("list").out
