"""``link``: how two things, or pain, mood, worry and sleep, go together."""

import shlex
from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import chain
from typing import Annotated

import typer

from painlog.analysis.chart import chart
from painlog.analysis.patterns.findings import WINDOW
from painlog.analysis.patterns.question import CYCLE, Days, Inquiry, cycle, pair
from painlog.cli.options import AsJson, ExplainOption, FromOption, PeriodOption, PeriodSaid, ToOption
from painlog.cli.session import Session, say
from painlog.cli.shell import completion
from painlog.domain.kinds.declaration import either
from painlog.domain.periods import Period
from painlog.domain.variables import Variable, variable_name, variable_named
from painlog.errors import BadInput
from painlog.storage.journal import Journal
from painlog.view.as_json import as_json
from painlog.view.screens.charts import room
from painlog.view.screens.patterns import closing_lines, explain_lines, link_lines, picture_lines
from painlog.view.terminal import show, term, width

LONGEST = 366
ROLLING = 7
_NOT_TWO = "link takes two different things, such as painlog link pain worry"


def link_(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="X Y", help="Two variables (pain, mood, worry and sleep).", autocompletion=completion.variables
        ),
    ] = None,
    period: PeriodOption = None,
    start: FromOption = None,
    end: ToOption = None,
    explain: ExplainOption = False,
    json: AsJson = False,
) -> None:
    """See how pain, mood and sleep move together.

    \b
      painlog link
      painlog link pain worry --period 3m
      painlog link sleep fatigue --explain

    Allows for carry-over from day to day, trend and weekday, and says so where the days cannot tell. The last 180
    days, unless a period is named; a year at most.
    """
    print_links(ctx.obj, names or [], PeriodSaid(period, start, end), explain=explain, json=json)


def print_links(
    session: Session,
    names: list[str],
    period: PeriodSaid,
    *,
    explain: bool = False,
    json: bool = False,
    pictures: bool = True,
) -> None:
    """Find links and show them."""
    with session.reading() as journal:
        days, asked = _asked(session, journal, names, period)
        kept = None if all(days.values.values()) else days_of(journal, days)
        reach = Period(days.period.start - timedelta(days=ROLLING), days.period.end)
        pictured = {v: journal.day_values(v, reach) for two in asked.profiles for v in two}
    lacking = [variable for variable, values in days.values.items() if not values]
    if not json and lacking and (names or len(lacking) == len(days.values)):
        say(nothing(days, kept, " ".join(["link", *names])))
        return
    if not json and not asked.links:
        there = [variable.label for variable, values in days.values.items() if values]
        say(
            f"only {' and '.join(there)} {'is' if len(there) == 1 else 'are'} recorded in this period ({days.period}); "
            "link sets pain beside mood and worry, and sleep beside pain and mood"
        )
        return
    from painlog.analysis.patterns.search import patterns

    found = patterns(days, asked)
    if json:
        print(as_json("patterns", found))
        return
    columns = width()
    drawn = chart(pictured, found.period, room=room(columns), rolling=ROLLING)
    below = explain_lines(found, columns) if explain else picture_lines(drawn, found, columns) if pictures else ()
    how = "" if explain else shlex.join(["painlog", "link", *names, *period.typed, "--explain"])
    lines = chain(link_lines(found, columns, figures=explain), below, closing_lines(found, columns, how))
    show(lines, plain=session.plain)


def days_looked_at(
    session: Session, journal: Journal, variables: Iterable[Variable], asked: PeriodSaid, reach: int = 0
) -> Days:
    """Fetch the days of some variables, and of so many before the period.

    Without a period named it begins with the first entry; a longer one than ``LONGEST`` days loses its beginning.
    """
    period = session.period(journal, asked, usual=f"{WINDOW}d", lived=True)
    kept = journal.days_kept(lived=True)
    if not any(asked) and kept and period.holds(kept.start):
        period = Period(kept.start, period.end)
    if period.length > LONGEST:
        period = Period(period.end - timedelta(days=LONGEST - 1), period.end)
        say(f"a year at most is looked at; this is {period}")
    further = Period(period.start - timedelta(days=reach), period.end)
    values = {v: {day: one.value for day, one in journal.day_values(v, further).items()} for v in variables}
    entry_days = journal.first_recorded(period).keys()
    return Days(period, period.end == session.today, values, entry_days, 0 if any(asked) else WINDOW)


def days_of(journal: Journal, days: Days) -> Period | None:
    """Return from when to when the whole journal has values of what the period has none of; None without any."""
    kept = journal.days_kept(lived=True)
    lacking = [variable for variable, values in days.values.items() if not values]
    found = [day for variable in lacking for day in journal.day_values(variable, kept)] if kept else []
    return Period(min(found), max(found)) if found else None


def nothing(days: Days, kept: Period | None, command: str) -> str:
    """Say that nothing was recorded, and when something was."""
    names = term(either(variable.label for variable, values in days.values.items() if not values))
    found = f"no entries of {names} in this period ({days.period})"
    return f"{found}\nthere are some from {kept} (painlog {command} --period {kept.end:%Y})" if kept else found


def _asked(session: Session, journal: Journal, names: list[str], period: PeriodSaid) -> tuple[Days, Inquiry]:
    known = journal.variables()
    if names:
        x, y = _two(_named(names, known), known["pain"], known["mood"])
        links, pictured = pair(x, y), (x, y)
        days = days_looked_at(session, journal, (x, y), period)
        return days, Inquiry(links=links, profiles=[pictured])
    return cycle_asked(session, journal, period)


def cycle_asked(session: Session, journal: Journal, period: PeriodSaid) -> tuple[Days, Inquiry]:
    """Fetch what is asked of pain, mood, worry and sleep where no names are given."""
    known = journal.variables()
    days = days_looked_at(session, journal, [known[name] for name in CYCLE], period)
    logged = {variable.name: variable for variable, values in days.values.items() if values}
    return days, Inquiry(links=cycle(logged), profiles=[(known["pain"], known["mood"])])


def _named(words: list[str], known: Mapping[str, Variable]) -> list[Variable]:
    """The variables that some words name; a name of several words need not stand in quotes. Raises BadInput."""
    for i in range(1, len(words) + 1):
        parts = [part for part in (" ".join(words[:i]), " ".join(words[i:])) if part]
        if all(variable_name(part) in known for part in parts):
            return [known[variable_name(part)] for part in parts]
    if len(words) > 2:
        raise BadInput(_NOT_TWO)
    return [variable_named(word, known) for word in words]


def _two(named: list[Variable], pain: Variable, mood: Variable) -> tuple[Variable, Variable]:
    """The two variables; one alone is set beside pain, and pain beside mood. Raises BadInput."""
    if len(named) == 1:
        named.insert(0, pain)
        named = [pain, mood] if named[1] == pain else named
    if len(named) > 2 or named[0] == named[1]:
        raise BadInput(_NOT_TWO)
    return named[0], named[1]
