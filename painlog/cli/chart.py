"""``chart``: variables over time in one frame."""

import re
import shutil
from datetime import timedelta
from typing import Annotated

import typer

from painlog.analysis.chart import chart
from painlog.cli import complete
from painlog.cli.look import FromOption, PeriodOption, ToOption
from painlog.cli.session import Session, say
from painlog.domain.periods import Period
from painlog.domain.series import variable_named
from painlog.errors import BadInput
from painlog.view.charts import chart_lines, room, scales
from painlog.view.terminal import show, term, width

USUAL_HEIGHT = 20


def chart_(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="VARIABLE...",
            help="pain, mood, sleep, worry … (pain and mood, if none is named).",
            autocompletion=complete.variables,
        ),
    ] = None,
    period: PeriodOption = None,
    start: FromOption = None,
    end: ToOption = None,
    rolling: Annotated[
        str | None, typer.Option(metavar="7d", help="Draw the mean of so many days up to each day.")
    ] = None,
) -> None:
    """Draw how things move over time, in one frame. Days without an entry are gaps.

    \b
      painlog chart pain mood --period 28d
      painlog chart pain sleep --period 2026-10
      painlog chart pain worry --period 1y --rolling 7d
    """
    draw(ctx.obj, names or ["pain", "mood"], (period, start, end), _days(rolling))


def draw(
    session: Session, names: list[str], asked: tuple[str | None, str | None, str | None], rolling: int = 0
) -> None:
    """Draw variables over a period to the terminal's size."""
    columns = width()
    height = min(USUAL_HEIGHT, max(10, shutil.get_terminal_size((80, 24)).lines - 5))
    with session.reading() as journal:
        wanted = [variable_named(name, journal.variables()) for name in dict.fromkeys(names)]
        scales(wanted)
        period = session.period(journal, *asked, usual="28d", lived=True)
        reach = Period(period.start - timedelta(days=rolling), period.end) if rolling else period
        values = {variable: journal.day_values(variable, reach) for variable in wanted}
    if not any(period.start <= day for known in values.values() for day in known):
        say(f"no entries of {term(', '.join(v.label for v in wanted))} in {period}")
        return
    drawn = chart(values, period, room=room(columns), rolling=rolling)
    show(chart_lines(drawn, columns, height), plain=session.plain)


def _days(rolling: str | None) -> int:
    if not rolling:
        return 0
    found = re.fullmatch(r"(\d{1,3})d?", rolling.strip().lower(), re.ASCII)
    if not found or not 2 <= int(found[1]) <= 365:
        raise BadInput(f"--rolling is a number of days from 2d to 365d, such as 7d, not {rolling}")
    return int(found[1])
