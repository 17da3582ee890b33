"""In which unit a column of sleep in plain numbers is: the one that fits them all, else it is asked. Pure.

Numbers of which some can only be hours and others only minutes are asked about: one of them is a slip. Where all are
small and whole, or go from 2 or less to 9 or 10, and no other word says that they are hours, they may be marks.
"""

import re
from collections.abc import Iterator, Sequence

from painlog.exchange.importing.contract import Query
from painlog.exchange.importing.date_words import fold
from painlog.exchange.importing.day_numbers import are_parts_of_days
from painlog.exchange.importing.header_words import FILLERS, Header
from painlog.exchange.importing.typed_cells import match_number
from painlog.exchange.importing.written_lengths import is_length

HOURS, MINUTES, HOURS_MINUTES, DAYS = "hours", "minutes", "hours.minutes", "days"
SCORE = "a score of "
_SLEEPS = frozenset(("sleep", "schlaf", "sommeil", "sueno", "sono", "sonno", "slaap"))
_DAY, _DAY_MINUTES, _MARK, _PERCENT = 24, 24 * 60, 5, 100
_LOW_MARK, _HIGH_MARK = 2, 9
_MOST = 0.8


def find_unit(label: str, header: Header, cells: Sequence[str], numbers: Sequence[float]) -> str:
    """Return the unit that the heading says, or that all numbers fit; empty where it is open."""
    some = [number for number in numbers if number > 0]
    are_parts = header.unit in ("", HOURS) and bool(some) and max(some) < 1  # a spreadsheet shows 0.25 as 6:00
    if not some or (header.unit and not are_parts):
        return header.unit or HOURS
    plain = [cell for cell in cells if match_number(cell)]
    if are_parts:
        return DAYS if are_parts_of_days(plain) else ""
    if max(some) <= _DAY:
        return "" if _may_be_minutes(plain) or _may_be_marks(label, cells, numbers) else HOURS
    if min(some) <= _DAY or max(some) <= _PERCENT:
        return ""
    if max(some) <= _DAY_MINUTES:
        return MINUTES
    return "seconds" if sum(number > _DAY_MINUTES for number in some) >= _MOST * len(some) else ""


def unit_queries(label: str, header: Header, cells: Sequence[str], numbers: Sequence[float]) -> Iterator[Query]:
    """Yield the question for the unit where it is open."""
    if find_unit(label, header, cells, numbers):
        return
    low, high = min(numbers), max(numbers)
    runs = f"{label} in your file runs from {low:g} to {high:g}"
    if high < 1:
        text = f"{runs}: is it in parts of a day (days), in hours, or hours and minutes?"
        yield Query(f"unit {label}", text, (DAYS, HOURS, HOURS_MINUTES), DAYS)
    elif high <= _DAY and _may_be_marks(label, cells, numbers):
        fitting = ["0-10"] if high > _MARK else ["1-5", "0-5", "0-10"] if low > 0 else ["0-5", "0-10"]
        scores = [f"{SCORE}{scale}" for scale in fitting]
        yield Query(f"unit {label}", f"{runs}: is it in hours, or a score?", (HOURS, *scores), HOURS)
    elif high <= _DAY:
        text = f"{label} in your file, such as {_first_number(cells)}: is it in hours, or hours and minutes?"
        yield Query(f"unit {label}", text, (HOURS, HOURS_MINUTES, MINUTES), HOURS)
    else:
        options = _fitting(numbers)
        yield Query(f"unit {label}", f"{runs}: what is it?", options, options[-1])


def _fitting(numbers: Sequence[float]) -> tuple[str, ...]:
    """The units that some of large numbers fit; the last is what most of them are likely to be."""
    in_hours = [number for number in numbers if 0 < number <= _DAY]
    high = max(numbers)
    found = [MINUTES] if high <= _DAY_MINUTES else [MINUTES, "seconds"]
    found += [f"{SCORE}0-100"] if high <= _PERCENT else []
    are_hours = 2 * len(in_hours) > len(numbers)
    return tuple([*found, HOURS] if are_hours else [HOURS, *found] if in_hours else found)


def _may_be_minutes(plain: Sequence[str]) -> bool:
    """Whether what stands behind the point may be minutes, as in 6.45."""
    parts = [cell.replace(",", ".").partition(".")[2] for cell in plain]
    could_be = [part for part in parts if len(part) == 2 and int(part) < 60 and part not in ("00", "50", "25")]
    return bool(could_be) and all(len(part) in (0, 2) and part < "60" for part in parts)


def _may_be_marks(label: str, cells: Sequence[str], numbers: Sequence[float]) -> bool:
    """Whether numbers under a heading that says no more than sleep may be marks, such as 1 to 5."""
    are_whole = all(number == int(number) for number in numbers)
    are_of_ten = min(numbers) <= _LOW_MARK and _HIGH_MARK <= max(numbers) <= 2 * _MARK
    are_small = are_whole and (max(numbers) <= _MARK or are_of_ten)
    return are_small and len(set(numbers)) > 1 and _is_bare(label) and not any(map(is_length, cells))


def _is_bare(label: str) -> bool:
    return " ".join(word for word in re.findall("[a-z]+", fold(label)) if word not in FILLERS) in _SLEEPS


def _first_number(cells: Sequence[str]) -> str:
    return next(cell for cell in cells if match_number(cell))
