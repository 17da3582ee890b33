"""A journal's days: what each variable's value is on each of them, and which days have entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from painlog.domain.entries import LAST_MINUTE, NOT_FROM_ROWS, with_offset
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.dates import day_of
from painlog.domain.periods import Period
from painlog.domain.variables import DayValue, Variable
from painlog.storage.connection import translate_errors
from painlog.storage.day_queries import DayQueries
from painlog.storage.days import ALONE, WITHIN, many_days_sql, presence_sql, ratings_sql, times_of_day_sql, together_sql

if TYPE_CHECKING:
    from painlog.domain.observations import Rating, TimeOfDay
    from painlog.storage.rows import Rows

_NEVER = 9e9  # a Julian day after all that can be recorded
_UNDATED = (  # as Entry.is_undated says it
    f"id < '{NOT_FROM_ROWS}' AND CASE WHEN at IS NULL THEN substr(recorded_at, 1, 16) = day || '{LAST_MINUTE:T%H:%M}' "
    "ELSE julianday(recorded_at) = julianday(at) END"
)
_WRITTEN = f"CASE WHEN {_UNDATED} THEN {_NEVER} ELSE julianday(recorded_at) END"


class Days:
    """The days of one open journal; a person's day begins at ``day_starts``."""

    def __init__(self, rows: Rows, day_starts: time) -> None:
        self._rows, self._day_starts = rows, day_starts

    def values(self, variable: Variable, period: Period) -> dict[date, DayValue]:
        """Return a variable's value for each day of the period that has one."""
        rows = self._rows.each(many_days_sql(variable), **_ends(period))
        return {date.fromisoformat(row[0]): DayValue(row[1], row[2]) for row in rows}

    def values_of(self, wanted: Iterable[Variable], period: Period) -> dict[Variable, dict[date, DayValue]]:
        """Return the ``values`` of several variables; the entries of a kind are gone through together."""
        found: dict[Variable, dict[date, DayValue]] = {variable: {} for variable in wanted}
        within = _ends(period)
        for of_kind in _by_kind(found):
            (said,) = self._rows.select(presence_sql(of_kind, WITHIN), **within)
            there = [variable for variable, is_said in zip(of_kind, said, strict=True) if is_said]
            found |= {variable: self.values(variable, period) for variable in there if variable.combine == "last"}
            if nightly := [variable for variable in there if variable.combine == "night"]:
                from painlog.storage.night_parts import nights_sql

                for day, n, *each in self._rows.each(nights_sql(nightly, ":first", ":last"), **within):
                    for variable, value in zip(nightly, each, strict=True):
                        if value is not None:
                            found[variable][date.fromisoformat(day)] = DayValue(value, n)
            together = [variable for variable in there if variable.combine not in ALONE]
            places = [(found[variable], 1 + 2 * i) for i, variable in enumerate(together)]
            for row in self._rows.each(together_sql(together, WITHIN), **within) if together else ():
                day = date.fromisoformat(row[0])
                for values, i in places:
                    if row[i] is not None:
                        values[day] = DayValue(row[i], row[i + 1])
        return found

    def ratings(self, variable: Variable, period: Period) -> list[Rating]:
        """Return a variable's single numbers in a period, in no order."""
        from painlog.domain.observations import Rating

        sql = ratings_sql(variable, WITHIN)
        return [
            Rating(date.fromisoformat(day), with_offset(datetime.fromisoformat(at), utc_offset) if at else None, value)
            for day, at, utc_offset, value in self._rows.select(sql, **_ends(period))
        ]

    def times_of_day(self, variable: Variable, period: Period, starts: Sequence[int]) -> list[TimeOfDay]:
        """Sum up a variable's single numbers in a period by time of day; each begins with an hour of ``starts``."""
        from painlog.domain.observations import TimeOfDay

        sql = times_of_day_sql(variable, WITHIN, starts)
        rows = self._rows.select(sql, **_ends(period))
        return [TimeOfDay(*row) for row in rows]

    def ranges(self, kind: str, period: Period) -> dict[date, tuple[float, float]]:
        """Return a kind's lowest and highest main value, of whatever sort, on each day that has several."""
        rows = self._rows.select(
            "SELECT day, min(value), max(value) FROM entries WHERE kind = ? AND deleted = 0 "
            "AND day BETWEEN ? AND ? GROUP BY day HAVING count(value) > 1",
            *(kind, period.start.isoformat(), period.end.isoformat()),
        )
        return {date.fromisoformat(day): (low, high) for day, low, high in rows}

    def highest(self, kind: str, period: Period) -> tuple[float, date] | None:
        """Return the highest single main value of a kind and its day (the latest such); None where there is none."""
        rows = self._rows.select(
            "SELECT value, day FROM entries WHERE kind = ? AND deleted = 0 AND value < 9e999 "
            "AND day BETWEEN ? AND ? ORDER BY value DESC, day DESC LIMIT 1",
            *(kind, period.start.isoformat(), period.end.isoformat()),
        )
        return (rows[0][0], date.fromisoformat(rows[0][1])) if rows else None

    def first_recorded(self, period: Period) -> dict[date, date | None]:
        """Return for each day with an entry the person's day on which the first one about it was written down.

        None is for a day that has only imported ones of which nothing says it.
        """
        rows = self._rows.each(
            f"SELECT day, recorded_at, min({_WRITTEN}) FROM entries "  # noqa: S608
            f"WHERE deleted = 0 AND day BETWEEN ? AND ? AND {_about_a_day()} GROUP BY day",
            *(period.start.isoformat(), period.end.isoformat()),
        )
        return {
            date.fromisoformat(day): None
            if first >= _NEVER
            else day_of(datetime.fromisoformat(recorded), self._day_starts)
            for day, recorded, first in rows
        }

    def span(self, *, lived: bool = False) -> Period | None:
        """Return the stretch of days with an entry, of any sort or about a day lived; None where there is none."""
        where = f"deleted = 0 AND {_about_a_day()}" if lived else "deleted = 0"
        first, last = (
            self._rows.value(f"SELECT day FROM entries WHERE {where} ORDER BY day {order} LIMIT 1")  # noqa: S608
            for order in ("ASC", "DESC")
        )
        return Period(date.fromisoformat(first), date.fromisoformat(last)) if first else None

    def last(self, kind: str, until: date = date.max) -> date | None:
        """Return the last day with an entry of a kind, none after ``until``."""
        with translate_errors(self._rows.place):
            return DayQueries(self._rows.conn).last(kind, until)

    def first_change(self) -> datetime | None:
        """Return when the first change was written down, None where there is none."""
        with translate_errors(self._rows.place):
            return DayQueries(self._rows.conn).first_change()

    def is_paused(self, day: date) -> bool:
        """Return whether a day lies in a pause."""
        with translate_errors(self._rows.place):
            return DayQueries(self._rows.conn).is_paused(day)

    def has_answer(self, kind: str, field: str, variant: str, day: date) -> bool:
        """Return whether an entry of a day, of a kind and of a variant if one is named, holds a field."""
        with translate_errors(self._rows.place):
            return DayQueries(self._rows.conn).has_answer(kind, field, variant, day)


def _ends(period: Period) -> dict[str, str]:
    """Return what a statement with ``WITHIN`` asks for."""
    return {"first": period.start.isoformat(), "last": period.end.isoformat()}


def _by_kind(variables: Iterable[Variable]) -> list[list[Variable]]:
    groups: dict[str, list[Variable]] = {}
    for variable in variables:
        groups.setdefault(variable.kind, []).append(variable)
    return list(groups.values())


def _about_a_day() -> str:
    """Which entries say how a day was, in SQL."""
    return f"kind NOT IN ({', '.join(repr(name) for name in KINDS.lasting)})"
