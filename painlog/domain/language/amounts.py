"""How much and how often: amounts of a medicine, and the rhythm of what is planned. Pure.

An amount is stored as a number and a unit with one space (``400 mg``, ``0.5 tablet``); nothing is converted. A rhythm
is stored in one of the forms of ``Schedule``.
"""

import re
from collections.abc import Iterable

from painlog.domain.clock import WEEKDAYS
from painlog.domain.kinds.declaration import is_number, match_whole
from painlog.domain.kinds.fields import Field, Value
from painlog.domain.language.dates import Moment
from painlog.domain.language.durations import parse_minutes, refuse_thousands, show_minutes
from painlog.domain.language.medicine_units import COUNTED, PLURALS, unit_of
from painlog.errors import BadInput

_FRACTIONS = {
    "half a": 0.5,
    "half an": 0.5,
    "half": 0.5,
    "½": 0.5,
    "¼": 0.25,
    "¾": 0.75,
    "a": 1.0,
    "an": 1.0,
    "one": 1.0,
}
_MOST = 100_000
_MOST_TIMES = 48  # doses a day
_MOST_APART = 7 * 24 * 60  # minutes
FORMS = "daily, twice a day, 3 times a week, every 4 weeks, every tue, 08:00 20:00 or as needed"


class Quantity(Field):
    """An amount with its unit, as it stands on the box: ``400mg``, ``2 tablets``, ``half a tablet``.

    ``counted`` is the unit of a number right before a name (``2 ibuprofen``), empty where that says nothing.
    """

    counted: str = ""

    how_much: str = "400mg"

    @property
    def metavar(self) -> str:
        return "AMOUNT"

    def accepts(self, phrase: str) -> bool:
        return _quantity(phrase) is not None

    def parse(self, text: str, moment: Moment) -> Value:
        number = re.split(r"[^\d.,+-]", text.strip())[0]
        refuse_thousands(self.title, number)
        return self.check(text)

    def check(self, value: Value) -> Value:
        found = _quantity(value) if isinstance(value, str) else None
        if found is None:
            raise BadInput(f"{self.title} is a number and a unit, such as 400mg, 10 ml or 2 tablets, not {value!r}")
        number, unit = found
        if not 0 < number <= _MOST:
            raise BadInput(f"{self.title} is more than 0 and at most {_MOST:,} {unit}, not {number:,.12g}")
        return f"{number:.10g} {unit}"

    def show(self, value: Value) -> str:
        number, unit = parts(value)
        several = number > 1 and unit in COUNTED
        return f"{number:.10g} {PLURALS.get(unit, unit + 's') if several else unit}"


def parts(amount: str) -> tuple[float, str]:
    """Return the number and the unit of a stored amount."""
    number, _, unit = amount.partition(" ")
    return float(number), unit


def _quantity(phrase: str) -> tuple[float, str] | None:
    clean = " ".join(phrase.split())
    found = re.fullmatch(
        r"(?P<n>-?\d{1,9}(?:[.,]\d{1,4})?|[1-7]/[2-8]|[½¼¾]|half an?|half|an?|one) ?(?P<u>[^\d\s][^\s]{0,15})",
        clean,
        re.IGNORECASE,
    )
    unit = unit_of(found["u"]) if found else ""
    if not found or not unit:
        return None
    text = found["n"].lower()
    if "/" in text:
        share = int(text[0]) / int(text[2])
        return (round(share, 4), unit) if unit in COUNTED and share < 1 else None
    if text in _FRACTIONS:
        return (_FRACTIONS[text], unit) if unit in COUNTED else None
    return float(text.replace(",", ".")), unit


_EVERY = {"daily": (1, 1), "nightly": (1, 1), "weekly": (1, 7), "fortnightly": (1, 14), "monthly": (1, 30)}
_DAYS = {"day": 1, "night": 1, "morning": 1, "evening": 1, "week": 7, "fortnight": 14, "month": 30}
_COUNTS = {"once": 1, "twice": 2, "thrice": 3, "one": 1, "two": 2, "three": 3, "four": 4}
AS_NEEDED = "as needed"
SAID_AS_NEEDED = (AS_NEEDED, "when needed", "if needed", "as required")


class Worded(Field):
    """A field that a clause may say in several words of its own, without naming it."""


class Schedule(Worded):
    """How often something is planned.

    Stored as ``2 a day``, ``3 a week``, ``1 a month``, ``1 every 28 days``, ``every mon, thu``, ``at 08:00, 20:00`` or
    ``as needed``.
    """

    @property
    def metavar(self) -> str:
        return "HOW OFTEN"

    def accepts(self, phrase: str) -> bool:
        return bool(_rhythm(phrase))

    def check(self, value: Value) -> Value:
        found = _rhythm(value) if isinstance(value, str) else ""
        if not found:
            raise BadInput(f"{self.title} is how often, such as {FORMS}, not {value!r}")
        return found

    def parse(self, text: str, moment: Moment) -> Value:
        return self.check(text.strip())

    def show(self, value: Value) -> str:
        count, _, rest = value.partition(" ")
        if found := re.fullmatch(r"every (\d+) days", rest):
            days = int(found[1])
            spaced = f"every {days // 7} weeks" if days % 7 == 0 else f"every {days} days"
            return spaced if count == "1" else f"{count} times {spaced}"
        if rest not in ("a day", "a week", "a month"):
            return str(value)
        return f"{ {'1': 'once', '2': 'twice'}.get(count, f'{count} times') } {rest}"


_AT_MOST = r"(?:at most|no more than|not more than|up to|max\.?|maximum(?: of)?)"
_AT_LEAST = r"(?:at least|no less than|not less than|min\.?|minimum(?: of)?)"


class MostADay(Worded):
    """How many doses a day a plan has at most, stored as a number: ``at most 3 a day``."""

    @property
    def metavar(self) -> str:
        return "NUMBER"

    def accepts(self, phrase: str) -> bool:
        return bool(_most(phrase))

    def check(self, value: Value) -> Value:
        count = _most(value) if isinstance(value, str) else value
        if not is_number(count) or count != int(count) or not 1 <= count <= _MOST_TIMES:
            raise BadInput(f"{self.title} is 1 to {_MOST_TIMES}, such as at most 3 a day, not {value!r}")
        return int(count)

    def parse(self, text: str, moment: Moment) -> Value:
        clean = text.strip()
        return self.check(int(clean) if match_whole(r"\d{1,3}", clean) else clean)

    def show(self, value: Value) -> str:
        return f"at most {value} a day"


class Apart(Worded):
    """How long two doses are apart at least, stored in minutes: ``at least 6 h apart``."""

    unit: str = "min"

    @property
    def metavar(self) -> str:
        return "DURATION"

    def accepts(self, phrase: str) -> bool:
        return bool(_apart(phrase))

    def check(self, value: Value) -> Value:
        minutes = (_apart(value) or _apart(f"{value} apart")) if isinstance(value, str) else value
        if not is_number(minutes) or minutes != int(minutes) or not 1 <= minutes <= _MOST_APART:
            raise BadInput(f"{self.title} is a length of time up to 7 days, such as at least 6h apart, not {value!r}")
        return int(minutes)

    def parse(self, text: str, moment: Moment) -> Value:
        return self.check(text.strip())

    def show(self, value: Value) -> str:
        return f"at least {f'{value // 60} h' if value % 60 == 0 else show_minutes(value)} apart"

    def as_typed(self, value: Value) -> list[str]:
        return [f"{value}m"]


def _most(phrase: str) -> int:
    """How many a day a phrase names at most; 0 where it is no such phrase."""
    clean = " ".join(phrase.lower().split())
    found = re.fullmatch(
        rf"{_AT_MOST} (?P<n>\d\d?|[a-z]+) ?(?:x|×|times?|doses?)? ?(?:in )?(?:an?|per|each|every|/)? ?"
        r"(?:day|24 ?h(?:ours)?)",
        clean,
        re.ASCII,
    )
    return (_COUNTS.get(found["n"]) or (int(found["n"]) if found["n"].isdigit() else 0)) if found else 0


def _apart(phrase: str) -> int:
    """The minutes that a phrase names between two doses; 0 where it is no such phrase."""
    clean = " ".join(phrase.lower().split())
    found = re.fullmatch(rf"(?:{_AT_LEAST} )?(?P<long>\d.*?) (?:apart|between(?: two)?(?: doses)?)", clean, re.ASCII)
    try:
        return round(parse_minutes(found["long"])) if found else 0
    except BadInput:
        return 0


def rhythm_of(schedule: str) -> tuple[int, int] | None:
    """Return how many times in how many days something is planned; None as needed or unsaid. A month is 30 days."""
    if schedule in ("", AS_NEEDED):
        return None
    if schedule.startswith("at "):
        return schedule.count(":"), 1
    if days := weekdays_of(schedule):
        return len(days), len(WEEKDAYS)
    count, _, rest = schedule.partition(" ")
    if found := re.fullmatch(r"every (\d+) days", rest):
        return int(count), int(found[1])
    return int(count), _DAYS[rest.removeprefix("a ")]


def weekdays_of(schedule: str) -> frozenset[int]:
    """Return the numbers of the days of the week of a rhythm that names them, from monday as 0."""
    return weekday_numbers(schedule.removeprefix("every ")) if schedule.startswith("every ") else frozenset()


def weekday_numbers(days: str) -> frozenset[int]:
    """Return the numbers of days of the week as they are stored, ``mon, thu``, from monday as 0."""
    return frozenset(number for day in days.split(", ") if (number := weekday_number(day)) is not None)


def join_weekdays(numbers: Iterable[int]) -> str:
    """Return days of the week as they are stored, each once and in their order."""
    return ", ".join(WEEKDAYS[number][:3] for number in sorted(set(numbers)))


def per_day(schedule: str) -> float | None:
    """Return how often a day something is planned, on average; None as needed or unsaid."""
    rhythm = rhythm_of(schedule)
    return None if rhythm is None else rhythm[0] / rhythm[1]


def _rhythm(phrase: str) -> str:
    """The stored form of a rhythm; empty for what is none."""
    clean = " ".join(phrase.lower().replace(",", " ").replace(" and ", " ").split())
    if clean in ("prn", *SAID_AS_NEEDED):
        return AS_NEEDED
    if re.fullmatch(r"[1-9]\d? every [1-9]\d{0,3} days", clean, re.ASCII):
        return clean
    return _clock_times(clean) or _read_count(clean) or _read_spacing(clean) or _read_weekdays(clean)


def _read_weekdays(clean: str) -> str:
    """Every tuesday and friday, or tuesdays; not a day alone, which is a date."""
    words = clean.split()
    is_every = words[:1] in (["every"], ["each"])
    words = words[1:] if is_every or words[:1] == ["on"] else words
    numbers = {weekday_number(word) for word in words if is_every or word.endswith("days")}
    named = [number for number in numbers if number is not None]
    if not words or len(numbers) < len(set(words)) or len(named) < len(numbers):
        return ""
    return f"every {join_weekdays(named)}"


def weekday_number(word: str) -> int | None:
    """Return the number of a day of the week from its name or three letters of it, ``tue`` or ``tuesdays``."""
    return next(
        (i for i, day in enumerate(WEEKDAYS) if len(word) >= 3 and day.startswith(word.removesuffix("s"))), None
    )


def _clock_times(clean: str) -> str:
    words = clean.removeprefix("at ").split()
    times = [re.fullmatch(r"(\d{1,2}):(\d\d)", word, re.ASCII) for word in words]
    read = [f"{int(found[1]):02d}:{found[2]}" for found in times if found and int(found[1]) < 24 and int(found[2]) < 60]
    return "at " + ", ".join(sorted(set(read))) if read and len(read) == len(words) else ""


def _read_count(clean: str) -> str:
    """So many times a day, week or month."""
    if clean in _EVERY:
        return _a(*_EVERY[clean])
    if clean in ("morning evening", "mornings evenings"):
        return _a(2, 1)
    found = re.fullmatch(
        r"(?P<n>\d\d?|[a-z]+) ?(?:x|×|times?)? ?(?:an?|per|each|every|/)? ?(?P<u>daily|day|weekly|week|monthly|month)",
        clean,
        re.ASCII,
    )
    count = (_COUNTS.get(found["n"]) or (int(found["n"]) if found["n"].isdigit() else 0)) if found else 0
    if not found or not count:
        return ""
    unit = found["u"]
    return _a(count, _EVERY[unit][1] if unit in _EVERY else _DAYS[unit])


def _read_spacing(clean: str) -> str:
    """Every so many hours, days, weeks or months."""
    found = re.fullmatch(
        r"(?:every|each|at|in the) (?P<n>\d{1,3} |other )?(?P<u>hour|day|night|morning|evening|week|fortnight|month)s?",
        clean,
        re.ASCII,
    )
    if not found or (clean.startswith(("at ", "in ")) and found["n"]):
        return ""
    count = 2 if found["n"] == "other " else int(found["n"] or 1)
    if found["u"] == "hour":
        return _a(24 // count, 1) if count and 24 % count == 0 and count >= 2 else ""
    return _a(1, count * _DAYS[found["u"]]) if count else ""


def _a(count: int, days: int) -> str:
    names = {1: "day", 7: "week", 30: "month"}
    return f"{count} a {names[days]}" if days in names else f"{count} every {days} days"
