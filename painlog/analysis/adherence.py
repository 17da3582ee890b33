"""Scheduled medicines dose by dose and day by day: what was due, and what was recorded of it. Pure; judges nothing.

It is counted from the day on which the plan was in force, over every day since. What is not recorded is not the same as
not taken. A medicine as needed, or without a rhythm, is never due. A second dose on a day is one beyond the plan, and
makes up for no other day; only of what is due less than once a day a dose counts for the turn that it is nearest to.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise, zip_longest
from typing import Literal, NamedTuple

from painlog.domain.kinds.care import MEDICINE, PRN, was_done
from painlog.domain.language.amounts import rhythm_of, weekdays_of
from painlog.domain.observations import AnyEntry
from painlog.domain.periods import Period
from painlog.domain.plan import Stretch

Outcome = Literal["taken", "extra", "skipped", "unrecorded"]
DoseCount = Literal[Outcome, "due"]
NO_REASON = ""


class Adherence(NamedTuple):
    """The doses of one medicine over the days of ``period`` on which it had a rhythm.

    ``due`` is made of ``taken``, ``skipped`` and ``unrecorded`` doses, or is 0 where no whole time of a rhythm rarer
    than daily has passed. ``extra`` doses were taken beyond it. ``reasons`` counts why doses were skipped, where said.
    """

    period: Period
    days: int
    due: int
    taken: int
    extra: int
    skipped: int
    unrecorded: int
    reasons: Mapping[str, int]

    @property
    def is_mostly_unrecorded(self) -> bool:
        """Whether less than half of what was due is recorded, so that a ratio would say little."""
        return 2 * (self.taken + self.skipped) < self.due


class _Doses(NamedTuple):
    """A medicine's doses: how many were taken on each day, how many skipped, and why."""

    taken: Counter[date]
    skipped: Counter[date]
    reasons: Mapping[date, Counter[str]]


class _Turn(NamedTuple):
    """Days within which so many ``doses`` are due, of which ``due`` are expected where it is cut short."""

    period: Period
    doses: int
    due: int


def count_adherence(parts: Sequence[Stretch], doses: Iterable[AnyEntry]) -> Adherence | None:
    """Count the doses of one medicine over stretches of the plan; None where it had no rhythm in any of them."""
    parts = _with_rhythm(parts)
    if not parts:
        return None
    own = _gather(parts[0].item.key, doses)
    counts: Counter[str] = Counter()
    whole = 0
    for period, schedule in _rhythms(parts):
        turns = [*_turns(period, schedule)]
        whole += sum(turn.due for turn in turns)
        for (_, outcome), number in _outcomes(turns, own, schedule).items():
            counts[outcome] += number
    recorded = counts["taken"] + counts["skipped"]
    days = [day for part in parts for day in part.period.days()]
    reasons: Counter[str] = sum((own.reasons[day] for day in days if day in own.reasons), Counter())
    return Adherence(
        period=Period(parts[0].period.start, parts[-1].period.end),
        days=len(days),
        due=recorded + counts["unrecorded"] if whole else 0,
        taken=counts["taken"],
        extra=counts["extra"],
        skipped=counts["skipped"],
        unrecorded=counts["unrecorded"],
        reasons=dict(reasons.most_common()),
    )


def count_by_day(parts: Sequence[Stretch], doses: Sequence[AnyEntry]) -> dict[date, Counter[DoseCount]]:
    """Return each day's outcomes of all medicines with a rhythm, and what was due, which add up to ``count_adherence``.

    Of a rhythm rarer than daily a dose is due on the day on which it was recorded, else on the last one of its turn.
    Days on which the plan had no medicine with a rhythm are not there.
    """
    found: dict[date, Counter[DoseCount]] = {}
    for _, course in courses(_with_rhythm(parts)):
        own = _gather(course[0].item.key, doses)
        held = [([*_turns(period, schedule)], schedule) for period, schedule in _rhythms(course)]
        is_due = any(turn.due for turns, _ in held for turn in turns)
        for day in (day for part in course for day in part.period.days()):
            found.setdefault(day, Counter())
        for turns, schedule in held:
            for (day, outcome), number in _outcomes(turns, own, schedule).items():
                found[day][outcome] += number
                found[day]["due"] += number if is_due and outcome != "extra" else 0
    return found


def courses(parts: Iterable[Stretch]) -> Iterator[tuple[str, list[Stretch]]]:
    """Yield stretches by course: what was begun once, with its changes, until it was stopped. Each with its key."""

    def course_of(part: Stretch) -> tuple[str, date]:
        return part.item.key, part.item.started

    ordered = sorted(parts, key=lambda part: (*course_of(part), part.period.start))
    for (key, _), group in groupby(ordered, course_of):
        yield key, [*group]


def _with_rhythm(parts: Iterable[Stretch]) -> list[Stretch]:
    return [part for part in parts if part.item.sort == MEDICINE and rhythm_of(part.item.schedule)]


def _rhythms(parts: Sequence[Stretch]) -> Iterator[tuple[Period, str]]:
    """Yield the days over which one rhythm held, and the rhythm."""
    held: list[tuple[Period, str]] = []
    for part in parts:
        schedule = part.item.schedule
        if rhythm_of(schedule) is None:
            continue
        goes_on = held and _is_same(held[-1][1], schedule) and (part.period.start - held[-1][0].end).days == 1
        if goes_on:
            held[-1] = (Period(held[-1][0].start, part.period.end), schedule)
        else:
            held.append((part.period, schedule))
    yield from held


def _is_same(schedule: str, other: str) -> bool:
    return (rhythm_of(schedule), weekdays_of(schedule)) == (rhythm_of(other), weekdays_of(other))


def _turns(period: Period, schedule: str) -> Iterator[_Turn]:
    """Yield the turns of a rhythm within some days: so many days each, or from one named day of the week to the next.

    Days before the first named one have a turn without a dose.
    """
    rhythm, weekdays = rhythm_of(schedule), weekdays_of(schedule)
    assert rhythm is not None  # noqa: S101  (else there are no turns)
    count, length = rhythm
    if weekdays:
        starts = [day for day in period.days() if day.weekday() in weekdays]
    else:
        starts = [period.start + timedelta(days=on) for on in range(0, period.length, length)]
    if starts[:1] != [period.start]:
        last = starts[0] - timedelta(days=1) if starts else period.end
        yield _Turn(Period(period.start, last), 0, 0)
    for start, following in zip_longest(starts, starts[1:], fillvalue=period.end + timedelta(days=1)):
        here = Period(start, following - timedelta(days=1))
        yield _Turn(here, 1, 1) if weekdays else _Turn(here, count, count * here.length // length)


def _outcomes(turns: Sequence[_Turn], own: _Doses, schedule: str) -> Counter[tuple[date, Outcome]]:
    """Count what became of each dose that was due, and what was taken beyond, by day."""
    counts: Counter[tuple[date, Outcome]] = Counter()
    count, length = rhythm_of(schedule) or (1, 1)
    taken = _assign_doses(turns, own, length / count / 2)
    for turn, days in zip(turns, taken, strict=True):
        skipped = _list_days(own.skipped, turn.period)[: max(0, turn.doses - len(days))]
        for number, day in enumerate(days):
            counts[day, "taken" if number < turn.doses else "extra"] += 1
        for day in skipped:
            counts[day, "skipped"] += 1
        missing = turn.due - len(days[: turn.doses]) - len(skipped)
        if missing > 0:
            counts[turn.period.end, "unrecorded"] += missing
    return counts


def _assign_doses(turns: Sequence[_Turn], own: _Doses, near: float) -> list[list[date]]:
    """The days of the doses of each turn; one too many counts for a turn with too few, if under ``near`` days away."""
    taken = [_list_days(own.taken, turn.period) for turn in turns]
    for i, j in pairwise(range(len(turns))):
        earlier, later = turns[i], turns[j]
        if len(taken[i]) > earlier.doses and len(taken[j]) < later.doses:
            if (later.period.start - taken[i][-1]).days < near:
                taken[j].insert(0, taken[i].pop())
        elif len(taken[j]) > later.doses and len(taken[i]) < earlier.doses:  # noqa: SIM102  (the mirror of the above)
            if (taken[j][0] - earlier.period.end).days < near:
                taken[i].append(taken[j].pop(0))
    return taken


def _list_days(on: Counter[date], period: Period) -> list[date]:
    """Each day of a period as often as it is counted, in order."""
    return [day for day in period.days() for _ in range(on[day])] if on else []


def _gather(key: str, doses: Iterable[AnyEntry]) -> _Doses:
    own = _Doses(Counter(), Counter(), {})
    for dose in doses:
        if str(dose.data["name"]).casefold() != key or dose.data.get("schedule") == PRN:
            continue
        (own.taken if was_done(dose.data) else own.skipped).update(dose.days)
        why = ", ".join(dose.data.get("reason", ())) or str(dose.data.get("note", NO_REASON))
        if why and not was_done(dose.data):
            for day in dose.days:
                own.reasons.setdefault(day, Counter())[why] += 1  # type: ignore[attr-defined]
    return own
