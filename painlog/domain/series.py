"""Variables: the numbers that days, charts and links know by name, drawn from the registry. Pure."""

from functools import cache
from typing import Literal, NamedTuple

from painlog.domain.fields import Field, Minutes, Number
from painlog.domain.kinds import KINDS, Daily, Kind
from painlog.errors import BadInput


class DayValue(NamedTuple):
    """A variable's value on one day and the number of entries it rests on."""

    value: float
    n: int


class Variable(NamedTuple):
    """A number that a day can have.

    ``column`` heads it in tables for others. ``source`` is ``value`` for a kind's main number, else a field's name. A
    day's value is made from the entries of the first of ``variants`` that the day has (of all, if empty), by
    ``combine``: their mean, their sum, or the last.
    """

    name: str
    label: str
    column: str
    kind: str
    source: str
    field: Field
    variants: tuple[str, ...]
    combine: Literal["mean", "last", "sum"]

    @property
    def title(self) -> str:
        """The label, marked where high is the better end: ``mood (+)``."""
        return f"{self.label} (+)" if self.better == "high" else self.label

    @property
    def better(self) -> str:
        """Which end is the better one: ``low``, ``high`` or empty."""
        return self.field.better

    @property
    def span(self) -> tuple[float, float] | None:
        """The scale's two ends; None for an open scale such as minutes."""
        return (self.field.low, self.field.high) if isinstance(self.field, Number) else None

    @property
    def is_time(self) -> bool:
        """Whether values are minutes."""
        return isinstance(self.field, Minutes)

    def show(self, value: float) -> str:
        """Write a mean: ``5.3``, ``5 h 50``, ``77.0 %``."""
        return self.field.show(value) if self.is_time else f"{value:.1f}{self._unit}"

    def show_short(self, value: float) -> str:
        """Write a value, without a decimal where it has none: ``5``, ``5.3``, ``77 %``."""
        return self.field.show(value) if self.is_time else f"{value:.1f}".removesuffix(".0") + self._unit

    @property
    def _unit(self) -> str:
        return f" {self.field.unit}" if self.field.unit else ""


@cache
def variables() -> dict[str, Variable]:
    """Every variable of the registry by name, in its order."""
    found = [variable for kind in KINDS.values() for variable in _of(kind)]
    return {variable.name: variable for variable in found}


def variable_named(name: str) -> Variable:
    """Return a variable by name (``sleep quality`` or ``sleep_quality``). Raises BadInput with near misses."""
    clean = "_".join(name.lower().replace("-", " ").replace("_", " ").split())
    if clean in variables():
        return variables()[clean]
    import difflib

    near = difflib.get_close_matches(clean, variables(), n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(near)}?" if near else f"there are {', '.join(variables())}"
    raise BadInput(f"{name!r} is not something painlog keeps numbers of; {hint}")


def _of(kind: Kind) -> list[Variable]:
    found = []
    for field in kind.fields:
        if field.name == kind.value:
            days = kind.days or (Daily(field.series, field.title),)
            found += [
                Variable(d.name, d.label, d.column or d.name, kind.name, "value", field, d.variants, d.combine)
                for d in days
            ]
        elif field.series:
            column = field.column or field.series
            variants = kind.days[0].variants if field.combine == "last" else ()
            found.append(
                Variable(field.series, field.title, column, kind.name, field.name, field, variants, field.combine)
            )
    return found
