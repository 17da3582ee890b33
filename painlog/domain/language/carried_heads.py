"""What a clause takes from the fact before it: which rating a number is, and of which places. Pure."""

from collections.abc import Sequence

from painlog.domain.kinds.fields import Field
from painlog.domain.language.building import Building
from painlog.domain.language.clause_openings import is_rated
from painlog.domain.language.line_items import Item
from painlog.domain.language.roles import NOW, passable, rating_head
from painlog.domain.language.small_words import Small
from painlog.domain.language.vocabulary import NOUN, Meaning
from painlog.domain.language.when import When

S = Small


def with_head(items: list[Item], last: Building, front: When | None) -> list[Item]:
    """Return a clause with what it is of, where it takes that from the fact before it; ``front`` is the line's time.

    A sort of rating needs no word for it (pain average 5, worst 8), nor does a number at another time (5 now).
    """
    first = next((item for item in items if not passable(item)), None)
    if (last.when or front) is not None and last.rated is not None and _is_number_at_time(items):
        return _with_head_of(last, last.rated, items)
    if first is None or not is_rated(last.kind) or any(map(rating_head, items)):
        return items
    option = first.as_role("option", last.kind)
    if option is None or option.field is None or option.field.name != last.kind.variant:
        return items
    head = Meaning("head", last.kind, last.kind.main, {}, NOUN)
    return [Item("words", first.start, first.start, None, (head,), ""), *items]


def _is_number_at_time(items: Sequence[Item]) -> bool:
    """Whether a clause is only a number and its own time: 5 now, 6 at noon."""
    core = [item for item in items if not (passable(item) or item.is_small(S.DEGREE))]
    numbers = [item for item in core if item.sort == "number"]
    timed = any(item.low in NOW for item in items) or any(item.sort == "when" for item in core)
    return len(numbers) == 1 and timed and all(item.sort in ("number", "when") for item in core)


def _with_head_of(last: Building, field: Field, items: Sequence[Item]) -> list[Item]:
    """The items of a number at another time, with what it is of before them: the rating and places of the fact before.

    They are those of ``last``, worry in worry 7 at noon, 4 now.
    """
    at = items[0].start
    head = Meaning("head", last.kind, field, {}, NOUN)
    said = [last.items[i] for i in sorted(last.used) if last.items[i].as_role("place") or last.items[i].as_role("side")]
    places = [item._replace(start=at, end=at, glued=False) for item in said]
    own = [item._replace(sort="when", value=When(ago=0.0), means=()) if item.low in NOW else item for item in items]
    return [Item("words", at, at, None, (head,), ""), *places, *own]
