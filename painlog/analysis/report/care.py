"""What was taken and done in a period, what was done of what was planned, and what mattered. Pure; judges nothing.

Nothing recorded is not the same as nothing taken, and every count says how many days it rests on.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import repeat
from math import fsum
from typing import Any, NamedTuple

from painlog.analysis.adherence import Adherence, DoseCount, count_adherence, courses
from painlog.analysis.summary import median
from painlog.domain.entries import Entry
from painlog.domain.flares import Flare
from painlog.domain.kinds.care import DOSE, GOAL, MEDICINE, PRN, SCHEDULED, SKIPPED, TREATMENT, was_done
from painlog.domain.language.amounts import AS_NEEDED
from painlog.domain.observations import AnyEntry
from painlog.domain.periods import Period
from painlog.domain.plan import SORTS, Item, Stretch, due_on, in_force, in_force_each, in_force_over, stretches
from painlog.domain.variables import DayValue

ENOUGH_DAYS = 3  # with pain, with what matters and without it; means of fewer are not shown
SOON = (60, 120)  # minutes after a dose at which a second score is compared


class MedicineUse(NamedTuple):
    """Doses of one medicine: so many, on so many days; of them as needed, and as scheduled as far as that is known.

    ``skipped`` ones were recorded as such, and are in no other number.
    ``before`` and ``after`` are the medians of pain over the ``rated`` doses that have both, the second one 1 to 2 h
    after.
    """

    name: str
    amounts: tuple[str, ...]
    doses: int
    days: int
    as_needed: int
    scheduled: int
    rated: int
    before: float | None
    after: float | None
    side_effects: Mapping[str, int]
    skipped: int


class TreatmentUse(NamedTuple):
    """Sessions of one treatment: ``minutes`` of the done ones that say them, ``helped`` their mean rating (0-10)."""

    name: str
    done: int
    planned: int
    cancelled: int
    minutes: float
    rated: int
    helped: float | None


class CareDay(NamedTuple):
    """A day's row in tables for others; None where it is not known.

    Nothing is known of doses on a day without any recorded, nor which of them were as needed where neither the dose nor
    the plan says so.
    """

    flare: int | None = None
    doses: int | None = None
    prn_doses: int | None = None
    scheduled_taken: int | None = None
    scheduled_due: float | None = None
    treatments: str = ""


class ItemReview(NamedTuple):
    """An item of the plan, once for each time that it was begun, and what was recorded of it.

    It was ``done`` so many times of ``due`` (whole times, None as needed) on ``days``: the days in force, for a
    medicine as needed those with a dose of it. ``adherence`` says more of a medicine with a rhythm. What ended
    within the period is there too, with ``in_force`` false.
    """

    item: Item
    done: int
    due: int | None
    days: int
    cancelled: int
    in_force: bool
    adherence: Adherence | None = None


class GoalReview(NamedTuple):
    """A goal and how often it was said to be done, done in part, or not."""

    item: Item
    done: int
    partly: int
    missed: int
    in_force: bool


class PlanReview(NamedTuple):
    """The plan as it is at a period's end, and what was recorded of it in the period."""

    period: Period
    followed: tuple[ItemReview, ...]
    goals: tuple[GoalReview, ...]


class MatterDays(NamedTuple):
    """Something that matters: its ``days`` of the period, and the means of pain (0-10) on these and on the others.

    ``rated`` and ``rated_else`` are the days that the means rest on. Both are None where either has too few.
    """

    name: str
    days: int
    of: int
    pain: float | None
    rated: int
    pain_else: float | None
    rated_else: int


def sum_up_medicines(doses: Sequence[AnyEntry], changes: Sequence[Entry]) -> tuple[MedicineUse, ...]:
    """Sum up doses by medicine, the most used first; the plan says which were as needed, where a dose does not."""
    uses = [_medicine(group, changes) for group in _group(doses).values()]
    return tuple(sorted(uses, key=lambda use: (-use.doses, use.name.casefold())))


def sum_up_treatments(sessions: Sequence[AnyEntry]) -> tuple[TreatmentUse, ...]:
    """Sum up sessions by treatment, the most frequent first."""
    uses = [_treatment(group) for group in _group(sessions).values()]
    return tuple(sorted(uses, key=lambda use: (-use.done, use.name.casefold())))


def review_plan(
    changes: Sequence[Entry],
    doses: Sequence[AnyEntry],
    sessions: Sequence[AnyEntry],
    checks: Sequence[AnyEntry],
    period: Period,
    today: date = date.max,
) -> PlanReview:
    """Set what was recorded in a period beside the plan at its end; nothing is due after ``today`` yet."""
    parts = stretches(changes, Period(period.start, min(period.end, today)))
    present = {(item.key, item.started): item for item in in_force(changes, period.end)}
    begun = {(key, course[0].item.started): course for key, course in courses(parts)}
    items = {**present, **{which: course[-1].item for which, course in begun.items() if which not in present}}
    followed = [
        _review(item, begun.get(which, ()), doses, sessions, in_force=which in present)
        for which, item in sorted(items.items(), key=lambda each: SORTS.index(each[1].sort))
        if item.sort != GOAL
    ]
    held = {key for key, _ in present}
    goals = {item.key: _goal(item, checks, held) for item in items.values() if item.sort == GOAL}
    return PlanReview(period, tuple(followed), tuple(goals.values()))


def count_matters(
    names: Iterable[str], marked: Sequence[AnyEntry], pain: Mapping[date, DayValue], period: Period
) -> tuple[MatterDays, ...]:
    """Count the days of a period that had what matters, in the order of ``names``."""
    return tuple(_count_matter(name, marked, pain, period) for name in names)


def how_taken(dose: AnyEntry, held: Iterable[Item]) -> str:
    """Return ``prn`` or ``scheduled`` as the dose says, else as the plan of its day does, else nothing."""
    if "schedule" in dose.data:
        return str(dose.data["schedule"])
    name = dose.data["name"].casefold()
    planned = next((item for item in held if item.key == name and item.schedule), None)
    return "" if planned is None else PRN if planned.schedule == AS_NEEDED else SCHEDULED


def count_care_days(
    entries: Sequence[Entry],
    changes: Sequence[Entry],
    marked: Sequence[Flare],
    followed: Mapping[date, Counter[DoseCount]],
    period: Period,
) -> dict[date, CareDay]:
    """Return what was marked, taken and done on each day of a period that has an entry or belongs to a flare.

    Where the plan was ``followed``, what was due is there too, on days without an entry as well.
    """
    in_flare = {day for flare in marked for day in flare.days(period)}
    of_day: dict[date, list[Entry]] = {day: [] for day in in_flare}
    for entry in entries:
        of_day.setdefault(entry.day, []).append(entry)
    held = in_force_each(changes, of_day)
    found = {day: _care_day(here, held[day], flare=day in in_flare) for day, here in of_day.items()}
    due = {day: found.get(day, CareDay())._replace(scheduled_due=counts["due"]) for day, counts in followed.items()}
    return found | due


def _care_day(entries: Sequence[Entry], held: Sequence[Item], *, flare: bool) -> CareDay:
    doses = [how_taken(entry, held) for entry in entries if entry.kind == DOSE.name and was_done(entry.data)]
    done = [e for e in entries if e.kind == TREATMENT.name and was_done(e.data)]
    all_known = bool(doses) and "" not in doses
    return CareDay(
        flare=int(flare),
        doses=len(doses) or None,
        prn_doses=doses.count(PRN) or (0 if all_known else None),
        scheduled_taken=doses.count(SCHEDULED) or (0 if all_known else None),
        treatments="; ".join(dict.fromkeys(entry.data["name"] for entry in done)),
    )


def _group(entries: Iterable[AnyEntry]) -> dict[str, list[AnyEntry]]:
    groups: dict[str, list[AnyEntry]] = {}
    for entry in entries:
        groups.setdefault(entry.data["name"].casefold(), []).append(entry)
    return groups


def _medicine(told: Sequence[AnyEntry], changes: Sequence[Entry]) -> MedicineUse:
    doses = [dose for dose in told if was_done(dose.data)]
    ways = _ways(doses, changes)
    rated = [
        data for dose in doses if {"before", "after"} <= dose.data.keys() and _soon(dose) for data in _each_time(dose)
    ]
    return MedicineUse(
        name=_last_name(told),
        amounts=tuple(dict.fromkeys(dose.data["amount"] for dose in doses or told if "amount" in dose.data)),
        doses=sum(len(dose.days) for dose in doses),
        days=len({day for dose in doses for day in dose.days}),
        as_needed=ways[PRN],
        scheduled=ways[SCHEDULED],
        rated=len(rated),
        before=median([data["before"] for data in rated]) if rated else None,
        after=median([data["after"] for data in rated]) if rated else None,
        side_effects=dict(
            Counter(
                word for dose in doses for data in _each_time(dose) for word in data.get("side_effects", ())
            ).most_common()
        ),
        skipped=sum(len(dose.days) for dose in told if dose.data.get("status") == SKIPPED),
    )


def _ways(doses: Iterable[AnyEntry], changes: Sequence[Entry]) -> Counter[str]:
    """How many doses of one medicine were taken in which way, as ``how_taken`` says it."""
    ways: Counter[str] = Counter()
    unsaid = []
    for dose in doses:
        if "schedule" in dose.data:
            ways[how_taken(dose, ())] += len(dose.days)
        else:
            unsaid.append(dose)
    for held, days in in_force_over(changes, (day for dose in unsaid for day in dose.days)):
        ways[how_taken(unsaid[0], held)] += days
    return ways


def _last_name(entries: Sequence[AnyEntry]) -> str:
    """The name as it was written last."""
    return str(max(reversed(entries), key=lambda entry: entry.days[-1]).data["name"])


def _each_time(entry: AnyEntry) -> Iterable[Mapping[str, Any]]:
    """What an entry says, as often as it was said."""
    return repeat(entry.data, len(entry.days))


def _soon(dose: AnyEntry) -> bool:
    return bool(SOON[0] <= dose.data.get("after_minutes", 0) <= SOON[1])


def _treatment(sessions: Sequence[AnyEntry]) -> TreatmentUse:
    said = [data for session in sessions for data in _each_time(session)]
    status = Counter(data.get("status", "done") for data in said)
    done = [data for data in said if data.get("status", "done") == "done"]
    helped = [data["helped"] for data in done if "helped" in data]
    return TreatmentUse(
        name=_last_name(sessions),
        done=status["done"],
        planned=status["planned"],
        cancelled=status["cancelled"],
        minutes=fsum(data.get("minutes", 0) for data in done),
        rated=len(helped),
        helped=fsum(helped) / len(helped) if helped else None,
    )


def _review(
    item: Item,
    parts: Sequence[Stretch],
    doses: Sequence[AnyEntry],
    sessions: Sequence[AnyEntry],
    *,
    in_force: bool,
) -> ItemReview:
    """Count over the days on which the item had a rhythm, if it has one now; else over all on which it was in force."""
    rate = due_on(item, 1)
    adherence = count_adherence(parts, doses) if item.sort == MEDICINE and rate is not None else None
    if adherence:
        return ItemReview(item, adherence.taken, adherence.due, adherence.days, 0, in_force, adherence)
    if rate is not None:
        parts = [part for part in parts if due_on(part.item, 1) is not None]
    days = {day for part in parts for day in part.period.days()}
    named = [entry for entry in (*doses, *sessions) if entry.data["name"].casefold() == item.key]
    if item.sort == MEDICINE:
        days &= {day for dose in named if was_done(dose.data) for day in dose.days}
    here = [(entry.data, sum(day in days for day in entry.days)) for entry in named]
    due = fsum(due_on(part.item, part.period.length) or 0 for part in parts)
    return ItemReview(
        item=item,
        done=sum(count for data, count in here if was_done(data)),
        due=None if rate is None else int(due + 1e-9),
        days=len(days),
        cancelled=sum(count for data, count in here if data.get("status") == "cancelled"),
        in_force=in_force,
    )


def _goal(item: Item, checks: Sequence[AnyEntry], held: set[str]) -> GoalReview:
    of_it = (check for check in checks if check.data.get("goal", "").casefold() == item.key)
    results = Counter(data["result"] for check in of_it for data in _each_time(check))
    return GoalReview(item, results["done"], results["partly"], results["not"], item.key in held)


def _count_matter(name: str, marked: Sequence[AnyEntry], pain: Mapping[date, DayValue], period: Period) -> MatterDays:
    own = [entry for entry in marked if str(entry.data.get("name", "")).casefold() == name.casefold()]
    days = {day for entry in own for day in entry.days if period.holds(day)}
    here = [pain[day].value for day in pain if day in days]
    others = [pain[day].value for day in pain if day not in days and period.holds(day)]
    is_enough = min(len(here), len(others)) >= ENOUGH_DAYS
    return MatterDays(
        name=name,
        days=len(days),
        of=period.length,
        pain=fsum(here) / len(here) if is_enough else None,
        rated=len(here),
        pain_else=fsum(others) / len(others) if is_enough else None,
        rated_else=len(others),
    )
