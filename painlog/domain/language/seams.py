"""Words that stand between two facts without a comma, where they say of the second that it was not. Pure."""

from collections.abc import Sequence

from painlog.domain.language.line_items import Item
from painlog.domain.language.name_openings import explicit_head, find_denial, is_bare_name, is_of_session, says_which
from painlog.domain.language.roles import choice_head, passable
from painlog.domain.language.small_words import DOUBTS, HOW_ONE_FELT, LITTLE_ONES, TAKING, TURNING, Small

S = Small
_OWNING = ("my", "the", "our", "is", "was", "has", "have", "had")  # before and behind who it was
_NOTHING = ("nothing", "none")  # of another clause: took nothing, will take it later
_MOST_BETWEEN = 2  # words between what is wished and its night: would love 8h sleep


def start_of_denial(items: Sequence[Item], start: int, opening: int) -> int:
    """Return where words begin that say of the fact that opens at a place that it was not, or is not one's own.

    The fact before it begins at ``start``. What comes back is 0 where there are none.
    """
    if who := _start_of_subject(items, start, opening):
        return who
    if is_bare_name(items, opening):
        return _start_of_words(items, start, opening)
    at = _back_over(items, start, opening)
    if at - 1 > start and _guards(items[at - 1]):
        return at - 1
    if at - 1 > start and choice_head(items[opening]) and items[at - 1].low in DOUBTS:
        return at - 1
    return _start_of_wish(items, start, at) if items[opening].sort in ("length", "range") else 0


def _start_of_subject(items: Sequence[Item], start: int, opening: int) -> int:
    """Where somebody else begins of whom alone the fact is said: pain 6 mum took tramadol, pain 6 but my son slept."""
    at = _back_over_others(items, start, opening)
    if at <= start or not any(map(_is_somebody, items[at:opening])):
        return 0
    if items[at - 1].low in TURNING:
        at -= 1
    before = items[at - 1]
    return at if before.sort != "words" or before.as_role("place") or before.as_role("option") else 0


def _start_of_words(items: Sequence[Item], start: int, opening: int) -> int:
    """Where words begin that leave open whether a name without a verb was taken: didnt take, offered, off to."""
    at = opening
    while at - 1 > start and _leads(items[at - 1]):
        at -= 1
    if at - 2 > start and is_of_session(items, at - 1) and items[at - 2].as_role("verb"):
        return at - 2
    is_about = at - 1 > start and items[at - 1].low == "about" and not items[opening].is_numeric
    if at - 1 <= start or not (is_about or _leaves_open(items[at - 1])):
        return _start_of_wish(items, start, at)
    at -= is_about  # worried about tramadol 50mg
    while at - 1 > start and (items[at - 1].is_unknown or _leaves_open(items[at - 1]) or _leads(items[at - 1])):
        at -= 1
        if _guards(items[at]) and (items[at - 1].low in _NOTHING or not _guards(items[at - 1])):
            return _back_over_others(items, start, at)
    return at - 1 if at - 1 > start and items[at - 1].as_role("verb") else at


def _start_of_wish(items: Sequence[Item], start: int, end: int) -> int:
    """Where words begin that say of what has no verb that it was not: would love 8h sleep, couldnt face physio 1h."""
    at = end
    while at - 1 > start and end - at < _MOST_BETWEEN and (items[at - 1].is_unknown or items[at - 1].as_role("place")):
        at -= 1
    return at - 1 if at < end and at - 1 > start and _guards(items[at - 1]) else 0


def _back_over(items: Sequence[Item], start: int, at: int) -> int:
    """The place of the first of the words before a place that are passed over."""
    while at - 1 > start and passable(items[at - 1]):
        at -= 1
    return at


def _back_over_others(items: Sequence[Item], start: int, at: int) -> int:
    """The place of the first of the words before a place that say who it is: my son is."""
    while at - 1 > start and (items[at - 1].low in _OWNING or _is_somebody(items[at - 1])):
        at -= 1
    return at


def _is_somebody(item: Item) -> bool:
    return item.is_small(S.OTHER) or item.low in LITTLE_ONES


def _guards(item: Item) -> bool:
    return item.is_small(S.NOT, S.AHEAD)


def _leads(item: Item) -> bool:
    """Whether a word only leads to a name: a small one, to, dose, or which one it was."""
    return explicit_head(item) is not None or passable(item) or says_which(item) or item.low == "to"


def _leaves_open(item: Item) -> bool:
    """Whether a word before a name does not say that it was taken or done."""
    if says_which(item):
        return False
    if item.is_unknown:
        return item.low not in TAKING and item.low not in HOW_ONE_FELT and not item.low.endswith("ly")
    is_denial = any(find_denial(item, each.kind) for each in item.means)
    return is_denial or item.is_small(S.NOT, S.AHEAD, S.OTHER)
