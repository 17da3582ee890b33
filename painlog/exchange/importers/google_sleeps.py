"""Fitbit's newer Takeout from Google: ``UserSleeps_*.csv``, alone or in the zip.

Each row → ``sleep`` in the offset of its end, with the time to fall asleep and awake. Where the minutes of a sleep add
up only without them, the minutes awake hold those to fall asleep and after waking, which are taken out. A 0 to fall
asleep is taken as not measured.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone

from painlog.domain.entries import Draft
from painlog.errors import BadInput
from painlog.exchange.importing.contract import Context, Importer, Problem
from painlog.exchange.importing.nights import SLACK, Sleep, minutes_text, night_drafts, read_instant, read_sleeps
from painlog.exchange.importing.shapes import as_number, required_number
from painlog.exchange.importing.source import Source

COLUMNS = {"sleep_id", "minutes_in_sleep_period", "minutes_asleep", "minutes_awake", "sleep_start", "sleep_end"}


def _members(source: Source) -> list[str]:
    return [name for name in source.candidates(".csv") if set(source.columns(name)) >= COLUMNS]


def _read(source: Source, context: Context) -> Iterator[Draft | Problem]:
    members = _members(source)
    rows = (
        (f"{f'{member}, ' if member else ''}row {row.number}", row.cells)
        for member in members
        for row in source.table(member).rows
    )
    sleeps, problems = read_sleeps(rows, _sleep)
    yield from problems
    once = {each.key: each for each in sleeps}
    yield from night_drafts(once.values(), context)


def _sleep(cells: Mapping[str, str], place: str) -> Sleep:
    start, end = read_instant(cells.get("sleep_start")), read_instant(cells.get("sleep_end"))
    asleep, awake = (required_number(cells.get(name), name) for name in ("minutes_asleep", "minutes_awake"))
    sol, after = (as_number(cells.get(name), name) or 0 for name in ("minutes_to_fall_asleep", "minutes_after_wake_up"))
    period = as_number(cells.get("minutes_in_sleep_period"), "minutes_in_sleep_period") or 0
    if abs(asleep + awake - period) <= SLACK:
        awake = max(0, awake - sol - after)
    begin, waking = (
        at.astimezone(_offset(cells.get(f"{which}_utc_offset", ""), at))
        for at, which in ((start, "start"), (end - timedelta(minutes=after), "end"))
    )
    fields = {"waso": minutes_text(60 * awake)} | ({"sol": minutes_text(60 * sol)} if sol else {})
    return Sleep(begin, waking, asleep, cells.get("sleep_id") or f"{end:%Y-%m-%dT%H:%MZ}", place, fields)


def _offset(cell: str, at: datetime) -> timezone | None:
    """The offset of a row, the machine's own where the row has none. Raises BadInput."""
    if not cell:
        return None
    try:
        offset = datetime.fromisoformat(f"{at:%Y-%m-%dT%H:%M}{cell}").utcoffset()
    except ValueError:
        offset = None
    if offset is None:
        raise BadInput(f"{cell!r:.60} is no offset from UTC")
    return timezone(offset)


IMPORTER = Importer(
    name="google-sleeps",
    title="Fitbit (Google's Takeout, UserSleeps)",
    recognises=lambda source: bool(_members(source)),
    read=_read,
    rules=("Where minutes_to_fall_asleep is 0, no time to fall asleep is taken.",),
)
