"""The rows of an open journal: every reading of them goes through here, so that what SQLite refuses is said once.

All rows are fetched and the cursor closed before anything is shown, since an open one would block writers.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from painlog.storage import connection
from painlog.storage.log.changes import to_json

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path


class Rows:
    """An open connection and the place of its file."""

    def __init__(self, conn: sqlite3.Connection, place: Path | str) -> None:
        self.conn, self.place = conn, place

    def select(self, sql: str, *values: Any, **named: Any) -> list[Any]:
        """Return all rows that a statement finds, which asks for its values in order (``?``) or by name (``:day``)."""
        with connection.translate_errors(self.place):
            return self.conn.execute(sql, named or values).fetchall()

    def each(self, sql: str, *values: Any, **named: Any) -> Iterator[Any]:
        """Yield rows one by one, which spares memory; for what is done with all of them before anything else is."""
        with connection.translate_errors(self.place):
            yield from self.conn.execute(sql, named or values)

    def value(self, sql: str, *values: Any) -> Any:
        """Return the first value of the first row; None where there is none."""
        rows = self.select(sql, *values)
        return rows[0][0] if rows else None

    def among(self, sql: str, wanted: Sequence[str], rest: str = "") -> list[Any]:
        """Return the rows that a statement, which ends in a column's name, finds with one of some values there."""
        return self.select(f"{sql} IN (SELECT value FROM json_each(?)) {rest}", to_json(wanted))  # noqa: S608

    def transaction(self) -> AbstractContextManager[None]:
        """Let everything that a block reads and writes be one transaction."""
        return connection.write(self.conn, self.place)
