"""The journal: everything that can be done with one, over one open file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from painlog.domain import rules
from painlog.domain.entries import Draft, Entry
from painlog.domain.language.dates import DAY_STARTS, day_of
from painlog.errors import JournalRefused, NothingToDo
from painlog.storage import connection
from painlog.storage.log.changes import Op, fold, made_at, new_device
from painlog.storage.writing import AT_ONCE, Edited, Writing, moment_data

if TYPE_CHECKING:
    from pathlib import Path

    from painlog.storage.outcomes import BroughtIn, Change, TakenOver
    from painlog.storage.recovery.backups import Snapshot


class Journal(Writing):
    """An open journal. Use it as a context manager; it closes the file at the end."""

    @classmethod
    def open(cls, path: Path | str, present_at: datetime, day_starts: time = DAY_STARTS) -> Journal:
        """Open a journal to read and write, creating it where there is none. Raises PainlogError."""
        if not connection.is_there(path):
            _check_never_was(path)
            from pathlib import Path

            from painlog.storage import files

            files.create(Path(path))
        return cls._opened(path, present_at, day_starts)

    @classmethod
    def look(
        cls,
        path: Path | str,
        present_at: datetime,
        day_starts: time = DAY_STARTS,
        wait: float = connection.WAIT_SECONDS,
    ) -> Journal:
        """Open a journal to read; where there is none, an empty one in memory stands for it."""
        if connection.is_there(path):
            return cls._opened(path, present_at, day_starts, wait)
        _check_never_was(path)
        from painlog.storage import schema

        conn = sqlite3.connect(":memory:", isolation_level=None)
        schema.create_tables(conn)
        return cls(conn, path, present_at, day_starts)

    @classmethod
    def peek(cls, path: Path | str, present_at: datetime, wait: float) -> Journal | None:
        """Open a journal of the present version to read a little and change nothing of the file; else None."""
        if not connection.is_there(path):
            return None
        conn = connection.connect(path, wait, write=False)
        try:
            known = connection.is_present(conn)
        except BaseException:
            conn.close()
            raise
        if not known:
            conn.close()
            return None
        return cls(conn, path, present_at)

    @classmethod
    def _opened(
        cls, path: Path | str, present_at: datetime, day_starts: time, wait: float = connection.WAIT_SECONDS
    ) -> Journal:
        conn = connection.connect(path, wait)
        try:
            if connection.is_empty(path):
                _check_never_was(path)
            with connection.translated(path):
                present = connection.is_present(conn)
            if not present:
                from painlog.storage import schema

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
        made = made_at(hlc, self.present_at)
        days = {self._recorded_on(recorded_at), made and day_of(made, self.day_starts)}
        return day_of(self.present_at, self.day_starts) not in days

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever written into the journal."""
        return self._value("SELECT 1 FROM ops LIMIT 1") is None

    def back_up(self, why: str, place: Path | None = None) -> Snapshot:
        """Make a snapshot of the journal. Raises BackupFailed."""
        from painlog.storage.recovery import backups

        made = backups.take(self._conn, self.path, self.present_at, why, place)
        if place is None:
            backups.rotate(self.path, self.present_at)
        return made

    # Writing

    def record(self, drafts: Iterable[Draft], source: str = "cli") -> list[Entry]:
        """Add entries as one command and return them. Raises BadInput where the journal's rules refuse one."""
        with self.changing():
            return self._append(rules.fitted(drafts, self), source)

    def record_many(self, drafts: Iterable[Draft], source: str = "cli") -> int:
        """Add any number of entries as one command, and return how many; what cannot be added is as in ``record``.

        They are taken one after the other, so drafts that are made as they are asked for are never all in memory. What
        raises in between, in the making of a draft too, leaves nothing of the command.
        """
        with self.changing():
            return sum(len(rows) for rows in self._written(self._command(source), rules.fitted(drafts, self)))

    def bring_in(self, drafts: Iterable[Draft], source: str) -> BroughtIn:
        """Record drafts that have ids as one command; one that is there already adds nothing.

        What an undo took back comes again, what the person deleted does not. Raises BadInput as ``record`` does.
        """
        from painlog.storage.outcomes import BroughtIn

        known: list[bool] = []
        with self.changing():
            new = self.record_many(self._not_there(drafts, known), source)
        return BroughtIn(new, known.count(False), known.count(True))

    def _not_there(self, drafts: Iterable[Draft], known: list[bool]) -> Iterator[Draft]:
        """Yield drafts but for those that are to stay as they are; into ``known`` goes whether each is deleted."""
        left = iter(drafts)
        while some := [*islice(left, AT_ONCE)]:
            wanted = {draft.id: draft for draft in reversed(some)}  # of two the first one counts
            stay = self._standing([*wanted])
            known += stay.values()
            yield from [wanted[id_] for id_ in reversed(wanted) if id_ not in stay]

    def _standing(self, ids: Sequence[str]) -> dict[str, bool]:
        """Those of some ids that stay as they are, each with whether the person deleted it."""
        there = dict(self._among("SELECT id, deleted FROM entries WHERE id", ids))
        gone = [id_ for id_, deleted in there.items() if deleted]
        last = dict(self._among("SELECT entry, source FROM ops WHERE entry", gone, "ORDER BY hlc"))
        return {id_: bool(deleted) for id_, deleted in there.items() if not last.get(id_, "").startswith("undo:")}

    def merge(self, batches: Mapping[str, Iterable[Sequence[str]]]) -> TakenOver:
        """Take over named batches of changes from other journals as they are, each batch whole or not at all."""
        from painlog.storage.log.merging import clocks_given, sorted_out, told_apart
        from painlog.storage.outcomes import TakenOver

        given = {name: list(changes) for name, changes in batches.items()}
        with self.changing():
            touched = list({change[2] for changes in given.values() for change in changes if len(change) > 2})
            kinds = dict(self._among("SELECT id, kind FROM entries WHERE id", touched))
            found = sorted_out(given, kinds)
            there = self._under([op.hlc for op, _ in found.good])
            there |= self._under(clocks_given(found.good, there))
            arrived = told_apart(found.good, there)
            new = [each for each in arrived if there.get(each.op.hlc) != each.op]
            changed = self._write_arrived(new, kinds)
            device = self._named()
            if any(each.op.hlc.endswith(device) for each in new):  # another copy of this journal writes under its name
                self._say("device", new_device())
        return TakenOver(len(new), len(arrived), changed, found.refused, found.waiting)

    def _under(self, clocks: Sequence[str]) -> dict[str, Op]:
        """The changes that have some clocks."""
        return {row[0]: Op(*row) for row in self._among("SELECT * FROM ops WHERE hlc", clocks)}

    def settle(self, entry: Entry, *, take: bool) -> Entry | None:
        """Keep what an entry says, or take the other values, where values stand side by side; None where none do."""
        from painlog.storage.log.conflicts import conflicts, settling, standing

        with self.changing():
            found = conflicts(standing(self._changes_of(entry.id)))
            if not found:
                return None
            return self._append([Edited(entry.id, settling(found, take=take))], "cli")[0]

    def edit(self, entry: Entry, new: Draft) -> Entry | None:
        """Change an entry to what a draft says, as one command; None where that is what it says already.

        Raises BadInput where the journal's rules refuse it.
        """
        with self.changing():
            change = self._changed(entry, rules.check_edit(entry, new, self))
            return self._append([change], "cli")[0] if change else None

    def _changed(self, entry: Entry, new: Draft) -> Edited | None:
        stored = (*(field.name for field in new.kind.typed), *new.kind.given)
        old = {name: entry.data[name] for name in stored if name in entry.data}
        fields = {name: new.data.get(name) for name in old | new.data if not _same(old.get(name), new.data.get(name))}
        changed: dict[str, Any] = {"fields": fields} if fields else {}
        if (new.moment.day, new.moment.at) != (entry.day, entry.at):
            changed |= moment_data(new.moment, self.present_at)
        return Edited(entry.id, changed | {"deleted": 0}) if changed else None

    def delete(self, entries: Sequence[Entry]) -> list[Entry]:
        """Take entries away as one command; undo brings them back. Raises BadInput where others rest on one."""
        with self.changing():
            rules.check_delete(entries, self)
            return self._append([Edited(entry.id, {"deleted": 1}) for entry in entries], "cli")

    def undo(self) -> Change:
        """Take back this device's last command that still counts. Raises NothingToDo."""
        from painlog.storage.log import undo

        with self.changing():
            command = undo.last_applied(self._commands())
            if command is None:
                raise NothingToDo("there is nothing to undo")
            inverse = (
                Edited(op.entry, undo.inverse(op, earlier)) for op, earlier in self._ops_of(command, newest_first=True)
            )
            changed = {
                row.id: None for rows in self._written(self._command(f"undo:{command}"), inverse) for row in rows
            }
            change = self._change(command)
            return change if change.done != "changed" else change._replace(entries=self._now(changed))

    def redo(self) -> Change:
        """Bring back the last command that was undone, if nothing was recorded since. Raises NothingToDo."""
        from painlog.storage.log import undo

        with self.changing():
            command = undo.last_undone(self._commands())
            if command is None:
                raise NothingToDo("there is nothing to redo")
            again = (Edited(op.entry, undo.revived(op)) for op, _ in self._ops_of(command))
            for _ in self._written(self._command(f"redo:{command}"), again):
                pass
            return self._change(command)

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

    def _ops_of(self, command: str, *, newest_first: bool = False) -> Iterator[tuple[Op, list[tuple[str, str]]]]:
        """Yield each op of a command with the (data, recorded_at) of those that its entry had before."""
        onward, back = (
            "SELECT * FROM ops WHERE command = ? AND hlc > ? ORDER BY hlc LIMIT ?",
            "SELECT * FROM ops WHERE command = ? AND hlc < ? ORDER BY hlc DESC LIMIT ?",
        )
        sql, last = (back, "g") if newest_first else (onward, "")
        while found := [Op(*row) for row in self._rows(sql, command, last, AT_ONCE)]:
            past = self._past({op.entry for op in found})
            for op in found:
                yield op, [(other.data, other.recorded_at) for other in past[op.entry] if other.hlc < op.hlc]
            last = found[-1].hlc

    def _change(self, command: str) -> Change:
        from painlog.storage.log.undo import said
        from painlog.storage.outcomes import Change

        first: dict[str, Any] = {}
        entries: list[Entry] = []
        for op, earlier in self._ops_of(command):
            first = first or said(op.data)
            entries += self._entries([fold(op.entry, [*earlier, (op.data, op.recorded_at)])])
        done: Literal["recorded", "deleted", "changed"]
        done = "recorded" if "kind" in first else "deleted" if first == {"deleted": 1} else "changed"
        return Change(done, entries)


def _check_never_was(path: Path | str) -> None:
    """Begin no new journal where one is lost. Raises JournalRefused where there are snapshots of one."""
    from pathlib import Path

    path = Path(path)
    if (path.parent / "backups").is_dir():
        from painlog.storage.recovery.backups import found

        if found(path):
            raise JournalRefused(
                f"the journal {path} is gone, but there are backups of it; painlog restore brings it back, painlog "
                "erase removes them"
            )


def _same(one: Any, other: Any) -> bool:
    """Whether two stored values are equal, the order of regions included."""
    return one == other and (not isinstance(one, dict) or list(one) == list(other))
