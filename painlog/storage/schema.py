"""The tables, indexes and views of a journal, and the numbered steps that lead to them.

Steps are only ever added. ``PRAGMA user_version`` is the number of steps a journal has taken. Views are made from the
registry; a change there needs a new step that calls ``rebuild_views``, which a test demands.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from datetime import datetime
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

from painlog.domain.kinds.fields import Field, Flag, Number, Where, Words, YesNo
from painlog.domain.kinds.fields import Minutes as MinutesField
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.registry import KINDS
from painlog.domain.variables import variables
from painlog.errors import JournalFailed, JournalRefused
from painlog.storage import connection
from painlog.storage.connection import APPLICATION_ID, snapshot, stamps, translate_errors, write
from painlog.storage.days import day_values_sql
from painlog.storage.log.changes import new_device

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database, Migrations

    from painlog.storage.encryption.keys import Keys

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE ops (
  hlc TEXT PRIMARY KEY, command TEXT NOT NULL, entry TEXT NOT NULL, data TEXT NOT NULL,
  recorded_at TEXT NOT NULL, source TEXT NOT NULL, checksum TEXT NOT NULL
) STRICT;
CREATE INDEX ops_command ON ops (command, hlc);
CREATE INDEX ops_entry ON ops (entry, hlc);
CREATE TABLE entries (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, day TEXT NOT NULL, at TEXT, utc_offset INTEGER NOT NULL, zone TEXT NOT NULL,
  variant TEXT NOT NULL, value REAL, data TEXT NOT NULL, recorded_at TEXT NOT NULL, deleted INTEGER NOT NULL
) STRICT;
CREATE INDEX entries_value ON entries (kind, day, variant, value) WHERE deleted = 0;
CREATE INDEX entries_day ON entries (day, at, id) WHERE deleted = 0;
CREATE INDEX entries_short ON entries (substr(id, -12))
"""


def prepare(conn: sqlite3.Connection, path: Path | str, present_at: datetime, keys: Keys | None = None) -> None:
    """Bring a journal to the present version: nothing where it is, the missing steps where it is older or new.

    An older journal is copied beside itself first. Raises JournalRefused for a newer one or another program's file.
    """
    with translate_errors(path):
        if connection.is_present(conn):
            return
        version = version_of(conn, path)
        if version:
            from pathlib import Path

            from painlog.storage.recovery import backups

            _check_steps(conn, path)
            backups.take(conn, Path(path), present_at, backups.UPDATE, keys)
    migrate(conn, path)


def version_of(conn: sqlite3.Connection, path: Path | str) -> int:
    """Return a journal's version, 0 for an empty file. Raises JournalRefused for a newer one or another program's."""
    with snapshot(conn):
        application, version = stamps(conn)
        has_tables = conn.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is not None
    if application not in (0, APPLICATION_ID) or (application == 0 and has_tables):
        raise JournalRefused(f"{path} is another program's database; left as it is")
    if version > connection.VERSION:
        raise newer(path)
    return version


def newer(path: Path | str) -> JournalRefused:
    """Say that a file is not for this painlog."""
    return JournalRefused(f"{path} was written by a newer painlog; update painlog to open it (left as it is)")


def _check_steps(conn: sqlite3.Connection, path: Path | str) -> None:
    """Refuse a journal that took a step which is not known here, whatever its version says. Raises JournalRefused."""
    if taken_steps(conn) - step_names():
        raise newer(path)


def taken_steps(conn: sqlite3.Connection) -> set[str]:
    """Return the names of the steps that a journal has taken."""
    return {step.name for step in steps().applied(_library().Database(conn))}


def check_stamps(conn: sqlite3.Connection, path: Path | str) -> None:
    """Raise JournalRefused for what is no journal or a newer one, JournalFailed for one that has lost its tables."""
    if version_of(conn, path) == 0:
        raise JournalFailed(f"the journal {path} holds nothing, not even tables")


@cache
def step_names() -> set[str]:
    """Return the names of all steps."""
    with closing(sqlite3.connect(":memory:")) as conn:
        return {step.name for step in steps().pending(_library().Database(conn))}


@cache
def fresh_objects() -> dict[str, str]:
    """Return the SQL of every table, index and view of a new journal by name."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        migrate(conn, ":memory:")
        return own_objects(conn)


def own_objects(conn: sqlite3.Connection) -> dict[str, str]:
    """Return the SQL of everything in a journal by name, but for what its libraries keep for themselves."""
    found = conn.execute("SELECT name, sql FROM sqlite_schema WHERE tbl_name NOT LIKE '\\_sqlite\\_%' ESCAPE '\\'")
    return {name: sql for name, sql in found.fetchall() if not name.startswith("sqlite_")}


def migrate(conn: sqlite3.Connection, path: Path | str) -> None:
    """Take the missing steps, all of them or none, waiting for another process that may be taking them too."""
    database = _library().Database(conn)
    with write(conn, path):
        if stamps(conn)[1] < connection.VERSION:
            steps().apply(database)
            conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            conn.execute(f"PRAGMA user_version = {connection.VERSION}")


def steps() -> Migrations:
    """Every step in order."""
    numbered: Migrations = _library().Migrations("painlog")

    @numbered()
    def step_001_journal(database: Database) -> None:
        create_tables(database.conn)
        rebuild_views(database)

    @numbered()
    def step_002_everything_a_day_holds(database: Database) -> None:
        rebuild_views(database)

    @numbered()
    def step_003_questions_and_visits(database: Database) -> None:
        rebuild_views(database)

    return numbered


def _library() -> ModuleType:
    """Import sqlite-utils without pandas and NumPy, which it loads where they are installed, and take half a second."""
    unwanted = {"pandas", "numpy"} - sys.modules.keys()
    sys.modules.update(dict.fromkeys(unwanted))  # type: ignore[arg-type]  # as if they were not
    try:
        import sqlite_utils
    finally:
        for name in unwanted:
            del sys.modules[name]
    return sqlite_utils


def create_tables(conn: sqlite3.Connection) -> None:
    """Make the tables and draw this device's name."""
    for statement in TABLES.split(";"):
        conn.execute(statement)
    conn.execute("INSERT INTO meta VALUES ('device', ?)", (new_device(),))


def rebuild_views(database: Database) -> None:
    """Make one view for each kind with a column for each field, and ``daily`` with one for each variable."""
    for name, sql in view_definitions().items():
        database.create_view(name, sql, replace=True)


def definitions() -> dict[str, str]:
    """The SQL of every table and index by name, its blanks made single, as a journal of any version holds it."""
    return {(words := sql.split())[2]: " ".join(words) for sql in TABLES.split(";")}


def view_definitions() -> dict[str, str]:
    """The SQL of every view by name."""
    views = {kind.name.replace("-", "_"): _kind_view(kind) for kind in KINDS.values()}
    values = {name: day_values_sql(variable, "day = days.day") for name, variable in variables().items()}
    columns = ", ".join(f"(SELECT round(value, 3) FROM ({sql})) AS {name}" for name, sql in values.items())
    views["daily"] = f"SELECT day, {columns} FROM (SELECT DISTINCT day FROM entries WHERE deleted = 0) AS days"
    return views


def _kind_view(kind: Kind) -> str:
    expressions = {field.name: "variant" if field.name == kind.variant else _column(field) for field in kind.fields}
    columns = ", ".join(f'{expression} AS "{name}"' for name, expression in expressions.items())
    return (
        "SELECT id, day, at, strftime('%Y-%m-%d %H:%M', at, utc_offset || ' minutes') AS local_time, "
        f"{columns}, recorded_at FROM entries WHERE kind = '{kind.name}' AND deleted = 0"
    )


def _column(field: Field) -> str:
    path = f"'$.{field.name}'"
    if isinstance(field, Where):
        return f"(SELECT group_concat(key, ';') FROM json_each(data, {path}))"
    if isinstance(field, Words):
        return f"(SELECT group_concat(value, ';') FROM json_each(data, {path}))"
    if isinstance(field, Flag | YesNo | Number | MinutesField):
        return f"json_extract(data, {path})"
    return f"CAST(json_extract(data, {path}) AS TEXT)"
