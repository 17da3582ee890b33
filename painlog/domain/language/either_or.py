"""Two facts with or between them, of which only one was: it is asked which. Pure."""

from collections.abc import Sequence

from painlog.domain.kinds.fields import Choice
from painlog.domain.language.building import Building
from painlog.domain.language.clause_openings import opening_at
from painlog.domain.language.line_items import Item
from painlog.domain.language.name_openings import is_bare_name, known_name, part_before_name, status_of
from painlog.domain.language.place_questions import own_start
from painlog.domain.language.reading import Edit, Question
from painlog.domain.language.roles import follows_cause, in_circumstance, passable
from painlog.domain.language.small_words import Small

OR = "or"  # what joins a clause to the one that may have been instead
_EITHER = "either"
_NEITHER = ("nothing", "none")


def is_between_choices(current: Sequence[Item], items: Sequence[Item], at: int) -> bool:
    """Whether or at a place stands behind a fact and before another: knee 5 or hip 5, took tramadol or codeine."""
    if items[at].low != OR or not current:
        return False
    second = _first_of(items, at + 1)
    if second >= len(items) or follows_cause(items, second):
        return False
    is_named = known_name(items[second], ()) or (items[second].low in _NEITHER and _ends(items, second + 1))
    if is_named and _names_what_was(current):
        return True
    return opening_at(items, second) >= 0 and any(opening_at(current, i) >= 0 for i in range(len(current)))


def question_of_choice(line: str, built: Building, second: Sequence[Item]) -> Question:
    """Return what is asked of a fact and of what may have been instead, with the line that each would be."""
    items, start = built.items, _start_of_first(built, second)
    begin = items[start].start
    start += items[start].low == _EITHER
    opens = _first_of(second, 0)
    end = max(opening_at(second, opens), opens)
    first = line[items[start].start : items[-1].end]
    if known_name(second[opens], ()) and not any(item.is_numeric for item in items):
        named = next(i for i in range(opens, end + 1) if second[i].as_role("naming"))
        first += line[second[named].end : second[end].end]
    texts = [first] if second[opens].low in _NEITHER else [first, line[second[opens].start : second[end].end]]
    edits = tuple(Edit(begin, second[end].end, each) for each in texts)
    return Question("which of the two was it?", edits)


def doubts_choice(built: Building, i: int) -> bool:
    """Whether or behind a start or an end leaves open whether it was: flare started or just a bad day."""
    return built.items[i].low == OR and isinstance(built.kind.main, Choice) and i > built.anchor


def is_between_sides(built: Building, i: int) -> bool:
    """Whether or stands between two sides of a place: left or right knee 5."""
    sides = (built.items[i - 1], built.items[i + 1]) if 0 < i < len(built.items) - 1 else ()
    return built.items[i].low == OR and bool(sides) and all(each.as_role("side") for each in sides)


def ask_which_side(built: Building, i: int, line: str) -> None:
    """Ask which of the two sides it was."""
    first, second = built.items[i - 1], built.items[i + 1]
    texts = (line[each.start : each.end] for each in (first, second))
    built.ask(f"{first.low} or {second.low}?", *(Edit(first.start, second.end, each) for each in texts))


def _start_of_first(built: Building, second: Sequence[Item]) -> int:
    """The place from which the first of the two is another than the second: behind a verb of both."""
    if built.where is not None:
        return own_start(built)
    opener = built.items[built.anchor]
    opens = _first_of(second, 0)
    shares_verb = known_name(second[opens], ()) or is_bare_name(second, opens) or second[opens].low in _NEITHER
    is_verb = opener.as_role("verb") or status_of(opener)
    return built.anchor + 1 if is_verb and shares_verb and built.anchor + 1 < len(built.items) else built.anchor


def _first_of(items: Sequence[Item], start: int) -> int:
    return next((i for i in range(start, len(items)) if not passable(items[i])), len(items))


def _ends(items: Sequence[Item], at: int) -> bool:
    return at >= len(items) or items[at].sort in ("stop", "joint")


def _names_what_was(current: Sequence[Item]) -> bool:
    """Whether a clause says that a name it ends with was taken or done, or not: took tramadol, physio 30 min."""
    named = next((i for i in range(len(current) - 1, -1, -1) if current[i].as_role("naming")), -1)
    if named < 0 or in_circumstance(current, named) or any(item.is_small(Small.NOT) for item in current[:named]):
        return False
    if any(not (passable(item) or item.sort in ("quantity", "length", "number")) for item in current[named + 1 :]):
        return False
    verbs = (i for i, item in enumerate(current[:named]) if item.as_role("verb") or status_of(item))
    has_verb = any(part_before_name(current, i + 1).at == named for i in verbs)
    return has_verb or current[-1].is_numeric
