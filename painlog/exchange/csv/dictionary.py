"""The data dictionary: what each column of the two tables, and each fact of the long one, means. From the registry."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from painlog.domain.kinds.fields import Choice, Field, Flag, Number, Text, YesNo
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.measures import TRACKED
from painlog.domain.kinds.questionnaires import Answers
from painlog.domain.kinds.registry import KINDS
from painlog.domain.kinds.where import Where
from painlog.domain.language.amounts import Quantity
from painlog.domain.questionnaires import Item, Questionnaire
from painlog.domain.units import COUNT, SCORE, UCUM
from painlog.domain.variables import Variable
from painlog.exchange.csv.cells import csv_text, number
from painlog.exchange.csv.daily import CARE, CLOSING, FOLLOWED, NIGHT, OPENING, arrange, medicine_column
from painlog.exchange.csv.long import LONG, Part, has_sorts, item_name, layout_of

LONG_FILE, DAILY_FILE = "long", "daily"
HIGHER_IS = {"high": "better", "low": "worse", "": ""}
_ENTERED, _COMPUTED, _PAINLOG = "entered by the person", "computed by painlog", "painlog"
_OWN = "a measure of the person's own"
_MISSING = "empty: no answer, no entry; 0 is an answer"
_SKIPPED = "0 is skipped, empty is none recorded, not none taken."
_AS_SAID = "as the column recall says"
_COMBINED = {
    "mean": "the mean",
    "last": "the last one",
    "sum": "all added up",
    "max": "the highest",
    "min": "the lowest",
    "night": "the last one, parts less than 3 h apart being one night",
}


class Column(NamedTuple):
    """One row of the dictionary, in the order of its columns. ``unit`` is UCUM's; ``low`` and ``high`` the range."""

    file: str
    column: str
    meaning: str
    type: str
    unit: str = ""
    min: float | None = None
    max: float | None = None
    low_label: str = ""
    high_label: str = ""
    higher_is: str = ""
    recall: str = ""
    missing_rule: str = _MISSING
    source: str = _ENTERED


DICTIONARY_COLUMNS = Column._fields
DICTIONARY_NUMBERS = frozenset(("min", "max"))


def dictionary(kinds: Iterable[Kind], variables: Sequence[Variable], medicines: Sequence[str]) -> list[Column]:
    """Describe both tables; ``variables`` and ``medicines`` are those of the daily one, ``kinds`` own measures."""
    return [*_opening(LONG_FILE, LONG), *_long_facts(kinds), *daily_dictionary(variables, medicines)]


def daily_dictionary(variables: Sequence[Variable], medicines: Sequence[str]) -> list[Column]:
    """Describe the daily table's columns, in their order."""
    taken = {medicine_column(name): ("integer", f"Doses of {name} recorded; {_SKIPPED}") for name in medicines}
    described = [
        *_opening(DAILY_FILE, OPENING),
        *(_of_day(variable) for variable in variables),
        *_opening(DAILY_FILE, CARE),
        *_opening(DAILY_FILE, FOLLOWED),
        *_opening(DAILY_FILE, CLOSING),
        *_opening(DAILY_FILE, NIGHT),
        *_opening(DAILY_FILE, taken),
    ]
    by_name = {column.column: column for column in described}
    return [by_name[name] for name in arrange([*by_name])]


def scale_words(column: Column) -> str:
    """A column's unit or scale and its direction, for the line under its name: ``0 no pain … 10 worst, high is worse``.

    Empty where it has neither.
    """
    ends = f"{number(column.min)} {column.low_label} … {number(column.max)} {column.high_label}"
    scale = ends if column.low_label and column.high_label else "" if column.unit == SCORE else column.unit.strip("{}")
    return ", ".join(filter(None, (scale, f"high is {column.higher_is}" if column.higher_is else "")))


def long_dictionary() -> list[Column]:
    """Describe the long table's columns, in their order."""
    return list(_opening(LONG_FILE, LONG))


def own_dictionary() -> list[Column]:
    """Describe the dictionary itself."""
    types = {name: "number" if name in DICTIONARY_NUMBERS else "string" for name in DICTIONARY_COLUMNS}
    return [Column("dictionary", name, "", type_) for name, type_ in types.items()]


def dictionary_rows(columns: Iterable[Column]) -> Iterator[list[str]]:
    """Write the dictionary as rows of cells."""
    for column in columns:
        yield [csv_text(cell) if isinstance(cell, str) else number(cell) for cell in column]


def _opening(file: str, described: Mapping[str, tuple[str, str]]) -> Iterator[Column]:
    for name, (type_, meaning) in described.items():
        missing = "" if name in ("record_id", "day", "weekday", "kind", "variable") else _MISSING
        yield Column(file, name, meaning, type_, missing_rule=missing, source=_PAINLOG)


def _of_day(variable: Variable) -> Column:
    field = variable.field
    sorts = variable.variants if variable.kind != TRACKED.name else ()
    meaning = f"{variable.label}: of the day's entries {_COMBINED[variable.combine]}"
    if len(sorts) > 1:
        meaning += f", of the first sort that there is ({', '.join(sorts)})"
    if variable.column.endswith("_n"):
        return Column(DAILY_FILE, variable.column, f"{variable.label}: how many entries", "integer", COUNT, 0)
    column = _of_number(field, DAILY_FILE, variable.column, meaning)
    low, high = column.min, None if variable.combine == "sum" else column.max
    type_ = "number" if variable.combine == "mean" else column.type
    questionnaire = _questionnaire(KINDS[variable.kind])
    recall = questionnaire.recall if questionnaire else ", ".join(sorts) or "the day"
    source = _OWN if variable.kind == TRACKED.name else column.source
    column = column._replace(type=type_, min=low, max=high, recall=recall, source=source)
    return _scored(column, questionnaire) if questionnaire else column


def _long_facts(own: Iterable[Kind]) -> Iterator[Column]:
    for kind in (*(kind for kind in KINDS.values() if kind is not TRACKED), *own):
        parts = layout_of(kind).parts
        for field in kind.fields:
            if isinstance(field, Text):
                if field is kind.main:
                    yield Column(LONG_FILE, f"note[{kind.name}.note]", kind.help, "string")
            elif field.name in parts:
                yield from _of_part(kind, parts[field.name][1])
            else:
                yield Column(LONG_FILE, f"recall[{kind.name}.{field.name}]", _choices(field), "string")


def _of_part(kind: Kind, part: Part) -> Iterator[Column]:
    """The rows of one field of a kind: one, or one for each item of a questionnaire."""
    field, name = part.field, f"{part.column}[{kind.name}.{part.variable}]"
    questionnaire = _questionnaire(kind)
    recall = questionnaire.recall if questionnaire else _AS_SAID if has_sorts(kind) else "the day"
    if isinstance(field, Answers):
        yield from _items(field)
    elif isinstance(field, Where):
        column = _of_number(field.rating, LONG_FILE, name, field.help)
        yield column._replace(recall=recall, missing_rule="value is empty where the region has no score of its own")
    elif isinstance(field, Quantity):
        yield Column(LONG_FILE, name, field.help, "number", "in the column unit", 0, recall=recall)
    elif part.column == "value":
        column = _of_number(field, LONG_FILE, name, _meaning(kind, field))
        column = column._replace(recall=recall, source=_OWN if kind.constants else column.source)
        yield _scored(column, questionnaire) if questionnaire and field.name == kind.value else column
    else:
        meaning = _choices(field) if isinstance(field, Choice) else _meaning(kind, field)
        yield Column(LONG_FILE, name, meaning, "string", recall=recall)


def _meaning(kind: Kind, field: Field) -> str:
    return field.help or f"{(field.label or kind.title) if field.name == kind.value else field.title}."


def _choices(field: Field) -> str:
    options = zip(field.options, field.option_help, strict=True) if isinstance(field, Choice) else ()
    return "; ".join(f"{option}: {meaning.rstrip('.')}" for option, meaning in options)


def _of_number(field: Field, file: str, name: str, meaning: str) -> Column:
    """The row of a field whose values are numbers."""
    source = _COMPUTED if field.derived else _ENTERED
    if isinstance(field, YesNo | Flag):
        only = "empty: not said, which is not no" if isinstance(field, Flag) else _MISSING
        better = HIGHER_IS[field.better]
        return Column(file, name, meaning, "integer", "", 0, 1, "no", "yes", better, missing_rule=only, source=source)
    low, high = (field.low, field.high) if isinstance(field, Number) else (0, getattr(field, "high", None))
    whole = isinstance(field, Number) and field.whole
    ends = (field.low_label, field.high_label)
    better = HIGHER_IS[field.better]
    return Column(
        file, name, meaning, "integer" if whole else "number", _ucum(field), low, high, *ends, better, source=source
    )


def _ucum(field: Field) -> str:
    """The field's unit as UCUM has it; a unit of the person's own in braces, as UCUM allows."""
    if field.unit:
        return UCUM.get(field.unit, f"{{{field.unit}}}")
    return COUNT if isinstance(field, Number) and field.whole else SCORE


def _questionnaire(kind: Kind) -> Questionnaire | None:
    return kind.main.questionnaire if isinstance(kind.main, Answers) else None


def _scored(column: Column, questionnaire: Questionnaire) -> Column:
    """The row of a questionnaire's score, which has one even where a few answers are missing."""
    count, few = len(questionnaire.items), questionnaire.max_missing
    rule = f"estimated where up to {few} of {count} are missing, else empty" if few else "empty unless all are answered"
    return column._replace(missing_rule=rule, source=questionnaire.licence, unit=SCORE)


def _items(field: Answers) -> Iterator[Column]:
    questionnaire = field.questionnaire
    for i, item in enumerate(questionnaire.items):
        low, high = _ends(questionnaire, item)
        yield Column(
            file=LONG_FILE,
            column=f"value[{questionnaire.id}.{item_name(field, i)}]",
            meaning=item.text,
            type="integer",
            unit=SCORE,
            min=0,
            max=questionnaire.highest,
            low_label=low,
            high_label=high,
            higher_is=HIGHER_IS["low"],
            recall=questionnaire.recall,
            missing_rule="no row: not answered; value is empty and text_value withheld: kept private",
            source=questionnaire.licence,
        )


def _ends(questionnaire: Questionnaire, item: Item) -> tuple[str, str]:
    options = item.options or questionnaire.options
    return (options[0].label, options[-1].label) if options else (item.low, item.high)
