"""Garmin: the zip of one's data (``*_sleepData.json`` in it), or one of these files.

Each confirmed night → ``sleep``: from falling asleep to waking, the time awake in between. A night that is
``UNCONFIRMED`` or has no minute of sleep is a window and no sleep; it is passed over. Times are GMT; where the
machine's zone wakes on another date than the file says, the person was elsewhere, and the night is kept as a length on
the file's date. The web's table of weekly averages is refused: an average of nights is none.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from painlog.domain.entries import Draft
from painlog.errors import BadInput, FileRefused
from painlog.exchange.importing.contract import Context, Importer, Problem
from painlog.exchange.importing.nights import Sleep, minutes_text, night_drafts, read_instant, read_sleeps
from painlog.exchange.importing.shapes import as_number, as_text, holds_records, read_records
from painlog.exchange.importing.source import Source

AVERAGES = {"Avg Duration", "Avg Bedtime", "Avg Wake Time"}
FIELDS = ('"sleepStartTimestampGMT"', '"calendarDate"')
ASLEEP = ("deepSleepSeconds", "lightSleepSeconds", "remSleepSeconds")
NO_SLEEP = ("UNCONFIRMED", "OFF_WRIST")


def _members(source: Source) -> list[str]:
    """Members with nights, the empty name for the file itself."""
    names = source.candidates("_sleepdata.json")
    return [name for name in names if name or holds_records(source.start(), FIELDS)]


def _is_average(source: Source) -> bool:
    return not source.is_zip and set(source.columns()) >= AVERAGES


def _read(source: Source, context: Context) -> Iterator[Draft | Problem]:
    if _is_average(source):
        raise FileRefused(
            f"{source.path} has weekly averages, which are no nights; ask Garmin for an export of your data "
            "and import the zip that comes"
        )
    sleeps, problems = read_sleeps(read_records(source, _members(source), "night"), _sleep)
    yield from problems
    yield from night_drafts((each for each in sleeps if _is_here(each)), context)
    elsewhere = {_date(each): each for each in sleeps if not _is_here(each)}  # one a day, as in the file
    yield from _elsewhere(elsewhere.values(), context)


def _sleep(record: Mapping[str, Any], place: str) -> Sleep | None:
    """The sleep of a record, if it was one. Raises BadInput."""
    asleep = sum(as_number(record.get(name), name) or 0 for name in ASLEEP)
    if record.get("sleepWindowConfirmationType") in NO_SLEEP or not asleep:
        return None
    start, end = (read_instant(record.get(f"sleep{which}TimestampGMT")) for which in ("Start", "End"))
    awake = as_number(record.get("awakeSleepSeconds"), "awakeSleepSeconds")
    fields = {} if awake is None else {"waso": minutes_text(awake)}
    day = as_text(record.get("calendarDate"))
    read_instant(day)
    return Sleep(start, end, asleep / 60, f"{end:%Y-%m-%dT%H:%MZ} {day}", place, fields)


def _date(sleep: Sleep) -> date:
    return read_instant(sleep.key.partition(" ")[2]).date()


def _is_here(sleep: Sleep) -> bool:
    return _date(sleep) == sleep.end.astimezone().date()


def _elsewhere(sleeps: Iterable[Sleep], context: Context) -> Iterator[Draft | Problem]:
    for sleep in sleeps:
        fields = {"night": f"{sleep.asleep:.1f}m", **sleep.fields}
        original = f"{sleep.start:%Y-%m-%d %H:%M} to {sleep.end:%H:%M} GMT"
        try:
            texts = {name: [each] for name, each in fields.items()}
            yield context.draft("sleep", texts, context.day(_date(sleep)), key=sleep.key, original=original)
        except BadInput as error:
            yield Problem(sleep.place, str(error))


IMPORTER = Importer(
    name="garmin",
    title="Garmin (export of your data)",
    recognises=lambda source: bool(_members(source)) or _is_average(source),
    read=_read,
    rules=("Windows that Garmin has not confirmed as sleep are passed over.",),
)
