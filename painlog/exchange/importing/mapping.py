"""The importer for any table: the person says what each column is, once. Pure; the command keeps what was said.

A row makes one entry of each kind that its columns speak of (a pain with its places and triggers, a mood with worry),
one for each medicine, and a note, which goes with the row's pain if there is one. What a column ``end`` says is kept
in the note. An empty cell says nothing, and a table of attacks says nothing of the days between them.

In a long table, a row says one thing: a column ``name`` what, a column ``value`` how much. Of columns that have the
same name the first of each belong together, and the second. An entry's key is its day, its time and what it is about.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from painlog.domain.kinds.registry import KINDS
from painlog.errors import BadInput
from painlog.exchange.importing.column_meanings import APART, Meaning, read_meaning
from painlog.exchange.importing.contract import Importer, has_columns
from painlog.exchange.importing.rows import Scan
from painlog.exchange.importing.source import Source
from painlog.exchange.importing.tables import FoundTable, find_tables, name_in, repeat_of, table_with

WHEN = ("day", "month", "year", "time", "am_pm", "end")
ROLES = (*WHEN, "name", "value", "sleep_from", "sleep_to")
_DAYS = {"date": "day", "start": "day", "until": "end"}
_ROLES_TOO = _DAYS | {"sleep from": "sleep_from", "sleep to": "sleep_to", "am/pm": "am_pm"}


class ColumnMapping(NamedTuple):
    """What the columns of a table with this ``header`` are: by column one of ``ROLES`` or a meaning's words.

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
        """Whether a file has a table with this header."""
        return self.header in (source.columns(), *(table.columns for table in find_tables(source)))

    def table(self, source: Source) -> FoundTable:
        """Return the table of a file that has these columns. Raises BadInput where none has."""
        found = table_with(source, self.fields)
        if found is None:
            raise BadInput(f"{source.path} has no table with the columns {', '.join(self.fields)}")
        return found

    def of(self, role: str, repeat: int = 1) -> str:
        """Return the column that has a role, among the repeats of a name; empty where none does."""
        columns = [column for column, field in self.fields.items() if field == role]
        return next((column for column in columns if repeat_of(column, self.header)[1] == repeat), "")

    def meanings(self) -> dict[str, Meaning]:
        """What the columns without a role are."""
        return {column: read_meaning(field) for column, field in self.fields.items() if field not in ROLES}


def check_mapping(header: Sequence[str], fields: Mapping[str, str], *, zero_is_missing: bool = False) -> ColumnMapping:
    """Check what the person said of some columns, whatever the case of their names. Raises BadInput."""
    return check_table_mapping(FoundTable(tuple(header), 1, 2), fields, zero_is_missing=zero_is_missing)


def check_table_mapping(
    table: FoundTable, fields: Mapping[str, str], *, zero_is_missing: bool = False
) -> ColumnMapping:
    """Check what the person said of some columns of a table, as ``check_mapping`` does. Raises BadInput."""
    if strange := [column for column in fields if not name_in(table, column)]:
        raise BadInput(f"there is no column {strange[0]!r}; there are {', '.join(table.columns)}")
    words = {name_in(table, column): _word(field) for column, field in fields.items()}
    for column in table.columns:
        base, repeat = repeat_of(column, table.columns)
        if repeat > 1 and base in words and column not in words:
            is_numbered = column != f"{base} ({repeat})"
            words[column] = words[base].replace(base, column) if is_numbered else words[base]
    columns = ColumnMapping(tuple(table.columns), words, zero_is_missing)
    if not columns.of("day") and not columns.of("sleep_to"):
        raise BadInput("no column is the day; say which one, as in Date=day")
    if bool(columns.of("name")) != bool(columns.of("value")):
        raise BadInput("a table with a thing in each row needs both columns, as in Symptom=name and Severity=value")
    _check_twice(columns)
    if not columns.meanings() and not columns.of("value") and not columns.of("sleep_to"):
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

    @cache
    def scan(source: Source) -> Scan:
        return _scan(source, columns)

    return Importer(
        name,
        f"{name} (columns as you said)",
        columns.fits,
        lambda source, context: scan(source).read(context),
        lambda source: tuple(scan(source).queries()),
        _rules(columns),
    )


def app_importer(name: str, title: str, fields: Mapping[str, str], rules: tuple[str, ...] = ()) -> Importer:
    """Return the importer of an app whose tables always have these columns."""
    columns = ColumnMapping(tuple(fields), dict(fields))
    return mapping_importer(columns, name)._replace(title=title, recognises=has_columns(fields), rules=rules)


def _scan(source: Source, columns: ColumnMapping) -> Scan:
    repeats = sorted({repeat_of(column, columns.header)[1] for column in columns.fields})
    return Scan(
        source,
        columns.table(source),
        tuple({role: columns.of(role, repeat) or columns.of(role) for role in ROLES} for repeat in repeats),
        tuple(
            {one: each for one, each in columns.meanings().items() if repeat_of(one, columns.header)[1] == repeat}
            for repeat in repeats
        ),
        no_zeros=columns.zero_is_missing,
    )


def _word(field: str) -> str:
    clean = " ".join(field.split())
    return _ROLES_TOO.get(clean.lower(), clean.lower() if clean.lower() in ROLES else clean)


def _check_twice(columns: ColumnMapping) -> None:
    """Refuse two columns for what has one value. Raises BadInput."""
    named: dict[object, str] = {}
    for column, field in columns.fields.items():
        meaning = field if field in ROLES else read_meaning(field)._replace(scale=None, hint="")
        kind = KINDS[meaning.kind] if isinstance(meaning, Meaning) and meaning.kind else None
        several = kind and isinstance(meaning, Meaning) and (kind.by_name[meaning.field].many or kind.name in APART)
        key = (meaning, repeat_of(column, columns.header)[1])
        if key in named and not several:
            raise BadInput(f"{named[key]} and {column} are both said to be {field}; leave one out")
        named[key] = column


def _rules(columns: ColumnMapping) -> tuple[str, ...]:
    scaled = [(column, meaning) for column, meaning in columns.meanings().items() if meaning.scale]
    return tuple(f"{column}: {meaning.scale} is taken to {_range(meaning)}" for column, meaning in scaled)


def _range(meaning: Meaning) -> str:
    field = KINDS[meaning.kind].by_name[meaning.field] if meaning.kind else None
    return f"{getattr(field, 'low', 0):g}-{getattr(field, 'high', 10):g}"
