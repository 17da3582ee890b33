"""``helps``: days with and without what was tried, and the weeks before and after a change of the plan."""

import shlex
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Annotated

import typer

from painlog.analysis.inquiry import REACH, Inquiry
from painlog.analysis.uses import plan_steps, uses
from painlog.cli import complete
from painlog.cli.link import days_looked_at, days_of, nothing
from painlog.cli.options import AsJson, ExplainOption, FromOption, PeriodOption, ToOption
from painlog.cli.session import PeriodSaid, Session, say
from painlog.domain.care import DOSE, PLAN, TREATMENT
from painlog.domain.dates import parse_day, show_day
from painlog.domain.periods import Period
from painlog.domain.series import variable_named
from painlog.errors import BadInput
from painlog.view.as_json import as_json
from painlog.view.patterns import closing_lines, explain_lines, helps_lines
from painlog.view.terminal import show, term, width


def helps_(
    ctx: typer.Context,
    name: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]", help="Only this treatment or medicine.", autocompletion=complete.tried),
    ] = None,
    on: Annotated[
        str, typer.Option(metavar="VARIABLE", help="What to compare.", autocompletion=complete.variables)
    ] = "pain",
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="Compare the weeks before and after this day instead.")
    ] = None,
    period: PeriodOption = None,
    start: FromOption = None,
    end: ToOption = None,
    explain: ExplainOption = False,
    json: AsJson = False,
) -> None:
    """See pain with and without what you tried, before and after.

    \b
      painlog helps
      painlog helps physio --on mood
      painlog helps --since "9 nov"

    What is taken as needed is taken on bad days, so it is compared on the day after only.
    """
    session: Session = ctx.obj
    with session.reading() as journal:
        outcome = variable_named(on, journal.variables())
        days = days_looked_at(session, journal, [outcome], PeriodSaid(period, start, end), REACH)
        changes = journal.entries(kinds=[PLAN.name], until=days.period.end)
        taken = journal.entries(days.period, kinds=[DOSE.name, TREATMENT.name])
        kept = None if any(days.values.values()) else days_of(journal, days)
    found_uses, steps = uses(taken, changes, days.entry_days, days.period), plan_steps(changes)
    if since is not None:
        asked = Inquiry(outcome=outcome, changes=steps, turns=[_day(since, session.today, days.period, name)])
    else:
        asked = _of_name(Inquiry(outcome=outcome, uses=found_uses, changes=steps), " ".join(name or []), days.period)
    if not json and not any(days.period.holds(day) for day in days.values[outcome]):
        say(nothing(days, kept, f"helps --on {on}"))
        return
    if not json and not asked.uses and not asked.turns:
        what = term(" ".join(name)) if name else "what was taken, done or changed"
        say(f"no entry of {what} in {days.period}; see painlog help treatment")
        return
    from painlog.analysis.patterns import patterns

    found = patterns(days, asked)
    if json:
        print(as_json("patterns", found))
        return
    columns = width()
    below = explain_lines(found, columns) if explain else ()
    sentences = helps_lines(found, columns, session.today, figures=explain)
    how = "" if explain else shlex.join(["painlog", "helps", *(name or []), "--explain"])
    show(chain(sentences, below, closing_lines(found, columns, how)), plain=session.plain)


def _of_name(asked: Inquiry, name: str, period: Period) -> Inquiry:
    """Narrow to one treatment or medicine, and to the changes in the period. Raises BadInput."""
    key = " ".join(name.split()).casefold()
    known = {use.key: use.name for use in asked.uses} | {step.key: step.name for step in asked.changes}
    if key and key not in known:
        raise BadInput(f"{name!r} is not recorded as taken, done or planned in {period}{_near(key, known)}")
    turns = sorted({step.day for step in asked.changes if period.holds(step.day) and key in ("", step.key)})
    return replace(asked, uses=[use for use in asked.uses if key in ("", use.key)], turns=turns)


def _near(key: str, known: Mapping[str, str]) -> str:
    import difflib

    near = difflib.get_close_matches(key, known, n=3)
    names = [known[each] for each in near] or list(known.values())
    return f"; {'did you mean' if near else 'there are'} {', '.join(names)}{'?' if near else ''}" if names else ""


def _day(since: str, today: date, period: Period, name: list[str] | None) -> date:
    """Read ``--since``, a day of the period. Raises BadInput."""
    if name:
        raise BadInput("--since is about a day and takes no name; leave one of them out")
    day = parse_day(since, today)
    if not period.holds(day):
        raise BadInput(f"{show_day(day, today)} is not in {period}; name a longer --period")
    return day
