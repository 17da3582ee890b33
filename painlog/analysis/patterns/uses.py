"""What was taken, done and changed, from entries to the days that are compared. Pure.

A treatment was used on a day on which it was done or taken. It was not used on a day with some other entry, between its
first and its last use in the period; days on which the plan has it count too. A day with no entry at all is unknown.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from math import fsum
from types import MappingProxyType
from typing import NamedTuple

from painlog.analysis.patterns.findings import LARGEST, PlanStep
from painlog.analysis.report.care import how_taken
from painlog.analysis.summary import median
from painlog.domain.entries import Entry
from painlog.domain.kinds.care import DOSE, GOAL, PLAN, PRN, SCHEDULED, TREATMENT, was_done
from painlog.domain.observations import Rating
from painlog.domain.periods import Period
from painlog.domain.plan import in_force_each, stretches

MEDICINE_MARK = " (medicine)"


class Use(NamedTuple):
    """A treatment or medicine: the days on which it was done or taken, and those on which it is known not to have been.

    What is taken ``as_needed``, as said or ``assumed``, is not compared on the same day. ``before`` and ``after`` are
    the outcome, in its own unit, as it was rated before and after that day's use; on days without, before and after
    the usual time of it.
    """

    name: str
    as_needed: bool
    days: AbstractSet[date]
    without: AbstractSet[date]
    medicine: bool = False
    assumed: bool = False
    before: Mapping[date, float] = MappingProxyType({})
    after: Mapping[date, float] = MappingProxyType({})

    @property
    def key(self) -> str:
        """What it is found by; a medicine of the same name as a treatment has it too."""
        return self.name.casefold().removesuffix(MEDICINE_MARK)


def find_uses(
    taken: Iterable[Entry], changes: Sequence[Entry], entry_days: AbstractSet[date], period: Period
) -> list[Use]:
    """Return each medicine and treatment of a period's doses and sessions, the most used first."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in taken:
        if was_done(entry.data):
            groups.setdefault((entry.kind, entry.data["name"].casefold()), []).append(entry)
    planned: dict[str, list[Period]] = {}
    for part in stretches(changes, period):
        if part.item.sort != GOAL:
            planned.setdefault(part.item.key, []).append(part.period)
    found = [_use(group, changes, entry_days, planned.get(key, [])) for (_, key), group in groups.items()]
    twice = {key for kind, key in groups if kind == DOSE.name and (TREATMENT.name, key) in groups}
    found = [
        use._replace(name=f"{use.name}{MEDICINE_MARK}") if use.medicine and use.key in twice else use for use in found
    ]
    return sorted(found, key=lambda use: (-len(use.days), use.name.casefold()))


def with_ratings(
    uses: Iterable[Use], taken: Iterable[Entry], ratings: Iterable[Rating], *, of_pain: bool = False
) -> list[Use]:
    """Return the uses with an outcome's single ratings before and after each day's first use.

    On a day without, before and after the time of day at which the person mostly uses it. A rating of the very moment
    of a use may be either, so it is neither; one of a day without a time is left out. ``of_pain`` takes a session's own
    rating of pain before it too.
    """
    moments: dict[date, list[tuple[int, float]]] = {}
    for rating in ratings:
        if rating.at is not None and abs(rating.value) <= LARGEST:
            moments.setdefault(rating.day, []).append((_minute(rating.day, rating.at), rating.value))
    done = [entry for entry in taken if was_done(entry.data)]
    return [_rated(use, [entry for entry in done if _is_of(entry, use)], moments, of_pain=of_pain) for use in uses]


def _is_of(entry: Entry, use: Use) -> bool:
    return entry.data["name"].casefold() == use.key and (entry.kind == DOSE.name) == use.medicine


def _rated(
    use: Use, entries: Sequence[Entry], moments: Mapping[date, Sequence[tuple[int, float]]], *, of_pain: bool
) -> Use:
    """The use with what was rated before and after it, where it is known at what time of day it mostly was."""
    times: dict[date, int] = {}
    said: dict[date, float] = {}
    for entry in entries:
        if entry.at is not None and (minute := _minute(entry.day, entry.at)) <= times.get(entry.day, minute):
            times[entry.day] = minute
            if of_pain and "before" in entry.data:
                said[entry.day] = entry.data["before"]
    if use.as_needed or not times:
        return use
    usual = median([float(minute) for minute in times.values()])
    before, after = dict(said), {}
    for day in {*use.days, *use.without} & moments.keys():
        if day in use.days and day not in times:
            continue
        limit = times.get(day, usual)
        earlier = [rating for rating in moments[day] if rating[0] < limit]
        later = [value for minute, value in moments[day] if minute > limit]
        if earlier:
            before.setdefault(day, max(earlier)[1])
        if later:
            after[day] = fsum(later) / len(later)
    return use._replace(before=before, after=after)


def _minute(day: date, at: datetime) -> int:
    """Minutes from the midnight at which a person's day began; a day may go on past the next one."""
    return (at.date() - day).days * 1440 + at.hour * 60 + at.minute


def plan_steps(changes: Iterable[Entry]) -> list[PlanStep]:
    """Return the starts, changes and ends of medicines, therapies and support, in words; goals are left out."""
    goals: set[str] = set()
    steps = []
    for change in changes:
        key = change.data["name"].casefold()
        if change.data.get("sort") == GOAL:
            goals.add(key)
        elif key not in goals and (said := _said(change)):
            steps.append(PlanStep(change.day, change.data["name"], said))
    return steps


def _use(
    entries: Sequence[Entry], changes: Sequence[Entry], entry_days: AbstractSet[date], planned: Sequence[Period]
) -> Use:
    days = {entry.day for entry in entries}
    first = min([min(days), *(part.start for part in planned)])
    last = max([max(days), *(part.end for part in planned)])
    without = {day for day in entry_days if first <= day <= last} - days
    as_needed, assumed = _as_needed(entries, changes)
    return Use(entries[-1].data["name"], as_needed, days, without, entries[0].kind == DOSE.name, assumed)


def _as_needed(entries: Sequence[Entry], changes: Sequence[Entry]) -> tuple[bool, bool]:
    """Whether it was ever said to be taken as needed; of a medicine also where it was never said how: ``assumed``."""
    held = in_force_each(changes, {entry.day for entry in entries})
    ways = {how_taken(entry, held[entry.day]) for entry in entries}
    if entries[0].kind != DOSE.name:
        return PRN in ways, False
    return PRN in ways or SCHEDULED not in ways, not ways & {PRN, SCHEDULED}


def _said(change: Entry) -> str:
    """``duloxetine started (30 mg)``; nothing for a change of neither amount nor rhythm."""
    shown = [PLAN.by_name[part].show(change.data[part]) for part in ("amount", "schedule") if part in change.data]
    name, step = change.data["name"], change.data.get("step", "start")
    if step == "stop":
        return f"{name} stopped"
    if step == "change":
        return f"{name} changed to {', '.join(shown)}" if shown else ""
    return f"{name} started ({', '.join(shown)})" if shown else f"{name} started"
