"""Writing to a journal: every statement that changes a row, and how a command becomes ops and entries.

A command may be of any length. Its changes are taken, written and let go some thousands at a time, all within the one
transaction, so that a long one needs no more memory than a short one and is still wholly there or not at all.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from painlog.domain.entries import Draft, Entry
from painlog.domain.language.dates import Moment, offset_minutes, utc_text
from painlog.storage import connection, views
from painlog.storage.log.changes import (
    EntryRow,
    LogicalClock,
    Meaning,
    Op,
    fold,
    fold_parsed,
    folded,
    from_json,
    machine,
    made_row,
    make_op,
    meaning,
    new_device,
    new_id,
    op_of,
    to_json,
)
from painlog.storage.reading import Reading

if TYPE_CHECKING:
    from uuid import UUID

    from painlog.storage.log.merging import Arrived

AT_ONCE = 4_000  # changes that are in memory at a time
_ROOM_FOR_MANY = 64 * 1024  # KiB of the file's pages held while many changes are written


class Edited(NamedTuple):
    """Changed attributes of an entry that is there, by its id."""

    id: str
    data: dict[str, Any]


class Writing(Reading):
    """An open journal, to write."""

    def changing(self) -> connection.write:
        """Let everything that a block reads and writes be one transaction; within one, a block belongs to it."""
        return connection.write(self._conn, self._place)

    def _append(self, changes: Iterable[Draft | Edited], source: str) -> list[Entry]:
        """Write one command, and return the entries that it made or changed."""
        command = self._command(source)
        rows = {row.id: row for rows in self._written(command, changes) for row in rows}
        return self._entries(rows.values(), command.said)

    def _command(self, source: str) -> _Command:
        clock = LogicalClock(self._named(), self._value("SELECT max(hlc) FROM ops") or "")
        return _Command(clock, self.present_at, source)

    def _written(self, command: _Command, changes: Iterable[Draft | Edited]) -> Iterator[list[EntryRow]]:
        """Write one command, some thousands of changes at each step, and yield the entries that follow from them."""
        left = iter(changes)
        while some := [*islice(left, AT_ONCE)]:
            made, rows = command.carried_out(some, self._past({change.id for change in some} - {""}))
            self._conn.executemany("INSERT INTO ops VALUES (?, ?, ?, ?, ?, ?, ?)", made)
            self._put(rows)
            views.follow(self._conn, {row.kind for row in rows})
            yield rows

    def _put(self, rows: Iterable[EntryRow]) -> None:
        self._conn.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def _past(self, entries: Iterable[str]) -> dict[str, list[Op]]:
        """Every op so far of those of some entries that are there."""
        past: dict[str, list[Op]] = {}
        if wanted := [*entries]:
            for row in self._among("SELECT * FROM ops WHERE entry", wanted, "ORDER BY entry, hlc"):
                past.setdefault(row[2], []).append(Op(*row))
        return past

    def _write_arrived(self, new: Sequence[Arrived], known: Mapping[str, str]) -> list[str]:
        """Write ops of other devices, and the entries that follow; return the entries' ids."""
        self._conn.execute(f"PRAGMA cache_size = -{_ROOM_FOR_MANY}").close()
        self._conn.executemany("INSERT OR REPLACE INTO ops VALUES (?, ?, ?, ?, ?, ?, ?)", (op for op, _ in new))
        changes: dict[str, list[tuple[dict[str, Any], str]]] = {}
        for op, data in new:
            changes.setdefault(op.entry, []).append((data, op.recorded_at))
        left = iter(changes)
        while some := [*islice(left, AT_ONCE)]:
            there = self._past(entry for entry in some if entry in known)
            rows = [
                fold(entry, ((op.data, op.recorded_at) for op in there[entry]))
                if entry in there
                else fold_parsed(entry, changes[entry])
                for entry in some
            ]
            self._put(rows)
            views.follow(self._conn, {row.kind for row in rows})
        return list(changes)

    def hold(self, found: Iterable[Op], meta: Mapping[str, str]) -> None:
        """Fill a new journal with ops as they are, and with what another one knew of itself.

        Ops of an entry whose beginning is missing are kept, and make no entry.
        """
        with self.changing():
            known = ((name, value) for name, value in meta.items() if name != views.META)
            self._conn.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", known)
            self._conn.executemany("INSERT INTO ops VALUES (?, ?, ?, ?, ?, ?, ?)", found)
            rows = folded(self._rows("SELECT entry, data, recorded_at FROM ops ORDER BY entry, hlc"))
            self._put(rows)

    def export_namespace(self) -> UUID:
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
            said["device"] = new_device()
            self._say("device", said["device"])
        if said.get("machine", "") != here:
            self._say("machine", here)
        return str(said["device"])

    def _say(self, name: str, value: str) -> None:
        """Write down something about this journal's file."""
        self._conn.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


class _Command:
    """One command on its way into a journal: an op for each of its changes, named by the clock of the first."""

    def __init__(self, clock: LogicalClock, present_at: datetime, source: str) -> None:
        self.clock, self.present_at, self.source, self.name = clock, present_at, source, ""
        self._meant: dict[tuple[str, int], tuple[Meaning, Draft]] = {}  # many drafts may share what they say

    @property
    def said(self) -> dict[str, dict[str, Any]]:
        """What the new entries of the last changes say, by how that is written."""
        return {meaning.data: meaning.said for meaning, _ in self._meant.values()}

    def carried_out(
        self, changes: Sequence[Draft | Edited], past: dict[str, list[Op]]
    ) -> tuple[list[Op], list[EntryRow]]:
        """Return the ops of changes and the entries that follow, each once; ``past``: ops of those that are there."""
        made: list[Op] = []
        rows: dict[str, EntryRow] = {}
        self._meant.clear()
        for change in changes:
            hlc = self.clock.tick(self.present_at)
            self.name = self.name or hlc
            if isinstance(change, Draft) and change.id not in past:
                op, row = self._first(change, hlc)
            else:
                op, row = self._further(change, hlc, past)
            made.append(op)
            rows[row.id] = row
        return made, [*rows.values()]

    def _first(self, draft: Draft, hlc: str) -> tuple[Op, EntryRow]:
        text, row = self._beginning(draft, draft.id or new_id(hlc))
        return op_of(hlc, self.name, row.id, text, row.recorded_at, self.source), row

    def _further(self, change: Draft | Edited, hlc: str, past: dict[str, list[Op]]) -> tuple[Op, EntryRow]:
        """The op of a change to an entry that is there, and the entry; a draft is one that an undo took back."""
        recorded_at = (isinstance(change, Draft) and change.recorded_at) or self.present_at
        said = change.data if isinstance(change, Edited) else from_json(self._beginning(change, change.id)[0])
        before = past.setdefault(change.id, [])
        data = _with_replaced(said, before) if before else said
        before.append(make_op(hlc, self.name, change.id, data, _text_of(recorded_at), self.source))
        return before[-1], fold(change.id, ((op.data, op.recorded_at) for op in before))

    def _beginning(self, draft: Draft, entry: str) -> tuple[str, EntryRow]:
        which = draft.kind.name, id(draft.data)
        if which not in self._meant:
            self._meant[which] = meaning(draft.kind.name, draft.data), draft
        return beginning(draft, entry, draft.recorded_at or self.present_at, self._meant[which][0])


def beginning(draft: Draft, entry: str, recorded_at: datetime, meaning: Meaning) -> tuple[str, EntryRow]:
    """Return what the first op of an entry says, and the entry that follows: as a fold of it would have it.

    ``meaning`` is that of the draft's data.
    """
    when = moment_data(draft.moment, recorded_at)
    fields = meaning.data if meaning.said == draft.data else to_json(draft.data)
    zone, at = to_json(when["zone"]), f'"{when["at"]}"' if when["at"] else "null"
    text = (
        f'{{"kind":"{draft.kind.name}","day":"{when["day"]}","at":{at},"utc_offset":{when["utc_offset"]},"zone":{zone},'
        f'"fields":{fields}'
    )
    text += f',"origin":{_origin(tuple((draft.origin or {}).items()))},"deleted":0}}' if draft.id else "}"
    return text, made_row(entry, when | {"kind": draft.kind.name}, meaning, _text_of(recorded_at))


@lru_cache
def _origin(said: tuple[tuple[str, str], ...]) -> str:
    return to_json(dict(said))


def moment_data(moment: Moment, recorded_at: datetime) -> dict[str, Any]:
    """Return the attributes that say when an entry was."""
    return {
        "day": moment.day.isoformat(),
        "at": utc_text(moment.at) if moment.at else None,
        "utc_offset": offset_minutes(moment.at or recorded_at),
        "zone": moment.zone,
    }


@lru_cache
def _text_of(recorded_at: datetime) -> str:
    return recorded_at.isoformat(timespec="seconds")


def _with_replaced(data: dict[str, Any], past: Iterable[Op]) -> dict[str, Any]:
    """What is said of an entry, with the ops whose values it replaces."""
    from painlog.storage.log.conflicts import replaced, standing

    return data | {"over": replaced(data, standing((op.hlc, op.data) for op in past))}
