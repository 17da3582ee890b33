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
from painlog.exchange.importing.column_meanings import APART, Part, Target, target_of
from painlog.exchange.importing.contract import Context, Importer, Keys, Problem, Query, read_rows
from painlog.exchange.importing.merge_cells import Place, drafts_of
from painlog.exchange.importing.source import Row, Source
from painlog.exchange.importing.typed_cells import is_empty

WHEN = ("day", "time", "end")
_WHEN_TOO = {"date": "day", "start": "day", "until": "end"}


class Columns(NamedTuple):
    """What the columns of a table with this ``header`` are: by column ``day``, ``time``, ``end`` or a target's words.

    Columns that are not named are left out. With ``zero_is_missing`` a 0 says nothing, as where an app writes 0 for a
    day without a value.
    """

    header: tuple[str, ...]
    fields: dict[str, str]
    zero_is_missing: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it; ``columns_from`` reads it back."""
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

    def targets(self) -> dict[str, Target]:
        """What the other columns are."""
        return {column: target_of(field) for column, field in self.fields.items() if field not in WHEN}


def columns_of(header: Sequence[str], fields: Mapping[str, str], *, zero_is_missing: bool = False) -> Columns:
    """Check what the person said of some columns, whatever the case of their names. Raises BadInput."""
    known = {column.casefold(): column for column in header}
    if strange := [column for column in fields if column.strip().casefold() not in known]:
        raise BadInput(f"there is no column {strange[0]!r}; there are {', '.join(header)}")
    said = {known[column.strip().casefold()]: _word(field) for column, field in fields.items()}
    columns = Columns(tuple(header), said, zero_is_missing)
    if not columns.of("day"):
        raise BadInput("no column is the day; say which one, as in Date=day")
    _check_twice(columns)
    if not columns.targets():
        raise BadInput("only the day is said; say what another column is, as in Pain=pain")
    return columns


def columns_from(data: Any) -> Columns:
    """Read what ``as_dict`` wrote. Raises BadInput for anything else."""
    header, fields = (data.get("header"), data.get("fields")) if isinstance(data, dict) else (None, None)
    if not isinstance(header, list) or not isinstance(fields, dict):
        raise BadInput("what is kept of a table's columns is damaged")
    if not all(isinstance(text, str) for text in (*header, *fields, *fields.values())):
        raise BadInput("what is kept of a table's columns is damaged")
    return columns_of(header, fields, zero_is_missing=data.get("zero_is_missing") is True)


def importer_for(columns: Columns, name: str = "table") -> Importer:
    """Return the importer of tables with these columns; ``name`` is where their entries will be said to be from."""
    return Importer(
        name,
        f"{name} (columns as you said)",
        columns.fits,
        lambda source, context: _read(source, context, columns),
        lambda source: _asks(source, columns),
        _rules(columns),
    )


def importer_of_app(name: str, title: str, fields: Mapping[str, str], rules: tuple[str, ...] = ()) -> Importer:
    """Return the importer of an app whose tables always have these columns."""
    columns = Columns(tuple(fields), dict(fields))
    return importer_for(columns, name)._replace(
        title=title, recognises=lambda source: set(source.columns()) >= fields.keys(), rules=rules
    )


def _word(field: str) -> str:
    clean = field.strip()
    return _WHEN_TOO.get(clean.lower(), clean.lower() if clean.lower() in WHEN else clean)


def _check_twice(columns: Columns) -> None:
    """Refuse two columns for what has one value. Raises BadInput."""
    said: dict[object, str] = {}
    for column, field in columns.fields.items():
        target = field if field in WHEN else target_of(field)._replace(scale=None)
        kind = KINDS[target.kind] if isinstance(target, Target) and target.kind else None
        several = kind and isinstance(target, Target) and (kind.by_name[target.field].many or kind.name in APART)
        if target in said and not several:
            raise BadInput(f"{said[target]} and {column} are both said to be {field}; leave one out")
        said[target] = column


def _rules(columns: Columns) -> tuple[str, ...]:
    scaled = [(column, target) for column, target in columns.targets().items() if target.scale]
    return tuple(f"{column}: {target.scale} is taken to {_range(target)}" for column, target in scaled)


def _range(target: Target) -> str:
    field = KINDS[target.kind].by_name[target.field] if target.kind else None
    return f"{getattr(field, 'low', 0):g}-{getattr(field, 'high', 10):g}"


def _days(source: Source, columns: Columns) -> Iterator[str]:
    return (row.cells.get(columns.of("day"), "") for row in source.table().rows)


def _asks(source: Source, columns: Columns) -> tuple[Query, ...]:
    return written_dates.queries(_days(source, columns))


def _read(source: Source, context: Context, columns: Columns) -> Iterator[Draft | Problem]:
    order = written_dates.order_of(_days(source, columns), context.answers)
    rows, keys = _Rows(columns, context, order), Keys()
    return read_rows(source.table().rows, lambda row: rows.read(row, keys))


class _Rows:
    """Reads rows of one table."""

    def __init__(self, columns: Columns, context: Context, order: str) -> None:
        self.columns, self.context, self.order = columns, context, order
        self.targets = columns.targets()
        self.day, self.time, self.end = (columns.of(when) for when in WHEN)

    def read(self, row: Row, keys: Keys) -> Iterator[Draft | Problem]:
        """Yield the entries of a row, and a problem for each cell that is not understood. Raises BadInput."""
        stamp = written_dates.read_stamp(row.cells.get(self.day, ""), self.order)
        clock = row.cells.get(self.time, "")
        moment = written_dates.moment_of(self.context, stamp, "" if is_empty(clock) else clock)
        parts: list[Part] = []
        for column, target in self.targets.items():
            try:
                parts += target.read(self.context, column, self._cell(row, column))
            except BadInput as error:
                yield Problem(f"row {row.number}, {column}", str(error))
        parts += self._until(row) if parts else []
        yield from drafts_of(
            parts, Place(f"row {row.number}", moment, f"{stamp.isoformat()} {clock}"), self.context, keys
        )

    def _cell(self, row: Row, column: str) -> str:
        cell = row.cells.get(column, "")
        return "" if self.columns.zero_is_missing and re.fullmatch(r"0+(?:[.,]0+)?", cell) else cell

    def _until(self, row: Row) -> list[Part]:
        end = row.cells.get(self.end, "")
        return [] if is_empty(end) else [Part(KINDS["note"], {"note": [f"until {end}"]})]
