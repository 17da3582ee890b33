"""Giving a file that was built the place of a journal that cannot be used: wholly or not at all.

What stood there is copied aside first, and stays in its place until the new file takes it by one rename. Every SQLite
is kept out meanwhile by the lock that SQLite itself would hold; one that waited for it finds another file in the place,
and writes nothing (``connection.write``).
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from time import monotonic, sleep

from painlog.errors import JournalBusy
from painlog.storage import companions, connection, files

_LOCK_BYTES = 0x40000000, 512  # where SQLite locks a file, and how many bytes (sqlite.org/fileformat2.html, 1.3.8)
_AT_ONCE = 2**20
_PAUSE = 0.02


def replace(path: Path, built: Path, present_at: datetime) -> Path | None:
    """Put a copy of a file that was built in a journal's place; return where what stood there went, if anything did.

    Raises JournalFailed, JournalBusy.
    """
    was_there = connection.is_there(path)
    if not was_there:
        files.create(path)
    new = companions.unfinished(path)
    try:
        with _claimed(path) as claimed:
            if not was_there and os.fstat(claimed).st_size:
                raise JournalBusy(f"another painlog has just begun {path}; nothing was put in its place, try again")
            copy_of(built, new)
            gone = _keep_aside(claimed, path, present_at) if os.fstat(claimed).st_size else None
            for side in companions.SIDE_FILES:
                files.beside(path, side).unlink(missing_ok=True)
            files.to_disk(path.parent)
            files.take_place(new, path)
            return gone
    except OSError as error:
        raise files.not_replaced(path, error) from error
    finally:
        new.unlink(missing_ok=True)


@contextmanager
def _claimed(path: Path) -> Iterator[int]:
    """Keep every process's SQLite out of whatever stands at a path, and yield a descriptor of it.

    The system lets the lock go when this process closes any descriptor of the file, so a block opens it by no other.
    """
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    try:
        end = monotonic() + connection.WAIT_SECONDS
        while not _lock(descriptor):
            if monotonic() > end:
                raise JournalBusy("another painlog is busy with the journal, which stays as it is; try again")
            sleep(_PAUSE)
        if not os.path.samestat(os.fstat(descriptor), path.stat()):
            raise connection.moved(path, saved="")
        yield descriptor
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    """Take SQLite's exclusive lock; false while another process has any. Windows lets no open file be replaced."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCK_BYTES[1], _LOCK_BYTES[0])
    except (BlockingIOError, PermissionError):
        return False
    return True


def copy_of(source: Path, target: Path) -> None:
    """Copy a file into a new one of the person's alone, which is on the disk then. Raises OSError."""
    descriptor = os.open(source, os.O_RDONLY)
    try:
        _copy(descriptor, target)
    finally:
        os.close(descriptor)


def _copy(source: int, target: Path) -> None:
    """Copy an open file from its beginning into a new one of the person's alone, which is on the disk then."""
    target.unlink(missing_ok=True)
    copy = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    try:
        os.lseek(source, 0, os.SEEK_SET)
        while some := os.read(source, _AT_ONCE):
            while some:
                some = some[os.write(copy, some) :]
        os.fsync(copy)
    finally:
        os.close(copy)


def _keep_aside(claimed: int, path: Path, present_at: datetime) -> Path:
    """Copy a journal that cannot be used aside, with the files that SQLite kept beside it, itself last."""
    target = _free_name(path, present_at)
    for side in companions.SIDE_FILES:
        if os.path.lexists(files.beside(path, side)):
            copy_of(files.beside(path, side), files.beside(target, side))
    unfinished = companions.unfinished(target)
    _copy(claimed, unfinished)
    unfinished.rename(target)
    files.to_disk(path.parent)
    return target


def _free_name(path: Path, present_at: datetime) -> Path:
    stamp = f"{companions.stem(path)}{companions.ASIDE}{present_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    names = (path.with_name(f"{stamp}{f'-{i}' if i else ''}.db") for i in count())
    return next(name for name in names if not os.path.lexists(name))
