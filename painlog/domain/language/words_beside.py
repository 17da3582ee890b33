"""What words beside a fact say: a value without a number, that it is only hoped, how long it has been so. Pure."""

from collections.abc import Sequence

from painlog.domain.language.building import Building
from painlog.domain.language.line_items import Item
from painlog.domain.language.name_openings import says_which
from painlog.domain.language.reading import Edit
from painlog.domain.language.roles import NOW, counts, passable
from painlog.domain.language.small_words import BAD, GOOD, WELL, WISHES, Small, phrases
from painlog.domain.language.vocabulary import with_note

S = Small
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_VALUES = WELL.union(GOOD, BAD, phrases("high, up, down, so, quite, very, really, pretty, bit, a bit"))


def says_value(items: Sequence[Item], i: int, *, is_named: bool) -> bool:
    """Whether a rating has a word for its value beside it: mood ok, in a good mood.

    Nothing behind it asks for one too, but not behind what is named, which may be for it: diazepam 5mg anxiety.
    """
    before = items[i - 1] if i else None
    behind = [each for each in items[i + 1 :] if not passable(each)]
    if any(each.is_small(S.NOT) for each in items[:i]):
        return False
    if behind and behind[0].low in _VALUES:
        return True
    return not is_named and (not behind or (before is not None and before.low in (*GOOD, *BAD)))


def is_wished(built: Building, i: int) -> bool:
    """Whether a word right before a fact says that it is only hoped or feared: hope pain is 3."""
    items, anchor = built.items, built.anchor
    return items[i].low in WISHES and i < anchor and all(map(passable, items[i + 1 : anchor]))


def ask_name_before(built: Building, i: int, line: str) -> bool:
    """Ask whether a name that opens a clause was taken or done, where another fact follows it: tramadol mood 4."""
    items, named = built.items, built.items[i].as_role("naming")
    if named is None or named.kind is None or named.kind is built.kind or not named.kind.verbs or i >= built.anchor:
        return False
    others = [*items[:i], *items[i + 1 : built.anchor]]
    if not all(passable(each) or each.sort == "when" or says_which(each) for each in others):
        return False
    start, anchor = items[0].start, items[built.anchor].start
    said, fact, verb = line[start:anchor].strip(), line[anchor : items[-1].end], named.kind.verbs[0]
    edits = (Edit(start, anchor, f"{verb} {said}, "), Edit(start, items[-1].end, f"{fact}{with_note(said)}"))
    built.ask(f"you {verb} {items[i].low}?", *edits)
    return True


def is_stretch(items: Sequence[Item], i: int) -> bool:
    """Whether a number says since when or how long it has been so: since 2019, two weeks now."""
    item = items[i]
    if item.sort == "number" and i and items[i - 1].low == "since":
        return bool(_FIRST_YEAR <= item.value.value <= _LAST_YEAR)
    behind = items[i + 1 + counts(items, i) : i + 2 + counts(items, i)]
    return (item.sort == "length" or counts(items, i)) and any(each.low in NOW for each in behind)
