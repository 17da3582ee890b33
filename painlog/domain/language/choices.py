"""Clauses that say one of a few words: a flare's start or end, how a goal went. Pure."""

from collections.abc import Sequence

from painlog.domain.language.building import Building
from painlog.domain.language.clause_fields import take_beside
from painlog.domain.language.clause_times import take_when
from painlog.domain.language.line_items import Item
from painlog.domain.language.roles import choice_head, passable
from painlog.domain.language.small_words import Small

_NOT_QUITE = ("almost", "nearly")


def opens_choice(items: Sequence[Item], place: int) -> int:
    """Return the place of the word that completes a head such as flare; 0 where none follows."""
    head = choice_head(items[place])
    if head is None:
        return 0
    for at in range(place + 1, len(items)):
        if any(each.role == "option" and each.field is head.field for each in items[at].means):
            return at
        if not (passable(items[at]) or _may_be_before(items[at]) or items[at].sort == "when"):
            return 0
    return 0


def _may_be_before(item: Item) -> bool:
    """Whether a word may stand before a start or an end: how, or that it was not or need not be."""
    return item.is_small(Small.DEGREE, Small.AHEAD, Small.NOT, Small.ABOUT) or item.low in _NOT_QUITE


def read_choice(items: Sequence[Item]) -> Building | None:
    """Return what a clause says of a flare's start or end, or how a goal went."""
    for place, item in enumerate(items):
        head = choice_head(item)
        at = opens_choice(items, place)
        if head is None or not at or head.kind is None or head.field is None:
            continue
        built = Building(head.kind, items)
        built.anchor = place
        built.use(place, at)
        for i in range(place + 1, at):
            if items[i].sort == "when":
                take_when(built, i)
            elif passable(items[i]):
                built.use(i)
            elif not items[i].is_small(Small.DEGREE):
                built.doubt(items[i])
            else:
                built.words.add(i)
        option = next(each for each in items[at].means if each.role == "option" and each.field is head.field)
        built.set(head.field, option.value, items[at])
        rest_name = next((f for f in built.kind.typed_fields[1:] if f.metavar == "NAME" and f.bare), None)
        if rest_name is not None and at + 1 < len(items):
            text = " ".join(each.low for each in items[at + 1 :] if not passable(each) or each.sort != "mark")
            built.set(rest_name, text, items[at + 1])
            built.use(*range(at + 1, len(items)))
            return built
        if at + 2 < len(items) and items[at + 1].low == "since" and items[at + 2].sort == "when":
            built.use(at + 1)  # started since friday: on that day
            take_when(built, at + 2)
            at += 2
        take_beside(built, at + 1)
        return built
    return None
