"""The medicines that a plan has for one day, and what was recorded of them. Pure.

Nothing recorded is not the same as nothing taken.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from painlog.domain.entries import Event
from painlog.domain.kinds.care import MEDICINE, PRN, was_done
from painlog.domain.plan import Item, due_on, in_force


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


def scheduled_on(changes: Iterable[Event], doses: Sequence[Event], day: date) -> list[Scheduled]:
    """Return the medicines that are due on a day by the plan, in its order; one as needed is never due.

    What is due less than once a day is due as many days after it was last recorded, or begun, as lie between two doses.
    """
    found = []
    for item in in_force(changes, day):
        rate = due_on(item, 1) if item.sort == MEDICINE else None
        own = [dose for dose in doses if _is_of(dose, item) and dose.day <= day]
        if rate is None or (rate < 1 and not _is_turn(item, own, day, round(1 / rate))):
            continue
        done = [was_done(dose.data) for dose in own if dose.day == day]
        found.append(Scheduled(item, max(1, round(rate)), done.count(True), done.count(False)))
    return found


def _is_of(dose: Event, item: Item) -> bool:
    return str(dose.data["name"]).casefold() == item.key and dose.data.get("schedule") != PRN


def _is_turn(item: Item, doses: Sequence[Event], day: date, every: int) -> bool:
    last = max((dose.day for dose in doses if dose.day < day), default=None)
    if last is None:
        return (day - item.started).days % every == 0
    return (day - max(item.started, last)).days >= every
