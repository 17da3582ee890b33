"""Scheduled medicines dose by dose and day by day: what was due, and what was recorded of it. Pure; judges nothing.

It is counted from the day on which the plan was in force, over every day since. What is not recorded is not the same as
not taken. A medicine as needed, or without a rhythm, is never due. A second dose on a day is one beyond the plan, and
makes up for no other day; only of what is due less than once a day a dose counts for the turn that it is nearest to.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from painlog.domain.kinds.care import MEDICINE, PRN, was_done
from painlog.domain.language.amounts import rhythm_of
from painlog.domain.observations import AnyEntry
from painlog.domain.periods import Period
from painlog.domain.plan import Stretch

Outcome = Literal["taken", "extra", "skipped", "unrecorded"]
NO_REASON = ""


@dataclass(frozen=True)
class Adherence:
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
    for period, count, length in _rhythms(parts):
        turns = [*_turns(period, count, length)]
        whole += sum(turn.due for turn in turns)
        for (_, outcome), number in _outcomes(turns, own, length).items():
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


def count_by_day(parts: Sequence[Stretch], doses: Sequence[AnyEntry]) -> dict[date, Counter[Outcome]]:
    """Return each day's outcomes of all medicines with a rhythm; of a rarer one, what is missing falls on its last day.

    Days on which nothing was due or taken are not there.
    """
    found: dict[date, Counter[Outcome]] = {}
    for _, course in courses(_with_rhythm(parts)):
        own = _gather(course[0].item.key, doses)
        for period, count, length in _rhythms(course):
            for (day, outcome), number in _outcomes([*_turns(period, count, length)], own, length).items():
                found.setdefault(day, Counter())[outcome] += number
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


def _rhythms(parts: Sequence[Stretch]) -> Iterator[tuple[Period, int, int]]:
    """Yield the days over which one rhythm held, and the rhythm: so many doses in so many days."""
    held: list[tuple[Period, int, int]] = []
    for part in parts:
        rhythm = rhythm_of(part.item.schedule)
        if rhythm is None:
            continue
        if held and held[-1][1:] == rhythm and (part.period.start - held[-1][0].end).days == 1:
            held[-1] = (Period(held[-1][0].start, part.period.end), *rhythm)
        else:
            held.append((part.period, *rhythm))
    yield from held


def _turns(period: Period, count: int, length: int) -> Iterator[_Turn]:
    start = period.start
    while start <= period.end:
        end = min(period.end, start + timedelta(days=length - 1))
        here = Period(start, end)
        yield _Turn(here, count, count * here.length // length)
        start = end + timedelta(days=1)


def _outcomes(turns: Sequence[_Turn], own: _Doses, length: int) -> Counter[tuple[date, Outcome]]:
    """Count what became of each dose that was due, and what was taken beyond, by day."""
    counts: Counter[tuple[date, Outcome]] = Counter()
    taken = _taken_in(turns, own, length)
    for turn, days in zip(turns, taken, strict=True):
        skipped = _listed(own.skipped, turn.period)[: max(0, turn.doses - len(days))]
        for number, day in enumerate(days):
            counts[day, "taken" if number < turn.doses else "extra"] += 1
        for day in skipped:
            counts[day, "skipped"] += 1
        missing = turn.due - len(days[: turn.doses]) - len(skipped)
        if missing > 0:
            counts[turn.period.end, "unrecorded"] += missing
    return counts


def _taken_in(turns: Sequence[_Turn], own: _Doses, length: int) -> list[list[date]]:
    """The days of the doses of each turn; one too many just beside a turn that has too few counts there."""
    taken = [_listed(own.taken, turn.period) for turn in turns]
    near = length / turns[0].doses / 2 if turns else 0
    for i, j in pairwise(range(len(turns))):
        earlier, later = turns[i], turns[j]
        if len(taken[i]) > earlier.doses and len(taken[j]) < later.doses:
            if (later.period.start - taken[i][-1]).days < near:
                taken[j].insert(0, taken[i].pop())
        elif len(taken[j]) > later.doses and len(taken[i]) < earlier.doses:  # noqa: SIM102  (the mirror of the above)
            if (taken[j][0] - earlier.period.end).days < near:
                taken[i].append(taken[j].pop(0))
    return taken


def _listed(on: Counter[date], period: Period) -> list[date]:
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
