"""What is asked of a journal to say what is due. Imports nothing: a prompt asks it without the rest of the journal."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


class DayQueries:
    """Questions about the days of an open journal. Raises sqlite3.Error."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def has_answer(self, kind: str, field: str, variant: str, day: date) -> bool:
        """Return whether an entry of a day, of a kind and of a variant if one is named, holds a field."""
        sql = (
            "SELECT 1 FROM entries WHERE deleted = 0 AND day = ? AND kind = ? AND ? IN ('', variant) "
            "AND json_extract(data, ?) IS NOT NULL LIMIT 1"
        )
        return bool(self._conn.execute(sql, (day.isoformat(), kind, variant, f"$.{field}")).fetchall())

    def is_paused(self, day: date) -> bool:
        """Return whether a day lies in a pause."""
        sql = (
            "SELECT 1 FROM entries WHERE kind = 'pause' AND deleted = 0 AND day <= ? "
            "AND date(day, value || ' days') > ? LIMIT 1"
        )
        return bool(self._conn.execute(sql, (day.isoformat(), day.isoformat())).fetchall())

    def first_change(self) -> datetime | None:
        """Return when the first change was written down, None where there is none."""
        hlc = self._conn.execute("SELECT min(hlc) FROM ops").fetchone()[0]
        return datetime.fromtimestamp(int(hlc[:12], 16) / 1000, UTC).astimezone() if hlc else None

    def last(self, kind: str, until: date = date.max) -> date | None:
        """Return the last day with an entry of a kind, none after ``until``."""
        sql = "SELECT max(day) FROM entries WHERE kind = ? AND deleted = 0 AND day <= ?"
        day = self._conn.execute(sql, (kind, until.isoformat())).fetchone()[0]
        return date.fromisoformat(day) if day else None
