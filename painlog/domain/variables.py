"""Variables: the numbers that days, charts and links know by name, drawn from the registry. Pure."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from painlog.domain.kinds.declaration import tenths, whole
from painlog.domain.kinds.fields import Combine, Field, Minutes, Number, YesNo
from painlog.domain.kinds.kind import Daily, Kind
from painlog.domain.kinds.registry import KINDS
from painlog.errors import BadInput

_MANY = 100_000
_LONG = 180  # minutes
_CLOSED = 100  # a scale that goes further is open: a count, a number


class DayValue(NamedTuple):
    """A variable's value on one day and the number of entries it rests on."""

    value: float
    n: int


class Variable(NamedTuple):
    """A number that a day can have.

    ``column`` heads it in tables for others. ``source`` is ``value`` for a kind's main number, else a field's name. A
    day's value is made from the entries of the first of ``variants`` that the day has (of all, if empty), by
    ``combine``: their mean, their sum, the last, the highest, the lowest, or that of the night whose parts they are.
    """

    name: str
    label: str
    column: str
    kind: str
    source: str
    field: Field
    variants: tuple[str, ...]
    combine: Combine

    @property
    def title(self) -> str:
        """The label, marked where high is the better end: ``mood (+)``."""
        return f"{self.label} (+)" if self.better == "high" else self.label

    @property
    def in_sentence(self) -> str:
        """The label in a sentence: ``time to fall asleep``; one's own measures and others as they are."""
        timed = self.is_time and self.kind != "tracked" and self.name not in ("sleep", "nap")
        return f"time {self.label}" if timed else self.label

    @property
    def better(self) -> str:
        """Which end is the better one: ``low``, ``high`` or empty."""
        return self.field.better

    @property
    def span(self) -> tuple[float, float] | None:
        """The scale's two ends; None for an open scale such as minutes or a count."""
        if isinstance(self.field, YesNo):
            return (0, 1)
        closed = isinstance(self.field, Number) and self.field.high <= _CLOSED
        return (self.field.low, self.field.high) if isinstance(self.field, Number) and closed else None

    @property
    def is_time(self) -> bool:
        """Whether values are minutes."""
        return isinstance(self.field, Minutes)

    @property
    def in_hours(self) -> bool:
        """Whether values, kept in minutes, are long enough to be spoken of in hours."""
        return isinstance(self.field, Minutes) and self.field.high > _LONG and self.kind == self.name

    @property
    def is_night(self) -> bool:
        """Whether a value belongs to the night that ended on its day."""
        return self.kind == "sleep" and "night" in self.variants

    @property
    def of_moments(self) -> "Variable | None":
        """The variable of single ratings of a moment: pain without a day's averages; None for sums and nights."""
        if self.combine != "mean":
            return None
        return self._replace(variants=("now",)) if "now" in self.variants else self

    @property
    def is_answer(self) -> bool:
        """Whether values are 1 for yes and 0 for no."""
        return isinstance(self.field, YesNo)

    @property
    def is_count(self) -> bool:
        """Whether values are whole and may be many, such as steps."""
        return isinstance(self.field, Number) and self.field.whole and self.field.high > _MANY

    def show(self, value: float) -> str:
        """Write a mean: ``5.3``, ``5 h 50``, ``77.0 %``; of answers, the share of yes; of large counts, a whole."""
        if self.is_answer:
            return f"yes {whole(100 * value)} %"
        if self.is_count:
            return f"{whole(value)}{self._unit}"
        return self.field.show(value) if self.is_time else f"{tenths(value)}{self._unit}"

    def show_short(self, value: float) -> str:
        """Write a value, without a decimal where it has none: ``5``, ``5.3``, ``77 %``, ``yes``."""
        if self.is_answer and value in (0, 1):
            return self.field.show(value)
        if self.is_count:
            return f"{whole(value)}{self._unit}"
        return self.field.show(value) if self.is_time else f"{tenths(value)}".removesuffix(".0") + self._unit

    @property
    def _unit(self) -> str:
        return f" {self.field.unit}" if self.field.unit else ""


@cache
def variables() -> dict[str, Variable]:
    """Every variable of the registry by name, in its order; a journal has its own measures besides."""
    return variables_of(KINDS.values())


def variables_of(kinds: Iterable[Kind]) -> dict[str, Variable]:
    """The variables of some kinds by name, in their order."""
    return {variable.name: variable for kind in kinds for variable in _of(kind)}


def variable_name(said: str) -> str:
    """Return a name as variables have it, however its words were joined: ``Sleep quality`` as ``sleep_quality``."""
    return "_".join(said.lower().replace("-", " ").replace("_", " ").split())


def find_variable(name: str, known: Mapping[str, Variable]) -> Variable:
    """Return one of the ``known`` variables by name (``sleep quality`` or ``sleep_quality``). Raises BadInput."""
    clean = variable_name(name)
    if clean in known:
        return known[clean]
    for variable in known.values():
        if clean == variable.label.lower().replace(" ", "_"):
            return variable
    from painlog.domain.language.suggestions import did_you_mean, suggest

    hint = did_you_mean(suggest(clean, known, cutoff=0.5)) or f"; there are {', '.join(known)}"
    raise BadInput(f"{name!r} is not something painlog keeps numbers of{hint}")


def _of(kind: Kind) -> list[Variable]:
    found = []
    for field in kind.fields:
        if field.name == kind.value:
            days = kind.days or ((Daily(field.variable, field.title),) if field.variable else ())
            found += [
                Variable(d.name, d.label, d.column or d.name, kind.name, "value", field, d.variants, d.combine)
                for d in days
            ]
        elif field.variable:
            column = field.column or field.variable
            variants = kind.days[0].variants if field.combine == "night" else ()
            found.append(
                Variable(field.variable, field.title, column, kind.name, field.name, field, variants, field.combine)
            )
    return found
