"""The importer for any table: the person says what each column is, once. Pure; the command keeps what was said.

A row makes one entry of each kind that its columns speak of (a pain with its places and triggers, a mood with worry),
one for each medicine, and a note, which goes with the row's pain if there is one. What a column ``end`` says is kept
in the note. An empty cell says nothing, and a table of attacks says nothing of the days between them.

An entry's key is its day, its time and what it says, so rows may come above or below in a later export.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from painlog.domain.entries import Draft
from painlog.domain.kinds.registry import KINDS
from painlog.errors import BadInput
from painlog.exchange.importing import written_dates
from painlog.exchange.importing.column_meanings import APART, Meaning, Reading, read_meaning
from painlog.exchange.importing.contract import CellProblem, Context, Importer, Keys, Problem, has_columns, read_rows
from painlog.exchange.importing.merge_cells import Place, make_drafts
from painlog.exchange.importing.source import Row, Source
from painlog.exchange.importing.typed_cells import is_empty

WHEN = ("day", "time", "end")
_WHEN_TOO = {"date": "day", "start": "day", "until": "end"}


class ColumnMapping(NamedTuple):
    """What the columns of a table with this ``header`` are: by column ``day``, ``time``, ``end`` or a meaning's words.

    Columns that are not named are left out. With ``zero_is_missing`` a 0 says nothing, as where an app writes 0 for a
    day without a value.
    """

    header: tuple[str, ...]
    fields: dict[str, str]
    zero_is_missing: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it; ``load_mapping`` reads it back."""
        return {
            "header": list(self.header),
            "fields": dict(self.fields),
            "zero_is_missing": self.zero_is_missing,
        }

    def fits(self, source: Source) -> bool:
        """Whether a file has this header."""
        return source.columns() == self.header

    def of(self, when: str) -> str:
        """Return the column that says when: ``day``, ``time`` or ``end``; empty where none does."""
        return next((column for column, field in self.fields.items() if field == when), "")

    def meanings(self) -> dict[str, Meaning]:
        """What the other columns are."""
        return {column: read_meaning(field) for column, field in self.fields.items() if field not in WHEN}


def check_mapping(header: Sequence[str], fields: Mapping[str, str], *, zero_is_missing: bool = False) -> ColumnMapping:
    """Check what the person said of some columns, whatever the case of their names. Raises BadInput."""
    known = {column.casefold(): column for column in header}
    if strange := [column for column in fields if column.strip().casefold() not in known]:
        raise BadInput(f"there is no column {strange[0]!r}; there are {', '.join(header)}")
    words = {known[column.strip().casefold()]: _word(field) for column, field in fields.items()}
    columns = ColumnMapping(tuple(header), words, zero_is_missing)
    if not columns.of("day"):
        raise BadInput("no column is the day; say which one, as in Date=day")
    _check_twice(columns)
    if not columns.meanings():
        raise BadInput("only the day is said; say what another column is, as in Pain=pain")
    return columns


def load_mapping(data: Any) -> ColumnMapping:
    """Read what ``as_dict`` wrote. Raises BadInput for anything else."""
    header, fields = (data.get("header"), data.get("fields")) if isinstance(data, dict) else (None, None)
    if not isinstance(header, list) or not isinstance(fields, dict):
        raise BadInput("what is kept of a table's columns is damaged")
    if not all(isinstance(text, str) for text in (*header, *fields, *fields.values())):
        raise BadInput("what is kept of a table's columns is damaged")
    return check_mapping(header, fields, zero_is_missing=data.get("zero_is_missing") is True)


def mapping_importer(columns: ColumnMapping, name: str = "table") -> Importer:
    """Return the importer of tables with these columns; ``name`` is where their entries will be said to be from."""
    return Importer(
        name,
        f"{name} (columns as you said)",
        columns.fits,
        lambda source, context: _read(source, context, columns),
        lambda source: written_dates.date_queries(_days(source, columns)),
        _rules(columns),
    )


def app_importer(name: str, title: str, fields: Mapping[str, str], rules: tuple[str, ...] = ()) -> Importer:
    """Return the importer of an app whose tables always have these columns."""
    columns = ColumnMapping(tuple(fields), dict(fields))
    return mapping_importer(columns, name)._replace(title=title, recognises=has_columns(fields), rules=rules)


def _word(field: str) -> str:
    clean = field.strip()
    return _WHEN_TOO.get(clean.lower(), clean.lower() if clean.lower() in WHEN else clean)


def _check_twice(columns: ColumnMapping) -> None:
    """Refuse two columns for what has one value. Raises BadInput."""
    named: dict[object, str] = {}
    for column, field in columns.fields.items():
        meaning = field if field in WHEN else read_meaning(field)._replace(scale=None)
        kind = KINDS[meaning.kind] if isinstance(meaning, Meaning) and meaning.kind else None
        several = kind and isinstance(meaning, Meaning) and (kind.by_name[meaning.field].many or kind.name in APART)
        if meaning in named and not several:
            raise BadInput(f"{named[meaning]} and {column} are both said to be {field}; leave one out")
        named[meaning] = column


def _rules(columns: ColumnMapping) -> tuple[str, ...]:
    scaled = [(column, meaning) for column, meaning in columns.meanings().items() if meaning.scale]
    return tuple(f"{column}: {meaning.scale} is taken to {_range(meaning)}" for column, meaning in scaled)


def _range(meaning: Meaning) -> str:
    field = KINDS[meaning.kind].by_name[meaning.field] if meaning.kind else None
    return f"{getattr(field, 'low', 0):g}-{getattr(field, 'high', 10):g}"


def _days(source: Source, columns: ColumnMapping) -> Iterator[str]:
    return (row.cells.get(columns.of("day"), "") for row in source.table().rows)


def _read(source: Source, context: Context, columns: ColumnMapping) -> Iterator[Draft | Problem]:
    order = written_dates.read_order(_days(source, columns), context.answers)
    rows, keys = _Rows(columns, context, order), Keys()
    return read_rows(source.table().rows, lambda row: rows.read(row, keys))


class _Rows:
    """Reads rows of one table."""

    def __init__(self, columns: ColumnMapping, context: Context, order: str) -> None:
        self.columns, self.context, self.order = columns, context, order
        self.meanings = columns.meanings()
        self.day, self.time, self.end = (columns.of(when) for when in WHEN)

    def read(self, row: Row, keys: Keys) -> Iterator[Draft | Problem]:
        """Yield the entries of a row, and a problem for each cell that is not understood. Raises BadInput."""
        stamp = written_dates.read_stamp(row.cells.get(self.day, ""), self.order)
        clock = row.cells.get(self.time, "")
        moment = written_dates.moment_of(self.context, stamp, "" if is_empty(clock) else clock)
        readings: list[Reading] = []
        for column, meaning in self.meanings.items():
            try:
                readings += meaning.read(self.context, column, self._cell(row, column))
            except BadInput as error:
                yield CellProblem(f"row {row.number}, {column}", str(error))
        readings += self._until(row) if readings else []
        yield from make_drafts(
            readings, Place(f"row {row.number}", moment, f"{stamp.isoformat()} {clock}"), self.context, keys
        )

    def _cell(self, row: Row, column: str) -> str:
        cell = row.cells.get(column, "")
        return "" if self.columns.zero_is_missing and re.fullmatch(r"0+(?:[.,]0+)?", cell) else cell

    def _until(self, row: Row) -> list[Reading]:
        end = row.cells.get(self.end, "")
        return [] if is_empty(end) else [Reading(KINDS["note"], {"note": [f"until {end}"]})]
