"""Finds the tables in a file: below a title, beside an index, several of them, or without any header. Pure.

A header is a row of labels above a row that holds a date or a number. Its columns have names that differ: one without a
name is ``column 3``, and of two with the same name the second is ``Pain (2)``; they belong together by ``repeats``.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from painlog.errors import BadInput, FileRefused
from painlog.exchange.importing.date_words import fold
from painlog.exchange.importing.file_sorts import is_spreadsheet, table_member
from painlog.exchange.importing.front_matter import are_notes, note_rows
from painlog.exchange.importing.header_words import COUNTED, read_header
from painlog.exchange.importing.json_records import are_records, record_rows
from painlog.exchange.importing.source import MOST_COLUMNS, MOST_TEXT, Row, Source
from painlog.exchange.importing.spreadsheets import spreadsheet_rows
from painlog.exchange.importing.turned import turn_rows
from painlog.exchange.importing.written_dates import is_stamp, read_clock

HEAD_ROWS = 200
_LOOKED_AT = 60
_SEPARATORS = "\t;,|"
_NUMBER = re.compile(r"[+-]?[\d.,]*\d(?: ?%| ?/ ?\d+)?", re.ASCII)
_LONGEST_LABEL = 80
_BEFORE_CLOCKS = ("kl", "um ", "at ", "alle ", "ore ")
_RULE = re.compile(r":?-{2,}:?")  # under the header of a table in Markdown
_QUOTED = re.compile(r'"[^"]*"')
_NUMBERED = re.compile(r"(.+) \((\d+)\)")
_COUNTED = re.compile(r"(.*[^\W\d])([ _]?#?)(\d)", re.ASCII)
_Numbered = tuple[int, list[str]]


class FoundTable(NamedTuple):
    """A table in a file: the names of its columns, the row numbers of its header (0: none) and of its first data row.

    ``until`` is the row at which the next table begins, 0 where none does. ``example`` is its first row of data.
    ``again`` are the rows of further tables with the same columns, as on the sheets of other months: from and until.
    """

    columns: tuple[str, ...]
    header: int
    first: int
    until: int = 0
    example: tuple[str, ...] = ()
    again: tuple[tuple[int, int], ...] = ()

    @property
    def is_headless(self) -> bool:
        """Whether the first row of data stands where a header would."""
        return self.header == 0

    def rows(self, source: Source) -> Iterator[Row]:
        """Yield the rows of data by column names; empty ones and the header, where it comes again, are passed over."""
        header = None
        ranges = ((self.first, self.until), *self.again)
        for number, cells in read_rows(source):
            if all(until and number >= until for _, until in ranges):
                return
            if not any(first <= number and (not until or number < until) for first, until in ranges):
                header = cells if number == self.header else header
            elif cells != header:
                stripped = [cell.strip() for cell in cells]
                if any(stripped):
                    yield Row(number, dict(zip(self.columns, stripped, strict=False)))


def repeat_of(column: str, columns: Sequence[str]) -> tuple[str, int]:
    """Return the name that a column repeats, and which of its repeats it is, from 1: ``Med 2`` repeats ``Med 1``."""
    if (found := _NUMBERED.fullmatch(column)) and found[1] in columns:
        return found[1], int(found[2])
    if (found := _COUNTED.fullmatch(column)) and int(found[3]) > 1 and read_header(found[1]).word in COUNTED:
        first = next((each for each in (f"{found[1]}{found[2]}1", found[1]) if each in columns), "")
        return (first, int(found[3])) if first else (column, 1)
    return column, 1


@lru_cache(2)
def find_tables(source: Source) -> tuple[FoundTable, ...]:
    """Return the tables of a file, the one with most rows of the first lines first; none where there is none."""
    head = list(islice(read_rows(source), HEAD_ROWS))
    stripped = [(number, tuple(cell.strip() for cell in cells)) for number, cells in head]
    filled = [(number, cells) for number, cells in stripped if any(cells) and not _is_rule(cells)]
    starts = [at for at in range(len(filled) - 1) if _is_header(filled[at][1], _row_below(filled, at))]
    if not starts:
        return _headless(filled)
    found = []
    for at, following in zip(starts, [*starts[1:], len(filled)], strict=True):
        until = filled[following][0] if following < len(filled) else 0
        labels = _with_upper(filled[at][1], filled[at - 1][1] if at else ())
        names = _names(_with_whole_brackets(labels, len(filled[at + 1][1])))
        table = FoundTable(names, filled[at][0], filled[at + 1][0], until, filled[at + 1][1])
        found.append((following - at, table))
    real = [each for each in found if each[1].columns != found[0][1].columns or each is found[0]]
    if len(real) == 1:  # the header comes again
        return (real[0][1]._replace(until=0),)
    return _joined([table for _, table in sorted(found, key=lambda each: -each[0])])


def _joined(tables: Sequence[FoundTable]) -> tuple[FoundTable, ...]:
    """Tables of the same columns as one, whose rows are those of the first and of the others."""
    alike: dict[tuple[str, ...], list[FoundTable]] = {}
    for table in tables:
        alike.setdefault(table.columns, []).append(table)
    return tuple(
        min(each, key=lambda one: one.first)._replace(
            again=tuple((one.first, one.until) for one in sorted(each, key=lambda one: one.first)[1:])
        )
        for each in alike.values()
    )


def table_with(source: Source, names: Iterable[str]) -> FoundTable | None:
    """Return the table that has columns of these names, whatever their case; None where none has them all."""
    wanted = {name.strip().casefold() for name in names}
    for table in find_tables(source):
        if wanted <= {column.casefold() for column in (*table.columns, *_first_cells(table))}:
            return table
    return _by_name_alone(source, wanted)


def name_in(table: FoundTable, name: str) -> str:
    """Return the column that a name stands for; in a table without a header that is also a cell of its first row."""
    clean = name.strip().casefold()
    by_name = {column.casefold(): column for column in table.columns}
    by_cell = {cell.casefold(): column for cell, column in zip(_first_cells(table), table.columns, strict=False)}
    return by_name.get(clean) or by_cell.get(clean, "")


def read_rows(source: Source) -> Iterator[_Numbered]:
    """Every row of a file by its number, whatever it is written in; none of what is no table. Raises FileRefused.

    A spreadsheet is read sheet after sheet, of a zip the only table in it; notes in Markdown, and a list of records in
    JSON, are a table of their own.
    Days that stand across the columns are turned to rows.
    """
    return turn_rows(_rows_as_written(source), is_date)


def _rows_as_written(source: Source) -> Iterator[_Numbered]:
    if is_spreadsheet(source):
        yield from spreadsheet_rows(source)
        return
    if are_records(source):
        yield from record_rows(source)
        return
    member = table_member(source)
    if not member and are_notes(source):
        yield from note_rows(source)
        return
    if member is None:
        return
    text = source.text(member)
    csv.field_size_limit(MOST_TEXT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text), strict=True, skipinitialspace=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            yield number, cells
    except csv.Error as error:
        raise FileRefused(f"{source.path} is damaged after row {number}: {error}") from error


def separator_of(text: str) -> str:
    """Return what stands between the cells of most lines."""
    lines = [line for line in _QUOTED.sub("", text[:65_536]).splitlines()[:_LOOKED_AT] if line.strip()]

    def lines_alike(separator: str) -> tuple[int, int]:
        counts = Counter(line.count(separator) for line in lines if separator in line)
        return max(((many, count) for count, many in counts.items()), default=(0, 0))

    return max(_SEPARATORS, key=lines_alike)


def is_date(cell: str) -> bool:
    """Whether a cell is a date, in any order, with or without a time."""
    if len(cell) < 6 or not any(sign.isdecimal() for sign in cell) or (cell.isdecimal() and len(cell) > 8):
        return False
    return is_stamp(cell)


def is_number(cell: str) -> bool:
    """Whether a cell is a number, maybe with its unit of a scale."""
    return bool(_NUMBER.fullmatch(cell))


def _row_below(filled: Sequence[tuple[int, tuple[str, ...]]], at: int) -> Sequence[str]:
    """The next row, or the one below a title such as ``May 2026``, which stands alone in its row."""
    below = [cells for _, cells in filled[at + 1 : at + 3]]
    is_title = len(below) > 1 and sum(map(bool, below[0])) == 1 and bool(below[0][0]) and any(map(is_date, below[1]))
    return below[1] if is_title else below[0]


def _is_header(cells: Sequence[str], following: Sequence[str]) -> bool:
    labels = [cell for cell in cells if cell]
    above_times = bool(labels) and read_header(labels[0]).word == "day"  # Date, 8:00, 20:00
    if len(labels) < 2 or not all(_is_label(label) or (above_times and is_clock(label)) for label in labels):
        return False
    said = [cell for cell, label in zip(following, cells, strict=False) if cell and label]
    return bool(said) and any(is_date(cell) or is_number(cell) or is_clock(cell) for cell in said)


def _is_rule(cells: Sequence[str]) -> bool:
    return all(_RULE.fullmatch(cell) for cell in cells if cell)


def _with_upper(cells: tuple[str, ...], upper: Sequence[str]) -> tuple[str, ...]:
    """The labels of two rows, where the upper one has the names and the lower one units, scales or times of day.

    ``Pain`` above ``0-10`` is ``Pain (0-10)``. A name that stands once above several cells is theirs.
    """
    if len(upper) != len(cells) or _known_names(upper) <= max(1, _known_names(cells)):
        return cells
    names, last = [], ""
    for name, below in zip(upper, cells, strict=True):
        last = name or last
        names.append(f"{last} ({below})" if below else name)
    return tuple(names)


def _with_whole_brackets(labels: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Labels of a row that is as wide as the next once a comma in brackets parts none: ``Sleep (1 bad, 5 good)``."""
    whole: list[str] = []
    for label in labels:
        if whole and whole[-1].count("(") > whole[-1].count(")"):
            whole[-1] = f"{whole[-1]}, {label}"
        else:
            whole.append(label)
    return tuple(whole) if len(whole) == width < len(labels) else labels


def _known_names(cells: Sequence[str]) -> int:
    return sum(bool(cell and read_header(cell).word) for cell in cells)


def _is_label(cell: str) -> bool:
    return len(cell) <= _LONGEST_LABEL and not (is_number(cell) or is_date(cell) or is_clock(cell))


def is_clock(cell: str) -> bool:
    """Whether a cell is a time of day."""
    try:
        opens = cell[:1].isdecimal() or fold(cell).startswith(_BEFORE_CLOCKS)
        return opens and read_clock(cell) is not None
    except BadInput:
        return False


def _headless(filled: Sequence[tuple[int, tuple[str, ...]]]) -> tuple[FoundTable, ...]:
    """The table whose first row is data: one with a date, and as many cells as most."""
    widths = Counter(len(cells) for _, cells in filled if len(cells) > 1)
    usual = widths.most_common(1)[0][0] if widths else 0
    for number, cells in filled:
        if len(cells) == usual and any(map(is_date, cells)):
            names = tuple(f"column {place}" for place in range(1, usual + 1))
            return (FoundTable(names, 0, number, 0, cells),)
    return ()


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    if len(cells) > MOST_COLUMNS:
        raise FileRefused(f"a table of {len(cells):,} columns is no diary")
    seen: Counter[str] = Counter()
    names = []
    for place, cell in enumerate(cells, 1):
        name = cell or f"column {place}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def _first_cells(table: FoundTable) -> tuple[str, ...]:
    return table.example if table.is_headless else ()


def _by_name_alone(source: Source, wanted: set[str]) -> FoundTable | None:
    """The table under the first row that has all names that the person wrote, though it does not look like a header."""
    rows = iter(islice(read_rows(source), HEAD_ROWS))
    for number, cells in rows:
        columns = _names([cell.strip() for cell in cells])
        if wanted <= {column.casefold() for column in columns}:
            return FoundTable(columns, number, number + 1)
    return None
