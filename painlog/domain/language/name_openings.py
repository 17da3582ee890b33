"""Whether a dose or a session opens at a place, and what stands before its name. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from painlog.domain.kinds.fields import Choice, Minutes, Name
from painlog.domain.kinds.kind import Kind
from painlog.domain.language.line_items import Item
from painlog.domain.language.medicine_units import COUNTED
from painlog.domain.language.roles import counts, is_setting, passable
from painlog.domain.language.small_words import EXERCISES, NEARLY, WHICH_ONE, Small
from painlog.domain.language.times_of_day import part_named
from painlog.domain.language.vocabulary import DONE, EXPLICIT, OWN, Meaning
from painlog.domain.language.when import TODAY

S = Small


class Part(NamedTuple):
    """What stands before a name: a number or an amount, and words that leave it open."""

    at: int
    number: int = -1
    vague: int = -1
    article: bool = False
    extra: int = -1
    nothing: bool = False


_ARTICLES = ("a", "an", "the", "it", "this", "them", "these", "those")


MOST_WORDS = 4


def opens_name(items: Sequence[Item], place: int) -> bool:
    """Whether a dose or a session opens here for certain: a verb and a known name, or a name with its amount."""
    item = items[place]
    if explicit := explicit_head(item):
        part = part_before_name(items, place + 1)
        kinds = (explicit.kind,) if explicit.kind else ()
        return not part.nothing and part.at < len(items) and known_name(items[part.at], kinds) is not None
    if status_of(item) or item.as_role("verb"):
        part = part_before_name(items, place + 1)
        if part.nothing or part.at >= len(items):
            return False
        if known_name(items[part.at], _verb_kinds(item)) is not None:
            return True
        return bool(item.as_role("verb")) and _has_amount(items, part)
    if known_name(item, ()) is not None:
        return _figure_after(items, place) >= 0
    if item.sort in ("quantity", "number", "length") and not (
        counts(items, place) and items[place + 1].low not in ("x", "×")
    ):
        at = place + 1
        while at < len(items) and items[at].low in ("of", "my", "x", "×"):
            at += 1
        return at < len(items) and known_name(items[at], ()) is not None
    return False


def explicit_head(item: Item) -> Meaning | None:
    """Return what a word that a name is to follow opens: dose, treatment, visit."""
    heads = (m for m in item.means if m.role == "head" and m.style == EXPLICIT and isinstance(m.field, Name))
    return next(heads, None)


def is_bare_name(items: Sequence[Item], place: int) -> bool:
    """Whether what opens here is a name with its amount or length, and no verb says that it was taken or done."""
    item = items[place]
    if status_of(item) or item.as_role("verb") or any(m.style == DONE for m in item.means):
        return False
    return opens_name(items, place)


def is_session_alone(items: Sequence[Item]) -> bool:
    """Whether a clause only names what is done for a time, and says not how long: physio session 3."""
    core = [(i, item) for i, item in enumerate(items) if not passable(item)]
    named = core[0][1].as_role("naming") if core else None
    if named is None or named.kind is None or not _is_timed(named.kind):
        return False
    return all(item.sort == "when" or is_setting(items, i) for i, item in core[1:])


def says_more_of_session(items: Sequence[Item], session: Sequence[Item]) -> bool:
    """Whether a clause behind the name of a session is only how long it was, or how it helped."""
    core = [item for item in items if not passable(item)]
    if len(core) == 1 and core[0].sort == "length":
        return True
    named = next(m for item in session for m in item.means if m.role == "naming")
    return len(core) == 2 and core[0].as_role("field", named.kind) is not None and core[1].sort == "number"


def _is_timed(kind: Kind) -> bool:
    return any(isinstance(field, Minutes) and field.bare for field in kind.typed_fields)


def end_of_name(items: Sequence[Item], place: int) -> int:
    """Return the place of the last item of what ``opens_name``: the name, or its amount where that follows at once."""
    named = next((i for i in range(place, len(items)) if items[i].as_role("naming")), -1)
    if named < 0:
        return next((i for i in range(place, len(items)) if items[i].sort == "quantity"), place)
    after = _figure_after(items, named)
    return after if after >= 0 else named


def _has_amount(items: Sequence[Item], part: Part) -> bool:
    if part.number >= 0 and items[part.number].sort == "quantity":
        return True
    for item in items[part.at : part.at + MOST_WORDS + 1]:
        if item.sort == "quantity":
            return True
        if not item.is_unknown:
            return False
    return False


def _figure_after(items: Sequence[Item], place: int) -> int:
    """The place of an amount or a length right after a name; -1 where none stands."""
    for at in range(place + 1, len(items)):
        if items[at].sort in ("quantity", "length"):
            return at
        if not (passable(items[at]) or items[at].low == "for" or is_about_number(items, at)):
            return -1
    return -1


def _verb_kinds(item: Item) -> tuple[Kind, ...]:
    kinds = [each.kind for each in item.means if each.role in ("verb", "option") and each.kind is not None]
    return tuple(kinds)


def status_of(item: Item) -> Meaning | None:
    """Return what an item says of whether it was taken, if that opens an entry."""
    for each in item.means:
        if each.role == "option" and isinstance(each.field, Choice) and each.field.opens:
            return each
    return None


def find_denial(item: Item, kind: Kind | None) -> Meaning | None:
    """Return what an item means if it says that an entry of a kind was not: cancelled, the last option of a session."""
    variant = kind.by_name.get(kind.variant) if kind else None
    options = variant.options if isinstance(variant, Choice) and variant.bare else ()
    said = (each for each in item.means if each.role == "option" and each.field is variant)
    return next((each for each in said if options and each.value == options[-1]), None)


def known_name(item: Item, kinds: Sequence[Kind]) -> Meaning | None:
    """What an item names, of some kinds where any are given; the journal's own before all others."""
    found = [each for each in item.means if each.role == "naming" and (not kinds or each.kind in kinds)]
    found.sort(key=lambda each: each.style != OWN)
    return found[0] if found else None


def part_before_name(items: Sequence[Item], start: int) -> Part:
    """Return what stands before a name from a place on."""
    number = vague = extra = -1
    article = False
    at = start
    while at < len(items):
        item = items[at]
        if item.sort in ("number", "quantity", "length", "range") and number < 0:
            number = at
        elif item.is_small(S.VAGUE):
            vague = at
        elif says_which(item):
            extra = at
        elif is_about_number(items, at):
            pass  # it is kept
        elif item.is_small(S.NOT):
            return Part(at, nothing=True)
        elif item.low in _ARTICLES:
            article = True
        elif not (passable(item) or item.low in ("x", "×", "dose", "for")) or known_name(item, ()):
            break
        at += 1
    return Part(at, number, vague, article, extra)


def says_which(item: Item) -> bool:
    """Return whether a word before a name says which dose or session it was: my first, the usual, my evening."""
    if item.sort == "when":
        return bool(item.value.part) and item.value.day == TODAY and item.value.clock is None
    return item.low in WHICH_ONE or (item.is_unknown and bool(part_named(item.low)))


def is_of_session(items: Sequence[Item], at: int) -> bool:
    """Return whether a place says of which part of the body the session right behind it was: neck massage."""
    named = items[at + 1].as_role("naming") if at + 1 < len(items) and items[at].as_role("place") else None
    return named is not None and named.kind is not None and _is_timed(named.kind)


def is_same_session(items: Sequence[Item], at: int) -> bool:
    """Return whether a word with a length says what the session right before it was made of: physio exercises 1h."""
    before = items[at - 1].as_role("naming") if at and items[at].low in EXERCISES else None
    if before is None or before.kind is None or not _is_timed(before.kind):
        return False
    return at + 1 < len(items) and items[at + 1].sort == "length"


def is_about_number(items: Sequence[Item], at: int) -> bool:
    """Return whether a word says that the number or amount right behind it is not exact: about 400mg."""
    is_measure = at + 1 < len(items) and items[at + 1].sort in ("number", "quantity", "length")
    return is_measure and items[at].low in NEARLY


def is_measured(item: Item) -> bool:
    """Return whether an amount is of mg or the like, as no cup of tea is."""
    return item.value.partition(" ")[2] not in (*COUNTED, "l")


def leads_to_name(item: Item) -> bool:
    """Return whether a name without a verb may follow: 2 tramadol, 2-3 tramadol, a couple of tramadol."""
    return item.is_numeric or (item.is_small(S.VAGUE) and item.low != "some")


def stands_in_words(items: Sequence[Item], place: int) -> bool:
    """Return whether a word that leads to a circumstance, or plain words, stand before."""
    if not place or items[place - 1].low == "so":
        return False
    if items[place - 1].low in ("started", "restarted"):
        return True
    return items[place - 1].is_small(S.CAUSE, S.STRETCH, S.NOT, S.AHEAD, S.LIKE) or items[place - 1].is_unknown


def may_stand_before(before: Sequence[Item], kind: Kind) -> bool:
    """Return whether only small words, times and denials stand before a name of a kind, which has no verb."""
    return all(
        passable(item) or item.is_small(S.DEGREE) or item.sort == "when" or says_which(item) or find_denial(item, kind)
        for item in before
    )


def after_name(items: Sequence[Item], at: int) -> Item | None:
    """Return what stands behind the name at a place, past what only sets it: its strength, how it was taken."""
    following = (i for i in range(at + 1, len(items)) if not is_setting(items, i))
    return next((items[i] for i in following if not (_is_beside(items[i]) or is_about_number(items, i))), None)


def ends_after_when(items: Sequence[Item], at: int) -> bool:
    """Return whether the time behind the name at a place is its own, since nothing unknown follows it."""
    rest = [item for item in items[at + 1 :] if not passable(item)]
    return len(rest) == 1 or (len(rest) > 1 and not rest[1].is_unknown)


def has_field(items: Sequence[Item], item: Item, kind: Kind) -> bool:
    """Return whether an item names a field of the kind, and its number follows."""
    following = next((each for each in items[items.index(item) + 1 :] if not passable(each)), None)
    named = any(m.role == "field" and m.kind is kind for m in item.means)
    return named and following is not None and following.sort in ("number", "range")


def _is_beside(item: Item) -> bool:
    is_option = any(m.role == "option" and m.field and m.field.bare for m in item.means)
    return passable(item) or item.low in ("for", "x", "×") or is_option
