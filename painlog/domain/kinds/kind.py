"""What a declaration of a kind of entry says, and what follows from it for all kinds alike. Pure.

The first field of a kind is its main one, positional on the command line. A kind with a ``Choice`` named by ``variant``
has several sorts of entries (a rating now, the day's average; a night, a nap).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from painlog.domain.kinds.declaration import Declared
from painlog.domain.kinds.fields import Choice, Combine, Field, Name, Number, Text, Value, Words
from painlog.domain.kinds.where import Where
from painlog.domain.language.dates import Moment
from painlog.errors import BadInput

TypedTexts = Mapping[str, list[str]]
NO_PAIN, WORST_PAIN = "No pain", "Pain as bad as you can imagine"
NOTE = Text(name="note", help="A few words, or - to read them from standard input.")
TRIGGER = Words(
    name="trigger",
    help="What set it off, as you see it: sitting, stress, weather …",
    aliases=("triggers", "after"),
    leads=("after", "triggered by", "set off by", "brought on by"),
    words=(
        *("overdoing", "sitting", "standing", "walking", "lifting", "bending", "poor-sleep", "stress"),
        *("conflict", "low-mood", "weather", "cold", "illness", "period", "travel", "food", "missed-dose"),
        "unknown",
    ),
)


class Daily(NamedTuple):
    """How a kind's main number makes a day's value, under the variable ``name``.

    The entries of the first of ``variants`` that the day has are taken (all, if empty) and combined. ``column`` heads
    it in tables for others, with its unit.
    """

    name: str
    label: str
    column: str = ""
    variants: tuple[str, ...] = ()
    combine: Combine = "mean"


class Kind(Declared):
    """One kind of entry.

    ``heads`` are the words that open a clause of it. ``value`` names the field, main or derived, that fills the
    ``value`` column and ``days`` how days are made of it; ``formula`` computes the derived fields from the others and
    raises BadInput where they contradict. ``example`` is what follows the command's name in its help. ``line`` says an
    entry in one line where the usual way does not do. ``constants`` is what every entry of it holds besides: for a
    measure of one's own, which one it is. What is ``lasting`` holds from then on, and says nothing of how a day was; of
    that, what ``declares`` says only what a name stands for, and is nothing that was done or happened on its day.
    ``openings`` are more words that open an entry, with what they say by field; those of them that are ``conditions``
    are kept as words beside. ``verbs`` say of a name that it was taken or done. A kind with heads is a command of its
    own; others have one written by hand, ``by_hand`` where it is not called as the kind.
    """

    name: str
    help: str
    fields: tuple[Field, ...]
    example: str
    heads: tuple[str, ...] = ()
    variant: str = ""
    value: str = ""
    days: tuple[Daily, ...] = ()
    formula: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    line: Callable[[Mapping[str, Any]], str] | None = None
    label: str = ""
    constants: Mapping[str, Value] = MappingProxyType({})
    lasting: bool = False
    declares: bool = False
    openings: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    conditions: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    by_hand: str = ""

    @cached_property
    def title(self) -> str:
        """The kind in a sentence."""
        return self.label or self.name.replace("-", " ")

    @property
    def command(self) -> str:
        """How an entry of it is begun on the command line, after ``painlog``."""
        if self.constants:
            return f"log {self.label.lower()}"
        return self.heads[0] if self.heads else self.by_hand or self.name

    @property
    def main(self) -> Field:
        """The field that is positional on the command line."""
        return self.fields[0]

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Every field by name."""
        return {field.name: field for field in self.fields}

    @cached_property
    def typed_fields(self) -> tuple[Field, ...]:
        """Fields that a person gives; the others are derived from them."""
        return tuple(field for field in self.fields if not field.derived)

    @cached_property
    def texts(self) -> frozenset[str]:
        """The names of its fields of the person's own words, such as a note."""
        return frozenset(field.name for field in self.typed_fields if isinstance(field, Text))

    @cached_property
    def wordy(self) -> frozenset[str]:
        """The names of its fields that can hold words of the person's own."""
        sorts = Text, Words, Name, Where
        return frozenset(f.name for f in self.typed_fields if isinstance(f, sorts) and f.name != self.variant)

    def lacks_main(self, data: Mapping[str, Value]) -> bool:
        """Whether fields make no entry of this kind, since its main one is missing."""
        return (self.main.required or self.main.name in self.texts) and data.get(self.main.name) is None

    def derive(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the derived fields of typed data. Raises BadInput where its parts contradict each other."""
        return self.formula(data) if self.formula else {}

    def value_of(self, data: Mapping[str, Any]) -> float | None:
        """Return the kind's main number, None where the entry has none."""
        value = data.get(self.value)
        return float(value) if isinstance(value, int | float) else None

    def variant_of(self, data: Mapping[str, Any]) -> str:
        """Return which sort of its kind an entry is; the first option where nothing else was said.

        It is empty where only the others have a word of their own, such as a dose that was skipped.
        """
        chooser = self.by_name.get(self.variant)
        is_known = isinstance(chooser, Choice) and not (chooser.has_no_default or chooser.opens)
        unsaid = chooser.options[0] if isinstance(chooser, Choice) and is_known else ""
        return str(data.get(self.variant, unsaid)) if chooser else ""

    def is_beyond(self, data: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        """Whether another rating is higher than a day's worst, or lower than its least."""
        ends = {variant: daily.combine for daily in self.days for variant in daily.variants}
        end, rating, beside = ends.get(data.get(self.variant, "")), self.value_of(data), self.value_of(other)
        if rating is None or beside is None:
            return False
        return (end == "max" and beside > rating) or (end == "min" and beside < rating)

    def read(self, said: TypedTexts, moment: Moment) -> dict[str, Value]:
        """Turn typed texts by field into checked data. Raises BadInput, also where nothing but a note was said."""
        data = {}
        for name, texts in said.items():
            field = self.by_name[name]
            data[name] = field.join([field.parse(text, moment) for text in texts])
        return self.check(data)

    def check(self, data: Mapping[str, Value]) -> dict[str, Value]:
        """Look over typed data, in the order of the declaration; unknown fields are refused. Raises BadInput."""
        typed = {field.name: field for field in self.typed_fields}
        if unknown := [name for name in data if name not in typed and name not in self.constants]:
            raise BadInput(f"{self.title} has no field {unknown[0]!r}")
        checked = {name: field.check(data[name]) for name, field in typed.items() if name in data}
        beside = {self.variant, *self.texts} - {self.main.name}
        if not checked.keys() - beside or (self.main.required and self.main.name not in checked):
            raise BadInput(f"{self.title} needs {self.main.need}, for example: painlog {self.command} {self.example}")
        self.derive(checked)
        return {**checked, **self.constants}


def declare_rating(
    name: str, low_label: str, high_label: str, *, better: str = "low", help: str = "", **more: Any
) -> Number:
    """A 0-10 rating with its two end labels; ``better`` is the better end."""
    ends = f"0 {low_label.lower()}, 10 {high_label[0].lower() + high_label[1:]}"
    asked = f"{help} {ends}." if help else f"{ends}."
    more.setdefault("variable", name)
    return Number(name=name, low_label=low_label, high_label=high_label, better=better, help=asked, **more)  # type: ignore[arg-type]


def describe(kind: Kind, data: Mapping[str, Any]) -> str:
    """One line for an entry: ``pain 6, low back LEFT, burning``. Derived fields are left to the reports."""
    if kind.lacks_main(data):
        return f"{kind.title} (no words)"
    if kind.line:
        return kind.line(data)
    named = any(isinstance(kind.by_name.get(name), Number) and name != kind.main.name for name in data)
    parts = [] if named and kind.main.name not in data else [_head(kind, data)]
    said = (field for field in kind.fields[1:] if field.name in data and not field.derived)
    parts += [field.show_named(data[field.name]) for field in said if field.name != kind.variant]
    return ", ".join(part for part in parts if part)


def _head(kind: Kind, data: Mapping[str, Any]) -> str:
    main = data.get(kind.main.name)
    if isinstance(kind.main, Text):
        return f"{kind.title}: {kind.main.show(main)}"
    has_sorts = kind.variant in kind.by_name and kind.variant != kind.main.name
    sort = f" {kind.variant_of(data)}" if has_sorts and kind.variant in data else ""
    computed = (
        f" ({kind.by_name[kind.value].show(data[kind.value])})" if isinstance(main, str) and kind.value in data else ""
    )
    return f"{kind.title}{sort}" + ("" if main is None else f" {kind.main.show(main)}{computed}")
