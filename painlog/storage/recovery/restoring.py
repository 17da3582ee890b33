"""Bringing a journal back: read another file's values, make a journal of them, and put it in the live one's place.

Nothing of the other file is copied but checked values, so an older version's or a stranger's file brings nothing else
along. The live file changes in one transaction of SQLite's own; one that cannot be opened is kept aside, not lost.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from painlog.errors import BadInput, FileRefused, JournalBusy, JournalFailed, JournalLocked, JournalRefused, reason
from painlog.storage import connection, files, schema, views
from painlog.storage.encryption.keys import Key, Keys
from painlog.storage.journal import Journal
from painlog.storage.log.changes import EVERY, Change, is_device, pieces
from painlog.storage.log.forgetting import FORGET, forget_all
from painlog.storage.log.merging import check_changes, sort_out
from painlog.storage.recovery import backups
from painlog.storage.recovery.backups import Snapshot
from painlog.storage.recovery.replacing import replace

_READ = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION})


class CopyContent(NamedTuple):
    """What a file holds: every change, what it knows of itself, and how many entries are living."""

    changes: Sequence[Change]
    meta: Mapping[str, str]
    living: int


class RestoreResult(NamedTuple):
    """What a restore did: the snapshot made before it, or where the file went that could not be used; else neither."""

    before: Snapshot | None
    aside: Path | None


def read_copy(path: Path, keys: Keys | None) -> CopyContent:
    """Return what another file holds, every part of it checked. Raises FileRefused."""
    try:
        if not files.is_database(path):
            raise FileRefused(f"{path} is not a copy of a painlog journal")
        if connection.is_cut_short(path):
            raise FileRefused(_say_damaged(path))
        with files.open_strange(path, keys) as conn:
            _check_stamps(conn, path)
            _check_objects(conn, path)
            if not files.is_sound(conn):
                raise FileRefused(_say_damaged(path))
            return _values(conn)
    except OSError as error:
        raise FileRefused(f"cannot read {path}: {reason(error)}") from error
    except (sqlite3.Error, BadInput, UnicodeError) as error:
        raise FileRefused(_say_damaged(path)) from error


def check_strange(path: Path, content: CopyContent) -> None:
    """Refuse a file of unknown origin that holds what no sync would take. Raises FileRefused, which says what."""
    found = sort_out({"": content.changes}, lambda _: {})
    for why in (*found.refused.values(), *found.waiting.values()):
        raise FileRefused(f"{path} was not restored: {why}; if it is a journal of yours: painlog restore FILE --mine")


def _say_damaged(path: Path) -> str:
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


def _values(conn: sqlite3.Connection) -> CopyContent:
    conn.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _READ else sqlite3.SQLITE_DENY)
    changes = [each.change for some in pieces(conn.execute(EVERY)) for each in check_changes(some)]
    return CopyContent(changes, backups.read_meta(conn), backups.count_entries_in(conn))


def restore(
    path: Path, source: Path, present_at: datetime, keys: Keys | None, *, back_up: bool = True
) -> RestoreResult:
    """Put what another file holds in the journal's place, wholly or not at all.

    Raises FileRefused for a file that is not whole, BackupFailed where the present one cannot be backed up first,
    JournalRefused where something else is in the journal's place.
    """
    found = read_copy(source, keys)
    with _live(path, keys) as live:
        key = files.key_of(path if live else source, keys)
        with backups.new_snapshot(path, present_at, backups.RESTORED) as (unfinished, restored):
            changes = forget_all([*found.changes, *_find_forgotten(live, found.changes)])
            latest = max((change.hlc for change in changes), default="")
            meta = _meta(live, source, path, found) | {"taken": f"restore {latest}"}
            _build(unfinished, sorted(changes), meta, present_at, keys, key)
            before = _put(unfinished, path, live, present_at, keys, back_up=back_up)
    backups.rotate(path, present_at, keys=keys, made=[*filter(None, (restored, before.before))])
    return before


def put_together(
    path: Path,
    changes: Sequence[Change],
    meta: Mapping[str, str],
    present_at: datetime,
    keys: Keys | None,
    key: Key | None,
) -> RestoreResult:
    """Make a journal of changes, sealed if there is a key, in the place of one that is damaged and is moved aside."""
    with backups.new_snapshot(path, present_at, backups.REPAIRED) as (unfinished, made):
        _build(unfinished, changes, meta, present_at, keys, key)
    return _put(made.path, path, None, present_at, keys, back_up=False)


@contextmanager
def _live(path: Path, keys: Keys | None) -> Iterator[sqlite3.Connection | None]:
    """Open the journal for a block where it can be opened and is whole; None where it cannot. Raises JournalRefused."""
    conn = _connect(path, keys)
    if conn is None:
        yield None
        return
    with closing(conn):
        try:
            with connection.translate_errors(path):
                schema.version_of(conn, path)
                whole = is_whole(conn)
        except JournalFailed:
            whole = False
        if whole:
            yield conn
            return
    yield None


def _connect(path: Path, keys: Keys | None) -> sqlite3.Connection | None:
    if not connection.is_there(path):
        return None
    connection.refuse_links(path)
    try:
        return connection.connect(path, keys=keys)
    except JournalLocked:
        raise
    except (JournalRefused, JournalFailed):
        return None


def is_whole(conn: sqlite3.Connection) -> bool:
    """Whether SQLite finds nothing wrong with a file that holds a journal."""
    tables = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('meta', 'ops', 'entries')"
    return files.is_sound(conn) and bool(conn.execute(tables).fetchone() == (3,))


def _meta(live: sqlite3.Connection | None, source: Path, path: Path, content: CopyContent) -> dict[str, str]:
    """What the journal is to know of itself: what it knows now, else what its own snapshot knew, else nothing."""
    if live:
        return backups.read_meta(live)
    own = source.parent == backups.folder(path) and is_device(content.meta.get("device", ""))
    return dict(content.meta) if own else {}


def _find_forgotten(live: sqlite3.Connection | None, changes: Iterable[Change]) -> set[Change]:
    """What the journal was told to forget of the entries of some changes, which those do not know."""
    rows = live.execute("SELECT * FROM ops WHERE source = ?", (FORGET,)).fetchall() if live else ()
    entries, there = {change.entry for change in changes}, set(changes)
    return {change for row in rows if (change := Change(*row)).entry in entries} - there


def _build(
    target: Path,
    changes: Sequence[Change],
    meta: Mapping[str, str],
    present_at: datetime,
    keys: Keys | None,
    key: Key | None,
) -> None:
    """Make a journal of the present version in an empty file, sealed if there is a key, and look it over."""
    conn = connection.connect(target, keys=keys, sealing=key)
    with Journal(conn, target, present_at, keys=keys) as journal:
        schema.prepare(conn, target, present_at, keys)
        journal.hold(changes, meta)
    backups.look_through(target, keys)


def _put(
    built: Path,
    path: Path,
    live: sqlite3.Connection | None,
    present_at: datetime,
    keys: Keys | None,
    *,
    back_up: bool,
) -> RestoreResult:
    """Put a journal that was built in the place of the live one, which is backed up, or kept aside if not usable."""
    if live is None:
        return RestoreResult(None, replace(path, built, present_at))
    before = None
    with files.exclusive(live, path):
        if back_up and live.execute("SELECT 1 FROM sqlite_schema").fetchone():
            before = backups.take(live, path, present_at, backups.RESTORE, keys)
        with files.open_strange(built, keys) as source:
            source.backup(live, progress=_patience())
        if backups.digest(live) != backups.look_through(built, keys):
            raise JournalFailed(f"the journal {path} is not what was put there; painlog doctor looks it over")
    return RestoreResult(before, None)


def _patience() -> Callable[[int, int, int], None]:
    """Return what breaks off a backup that waits for another process for too long."""
    end = monotonic() + connection.WAIT_SECONDS

    def check(status: int, _remaining: int, _total: int) -> None:
        if status != sqlite3.SQLITE_DONE and monotonic() > end:
            raise JournalBusy("another painlog is busy with the journal, which stays as it is; try again in a moment")

    return check
