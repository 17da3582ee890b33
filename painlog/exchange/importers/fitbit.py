"""Fitbit: the web's CSV (a line ``Sleep``, then a table) and Takeout's ``sleep-*.json``, one file or the zip of them.

Each sleep log → ``sleep``: times, minutes awake and to fall asleep, times awake. The start is counted back from the
waking, which also holds in the nights when clocks change. Stages, scores and heart rates are passed over. A night keeps
its id whether it came as CSV or as JSON.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from painlog.domain.entries import Draft
from painlog.errors import BadInput
from painlog.exchange.importing.contract import Context, Importer, Problem, Query
from painlog.exchange.importing.date_order import date_queries, read_order
from painlog.exchange.importing.nights import Sleep, night_drafts, read_sleeps
from painlog.exchange.importing.shapes import (
    as_number,
    as_text,
    get_inside,
    holds_records,
    read_records,
    required_number,
)
from painlog.exchange.importing.source import Source, Table, read_table
from painlog.exchange.importing.written_dates import make_aware, read_stamp

TITLE, FIRST = "sleep", ("Start Time", "End Time", "Minutes Asleep", "Minutes Awake")
MOST_WAKINGS = 50
LOG = ('"dateOfSleep"', '"minutesAsleep"')


def _section(start: str) -> int:
    """How many lines stand before the table of sleeps; 0 where there is none."""
    lines = start.splitlines()
    for number_, (line, header) in enumerate(pairwise(lines), 1):
        if line.strip(' ",;').lower() == TITLE and header.replace('"', "").startswith(",".join(FIRST)):
            return number_
    return 0


def _logs(source: Source) -> list[str]:
    """Members with sleep logs, the empty name for the file itself."""
    names = (name for name in source.candidates(".json") if not name or "sleep-" in name.lower())
    return [name for name in names if holds_records(source.start(name), LOG)]


def _table(source: Source) -> Table:
    """The rows up to the empty line where the next section begins."""
    whole = source.text()
    skip = _section(whole)
    lines = whole.splitlines()
    end = next((at for at, line in enumerate(lines) if at > skip and not line.strip(' ",;')), len(lines))
    return read_table("\n".join(lines[skip:end]), str(source.path), skip)


def _asks(source: Source) -> Sequence[Query]:
    return () if _logs(source) else date_queries(row.cells.get("End Time", "") for row in _table(source).rows)


def _read(source: Source, context: Context) -> Iterator[Draft | Problem]:
    if logs := _logs(source):
        sleeps, problems = read_sleeps(read_records(source, logs, "log"), _log)
    else:
        rows = list(_table(source).rows)
        order = read_order((row.cells.get("End Time", "") for row in rows), context.answers)
        records = ((f"row {row.number}", row.cells) for row in rows)
        sleeps, problems = read_sleeps(records, lambda cells, place: _row(cells, order, place))
    yield from problems
    once = {(each.key, each.asleep): each for each in sleeps}  # files of a Takeout repeat the night between two months
    yield from night_drafts(once.values(), context)


def _row(cells: Mapping[str, str], order: str, place: str) -> Sleep:
    end = read_stamp(cells.get("End Time", ""), order)
    asleep, awake = (required_number(cells.get(name), name) for name in ("Minutes Asleep", "Minutes Awake"))
    wakings = as_number(cells.get("Number of Awakenings"), "Number of Awakenings")
    return _sleep(end, (asleep, awake, 0), wakings, place)


def _log(record: Mapping[str, Any], place: str) -> Sleep:
    end = read_stamp(as_text(record.get("endTime")))
    asleep, awake = (required_number(record.get(name), name) for name in ("minutesAsleep", "minutesAwake"))
    sol, after = (as_number(record.get(name), name) or 0 for name in ("minutesToFallAsleep", "minutesAfterWakeup"))
    summary = get_inside(record, "levels", "summary")
    wakings = as_number(get_inside(summary, "wake", "count") or get_inside(summary, "awake", "count"), "count")
    main = record.get("mainSleep", record.get("isMainSleep"))
    found = _sleep(end, (asleep, awake, sol), wakings, place, after)
    return found._replace(nap=False) if main is True else found


def _sleep(
    end: object, minutes: tuple[float, float, float], wakings: float | None, place: str, after: float = 0
) -> Sleep:
    asleep, awake, sol = minutes
    if not isinstance(end, datetime) or any(not 0 <= each <= 24 * 60 for each in (*minutes, after)):
        raise BadInput("it does not say from when to when, within a day")
    waking = make_aware(end) - timedelta(minutes=after)
    start = (waking - timedelta(minutes=asleep + awake + sol)).astimezone()
    fields = {"waso": f"{awake:g}"} | ({"sol": f"{sol:g}"} if sol else {})
    known = wakings is not None and 0 <= wakings <= MOST_WAKINGS
    original = "" if known or wakings is None else f"awake {wakings:g} times"
    fields |= {"woke": f"{wakings:g}"} if known else {}
    return Sleep(start, waking, asleep, f"{end:%Y-%m-%dT%H:%M}", place, fields, original=original)


IMPORTER = Importer(
    name="fitbit",
    title="Fitbit (Takeout or web)",
    recognises=lambda source: bool(_logs(source)) or _section(source.start()) > 0,
    read=_read,
    asks=_asks,
    rules=("Minutes to fall asleep of 0 are taken as not measured.",),
)
