"""Putting a damaged journal together again: from its own changes, its snapshots, and files that carry its changes.

A change stands in several places, each with its checksum; what is right anywhere is taken. The damaged file is kept.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from painlog.errors import BadInput, FileRefused, JournalRefused, PainlogError
from painlog.storage import connection, files, schema
from painlog.storage.encryption.keys import Key
from painlog.storage.log.changes import EntryRow, LogicalClock, Op, folded, is_device, make_op, new_device
from painlog.storage.log.merging import checked
from painlog.storage.reading import secrets_in
from painlog.storage.recovery import backups
from painlog.storage.recovery.carving import KEEPING_BYTES, carved, mended
from painlog.storage.recovery.checkup import examine, shut, sound
from painlog.storage.recovery.restoring import held, put_together

SOURCE = "repair"
Carried = Callable[[list[bytes]], Iterable[Iterable[Sequence[str]]]]
_Rows = list[tuple[Any, ...]]


class Repaired(NamedTuple):
    """What a repair did, in numbers of changes, and where the damaged file went; None where nothing was damaged."""

    aside: Path | None = None
    changes: int = 0
    mended: int = 0
    from_elsewhere: int = 0
    from_entries: int = 0
    lost: int = 0
    whole: bool = True
    shut: Sequence[Path] = ()


class _Salvaged(NamedTuple):
    """What can be read of a damaged journal: right changes, wrong ones, entries, and what it knew of itself.

    ``whole`` says whether every row of changes could be read, right or wrong.
    """

    good: dict[str, Op]
    bad: list[tuple[str, ...]]
    entries: _Rows
    meta: dict[str, str]
    whole: bool


def repair(path: Path, present_at: datetime, carried: Carried | None = None) -> Repaired:
    """Put a journal together where it is damaged, and shut others out of its files.

    ``carried`` returns rows of changes that other files of the person's carry, a wrong one among which is passed over;
    it is given the secrets that the journal knows, to open those with.
    Raises JournalRefused where what is there is no damaged journal but something else, BackupFailed, JournalFailed.
    """
    closed = shut(path)
    if not any(finding.state == "damage" for finding in examine(path)):
        return Repaired(shut=closed)
    connection.refuse_links(path)
    _refuse_newer(path)
    found = _salvaged(path)
    known = dict(found.good)
    secrets = secrets_in(found.meta.get("sharing", ""))
    for rows in (*(_rows_of(each.path) for each in _since_restored(path)), *(carried(secrets) if carried else ())):
        for op in sound(tuple(row) for row in rows if row and tuple(row) != known.get(row[0])):
            known.setdefault(op.hlc, op)
    more = len(known) - len(found.good)
    fixed, lost = _mended(found.bad, known)
    known |= fixed
    restated = list(_restated(found, known.values(), lost, present_at))
    if not known and not restated:
        raise JournalRefused(f"nothing of a journal can be read in {path} or in backups of it; left as it is")
    done = put_together(path, sorted((*known.values(), *restated)), found.meta, present_at, _key(path))
    gone = len(lost - {op.entry for op in restated})
    return Repaired(done.aside, len(known), len(fixed), more, len(restated), gone, found.whole, closed)


def _refuse_newer(path: Path) -> None:
    """Leave alone what is whole and only not for this painlog. Raises JournalRefused."""
    with suppress(sqlite3.Error, FileRefused, UnicodeDecodeError), files.strange(path) as conn:
        if not files.is_sound(conn):
            return
        if not schema.names(conn) >= {"meta", "ops", "entries"}:
            schema.version_of(conn, path)
        elif schema.taken_steps(conn) - schema.STEPS.keys():
            raise schema.newer(path)


def _salvaged(path: Path) -> _Salvaged:
    rows, entries, meta, whole = _asked_of_sqlite(path)
    rows = list(dict.fromkeys(chain(rows, carved(path))))
    good = {op.hlc: op for op in sound(rows)}
    bad = {row for row in rows if _is_texts(row) and row != good.get(row[0])}
    if not is_device(meta.get("device", "")):
        meta["device"] = new_device()
    return _Salvaged(good, sorted(bad), entries, meta, whole)


def _asked_of_sqlite(path: Path) -> tuple[_Rows, _Rows, dict[str, str], bool]:
    """The changes, the entries and what the journal knows of itself, as far as SQLite reads them, and whether all."""
    try:
        conn = connection.connect(path)
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
    return len(row) == len(Op._fields) and all(isinstance(each, str) for each in row)


def _since_restored(path: Path) -> list[backups.Snapshot]:
    """The snapshots that hold what belongs to the journal: what a restore left behind stays there."""
    snapshots = backups.found(path)
    last = next((i for i, each in enumerate(snapshots) if each.why == backups.RESTORED), len(snapshots))
    return snapshots[: last + 1]


def _key(path: Path) -> Key | None:
    """The key that the journal has, or had when it could be read."""
    return next(
        filter(None, (files.key_of(each) for each in (path, *(each.path for each in backups.found(path))))), None
    )


def _rows_of(path: Path) -> Iterator[Sequence[str]]:
    with suppress(OSError, PainlogError):
        yield from held(path).ops if connection.salt_of(path) else carved(path)


def _mended(bad: Iterable[tuple[str, ...]], known: Mapping[str, Op]) -> tuple[dict[str, Op], set[str]]:
    """Changes of which one byte is wrong, put right, and the entries of those that are wrong in more.

    One that is known from elsewhere is neither, whichever of its columns is wrong here.
    """
    fixed: dict[str, Op] = {}
    lost: set[str] = set()
    by_checksum = {op.checksum: op for op in known.values()}
    for row in bad:
        same = by_checksum.get(row[-1])
        if row[0] in known or (same and (same.entry == row[2] or same.data == row[3])):
            continue
        op = mended(row)
        if op and list(sound([op])):
            fixed |= {op.hlc: op} if op.hlc not in known else {}
        else:
            lost.add(row[2])
    return fixed, lost


def _restated(found: _Salvaged, known: Iterable[Op], lost: set[str], present_at: datetime) -> Iterable[Op]:
    """For entries that have lost a change, one that says what the entry says; their history is gone, they are not.

    An entry that no change tells of has lost all of its own; or its id is what is damaged, where every change was read
    and one tells of an entry that is not there.
    """
    ordered = sorted(known, key=lambda op: (op.entry, op.hlc))
    follow = {row.id: row for row in folded((op.entry, op.data, op.recorded_at) for op in ordered)}
    stored = [EntryRow._make(row) for row in found.entries]
    renamed = found.whole and not lost and bool(follow.keys() - {row.id for row in stored})
    clock = LogicalClock(found.meta["device"], max((op.hlc for op in ordered), default=""))
    for row in stored:
        alone = row.id not in follow and not renamed
        if row.id in lost or alone or (not found.whole and row != follow.get(row.id)):
            with suppress(BadInput, ValueError, TypeError, UnicodeError):
                yield checked([_stated(row, clock.tick(present_at))])[0].op


def _stated(row: EntryRow, hlc: str) -> Op:
    data = {"kind": row.kind, "day": row.day, "at": row.at, "utc_offset": row.utc_offset, "zone": row.zone}
    fields = {"fields": json.loads(row.data), "deleted": row.deleted}
    return make_op(hlc, hlc, row.id, data | fields, row.recorded_at, SOURCE)
