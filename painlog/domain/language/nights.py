"""Clauses of nights and naps: where they open, and how long they were. Pure."""

from collections.abc import Sequence

from painlog.domain.kinds.fields import Number
from painlog.domain.kinds.kind import Kind
from painlog.domain.language.building import Building
from painlog.domain.language.clause_fields import take_beside, take_presets
from painlog.domain.language.clause_times import take_when
from painlog.domain.language.figures import is_wall_time
from painlog.domain.language.line_items import Item
from painlog.domain.language.night_spans import ask_dotted, is_dotted, take_span
from painlog.domain.language.reading import Edit
from painlog.domain.language.roles import counts, is_one_of, night_head, passable
from painlog.domain.language.small_words import IN_TURN, Small
from painlog.domain.language.vocabulary import Meaning, with_note

_NO_QUALITY = ("so", "only", "just", "still", "again", "then", "also", "too", "finally", "at last")
_HOURS = 24
_WHICH = ("on", "in", "off", "without")  # behind the number of a night, which is then perhaps no length
_AMONG = ("with", "on", "in", "under", "between", "beside", "without")
_LONG = ("length", "range", "number", "when")


def opens_night(items: Sequence[Item], place: int) -> bool:
    """Whether a night with its length opens here."""
    if night_head(items[place]):
        at = length_after(items, place)
        return bool(at) or _field_at(items, place) > 0
    if items[place].sort == "length" or _is_span(items[place]):
        head = _head_after(items, place)
        return bool(head) and not length_after(items, head, lengths=("length", "range"))
    return False


def read_night(items: Sequence[Item]) -> Building | None:
    """Return the night or nap that a clause says, None where it says none."""
    for place, item in enumerate(items):
        head = night_head(item)
        if head is None or (place and item.low == "night" and items[place - 1].is_small(Small.STRETCH)):
            continue  # pain all night 7
        built = Building(head.kind, items)  # type: ignore[arg-type]
        built.anchor = place
        at = length_after(items, place)
        before = _before(items, place)
        if not at and before is None:
            at = _far(items, place)
        if at:
            _take_head(built, head, place, at)
            _take_length(built, head, at)
            take_beside(built, at + 1)
            return built
        if before is not None:
            built.anchor = before
            built.use(before, place)
            take_presets(built, head, place)
            _take_between(built, before, place)
            _take_length(built, head, before)
            take_beside(built, place + 1)
            return built
        if _field_at(items, place):
            built.use(place)
            take_beside(built, place + 1)
            return built
    return None


def length_after(items: Sequence[Item], place: int, lengths: Sequence[str] = _LONG) -> int:
    """Return the place of the length that follows a head with only small words between; 0 where none does."""
    for at in range(place + 1, len(items)):
        item = items[at]
        if item.sort in lengths and not (item.sort == "when" and not _is_clock(item)):
            if item.sort == "number" and (counts(items, at) or is_of_things(items, at) or is_one_of(items, at)):
                return 0
            return at
        if item.sort == "when":
            continue
        if not (passable(item) or item.is_small(Small.ABOUT, Small.DEGREE, Small.BOUND) or item.low == "for"):
            return 0
    return 0


def is_of_things(items: Sequence[Item], at: int) -> bool:
    """Whether a number says how many things there were, and not how long it was: with 3 pillows, in 2 beds."""
    if not 0 < at < len(items) - 1 or items[at].sort != "number" or items[at - 1].low not in _AMONG:
        return False
    return items[at + 1].sort == "words" and not passable(items[at + 1])


def _is_clock(item: Item) -> bool:
    """Whether a time is only digits such as 5:30, and perhaps a day, which after slept are a length."""
    first, _, rest = item.low.partition(" ")
    return bool(item.value.clock) and ":" in first and (not rest or bool(item.value.night or item.value.day))


def _is_span(item: Item) -> bool:
    """Whether an item is two times of day, and no two numbers: 23:30-5:45."""
    if item.sort != "range" or item.value.unit:
        return False
    return not item.value.low.isdecimal() or (is_wall_time(item.value.low) and is_wall_time(item.value.high))


def _before(items: Sequence[Item], place: int) -> int | None:
    for at in range(place - 1, -1, -1):
        item = items[at]
        if item.sort == "length" or (item.sort == "range" and item.value.unit) or _is_span(item):
            return at
        if not (passable(item) or item.is_small(Small.DEGREE) or (item.is_unknown and at == place - 1)):
            return None
    return None


def _head_after(items: Sequence[Item], place: int) -> int:
    for at in range(place + 1, len(items)):
        if night_head(items[at]):
            return at
        if not (passable(items[at]) or items[at].is_small(Small.DEGREE)):
            return 0
    return 0


def _far(items: Sequence[Item], place: int) -> int:
    """The place of a length with its unit after words that are kept: slept on the sofa 4h."""
    among = False
    for at in range(place + 1, len(items)):
        item = items[at]
        if item.sort == "length" or (item.sort == "range" and item.value.unit):
            return at
        among = among or is_of_things(items, at + 1)
        is_word = item.is_unknown or passable(item) or item.is_small(Small.DEGREE, Small.ABOUT) or item.as_role("place")
        if not (is_word or (among and (item.sort == "words" or is_of_things(items, at)))):
            return 0
    return 0


def _field_at(items: Sequence[Item], place: int) -> int:
    """The place of a field's name right after the head whose number follows: sleep quality 2."""
    head = night_head(items[place])
    at = place + 1
    if head is None or at + 1 >= len(items):
        return 0
    named = any(each.role == "field" and each.kind is head.kind for each in items[at].means)
    following = next((item for item in items[at + 1 :] if not passable(item)), None)
    return at if named and following is not None and following.sort in ("number", "length", "range") else 0


def _rating(kind: Kind) -> Number:
    """The field of a kind that says how good it was."""
    return next(field for field in kind.typed_fields if isinstance(field, Number) and field.low_label)


def _take_head(built: Building, head: Meaning, place: int, at: int) -> None:
    built.use(place)
    take_presets(built, head, place)
    _take_between(built, place, at)


def _take_between(built: Building, start: int, end: int) -> None:
    for i in range(start + 1, end):
        item = built.items[i]
        if item.sort == "when":
            take_when(built, i)
        elif passable(item) or item.low == "for":
            built.use(i)
        elif item.is_small(Small.BOUND) and not is_of_things(built.items, i + 1):
            built.ask(f"'{item.low}' before a length leaves open which is meant", Edit(item.start, item.end, ""))
        elif item.is_small(Small.ABOUT) and all(map(passable, built.items[i + 1 : end])):
            built.words.update((i, end))
        else:
            built.words.add(i)


def _take_length(built: Building, head: Meaning, at: int) -> None:
    item, field = built.items[at], head.field
    assert field is not None  # noqa: S101  (a head has its field)
    built.use(at)
    beside = [each for each in built.items[max(built.anchor - 1, 0) : at] if _leaves_open(each)]
    if item.sort == "number" and beside and not item.value.out_of:
        _ask_what_number(built, item, beside)
        return
    if item.sort == "number" and _may_say_which(built.items, at):
        edit = Edit(item.start, item.end, f"{item.value.text}h")
        built.ask(f"{built.items[at - 1].low} {item.low}: how long it was, or which one?", edit)
        return
    if item.sort == "range":
        take_span(built, field.name, item)
    elif item.sort == "when":
        _take_clock(built, head, item)
    elif item.sort == "length":
        digits = item.low.split(" ")[0]
        if is_dotted(digits):
            ask_dotted(built, item, digits)
        _set_minutes(built, head, item.value, item)
    else:
        _take_hours(built, head, item)


def _take_hours(built: Building, head: Meaning, item: Item) -> None:
    """Take a bare number as hours, or ask where it may be something else."""
    figure = item.value
    if figure.out_of:
        _ask_score(built, item)
    elif figure.sign:
        built.ask(f"{figure.sign}{figure.text} is no length", Edit(item.start - 1, item.end, figure.text))
    elif is_dotted(item.low):
        ask_dotted(built, item, item.low)
    elif built.data.get(built.kind.variant):
        built.ask(
            f"{figure.text} minutes or hours?",
            *(Edit(item.start, item.end, f"{figure.value:g}{u}") for u in ("m", "h")),
        )
    elif figure.value > _HOURS:
        built.ask(f"{figure.text} minutes?", Edit(item.start, item.end, f"{figure.text}m"))
    else:
        _set_minutes(built, head, figure.value * 60, item)


def _may_say_which(items: Sequence[Item], at: int) -> bool:
    """Whether a number behind night may say which one it was, and not how long: night 3 on the new pillow."""
    following = items[at + 1].low if at + 1 < len(items) else ""
    return at > 0 and items[at - 1].low in IN_TURN and following in _WHICH


def _take_clock(built: Building, head: Meaning, item: Item) -> None:
    """Take digits such as 5:30 as how long it was, with the day behind them."""
    clock = item.value.clock
    if item.value.says_day:
        built.when = item.value._replace(clock=None, open_clock=None, problem="", answers=())
    _set_minutes(built, head, clock.hour * 60 + clock.minute, item)
    if clock.hour >= 12:
        length = f"{clock.hour}h{clock.minute:02d}"
        built.ask(f"is {item.low} a time or a length?", Edit(item.start, item.end, length))


def _ask_score(built: Building, item: Item) -> None:
    """Ask about a score for how good it was, on its own scale or on another: sleep 4/10."""
    rating, said, head = _rating(built.kind), item.low.replace(" / ", "/"), built.items[built.anchor]
    text = item.value.text if item.value.out_of == rating.high else f"N{with_note(said)}"
    start = min(head.end, item.start)
    asked = f"{said} is a score; how long was it, or how good, {rating.low:g} to {rating.high:g}?"
    built.ask(asked, Edit(start, item.end, f" {rating.name} {text}"))


def _leaves_open(item: Item) -> bool:
    """Whether a word beside a night leaves open what a bare number is: good, badly, around."""
    return item.is_small(Small.ABOUT, Small.DEGREE) and item.low not in _NO_QUALITY


def _ask_what_number(built: Building, item: Item, beside: Sequence[Item]) -> None:
    """Ask about a bare number that is not right after its word: slept around 2, sleep was good 7."""
    text, field = item.value.text, _rating(built.kind)
    edits = [Edit(item.start, item.end, f"{text}h")]
    is_time = any(each.is_small(Small.ABOUT) for each in beside)
    if not is_time and field.low <= item.value.value <= field.high:
        edits.append(Edit(item.start, item.end, f", {_rating(built.kind).name} of {built.kind.heads[0]} {text}"))
    built.ask(f"{text}: is that how long it was, or {'when' if is_time else 'how good'}?", *edits)


def _set_minutes(built: Building, head: Meaning, minutes: float, item: Item) -> None:
    assert head.field is not None  # noqa: S101
    if minutes == 0 and (item.sort == "number" or built.data.get(built.kind.variant)):
        said = ("0h30",) if built.data.get(built.kind.variant) else ("0h", "0h30")
        built.ask("none at all, or how long?", *(Edit(item.start, item.end, each) for each in said))
    built.set(head.field, minutes, item)
