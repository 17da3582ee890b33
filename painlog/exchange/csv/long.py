"""The long table for a clinician or a researcher: one fact a row, of every kind of entry.

Times are ISO 8601 with their offset. Free text passes through ``csv_text``; notes are written only when asked for.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from painlog.domain.entries import Entry
from painlog.domain.kinds.activity import MATTERED, TRIAL, TRIAL_DAY, Lines
from painlog.domain.kinds.care import GOAL
from painlog.domain.kinds.fields import Choice, Field, Flag, Minutes, Number, Text, Words, YesNo
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.nights import Night, span_ends
from painlog.domain.kinds.questionnaires import Answers
from painlog.domain.kinds.where import Where
from painlog.domain.language.amounts import Quantity, parts
from painlog.exchange.csv.cells import csv_text, day_text, number, stamp

_T = TypeVar("_T")
LONG: Mapping[str, tuple[str, str]] = {
    "record_id": ("string", "The entry's id, the same in every export; the rows of one entry share it."),
    "day": ("date", "The person's day that it belongs to; for a night, the day of waking."),
    "kind": ("string", "What sort of entry it is."),
    "variable": ("string", "Which of its facts this row is."),
    "value": ("number", "The fact as a number; 1 is yes and 0 is no."),
    "unit": ("string", "The unit of the value, as on the box for an amount."),
    "text_value": ("string", "The fact in words; withheld where it was kept private."),
    "body_region": ("string", "Where on the body (painlog help regions); the person's own _l or _r, none if not said."),
    "started_at": ("datetime", "When what it describes began; empty where only the day was said."),
    "ended_at": ("datetime", "When it ended."),
    "tz": ("string", "The time zone the person was in (IANA)."),
    "recorded_at": ("datetime", "When it was written down; empty for an import, whose file does not say it."),
    "entry_timing": (
        "string",
        "How soon it was written down: live (within 2 h), same_day, next_day or late; empty: imported.",
    ),
    "recall": ("string", "What time the fact is about."),
    "low_label": ("string", "What the low end of the scale means."),
    "high_label": ("string", "What the high end of the scale means."),
    "note": ("string", "The entry's note, on its first row."),
    "said": ("string", "The line of words that the entry was made from, on its first row."),
}
LONG_COLUMNS = tuple(LONG)
LONG_NUMBERS = frozenset(name for name, (type_, _) in LONG.items() if type_ == "number")
WITHHELD, PRIVATE = "withheld", "item_9_private"
_REMEMBERED = 1000  # values of a field whose cells are kept at hand: most of a diary are the same few


class Fact(NamedTuple):
    """The cells of a row that are a fact's own."""

    variable: str
    value: str = ""
    unit: str = ""
    text: str = ""
    region: str = ""
    low_label: str = ""
    high_label: str = ""


_place = itemgetter(0)
_ONLY_NOTE = Fact("note")


class Part(NamedTuple):
    """What a kind has to say in one field: ``facts`` turns a value of it into facts, which stand in ``column``.

    Of an entry for which ``own_words`` holds, the field goes with the notes. ``withheld`` are the facts of one whose
    answers are to stay private.
    """

    field: Field
    variable: str
    column: str
    facts: Callable[[Any], Sequence[Fact]]
    own_words: Callable[[Mapping[str, Any]], bool] | None = None
    withheld: Callable[[Any], Sequence[Fact]] | None = None


class Layout(NamedTuple):
    """How entries of a kind are laid out: its name as a cell, and its parts by field, each with its place.

    What time its facts are about is said by the field ``sort`` (``unsaid`` where it is not there), else by ``recall``;
    ``span`` is the field that says from when to when it was, ``note`` that of free text.
    """

    kind: str
    parts: Mapping[str, tuple[int, Part]]
    sort: str
    has_no_default: str
    recall: str
    span: str
    note: str


def long_rows(entries: Iterable[Entry], *, with_notes: bool) -> Iterator[list[str]]:
    """One fact a row; the rows of one entry share its ``record_id``. A note stands on its entry's first row."""
    layouts: dict[Kind, Layout] = {}
    for entry in entries:
        kind, data = entry.declaration, entry.data
        if kind is None:
            continue
        if kind not in layouts:
            layouts[kind] = layout_of(kind)
        layout = layouts[kind]
        facts = _facts(layout, data, with_notes=with_notes)
        note = csv_text(str(data[layout.note])) if with_notes and layout.note in data else ""
        said = csv_text(entry.line) if with_notes else ""
        if not facts and note:
            facts = [_ONLY_NOTE]
        if facts:
            before = (entry.id, day_text(entry.day), layout.kind)
            after = _circumstances(layout, entry)
            for variable, value, unit, text, region, low, high in facts:
                yield [*before, variable, value, unit, text, region, *after, low, high, note, said]
                note = said = ""


def layout_of(kind: Kind) -> Layout:
    """Return how entries of a kind are laid out."""
    fields = [field for field in kind.fields if not isinstance(field, Text)]
    parts = {field.name: (place, part) for place, field in enumerate(fields) if (part := _part(kind, field))}
    sort = kind.variant if has_sorts(kind) else ""
    recall = kind.main.questionnaire.recall if isinstance(kind.main, Answers) else ""
    span = kind.main.name if isinstance(kind.main, Night) else ""
    note = next((field.name for field in kind.fields if isinstance(field, Text)), "")
    return Layout(csv_text(kind.name), parts, sort, kind.variant_of({}) if sort else "", recall, span, note)


def has_sorts(kind: Kind) -> bool:
    """Whether its sorts say what a number is about, such as the day's worst: those of kinds with a main number."""
    return bool(kind.value) and isinstance(kind.by_name.get(kind.variant), Choice)


def _facts(layout: Layout, data: Mapping[str, Any], *, with_notes: bool) -> Sequence[Fact]:
    parts = [layout.parts[name] for name in data if name in layout.parts]
    if len(parts) > 1:
        parts.sort(key=_place)
    found: list[Fact] = []
    for _, (field, _, _, facts, own_words, withheld) in parts:
        if not (own_words and not with_notes and own_words(data)):
            value = data[field.name]
            found += withheld(value) if withheld and data.get(PRIVATE) else facts(value)
    return found


def _circumstances(layout: Layout, entry: Entry) -> tuple[str, ...]:
    """The cells from ``started_at`` to ``recall``. A length of sleep says neither when it began nor when it ended."""
    if layout.span:
        night = entry.data.get(layout.span)
        ends = span_ends(night) if isinstance(night, str) else ()
        started, ended = (stamp(end) for end in ends) if ends else ("", "")
    else:
        started = ended = stamp(entry.at) if entry.at else ""
    recorded = "" if entry.is_undated else stamp(entry.recorded_at)
    recall = _cell(entry.data.get(layout.sort, layout.has_no_default)) if layout.sort else layout.recall
    return started, ended, _cell(entry.zone), recorded, entry.timing, recall


def _part(kind: Kind, field: Field) -> Part | None:
    """How one field is written; None for a sort that stands in ``recall``."""
    variable = _variable_name(kind, field)
    if field.name == kind.variant and has_sorts(kind):
        return None
    if isinstance(field, Answers):
        return Part(field, variable, "value", _answers(field), withheld=_withheld(field))
    if isinstance(field, Where):
        return Part(field, variable, "body_region", lambda named: _places(variable, named))
    if isinstance(field, Words):
        one = _remembered(lambda word: Fact(variable, text=csv_text(word)))
        own = (lambda _: True) if isinstance(field, Lines) else None
        return Part(field, variable, "text_value", lambda words: [one(word) for word in words], own)
    column, fact = _simple(field, variable)
    remembered = _remembered(lambda value: (fact(value),))
    if isinstance(field, Night):  # a length of sleep stands in the total that follows from it
        return Part(field, "span", column, lambda value: remembered(value) if isinstance(value, str) else ())
    return Part(field, variable, column, remembered, _own_words(kind, field))


def _simple(field: Field, variable: str) -> tuple[str, Callable[[Any], Fact]]:
    """The column of a field whose values are each one fact, and that fact."""
    if isinstance(field, Night):
        return "text_value", lambda value: Fact("span", text=field.show(value))
    if isinstance(field, Quantity):
        return "value", lambda value: _amount(variable, value)
    if isinstance(field, Flag | YesNo):
        return "value", lambda value: Fact(variable, "1" if value else "0")
    if isinstance(field, Number | Minutes):
        unit, low, high = csv_text(field.unit), csv_text(field.low_label), csv_text(field.high_label)
        return "value", lambda value: Fact(variable, number(value), unit, "", "", low, high)
    return "text_value", lambda value: Fact(variable, text=csv_text(str(value)))


_cell = lru_cache(_REMEMBERED)(csv_text)


def _remembered(function: Callable[[Any], _T]) -> Callable[[Any], _T]:
    return lru_cache(_REMEMBERED)(function)


def _own_words(kind: Kind, field: Field) -> Callable[[Mapping[str, Any]], bool] | None:
    """Where a field holds a goal, a trial or what matters in the person's own words, which stay with the notes."""
    is_of_trial = kind in (TRIAL, TRIAL_DAY) and field.name == "name"
    if (kind.name == GOAL and field.name == "goal") or (kind is MATTERED and field is MATTERED.main) or is_of_trial:
        return lambda _: True
    if field.name == "name" and "sort" in kind.by_name:
        return lambda data: data.get("sort") == GOAL
    return None


def _places(variable: str, named: Mapping[str, float | None]) -> list[Fact]:
    return [Fact(variable, number(score), region=csv_text(id_)) for id_, score in named.items()]


def _amount(variable: str, value: str) -> Fact:
    amount, unit = parts(value)
    return Fact(variable, number(amount), csv_text(unit))


def _answers(field: Answers) -> Callable[[Sequence[int | None]], list[Fact]]:
    def facts(answers: Sequence[int | None]) -> list[Fact]:
        return [Fact(item_name(field, i), number(answer)) for i, answer in enumerate(answers) if answer is not None]

    return facts


def _withheld(field: Answers) -> Callable[[Sequence[int | None]], list[Fact]]:
    """No item has its answer where the safety item is private, since the total would give that away."""

    def facts(answers: Sequence[int | None]) -> list[Fact]:
        given = (i for i, answer in enumerate(answers) if answer is not None)
        return [Fact(item_name(field, i), text=WITHHELD) for i in given]

    return facts


def item_name(field: Answers, index: int) -> str:
    """Name the variable of a questionnaire's item, counted from 0."""
    return f"{field.questionnaire.id}_item_{index + 1}"


def _variable_name(kind: Kind, field: Field) -> str:
    if field.name != kind.value:
        return field.variable or field.name
    return csv_text(kind.title) if kind.constants else kind.name
