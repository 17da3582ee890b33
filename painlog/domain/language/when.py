"""When something was, as it was said: a day, a time of day, how long ago, or why it cannot be told. Pure."""

from collections.abc import Sequence
from datetime import time
from typing import NamedTuple, TypeAlias


class When(NamedTuple):
    """A day and a time of day as said; what was not said is None or empty.

    ``ago`` is in minutes. ``part`` are the words for a part of the day, ``night`` means the last night. ``instant`` is
    a date and time as ISO 8601 has it. ``problem`` says why it cannot be taken as it stands, ``ahead`` that it
    has not come yet; ``answers`` are words in its place that could be.
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

    def merged(self, other: "When") -> "When | None":
        """Return both together, None where both say a day or both a time."""
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
            day=self.day or other.day, clock=self.clock or other.clock, night=self.night or other.night
        )
        return both._replace(part=" ".join(filter(None, (self.part, other.part))))


Found: TypeAlias = "tuple[When, int] | None"


Day: TypeAlias = (
    "tuple[object, ...]"  # ("ago", days) | ("weekday", number, before today) | ("date", year, month, day, weekday)
)


TODAY: Day = ("ago", 0)
NO_TIME_OF_DAY = "is not a time of day; write 07:30 or 7:30 pm"
FROM_WHEN = "write a time such as yesterday 20:00, 7pm, mon, 3 days ago or 19 nov"


def by_first(phrases: Sequence[Sequence[str]]) -> dict[str, list[Sequence[str]]]:
    """Return phrases by their first word, the longest first."""
    found: dict[str, list[Sequence[str]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return found
