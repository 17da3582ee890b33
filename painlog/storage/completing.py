"""An import beside what a journal holds: which of its drafts are new, and what the others complete or correct.

A draft whose entry is there says again what it said, or more, or something else. A field that the entry lacks is added,
and one that differs is corrected, but only where an import wrote it last: what the person changed stays as it is, and
nothing is taken away. When it was stays too, since a wall time is another instant on a machine in another zone.

An entry is known by its id, which follows from its row. Before 0.2 ids followed from more of the row, so an entry is
also known by what an import said of it first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from painlog.domain.entries import NOT_FROM_ROWS, Draft
from painlog.domain.language.dates import utc_text
from painlog.errors import BadInput
from painlog.storage.log.changes import ReadChange, pieces
from painlog.storage.log.history import History
from painlog.storage.writing import Edit

if TYPE_CHECKING:
    from painlog.storage.rows import Rows

_OF_IMPORTS = ("import:", "undo:", "redo:")
_IMPORTED = f"id < '{NOT_FROM_ROWS}'"
_ANY = f"SELECT 1 FROM entries WHERE {_IMPORTED} LIMIT 1"  # noqa: S608
_ALIVE = f"SELECT id, kind, day, at, deleted FROM entries WHERE {_IMPORTED} AND deleted = 0 AND day"  # noqa: S608
_DELETED = f"SELECT id, kind, day, at, deleted FROM entries WHERE {_IMPORTED} AND deleted = 1"  # noqa: S608


class Known(NamedTuple):
    """A draft that a journal knows: whether the person deleted its entry, and what it changes of it."""

    draft: Draft
    is_deleted: bool = False
    edit: Edit | None = None
    before: Mapping[str, Any] = {}


def compare(drafts: Iterable[Draft], rows: Rows, history: History) -> Iterator[Draft | Known]:
    """Yield each draft once: as it is where it is new, or was undone; else with what it is beside its entry."""
    older = _Older(rows, history)
    for some in pieces(drafts):
        wanted = {draft.id: draft for draft in reversed(some)}  # of two the first one counts
        there = dict(rows.among("SELECT id, deleted FROM entries WHERE id", [*wanted]))
        older.taken.update(wanted)
        found = older.find([draft for id_, draft in wanted.items() if id_ not in there])
        there |= found.values()
        past = history.past(there)
        for id_ in reversed(wanted):
            draft = wanted[id_]
            if id_ in found:
                draft = draft._replace(id=found[id_][0])
            yield _compare(draft, past[draft.id], deleted=bool(there[draft.id])) if draft.id in there else draft


class _Older:
    """Entries that imports made under other ids: of the same app and moment, and about the same with the same value.

    None is ``taken`` twice.
    """

    def __init__(self, rows: Rows, history: History) -> None:
        self._rows, self._history = rows, history
        self.taken: set[str] = set()

    def find(self, drafts: Iterable[Draft]) -> dict[str, tuple[str, int]]:
        """Return by a draft's id that of its entry, and whether that is deleted; nothing of those that have none."""
        if not self._is_there_any:
            return {}
        asked = [draft for draft in drafts if draft.origin]
        there: dict[tuple[str, ...], list[tuple[str, int]]] = {}
        for id_, kind, day, at, deleted in self._entries({draft.day.isoformat() for draft in asked}):
            there.setdefault((kind, day, at or ""), []).append((id_, deleted))
        found: dict[str, tuple[str, int]] = {}
        for draft in reversed(asked) if there else ():
            at = utc_text(draft.at) if draft.at else ""
            of_moment = there.get((draft.kind.name, draft.day.isoformat(), at), ())
            free = (each for each in of_moment if each[0] not in self.taken)
            if entry := next((each for each in free if _is_of(draft, self._history.first_said_of(each[0]))), None):
                self.taken.add(entry[0])
                found[draft.id] = entry
        return found

    def _entries(self, days: Collection[str]) -> list[tuple[str, str, str, str | None, int]]:
        """The entries from imports on some days, those that are deleted among them."""
        if not days:
            return []
        return self._rows.among(_ALIVE, [*days]) + [each for each in self._deleted if each[2] in days]

    @cached_property
    def _is_there_any(self) -> bool:
        """Whether anything was imported before this import."""
        return self._rows.value(_ANY) is not None

    @cached_property
    def _deleted(self) -> list[tuple[str, str, str, str | None, int]]:
        return self._rows.select(_DELETED)


def _is_of(draft: Draft, first: Mapping[str, Any]) -> bool:
    """Whether the first change of an entry said what a draft says, in all that tells it from others of its moment."""
    fields = first.get("fields", {})
    if (first.get("origin") or {}).get("from") != (draft.origin or {}).get("from"):
        return False
    kind = draft.kind
    both = {"name", "where"} & fields.keys() & draft.data.keys()
    names = {kind.main.name, kind.variant, *kind.constants, *both} - {""}
    return all(_same(draft.data.get(name), fields.get(name)) for name in names)


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
