"""Whose a fact is: it is asked about where somebody else stands before it, known or not. Pure."""

from painlog.domain.language.building import Building
from painlog.domain.language.line_items import Item
from painlog.domain.language.place_questions import fact_and_note, own_start
from painlog.domain.language.reading import Edit
from painlog.domain.language.roles import in_circumstance, passable
from painlog.domain.language.small_words import HOW_ONE_FELT, RELATIVES, RESTED, SAID_ALONG, SAYING, Small

S = Small
_ONESELF = ("me", "i", "ive", "im", "us", "myself")
_THEIRS = ("his", "her", "their", "your", "hers")
_BESIDE = ("with", "without", "to", "for", "from", "at", "by")
_NOBODY = ("ly", "ing", "ed", "s")  # how words end that are no name of somebody


def is_perhaps_of_another(built: Building, i: int) -> bool:
    """Whether a word before a fact may say that it is somebody else's, or how it mostly is: hubby slept 8h."""
    items, item = built.items, built.items[i]
    if i >= built.anchor or in_circumstance(items, i):
        return False
    if item.is_small(S.USUAL):
        return True
    if _is_beside(built, i) or any(each.low in _ONESELF for each in items[i + 1 : built.anchor]):
        return False  # a walk with mum, mood 8; baby kept me up, slept 3h
    if item.low in RELATIVES:
        return all(_is_of_subject(each) for each in items[i + 1 : built.anchor])
    return item.is_small(S.OTHER) or _may_be_who(built, i)


def _is_beside(built: Building, i: int) -> bool:
    """Whether somebody only was there, or was who it was done to: a walk with mum, argued with my son."""
    item, at = built.items[i], i
    if item.low in _THEIRS or item.end - item.start > len(item.low):
        return False  # his, wife's
    while at and (built.items[at - 1].low in ("my", "the", "our") or built.items[at - 1].is_small(S.OTHER)):
        at -= 1
    return at > 0 and built.items[at - 1].low in _BESIDE


def _is_of_subject(item: Item) -> bool:
    """Whether a word between somebody and a fact leaves it theirs: hubby had, gran says my mood."""
    return passable(item) or item.is_small(S.OTHER, S.DEGREE) or item.as_role("verb") is not None or item.low in SAYING


def ask_whose(built: Building, i: int, line: str) -> None:
    """Ask about such a word."""
    edit = _own_fact(built, i, line)
    built.ask(f"'{built.items[i].low}': is it yours, and was it so?", *([edit] if edit else []))


def _own_fact(built: Building, i: int, line: str) -> Edit | None:
    """The fact without how it mostly is, or with the words about somebody else as a note; None where all is theirs."""
    items, item = built.items, built.items[i]
    if item.is_small(S.USUAL):
        return Edit(item.start, item.end, "")
    if built.where is not None:
        return fact_and_note(line, items, own_start(built), built.last)
    between = items[i + 1 : built.anchor]
    if all(passable(each) or each.is_small(S.OTHER) or each.as_role("verb") for each in between):
        return None
    return fact_and_note(line, items, built.anchor, built.last)


def _may_be_who(built: Building, i: int) -> bool:
    """Whether a word that nobody knows stands alone before slept, as whoever it was does: lodger slept 8h."""
    items, item = built.items, built.items[i]
    if not item.is_unknown or items[built.anchor].low not in RESTED or item.low.endswith(_NOBODY):
        return False
    if item.low in HOW_ONE_FELT or item.low in SAID_ALONG or any(each.low in _ONESELF for each in items[:i]):
        return False
    return all(map(passable, [*items[:i], *items[i + 1 : built.anchor]]))
