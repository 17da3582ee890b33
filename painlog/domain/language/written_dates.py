"""Dates as people write them: 18.11., 18/11, 19 nov, sat 28.11., the 18th. Pure, and without a calendar."""

from painlog.domain.clock import MONTHS, WEEKDAYS
from painlog.domain.language.figures import Tokens, low_at, sort_at
from painlog.domain.language.small_words import OTHERS, TIME_UNITS, phrases
from painlog.domain.language.when import Found, When

YEAR_0 = -1  # a year that was said and is in no calendar; 0 is one that was not said
SHORT_DAYS = {**{day[:3]: i for i, day in enumerate(WEEKDAYS)}, "tues": 1, "weds": 2, "thur": 3, "thurs": 3}


SHORT_MONTHS = {**{month[:3]: i for i, month in enumerate(MONTHS, 1)}, "sept": 9}


DAYS_OR_WORDS = {"sat": ("saturday", "i sat"), "sun": ("sunday", "the sun")}  # each said so that it is clear
ALSO_WORDS = frozenset(("sat", "sun", "wed", "mar", "may", "march", "dec", "jan"))
_SUFFIXES = ("th", "st", "nd", "rd")
COUNTED = frozenset((
    *phrases("day, week, weekend, month, year, time, cycle, session, birthday, anniversary, attempt, go"),
    *TIME_UNITS,
))
_OWNERS = frozenset(("my", "our", *OTHERS))


def date_at(tokens: Tokens, place: int, *, on: bool, front: bool) -> Found:
    """Read a date: 18.11., 18/11, 19 nov, the 18th; ``on`` and ``front`` say that only a date can stand there."""
    if place >= len(tokens):
        return None
    token = tokens[place]
    if token.sort == "date":
        return _written_date(token.low), place + 1
    if (on or front) and token.low == "the":
        return date_at(tokens, place + 1, on=on, front=front)
    if found := _after_weekday(tokens, place):
        return found
    if ordinal := _ordinal(tokens, place):
        return ordinal
    return _slashed(tokens, place, said=on or front) or _named_date(tokens, place, sure=on or front)


def _after_weekday(tokens: Tokens, place: int) -> Found:
    """``sat 28.11.``, ``tuesday the 24th``: the day of the week goes with the date behind it."""
    weekday = weekday_named(low_at(tokens, place))
    after = place + 1 + (low_at(tokens, place + 1) == ",")
    after += low_at(tokens, after) == "the"
    if weekday is None:
        return None
    found = date_at(tokens, after, on=False, front=False)
    if not found or not found[0].day or found[0].day[0] != "date" or found[0].day[4] is not None:
        return None
    text = " ".join(token.low for token in tokens[place : found[1]])
    return found[0]._replace(day=(*found[0].day[:4], weekday, text)), found[1]


def _ordinal(tokens: Tokens, place: int) -> Found:
    """``the 18th``: that day of this month, or of the one before."""
    token = tokens[place]
    number, following = ordinal_at(tokens, place), low_at(tokens, place + 2)
    if not 1 <= number <= 31 or counts_at(tokens, place) or following == "of" or month_named(following) is not None:
        return None
    return When(day=("date", 0, 0, number, None, f"{token.low}{tokens[place + 1].low}")), place + 2


def ordinal_at(tokens: Tokens, place: int) -> int:
    """Return the number of an ordinal such as 2nd that stands at a place; 0 where none does."""
    is_number = sort_at(tokens, place) == "number" and tokens[place].low.isdecimal()
    if not is_number or low_at(tokens, place + 1) not in _SUFFIXES or not tokens[place + 1].glued:
        return 0
    return int(tokens[place].low)


def counts_at(tokens: Tokens, place: int) -> int:
    """Return the place after an ordinal that says which of several it was (4th day, my 21st jab); 0 for none."""
    if not ordinal_at(tokens, place):
        return 0
    if low_at(tokens, place + 2) in COUNTED:
        return place + 3
    is_own = low_at(tokens, place - 1) in _OWNERS and low_at(tokens, place + 2) not in ("of", "in", "at")
    return place + 2 if is_own else 0


def _written_date(text: str) -> When:
    if "-" in text[:8] and len(text) > 10:
        return When(instant=text)
    written = [part for part in text.replace("/", ".").replace("-", ".").split(".") if part]
    parts = [int(part) for part in written]
    if len(written[0]) == 4 or (len(parts) == 3 and parts[0] > 31):
        year, month, number = parts
        return When(day=("date", year or YEAR_0, month, number, None, text))
    number, month = parts[0], parts[1]
    year = (parts[2] or YEAR_0) if len(parts) > 2 else 0
    if len(parts) > 2 and len(written[2]) == 2:
        year = 2000 + parts[2]
    if "/" in text and number <= 12 and month <= 12 and number != month:
        return _which_month(text, number, month)
    if month > 12 >= number:
        number, month = month, number
    return When(day=("date", year, month, number, None, text))


def _which_month(text: str, first: int, second: int) -> When:
    names = tuple(f"{day} {MONTHS[month - 1][:3]}" for day, month in ((first, second), (second, first)))
    return When(problem=f"{text}: which is the month? write {names[0]} or {names[1]}", answers=names)


def _slashed(tokens: Tokens, place: int, *, said: bool) -> Found:
    if sort_at(tokens, place) != "number" or low_at(tokens, place + 1) != "/" or sort_at(tokens, place + 2) != "number":
        return None
    first, second = tokens[place].number or 0, tokens[place + 2].number or 0
    if not (tokens[place + 1].glued and first == int(first) and second == int(second)):
        return None
    first, second, text = int(first), int(second), f"{tokens[place].low}/{tokens[place + 2].low}"
    if (first, second) == (24, 7) and not said:
        return None
    plausible = 1 <= min(first, second) <= 12 and max(first, second) <= 31
    if second == 10 and first <= 10 and low_at(tokens, place - 1) != "on":
        return None  # seven out of ten
    is_plain = said or (first == second and first > 10)  # 11/11 has but one month, and is no score
    if not plausible or (not is_plain and (second in (10, 5, 4, 100) or max(first, second) <= 12)):
        return None
    if max(first, second) <= 12 and first != second:
        return _which_month(text, first, second), place + 3
    day, month = (first, second) if second <= 12 else (second, first)
    return When(day=("date", 0, month, day, None, text)), place + 3


def _named_date(tokens: Tokens, place: int, *, sure: bool) -> Found:
    weekday = weekday_named(low_at(tokens, place))
    start = place + (weekday is not None)
    start += weekday is not None and low_at(tokens, start) == ","
    number_first = _month_after(tokens, start, sure=sure)
    found = number_first or _month_before(tokens, start)
    if not found:
        return _month_alone(tokens, start)
    month, number, after = found
    year = 0
    after_comma = after + (low_at(tokens, after) == ",")
    if (
        sort_at(tokens, after_comma) == "number"
        and len(tokens[after_comma].low) == 4
        and tokens[after_comma].low.isdecimal()
    ):
        year, after = int(tokens[after_comma].low) or YEAR_0, after_comma + 1
    text = " ".join(token.low for token in tokens[place:after])
    return When(day=("date", year, month, number, weekday, text)), after


def _month_alone(tokens: Tokens, place: int) -> Found:
    """A month and a time of day, which say no day: sept 11pm."""
    word = low_at(tokens, place)
    if month_named(word) is None or word in ALSO_WORDS or low_at(tokens, place + 2) not in ("am", "pm"):
        return None
    return When(problem=f"which day of {word}? write it before the month", answers=("",)), place + 1


def _month_after(tokens: Tokens, place: int, *, sure: bool) -> tuple[int, int, int] | None:
    """``19 nov``, ``3. november``, ``27th october``."""
    if sort_at(tokens, place) != "number" or not tokens[place].low.isdecimal():
        return None
    after = place + 1
    ordinal = low_at(tokens, after) in (*_SUFFIXES, ".") and tokens[after].glued
    after += ordinal
    after += low_at(tokens, after) == "of"
    word = low_at(tokens, after)
    month = month_named(word)
    if month is None or (word in ALSO_WORDS and not (sure or ordinal or place == 0) and after + 1 < len(tokens)):
        return None
    behind = after + 1 + (low_at(tokens, after + 1) == ".")
    following = tokens[behind] if behind < len(tokens) else None
    if following and following.sort == "number" and not ordinal and len(following.low) <= 2 and place and not sure:
        return None  # the number belongs to what stands before, the month to the number after it
    return month, int(tokens[place].low), after + 1 + (low_at(tokens, after + 1) == "." and tokens[after + 1].glued)


def _month_before(tokens: Tokens, place: int) -> tuple[int, int, int] | None:
    """``nov 19``, ``october 27th``."""
    month = month_named(low_at(tokens, place))
    after = place + 1 + (low_at(tokens, place + 1) == "." and month is not None)
    if month is None or sort_at(tokens, after) != "number" or not tokens[after].low.isdecimal():
        return None
    ordinal = low_at(tokens, after + 1) in _SUFFIXES and tokens[after + 1].glued
    if not ordinal and low_at(tokens, after + 1) in (*TIME_UNITS, "am", "pm", "days", "times"):
        return None
    return month, int(tokens[after].low), after + 1 + ordinal


def weekday_named(word: str) -> int | None:
    """Return the number of a weekday by its name, from monday as 0."""
    if word in WEEKDAYS:
        return WEEKDAYS.index(word)
    return SHORT_DAYS.get(word)


def month_named(word: str) -> int | None:
    """Return the number of a month by its name, from january as 1."""
    if word in MONTHS:
        return MONTHS.index(word) + 1
    return SHORT_MONTHS.get(word)
