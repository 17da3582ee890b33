"""Oura: the account export's sleep table (``sleepmodel``), the older Trends table, and the JSON of its API (v2).

The first is separated by semicolons; each stands alone or in a zip.

Each sleep → ``sleep``: times in bed as the span, latency where the table has it, the time awake. Where there is no
latency, time awake includes the time to fall asleep. The types ``deleted`` and ``rest`` are no sleep and are passed
over. Trends has one night a day; without times it is kept as a length. Scores and heart rates are passed over.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from painlog.domain.entries import Draft
from painlog.errors import BadInput
from painlog.exchange.importing.contract import Context, Importer, Problem
from painlog.exchange.importing.nights import (
    Sleep,
    minutes_between,
    minutes_text,
    night_drafts,
    read_instant,
    read_sleeps,
)
from painlog.exchange.importing.shapes import as_number, as_text, holds_records, read_objects, required_number
from painlog.exchange.importing.source import Source
from painlog.exchange.importing.written_dates import read_day

MODEL = {"bedtime_start", "bedtime_end", "total_sleep_duration", "type"}
TRENDS = {"date", "total sleep duration"}
LOG = ('"bedtime_start"', '"total_sleep_duration"')
NO_SLEEP = ("deleted", "rest")
NAPS = {"long_sleep": False, "sleep": None, "late_nap": True, "nap": True}


def _member(source: Source) -> str | None:
    """The member with the table, empty for the file itself, None for neither."""
    names = source.candidates(".csv")
    return next((name for name in names if _is_model(source, name) or _is_trends(source, name)), None)


def _is_model(source: Source, member: str) -> bool:
    return set(source.columns(member)) >= MODEL


def _is_trends(source: Source, member: str) -> bool:
    columns = {name.lower() for name in source.columns(member)}
    return columns >= TRENDS and "sleep score" in columns


def _logs(source: Source) -> list[str]:
    """Members of JSON with sleeps, the empty name for the file itself."""
    return [name for name in source.candidates(".json") if holds_records(source.start(name), LOG)]


def _records(source: Source) -> Iterator[tuple[str, dict[str, Any]]]:
    for member in _logs(source):
        found = source.json(member)
        listed = found.get("data", found.get("sleep", found)) if isinstance(found, dict) else found
        for at, record in read_objects(listed, member or source.path.name):
            yield f"{member or source.path.name}, sleep {at}", record


def _record(record: Mapping[str, Any], place: str) -> Sleep | None:
    cells = {name: as_text(value) for name, value in record.items()}
    return None if cells.get("type") in NO_SLEEP else _model(cells, place)


def _read(source: Source, context: Context) -> Iterator[Draft | Problem]:
    if _logs(source):
        found, problems = read_sleeps(_records(source), _record)
        yield from problems
        yield from night_drafts({each.key: each for each in found}.values(), context)
        return
    member = _member(source) or ""
    is_model = _is_model(source, member)
    sleeps: list[Sleep] = []
    for row in source.table(member).rows:
        cells, place = {name.lower(): cell for name, cell in row.cells.items()}, f"row {row.number}"
        try:
            if is_model and cells.get("type") not in NO_SLEEP:
                sleeps.append(_model(cells, place))
            elif not is_model and as_number(cells.get("total sleep duration"), "Total Sleep Duration"):
                if cells.get("bedtime start") and cells.get("bedtime end"):
                    sleeps.append(_trend(cells, place))
                else:
                    yield _length(cells, context)
        except BadInput as error:
            yield Problem(place, str(error))
    yield from night_drafts(sleeps, context)


def _model(cells: Mapping[str, str], place: str) -> Sleep:
    sort = cells.get("type", "")
    if sort not in NAPS:
        raise BadInput(f"{sort!r} is no type of sleep that painlog knows")
    found = _sleep(
        cells.get("bedtime_start", ""), cells.get("bedtime_end", ""), cells.get("total_sleep_duration", ""), place
    )
    awake, latency = as_number(cells.get("awake_time"), "awake_time"), as_number(cells.get("latency"), "latency")
    return found._replace(fields=_awake(awake, latency), nap=NAPS[sort])


def _trend(cells: Mapping[str, str], place: str) -> Sleep:
    found = _sleep(cells["bedtime start"], cells["bedtime end"], cells["total sleep duration"], place)
    return found._replace(fields=_trend_awake(cells), nap=False)


def _trend_awake(cells: Mapping[str, str]) -> dict[str, str]:
    awake, latency = (as_number(cells.get(name.lower()), name) for name in ("Awake Time", "Sleep Latency"))
    return _awake(awake, latency)


def _sleep(start: str, end: str, asleep: str, place: str) -> Sleep:
    seconds = required_number(asleep, "the total sleep duration")
    begin, waking = read_instant(start), read_instant(end)
    if seconds / 60 > minutes_between(begin, waking) + 1:
        raise BadInput(f"{seconds:g} seconds asleep do not fit between {start} and {end}")
    return Sleep(begin, waking, seconds / 60, f"{waking.timestamp():.0f}", place)


def _awake(awake: float | None, latency: float | None) -> dict[str, str]:
    """Seconds awake in bed, and of these to fall asleep, as the two fields of a night."""
    if awake is None:
        return {} if latency is None else {"sol": minutes_text(latency)}
    return {"waso": minutes_text(awake - (latency or 0))} | ({} if latency is None else {"sol": minutes_text(latency)})


def _length(cells: Mapping[str, str], context: Context) -> Draft:
    date = cells.get("date", "")
    day = read_day(date)
    seconds = required_number(cells["total sleep duration"], "Total Sleep Duration")
    fields = {"night": minutes_text(seconds) + "m", **_trend_awake(cells)}
    texts = {name: [text] for name, text in fields.items()}
    return context.draft("sleep", texts, context.day(day), key=date)


IMPORTER = Importer(
    name="oura",
    title="Oura (account export, Trends or JSON)",
    recognises=lambda source: _member(source) is not None or bool(_logs(source)),
    read=_read,
    rules=("Without a latency, time awake includes the time to fall asleep.",),
)
