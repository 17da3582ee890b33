"""A field of days of the week. Pure."""

from painlog.domain.clock import WEEKDAYS
from painlog.domain.kinds.fields import Field, Value
from painlog.errors import BadInput


class Weekdays(Field):
    """Days of the week, each once and in their order: ``mon, thu``."""

    @property
    def metavar(self) -> str:
        return "DAYS"

    def check(self, value: Value) -> Value:
        words = value.lower().replace(",", " ").replace(" and ", " ").split() if isinstance(value, str) else []
        found = {_number(word) for word in words}
        if not found or None in found:
            raise BadInput(f"{self.title} are days of the week, such as mon, thu, not {value!r}")
        return ", ".join(WEEKDAYS[number][:3] for number in sorted(n for n in found if n is not None))


def numbers_of(days: str) -> frozenset[int]:
    """Return the numbers of days of the week as they are stored, from monday as 0."""
    return frozenset(n for word in days.split(", ") if (n := _number(word)) is not None)


def _number(word: str) -> int | None:
    return next(
        (i for i, day in enumerate(WEEKDAYS) if len(word) >= 3 and day.startswith(word.removesuffix("s"))), None
    )
