"""What a report of a period is made of."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from painlog.analysis.body import PAIN_WORDS, read_pain_days
from painlog.analysis.report.building import BASELINE_DAYS, first_days, period_of_visit, reach_before
from painlog.analysis.report.medicine_days import has_headache_class, months_before
from painlog.analysis.report.nights import read_nights
from painlog.analysis.report.page import ReportInput
from painlog.analysis.rhythm import TIMES
from painlog.cli.periods import PeriodOptions, begin_with_first_entry, read_period
from painlog.cli.session import Session
from painlog.domain.entries import SAME_SOURCE, Entry
from painlog.domain.kinds.activity import FLARE, MATTERED, MATTERS, OWN_PLAN, PAUSE, TRIAL
from painlog.domain.kinds.care import DOSE, GOAL_CHECK, PLAN, TREATMENT
from painlog.domain.kinds.pain_mood import PAIN
from painlog.domain.kinds.sleep import SLEEP
from painlog.domain.kinds.visits import AGREED, ANSWER, ASK_DOCTOR, VISIT, answers_of, last_visit, open_questions
from painlog.domain.language.dates import parse_day
from painlog.domain.own_plan import lines_of
from painlog.domain.periods import Period
from painlog.domain.questionnaires import QUESTIONNAIRES
from painlog.domain.settings import LIFE
from painlog.domain.variables import DayValue, variables
from painlog.storage.journal import Journal

if TYPE_CHECKING:
    from painlog.analysis.patterns.findings import Patterns

_FIRST_DAYS = (28, 366)  # in which the baseline is looked for: most people's is in the first few
_COUNTED_DAYS = 366  # of a longer period each entry's first change would have to be looked up


class ReportOptions(NamedTuple):
    """What a report is asked to be. ``baseline`` is the first day of 14 to compare with, as typed."""

    period: PeriodOptions
    recipient: str = ""
    questions: Sequence[str] = ()
    baseline: str | None = None
    redact: Sequence[str] = ()
    links: bool = False
    name: str = ""
    born: date | None = None


def fetch_facts(session: Session, journal: Journal, options: ReportOptions) -> ReportInput:
    """Fetch the facts of a report; the last seven days, unless a period is named. Raises BadInput.

    Its notes are read when they are gone through, so the journal stays open until then.
    """
    asked = read_period(session, journal, options.period, usual="week", lived=True)
    period, is_from_first = begin_with_first_entry(journal, asked, options.period, lived=False)
    visits = journal.entries(kinds=[VISIT.name])
    questions = journal.entries(kinds=[ASK_DOCTOR.name])
    answered, agreed = _last_answers(session, journal, visits, questions)
    before, reach = period.before(), reach_before(period)
    visited = max((visit.day for visit in visits if visit.day <= period.end), default=None)
    at_visit = period_of_visit(visited)
    known = [variable for variable in journal.kinds.variables().values() if variable.kind not in QUESTIONNAIRES]
    changes = journal.entries(kinds=[PLAN.name], until=period.end)
    months = Period(months_before(period.end)[0].start, period.end) if has_headache_class(changes) else None
    around = read_pain_days(journal.reader.contents(PAIN.name, period, PAIN_WORDS))
    return ReportInput(
        period=period,
        before=before,
        values=journal.days.values_of(known, period),
        values_before=journal.days.values_of(known, reach) if before else {},
        own_averages=len(journal.days.values(variables()["pain"]._replace(variants=("average",)), period)),
        highest=journal.days.highest(PAIN.name, period),
        regions=around.regions,
        first_recorded=journal.days.first_recorded(period),
        noted=journal.reader.notes(period),
        doses=journal.reader.alike(DOSE.name, period),
        sessions=journal.reader.alike(TREATMENT.name, period),
        goal_checks=journal.reader.alike(GOAL_CHECK.name, period),
        flare_events=journal.entries(kinds=[FLARE.name]),
        plan_changes=changes,
        forms=journal.entries(kinds=list(QUESTIONNAIRES), until=period.end),
        recipient=options.recipient,
        questions=list(
            dict.fromkeys([*options.questions, *(entry.data["note"] for entry in open_questions(questions, visits))])
        ),
        goal_checks_before=journal.reader.alike(GOAL_CHECK.name, before) if before else (),
        baseline=_baseline(session, journal, options.baseline),
        set_off=around.set_off,
        helped=around.helped,
        found=_links(session, journal, period) if options.links else None,
        answered=answered,
        agreed=agreed,
        mattering=lines_of(MATTERS, journal.entries(kinds=[OWN_PLAN.name], until=period.end)),
        mattered=journal.reader.alike(MATTERED.name, period),
        paused=journal.entries(kinds=[PAUSE.name], until=period.end),
        trials=journal.entries(kinds=[TRIAL.name], until=period.end),
        begins_with_life=session.settings.begin_with == LIFE,
        today=session.today,
        repeated=journal.reader.count_from(SAME_SOURCE, period) if period.length <= _COUNTED_DAYS else 0,
        times_of_day=journal.days.times_of_day(variables()["pain"]._replace(variants=("now",)), period, tuple(TIMES)),
        values_visit=journal.days.values_of(known, at_visit) if at_visit else {},
        visited=visited,
        visits=[visit for visit in visits if period.holds(visit.day)],
        doses_before=journal.reader.alike(DOSE.name, before) if before else (),
        doses_of_months=journal.reader.alike(DOSE.name, months) if months else (),
        ranges=journal.days.ranges(PAIN.name, period),
        nights=read_nights(journal.reader.contents(SLEEP.name, period), period),
        name=options.name,
        born=options.born,
        from_first=is_from_first,
    )


def _last_answers(
    session: Session, journal: Journal, visits: Sequence[Entry], asked: Sequence[Entry]
) -> tuple[list[tuple[str, str]], list[str]]:
    """What was answered at the last visit, and what was agreed."""
    visit = last_visit(visits, session.today)
    if visit is None:
        return [], []
    on_its_day = Period(visit.day, visit.day)
    answers, agreed = (journal.entries(on_its_day, kinds=[kind.name]) for kind in (ANSWER, AGREED))
    return answers_of(visit, asked, answers, agreed)


def _baseline(session: Session, journal: Journal, typed: str | None) -> tuple[Period, dict[date, DayValue]] | None:
    """The 14 days from a named day on, else the first ones with enough of them logged."""
    pain, kept = variables()["pain"], journal.days.span(lived=True)
    if typed:
        start = parse_day(typed, session.today)
        period: Period | None = Period(start, start + timedelta(days=BASELINE_DAYS - 1))
    else:
        period = _first_days(journal, kept) if kept else None
    return (period, journal.days.values(pain, period)) if period else None


def _first_days(journal: Journal, kept: Period) -> Period | None:
    pain = variables()["pain"]
    for days in _FIRST_DAYS:
        looked_at = Period(kept.start, min(kept.end, kept.start + timedelta(days=days - 1)))
        if found := first_days(journal.days.values(pain, looked_at)):
            return found
    return None


def _links(session: Session, journal: Journal, period: Period) -> "Patterns":
    """What moves together in the days up to a report's end."""
    from painlog.analysis.patterns.findings import WINDOW
    from painlog.analysis.patterns.search import find_patterns
    from painlog.cli.fetch.links import fetch_cycle

    end = min(period.end, session.today)  # a clock that was wrong may have dated entries ahead
    start = end - timedelta(days=max(WINDOW, period.length) - 1)
    return find_patterns(*fetch_cycle(session, journal, PeriodOptions(None, start.isoformat(), end.isoformat())))
