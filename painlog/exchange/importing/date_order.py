"""Which of day, month and year comes first in a column of dates: decided over all of it, else asked. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from typing import NamedTuple

from painlog.errors import BadInput
from painlog.exchange.importing.contract import Query
from painlog.exchange.importing.date_words import fold, is_weekday
from painlog.exchange.importing.written_dates import DAY_FIRST, MONTH_FIRST, NUMBERS, YEAR_FIRST, read_stamp

ORDER = "date order"
BARE = re.compile(r"(\d{1,2})([/-])(\d{1,2})", re.ASCII)  # a day and a month, in one order or the other
_SOME_YEAR = "2024"  # which has a 29 February
_ORDERS = (DAY_FIRST, MONTH_FIRST, YEAR_FIRST)


class _Numbered(NamedTuple):
    """A date of three numbers whose order is open, as written, and its first and third number."""

    text: str
    first: str
    third: str
    separator: str


class _Column(NamedTuple):
    """Dates whose order is open, the orders that fit all of them, and one that several orders read differently."""

    orders: tuple[str, ...]
    example: str


def date_queries(texts: Iterable[str]) -> tuple[Query, ...]:
    """Return the question for the order of day and month, or none. Raises BadInput where several orders are used."""
    found = _look(texts)
    if len(found.orders) < 2 or not found.example:
        return ()
    text = f"{found.example} in your file: {' or '.join(found.orders)}?"
    return (Query(ORDER, text, found.orders),)


def read_order(texts: Iterable[str], answers: Mapping[str, str]) -> str:
    """Return one of the orders, or empty where no date needs one. Raises BadInput where that is not known."""
    found = _look(texts)
    if len(found.orders) == 1 or not found.example:
        return found.orders[0] if found.orders else ""
    if (typed := answers.get(ORDER, "")) in found.orders:
        return typed
    raise BadInput(f"{found.example} could be two dates; say whether the day or the month comes first")


def are_days(texts: Iterable[str], order: str) -> bool:
    """Whether stamps are days alone: each that can be read has no time, or that of midnight, which stands for none."""
    stamps = list(_stamps(texts, order))
    return any(isinstance(stamp, datetime) for stamp in stamps) and all(
        not isinstance(stamp, datetime) or stamp.time() == time.min for stamp in stamps
    )


def _stamps(texts: Iterable[str], order: str) -> Iterator[date]:
    for text in texts:
        with suppress(BadInput):
            yield read_stamp(text, order)


def _look(texts: Iterable[str]) -> _Column:
    dates = list(filter(None, map(_numbered, dict.fromkeys(texts))))
    if not dates:
        return _Column((), "")
    readings = [{order: _read(each.text, order) for order in _allowed(each)} for each in dates]
    real = [one for one in readings if any(one.values())]
    fitting = [order for order in _ORDERS if all(one.get(order) for one in real)]
    if real and not fitting:
        raise BadInput(_both_ways(dates, readings))
    if YEAR_FIRST in fitting and len(fitting) > 1 and not _may_begin_with_a_year(dates):
        fitting.remove(YEAR_FIRST)
    example = next(
        (each.text for each, one in zip(dates, readings, strict=True) if len({one.get(o) for o in fitting}) > 1), ""
    )
    return _Column(tuple(fitting), example)


def _numbered(text: str) -> _Numbered | None:
    clean = fold(text)
    first, _, rest = clean.partition(" ")
    if bare := BARE.fullmatch(clean):
        return _Numbered(text.strip(), bare[1], _SOME_YEAR, bare[2])
    found = NUMBERS.match(rest if rest and is_weekday(first) else clean)
    if not found or len(found[1]) > 2:
        return None
    return _Numbered(text.strip(), found[1], found[4], found[2])


def _allowed(each: _Numbered) -> tuple[str, ...]:
    orders = (DAY_FIRST,) if each.separator == "." else (DAY_FIRST, MONTH_FIRST)
    return orders if len(each.third) > 2 else (*orders, YEAR_FIRST)


def _read(text: str, order: str) -> date | None:
    bare = BARE.fullmatch(text)
    try:
        stamp = read_stamp(f"{text}{bare[2]}{_SOME_YEAR}" if bare else text, order)
    except BadInput:
        return None
    return stamp.date() if isinstance(stamp, datetime) else stamp


def _may_begin_with_a_year(dates: list[_Numbered]) -> bool:
    """Whether the first number may be the year: it changes less often than the third, or as often and so is written."""
    firsts, thirds = len({each.first for each in dates}), len({each.third for each in dates})
    if firsts != thirds:
        return firsts < thirds
    return any(each.separator == "-" or (each.separator == "/" and int(each.first) > 12) for each in dates)


def _both_ways(dates: list[_Numbered], readings: list[dict[str, date | None]]) -> str:
    def only(order: str) -> str:
        pairs = zip(dates, readings, strict=True)
        return next((each.text for each, one in pairs if [o for o, day in one.items() if day] == [order]), "")

    one, other = only(DAY_FIRST), only(MONTH_FIRST)
    if one and other:
        return f"dates are written both ways: {one} has its day first, {other} its month"
    return "dates are written in more than one order of day, month and year"
