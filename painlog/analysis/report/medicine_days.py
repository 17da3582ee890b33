"""On how many days each medicine was taken other than as scheduled, in a period and in the one before. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from painlog.analysis.report.care import how_taken
from painlog.domain.entries import Entry
from painlog.domain.kinds.care import SCHEDULED, was_done
from painlog.domain.observations import AnyEntry
from painlog.domain.periods import Period
from painlog.domain.plan import in_force_each

FOUR_WEEKS = 28


class MedicineDays(NamedTuple):
    """The days of a medicine that is taken as needed: ``days`` of ``of``, and before that ``before`` of ``of_before``.

    A dose counts where neither it nor the plan of its day says that it was scheduled. ``of`` are calendar days,
    ``of_before`` those of the period before on which anything was logged.
    """

    name: str
    days: int
    of: int
    before: int
    of_before: int

    @property
    def more_in_four_weeks(self) -> float:
        """By how many days of 28 it is more than before."""
        return FOUR_WEEKS * (self.days / self.of - self.before / self.of_before) if self.of_before else 0


def count_medicine_days(
    doses: Sequence[AnyEntry], before: Sequence[AnyEntry], changes: Sequence[Entry], period: Period, logged_before: int
) -> tuple[MedicineDays, ...]:
    """Count the days of each medicine of the period taken other than as scheduled, the most first."""
    now, past = _days(doses, changes), _days(before, changes)
    names = {str(dose.data["name"]).casefold(): str(dose.data["name"]) for dose in doses}
    found = [
        MedicineDays(names[key], len(days), period.length, len(past.get(key, ())), logged_before)
        for key, days in now.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.days, each.name.casefold())))


def _days(doses: Sequence[AnyEntry], changes: Sequence[Entry]) -> dict[str, set[date]]:
    taken = [dose for dose in doses if was_done(dose.data)]
    held = in_force_each(changes, {day for dose in taken for day in dose.days})
    found: dict[str, set[date]] = {}
    for dose in taken:
        days = {day for day in set(dose.days) if how_taken(dose, held[day]) != SCHEDULED}
        if days:
            found.setdefault(str(dose.data["name"]).casefold(), set()).update(days)
    return found
