"""Health Auto Export: the JSON that the app writes of Apple Health, ``{"data": {"metrics": […], "symptoms": […]}}``.

``sleep_analysis`` summed up → ``sleep``: from falling asleep to the last waking, with the time awake and into and out
of bed. Not summed up, its intervals are merged, as those of Apple Health are. ``stateOfMind`` → ``mood`` at its time:
the valence, from -1 to 1, and its labels and associations in the note. ``symptoms`` → as those of Apple Health, with
their end in the note; ``medications`` → doses, taken or skipped. Of these two the fields are as the app's maker tells
them, and the words in the language of the phone: others than the English ones are asked about. All other metrics are
passed over.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from painlog.domain.entries import Draft
from painlog.domain.kinds.fields import Number
from painlog.errors import BadInput
from painlog.exchange.importing.apple_symptoms import (
    MIDDLES,
    OTHERS,
    PAINS,
    PLACE_ONLY,
    PRESENCE,
    PRESENT,
    SEVERITIES,
    symptom_fields,
)
from painlog.exchange.importing.column_meanings import measure_name
from painlog.exchange.importing.contract import Context, Importer, Problem, Query
from painlog.exchange.importing.date_words import fold
from painlog.exchange.importing.nights import Sleep, minutes_between, minutes_text, night_drafts, read_sleeps
from painlog.exchange.importing.shapes import as_number, as_text, get_inside, read_objects, required_number
from painlog.exchange.importing.sleep_intervals import ASLEEP, AWAKE, IN_BED, STAGE, SleepIntervals, state_of
from painlog.exchange.importing.source import Source
from painlog.exchange.importing.typed_cells import Scale, number_text
from painlog.exchange.importing.word_scales import propose_numbers, read_numbers, word_numbers
from painlog.exchange.importing.written_dates import moment_of, quote, read_stamp

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
_LISTS = ('"metrics"', '"stateOfMind"', '"symptoms"', '"medications"')
_SYMPTOMS = {name.lower(): name for name in ("Fatigue", *PAINS, *PRESENT, *OTHERS)}
_LEVELS = {name.lower(): name for name in (*SEVERITIES, *PRESENCE, "Unspecified")}
_TAKEN, _SKIPPED, _NEITHER = "taken", "skipped", "neither"
_STATUSES = {
    _TAKEN: _TAKEN,
    _SKIPPED: _SKIPPED,
    **dict.fromkeys(("not interacted", "notification not sent", "snoozed", "not logged", "unspecified"), _NEITHER),
}
_WORDS, _STATUS = "words severity", "status"
_SLACK = 2  # minutes
_MOST_WORDS = 12
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
    for name, read in (("symptoms", _symptom), ("medications", _dose)):
        seen: set[str] = set()
        for at, record in read_objects(get_inside(data, name) or [], name):
            try:
                draft = read(record, context)
            except BadInput as error:
                yield Problem(f"{name} {at}", str(error))
                continue
            if draft and draft.id not in seen:  # the same record twice is one fact
                seen.add(draft.id)
                yield draft


def _asks(source: Source) -> Sequence[Query]:
    """What words in another language than English mean: of severities, and of what became of a dose."""
    data = get_inside(source.json(), "data")
    queries = []
    if levels := _other_words(data, "symptoms", "severity", _LEVELS):
        proposal = propose_numbers(levels, better="low")
        text = f"the severities of symptoms in your file, as numbers of 0-10 (- for no entry): {proposal}?"
        queries.append(Query(_WORDS, text, (), proposal, lambda said: read_numbers(said, levels)))
    for word in _other_words(data, "medications", "status", _STATUSES):
        text = f"a medicine in your file is {quote(word)}: was it taken?"
        queries.append(Query(f"{_STATUS} {word}", text, (_TAKEN, _SKIPPED, _NEITHER)))
    return queries


def _other_words(data: Any, name: str, field: str, known: Mapping[str, str]) -> list[str]:
    words = (as_text(record.get(field)) for _, record in read_objects(get_inside(data, name) or [], name))
    once = {fold(word): word for word in words if word and _joined(word) not in known and fold(word) not in known}
    return list(once.values())[:_MOST_WORDS]


def _joined(words: str) -> str:
    return words.replace(" ", "").lower()


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
    words = [word for name in ("labels", "associations") for word in _words(record.get(name))]
    moment = moment_of(context, at)
    texts = {"score": [number_text(VALENCE.onto(valence, _SCORE))]}
    note = {"note": [", ".join(words)]} if words else {}
    key = as_text(record.get("id")) or f"{at.timestamp():.0f} {as_text(record.get('kind'))}"
    original = f"valence {valence:g} ({VALENCE})"
    return context.draft("mood", texts | note, moment, key=key, original=original)


def _words(found: Any) -> list[str]:
    """The words of a list, or of what stands alone."""
    return [word for each in (found if isinstance(found, list) else [found]) if (word := as_text(each))]


def _symptom(record: Mapping[str, Any], context: Context) -> Draft | None:
    """A symptom of Apple Health by its English name, or one by any other name."""
    said, level = (as_text(record.get(name)) for name in ("name", "severity"))
    if not said:
        raise BadInput("the symptom has no name")
    name = _SYMPTOMS.get(_joined(said)) or measure_name(f"{said[:1]}{said[1:].lower()}", "my")
    known, score = _LEVELS.get(_joined(level) or "unspecified", ""), ""
    if not known:
        number = word_numbers(context.answers.get(_WORDS, "")).get(fold(level))
        if number is None:
            return None
        known, score = "NotPresent" if number == 0 else level, number_text(number)
    kind, texts = symptom_fields(name, known, context, score)
    start, end = (_instant(record, each) for each in ("start", "end"))
    if end > start:
        until = f"until {end:%H:%M}" if end.date() == start.date() else f"until {end:%Y-%m-%d %H:%M}"
        texts = {**texts, "note": ["\n".join([*texts.get("note", ()), until])]}
    key = f"symptom {said} {start.timestamp():.0f} {as_text(record.get('source'))}"
    return context.draft(kind, texts, moment_of(context, start), key=key, original=f"{said}: {level}")


def _dose(record: Mapping[str, Any], context: Context) -> Draft | None:
    """A dose that was taken, or skipped; None for one of which the person said neither.

    How many of it there were is a number without a unit, and so goes to the note.
    """
    name, status = (as_text(record.get(each)) for each in ("displayText", "status"))
    if not name:
        raise BadInput("the medicine has no name")
    became = _STATUSES.get(fold(status)) or context.answers.get(f"{_STATUS} {status}", _NEITHER)
    if became == _NEITHER:
        return None
    at = _instant(record, "start")
    dosage = as_number(record.get("dosage"), "dosage") if became == _TAKEN else None
    note = {"note": [f"dosage {dosage:g} {as_text(record.get('units'))}".strip()]} if dosage is not None else {}
    skipped = {"status": [_SKIPPED]} if became == _SKIPPED else {}
    key = f"medication {name} {at.timestamp():.0f} {as_text(record.get('scheduledDate'))}"
    return context.draft("dose", {"name": [name], **skipped, **note}, moment_of(context, at), key=key)


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
    asks=_asks,
    rules=(
        "A state of mind is a mood: a valence of -1 is 0, one of 1 is 10.",
        MIDDLES,
        PLACE_ONLY,
        "Medicines are recorded where they were taken or skipped, not where nobody answered.",
        "Only sleep, states of mind, symptoms and medicines are read.",
    ),
)
