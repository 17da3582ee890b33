"""Words that a person wants gone for good: the one case in which a change is written anew. Pure.

A command of the source ``forget`` names, under ``forgotten``, the fields of an entry whose words go. It holds for all
changes of that entry with an earlier clock, whenever and from wherever such a change arrives; so all devices end with
the same changes. A change that lost words keeps their fields' names under ``forgotten``, and has a checksum of its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, TypeAlias

from painlog.domain.kinds.fields import Name
from painlog.domain.kinds.kind import Kind
from painlog.storage.log.changes import FORGOTTEN, LINE, Change, ReadChange, from_json, make_change

FORGET = "forget"  # the source of such a command
ORIGIN = "origin"
_BESIDE = (ORIGIN, LINE)  # words that stand beside the fields
_FROM = "from"  # which app's file an entry is from: no words of the person's
Marks: TypeAlias = Mapping[str, Sequence[tuple[str, AbstractSet[str]]]]  # by entry: each command's clock and fields


def marks_in(changes: Iterable[ReadChange]) -> Marks:
    """Return what changes say that is to be forgotten."""
    marks: dict[str, list[tuple[str, AbstractSet[str]]]] = {}
    for change, data in changes:
        if change.source == FORGET:
            marks.setdefault(change.entry, []).append((change.hlc, frozenset(data.get(FORGOTTEN, ()))))
    return marks


def without_words(each: ReadChange, marks: Marks) -> ReadChange:
    """Return a change as it is to be: itself where it holds nothing that is forgotten."""
    change, data = each
    names = {name for hlc, some in marks.get(change.entry, ()) if change.hlc < hlc for name in some}
    if not (gone := {name for name in names if _is_there(name, data)}):
        return each
    fields = {name: value for name, value in data.get("fields", {}).items() if name not in gone}
    lost = sorted({*data.get(FORGOTTEN, ()), *gone})
    left = {**data, **({"fields": fields} if "fields" in data else {}), FORGOTTEN: lost}
    if ORIGIN in gone:
        left[ORIGIN] = {_FROM: data[ORIGIN][_FROM]} if _FROM in data[ORIGIN] else {}
    if LINE in gone:
        del left[LINE]
    return ReadChange(make_change(*change[:3], left, change.recorded_at, change.source), left)


def read_changes(changes: Iterable[Change]) -> list[ReadChange]:
    """Return changes of the journal's own with their data."""
    return [ReadChange(change, from_json(change.data)) for change in changes]


def forget_all(changes: Iterable[Change]) -> list[Change]:
    """Return changes without what any of them says is to be forgotten."""
    found = read_changes(changes)
    marks = marks_in(found)
    return [without_words(each, marks).change for each in found]


def words_of(changes: Iterable[ReadChange], kind: Kind, wanted: Sequence[str]) -> dict[str, list[str]]:
    """Return the words of an entry by field, those of ``wanted`` fields or all: every text once, in any of its changes.

    All are but for names, without which an entry is none. What stands beside the fields, which an import kept or which
    was typed, goes with any of them.
    """
    found: dict[str, dict[str, None]] = {}
    for _, data in changes:
        for name, value in data.get("fields", {}).items():
            if value is not None and name in kind.wordy:
                field = kind.by_name[name]
                if name not in wanted if wanted else isinstance(field, Name):
                    continue
                if wanted or field.own_words(value):
                    found.setdefault(name, {})[field.show(value)] = None
        if _is_there(ORIGIN, data):
            found.setdefault(ORIGIN, {}).update(dict.fromkeys(t for n, t in data[ORIGIN].items() if n != _FROM))
        if _is_there(LINE, data):
            found.setdefault(LINE, {})[data[LINE]] = None
    words = {name: [*texts] for name, texts in found.items() if texts}
    return {} if wanted and words.keys() <= {*_BESIDE} - {*wanted} else words


def may_forget(names: Iterable[str], kind: Kind) -> bool:
    """Whether fields hold words, as far as a kind's fields are known: nothing else is ever forgotten."""
    return all(name in _BESIDE or name in kind.wordy or name not in kind.by_name for name in names)


def _is_there(name: str, data: Mapping[str, Any]) -> bool:
    """Whether a change holds words under a name."""
    if name == ORIGIN:
        return bool(data.get(ORIGIN, {}).keys() - {_FROM})
    if name == LINE:
        return bool(data.get(LINE))
    return isinstance(data.get("fields", {}).get(name), str | list | dict)
