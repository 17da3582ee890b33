"""What was rated, measured and marked, as Observations: a kind's declaration says what they are.

The main number of an entry carries what has none of its own (words, places); a night is one Observation with
components. ``issued`` is when it was written down, so that what was late shows.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from painlog.domain.entries import Entry
from painlog.domain.flares import flares
from painlog.domain.kinds.activity import FLARE
from painlog.domain.kinds.declaration import is_number
from painlog.domain.kinds.fields import Field, Flag, Minutes, Number, Value, Words, YesNo
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.nights import Clock, Night, span_ends
from painlog.domain.kinds.pain_mood import PAIN
from painlog.domain.kinds.where import Where
from painlog.domain.periods import Period
from painlog.exchange.fhir import codes
from painlog.exchange.fhir.elements import Json, Named, Names, days, instant, lateness, moment, notes, plain, words

OF_THE_DAY = ("interference", "steps", "work_affected", "lying_down", "activity")  # asked of a day as a whole
MOVED = ("steps", "activity")  # what HL7 calls an activity, as it does a night
OF_A_DAY = {"average": "pain-avg-day", "worst": "pain-worst-day", "least": "pain-least-day"}
ALONE = {"score", "rating", "note", "interference"}  # what a worst or least rating may hold to go with the average
UNITS = {"min": "min", "h": "h", "%": "%", "mg": "mg", "g": "g", "kg": "kg", "ml": "mL", "l": "L", "cm": "cm", "m": "m"}
_COUNTED = {"steps": "{steps}", "woke": "{awakenings}"}


class Beside(NamedTuple):
    """What an entry's Observations take from the day's other entries.

    ``along`` are a day's worst and least ratings by the entry of its average, ``taken`` the entries that went along so,
    ``most_steps`` the entries with the highest count of their day.
    """

    along: dict[str, list[Entry]]
    taken: set[str]
    most_steps: set[str]


def ratings(entries: Sequence[Entry], names: Names) -> Iterator[Named]:
    """Every rating, measurement and night of some entries."""
    beside = _beside(entries)
    for entry in entries:
        if entry.declaration and entry.declaration.value:
            yield from _of_entry(entry, entry.declaration, beside, names)


def flare_observations(events: Sequence[Entry], period: Period, names: Names) -> Iterator[Named]:
    """The flares that reach into a period, whole; one that is open has no end."""
    starts = [event for event in events if event.data["event"] == "start"]
    what = codes.concept("flare", codes.own("flare", "flare, as the person marked it"))
    for flare in flares(events):
        opener = next(start for start in starts if start.day == flare.start)
        starts.remove(opener)
        if flare.days(period):
            set_off = {"code": codes.field_concept(FLARE, FLARE.by_name["trigger"])}
            parts = [set_off | {"valueCodeableConcept": words(word)} for word in flare.trigger]
            value = {"valueBoolean": True} | ({"component": parts} if parts else {})
            when = {"effectivePeriod": days(flare.start, flare.end)}
            yield names.url(opener.id, "flare"), observation(opener, what, when, value, names)


def observation(entry: Entry, what: Json, when: Json, value: Json, names: Names, *remarks: str) -> Json:
    """An Observation by the person of themselves; ``remarks`` are its notes, beside how late it was."""
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [{"coding": [codes.coding(codes.CATEGORY, "survey", "Survey")]}],
        "code": what,
        "subject": names.patient,
        **when,
        "issued": instant(entry.recorded_at),
        "performer": [names.patient],
        **value,
        **notes([*remarks, lateness(entry)]),
    }


def score_of(value: float) -> Json:
    """A score as a value."""
    return {"valueQuantity": {"value": value, "unit": "score", "system": codes.UCUM, "code": "{score}"}}


def _of_entry(entry: Entry, kind: Kind, beside: Beside, names: Names) -> Iterator[Named]:
    main = kind.by_name[kind.value]
    own = [field for field in kind.fields if field.name in entry.data and _stands_alone(kind, field)]
    if entry.id in beside.taken:
        own.remove(main)
    site, carried = _carried(entry, kind, beside)
    if (site or carried) and main not in own:
        own.insert(0, main)
    for field in own:
        value = _value(kind, field, entry.data.get(field.name))
        made = observation(entry, _what(kind, field, entry, beside), _when(kind, field, entry), value, names)
        if isinstance(kind.main, Night) or (field.variable or kind.name) in MOVED:
            made["category"] = [{"coding": [codes.coding(codes.CATEGORY, "activity", "Activity")]}]
        yield names.url(entry.id, field.name), made | (site | carried if field is main else {})
    for id_, score in _scored_places(entry, kind):
        value = _value(kind, main, score) | {"bodySite": codes.place(id_)}
        made = observation(entry, _what(kind, main, entry, beside), _when(kind, main, entry), value, names)
        yield names.url(entry.id, "where", id_), made


def _stands_alone(kind: Kind, field: Field) -> bool:
    """Whether a field is an Observation of its own; of a night, only the sleep is."""
    measured = isinstance(field, Number | Minutes | YesNo) and not isinstance(field, Night)
    return measured and (field.name == kind.value or (bool(field.variable) and not isinstance(kind.main, Night)))


def _carried(entry: Entry, kind: Kind, beside: Beside) -> tuple[Json, Json]:
    """The place that the main Observation is about, and its components."""
    places = [id_ for field in _wheres(kind, entry) for id_, score in entry.data[field.name].items() if score is None]
    found = [] if len(places) == 1 else [_component("place", "where it hurts", codes.place(id_)) for id_ in places]
    for field in kind.fields:
        if field.name not in entry.data or _stands_alone(kind, field) or field.name == kind.variant:
            continue
        what = {"code": codes.field_concept(kind, field)}
        if isinstance(field, Words):
            found += [what | {"valueCodeableConcept": words(word)} for word in entry.data[field.name]]
        elif isinstance(field, Number | Minutes | YesNo | Flag | Clock) and not isinstance(field, Night):
            found.append(what | _value(kind, field, entry.data[field.name]))
    for other in beside.along.get(entry.id, ()):
        what = codes.pain_concept(OF_A_DAY[kind.variant_of(other.data)])
        found.append({"code": what} | _value(kind, kind.by_name[kind.value], other.data[kind.value]))
    return {"bodySite": codes.place(places[0])} if len(places) == 1 else {}, {"component": found} if found else {}


def _scored_places(entry: Entry, kind: Kind) -> Iterator[tuple[str, float]]:
    for field in _wheres(kind, entry):
        yield from ((id_, score) for id_, score in entry.data[field.name].items() if score is not None)


def _wheres(kind: Kind, entry: Entry) -> list[Field]:
    return [field for field in kind.fields if isinstance(field, Where) and field.name in entry.data]


def _component(code: str, display: str, value: Json) -> Json:
    return {"code": codes.concept(display, codes.own(code, display)), "valueCodeableConcept": value}


def _what(kind: Kind, field: Field, entry: Entry, beside: Beside) -> Json:
    """What an Observation is of: a rating of now has its own LOINC code, a day's average the general one."""
    sort = kind.variant_of(entry.data)
    if kind.name == PAIN.name and field.name == kind.value:
        if sort == "now" and entry.at:
            return codes.pain_concept("pain-now", exactly=codes.NOW)
        code = OF_A_DAY.get(sort, "pain")
        return codes.pain_concept(code, broadly=codes.IN_GENERAL if sort in ("now", "average") else "")
    if isinstance(kind.main, Night):
        beside_it = [codes.loinc(codes.ASLEEP)] if sort == "night" else []
        return codes.concept(sort, *beside_it, codes.own("sleep" if beside_it else sort, field.title))
    found = codes.field_concept(kind, field)
    if entry.id in beside.most_steps and field.variable == "steps":
        found["coding"].insert(0, codes.loinc(codes.STEPS))
    return found


def _when(kind: Kind, field: Field, entry: Entry) -> Json:
    """An instant where one was said and meant; else the day, and of a night without times the day of waking."""
    night = entry.data.get(kind.main.name) if isinstance(kind.main, Night) else None
    if isinstance(night, str):
        start, end = (instant(at) for at in span_ends(night))
        return {"effectivePeriod": {"start": start, "end": end}}
    if isinstance(kind.main, Night) and kind.variant_of(entry.data) == "night":
        return {"effectivePeriod": {"end": entry.day.isoformat()}}
    of_a_day = kind.name == PAIN.name and kind.variant_of(entry.data) in OF_A_DAY
    if entry.at is None or of_a_day or (field.variable or kind.name) in OF_THE_DAY:
        return {"effectivePeriod": days(entry.day, entry.day)}
    return {"effectiveDateTime": moment(entry)}


def _value(kind: Kind, field: Field, value: Value) -> Json:
    """A stored value; why there is none where there is none."""
    if isinstance(field, Flag | YesNo) and isinstance(value, bool):
        return {"valueBoolean": value}
    if isinstance(field, Clock) and isinstance(value, str):
        return {"valueTime": f"{value}:00"}
    if not is_number(value):
        return {"dataAbsentReason": {"coding": [codes.coding(codes.ABSENT, "unknown", "Unknown")]}}
    if isinstance(kind.main, Night) and field.name == kind.value:
        return {"valueQuantity": _quantity(plain(round(value / 60, 2)), "h")}
    if isinstance(field, Number) and field.low_label:
        return score_of(value)
    return {"valueQuantity": _quantity(value, field.unit, _COUNTED.get(field.name, "1"))}


def _quantity(value: float, unit: str, unitless: str = "1") -> Json:
    """A Quantity; coded where UCUM has the unit as it is written here."""
    if unit and unit not in UNITS:
        return {"value": value, "unit": unit}
    code = UNITS[unit] if unit else unitless
    return {"value": value, "unit": unit or code.strip("{}"), "system": codes.UCUM, "code": code}


def _beside(entries: Sequence[Entry]) -> Beside:
    pain: dict[date, list[Entry]] = defaultdict(list)
    most: dict[date, tuple[float, str]] = {}
    for entry in entries:
        if entry.kind == PAIN.name and "score" in entry.data:
            pain[entry.day].append(entry)
        steps = entry.data.get("steps")
        if is_number(steps):
            most[entry.day] = max(most.get(entry.day, (-1, "")), (float(steps or 0), entry.id))
    along = {host.id: parts for day in pain.values() for host, parts in _gone_along(day)}
    taken = {part.id for parts in along.values() for part in parts}
    return Beside(along, taken, {id_ for _, id_ in most.values()})


def _gone_along(day: Sequence[Entry]) -> Iterator[tuple[Entry, list[Entry]]]:
    """The day's last average with its last worst and last least: those written down on the same day, alone."""
    of_sort = {PAIN.variant_of(entry.data): entry for entry in day}
    host = of_sort.get("average")
    if host:
        parts = [of_sort[sort] for sort in ("worst", "least") if sort in of_sort]
        yield host, [p for p in parts if p.data.keys() <= ALONE and p.recorded_on == host.recorded_on]
