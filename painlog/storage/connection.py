"""Opening a journal's file, the one way to write to it, and what SQLite's errors mean to the person.

Knows SQLite, files and permissions; not what an entry is, nor where a journal is by default. Settings: a rollback
journal with ``synchronous=EXTRA``, since SQLite's default may lose an acknowledged row on a power cut; ``BEGIN
IMMEDIATE`` with a long wait, so that two terminals never fail each other. Nothing is ever created in place of a file
that cannot be read.

A prompt and TAB open the journal through here with nothing else loaded, so this does without ``pathlib``, which costs a
third of SQLite.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from painlog.errors import JournalBusy, JournalFailed, JournalRefused, PainlogError, reason

if TYPE_CHECKING:
    from pathlib import Path

    from painlog.storage.encryption.keys import Key, Keys

APPLICATION_ID = int.from_bytes(b"PANL")
VERSION = 3  # of the journal: how many steps ``schema`` has
WAIT_SECONDS = 30.0
_LITTLE = 2**20  # bytes of a disk with which nothing can be written any more
MAGIC = b"SQLite format 3\x00"
SEALED_PAGE = 4096
_SETTINGS = (
    *("trusted_schema=OFF", "cell_size_check=ON", "foreign_keys=ON", "temp_store=MEMORY", "secure_delete=ON"),
    *("fullfsync=ON", "synchronous=EXTRA"),
)


class Connection(sqlite3.Connection):
    """A connection that knows which file it was opened on."""

    file: tuple[int, int] | None = None


def is_empty(path: Path | str) -> bool:
    """Whether a file holds nothing. Raises OSError."""
    return os.stat(path).st_size == 0


def is_there(path: Path | str) -> bool:
    """Whether something stands at the path, of whatever sort. Raises JournalRefused where that cannot be told."""
    try:
        os.lstat(path)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise JournalRefused(f"cannot read the journal {path}: {reason(error)}") from error
    return True


def connect(
    path: Path | str,
    wait: float = WAIT_SECONDS,
    *,
    keys: Keys | None = None,
    write: bool = True,
    sealing: Key | None = None,
) -> sqlite3.Connection:
    """Open an existing journal file with painlog's settings, or only to look at it; ``sealing``: see ``open_file``.

    Raises JournalRefused, JournalBusy, JournalFailed, JournalLocked, PartMissing.
    """
    salt = look_over(path)
    short = is_cut_short(path)  # perhaps: another process that is writing may be about to make it longer
    before = _file_at(path)
    with translate_errors(path):
        conn = open_file(path, f"mode={'rw' if write else 'ro'}", wait, salt, keys, sealing)
        try:
            setattr(conn, "file", before)  # noqa: B010  (SQLCipher's connections are of another class)
            _refuse_moved(conn, path)
            for setting in _SETTINGS:
                conn.execute(f"PRAGMA {setting}").close()
            if short:
                _refuse_cut_short(conn, path)
            if write:
                _keep_a_rollback_journal(conn, wait)
        except BaseException:
            conn.close()
            raise
        return conn


def open_file(
    path: Path | str, how: str, wait: float, salt: bytes, keys: Keys | None, sealing: Key | None = None
) -> sqlite3.Connection:
    """Open a file, an encrypted one with a key that opens it.

    ``sealing`` is the key that an empty file gets; a plain one is opened so that a sealed one can be made of it.
    """
    uri = f"{as_uri(path)}?{how}"
    if not salt and sealing is None:
        return sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None, factory=Connection)
    from painlog.storage.encryption.unlocking import open_sealed, unlock

    if salt:
        return unlock(path, uri, wait, salt, keys)
    return open_sealed(uri, wait, sealing if is_empty(path) else None)


def as_uri(path: Path | str) -> str:
    """Name a file as SQLite reads it in a URI (sqlite.org/uri.html), also one whose name is no UTF-8."""
    whole = os.fsencode(os.path.join(os.getcwd(), path)).replace(b"\\", b"/" if os.name == "nt" else b"\\")
    plain = "".join(chr(byte) if byte < 128 and byte not in b"%?#" else f"%{byte:02x}" for byte in whole)
    return f"file:///{plain}" if os.name == "nt" else f"file://{plain}"


def salt_of(path: Path | str) -> bytes:
    """Return the salt that an encrypted file begins with; empty for any other. Not for one that is open and locked.

    Raises OSError.
    """
    with open(path, "rb") as file:
        head = file.read(16)
        size = os.fstat(file.fileno()).st_size
    return head if head and not head.startswith(MAGIC) and size % SEALED_PAGE == 0 else b""


def _keep_a_rollback_journal(conn: sqlite3.Connection, wait: float) -> None:
    """Switch back a file that another program put into WAL mode; while that program uses it, go on with WAL."""
    if conn.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
        return
    conn.execute("PRAGMA busy_timeout = 1000")
    with suppress(sqlite3.OperationalError):
        conn.execute("PRAGMA journal_mode = DELETE").close()
    conn.execute(f"PRAGMA busy_timeout = {int(1000 * wait)}")


@contextmanager
def write(conn: sqlite3.Connection, path: Path | str) -> Iterator[None]:
    """Run a block in one transaction, all of it or nothing: the only way to write.

    Waits for other processes before anything is read. What the block wrote is on disk when it ends without an error.
    """
    with translate_errors(path):
        conn.execute("BEGIN IMMEDIATE")
        try:
            _refuse_moved(conn, path)
            _refuse_triggers(conn, path)
            yield
            conn.execute("COMMIT")
        finally:
            if conn.in_transaction:
                conn.execute("ROLLBACK")


def vacuum(conn: sqlite3.Connection, path: Path | str) -> None:
    """Write a file anew as what is in it, nothing else. Raises JournalBusy where another program keeps an old log."""
    if conn.execute("PRAGMA journal_mode").fetchone()[0] != "delete":
        raise JournalBusy(f"another program has {path} open; close it, and try again")
    conn.execute("VACUUM").close()


def _refuse_moved(conn: sqlite3.Connection, path: Path | str) -> None:
    """Refuse to write to a file that had another put in its place while this process waited for it."""
    opened = getattr(conn, "file", None)
    if opened is not None and _file_at(path) != opened:
        raise moved(path)


def _refuse_triggers(conn: sqlite3.Connection, path: Path | str) -> None:
    """Refuse to write where something else would write too. Raises JournalRefused."""
    if conn.execute("SELECT 1 FROM sqlite_schema WHERE type = 'trigger' LIMIT 1").fetchone():
        raise JournalRefused(
            f"{path} holds a trigger, none of painlog's; nothing was saved; painlog doctor --repair leaves it out"
        )


def _file_at(path: Path | str) -> tuple[int, int] | None:
    """What tells a file from all others; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def moved(path: Path | str, saved: str = "nothing was saved, ") -> JournalBusy:
    """Say that the file is no longer the one that was opened."""
    return JournalBusy(f"another painlog has just put a new file in the place of {path}; {saved}try again")


def read_lightly(conn: sqlite3.Connection) -> None:
    """Read next to nothing: within a transaction it takes a reader's lock, after exclusive use it lets that go."""
    conn.execute("SELECT count(*) FROM sqlite_schema").close()


@contextmanager
def snapshot(conn: sqlite3.Connection) -> Iterator[None]:
    """Let everything that a block reads be of one moment."""
    conn.execute("BEGIN")
    try:
        yield
    finally:
        conn.execute("ROLLBACK")


@contextmanager
def translate_errors(path: Path | str) -> Iterator[None]:
    """Turn the errors that SQLite raises in a block into painlog's sentences."""
    try:
        yield
    except sqlite3.Error as error:
        raise _sentence(error, path) from error
    except UnicodeDecodeError as error:  # a complaint of SQLite's that quotes what is damaged
        raise _damaged(path) from error


def _sentence(error: sqlite3.Error, path: Path | str) -> PainlogError:
    code = code_of(error)
    name = getattr(error, "sqlite_errorname", "") or ""
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return JournalBusy("another painlog is busy with the journal; nothing was saved, try again in a moment")
    if is_disk_full(error, path):
        return JournalFailed("the disk is full; nothing was saved, and what was recorded before is safe")
    if code == sqlite3.SQLITE_IOERR:
        return JournalFailed(
            f"the disk failed ({name or error}); what was recorded before is safe, painlog list shows whether this is"
        )
    if code == sqlite3.SQLITE_READONLY and (name.endswith("DBMOVED") or _may_write(path)):
        return moved(path)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return JournalFailed(f"the journal {path} or its directory is read-only; nothing was saved")
    if code == sqlite3.SQLITE_NOTADB:
        return _damaged(path) if salt_of(path) else _cut_short(path) if is_cut_short(path) else no_journal(path)
    if code == sqlite3.SQLITE_CORRUPT and is_cut_short(path):
        return _cut_short(path)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_TOOBIG):  # see ``files.bound``
        return _damaged(path)
    return JournalFailed(f"the journal {path} could not be used ({name or type(error).__name__}); nothing was saved")


def code_of(error: sqlite3.Error) -> int:
    """Return the sort of an error by SQLite's own number, 0 for one that comes without."""
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def is_disk_full(error: sqlite3.Error, path: Path | str) -> bool:
    """Whether there was no room to write; of a limit SQLite only says that writing failed, of a full disk more."""
    if code_of(error) == sqlite3.SQLITE_FULL:
        return True
    return getattr(error, "sqlite_errorname", "") == "SQLITE_IOERR_WRITE" and _has_no_room(path)


def _has_no_room(path: Path | str) -> bool:
    if sys.platform == "win32":  # which does not say
        return False
    with suppress(OSError, ImportError, AttributeError):
        import resource

        if resource.getrlimit(resource.RLIMIT_FSIZE)[0] != resource.RLIM_INFINITY:
            return True
        disk = os.statvfs(os.path.dirname(path) or ".")
        return disk.f_bavail * disk.f_frsize < _LITTLE
    return False


def _damaged(path: Path | str) -> JournalFailed:
    return JournalFailed(f"the journal {path} is damaged; painlog doctor --repair keeps it and puts it together")


def _cut_short(path: Path | str) -> JournalRefused:
    return JournalRefused(f"the journal {path} was cut short; painlog restore brings back a backup and keeps the file")


def _may_write(path: Path | str) -> bool:
    """Whether the system would let one write: then SQLite refuses because its file is no longer in that place."""
    in_effect = os.access in os.supports_effective_ids
    return all(os.access(each, os.W_OK, effective_ids=in_effect) for each in (path, os.path.dirname(path) or "."))


def no_journal(path: Path | str) -> JournalRefused:
    """Say that a file is somebody else's."""
    return JournalRefused(f"{path} is not a painlog journal (perhaps encrypted, or another program's); left as it is")


def look_over(path: Path | str) -> bytes:
    """Refuse what SQLite should not be let near: links, directories, other files; return an encrypted one's salt."""
    refuse_links(path)
    try:
        with open(path, "rb") as file:
            head = file.read(16)
    except OSError as error:
        raise JournalRefused(f"cannot read the journal {path}: {reason(error)}") from error
    if not head or head.startswith(MAGIC):
        return b""
    if os.stat(path).st_size % SEALED_PAGE:
        raise no_journal(path)
    return head


def is_plain(path: Path | str) -> bool:
    """Whether a file begins as a journal of the present version does, not in WAL mode. Raises OSError, JournalRefused.

    While another program writes, the head may be older than what SQLite reads (sqlite.org/fileformat2.html).
    """
    refuse_links(path)
    with open(path, "rb") as file:
        head = file.read(72)
    numbers = int.from_bytes(head[60:64]), int.from_bytes(head[68:72])
    return head.startswith(MAGIC) and head[18:20] == b"\x01\x01" and numbers == (VERSION, APPLICATION_ID)


def is_present(conn: sqlite3.Connection) -> bool:
    """Whether it is a journal of the present version."""
    return stamps(conn) == (APPLICATION_ID, VERSION)


def stamps(conn: sqlite3.Connection) -> tuple[int, int]:
    """Whose file it is, and its version."""
    application = conn.execute("PRAGMA application_id").fetchone()[0]
    return int(application), int(conn.execute("PRAGMA user_version").fetchone()[0])


def refuse_links(path: Path | str) -> None:
    """Refuse what is no plain file of one name. Raises JournalRefused."""
    try:
        found = os.lstat(path)
    except OSError as error:
        raise JournalRefused(f"cannot read the journal {path}: {reason(error)}") from error
    if stat.S_ISLNK(found.st_mode):
        raise JournalRefused(
            f"{path} is not a plain file, it is a link; name the journal itself: {os.path.realpath(path)}"
        )
    if not stat.S_ISREG(found.st_mode):
        raise JournalRefused(f"{path} is not a plain file; name the journal file itself")
    if found.st_nlink > 1:
        raise JournalRefused(
            f"{path} has a second name (a hard link), which can damage a journal; remove one of the two"
        )


def _refuse_cut_short(conn: sqlite3.Connection, path: Path | str) -> None:
    """Look again under SQLite's lock, when nobody is writing. SQLite itself takes a cut last page for one of zeros."""
    with snapshot(conn):
        read_lightly(conn)
        if is_cut_short(path):
            raise _cut_short(path)


def is_cut_short(path: Path | str) -> bool:
    """Whether a file is smaller than its header says; an empty or an encrypted one is not."""
    with open(path, "rb") as file:
        head = file.read(100)
    if not head.startswith(MAGIC):
        return False
    if len(head) < 100:
        return True
    page = int.from_bytes(head[16:18])
    return int.from_bytes(head[28:32]) * (65536 if page == 1 else page) > os.stat(path).st_size
