"""Where in a line a fact opens with its number, and which clauses only say more of another. Pure."""

from collections.abc import Iterator, Sequence

from painlog.domain.kinds.fields import Number
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.where import Where
from painlog.domain.language.choices import opens_choice
from painlog.domain.language.line_items import Item
from painlog.domain.language.name_openings import end_of_name, opens_name
from painlog.domain.language.nights import opens_night
from painlog.domain.language.reading import Edit
from painlog.domain.language.roles import (
    choice_head,
    is_quality,
    is_well,
    names_place,
    night_head,
    opens_rating,
    passable,
    rating_head,
)
from painlog.domain.language.small_words import LESS, NO_PAIN, Small
from painlog.domain.language.vocabulary import NONE, NOUN

S = Small


def opening_at(items: Sequence[Item], i: int) -> int:
    """The place of the last word of what opens a fact with its number here; -1 where nothing does."""
    item = items[i]
    if not item.means and item.sort not in ("length", "quantity", "number"):
        return -1
    if item.is_numeric and i and any(m.role == "field" for m in items[i - 1].means):
        return -1  # helped 3, and then a name
    if (head := rating_head(item)) and head.style == NONE:
        return i
    if at := opens_rating(items, i):
        return at
    if i and (
        option := next(
            (
                m
                for m in item.means
                if m.role == "option" and m.kind and is_rated(m.kind) and m.field and m.field.name == m.kind.variant
            ),
            None,
        )
    ):
        at = next((j for j in range(i + 1, len(items)) if not passable(items[j])), i)
        if (
            items[at].sort == "number"
            and option
            and any(rating_head(each) for each in items[:i])
            and any(each.sort == "number" for each in items[:i])
        ):
            return at
    if opens_night(items, i):
        at = next((j for j in range(i, len(items)) if items[j].sort in ("length", "range", "number", "when")), i)
        head_at = next((j for j in range(i, len(items)) if night_head(items[j])), i)
        return max(at, head_at)
    if at := opens_choice(items, i):
        return at
    if opens_name(items, i):
        return end_of_name(items, i)
    return -1


def sort_of_opening(items: Sequence[Item], i: int) -> str:
    """Return which reader the fact that opens here is for: rated, slept, chosen or named."""
    head = rating_head(items[i])
    if (head and head.style == NONE) or opens_rating(items, i):
        return "rated"
    if opens_night(items, i):
        return "slept"
    return "chosen" if opens_choice(items, i) else "named"


def is_only_modifiers(items: Sequence[Item]) -> bool:
    """Whether a clause is only places, sides, qualities and pain words, without a number."""
    core = [item for item in items if not passable(item)]
    return bool(core) and all(
        item.as_role("place")
        or item.as_role("side")
        or item.as_role("flank")
        or item.is_small(S.DEGREE)
        or _of_place_kind(item)
        for item in core
    )


def _of_place_kind(item: Item) -> bool:
    for each in item.means:
        if each.kind is not None and any(isinstance(field, Where) for field in each.kind.typed_fields):
            if each.role in ("word", "option") and each.field is not None and each.field.bare:
                return True
            if each.role == "head" and each.style != NONE:
                return True
    return False


def is_only_sides(items: Sequence[Item]) -> bool:
    """Whether a clause is only left, right or both."""
    return all(passable(item) or item.as_role("side") for item in items)


def is_of_place(item: Item) -> bool:
    """Whether an item is a place or opens a rating."""
    return item.as_role("place") is not None or rating_head(item) is not None


def is_well_at_end(items: Sequence[Item]) -> bool:
    """Whether the last place of a clause is said to be no trouble: knee fine, hip 6."""
    last = next((i for i in range(len(items) - 1, -1, -1) if names_place(items[i])), -1)
    return last >= 0 and is_well(items, last)


def says_only_well(items: Sequence[Item]) -> bool:
    """Whether a clause says of its places that they are no trouble, and not only less: right knee fine."""
    places = [i for i, item in enumerate(items) if item.as_role("place")]
    if not places or any(item.is_numeric or item.low in LESS or rating_head(item) or says_how(item) for item in items):
        return False
    return all(is_well(items, i) or items[-1].low in NO_PAIN for i in places)


def says_how(item: Item) -> bool:
    """Whether a word says how a place feels: numb, sore."""
    head = rating_head(item)
    return is_quality(item) or (head is not None and head.style not in (NOUN, NONE) and not item.as_role("place"))


def worded_place(items: Sequence[Item]) -> Item | None:
    """Return the place that has a word of its own behind it, so that no number after it is shared: hands numb and."""
    place: Item | None = None
    for item in items:
        if item.as_role("place"):
            place = item
        elif place is not None and (says_how(item) or (item.is_small(S.DEGREE) and item is items[-1])):
            return place
    return None


def is_number_near(items: Sequence[Item], i: int) -> bool:
    """Whether a number follows closely, at most a place or a side between."""
    following = [item for item in items[i + 1 : i + 5] if not (passable(item) or item.is_small(S.ABOUT))]
    return bool(following) and (
        following[0].is_numeric
        or (
            len(following) > 1
            and following[1].is_numeric
            and any(following[0].as_role(role) for role in ("place", "side", "flank"))
        )
    )


def is_rated(kind: Kind) -> bool:
    """Whether a kind's main value is a rating."""
    return isinstance(kind.main, Number)


def asks_for_number(items: Sequence[Item]) -> bool:
    """Whether a clause is a rating or a place without its number, and how it is: fatigue is bad.

    With what it is not, or is compared with (mood better than yesterday), the number is asked about as its own.
    """
    others = [
        each
        for each in items
        if not (passable(each) or each.is_small(S.DEGREE, S.VAGUE, S.WITHOUT_SIDE) or each.sort == "when")
    ]
    while others and others[0].as_role("side"):
        others.pop(0)
    if not others or any(each.is_numeric for each in others):
        return False
    head, beside = rating_head(others[0]), others[1:]
    is_named = (head is not None and head.style in (NOUN, "verb")) or (
        head is None and others[0].as_role("place") is not None
    )
    if beside:
        return is_named and all(each.is_small(S.NOT, S.LIKE) or says_how(each) for each in beside)
    if head is None:
        return is_named and any(each.is_small(S.DEGREE, S.WITHOUT_SIDE) for each in items)
    return head.style != NONE


def is_number(items: Sequence[Item]) -> bool:
    """Whether a clause is only a number."""
    core = [each for each in items if not passable(each)]
    return len(core) == 1 and core[0].sort == "number"


def is_score_of(number: Sequence[Item], items: Sequence[Item]) -> bool:
    """Whether a number out of ten is of the clause before it, which has none: left knee swollen, 5/10."""
    score = next(item for item in number if item.sort == "number")
    numeric = any(item.is_numeric or item.is_small(S.NOT, S.AHEAD) for item in items)
    return bool(score.value.out_of) and not numeric and any(map(is_of_place, items))


def could_be_date(text: str) -> bool:
    """Whether digits such as 18.11 could be a day and a month."""
    day, point, month = text.partition(".")
    return (
        bool(point)
        and day.isdecimal()
        and month.isdecimal()
        and 1 <= int(day) <= 31
        and 1 <= int(month) <= 12
        and len(month) == 2
    )


def could_be_time(text: str) -> bool:
    """Whether digits such as 14.30 could be an hour of the afternoon and its minutes."""
    hour, _, minute = text.partition(".")
    return hour.isdecimal() and minute.isdecimal() and len(minute) == 2 and 12 < int(hour) < 24 and int(minute) < 60


def option_edits(items: Sequence[Item], place: int) -> Iterator[Edit]:
    """Yield what makes a choice clear: its options, each put behind the word that asks for one.

    Where it goes on with since and a time, it is the first option at that time: flare since tuesday.
    """
    item, following = items[place], items[place + 1 : place + 3]
    head = choice_head(item)
    field = head.field if head else None
    is_since = [each.low for each in following[:1]] == ["since"] and following[-1].sort == "when"
    for option in getattr(field, "options", ())[: 1 if is_since else None]:
        said = getattr(field, "synonyms", {}).get(option, (option,))
        yield Edit(item.end, (following[0] if is_since else item).end, f" {said[1] if len(said) > 1 else said[0]}")
