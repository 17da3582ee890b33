"""Days and times as spreadsheets number them: 45123 is 16 July 2023, 45123.5 its noon, 0.354167 half past eight. Pure.

A number is taken for a day only where the whole column is of such numbers, or the person says so; for a time only where
one has more decimals than a time of day that is written with a full stop.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta

from painlog.exchange.importing.contract import Query
from painlog.exchange.importing.tables import is_date
from painlog.exchange.importing.typed_cells import is_empty
from painlog.exchange.importing.written_dates import quote
from painlog.exchange.importing.yearless_dates import lacks_year

_DAY_ZERO = datetime.combine(date(1899, 12, 30), time.min)  # so numbers from 61 on are those of Excel
_DAY = re.compile(r"[2-5]\d{4}(?:[.,]\d{1,20})?", re.ASCII)  # from 1954 to 2064
_PART_OF_A_DAY = re.compile(r"0?[.,]\d{1,20}|0", re.ASCII)
_LONG = re.compile(r"0?[.,]\d{4,}", re.ASCII)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?", re.ASCII)
_KEY, YES = "day numbers", "yes"


def is_some_day(cell: str) -> bool:
    """Whether a cell is a day in any writing, unlike the ``Total`` of a row below."""
    return bool(is_date(cell) or lacks_year(cell) or _DAY.fullmatch(cell) or _EPOCH.fullmatch(cell))


def are_day_numbers(cells: Iterable[str]) -> bool:
    """Whether cells that say anything, of which there are some, all number days."""
    filled = [cell for cell in cells if not is_empty(cell)]
    return bool(filled) and all(map(_DAY.fullmatch, filled))


def are_parts_of_days(cells: Iterable[str]) -> bool:
    """Whether cells that say anything are times as parts of a day."""
    filled = [cell for cell in cells if not is_empty(cell)]
    return all(map(_PART_OF_A_DAY.fullmatch, filled)) and any(map(_LONG.fullmatch, filled))


def day_number_queries(stamps: Collection[str]) -> Iterator[Query]:
    """Yield the question whether numbers among other dates are days."""
    numbers = [stamp for stamp in stamps if _DAY.fullmatch(stamp)]
    if numbers and not are_day_numbers(stamps):
        day = read_day_number(numbers[0])
        yield Query(_KEY, f"{quote(numbers[0])} in your file: is it the day {day:%Y-%m-%d}?", (YES, "no"), YES)


def numbered_days(stamps: Collection[str], answers: Mapping[str, str]) -> dict[str, date | datetime]:
    """Return the day, or the wall time, of each stamp that numbers one; a time only where some stamp has one."""
    if not are_day_numbers(stamps) and answers.get(_KEY) != YES:
        return {}
    found = {stamp: read_day_number(stamp) for stamp in stamps if _DAY.fullmatch(stamp)}
    have_clocks = any(wall.time() != time.min for wall in found.values())
    return {stamp: wall if have_clocks else wall.date() for stamp, wall in found.items()}


def read_day_number(stamp: str) -> datetime:
    """Return the wall time of a number of a day, to the second."""
    days, _, part = stamp.replace(",", ".").partition(".")
    return _DAY_ZERO + timedelta(days=int(days), seconds=round(float(f"0.{part or 0}") * 86_400))


def read_part_of_day(cell: str) -> time:
    """Return the time of day, to the second; the end of a day is its last second."""
    seconds = min(round(float(cell.replace(",", ".")) * 86_400), 86_399)
    return (_DAY_ZERO + timedelta(seconds=seconds)).time()
