"""Times of day as people say them: 7pm, 19h, noon, 8 o'clock, in the evening. Pure."""

from collections.abc import Sequence
from datetime import time

from painlog.domain.language.figures import Tokens, low_at, says, sort_at
from painlog.domain.language.medicine_units import unit_of
from painlog.domain.language.small_words import TIME_UNITS
from painlog.domain.language.when import FROM_WHEN, NO_TIME_OF_DAY, Found, When

PARTS = ("morning", "afternoon", "evening", "night", "lunchtime", "midday", "dinnertime", "bedtime")


def clock_at(tokens: Tokens, place: int, *, at: bool = False, beside: When | None = None) -> Found:  # noqa: PLR0912  (a branch a form)
    """Read a time of day: 20:00, 7pm, 19h, noon, at 7 in the evening; ``at`` and ``beside`` are what stood before."""
    if low_at(tokens, place) in ("at", "around", "about"):
        return clock_at(tokens, place + 1, at=at or low_at(tokens, place) == "at", beside=beside)
    if place >= len(tokens):
        return None
    token, led = tokens[place], at or beside is not None
    if token.low in ("half", "quarter") and low_at(tokens, place + 1) in ("past", "to"):
        return _past_the_hour(tokens, place)
    if token.low in ("noon", "midday"):
        return When(clock=time(12, 0)), place + 1
    if token.low == "midnight":
        if beside is not None and beside.day:
            return When(
                problem="midnight of which night? write 00:00 with the day it begins", answers=("00:00",)
            ), place + 1
        return When(clock=time(0, 0)), place + 1
    half = low_at(tokens, place + 1) if low_at(tokens, place + 1) in ("am", "pm") else ""
    if half and low_at(tokens, place - 1) in ("am", "pm") and sort_at(tokens, place - 2) != "number":
        return None  # pain am 4 pm 7: the halves stand before their scores
    if token.sort == "clock":
        hour, minute = (int(part) for part in token.low.split(":")[:2])
        return time_of_day(hour, minute, half, token.low), place + 1 + bool(half)
    if token.number is None or token.number != int(token.number):
        hours, _, rest = token.low.replace(",", ".").partition(".")
        if not (half and hours.isdecimal() and rest.isdecimal() and (led or len(rest) == 2)):
            return None
        return time_of_day(int(hours), int(rest), half, token.low), place + 2
    hour = int(token.number)
    if half:
        return time_of_day(hour, 0, half, f"{token.low} {half}"), place + 2
    if low_at(tokens, place + 1) == "h" and token.sort == "number" and (at or (led and hour > 12)):
        minutes = tokens[place + 2] if sort_at(tokens, place + 2) == "number" and tokens[place + 2].glued else None
        return time_of_day(hour, int(minutes.number or 0) if minutes else 0, "", f"{hour}h"), place + 2 + bool(minutes)
    oclock = low_at(tokens, place + 1) == "oclock"
    in_part = led and says(tokens, place + 1 + oclock, "in", "the") and low_at(tokens, place + 3 + oclock) in PARTS[:3]
    if in_part and hour <= 12:
        part = low_at(tokens, place + 3 + oclock)
        return time_of_day(hour, 0, "am" if part == "morning" else "pm", token.low), place + 4 + oclock
    if oclock or (at and _ends_here(tokens, place + 1)):
        if 12 < hour < 24:
            return When(clock=time(hour, 0)), place + 1 + oclock
        if hour <= 12:
            names = (f"{hour}am", f"{hour}pm") if hour else ("00:00",)
            return When(
                problem=f"at {hour}: am or pm?", answers=tuple(f"at {name}" for name in names)
            ), place + 1 + oclock
    return None


def _past_the_hour(tokens: Tokens, place: int) -> Found:
    """Read half past nine and quarter to ten; without am or pm it is asked which half of the day."""
    hour = tokens[place + 2].number if place + 2 < len(tokens) else None
    if hour is None or hour != int(hour) or not 1 <= hour <= 12 or says(tokens, place, "half", "to"):
        return None
    minute = 30 if low_at(tokens, place) == "half" else 15
    first = int(hour)
    if low_at(tokens, place + 1) == "to":
        first, minute = (first - 2) % 12 + 1, 45
    half = low_at(tokens, place + 3)
    said = " ".join(token.low for token in tokens[place : place + 3])
    if half in ("am", "pm"):
        return time_of_day(first, minute, half, f"{said} {half}"), place + 4
    if says(tokens, place + 3, "in", "the") and (part := low_at(tokens, place + 5)) in PARTS[:3]:
        return time_of_day(first, minute, "am" if part == "morning" else "pm", said), place + 6
    answers = tuple(f"{first % 12 + more:02d}:{minute}" for more in (0, 12))
    return When(problem=f"{said}: {answers[0]} or {answers[1]}?", answers=answers), place + 3


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
    start = place + len(lead)
    word = low_at(tokens, start)
    if says(tokens, place, "this") and low_at(tokens, place + 1) in PARTS:
        return When(day=("ago", 0), part=f"this {tokens[place + 1].low}"), place + 2
    if says(tokens, place, "late") and beside is not None:
        return When(part="late"), place + 1
    if word not in PARTS:
        return None
    in_the = tuple(lead) in (("in", "the"), ("during", "the"), ("by", "the"), ("towards", "the"), ("towards",))
    ends = sort_at(tokens, start + 1) in ("", "stop", "joint", "clock") or low_at(tokens, start + 1) == ")"
    ends = ends or (sort_at(tokens, start + 1) == "number" and low_at(tokens, start + 2) in PARTS)
    if beside is not None and beside.day and not lead:
        return When(part=word), start + 1
    if beside is not None and (in_the or (not lead and not beside.part)) and beside.clock is None:
        return When(part=word), start + 1
    if tuple(lead) == ("at",) and word in ("lunchtime", "dinnertime") and beside is None:
        return When(day=("ago", 0), part=f"at {word}"), start + 1
    if in_the and word != "night":
        return When(day=("ago", 0), part=f"{' '.join(lead)} {word}"), start + 1
    if in_the:
        return When(problem=f"which night? {FROM_WHEN}", answers=("last night", "today")), start + 1
    if word in ("morning", "afternoon", "evening") and not lead and (front or ends) and beside is None:
        prev = tokens[place - 1] if place else None
        if prev is None or prev.sort != "word" or prev.number is not None or (unit_of(prev.low) and not front):
            return When(day=("ago", 0), part=word), start + 1
    return None
