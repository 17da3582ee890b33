"""Undo and redo: what they mean over the log of changes, and doing them.

Nothing is ever rewritten. An undo is a command whose source is ``undo:`` and the command it takes back, a redo
likewise; which of the commands still count follows from reading these from the newest back. Each change of a command is
gone through once, to be taken back and to be named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from painlog.domain.entries import Entry
from painlog.errors import NothingToDo
from painlog.storage.log.changes import FORGOTTEN, LINE, EntryState, Fold, ReadChange
from painlog.storage.log.forgetting import FORGET
from painlog.storage.log.history import History
from painlog.storage.meta import Meta
from painlog.storage.outcomes import UndoResult
from painlog.storage.reading import Reader
from painlog.storage.writing import Edit, Writer


class Undo:
    """Takes back commands of this device, within a transaction."""

    def __init__(self, writer: Writer, reader: Reader, history: History, meta: Meta) -> None:
        self._writer, self._reader, self._history, self._meta = writer, reader, history, meta
        self._device = meta.own_device()

    def undo(self) -> UndoResult:
        """Take back this device's last command that still counts. Raises NothingToDo."""
        command = last_applied(self._history.commands(self._device))
        self._refuse_before_taking(command or "")
        if command is None:
            raise NothingToDo("there is nothing to undo")
        done = self._done_by(command)
        before: list[Entry] = []
        sources: set[str] = set()

        def inverses() -> Iterator[Edit]:
            for (change, data), earlier in self._history.of_command(command, newest_first=True):
                sources.add(change.source)
                fold = _fold_of(earlier, change.entry, change.recorded_at)
                yield Edit(change.entry, inverse(data, fold))
                if done != "changed":
                    fold.add(data)
                    before.append(self._reader.entry_of(fold.state()))

        states: dict[str, EntryState] = {}
        for some in self._writer.write(f"undo:{command}", inverses()):
            if done == "changed":
                states |= {state.row.id: state for state in some}
        entries = before[::-1] or [self._reader.entry_of(state) for state in states.values()]
        return UndoResult(done, entries, "".join(sources))

    def _refuse_before_taking(self, command: str) -> None:
        """Refuse to take back what came before a restore or a merge in its stead. Raises NothingToDo."""
        verb, clock = self._meta.taken
        if verb == FORGET and command <= clock:
            raise NothingToDo("the last command was forget, which nothing takes back: the words are gone")
        if verb and command <= clock:
            raise NothingToDo(
                f"the last command was {verb}, which undo does not take back; painlog backup --list names the backup "
                f"that was made before it, painlog restore brings that back"
            )

    def redo(self) -> UndoResult:
        """Bring back the last command that was undone, if nothing was recorded since. Raises NothingToDo."""
        command = last_undone(self._history.commands(self._device))
        if command is None:
            raise NothingToDo("there is nothing to redo")
        entries: list[Entry] = []

        def again() -> Iterator[Edit]:
            for (change, data), earlier in self._history.of_command(command):
                fold = _fold_of(earlier, change.entry, change.recorded_at)
                fold.add(data)
                entries.append(self._reader.entry_of(fold.state()))
                yield Edit(change.entry, revived(data))

        for _ in self._writer.write(f"redo:{command}", again()):
            pass
        return UndoResult(self._done_by(command), entries)

    def _done_by(self, command: str) -> Literal["recorded", "deleted", "changed"]:
        """What a command did to its entries, as its first change says."""
        first = of_entry(self._history.first_of(command))
        return "recorded" if "kind" in first else "deleted" if first == {"deleted": 1} else "changed"


def _fold_of(changes: Sequence[ReadChange], entry: str, recorded_at: str) -> Fold:
    fold = Fold(entry, changes[0].change.recorded_at if changes else recorded_at)
    for _, data in changes:
        fold.add(data)
    return fold


def last_applied(commands: Iterable[tuple[str, str]]) -> str | None:
    """Return the last command that still counts, of (command, source) pairs from the newest back."""
    settled: set[str] = set()
    for command, source in commands:
        verb, _, target = source.partition(":")
        if verb == "undo":
            settled.add(target)
        elif (applied := target if verb == "redo" else command) not in settled:
            return applied
    return None


def last_undone(commands: Iterable[tuple[str, str]]) -> str | None:
    """Return the last command that was undone, if nothing but undo and redo came since."""
    settled: set[str] = set()
    for _, source in commands:
        verb, _, target = source.partition(":")
        if verb == "redo":
            settled.add(target)
        elif verb != "undo":
            return None
        elif target not in settled:
            return target
    return None


def inverse(data: Mapping[str, Any], before: Fold) -> dict[str, Any]:
    """Return what takes a change back: what it changed as it was before, or a deletion where it made the entry."""
    if "kind" in data and before.attributes.get("kind") != data["kind"]:
        return {"deleted": 1}
    changed = of_entry(data)
    old_fields = {name: before.fields.get(name) for name in changed.pop("fields", {})}
    old = {name: before.attributes.get(name, 0 if name == "deleted" else None) for name in changed}
    return old | ({"fields": old_fields} if old_fields else {})


def revived(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what brings a change back after its inverse."""
    changed = of_entry(data)
    return changed | {"deleted": 0} if "kind" in changed else changed


def of_entry(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a change says of its entry, without what it says of other changes, and its words or their loss."""
    return {name: value for name, value in data.items() if name not in ("over", FORGOTTEN, LINE)}
