"""``chart``: variables over time in one frame or several, over the week, or over the day."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

import typer

from painlog.analysis.chart import Around, Chart, chart
from painlog.analysis.patterns.uses import plan_steps
from painlog.analysis.rhythm import Rhythm, by_hour, by_weekday
from painlog.cli.options import AsJson, FromOption, PeriodOption, PeriodSaid, ToOption
from painlog.cli.session import Session, say
from painlog.cli.shell import completion
from painlog.domain.flares import flares
from painlog.domain.kinds.activity import FLARE
from painlog.domain.kinds.care import PLAN
from painlog.domain.kinds.declaration import either
from painlog.domain.periods import Period
from painlog.domain.variables import Variable, variable_named
from painlog.errors import BadInput
from painlog.storage.journal import Journal
from painlog.view.as_json import as_json
from painlog.view.screens.charts import chart_lines, panel_lines, room, rows_beside, scales
from painlog.view.screens.rhythm import rhythm_lines
from painlog.view.terminal import height, show, term, width

LEAST_WIDTH = 30
USUAL_HEIGHT, LEAST_HEIGHT, MOST_HEIGHT = 19, 10, 24
PANELS_HEIGHT, MOST_PANELS_HEIGHT = 30, 60
_RHYTHMS = ("weekday", "hour")
_RANGED = "pain"


def chart_(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="VARIABLE...",
            help="pain, mood, sleep, worry … (pain and mood, if none is named).",
            autocompletion=completion.variables,
        ),
    ] = None,
    period: PeriodOption = None,
    start: FromOption = None,
    end: ToOption = None,
    rolling: Annotated[
        str | None, typer.Option(metavar="DAYS", help="Draw the mean of so many days up to each day, such as 7d.")
    ] = None,
    panels: Annotated[bool, typer.Option("--panels", help="A frame each, one under another; any scales.")] = False,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="weekday|hour",
            help="Sum up by day of the week or time of day.",
            autocompletion=completion.fixed(*_RHYTHMS),
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Draw how things move over time.

    \b
      painlog chart pain mood --period 28d
      painlog chart pain mood sleep worry --panels
      painlog chart pain worry --period 1y --rolling 7d
      painlog chart pain --by weekday

    The last 28 days, unless a period is named. Days without an entry are gaps. Flares are shaded under the days, and
    changes of the plan numbered. Pain alone has each day's lowest to highest rating behind it.
    """
    asked = PeriodSaid(period, start, end)
    if by is None:
        draw(ctx.obj, names or ["pain", "mood"], asked, _days(rolling), panels=panels, json=json)
        return
    if rolling or panels:
        raise BadInput("--by does not go with --rolling or --panels")
    _sum_up(ctx.obj, names or ["pain", "mood"], asked, by, json=json)


def draw(
    session: Session, names: list[str], asked: PeriodSaid, rolling: int = 0, *, panels: bool = False, json: bool = False
) -> None:
    """Draw variables over a period to the terminal's size."""
    columns = max(LEAST_WIDTH, width())
    with session.reading() as journal:
        wanted = _named(journal, names)
        scales(wanted, panels=panels or json)
        period = session.period(journal, asked, usual="28d", lived=True)
        reach = Period(period.start - timedelta(days=rolling), period.end) if rolling else period
        values = {variable: journal.day_values(variable, reach) for variable in wanted}
        around = _around(journal, wanted if panels or len(wanted) == 1 else [], period)
    drawn = chart(values, period, room=period.length if json else room(columns), rolling=rolling, around=around)
    if json:
        print(as_json("chart", drawn))
    elif not any(line.figures.days for line in drawn.lines):
        say(_nothing(wanted, period))
    else:
        rows = _rows(drawn, columns, panels=panels)
        show((panel_lines if panels else chart_lines)(drawn, columns, rows), plain=session.plain)


def _named(journal: Journal, names: Sequence[str]) -> list[Variable]:
    known = journal.variables()
    return list(dict.fromkeys(variable_named(name, known) for name in names))


def _around(journal: Journal, ranged: Sequence[Variable], period: Period) -> Around:
    """Flares, changes of the plan, and the days' ranges of pain if it is among the ``ranged``."""
    ranges = {one: journal.day_ranges(one.kind, period) for one in ranged if one.name == _RANGED}
    marked = flares(journal.entries(kinds=[FLARE.name], until=period.end))
    return Around(marked, plan_steps(journal.entries(kinds=[PLAN.name], until=period.end)), ranges)


def _rows(drawn: Chart, columns: int, *, panels: bool) -> int:
    """How many rows the frames get: what the terminal has left, within reason."""
    least, usual, most = (
        (LEAST_HEIGHT, PANELS_HEIGHT, MOST_PANELS_HEIGHT) if panels else (LEAST_HEIGHT, USUAL_HEIGHT, MOST_HEIGHT)
    )
    free = height()
    return usual if free is None else min(most, max(least, free - 1 - rows_beside(drawn, columns, panels=panels)))


def _sum_up(session: Session, names: list[str], asked: PeriodSaid, by: str, *, json: bool) -> None:
    """Show variables by day of the week or time of day."""
    if by not in _RHYTHMS:
        raise BadInput(f"--by is {either(_RHYTHMS)}, not {by!r}")
    with session.reading() as journal:
        wanted = _named(journal, names)
        period = session.period(journal, asked, usual="3m", lived=True)
        found = [_rhythm(journal, variable, period, by) for variable in wanted]
    if json:
        print(as_json("rhythms", found))
    elif any(slot.days for each in found for slot in each.slots) or any(each.left_out for each in found):
        show(rhythm_lines(found, max(LEAST_WIDTH, width())), plain=session.plain)
    else:
        say(_nothing(wanted, period))


def _rhythm(journal: Journal, variable: Variable, period: Period, by: str) -> Rhythm:
    if by == "weekday":
        return by_weekday(variable, journal.day_values(variable, period), period)
    single = variable.of_moments
    if single is None:
        raise BadInput(f"{variable.label} has no time of day; --by hour takes ratings such as pain or mood")
    return by_hour(variable, journal.ratings(single, period), period)


def _nothing(wanted: Sequence[Variable], period: Period) -> str:
    return f"no entries of {term(either(v.label for v in wanted))} in this period ({period})"


def _days(rolling: str | None) -> int:
    if not rolling:
        return 0
    found = re.fullmatch(r"(\d{1,3})d?", rolling.strip().lower(), re.ASCII)
    if not found or not 2 <= int(found[1]) <= 365:
        raise BadInput(f"--rolling is 2 to 365 days, such as 7d, not {rolling!r}")
    return int(found[1])
