"""Cells of painlog's own CSV, and tables of them as text: every text of a person goes in through ``csv_text``.

RFC 4180, CRLF, UTF-8; a comma and a decimal point, or a semicolon and a decimal comma. A missing value is an empty
cell, never 0.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from painlog.domain.invisible_characters import FIRST_PICTURE, HIDDEN, LAST_PICTURE, PICTURES

BOM = "\ufeff"
DANGEROUS = tuple("=+-@\t\r\n\0＝＋－＠")
_OPENS = tuple("'=+-@＝＋－＠")
_MARK = PICTURES[0x1B]  # the picture of Escape opens what has no picture of its own: its code in hex, then ;
_SLASHES = re.compile(r"(?<=[ \n])/+(?=[ \n])")
_BREAK_OR_SLASHES = re.compile(r" / |(?<= )//+(?= )")
_PICTURE = re.compile(f"[{chr(FIRST_PICTURE)}-{chr(LAST_PICTURE)}]")
_WRITTEN = re.compile(f"{_MARK}([0-9A-F]{{1,5}});|{_PICTURE.pattern}")
_LINE_END = "\r\n"
_AT_A_TIME = 2000
_DAYS_KEPT = 1000
_TWO_DIGITS = tuple(f"{number:02d}" for number in range(60))
_CLOCKS = tuple(f"{hour:02d}:{minute:02d}:" for hour in range(24) for minute in range(60))


class Form(NamedTuple):
    """How a table is written: ``european`` as a spreadsheet expects where the comma is the decimal sign."""

    european: bool = False
    bom: bool = True

    @property
    def delimiter(self) -> str:
        """What stands between two cells."""
        return ";" if self.european else ","

    @property
    def decimal(self) -> str:
        """What stands before the decimals of a number."""
        return "," if self.european else "."


class Table(NamedTuple):
    """A table's columns, its rows, to be gone through once, and which columns hold numbers alone."""

    columns: Sequence[str]
    rows: Iterable[list[str]]
    numbers: frozenset[str] = frozenset()


def csv_text(text: str) -> str:
    """Make a text safe as a cell, so that ``csv_plain`` gives it back: one line, nothing unseen, never a formula.

    A line break becomes `` / ``, and slashes that stand alone get one more. Controls become their pictures; what has
    none, its code in hex between ``␛`` and ``;``. Where a spreadsheet would then take the text, leading ``'`` aside,
    for a formula, a ``'`` goes before it (OWASP ASVS 1.2.10).
    """
    if "/" in text:
        text = _SLASHES.sub(r"\g<0>/", text)
    if not text.isprintable() or (not text.isascii() and _PICTURE.search(text)):
        text = text.replace("\n", " / ").translate(_escapes())
    return f"'{text}" if text.startswith(_OPENS) and text.lstrip("'").startswith(DANGEROUS) else text


def csv_plain(cell: str) -> str:
    """Return the text that ``csv_text`` made a cell of."""
    text = cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(DANGEROUS) else cell
    if "/" in text:
        text = _BREAK_OR_SLASHES.sub(lambda found: "\n" if found[0] == " / " else found[0][1:], text)
    return _WRITTEN.sub(_unwritten, text)


def number(value: float | None) -> str:
    """Write a number with at most three decimals and a decimal point; None as an empty cell."""
    if value is None or type(value) is int:
        return "" if value is None else str(value)
    return f"{value:.3f}".rstrip("0").rstrip(".")


def stamp(at: datetime) -> str:
    """Write an instant in a fixed offset to the second, as ``isoformat`` would in several times the time."""
    return f"{_day(at.toordinal())}T{_CLOCKS[at.hour * 60 + at.minute]}{_TWO_DIGITS[at.second]}{_offset(at.tzinfo)}"


@lru_cache(_DAYS_KEPT)
def day_text(day: date) -> str:
    """Write a day as ``2026-11-19``."""
    return day.isoformat()


@lru_cache(_DAYS_KEPT)
def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


@lru_cache(_DAYS_KEPT)
def _offset(zone: tzinfo | None) -> str:
    return datetime(2000, 1, 1, tzinfo=zone).isoformat(timespec="seconds")[19:]


def csv_parts(table: Table, form: Form) -> Iterator[str]:
    """Write a table as parts of one text, some thousand rows each."""
    yield (BOM if form.bom else "") + _written([table.columns], form)
    rows = iter(_european(table) if form.european else table.rows)
    while some := list(islice(rows, _AT_A_TIME)):
        yield _written(some, form)


def _written(rows: Iterable[Sequence[str]], form: Form) -> str:
    """The rows as lines. Most need no quotes, and joining their cells takes a fifth of what csv's writer does."""
    delimiter, lines = form.delimiter, []
    for row in rows:
        line = delimiter.join(row)
        if line.count(delimiter) != len(row) - 1 or '"' in line or "\n" in line or "\r" in line or not line:
            line = _quoted(row, delimiter)
        lines.append(line)
    lines.append("")
    return _LINE_END.join(lines)


def _quoted(row: Sequence[str], delimiter: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=_LINE_END).writerow(row)
    return out.getvalue().removesuffix(_LINE_END)


def _european(table: Table) -> Iterator[list[str]]:
    """The rows with decimal commas, in columns of numbers alone."""
    places = [place for place, column in enumerate(table.columns) if column in table.numbers]
    for row in table.rows:
        for place in places:
            row[place] = row[place].replace(".", ",")
        yield row


@cache
def _escapes() -> dict[int, str]:
    pictures = range(FIRST_PICTURE, LAST_PICTURE + 1)
    return PICTURES | {code: f"{_MARK}{code:X};" for code in (0x1B, *HIDDEN, *pictures)}


def _unwritten(found: re.Match[str]) -> str:
    if found[1]:
        return chr(int(found[1], 16))
    code = ord(found[0])
    return chr(0x7F if code == LAST_PICTURE else code - FIRST_PICTURE)
