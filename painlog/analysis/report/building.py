"""How the page of a period is made of what was fetched. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from painlog.analysis.body import Scores, most_first, summarize_body
from painlog.analysis.report.care import count_matters, review_plan, sum_up_medicines, sum_up_treatments
from painlog.analysis.report.change import (
    LONG,
    MOST_WEEKS,
    Change,
    Measured,
    compare_periods,
    find_run,
    weekly_spread,
)
from painlog.analysis.report.forms import list_histories, sum_up_safety
from painlog.analysis.report.medicine_days import count_medicines
from painlog.analysis.report.nights import sum_up_nights
from painlog.analysis.report.page import (
    Answered,
    Baseline,
    Highest,
    Note,
    Page,
    PlanChange,
    RecordKeeping,
    ReportInput,
)
from painlog.analysis.report.talking_points import MOOD, PAIN, Grounds, list_talking_points
from painlog.analysis.report.timeline import list_events, list_lanes
from painlog.analysis.shape import PainShape, describe_shape
from painlog.analysis.summary import SEVERE, Summary, days_for_mean, summarize, with_parts
from painlog.domain.entries import timing_of
from painlog.domain.flares import flares
from painlog.domain.kinds.activity import DIARY_NOTE, SETBACK, WENT_WELL
from painlog.domain.kinds.measures import TRACKED
from painlog.domain.kinds.registry import KINDS
from painlog.domain.kinds.visits import VISIT
from painlog.domain.observations import NoteOnDay
from painlog.domain.own_plan import paused_days
from painlog.domain.periods import DAYS_IN_WEEK, Period
from painlog.domain.regions import BOTH
from painlog.domain.trials import trial_to_decide
from painlog.domain.variables import DayValue, Variable

_WITH_A_PLACE = {WENT_WELL.name, SETBACK.name, *KINDS.lasting} - {VISIT.name}
_ALONE = (DIARY_NOTE.name, WENT_WELL.name, SETBACK.name, TRACKED.name)  # a measure's kind does not say its name
_OF_KINDS = {name: kind.title for name, kind in KINDS.items() if name not in _ALONE}
BASELINE_DAYS, BASELINE_LOGGED = 14, 10
_MARK = "!"  # what a note begins with that is not to be cut


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
    now = now._replace(enough=now.days >= days_for_mean(facts.period, from_first=facts.from_first))
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
    known = {day: recorded for day, recorded in facts.first_recorded.items() if recorded}
    timings = [timing_of(max(0, (recorded - day).days)) for day, recorded in known.items()]
    return RecordKeeping(
        days=len(facts.first_recorded),
        of=facts.period.length,
        same_day=timings.count("same_day"),
        next_day=timings.count("next_day"),
        later=timings.count("late"),
        paused=len(paused_days(facts.paused, facts.period) - facts.first_recorded.keys()),
        repeated=facts.repeated,
        imported=len(facts.first_recorded) - len(known),
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
    found = [Note(text, tuple(days), text.lstrip().startswith(_MARK), about) for (text, about), days in noted.items()]
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
