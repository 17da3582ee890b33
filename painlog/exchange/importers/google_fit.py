"""Google Fit's Takeout: the table of daily metrics, a session of sleep (JSON), or the zip with both.

Daily metrics → ``activity``: move minutes and steps of a day; a 0 is taken as not measured. Sleep sessions → ``sleep``
as a span; Google Fit tells nothing of waking in it. Its times are UTC. Column names follow the person's language;
English and French ones are known.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from painlog.domain.entries import Draft
from painlog.exchange.importing.contract import Context, Importer, Problem, read_rows
from painlog.exchange.importing.nights import Sleep, minutes_between, night_drafts, read_instant, read_sleeps
from painlog.exchange.importing.shapes import as_number, holds_records, read_records
from painlog.exchange.importing.source import Row, Source
from painlog.exchange.importing.written_dates import read_day

STEPS = ("Step count", "Nombre de pas")
MINUTES = ("Move Minutes count", "Nombre de minutes d'activité")
BESIDE = "Calories (kcal)"
FIELDS = ('"fitnessActivity"', '"startTime"')


def _tables(source: Source) -> list[str]:
    return [name for name in source.candidates(".csv") if _is_daily(source.columns(name))]


def _is_daily(columns: tuple[str, ...]) -> bool:
    return columns[:1] == ("Date",) and BESIDE in columns and any(name in columns for name in STEPS)


def _sessions(source: Source) -> list[str]:
    return [name for name in source.candidates(".json") if holds_records(source.start(name), FIELDS)]


def _read(source: Source, context: Context) -> Iterator[Draft | Problem]:
    for member in _tables(source):
        yield from read_rows(source.table(member).rows, lambda row: _day(row, context))
    sleeps, problems = read_sleeps(read_records(source, _sessions(source), "session"), _sleep)
    yield from problems
    yield from night_drafts(sleeps, context)


def _day(row: Row, context: Context) -> Iterator[Draft]:
    steps, minutes = _number(row, STEPS), _number(row, MINUTES)
    texts = {"steps": [f"{steps:.0f}"]} if steps else {}
    texts |= {"minutes": [f"{minutes:g}m"]} if minutes else {}
    day = read_day(row.cells["Date"])
    if texts:
        yield context.draft("activity", texts, context.day(day), key=f"{day}")


def _number(row: Row, names: Iterable[str]) -> float | None:
    """The number in the first of some columns that the row has."""
    return next((as_number(row.cells[name], name) for name in names if name in row.cells), None)


def _sleep(record: Mapping[str, Any], place: str) -> Sleep | None:
    if record.get("fitnessActivity") != "sleep":
        return None
    start, end = read_instant(record.get("startTime")), read_instant(record.get("endTime"))
    return Sleep(start, end, minutes_between(start, end), f"{end:%Y-%m-%dT%H:%M:%SZ}", place)


IMPORTER = Importer(
    name="google-fit",
    title="Google Fit (Takeout)",
    recognises=lambda source: bool(_tables(source) or _sessions(source)),
    read=_read,
    rules=("A day of 0 steps or 0 minutes is taken as not measured.",),
)
