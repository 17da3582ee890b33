"""What of a period is worth talking about, by fixed rules. Pure; none of it is a cause, a diagnosis or an advice.

In this order, the most serious first; what changed for the better comes last:

1. ``safety``: PHQ-9's item 9 above "not at all", on its highest and its latest day (Simon 2013,
   doi 10.1176/appi.ps.201200587: each higher answer goes with more attempts in the year after).
2. ``hopeless``: hopelessness of 8 or more of 10 on a day (painlog's own mark, at which recording it names help-now).
3. ``form``: the latest PHQ-8 (Kroenke 2009) or PHQ-9 (Kroenke 2001) of 10 or more, GAD-7 of 10 or more (where its
   moderate band begins), PHQ-2, GAD-2 or a half of PHQ-4 of 3 or more (their usual cut-offs); or one that changed by
   PHQ-9 5 (Löwe 2004, doi 10.1097/00005650-200412000-00006; PHQ-8 by the same number), GAD-7 4 (Toussaint 2020), PEG 1
   (Reed 2023, PMC10859144), since the last visit or the form before.
4. ``pain``: pain that changed by the rule for ratings (see ``change``), two weeks at least each side: since the last
   visit, else from the period before, else from the first days.
5. ``run``: two weeks or more of pain, or of mood, within the period that differ from the rest by the same rule.
6. ``headache``: medicines as needed, of a class that the person named, for a headache or migraine, on as many days as
   ICHD-3 8.2 counts for the class (see ``medicine_days``), in each of the last four months of 28 days.
7. ``medicine``: a medicine as needed on 5 of 28 days more than before (painlog's own mark), where half of the days
   before have an entry; ``class``: or several of one class together.
8. ``sleep``: a sleep efficiency under 85 % (painlog's own mark), from half of the period's nights.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from painlog.analysis.report.change import LONG, Change, Measured, Run
from painlog.analysis.report.forms import FormHistory, SafetyAnswer
from painlog.analysis.report.medicine_days import HeadacheDays, MedicineCounts, MedicineDays
from painlog.analysis.summary import Summary
from painlog.domain.periods import Period

MOST = 4
HOPELESS_FROM = 8
MORE_DAYS = 5
EFFICIENT_FROM = 85
_FEWEST_NIGHTS, _SHORT_NIGHTS = 10, 5
PAIN, MOOD, HOPELESS, EFFICIENCY = "pain", "mood", "hopeless", "sleep_efficiency"


class GraveDay(NamedTuple):
    """The highest value of a rating that is grave, its latest day, and on how many days it was as high as the mark."""

    value: float
    day: date
    days: int


class Compared(NamedTuple):
    """A change, and what it is compared with: ``visit``, ``before`` or ``baseline``."""

    against: str
    change: Change


Evidence = SafetyAnswer | GraveDay | FormHistory | Compared | Run | HeadacheDays | MedicineDays | Summary


class TalkingPoint(NamedTuple):
    """One thing worth talking about: the rule that it fell under, what it is of, and what it rests on."""

    rule: str
    subject: str
    is_better: bool
    evidence: Evidence


class Grounds(NamedTuple):
    """What the rules look at: the period's figures by variable, forms, runs, medicines, and pain's first days."""

    period: Period
    measured: Mapping[str, Measured]
    forms: Sequence[FormHistory]
    safety: SafetyAnswer | None
    runs: Sequence[Run]
    counted: MedicineCounts
    baseline: Change | None


def list_talking_points(grounds: Grounds) -> tuple[TalkingPoint, ...]:
    """Return all that fell under a rule, the most serious first; a page has room for the first ``MOST``."""
    measured = grounds.measured
    found = [
        *_safety(grounds.safety),
        *_grave(measured.get(HOPELESS), grounds.period),
        *_forms(grounds.forms),
        *_pain(measured.get(PAIN), grounds.baseline),
        *(TalkingPoint("run", run.variable.label, not run.change.is_worse, run) for run in grounds.runs),
        *(TalkingPoint("headache", each.name, is_better=False, evidence=each) for each in grounds.counted.headaches),
        *_medicines(grounds.counted),
        *_sleep(measured.get(EFFICIENCY)),
    ]
    return tuple(sorted(found, key=lambda point: point.is_better))


def _safety(safety: SafetyAnswer | None) -> Iterator[TalkingPoint]:
    if safety and safety.is_grave:
        yield TalkingPoint("safety", safety.title, is_better=False, evidence=safety)


def _grave(hopeless: Measured | None, period: Period) -> Iterator[TalkingPoint]:
    if hopeless is None:
        return
    known = [
        (value, day) for value, day in zip(hopeless.figures.by_day, period.days(), strict=True) if value is not None
    ]
    if (highest := max(known, default=None)) and highest[0] >= HOPELESS_FROM:
        days = sum(value >= HOPELESS_FROM for value, _ in known)
        yield TalkingPoint(
            "hopeless", hopeless.figures.variable.label, is_better=False, evidence=GraveDay(*highest, days)
        )


def _forms(forms: Sequence[FormHistory]) -> Iterator[TalkingPoint]:
    """Those at their cut-off and worse first."""

    def order(history: FormHistory) -> tuple[bool, bool]:
        return not history.last.at_cut_off, not _is_worse(history)

    for history in sorted(forms, key=order):
        matters = any(change.matters for change in history.changes)
        if history.last.at_cut_off or matters:
            is_better = not history.last.at_cut_off and not _is_worse(history)
            yield TalkingPoint("form", history.title, is_better, history)


def _is_worse(history: FormHistory) -> bool:
    return any(change.word == "worse" for change in history.changes)


def _pain(pain: Measured | None, baseline: Change | None) -> Iterator[TalkingPoint]:
    if pain is None or pain.figures.of < LONG:
        return
    compared = (("visit", pain.visit), ("before", pain.change), ("baseline", baseline))
    changed = [Compared(against, change) for against, change in compared if change and not change.is_similar]
    if changed:
        yield TalkingPoint(PAIN, pain.figures.variable.label, not changed[0].change.is_worse, changed[0])


def _medicines(counted: MedicineCounts) -> Iterator[TalkingPoint]:
    """A point for each medicine taken more, and for a class of several where none of them has a point of its own."""
    in_points = {name.casefold() for each in counted.headaches for name in each.medicines}
    more = [each for each in counted.medicines if _is_more(each) and each.name.casefold() not in in_points]
    in_points |= {each.name.casefold() for each in more}
    for each in sorted(more, key=lambda one: -one.more_in_four_weeks):
        yield TalkingPoint("medicine", each.name, is_better=False, evidence=each)
    for several in counted.classes:
        is_new = len(several.medicines) > 1 and in_points.isdisjoint(map(str.casefold, several.medicines))
        if several.name and is_new and _is_more(several.of_needed):
            yield TalkingPoint("class", several.name, is_better=False, evidence=several.of_needed)


def _is_more(each: MedicineDays) -> bool:
    return each.of >= LONG and 2 * each.of_before >= each.of and each.more_in_four_weeks >= MORE_DAYS


def _sleep(efficiency: Measured | None) -> Iterator[TalkingPoint]:
    if efficiency is None:
        return
    figures = efficiency.figures
    fewest = _FEWEST_NIGHTS if figures.of >= LONG else _SHORT_NIGHTS
    if figures.average is not None and figures.days >= fewest and figures.average < EFFICIENT_FROM:
        yield TalkingPoint("sleep", figures.variable.label, is_better=False, evidence=figures)
