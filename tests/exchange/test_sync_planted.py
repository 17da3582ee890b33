"""What a device that means ill plants in a shared folder: a case for each thing that it once could do to the others."""

import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from painlog.exchange.sync import change_files
from painlog.storage.journal import Journal
from painlog.storage.log.changes import LATEST, ROOM, Change, ReadChange, fold, from_json
from painlog.storage.log.merging import tell_apart
from tests.conftest import NOW, Device, Run
from tests.support.hostile_changes import Columns, change_file, sealed

EARLY = "000000000000"
LEAST = int(LATEST, 16) - ROOM
DAY = {"day": "2026-11-19", "at": None, "utc_offset": 60, "zone": "Europe/Berlin"}


def changes(path: Path) -> list[Change]:
    with closing(sqlite3.connect(path)) as conn:
        return [Change(*row) for row in conn.execute("SELECT * FROM ops ORDER BY hlc")]


def planted(op: Change, data: dict[str, Any], **columns: str) -> Columns:
    """A change of the hostile device, made of another one."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    stamp = f"{int(op.hlc[:12], 16) + 1:012x}0000feedbeef"
    return sealed(op._asdict() | {"hlc": stamp, "command": stamp, "data": text} | columns)


def put(shared: Path, *files: list[Columns], device: str = "feedbeef") -> list[Path]:
    place = shared / "changes" / device
    place.mkdir(parents=True, exist_ok=True)
    raws = [change_file(each) for each in files]
    paths = [place / f"{'0' * 24}-{'0' * 8}-{sha256(raw).hexdigest()[:16]}.jsonl" for raw in raws]
    for path, raw in zip(paths, raws, strict=True):
        path.write_bytes(raw)
    return paths


@pytest.mark.parametrize("first", ["the entry", "another kind"])
def test_an_entry_that_was_begun_as_another_kind_stops_no_file_of_its_device(
    first: str, run: Run, other: Device, path: Path, shared: Path, tmp_path: Path
) -> None:
    """All files with it would be refused from then on, with everything else that stands in them."""
    run("pain", "6", "--where", "knee_l")
    forged = planted(changes(path)[0], {"kind": "sleep", **DAY, "fields": {"minutes": 300}})
    if first == "another kind":
        put(shared, [forged])
    for device in (other, run, other):
        if device is run:
            run("note", "with it")
            put(shared, [forged])
        assert device("sync", str(shared)).code == 0
    run("sync", str(shared))
    assert "with it" in other("list").out
    assert changes(path) == changes(tmp_path / "other.db")
    for device in (run, other):
        assert device("doctor").code == 0
        assert device("history", changes(path)[0].entry).code == 0


def test_what_follows_another_kind_counts_as_far_as_that_can_hold_it() -> None:
    begun = [{"kind": "pain", **DAY, "fields": {"score": 6}}, {"kind": "mood", **DAY, "fields": {"score": 4}}]
    later = {"fields": {"worry": 3, "interest": 99}}
    row = fold("entry", [(json.dumps(each), "2026-11-19T10:00:00+01:00") for each in (*begun, later)])
    fields = json.loads(row.data)
    assert (row.kind, row.value, fields["worry"], "interest" in fields) == ("mood", 4, 3, False)


def test_what_one_took_in_steps_stops_no_file_of_its_own(run: Run, other: Device, path: Path, shared: Path) -> None:
    """Each stamp follows on the last; their own files are gone when the other device comes."""
    run("pain", "6")
    for step in range(1, 4):
        stamp = f"{LEAST + step * 10:012x}0000feedbeef"
        (file,) = put(shared, [planted(changes(path)[0], {"fields": {"score": step}}, hlc=stamp, command=stamp)])
        assert "1 change taken over" in run("sync", str(shared)).out
        file.unlink()
    run("note", "own words")
    run("sync", str(shared))
    other("sync", str(shared))
    assert "own words" in other("list").out


def test_no_change_is_written_over_by_one_whose_checksum_is_its_clock() -> None:
    """Of two with one clock the lesser goes to where its checksum says: what stands there stays, in any order."""

    def of(device: str, text: str, checksum: str = "00000000") -> ReadChange:
        clock = f"{EARLY}0000{device}"
        data = json.dumps({"fields": {"note": text}}, separators=(",", ":"))
        change = Change(clock, clock, "entry", data, "2026-11-19T10:00:00+01:00", "cli", checksum)
        return ReadChange(change, from_json(data))

    own, less, greater = of("0badcafe", "own"), of("feedbeef", "a", "0badcafe"), of("feedbeef", "b")
    there = {own.change.hlc: own.change}
    found = tell_apart([less, greater], lambda clocks: {each: there[each] for each in clocks if each in there})
    all_ = {each.change.hlc: each.data["fields"]["note"] for each in found}
    assert sorted({own.change.hlc: "own", **all_}.values()) == ["a", "b", "own"]
    for some in ([own, less, greater], [greater, less, own]):
        assert sorted(each.data["fields"]["note"] for each in tell_apart(some, lambda _: {})) == ["a", "b", "own"]


def test_undo_takes_back_no_change_that_another_device_added_to_the_command(run: Run, path: Path, shared: Path) -> None:
    run("pain", "6")
    run("mood", "4")
    pain, mood = changes(path)
    early = f"{EARLY}0000feedbeef"
    put(shared, [planted(pain, {"fields": {"note": "added"}}, hlc=early, command=mood.command)])
    assert "1 change taken over" in run("sync", str(shared)).out
    assert run("undo").code == 0
    listed = run("list").out
    assert ("pain" in listed, "mood" in listed) == (True, False)
    assert run("undo").code == 0, "what came before the command cannot be reached"
    assert "pain" not in run("list").out


def test_history_bears_a_change_from_before_the_entry_began(run: Run, path: Path, shared: Path) -> None:
    run("pain", "6")
    early = f"{EARLY}0000feedbeef"
    put(shared, [planted(changes(path)[0], {"fields": {"note": "before"}}, hlc=early, command=early)])
    assert "1 change taken over" in run("sync", str(shared)).out
    ran = run("history", changes(path)[-1].entry)
    assert (ran.code, "pain 6" in ran.out) == (0, True), ran


def test_forgetting_seals_nothing_that_somebody_put_among_own_files(run: Run, path: Path, shared: Path) -> None:
    """A line with the words is enough to have painlog write the rest of that file anew, as its own."""
    pytest.importorskip("cryptography", reason="takes the extra painlog[encryption]")
    run("pain", "6", "--note", "the words")
    with Journal.open(path, NOW) as journal, journal.changing():
        journal.meta.share_with(bytes(range(20)))
        device = journal.meta.device
    run("sync", str(shared))
    own = changes(path)[0]
    put(shared, [own, planted(own, {"fields": {"score": 1}})], device=device)
    assert run("forget", own.entry, "--yes").code == 0
    for _ in range(2):
        assert run("sync", str(shared)).code == 0
    assert all(change.hlc[16:] == device for change in changes(path)), "what was forged was taken over"
    left = [each for each in shared.rglob("*") if each.is_file() and change_files.is_changes(each.read_bytes()[:64])]
    assert len([each for each in left if b"feedbeef" in each.read_bytes()]) == 1


@pytest.mark.parametrize("name", ["changes", "changes/{}"])
def test_a_file_in_the_way_of_own_ones_is_named_with_what_to_do(name: str, run: Run, path: Path, shared: Path) -> None:
    run("pain", "6")
    with Journal.open(path, NOW) as journal:
        way = shared / name.format(journal.meta.device)
    way.parent.mkdir(parents=True, exist_ok=True)
    way.write_text("in the way")
    ran = run("sync", str(shared))
    assert (ran.code, "move it away; try again" in " ".join(ran.err.split())) == (1, True), ran.err
    way.unlink()
    assert "1 written" in run("sync", str(shared)).out
