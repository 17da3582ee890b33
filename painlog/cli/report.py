"""``report`` and ``week``: a period on one page."""

from pathlib import Path
from typing import Annotated

import typer

from painlog.analysis.report import Facts, build
from painlog.cli.look import AsJson, FromOption, PeriodOption, ToOption
from painlog.cli.session import Session, say
from painlog.domain.care import DOSE, GOAL_CHECK, PLAN, TREATMENT
from painlog.domain.living import FLARE
from painlog.domain.periods import Period
from painlog.domain.questionnaires import QUESTIONNAIRES
from painlog.domain.series import variables
from painlog.exchange.files import in_place
from painlog.storage.journal import Journal
from painlog.view.as_json import as_json
from painlog.view.report import report_lines, report_text
from painlog.view.terminal import show, term

OutOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file, or to a directory.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Write over a file that is already there.")]


def report_(
    ctx: typer.Context,
    period: PeriodOption = None,
    start: FromOption = None,
    end: ToOption = None,
    output: OutOption = None,
    force: ForceOption = False,
    json: AsJson = False,
) -> None:
    """Sum up a period on one page, for you or an appointment.

    \b
      painlog report --period week
      painlog report --period 2026-10 -o october.txt
      painlog report --from "1 oct" --to today
    """
    print_report(ctx.obj, (period, start, end), output, force=force, json=json)


def week_(ctx: typer.Context, json: AsJson = False) -> None:
    """Sum up the last seven days: report --period week.

    \b
      painlog week
    """
    print_report(ctx.obj, ("week", None, None), None, json=json)


def print_report(
    session: Session,
    asked: tuple[str | None, str | None, str | None],
    output: Path | None,
    *,
    force: bool = False,
    json: bool = False,
) -> None:
    """Make a report and show it, or write it to a file."""
    with session.reading() as journal:
        period = session.period(journal, *asked, usual="week", lived=True)
        report = build(facts(journal, period))
        kept = None if report.kept.days else journal.days_kept(lived=True)
    if output:
        target = in_place(output, f"painlog-{period.start}-to-{period.end}.{'json' if json else 'txt'}")
        session.hand_over(target, as_json("report", report) + "\n" if json else report_text(report), force=force)
        say(f"written to {term(str(target))} (anyone who has the file can read it)")
    elif json:
        print(as_json("report", report))
    elif report.kept.days or report.plan_changes:
        show(report_lines(report), plain=session.plain)
    else:
        say(_nothing(period, kept))


def facts(journal: Journal, period: Period) -> Facts:
    """Fetch what a report of a period is made of."""
    before = period.before()
    known = [variable for variable in journal.variables().values() if variable.kind not in QUESTIONNAIRES]
    own = variables()["pain"]._replace(variants=("average",))
    return Facts(
        period=period,
        before=before,
        values={variable: journal.day_values(variable, period) for variable in known},
        values_before={variable: journal.day_values(variable, before) for variable in known} if before else {},
        own_averages=len(journal.day_values(own, period)),
        highest=journal.highest("pain", period),
        regions=journal.regions(period),
        first_recorded=journal.first_recorded(period),
        noted=journal.entries_with_notes(period),
        doses=journal.entries(period, kinds=[DOSE.name]),
        sessions=journal.entries(period, kinds=[TREATMENT.name]),
        goal_checks=journal.entries(period, kinds=[GOAL_CHECK.name]),
        flare_events=journal.entries(kinds=[FLARE.name], until=period.end),
        plan_changes=journal.entries(kinds=[PLAN.name], until=period.end),
        forms=journal.entries(kinds=list(QUESTIONNAIRES), until=period.end),
    )


def _nothing(period: Period, kept: Period | None) -> str:
    if kept is None:
        return "no entries yet; painlog pain 6 records the first"
    return f"no entries in {period}\nthere are some from {kept} (painlog report --period {kept.end:%Y-%m})"
