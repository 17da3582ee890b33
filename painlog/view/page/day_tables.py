"""The days of pain, mood and sleep as tables: which rows there are, what is left out, what each cell says.

Text and HTML lay out the same tables; a few weeks are digits in text, which survive a fax, with the lanes of medicines
and treatments above them, and values with their decimals in HTML. It must not know how a page is cut or marked up.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from painlog.analysis.report.change import Measured
from painlog.analysis.report.page import Page
from painlog.analysis.report.timeline import Lane
from painlog.analysis.summary import DAILY, Summary
from painlog.domain.periods import DAYS_IN_WEEK, LONGEST_IN_MONTHS, LONGEST_IN_WEEKS, Period
from painlog.domain.variables import Variable
from painlog.view.chart_words import SKIPPED
from painlog.view.terminal import pad, times
from painlog.view.values import ABSENT, digit, higher_is, short
from painlog.view.visible import visible

_MOST_PARTS = 13
_HEAD = 17  # columns before a row
_WEEK = 2 * DAYS_IN_WEEK - 1  # columns of a week's digits
_BETWEEN = " | "
_MOST_LANES = 8
_OPEN, _FLARE = "o", "f"
_DAY, _PART = 8, 18  # columns of a cell


class TableRow(NamedTuple):
    """A row's head and its cells; ``ABSENT`` where there is no entry, empty where there is no day."""

    head: str
    cells: tuple[str, ...]


class Table(NamedTuple):
    """A table: its columns' heads, the first one that of the rows' heads, and its rows.

    One with a ``caption`` is a variable's weeks, whose last column holds their means; ``ABSENT`` where a week is not
    whole or has too few days. ``left_out`` counts rows before the first, and ``room`` is columns of a cell in text.
    """

    heads: tuple[str, ...]
    rows: tuple[TableRow, ...]
    caption: str = ""
    left_out: int = 0
    room: int = _DAY

    @property
    def note(self) -> str:
        """What is said of the rows that are left out."""
        return f"{self.left_out} earlier ones are left out here" if self.left_out else ""


class Digits(NamedTuple):
    """A few weeks in rows of a sign a day: the first day of each week, the rows, and the means of each row's weeks."""

    weeks: tuple[date, ...]
    rows: tuple[TableRow, ...]
    means: tuple[TableRow, ...]


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
        return (_week(page, shown),)
    if page.period.length <= LONGEST_IN_WEEKS:
        return tuple(_weeks(page, each) for each in shown)
    return (_parts(page, shown),)


def day_digits(page: Page) -> Digits | None:
    """Return the rows of digits of a period of a few weeks; None of any other, and where there is nothing to show."""
    if not DAYS_IN_WEEK < page.period.length <= LONGEST_IN_WEEKS:
        return None
    shown = [page.measured[name] for name in DAILY if name in page.measured]
    rows = [
        *_lane_rows(page),
        *(TableRow(_title(each), _cells(each.figures, digit)) for each in shown),
        *_event_row(page),
    ]
    means = tuple(TableRow(each.figures.variable.label, _means(each)) for each in shown if each.by_part)
    return Digits(tuple(part.start for part in page.parts), tuple(rows), means) if rows else None


def table_lines(tables: Sequence[Table], columns: int) -> Iterator[tuple[str, bool]]:
    """Tables of days, months or years as rows of text, as many days side by side as there are columns for.

    Each line comes with whether it heads the others.
    """
    for table in tables:
        if not table.caption:
            yield from _columns(table, columns)


def digit_lines(digits: Digits, columns: int, label: str) -> Iterator[tuple[str, bool, bool]]:
    """The rows of digits, as many weeks side by side as there are columns for.

    Each line comes with whether it heads the others, and whether it is never broken.
    """
    a_line = max(1, (columns - _HEAD + len(_BETWEEN)) // (_WEEK + len(_BETWEEN)))
    for first in range(0, len(digits.weeks), a_line):
        weeks = digits.weeks[first : first + a_line]
        heads = _BETWEEN.join(f"{day:%a} {day.day} {day:%b}".ljust(_WEEK) for day in weeks)
        yield f"{label.upper().ljust(_HEAD)}{heads}".rstrip(), True, True
        for row in digits.rows:
            parts = [row.cells[(first + i) * DAYS_IN_WEEK : (first + i + 1) * DAYS_IN_WEEK] for i in range(len(weeks))]
            text = _BETWEEN.join(" ".join(part).ljust(_WEEK) for part in parts)
            yield f"{_short(row.head)}{text}".rstrip(), False, True
    means = [f"{mean.head} {' '.join(mean.cells)}" for mean in digits.means if {*mean.cells} != {ABSENT}]
    if means:
        yield f"weekly means: {'; '.join(means)}", False, False


def _short(head: str) -> str:
    return pad(visible(head), _HEAD - 1) + " "


def _lane_rows(page: Page) -> Iterator[TableRow]:
    for lane in page.lanes[:_MOST_LANES]:
        cells = tuple(lane_cell(lane, day) for day in page.period.days())
        yield TableRow(lane.title, cells)


def lane_cell(lane: Lane, day: date) -> str:
    """How often it was taken or done on a day; ``s`` where it was skipped, ``o`` where nothing is recorded of it."""
    count = lane.taken.get(day, 0)
    if count:
        return str(count) if count < 10 else "X"
    return SKIPPED if lane.is_skipped(day) else _OPEN if lane.is_open(day) else ABSENT


def lane_signs(page: Page) -> str:
    """What the letters in the rows of medicines and events mean, as far as they stand there."""
    signs = {lane_cell(lane, day) for lane in page.lanes[:_MOST_LANES] for day in page.period.days()}
    if page.period.length > DAYS_IN_WEEK:  # a week has no row of events
        signs.update(*(row.cells for row in _event_row(page)))
    meant = {_OPEN: "due, not recorded", SKIPPED: "skipped", _FLARE: "in a flare"}
    return ", ".join(f"{sign} = {text}" for sign, text in meant.items() if sign in signs)


def _event_row(page: Page) -> Iterator[TableRow]:
    """Flares as ``f``, other days with an event by its number."""
    flare_days = {day for flare in page.flares for day in flare.days(page.period)}
    numbers = {event.day: str(event.number) for event in reversed(page.events) if event.number < 10}
    cells = tuple(numbers.get(day) or (_FLARE if day in flare_days else ABSENT) for day in page.period.days())
    if set(cells) != {ABSENT}:
        yield TableRow("events", cells)


def _means(each: Measured) -> tuple[str, ...]:
    hours = each.figures.variable.in_hours
    return tuple(_weekly_mean(part).replace(" h ", ":") if hours else _weekly_mean(part) for part in each.by_part)


def _week(page: Page, shown: Sequence[Measured]) -> Table:
    heads = ("day", *(f"{day:%a} {day.day}" for day in page.period.days()))
    lanes = [TableRow(lane.title, tuple(lane_cell(lane, day) for day in page.period.days())) for lane in page.lanes]
    return Table(heads, (*lanes, *(TableRow(_title(each), _cells(each.figures, short)) for each in shown)))


def _weeks(page: Page, each: Measured) -> Table:
    """A week a row, from the period's first day on."""
    cells = _cells(each.figures, short)
    rows = []
    for i, (part, mean) in enumerate(zip(page.parts, _means(each), strict=True)):
        days = cells[i * DAYS_IN_WEEK : (i + 1) * DAYS_IN_WEEK]
        blank = ("",) * (DAYS_IN_WEEK - len(days))
        rows.append(TableRow(f"{part.start.day} {part.start:%b}", (*days, *blank, mean)))
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
        cells = tuple(part_cell(each.by_part[i]) for each in shown)
        if any(cell != ABSENT for cell in cells):
            rows.append(TableRow(_part_label(part, unit(page)), cells))
    heads = (unit(page), *(_title(each) for each in shown))
    return Table(heads, tuple(rows[-_MOST_PARTS:]), left_out=max(0, len(rows) - _MOST_PARTS), room=_PART)


def _part_label(part: Period, unit: str) -> str:
    """``Oct 2026``, ``8-31 Oct 26``, ``2026``."""
    if unit == "year":
        return f"{part.start:%Y}"
    whole = part.start.day == 1 and (part.end + timedelta(days=1)).day == 1
    if whole:
        return f"{part.start:%b %Y}"
    days = f"{part.start.day}-{part.end.day}" if part.length > 1 else f"{part.start.day}"
    return f"{days} {part.start:%b %y}"


def part_cell(figures: Summary) -> str:
    """``5.2 (23 days)``, or that a month or a year has too few days for a mean."""
    if not figures.days:
        return ABSENT
    few = figures.average is None or figures.of < DAYS_IN_WEEK
    return f"{'too few' if few else figures.variable.show(figures.mean or 0)} ({times(figures.days, 'day')})"


def _title(each: Measured) -> str:
    """``pain, high=worse``, ``sleep, hours``."""
    variable = each.figures.variable
    if variable.in_hours:
        return f"{variable.label}, hours"
    end = higher_is(variable)
    return f"{variable.label} high={end}" if end else variable.label


def _cells(figures: Summary, write: Callable[[Variable, float], str]) -> tuple[str, ...]:
    return tuple(ABSENT if value is None else write(figures.variable, value) for value in figures.by_day)


def _columns(table: Table, columns: int) -> Iterator[tuple[str, bool]]:
    a_line = max(1, (columns - _HEAD) // table.room)
    for first in range(0, len(table.heads) - 1, a_line):
        heads = table.heads[1:][first : first + a_line]
        yield " " * _HEAD + "".join(head.rjust(table.room) for head in heads), True
        if table.note and not first:
            yield table.note, False
        for row in table.rows:
            cells = row.cells[first : first + a_line]
            yield _short(row.head) + "".join(cell.rjust(table.room) for cell in cells), False
