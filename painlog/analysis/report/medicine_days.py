"""On how many days medicines were taken, each one as needed and by class, in a period and before. Pure.

A class is one that the person named in the plan; there is no limit for any. Of medicines as needed against headache
there are the counts of ICHD-3 8.2 (Cephalalgia 2018, doi 10.1177/0333102417738202): 10 or 15 days a month for more than
3 months, which months of 28 days stand for here. The headache that its diagnosis takes is not looked at.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from painlog.analysis.report.care import how_taken
from painlog.domain.entries import Entry
from painlog.domain.kinds.care import PRN, SCHEDULED, was_done
from painlog.domain.language.amounts import AS_NEEDED
from painlog.domain.observations import AnyEntry
from painlog.domain.periods import Period
from painlog.domain.plan import Item, in_force_each, words_by_medicine

FOUR_WEEKS, MONTHS = 28, 4
HEADACHE_COUNTS = {
    **dict.fromkeys(("opioid", "triptan", "ergot", "combination"), 10),
    **dict.fromkeys(("simple-analgesic", "nsaid"), 15),
}
_WAYS = PRN, SCHEDULED, ""
_HEADACHES = ("headache", "migraine")
Ways = Mapping[str, Mapping[str, set[date]]]


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


class ClassDays(NamedTuple):
    """The days with any medicine of a class; without a name, those with any medicine as needed.

    ``in_four_weeks`` is how many days of 28 that is. ``needed`` are those on which one was said to be as needed.
    """

    name: str
    medicines: tuple[str, ...]
    days: int
    of: int
    in_four_weeks: float
    needed: int
    before: int
    needed_before: int
    of_before: int

    @property
    def of_needed(self) -> MedicineDays:
        """Its days as needed, as those of one medicine."""
        return MedicineDays(self.name, self.needed, self.of, self.needed_before, self.of_before)


class HeadacheDays(NamedTuple):
    """The days of a class as needed against headache, in each of the last months of 28 days, the latest last.

    ``least`` is the count of ICHD-3 for the class, which each of them reached.
    """

    name: str
    medicines: tuple[str, ...]
    months: tuple[int, ...]
    least: int


class MedicineCounts(NamedTuple):
    """What is counted of a period's medicines: each as needed, classes, and those against headache for months."""

    medicines: tuple[MedicineDays, ...]
    classes: tuple[ClassDays, ...]
    headaches: tuple[HeadacheDays, ...]


class Taken(NamedTuple):
    """On which days each medicine was taken in which way, as ``how_taken`` says it, and each one's name; by its key."""

    ways: Ways
    names: Mapping[str, str]

    def days(self, keys: Iterable[str], ways: Collection[str] = _WAYS) -> set[date]:
        """The days with any of some medicines taken in one of some ways."""
        return set().union(*(self.ways.get(key, {}).get(way, set()) for key in keys for way in ways))


def read_taken(doses: Sequence[AnyEntry], changes: Sequence[Entry]) -> Taken:
    """Return the days of the medicines of some doses; one that was skipped is none."""
    taken = [dose for dose in doses if was_done(dose.data)]
    held = in_force_each(changes, {day for dose in taken for day in dose.days})
    ways: dict[str, dict[str, set[date]]] = {}
    for dose in taken:
        own = ways.setdefault(str(dose.data["name"]).casefold(), {})
        for day in set(dose.days):
            own.setdefault(how_taken(dose, held[day]), set()).add(day)
    return Taken(ways, {str(dose.data["name"]).casefold(): str(dose.data["name"]) for dose in taken})


def count_medicines(
    doses: Sequence[AnyEntry],
    before: Sequence[AnyEntry],
    of_months: Sequence[AnyEntry],
    changes: Sequence[Entry],
    period: Period,
    logged_before: int,
) -> MedicineCounts:
    """Count the days of a period's doses beside those of the one before, and of those of the last months."""
    now, past = read_taken(doses, changes), read_taken(before, changes)
    return MedicineCounts(
        count_medicine_days(now, past, period, logged_before),
        count_class_days(now, past, changes, period, logged_before),
        find_headache_days(of_months, changes, period.end),
    )


def count_medicine_days(now: Taken, past: Taken, period: Period, logged_before: int) -> tuple[MedicineDays, ...]:
    """Count the days of each medicine of the period taken other than as scheduled, the most first."""
    found = [
        MedicineDays(name, len(days), period.length, len(past.days([key], (PRN, ""))), logged_before)
        for key, name in now.names.items()
        if (days := now.days([key], (PRN, "")))
    ]
    return tuple(sorted(found, key=lambda each: (-each.days, each.name.casefold())))


def count_class_days(
    now: Taken, past: Taken, changes: Sequence[Entry], period: Period, logged_before: int
) -> tuple[ClassDays, ...]:
    """Count the days with any medicine as needed, if there are several, and with each class that the plan names."""

    def count(name: str, keys: Sequence[str], ways: Collection[str]) -> ClassDays:
        days = len(now.days(keys, ways))
        return ClassDays(
            name=name,
            medicines=tuple(now.names[key] for key in keys if now.days([key], ways)),
            days=days,
            of=period.length,
            in_four_weeks=FOUR_WEEKS * days / period.length,
            needed=len(now.days(keys, (PRN,))),
            before=len(past.days(keys, ways)),
            needed_before=len(past.days(keys, (PRN,))),
            of_before=logged_before,
        )

    any_needed = count("", [*now.names], (PRN,))
    classes = (count(name, keys, _WAYS) for name, keys in _by_class(changes).items())
    return (*((any_needed,) if len(any_needed.medicines) > 1 else ()), *(each for each in classes if each.days))


def find_headache_days(doses: Sequence[AnyEntry], changes: Sequence[Entry], end: date) -> tuple[HeadacheDays, ...]:
    """Return each class whose days reach its count in every one of the last months up to a day.

    Only doses as needed count, of medicines that the plan did not have at set times, whose reason is a headache.
    """
    reasons = words_by_medicine(changes, "reason")
    against = [dose for dose in doses if _is_against_headache(dose, reasons)]
    taken = read_taken(against, changes)
    regular = {key: days for key in taken.names if (days := _regular_days(key, changes, taken))}
    found = []
    for name, keys in _by_class(changes).items():
        days = set().union(*(taken.days([key], (PRN,)) - regular.get(key, set()) for key in keys))
        months = tuple(sum(month.holds(day) for day in days) for month in months_before(end))
        if name in HEADACHE_COUNTS and min(months) >= HEADACHE_COUNTS[name]:
            medicines = tuple(taken.names[key] for key in keys if key in taken.names)
            found.append(HeadacheDays(name, medicines, months, HEADACHE_COUNTS[name]))
    return tuple(found)


def months_before(end: date) -> list[Period]:
    """Return the last ``MONTHS`` months of 28 days up to a day."""
    ends = [end - timedelta(days=FOUR_WEEKS * back) for back in reversed(range(MONTHS))]
    return [Period(last - timedelta(days=FOUR_WEEKS - 1), last) for last in ends]


def has_headache_class(changes: Sequence[Entry]) -> bool:
    """Whether the plan names a class that ICHD-3 has a count for."""
    return not HEADACHE_COUNTS.keys().isdisjoint(_by_class(changes))


def _is_against_headache(dose: AnyEntry, reasons: Mapping[str, Sequence[str]]) -> bool:
    said = dose.data.get("reason") or reasons.get(str(dose.data["name"]).casefold(), ())
    return any(named in word for word in said for named in _HEADACHES)


def _regular_days(key: str, changes: Sequence[Entry], taken: Taken) -> set[date]:
    """The days of a medicine on which the plan had it at set times."""
    held = in_force_each(changes, taken.days([key]))
    return {day for day, items in held.items() if any(_is_regular(item, key) for item in items)}


def _is_regular(item: Item, key: str) -> bool:
    return item.key == key and item.schedule not in ("", AS_NEEDED)


def _by_class(changes: Sequence[Entry]) -> dict[str, list[str]]:
    """The keys of the medicines of each class, as the plan named it last."""
    found: dict[str, list[str]] = {}
    for key, classes in words_by_medicine(changes, "class").items():
        for name in classes:
            found.setdefault(name, []).append(key)
    return found
