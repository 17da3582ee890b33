"""Times of day as people say them: 7pm, 19h, noon, 8 o'clock, in the evening. Pure."""

from collections.abc import Sequence
from datetime import time

from painlog.domain.language.figures import Tokens, is_wall_time, low_at, past_the_hour, says, sort_at
from painlog.domain.language.medicine_units import unit_of
from painlog.domain.language.small_words import TIME_UNITS, phrases
from painlog.domain.language.when import FROM_WHEN, NO_TIME_OF_DAY, Found, When, in_half

_PARTS = {
    **{part: part for part in phrases("morning, afternoon, evening, night, lunchtime, midday, dinnertime, bedtime")},
    **dict.fromkeys(("mornin", "morn"), "morning"),
    **dict.fromkeys(("aft", "arvo"), "afternoon"),
    **dict.fromkeys(("evenin", "eve"), "evening"),
    "nite": "night",
}
PARTS = frozenset(_PARTS)
_QUALIFIED = ("early", "mid", "late")  # before a part of the day
_IN_THE = ("morning", "afternoon", "evening")
_LEADS = ("at", "@", "around", "about", "by", "since", "till", "til", "until", "from", "before", "after")


def part_named(word: str) -> str:
    """Return the part of the day that a word names, as it is spelt: nite is night; empty where it names none."""
    return _PARTS.get(word, "")


def clock_at(tokens: Tokens, place: int, *, at: bool = False, beside: When | None = None) -> Found:  # noqa: PLR0912  (a branch a form)
    """Read a time of day: 20:00, 7pm, 19h, noon, at 7 in the evening; ``at`` and ``beside`` are what stood before."""
    if low_at(tokens, place) in ("at", "around", "about"):
        return clock_at(tokens, place + 1, at=at or low_at(tokens, place) == "at", beside=beside)
    if place >= len(tokens):
        return None
    token, led = tokens[place], at or beside is not None
    if spoken := past_the_hour(tokens, place, led=led or _leads_half(tokens, place)):
        return _past_the_hour(tokens, place, *spoken)
    if token.low in ("noon", "midday"):
        return When(clock=time(12, 0)), place + 1
    if token.low == "12" and low_at(tokens, place + 1) in ("noon", "midday", "midnight"):
        return clock_at(tokens, place + 1, at=at, beside=beside)
    if token.low == "midnight":
        if beside is not None and beside.day:
            return When(
                problem="midnight of which night? write 00:00 with the day it begins", answers=("00:00",)
            ), place + 1
        return When(clock=time(0, 0)), place + 1
    after = place + 1 + (low_at(tokens, place + 1) == "ish")
    half = _half_named(low_at(tokens, after))
    if half and low_at(tokens, place - 1) in ("am", "pm") and sort_at(tokens, place - 2) != "number":
        return None  # pain am 4 pm 7: the halves stand before their scores
    if token.sort == "clock":
        hour, minute = (int(part) for part in token.low.split(":")[:2])
        return _written(tokens, after, hour, minute, half)
    if token.number is None or token.number != int(token.number):
        return _dotted(tokens, place, at=at, led=led)
    hour = int(token.number)
    if _is_four_digits(tokens, place, at=at):
        after = place + 1 + (low_at(tokens, place + 1) in ("h", "hrs", "hours"))
        return time_of_day(int(token.low[:2]), int(token.low[2:]), "", token.low), after
    if half:
        return time_of_day(hour, 0, half, f"{token.low} {half}"), after + 1
    if low_at(tokens, after) == "h" and token.sort == "number" and (at or (led and hour > 12)):
        minutes = tokens[after + 1] if sort_at(tokens, after + 1) == "number" and tokens[after + 1].glued else None
        return time_of_day(hour, int(minutes.number or 0) if minutes else 0, "", f"{hour}h"), after + 1 + bool(minutes)
    oclock = low_at(tokens, after) == "oclock"
    if (led or oclock) and (found := _half_behind(tokens, after + oclock, hour, 0)):
        return found
    if oclock or (at and _ends_here(tokens, after)):
        return _without_half(tokens, after + oclock, hour, 0, str(hour))
    return None


def _leads_half(tokens: Tokens, place: int) -> bool:
    """Whether half 8 is a time where it stands: first in a line, behind since, before this morning."""
    beside = low_at(tokens, place + 2)
    return (
        not place or low_at(tokens, place - 1) in _LEADS or beside in ("am", "pm", "this", "last", "today", "yesterday")
    )


def _written(tokens: Tokens, after: int, hour: int, minute: int, half: str) -> Found:
    """A time with a colon, which is of the first half of the day unless a part of the day beside it says otherwise."""
    if half:
        return time_of_day(hour, minute, half, f"{hour}:{minute:02d}"), after + 1
    if found := _half_behind(tokens, after, hour, minute):
        return found
    read = time_of_day(hour, minute, "", f"{hour}:{minute:02d}")
    return read._replace(open_clock=read.clock if 1 <= hour <= 12 else None), after


def _dotted(tokens: Tokens, place: int, *, at: bool, led: bool) -> Found:
    """A time written with a point: 7.15pm, at 7.15."""
    low, after = tokens[place].low, place + 1
    hours, _, rest = low.replace(",", ".").partition(".")
    if not (hours.isdecimal() and rest.isdecimal()):
        return None
    half = _half_named(low_at(tokens, after))
    if half and (led or len(rest) == 2):
        return time_of_day(int(hours), int(rest), half, low), after + 1
    is_time = at and "." in low and len(rest) == 2 and _ends_here(tokens, after)
    return _without_half(tokens, after, int(hours), int(rest), low) if is_time else None


def _half_behind(tokens: Tokens, place: int, hour: int, minute: int) -> Found:
    """A time whose half of the day is said behind it: in the evening, at night."""
    at_night = says(tokens, place, "at", "night")
    part = "night" if at_night else part_named(low_at(tokens, place + 2)) if says(tokens, place, "in", "the") else ""
    if hour > 12 or minute > 59 or not part:
        return None
    after_midnight = part == "night" and hour in (12, *range(1, 6))
    clock = in_half(time(hour % 12, minute), "am" if after_midnight else part)
    return (When(clock=clock), place + (2 if at_night else 3)) if clock else None


def _is_four_digits(tokens: Tokens, place: int, *, at: bool) -> bool:
    """Whether a number is a time of day in four digits: 0830, at 1430, 2200h."""
    low, following = tokens[place].low, low_at(tokens, place + 1)
    if tokens[place].sort != "number" or not is_wall_time(low):
        return False
    is_alone = _ends_here(tokens, place + 1) and not unit_of(following)
    return following in ("h", "hrs") or (is_alone and (at or low[0] == "0"))


def _without_half(tokens: Tokens, after: int, hour: int, minute: int, said: str) -> Found:
    """A time of day without am or pm, which is asked up to noon."""
    if hour > 23 or minute > 59:
        return None
    if found := _half_behind(tokens, after, hour, minute):
        return found
    if hour > 12:
        return When(clock=time(hour, minute)), after
    past = f"{hour}:{minute:02d}" if minute else f"{hour}"
    answers = (f"at {past}am", f"at {past}pm") if hour else ("at 00:00",)
    return When(problem=f"at {said}: am or pm?", answers=answers, open_clock=time(hour % 12, minute)), after


def _past_the_hour(tokens: Tokens, place: int, hour: int, minute: int, after: int) -> Found:
    """Read half past nine and quarter to ten; without am or pm it is asked which half of the day."""
    half = _half_named(low_at(tokens, after))
    said = " ".join(token.low for token in tokens[place:after])
    if half:
        return time_of_day(hour, minute, half, f"{said} {half}"), after + 1
    if found := _half_behind(tokens, after, hour, minute):
        return found
    answers = tuple(f"{hour % 12 + more:02d}:{minute:02d}" for more in (0, 12))
    problem = f"{said}: {answers[0]} or {answers[1]}?"
    return When(problem=problem, answers=answers, open_clock=time(hour % 12, minute)), after


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


def time_of_day(hour: int, minute: int, half: str, said: str) -> When:
    """Return a time of day by its numbers, or why it is none; ``half`` is am, pm or empty."""
    if (half and not 1 <= hour <= 12) or hour > 23 or minute > 59:
        return When(problem=f"{said!r} {NO_TIME_OF_DAY}")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return When(clock=time(hour, minute))


def part_of_day_at(tokens: Tokens, place: int, lead: Sequence[str], *, front: bool, beside: When | None) -> Found:
    """Read a part of the day: this morning, in the evening."""
    start, lead = place + len(lead), tuple(lead)
    if not lead and (found := _qualified_part(tokens, place, front=front, beside=beside)):
        return found
    word = low_at(tokens, start)
    part = part_named(word)
    if not part:
        return None
    in_the = lead in (("in", "the"), ("during", "the"), ("by", "the"), ("towards", "the"), ("towards",))
    ends = _ends_clause(tokens, start + 1) or (
        sort_at(tokens, start + 1) == "number" and bool(part_named(low_at(tokens, start + 2)))
    )
    if beside is not None and beside.day and not lead:
        return When(part=part), start + 1
    if beside is not None and (in_the or (not lead and not beside.part)) and beside.clock is None:
        return When(part=part), start + 1
    if lead == ("at",) and word in ("lunchtime", "dinnertime") and beside is None:
        return When(day=("ago", 0), part=f"at {word}"), start + 1
    if in_the and part != "night":
        return When(day=("ago", 0), part=f"{' '.join(lead)} {part}"), start + 1
    if in_the:
        answers = ("last night", "today")
        return When(problem=f"which night? {FROM_WHEN}", answers=answers, night=True), start + 1
    if word in _IN_THE and not lead and (front or ends) and beside is None:
        prev = tokens[place - 1] if place else None
        if prev is None or prev.sort != "word" or prev.number is not None or (unit_of(prev.low) and not front):
            return When(day=("ago", 0), part=word), start + 1
    return None


def _qualified_part(tokens: Tokens, place: int, *, front: bool, beside: When | None) -> Found:
    """A part of the day that goes without a word such as in: this morning, early evening, yesterday pm."""
    word, following = low_at(tokens, place), low_at(tokens, place + 1)
    if word == "this" and (named := part_named(following) or _half_named(following)):
        return When(day=("ago", 0), part=f"this {named}"), place + 2
    if word in _QUALIFIED and part_named(following) in _IN_THE and (beside or front or _ends_clause(tokens, place + 2)):
        return When(day=None if beside else ("ago", 0), part=f"{word} {part_named(following)}"), place + 2
    if word == "late" and beside is not None:
        return When(part="late"), place + 1
    if beside is not None and beside.day and _half_named(word) and sort_at(tokens, place + 1) != "number":
        return When(part=word), place + 1
    return None


def _ends_clause(tokens: Tokens, place: int) -> bool:
    """Whether a clause ends at a place, or goes on with a time of day."""
    return sort_at(tokens, place) in ("", "stop", "joint", "clock") or low_at(tokens, place) == ")"


def _half_named(word: str) -> str:
    return word if word in ("am", "pm") else ""
