"""Sleep as Android: the backup's zip, or ``sleep-export.csv`` in it. The header comes again before every record.

Each record → ``sleep``, in the zone that it names, as ``From`` and ``To`` say; where they cannot be read, or are hours
off, as in another zone, it begins at its id (milliseconds since 1970) and lasts its hours. The minutes slept are its
hours, less ``LenAdjust`` (minutes, below zero), which is time awake. Rating 1 to 5 stars → quality, none at 0. Comment
→ note. Movement, noise, snoring and events are passed over.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from painlog.domain.entries import Draft
from painlog.errors import BadInput
from painlog.exchange.importing.contract import Context, Importer, Problem
from painlog.exchange.importing.nights import Sleep, minutes_between, night_drafts, read_sleeps
from painlog.exchange.importing.shapes import as_number, required_number
from painlog.exchange.importing.source import Source
from painlog.exchange.importing.written_dates import DAY_FIRST, read_epoch, read_stamp

HEADER = ("Id", "Tz", "From", "To", "Sched", "Hours", "Rating", "Comment")
BY_HAND = "-1.0"  # of LenAdjust: nothing was measured
USUAL = "Manually added"


def _member(source: Source) -> str | None:
    """The member with the records, empty for the file itself, None for neither."""
    return next((name for name in source.candidates(".csv") if source.columns(name)[: len(HEADER)] == HEADER), None)


def _read(source: Source, context: Context) -> Iterator[Draft | Problem]:
    sleeps, problems = read_sleeps(_records(source), _sleep)
    yield from problems
    yield from night_drafts(sleeps, context)


def _records(source: Source) -> Iterator[tuple[str, dict[str, str]]]:
    header: list[str] = []
    for number, cells in source.rows(_member(source) or ""):
        if cells[:1] == ["Id"]:
            header = cells
        elif cells and cells[0].strip():  # the third line of a record, its noise, begins with an empty cell
            yield f"row {number}", dict(zip(header[:20], cells, strict=False))


def _sleep(cells: Mapping[str, str], place: str) -> Sleep:
    start = read_epoch(required_number(cells.get("Id"), "Id"))
    minutes = required_number(cells.get("Hours"), "Hours") * 60
    if not 0 < minutes <= 24 * 60:
        raise BadInput(f"{cells['Hours']} hours are no sleep")
    adjust = cells.get("LenAdjust", "").strip()
    awake = 0 if adjust == BY_HAND else -(as_number(adjust, "LenAdjust") or 0)
    fields = {"waso": f"{awake:g}"} if awake > 0 else {}
    rating = as_number(cells.get("Rating"), "Rating") or 0
    fields |= {"quality": f"{rating:g}"} if 1 <= rating <= 5 else {}
    comment = cells.get("Comment", "").replace(" \\n ", "\n").strip()
    fields |= {"note": comment} if comment not in ("", USUAL) else {}
    original = f"rating {rating:g} (0.25-5)" if 0 < rating < 1 else ""
    zone = cells.get("Tz", "").strip()
    start, end = _written_span(cells, zone, start) or (start, start + timedelta(minutes=minutes))
    return Sleep(start, end, minutes - max(0, awake), cells["Id"].strip(), place, fields, zone=zone, original=original)


def _written_span(cells: Mapping[str, str], zone: str, begun: datetime) -> tuple[datetime, datetime] | None:
    """The instants that are written out; None where there are none, or they are off by an hour or more."""
    try:
        start, end = (_in_zone(cells.get(name, ""), zone) for name in ("From", "To"))
    except (BadInput, ZoneInfoNotFoundError, ValueError, OSError):
        return None
    is_off = abs(minutes_between(begun, start)) >= 60
    return None if is_off or not 0 < minutes_between(start, end) <= 24 * 60 else (start, end)


def _in_zone(cell: str, zone: str) -> datetime:
    stamp = read_stamp(cell, DAY_FIRST)
    if not isinstance(stamp, datetime) or stamp.tzinfo or not zone:
        raise BadInput(f"{cell!r:.60} is no time of a zone")
    return stamp.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


IMPORTER = Importer(
    name="sleep-as-android",
    title="Sleep as Android",
    recognises=lambda source: _member(source) is not None,
    read=_read,
    rules=("Stars 1 to 5 are the quality of sleep; under one star it is left out.",),
)
