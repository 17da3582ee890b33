"""The days that ``link``, ``helps`` and a report's links are found in, and what is asked of them."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple, TypedDict

from painlog.analysis.patterns.findings import WINDOW
from painlog.analysis.patterns.question import (
    CYCLE,
    Days,
    Question,
    Values,
    ask_of_cycle,
    ask_of_pair,
    spread_within_days,
)
from painlog.cli.periods import PeriodOptions, read_period
from painlog.cli.session import Session
from painlog.cli.talk import say
from painlog.domain.kinds.declaration import either
from painlog.domain.periods import Period
from painlog.domain.variables import DayValue, Variable, find_variable, variable_name
from painlog.errors import BadInput
from painlog.storage.journal import Journal
from painlog.view.terminal import term

LONGEST = 366
ROLLING = 7
_NOT_TWO = "link takes two different things, such as painlog link pain worry"


class _Several(TypedDict):
    counts: Values
    within: Mapping[Variable, float]


class Links(NamedTuple):
    """What links are found in.

    ``elsewhere`` is from when to when there are values of what the period has none of, and ``pictured`` the days of
    what is drawn, with the ``ROLLING`` days before the period.
    """

    days: Days
    question: Question
    elsewhere: Period | None
    pictured: Mapping[Variable, Mapping[date, DayValue]]

    @property
    def lacking(self) -> list[Variable]:
        """The variables without a value in the period."""
        return [variable for variable, values in self.days.values.items() if not values]


def fetch_links(session: Session, names: list[str], options: PeriodOptions) -> Links:
    """Fetch what links between two named variables are found in, or without names those of the cycle.

    Raises BadInput for names that are not two variables.
    """
    with session.reading() as journal:
        days, question = _fetch_question(session, journal, names, options)
        elsewhere = None if all(days.values.values()) else find_elsewhere(journal, days)
        reach = Period(days.period.start - timedelta(days=ROLLING), days.period.end)
        pictured = {v: journal.days.values(v, reach) for two in question.profiles for v in two}
    return Links(days, question, elsewhere, pictured)


def fetch_cycle(session: Session, journal: Journal, options: PeriodOptions) -> tuple[Days, Question]:
    """Fetch the days of pain, mood, worry and sleep, and what is asked of those that were recorded."""
    known = journal.kinds.variables()
    days = fetch_days(session, journal, [known[name] for name in CYCLE], options)
    logged = {variable.name: variable for variable, values in days.values.items() if values}
    return days, Question(links=ask_of_cycle(logged), profiles=[(known["pain"], known["mood"])])


def fetch_days(
    session: Session, journal: Journal, variables: Iterable[Variable], options: PeriodOptions, reach: int = 0
) -> Days:
    """Fetch the days of some variables, and of so many before the period.

    Without a period named it begins with the first entry; a longer one than ``LONGEST`` days loses its beginning.
    """
    period = read_period(session, journal, options, usual=f"{WINDOW}d", lived=True)
    kept = journal.days.span(lived=True)
    if not any(options) and kept and period.holds(kept.start):
        period = Period(kept.start, period.end)
    if period.length > LONGEST:
        period = Period(period.end - timedelta(days=LONGEST - 1), period.end)
        say(f"a year at most is looked at; this is {period}")
    further = Period(period.start - timedelta(days=reach), period.end)
    found = {v: journal.days.values(v, further) for v in variables}
    entry_days = journal.days.first_recorded(period).keys()
    return Days(
        period=period,
        ongoing=period.end == session.today,
        values={v: {day: one.value for day, one in of.items()} for v, of in found.items()},
        entry_days=entry_days,
        window=0 if any(options) else WINDOW,
        **_several_a_day(journal, found, period),
    )


def _several_a_day(journal: Journal, found: Mapping[Variable, Mapping[date, DayValue]], period: Period) -> _Several:
    """How many ratings the days rest on, and how far those of one day differ, where days have several."""
    counts = {
        v: several
        for v, of in found.items()
        if v.of_moments and (several := {day: float(one.n) for day, one in of.items() if one.n > 1})
    }
    within = {v: spread_within_days(journal.days.ratings(v, period)) for v in counts}
    return {"counts": counts, "within": {v: spread for v, spread in within.items() if spread is not None}}


def find_elsewhere(journal: Journal, days: Days) -> Period | None:
    """Return from when to when the whole journal has values of what the period has none of; None without any."""
    kept = journal.days.span(lived=True)
    lacking = [variable for variable, values in days.values.items() if not values]
    found = [day for variable in lacking for day in journal.days.values(variable, kept)] if kept else []
    return Period(min(found), max(found)) if found else None


def nothing_recorded(days: Days, elsewhere: Period | None, command: str) -> str:
    """Say that nothing was recorded in the period, and when something was."""
    names = term(either(variable.label for variable, values in days.values.items() if not values))
    text = f"no entries of {names} in this period ({days.period})"
    if elsewhere is None:
        return text
    return f"{text}\nthere are some from {elsewhere} (painlog {term(command)} --period {elsewhere.end:%Y})"


def _fetch_question(
    session: Session, journal: Journal, names: list[str], options: PeriodOptions
) -> tuple[Days, Question]:
    if not names:
        return fetch_cycle(session, journal, options)
    known = journal.kinds.variables()
    x, y = _two(_named(names, known), known["pain"], known["mood"])
    return fetch_days(session, journal, (x, y), options), Question(links=ask_of_pair(x, y), profiles=[(x, y)])


def _named(words: list[str], known: Mapping[str, Variable]) -> list[Variable]:
    """The variables that some words name; a name of several words need not stand in quotes. Raises BadInput."""
    if not all(word.strip() for word in words):
        raise BadInput(_NOT_TWO)
    for i in range(1, len(words) + 1):
        parts = [part for part in (" ".join(words[:i]), " ".join(words[i:])) if part]
        if all(variable_name(part) in known for part in parts):
            return [known[variable_name(part)] for part in parts]
    if len(words) > 2:
        raise BadInput(_NOT_TWO)
    return [find_variable(word, known) for word in words]


def _two(named: list[Variable], pain: Variable, mood: Variable) -> tuple[Variable, Variable]:
    """The two variables; one alone is set beside pain, and pain beside mood. Raises BadInput."""
    if len(named) == 1:
        named.insert(0, pain)
        named = [pain, mood] if named[1] == pain else named
    if len(named) > 2 or named[0] == named[1]:
        raise BadInput(_NOT_TWO)
    return named[0], named[1]
