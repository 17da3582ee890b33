"""The readings that one moment's cells say, joined to entries. Pure.

One entry is made of each kind and sort of it: a pain with its places and triggers, a mood with worry. Each medicine is
an entry of its own, and a note goes with the moment's pain if there is one.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from painlog.domain.entries import Draft
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.dates import Moment
from painlog.errors import BadInput
from painlog.exchange.importing.column_meanings import APART, TIMES, Reading
from painlog.exchange.importing.contract import CellProblem, Context, Keys, Problem, entry_id
from painlog.exchange.importing.typed_cells import multiply_amount


class Place(NamedTuple):
    """Where readings stand: in the file, for a problem; in time; and ``when``, the beginning of their keys."""

    row: int
    moment: Moment
    when: str


def make_drafts(merged: Sequence[Reading], place: Place, context: Context, keys: Keys) -> Iterator[Draft | Problem]:
    """Yield the drafts of one moment's merged readings, and a problem for what is out of range, which is left out."""
    for reading in merged:
        try:
            yield _draft(reading, place, context, keys)
        except BadInput as error:
            kept, problems = _without_the_bad(reading, place, error)
            yield from problems
            if kept:
                yield _draft(kept, place, context, keys)


def _draft(reading: Reading, place: Place, context: Context, keys: Keys) -> Draft:
    key = keys.of(place.when, *_identity(reading))
    moment = place.moment
    if reading.clock:
        moment = context.moment(datetime.combine(moment.at.date() if moment.at else moment.day, reading.clock))
    made = context.draft(reading.kind, reading.texts, moment, key=key, original=reading.original)
    if reading.kind.name == "pain" and "note" in reading.texts and not reading.part:
        alone = keys.of(place.when, *_identity(Reading(KINDS["note"], {})))
        context.notes_alone[made.id] = entry_id(context.source, "note", alone)
    return made


def _without_the_bad(reading: Reading, place: Place, error: BadInput) -> tuple[Reading | None, list[Problem]]:
    """What remains of a reading without the fields that are out of range, and a problem for each of those.

    Where fields only contradict each other, the note remains; alone it is a note. None where nothing does.
    """
    good: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for name, texts in reading.texts.items():
        field = reading.kind.by_name[name]
        try:
            field.join([field.parse(text, place.moment) for text in texts])
            good[name] = texts
        except BadInput as wrong:
            problems.append(CellProblem(f"row {place.row}", str(wrong)))
    if not problems:
        problems = [CellProblem(f"row {place.row}", str(error))]
        good = {name: texts for name, texts in good.items() if name == "note"}
    main = reading.kind.main
    if good.keys() - {"note", reading.kind.variant} and (main.name in good or not main.required):
        return Reading(reading.kind, good, reading.original), problems
    return (Reading(KINDS["note"], {"note": good["note"]}) if "note" in good else None), problems


def merge_readings(readings: Sequence[Reading]) -> list[Reading]:
    """Join the readings of one moment: one for each kind and sort of it, and the note with the pain if there is one.

    A note of the whole row does not go with the pain of a part of the day, but its places are those of every part.
    """
    counts = [each for each in readings if TIMES in each.texts]
    readings = _with_counts(_with_amounts([each for each in readings if TIMES not in each.texts]), counts)
    notes = [text for reading in readings if reading.kind.name == "note" for text in reading.texts["note"]]
    if len(readings) == 1:
        return [_with_part(readings[0])]
    joined: dict[object, Reading] = {}
    for number, reading in enumerate(sorted((one for one in readings if one.kind.name != "note"), key=_is_detail)):
        for place in [number] if reading.kind.name in APART else _places(reading, joined):
            joined[place] = _merge(joined.get(place), reading)
    found = [_with_part(reading) for reading in joined.values()]
    if not notes:
        return found
    pain = next((each for each in found if each.kind.name == "pain" and not each.part and not each.clock), None)
    if pain is None:
        return [*found, Reading(KINDS["note"], {"note": ["\n".join(notes)]})]
    pain.texts["note"] = ["\n".join(notes)]
    return found


def _with_amounts(readings: Sequence[Reading]) -> Sequence[Reading]:
    """Give each medicine its amount of another column; where there are not as many, all go to the note of the first."""
    amounts = [text for each in readings if _is_amount(each) for text in each.texts["amount"]]
    found = [each for each in readings if not _is_amount(each)]
    doses = [at for at, each in enumerate(found) if each.kind.name == "dose"]
    if not amounts or not doses:
        return readings
    if len(amounts) != len(doses) or any("amount" in found[at].texts for at in doses):
        found[doses[0]] = found[doses[0]].beside("note", ", ".join(amounts))
        return found
    for at, amount in zip(doses, amounts, strict=True):
        is_amount = KINDS["dose"].by_name["amount"].accepts(amount)
        found[at] = found[at].beside("amount" if is_amount else "note", amount)
    return found


def _with_counts(readings: Sequence[Reading], counts: Sequence[Reading]) -> Sequence[Reading]:
    """Give each medicine how many of its amount were taken; where there are not as many, that goes to the row's note.

    None of it is no dose.
    """
    doses = [at for at, each in enumerate(readings) if each.kind.name == "dose"]
    if len(counts) != len(doses):
        said = [f"{each.about}: {each.texts[TIMES][0]}" for each in counts if float(each.texts[TIMES][0])]
        return [*readings, *(Reading(KINDS["note"], {"note": [text]}) for text in said)]
    found = list(readings)
    for at, count in zip(doses, (float(each.texts[TIMES][0]) for each in counts), strict=True):
        found[at] = _counted(found[at], count)
    return [each for at, each in enumerate(found) if at not in doses or each.texts]


def _counted(dose: Reading, count: float) -> Reading:
    """So many times a dose; without texts where it is none."""
    if count in (0, 1):
        return dose if count else dose._replace(texts={})
    amount = "".join(dose.texts.get("amount", ()))
    if KINDS["dose"].by_name["amount"].accepts(amount):
        return dose.beside("amount", multiply_amount(amount, count))
    return dose.beside("note", f"{count:g}x")


def _is_amount(reading: Reading) -> bool:
    return reading.kind.name == "dose" and reading.texts.keys() == {"amount"}


def _is_detail(reading: Reading) -> bool:
    """Whether it says no main value, and so goes with one that does."""
    return reading.kind.main.name not in reading.texts


def _places(reading: Reading, joined: Mapping[object, Reading]) -> list[object]:
    """The entries that a reading belongs to: details go with the row's first pain, or with that of each part of a day.

    A pain that has its place in its heading has no other.
    """
    sort = tuple(reading.texts.get(reading.kind.variant, ()))
    own = (reading.kind.name, *reading.kind.constants.values(), *sort, reading.about)
    pains = [place for place, other in joined.items() if other.kind.name == "pain"]
    if not pains or reading.kind.name != "pain" or not _is_detail(reading):
        return [own]
    parts = [place for place in pains if joined[place].part or joined[place].clock]
    return [place for place in parts if not reading.texts.keys() & joined[place].texts.keys()] or pains[:1]


def _with_part(reading: Reading) -> Reading:
    """The same with the part of the day in its note."""
    if not reading.part:
        return reading
    notes = [reading.part, *reading.texts.get("note", ())]
    return reading._replace(texts=reading.texts | {"note": ["\n".join(notes)]})


def _merge(one: Reading | None, other: Reading) -> Reading:
    if one is None:
        return other._replace(texts=dict(other.texts))
    texts = {name: [*one.texts.get(name, ()), *other.texts.get(name, ())] for name in {**one.texts, **other.texts}}
    return one._replace(texts=texts, original="; ".join(filter(None, (one.original, other.original))))


def _identity(reading: Reading) -> tuple[str, ...]:
    """What an entry is about: its kind and sort, and the name of what was taken or done."""
    sort = reading.texts.get(reading.kind.variant, ())
    name = reading.texts.get("name", ()) if reading.kind.name in ("dose", "treatment") else ()
    return (reading.kind.name, reading.kind.label, *sort, *name, reading.about)
