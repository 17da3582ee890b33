"""Words that say how a rating came to its number, kept as they stand: pain went up to 7, mood fell to 3. Pure."""

from collections.abc import Sequence

from painlog.domain.language.line_items import Item
from painlog.domain.language.roles import counts, passable, rating_head
from painlog.domain.language.small_words import Small, phrases
from painlog.domain.language.vocabulary import NONE, Meaning

_MOVED = frozenset(  # behind it up or down, and to
    phrases("""
        went, gone, rose, risen, crept, climbed, jumped, shot, spiked, increased, ramped, flared, fell, fallen, dropped,
        dipped, crashed, plummeted, sank, sunk, improved, lifted, picked, came, got, moved, slid, soared, rocketed
    """)
)
_STAYED = frozenset(phrases("hit, hits, reached, reaches, steady, same, stable, unchanged, averaging"))
_WAYS, _TO = ("up", "down"), ("to", "up to", "down to")


def join_moves(items: list[Item]) -> list[Item]:
    """Make one item of the words between a rating and its number that say how it came to it."""
    for i, item in enumerate(items):
        head = rating_head(item)
        if not ((head and head.style != NONE) or item.as_role("place")):
            continue
        first = i + 1
        while first < len(items) and (passable(items[first]) or items[first].is_small(Small.DEGREE)):
            first += 1
        if (end := _number_behind(items, first)) and not _counts_things(items, end):
            low = " ".join(each.low for each in items[first:end])
            kept = Meaning("small", value=Small.DEGREE)
            items[first:end] = [Item("words", items[first].start, items[end - 1].end, None, (kept,), low)]
    return items


def _number_behind(items: Sequence[Item], at: int) -> int:
    """The place of the number behind words that begin here and lead to it; 0 where none do."""
    first, at = items[at].low if at < len(items) else "", at + 1
    if first in _MOVED:
        at += at < len(items) and items[at].low in _WAYS
        if at >= len(items) or items[at].low not in _TO:
            return 0
        at += 1
    elif first not in _STAYED:
        return 0
    return at if at < len(items) and items[at].sort == "number" else 0


def _counts_things(items: Sequence[Item], at: int) -> bool:
    """Whether a number is of what follows it, and no score: knee went to 6 shops."""
    return counts(items, at) or (at + 1 < len(items) and items[at + 1].is_unknown)
