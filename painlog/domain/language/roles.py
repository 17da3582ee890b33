"""What an item may do in a clause: open a rating or a night, lead to a circumstance, or be passed over. Pure."""

from collections.abc import Sequence

from painlog.domain.kinds.declaration import either
from painlog.domain.kinds.fields import Choice, Minutes, Number, Text, YesNo
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.where import Where
from painlog.domain.language.line_items import Item
from painlog.domain.language.small_words import DID, IN_TURN, LATE, NUMBERED, WELL, Small
from painlog.domain.language.vocabulary import NONE, Meaning

S = Small


_SIGNS = (":", "=", "-", "–", "—", "@")


_FIRST_PICTURE = "\u2600"  # of the signs that are pictures, and say nothing that is recorded
JOINED = "&"  # what stands for the comma or and between clauses that are read as one
_PASSED = frozenset((*_SIGNS, "!", "?", "(", ")", "/", "'", "*", "~", JOINED))


_MOST_SET = 20  # a larger number may be minutes
NUMBERS = ("number", "range")
_WHICH = tuple(each for each in IN_TURN if each != "night")  # which is a night's own word
_AMONG = ("in", "on", "with", "of")  # before a number of things
NOW = ("now", "right now", "currently", "atm")


def passable(item: Item) -> bool:
    """Whether nothing is lost by passing over an item: a filler or a sign such as a colon."""
    if item.sort == "mark":
        return item.low in _PASSED or item.low >= _FIRST_PICTURE
    return item.is_small(S.FILLER)


def is_rating(meaning: Meaning | None) -> bool:
    """Whether a head asks for a number, a yes or a length that is no night."""
    return meaning is not None and isinstance(meaning.field, Number | YesNo | Minutes) and not meaning.field.spans


def rating_head(item: Item) -> Meaning | None:
    """Return what an item opens if it opens a rating."""
    for each in item.means:
        if each.role == "head" and is_rating(each):
            return each
    return None


def night_head(item: Item) -> Meaning | None:
    """Return what an item opens if it opens a night or a nap."""
    return next((each for each in item.means if each.role == "head" and each.field and each.field.spans), None)


def choice_head(item: Item) -> Meaning | None:
    """Return what an item opens if that is one of a few words, such as a flare's start."""
    return next((each for each in item.means if each.role == "head" and isinstance(each.field, Choice)), None)


def choice_question(item: Item, head: Meaning) -> str:
    """Return what is asked where a flare stands without its start or end, a goal without how it went."""
    options = head.field.options if isinstance(head.field, Choice) else ()
    return f"{item.low}: did one start or end?" if "start" in options else f"{item.low}: {either(options)}?"


def text_head(item: Item) -> Meaning | None:
    """Return what an item opens if all that follows are the person's words."""
    return next((each for each in item.means if each.role == "head" and isinstance(each.field, Text)), None)


def fits(field: object, item: Item) -> bool:
    """Whether an item can be the value of a rating."""
    if isinstance(field, YesNo):
        return item.low in ("yes", "no")
    if isinstance(field, Minutes):
        return item.sort in ("length", *NUMBERS)
    return item.sort in NUMBERS


def counts(items: Sequence[Item], place: int) -> bool:
    """Whether a number at a place counts what follows, and is no score: 3 times, 2 weeks, 50 %."""
    following = items[place + 1] if place + 1 < len(items) else None
    if following is not None and following.low in _WHICH and items[place + 2 : place + 3]:
        return items[place + 2].sort != "number"  # pain 6 day 4: which day it was
    return (following is not None and following.is_small(S.COUNT)) or (
        following is not None and following.sort == "mark" and following.low == "%"
    )


def is_days_without(items: Sequence[Item], at: int) -> bool:
    """Whether a number counts days on which something was not: 2 days without tramadol, 3 weeks off work."""
    denied = items[at + 2 : at + 3]
    return counts(items, at) and any(each.is_small(S.NOT) or each.low == "off" for each in denied)


def is_one_of(items: Sequence[Item], at: int) -> bool:
    """Whether a number says which of several days or nights it was, and not how long: night 3 of no sleep."""
    return at > 0 and items[at - 1].low in IN_TURN and at + 1 < len(items) and items[at + 1].low == "of"


def is_which_day(items: Sequence[Item], at: int) -> bool:
    """Whether a number says which day or week of something it is: day 3 of new meds, week 2 after the op."""
    if not at or items[at - 1].low not in IN_TURN or items[at].sort != "number" or at + 1 == len(items):
        return False
    following = items[at + 1]
    return following.low == "of" or following.is_unknown or following.is_small(S.NOT, S.CAUSE, S.STRETCH)


def counted_by(item: Item) -> Meaning | None:
    """What a word before a number or a vague one counts, as woke does; None where it counts nothing."""
    counted = (m for m in item.means if m.role == "field" and isinstance(m.field, Number) and m.field.counts)
    return next(counted, None)


def says_how_late(items: Sequence[Item], place: int) -> bool:
    """Whether a length at a place says how late something was, and not how long: 3 hours late."""
    following = items[place + 1] if place + 1 < len(items) else None
    return items[place].sort == "length" and following is not None and following.low in LATE


def is_setting(items: Sequence[Item], place: int) -> bool:
    """Whether an item says which session it was, or how it was set, and not how long: level 6, #2."""
    item = items[place]
    if item.low == "#":
        return True
    before = items[place - 1].low if place else ""
    return item.sort == "number" and before in NUMBERED and item.value.value <= _MOST_SET


def has_places(kind: Kind | None) -> bool:
    """Whether a kind says where it is."""
    return kind is not None and any(isinstance(field, Where) for field in kind.typed_fields)


def bare_meaning(item: Item, kind: Kind, role: str) -> Meaning | None:
    """Return what an item means in a role, where its field goes without its name."""
    meaning = item.as_role(role, kind)
    return meaning if meaning and meaning.field and meaning.field.bare else None


def leads_on(item: Item) -> bool:
    """Whether an item may stand between a number and what it is: a side, a quality, a degree."""
    return bool(item.as_role("side") or item.is_small(S.DEGREE)) or any(
        each.role in ("word", "option") and each.field is not None and each.field.bare for each in item.means
    )


def is_quality(item: Item) -> bool:
    """Whether an item is a word that says what it is like."""
    return any(m.role == "word" and m.field is not None and m.field.bare for m in item.means)


def in_circumstance(items: Sequence[Item], place: int) -> bool:
    """Whether a word that leads to a circumstance stands before, with nothing but words between."""
    for i in range(place - 1, -1, -1):
        item = items[i]
        if item.sort in ("number", "stop", "joint", "length", "quantity", "range", "when"):
            return False
        if item.is_small(S.CAUSE, S.STRETCH, S.LIKE) and item.low not in ("with", "but", "so", "where", "from"):
            return True
    return False


def follows_cause(items: Sequence[Item], place: int) -> bool:
    """Whether what stands here is itself the circumstance: because of pain 7, after taking ibuprofen 400mg."""
    for i in range(place - 1, -1, -1):
        item = items[i]
        if item.is_small(S.CAUSE, S.STRETCH, S.LIKE) and not item.is_small(S.ABOUT):
            return item.low not in ("with", "but", "so", "where")
        beside = (
            rating_head(item)
            or item.as_role("place")
            or item.as_role("verb")
            or is_quality(item)
            or item.as_role("side")
            or item.is_small(S.DEGREE, S.VAGUE)
        )
        if not (passable(item) or beside) or item.sort in ("number", "when"):
            return False
    return False


def is_reason(items: Sequence[Item], place: int) -> bool:
    """Whether a word says why something was not to be, and not how it is: too sore to walk."""
    return place > 0 and items[place - 1].low == "too"


def own_score(items: Sequence[Item], i: int) -> int:
    """The place after a region with a score of its own (left knee:7); 0 where none stands."""
    at = i
    while at < len(items) and items[at].as_role("side"):
        at += 1
    scored = at + 2 < len(items) and items[at].as_role("place") and items[at + 1].low == ":" and items[at + 1].glued
    return at + 3 if scored and items[at + 2].sort == "number" and items[at + 2].glued else 0


def leads_to_place(items: Sequence[Item], at: int) -> bool:
    """Whether a word says where beside a place that follows: behind the left eye, down into the leg."""
    if not items[at].is_small(S.TOWARDS):
        return False
    passed = (item for item in items[at + 1 :] if not (passable(item) or item.as_role("side")))
    item = next((each for each in passed if not each.is_small(S.TOWARDS)), None)
    return item is not None and item.as_role("place") is not None


def names_place(item: Item) -> bool:
    """Whether a word says where it hurts: a place, or a pain that has one, such as headache."""
    return item.as_role("place") is not None or any(each.role == "head" and each.value for each in item.means)


def is_well(items: Sequence[Item], at: int) -> bool:
    """Whether a place is said to be no trouble, and has no number of its own: knee fine, neck much better now."""
    for item in items[at + 1 :]:
        if item.low in WELL:
            return True
        is_near = passable(item) or item.is_small(S.DEGREE) or item.as_role("side") or item.low in ("much", "all")
        if item.low == JOINED or not is_near:
            return False
    return False


def _is_other_side(items: Sequence[Item], place: int, at: int) -> bool:
    """Whether a side is not that of the place before, which has one: left knee fine right 6."""
    return items[at].as_role("side") is not None and place > 0 and items[place - 1].as_role("side") is not None


def says_what_one_did(item: Item) -> bool:
    """Whether a word before a number of things says what one did with them: watched 2 films, read 3 chapters."""
    return item.low in DID or (item.is_unknown and item.low.endswith("ed"))


def counts_what_was(items: Sequence[Item], at: int) -> bool:
    """Whether a number at the end says how many there were of what nobody knows: hot flushes x3."""
    is_times = at > 1 and items[at].sort == "number" and items[at - 1].low in ("x", "×")
    return is_times and at + 1 == len(items) and items[at - 2].is_unknown


def counts_things(items: Sequence[Item], at: int) -> bool:
    """Whether a number behind a word such as on is of what is there, and no score: back on 2 crutches."""
    score = items[at].sort == "number" and items[at].value.out_of
    return at > 0 and items[at - 1].low in _AMONG and items[at].is_numeric and not score


def opens_rating(items: Sequence[Item], place: int) -> int:  # noqa: PLR0912  (a branch a form)
    """Return the place of the number of a rating that opens here with nothing strange between; 0 where none does."""
    item = items[place]
    head = rating_head(item)
    if head and head.style == NONE:
        return place or -1
    where = item.as_role("place")
    kind = head.kind if head else where.kind if where else None
    if kind is None:
        meant = next((each for each in item.means if each.role in ("side", "option", "word")), None)
        if meant is None or (meant.role != "side" and not (meant.field and meant.field.bare)):
            return 0
        kind = meant.kind
    field = head.field if head else kind.main if kind else None
    named = place if names_place(item) else -1
    for at in range(place + 1, len(items)):
        each = items[at]
        if field is not None and fits(field, each):
            if head is None and (
                where is None or counts(items, at) or counts_things(items, at) or each.sort == "length"
            ):
                return 0
            return at
        if each.low == "than" and at + 1 < len(items) and items[at + 1].sort == "when":
            return 0  # better than yesterday, 6
        if named >= 0 and (names_place(each) or _is_other_side(items, named, at)) and is_well(items[:at], named):
            return 0
        named = at if names_place(each) else named
        other = rating_head(each)
        if other and (kind is None or other.kind is kind) and other.style != NONE:
            if head and other.field is not head.field and head.field is other.kind.main and at == place + 1:  # type: ignore[union-attr]
                head, kind, field = other, other.kind, other.field
                continue
            if (head and other.field is not head.field) or (
                head is None and where is None and not has_places(other.kind)
            ):
                return 0
            head, kind, field = other, other.kind, other.field
        elif placed := each.as_role("place"):
            if (kind is not None and placed.kind is not kind) or (where is not None and own_score(items, at)):
                return 0
            where, kind = placed, placed.kind
            field = field or (kind.main if kind else None)
        elif (
            each.as_role("side")
            or (kind and (bare_meaning(each, kind, "word") or bare_meaning(each, kind, "option")))
            or (kind is None and any(m.role in ("word", "option") and m.field and m.field.bare for m in each.means))
        ) or leads_to_place(items, at):
            continue
        elif not (passable(each) or each.is_small(S.DEGREE, S.ABOUT, S.BOUND, S.WITHOUT_SIDE) or each.sort == "when"):
            return 0
    return 0
