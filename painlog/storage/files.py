"""What is done to files as a whole: made, seen to the disk, kept from others, and looked through whatever they hold."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from painlog.errors import FileRefused, JournalFailed, PainlogError, reason
from painlog.storage import companions
from painlog.storage.connection import MAGIC, open_file, read_lightly, salt_of, translate_errors

if TYPE_CHECKING:
    from painlog.storage.encryption.keys import Key, Keys

_T = TypeVar("_T")
_MOST_LENGTH = 16_000_000
_STEPS, _STEPS_AT_ONCE = 1_000_000, 10_000


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


def is_database(path: Path) -> bool:
    """Whether a file begins as a database does, or may be an encrypted one. Raises OSError."""
    if not path.is_file():
        path.stat()
        raise FileRefused(f"{path} is not a plain file; name a journal's copy")
    with path.open("rb") as file:
        return file.read(16).startswith(MAGIC) or bool(salt_of(path))


def key_of(path: Path, keys: Keys | None) -> Key | None:
    """Return the key that opened an encrypted file in this run; None for a plain one."""
    return keys.known.get(salt_of(path)) if keys else None


@contextmanager
def without_asking(keys: Keys | None) -> Iterator[None]:
    """Ask the person for no key while a block runs."""
    if keys is None:
        yield
        return
    before, keys.asks = keys.asks, False
    try:
        yield
    finally:
        keys.asks = before


@contextmanager
def exclusive(conn: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Keep every other process out of the file for a block, also while no transaction is open."""
    with translate_errors(path):
        conn.execute("PRAGMA locking_mode = EXCLUSIVE").close()
        conn.execute("BEGIN EXCLUSIVE")
        conn.execute("COMMIT")
        try:
            yield
        finally:
            with suppress(sqlite3.Error):  # one that failed before has no more to say here
                conn.execute("PRAGMA locking_mode = NORMAL").close()
                read_lightly(conn)


@contextmanager
def open_strange(path: Path, keys: Keys | None) -> Iterator[sqlite3.Connection]:
    """Open a file of whatever origin to take values out of it: nothing is written to it, no code in it is trusted.

    What does not end is broken off (``bound``). Raises sqlite3.Error, OSError; FileRefused for one with unfinished
    writing beside it.
    """
    for side in companions.SIDE_FILES:
        if (unfinished := beside(path, side)).exists() and unfinished.stat().st_size:
            raise FileRefused(f"{path} was not closed ({unfinished.name} lies beside it); open it with painlog first")
    conn = open_file(path, "mode=ro&immutable=1", 5, salt_of(path), keys)
    try:
        bound(conn, path)
        for setting in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON", "temp_store=MEMORY"):
            conn.execute(f"PRAGMA {setting}").close()
        yield conn
    finally:
        conn.close()


def ask_copy(copy: Path, keys: Keys | None, question: Callable[[sqlite3.Connection], _T], otherwise: _T) -> _T:
    """Return what a copy that is not looked over answers; ``otherwise`` where it cannot be read. Asks for no key."""
    try:
        with without_asking(keys), open_strange(copy, keys) as conn:
            return question(conn)
    except (OSError, sqlite3.Error, PainlogError, UnicodeError):
        return otherwise


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


def take_place(new: Path, path: Path) -> None:
    """Let a file that was built take the place of another by one rename. Raises JournalFailed, which says if it did."""
    try:
        new.replace(path)
    except OSError as error:
        raise not_replaced(path, error) from error
    try:
        to_disk(path.parent)
    except OSError as error:
        why = f"the new file is in the place of {path}, but the disk failed then: {reason(error)}"
        raise JournalFailed(f"{why}; a power cut may bring the old one back") from error


def not_replaced(path: Path, error: OSError) -> JournalFailed:
    """Say that a new file could not take the place of another, which stays."""
    return JournalFailed(f"cannot put a new file in the place of {path}: {reason(error)}; left as it is")
