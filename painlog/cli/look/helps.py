"""``helps``: days with and without what was tried, and the weeks before and after a change of the plan."""

import shlex
from collections.abc import Mapping
from datetime import date
from itertools import chain
from typing import Annotated, NamedTuple

import typer

from painlog.analysis.patterns.findings import Patterns, PlanStep
from painlog.analysis.patterns.question import REACH, Days, Question
from painlog.analysis.patterns.uses import Use, find_uses, plan_steps, with_ratings
from painlog.cli.fetch.links import fetch_days, find_elsewhere, nothing_recorded
from painlog.cli.options import AsJson, ExplainOption, FromOption, PeriodOption, ToOption
from painlog.cli.periods import PeriodOptions
from painlog.cli.session import Session
from painlog.cli.shell import completion
from painlog.cli.talk import say
from painlog.domain.kinds.care import DOSE, PLAN, TREATMENT
from painlog.domain.language.dates import parse_day, show_day
from painlog.domain.language.suggestions import did_you_mean, suggest
from painlog.domain.periods import Period
from painlog.domain.variables import Variable, find_variable
from painlog.errors import BadInput
from painlog.view.as_json import as_json
from painlog.view.screens.patterns import closing_lines, explain_lines, helps_lines, helps_plain
from painlog.view.terminal import show, term, width

_USUAL = "pain"


def helps_(
    ctx: typer.Context,
    name: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME", help="Only this medicine or treatment.", autocompletion=completion.tried_names),
    ] = None,
    on: Annotated[
        str, typer.Option(metavar="VARIABLE", help="What to compare.", autocompletion=completion.variables)
    ] = _USUAL,
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

    What is taken as needed is taken on bad days, so it is compared on the day after only. The last
    180 days, unless a period is named; a year at most.
    """
    session: Session = ctx.obj
    options = PeriodOptions(period, start, end)
    fetched = _fetch(session, on, options)
    question = _ask(fetched, since, name or [], session)
    if not json and (missing := _missing(fetched, question, name or [])):
        say(missing)
        return
    from painlog.analysis.patterns.search import find_patterns

    found = find_patterns(fetched.days, question)
    if json:
        print(as_json("patterns", found))
    else:
        beside = [*(["--on", on] if on != _USUAL else []), *(["--since", since] if since else []), *options.typed]
        how = "" if explain else shlex.join(["painlog", "helps", *(name or []), *beside, "--explain"])
        _show(found, session, how)


class _Fetched(NamedTuple):
    """The outcome's days, from when to when there are others if none, what was used and what changed."""

    days: Days
    elsewhere: Period | None
    uses: list[Use]
    steps: list[PlanStep]

    @property
    def outcome(self) -> Variable:
        return next(iter(self.days.values))


def _fetch(session: Session, on: str, options: PeriodOptions) -> _Fetched:
    with session.reading() as journal:
        outcome = find_variable(on, journal.kinds.variables())
        days = fetch_days(session, journal, [outcome], options, REACH)
        changes = journal.entries(kinds=[PLAN.name], until=days.period.end)
        taken = journal.entries(days.period, kinds=[DOSE.name, TREATMENT.name])
        moments = outcome.of_moments
        ratings = journal.days.ratings(moments, days.period) if moments and taken else []
        elsewhere = None if any(days.values.values()) else find_elsewhere(journal, days)
    uses = find_uses(taken, changes, days.entry_days, days.period)
    rated = with_ratings(uses, taken, ratings, of_pain=outcome.name == _USUAL)
    return _Fetched(days, elsewhere, rated, plan_steps(changes))


def _ask(fetched: _Fetched, since: str | None, name: list[str], session: Session) -> Question:
    """What is compared: before and after one day, or everything that was used and changed, or one thing of it."""
    period = fetched.days.period
    if since is None:
        wanted = Question(outcome=fetched.outcome, uses=fetched.uses, changes=fetched.steps)
        return _of_name(wanted, " ".join(name), period)
    if name:
        raise BadInput("--since is about a day and takes no name; leave one of them out")
    return Question(outcome=fetched.outcome, changes=fetched.steps, turns=[_day(since, session.today, period)])


def _missing(fetched: _Fetched, question: Question, name: list[str]) -> str:
    """Why there is nothing to compare; empty where there is something."""
    days, outcome = fetched.days, fetched.outcome
    if not any(days.period.holds(day) for day in days.values[outcome]):
        return nothing_recorded(days, fetched.elsewhere, f"helps --on {shlex.quote(outcome.name)}")
    if not question.uses and not question.turns:
        what = term(" ".join(name)) if name else "what was taken, done or changed"
        return f"no entries of {what} in this period ({days.period}); see painlog help treatment"
    return ""


def _show(found: Patterns, session: Session, how: str) -> None:
    """Print the screen; with the computation explained where ``how`` does not say where that is."""
    if session.plain:
        show(helps_plain(found, session.today, how), plain=True)
        return
    columns, explained = width(), not how
    sentences = helps_lines(found, columns, session.today, figures=explained)
    below = explain_lines(found, columns) if explained else ()
    show(chain(sentences, below, closing_lines(found, columns, how)), plain=session.plain)


def _of_name(asked: Question, name: str, period: Period) -> Question:
    """Narrow to one medicine or treatment, and to the changes in the period. Raises BadInput."""
    key = " ".join(name.split()).casefold()
    known = {use.key: use.name for use in asked.uses} | {step.key: step.name for step in asked.changes}
    if key and key not in known:
        raise BadInput(
            f"{name!r} is not recorded as taken, done or planned in this period ({period}){_near(key, known)}"
        )
    turns = sorted({step.day for step in asked.changes if period.holds(step.day) and key in ("", step.key)})
    return asked._replace(uses=[use for use in asked.uses if key in ("", use.key)], turns=turns)


def _near(key: str, known: Mapping[str, str]) -> str:
    names = [known[each] for each in suggest(key, known)]
    return did_you_mean(names) or (f"; there are {', '.join(known.values())}" if known else "")


def _day(since: str, today: date, period: Period) -> date:
    """Read ``--since``, a day of the period. Raises BadInput."""
    day = parse_day(since, today)
    if not period.holds(day):
        raise BadInput(f"{show_day(day, today)} is not in this period ({period}); name a longer --period")
    return day
