"""Tables whose days stand across the columns: turned, where each column has its date, and else refused. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice

from painlog.errors import BadInput
from painlog.exchange.importing.date_words import is_weekday, month_of

_LOOKED_AT = 20
_FEW = 3
_DAY_OF_MONTH = re.compile(r"(?:[1-9]|[12]\d|3[01])\.?", re.ASCII)
_Rows = Iterator[tuple[int, list[str]]]


def turn_rows(rows: _Rows, is_date: Callable[[str], bool]) -> _Rows:
    """Yield rows as they are, or, from a row of dates on, each column as the row of its date.

    Such a row has a label and several dates, and below it there are labels without any; its columns are numbered as
    rows are.
    """
    head = list(islice(rows, _LOOKED_AT))
    at = next((at for at, (_, cells) in enumerate(head) if _are_dates(cells, is_date)), None)
    if at is None or not _are_labels(head[at + 1 :], is_date):
        yield from chain(head, rows)
        return
    yield from head[:at]
    number = head[at][0]
    below = [["Date", *head[at][1][1:]], *(cells for _, cells in chain(head[at + 1 :], rows) if any(cells))]
    for place in range(max(map(len, below))):
        yield number + place, [cells[place] if place < len(cells) else "" for cells in below]


def refuse_days_across(rows: Iterable[tuple[int, list[str]]]) -> None:
    """Raise BadInput where months, weekdays or numbers of days stand across the columns."""
    for _, cells in islice(rows, _LOOKED_AT):
        labels = [cell.strip() for cell in cells[1:] if cell.strip()]
        if len(labels) >= _FEW and (_are_days(labels) or all(map(month_of, labels)) or all(map(is_weekday, labels))):
            raise BadInput(
                f"the days stand across the columns ({', '.join(labels[:_FEW])} …); give each column its whole date "
                "in the file, as in 2026-11-24, or each day a row"
            )


def _are_days(labels: Sequence[str]) -> bool:
    if not all(map(_DAY_OF_MONTH.fullmatch, labels)):
        return False
    numbers = [int(label.rstrip(".")) for label in labels]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _are_dates(cells: Sequence[str], is_date: Callable[[str], bool]) -> bool:
    dates = [cell.strip() for cell in cells[1:] if cell.strip()]
    return (
        len(dates) > 1 and len(set(dates)) == len(dates) and not is_date(cells[0].strip()) and all(map(is_date, dates))
    )


def _are_labels(below: Iterable[tuple[int, list[str]]], is_date: Callable[[str], bool]) -> bool:
    filled = [[cell.strip() for cell in cells] for _, cells in below if any(cell.strip() for cell in cells)]
    return bool(filled) and not any(any(map(is_date, cells)) for cells in filled) and any(cells[0] for cells in filled)
