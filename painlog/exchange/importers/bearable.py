"""Bearable: its table of seven columns, and the later one of eight with ``date formatted``.

A symptom named for a pain or an ache is a pain with its place; fatigue and stress are painlog's; any other becomes a
rating of the person's own. A symptom that is in the table was there, so its 1-4 is taken as 0-4 is, and mild is 2.5.
Mood and sleep quality are painlog's, energy a rating; where no value is above 5, whether the scale ends at 5 or 10 is
asked. Sleep is a night, the longest of a day where there are several, and the others naps. Medicines are doses;
factors are what one did; gratitudes are what went well. Health measurements, bowel movements and numbers of one's own
categories become numbers of the person's own, and all other words notes under the name of their category.

``am`` and the like are blocks of six hours: the day is kept, and the block beside it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from painlog.domain.entries import Draft
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.amounts import Quantity
from painlog.domain.language.dates import Moment
from painlog.domain.language.durations import parse_minutes
from painlog.domain.regions import lookup
from painlog.errors import BadInput
from painlog.exchange.importing.column_meanings import Meaning, Reading, measure_names, read_meaning
from painlog.exchange.importing.contract import Context, Importer, Keys, Problem, Query, has_columns
from painlog.exchange.importing.source import Row, Source
from painlog.exchange.importing.typed_cells import Scale, find_number, region_texts
from painlog.exchange.importing.written_dates import moment_of, read_stamp

_COLUMNS = {"date", "weekday", "time of day", "category", "rating/amount", "detail", "notes"}
_BLOCKS = ("", "pre", "am", "mid", "pm", "all day")
_PRESENT = Scale(0, 4)
_RATED = {"Mood": "mood", "Energy": "", "Sleep quality": "sleep quality"}
_WORDS = ("Food Diary", "Food Diary factors", "Sleep factors", "Gratitudes")
_SEVERITIES = {"mild": "1", "moderate": "2", "severe": "3", "extreme": "4", "unbearable": "4"}
_BRACKETS = re.compile(r"(.+?)\s*\(([^()]*)\)", re.DOTALL)
_SPAN = r"{} (\d\d?:\d\d) ?[-–] ?(\d\d?:\d\d)"
_PAIN = re.compile(r"(?:(?P<place>.+?)[ -])?(?:pains?|aches?)|(?P<joined>.+?)aches?", re.IGNORECASE)
_WHICH = re.compile(r"(?P<part>.+?) ?\((?P<which>[^()]*)\) ?(?P<rest>.*)", re.DOTALL)


class _File(NamedTuple):
    """What is decided over the whole file: scales by category, names of measures, and which rows are naps."""

    scales: Mapping[str, Scale]
    names: Mapping[str, str]
    naps: frozenset[int]


class _Item(NamedTuple):
    """One thing that a row says: of several that it lists, each is an item."""

    number: int
    category: str
    amount: str
    detail: str
    note: str = ""


def _asks(source: Source) -> tuple[Query, ...]:
    text = "the highest {} in your file is {:g}: does its scale end at 5 or at 10?"
    return tuple(
        Query(f"scale {category}", text.format(category.lower(), top), ("1-5", "1-10"), "1-5")
        for category, top in _highest(source).items()
        if top <= 5
    )


def _read(source: Source, context: Context) -> Iterator[Draft | Problem]:
    file, keys = _whole(source, context.answers), Keys()
    for row in source.table().rows:
        try:
            moment = _moment(row, context)
        except BadInput as error:
            yield Problem(f"row {row.number}", str(error))
            continue
        for item in _items(row):
            try:
                for reading in _parts(item, file, context):
                    key = keys.of(_day(row), _cell(row, "time of day"), item.category, _identity(item, reading))
                    original = "; ".join(filter(None, (reading.original, _block(row))))
                    texts = _with_note(reading, item.note)
                    yield context.draft(reading.kind, texts, moment, key=key, original=original)
            except BadInput as error:
                yield Problem(f"row {row.number}", str(error))


def _with_note(reading: Reading, note: str) -> dict[str, list[str]]:
    notes = [text for text in (*reading.texts.get("note", ()), note) if text]
    return reading.texts | ({"note": ["\n".join(notes)]} if notes else {})


def _identity(item: _Item, reading: Reading) -> str:
    """What tells an item from others of its category and time."""
    if reading.kind.name in ("note", "went-well"):
        return f"{item.detail}\x1f{item.note}"
    return "" if item.category in _RATED else _split(item.detail)[0]


def _cell(row: Row, column: str) -> str:
    """A cell; ``None`` and a single full stop are Bearable's ways to say nothing."""
    text = row.cells.get(column, "")
    return "" if text in ("None", ".") else text


def _block(row: Row) -> str:
    when = _cell(row, "time of day")
    return f"time of day {when}" if when and when.lower() in _BLOCKS else ""


def _day(row: Row) -> str:
    """The day as YYYY-MM-DD, the same in both layouts. Raises BadInput."""
    return f"{read_stamp(row.cells.get('date formatted') or row.cells.get('date', '')):%Y-%m-%d}"


def _moment(row: Row, context: Context) -> Moment:
    when = _cell(row, "time of day")
    clock = "" if when.lower() in _BLOCKS or row.cells.get("category") == "Sleep" else when
    return moment_of(context, read_stamp(_day(row)), clock)


def _items(row: Row) -> list[_Item]:
    """The things that a row lists; a note of the row goes with the first."""
    category, amount, detail = (_cell(row, column) for column in ("category", "rating/amount", "detail"))
    note = _cell(row, "notes")
    details = [part.strip() for part in detail.split("|") if part.strip()]
    if category in (*_RATED, *_WORDS, "Factors", "Sleep") or len(details) < 2:
        return [_Item(row.number, category, amount, detail.strip("| "), note)]
    amounts = [part.strip() for part in amount.split("|")]
    amounts = amounts if len(amounts) == len(details) else [""] * len(details)
    return [_Item(row.number, category, amounts[i], part, "" if i else note) for i, part in enumerate(details)]


def _parts(item: _Item, file: _File, context: Context) -> list[Reading]:
    """What an item says. Raises BadInput."""
    if item.category in _RATED:
        return _rated(item, file, context)
    if item.category == "Symptom" and item.detail:
        return _symptom(item, file, context)
    if item.category == "Sleep":
        return _sleep(item, is_nap=item.number in file.naps)
    if item.category == "Meds/Supplements":
        return [Reading(KINDS["dose"], _medicine(item))] if item.detail else _words(item)
    if item.category == "Factors":
        did = [part.strip().replace(",", " ") for part in item.detail.split("|") if part.strip()]
        return [Reading(KINDS["activity"], {"did": did})] if did else _words(item)
    if item.category == "Gratitudes":
        return [Reading(KINDS["went-well"], {"note": [_list(item)]})] if item.detail else _words(item)
    numbered = item.category not in _WORDS and find_number(item.amount) is not None
    return _numbered(item, file, context) if numbered else _words(item)


def _rated(item: _Item, file: _File, context: Context) -> list[Reading]:
    if find_number(item.amount) is None:
        return _words(item)
    known, scale = _RATED[item.category], file.scales[item.category]
    meaning = (read_meaning(known) if known else Meaning("", file.names[item.category]))._replace(scale=scale)
    readings = meaning.read(context, item.category, item.amount)
    return [reading.beside("note", *([_list(item)] if item.detail else ())) for reading in readings]


def _symptom(item: _Item, file: _File, context: Context) -> list[Reading]:
    name, severity = _split(item.detail)
    amount = item.amount or _SEVERITIES.get(severity.lower(), "")
    if not amount:
        raise BadInput(f"how strong {name or 'the symptom'} was is missing")
    found = _pain(name)
    own = name.lower() if name.lower() in ("fatigue", "stress") else "pain" if found else ""
    meaning = read_meaning(own)._replace(scale=_PRESENT) if own else Meaning("", file.names[name], scale=_PRESENT)
    readings = meaning.read(context, name, amount)
    place = (found["place"] or found["joined"]) if found else None
    return [reading.beside("where", *(region_texts(place) if place else ())) for reading in readings]


def _pain(name: str) -> re.Match[str] | None:
    """The parts of a symptom that is a pain: ``Back (lower) pain`` is one of the lower back, a toothache of a tooth."""
    which = _WHICH.fullmatch(name)
    if which and which["part"].lower() in ("pain", "ache"):
        name = f"{which['which']} {which['part']}"
    elif which:
        name = f"{which['which']} {which['part']} {which['rest']}".strip()
    found = _PAIN.fullmatch(name)
    return None if found and found["joined"] and not lookup(found["joined"]) else found


def _sleep(item: _Item, *, is_nap: bool) -> list[Reading]:
    asleep, in_bed = (re.search(_SPAN.format(word), item.detail) for word in ("Asleep", "In bed"))
    night = f"{asleep[1]}-{asleep[2]}" if asleep else item.amount.replace(":", "h")
    if not night:
        return _words(item)
    texts = {"night": [night]} | ({"type": ["nap"]} if is_nap else {})
    if asleep and in_bed and not is_nap:
        texts |= {"bed": [in_bed[1]], "up": [in_bed[2]]}
    rest = re.sub(rf"{_SPAN.format('Asleep')}|{_SPAN.format('In bed')}", "", item.detail) if asleep else ""
    if more := " ".join(rest.strip(" .|").split()):  # a nap beside the night, say
        texts["note"] = [more]
    return [Reading(KINDS["sleep"], texts)]


def _medicine(item: _Item) -> dict[str, list[str]]:
    """``Ibuprofen (mg)`` with its amount; what is no amount to painlog is kept in the note."""
    name, unit = _split(item.detail)
    amount = f"{item.amount} {unit}".strip()
    if item.amount and Quantity(name="amount").accepts(amount):
        return {"name": [name], "amount": [amount]}
    return {"name": [name]} | ({"note": [amount]} if amount else {})


def _numbered(item: _Item, file: _File, context: Context) -> list[Reading]:
    name, unit = _split(item.detail if item.category == "Health measurements" else "")
    hint = f"number {unit}" if 0 < len(unit) <= 12 else "number"
    meaning = Meaning("", file.names[name or item.category], hint=hint)
    readings = meaning.read(context, name or item.category, item.amount)
    note = [_list(item)] if item.detail and not name else []
    return [reading.beside("note", *note) for reading in readings]


def _words(item: _Item) -> list[Reading]:
    """What has no other place, as a note under the name of its category; nothing where nothing is said."""
    text = ", ".join(filter(None, (item.amount, _list(item))))
    if text:
        return [Reading(KINDS["note"], {"note": [f"{item.category}: {text}"]})]
    return [Reading(KINDS["note"], {})] if item.note else []


def _list(item: _Item) -> str:
    return ", ".join(part.strip() for part in item.detail.split("|") if part.strip())


def _split(detail: str) -> tuple[str, str]:
    """``Neck pain (Moderate)`` as its two parts."""
    found = _BRACKETS.fullmatch(detail)
    return (found[1], found[2].strip()) if found else (detail, "")


def _whole(source: Source, answers: Mapping[str, str]) -> _File:
    scales = {
        category: Scale(1, 10 if top > 5 or answers.get(f"scale {category}") == "1-10" else 5)
        for category, top in _highest(source).items()
    }
    names = {"Energy"}
    for row in source.table().rows:
        names |= {_split(item.detail)[0] for item in _items(row)} | {row.cells.get("category", "")}
    return _File(scales, measure_names(sorted(names - {""}), "Bearable"), _naps(source))


def _highest(source: Source) -> dict[str, float]:
    """The highest value of each rated category that the file has."""
    highest: dict[str, float] = {}
    for row in source.table().rows:
        category, value = row.cells.get("category", ""), find_number(row.cells.get("rating/amount", ""))
        if category in _RATED and value is not None:
            highest[category] = max(value, highest.get(category, 0))
    return highest


def _naps(source: Source) -> frozenset[int]:
    """Rows of sleep that are naps: said to be, or not the longest of their day."""
    nights: dict[str, list[tuple[float, int]]] = defaultdict(list)
    naps = set()
    for row in source.table().rows:
        if row.cells.get("category") == "Sleep":
            detail = row.cells.get("detail", "")
            if "Nap" in detail and "Asleep" not in detail:
                naps.add(row.number)
            else:
                nights[row.cells.get("date", "")].append((_minutes(row.cells.get("rating/amount", "")), -row.number))
    return frozenset(naps | {-number for rows in nights.values() for _, number in rows if (_, number) != max(rows)})


def _minutes(amount: str) -> float:
    try:
        return parse_minutes(amount, bare="h")
    except BadInput:
        return 0


IMPORTER = Importer(
    "bearable",
    "Bearable",
    has_columns(_COLUMNS),
    _read,
    _asks,
    (
        "Bearable's symptoms, mild 1 to unbearable 4, are taken to 2.5, 5, 7.5 and 10",
        "its mood and energy of 1-5 or 1-10 are taken to 0-10, and sleep quality to 1-5, by a straight line",
    ),
)
