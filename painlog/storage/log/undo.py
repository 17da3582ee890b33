"""What undo and redo mean, over the op log. Pure: rows in, ops' data out.

Nothing is ever rewritten. An undo is a command whose source is ``undo:`` and the command it takes back, a redo
likewise; which of the commands still count follows from reading these from the newest back.
"""

import json
from collections.abc import Iterable
from typing import Any

from painlog.storage.log.changes import Op, merged


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


def inverse(op: Op, earlier: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return what takes an op back: what it changed as it was before, or a deletion where it made the entry.

    ``earlier`` holds the entry's ops before it, as (data, recorded_at).
    """
    state, fields = merged(data for data, _ in earlier)
    if not state:
        return {"deleted": 1}
    changed = said(op.data)
    old_fields = {name: fields.get(name) for name in changed.pop("fields", {})}
    old_state = {name: state.get(name, 0 if name == "deleted" else None) for name in changed}
    return old_state | ({"fields": old_fields} if old_fields else {})


def revived(op: Op) -> dict[str, Any]:
    """Return what brings an op back after its inverse."""
    data = said(op.data)
    return data | {"deleted": 0} if "kind" in data else data


def said(data: str) -> dict[str, Any]:
    """Return what an op's data says of its entry, without what it says of other ops."""
    changed: dict[str, Any] = json.loads(data)
    changed.pop("over", None)
    return changed
