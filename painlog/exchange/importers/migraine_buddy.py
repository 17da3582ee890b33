"""Migraine Buddy: its table of attacks, under a list of those that go on still.

Each → ``pain`` where it began, with its places, triggers and notes; how long it lasted, its type, symptoms and what was
not possible go to the note. Each medicine → ``dose``, with whether it helped in its note. Times are in the offset that
the row gives. Where the person was, and what hour it was elsewhere, is left out.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone

from painlog.domain.entries import Draft
from painlog.domain.language.dates import Moment
from painlog.errors import BadInput
from painlog.exchange.importing.contract import Context, Importer, Keys, Problem, Query, read_rows
from painlog.exchange.importing.date_order import date_queries, read_order
from painlog.exchange.importing.remarks import split_remarks
from painlog.exchange.importing.shapes import as_number
from painlog.exchange.importing.source import Row, Source
from painlog.exchange.importing.tables import FoundTable, table_with
from painlog.exchange.importing.typed_cells import (
    is_empty,
    number_text,
    read_number,
    region_texts,
    split_list,
    split_medicine,
)
from painlog.exchange.importing.written_dates import moment_of, read_stamp
from painlog.exchange.importing.written_lengths import read_length

NEEDED = ("Started", "Lasted", "Pain Level", "Pain Positions", "Helpful Medication")
_HELPED = {
    "Helpful Medication": "helped",
    "Somewhat Helpful Medication": "helped somewhat",
    "Unhelpful Medication": "did not help",
    "Unsure Medication": "not sure whether it helped",
}
_IN_NOTE = {
    "Attack Types": "type",
    "Affected Activities": "limited",
    "Symptoms": "symptoms",
    "Premonitory Symptoms": "signs before",
}


def _table(source: Source) -> FoundTable | None:
    return None if source.is_zip or "Pain Positions" not in source.start() else table_with(source, NEEDED)


def _rows(source: Source) -> list[Row]:
    table = _table(source)
    return list(table.rows(source)) if table else []


def _asks(source: Source) -> Sequence[Query]:
    return date_queries(row.cells.get("Started", "") for row in _rows(source))


def _read(source: Source, context: Context) -> Iterator[Draft | Problem]:
    rows, keys = _rows(source), Keys()
    order = read_order((row.cells.get("Started", "") for row in rows), context.answers)
    return read_rows(rows, lambda row: _attack(row, order, context, keys))


def _attack(row: Row, order: str, context: Context, keys: Keys) -> Iterator[Draft]:
    stamp = row.cells.get("Started", "")
    moment = _moment(row, order, context)
    positions = (place for part in split_list(row.cells.get("Pain Positions", "")) for place in region_texts(part))
    texts = {
        "score": [number_text(read_number(row.cells.get("Pain Level", ""), 10))],
        "where": list(positions),
        "trigger": [part.replace(",", " ") for part in split_list(row.cells.get("Potential Triggers", ""))],
        "note": list(filter(None, ["\n".join(_note(row))])),
    }
    said = {name: each for name, each in texts.items() if each}
    yield context.draft("pain", said, moment, key=keys.of(stamp, "pain"))
    for column, helped in _HELPED.items():
        for part in split_remarks(row.cells.get(column, ""))[0]:
            dose = split_medicine(part)
            dose["note"] = [", ".join([*dose.get("note", ()), helped])]
            yield context.draft("dose", dose, moment, key=keys.of(stamp, "dose", dose["name"][0]))


def _moment(row: Row, order: str, context: Context) -> Moment:
    stamp = read_stamp(row.cells.get("Started", ""), order)
    offset = as_number(row.cells.get("Start UTC Offset (min)"), "the offset")
    if not isinstance(stamp, datetime) or stamp.tzinfo or offset is None or abs(offset) > 18 * 60:
        return moment_of(context, stamp)
    return moment_of(context, stamp.replace(tzinfo=timezone(timedelta(minutes=offset))))


def _note(row: Row) -> Iterator[str]:
    lasted = row.cells.get("Lasted", "")
    if not is_empty(lasted):
        yield _lasted(lasted)
    for column, word in _IN_NOTE.items():
        if not is_empty(said := row.cells.get(column, "")):
            yield f"{word}: {said}"
    for column in _HELPED:
        if words := split_remarks(row.cells.get(column, ""))[1]:
            yield f"{column}: {', '.join(words)}"
    if not is_empty(note := row.cells.get("Notes", "")):
        yield note


def _lasted(text: str) -> str:
    try:
        return f"lasted {read_length(text):g} min"
    except BadInput:
        return f"lasted {text}"


IMPORTER = Importer(
    "migraine-buddy",
    "Migraine Buddy",
    lambda source: _table(source) is not None,
    _read,
    _asks,
    ("How long an attack lasted, and whether a medicine helped, is kept in the notes.",),
)
