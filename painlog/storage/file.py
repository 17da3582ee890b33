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
from contextlib import contextmanager, suppress

from painlog.errors import FileRefused, JournalBusy, JournalFailed, JournalRefused, PainlogError, reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Protocol

    from painlog.storage.keys import Key

    class Keeper(Protocol):
        """Who has keys to encrypted files, or can ask for them. One who does not ask takes what is kept."""

        asks: bool

        def candidates(self, path: Path, salt: bytes) -> Iterator[Key]:
            """Yield keys that may open a file until one does. Raises JournalLocked at the end."""

        def opened(self, key: Key) -> None:
            """Hear that a key opened the file."""


APPLICATION_ID = int.from_bytes(b"PANL")
WAIT_SECONDS = 30.0
SIDE_FILES = ("-journal", "-wal", "-shm")
MAGIC = b"SQLite format 3\x00"
SEALED_PAGE = 4096
JOURNAL = ("XDG_DATA_HOME", "/.local/share", "journal.db")
CONFIG = ("XDG_CONFIG_HOME", "/.config", "config.toml")
_MOST_LENGTH = 16_000_000
_STEPS, _STEPS_AT_ONCE = 1_000_000, 10_000
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


@contextmanager
def unasked() -> Iterator[None]:
    """Ask the person for no key while a block runs."""
    keeper, before = KEYS.keeper, bool(KEYS.keeper and KEYS.keeper.asks)
    if keeper:
        keeper.asks = False
    try:
        yield
    finally:
        if keeper:
            keeper.asks = before


def default_place() -> str:
    """Return ``journal.db`` in the platform's data directory, or what ``PAINLOG_JOURNAL`` names."""
    if named := os.environ.get("PAINLOG_JOURNAL"):
        return own_place(named)
    if found := plain_place(*JOURNAL):
        return found
    from platformdirs import user_data_path

    return str(user_data_path("painlog", appauthor=False) / JOURNAL[-1])


def config_place() -> str:
    """Return ``config.toml`` in the platform's configuration directory, or what ``PAINLOG_CONFIG`` names."""
    if named := os.environ.get("PAINLOG_CONFIG"):
        return own_place(named)
    if found := plain_place(*CONFIG):
        return found
    from platformdirs import user_config_path

    return str(user_config_path("painlog", appauthor=False) / CONFIG[-1])


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
    """Open an existing journal file with painlog's settings, or only to look at it; ``sealing``: see ``_begun``.

    Raises JournalRefused, JournalBusy, JournalFailed, PartMissing.
    """
    salt = look_over(path)
    short = is_cut_short(path)  # perhaps: another process that is writing may be about to make it longer
    with translated(path):
        conn = _begun(path, f"mode={'rw' if write else 'ro'}", wait, salt, sealing)
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


def _begun(path: Path | str, how: str, wait: float, salt: bytes, sealing: Key | None = None) -> sqlite3.Connection:
    """Open a file, an encrypted one with a key that opens it.

    ``sealing`` is the key that an empty file gets; a plain one is opened so that a sealed one can be made of it.
    """
    uri = f"{as_uri(path)}?{how}"
    if not salt and sealing is None:
        return sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None)
    from pathlib import Path

    from painlog.storage.unlocking import sealed, unlocked

    if salt:
        return unlocked(Path(path), uri, wait, salt)
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


def is_database(path: Path) -> bool:
    """Whether a file begins as a database does, or may be an encrypted one. Raises OSError."""
    with path.open("rb") as file:
        return file.read(16).startswith(MAGIC) or bool(salt_of(path))


def key_of(path: Path) -> Key | None:
    """Return the key that opened an encrypted file in this process; None for a plain one."""
    return KEYS.known.get(salt_of(path))


def _keep_a_rollback_journal(conn: sqlite3.Connection, wait: float) -> None:
    """Switch back a file that another program put into WAL mode; while that program uses it, go on with WAL."""
    if conn.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
        return
    conn.execute("PRAGMA busy_timeout = 1000")
    with suppress(sqlite3.OperationalError):
        conn.execute("PRAGMA journal_mode = DELETE").close()
    conn.execute(f"PRAGMA busy_timeout = {int(1000 * wait)}")


def create(path: Path) -> None:
    """Create an empty file for a journal, readable by the person alone, in a directory of its own where there is none.

    Does nothing where the file exists. Raises JournalFailed.
    """
    try:
        make_directory(path.parent)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0), 0o600))
    except FileExistsError:
        if not path.parent.is_dir():
            raise JournalFailed(f"{path.parent} is not a directory; nothing was saved") from None
    except OSError as error:
        raise JournalFailed(f"cannot create the journal {path}: {reason(error)}; nothing was saved") from error


def make_directory(path: Path) -> None:
    """Make a directory and those above it, and see their names to the disk. Raises OSError.

    SQLite does so for the names within the directory of its file, not for those above.
    """
    made = [each for each in (path, *path.parents) if not each.exists()]
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    for each in made:
        with suppress(PermissionError):  # a directory that one may write into, but not read
            to_disk(each.parent)


def to_disk(path: Path) -> None:
    """See a file, or the names in a directory, to the disk; Windows has no way to do the latter."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def write(conn: sqlite3.Connection, path: Path | str) -> Iterator[None]:
    """Run a block in one transaction, all of it or nothing: the only way to write.

    Waits for other processes before anything is read. What the block wrote is on disk when it ends without an error.
    """
    with translated(path):
        conn.execute("BEGIN IMMEDIATE")
        try:
            yield
            conn.execute("COMMIT")
        except BaseException:
            if conn.in_transaction:
                conn.execute("ROLLBACK")
            raise


@contextmanager
def snapshot(conn: sqlite3.Connection) -> Iterator[None]:
    """Let everything that a block reads be of one moment."""
    conn.execute("BEGIN")
    try:
        yield
    finally:
        conn.execute("ROLLBACK")


@contextmanager
def alone(conn: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Keep every other process out of the file for a block, also while no transaction is open."""
    with translated(path):
        conn.execute("PRAGMA locking_mode = EXCLUSIVE").close()
        conn.execute("BEGIN EXCLUSIVE")
        conn.execute("COMMIT")
        try:
            yield
        finally:
            conn.execute("PRAGMA locking_mode = NORMAL").close()
            conn.execute("SELECT count(*) FROM sqlite_schema").close()  # the lock goes with the next reading


@contextmanager
def strange(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file of whatever origin to take values out of it: nothing is written to it, no code in it is trusted.

    What does not end is broken off (``bound``). Raises sqlite3.Error, OSError; FileRefused for one with unfinished
    writing beside it.
    """
    for side in SIDE_FILES:
        if (unfinished := beside(path, side)).exists() and unfinished.stat().st_size:
            raise FileRefused(f"{path} was not closed ({unfinished.name} lies beside it); open it with painlog first")
    conn = _begun(path, "mode=ro&immutable=1", 5, salt_of(path))
    try:
        bound(conn, path)
        for setting in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON", "temp_store=MEMORY"):
            conn.execute(f"PRAGMA {setting}").close()
        yield conn
    finally:
        conn.close()


def bound(conn: sqlite3.Connection, path: Path) -> None:
    """Let SQLite take so many steps from now on, and no text be longer than any of painlog's; then it raises an error.

    To look through a sound journal takes a step for some eight of its bytes; here it may be one for each. A damaged or
    hostile file may lead in circles. Steps, not seconds, since a busy machine makes no file a bad one.
    """
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_LENGTH)
    left = iter(range((_STEPS + path.stat().st_size) // _STEPS_AT_ONCE))
    conn.set_progress_handler(lambda: int(next(left, None) is None), _STEPS_AT_ONCE)


def is_sound(conn: sqlite3.Connection) -> bool:
    """Whether SQLite finds nothing wrong with a file. Raises sqlite3.Error where it cannot even tell."""
    try:
        return bool(conn.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    except UnicodeError:  # its complaint quotes what is damaged
        return False


def beside(path: Path, side: str) -> Path:
    """One of the files that SQLite keeps beside a database."""
    return path.with_name(path.name + side)


@contextmanager
def translated(path: Path | str) -> Iterator[None]:
    """Turn SQLite's errors into painlog's sentences."""
    try:
        yield
    except sqlite3.Error as error:
        raise _sentence(error, path) from error
    except UnicodeDecodeError as error:  # a complaint of SQLite's that quotes what is damaged
        raise _damaged(path) from error


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
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_TOOBIG):  # the last two: ``bound``
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


def is_plain(path: Path | str, version: int) -> bool:
    """Whether a file's head is that of a journal of a version, not in WAL mode. Raises OSError, JournalRefused.

    While another program writes, the head may be older than what SQLite reads (sqlite.org/fileformat2.html).
    """
    refuse_links(path)
    with open(path, "rb") as file:
        head = file.read(72)
    numbers = int.from_bytes(head[60:64]), int.from_bytes(head[68:72])
    return head.startswith(MAGIC) and head[18:20] == b"\x01\x01" and numbers == (version, APPLICATION_ID)


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
        conn.execute("SELECT count(*) FROM sqlite_schema").close()
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
