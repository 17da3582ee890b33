"""Calendars of numbers, and variables of a person's own under a hostile name."""

from collections.abc import Sequence
from datetime import date, timedelta

from painlog.analysis.calendar import Calendar, make_calendar
from painlog.domain.periods import Period
from painlog.domain.variables import DayValue, Variable, variables, variables_of

V = variables()
HOSTILE = "fog <b>&\x1b[31m\u202eevil\n]]>"


def days_of(numbers: Sequence[float | None], start: date) -> dict[date, DayValue]:
    return {start + timedelta(days=i): DayValue(v, 1) for i, v in enumerate(numbers) if v is not None}


def laid_out(name: str | Variable, numbers: Sequence[float | None], start: date) -> Calendar:
    """A calendar from ``start``, a number a day."""
    variable = V[name] if isinstance(name, str) else name
    return make_calendar(variable, days_of(numbers, start), Period(start, start + timedelta(days=len(numbers) - 1)))


def own(scale: str, **more: str) -> Variable:
    from painlog.domain.kinds.measures import own_kind

    kind = own_kind("an-id", {"name": HOSTILE, "scale": scale} | more, "fog")
    return next(iter(variables_of([kind]).values()))
