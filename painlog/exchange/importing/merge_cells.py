"""The parts that one moment's cells say, joined to entries. Pure.

One entry is made of each kind and sort of it: a pain with its places and triggers, a mood with worry. Each medicine is
an entry of its own, and a note goes with the moment's pain if there is one.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from painlog.domain.entries import Draft
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.dates import Moment
from painlog.errors import BadInput
from painlog.exchange.importing.column_meanings import APART, Part
from painlog.exchange.importing.contract import Context, Keys, Problem


class Place(NamedTuple):
    """Where parts stand: in the file, for a problem; in time; and ``when``, the beginning of their keys."""

    name: str
    moment: Moment
    when: str


def drafts_of(parts: Sequence[Part], place: Place, context: Context, keys: Keys) -> Iterator[Draft | Problem]:
    """Yield the drafts of one moment's parts, and a problem for what is out of range."""
    for part in entries_of(parts):
        key = keys.of(place.when, *_identity(part))
        try:
            yield context.draft(part.kind, part.said, place.moment, key=key, original=part.original)
        except BadInput as error:
            yield Problem(place.name, str(error))


def entries_of(parts: Sequence[Part]) -> list[Part]:
    """Join the parts of one moment: one for each kind and sort of it, and the note with the pain if there is one."""
    notes = [text for part in parts if part.kind.name == "note" for text in part.said["note"]]
    joined: dict[object, Part] = {}
    for number, part in enumerate(sorted((p for p in parts if p.kind.name != "note"), key=_is_detail)):
        place = number if part.kind.name in APART else _place(part, joined)
        joined[place] = _merged(joined.get(place), part)
    found = list(joined.values())
    if not notes:
        return found
    pain = next((part for part in found if part.kind.name == "pain"), None)
    if pain is None:
        return [*found, Part(KINDS["note"], {"note": ["\n".join(notes)]})]
    pain.said["note"] = ["\n".join(notes)]
    return found


def _is_detail(part: Part) -> bool:
    """Whether it says no main value, and so goes with one that does."""
    return part.kind.main.name not in part.said


def _place(part: Part, joined: Mapping[object, Part]) -> object:
    """The entry that a part belongs to; places and triggers go with any pain of the row."""
    sort = tuple(part.said.get(part.kind.variant, ()))
    own = (part.kind.name, *part.kind.given.values(), *sort)
    pains = [place for place, other in joined.items() if other.kind.name == "pain"]
    return pains[0] if pains and part.kind.name == "pain" and _is_detail(part) else own


def _merged(one: Part | None, other: Part) -> Part:
    if one is None:
        return Part(other.kind, dict(other.said), other.original)
    said = {name: [*one.said.get(name, ()), *other.said.get(name, ())] for name in {**one.said, **other.said}}
    return Part(one.kind, said, "; ".join(filter(None, (one.original, other.original))))


def _identity(part: Part) -> tuple[str, ...]:
    said = (f"{name}={text}" for name, texts in sorted(part.said.items()) for text in texts)
    return (part.kind.name, part.kind.label, *said)
