"""When something was, as people say it: one grammar for lines, options and periods. Pure, and without a clock.

What is read is a ``When``, which says a day and a time of day as they were said; ``dates`` places it on the calendar.
"""

from collections.abc import Sequence
from datetime import time
from typing import NamedTuple, TypeAlias

from painlog.domain.language.calendar_names import MONTHS, WEEKDAYS
from painlog.domain.language.figures import (
    Tokens,
    length_at,
    low_at,
    plain_number,
    says,
    sort_at,
)
from painlog.domain.language.words import TIME_UNITS

SHORT_DAYS = {**{day[:3]: i for i, day in enumerate(WEEKDAYS)}, "tues": 1, "thur": 3, "thurs": 3}
SHORT_MONTHS = {**{month[:3]: i for i, month in enumerate(MONTHS, 1)}, "sept": 9}
ALSO_WORDS = frozenset(("sat", "sun", "wed", "mon", "fri", "mar", "may", "march", "dec", "jan"))
PARTS = ("morning", "afternoon", "evening", "night", "lunchtime", "midday", "dinnertime", "bedtime")
VAGUE_AGO = (
    *(
        ("a", "few"),
        ("a", "couple", "of"),
        ("couple", "of"),
        ("a", "couple"),
        ("few",),
        ("some",),
        ("several",),
        ("many",),
    ),
    *(
        ("a", "bit"),
        ("a", "while"),
        ("a", "little", "while"),
        ("long",),
        ("ages",),
        ("some", "time"),
        ("a", "month"),
        ("months",),
    ),
    *(("a", "year"), ("years",), ("not", "long")),
)
UNCLEAR = (
    *(
        ("the", "other", "day"),
        ("the", "other", "night"),
        ("the", "other", "morning"),
        ("other", "day"),
        ("this", "week"),
    ),
    *(
        ("last", "week"),
        ("this", "month"),
        ("last", "month"),
        ("last", "year"),
        ("this", "year"),
        ("earlier",),
        ("at", "night"),
    ),
    *(
        ("last", "weekend"),
        ("this", "weekend"),
        ("at", "the", "weekend"),
        ("on", "the", "weekend"),
        ("overnight",),
        ("some", "days", "ago"),
    ),
    *(
        ("next", "day"),
        ("the", "next", "day"),
        ("next", "morning"),
        ("at", "bedtime"),
        ("one", "day"),
        ("the", "day", "before"),
        ("the", "night", "before"),
        ("before", "last"),
    ),
)
AHEAD = (
    *(
        ("tomorrow",),
        ("tmrw",),
        ("tmr",),
        ("next", "week"),
        ("next", "month"),
        ("next", "time"),
        ("next", "year"),
        ("next", "weekend"),
    ),
    *(("the", "day", "after", "tomorrow"), ("day", "after", "tomorrow")),
)
_LONGEST_AGO = 1_000_000 * 60
FROM_WHEN = "write a time such as yesterday 20:00, 7pm, mon, 3 days ago or 19 nov"

Day: TypeAlias = (
    "tuple[object, ...]"  # ("ago", days) | ("weekday", number, before today) | ("date", year, month, day, weekday)
)


class When(NamedTuple):
    """A day and a time of day as said; what was not said is None or empty.

    ``ago`` is in minutes. ``part`` are the words for a part of the day, ``night`` means the last night. ``instant`` is
    a date and time as ISO 8601 has it. ``problem`` says why it cannot be taken as it stands, ``answers`` are words in
    its place that could be.
    """

    day: "Day | None" = None
    clock: time | None = None
    ago: float | None = None
    part: str = ""
    night: bool = False
    instant: str = ""
    problem: str = ""
    answers: tuple[str, ...] = ()

    def merged(self, other: "When") -> "When | None":
        """Return both together, None where both say a day or both a time."""
        if self.problem or other.problem:
            return self if self.problem else other
        if (
            (self.day and other.day)
            or (self.clock and other.clock)
            or self.ago
            or other.ago
            or self.instant
            or other.instant
        ):
            return self if self == other else None
        both = self._replace(
            day=self.day or other.day, clock=self.clock or other.clock, night=self.night or other.night
        )
        return both._replace(part=" ".join(filter(None, (self.part, other.part))))


def _by_first(phrases: Sequence[Sequence[str]]) -> dict[str, list[Sequence[str]]]:
    found: dict[str, list[Sequence[str]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return found


_LEADING = (
    ("on", "the"),
    ("in", "the"),
    ("at", "about"),
    ("at", "around"),
    ("on",),
    ("at",),
    ("around",),
    ("about",),
    ("by",),
    ("during", "the"),
)
_LEADS, _AHEAD, _UNCLEAR, _VAGUE = map(_by_first, (_LEADING, AHEAD, UNCLEAR, VAGUE_AGO))


def _phrase(index: dict[str, list[Sequence[str]]], tokens: Tokens, place: int) -> Sequence[str]:
    """The longest phrase of an index that stands at a place; empty where none does."""
    for words in index.get(low_at(tokens, place), ()):
        if len(words) == 1 or says(tokens, place, *words):
            return words
    return ()


Found: TypeAlias = "tuple[When, int] | None"


def when_at(tokens: Tokens, place: int, *, front: bool = False) -> Found:
    """Read the time that stands at a place, and return it with the place after it; ``front`` where the line begins."""
    if refused := _phrase(_AHEAD, tokens, place):
        clock = _clock(tokens, place + len(refused))
        after = clock[1] if clock else place + len(refused)
        return When(problem=f"{' '.join(refused)} is ahead; what was can be recorded", answers=("",)), after
    if low_at(tokens, place) in ("next", "coming") and _day_name(low_at(tokens, place + 1)) is not None:
        return When(
            problem=f"next {tokens[place + 1].low} is ahead; what was can be recorded", answers=("",)
        ), place + 2
    if low_at(tokens, place) == "in" and (ahead := _span_of_time(tokens, place + 1)):
        return When(problem="that is ahead; what was can be recorded", answers=("",)), ahead
    found = _one(tokens, place, front=front)
    while found and not found[0].problem:
        after = found[1] + (low_at(tokens, found[1]) == "," and sort_at(tokens, found[1] + 1) == "clock")
        more = _one(tokens, after, front=False, beside=found[0])
        merged = _joined(found[0], more[0], " ".join(token.low for token in tokens[place : found[1]])) if more else None
        if more is None or merged is None:
            break
        found = merged, more[1]
    return found


def _joined(first: When, second: When, said: str) -> When | None:
    """Both together: with a part of the day, at 7 is clear; else its answers go on with what was said before."""
    if not second.problem:
        return first.merged(second)
    if not second.answers or not second.answers[0].endswith("am"):
        return second._replace(answers=tuple(f"{said} {answer}".strip() for answer in second.answers))
    half = {"morning": "am", "afternoon": "pm", "evening": "pm", "night": "pm"}.get(first.part.rpartition(" ")[2], "")
    if half and (hour := int(second.answers[0].removeprefix("at ").removesuffix("am"))):
        return first.merged(_time_of_day(hour, 0, half, str(hour)))
    return second._replace(answers=tuple(f"{said} {answer}" for answer in second.answers))


def _one(tokens: Tokens, place: int, *, front: bool, beside: When | None = None) -> Found:
    if place >= len(tokens):
        return None
    lead = _phrase(_LEADS, tokens, place)
    start = place + len(lead)
    if start >= len(tokens):
        return None
    at = bool(lead) and lead[0] in ("at", "around", "about", "by")
    on = bool(lead) and lead[0] == "on"
    for read in (_unclear, _date, _ago):
        if found := read(tokens, place if read is _unclear else start, on=on, front=front):
            return found
    if found := _day(tokens, start, front=front, led=on):
        return found if not at or lead[0] == "by" else found
    if found := _clock(tokens, start, at=at and lead[0] in ("at", "by"), beside=beside):
        return found
    return _part(tokens, place, lead, front=front, beside=beside)


def _unclear(tokens: Tokens, place: int, *, on: bool, front: bool) -> Found:
    words = _phrase(_UNCLEAR, tokens, place)
    if not words:
        return None
    if words == ("earlier",):
        if low_at(tokens, place + 1) == "today":
            return When(day=("ago", 0), part="earlier"), place + 2
        if low_at(tokens, place - 1) in ("woke", "up", "bed", "and"):
            return None
    said = " ".join(words)
    night = ("last night", "this morning") if "night" in said else ()
    return When(problem=f"when was {said}? {FROM_WHEN}", answers=(*night, "yesterday", "today")), place + len(words)


def _date(tokens: Tokens, place: int, *, on: bool, front: bool) -> Found:
    token = tokens[place]
    if token.sort == "date":
        return _written_date(token.low), place + 1
    if on and token.low == "the":
        return _date(tokens, place + 1, on=on, front=front)
    if ordinal := _ordinal(tokens, place):
        return ordinal
    return _slashed(tokens, place, said=on or front) or _named_date(tokens, place, sure=on or front)


def _ordinal(tokens: Tokens, place: int) -> Found:
    """``the 18th``: that day of this month, or of the one before."""
    token = tokens[place]
    suffix = tokens[place + 1] if place + 1 < len(tokens) else None
    if token.sort != "number" or suffix is None or suffix.low not in ("th", "st", "nd", "rd") or not suffix.glued:
        return None
    following = low_at(tokens, place + 2)
    if (
        not token.low.isdecimal()
        or not 1 <= int(token.low) <= 31
        or following == "of"
        or _month_name(following) is not None
    ):
        return None
    return When(day=("date", 0, 0, int(token.low), None, f"{token.low}{suffix.low}")), place + 2


def _written_date(text: str) -> When:
    if "-" in text[:8] and len(text) > 10:
        return When(instant=text)
    parts = [int(part) for part in text.replace("/", ".").replace("-", ".").split(".") if part]
    if len(str(parts[0])) == 4 or (len(parts) == 3 and parts[0] > 31):
        year, month, number = parts
        return When(day=("date", year, month, number, None, text))
    number, month = parts[0], parts[1]
    year = parts[2] if len(parts) > 2 else 0
    if year and year < 100:
        year += 2000
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
    plausible = 1 <= min(first, second) <= 12 and max(first, second) <= 31
    if second == 10 and first <= 10 and low_at(tokens, place - 1) != "on":
        return None  # seven out of ten
    if not plausible or (not said and (second in (10, 5, 4, 100) or max(first, second) <= 12)):
        return None
    if max(first, second) <= 12 and first != second:
        return _which_month(text, first, second), place + 3
    day, month = (first, second) if second <= 12 else (second, first)
    return When(day=("date", 0, month, day, None, text)), place + 3


def _named_date(tokens: Tokens, place: int, *, sure: bool) -> Found:
    weekday = _day_name(low_at(tokens, place))
    start = place + (weekday is not None)
    start += weekday is not None and low_at(tokens, start) == ","
    number_first = _month_after(tokens, start, sure=sure)
    found = number_first or _month_before(tokens, start)
    if not found:
        return None
    month, number, after = found
    year = 0
    after_comma = after + (low_at(tokens, after) == ",")
    if (
        sort_at(tokens, after_comma) == "number"
        and len(tokens[after_comma].low) == 4
        and tokens[after_comma].low.isdecimal()
    ):
        year, after = int(tokens[after_comma].low), after_comma + 1
    text = " ".join(token.low for token in tokens[place:after])
    return When(day=("date", year, month, number, weekday, text)), after


def _month_after(tokens: Tokens, place: int, *, sure: bool) -> tuple[int, int, int] | None:
    """``19 nov``, ``3. november``, ``27th october``."""
    if sort_at(tokens, place) != "number" or not tokens[place].low.isdecimal():
        return None
    after = place + 1
    ordinal = low_at(tokens, after) in ("th", "st", "nd", "rd", ".") and tokens[after].glued
    after += ordinal
    after += low_at(tokens, after) == "of"
    word = low_at(tokens, after)
    month = _month_name(word)
    if month is None or (word in ALSO_WORDS and not (sure or ordinal or place == 0) and after + 1 < len(tokens)):
        return None
    following = tokens[after + 1] if after + 1 < len(tokens) else None
    if following and following.sort == "number" and not ordinal and len(following.low) <= 2 and place and not sure:
        return None  # the number belongs to what stands before, the month to the number after it
    return month, int(tokens[place].low), after + 1 + (low_at(tokens, after + 1) == "." and tokens[after + 1].glued)


def _month_before(tokens: Tokens, place: int) -> tuple[int, int, int] | None:
    """``nov 19``, ``october 27th``."""
    month = _month_name(low_at(tokens, place))
    after = place + 1 + (low_at(tokens, place + 1) == "." and month is not None)
    if month is None or sort_at(tokens, after) != "number" or not tokens[after].low.isdecimal():
        return None
    ordinal = low_at(tokens, after + 1) in ("th", "st", "nd", "rd") and tokens[after + 1].glued
    if not ordinal and low_at(tokens, after + 1) in (*TIME_UNITS, "am", "pm", "days", "times"):
        return None
    return month, int(tokens[after].low), after + 1 + ordinal


def _ago(tokens: Tokens, place: int, *, on: bool, front: bool) -> Found:
    if words := _phrase(_VAGUE, tokens, place):
        after = place + len(words)
        after += low_at(tokens, after) in (*TIME_UNITS, "days", "weeks", "months", "years", "time", "nights")
        if low_at(tokens, after) == "ago":
            said = " ".join(token.low for token in tokens[place : after + 1])
            return When(problem=f"{said} says no time; write 2h ago or yesterday", answers=("2h ago", "")), after + 1
    if found := length_at(tokens, place):
        if low_at(tokens, found[1]) == "ago":
            said = " ".join(token.low for token in tokens[place : found[1] + 1])
            too_long = f"{said!r}: that is no length of time" if found[0] > _LONGEST_AGO else ""
            return When(ago=found[0], problem=too_long), found[1] + 1
        return None
    number = plain_number(tokens, place) or ((1.0, place + 1) if low_at(tokens, place) == "a" else None)
    if not number:
        return None
    unit = low_at(tokens, number[1])
    if low_at(tokens, number[1] + 1) != "ago":
        return None
    per = {"d": 1, "day": 1, "days": 1, "w": 7, "week": 7, "weeks": 7, "night": 1, "nights": 1}.get(unit)
    if per and number[0] == int(number[0]):
        return When(day=("ago", int(number[0]) * per)), number[1] + 2
    said = " ".join(token.low for token in tokens[place : number[1] + 2])
    return When(problem=f"{said} says no day; {FROM_WHEN}", answers=("",)), number[1] + 2


def _day(tokens: Tokens, place: int, *, front: bool, led: bool) -> Found:
    start = place + (low_at(tokens, place) == "the")
    if says(tokens, start, "day", "before", "yesterday"):
        return When(day=("ago", 2)), start + 3
    word = low_at(tokens, place)
    if word in ("today", "yesterday", "ystd", "yday"):
        return When(day=("ago", int(word != "today"))), place + 1
    if word == "tonight":
        return When(day=("ago", 0), part="tonight"), place + 1
    if says(tokens, place, "last", "night"):
        return When(night=True, part="last night"), place + 2
    if word == "last" and low_at(tokens, place + 1) in ("evening", "afternoon"):
        return When(day=("ago", 1), part=f"last {tokens[place + 1].low}"), place + 2
    before = word in ("last", "this", "past")
    weekday = _day_name(low_at(tokens, place + before))
    if weekday is None:
        return None
    name, after = low_at(tokens, place + before), place + before + 1
    if name in ALSO_WORDS and not (before or led or front or _stands_alone(tokens, place, after)):
        return None
    return When(day=("weekday", weekday, word == "last")), after


def _stands_alone(tokens: Tokens, place: int, after: int) -> bool:
    """Whether a word such as sun, which is no day as well, is one by where it stands."""
    ends = sort_at(tokens, after) in ("", "stop", "joint", "clock")
    return ends and (place == 0 or tokens[place - 1].sort != "word" or tokens[place - 1].number is not None)


def _clock(tokens: Tokens, place: int, *, at: bool = False, beside: When | None = None) -> Found:
    if low_at(tokens, place) in ("at", "around", "about"):
        return _clock(tokens, place + 1, at=at or low_at(tokens, place) == "at", beside=beside)
    if place >= len(tokens):
        return None
    token, led = tokens[place], at or beside is not None
    if token.low in ("noon", "midday"):
        return When(clock=time(12, 0)), place + 1
    if token.low == "midnight":
        if beside is not None and beside.day:
            return When(
                problem="midnight of which night? write 00:00 with the day it begins", answers=("00:00",)
            ), place + 1
        return When(clock=time(0, 0)), place + 1
    half = low_at(tokens, place + 1) if low_at(tokens, place + 1) in ("am", "pm") else ""
    if token.sort == "clock":
        hour, minute = (int(part) for part in token.low.split(":")[:2])
        return _time_of_day(hour, minute, half, token.low), place + 1 + bool(half)
    if token.number is None or token.number != int(token.number):
        hours, _, rest = token.low.replace(",", ".").partition(".")
        if not (led and half and hours.isdecimal() and rest.isdecimal()):
            return None
        return _time_of_day(int(hours), int(rest), half, token.low), place + 2
    hour = int(token.number)
    if half:
        return _time_of_day(hour, 0, half, f"{token.low} {half}"), place + 2
    if low_at(tokens, place + 1) == "h" and token.sort == "number" and (at or (led and hour > 12)):
        minutes = tokens[place + 2] if sort_at(tokens, place + 2) == "number" and tokens[place + 2].glued else None
        return _time_of_day(hour, int(minutes.number or 0) if minutes else 0, "", f"{hour}h"), place + 2 + bool(minutes)
    oclock = low_at(tokens, place + 1) == "oclock"
    in_part = led and says(tokens, place + 1 + oclock, "in", "the") and low_at(tokens, place + 3 + oclock) in PARTS[:3]
    if in_part and hour <= 12:
        part = low_at(tokens, place + 3 + oclock)
        return _time_of_day(hour, 0, "am" if part == "morning" else "pm", token.low), place + 4 + oclock
    if oclock or (at and _ends_here(tokens, place + 1)):
        if 12 < hour < 24:
            return When(clock=time(hour, 0)), place + 1 + oclock
        if hour <= 12:
            names = (f"{hour}am", f"{hour}pm") if hour else ("00:00",)
            return When(
                problem=f"at {hour}: am or pm?", answers=tuple(f"at {name}" for name in names)
            ), place + 1 + oclock
    return None


def _ends_here(tokens: Tokens, place: int) -> bool:
    """Whether what stands after a number does not make it a count or a score."""
    word = low_at(tokens, place)
    return sort_at(tokens, place) != "number" and word not in (
        "/",
        "out",
        "of",
        "%",
        *TIME_UNITS,
        "times",
        "days",
        "x",
        ":",
        "-",
        "–",
    )


def _time_of_day(hour: int, minute: int, half: str, said: str) -> When:
    if (half and not 1 <= hour <= 12) or hour > 23 or minute > 59:
        return When(problem=f"{said!r} is not a time of day; write 07:30 or 7:30 pm")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return When(clock=time(hour, minute))


def _part(tokens: Tokens, place: int, lead: Sequence[str], *, front: bool, beside: When | None) -> Found:
    start = place + len(lead)
    word = low_at(tokens, start)
    if says(tokens, place, "this") and low_at(tokens, place + 1) in PARTS:
        return When(day=("ago", 0), part=f"this {tokens[place + 1].low}"), place + 2
    if says(tokens, place, "late") and beside is not None:
        return When(part="late"), place + 1
    if word not in PARTS:
        return None
    in_the = tuple(lead) in (("in", "the"), ("during", "the"))
    ends = sort_at(tokens, start + 1) in ("", "stop", "joint", "clock")
    if beside is not None and beside.day and not lead:
        return When(part=word), start + 1
    if beside is not None and (in_the or (not lead and not beside.part)) and beside.clock is None:
        return When(part=word), start + 1
    if in_the and word != "night":
        return When(day=("ago", 0), part=f"in the {word}"), start + 1
    if in_the:
        return When(problem=f"which night? {FROM_WHEN}", answers=("last night", "today")), start + 1
    if word in ("morning", "afternoon", "evening") and not lead and (front or ends) and beside is None:
        prev = tokens[place - 1] if place else None
        if prev is None or prev.sort != "word" or prev.number is not None:
            return When(day=("ago", 0), part=word), start + 1
    return None


def _span_of_time(tokens: Tokens, place: int) -> int:
    """The place after a length of time such as 2 hours or 3 days; 0 where there is none."""
    if found := length_at(tokens, place):
        return found[1]
    number = plain_number(tokens, place) or ((1.0, place + 1) if low_at(tokens, place) in ("a", "the") else None)
    if number and low_at(tokens, number[1]) in ("day", "days", "week", "weeks", "month", "months", "year", "years"):
        return number[1] + 1 if low_at(tokens, place) != "the" else 0
    return 0


def _day_name(word: str) -> int | None:
    if word in WEEKDAYS:
        return WEEKDAYS.index(word)
    return SHORT_DAYS.get(word)


def _month_name(word: str) -> int | None:
    if word in MONTHS:
        return MONTHS.index(word) + 1
    return SHORT_MONTHS.get(word)
