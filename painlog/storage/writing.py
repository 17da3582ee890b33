"""Writing to a journal: every statement that changes a row, and how a command becomes changes and entries.

A command may be of any length. Its changes are taken, written and let go some thousands at a time, all within the one
transaction, so that a long one needs no more memory than a short one and is still wholly there or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, NamedTuple

from painlog.domain.entries import Draft
from painlog.domain.language.dates import Moment, offset_minutes, utc_text
from painlog.storage import views
from painlog.storage.log.changes import (
    AT_ONCE,
    LINE,
    Change,
    EntryRow,
    EntryState,
    LogicalClock,
    Meaning,
    ReadChange,
    fold_all,
    fold_read,
    meaning_of,
    new_id,
    pieces,
    to_json,
    write_change,
)
from painlog.storage.log.history import History

if TYPE_CHECKING:
    from painlog.storage.meta import Meta
    from painlog.storage.rows import Rows

_ROOM_FOR_MANY = 24 * 1024  # KiB of the file's pages held while many changes are written


class Edit(NamedTuple):
    """Changed attributes of an entry that is there, by its id."""

    id: str
    data: dict[str, Any]


class Writer:
    """The rows of an open journal, to write. All of it belongs within a transaction."""

    def __init__(self, rows: Rows, history: History, meta: Meta, present_at: datetime) -> None:
        self._rows, self._history, self._meta, self.present_at = rows, history, meta, present_at

    def write(self, source: str, changes: Iterable[Draft | Edit]) -> Iterator[list[EntryState]]:
        """Write one command, some thousands of changes at each step, and yield the entries that follow from them."""
        command = Command(LogicalClock(self._meta.own_device(), self._history.last_clock), self.present_at, source)
        for some in pieces(changes):
            self._make_room(len(some))
            past = self._history.past({change.id for change in some} - {""})
            made, states = command.carry_out(some, past)
            self._rows.conn.executemany("INSERT INTO ops VALUES (?, ?, ?, ?, ?, ?, ?)", made)
            self._put(state.row for state in states)
            views.follow(self._rows.conn, {state.row.kind for state in states})
            yield states

    def write_arrived(self, new: Sequence[ReadChange]) -> list[str]:
        """Write changes of other devices, some thousands at most, and the entries that follow.

        They are in the order of their clocks. An entry whose beginning has not come yet follows when that comes.
        Return the ids of entries that follow from several changes.
        """
        self._make_room(len(new))
        changes: dict[str, list[ReadChange]] = {}
        for each in new:
            changes.setdefault(each.change.entry, []).append(each)
        begun = self._history.find_begun([*changes])
        sql = "INSERT OR REPLACE INTO ops VALUES (?, ?, ?, ?, ?, ?, ?)"
        self._rows.conn.executemany(sql, (change for change, _ in new))
        changes |= self._history.past(begun)
        rows = [fold_read(each).row for each in changes.values() if any("kind" in data for _, data in each)]
        self._put(rows)
        views.follow(self._rows.conn, {row.kind for row in rows})
        return [entry for entry, several in changes.items() if len(several) > 1]

    def hold(self, changes: Iterable[Change], meta: Mapping[str, str]) -> None:
        """Fill a new journal with changes as they are, and with what another one knew of itself.

        Changes of an entry whose beginning is missing are kept, and make no entry.
        """
        known = ((name, value) for name, value in meta.items() if name != views.META)
        self._meta.write_all(known)
        self._rows.conn.executemany("INSERT INTO ops VALUES (?, ?, ?, ?, ?, ?, ?)", changes)
        self._put(fold_all(self._rows.select("SELECT entry, data, recorded_at FROM ops ORDER BY entry, hlc")))

    def _make_room(self, changes: int) -> None:
        """Hold more of the file's pages for many changes, whose ids lie all over its indexes."""
        if changes >= AT_ONCE:
            self._rows.conn.execute(f"PRAGMA cache_size = -{_ROOM_FOR_MANY}").close()

    def _put(self, rows: Iterable[EntryRow]) -> None:
        sql = "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        self._rows.conn.executemany(sql, rows)


class Command:
    """One command on its way into a journal: its changes, which are named by the clock of the first."""

    def __init__(self, clock: LogicalClock, present_at: datetime, source: str) -> None:
        self._clock, self._present_at, self._source, self._name = clock, present_at, source, ""
        self._present_text = present_at.isoformat(timespec="seconds")
        self._meanings: dict[tuple[str, int], Meaning] = {}
        self._parts: dict[int, tuple[Any, str]] = {}

    def carry_out(
        self, some: Iterable[Draft | Edit], past: dict[str, list[ReadChange]]
    ) -> tuple[list[Change], list[EntryState]]:
        """Return changes and the entries that follow, each once; ``past`` holds the changes of those that are there."""
        made: list[Change] = []
        states: dict[str, EntryState] = {}
        self._meanings.clear()
        self._parts.clear()
        for each in some:
            hlc = self._clock.tick(self._present_at)
            self._name = self._name or hlc
            entry = each.id or new_id(hlc)
            changes = past.setdefault(entry, []) if each.id else []
            data, recorded_at = self._content_of(each)
            if changes:
                data = _with_replaced(data, changes)
            text = to_json(data) if changes else self._json(data)
            source = (each.source if isinstance(each, Draft) else "") or self._source
            made.append(write_change(hlc, self._name, entry, text, self._text_of(recorded_at), source))
            changes.append(ReadChange(made[-1], data))
            states[entry] = fold_read(changes, self._meaning if len(changes) == 1 else None)
        return made, [*states.values()]

    def _content_of(self, each: Draft | Edit) -> tuple[dict[str, Any], datetime]:
        """What a draft or an edit says of its entry, and when it is written down."""
        if isinstance(each, Edit):
            return each.data, self._present_at
        recorded_at = each.recorded_at or self._present_at
        data = {"kind": each.kind.name, **moment_data(each.moment, recorded_at), "fields": each.data}
        if each.line:
            data[LINE] = each.line
        if each.id:
            data |= {"origin": each.origin or {}, "deleted": 0}
        return data, recorded_at

    def _meaning(self, kind: str, fields: Mapping[str, Any]) -> Meaning:
        """What the fields of a new entry mean; many drafts share one object of them, and hold it meanwhile."""
        key = kind, id(fields)
        if key not in self._meanings:
            self._meanings[key] = meaning_of(kind, fields)
        return self._meanings[key]

    def _json(self, data: Mapping[str, Any]) -> str:
        """What a new entry says, as ``to_json`` writes it; an object that many drafts share is written once."""
        parts = [
            f'"{name}":{encode_basestring(value) if type(value) is str else self._part(value)}'
            for name, value in data.items()
        ]
        return f"{{{','.join(parts)}}}"

    def _part(self, value: Any) -> str:
        if type(value) is int:
            return str(value)
        if id(value) not in self._parts:
            self._parts[id(value)] = value, to_json(value)  # with the value, so that no other gets its id
        return self._parts[id(value)][1]

    def _text_of(self, recorded_at: datetime) -> str:
        is_present = recorded_at is self._present_at
        return self._present_text if is_present else recorded_at.isoformat(timespec="seconds")


def moment_data(moment: Moment, recorded_at: datetime) -> dict[str, Any]:
    """Return the attributes that say when an entry was."""
    return {
        "day": moment.day.isoformat(),
        "at": utc_text(moment.at) if moment.at else None,
        "utc_offset": offset_minutes(moment.at or recorded_at),
        "zone": moment.zone,
    }


def _with_replaced(data: dict[str, Any], past: Iterable[ReadChange]) -> dict[str, Any]:
    """What is said of an entry, with the changes whose values it replaces."""
    from painlog.storage.log.conflicts import replaced_clocks, standing_values

    return data | {"over": replaced_clocks(data, standing_values((change.hlc, said) for change, said in past))}
