"""Reading a journal's days, and its rows for all else that is read.

All rows are fetched and the cursor closed before anything is shown, since an open one would block writers.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from painlog.domain.entries import with_offset
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.dates import DAY_STARTS, day_of
from painlog.domain.periods import Period
from painlog.domain.variables import DayValue, Variable
from painlog.storage import connection
from painlog.storage.days import many_days_sql, ratings_sql, said_sql, together_sql
from painlog.storage.log.changes import to_json

if TYPE_CHECKING:
    from pathlib import Path

    from painlog.domain.observations import Rating


class DayReading:
    """An open journal, to read what its days say."""

    def __init__(
        self, conn: sqlite3.Connection, path: Path | str, present_at: datetime, day_starts: time = DAY_STARTS
    ) -> None:
        self._conn, self._place, self.present_at, self.day_starts = conn, path, present_at, day_starts

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Where the file is."""
        from pathlib import Path

        return Path(self._place)

    def close(self) -> None:
        """Close the file."""
        self._conn.close()

    def day_values(self, variable: Variable, period: Period) -> dict[date, DayValue]:
        """Return a variable's value for each day of the period that has one."""
        sql = many_days_sql(variable, "day BETWEEN ? AND ?")
        rows = self._passing(sql, period.start.isoformat(), period.end.isoformat())
        return {date.fromisoformat(row[0]): DayValue(row[1], row[2]) for row in rows}

    def daily_values(self, wanted: Iterable[Variable], period: Period) -> dict[Variable, dict[date, DayValue]]:
        """Return the ``day_values`` of several variables; the entries of a kind are gone through together."""
        found: dict[Variable, dict[date, DayValue]] = {variable: {} for variable in wanted}
        within = period.start.isoformat(), period.end.isoformat()
        for of_kind in _by_kind(found):
            (said,) = self._rows(said_sql(of_kind, "day BETWEEN ? AND ?"), *within)
            there = [variable for variable, is_said in zip(of_kind, said, strict=True) if is_said]
            found |= {variable: self.day_values(variable, period) for variable in there if variable.combine == "last"}
            together = [variable for variable in there if variable.combine != "last"]
            places = [(found[variable], 1 + 2 * i) for i, variable in enumerate(together)]
            for row in self._passing(together_sql(together, "day BETWEEN ? AND ?"), *within) if together else ():
                day = date.fromisoformat(row[0])
                for values, i in places:
                    if row[i] is not None:
                        values[day] = DayValue(row[i], row[i + 1])
        return found

    def ratings(self, variable: Variable, period: Period) -> list[Rating]:
        """Return a variable's single numbers in a period, in no order."""
        from painlog.domain.observations import Rating

        sql = ratings_sql(variable, "day BETWEEN ? AND ?")
        return [
            Rating(date.fromisoformat(day), with_offset(datetime.fromisoformat(at), utc_offset) if at else None, value)
            for day, at, utc_offset, value in self._rows(sql, period.start.isoformat(), period.end.isoformat())
        ]

    def day_ranges(self, kind: str, period: Period) -> dict[date, tuple[float, float]]:
        """Return a kind's lowest and highest main value, of whatever sort, on each day that has several."""
        rows = self._rows(
            "SELECT day, min(value), max(value) FROM entries WHERE kind = ? AND deleted = 0 "
            "AND day BETWEEN ? AND ? GROUP BY day HAVING count(value) > 1",
            *(kind, period.start.isoformat(), period.end.isoformat()),
        )
        return {date.fromisoformat(day): (low, high) for day, low, high in rows}

    def highest(self, kind: str, period: Period) -> tuple[float, date] | None:
        """Return the highest single main value of a kind and its day (the latest such); None where there is none."""
        rows = self._rows(
            "SELECT value, day FROM entries WHERE kind = ? AND deleted = 0 AND value < 9e999 "
            "AND day BETWEEN ? AND ? ORDER BY value DESC, day DESC LIMIT 1",
            *(kind, period.start.isoformat(), period.end.isoformat()),
        )
        return (rows[0][0], date.fromisoformat(rows[0][1])) if rows else None

    def first_recorded(self, period: Period) -> dict[date, date]:
        """Return for each day with an entry the person's day on which the first one about it was written down."""
        rows = self._passing(
            "SELECT day, recorded_at, min(julianday(recorded_at)) FROM entries "  # noqa: S608
            f"WHERE deleted = 0 AND day BETWEEN ? AND ? AND {_about_a_day()} GROUP BY day",
            *(period.start.isoformat(), period.end.isoformat()),
        )
        return {date.fromisoformat(day): self._recorded_on(recorded) for day, recorded, _ in rows}

    def days_kept(self, *, lived: bool = False) -> Period | None:
        """Return the stretch of days with an entry, of any sort or about a day lived; None where there is none."""
        where = f"deleted = 0 AND {_about_a_day()}" if lived else "deleted = 0"
        first, last = (
            self._value(f"SELECT day FROM entries WHERE {where} ORDER BY day {order} LIMIT 1")  # noqa: S608
            for order in ("ASC", "DESC")
        )
        return Period(date.fromisoformat(first), date.fromisoformat(last)) if first else None

    def _recorded_on(self, recorded_at: str) -> date:
        return day_of(datetime.fromisoformat(recorded_at), self.day_starts)

    def _among(self, sql: str, wanted: Sequence[str], rest: str = "") -> list[Any]:
        """The rows that a statement, which ends in a column's name, finds with one of some values there."""
        return self._rows(f"{sql} IN (SELECT value FROM json_each(?)) {rest}", to_json(wanted))  # noqa: S608

    def _rows(self, sql: str, *given: Any) -> list[Any]:
        with connection.translated(self._place):
            return self._conn.execute(sql, given).fetchall()

    def _passing(self, sql: str, *given: Any) -> Iterator[Any]:
        """Rows one by one, which spares memory; for what is done with all of them before anything else is."""
        with connection.translated(self._place):
            yield from self._conn.execute(sql, given)

    def _value(self, sql: str, *given: Any) -> Any:
        rows = self._rows(sql, *given)
        return rows[0][0] if rows else None


def _by_kind(variables: Iterable[Variable]) -> list[list[Variable]]:
    groups: dict[str, list[Variable]] = {}
    for variable in variables:
        groups.setdefault(variable.kind, []).append(variable)
    return list(groups.values())


def _about_a_day() -> str:
    """Which entries say how a day was, in SQL."""
    return f"kind NOT IN ({', '.join(repr(name) for name in KINDS.lasting)})"
