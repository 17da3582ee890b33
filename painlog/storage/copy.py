"""Reading the changes out of another journal's file: a conflict copy, a backup, one from another machine.

The file may have been made by anybody. It is opened so that nothing of it runs (``file.connect_to_copy``), its tables
have to be those of a journal, word for word, and only values are taken out, which are looked over like any others.
"""

import re
import sqlite3
from pathlib import Path

from painlog.errors import JournalRefused
from painlog.storage import file, schema

_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
_COLUMNS = "hlc, command, entry, data, recorded_at, source, checksum"


def changes_of(path: Path) -> list[tuple[str, ...]]:
    """Return every change of another journal, all columns of each. Raises JournalRefused, JournalFailed."""
    conn = file.connect_to_copy(path)
    try:
        with file.translated(path):
            _check(conn, path)
            conn.set_authorizer(_only_reading_changes)
            return conn.execute(f"SELECT {_COLUMNS} FROM ops ORDER BY rowid").fetchall()  # noqa: S608
    finally:
        conn.close()


def _only_reading_changes(action: int, table: str | None, *_: str | None) -> int:
    allowed = action in _ALLOWED and table in (None, "ops")
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _check(conn: sqlite3.Connection, path: Path) -> None:
    """Refuse what is no journal, a newer one, or one with something in it that painlog does not put there."""
    schema.check_stamps(conn, path)
    for type_, name, sql in conn.execute("SELECT type, name, sql FROM sqlite_schema").fetchall():
        own = type_ in ("table", "index", "view") and not re.match(r"CREATE\s+VIRTUAL", sql or "", re.IGNORECASE)
        if not own or (name in _TABLES and _plain(sql) != _TABLES[name]):
            raise JournalRefused(f"{path} has something in it that painlog does not make ({name!r}); left as it is")


def _plain(sql: str) -> str:
    return " ".join(sql.split())


_TABLES = {
    name[1]: _plain(statement)
    for statement in schema.TABLES.split(";")
    if (name := re.match(r"\s*CREATE TABLE (\w+)", statement))
}
