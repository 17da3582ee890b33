"""Plees Tracker: ``sid,start,stop,rating``, times in milliseconds since 1970.

Each row → ``sleep`` from start to stop; rating 1 to 5 → quality, 0 says that it was not rated.
"""

from collections.abc import Mapping

from painlog.exchange.importing.contract import Importer
from painlog.exchange.importing.nights import Sleep, minutes_between, read_sleep_rows
from painlog.exchange.importing.shapes import as_number, required_number
from painlog.exchange.importing.written_dates import read_epoch

COLUMNS = ("sid", "start", "stop", "rating")


def _sleep(cells: Mapping[str, str], place: str) -> Sleep:
    start, stop = (read_epoch(required_number(cells.get(name), name)) for name in ("start", "stop"))
    rating = as_number(cells.get("rating"), "rating")
    fields = {"quality": f"{rating:g}"} if rating else {}
    return Sleep(start, stop, minutes_between(start, stop), cells["start"], place, fields)


IMPORTER = Importer(
    name="plees",
    title="Plees Tracker",
    recognises=lambda source: source.columns()[:4] == COLUMNS,
    read=lambda source, context: read_sleep_rows(source.table().rows, _sleep, context),
    rules=("A rating of 0 is taken as not given.",),
)
