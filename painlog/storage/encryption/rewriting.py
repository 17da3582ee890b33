"""Sealing a journal, unsealing it, and sealing it anew: written beside it, compared, and only then in its place.

Every other process is kept out meanwhile; one that had the old file open is told to try again, and writes nothing.
"""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from painlog.errors import FileRefused, JournalFailed, reason
from painlog.storage import connection, files
from painlog.storage.companions import unfinished
from painlog.storage.encryption.keys import Key, Keys
from painlog.storage.journal import Journal
from painlog.storage.recovery import backups
from painlog.storage.recovery.backups import Snapshot
from painlog.storage.recovery.carving import carve
from painlog.storage.recovery.checkup import sound_changes

PLAIN = Key(b"", b"")


def rewrite(path: Path, present_at: datetime, keys: Keys, key: Key) -> Snapshot:
    """Put the journal in its own place under another key, ``PLAIN`` for none; wholly or not at all.

    The backup before it is sealed too: with the old key, or with the new one where there was none. Raises BackupFailed,
    JournalFailed, JournalBusy.
    """
    Journal.open(path, present_at, keys=keys).close()  # of the present version
    was_sealed = bool(connection.salt_of(path))
    if key.salt:
        keys.known[key.salt] = key
    with closing(connection.connect(path, keys=keys, sealing=PLAIN)) as conn, files.exclusive(conn, path):
        if was_sealed:
            made = backups.take(conn, path, present_at, backups.SEAL, keys)
        else:
            made = _back_up_sealed(conn, path, present_at, keys, key)
        _replace(conn, path, keys, key)
    return made


def _back_up_sealed(conn: sqlite3.Connection, path: Path, present_at: datetime, keys: Keys, key: Key) -> Snapshot:
    with backups.new_snapshot(path, present_at, backups.SEAL) as (target, made):
        _export(conn, target, key)
        if backups.look_through(target, keys) != backups.digest(conn):
            raise sqlite3.DatabaseError("the copy is damaged")
    return made


def _replace(conn: sqlite3.Connection, path: Path, keys: Keys, key: Key) -> None:
    new = unfinished(path)
    try:
        new.unlink(missing_ok=True)
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            _export(conn, new, key)
            if bool(connection.salt_of(new)) != bool(key.salt) or backups.look_through(new, keys) != backups.digest(
                conn
            ):
                raise JournalFailed(f"the new file beside {path} is not what the journal holds; nothing was changed")
            files.to_disk(new)
            files.take_place(new, path)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        raise files.not_replaced(path, error) from error


def _export(conn: sqlite3.Connection, target: Path, key: Key) -> None:
    """Write everything of an open journal into an empty file, under a key."""
    backups.digest(conn)  # what is wrong in the journal shows here, so what goes wrong below is the new file's
    try:
        _write_under(conn, target, key)
    except sqlite3.DatabaseError as error:
        if connection.code_of(error) == sqlite3.SQLITE_BUSY:
            raise
        raise JournalFailed(
            f"the disk took no new file beside the journal ({target.name}); the journal is left as it is"
        ) from error


def _write_under(conn: sqlite3.Connection, target: Path, key: Key) -> None:
    conn.execute("ATTACH ? AS sealing KEY ?", (connection.as_uri(target), key.spec if key.salt else "")).close()
    try:
        for setting in ("journal_mode = OFF", "synchronous = OFF"):  # a file that is only of use when it is finished
            conn.execute(f"PRAGMA sealing.{setting}").close()
        conn.execute("SELECT sqlcipher_export('sealing')").close()
        for name in ("application_id", "user_version"):
            value = int(conn.execute(f"PRAGMA main.{name}").fetchone()[0])
            conn.execute(f"PRAGMA sealing.{name} = {value}").close()
    finally:
        conn.execute("DETACH sealing").close()


def is_readable(path: Path) -> bool:
    """Whether a file can be read by anyone who has it: none that is encrypted, but a damaged one that only looks so."""
    try:
        if not path.is_file() or path.stat().st_size == 0:
            return False
        return not connection.salt_of(path) or any(sound_changes(carve(path)))
    except OSError:
        return False


def remove(files: list[Path]) -> None:
    """Remove files. Raises FileRefused at the first that stays."""
    for each in files:
        try:
            each.unlink(missing_ok=True)
        except OSError as error:
            raise FileRefused(f"{each} stays, and what was listed after it: {reason(error)}") from error
