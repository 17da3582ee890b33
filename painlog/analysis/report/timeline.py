"""What a period's timeline shows beside the days of pain, mood and sleep: lanes of treatments and doses, and events.

Pure. An event has the number that every list and picture gives it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from painlog.domain.entries import Entry
from painlog.domain.flares import Flare
from painlog.domain.kinds.care import MEDICINE, SKIPPED, was_done
from painlog.domain.observations import AnyEntry
from painlog.domain.periods import Period
from painlog.domain.plan import Stretch, due_on, stretches

Sort = Literal["flare", "plan", "visit"]


class LanePart(NamedTuple):
    """Days over which a medicine of the plan was due as it is named: ``60 mg, 1 a day``."""

    period: Period
    text: str


class Lane(NamedTuple):
    """A medicine or treatment on the axis of days: how often on each day, and where it was due every day.

    ``taken`` has only days with a dose or a session, ``skipped`` those with a dose recorded as skipped. ``parts``
    are empty where it was not due daily. ``is_session`` is true of treatments. ``title`` is the name.
    """

    title: str
    taken: Mapping[date, int]
    parts: tuple[LanePart, ...]
    is_session: bool
    skipped: tuple[date, ...] = ()

    @property
    def is_regular(self) -> bool:
        """Whether it was due every day at some time of the period."""
        return bool(self.parts)

    def is_open(self, day: date) -> bool:
        """Whether it was due on a day and nothing is recorded of it there."""
        is_recorded = bool(self.taken.get(day)) or day in self.skipped
        return not is_recorded and any(part.period.holds(day) for part in self.parts)

    def is_skipped(self, day: date) -> bool:
        """Whether all that is recorded of a day is that it was skipped."""
        return day in self.skipped and not self.taken.get(day)


class EventOnDay(NamedTuple):
    """Something that happened on a day, with its number from 1: of what sort, and in words."""

    number: int
    day: date
    sort: Sort
    text: str


def list_lanes(
    doses: Sequence[AnyEntry], sessions: Sequence[AnyEntry], changes: Sequence[Entry], period: Period
) -> tuple[Lane, ...]:
    """Return a lane for each medicine, those of every day first, then for each treatment; by days, the most first."""
    parts: dict[str, list[Stretch]] = {}
    for part in stretches(changes, period):
        if part.item.sort == MEDICINE and (due_on(part.item, 1) or 0) >= 1:
            parts.setdefault(part.item.key, []).append(part)
    lanes = [*_lanes(doses, parts, is_session=False), *_lanes(sessions, {}, is_session=True)]
    return tuple(sorted(lanes, key=lambda lane: (lane.is_session, not lane.is_regular, -len(lane.taken))))


def list_events(
    flares: Sequence[Flare], changes: Sequence[Entry], visits: Sequence[Entry], period: Period
) -> tuple[EventOnDay, ...]:
    """Return the starts and ends of flares, changes of the plan and visits within a period, in order and numbered."""
    found: list[tuple[date, Sort, str]] = []
    for flare in flares:
        why = f" ({', '.join(flare.trigger)})" if flare.trigger else ""
        is_one_day = flare.start == flare.end
        found.append((flare.start, "flare", f"flare, one day{why}" if is_one_day else f"flare begins{why}"))
        if flare.end and not is_one_day:
            found.append((flare.end, "flare", "flare ends"))
    found += [(change.day, "plan", change.text) for change in changes]
    found += [(visit.day, "visit", f"visit {visit.data.get('who', '')}".strip()) for visit in visits]
    inside = sorted((event for event in found if period.holds(event[0])), key=lambda event: event[0])
    return tuple(EventOnDay(number, *event) for number, event in enumerate(inside, 1))


def _lanes(entries: Sequence[AnyEntry], parts: Mapping[str, Sequence[Stretch]], *, is_session: bool) -> list[Lane]:
    taken: dict[str, Counter[date]] = {}
    names: dict[str, str] = {}
    skipped: dict[str, set[date]] = {}
    for entry in entries:
        key = str(entry.data["name"]).casefold()
        if entry.data.get("status") == SKIPPED:
            skipped.setdefault(key, set()).update(entry.days)
            names.setdefault(key, str(entry.data["name"]))
        if was_done(entry.data):
            taken.setdefault(key, Counter()).update(entry.days)
            names[key] = str(entry.data["name"])
    for key, of_key in parts.items():
        names.setdefault(key, of_key[-1].item.name)
    return [
        Lane(
            names[key],
            dict(taken.get(key, {})),
            tuple(LanePart(part.period, part.item.amount) for part in parts.get(key, ())),
            is_session,
            tuple(sorted(skipped.get(key, ()))),
        )
        for key in names
    ]
