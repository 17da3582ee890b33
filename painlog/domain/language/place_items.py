"""The items of a line, those that name a place of the body together made one: lower left back. Pure."""

from collections.abc import Sequence

from painlog.domain.language.figures import Figure
from painlog.domain.language.line_items import Item, items_of
from painlog.domain.language.moved_ratings import join_moves
from painlog.domain.language.roles import NOW, counted_by, has_places, passable, rating_head
from painlog.domain.language.small_words import AND, CAME, IS, PARTS_OF, Small, phrases
from painlog.domain.language.tokens import tokenize
from painlog.domain.language.vocabulary import NONE, PART, Meaning, Vocabulary
from painlog.domain.regions import has_sides, region_of

_WAYS = phrases("to, up, down, out, there, into, over, across, round, around, for, through, home")  # before and back
_LETTERS = ("l", "r")
_DIGITS = {"fingers": "hand", "toes": "foot"}
_BACK_TO = ("to", "up to", "down to")
_BESIDE = ("in", "with", "please")  # behind once: more of it


def read_items(line: str, vocabulary: Vocabulary) -> list[Item]:
    """Return the items of a line, in order."""
    items = _with_places(_with_ratings(items_of(line, vocabulary), vocabulary), vocabulary)
    return _with_once(_with_both_sides(join_moves(_with_letters(items))))


def _with_letters(items: list[Item]) -> list[Item]:
    """A letter that may be a side beside its place, without the mark between them: R. knee, hip-L."""
    for i in range(len(items) - 2):
        first, mark, last = items[i : i + 3]
        if mark.low == "." and first.low in _LETTERS and last.as_role("place"):
            items[i : i + 2] = [first._replace(end=mark.end)]
            break
        is_place = (first.low in _LETTERS and last.as_role("place")) or (
            last.low in _LETTERS and first.as_role("place")
        )
        if mark.low in ("/", "-") and is_place:
            del items[i + 1]
            break
    return items


def is_only_words(line: str, vocabulary: Vocabulary) -> bool:
    """Whether no amount, length of time or time stands in a line, so that it could all be a name."""
    return all(item.sort not in ("quantity", "length", "when", "range") for item in read_items(line, vocabulary))


def _with_ratings(items: list[Item], vocabulary: Vocabulary) -> list[Item]:
    """Words such as low mood that have a number behind them, and lead to nothing, as the rating they end in."""
    for i, item in enumerate(items):
        first, _, last = item.low.rpartition(" ")
        if not (first and item.means) or any(each.role != "word" for each in item.means):
            continue
        behind = next((each for each in items[i + 1 :] if not passable(each)), None)
        if (
            behind is None
            or behind.sort != "number"
            or (i and (items[i - 1].as_role("lead") or _is_cause(items[i - 1])))
        ):
            continue
        head = items_of(last, vocabulary)[0]
        if rating_head(head) is not None:
            middle = item.end - len(last)
            degree = items_of(first, vocabulary)[0]._replace(start=item.start, end=middle - 1)
            items[i : i + 1] = [degree, head._replace(start=middle, end=item.end)]
    return items


def _is_cause(item: Item) -> bool:
    return item.is_small(Small.CAUSE, Small.STRETCH)


def _with_once(items: list[Item]) -> list[Item]:
    """Once, behind what is counted in times (woke once), is one, unless a time or a clause follows that it leads to."""
    for i, item in enumerate(items[1:], 1):
        if item.low == "once" and counted_by(items[i - 1]) and not _leads_on(items[i + 1 : i + 2]):
            items[i] = item._replace(sort="number", value=Figure(1, 0, "1"), means=())
    return items


def _leads_on(following: Sequence[Item]) -> bool:
    """Whether what stands behind once may be when it was: woke once at 4am, woke once the alarm rang."""
    if any(each.sort == "when" and (each.value.clock or each.value.open_clock) for each in following):
        return True
    others = [each for each in following if each.low not in (*_BESIDE, *NOW)]
    return any(each.is_unknown or each.is_small(Small.FILLER, Small.OTHER) for each in others)


def _with_both_sides(items: list[Item]) -> list[Item]:
    """Left and right, said together, are both."""
    place = 0
    while place + 2 < len(items):
        first, joint, second = items[place : place + 3]
        if joint.low == "/" and {first.low, second.low} == {*_LETTERS}:
            items[place : place + 3] = [Item("words", first.start, second.end, low="l&r")]
            continue
        if (
            (joint.sort == "joint" or joint.low == "/")
            and (one := first.as_role("side"))
            and (other := second.as_role("side"))
            and {one.value, other.value} == {"l", "r"}
            and not (joint.low == "," and _has_place_at(items, place - 1) and _has_place_at(items, place + 3))
        ):
            both = Meaning("side", value="lr")
            items[place : place + 3] = [Item("words", first.start, second.end, None, (both,), "left and right")]
        place += 1
    return items


def _has_place_at(items: Sequence[Item], at: int) -> bool:
    return 0 <= at < len(items) and items[at].as_role("place") is not None


def _with_places(items: list[Item], vocabulary: Vocabulary) -> list[Item]:
    """Places whose words stand apart as one, and words such as back that are none here as words."""
    at = 0
    while at < len(items):
        if items[at].low == "back" and (start := _return_start(items, at)) >= 0:
            end = at + 1 + _leads_back(items, at)
            first, last, low = items[start], items[end - 1], " ".join(each.low for each in items[start:end])
            apart = Meaning("small", value=Small.WITHOUT_SIDE)
            items[start:end] = [Item("words", first.start, last.end, None, (apart,), low)]
        elif items[at].low in PARTS_OF or items[at].as_role("place"):
            _join_part(items, at, vocabulary)
        if at < len(items) and items[at].as_role("place"):
            _join_behind(items, at, vocabulary)
        at += 1
    return items


def _return_start(items: Sequence[Item], at: int) -> int:
    """Where words begin that say with back that a pain is there again: is back, came back, back again; -1 for none."""
    following = items[at + 1] if at + 1 < len(items) else None
    if at and _is_way_back(items, at, following):
        return at - 1
    if not at or (following is not None and rating_head(following)):
        return -1
    if _leads_back(items, at) and (rating_head(items[at - 1]) or _is_pain(items, at - 1)):
        return at
    if items[at - 1].low in CAME or (items[at - 1].low in IS and _is_pain(items, at - 2)):
        return at - 1
    return at if following is not None and following.low == "again" and _is_pain(items, at - 1) else -1


def _leads_back(items: Sequence[Item], at: int) -> bool:
    """Whether back goes on to the number that it is again: pain back up to 7."""
    lead, number = items[at + 1 : at + 2], items[at + 2 : at + 3]
    return bool(lead and number) and lead[0].low in _BACK_TO and number[0].sort == "number"


def _is_way_back(items: Sequence[Item], at: int, following: Item | None) -> bool:
    """Whether and back ends a way there and back: walked to the shop and back, pain 5."""
    ends = following is None or following.sort in ("joint", "stop", "mark") or rating_head(following) is not None
    if not ends or items[at - 1].low not in AND or at < 2 or _is_pain(items, at - 2):
        return False
    begins = next((i for i in range(at - 2, -1, -1) if items[i].sort in ("joint", "stop", "mark")), -1)
    return any(items[i].low in _WAYS for i in range(begins + 1, at - 1))


def _is_pain(items: Sequence[Item], at: int) -> bool:
    """Whether a pain, its place or its number stands here."""
    head = rating_head(items[at]) if at >= 0 else None
    is_pain = head is not None and has_places(head.kind) and head.style != NONE
    return is_pain or _has_place_at(items, at) or (at >= 0 and items[at].sort == "number")


def _join_part(items: list[Item], at: int, vocabulary: Vocabulary) -> None:
    """Join what says which part to its place: lower left back, back of my thigh, toes of the left foot."""
    end = at + 1
    while end < len(items) and (items[end].as_role("side") or (passable(items[end]) and items[end].sort == "words")):
        end += 1
    if end == len(items) or end == at + 1:
        return
    lead = items[at + 1].low
    is_of, is_digit = lead == "of", lead == "on" and _is_digit_of(items[at], items[end])
    if not (is_of or is_digit or items[at].is_small(Small.DEGREE)):
        return
    sides = [each for each in items[at + 1 : end] if each.as_role("side")]
    named = _place_named(f"{items[at].low} {items[end].low}", vocabulary)
    named = named or (_own_part(items[at], items[end]) if is_of or is_digit else None)
    if not _join(items, at, end, named, sides) and is_of and _has_place_at(items, end):
        items[at] = items[at]._replace(means=(Meaning("small", value=Small.TOWARDS),))


def _is_digit_of(part: Item, whole: Item) -> bool:
    """Whether these are fingers or toes and what they are of: fingers on my right hand."""
    first, second = part.as_role("place"), whole.as_role("place")
    return first is not None and second is not None and _DIGITS.get(first.value[0]) == second.value[0]


def _own_part(part: Item, whole: Item) -> Meaning | None:
    """Return a place that is a part of another, with its words to be kept: toes of the foot, no heel of the hand."""
    first, second = part.as_role("place"), whole.as_role("place")
    if first is None or second is None or part.low in PARTS_OF:
        return None
    groups = {region.group for each in (first, second) if (region := region_of(each.value[0]))}
    return first._replace(style=PART) if len(groups) == 1 else None


def _join_behind(items: list[Item], at: int, vocabulary: Vocabulary) -> None:
    """Join a place to what says behind it which part is meant, a side with it: back lower left."""
    part, side = items[at + 1 : at + 2], items[at + 2 : at + 3]
    if part and part[0].low in PARTS_OF and part[0].is_small(Small.DEGREE) and side and side[0].as_role("side"):
        _join(items, at, at + 2, _place_named(f"{part[0].low} {items[at].low}", vocabulary), side)


def _place_named(name: str, vocabulary: Vocabulary) -> Meaning | None:
    """Return the place that these words name together; None where they name none."""
    tokens = tokenize(name)
    means, after = vocabulary.at(tokens, 0)
    return next((each for each in means if each.role == "place"), None) if after == len(tokens) else None


def _join(items: list[Item], at: int, end: int, placed: Meaning | None, sides: Sequence[Item]) -> bool:
    """Make the items from one to another a place with the side among them; false where it has none, or several."""
    if placed is None or len(sides) > 1 or (sides and not has_sides(placed.value[0])):
        return False
    side = sides[0].as_role("side").value if sides else placed.value[1]  # type: ignore[union-attr]
    low = " ".join(each.low for each in items[at : end + 1])
    meaning = placed._replace(value=(placed.value[0], side))
    items[at : end + 1] = [Item("words", items[at].start, items[end].end, None, (meaning,), low)]
    return True
