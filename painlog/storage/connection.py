"""The journal file: where it is, how it is opened, and the one way to write to it.

Knows SQLite, files and permissions; not what an entry is. Settings: a rollback journal with ``synchronous=EXTRA``,
since SQLite's default may lose an acknowledged row on a power cut; ``BEGIN IMMEDIATE`` with a long wait, so that two
terminals never fail each other. Nothing is ever created in place of a file that cannot be read.

A prompt and TAB open the journal through here with nothing else loaded, so this imports neither ``pathlib`` nor
``typing``, each a third of the cost of SQLite.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from painlog.errors import JournalBusy, JournalFailed, JournalRefused, PainlogError, reason

if TYPE_CHECKING:
    from pathlib import Path

    from painlog.storage.encryption.keys import Key

    class Keeper(Protocol):
        """Who has keys to encrypted files, or can ask for them. One who does not ask takes what is kept."""

        asks: bool

        def candidates(self, path: Path | str, salt: bytes) -> Iterator[Key]:
            """Yield keys that may open a file until one does. Raises JournalLocked at the end."""

        def opened(self, key: Key) -> None:
            """Hear that a key opened the file."""


APPLICATION_ID = int.from_bytes(b"PANL")
VERSION = 3  # of the journal: how many steps ``schema`` has
WAIT_SECONDS = 30.0
MAGIC = b"SQLite format 3\x00"
SEALED_PAGE = 4096
JOURNAL = ("XDG_DATA_HOME", "/.local/share", "journal.db")
CONFIG = ("XDG_CONFIG_HOME", "/.config", "config.toml")
_SETTINGS = (
    *("trusted_schema=OFF", "cell_size_check=ON", "foreign_keys=ON", "temp_store=MEMORY", "secure_delete=ON"),
    *("fullfsync=ON", "synchronous=EXTRA"),
)


class _Keys:
    """The keys that opened a file in this process, by the salt that the file begins with, and who has more."""

    def __init__(self) -> None:
        self.known: dict[bytes, Key] = {}
        self.keeper: Keeper | None = None


KEYS = _Keys()


def default_place() -> str:
    """Return ``journal.db`` in the platform's data directory, or what ``PAINLOG_JOURNAL`` names."""
    return _place("PAINLOG_JOURNAL", JOURNAL, "user_data_path")


def config_place() -> str:
    """Return ``config.toml`` in the platform's configuration directory, or what ``PAINLOG_CONFIG`` names."""
    return _place("PAINLOG_CONFIG", CONFIG, "user_config_path")


def _place(variable: str, usual: tuple[str, str, str], platforms: str) -> str:
    if named := os.environ.get(variable):
        return own_place(named)
    if found := plain_place(*usual):
        return found
    import platformdirs

    return str(getattr(platformdirs, platforms)("painlog", appauthor=False) / usual[-1])


def plain_place(variable: str, below: str, name: str) -> str:
    """Return where ``platformdirs``, whose import costs as much as SQLite's, would have a file on a plain Linux.

    Empty wherever that takes more than an absolute ``HOME`` and an absolute ``XDG_…`` directory, if one is set.
    """
    home, named = os.environ.get("HOME", ""), os.environ.get(variable, "")
    if sys.platform != "linux" or "ANDROID_DATA" in os.environ or home[:1] != "/":
        return ""
    if named and (named[:1] != "/" or named != named.strip()):
        return ""
    return f"{named or home.rstrip('/') + below}/painlog/{name}"


def own_place(named: str) -> str:
    """Return the name of a file with ``~`` written out, as ``own_path`` does."""
    if named[:1] != "~":
        return named
    from pathlib import Path

    return str(own_path(Path(named)))


def own_path(path: Path) -> Path:
    """Return a path with ``~`` written out. Raises JournalRefused for somebody whose home is not known."""
    try:
        return path.expanduser()
    except RuntimeError:
        raise JournalRefused(f"cannot tell whose home {path} means; write the whole path") from None


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
    path: Path | str, wait: float = WAIT_SECONDS, *, write: bool = True, sealing: Key | None = None
) -> sqlite3.Connection:
    """Open an existing journal file with painlog's settings, or only to look at it; ``sealing``: see ``opened_as``.

    Raises JournalRefused, JournalBusy, JournalFailed, PartMissing.
    """
    salt = look_over(path)
    short = is_cut_short(path)  # perhaps: another process that is writing may be about to make it longer
    with translated(path):
        conn = opened_as(path, f"mode={'rw' if write else 'ro'}", wait, salt, sealing)
        try:
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


def opened_as(path: Path | str, how: str, wait: float, salt: bytes, sealing: Key | None = None) -> sqlite3.Connection:
    """Open a file, an encrypted one with a key that opens it.

    ``sealing`` is the key that an empty file gets; a plain one is opened so that a sealed one can be made of it.
    """
    uri = f"{as_uri(path)}?{how}"
    if not salt and sealing is None:
        return sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None)
    from painlog.storage.encryption.unlocking import sealed, unlocked

    if salt:
        return unlocked(path, uri, wait, salt)
    return sealed(uri, wait, sealing if is_empty(path) else None)


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


class write:  # noqa: N801  (a block's beginning, as contextlib names its own)
    """Run a block in one transaction, all of it or nothing: the only way to write.

    Waits for other processes before anything is read. What the block wrote is on disk when it ends without an error. A
    block within a transaction belongs to it.
    """

    def __init__(self, conn: sqlite3.Connection, path: Path | str) -> None:
        self._conn, self._path, self._within = conn, path, False

    def __enter__(self) -> None:
        self._within = self._conn.in_transaction
        if not self._within:
            with translated(self._path):
                self._conn.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if self._within:
            return
        with translated(self._path):
            try:
                if error is None:
                    self._conn.execute("COMMIT")
            finally:
                if self._conn.in_transaction:
                    self._conn.execute("ROLLBACK")
        translated(self._path).__exit__(kind, error, trace)


def read_lightly(conn: sqlite3.Connection) -> None:
    """Read next to nothing: within a transaction it takes a reader's lock, after exclusive use it lets that go."""
    conn.execute("SELECT count(*) FROM sqlite_schema").close()


class snapshot:  # noqa: N801
    """Let everything that a block reads be of one moment."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def __enter__(self) -> None:
        self._conn.execute("BEGIN")

    def __exit__(self, *_: object) -> None:
        self._conn.execute("ROLLBACK")


class translated:  # noqa: N801
    """Turn the errors that SQLite raises in a block into painlog's sentences."""

    def __init__(self, path: Path | str) -> None:
        self._path = path

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, sqlite3.Error):
            raise _sentence(error, self._path) from error
        if isinstance(error, UnicodeDecodeError):  # a complaint of SQLite's that quotes what is damaged
            raise _damaged(self._path) from error


def _sentence(error: sqlite3.Error, path: Path | str) -> PainlogError:
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    name = getattr(error, "sqlite_errorname", "") or ""
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return JournalBusy("another painlog is busy with the journal; nothing was saved, try again in a moment")
    if code == sqlite3.SQLITE_FULL or name == "SQLITE_IOERR_WRITE":
        return JournalFailed("the disk is full; nothing was saved, and what was recorded before is safe")
    if code == sqlite3.SQLITE_READONLY and (name.endswith("DBMOVED") or _may_write(path)):
        return JournalBusy(
            f"another painlog has just put a new file in the place of {path}; nothing was saved, try again"
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return JournalFailed(f"the journal {path} or its directory is read-only; nothing was saved")
    if code == sqlite3.SQLITE_NOTADB:
        return _damaged(path) if salt_of(path) else _cut_short(path) if is_cut_short(path) else no_journal(path)
    if code == sqlite3.SQLITE_CORRUPT and is_cut_short(path):
        return _cut_short(path)
    if code in (
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_TOOBIG,
    ):  # see ``bound``
        return _damaged(path)
    return JournalFailed(f"the journal {path} could not be used ({name or type(error).__name__}); nothing was saved")


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
