"""Opening an encrypted file: which key, and how SQLCipher is told. Loaded only where a file is encrypted.

Only ``painlog.storage.connection`` and ``painlog.storage.encryption.rewriting`` call this; nobody else opens anything.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from painlog.errors import JournalLocked, PartMissing
from painlog.storage import connection
from painlog.storage.connection import KEYS
from painlog.storage.encryption.keys import Key

if TYPE_CHECKING:
    from pathlib import Path

_LOOK = 4096
_ENOUGH_ALIKE = 8
_FEW_ZEROS = 100  # what is encrypted has some 16 of them in 4,096 bytes, a plain file's first page has hundreds


def unlocked(path: Path | str, uri: str, wait: float, salt: bytes) -> sqlite3.Connection:
    """Open an encrypted file with the key that is known, else with the first of the keeper's that opens it."""
    if salt in KEYS.known:
        if conn := _opening(uri, wait, KEYS.known[salt]):
            return conn
        raise not_whole()
    with open(path, "rb") as opened:  # noqa: PTH123  (pathlib would cost more than all of this)
        if opened.read(_LOOK).count(0) > _FEW_ZEROS:
            refuse_damaged(path)
    try:
        for key in KEYS.keeper.candidates(path, salt) if KEYS.keeper else ():
            if conn := _opening(uri, wait, key):
                KEYS.known[salt] = key
                if KEYS.keeper:
                    KEYS.keeper.opened(key)
                return conn
    except (JournalLocked, PartMissing):
        refuse_damaged(path)
        raise
    refuse_damaged(path)
    raise JournalLocked(f"{path} is encrypted, and there is no key to it here; left as it is")


def refuse_damaged(path: Path | str) -> None:
    """Tell damage from a wrong passphrase, without one. Raises sqlite3.DatabaseError for what no passphrase opens.

    A plain file whose beginning is damaged still holds changes that can be read. Two salts are drawn at random: one
    that is nearly that of a backup is the same one, damaged, and gives another key.
    """
    from pathlib import Path

    from painlog.storage.recovery.backups import found
    from painlog.storage.recovery.carving import carved
    from painlog.storage.recovery.checkup import sound

    path = Path(path)
    if any(_is_nearly(connection.salt_of(path), connection.salt_of(each.path)) for each in found(path)) or any(
        sound(carved(path))
    ):
        raise not_whole()


def _is_nearly(salt: bytes, other: bytes) -> bool:
    return salt != other and sum(a == b for a, b in zip(salt, other, strict=False)) >= _ENOUGH_ALIKE


def not_whole() -> sqlite3.DatabaseError:
    """Return the error for a file that its own key does not open any more."""
    error = sqlite3.DatabaseError("file is not a database")
    error.sqlite_errorcode, error.sqlite_errorname = sqlite3.SQLITE_NOTADB, "SQLITE_NOTADB"
    return error


def _opening(uri: str, wait: float, key: Key) -> sqlite3.Connection | None:
    """Open a file with a key; None where that key does not open it. Raises sqlite3.Error."""
    conn = sealed(uri, wait, key)
    try:
        conn.execute("PRAGMA schema_version").close()
    except sqlite3.DatabaseError as error:
        conn.close()
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            return None
        raise
    return conn


def sealed(uri: str, wait: float, key: Key | None) -> sqlite3.Connection:
    """Begin a connection of SQLCipher's. The key comes before all else. Raises PartMissing."""
    try:
        from painlog.storage.encryption.cipher import connected
    except ImportError:
        raise part_missing() from None
    conn: sqlite3.Connection = connected(uri, wait)
    if key:
        conn.execute(f'PRAGMA key = "{key.spec}"').close()
    conn.execute("PRAGMA cipher_log_level = NONE").close()
    return conn


def part_missing() -> PartMissing:
    """Say what encryption takes."""
    return PartMissing("an encrypted journal takes a part that is not installed: pip install 'painlog[encryption]'")


def opens(path: Path, key: Key) -> bool:
    """Whether a key opens an encrypted file; nothing is asked and nothing kept."""
    try:
        conn = _opening(f"{connection.as_uri(path)}?mode=ro&immutable=1", 0, key)
    except (sqlite3.Error, OSError):
        return False
    if conn:
        conn.close()
    return conn is not None
