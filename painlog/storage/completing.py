"""An import beside what a journal holds: which of its drafts are new, and what the others complete or correct.

A draft whose entry is there says again what it said, or more, or something else. A field that the entry lacks is added,
and one that differs is corrected, but only where an import wrote it last: what the person changed stays as it is, and
nothing is taken away. When it was stays too, since a wall time is another instant on a machine in another zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from painlog.domain.entries import Draft
from painlog.errors import BadInput
from painlog.storage.log.changes import ReadChange
from painlog.storage.log.history import AT_ONCE, History
from painlog.storage.writing import Edit

if TYPE_CHECKING:
    from painlog.storage.rows import Rows

_OF_IMPORTS = ("import:", "undo:", "redo:")


class Known(NamedTuple):
    """A draft that a journal knows: whether the person deleted its entry, and what it changes of it."""

    draft: Draft
    is_deleted: bool = False
    edit: Edit | None = None
    before: Mapping[str, Any] = {}


def compare(drafts: Iterable[Draft], rows: Rows, history: History) -> Iterator[Draft | Known]:
    """Yield each draft once: as it is where it is new, or was undone; else with what it is beside its entry."""
    left = iter(drafts)
    while some := [*islice(left, AT_ONCE)]:
        wanted = {draft.id: draft for draft in reversed(some)}  # of two the first one counts
        there = dict(rows.among("SELECT id, deleted FROM entries WHERE id", [*wanted]))
        past = history.past(there)
        for id_ in reversed(wanted):
            yield _compare(wanted[id_], past[id_], deleted=bool(there[id_])) if id_ in there else wanted[id_]


def _compare(draft: Draft, past: Sequence[ReadChange], *, deleted: bool) -> Draft | Known:
    if deleted:
        return draft if past[-1].change.source.startswith("undo:") else Known(draft, is_deleted=True)
    fields: dict[str, Any] = {}
    by_import: set[str] = set()
    for change, data in past:
        said = data.get("fields", {})
        fields |= said
        by_import = by_import | said.keys() if change.source.startswith(_OF_IMPORTS) else by_import - said.keys()
    changed = {
        name: value
        for name, value in draft.data.items()
        if not _same(value, fields.get(name)) and (name in by_import or name not in fields)
    }
    held = {name: value for name, value in fields.items() if value is not None}
    if not changed or not _go_together(draft, held | changed):
        return Known(draft)
    return Known(draft, edit=Edit(draft.id, {"fields": changed}), before={name: held.get(name) for name in changed})


def _go_together(draft: Draft, data: Mapping[str, Any]) -> bool:
    try:
        draft.kind.check(data)
    except BadInput:
        return False
    return True


def _same(one: Any, other: Any) -> bool:
    """Whether two values say the same; spans do where their wall times are the same."""
    if isinstance(one, str) and isinstance(other, str) and "/" in one and "/" in other:
        return [end[:16] for end in one.split("/")] == [end[:16] for end in other.split("/")]
    return bool(one == other)
