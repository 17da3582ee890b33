"""``link``: how two things, or pain, mood, worry and sleep, go together."""

import shlex
from itertools import chain
from typing import Annotated

import typer

from painlog.analysis.chart import make_chart
from painlog.cli.fetch.links import ROLLING, Links, fetch_links, nothing_recorded
from painlog.cli.options import AsJson, ExplainOption, FromOption, PeriodOption, ToOption
from painlog.cli.periods import PeriodOptions
from painlog.cli.session import Session
from painlog.cli.shell import completion
from painlog.cli.talk import say
from painlog.view.as_json import as_json
from painlog.view.screens.charts import room
from painlog.view.screens.patterns import closing_lines, explain_lines, link_lines, link_plain, picture_lines
from painlog.view.terminal import show, width


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
    session: Session = ctx.obj
    names, options = names or [], PeriodOptions(period, start, end)
    fetched = fetch_links(session, names, options)
    if not json and (missing := _missing(fetched, names)):
        say(missing)
        return
    from painlog.analysis.patterns.search import find_patterns

    found = find_patterns(fetched.days, fetched.question)
    if json:
        print(as_json("patterns", found))
        return
    columns = width()
    drawn = make_chart(fetched.pictured, found.period, room=room(columns), rolling=ROLLING)
    how = "" if explain else shlex.join(["painlog", "link", *names, *options.typed, "--explain"])
    if session.plain:
        show(link_plain(found, drawn, how), plain=True)
        return
    below = explain_lines(found, columns) if explain else picture_lines(drawn, found, columns)
    lines = chain(link_lines(found, columns, figures=explain), below, closing_lines(found, columns, how))
    show(lines, plain=session.plain)


def _missing(fetched: Links, names: list[str]) -> str:
    """Why there is nothing to find links in; empty where there is something."""
    days = fetched.days
    if fetched.lacking and (names or len(fetched.lacking) == len(days.values)):
        return nothing_recorded(days, fetched.elsewhere, shlex.join(["link", *names]))
    if fetched.question.links:
        return ""
    there = [variable.label for variable, values in days.values.items() if values]
    return (
        f"only {' and '.join(there)} {'is' if len(there) == 1 else 'are'} recorded in this period ({days.period}); "
        "link sets pain beside mood and worry, and sleep beside pain and mood"
    )
