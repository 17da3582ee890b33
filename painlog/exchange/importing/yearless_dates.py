"""Dates without a year, as people write them by hand: ``Nov 24``, ``24. November``, ``24.11.``, ``11/24``. Pure.

The year is asked, for all of a column at once. Where its dates run over a new year, no one answer is right, and the
person is told to write the year in the file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from painlog.errors import BadInput
from painlog.exchange.importing.contract import Query
from painlog.exchange.importing.date_order import BARE, date_queries, read_order
from painlog.exchange.importing.date_words import drop_joining_words, fold, is_weekday, month_of
from painlog.exchange.importing.written_dates import MONTH_FIRST, quote

YEAR = "year"
_NAMED = re.compile(
    r"(?P<d>\d{1,2})\.?[ /-]?(?P<m>[a-z]{3,})\.?|(?P<m2>[a-z]{3,})\.?[ /-]?(?P<d2>\d{1,2})\.?", re.ASCII
)
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\.", re.ASCII)
_TWO_NUMBERS = re.compile(r"\d{1,2}\.\d{1,2}", re.ASCII)
_ONE_NUMBER = re.compile(r"(?:[1-9]|[12]\d|3[01])\.?", re.ASCII)
_MONTHS, _DAYS = 12, 31
_HALF_A_YEAR = 6  # months


def lacks_year(cell: str) -> bool:
    """Whether a cell is a day and a month, and no more."""
    return _day_and_month(cell) is not None or _is_bare(cell)


def with_year(cell: str, answers: Mapping[str, str]) -> str:
    """Return a date without a year with the one that was said; anything else as it is. Raises BadInput without one."""
    found = _day_and_month(cell)
    if found is None and not _is_bare(cell):
        return cell
    if YEAR not in answers:
        raise BadInput(f"{quote(cell)} has no year")
    if found is None:
        separator = "/" if "/" in cell else "-"
        return f"{cell}{separator}{answers[YEAR]}"
    return f"{answers[YEAR]}-{found[1]:02d}-{found[0]:02d}"


def year_queries(stamps: Iterable[str]) -> Iterator[Query]:
    """Yield the question for the year of stamps, in their order, that lack one. Raises BadInput for a turn of it."""
    found = [stamp for stamp in stamps if lacks_year(stamp)]
    if found:
        if not date_queries(found):
            refuse_new_year(found, read_order(found, {}))
        text = f"{quote(found[0])} in your file has no year: of which year are its dates, as in 2026?"
        yield Query(YEAR, text, check=_check_year)


def refuse_new_year(stamps: Iterable[str], order: str) -> None:
    """Raise BadInput for stamps without a year, in their order, that run over a new one."""
    found = [(stamp, month) for stamp in stamps if (month := _month_of(stamp, order))]
    for (before, one), (after, other) in pairwise(found):
        if abs(one - other) >= _HALF_A_YEAR:
            raise BadInput(
                f"{quote(before)} and then {quote(after)} have no year, and may be of two; "
                "write the year in the file, as in 2026-11-24"
            )


def refuse_bare_numbers(columns: Iterable[Sequence[str]]) -> None:
    """Refuse columns of days such as ``11.24`` or ``24``, which lack a year, or a month, and may be numbers."""
    for cells in columns:
        if cells and all(map(_TWO_NUMBERS.fullmatch, cells)):
            raise BadInput(
                f"{quote(cells[0])} has no year; write each date in the file with its year, as in 2026-11-24"
            )
        alone = [cell for cell in cells if _ONE_NUMBER.fullmatch(cell)]
        if len(alone) > len(cells) / 2:  # the others may name months
            raise BadInput(
                f"{quote(alone[0])} is a day without its month; write each date in the file whole, as in 2026-11-24"
            )


def _is_bare(cell: str) -> bool:
    found = BARE.fullmatch(cell)
    numbers = sorted((int(found[1]), int(found[3]))) if found else (0, 0)
    return 1 <= numbers[0] <= _MONTHS and numbers[1] <= _DAYS


def _month_of(stamp: str, order: str) -> int:
    if bare := BARE.fullmatch(stamp):
        return int(bare[1] if order == MONTH_FIRST else bare[3]) if _is_bare(stamp) else 0
    return (_day_and_month(stamp) or (0, 0))[1]


def _check_year(said: str) -> None:
    if not re.fullmatch(r"(?:19|20)\d\d", said, re.ASCII):
        raise BadInput(f"a year is four digits, as in 2026, not {quote(said)}")


def _day_and_month(cell: str) -> tuple[int, int] | None:
    """The two numbers, also beside a weekday; as a whole first, since ``mar`` is a Tuesday too."""
    words = drop_joining_words(fold(cell).replace(",", " ")).split()
    tried = [words]
    if len(words) > 1 and is_weekday(words[0]):
        tried.append(words[1:])
    if len(words) > 1 and is_weekday(words[-1]):
        tried.append(words[:-1])
    return next(filter(None, map(_match, map(" ".join, tried))), None)


def _match(clean: str) -> tuple[int, int] | None:
    if dotted := _DOTTED.fullmatch(clean):
        day, month = int(dotted[1]), int(dotted[2])
    elif named := _NAMED.fullmatch(clean):
        day, month = int(named["d"] or named["d2"]), month_of(named["m"] or named["m2"])
    else:
        return None
    return (day, month) if 1 <= day <= 31 and 1 <= month <= 12 else None
