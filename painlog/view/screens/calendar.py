"""A calendar as text: a few months as grids side by side, more of them as a row each under their year."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from painlog.analysis.calendar import Calendar, Day, Month
from painlog.domain.clock import WEEKDAYS
from painlog.domain.language.dates import show_day
from painlog.view.chart_words import FROM_FIRST, UNLISTED, scale_words
from painlog.view.screens.cells import Cells, digit_cells, full_cells, short_mean
from painlog.view.shades import shade
from painlog.view.terminal import Styled, TextLine, assemble, bold, fit, styled, term, times, wrap_text
from painlog.view.values import ABSENT

MOST_GRIDS = 4
_DATE = 3  # columns of a week's first day, with the line after it
_GAP = 4
_LONGEST_MONTH = 31
_LABEL = 4
_MARKED = (1, 5, 10, 15, 20, 25, 30)
_YEAR_WIDTH = 79


def calendar_lines(calendar: Calendar, width: int) -> Iterator[TextLine]:
    """Draw a calendar: a heading, the days, what the signs mean, and a sentence for who cannot see it."""
    yield from _heading(calendar, width)
    in_years = len(calendar.months) > MOST_GRIDS and width >= _YEAR_WIDTH
    cells = digit_cells(calendar) if in_years else full_cells(calendar)
    yield from _years(calendar, cells) if in_years else _grids(calendar, cells, width)
    yield ""
    yield from wrap_text(term(summary(calendar)), width)
    yield from wrap_text(legend(calendar, cells), width)


def calendar_plain(calendar: Calendar) -> Iterator[str]:
    """Say it for who cannot see it: the summary, each month's mean, and each day that has a value."""
    variable = calendar.variable
    yield term(f"Calendar of {variable.label}, {span_words(calendar).replace(' – ', ' to ')}.")
    yield term(f"{variable.label}: {scale_words(variable)}")
    yield term(summary(calendar))
    for month in calendar.months:
        days = f" {'day' if month.of == 1 else 'days'}" if month.days else ""
        yield f"{month.first:%B %Y}: {_month_figures(month, calendar)}{days}"
        for day in month.cells:
            if day.value is not None:
                when = show_day(day.day, calendar.period.end)
                yield term(f"{variable.label}, {when}: {variable.show_short(day.value)}")
    yield UNLISTED


def summary(calendar: Calendar) -> str:
    """``pain: 84 of 90 days, mean 4.9, 2 to 8.5; worst day Sat 24 Oct (8.5).`` Not made safe for a terminal."""
    variable = calendar.variable
    unit = "night" if variable.is_night else "day"
    counted = f"{variable.label}: {calendar.days:,} of {times(calendar.of, unit)}"
    if calendar.low is None or calendar.high is None:
        return f"{counted}."
    if variable.is_answer:
        yes = sum((day.value or 0) > 0.5 for month in calendar.months for day in month.cells)
        return f"{counted}, yes on {yes:,} of them."
    low, high = variable.show_short(calendar.low), variable.show_short(calendar.high)
    mean = "too few to average" if calendar.mean is None else f"mean {variable.show(calendar.mean)}"
    return f"{counted}, {mean}, {f'{low} to {high}' if low != high else low}{_worst(calendar, unit)}."


def span_words(calendar: Calendar) -> str:
    """``1 Sep – 30 Nov 2026 (91 days)``, and that it begins with the first entry, where it does."""
    first = f", {FROM_FIRST}" if calendar.from_first else ""
    return f"{calendar.period} ({times(calendar.period.length, 'day')}{first})"


def legend(calendar: Calendar, cells: Cells) -> str:
    """Say what the signs in the cells mean."""
    absent = any(day.value is None for month in calendar.months for day in month.cells)
    parts = [cells.legend, f"{ABSENT} is no entry" if absent else ""]
    signs = term("; ".join(filter(None, parts)))
    return f"In the cells: {signs}." if signs else ""


def _worst(calendar: Calendar, unit: str) -> str:
    if not calendar.worst:
        return ""
    more = f" and {times(calendar.worst.days - 1, f'other {unit}')}" if calendar.worst.days > 1 else ""
    day = show_day(calendar.worst.day, calendar.period.end)
    return f"; worst {unit} {day}{more} ({calendar.variable.show_short(calendar.worst.value)})"


def _heading(calendar: Calendar, width: int) -> Iterator[TextLine]:
    title = term(f"{calendar.variable.label} [{scale_words(calendar.variable)}]")
    yield bold(fit(title, max(10, width)))
    yield from wrap_text(span_words(calendar), width)


def _grids(calendar: Calendar, cells: Cells, width: int) -> Iterator[Styled]:
    """Months side by side, as many as there is room for."""
    block = _DATE + (cells.width + 1) * len(WEEKDAYS)
    abreast = max(1, (width + _GAP) // (block + _GAP))
    for i in range(0, len(calendar.months), abreast):
        yield styled("")
        grids = [list(_grid(month, calendar, cells)) for month in calendar.months[i : i + abreast]]
        for row in range(max(map(len, grids))):
            line = styled("")
            for grid in grids:
                line.append(" " * _GAP if grid is not grids[0] else "")
                line.append_text(_fill(grid[row] if row < len(grid) else styled(""), block))
            line.rstrip()
            yield line


def _grid(month: Month, calendar: Calendar, cells: Cells) -> Iterator[Styled]:
    """One month: its name, the weekdays, a row a week after the date it begins on, and its mean."""
    yield bold(" " * (_DATE + 1) + f"{month.first:%B %Y}")
    yield styled(" " * _DATE + "".join(name[:2].capitalize().rjust(cells.width + 1) for name in WEEKDAYS))
    for week in month.weeks:
        starts = next(day.day.day for day in week if day)
        row = styled(f"{starts:>2}│", "dim")
        for day in week:
            row.append_text(_cell(day, calendar, cells, cells.width))
        yield row
    yield styled(" " * (_DATE + 1) + _month_figures(month, calendar))


def _month_figures(month: Month, calendar: Calendar) -> str:
    """``mean 4.9, 28 of 30``: a month in a few words."""
    if not month.days:
        return "no entry"
    mean = f"mean {short_mean(calendar.variable, month.mean)}, " if month.mean is not None else ""
    mean = mean.replace("mean", "yes") if calendar.variable.is_answer else mean
    return f"{mean}{month.days} of {month.of}"


def _by_year(calendar: Calendar) -> Iterator[tuple[str, list[Month]]]:
    """Group months by their year; years without an entry that follow one another are one, without months."""
    grouped = [(f"{year}", list(months)) for year, months in groupby(calendar.months, lambda month: month.first.year)]
    for empty, group in groupby(grouped, lambda each: not any(month.days for month in each[1])):
        years = list(group)
        if empty:
            yield "–".join(dict.fromkeys((years[0][0], years[-1][0]))), []
        else:
            yield from years


def _years(calendar: Calendar, cells: Cells) -> Iterator[TextLine]:
    """A block a year and a row a month; years without an entry on one line together."""
    for name, months in _by_year(calendar):
        yield ""
        yield from _year(name, months, calendar, cells) if months else [f"{name}  no entry"]


def _year(name: str, months: Sequence[Month], calendar: Calendar, cells: Cells) -> Iterator[TextLine]:
    marks = "".join(f"{day:>2}" if day in _MARKED else "  " for day in range(1, _LONGEST_MONTH + 1))
    head = "yes" if calendar.variable.is_answer else "mean"
    yield bold(f"{name:<{_LABEL}}{marks}{head:>7}{'days':>6}")
    for month in months:
        by_number = {day.day.day: day for day in month.cells}
        row = styled(f"{month.first:%b}".ljust(_LABEL))
        for number in range(1, _LONGEST_MONTH + 1):
            row.append_text(_cell(by_number.get(number), calendar, cells, 1))
        mean = "" if month.mean is None else short_mean(calendar.variable, month.mean)
        row.append(f"{mean:>7}{month.days:>6}")
        yield row


def _cell(day: Day | None, calendar: Calendar, cells: Cells, width: int) -> Styled:
    """A day after a space: its value on a shade of its own, a point without an entry, nothing without a day."""
    if day is None:
        return styled(" " * (width + 1))
    if day.value is None:
        return styled(ABSENT.rjust(width + 1), "dim")
    paper = shade(cells.level(day.value), calendar.variable.better)
    return assemble(" ", (cells.text(day.value).rjust(width), f"{paper.ink} on {paper.paper}"))


def _fill(text: Styled, columns: int) -> Styled:
    text.pad_right(max(0, columns - len(text)))
    return text
