"""What a column or a tracker of another app is to painlog, in words: ``pain:1-5``, ``dose``, ``brain fog:0-4``. Pure.

The words are those of painlog's variables and fields; any other name is a measure of the person's own. Behind a colon
stands the scale of a rating, the unit of a length of time (``minutes``), the sort of a measure (``count``, ``minutes``,
``yes-no``, ``number kg``), for ``dose`` and ``treatment`` the name where a column is one's own, for ``dose amount`` its
unit, or ``times`` where it is how many were taken, and for ``note`` the word to put before it. In brackets stands the
time of day, or its part, which goes to the note: ``pain (8:30)``, ``mood (evening):1-5``.
"""

import re
from datetime import time
from functools import cache
from typing import NamedTuple

from painlog.domain.kinds.fields import Minutes, Number
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.measures import SCALES, slug
from painlog.domain.kinds.registry import KINDS, VERBS
from painlog.domain.language.own_words import means_something
from painlog.domain.variables import variable_name, variables
from painlog.errors import BadInput
from painlog.exchange.importing.contract import Context
from painlog.exchange.importing.date_words import fold
from painlog.exchange.importing.header_words import clock_in, read_header
from painlog.exchange.importing.plain_cells import plain_number
from painlog.exchange.importing.remarks import says_not, split_helpers, split_remarks
from painlog.exchange.importing.typed_cells import (
    NO,
    YES,
    Scale,
    cell_texts,
    find_amount,
    find_number,
    is_empty,
    number_text,
    read_number,
    read_taken,
    region_texts,
    split_list,
    split_medicine,
    split_time,
)
from painlog.exchange.importing.word_scales import word_numbers
from painlog.exchange.importing.written_dates import quote
from painlog.exchange.importing.written_lengths import UNITS

_ALIASES = {
    "location": "where",
    "locations": "where",
    "triggers": "trigger",
    "notes": "note",
    "date": "day",
    "medication": "dose",
    "medications": "dose",
    "medicine": "dose",
}
_FIELDS = {
    **{name: ("pain", name) for name in ("where", "trigger", "quality", "relief")},
    **{name: ("sleep", name) for name in ("bed", "up", "woken_by_pain")},
    "nap": ("sleep", "night"),
    "pain_average": ("pain", "score"),
    "did": ("activity", "did"),
    "dose": ("dose", "name"),
    "dose_amount": ("dose", "amount"),
    "treatment": ("treatment", "name"),
    "note": ("note", "note"),
    "went_well": ("went-well", "note"),
    "setback": ("setback", "note"),
}
_BESIDE = {
    "pain_worst": ("rating", "worst"),
    "pain_least": ("rating", "least"),
    "pain_average": ("rating", "average"),
    "nap": ("type", "nap"),
}
_ENDS = re.compile(r"(-?\d{1,6}(?:\.\d+)?)\s*(?:-|–|\.\.| to )\s*(-?\d{1,6}(?:\.\d+)?)", re.ASCII)
_OWN_RATING = Number(name="value")
_PAIN_IN = "pain in "
_PART = re.compile(r"([^:(]*?) ?\(([^()]*)\) ?(?::(.*))?")
APART = ("dose", "treatment", "note", "went-well", "setback")  # each an entry, not a part of one
TIMES = "times"  # the hint of a column that says how many of an amount were taken


class Reading(NamedTuple):
    """What one cell says: texts for the fields of a kind, and the cell itself where painlog's scale is another.

    ``about`` tells it from others of its kind and moment, as the place of a pain does. ``part`` is the part of the day
    that it is of, which goes to its note, and ``clock`` the time of day.
    """

    kind: Kind
    texts: dict[str, list[str]]
    original: str = ""
    about: str = ""
    part: str = ""
    clock: time | None = None

    def beside(self, name: str, *texts: str) -> "Reading":
        """The same with these texts for a field; without any it stays as it is."""
        return self._replace(texts=self.texts | {name: [*texts]}) if texts else self


class Meaning(NamedTuple):
    """A field of a kind, or a measure of the person's own where ``kind`` is empty; ``field`` is then its name."""

    kind: str
    field: str
    beside: tuple[str, str] | None = None
    scale: Scale | None = None
    hint: str = ""
    place: str = ""
    part: str = ""

    @property
    def rating(self) -> Number | None:
        """The field of a rating, which may be written in words; None for anything else."""
        if not self.kind:
            return _OWN_RATING if self.hint in ("", "rating") else None
        field = KINDS[self.kind].by_name[self.field]
        return field if isinstance(field, Number) and field.high <= 10 else None

    def read(self, context: Context, column: str, cell: str) -> list[Reading]:
        """Return what a cell says; nothing where it is empty. Raises BadInput."""
        found = self._read(context, column, cell)
        if not self.part:
            return found
        clock = clock_in(self.part)
        part, about = ("", f"{clock:%H:%M}") if clock else (self.part, self.part)
        return [
            one._replace(about=f"{one.about} {about}".strip(), part=part, clock=one.clock or clock)
            if self.kind in (one.kind.name, "")
            else one  # words that name none
            for one in found
        ]

    def _read(self, context: Context, column: str, cell: str) -> list[Reading]:
        if self.field == "amount" and self.hint == TIMES:
            many = "" if is_empty(cell) else number_text(read_number(cell))
            return [Reading(KINDS[self.kind], {TIMES: [many]}, about=column)] if many else []
        if self.field == "amount":
            amounts = [find_amount(part) or f"{part} {self.hint}".strip() for part in split_list(cell)]
            return [Reading(KINDS[self.kind], {"amount": amounts})] if amounts else []
        if self.kind in ("dose", "treatment"):
            return self._named(column, cell)
        kind = KINDS[self.kind] if self.kind else self._measure(context)
        field = kind.by_name[self.field] if self.kind else kind.main
        texts = self._in_words(context, column, cell)
        original = f"{column} {cell}" if texts else f"{column} {cell} ({self.scale})" if self.scale else ""
        if texts is None:
            texts = cell_texts(field, cell, self.scale, self.hint)
            if isinstance(field, Number | Minutes) and plain_number(cell) != cell and not original:
                original = f"{column} {cell}"
        if self.kind == "note" and self.hint:
            texts = [f"{self.hint}: {text}" for text in texts]
        remarks: list[str] = []
        if self.field in ("relief", "trigger"):
            named, remarks = split_helpers(cell)
            texts = cell_texts(field, ";".join(named)) if named else []
        beside = {self.beside[0]: [self.beside[1]]} if self.beside else {}
        where = {"where": region_texts(self.place)} if self.place else {}
        found = [Reading(kind, {field.name: texts} | beside | where, original, self.place)] if texts else []
        return [*found, *_as_note(column, remarks)]

    def _in_words(self, context: Context, column: str, cell: str) -> list[str] | None:
        """A rating in one of the words that were asked about; None for any other cell."""
        rating, answer = self.rating, context.answers.get(f"words {column}", "")
        if not answer or rating is None or fold(cell) not in word_numbers(answer):
            return None
        number = word_numbers(answer)[fold(cell)]
        return [] if number is None else [number_text(Scale(0, 10).onto(number, rating))]

    def _named(self, column: str, cell: str) -> list[Reading]:
        """Medicines and treatments: a list of them, or whether the one that the column is named for was taken."""
        says_yes, is_list = cell.strip().lower() in YES, read_header(column).word == self.kind
        if not self.hint and says_yes and is_list:
            what = "medicine" if self.kind == "dose" else self.kind
            raise BadInput(f'{quote(cell)} does not say which {what}; name it, as in --map "{column}={self.kind}:NAME"')
        is_no = cell.strip().lower() in NO and not is_empty(cell)
        if self.hint and not is_no and not is_empty(cell) and says_not(cell):
            return _as_note(column, [cell])
        is_own = says_yes or is_no or (find_number(cell) is not None and not is_list)
        if name := self.hint or (column if is_own else ""):
            own = read_taken(name, cell)
            return [self._entry_of(own)] if own else []
        named, remarks = split_remarks(cell)
        found = [self._entry_of(split_medicine(part), clock) for part, clock in map(split_time, named)]
        return [*found, *_as_note(column, remarks)]

    def _entry_of(self, texts: dict[str, list[str]], clock: time | None = None) -> Reading:
        kind = KINDS["dose" if "amount" in texts else self.kind]  # among treatments too, an amount is of a medicine
        said = {name: each for name, each in texts.items() if name in kind.by_name}
        return Reading(kind, said, about=f"{clock:%H:%M}" if clock else "", clock=clock)

    def _measure(self, context: Context) -> Kind:
        sort, _, unit = self.hint.partition(" ")
        declared = {"scale": sort} if sort else {}
        return context.measure(self.field, **declared | ({"unit": unit} if unit else {}))


def _as_note(column: str, remarks: list[str]) -> list[Reading]:
    return [Reading(KINDS["note"], {"note": [f"{column}: {', '.join(remarks)}"]})] if remarks else []


def read_meaning(text: str) -> Meaning:
    """Read what a column is. Raises BadInput for a scale or a hint that does not go with it."""
    if (found := _PART.fullmatch(text.strip())) and (of := _of_part(found[1], found[2], found[3] or "")):
        return of
    name, _, hint = (part.strip() for part in text.partition(":"))
    if name.lower().startswith(_PAIN_IN) and (place := name[len(_PAIN_IN) :].strip()):
        return read_meaning(f"pain:{hint}" if hint else "pain")._replace(place=place)
    known = _ALIASES.get(variable_name(name), variable_name(name))
    ends = _ENDS.fullmatch(hint)
    scale = _read_scale(ends[1], ends[2]) if ends else None
    if known not in _painlogs_words():
        return _own_measure(name, hint, scale)
    kind, field = _painlogs_words()[known]
    if kind in ("dose", "treatment", "note"):
        return Meaning(kind, field, hint=hint)
    its_field = KINDS[kind].by_name[field]
    if scale and not isinstance(its_field, Number):
        raise BadInput(f"{name} has no scale; leave out {hint}")
    if hint and not scale and hint not in (*UNITS, "hours.minutes"):
        raise BadInput(f"{hint!r} is no scale; write it as in pain:1-5, or a unit as in sleep:minutes")
    same = isinstance(its_field, Number) and scale == (its_field.low, its_field.high)
    return Meaning(kind, field, _BESIDE.get(known), None if same else scale, "" if scale else hint)


def measure_name(name: str, app: str) -> str:
    """Return a name that a measure of the person's own can have: at most 30 characters, no word of painlog's."""
    clean = " ".join(re.sub(r"[,;:\"'\x00-\x1f]", " ", name).split())
    if not slug(clean) or slug(clean) in variables() or clean.lower() in VERBS or means_something(clean.lower()):
        clean = f"{app} {clean}"
    return clean if len(clean) <= 30 else clean[:29].rstrip() + "…"


def measure_names(names: list[str], app: str) -> dict[str, str]:
    """Name a measure for each of an app's names; two that would be the same are numbered."""
    found: dict[str, str] = {}
    used: set[str] = set()
    for name in sorted(set(names)):
        tried = measure_name(name, app)
        numbers = (f"{tried[:27]} {number}" for number in range(2, len(names) + 2))
        found[name] = next(one for one in (tried, *numbers) if slug(one) not in used)
        used.add(slug(found[name]))
    return found


def _of_part(name: str, part: str, hint: str) -> Meaning | None:
    """What has a part of the day, or a circumstance, in brackets; None where the brackets belong to a name."""
    is_own = variable_name(name) not in {*_painlogs_words(), *_ALIASES} and not name.lower().startswith(_PAIN_IN)
    return None if is_own else read_meaning(f"{name}:{hint}" if hint else name)._replace(part=part)


@cache
def _painlogs_words() -> dict[str, tuple[str, str]]:
    """Kind and field of every word that is painlog's own."""
    rated = {name: each for name, each in variables().items() if each.kind in VERBS and not each.field.derived}
    fields = {name: (each.kind, each.field.name) for name, each in rated.items()}
    return fields | {"sleep": ("sleep", "night")} | _FIELDS


def _read_scale(low: str, high: str) -> Scale:
    if float(low) == float(high):
        raise BadInput(f"a scale has two ends, unlike {low}-{high}")
    return Scale(float(low), float(high))


def _own_measure(name: str, hint: str, scale: Scale | None) -> Meaning:
    sort = "" if scale else hint
    if sort and sort.partition(" ")[0] not in SCALES:
        raise BadInput(f"{hint!r} is no scale; write 0-4, {', '.join(SCALES[1:-1])} or number kg")
    if not name:
        raise BadInput("a column needs a name in painlog, such as pain or note")
    return Meaning("", name, None, None if scale == (0, 10) else scale, sort)
