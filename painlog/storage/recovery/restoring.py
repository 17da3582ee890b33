"""Bringing a journal back: read another file's values, make a journal of them, and put it in the live one's place.

Nothing of the other file is copied but checked values, so an older version's or a stranger's file brings nothing else
along. The live file changes in one transaction of SQLite's own; one that cannot be opened is moved aside, not lost.
"""

import os
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from painlog.errors import BadInput, FileRefused, JournalBusy, JournalFailed, JournalLocked, JournalRefused, reason
from painlog.storage import connection, files, schema, views
from painlog.storage.encryption.keys import Key
from painlog.storage.journal import Journal
from painlog.storage.log.changes import Op, is_device
from painlog.storage.log.merging import checked
from painlog.storage.recovery import backups
from painlog.storage.recovery.backups import Snapshot

_READ = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION})


class Held(NamedTuple):
    """What a file holds: every change, what it knows of itself, and how many entries are living."""

    ops: Sequence[Op]
    meta: Mapping[str, str]
    living: int


class Restored(NamedTuple):
    """What a restore did: the snapshot made before it, or where the file went that could not be used; else neither."""

    before: Snapshot | None
    aside: Path | None


def held(path: Path) -> Held:
    """Return what another file holds, every part of it checked. Raises FileRefused."""
    try:
        if not files.is_database(path):
            raise FileRefused(f"{path} is not a copy of a painlog journal")
        if connection.is_cut_short(path):
            raise FileRefused(_damaged(path))
        with files.strange(path) as conn:
            _check_stamps(conn, path)
            _check_objects(conn, path)
            if not files.is_sound(conn):
                raise FileRefused(_damaged(path))
            return _values(conn)
    except OSError as error:
        raise FileRefused(f"cannot read {path}: {reason(error)}") from error
    except (sqlite3.Error, BadInput, UnicodeError) as error:
        raise FileRefused(_damaged(path)) from error


def _damaged(path: Path) -> str:
    return f"{path} is damaged; painlog backup --list names others"


def _check_stamps(conn: sqlite3.Connection, path: Path) -> None:
    application, version = connection.stamps(conn)
    if application != connection.APPLICATION_ID or version < 1:
        raise FileRefused(f"{path} is another program's database, not a copy of a painlog journal")
    if version > connection.VERSION:
        raise FileRefused(f"{path} is of a newer painlog; update painlog to restore it")


def _check_objects(conn: sqlite3.Connection, path: Path) -> None:
    """Refuse a file with anything in it that painlog did not put there. Raises FileRefused.

    The views are of whatever version the file is, and are neither read nor copied.
    """
    known = schema.definitions()
    for sort, name, sql in conn.execute("SELECT type, name, sql FROM sqlite_schema").fetchall():
        said = " ".join((sql or "").split())
        own = views.is_own(name, said) if sort == "view" else known.get(name) == said or _is_sqlites(sort, name, said)
        if sort == "trigger" or not own:
            raise FileRefused(f"{path} holds a {sort} {str(name)[:40]!r} that is not painlog's; it was not used")


def _is_sqlites(sort: str, name: str, sql: str) -> bool:
    """Whether something is SQLite's own."""
    return name.startswith("sqlite_") or (sort == "index" and not sql)


def _values(conn: sqlite3.Connection) -> Held:
    conn.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _READ else sqlite3.SQLITE_DENY)
    ops = sorted(each.op for each in checked(conn.execute("SELECT * FROM ops").fetchall()))
    return Held(ops, backups.known_to(conn), backups.living_in(conn))


def restore(path: Path, source: Path, present_at: datetime, *, back_up: bool = True) -> Restored:
    """Put what another file holds in the journal's place, wholly or not at all.

    Raises FileRefused for a file that is not whole, BackupFailed where the present one cannot be backed up first,
    JournalRefused where something else is in the journal's place.
    """
    found = held(source)
    live = _live(path)
    key = files.key_of(path if live else source)
    with backups.making(path, present_at, backups.RESTORED) as (unfinished, _):
        _build(unfinished, found.ops, _meta(live, source, path, found), present_at, key)
        before = _put(unfinished, path, live, present_at, back_up=back_up)
    backups.rotate(path, present_at)
    return before


def put_together(
    path: Path, ops: Sequence[Op], meta: Mapping[str, str], present_at: datetime, key: Key | None
) -> Restored:
    """Make a journal of ops and put it in the place of one that is damaged, which is moved aside; sealed with a key."""
    with backups.making(path, present_at, backups.REPAIRED) as (unfinished, made):
        _build(unfinished, ops, meta, present_at, key)
    return _put(made.path, path, None, present_at, back_up=False)


def _live(path: Path) -> sqlite3.Connection | None:
    """Open the journal where it can be opened and is whole; None where it cannot. Raises JournalRefused."""
    if not connection.is_there(path):
        return None
    connection.refuse_links(path)
    try:
        conn = connection.connect(path)
    except JournalLocked:
        raise
    except (JournalRefused, JournalFailed):
        return None
    try:
        with connection.translated(path):
            schema.version_of(conn, path)
            if is_whole(conn):
                return conn
    except JournalFailed:
        pass
    except BaseException:
        conn.close()
        raise
    conn.close()
    return None


def is_whole(conn: sqlite3.Connection) -> bool:
    """Whether SQLite finds nothing wrong with a file that holds a journal."""
    tables = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('meta', 'ops', 'entries')"
    return files.is_sound(conn) and bool(conn.execute(tables).fetchone() == (3,))


def _meta(live: sqlite3.Connection | None, source: Path, path: Path, found: Held) -> dict[str, str]:
    """What the journal is to know of itself: what it knows now, else what its own snapshot knew, else nothing."""
    if live:
        return backups.known_to(live)
    own = source.parent == backups.folder(path) and is_device(found.meta.get("device", ""))
    return dict(found.meta) if own else {}


def _build(target: Path, ops: Sequence[Op], meta: Mapping[str, str], present_at: datetime, key: Key | None) -> None:
    """Make a journal of the present version in an empty file, sealed if there is a key, and look it over."""
    conn = connection.connect(target, sealing=key)
    with Journal(conn, target, present_at) as journal:
        schema.prepare(conn, target, present_at)
        journal.hold(ops, meta)
    backups.look_through(target)


def _put(built: Path, path: Path, live: sqlite3.Connection | None, present_at: datetime, *, back_up: bool) -> Restored:
    """Put a journal that was built in the place of the live one, which is backed up, or moved aside if not usable."""
    before, gone = None, None
    if live is None:
        gone = aside(path, present_at) if connection.is_there(path) else None
        files.create(path)
        live = connection.connect(path, sealing=files.key_of(built))
    with closing(live), files.alone(live, path):
        if back_up and gone is None and live.execute("SELECT 1 FROM sqlite_schema").fetchone():
            before = backups.take(live, path, present_at, backups.RESTORE)
        with files.strange(built) as source:
            source.backup(live, progress=_patience())
        if backups.digest(live) != backups.look_through(built):
            raise JournalFailed(f"the journal {path} is not what was put there; painlog doctor looks it over")
    return Restored(before, gone)


class _patience:  # noqa: N801  (reads as a function)
    """Break off a backup that waits for another process for too long."""

    def __init__(self) -> None:
        self.end = monotonic() + connection.WAIT_SECONDS

    def __call__(self, status: int, remaining: int, total: int) -> None:
        if status != sqlite3.SQLITE_DONE and monotonic() > self.end:
            raise JournalBusy("another painlog is busy with the journal, which stays as it is; try again in a moment")


def aside(path: Path, present_at: datetime) -> Path:
    """Move a journal that cannot be used aside with the files that SQLite kept beside it, those first."""
    stamp = f"{path.stem}-damaged-{present_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    names = (path.with_name(f"{stamp}{f'-{i}' if i else ''}.db") for i in count())
    target = next(name for name in names if not os.path.lexists(name))
    try:
        for side in (*files.SIDE_FILES, ""):
            if os.path.lexists(files.beside(path, side)):
                files.beside(path, side).rename(files.beside(target, side))
    except OSError as error:
        raise JournalFailed(f"cannot move {path} aside: {reason(error)}; nothing was restored") from error
    return target
