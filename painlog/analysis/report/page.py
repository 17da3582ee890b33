"""The page of a period as one frozen value, which every rendering shows and nothing is added to. Pure.

It begins with what the person wants to talk about and does again, then says how pain was; a clinician has a minute.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from painlog.analysis.body import Body, Scores, most_first, summarize_body
from painlog.analysis.patterns.findings import Patterns
from painlog.analysis.report.care import (
    MatterDays,
    MedicineUse,
    PlanReview,
    TreatmentUse,
    count_matters,
    review_plan,
    sum_up_medicines,
    sum_up_treatments,
)
from painlog.analysis.report.change import (
    LONG,
    MOST_WEEKS,
    Change,
    Measured,
    Run,
    compare_periods,
    find_run,
    weekly_spread,
)
from painlog.analysis.report.forms import FormHistory, SafetyAnswer, list_histories, sum_up_safety
from painlog.analysis.report.medicine_days import ClassDays, MedicineDays, count_medicines
from painlog.analysis.report.nights import NightFigure, NightTimes, sum_up_nights
from painlog.analysis.report.talking_points import MOOD, PAIN, Grounds, TalkingPoint, list_talking_points
from painlog.analysis.report.timeline import EventOnDay, Lane, list_events, list_lanes
from painlog.analysis.shape import PainShape, describe_shape
from painlog.analysis.summary import SEVERE, Summary, days_needed, summarize, with_parts
from painlog.domain.entries import Entry, timing_of
from painlog.domain.flares import Flare, flares
from painlog.domain.kinds.activity import DIARY_NOTE, SETBACK, WENT_WELL
from painlog.domain.kinds.measures import TRACKED
from painlog.domain.kinds.registry import KINDS
from painlog.domain.kinds.visits import VISIT
from painlog.domain.observations import EqualEntries, NoteOnDay, TimeOfDay
from painlog.domain.own_plan import paused_days
from painlog.domain.periods import DAYS_IN_WEEK, Period
from painlog.domain.regions import BOTH
from painlog.domain.trials import ToDecide, trial_to_decide
from painlog.domain.variables import DayValue, Variable

_WITH_A_PLACE = {WENT_WELL.name, SETBACK.name, *KINDS.lasting} - {VISIT.name}
_ALONE = (DIARY_NOTE.name, WENT_WELL.name, SETBACK.name, TRACKED.name)  # a measure's kind does not say its name
_OF_KINDS = {name: kind.title for name, kind in KINDS.items() if name not in _ALONE}
BASELINE_DAYS, BASELINE_LOGGED = 14, 10
FEW_DAYS = 5  # that a journal has just begun with
MARK = "!"  # what a note begins with that is not to be cut
Values = Mapping[Variable, Mapping[date, DayValue]]


@dataclass(frozen=True)
class ReportInput:
    """What a report is made of. ``values`` and ``values_before`` hold each variable's days in the two periods.

    ``own_averages`` counts the days whose pain the person averaged. ``highest`` is the highest single pain rating,
    ``regions`` each day's places with their scores. ``first_recorded`` says for each day with an entry on which day
    it was first written about. What is ``noted`` comes in the order of days and is gone through once. Doses, sessions
    and goal checks are those of the period; plan changes and forms go back to the first one, flare events are all.
    ``baseline`` is a stretch of days with its pain, ``set_off`` and ``helped``
    count days by word, ``found`` are the links asked for. ``answered`` are the last visit's questions with their
    answers, ``agreed`` is what was agreed then. ``mattered`` are the entries of what is ``mattering`` to the person,
    ``paused`` the pauses that may reach into the period. Nothing is due after ``today`` yet, the day of
    printing. ``times_of_day`` sum up single pain ratings by the clock.

    ``values_before`` reach back over ``reach_before``: the period before, and half a year for the person's own range.
    ``values_visit`` are those of the two weeks up to the last visit, which was on the day ``visited``; ``visits`` are
    those of the period. ``ranges`` hold the lowest and highest rating of days with several pain ratings.
    ``doses_of_months`` are those of the last months that a count of medicine days takes, if the plan names one.
    ``from_first`` is true where the period was made to begin with the journal's first entry.
    """

    period: Period
    before: Period | None
    values: Values
    values_before: Values
    own_averages: int
    highest: tuple[float, date] | None
    regions: Mapping[date, Scores]
    first_recorded: Mapping[date, date]
    noted: Iterable[NoteOnDay]
    doses: Sequence[EqualEntries] = ()
    sessions: Sequence[EqualEntries] = ()
    goal_checks: Sequence[EqualEntries] = ()
    flare_events: Sequence[Entry] = ()
    plan_changes: Sequence[Entry] = ()
    forms: Sequence[Entry] = ()
    recipient: str = ""
    questions: Sequence[str] = ()
    goal_checks_before: Sequence[EqualEntries] = ()
    baseline: tuple[Period, Mapping[date, DayValue]] | None = None
    set_off: Mapping[str, int] = field(default_factory=dict)
    helped: Mapping[str, int] = field(default_factory=dict)
    found: Patterns | None = None
    answered: Sequence[tuple[str, str]] = ()
    agreed: Sequence[str] = ()
    mattering: Sequence[str] = ()
    mattered: Sequence[EqualEntries] = ()
    paused: Sequence[Entry] = ()
    trials: Sequence[Entry] = ()
    begins_with_life: bool = False
    today: date = date.max
    repeated: int = 0
    times_of_day: Sequence[TimeOfDay] = ()
    values_visit: Values = field(default_factory=dict)
    visited: date | None = None
    visits: Sequence[Entry] = ()
    doses_before: Sequence[EqualEntries] = ()
    doses_of_months: Sequence[EqualEntries] = ()
    ranges: Mapping[date, tuple[float, float]] = field(default_factory=dict)
    nights: Sequence[NightTimes] = ()
    name: str = ""
    born: date | None = None
    from_first: bool = False


@dataclass(frozen=True)
class RecordKeeping:
    """On how many of the period's days something was logged, and how soon; ``paused`` had no entry on purpose.

    ``repeated`` are entries that say the same as a day before.
    """

    days: int
    of: int
    same_day: int
    next_day: int
    later: int
    paused: int = 0
    repeated: int = 0


@dataclass(frozen=True)
class Baseline:
    """Pain's change from a stretch of days further back."""

    period: Period
    change: Change


@dataclass(frozen=True)
class Highest:
    """The highest single rating and its (latest) day."""

    score: float
    day: date


class Note(NamedTuple):
    """What the person wrote, and on which days; the same words on several days are one note.

    It is ``marked`` where it begins with an exclamation mark. ``about`` names the kind of entry that it was written
    with, empty where it is an entry of its own.
    """

    text: str
    days: tuple[date, ...]
    marked: bool = False
    about: str = ""


class Answered(NamedTuple):
    """A question of the last visit and its answer, in the person's words."""

    question: str
    answer: str


@dataclass(frozen=True)
class PlanChange:
    """A change of the plan within the period, in the words of its entry."""

    day: date
    text: str


@dataclass(frozen=True)
class Page:
    """A period at a glance.

    ``measured`` holds every variable with a value in the period, in the registry's order. ``severe_days`` are those
    with pain at ``SEVERE`` or more. ``parts`` are the weeks, months or years of a longer period. ``regions`` counts
    days, the most first; ``knee_both`` stands for days on which both sides were named, ``knee`` for those on which none
    was said; ``body`` has their scores too, and is None where no place was named. ``points`` are worth talking about,
    the most serious first. ``runs`` are weeks of the period that differ from the rest. ``ranges`` are the lowest and
    highest rating of a day with several. Everything is as recorded by the person.
    """

    period: Period
    before: Period | None
    recipient: str
    questions: tuple[str, ...]
    parts: tuple[Period, ...]
    kept: RecordKeeping
    measured: Mapping[str, Measured]
    baseline: Baseline | None
    severe_days: int
    own_averages: int
    highest: Highest | None
    regions: Mapping[str, int]
    body: Body | None
    flares: tuple[Flare, ...]
    medicines: tuple[MedicineUse, ...]
    treatments: tuple[TreatmentUse, ...]
    plan: PlanReview
    plan_before: PlanReview | None
    plan_changes: tuple[PlanChange, ...]
    forms: tuple[FormHistory, ...]
    set_off: Mapping[str, int]
    helped: Mapping[str, int]
    went_well: tuple[Note, ...]
    setbacks: tuple[Note, ...]
    notes: tuple[Note, ...]
    found: Patterns | None
    points: tuple[TalkingPoint, ...]
    safety: SafetyAnswer | None
    runs: tuple[Run, ...]
    medicine_days: tuple[MedicineDays, ...]
    class_days: tuple[ClassDays, ...]
    visited: date | None
    printed: date
    name: str
    born: date | None
    lanes: tuple[Lane, ...]
    events: tuple[EventOnDay, ...]
    nights: tuple[NightTimes, ...]
    night_times: tuple[NightFigure, ...]
    ranges: Mapping[date, tuple[float, float]]
    answered: tuple[Answered, ...] = ()
    agreed: tuple[str, ...] = ()
    matters: tuple[MatterDays, ...] = ()
    begins_with_life: bool = False
    shape: PainShape | None = None
    to_decide: ToDecide | None = None
    from_first: bool = False

    @property
    def days_for_mean(self) -> int:
        """How many days a mean takes: half of the period, of a journal that has just begun those of half a week."""
        return _days_for_mean(self.period, from_first=self.from_first)

    @property
    def has_just_begun(self) -> bool:
        """Whether these are the first few days of a journal."""
        return self.from_first and self.kept.days <= FEW_DAYS


def build_page(facts: ReportInput) -> Page:
    """Make the page of a period."""
    parts = facts.period.parts()
    spreads = {
        variable.name: weekly_spread(days, facts.period.start - timedelta(days=1))
        for variable, days in facts.values_before.items()
    }
    found = {
        variable.name: _measure(variable, facts, parts, spreads.get(variable.name))
        for variable, days in facts.values.items()
        if days
    }
    measured = {name: each for name, each in found.items() if each.figures.days}
    pain = measured["pain"].figures.by_day if "pain" in measured else ()
    noted = _by_place(facts.noted)
    baseline = _baseline(facts, measured.get("pain"), spreads.get("pain"))
    forms = list_histories(facts.forms, facts.period, facts.visited)
    safety = sum_up_safety(forms)
    runs = tuple(
        run
        for name in (PAIN, MOOD)
        if name in measured
        and (run := find_run(measured[name].figures.variable, measured[name].figures, facts.period, spreads.get(name)))
    )
    doses = facts.doses, facts.doses_before, facts.doses_of_months
    counted = count_medicines(*doses, facts.plan_changes, facts.period, _count_days_before(facts))
    marked_flares = tuple(flare for flare in flares(facts.flare_events) if flare.days(facts.period))
    return Page(
        period=facts.period,
        before=facts.before,
        recipient=facts.recipient,
        questions=tuple(facts.questions),
        parts=parts,
        kept=_count_records(facts),
        measured=measured,
        baseline=baseline,
        severe_days=sum(value >= SEVERE for value in pain if value is not None),
        own_averages=facts.own_averages,
        highest=Highest(*facts.highest) if facts.highest else None,
        regions=_region_days(facts.regions.values()),
        body=summarize_body(facts.regions, facts.period) if facts.regions else None,
        flares=marked_flares,
        medicines=sum_up_medicines(facts.doses, facts.plan_changes),
        treatments=sum_up_treatments(facts.sessions),
        plan=review_plan(facts.plan_changes, facts.doses, facts.sessions, facts.goal_checks, facts.period, facts.today),
        plan_before=(
            review_plan(facts.plan_changes, (), (), facts.goal_checks_before, facts.before) if facts.before else None
        ),
        plan_changes=tuple(PlanChange(c.day, c.text) for c in facts.plan_changes if facts.period.holds(c.day)),
        forms=forms,
        set_off=facts.set_off,
        helped=facts.helped,
        went_well=_notes(noted[WENT_WELL.name]),
        setbacks=_notes(noted[SETBACK.name]),
        notes=_notes(noted[""]),
        found=facts.found,
        points=list_talking_points(
            Grounds(facts.period, measured, forms, safety, runs, counted, baseline.change if baseline else None)
        ),
        safety=safety,
        runs=runs,
        medicine_days=counted.medicines,
        class_days=counted.classes,
        visited=facts.visited,
        printed=facts.today,
        name=facts.name,
        born=facts.born,
        lanes=list_lanes(facts.doses, facts.sessions, facts.plan_changes, facts.period),
        events=list_events(marked_flares, facts.plan_changes, facts.visits, facts.period),
        nights=tuple(facts.nights),
        night_times=sum_up_nights(facts.nights),
        ranges=facts.ranges,
        answered=tuple(Answered(*pair) for pair in facts.answered),
        agreed=tuple(facts.agreed),
        matters=count_matters(facts.mattering, facts.mattered, _pain_of(facts), facts.period),
        begins_with_life=facts.begins_with_life,
        shape=_shape(facts, measured.get("pain")),
        to_decide=trial_to_decide(facts.trials, facts.period.end),
        from_first=facts.from_first,
    )


def _days_for_mean(period: Period, *, from_first: bool) -> int:
    return days_needed(max(period.length, DAYS_IN_WEEK) if from_first else period.length)


def _pain_of(facts: ReportInput) -> Mapping[date, DayValue]:
    return next((days for variable, days in facts.values.items() if variable.name == "pain"), {})


def first_days(pain: Mapping[date, DayValue]) -> Period | None:
    """Return the first ``BASELINE_DAYS`` days of which ``BASELINE_LOGGED`` have pain logged; None without any."""
    days = sorted(pain)
    for first, last in zip(days, days[BASELINE_LOGGED - 1 :], strict=False):
        if (last - first).days < BASELINE_DAYS:
            return Period(first, first + timedelta(days=BASELINE_DAYS - 1))
    return None


def period_of_visit(visited: date | None) -> Period | None:
    """Return the two weeks up to a visit; None where there was none."""
    return Period(visited - timedelta(days=LONG - 1), visited) if visited else None


def reach_before(period: Period) -> Period:
    """Return the days before a period that its page looks at: as many again, and half a year."""
    days = max(period.length, MOST_WEEKS * DAYS_IN_WEEK)
    first = max(date.min.toordinal(), period.start.toordinal() - days)
    return Period(date.fromordinal(first), period.start - timedelta(days=1))


def _baseline(facts: ReportInput, pain: Measured | None, spread: float | None) -> Baseline | None:
    """The change of pain from the baseline, where both have days enough and the baseline lies before the period."""
    if facts.baseline is None or pain is None or facts.baseline[0].end >= facts.period.start:
        return None
    period, values = facts.baseline
    variable = pain.figures.variable
    found = compare_periods(variable, pain.figures, summarize(variable, values, period), spread)
    return Baseline(period, found) if found else None


def _shape(facts: ReportInput, pain: Measured | None) -> PainShape | None:
    """More of pain's shape than its mean; None where no day has any."""
    if pain is None:
        return None
    marked = flares(facts.flare_events)
    return describe_shape(pain.figures, facts.highest, facts.times_of_day, marked, facts.period)


def _measure(variable: Variable, facts: ReportInput, parts: Sequence[Period], spread: float | None) -> Measured:
    now, by_part = with_parts(variable, facts.values[variable], facts.period, parts)
    now = now._replace(enough=now.days >= _days_for_mean(facts.period, from_first=facts.from_first))
    before = facts.values_before.get(variable)
    past = summarize(variable, before, facts.before) if before and facts.before else None
    visit = _since_visit(variable, now, facts, spread)
    return Measured(now, compare_periods(variable, now, past, spread), by_part, visit)


def _since_visit(variable: Variable, now: Summary, facts: ReportInput, spread: float | None) -> Change | None:
    """The change from the two weeks up to the last visit to the period, or to what of it came after the visit."""
    days, fortnight = facts.values_visit.get(variable), period_of_visit(facts.visited)
    if not days or fortnight is None or fortnight.end >= facts.period.end:
        return None
    if fortnight.end >= facts.period.start:
        after = Period(fortnight.end + timedelta(days=1), facts.period.end)
        now = summarize(variable, facts.values[variable], after)
    return compare_periods(variable, now, summarize(variable, days, fortnight), spread)


def _count_days_before(facts: ReportInput) -> int:
    """On how many days of the period before anything with a value, or a dose, was logged."""
    if facts.before is None:
        return 0
    days = {day for of_days in facts.values_before.values() for day in of_days if facts.before.holds(day)}
    return len(days | {day for dose in facts.doses_before for day in dose.days})


def _count_records(facts: ReportInput) -> RecordKeeping:
    timings = [timing_of(max(0, (recorded - day).days)) for day, recorded in facts.first_recorded.items()]
    return RecordKeeping(
        days=len(timings),
        of=facts.period.length,
        same_day=timings.count("same_day"),
        next_day=timings.count("next_day"),
        later=timings.count("late"),
        paused=len(paused_days(facts.paused, facts.period) - facts.first_recorded.keys()),
        repeated=facts.repeated,
    )


def _by_place(noted: Iterable[NoteOnDay]) -> dict[str, dict[tuple[str, str], list[date]]]:
    """The days of each text by its place on the page: went well, setbacks, and all others that have no place there.

    Beside a text stands what it is about.
    """
    places: dict[str, dict[tuple[str, str], list[date]]] = {WENT_WELL.name: {}, SETBACK.name: {}, "": {}}
    for kind, day, text in noted:
        if kind in places or kind not in _WITH_A_PLACE:
            texts, key = places.get(kind, places[""]), (text, _OF_KINDS.get(kind, ""))
            if key not in texts:
                texts[key] = [day]
            elif texts[key][-1] != day:
                texts[key].append(day)
    return places


def _notes(noted: Mapping[tuple[str, str], Sequence[date]]) -> tuple[Note, ...]:
    """What was written on most days first, then the newest first: where room is short, the oldest goes."""
    found = [Note(text, tuple(days), text.lstrip().startswith(MARK), about) for (text, about), days in noted.items()]
    often = sorted((one for one in found if len(one.days) > 1), key=lambda one: (-len(one.days), one.days))
    once = (one for one in found if len(one.days) == 1)
    return (*often, *sorted(once, key=lambda one: one.days, reverse=True))


def _region_days(named: Iterable[Scores]) -> dict[str, int]:
    """Count days by region; a day with both sides of one counts for ``knee_both`` alone."""
    days: Counter[str] = Counter()
    for here in named:
        both = {id_[:-2] for id_ in here if id_.endswith("_l") and f"{id_[:-2]}_r" in here}
        days.update({f"{base}{BOTH}" for base in both} | {id_ for id_ in here if id_[:-2] not in both})
    return most_first(days)
