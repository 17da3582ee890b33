"""A calendar as an SVG picture: a few months as grids, more of them as a row each; every day with its value."""

from collections.abc import Iterator, Sequence

from painlog.analysis.calendar import Calendar, Day, Month
from painlog.view.calendar import MOST_GRIDS, WEEKDAYS, by_year, legend, month_figures, summary
from painlog.view.cells import Cells, digit_cells, full_cells, short
from painlog.view.chart_words import scale_of
from painlog.view.shades import shade
from painlog.view.svg import LINE, QUIET, Attributes, element, label, picture
from painlog.view.terminal import term

_LEFT, _TOP, _ROW = 34, 40, 26
_GAP = 26
_SIZE = 15
_ABREAST = 760
_YEAR_CELL = 22
_LONGEST_MONTH = 31
_YEAR_LEFT, _YEAR_RIGHT = 48, 110
_MARKED = (1, 5, 10, 15, 20, 25, 30)
_CHARACTER = 9


def calendar_svg(found: Calendar) -> str:
    """Return the picture of a calendar."""
    in_years = len(found.months) > MOST_GRIDS
    cells = digit_cells(found) if in_years else full_cells(found)
    width, height, drawn = _years(found, cells) if in_years else _grids(found, cells)
    title = f"{found.variable.title} [{scale_of(found.variable)}], {found.period}"
    heading = label(title, 4, 20, font_size=_SIZE + 2, font_weight="bold")
    below = label(legend(found, cells), 4, height + 14, font_size=_SIZE, fill=QUIET)
    return picture(title, description(found), width, height + 24, heading, *drawn, below)


def description(found: Calendar) -> str:
    """Say in words what the picture shows: the whole, and each month."""
    months = ", ".join(f"{month.first:%B %Y} {month_figures(month, found)}" for month in found.months if month.days)
    return f"{summary(found)} Days with an entry by month: {months}." if months else summary(found)


def _grids(found: Calendar, cells: Cells) -> tuple[int, int, list[str]]:
    """Months side by side, within ``_ABREAST`` units of width."""
    wide = max(26, 8 + _CHARACTER * cells.width)
    block = _LEFT + wide * len(WEEKDAYS)
    abreast = max(1, min(len(found.months), (_ABREAST + _GAP) // (block + _GAP)))
    drawn: list[str] = []
    y = _TOP
    for i in range(0, len(found.months), abreast):
        months = found.months[i : i + abreast]
        for j, month in enumerate(months):
            drawn += _grid(month, found, cells, (j * (block + _GAP), y, wide))
        y += _ROW * (3 + max(len(month.weeks) for month in months)) + 12
    width = max(abreast * (block + _GAP) - _GAP, _width_of(found, cells))
    return width, y, drawn


def _grid(month: Month, found: Calendar, cells: Cells, place: tuple[int, int, int]) -> Iterator[str]:
    x, y, wide = place
    yield label(f"{month.first:%B %Y}", x + _LEFT, y + 15, font_size=_SIZE, font_weight="bold")
    for i, name in enumerate(WEEKDAYS):
        yield label(name, x + _LEFT + (i + 0.5) * wide, y + 38, font_size=13, text_anchor="middle", fill=QUIET)
    for row, week in enumerate(month.weeks):
        top = y + 46 + row * _ROW
        starts = next(day.day.day for day in week if day)
        yield label(str(starts), x + _LEFT - 7, top + 17, font_size=13, text_anchor="end", fill=QUIET)
        for i, day in enumerate(week):
            yield _cell(day, found, cells, (x + _LEFT + i * wide, top, wide))
    below = y + 46 + len(month.weeks) * _ROW + 16
    yield label(month_figures(month, found), x + _LEFT, below, font_size=13, fill=QUIET)


def _years(found: Calendar, cells: Cells) -> tuple[int, int, list[str]]:
    """A block a year and a row a month; years without an entry are a line."""
    drawn: list[str] = []
    y = _TOP
    for name, months in by_year(found):
        drawn += _year(name, months, found, cells, y)
        y += 28 + _ROW * len(months) + 10
    width = max(_YEAR_LEFT + _YEAR_CELL * _LONGEST_MONTH + _YEAR_RIGHT, _width_of(found, cells))
    return width, y, drawn


def _year(name: str, months: Sequence[Month], found: Calendar, cells: Cells, y: int) -> Iterator[str]:
    quiet = Attributes(font_size=13, fill=QUIET)
    right = _YEAR_LEFT + _YEAR_CELL * _LONGEST_MONTH
    yield label(name if months else f"{name}  no entry", 4, y + 18, font_size=_SIZE, font_weight="bold")
    if not months:
        return
    for number in _MARKED:
        x = _YEAR_LEFT + (number - 0.5) * _YEAR_CELL
        yield label(str(number), x, y + 18, text_anchor="middle", **quiet)
    yield label("yes" if found.variable.is_answer else "mean", right + 54, y + 18, text_anchor="end", **quiet)
    yield label("days", right + 104, y + 18, text_anchor="end", **quiet)
    for row, month in enumerate(months):
        top = y + 26 + row * _ROW
        yield label(f"{month.first:%b}", 4, top + 17, font_size=_SIZE)
        for day in month.cells:
            yield _cell(day, found, cells, (_YEAR_LEFT + (day.day.day - 1) * _YEAR_CELL, top, _YEAR_CELL))
        mean = "" if month.mean is None else short(found.variable, month.mean)
        yield label(mean, right + 54, top + 17, font_size=_SIZE, text_anchor="end")
        yield label(str(month.days), right + 104, top + 17, font_size=_SIZE, text_anchor="end")


def _cell(day: Day | None, found: Calendar, cells: Cells, place: tuple[float, int, int]) -> str:
    """A day's value on its shade, a point without an entry, nothing without a day."""
    if day is None:
        return ""
    x, y, wide = place
    if day.value is None:
        return element("circle", cx=x + wide / 2, cy=y + (_ROW - 2) / 2, r=1.6, fill=QUIET)
    colour = shade(cells.level(day.value), found.variable.better)
    box = element(
        "rect",
        x=x + 1,
        y=y + 1,
        width=wide - 2,
        height=_ROW - 4,
        rx=3,
        fill=colour.paper,
        stroke=LINE,
        stroke_width=0.4,
    )
    value = Attributes(font_size=_SIZE, text_anchor="middle", fill=colour.ink)
    return box + label(cells.text(day.value), x + wide / 2, y + 17, **value)


def _width_of(found: Calendar, cells: Cells) -> int:
    """Units that the widest line of words takes."""
    lines = (legend(found, cells), term(f"{found.variable.title} {scale_of(found.variable)} {found.period}"))
    return 8 + _CHARACTER * max(map(len, lines))
