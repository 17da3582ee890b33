"""The medicines that a plan has for one day, and what was recorded of them. Pure.

Nothing recorded is not the same as nothing taken.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

from painlog.domain.entries import Entry, Event
from painlog.domain.kinds.care import MEDICINE, PRN, was_done
from painlog.domain.language.amounts import AS_NEEDED, rhythm_of, weekdays_of
from painlog.domain.plan import Item, in_force

RECENT = 28  # days
RARELY = 400  # days between two doses, at most


class Scheduled(NamedTuple):
    """A medicine due on a day, so many times, and how many doses of it were recorded as taken and as skipped."""

    item: Item
    due: int
    taken: int
    skipped: int

    @property
    def unrecorded(self) -> int:
        """How many of the day's doses nothing is recorded of."""
        return max(0, self.due - self.taken - self.skipped)


class AsNeeded(NamedTuple):
    """A medicine as needed: the last dose of it, if one is known, and on how many of the last ``RECENT`` days it was.

    It says nothing of whether another one may be taken.
    """

    item: Item
    last: Entry | None
    days: int


def days_back(changes: Iterable[Event], day: date) -> int:
    """Return how many days before a day a dose may lie that says whether something is due on it.

    None for what is due every day, else as far as the last one may lie.
    """
    rhythms = (rhythm_of(item.schedule) for item in in_force(changes, day) if item.sort == MEDICINE)
    return RARELY if any(rhythm and rhythm[1] > 1 for rhythm in rhythms) else 0


def as_needed_up_to(changes: Iterable[Event], doses: Sequence[Entry], day: date) -> list[AsNeeded]:
    """Return the medicines that the plan has as needed on a day, in its order, with the doses up to it."""
    found = []
    for item in in_force(changes, day):
        if item.sort == MEDICINE and item.schedule == AS_NEEDED:
            own = [dose for dose in doses if dose.data["name"].casefold() == item.key and was_done(dose.data)]
            days = {dose.day for dose in own if dose.day > day - timedelta(days=RECENT)}
            found.append(AsNeeded(item, own[-1] if own else None, len(days)))
    return found


def scheduled_on(changes: Iterable[Event], doses: Sequence[Event], day: date) -> list[Scheduled]:
    """Return the medicines that are due on a day by the plan, in its order; one as needed is never due.

    One that is due less than once a day is due as many days after it was last recorded, or begun, as lie between two
    doses, but never more often than the plan says. One of named days of the week is due from such a day on, until it is
    recorded.
    """
    found = []
    for item in in_force(changes, day):
        own = [dose for dose in doses if _is_of(dose, item) and dose.day <= day]
        if due := _count_due(item, [dose.day for dose in own if dose.day < day], day):
            done = [was_done(dose.data) for dose in own if dose.day == day]
            found.append(Scheduled(item, due, done.count(True), done.count(False)))
    return found


def _count_due(item: Item, earlier: Sequence[date], day: date) -> int:
    """How many doses of an item are due on a day, by the days of those recorded before."""
    rhythm = rhythm_of(item.schedule) if item.sort == MEDICINE else None
    if rhythm is None:
        return 0
    count, length = rhythm
    if weekdays := weekdays_of(item.schedule):
        back = next(back for back in range(length) if (day - timedelta(days=back)).weekday() in weekdays)
        named = day - timedelta(days=back)
        return int(named >= item.started and not any(each >= named for each in earlier))
    if count < length and not _is_turn(item, earlier, day, length // count):
        return 0
    recent = max(item.since, day - timedelta(days=length - 1))
    return max(0, min(count - sum(each >= recent for each in earlier), ceil(count / length)))


def _is_of(dose: Event, item: Item) -> bool:
    return str(dose.data["name"]).casefold() == item.key and dose.data.get("schedule") != PRN


def _is_turn(item: Item, earlier: Sequence[date], day: date, every: int) -> bool:
    last = max(earlier, default=None)
    if last is None:
        return (day - item.started).days % every == 0
    return (day - max(item.started, last)).days >= every
