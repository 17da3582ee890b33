"""What was taken, done and changed, from entries to the days that are compared. Pure.

A treatment was used on a day on which it was done or taken. It was not used on a day with some other entry, between its
first and its last use in the period; days on which the plan has it count too. A day with no entry at all is unknown.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from painlog.analysis.patterns.findings import PlanStep
from painlog.analysis.report.care import how_taken
from painlog.domain.entries import Entry
from painlog.domain.kinds.care import DOSE, GOAL, PLAN, PRN, SCHEDULED, TREATMENT, was_done
from painlog.domain.periods import Period
from painlog.domain.plan import in_force_each, stretches

MEDICINE_MARK = " (medicine)"


@dataclass(frozen=True)
class Use:
    """A treatment or medicine: the days on which it was done or taken, and those on which it is known not to have been.

    What is taken ``as_needed``, as said or ``assumed``, is not compared on the same day.
    """

    name: str
    as_needed: bool
    days: AbstractSet[date]
    without: AbstractSet[date]
    medicine: bool = False
    assumed: bool = False

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
        replace(use, name=f"{use.name}{MEDICINE_MARK}") if use.medicine and use.key in twice else use for use in found
    ]
    return sorted(found, key=lambda use: (-len(use.days), use.name.casefold()))


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
    """Whether a medicine was ever said to be taken as needed, or never how: then it is assumed. A treatment is not."""
    if entries[0].kind != DOSE.name:
        return False, False
    held = in_force_each(changes, {entry.day for entry in entries})
    ways = {how_taken(entry, held[entry.day]) for entry in entries}
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
