"""The tables and indexes of a journal, and the numbered steps that lead to them.

A new journal is made at once as the present version has it; an older one takes the steps that it has not taken. Steps
are only ever added. ``PRAGMA user_version`` is the number of steps a journal has taken. Views belong to no step: they
follow the declarations (``views``). sqlite-utils, which imports pandas where that is installed, takes the steps, and
keeps the list of them in the journal; so it is imported where an older journal is brought up to date, and nowhere else.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from painlog.domain import clock
from painlog.errors import JournalFailed, JournalRefused
from painlog.storage import connection, views
from painlog.storage.connection import APPLICATION_ID, snapshot, stamps, translate_errors, write
from painlog.storage.log.changes import new_device

if TYPE_CHECKING:
    from pathlib import Path

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
LIST_OF_STEPS = """
CREATE TABLE "_sqlite_migrations" ( "id" INTEGER PRIMARY KEY, "migration_set" TEXT, "name" TEXT, "applied_at" TEXT );
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name" ON "_sqlite_migrations" ("migration_set", "name")
"""  # as sqlite-utils makes it
_STEPS_OF = "painlog"


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
    if taken_steps(conn) - STEPS.keys():
        raise newer(path)


def taken_steps(conn: sqlite3.Connection) -> set[str]:
    """Return the names of the steps that a journal has taken."""
    if "_sqlite_migrations" not in names(conn):
        return set()
    sql = "SELECT name FROM _sqlite_migrations WHERE migration_set = ?"
    return {name for (name,) in conn.execute(sql, (_STEPS_OF,)).fetchall()}


def names(conn: sqlite3.Connection) -> set[str]:
    """Return the names of everything in a database: tables, indexes, views and triggers."""
    return {name for (name,) in conn.execute("SELECT name FROM sqlite_schema").fetchall()}


def check_stamps(conn: sqlite3.Connection, path: Path | str) -> None:
    """Raise JournalRefused for what is no journal or a newer one, JournalFailed for one that has lost its tables."""
    if version_of(conn, path) == 0:
        raise JournalFailed(f"the journal {path} holds nothing, not even tables")


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


def unlike_fresh(conn: sqlite3.Connection) -> list[str]:
    """Return the names of what is not in a journal as in a new one; views that another painlog made are left out."""
    there, wanted = own_objects(conn), fresh_objects()
    if "meta" in there and not views.are_present(conn):
        there, wanted = (
            {name: sql for name, sql in objects.items() if not sql.startswith("CREATE VIEW")}
            for objects in (there, wanted)
        )
    return sorted(name for name in there.keys() | wanted.keys() if there.get(name) != wanted.get(name))


def migrate(conn: sqlite3.Connection, path: Path | str) -> None:
    """Make a new journal, or take the steps that are missing, wholly or not at all.

    Waits for another process that may be about it too.
    """
    with write(conn, path):
        if stamps(conn)[1] >= connection.VERSION:
            return
        if names(conn):
            take_steps(conn)
        else:
            create_tables(conn)
            _note_steps(conn)
        views.rebuild(conn)
        conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        conn.execute(f"PRAGMA user_version = {connection.VERSION}")


def take_steps(conn: sqlite3.Connection) -> None:
    """Take the steps that are missing, in order."""
    from sqlite_utils import Database, Migrations

    numbered = Migrations(_STEPS_OF)
    for name, step in STEPS.items():
        numbered(name=name)(lambda database, step=step: step(database.conn))
    numbered.apply(Database(conn))


def _note_steps(conn: sqlite3.Connection) -> None:
    """Note of a new journal that it has what all steps lead to."""
    for statement in LIST_OF_STEPS.split(";"):
        conn.execute(statement)
    present_at = clock.now()
    rows = [(_STEPS_OF, name, str(present_at.astimezone(UTC))) for name in STEPS]
    conn.executemany("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)", rows)


def create_tables(conn: sqlite3.Connection) -> None:
    """Make the tables and draw this device's name."""
    for statement in TABLES.split(";"):
        conn.execute(statement)
    conn.execute("INSERT INTO meta VALUES ('device', ?)", (new_device(),))


def _changed_views_alone(_: sqlite3.Connection) -> None:
    """Nothing, any more: a change of the views was a step once."""


STEPS: Mapping[str, Callable[[sqlite3.Connection], None]] = MappingProxyType({
    "step_001_journal": create_tables,
    "step_002_everything_a_day_holds": _changed_views_alone,
    "step_003_questions_and_visits": _changed_views_alone,
})


def definitions() -> dict[str, str]:
    """The SQL of every table and index by name, its blanks made single, as a journal of any version holds it."""
    statements = [" ".join(sql.split()) for sql in f"{TABLES};{LIST_OF_STEPS}".split(";")]
    return {re.sub(r"CREATE (?:TABLE|(?:UNIQUE )?INDEX) \"?(\w+).*", r"\1", sql): sql for sql in statements}
