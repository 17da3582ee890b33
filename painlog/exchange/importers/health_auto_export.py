"""Health Auto Export: the JSON that the app writes of Apple Health, ``{"data": {"metrics": […], "stateOfMind": […]}}``.

``sleep_analysis`` summed up → ``sleep``: from falling asleep to the last waking, with the time awake and into and out
of bed. Not summed up, its intervals are merged, as those of Apple Health are. ``stateOfMind`` → ``mood`` at its time:
the valence, from -1 to 1, and its labels and associations in the note. Symptoms and medications, of which no real file
was seen, and all other metrics are passed over.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from painlog.domain.entries import Draft
from painlog.domain.kinds.fields import Number
from painlog.errors import BadInput
from painlog.exchange.importing.contract import Context, Importer, Problem
from painlog.exchange.importing.nights import Sleep, minutes_between, minutes_text, night_drafts, read_sleeps
from painlog.exchange.importing.shapes import as_number, as_text, get_inside, read_objects, required_number
from painlog.exchange.importing.sleep_intervals import ASLEEP, AWAKE, IN_BED, STAGE, SleepIntervals, state_of
from painlog.exchange.importing.source import Source
from painlog.exchange.importing.typed_cells import Scale, number_text
from painlog.exchange.importing.written_dates import moment_of, read_stamp

STATES = {
    "Awake": AWAKE,
    "Asleep": ASLEEP,
    "Unspecified": ASLEEP,
    "In Bed": IN_BED,
    "InBed": IN_BED,
    "Core": STAGE,
    "REM": STAGE,
    "Deep": STAGE,
}
VALENCE = Scale(-1, 1)
_LISTS = ('"metrics"', '"stateOfMind"')
_SLACK = 2  # minutes
_SCORE = Number(name="score")


def _recognises(source: Source) -> bool:
    start = "".join(source.start().split())
    return not source.is_zip and start.startswith('{"data":{"') and any(f"{name}:[" in start for name in _LISTS)


def _read(source: Source, context: Context) -> Iterator[Draft | Problem]:
    data = get_inside(source.json(), "data")
    sleeps, intervals = [], SleepIntervals()
    for place, record in _sleep_records(data):
        try:
            if "value" in record:
                _take(record, intervals)
            else:
                sleeps.append((place, record))
        except BadInput as error:
            yield Problem(place, str(error))
    found, problems = read_sleeps(sleeps, _sleep)
    yield from problems
    yield from night_drafts([*{each.key: each for each in found}.values(), *intervals.sleeps()], context)
    for at, record in read_objects(get_inside(data, "stateOfMind") or [], "stateOfMind"):
        try:
            yield _mood(record, context)
        except BadInput as error:
            yield Problem(f"stateOfMind {at}", str(error))


def _sleep_records(data: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for _, metric in read_objects(get_inside(data, "metrics") or [], "metrics"):
        if metric.get("name") == "sleep_analysis":
            for at, record in read_objects(metric.get("data") or [], "sleep_analysis"):
                yield f"sleep_analysis {at}", record | {"units": metric.get("units")}


def _take(record: Mapping[str, Any], intervals: SleepIntervals) -> None:
    state = state_of(as_text(record["value"]), STATES)
    intervals.add(_instant(record, "startDate"), _instant(record, "endDate"), state)


def _sleep(record: dict[str, Any], place: str) -> Sleep | None:
    """A night that is summed up, in hours or minutes; None where nothing but the time in bed is."""
    unit = {"hr": 60.0, "min": 1.0}.get(as_text(record.get("units")))
    if unit is None:
        raise BadInput(f"the unit of sleep is {as_text(record.get('units'))!r}, which painlog does not know")
    total = as_number(record.get("totalSleep"), "totalSleep") or as_number(record.get("asleep"), "asleep")
    if not total:
        return None
    start, end = _instant(record, "sleepStart"), _instant(record, "sleepEnd")
    if total * unit > minutes_between(start, end) + _SLACK:
        raise BadInput(f"{total:g} asleep do not fit between {start:%H:%M} and {end:%H:%M}")
    awake = as_number(record.get("awake"), "awake")
    fields = {} if awake is None else {"waso": minutes_text(60 * unit * awake)}
    bed, up = (_instant(record, name) if record.get(name) else None for name in ("inBedStart", "inBedEnd"))
    return Sleep(start, end, total * unit, f"{end.timestamp():.0f}", place, fields, bed, up)


def _mood(record: Mapping[str, Any], context: Context) -> Draft:
    at = _instant(record, "start")
    valence = required_number(record.get("valence"), "valence")
    words = [as_text(each) for name in ("labels", "associations") for each in record.get(name) or () if as_text(each)]
    moment = moment_of(context, at)
    texts = {"score": [number_text(VALENCE.onto(valence, _SCORE))]}
    note = {"note": [", ".join(words)]} if words else {}
    key = as_text(record.get("id")) or f"{at.timestamp():.0f} {as_text(record.get('kind'))}"
    original = f"valence {valence:g} ({VALENCE})"
    return context.draft("mood", texts | note, moment, key=key, original=original)


def _instant(record: Mapping[str, Any], name: str) -> datetime:
    stamp = read_stamp(as_text(record.get(name)))
    if not isinstance(stamp, datetime) or stamp.tzinfo is None:
        raise BadInput(f"{name} is a date with a time and an offset, not {as_text(record.get(name))!r:.60}")
    return stamp


IMPORTER = Importer(
    name="health-auto-export",
    title="Health Auto Export (JSON)",
    recognises=_recognises,
    read=_read,
    rules=(
        "A state of mind is a mood: a valence of -1 is 0, one of 1 is 10.",
        "Only sleep and states of mind are read.",
    ),
)
