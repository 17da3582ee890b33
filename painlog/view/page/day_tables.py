"""The days of pain, mood and sleep as tables: which rows there are, what is left out, what each cell says.

Text and HTML lay out the same tables; of these, lines of text are made here. It must not know how a page is cut or
marked up.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from painlog.analysis.report.page import Measured, Page
from painlog.analysis.summary import DAILY, Summary
from painlog.domain.periods import DAYS_IN_WEEK, LONGEST_IN_MONTHS, LONGEST_IN_WEEKS, Period
from painlog.domain.variables import Variable
from painlog.view.terminal import times
from painlog.view.values import ABSENT, digit, short

_MOST_PARTS = 13
_HEAD, _CAPTION = 12, 10  # columns before a row
_DAY, _PART = 8, 18  # columns of a cell


class Row(NamedTuple):
    """A row's head and its cells; ``ABSENT`` where there is no entry, empty where there is no day."""

    head: str
    cells: tuple[str, ...]


class Table(NamedTuple):
    """A table: its columns' heads, the first one that of the rows' heads, and its rows.

    One with a ``caption`` is a variable's weeks, whose last column holds their means; ``ABSENT`` where a week is not
    whole or has too few days. ``left_out`` counts rows before the first, and ``room`` is columns of a cell in text.
    """

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    left_out: int = 0
    room: int = _DAY

    @property
    def note(self) -> str:
        """What is said of the rows that are left out."""
        return f"{self.left_out} earlier ones are left out here" if self.left_out else ""


def unit(page: Page) -> str:
    """What a row or a digit of a period stands for: a day, a month, a year."""
    if page.period.length <= LONGEST_IN_WEEKS:
        return "day"
    return "month" if page.period.length <= LONGEST_IN_MONTHS else "year"


def day_tables(page: Page) -> tuple[Table, ...]:
    """Return one table of a week's days or of months and years, and of a few weeks one a variable."""
    shown = [page.measured[name] for name in DAILY if name in page.measured]
    if not shown:
        return ()
    if page.period.length <= DAYS_IN_WEEK:
        return (_week(page.period, shown),)
    if page.period.length <= LONGEST_IN_WEEKS:
        return tuple(_weeks(page, each) for each in shown)
    return (_parts(page, shown),)


def day_rows(tables: Sequence[Table]) -> Iterator[str]:
    """The tables as rows of text: in columns, or as digits that survive a fax."""
    for table in tables:
        yield from _digits(table) if table.caption else _columns(table)


def _week(period: Period, shown: Sequence[Measured]) -> Table:
    heads = ("day", *(f"{day:%a} {day.day}" for day in period.days()))
    return Table(heads, tuple(Row(_title(each), _cells(each.figures, short)) for each in shown))


def _weeks(page: Page, each: Measured) -> Table:
    """A week a row, from the period's first day on."""
    cells = _cells(each.figures, digit)
    rows = []
    for i, (part, figures) in enumerate(zip(page.parts, each.by_part, strict=True)):
        days = cells[i * DAYS_IN_WEEK : (i + 1) * DAYS_IN_WEEK]
        blank = ("",) * (DAYS_IN_WEEK - len(days))
        rows.append(Row(f"{part.start.day} {part.start:%b}", (*days, *blank, _weekly_mean(figures))))
    weekdays = (f"{day:%a}"[:2] for day in list(page.period.days())[:DAYS_IN_WEEK])
    return Table(("from", *weekdays, "mean"), tuple(rows), _title(each))


def _weekly_mean(figures: Summary) -> str:
    """The mean of a whole week."""
    if figures.average is None or figures.of < DAYS_IN_WEEK:
        return ABSENT
    return figures.variable.show(figures.average)


def _parts(page: Page, shown: Sequence[Measured]) -> Table:
    """A month or a year a row; those without any entry, and earlier ones than there is room for, are left out."""
    rows = []
    for i, part in enumerate(page.parts):
        cells = tuple(_part_cell(each.by_part[i]) for each in shown)
        if any(cell != ABSENT for cell in cells):
            rows.append(Row(_part_label(part, unit(page)), cells))
    heads = (unit(page), *(_title(each) for each in shown))
    return Table(heads, tuple(rows[-_MOST_PARTS:]), left_out=max(0, len(rows) - _MOST_PARTS), room=_PART)


def _part_label(part: Period, unit: str) -> str:
    """``Oct 2026``, ``8-31 Oct 26``, ``2026``."""
    if unit == "year":
        return f"{part.start:%Y}"
    whole = part.start.day == 1 and (part.end + timedelta(days=1)).day == 1
    return f"{part.start:%b %Y}" if whole else f"{part.start.day}-{part.end.day} {part.start:%b %y}"


def _part_cell(figures: Summary) -> str:
    """``5.2 (23 days)``, or that a month or a year has too few days for a mean."""
    if not figures.days:
        return ABSENT
    few = figures.average is None or figures.of < DAYS_IN_WEEK
    return f"{'too few' if few else figures.variable.show(figures.mean or 0)} ({times(figures.days, 'day')})"


def _title(each: Measured) -> str:
    return each.figures.variable.title


def _cells(figures: Summary, write: Callable[[Variable, float], str]) -> tuple[str, ...]:
    return tuple(ABSENT if value is None else write(figures.variable, value) for value in figures.by_day)


def _columns(table: Table) -> Iterator[str]:
    yield " " * _HEAD + "".join(head.rjust(table.room) for head in table.heads[1:])
    if table.note:
        yield table.note
    for row in table.rows:
        yield row.head.ljust(_HEAD) + "".join(cell.rjust(table.room) for cell in row.cells)


def _digits(table: Table) -> Iterator[str]:
    """The days in weeks, two or four to a line, and under them the weeks' means, if there is one."""
    size = max(len(cell) for row in table.rows for cell in row.cells[:-1])
    weeks = [" ".join(cell.rjust(size) for cell in row.cells[:-1] if cell) for row in table.rows]
    a_line = 4 if size == 1 else 2
    for i in range(0, len(weeks), a_line):
        yield (table.caption if i == 0 else "").ljust(_CAPTION) + " | ".join(weeks[i : i + a_line])
    means = [row.cells[-1] for row in table.rows]
    if any(mean != ABSENT for mean in means):
        yield f"{'':{_CAPTION}}weekly means {' '.join(means)}"
