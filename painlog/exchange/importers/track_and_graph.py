"""Track & Graph: a table of data points, ``FeatureName,Timestamp,Value,Label,Note`` or, older, without ``Label``.

A feature becomes a measure of the person's own by the same name: lengths of time are minutes, a feature that is always
1 a count, any other a number. One named as a variable of painlog's is that variable where the person says its scale.
The label of a value is kept beside it; a note goes with its entry.
"""

import re
from collections.abc import Iterator

from painlog.domain.entries import Draft
from painlog.errors import BadInput
from painlog.exchange.importing import trackers
from painlog.exchange.importing.column_meanings import Meaning
from painlog.exchange.importing.contract import Context, Importer, Keys, Problem, has_columns, read_rows
from painlog.exchange.importing.source import Row, Source
from painlog.exchange.importing.typed_cells import find_number
from painlog.exchange.importing.written_dates import moment_of, read_stamp

_COLUMNS = {"FeatureName", "Timestamp", "Value", "Note"}
_LENGTH = re.compile(r"(\d{1,4}):(\d\d):(\d\d)(?:\.\d+)?", re.ASCII)


def _read(source: Source, context: Context) -> Iterator[Draft | Problem]:
    meanings = trackers.tracker_meanings(_trackers(source), "Track & Graph", context.answers)
    keys = Keys()
    return read_rows(source.table().rows, lambda row: _drafts(row, context, meanings, keys))


def _drafts(row: Row, context: Context, meanings: dict[str, Meaning], keys: Keys) -> Iterator[Draft]:
    name, stamp = row.cells.get("FeatureName", ""), row.cells.get("Timestamp", "")
    value, label = _value(row)
    if not name:
        raise BadInput("the row names no feature")
    readings = meanings[name].read(context, name, value)
    if not readings:
        raise BadInput(f"{name} has no value")
    note = row.cells.get("Note", "")
    texts = readings[0].texts | ({"note": [note]} if note else {})
    original = readings[0].original or (f"{name} {value}: {label}" if label else "")
    moment = moment_of(context, read_stamp(stamp))
    yield context.draft(readings[0].kind, texts, moment, key=keys.of(name, stamp), original=original)


def _value(row: Row) -> tuple[str, str]:
    """A row's value and its label; the older layout writes both as ``1.0:Label``."""
    value, label = row.cells.get("Value", ""), row.cells.get("Label", "")
    if _LENGTH.fullmatch(value) or ":" not in value:
        return value, label
    number, _, label = value.partition(":")
    return number.strip(), label.strip()


def _trackers(source: Source) -> dict[str, trackers.Tracker]:
    values: dict[str, list[float]] = {}
    timed: dict[str, bool] = {}
    for row in source.table().rows:
        name, value = row.cells.get("FeatureName", ""), _value(row)[0]
        length = _LENGTH.fullmatch(value)
        timed[name] = timed.get(name, True) and bool(length)
        values.setdefault(name, []).extend([] if (number := _number(value)) is None else [number])
    return {name: trackers.sum_up(values[name], timed=timed[name]) for name in timed if name}


def _number(value: str) -> float | None:
    """A value as a number, a length of time as its minutes; None for what is neither."""
    length = _LENGTH.fullmatch(value)
    return int(length[1]) * 60.0 + int(length[2]) if length else find_number(value)


IMPORTER = Importer(
    "track-and-graph",
    "Track & Graph",
    has_columns(_COLUMNS),
    _read,
    lambda source: trackers.tracker_queries(_trackers(source)),
)
