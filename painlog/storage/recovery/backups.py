"""Snapshots of a journal: made whole, looked over, kept for so long, and copied to a second place.

A snapshot is a journal of its own, beside the journal in ``backups``, named by when and why it was made. It is written
under another name first, compared with the journal and only then given its own, so what has a snapshot's name is whole.
"""

import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from painlog.errors import BackupFailed, PainlogError, reason
from painlog.storage.companions import ASIDE, BACKUP, remove, stem, unfinished_backups
from painlog.storage.connection import as_uri, is_disk_full
from painlog.storage.files import ask_copy, is_sound, make_directory, open_strange, to_disk
from painlog.storage.recovery.ownership import Owner

if TYPE_CHECKING:
    from painlog.storage.encryption.keys import Keys

ASKED, DAILY, UPDATE, IMPORT, DELETE, SYNC = "asked", "daily", "update", "import", "delete", "sync"
RESTORE, RESTORED, REPAIRED, SEAL = "restore", "restored", "repaired", "seal"
LAST, DAYS, WEEKS, MONTHS = 10, 14, 8, 24
_NAMED = re.compile(rf"(.*){BACKUP}\.(?:db|tmp)")
_ATTEMPTS = 3
_LEFT_OVER = timedelta(hours=1)


class Snapshot(NamedTuple):
    """One snapshot: where it is, when it was made (UTC), and before or for what."""

    path: Path
    made: datetime
    why: str


def folder(path: Path) -> Path:
    """Return where a journal's snapshots are."""
    return path.parent / "backups"


def find_snapshots(path: Path, place: Path | None = None) -> list[Snapshot]:
    """Return a journal's snapshots, in its own folder or in ``place``, the newest first."""
    named = [each for each in _own_files(path, place or folder(path)) if each.path.suffix == ".db"]
    return _newest_first(named)


def _newest_first(snapshots: Sequence[Snapshot]) -> list[Snapshot]:
    return sorted(snapshots, key=lambda each: (each.made, each.why == RESTORED, each.path.name), reverse=True)


def _own_files(path: Path, place: Path) -> list[Snapshot]:
    """The files in a folder that are snapshots of this journal, or were to become some."""
    try:
        names = sorted(each.name for each in place.iterdir())
    except OSError:
        return []
    files, owner = [], Owner(path)
    for name in names:
        if (parts := _NAMED.fullmatch(name)) and owner.owns(place / name, parts[1]):
            with suppress(ValueError):
                made = datetime.strptime(f"{parts[2]}+0000", "%Y%m%dT%H%M%S%z")
                files.append(Snapshot(place / name, made, parts[3]))
    return files


def snapshot_files(path: Path, place: Path) -> list[Path]:
    """Return every file in a folder that painlog made as a snapshot of this journal, finished or not."""
    return [each.path for each in _own_files(path, place)]


def damaged_files(path: Path) -> list[Path]:
    """Return what was kept aside of a journal at some time, the newest last, without SQLite's files beside it."""
    return sorted(path.parent.glob(f"{escape(stem(path))}{ASIDE}*.db"))


def take(
    conn: sqlite3.Connection,
    path: Path,
    present_at: datetime,
    why: str,
    keys: "Keys | None",
    place: Path | None = None,
) -> Snapshot:
    """Make a snapshot of an open journal, in its own folder or in ``place``. Raises BackupFailed."""
    with new_snapshot(path, present_at, why, place) as (unfinished, made):
        for attempt in range(1, _ATTEMPTS + 1):
            before = digest(conn)
            conn.execute("VACUUM INTO ?", (as_uri(unfinished),)).close()
            if look_through(unfinished, keys) == before:
                break
            if attempt == _ATTEMPTS:
                raise sqlite3.DatabaseError("another process wrote, or the copy is damaged")
            os.truncate(unfinished, 0)
    return made


@contextmanager
def new_snapshot(
    path: Path, present_at: datetime, why: str, place: Path | None = None
) -> Iterator[tuple[Path, Snapshot]]:
    """Give a block an empty file to make a snapshot of; it becomes one where the block ends without an error.

    Raises BackupFailed, with nothing left behind.
    """
    present = present_at.astimezone(UTC)
    where = place or folder(path)
    name = f"{stem(path)}-{present:%Y%m%dT%H%M%SZ}-{why}-{os.urandom(2).hex()}.db"
    made = Snapshot(where / name, present.replace(microsecond=0), why)
    unfinished = made.path.with_suffix(".tmp")
    try:
        make_directory(where)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            yield unfinished, made
            to_disk(unfinished)
            unfinished.rename(made.path)
            to_disk(where)
        finally:
            unfinished.unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        raise BackupFailed(
            f"cannot write a backup to {where} ({why_not(error, where)}); make room there or let painlog write there, "
            "then try again"
        ) from error


def mirror(snapshot: Snapshot, journal: Path, place: Path, device: str) -> Path:
    """Copy a snapshot to a second place, into a folder of this journal's own; the same ones stay there as here.

    Raises BackupFailed; a place that is not there is not made, since it may be a disk that is not plugged in.
    """
    own = mirror_folder(place, device)
    try:
        there = place.is_dir()
    except OSError as error:
        raise BackupFailed(f"the backup was not copied to {place}: {reason(error)}") from error
    if not there:
        raise BackupFailed(f"the backup was not copied to {place}: there is no such directory")
    import filecmp
    import shutil

    with new_snapshot(journal, snapshot.made, snapshot.why, own) as (unfinished, made):
        shutil.copyfile(snapshot.path, unfinished)
        if not filecmp.cmp(snapshot.path, unfinished, shallow=False):
            raise OSError("the copy differs")
    rotate(journal, snapshot.made, own, made=[made])
    return made.path


def mirror_folder(place: Path, device: str) -> Path:
    """Return the folder in a second place that holds one journal's snapshots."""
    return place / f"painlog-{device}"


class Content(NamedTuple):
    """What a snapshot holds, in the order of which is later: its last change by the log's clock, and how many."""

    clock: str
    changes: int


def content(snapshot: Snapshot, keys: "Keys | None") -> Content:
    """Return what a snapshot holds; of one that cannot be read, what the clock showed when it was made."""
    by_time = Content(f"{int(snapshot.made.timestamp() * 1000):012x}", 0)
    return ask_copy(snapshot.path, keys, _content_of, by_time)


def _content_of(conn: sqlite3.Connection) -> Content:
    clock, changes = conn.execute("SELECT max(hlc), count(*) FROM ops").fetchone()
    return Content(clock or "", changes)


def by_content(snapshots: Sequence[Snapshot], keys: "Keys | None") -> list[Snapshot]:
    """Order snapshots by what they hold, the latest first, whatever the machine's clock showed when they were made.

    What the last restore left behind comes after what it led to.
    """
    by_time = _newest_first(snapshots)
    last = next((i for i, each in enumerate(by_time) if each.why == RESTORED), len(by_time))
    ranked = [(i <= last, content(each, keys), -i, each) for i, each in enumerate(by_time)]
    return [each for *_, each in sorted(ranked, reverse=True)]


def rotate(
    path: Path,
    present_at: datetime,
    place: Path | None = None,
    *,
    keys: "Keys | None" = None,
    made: Sequence[Snapshot] = (),
) -> None:
    """Remove the snapshots that are not to be kept any more, and what was left of one that was never finished.

    Those just ``made`` stay, and so does what the system does not let one remove: the next time does it.
    """
    where = place or folder(path)
    snapshots = by_content(find_snapshots(path, where), keys)
    stay = choose_kept(snapshots) | set(made)
    latest = (present_at - _LEFT_OVER).timestamp()
    remove(each.path for each in snapshots if each not in stay)
    remove(each for each in unfinished_backups(path, where) if _was_changed_before(each, latest))


def _was_changed_before(file: Path, seconds: float) -> bool:
    """Whether a file was last changed before a time; not one that another process has finished meanwhile."""
    try:
        return file.stat().st_mtime < seconds
    except OSError:
        return False


def choose_kept(snapshots: Sequence[Snapshot]) -> set[Snapshot]:
    """Return which of some snapshots (the newest first) stay.

    The last ten, the newest of each of 14 days, 8 weeks and 24 months, and the one that the last restore led to.
    """
    keep = {*snapshots[:LAST], *[each for each in snapshots if each.why == RESTORED][:1]}
    spans: list[tuple[int, Callable[[datetime], Any]]] = [
        (DAYS, lambda made: made.date()),
        (WEEKS, lambda made: made.isocalendar()[:2]),
        (MONTHS, lambda made: (made.year, made.month)),
    ]
    for most, span in spans:
        newest: dict[Any, Snapshot] = {}
        for each in snapshots:
            newest.setdefault(span(each.made), each)
        keep |= {*list(newest.values())[:most]}
    return keep


def count_entries(snapshot: Path, keys: "Keys | None") -> int | None:
    """Return how many entries a snapshot holds, not looked over; None for one that cannot be read."""
    return ask_copy(snapshot, keys, count_entries_in, None)


def count_entries_in(conn: sqlite3.Connection) -> int:
    """Return how many entries an open journal holds, deleted ones not counted."""
    return int(conn.execute("SELECT count(*) FROM entries WHERE deleted = 0").fetchone()[0])


def read_meta(conn: sqlite3.Connection) -> dict[str, str]:
    """Return what an open journal knows of itself: this device's name among it."""
    return dict(conn.execute("SELECT name, value FROM meta").fetchall())


def digest(conn: sqlite3.Connection) -> str:
    """Return a SHA-256 of everything a journal holds."""
    from hashlib import sha256

    read = sha256()
    for table in ("meta", "ops", "entries"):
        for row in conn.execute(f"SELECT * FROM {table} ORDER BY 1"):  # noqa: S608  (three names of our own)
            read.update(repr(row).encode())
    return read.hexdigest()


def look_through(copy: Path, keys: "Keys | None") -> str:
    """Check a copy from end to end and return its digest. Raises sqlite3.DatabaseError, OSError."""
    try:
        with open_strange(copy, keys) as conn:
            if not is_sound(conn):
                raise sqlite3.DatabaseError("the copy is damaged")
            return digest(conn)
    except (PainlogError, UnicodeError) as error:
        raise sqlite3.DatabaseError(str(error)) from error


def why_not(error: OSError | sqlite3.Error, where: Path) -> str:
    """Say why no backup could be written to a folder, without what was to be in it."""
    if isinstance(error, OSError):
        return reason(error)
    said, *_ = str(error).partition(" with text ")  # where it would quote what was written
    return "the disk is full" if is_disk_full(error, where / "backup") else said
