"""``chart``: variables over time in one frame or several, over the week, or over the day."""

import re
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from painlog.analysis.chart import make_chart
from painlog.analysis.report.building import build_page
from painlog.analysis.rhythm import Rhythm, by_hour, by_weekday
from painlog.cli.fetch.charts import fetch_chart, find_variables
from painlog.cli.fetch.report import ReportOptions, fetch_facts
from painlog.cli.options import AsJson, ForceOption, FromOption, PeriodOption, ToOption
from painlog.cli.periods import PeriodOptions, begin_with_first_entry, read_period
from painlog.cli.session import Session
from painlog.cli.shell import completion
from painlog.cli.show_chart import chart_width, show_chart
from painlog.cli.talk import say
from painlog.domain.kinds.declaration import either
from painlog.domain.periods import Period
from painlog.domain.questionnaires import QUESTIONNAIRES
from painlog.domain.variables import Variable
from painlog.errors import BadInput
from painlog.exchange.files import in_place, is_folder
from painlog.storage.journal import Journal
from painlog.view.as_json import as_json
from painlog.view.screens.charts import chart_plain, room
from painlog.view.screens.rhythm import rhythm_lines, rhythm_plain
from painlog.view.terminal import show, term

ChartOutOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write a picture to this file (.svg), or into this directory."),
]
_RHYTHMS = ("weekday", "hour")


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
            autocompletion=completion.fixed_words(*_RHYTHMS),
        ),
    ] = None,
    output: ChartOutOption = None,
    force: ForceOption = False,
    json: AsJson = False,
) -> None:
    """Draw how things move over time.

    \b
      painlog chart pain mood --period 28d
      painlog chart pain mood sleep worry --panels
      painlog chart pain worry --period 1y --rolling 7d
      painlog chart pain --by weekday
      painlog chart pain mood sleep --period 3m -o pain.svg

    The last 28 days, unless a period is named; not before your first entry, unless --from says so. Days without an
    entry are gaps. Under the days stand medicines and treatments, flares, and events by their numbers. Pain alone has
    each day's lowest to highest rating behind it. -o writes the picture of a report's days, with medicines and events,
    as SVG.
    """
    session: Session = ctx.obj
    names, options = names or ["pain", "mood"], PeriodOptions(period, start, end)
    if output is not None:
        if by or rolling or json:
            raise BadInput("-o draws days as they are; it does not go with --by, --rolling or --json")
        _write(session, names, options, output, force=force)
        return
    if by is None:
        _draw(session, names, options, _days(rolling), panels=panels, json=json)
        return
    if rolling or panels:
        raise BadInput("--by does not go with --rolling or --panels")
    _sum_up(session, names, options, by, json=json)


def _draw(
    session: Session, names: list[str], options: PeriodOptions, rolling: int, *, panels: bool, json: bool
) -> None:
    """Draw variables over a period to the terminal's size."""
    columns = chart_width()
    fetched = fetch_chart(session, names, options, rolling, panels=panels, any_scale=panels or json or session.plain)
    most = fetched.period.length if json or session.plain else room(columns)
    drawn = make_chart(fetched.values, fetched.period, room=most, rolling=rolling, around=fetched.around)
    if json:
        print(as_json("chart", drawn))
    elif not any(line.figures.days for line in drawn.lines):
        say(_nothing([*fetched.values], fetched.asked))
    elif session.plain:
        show(chart_plain(drawn), plain=True)
    else:
        show_chart(session, drawn, columns, panels=panels)


def _write(session: Session, names: list[str], options: PeriodOptions, output: Path, *, force: bool) -> None:
    """Write the picture of a period's days to a file."""
    from painlog.view.pictures.chart_file import chart_svg

    if not is_folder(output) and output.suffix.lower() != ".svg":
        line = f"painlog chart {shlex.quote(names[0])} -o chart.svg"
        raise BadInput(f"a chart is written as SVG; end the file's name in .svg: {line}")
    with session.reading() as journal:
        named = find_variables(journal, names)
        asked = read_period(session, journal, options, usual="28d", lived=True)
        begun, _ = begin_with_first_entry(journal, asked, options)
        period = begun if begun.length > 1 else asked  # one day alone has no axis
        days = PeriodOptions(None, period.start.isoformat(), period.end.isoformat())
        page = build_page(fetch_facts(session, journal, ReportOptions(days)))
    forms = [variable.kind for variable in named if variable.kind in QUESTIONNAIRES]
    drawn = [variable.name for variable in named]
    if not ({*drawn} & page.measured.keys() or {*forms} & {form.questionnaire for form in page.forms}):
        say(_nothing(named, asked))
        return
    text = chart_svg(page, drawn, forms)
    if not text:
        raise BadInput("a picture takes two days at least: painlog chart pain --period week -o pain.svg")
    session.hand_over(in_place(output, f"painlog-chart-{period.start}-to-{period.end}.svg"), text, force=force)


def _sum_up(session: Session, names: list[str], options: PeriodOptions, by: str, *, json: bool) -> None:
    """Show variables by day of the week or time of day."""
    if by not in _RHYTHMS:
        raise BadInput(f"--by is {either(_RHYTHMS)}, not {by!r}")
    with session.reading() as journal:
        named = find_variables(journal, names)
        period = read_period(session, journal, options, usual="3m", lived=True)
        found = [_rhythm(journal, variable, period, by) for variable in named]
    if json:
        print(as_json("rhythms", found))
    elif any(slot.days for each in found for slot in each.slots) or any(each.left_out for each in found):
        show(rhythm_plain(found) if session.plain else rhythm_lines(found, chart_width()), plain=session.plain)
    else:
        say(_nothing(named, period))


def _rhythm(journal: Journal, variable: Variable, period: Period, by: str) -> Rhythm:
    if by == "weekday":
        return by_weekday(variable, journal.days.values(variable, period), period)
    single = variable.of_moments
    if single is None:
        raise BadInput(f"{variable.label} has no time of day; --by hour takes ratings such as pain or mood")
    return by_hour(variable, journal.days.ratings(single, period), period)


def _nothing(named: Sequence[Variable], period: Period) -> str:
    return f"no entries of {term(either(v.label for v in named))} in this period ({period})"


def _days(rolling: str | None) -> int:
    if not rolling:
        return 0
    found = re.fullmatch(r"(\d{1,3})d?", rolling.strip().lower(), re.ASCII)
    if not found or not 2 <= int(found[1]) <= 365:
        raise BadInput(f"--rolling is 2 to 365 days, such as 7d, not {rolling!r}")
    return int(found[1])
