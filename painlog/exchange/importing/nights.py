"""Sleeps as trackers report them, made into nights and naps. Pure.

- A sleep belongs to the date of waking, in the offset it was recorded in; one in UTC to the date of the machine.
- A day has at most one night, the longest; other sleeps are naps. Sleeps less than ``BROKEN_WITHIN`` minutes apart are
  parts of one night, which belongs to the day of its last waking. A sleep under 3 hours between 9:00 and 21:00 is a nap
  even where it is the only one, unless the app calls it the main sleep; one under an hour from 8:00 on ends no night.
- Of two sleeps that overlap the shorter one is left out, and said so: time is not counted twice.
- A night is kept as a span where its parts add up to the app's total, else as that total with the time of waking. Of
  several parts each is a span, and what is left of it beside the app's total is time awake.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, tzinfo
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from painlog.domain.entries import Draft
from painlog.domain.kinds.sleep_formulas import BROKEN_WITHIN, LONGEST_IN_BED
from painlog.domain.language.dates import Moment
from painlog.domain.language.durations import show_minutes
from painlog.errors import BadInput
from painlog.exchange.importing.contract import Context, Problem
from painlog.exchange.importing.source import Row
from painlog.exchange.importing.written_dates import moment_of

T = TypeVar("T")
SHORT, MORNING, EVENING = 180, time(9), time(21)
DOZE, RISING = 60, time(8)
SLACK = 2  # minutes that a span and its parts may differ by


class Sleep(NamedTuple):
    """One sleep: from trying to sleep, or falling asleep, to the final waking; all instants aware.

    ``asleep`` are the minutes slept. ``fields`` are other fields of painlog's ``sleep`` as typed, sol and waso in plain
    minutes. ``bed`` and ``up`` are into and out of bed, where known. ``nap`` is what the app calls it, None where it
    does not say; ``zone`` an IANA name where it has one.
    """

    start: datetime
    end: datetime
    asleep: float
    key: str
    place: str
    fields: Mapping[str, str] = MappingProxyType({})
    bed: datetime | None = None
    up: datetime | None = None
    nap: bool | None = None
    zone: str = ""
    original: str = ""


class _PlacedSleep(NamedTuple):
    sleep: Sleep
    moment: Moment
    start: datetime
    end: datetime
    zone: tzinfo | None


def night_drafts(sleeps: Iterable[Sleep], context: Context) -> Iterator[Draft | Problem]:
    """Make entries of sleeps, at most one main night a day. Sleeps of one day need not be side by side."""
    placed: list[_PlacedSleep] = []
    for sleep in sleeps:
        try:
            placed.append(_place(sleep, context))
        except BadInput as error:
            yield Problem(sleep.place, str(error))
    placed.sort(key=lambda each: (each.end.date(), -each.sleep.asleep, each.end))
    found: list[_PlacedSleep | Problem] = []
    for _, group in groupby(placed, key=lambda each: each.end.date()):
        found += _without_overlaps(group)
    nights = _nights([each for each in found if isinstance(each, _PlacedSleep)])
    for each in found:
        try:
            yield each if isinstance(each, Problem) else _draft(each, context, nights.get(each.sleep.key, ()))
        except BadInput as error:
            yield Problem(each.sleep.place if isinstance(each, _PlacedSleep) else each.place, str(error))


def read_sleeps(
    records: Iterable[tuple[str, T]], read: Callable[[T, str], Sleep | None]
) -> tuple[list[Sleep], list[Problem]]:
    """Return the sleeps that records say, each with its place before it, and a problem for each that is not understood.

    ``read`` takes a record and its place, returns None for what is no sleep, and may raise BadInput.
    """
    sleeps: list[Sleep] = []
    problems: list[Problem] = []
    for place, record in records:
        try:
            sleeps += filter(None, [read(record, place)])
        except BadInput as error:
            problems.append(Problem(place, str(error)))
    return sleeps, problems


def read_sleep_rows(
    rows: Iterable[Row], read: Callable[[Mapping[str, str], str], Sleep | None], context: Context
) -> Iterator[Draft | Problem]:
    """Make entries of a table of sleeps, a row each; ``read`` takes its cells and its place, as in ``read_sleeps``."""
    sleeps, problems = read_sleeps(((f"row {row.number}", row.cells) for row in rows), read)
    yield from problems
    yield from night_drafts(sleeps, context)


def read_instant(text: object) -> datetime:
    """Read an ISO stamp; one without an offset is in UTC. Raises BadInput."""
    try:
        at = datetime.fromisoformat(text.strip()) if isinstance(text, str) else None
    except ValueError:
        at = None
    if at is None or not 2 <= at.year <= 9998:
        raise BadInput(f"{text!r:.60} is not a date and time")
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def minutes_between(start: datetime, end: datetime) -> float:
    """Return the minutes from one instant to another."""
    return (end - start).total_seconds() / 60


def minutes_text(seconds: float) -> str:
    """Write seconds as the minutes that a field of a night takes."""
    return f"{max(0.0, seconds) / 60:.1f}"


def _place(sleep: Sleep, context: Context) -> _PlacedSleep:
    if sleep.end <= sleep.start:
        raise BadInput(f"the sleep ends at {sleep.end:%H:%M}, before it begins")
    minutes = minutes_between(sleep.start, sleep.end)
    if not 1 <= minutes <= LONGEST_IN_BED:
        raise BadInput(f"from {sleep.start:%H:%M} to {sleep.end:%H:%M}, {show_minutes(minutes)}, is no sleep")
    if sleep.asleep <= 0:
        raise BadInput("no minute of sleep is given, only time in bed")
    moment = context.moment(sleep.end, sleep.zone) if sleep.zone else moment_of(context, sleep.end)
    end = moment.at or sleep.end
    zone = end.tzinfo if sleep.zone or end.astimezone().utcoffset() != end.utcoffset() else None
    return _PlacedSleep(sleep, moment, sleep.start.astimezone(zone), end, zone)


def _without_overlaps(placed: Iterable[_PlacedSleep]) -> Iterator[_PlacedSleep | Problem]:
    """The sleeps of one day, the longest first, and a problem for each that overlaps a longer one."""
    kept: list[_PlacedSleep] = []
    for each in placed:
        try:
            _check_alone(each, kept)
            kept.append(each)
            yield each
        except BadInput as error:
            yield Problem(each.sleep.place, str(error))


def _nights(placed: list[_PlacedSleep]) -> dict[str, list[_PlacedSleep]]:
    """The parts of each day's night, by the key of every one of them."""
    strings: list[list[_PlacedSleep]] = []
    for each in sorted((each for each in placed if not _is_nap(each)), key=lambda each: each.start):
        if strings and _goes_on(strings[-1][-1], each):
            strings[-1].append(each)
        else:
            strings.append([each])
    days: dict[date, list[list[_PlacedSleep]]] = defaultdict(list)
    for string in strings:
        days[string[-1].end.date()].append(string)
    longest = (max(of_day, key=lambda string: sum(each.sleep.asleep for each in string)) for of_day in days.values())
    return {each.sleep.key: string for string in longest for each in string}


def _goes_on(one: _PlacedSleep, other: _PlacedSleep) -> bool:
    """Whether a sleep is a further part of the night that another one is a part of."""
    dozes = other.sleep.asleep < DOZE and RISING <= other.start.time() <= EVENING
    return 0 <= minutes_between(one.end, other.start) < BROKEN_WITHIN and not dozes


def _check_alone(placed: _PlacedSleep, longer: list[_PlacedSleep]) -> None:
    for other in longer:
        if placed.start < other.end and other.start < placed.end:
            raise BadInput(f"it overlaps a longer sleep, the one until {other.end:%H:%M}")


def _is_nap(placed: _PlacedSleep) -> bool:
    if placed.sleep.nap is not None:
        return placed.sleep.nap
    by_day = placed.start.time() >= MORNING and placed.end.time() <= EVENING
    return by_day and placed.start.date() == placed.end.date() and placed.sleep.asleep < SHORT


def _draft(placed: _PlacedSleep, context: Context, night: Collection[_PlacedSleep]) -> Draft:
    """Make the entry of a sleep that is a part of a ``night``, or a nap where there is none."""
    if len(night) > 1:
        placed = placed._replace(sleep=_with_the_rest_awake(placed))
    sleep = placed.sleep
    texts = {"night": [_night(placed)], **{name: [text] for name, text in sleep.fields.items()}}
    if not night:
        texts["type"] = ["nap"]
    if sleep.bed and sleep.up and _surrounds(sleep.bed, sleep.up, sleep):
        texts |= {"bed": [_clock(sleep.bed, placed)], "up": [_clock(sleep.up, placed)]}
    return context.draft("sleep", texts, placed.moment, key=sleep.key, original=sleep.original)


def _with_the_rest_awake(placed: _PlacedSleep) -> Sleep:
    sleep = placed.sleep
    rest = minutes_between(placed.start, placed.end) - sleep.asleep - float(sleep.fields.get("sol", 0))
    said = float(sleep.fields.get("waso", 0))
    if abs(rest - said) <= SLACK or rest < 0:
        return sleep
    return sleep._replace(fields={**sleep.fields, "waso": minutes_text(60 * rest)})


def _surrounds(bed: datetime, up: datetime, sleep: Sleep) -> bool:
    return bed <= sleep.start and sleep.end <= up and minutes_between(bed, up) <= LONGEST_IN_BED


def _clock(at: datetime, placed: _PlacedSleep) -> str:
    return f"{at.astimezone(placed.zone):%H:%M}"


def _night(placed: _PlacedSleep) -> str:
    """The span where its parts fit, else the length of the sleep alone: an app's total is not to change."""
    sleep = placed.sleep
    awake = sum(float(sleep.fields.get(part, 0)) for part in ("sol", "waso"))
    if abs(minutes_between(placed.start, placed.end) - awake - sleep.asleep) <= SLACK:
        return f"{placed.start.isoformat(timespec='minutes')}/{placed.end.isoformat(timespec='minutes')}"
    return f"{sleep.asleep:.1f}m"
