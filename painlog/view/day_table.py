"""The days of pain, mood and sleep as tables, whose cells say their day and variable by their heads."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from painlog.analysis.figures import DAILY, Figures
from painlog.analysis.page import Measured, Page
from painlog.domain.periods import DAYS_IN_WEEK, LONGEST_IN_MONTHS, LONGEST_IN_WEEKS, Period
from painlog.domain.series import Variable
from painlog.view.by_day import MOST_PARTS, part_cell
from painlog.view.terminal import term
from painlog.view.values import ABSENT, digit, short


class Row(NamedTuple):
    """A row's head and its cells; ``ABSENT`` where there is no entry, empty where there is no day."""

    head: str
    cells: tuple[str, ...]


class Table(NamedTuple):
    """A table: what it is of, its columns' heads, the first one that of the rows' heads, and its rows."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: int = 0


def day_tables(page: Page) -> list[Table]:
    """Return one table of a week's days or of months and years, and of a few weeks one a variable."""
    shown = [page.measured[name] for name in DAILY if name in page.measured]
    if not shown:
        return []
    if page.period.length <= DAYS_IN_WEEK:
        return [_week(page.period, shown)]
    if page.period.length <= LONGEST_IN_WEEKS:
        return [_weeks(page, each) for each in shown]
    return [_parts(page, shown)]


def _week(period: Period, shown: Sequence[Measured]) -> Table:
    heads = ("day", *(f"{day:%a} {day.day}" for day in period.days()))
    return Table("", heads, tuple(Row(term(f.variable.title), _cells(f, short)) for f in _figures(shown)))


def _weeks(page: Page, each: Measured) -> Table:
    """A week a row, from the period's first day on."""
    variable = each.figures.variable
    cells = _cells(each.figures, digit)
    rows = []
    for i, (part, found) in enumerate(zip(page.parts, each.by_part, strict=True)):
        days = cells[i * DAYS_IN_WEEK : (i + 1) * DAYS_IN_WEEK]
        mean = variable.show(found.mean) if found.enough and found.mean is not None else ABSENT
        blank = ("",) * (DAYS_IN_WEEK - len(days))
        rows.append(Row(f"{part.start.day} {part.start:%b}", (*days, *blank, mean)))
    weekdays = (f"{day:%a}"[:2] for day in list(page.period.days())[:DAYS_IN_WEEK])
    return Table(term(variable.title), ("from", *weekdays, "mean"), tuple(rows))


def _parts(page: Page, shown: Sequence[Measured]) -> Table:
    """A month or a year a row; those without any entry, and earlier ones than there is room for, are left out."""
    pattern = "%b %Y" if page.period.length <= LONGEST_IN_MONTHS else "%Y"
    rows = []
    for i, part in enumerate(page.parts):
        cells = tuple(part_cell(each.figures.variable, each.by_part[i]) for each in shown)
        if any(cell != ABSENT for cell in cells):
            rows.append(Row(f"{part.start:{pattern}}", cells))
    first = "month" if page.period.length <= LONGEST_IN_MONTHS else "year"
    heads = (first, *(term(found.variable.title) for found in _figures(shown)))
    return Table("", heads, tuple(rows[-MOST_PARTS:]), max(0, len(rows) - MOST_PARTS))


def _figures(shown: Sequence[Measured]) -> list[Figures]:
    return [each.figures for each in shown]


def _cells(found: Figures, write: Callable[[Variable, float], str]) -> tuple[str, ...]:
    return tuple(ABSENT if value is None else write(found.variable, value) for value in found.by_day)
