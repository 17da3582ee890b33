"""``calendar``: a variable's days, a month as a grid or a year as rows."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated

import typer

from painlog.analysis.calendar import Calendar, make_calendar
from painlog.cli.options import AsJson, FromOption, PeriodOption, ToOption
from painlog.cli.periods import PeriodOptions, begin_with_first_entry, read_period
from painlog.cli.session import Session
from painlog.cli.shell import completion
from painlog.cli.talk import say
from painlog.domain.entries import Entry
from painlog.domain.kinds.activity import PAUSE
from painlog.domain.own_plan import paused_days
from painlog.domain.variables import find_variable
from painlog.storage.journal import Journal
from painlog.view.as_json import as_json
from painlog.view.screens.calendar import calendar_lines, calendar_plain
from painlog.view.terminal import show, term, width
from painlog.view.values import pause_words

USUAL_MONTHS = 3


def calendar_(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="VARIABLE",
            help="pain, mood, sleep, worry … or a measure of your own.",
            autocompletion=completion.variables,
        ),
    ] = "pain",
    period: PeriodOption = None,
    start: FromOption = None,
    end: ToOption = None,
    json: AsJson = False,
) -> None:
    """Show the days of one thing as a calendar, month by month.

    \b
      painlog calendar
      painlog calendar mood --period 2026-10
      painlog calendar sleep --period 1y

    This month and the two before, unless a period is named; not before your first entry, unless --from says so. More
    than four months are a row each. A day without an entry is a dot.
    """
    session: Session = ctx.obj
    with session.reading() as journal:
        found = _fetch(session, journal, name, PeriodOptions(period, start, end))
        pauses = journal.entries(kinds=[PAUSE.name], until=found.period.end)
    if json:
        print(as_json("calendar", found))
    elif found.days:
        days = calendar_plain(found) if session.plain else calendar_lines(found, width())
        show([*days, *_say_paused(pauses, found)], plain=session.plain)
    else:
        say(f"no entries of {term(found.variable.label)} in this period ({found.period})")


def _say_paused(pauses: Iterable[Entry], calendar: Calendar) -> Iterator[str]:
    """Say how many of the days without an entry lie in a pause, if any."""
    valued = {day.day for month in calendar.months for day in month.cells if day.value is not None}
    if gaps := paused_days(pauses, calendar.period) - valued:
        yield f"{pause_words(len(gaps))}."


def _fetch(session: Session, journal: Journal, name: str, asked: PeriodOptions) -> Calendar:
    variable = find_variable(name, journal.kinds.variables())
    usual = asked if any(asked) else PeriodOptions(start=_months_back(session.today, USUAL_MONTHS - 1).isoformat())
    whole = read_period(session, journal, usual, usual="3m", lived=True)
    period, from_first = begin_with_first_entry(journal, whole, asked)
    return make_calendar(variable, journal.days.values(variable, period), period, from_first=from_first)


def _months_back(today: date, months: int) -> date:
    """The first day of the month so many months before today's; the calendar's first day at the earliest."""
    count = max(12, today.year * 12 + today.month - 1 - months)
    return date(count // 12, count % 12 + 1, 1)
