"""Samsung Health: ``com.samsung.shealth.sleep`` of one's data, under a line with its name, alone or in a zip.

Each row → ``sleep`` from its start to its end, which are written in UTC, in the offset that the row gives. Comments →
note. The app's score is kept as the original only; stages, efficiency and what it calls recovery are passed over.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone

from painlog.domain.entries import Draft
from painlog.errors import BadInput
from painlog.exchange.importing.contract import Context, Importer, Problem
from painlog.exchange.importing.nights import Sleep, minutes_between, read_instant, read_sleep_rows
from painlog.exchange.importing.shapes import as_number
from painlog.exchange.importing.source import Source

_PREFIX = "com.samsung.health.sleep."
_COLUMNS = {_PREFIX + name for name in ("start_time", "end_time", "time_offset")}
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d\d):?(\d\d)", re.ASCII)


def _place(source: Source) -> tuple[str, int] | None:
    """The member with the sleeps, and how many lines stand above its header; None where there is none."""
    places = ((name, skip) for name in source.candidates(".csv") for skip in (1, 0))
    return next((each for each in places if set(source.columns(each[0], skip=each[1])) >= _COLUMNS), None)


def _read(source: Source, context: Context) -> Iterator[Draft | Problem]:
    member, skip = _place(source) or ("", 1)
    return read_sleep_rows(source.table(member, skip=skip).rows, _sleep, context)


def _sleep(cells: Mapping[str, str], place: str) -> Sleep:
    zone = _zone(cells.get(f"{_PREFIX}time_offset", ""))
    start, end = (_at(cells.get(f"{_PREFIX}{name}", ""), zone) for name in ("start_time", "end_time"))
    span = minutes_between(start, end)
    said = as_number(cells.get("sleep_duration"), "sleep_duration") or 0
    comment = cells.get(f"{_PREFIX}comment", "")
    score = cells.get("sleep_score", "")
    return Sleep(
        start,
        end,
        said if 0 < said <= span else span,
        cells.get(f"{_PREFIX}datauuid") or f"{start:%Y-%m-%dT%H:%M}",
        place,
        {"note": comment} if comment else {},
        original=f"sleep score {score}" if score else "",
    )


def _at(cell: str, zone: timezone) -> datetime:
    return read_instant(cell).astimezone(zone)


def _zone(cell: str) -> timezone:
    found = _OFFSET.fullmatch(cell.strip())
    minutes = int(found[2]) * 60 + int(found[3]) if found else 0
    if not found or minutes > 18 * 60:
        raise BadInput(f"{cell!r:.60} is no offset as Samsung Health writes it")
    return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))


IMPORTER = Importer(
    "samsung-health",
    "Samsung Health (sleep of your data)",
    lambda source: _place(source) is not None,
    _read,
    rules=("The score that the app computes is kept as the original, not as a rating.",),
)
