"""Journals of a size, ten entries a day; what does not fit into the days there are makes those in the middle denser.

Days go back as far as painlog takes them, to 1900. So 1,000,000 entries are about 22 a day, but ten on each of the
first 30 and the last 970 days: the days that ``today``, ``week`` or a year look at are alike in journals of all sizes.
All is recorded through ``Journal.record``, a day as one command, every day in one transaction.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from painlog.domain.entries import Draft, draft
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.dates import FIRST_YEAR, day_of, localize, present
from painlog.storage.journal import Journal

SIZES = (0, 1_000, 10_000, 100_000, 1_000_000)
A_DAY = 10
FIRST_DAYS, LAST_DAYS = 30, 970  # which hold ten entries each in every journal
Line = tuple[str, dict[str, str]]
FIRST: tuple[Line, ...] = (
    ("plan", {"name": "duloxetine", "amount": "60mg", "schedule": "daily", "sort": "medicine"}),
    ("measure", {"name": "fog", "scale": "rating"}),
)
LINES: tuple[Line, ...] = (
    ("sleep", {"night": "{other}h30"}),
    ("pain", {"score": "{score}", "where": "low back left"}),
    ("dose", {"name": "duloxetine", "amount": "60mg"}),
    ("mood", {"score": "{other}", "worry": "{score}"}),
    ("pain", {"score": "{other}", "where": "knee right", "quality": "aching", "trigger": "sitting"}),
    ("dose", {"name": "ibuprofen", "amount": "400mg"}),
    ("activity", {"minutes": "{other}0m"}),
    ("note", {"note": "Day {day} went as days go"}),
    ("pain", {"score": "{score}", "note": "Tired on day {day}"}),
    ("mood", {"score": "{score}"}),
)


def build(path: Path, entries: int, present_at: datetime) -> None:
    """Write a journal of so many entries, the last ones of today."""
    with Journal.open(path, present_at) as journal, journal.changing() as transaction:
        for number, (day, count) in enumerate(_counts(day_of(present_at), entries)):
            journal.present_at = min(localize(datetime.combine(day, time(22)))[0], present_at)
            lines = [*(FIRST if number == 0 else ()), *LINES * (count // A_DAY + 1)][:count]
            transaction.record([_draft(line, i, journal.present_at) for i, line in enumerate(lines)])


def diary(entries: int, present_at: datetime) -> Iterator[tuple[datetime, str, str]]:
    """The same entries for others: when each was, its kind, and what it says."""
    for day, count in _counts(day_of(present_at), entries):
        evening = min(localize(datetime.combine(day, time(22)))[0], present_at)
        for i in range(count):
            kind, said = LINES[i % A_DAY]
            words = " ".join(said.values()).format(score=day.toordinal() * 7 % 11, other=1, day=day.toordinal())
            yield evening - timedelta(minutes=60 - i), kind, f"{kind} {words}"


def _counts(today: date, entries: int) -> Iterator[tuple[date, int]]:
    """Each day with the number of its entries, the first day first."""
    days = min(-(-entries // A_DAY), (today - date(FIRST_YEAR, 1, 1)).days)
    ends = range(FIRST_DAYS), range(days - LAST_DAYS, days)
    dense = max(0, days - FIRST_DAYS - LAST_DAYS)
    more = entries - A_DAY * days
    for i in range(days):
        place = i - FIRST_DAYS
        beside = 0 if any(i in end for end in ends) else more * (place + 1) // dense - more * place // dense
        yield today - timedelta(days=days - 1 - i), A_DAY + beside


def _draft(line: Line, place: int, present_at: datetime) -> Draft:
    kind, said = line
    moment = present(present_at - timedelta(minutes=60 - place))
    day = moment.day.toordinal()
    words = {name: [text.format(score=day * 7 % 11, other=1 + day * 5 % 9, day=day)] for name, text in said.items()}
    return draft(KINDS[kind], words, moment, present_at)
