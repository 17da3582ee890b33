"""The days of a page as rows of figures: a table of a week, digits of some weeks, a line a month or a year."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from painlog.analysis.figures import DAILY, Figures
from painlog.analysis.page import Measured, Page
from painlog.domain.periods import DAYS_IN_WEEK, LONGEST_IN_MONTHS, LONGEST_IN_WEEKS, Period
from painlog.domain.series import Variable
from painlog.view.terminal import times
from painlog.view.values import ABSENT, digit, short

MOST_PARTS = 13


def unit(page: Page) -> str:
    """What a row or a digit of a period stands for: a day, a month, a year."""
    if page.period.length <= LONGEST_IN_WEEKS:
        return "DAY"
    return "MONTH" if page.period.length <= LONGEST_IN_MONTHS else "YEAR"


def by_day_rows(page: Page) -> Iterator[str]:
    """Pain, mood and sleep through the period, in rows of columns."""
    shown = [page.measured[name] for name in DAILY if name in page.measured]
    if not shown:
        return
    if page.period.length <= DAYS_IN_WEEK:
        yield from _week_table(page, shown)
    elif page.period.length <= LONGEST_IN_WEEKS:
        for each in shown:
            yield from _digits(each)
    else:
        yield from _parts_table(page, shown)


def _week_table(page: Page, shown: Sequence[Measured]) -> Iterator[str]:
    yield " " * 12 + "".join(f"{day:%a} {day.day}".rjust(8) for day in page.period.days())
    for each in shown:
        variable = each.figures.variable
        cells = [ABSENT if v is None else short(variable, v) for v in each.figures.by_day]
        yield variable.title.ljust(12) + "".join(cell.rjust(8) for cell in cells)


def _digits(each: Measured) -> Iterator[str]:
    """The days as digits that survive a fax, in weeks; hours of sleep as digits too."""
    variable = each.figures.variable
    cells = [ABSENT if v is None else digit(variable, v) for v in each.figures.by_day]
    size = max(map(len, cells))
    weeks = [" ".join(c.rjust(size) for c in cells[i : i + DAYS_IN_WEEK]) for i in range(0, len(cells), DAYS_IN_WEEK)]
    a_line = 4 if size == 1 else 2
    for i in range(0, len(weeks), a_line):
        yield (variable.title if i == 0 else "").ljust(10) + " | ".join(weeks[i : i + a_line])
    whole = [part.enough and part.of == DAYS_IN_WEEK for part in each.by_part]
    if any(whole):
        means = (variable.show(part.mean or 0) if w else ABSENT for part, w in zip(each.by_part, whole, strict=True))
        yield f"{'':10}weekly means {' '.join(means)}"


def _parts_table(page: Page, shown: Sequence[Measured]) -> Iterator[str]:
    yield " " * 12 + "".join(each.figures.variable.title.rjust(18) for each in shown)
    rows = []
    for i, part in enumerate(page.parts):
        cells = [part_cell(each.figures.variable, each.by_part[i]) for each in shown]
        if any(cell != ABSENT for cell in cells):
            rows.append(_part_label(page, part).ljust(12) + "".join(cell.rjust(18) for cell in cells))
    if len(rows) > MOST_PARTS:
        yield f"{len(rows) - MOST_PARTS} earlier ones are left out here"
    yield from rows[-MOST_PARTS:]


def _part_label(page: Page, part: Period) -> str:
    """``Oct 2026``, ``8-31 Oct 26``, ``2026``."""
    if unit(page) == "YEAR":
        return f"{part.start:%Y}"
    whole = part.start.day == 1 and (part.end + timedelta(days=1)).day == 1
    return f"{part.start:%b %Y}" if whole else f"{part.start.day}-{part.end.day} {part.start:%b %y}"


def part_cell(variable: Variable, figures: Figures) -> str:
    """``5.2 (23 days)``, or that a month or a year has too few days for a mean."""
    if not figures.days:
        return ABSENT
    counted = f"({times(figures.days, 'day')})"
    return (
        f"{variable.show(figures.mean or 0)} {counted}"
        if figures.enough and figures.of >= DAYS_IN_WEEK
        else f"too few {counted}"
    )
