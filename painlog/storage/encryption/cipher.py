"""SQLCipher behind the names of ``sqlite3``: the same calls, the same errors, so that nobody else has to know.

Importing this module takes the extra ``painlog[encryption]``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from sqlcipher3 import dbapi2

_CODES = {  # of errors that come without theirs, by what SQLite says
    "database or disk is full": (sqlite3.SQLITE_FULL, "SQLITE_FULL"),
    "disk I/O error": (sqlite3.SQLITE_IOERR, "SQLITE_IOERR"),
    "database is locked": (sqlite3.SQLITE_BUSY, "SQLITE_BUSY"),
}


class _Translation:
    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, dbapi2.Error):
            raise like_sqlite(error) from None


_TRANSLATION = _Translation()


def like_sqlite(error: Exception) -> sqlite3.Error:
    """Return an error of SQLCipher's as one of sqlite3's, which are no relatives."""
    made: sqlite3.Error = getattr(sqlite3, type(error).__name__, sqlite3.DatabaseError)(str(error))
    known = _CODES.get(str(error), (0, ""))
    made.sqlite_errorcode = getattr(error, "sqlite_errorcode", 0) or known[0]
    made.sqlite_errorname = getattr(error, "sqlite_errorname", "") or known[1]
    return made


class _Cursor(dbapi2.Cursor):  # type: ignore[misc]
    def execute(self, *given: Any) -> Any:
        try:
            return super().execute(*given)
        except dbapi2.Error as error:
            raise like_sqlite(error) from None

    def executemany(self, *given: Any) -> Any:
        with _TRANSLATION:
            return super().executemany(*given)

    def fetchone(self) -> Any:
        with _TRANSLATION:
            return super().fetchone()

    def fetchall(self) -> Any:
        with _TRANSLATION:
            return super().fetchall()

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except dbapi2.Error as error:
            raise like_sqlite(error) from None


class Connection(dbapi2.Connection):  # type: ignore[misc]
    """A connection of SQLCipher's that raises sqlite3's errors, and knows which file it was opened on."""

    file: tuple[int, int] | None = None

    def cursor(self, factory: Callable[..., Any] = _Cursor) -> Any:
        with _TRANSLATION:
            return super().cursor(factory)

    def execute(self, *given: Any) -> Any:
        return self.cursor().execute(*given)

    def executemany(self, *given: Any) -> Any:
        return self.cursor().executemany(*given)

    def backup(self, *given: Any, **named: Any) -> None:
        with _TRANSLATION:
            super().backup(*given, **named)

    def setlimit(self, *given: int) -> int:
        """Do nothing: SQLCipher's module has no such call, and its files open with the person's own key only."""
        return 0


def connect(uri: str, wait: float) -> Any:
    """Open a file, sealed or not; the key, if there is one, must be the next that it is told."""
    with _TRANSLATION:
        return dbapi2.connect(uri, uri=True, timeout=wait, isolation_level=None, factory=Connection)
