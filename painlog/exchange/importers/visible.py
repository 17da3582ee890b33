"""Visible: a table of one observation a row, a day and a tracker at a time.

Symptoms and exertion become ratings of the person's own by the same names, taken from Visible's scale (0 to 3, or 4
where the file uses it) to 0-10; fatigue, stress and pain are painlog's. What is measured (heart rate, PacePoints) is
kept as a number, as is how the person slept: the file does not say where that scale ends. A note is a note.
"""

from collections.abc import Iterator
from datetime import datetime

from painlog.domain.entries import Draft
from painlog.errors import BadInput
from painlog.exchange.importing.column_meanings import Meaning, measure_names, read_meaning
from painlog.exchange.importing.contract import Context, Importer, Keys, Problem, has_columns, read_rows
from painlog.exchange.importing.date_order import are_days
from painlog.exchange.importing.source import Row, Source
from painlog.exchange.importing.typed_cells import Scale, find_number, number_text
from painlog.exchange.importing.written_dates import moment_of, read_stamp

_COLUMNS = {"observation_date", "tracker_name", "tracker_category", "observation_value"}
_UNSCALED = ("Measurement", "Sleep")
_PAINLOGS = ("pain", "fatigue", "stress")
_UNITS = {"resting hr": " bpm", "hr variability": " ms"}


def _read(source: Source, context: Context) -> Iterator[Draft | Problem]:
    scale, names = Scale(0, _highest(source)), measure_names(_tracker_names(source), "Visible")
    keys = Keys()
    dated = are_days((row.cells.get("observation_date", "") for row in source.table().rows), "")
    return read_rows(
        source.table().rows, lambda row: _drafts(row, context, _meaning(row, scale, names), keys, dated=dated)
    )


def _drafts(row: Row, context: Context, meaning: Meaning, keys: Keys, *, dated: bool) -> Iterator[Draft]:
    """The entries of a row; with ``dated`` the file has days alone, all written as midnight."""
    day, name = row.cells.get("observation_date", ""), row.cells.get("tracker_name", "")
    stamp = read_stamp(day)
    moment = moment_of(context, stamp.date() if dated and isinstance(stamp, datetime) else stamp)
    value = row.cells.get("observation_value", "")
    for reading in meaning.read(context, name, value):
        yield context.draft(reading.kind, reading.texts, moment, key=keys.of(day, name), original=reading.original)


def _meaning(row: Row, scale: Scale, names: dict[str, str]) -> Meaning:
    name, category = row.cells.get("tracker_name", ""), row.cells.get("tracker_category", "")
    if not name:
        raise BadInput("the row names no tracker")
    if name.lower() in ("note", "notes"):
        return read_meaning("note")
    if category in _UNSCALED:
        return Meaning("", names[name], hint=f"number{_UNITS.get(name.lower(), '')}")
    if name.lower() in _PAINLOGS:
        return read_meaning(name.lower())._replace(scale=scale)
    return Meaning("", names[name], scale=scale)


def _tracker_names(source: Source) -> list[str]:
    return list({row.cells.get("tracker_name", "") for row in source.table().rows} - {""})


def _highest(source: Source) -> float:
    """The upper end of the scale of symptoms: 3, or 4 where one of them is."""
    for row in source.table().rows:
        value, category = row.cells.get("observation_value", ""), row.cells.get("tracker_category", "")
        if category not in _UNSCALED and (number := find_number(value)) is not None and number_text(number) == "4":
            return 4
    return 3


IMPORTER = Importer(
    "visible",
    "Visible",
    has_columns(_COLUMNS),
    _read,
    rules=("Visible's 0-3 (0-4 where the file has a 4) is taken to 0-10, by a straight line",),
)
