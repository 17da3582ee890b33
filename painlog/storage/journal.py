"""The journal: everything that can be done with one, over one open file.

Every change goes through ``_append``, which writes the ops and the entries that follow from them in one transaction.
Reading fetches all rows and closes the cursor before anything is shown, since an open one would block writers.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, NamedTuple, Self

from painlog.domain.dates import Moment, offset_minutes, utc_text
from painlog.domain.entries import Draft, Entry, with_offset
from painlog.domain.kinds import kind_named
from painlog.domain.periods import Period
from painlog.domain.series import DayValue, Variable
from painlog.errors import BadInput, NothingToDo
from painlog.storage import file, ops, schema, undo
from painlog.storage.days import day_values_sql
from painlog.storage.ops import EntryRow, LogicalClock, Op

SHORT_ID = 4
_MANY = 100
_COLUMNS = "id, kind, day, at, utc_offset, zone, data, recorded_at, deleted"


class Change(NamedTuple):
    """What an undo or redo did: entries as they were while they counted; changed ones as they are now."""

    done: Literal["recorded", "deleted", "changed"]
    entries: list[Entry]


class Past(NamedTuple):
    """One change of an entry: when it was written, by what (``cli``, ``undo``, ``redo`` …), and the entry after it."""

    written: datetime
    source: str
    entry: Entry


class _Change(NamedTuple):
    """Changed attributes of an entry, None for one that is to be made, and when they were written down."""

    entry: str | None
    data: dict[str, Any]
    recorded_at: datetime


class Journal:
    """An open journal. Use it as a context manager; it closes the file at the end."""

    def __init__(self, conn: sqlite3.Connection, path: Path, present_at: datetime) -> None:
        self._conn, self.path, self.present_at = conn, path, present_at

    @classmethod
    def open(cls, path: Path, present_at: datetime) -> "Journal":
        """Open a journal to read and write, creating it where there is none. Raises PainlogError."""
        if not file.is_there(path):
            file.create(path)
        return cls._opened(path, present_at)

    @classmethod
    def look(cls, path: Path, present_at: datetime) -> "Journal":
        """Open a journal to read; where there is none, an empty one in memory stands for it."""
        if file.is_there(path):
            return cls._opened(path, present_at)
        conn = sqlite3.connect(":memory:", isolation_level=None)
        schema.create_tables(conn)
        return cls(conn, path, present_at)

    @classmethod
    def _opened(cls, path: Path, present_at: datetime) -> "Journal":
        conn = file.connect(path)
        try:
            schema.prepare(conn, path, present_at)
        except BaseException:
            conn.close()
            raise
        return cls(conn, path, present_at)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._conn.close()

    # Writing

    def record(self, drafts: Sequence[Draft], source: str = "cli") -> list[Entry]:
        """Add entries as one command and return them."""
        changes = []
        for draft in drafts:
            recorded_at = draft.recorded_at or self.present_at
            created = {"kind": draft.kind} | _when(draft.moment, recorded_at) | {"fields": draft.data}
            changes.append(_Change(None, created, recorded_at))
        with file.write(self._conn, self.path):
            rows = self._append(changes, source)
        return self._entries(rows)

    def edit(self, entry: Entry, new: Draft) -> Entry | None:
        """Change an entry to what a draft says, as one command; None where that is what it says already."""
        kind = kind_named(entry.kind)
        old = {field.name: entry.data[field.name] for field in kind.typed if field.name in entry.data}
        fields = {name: new.data.get(name) for name in old | new.data if not _same(old.get(name), new.data.get(name))}
        changed: dict[str, Any] = {"fields": fields} if fields else {}
        if (new.moment.day, new.moment.at) != (entry.day, entry.at):
            changed |= _when(new.moment, self.present_at)
        if not changed:
            return None
        with file.write(self._conn, self.path):
            rows = self._append([_Change(entry.id, changed | {"deleted": 0}, self.present_at)], "cli")
        return self._entries(rows)[0]

    def delete(self, ids: Sequence[str]) -> list[Entry]:
        """Take entries away as one command; undo brings them back."""
        with file.write(self._conn, self.path):
            rows = self._append([_Change(id_, {"deleted": 1}, self.present_at) for id_ in ids], "cli")
        return self._entries(rows)

    def undo(self) -> Change:
        """Take back this device's last command that still counts. Raises NothingToDo."""
        with file.write(self._conn, self.path):
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
        with file.write(self._conn, self.path):
            command = undo.last_undone(self._commands())
            if command is None:
                raise NothingToDo("there is nothing to redo")
            redone = self._ops_of(command)
            again = [_Change(op.entry, undo.revived(op), self.present_at) for op in redone]
            self._append(again, f"redo:{command}")
            return self._change(redone)

    def _append(self, changes: Iterable[_Change], source: str) -> list[EntryRow]:
        """Write one command: an op for each change, and the entries that follow. It is named by its first op's hlc."""
        device = self._value("SELECT value FROM meta WHERE name = 'device'")
        clock = LogicalClock(device, self._value("SELECT max(hlc) FROM ops") or "")
        command = ""
        written: list[Op] = []
        history: dict[str, list[tuple[str, str]]] = {}
        for known, data, recorded_at in changes:
            hlc = clock.tick(self.present_at)
            command = command or hlc
            entry = known or ops.new_id(hlc)
            if entry not in history:
                history[entry] = self._ops_for(entry) if known else []
            op = ops.make_op(hlc, command, entry, data, recorded_at.isoformat(timespec="seconds"), source)
            history[entry].append((op.data, op.recorded_at))
            written.append(op)
        rows = [ops.fold(entry, changed) for entry, changed in history.items()]
        self._conn.executemany("INSERT INTO ops VALUES (?, ?, ?, ?, ?, ?, ?)", written)
        self._conn.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        return rows

    # Commands, for undo and redo

    def _commands(self) -> Iterable[tuple[str, str]]:
        """This device's commands, the newest first, with their sources."""
        device = self._value("SELECT value FROM meta WHERE name = 'device'")
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

    def _ops_for(self, entry: str, before: str = "g") -> list[tuple[str, str]]:
        return self._rows("SELECT data, recorded_at FROM ops WHERE entry = ? AND hlc < ? ORDER BY hlc", entry, before)

    def _change(self, command_ops: list[Op]) -> Change:
        first = json.loads(command_ops[0].data)
        done: Literal["recorded", "deleted", "changed"]
        done = "recorded" if "kind" in first else "deleted" if first == {"deleted": 1} else "changed"
        entries = []
        for op in command_ops:
            entries += self._entries([
                ops.fold(op.entry, [*self._ops_for(op.entry, op.hlc), (op.data, op.recorded_at)])
            ])
        return Change(done, entries)

    # Reading

    def entries(
        self, period: Period | None = None, *, kinds: Sequence[str] = (), newest: int | None = None
    ) -> list[Entry]:
        """Return entries in the order of their days; of a period, of some kinds, or only the ``newest`` so many."""
        where, given = ["deleted = 0"], []
        if period:
            where.append("day BETWEEN ? AND ?")
            given += [period.start.isoformat(), period.end.isoformat()]
        if kinds:
            where.append(f"kind IN ({', '.join('?' * len(kinds))})")
            given += list(kinds)
        sql = f"SELECT {_COLUMNS} FROM entries WHERE {' AND '.join(where)} ORDER BY day DESC, at DESC, id DESC LIMIT ?"  # noqa: S608
        rows = self._rows(sql, *given, -1 if newest is None else newest)
        return [self._entry(row) for row in reversed(rows)]

    def entries_with_notes(self, period: Period) -> list[Entry]:
        """Return the period's entries that have a note, in the order of their days."""
        sql = (
            f"SELECT {_COLUMNS} FROM entries WHERE deleted = 0 AND day BETWEEN ? AND ? "  # noqa: S608
            "AND json_extract(data, '$.note') IS NOT NULL ORDER BY day, at, id"
        )
        return [self._entry(row) for row in self._rows(sql, period.start.isoformat(), period.end.isoformat())]

    def find(self, short: str) -> Entry:
        """Return the entry whose short id begins so, or whose whole id it is. Raises BadInput."""
        clean = short.strip().lower().removeprefix("[").removesuffix("]")
        if not clean or set(clean) - set("0123456789abcdef-"):
            raise BadInput(f"{short!r} is not an id; painlog list shows them")
        rows = self._rows(f"SELECT {_COLUMNS} FROM entries WHERE id = ?", clean)  # noqa: S608
        rows = rows or self._rows(
            f"SELECT {_COLUMNS} FROM entries WHERE substr(id, -12) >= ? AND substr(id, -12) < ? "  # noqa: S608
            "ORDER BY deleted LIMIT 4",
            *(clean, clean + "g"),
        )
        alive = [row for row in rows if not row[8]] or rows
        if not alive:
            raise BadInput(f"no entry has the id {short!r}; painlog list shows them")
        if len(alive) > 1:
            longer = ", ".join(row[0][-12:][: len(clean) + 2] for row in alive)
            raise BadInput(f"{short!r} stands for several entries; add a letter or two: {longer}")
        return self._entry(alive[0])

    def history(self, entry: Entry) -> list[Past]:
        """Return each change of an entry, the first one first, with the entry as it was after it."""
        changes = self._rows("SELECT data, recorded_at, source FROM ops WHERE entry = ? ORDER BY hlc", entry.id)
        folded = [ops.fold(entry.id, [row[:2] for row in changes[: i + 1]]) for i in range(len(changes))]
        return [
            Past(datetime.fromisoformat(recorded_at), source.partition(":")[0], after)
            for (_, recorded_at, source), after in zip(changes, self._entries(folded), strict=True)
        ]

    def short_ids(self, entries: Sequence[Entry]) -> dict[str, str]:
        """Return for each entry's id the shortest beginning, of ``SHORT_ID`` or more, that no other entry shares."""
        if len(entries) > _MANY:
            codes = [row[0] for row in self._rows("SELECT substr(id, -12) AS code FROM entries ORDER BY code")]
            lengths = _distinct_lengths(codes)
            return {entry.id: (code := entry.id[-12:])[: lengths[code]] for entry in entries}
        return {entry.id: self._shortened(entry.id[-12:]) for entry in entries}

    def _shortened(self, code: str) -> str:
        for length in range(SHORT_ID, len(code)):
            start = code[:length]
            sql = "SELECT 1 FROM entries WHERE substr(id, -12) >= ? AND substr(id, -12) < ? LIMIT 2"
            if len(self._rows(sql, start, start + "g")) < 2:
                return start
        return code

    def day_values(self, variable: Variable, period: Period) -> dict[date, DayValue]:
        """Return a variable's value for each day of the period that has one."""
        sql = day_values_sql(variable, "day BETWEEN ? AND ?")
        rows = self._rows(sql, period.start.isoformat(), period.end.isoformat())
        return {date.fromisoformat(row[0]): DayValue(row[1], row[2]) for row in rows}

    def regions(self, period: Period) -> dict[date, set[str]]:
        """Return the regions that were named on each day of the period that has any."""
        rows = self._rows(
            "SELECT DISTINCT day, key FROM entries, json_each(entries.data, '$.where') "
            "WHERE deleted = 0 AND kind = 'pain' AND day BETWEEN ? AND ?",
            *(period.start.isoformat(), period.end.isoformat()),
        )
        named: dict[date, set[str]] = {}
        for day, id_ in rows:
            named.setdefault(date.fromisoformat(day), set()).add(id_)
        return named

    def highest(self, kind: str, period: Period) -> tuple[float, date] | None:
        """Return the highest single main value of a kind and its day (the latest such); None where there is none."""
        rows = self._rows(
            "SELECT value, day FROM entries WHERE kind = ? AND deleted = 0 AND value IS NOT NULL "
            "AND day BETWEEN ? AND ? ORDER BY value DESC, day DESC LIMIT 1",
            *(kind, period.start.isoformat(), period.end.isoformat()),
        )
        return (rows[0][0], date.fromisoformat(rows[0][1])) if rows else None

    def first_recorded(self, period: Period) -> dict[date, datetime]:
        """Return for each day with an entry when the first one about it was written down."""
        rows = self._rows(
            "SELECT day, recorded_at, min(strftime('%s', recorded_at)) FROM entries "
            "WHERE deleted = 0 AND day BETWEEN ? AND ? GROUP BY day",
            *(period.start.isoformat(), period.end.isoformat()),
        )
        return {date.fromisoformat(day): datetime.fromisoformat(recorded) for day, recorded, _ in rows}

    def days_kept(self) -> Period | None:
        """Return the stretch from the first to the last day with an entry; None where there is none."""
        first = self._value("SELECT min(day) FROM entries WHERE deleted = 0")
        last = self._value("SELECT max(day) FROM entries WHERE deleted = 0")
        return Period(date.fromisoformat(first), date.fromisoformat(last)) if first else None

    def _entries(self, rows: Iterable[EntryRow]) -> list[Entry]:
        return [
            self._entry((r.id, r.kind, r.day, r.at, r.utc_offset, r.zone, r.data, r.recorded_at, r.deleted))
            for r in rows
        ]

    def _entry(self, row: Sequence[Any]) -> Entry:
        id_, kind, day, at, utc_offset, zone, data, recorded_at, deleted = row
        return Entry(
            id=id_,
            kind=kind,
            day=date.fromisoformat(day),
            at=with_offset(datetime.fromisoformat(at), utc_offset) if at else None,
            zone=zone,
            data=json.loads(data),
            recorded_at=datetime.fromisoformat(recorded_at),
            deleted=bool(deleted),
        )

    def _rows(self, sql: str, *given: Any) -> list[Any]:
        with file.translated(self.path):
            return self._conn.execute(sql, given).fetchall()

    def _value(self, sql: str, *given: Any) -> Any:
        rows = self._rows(sql, *given)
        return rows[0][0] if rows else None


def _distinct_lengths(codes: Sequence[str]) -> dict[str, int]:
    """For sorted codes, how many characters set each apart from its neighbours."""
    lengths = dict.fromkeys(codes, SHORT_ID)
    for one, other in pairwise(codes):
        shared = next((i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b), len(one))
        for code in (one, other):
            lengths[code] = max(lengths[code], shared + 1)
    return lengths


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
