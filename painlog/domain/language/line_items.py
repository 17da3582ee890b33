"""A line as items: numbers, amounts, lengths, times, and words with what they may mean. Pure."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from painlog.domain.clock import MONTHS, WEEKDAYS
from painlog.domain.kinds.fields import Number
from painlog.domain.kinds.kind import Kind
from painlog.domain.language.amounts import Quantity
from painlog.domain.language.days_or_words import said_when
from painlog.domain.language.figures import (
    Figure,
    Tokens,
    amount_at,
    fraction_at,
    length_at,
    low_at,
    number_at,
    range_at,
    says,
    share_at,
    sort_at,
)
from painlog.domain.language.medicine_units import unit_of
from painlog.domain.language.small_words import ABOUT, COMPOUNDS, TIME_UNITS, WORN, Small
from painlog.domain.language.spelling import meant_by_slip
from painlog.domain.language.time_words import OPENINGS
from painlog.domain.language.times import either_ago, looks_back_at, when_at
from painlog.domain.language.times_of_day import PARTS
from painlog.domain.language.tokens import Token, tokenize
from painlog.domain.language.vocabulary import EXPLICIT, Meaning, Vocabulary
from painlog.domain.language.when import When
from painlog.domain.language.written_dates import (
    SHORT_DAYS,
    SHORT_MONTHS,
    counts_at,
    month_named,
)

S = Small
_AT_A_SCORE = ("is", "its", "s", "sits", "sitting", "im", "am", "still", "currently", "now", "stays", "staying")
_DIGITS = ("number", "clock")
_OF_NIGHT = ("time", "tracker")  # behind sleep they say how long it was
_OPEN_RANGES = ("between", "from", "midnight", "noon", "half", "quarter")
_OPEN_TIMES = OPENINGS | frozenset((
    *(*WEEKDAYS, *MONTHS, *SHORT_DAYS, *SHORT_MONTHS, *PARTS),
    *("last", "this", "the", "next", "coming", "past", "noon", "midnight", "midday", "half", "quarter"),
    *("early", "mid", "late", "a", "an", "hour", "minute", "day", "week", "fortnight", "night"),
))


class Item(NamedTuple):
    """A piece of a line that means one thing.

    ``sort`` is number, range, length, quantity, when, words, stop, joint, mark or quote. ``start`` and ``end`` are
    places in the line; ``means`` says what words may mean, nothing for words that are not known.
    """

    sort: str
    start: int
    end: int
    value: Any = None
    means: tuple[Meaning, ...] = ()
    low: str = ""
    glued: bool = False

    def as_role(self, role: str, kind: Kind | None = None) -> Meaning | None:
        """Return what it means in a role, of a kind where one is given."""
        for each in self.means:
            if each.role == role and (kind is None or each.kind is kind):
                return each
        return None

    def is_small(self, *smalls: Small) -> bool:
        """Whether it is a small word of these sorts."""
        for each in self.means:  # noqa: SIM110  (asked hundreds of times a line; any() takes twice as long)
            if each.role == "small" and each.value in smalls:
                return True
        return False

    @property
    def is_numeric(self) -> bool:
        """Whether it is a number or has one: a range, a length, an amount."""
        return self.sort in ("number", "range", "length", "quantity")

    @property
    def is_unknown(self) -> bool:
        """Whether it is a word that means nothing."""
        return self.sort == "words" and not self.means


def items_of(line: str, vocabulary: Vocabulary) -> list[Item]:
    """Return the items of a line, in order, each as it stands."""
    tokens = tokenize(line)
    items: list[Item] = []
    place, front = 0, True
    while place < len(tokens):
        if after := _words_alone_at(tokens, place, vocabulary):
            start, end = tokens[place].start, tokens[after - 1].end
            items.append(Item("words", start, end, low=line[start:end].lower()))
            place = after
            continue
        item, place = _item(tokens, place, line, vocabulary, front=front)
        if item.sort == "when" and (number := _ends_sentence(item, items)):
            items += number
            continue
        items.append(item)
        front = front and item.is_small(Small.FILLER)
    return items


def _item(tokens: Sequence[Token], place: int, line: str, vocabulary: Vocabulary, *, front: bool) -> tuple[Item, int]:
    token = tokens[place]
    if token.sort in ("stop", "mark", "joint") and not _is_at_time(tokens, place):
        return _mark(tokens, place, vocabulary)
    if token.sort == "quote":
        return Item("quote", token.start, token.end, line[token.start + 1 : token.end - 1], low=token.low), place + 1
    if (token.number is not None or token.low in ("half", "quarter")) and (part := _share(tokens, place, vocabulary)):
        return _spanning("number", tokens, place, part[1], Figure(part[0], 0, f"{part[0]:g}"))
    if timed := _timed(tokens, place, vocabulary, front=front):
        return timed
    if token.low == "other" and (quoted := _own_place(tokens, place, line, vocabulary)):
        return quoted, place + 3
    known = tokens[: place + 1] if _words_alone_at(tokens, place + 1, vocabulary) else tokens
    means, after = vocabulary.at(known, place) if token.sort == "word" else ((), place)
    if after <= place + 1 and (_is_numeric(token) or token.low in ("a", "an", "half", "quarter")):
        readers: tuple[tuple[str, Callable[[Tokens, int], tuple[Any, int] | None]], ...]
        readers = (("quantity", amount_at), ("length", length_at), ("number", number_at))
        for sort, read in readers:
            if found := read(tokens, place):
                return _spanning(sort, tokens, place, found[1], found[0])
    if token.low == "half" and low_at(tokens, place + 1) in ("a", "an"):
        return _spanning("number", tokens, place, place + 2, number_at_half())
    numbered = all(each.role == "word" or each.style == EXPLICIT for each in means) and _has_number_in_name(
        tokens, place, vocabulary
    )
    if means and not numbered:
        return Item(
            "words", token.start, tokens[after - 1].end, None, means, _low(tokens, place, after), token.glued
        ), after
    after = place + 1 + numbered
    return Item("words", token.start, tokens[after - 1].end, None, (), _low(tokens, place, after), token.glued), after


def _mark(tokens: Sequence[Token], place: int, vocabulary: Vocabulary) -> tuple[Item, int]:
    """A mark, a stop or an and; a sign such as ~ before a number is about, and a plus glued to one joins nothing."""
    token, following = tokens[place], tokens[place + 1 : place + 2]
    if token.low in ("+", "plus") and following and following[0].glued and following[0].sort == "number":
        return Item("mark", token.start, token.end, low=token.low), place + 1
    if token.low in ABOUT and number_at(tokens, place + 1) and not amount_at(tokens, place + 1):
        means, after = vocabulary.at(tokens, place)
        return Item("words", token.start, token.end, None, means, token.low), after
    return Item(token.sort, token.start, token.end, low=token.low, glued=token.glued), place + 1


def _is_numeric(token: Token) -> bool:
    return token.number is not None or token.sort in ("clock", "date")


def _timed(tokens: Tokens, place: int, vocabulary: Vocabulary, *, front: bool) -> tuple[Item, int] | None:
    """A range, of numbers or times, or a time; None where neither stands here."""
    token = tokens[place]
    if (_is_numeric(token) or token.low in _OPEN_RANGES) and (ends := range_at(tokens, place)):
        if when := either_ago(tokens, ends):
            return _spanning("when", tokens, place, when[1], when[0])
        return _spanning("range", tokens, place, ends[1], ends[0])
    if not (_is_numeric(token) or token.low in _OPEN_TIMES):
        return None
    if _compares(tokens, place, vocabulary) or _is_at_score(tokens, place):
        return None
    when = said_when(tokens, place, vocabulary, front=front)
    if not when or (fraction_at(tokens, place) and amount_at(tokens, place)):
        return None
    return _spanning("when", tokens, place, when[1], when[0])


def _words_alone_at(tokens: Tokens, place: int, vocabulary: Vocabulary) -> int:
    """The place after words that say nothing which is recorded: 24/7, pain meds, knee brace; 0 for none."""
    if says(tokens, place, "24", "/", "7"):
        return place + 3
    if says(tokens, place, "sat", "down"):
        return place + 2
    if after := counts_at(tokens, place):
        return after
    following = low_at(tokens, place + 1)
    if following in (*WORN, *COMPOUNDS) and vocabulary.at(tokens, place)[1] > place + 1:
        return 0  # a name of one's own: sleep hygiene
    if following in WORN:
        means, _ = vocabulary.at(tokens[place : place + 1], 0)
        if any(each.role == "place" for each in means):
            return place + 2
    if following in COMPOUNDS:
        means, _ = vocabulary.at(tokens[place : place + 1], 0)
        heads = [each.field for each in means if each.role == "head" and each.field is not None]
        if any(isinstance(field, Number) or (field.spans and following not in _OF_NIGHT) for field in heads):
            return place + 2
    return looks_back_at(tokens, place)


def _has_number_in_name(tokens: Sequence[Token], place: int, vocabulary: Vocabulary) -> bool:
    """Whether the number behind a word that nobody knows is part of it, as in medicine3; in pian6 it is none."""
    if place + 1 >= len(tokens) or tokens[place].sort != "word":
        return False
    number = tokens[place + 1]
    if number.sort != "number" or not number.glued or (place + 2 < len(tokens) and tokens[place + 2].glued):
        return False
    return not meant_by_slip(tokens[place].low, vocabulary.slips)


def _ends_sentence(item: Item, before: Sequence[Item]) -> list[Item]:
    """A number and its full stop, where what looks like a date (mood 7.5.) follows a word that asks for a number.

    Where a month follows the stop (mood 9. sept) it is asked which is meant.
    """
    day, point, rest = item.low.partition(".")
    if " . " in item.low and month_named(item.low.split(" ")[2]) is not None:
        return _asks_for_day(item, before)
    if not (point and rest.endswith(".") and day.isdecimal() and rest[:-1].isdecimal()):
        return []
    if not _asks_for_number(before):
        return []
    figure = Figure(float(f"{day}.{rest[:-1]}"), 0, f"{day}.{rest[:-1]}")
    number = Item("number", item.start, item.end - 1, figure, (), figure.text)
    return [number, Item("stop", item.end - 1, item.end, low=".", glued=True)]


def _asks_for_number(before: Sequence[Item]) -> bool:
    """Whether the last word before a place is one that a number follows."""
    last = next(
        (each for each in reversed(before) if not each.is_small(Small.FILLER) and each.low not in (":", "=", "-")), None
    )
    roles = ("head", "place", "side", "word", "option")
    return last is not None and (last.is_unknown or any(each.role in roles for each in last.means))


def _asks_for_day(item: Item, before: Sequence[Item]) -> list[Item]:
    """A date such as 9. sept whose day may be the score that a word before it asks for."""
    number, _, *rest = item.low.split(" ")
    if int(number) > 10 or not _asks_for_number(before):
        return []
    answers = (f"{number}, {' '.join(rest)}", f"on {number} {' '.join(rest)}")
    return [item._replace(value=When(problem=f"is {number} a score, or the day of a date?", answers=answers))]


def _compares(tokens: Tokens, place: int, vocabulary: Vocabulary) -> bool:
    """Whether a word says how a night was beside others, and not when something was: woke up earlier."""
    if tokens[place].low != "earlier" or not place:
        return False
    means, _ = vocabulary.at(tokens, place - 1)
    return any(each.role == "field" and each.kind is not None and each.kind.main.spans for each in means)


def _is_at_score(tokens: Tokens, place: int) -> bool:
    """Whether at leads to a score, as in pain is at 7; with am, pm or minutes behind the number it is a time."""
    if tokens[place].low != "at" or place + 1 >= len(tokens):
        return False
    number, following = tokens[place + 1], low_at(tokens, place + 2)
    is_score = low_at(tokens, place - 1) in _AT_A_SCORE or _ends_in_is(tokens, place - 1)
    if not is_score and not (following == "at" and sort_at(tokens, place + 3) in _DIGITS):
        return False
    return number.number is not None and number.number <= 10 and following not in ("am", "pm", "h", "oclock", "in")


def _ends_in_is(tokens: Tokens, place: int) -> bool:
    """Whether a word is said with is, as in pain's at 7."""
    return sort_at(tokens, place) == "word" and tokens[place].end - tokens[place].start > len(tokens[place].low) + 1


def _is_at_time(tokens: Tokens, place: int) -> bool:
    """Whether a sign for at leads to a time, as it stands behind a number: pain 6 @9."""
    before = tokens[place - 1] if place else None
    if tokens[place].low != "@" or before is None or when_at(tokens, place) is None:
        return False
    return before.number is not None or before.low in TIME_UNITS or bool(unit_of(before.low))


def _own_place(tokens: Sequence[Token], place: int, line: str, vocabulary: Vocabulary) -> Item | None:
    """A place of one's own, as in other:"left ear lobe"."""
    if low_at(tokens, place + 1) != ":" or place + 2 >= len(tokens) or not tokens[place + 1].glued:
        return None
    named = tokens[place + 2]
    where = next((m for m in vocabulary.at(tokenize("head"), 0)[0] if m.role == "place"), None)
    if where is None or named.sort not in ("quote", "word"):
        return None
    text = " ".join(line[named.start : named.end].strip('"').split())
    meaning = where._replace(value=(f"other:{text}", ""))
    return Item("words", tokens[place].start, named.end, None, (meaning,), f"other {text}")


def _share(tokens: Sequence[Token], place: int, vocabulary: Vocabulary) -> tuple[float, int] | None:
    """The part that stands before the name of a medicine, as in 1/2 tramadol, half of my tramadol."""
    found = share_at(tokens, place)
    if not found:
        return None
    at = found[1]
    while low_at(tokens, at) in ("of", "a", "an", "my", "the"):
        at += 1
    means = vocabulary.at(tokens, at)[0] if at < len(tokens) else ()
    return found if any(each.role == "naming" and _has_amount(each.kind) for each in means) else None


def _has_amount(kind: Kind | None) -> bool:
    return kind is not None and any(isinstance(field, Quantity) for field in kind.typed_fields)


def number_at_half() -> Any:
    """A half, as in half a tramadol."""
    return Figure(0.5, 0, "half")


def _spanning(sort: str, tokens: Sequence[Token], place: int, after: int, value: Any) -> tuple[Item, int]:
    first, last = tokens[place], tokens[after - 1]
    return Item(sort, first.start, last.end, value, (), _low(tokens, place, after), first.glued), after


def _low(tokens: Sequence[Token], place: int, after: int) -> str:
    return tokens[place].low if after == place + 1 else " ".join(token.low for token in tokens[place:after])
