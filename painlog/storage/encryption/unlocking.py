"""Opening an encrypted file: which key, and how SQLCipher is told. Loaded only where a file is encrypted.

Only ``painlog.storage.connection`` opens files through here; nobody else opens anything.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from painlog.errors import JournalLocked, PartMissing

if TYPE_CHECKING:
    from pathlib import Path

    from painlog.storage.encryption.keys import Key, Keys


def unlock(path: Path | str, uri: str, wait: float, salt: bytes, keys: Keys | None) -> sqlite3.Connection:
    """Open an encrypted file with the key that is known, else with the first of the candidates that opens it."""
    if keys and salt in keys.known:
        if conn := _open_with(uri, wait, keys.known[salt]):
            return conn
        raise not_whole()
    for key in keys.candidates(path, salt) if keys else ():
        if keys and (conn := _open_with(uri, wait, key)):
            keys.accept(key)
            return conn
    raise JournalLocked(f"{path} is encrypted, and there is no key to it here; left as it is")


def not_whole() -> sqlite3.DatabaseError:
    """Return the error for a file that its own key does not open any more."""
    error = sqlite3.DatabaseError("file is not a database")
    error.sqlite_errorcode, error.sqlite_errorname = sqlite3.SQLITE_NOTADB, "SQLITE_NOTADB"
    return error


def opens(uri: str, key: Key) -> bool:
    """Whether a key opens an encrypted file that ``uri`` names; nothing is asked and nothing kept."""
    try:
        conn = _open_with(f"{uri}?mode=ro&immutable=1", 0, key)
    except (sqlite3.Error, OSError):
        return False
    if conn:
        conn.close()
    return conn is not None


def _open_with(uri: str, wait: float, key: Key) -> sqlite3.Connection | None:
    """Open a file with a key; None where that key does not open it. Raises sqlite3.Error."""
    conn = open_sealed(uri, wait, key)
    try:
        conn.execute("PRAGMA schema_version").close()
    except sqlite3.DatabaseError as error:
        conn.close()
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            return None
        raise
    return conn


def open_sealed(uri: str, wait: float, key: Key | None) -> sqlite3.Connection:
    """Begin a connection of SQLCipher's. The key comes before all else. Raises PartMissing."""
    check_part()
    from painlog.storage.encryption.cipher import connect

    conn: sqlite3.Connection = connect(uri, wait)
    if key:
        conn.execute(f'PRAGMA key = "{key.spec}"').close()
    conn.execute("PRAGMA cipher_log_level = NONE").close()
    return conn


def check_part() -> None:
    """Raise PartMissing where what encryption takes is not installed."""
    try:
        import painlog.storage.encryption.cipher  # noqa: F401
    except ImportError:
        raise PartMissing(
            "an encrypted journal takes a part that is not installed: pip install 'painlog[encryption]'"
        ) from None
