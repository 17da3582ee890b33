"""Each bound of the gate: what lies on it comes in, what lies just beyond it does not, wherever in a file it stands."""

import json
import sqlite3
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from painlog.domain.kinds.fields import NOTE_LIMIT
from painlog.errors import BadInput
from painlog.storage.log.changes import LATEST, ROOM, Change, ReadChange, make_change, write_change
from painlog.storage.log.gate import admit, late_stamps, out_of_reach
from painlog.storage.log.merging import check_changes
from tests.conftest import Run
from tests.support.hostile_changes import SHAPES, anew, change_file

HLC, STEP = "01a1f3e910600000feedbeef", 10
ENTRY = "01a1f3e9-1060-7000-8000-000000000000"
DATA: dict[str, Any] = {
    "kind": "pain",
    "day": "2026-11-19",
    "at": None,
    "utc_offset": 60,
    "zone": "",
    "fields": {"score": 5},
}
LEAST = int(LATEST, 16) - ROOM


def change(hlc: str = HLC, recorded_at: str = "2026-11-19T10:00:00+01:00", **data: Any) -> ReadChange:
    whole = DATA | data
    return ReadChange(make_change(hlc, hlc, ENTRY, whole, recorded_at, "cli"), whole)


def stamp(milliseconds: int) -> str:
    return f"{milliseconds:012x}0000feedbeef"


def test_what_is_nested_so_deeply_that_it_is_read_but_cannot_be_written_is_refused() -> None:
    limit = sys.getrecursionlimit()
    for depth in range(limit - 200, limit):
        text = f'{json.dumps(DATA, separators=(",", ":"))[:-1]},"novel":{"[" * depth}{"]" * depth}}}'
        with suppress(BadInput):
            check_changes([write_change(HLC, HLC, ENTRY, text, "2026-11-19T10:00:00+01:00", "cli")])


@pytest.mark.parametrize(
    ("on", "beyond", "why"),
    [
        ({"fields": {"note": "x" * NOTE_LIMIT, "score": 1}}, {"fields": {"note": "x" * (NOTE_LIMIT + 1)}}, "bounds"),
        ({"fields": {"score": 2**53}}, {"fields": {"score": 2**53 + 2}}, "bounds"),
        ({"fields": {f"f{i}": 1 for i in range(500)}}, {"fields": {f"f{i}": 1 for i in range(501)}}, "more values"),
        ({"fields": {"novel": [1] * 2000}}, {"fields": {"novel": [1] * 2001}}, "bounds"),
        ({"over": [HLC] * 10_000}, {"over": [HLC] * 10_001}, "bounds"),
        ({"day": "2026-11-21"}, {"day": "2026-11-22"}, "ahead of when"),
        ({"day": "1900-01-01"}, {"day": "1899-12-31"}, "before 1900"),
        ({"at": "2026-11-21T00:00:00Z"}, {"at": "2026-11-21T00:00:01Z"}, "go together"),
        ({"kind": "note", "fields": {"note": "x"}}, {"kind": "note", "fields": {"note": None}}, "go together"),
        ({"kind": "note", "fields": {}, "forgotten": ["note"]}, {"kind": "note", "fields": {}}, "go together"),
        ({"recorded_at": "9000-12-31T23:59:59+01:00"}, {"recorded_at": "9001-01-01T00:00:00+01:00"}, "no clock shows"),
        ({}, {"recorded_at": "2026-11-19T10:00:00.5+01:00"}, "no clock shows"),
    ],
)  # fmt: skip
def test_what_is_on_a_bound_comes_in_and_what_is_beyond_does_not(
    on: dict[str, Any], beyond: dict[str, Any], why: str
) -> None:
    good, bad = change(**on), change(**beyond)
    admit([good])
    with pytest.raises(BadInput, match=f"^change 3 .*{why}"):
        admit([good, good, bad])


def test_nobody_takes_the_room_that_is_left_to_count_on() -> None:
    """Who has read a late stamp may go on closely from it, and up to the half of the room."""
    late, half = LEAST + ROOM // 4, LEAST + ROOM // 2
    assert late_stamps([change(hlc=stamp(LEAST)), change(hlc=stamp(LEAST + 1))], 7) == [(LEAST + 1, 8)]
    for last, near, far in ((LEAST, LEAST + STEP, STEP), (late, late + STEP, STEP), (half, half, 0)):
        assert out_of_reach({"a": [(near, 3)]}, stamp(last)) == {}
        assert out_of_reach({"a": [(near, 3), (near + far + 1, 4)]}, stamp(last)) == {"a": 4}


def test_what_one_journal_took_in_steps_another_takes_at_once_in_whichever_files_it_is() -> None:
    """A file would be refused for ever that another device wrote with what is gone from the folder."""
    first, second, third = (LEAST + STEP * count for count in (1, 2, 3))
    assert out_of_reach({"b": [(first, 2), (third, 3)], "a": [(second, 2)]}, "") == {}
    assert out_of_reach({"b": [(third, 9)], "a": [(first, 2)]}, "") == {"b": 9}
    assert out_of_reach({"b": [(third, 9)], "a": [(first, 2), (second, 3), (third + 3 * STEP, 4)]}, "") == {
        "a": 4,
        "b": 9,
    }


def test_a_repair_takes_from_the_shared_folder_only_what_sync_would_take(run: Run, path: Path, shared: Path) -> None:
    run("pain", "6", "--note", "own words")
    run("config", "set", "sync_dir", str(shared))
    run("sync")
    with closing(sqlite3.connect(path)) as conn:
        own = Change(*conn.execute("SELECT * FROM ops").fetchone())
    shapes = ("the last clock before 2200", "a day of 2200", "recorded at the end of time")
    for number, shape in enumerate(shapes):
        (shared / f"{number}.jsonl").write_bytes(change_file([SHAPES[shape](anew(own, number + 1))]))
    (shared / "odd.jsonl").write_bytes(change_file([([1], 2, 3, 4, 5, 6, 7), (None,)]))
    path.write_bytes(b"\x07" * 4096 + path.read_bytes()[4096:])
    ran = run("doctor", "--repair")
    assert ran.code == 0, ran
    assert "3 changes in your shared folder can be of no painlog, and stayed there" in " ".join(ran.out.split())
    listed = run("list", "--period", "all").out
    assert ("own words" in listed, listed.count("pain")) == (True, 1)
    assert run("note", "goes on").code == 0
    assert run("doctor").code == 0


@pytest.mark.migrates
def test_a_repair_takes_no_plain_file_of_a_sealed_folder(sealed: Path, run: Run, shared: Path) -> None:
    run("config", "set", "sync_dir", str(shared))
    run("sync")
    own = json.loads(run("export", "jsonl").out.splitlines()[1])
    data = json.dumps(own["data"], ensure_ascii=False, separators=(",", ":"))
    forged = anew(Change(**(own | {"data": data})), 1)
    (shared / "forged.jsonl").write_bytes(change_file([forged]))
    run("backup")
    raw = bytearray(sealed.read_bytes())
    for at in range(4096 + 100, len(raw), 1500):
        raw[at : at + 8] = b"\xff" * 8
    sealed.write_bytes(bytes(raw))
    assert run("doctor", "--repair").code == 0
    assert len(json.loads(run("list", "--json", "--period", "all").out)["entries"]) == 3
