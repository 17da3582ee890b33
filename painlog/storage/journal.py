"""The journal: everything that can be done with one, over one open file.

Every change goes through ``_append``, which writes the ops and the entries that follow from them in one transaction.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from painlog.domain import rules
from painlog.domain.dates import DAY_STARTS, Moment, day_of, offset_minutes, utc_text
from painlog.domain.entries import Draft, Entry
from painlog.errors import JournalRefused, NothingToDo
from painlog.storage import file, ops, schema
from painlog.storage.ops import EntryRow, LogicalClock, Op, machine
from painlog.storage.reading import Reading

if TYPE_CHECKING:
    from uuid import UUID

    from painlog.storage.backups import Snapshot
    from painlog.storage.merging import Arrived

_ROOM_FOR_MANY = 64 * 1024  # KiB of the file's pages held while many changes are written


class Change(NamedTuple):
    """What an undo or redo did: entries as they were while they counted; changed ones as they are now."""

    done: Literal["recorded", "deleted", "changed"]
    entries: list[Entry]


class BroughtIn(NamedTuple):
    """What an import did: the entries that are new, how many were there already, how many the person had deleted."""

    entries: list[Entry]
    again: int
    deleted: int


class TakenOver(NamedTuple):
    """What a merge did: how many changes were new of how many, the entries they changed, and what was left, and why."""

    new: int
    of: int
    entries: list[str]
    refused: dict[str, str]
    waiting: dict[str, str]


class _Change(NamedTuple):
    """Changed attributes of an entry, None for one that is to be made and named, and when they were written down."""

    entry: str | None
    data: dict[str, Any]
    recorded_at: datetime


class Journal(Reading):
    """An open journal. Use it as a context manager; it closes the file at the end."""

    @classmethod
    def open(cls, path: Path, present_at: datetime, day_starts: time = DAY_STARTS) -> "Journal":
        """Open a journal to read and write, creating it where there is none. Raises PainlogError."""
        if not file.is_there(path):
            _check_never_was(path)
            file.create(path)
        return cls._opened(path, present_at, day_starts)

    @classmethod
    def look(
        cls, path: Path, present_at: datetime, day_starts: time = DAY_STARTS, wait: float = file.WAIT_SECONDS
    ) -> "Journal":
        """Open a journal to read; where there is none, an empty one in memory stands for it."""
        if file.is_there(path):
            return cls._opened(path, present_at, day_starts, wait)
        _check_never_was(path)
        conn = sqlite3.connect(":memory:", isolation_level=None)
        schema.create_tables(conn)
        return cls(conn, path, present_at, day_starts)

    @classmethod
    def peek(cls, path: Path, present_at: datetime, wait: float) -> "Journal | None":
        """Open a journal of the present version to read a little and change nothing of the file; else None."""
        if not file.is_there(path):
            return None
        conn = file.connect(path, wait, write=False)
        try:
            known = schema.is_present(conn)
        except BaseException:
            conn.close()
            raise
        if not known:
            conn.close()
            return None
        return cls(conn, path, present_at)

    @classmethod
    def _opened(cls, path: Path, present_at: datetime, day_starts: time, wait: float = file.WAIT_SECONDS) -> "Journal":
        conn = file.connect(path, wait)
        try:
            if path.stat().st_size == 0:
                _check_never_was(path)
            schema.prepare(conn, path, present_at)
        except BaseException:
            conn.close()
            raise
        return cls(conn, path, present_at, day_starts)

    # Backing up

    def rested(self) -> bool:
        """Whether the last change was made on another day than the present one, by both of its clocks.

        One of them may be far ahead where the machine's clock was once, the other is an import's own.
        """
        rows = self._rows("SELECT recorded_at, hlc FROM ops ORDER BY hlc DESC LIMIT 1")
        if not rows:
            return False
        recorded_at, hlc = rows[0]
        made = ops.made_at(hlc, self.present_at)
        days = {self._recorded_on(recorded_at), made and day_of(made, self.day_starts)}
        return day_of(self.present_at, self.day_starts) not in days

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever written into the journal."""
        return self._value("SELECT 1 FROM ops LIMIT 1") is None

    def back_up(self, why: str, place: Path | None = None) -> "Snapshot":
        """Make a snapshot of the journal. Raises BackupFailed."""
        from painlog.storage import backups

        made = backups.take(self._conn, self.path, self.present_at, why, place)
        if place is None:
            backups.rotate(self.path, self.present_at)
        return made

    # Writing

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Let everything that a block reads and writes be one transaction; within one, a block belongs to it."""
        if self._conn.in_transaction:
            yield
            return
        with file.write(self._conn, self.path):
            yield

    def record(self, drafts: Sequence[Draft], source: str = "cli") -> list[Entry]:
        """Add entries as one command and return them. Raises BadInput where the journal's rules refuse one."""
        with self.changing():
            rows = self._append([self._made(draft) for draft in rules.fitted(drafts, self)], source)
        return self._entries(rows)

    def bring_in(self, drafts: Sequence[Draft], source: str) -> BroughtIn:
        """Record drafts that have ids as one command; one that is there already adds nothing.

        What an undo took back comes again, what the person deleted does not. Raises BadInput as ``record`` does.
        """
        with self.changing():
            wanted = {draft.id: draft for draft in reversed(drafts)}  # of two the first one counts
            known = self._standing([*wanted])
            gone = {id_ for id_, deleted in known.items() if deleted and not self._taken_back(id_)}
            stay = gone | {id_ for id_, deleted in known.items() if not deleted}
            new = [wanted[id_] for id_ in reversed(wanted) if id_ not in stay]
            rows = self._append([self._made(draft) for draft in rules.fitted(new, self)], source) if new else []
        return BroughtIn(self._entries(rows), len(stay) - len(gone), len(gone))

    def _standing(self, ids: Sequence[str]) -> dict[str, bool]:
        """Those of some ids that there are entries of, and whether each is deleted."""
        return {id_: bool(deleted) for id_, deleted in self._among("SELECT id, deleted FROM entries WHERE id", ids)}

    def _taken_back(self, id_: str) -> bool:
        """Whether the last that was done to an entry is an undo."""
        source = self._value("SELECT source FROM ops WHERE entry = ? ORDER BY hlc DESC LIMIT 1", id_)
        return str(source).startswith("undo:")

    def merge(self, batches: Mapping[str, Iterable[Sequence[str]]]) -> TakenOver:
        """Take over named batches of changes from other journals as they are, each batch whole or not at all."""
        from painlog.storage.merging import clocks_of, sorted_out, told_apart

        given = {name: list(changes) for name, changes in batches.items()}
        with self.changing():
            touched = list({change[2] for changes in given.values() for change in changes if len(change) > 2})
            kinds = dict(self._among("SELECT id, kind FROM entries WHERE id", touched))
            found = sorted_out(given, kinds)
            there = {row[0]: Op(*row) for row in self._among("SELECT * FROM ops WHERE hlc", clocks_of(found.good))}
            arrived = told_apart(found.good, there)
            new = [each for each in arrived if there.get(each.op.hlc) != each.op]
            changed = self._write_arrived(new, kinds)
            device = self._named()
            if any(each.op.hlc.endswith(device) for each in new):  # another copy of this journal writes under its name
                self._say("device", ops.new_device())
        return TakenOver(len(new), len(arrived), changed, found.refused, found.waiting)

    def _write_arrived(self, new: Sequence["Arrived"], known: Mapping[str, str]) -> list[str]:
        """Write ops of other devices, and the entries that follow; return the entries' ids."""
        self._conn.execute(f"PRAGMA cache_size = -{_ROOM_FOR_MANY}").close()
        self._conn.executemany("INSERT OR REPLACE INTO ops VALUES (?, ?, ?, ?, ?, ?, ?)", (op for op, _ in new))
        changes: dict[str, list[tuple[dict[str, Any], str]]] = {}
        for op, data in new:
            changes.setdefault(op.entry, []).append((data, op.recorded_at))
        rows = (
            ops.fold(entry, self._ops_for(entry)) if entry in known else ops.fold_parsed(entry, made)
            for entry, made in changes.items()
        )
        self._conn.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        return list(changes)

    def settle(self, entry: Entry, *, take: bool) -> Entry | None:
        """Keep what an entry says, or take the other values, where values stand side by side; None where none do."""
        from painlog.storage.seen import conflicts, settling, standing

        with self.changing():
            found = conflicts(standing((op.hlc, op.data) for op in self._ops_on(entry.id)))
            if not found:
                return None
            change = _Change(entry.id, settling(found, take=take), self.present_at)
            return self._entries(self._append([change], "cli"))[0]

    def hold(self, found: Iterable[Op], meta: Mapping[str, str]) -> None:
        """Fill a new journal with ops as they are, and with what another one knew of itself.

        Ops of an entry whose beginning is missing are kept, and make no entry.
        """
        with self.changing():
            self._conn.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())
            self._conn.executemany("INSERT INTO ops VALUES (?, ?, ?, ?, ?, ?, ?)", found)
            rows = ops.folded(self._rows("SELECT entry, data, recorded_at FROM ops ORDER BY entry, hlc"))
            self._conn.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def edit(self, entry: Entry, new: Draft) -> Entry | None:
        """Change an entry to what a draft says, as one command; None where that is what it says already.

        Raises BadInput where the journal's rules refuse it.
        """
        with self.changing():
            change = self._changed(entry, rules.check_edit(entry, new, self))
            return self._entries(self._append([change], "cli"))[0] if change else None

    def _changed(self, entry: Entry, new: Draft) -> _Change | None:
        stored = (*(field.name for field in new.kind.typed), *new.kind.given)
        old = {name: entry.data[name] for name in stored if name in entry.data}
        fields = {name: new.data.get(name) for name in old | new.data if not _same(old.get(name), new.data.get(name))}
        changed: dict[str, Any] = {"fields": fields} if fields else {}
        if (new.moment.day, new.moment.at) != (entry.day, entry.at):
            changed |= _when(new.moment, self.present_at)
        return _Change(entry.id, changed | {"deleted": 0}, self.present_at) if changed else None

    def _made(self, draft: Draft) -> _Change:
        recorded_at = draft.recorded_at or self.present_at
        created: dict[str, Any] = {"kind": draft.kind.name} | _when(draft.moment, recorded_at) | {"fields": draft.data}
        if not draft.id:
            return _Change(None, created, recorded_at)
        return _Change(draft.id, created | {"origin": dict(draft.origin or {}), "deleted": 0}, recorded_at)

    def delete(self, entries: Sequence[Entry]) -> list[Entry]:
        """Take entries away as one command; undo brings them back. Raises BadInput where others rest on one."""
        with self.changing():
            rules.check_delete(entries, self)
            rows = self._append([_Change(entry.id, {"deleted": 1}, self.present_at) for entry in entries], "cli")
        return self._entries(rows)

    def undo(self) -> Change:
        """Take back this device's last command that still counts. Raises NothingToDo."""
        from painlog.storage import undo

        with self.changing():
            command = undo.last_applied(self._commands())
            if command is None:
                raise NothingToDo("there is nothing to undo")
            undone = self._ops_of(command)
            inverse = [
                _Change(op.entry, undo.inverse(op, self._ops_for(op.entry, op.hlc)), self.present_at)
                for op in reversed(undone)
            ]
            rows = self._append(inverse, f"undo:{command}")
            change = self._change(undone)
            return change if change.done != "changed" else Change("changed", self._entries(rows))

    def redo(self) -> Change:
        """Bring back the last command that was undone, if nothing was recorded since. Raises NothingToDo."""
        from painlog.storage import undo

        with self.changing():
            command = undo.last_undone(self._commands())
            if command is None:
                raise NothingToDo("there is nothing to redo")
            redone = self._ops_of(command)
            again = [_Change(op.entry, undo.revived(op), self.present_at) for op in redone]
            self._append(again, f"redo:{command}")
            return self._change(redone)

    def _append(self, changes: Iterable[_Change], source: str) -> list[EntryRow]:
        """Write one command: an op for each change, and the entries that follow. It is named by its first op's hlc."""
        clock = LogicalClock(self._named(), self._value("SELECT max(hlc) FROM ops") or "")
        command = ""
        history: dict[str, list[Op]] = {}
        written: list[Op] = []
        for known, changed, recorded_at in changes:
            hlc = clock.tick(self.present_at)
            command = command or hlc
            entry = known or ops.new_id(hlc)
            past = history.setdefault(entry, self._ops_on(entry) if known and entry not in history else [])
            data = _with_replaced(changed, past) if past else changed
            past.append(ops.make_op(hlc, command, entry, data, recorded_at.isoformat(timespec="seconds"), source))
            written.append(past[-1])
        rows = [ops.fold(entry, ((op.data, op.recorded_at) for op in past)) for entry, past in history.items()]
        self._conn.executemany("INSERT INTO ops VALUES (?, ?, ?, ?, ?, ?, ?)", written)
        self._conn.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        return rows

    def export_namespace(self) -> "UUID":
        """Return the journal's own random UUID, from which names in exports follow; drawn when it is first asked for.

        No entry and no setting: it is not part of the history, and another journal never takes it over.
        """
        from uuid import UUID

        known = "SELECT value FROM meta WHERE name = 'export_namespace'"
        if (found := self._value(known)) is None:
            drawn = str(UUID(bytes=os.urandom(16), version=4))
            with self.changing():
                self._conn.execute("INSERT OR IGNORE INTO meta VALUES ('export_namespace', ?)", (drawn,))
                found = self._value(known)
        return UUID(found)

    def share_with(self, secret: bytes) -> None:
        """Seal what is shared with a secret from now on; those before it stay known.

        Like ``export_namespace`` it is kept in the file alone: no change file and no export has it.
        """
        with self.changing():
            known = [each for each in self.sharing_secrets if each != secret]
            self._say("sharing", " ".join(each.hex() for each in (secret, *known)))

    def _named(self) -> str:
        """This device's name; drawn anew where the journal was copied from another machine."""
        said = dict(self._rows("SELECT name, value FROM meta WHERE name IN ('device', 'machine')"))
        here = machine() or said.get("machine", "")
        if said.get("machine", here) != here:
            said["device"] = ops.new_device()
            self._say("device", said["device"])
        if said.get("machine", "") != here:
            self._say("machine", here)
        return str(said["device"])

    def _say(self, name: str, value: str) -> None:
        """Write down something about this journal's file."""
        self._conn.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    # Commands, for undo and redo

    def _commands(self) -> Iterable[tuple[str, str]]:
        """This device's commands, the newest first, with their sources."""
        device = self._named()
        below = "g"
        while found := self._rows(
            "SELECT command, source FROM ops WHERE hlc < ? AND substr(hlc, 17) = ? ORDER BY hlc DESC LIMIT 1",
            below,
            device,
        ):
            command, source = found[0]
            yield command, source
            below = self._value("SELECT min(hlc) FROM ops WHERE command = ?", command)

    def _ops_of(self, command: str) -> list[Op]:
        return [Op(*row) for row in self._rows("SELECT * FROM ops WHERE command = ? ORDER BY hlc", command)]

    def _ops_on(self, entry: str) -> list[Op]:
        return [Op(*row) for row in self._rows("SELECT * FROM ops WHERE entry = ? ORDER BY hlc", entry)]

    def _ops_for(self, entry: str, before: str = "g") -> list[tuple[str, str]]:
        return self._rows("SELECT data, recorded_at FROM ops WHERE entry = ? AND hlc < ? ORDER BY hlc", entry, before)

    def _change(self, command_ops: list[Op]) -> Change:
        from painlog.storage.undo import said

        first = said(command_ops[0].data)
        done: Literal["recorded", "deleted", "changed"]
        done = "recorded" if "kind" in first else "deleted" if first == {"deleted": 1} else "changed"
        entries = []
        for op in command_ops:
            entries += self._entries([
                ops.fold(op.entry, [*self._ops_for(op.entry, op.hlc), (op.data, op.recorded_at)])
            ])
        return Change(done, entries)


def _check_never_was(path: Path) -> None:
    """Begin no new journal where one is lost. Raises JournalRefused where there are snapshots of one."""
    if (path.parent / "backups").is_dir():
        from painlog.storage.backups import found

        if found(path):
            raise JournalRefused(
                f"the journal {path} is gone, but there are backups of it; painlog restore brings it back, painlog "
                "erase removes them"
            )


def _with_replaced(data: dict[str, Any], past: Iterable[Op]) -> dict[str, Any]:
    """What is said of an entry, with the ops whose values it replaces."""
    from painlog.storage.seen import replaced, standing

    return data | {"over": replaced(data, standing((op.hlc, op.data) for op in past))}


def _same(one: Any, other: Any) -> bool:
    """Whether two stored values are equal, the order of regions included."""
    return one == other and (not isinstance(one, dict) or list(one) == list(other))


def _when(moment: Moment, recorded_at: datetime) -> dict[str, Any]:
    """The attributes that say when an entry was."""
    return {
        "day": moment.day.isoformat(),
        "at": utc_text(moment.at) if moment.at else None,
        "utc_offset": offset_minutes(moment.at or recorded_at),
        "zone": moment.zone,
    }
