"""Journals of a size: ten entries on each of the last 1,000 days, and what is left over on the days before those.

So the days that ``today``, ``week`` or a year look at are alike in journals of 10,000 entries and of 1,000,000. Days go
back as far as painlog takes them, to 1900: 1,000,000 entries are ten a day in the last 1,000 days and about 22 a day
before. Everything is recorded through ``Journal.record``, a day as one command, all days in one transaction.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from painlog.domain.dates import FIRST_YEAR, day_of, localize, now, present
from painlog.domain.entries import Draft, draft
from painlog.domain.kinds import KINDS
from painlog.storage.journal import Journal

SIZES = (0, 1_000, 10_000, 100_000, 1_000_000)
A_DAY = 10
ALIKE_DAYS = 1000  # the last ones, which hold ten entries each in every journal
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


def build(path: Path, entries: int) -> None:
    """Write a journal of so many entries, the last ones of today."""
    present_at = now()
    with Journal.open(path, present_at) as journal, journal.changing():
        for number, (day, count) in enumerate(_counts(day_of(present_at), entries)):
            journal.present_at = min(localize(datetime.combine(day, time(22)))[0], present_at)
            lines = [*(FIRST if number == 0 else ()), *LINES * (count // A_DAY + 1)][:count]
            journal.record([_draft(line, number, i, journal.present_at) for i, line in enumerate(lines)])


def _counts(today: date, entries: int) -> Iterator[tuple[date, int]]:
    """Days with the number of their entries: ten on the last ones, the others spread over as many as there are."""
    alike = min(entries, ALIKE_DAYS * A_DAY)
    before = entries - alike
    days = min(-(-before // A_DAY), (today - date(FIRST_YEAR, 1, 1)).days - ALIKE_DAYS)
    for i in range(days, 0, -1):
        yield today - timedelta(days=ALIKE_DAYS - 1 + i), before * i // days - before * (i - 1) // days
    for i in range(-(-alike // A_DAY), 0, -1):
        yield today - timedelta(days=i - 1), min(A_DAY, alike - A_DAY * (i - 1))


def _draft(line: Line, number: int, place: int, present_at: datetime) -> Draft:
    kind, said = line
    moment = present(present_at - timedelta(minutes=60 - place))
    score, other = number * 7 % 11, 1 + number * 5 % 9
    words = {name: [text.format(score=score, other=other, day=number)] for name, text in said.items()}
    return draft(KINDS[kind], words, moment, present_at)
