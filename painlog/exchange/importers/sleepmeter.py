"""Sleepmeter: the history as CSV, whose table of sleeps may follow tables of the person's own aids and hindrances.

Each row → ``sleep``: bedtime and falling asleep (SOL), holes (WASO and times awake), quality 0-10 → 1-5 by a straight
line, notes → note. Aids, hindrances, dreams and tags are kept in the note's original. ``PAIN`` among the hindrances
says that pain woke the person. Times are in the offset that the file says.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

from painlog.domain.entries import Draft
from painlog.errors import BadInput
from painlog.exchange.importing.contract import Context, Importer, Problem
from painlog.exchange.importing.nights import Sleep, minutes_between, read_instant, read_sleep_rows
from painlog.exchange.importing.shapes import as_number
from painlog.exchange.importing.source import Source, read_table

HEADER = "wake,sleep,bedtime,holes,type,dreams,aid,hindrances,tags,quality,notes"
CUSTOM = ("custom_aid_id,", "custom_hindrance_id,", "custom_tag_id,")
KEPT = ("dreams", "aid", "hindrances", "tags")


def _recognises(source: Source) -> bool:
    start = source.start().lstrip()
    return start.startswith(HEADER) or (start.startswith(CUSTOM) and HEADER in start)


def _read(source: Source, context: Context) -> Iterator[Draft | Problem]:
    text = source.text()
    before, _, after = text.partition(HEADER)
    return read_sleep_rows(read_table(HEADER + after, str(source.path), before.count("\n")).rows, _sleep, context)


def _sleep(cells: Mapping[str, str], place: str) -> Sleep:
    wake, asleep, bed = (read_instant(cells.get(name, "")) for name in ("wake", "sleep", "bedtime"))
    if wake == asleep:
        raise BadInput("no sleep that night; painlog has no entry for a night without any")
    holes = _holes(cells.get("holes", ""))
    start = bed if timedelta() < asleep - bed < timedelta(hours=8) else asleep
    sol, waso = minutes_between(start, asleep), sum(end - begin for begin, end in holes)
    fields = {"waso": f"{waso}", "woke": f"{len(holes)}"} if holes else {}
    fields |= {"sol": f"{sol:g}"} if sol else {}
    quality = as_number(cells.get("quality"), "quality")
    if quality is not None and 0 <= quality <= 10:
        fields["quality"] = f"{1 + quality * 0.4:.1f}"
    fields |= {"note": cells["notes"]} if cells.get("notes") else {}
    fields |= {"woken_by_pain": "yes"} if "PAIN" in cells.get("hindrances", "").split("|") else {}
    minutes = minutes_between(asleep, wake) - waso
    key, nap = cells["wake"], cells.get("type") == "NAP"
    return Sleep(start, wake, minutes, key, place, fields, nap=nap, original=_original(cells))


def _holes(cell: str) -> list[tuple[int, int]]:
    if cell and not re.fullmatch(r"\d{1,4}-\d{1,4}(?:\|\d{1,4}-\d{1,4})*", cell, re.ASCII):
        raise BadInput(f"{cell!r} does not say from which to which minute")
    holes = [(int(begin), int(end)) for begin, end in re.findall(r"(\d+)-(\d+)", cell)]
    return [hole for hole in holes if hole[0] < hole[1]]


def _original(cells: Mapping[str, str]) -> str:
    parts = [f"{name} {cells[name]}" for name in KEPT if cells.get(name) not in (None, "", "NONE")]
    quality = [f"quality {cells['quality']} (0-10)"] if cells.get("quality") else []
    return ", ".join(quality + parts)


IMPORTER = Importer(
    name="sleepmeter",
    title="Sleepmeter",
    recognises=_recognises,
    read=_read,
    rules=("Quality 0 to 10 becomes 1 to 5 by a straight line.",),
)
