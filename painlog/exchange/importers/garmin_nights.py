"""Garmin Connect's table of nights (``Sleep Score 7 Days`` or ``4 Weeks``), a day a row.

Each row → ``sleep`` of the length that Garmin gives, between its times of going to sleep and waking. The first column
is the day of waking, whatever its name says. Scores and heart rates are passed over.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from painlog.domain.entries import Draft
from painlog.errors import BadInput
from painlog.exchange.importing.contract import Context, Importer, Problem
from painlog.exchange.importing.nights import Sleep, minutes_between, read_sleep_rows
from painlog.exchange.importing.source import Source
from painlog.exchange.importing.typed_cells import is_empty
from painlog.exchange.importing.written_dates import make_aware, read_clock, read_day
from painlog.exchange.importing.written_lengths import read_length

COLUMNS = {"Duration", "Bedtime", "Wake Time", "Score"}
TITLES = ("Sleep Score 7 Days", "Sleep Score 4 Weeks")


def _is_nights(source: Source) -> bool:
    columns = source.columns()
    return not source.is_zip and columns[:1] != () and columns[0] in TITLES and set(columns) >= COLUMNS


def _read(source: Source, context: Context) -> Iterator[Draft | Problem]:
    title = source.columns()[0]
    rows = source.table().rows
    return read_sleep_rows(rows, lambda cells, place: _sleep(cells, cells.get(title, ""), place), context)


def _sleep(cells: Mapping[str, str], day: str, place: str) -> Sleep | None:
    """The sleep of a row; None for a day without one. Raises BadInput."""
    lasted, bed, wake = (cells.get(name, "").strip("-") for name in ("Duration", "Bedtime", "Wake Time"))
    if is_empty(lasted) or is_empty(bed) or is_empty(wake):
        return None
    waking = read_day(day)
    lain, risen = (datetime.combine(waking, read_clock(cell)) for cell in (bed, wake))
    end = make_aware(risen)
    start = make_aware(lain if lain < risen else lain - timedelta(days=1))
    asleep = read_length(lasted)
    if asleep > minutes_between(start, end) + 1:
        raise BadInput(f"{lasted} asleep does not fit between {bed} and {wake}")
    return Sleep(start, end, asleep, f"{waking}", place, nap=False)


IMPORTER = Importer("garmin-nights", "Garmin Connect (nights of a week or of four)", _is_nights, _read)
