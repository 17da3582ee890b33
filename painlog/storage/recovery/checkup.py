"""Looking a journal over: where its file is, who may read it, and whether everything in it is as it was written.

It changes nothing, but for what SQLite does itself when it opens a file: it takes back a write that never ended.
"""

import sqlite3
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from painlog.errors import BadInput, FileRefused, JournalLocked, JournalRefused, PainlogError, PartMissing
from painlog.storage import companions, connection, files, schema
from painlog.storage.log.changes import ANY_CHANGE, Change, EntryRow, fold_all, is_device
from painlog.storage.log.merging import check_changes
from painlog.storage.recovery import backups
from painlog.storage.recovery.carving import carve
from painlog.storage.recovery.loss import lost_beside
from painlog.storage.recovery.restoring import read_copy
from painlog.storage.sync_folders import conflict_copies, synced_by

if TYPE_CHECKING:
    from painlog.storage.encryption.keys import Keys

_OTHERS = 0o077
_LONGEST = 200
_ENOUGH_ALIKE = 8  # of the sixteen bytes of two salts
_PLAIN_PAGE, _FEW_ZEROS = 4096, 100  # an encrypted page has some 16 bytes of zero, a plain file's first one hundreds


class Finding(NamedTuple):
    """One thing that was looked at, and what was found: well, worth a word (a risk), or damage."""

    about: str
    state: Literal["well", "risk", "damage"]
    text: str


def examine(path: Path, keys: "Keys | None") -> list[Finding]:
    """Look over a journal that is there. Raises JournalRefused for a link, nothing that a file can be guilty of."""
    connection.refuse_links(path)
    return [*_inside(path, keys), *_surroundings(path), *left_over(path), *_of_backups(path, keys)]


def _surroundings(path: Path) -> Iterator[Finding]:
    """Who may read the files, and where they are."""
    if open_ := _open_to_others(path):
        names = ", ".join(str(each) for each in open_)
        yield Finding(
            "access", "risk", f"others on this machine may read {names}; painlog doctor --repair shuts them out"
        )
    else:
        yield Finding("access", "well", "only you can read it")
    if program := synced_by(path):
        yield Finding(
            "place", "risk", f"in a folder that {program} seems to carry elsewhere, which can damage it; move it out"
        )
    else:
        yield Finding("place", "well", "in no folder that is carried to other machines")
    for each in conflict_copies(path):
        yield Finding("place", "risk", f"{each} is a second copy from another machine; painlog merge takes it in")


def left_over(path: Path) -> Iterator[Finding]:
    """What commands that were interrupted left, and drafts of an editor."""
    for each in companions.unfinished_files(path):
        yield Finding("leftover", "risk", f"{each} was never finished; painlog doctor --repair removes it")
    for each in companions.drafts(path):
        kept = f"{each} is what an editor left of an entry; remove it when you no longer need it"
        yield Finding("leftover", "risk", kept)


def _open_to_others(path: Path) -> list[Path]:
    """Those of a journal's files and folders that others may read; a folder that holds other things is not its own."""
    own = [
        path,
        backups.folder(path),
        *backups.snapshot_files(path, backups.folder(path)),
        *backups.damaged_files(path),
    ]
    return [each for each in own if each.exists() and stat.S_IMODE(each.stat().st_mode) & _OTHERS]


def shut(path: Path) -> list[Path]:
    """Let only the person read the journal and its backups; return what was changed."""
    changed = _open_to_others(path)
    for each in changed:
        each.chmod(0o700 if each.is_dir() else 0o600)
    return changed


def _of_backups(path: Path, keys: "Keys | None") -> Iterator[Finding]:
    snapshots = backups.find_snapshots(path)
    if not snapshots:
        yield Finding("backups", "well", "none yet; painlog backup makes one")
        return
    try:
        read_copy(snapshots[0].path, keys)
        yield Finding("backups", "well", f"{len(snapshots):,}, the newest of them is whole")
    except (FileRefused, JournalRefused) as error:
        yield Finding("backups", "risk", f"{error}; painlog backup makes a new one")


def _inside(path: Path, keys: "Keys | None") -> Iterator[Finding]:
    """Everything in the file, in one moment of it."""
    try:
        with closing(connection.connect(path, keys=keys)) as conn, connection.translate_errors(path):
            files.bound(conn, path)
            schema.check_stamps(conn, path)
            with connection.snapshot(conn):
                pages = _pages(conn)
                yield from (pages, _settings(conn), _structure(conn))
                if pages.state == "well":  # else what stands on them may have no end
                    yield from _contents(conn)
                    yield from _lost(conn, path, keys)
    except (JournalLocked, PartMissing):
        raise
    except PainlogError as error:
        yield Finding("file", "damage", str(error))
    except (UnicodeError, ValueError, TypeError, KeyError) as error:
        yield Finding("file", "damage", f"something in it cannot be read ({type(error).__name__})")


def _pages(conn: sqlite3.Connection) -> Finding:
    said = [str(row[0]) for row in conn.execute("PRAGMA integrity_check(20)").fetchall()]
    said = [str(row[0]) for row in conn.execute("PRAGMA cipher_integrity_check").fetchall()] or said
    problems = [line for each in said for line in each.splitlines() if not line.startswith("***")]
    if said != ["ok"]:
        return Finding("file", "damage", f"SQLite finds {len(problems)} things wrong, first: {problems[0]}")
    return Finding("file", "well", "every page of it is sound")


def _settings(conn: sqlite3.Connection) -> Finding:
    wanted = {"journal_mode": "delete", "synchronous": 3, "secure_delete": 1, "trusted_schema": 0}
    set_ = {name: conn.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    if wrong := [f"{name} is {set_[name]}" for name in wanted if set_[name] != wanted[name]]:
        return Finding("settings", "risk", f"{', '.join(wrong)}; close other programs that have the journal open")
    return Finding("settings", "well", "those that lose nothing in a power cut")


def _structure(conn: sqlite3.Connection) -> Finding:
    """Tables, indexes and views, and the steps that were taken, against those of a new journal."""
    if unknown := schema.taken_steps(conn) - schema.STEPS.keys():
        names = ", ".join(sorted(unknown))[:_LONGEST]
        return Finding("tables", "damage", f"changed by a painlog that is not this one: {names}")
    if not connection.is_present(conn):
        return Finding("tables", "risk", "of an older painlog; the next entry brings them up to date")
    if wrong := schema.unlike_fresh(conn):
        return Finding("tables", "damage", f"not as painlog makes them: {', '.join(wrong)[:_LONGEST]}")
    return Finding("tables", "well", "as painlog makes them")


def _contents(conn: sqlite3.Connection) -> Iterator[Finding]:
    """Every change by its checksum, and the entries against what follows from the changes."""
    columns = conn.execute("SELECT * FROM ops ORDER BY entry, hlc").fetchall()
    good = list(sound_changes(columns))
    if bad := len(columns) - len(good):
        yield Finding("changes", "damage", f"{bad:,} of {len(columns):,} are not as they were written")
    else:
        yield Finding("changes", "well", f"all {len(columns):,} are as they were written")
    follow = Counter(fold_all((change.entry, change.data, change.recorded_at) for change in good))
    stored = Counter(EntryRow(*row) for row in conn.execute("SELECT * FROM entries").fetchall())
    if differ := {row.id for row in (follow - stored) + (stored - follow)}:
        yield Finding("entries", "damage", f"{len(differ):,} of {follow.total():,} do not follow from the changes")
    else:
        yield Finding("entries", "well", f"all {follow.total():,} follow from the changes")
    if not is_device(backups.read_meta(conn).get("device", "")):
        yield Finding("device", "damage", "the journal has lost this device's name")


def _lost(conn: sqlite3.Connection, path: Path, keys: "Keys | None") -> Iterator[Finding]:
    if not conn.execute(ANY_CHANGE).fetchone() and (beside := lost_beside(path, keys)):
        yield Finding("changes", "damage", f"it holds none, but {beside}; painlog restore brings back a backup")


def sound_changes(columns: Iterable[tuple[str, ...]]) -> Iterator[Change]:
    """Yield those of some rows that are changes as painlog writes them."""
    for row in columns:
        try:
            yield check_changes([row])[0].change
        except (BadInput, UnicodeError):
            continue


def begins_plain(path: Path) -> bool:
    """Whether the first page of a file that begins as an encrypted one does is too empty for one. Raises OSError."""
    with path.open("rb") as file:
        return file.read(_PLAIN_PAGE).count(0) > _FEW_ZEROS


def is_damaged(path: Path) -> bool:
    """Whether a file that no key opens is a damaged journal, and no key would: it tells this without one.

    A plain file whose beginning is damaged still holds changes that can be read. Two salts are drawn at random: one
    that is nearly that of a backup is the same one, damaged, and gives another key.
    """
    salt = connection.salt_of(path)
    return any(_is_nearly(salt, connection.salt_of(each.path)) for each in backups.find_snapshots(path)) or any(
        sound_changes(carve(path))
    )


def _is_nearly(salt: bytes, other: bytes) -> bool:
    return salt != other and sum(a == b for a, b in zip(salt, other, strict=False)) >= _ENOUGH_ALIKE
