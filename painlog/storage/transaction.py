"""A transaction on a journal: recording, editing, deleting and the like, each verb of it one command and one undo.

The rules of what a journal allows are asked here, within the transaction, so that two terminals cannot both pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

from painlog.domain import rules
from painlog.domain.entries import Draft, Entry
from painlog.storage.log.changes import FORGOTTEN, LINE, Change, pieces
from painlog.storage.log.history import History
from painlog.storage.writing import Edit, Writer, moment_data

if TYPE_CHECKING:
    from painlog.storage.log.forgetting import Marks
    from painlog.storage.log.merging import Batch
    from painlog.storage.log.undo import Undo
    from painlog.storage.meta import Meta
    from painlog.storage.outcomes import ImportResult, MergeResult, UndoResult
    from painlog.storage.reading import Reader
    from painlog.storage.rows import Rows


class Transaction:
    """What can be done to a journal in one transaction; ``Journal.changing`` begins and ends it."""

    def __init__(self, rows: Rows, reader: Reader, history: History, meta: Meta, present_at: datetime) -> None:
        self._rows, self._reader, self._history, self._meta = rows, reader, history, meta
        self._writer = Writer(rows, history, meta, present_at)

    def record(self, drafts: Iterable[Draft], source: str = "cli") -> list[Entry]:
        """Add entries as one command and return them. Raises BadInput where the journal's rules refuse one."""
        return self._append(rules.fit_drafts(drafts, self._reader), source)

    def record_many(self, drafts: Iterable[Draft], source: str = "cli") -> int:
        """Add any number of entries as one command, and return how many; what cannot be added is as in ``record``.

        They are taken one after the other, so drafts that are made as they are asked for are never all in memory. What
        raises in between, in the making of a draft too, leaves nothing of the command.
        """
        return sum(map(len, self._writer.write(source, rules.fit_drafts(drafts, self._reader))))

    def bring_in(self, drafts: Iterable[Draft], source: str) -> ImportResult:
        """Record drafts that have ids as one command; one that is there already completes or corrects its entry.

        What an undo took back comes again, what the person deleted does not. Raises BadInput as ``record`` does.
        """
        from painlog.storage.completing import Known, compare
        from painlog.storage.outcomes import ImportResult

        known: list[Known] = []

        def new() -> Iterator[Draft]:
            for each in compare(drafts, self._rows, self._history):
                if isinstance(each, Known):
                    known.append(each)
                else:
                    yield each

        edits = (each.edit for each in known if each.edit)
        written = sum(map(len, self._writer.write(source, chain(rules.fit_drafts(new(), self._reader), edits))))
        changed = sum(bool(each.edit) for each in known)
        gone = sum(each.is_deleted for each in known)
        return ImportResult(written - changed, len(known) - changed - gone, gone, changed)

    def merge(self, batches: Mapping[str, Batch], verb: str = "") -> MergeResult:
        """Take over named batches of changes from other journals as they are, each batch whole or not at all.

        They are gone through several times, some thousands of changes at a time: looked over first, then written.
        ``verb`` is the command that does, where no undo is to pass over it.
        """
        from painlog.storage.log.forgetting import marks_in, read_changes, without_words
        from painlog.storage.log.merging import sort_out, tell_apart
        from painlog.storage.outcomes import MergeResult

        found = sort_out(batches, self._kinds_of, self._history.last_clock)
        marks = marks_in([*self._history.find_forgetting(), *found.forgetting])
        begun = self._kinds_of([change.entry for change, _ in found.forgetting])
        lost = self.obey({entry: marks[entry] for entry in begun})
        read = new = 0
        several: dict[str, None] = {}
        devices: set[str] = set()
        for some in pieces(Change(*row) for name in found.good for row in batches[name]):
            good = [without_words(each, marks) for each in read_changes(some)]
            unknown = tell_apart(good, self._history.under)
            several |= dict.fromkeys(self._writer.write_arrived(unknown))
            devices |= {change.hlc[16:] for change, _ in unknown}
            read, new = read + len(some), new + len(unknown)
        if new and verb:
            self._meta.note_taken(verb, self._history.last_clock)
        if self._meta.own_device() in devices:  # another copy of this journal writes under its name
            self._meta.rename_device()
        return MergeResult(new, read, [*several], found.refused, found.waiting, lost, devices)

    def edit(self, entry: Entry, new: Draft) -> Entry | None:
        """Change an entry to what a draft says, as one command; None where that is what it says already.

        Raises BadInput where the journal's rules refuse it.
        """
        change = self._difference(entry, rules.check_edit(entry, new, self._reader))
        return self._append([change], "cli")[0] if change else None

    def settle(self, entry: Entry, *, take: bool) -> Entry | None:
        """Keep what an entry says, or take the other values, where values stand side by side; None where none do."""
        from painlog.storage.log.conflicts import settling_change

        found = self._history.conflicts_of(entry.id)
        return self._append([Edit(entry.id, settling_change(found, take=take))], "cli")[0] if found else None

    def delete(self, entries: Sequence[Entry]) -> list[Entry]:
        """Take entries away as one command; undo brings them back. Raises BadInput where others rest on one."""
        rules.check_delete(entries, self._reader)
        return self._append([Edit(entry.id, {"deleted": 1}) for entry in entries], "cli")

    def forget(self, entry: Entry, fields: Iterable[str]) -> None:
        """Remove the words in some fields from every change of an entry so far, for good; ``Journal.sweep`` follows.

        The line of words that it was made from goes from the other entries of that line too.
        Raises BadInput where others rest on what is no entry without them.
        """
        from painlog.storage.log.forgetting import FORGET

        names = frozenset(fields)
        if entry.declaration and entry.declaration.lacks_main({**entry.data, **dict.fromkeys(names)}):
            rules.check_delete([entry], self._reader)
        by_entry = dict.fromkeys(self._history.alike(entry.id) if LINE in names else (), frozenset((LINE,)))
        by_entry[entry.id] = names
        self.obey({each: [("g", gone)] for each, gone in by_entry.items()})  # later than every clock
        self._append([Edit(each, {FORGOTTEN: sorted(gone)}) for each, gone in by_entry.items()], FORGET)
        self._meta.note_taken(FORGET, self._history.last_clock)

    def obey(self, marks: Marks) -> list[str]:
        """Write changes anew without what is to be forgotten; return the entries that held any. ``sweep`` follows."""
        from painlog.storage.log.forgetting import without_words

        past = [each for changes in self._history.past(marks).values() for each in changes]
        left = [new for each in past if (new := without_words(each, marks)) is not each]
        if left:
            self._meta.note_unswept(unswept=True)
        for some in pieces(left):
            self._writer.write_arrived(some)
        return [*dict.fromkeys(each.change.entry for each in left)]

    def undo(self) -> UndoResult:
        """Take back this device's last command that still counts. Raises NothingToDo."""
        return self._undo().undo()

    def redo(self) -> UndoResult:
        """Bring back the last command that was undone, if nothing was recorded since. Raises NothingToDo."""
        return self._undo().redo()

    def _kinds_of(self, entries: Sequence[str]) -> dict[str, AbstractSet[str]]:
        """The kinds that beginnings give those of some entries that are there."""
        kinds: dict[str, AbstractSet[str]] = {}
        said = "json_extract(data, '$.kind')"
        sql = f"SELECT DISTINCT entry, {said} FROM ops WHERE {said} IS NOT NULL AND entry"  # noqa: S608
        for entry, kind in self._rows.among(sql, entries):
            kinds[entry] = {*kinds.get(entry, ()), kind}
        return kinds

    def _undo(self) -> Undo:
        from painlog.storage.log.undo import Undo

        return Undo(self._writer, self._reader, self._history, self._meta)

    def _append(self, changes: Iterable[Draft | Edit], source: str) -> list[Entry]:
        """Write one command, and return the entries that it made or changed."""
        states = {state.row.id: state for some in self._writer.write(source, changes) for state in some}
        return [self._reader.entry_of(state) for state in states.values()]

    def _difference(self, entry: Entry, new: Draft) -> Edit | None:
        stored = (*(field.name for field in new.kind.typed_fields), *new.kind.constants)
        old = {name: entry.data[name] for name in stored if name in entry.data}
        fields = {name: new.data.get(name) for name in old | new.data if not _same(old.get(name), new.data.get(name))}
        changed: dict[str, Any] = {"fields": fields} if fields else {}
        if (new.moment.day, new.moment.at) != (entry.day, entry.at):
            changed |= moment_data(new.moment, self._writer.present_at)
        return Edit(entry.id, changed | {"deleted": 0}) if changed else None


def _same(one: Any, other: Any) -> bool:
    """Whether two stored values are equal, the order of regions included."""
    return one == other and (not isinstance(one, dict) or list(one) == list(other))
