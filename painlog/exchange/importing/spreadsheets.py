"""Spreadsheets (``.xlsx``, ``.ods``) as rows of text. The only home of ``python_calamine``, which the extra brings."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from painlog.errors import FileRefused, PartMissing
from painlog.exchange.importing.source import Source

MISSING = (
    "spreadsheets need a part of painlog that is not installed: pip install 'painlog[tables]'; "
    "or save the sheet as CSV, then import that"
)


def spreadsheet_rows(source: Source) -> Iterator[tuple[int, list[str]]]:
    """Every row of all sheets, numbered on. Raises PartMissing, and FileRefused for a file that is damaged."""
    try:
        from python_calamine import CalamineError, load_workbook
    except ImportError:
        raise PartMissing(MISSING) from None
    try:
        book = load_workbook(io.BytesIO(source.read()))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
        pages = [sheet.to_python(skip_empty_area=False) for sheet in sheets]
    except (CalamineError, OSError, ValueError) as error:
        raise FileRefused(f"{source.path} is damaged: no whole spreadsheet") from error
    number = 0
    for page in pages:
        for cells in page:
            number += 1
            yield number, [_text(cell) for cell in cells]
        number += 1
        yield number, []


def _text(cell: Any) -> str:
    """A cell as a person would have typed it; a whole number has no decimal point, a date no midnight."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ") if cell.time() != time.min else cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    return str(cell)
