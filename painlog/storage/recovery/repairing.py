"""Putting a damaged journal together again: from its own changes, its snapshots, and files that carry its changes.

A change stands in several places, each with its checksum; what is right anywhere is taken. The damaged file is kept.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing, suppress
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from painlog.errors import BadInput, FileRefused, JournalRefused, PainlogError
from painlog.storage import companions, connection, files, schema
from painlog.storage.encryption.keys import Key, Keys
from painlog.storage.log.changes import Change, EntryRow, LogicalClock, fold_all, is_device, make_change, new_device
from painlog.storage.log.forgetting import forget_all, read_changes
from painlog.storage.log.merging import check_changes, sort_out
from painlog.storage.meta import secrets_in
from painlog.storage.recovery import backups
from painlog.storage.recovery.carving import KEEPING_BYTES, carve
from painlog.storage.recovery.checkup import examine, shut, sound_changes
from painlog.storage.recovery.restoring import put_together, read_copy

SOURCE = "repair"
Carried = Callable[[list[bytes]], Iterable[Iterable[Sequence[str]]]]
_Rows = list[tuple[Any, ...]]


class RepairResult(NamedTuple):
    """What a repair did, in numbers of changes, and where the damaged file went; None where nothing was damaged."""

    aside: Path | None = None
    changes: int = 0
    from_elsewhere: int = 0
    from_entries: int = 0
    lost: int = 0
    whole: bool = True
    refused: int = 0
    shut: Sequence[Path] = ()
    cleared: Sequence[Path] = ()


class _Salvage(NamedTuple):
    """What can be read of a damaged journal: right changes, wrong ones, entries, and what it knew of itself.

    ``whole`` says whether every row of changes could be read, right or wrong.
    """

    good: dict[str, Change]
    bad: list[tuple[str, ...]]
    entries: _Rows
    meta: dict[str, str]
    whole: bool


def repair(path: Path, present_at: datetime, keys: Keys | None, carried: Carried | None = None) -> RepairResult:
    """Put a journal together where it is damaged, and shut others out of its files.

    ``carried`` returns rows of changes that other files of the person's carry, a wrong one among which is passed over;
    it is given the secrets that the journal knows, to open those with.
    Raises JournalRefused where what is there is no damaged journal but something else, BackupFailed, JournalFailed.
    """
    closed = shut(path)
    cleared = companions.remove(companions.unfinished_files(path))
    if not any(finding.state == "damage" for finding in examine(path, keys)):
        return RepairResult(shut=closed, cleared=cleared)
    connection.refuse_links(path)
    _refuse_newer(path, keys)
    found = _salvage(path, keys)
    known = dict(found.good)
    secrets = secrets_in(found.meta.get("sharing", ""))
    for rows in (_rows_of(each.path, keys) for each in _since_restored(path)):
        for change in sound_changes(_unknown(rows, known)):
            known.setdefault(change.hlc, change)
    carried_in, left = _admit_carried(carried(secrets) if carried else (), known)
    for change in carried_in:
        known.setdefault(change.hlc, change)
    more = len(known) - len(found.good)
    known = {change.hlc: change for change in forget_all(known.values())}
    lost = _lost(found.bad, known)
    restated = list(_restate(found, known.values(), lost, present_at))
    if not known and not restated:
        raise JournalRefused(f"nothing of a journal can be read in {path} or in backups of it; left as it is")
    done = put_together(path, sorted((*known.values(), *restated)), found.meta, present_at, keys, _key(path, keys))
    gone = len(lost - {change.entry for change in restated})
    return RepairResult(done.aside, len(known), more, len(restated), gone, found.whole, left, closed, cleared)


def _unknown(rows: Iterable[Sequence[Any]], known: Mapping[str, Change]) -> Iterator[tuple[str, ...]]:
    """Those of some rows that may be changes, and are none that are known."""
    return (row for each in rows if _is_texts(row := tuple(each)) and row != known.get(row[0]))


def _admit_carried(files: Iterable[Iterable[Sequence[Any]]], known: Mapping[str, Change]) -> tuple[list[Change], int]:
    """The good changes of files that others can write to, and how many were refused; each is checked as in a sync."""
    rows = {str(number): [row] for number, row in enumerate(_unknown(chain.from_iterable(files), known))}
    kinds: dict[str, AbstractSet[str]] = {}
    for change, data in read_changes(known.values()):
        if "kind" in data:
            kinds[change.entry] = {*kinds.get(change.entry, ()), data["kind"]}
    found = sort_out(rows, lambda _: kinds, max(known, default=""))
    return [Change(*rows[name][0]) for name in found.good], len(found.refused)


def _refuse_newer(path: Path, keys: Keys | None) -> None:
    """Leave alone what is whole and only not for this painlog. Raises JournalRefused."""
    with suppress(sqlite3.Error, FileRefused, UnicodeDecodeError), files.open_strange(path, keys) as conn:
        if not files.is_sound(conn):
            return
        if not schema.names(conn) >= {"meta", "ops", "entries"}:
            schema.version_of(conn, path)
        elif schema.taken_steps(conn) - schema.STEPS.keys():
            raise schema.newer(path)


def _salvage(path: Path, keys: Keys | None) -> _Salvage:
    rows, entries, meta, whole = _read_by_sqlite(path, keys)
    rows = list(dict.fromkeys(chain(rows, carve(path))))
    good = {change.hlc: change for change in sound_changes(rows)}
    bad = {row for row in rows if _is_texts(row) and row != good.get(row[0])}
    if not is_device(meta.get("device", "")):
        meta["device"] = new_device()
        meta["sharing"] = meta.get("sharing") or _find_secrets(path, keys)
    return _Salvage(good, sorted(bad), entries, meta, whole)


def _find_secrets(path: Path, keys: Keys | None) -> str:
    """The secrets that the newest backup which can be read and has some knows."""
    for each in backups.find_snapshots(path):
        with suppress(PainlogError):
            if known := read_copy(each.path, keys).meta.get("sharing", ""):
                return known
    return ""


def _read_by_sqlite(path: Path, keys: Keys | None) -> tuple[_Rows, _Rows, dict[str, str], bool]:
    """The changes, the entries and what the journal knows of itself, as far as SQLite reads them, and whether all."""
    try:
        conn = connection.connect(path, keys=keys)
    except PainlogError:
        return [], [], {}, False
    with closing(conn):
        conn.text_factory = lambda raw: raw.decode(errors=KEEPING_BYTES)
        rows, whole = _until_damaged(conn, path, "ops", "rowid")
        entries, _ = _until_damaged(conn, path, "entries", "rowid")
        meta, _ = _until_damaged(conn, path, "meta", "name")
    return rows, entries, {name: value for name, value in meta if isinstance(value, str)}, whole


def _until_damaged(conn: sqlite3.Connection, path: Path, table: str, order: str) -> tuple[_Rows, bool]:
    """A table's rows from both of its ends, up to what cannot be read, and whether nothing was in the way.

    Rows that are longer together than the whole file are read in circles.
    """
    rows: dict[tuple[Any, ...], None] = {}
    whole = False
    for way in ("ASC", "DESC"):
        files.bound(conn, path)
        left = path.stat().st_size
        with suppress(sqlite3.Error, UnicodeError):
            for row in conn.execute(f"SELECT * FROM {table} NOT INDEXED ORDER BY {order} {way}"):  # noqa: S608
                left -= sum(len(each) for each in row if isinstance(each, str | bytes))
                if left < 0:
                    break
                rows[row] = None
            else:
                whole = True
    return list(rows), whole


def _is_texts(row: tuple[Any, ...]) -> bool:
    return len(row) == len(Change._fields) and all(isinstance(each, str) for each in row)


def _since_restored(path: Path) -> list[backups.Snapshot]:
    """The snapshots that hold what belongs to the journal: what a restore left behind stays there."""
    snapshots = backups.find_snapshots(path)
    last = next((i for i, each in enumerate(snapshots) if each.why == backups.RESTORED), len(snapshots))
    return snapshots[: last + 1]


def _key(path: Path, keys: Keys | None) -> Key | None:
    """The key that the journal has, or had when it could be read."""
    places = (path, *(each.path for each in backups.find_snapshots(path)))
    return next(filter(None, (files.key_of(each, keys) for each in places)), None)


def _rows_of(path: Path, keys: Keys | None) -> Iterator[Sequence[str]]:
    with suppress(OSError, PainlogError):
        yield from read_copy(path, keys).changes if connection.salt_of(path) else carve(path)


def _lost(bad: Iterable[tuple[str, ...]], known: Mapping[str, Change]) -> set[str]:
    """The entries of changes that are wrong here and known from nowhere else, whichever of their columns is wrong."""
    by_checksum = {change.checksum: change for change in known.values()}
    return {
        row[2]
        for row in bad
        if row[0] not in known
        and not ((same := by_checksum.get(row[-1])) and (same.entry == row[2] or same.data == row[3]))
    }


def _restate(found: _Salvage, known: Iterable[Change], lost: set[str], present_at: datetime) -> Iterable[Change]:
    """For entries that have lost a change, one that says what the entry says; their history is gone, they are not.

    An entry that no change tells of has lost all of its own; or its id is what is damaged, where every change was read
    and one tells of an entry that is not there.
    """
    ordered = sorted(known, key=lambda change: (change.entry, change.hlc))
    follow = {row.id: row for row in fold_all((change.entry, change.data, change.recorded_at) for change in ordered)}
    stored = [EntryRow._make(row) for row in found.entries]
    renamed = found.whole and not lost and bool(follow.keys() - {row.id for row in stored})
    clock = LogicalClock(found.meta["device"], max((change.hlc for change in ordered), default=""))
    for row in stored:
        alone = row.id not in follow and not renamed
        if row.id in lost or alone or (not found.whole and row != follow.get(row.id)):
            with suppress(BadInput, ValueError, TypeError, UnicodeError):
                yield check_changes([_state_again(row, clock.tick(present_at))])[0].change


def _state_again(row: EntryRow, hlc: str) -> Change:
    data = {"kind": row.kind, "day": row.day, "at": row.at, "utc_offset": row.utc_offset, "zone": row.zone}
    fields = {"fields": json.loads(row.data), "deleted": row.deleted}
    return make_change(hlc, hlc, row.id, data | fields, row.recorded_at, SOURCE)
