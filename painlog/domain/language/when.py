"""When something was, as it was said: a day, a time of day, how long ago, or why it cannot be told. Pure."""

from collections.abc import Sequence
from datetime import time
from typing import NamedTuple, TypeAlias

from painlog.domain.clock import WEEKDAYS

_HALVES = {  # which half of the day a part is in, for the hours that are in it
    "am": ("am", range(1, 13)),
    "pm": ("pm", range(1, 13)),
    "morning": ("am", range(1, 12)),
    "afternoon": ("pm", (12, *range(1, 7))),
    "evening": ("pm", range(4, 12)),
    "night": ("pm", range(7, 12)),
    "tonight": ("pm", range(5, 12)),
}


def in_half(clock: time | None, part: str) -> time | None:
    """Return a time of day whose half was not said by the part of the day beside it; None where that leaves it open."""
    half, hours = _HALVES.get(part.rpartition(" ")[2], ("", ()))
    if clock is None or (clock.hour or 12) not in (hours if clock.hour <= 12 else ()):
        return None
    return clock.replace(hour=clock.hour % 12 + 12 * (half == "pm"))


class When(NamedTuple):
    """A day and a time of day as said; what was not said is None or empty.

    ``ago`` is in minutes. ``part`` are the words for a part of the day, ``night`` means the last night. ``instant`` is
    a date and time as ISO 8601 has it. ``problem`` says why it cannot be taken as it stands, ``ahead`` that it
    has not come yet; ``answers`` are words in its place that could be. ``open_clock`` is a time of which the half of
    the day is not said, as in at 7.
    """

    day: "Day | None" = None
    clock: time | None = None
    ago: float | None = None
    part: str = ""
    night: bool = False
    instant: str = ""
    problem: str = ""
    ahead: bool = False
    answers: tuple[str, ...] = ()
    open_clock: time | None = None

    @property
    def says_day(self) -> bool:
        """Whether it says on which day it was."""
        return bool(self.day or self.night or self.ago or self.instant)

    @property
    def own_day(self) -> "Day | None":
        """The day that was said, also that of an instant."""
        year, _, rest = self.instant[:10].partition("-")
        month, _, number = rest.partition("-")
        is_written = year.isdecimal() and month.isdecimal() and number.isdecimal()
        return ("date", int(year), int(month), int(number), None, self.instant[:10]) if is_written else self.day

    @property
    def is_part_alone(self) -> bool:
        """Whether only a part of a day was said, which is of today where no day is said: in the evening."""
        return self.day == TODAY and bool(self.part) and not self.part.startswith(("this", "earlier"))

    def checked_night(self) -> "When":
        """Return it; a time of last night that may be after midnight has to be asked about."""
        if self.problem or not (self.night and self.clock and self.clock.hour < 12):
            return self
        answers = tuple(f"{day} {self.clock:%H:%M}" for day in ("today", "yesterday"))
        problem = f"last night, {self.clock:%H:%M}: {' or '.join(answers)}?"
        return self._replace(problem=problem, answers=answers, open_clock=None)

    def merged(self, other: "When") -> "When | None":
        """Return both together, the half of the day from its part; None where both say a day or both a time."""
        if (clock := in_half(self.open_clock, other.part)) and not other.problem:
            return self._replace(clock=clock, problem="", answers=(), open_clock=None).merged(other)
        if (clock := in_half(other.open_clock, self.part)) and not self.problem:
            return self.merged(other._replace(clock=clock, problem="", answers=(), open_clock=None))
        if self.problem or other.problem:
            return self if self.problem else other
        if self.day and other.day and other.is_part_alone != self.is_part_alone:
            named, part = (self, other) if other.is_part_alone else (other, self)
            return named.merged(part._replace(day=None))
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
            day=self.day or other.day,
            clock=self.clock or other.clock,
            night=self.night or other.night,
            open_clock=self.open_clock or other.open_clock,
        )
        return both._replace(part=" ".join(filter(None, (self.part, other.part))))


Found: TypeAlias = "tuple[When, int] | None"


Day: TypeAlias = (
    "tuple[object, ...]"  # ("ago", days) | ("weekday", number, before today) | ("date", year, month, day, weekday)
)


TODAY: Day = ("ago", 0)
NO_TIME_OF_DAY = "is not a time of day; write 07:30 or 7:30 pm"
IS_AHEAD = "is ahead; what was can be recorded"
WHAT_COMES = "is what comes; what was can be recorded"
FROM_WHEN = "write a time such as yesterday 20:00, 7pm, mon, 3 days ago or 19 nov"


def by_first(phrases: Sequence[Sequence[str]]) -> dict[str, list[Sequence[str]]]:
    """Return phrases by their first word, the longest first."""
    found: dict[str, list[Sequence[str]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return found


def days_of_night(evening: When) -> tuple[str, ...]:
    """Return the days that a night may have ended on, the one after its evening first."""
    how, *numbers = evening.day or ("",)
    number = numbers[0] if numbers and isinstance(numbers[0], int) else 0
    if how == "weekday":
        return WEEKDAYS[(number + 1) % len(WEEKDAYS)], WEEKDAYS[number]
    if how == "ago" and number:
        said = ("today", "yesterday")
        return tuple(said[each] if each < len(said) else f"{each} days ago" for each in (number - 1, number))
    return ()
