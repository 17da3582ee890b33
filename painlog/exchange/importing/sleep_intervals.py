"""Intervals of sleep, waking and time in bed from several sources, merged into sleeps. Pure.

- Time that several sources call sleep is counted once: the total is the length of the union of all intervals asleep.
- Sleeps are one where they lie at most 60 minutes apart (what van Hees 2018, doi 10.1038/s41598-018-31266-z, joins), or
  up to 4 hours where intervals in bed or awake lie in between, none of them more than 60 minutes from the next.
- Time awake at night is what is left between the first sleep and the last waking. It is said only where a source tells
  sleep from waking: by a gap between intervals, or by stages without an awake one. One block of sleep leaves it unsaid.
- Time to fall asleep is said only where a source reports waking right up to the first sleep. Time in bed is kept as
  when the person lay down and got up, and is never taken for sleep.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo

from painlog.domain.language.durations import show_minutes
from painlog.errors import BadInput
from painlog.exchange.importing.nights import Sleep, minutes_text

IN_BED, AWAKE, ASLEEP, STAGE = range(4)  # what an interval is; STAGE: asleep, by a source that tells stages
JOINED, RESTED, LONGEST = 60 * 60, 4 * 60 * 60, 16 * 60 * 60  # seconds
TOUCHING = 60
AROUND = 48 * 60 * 60  # seconds before and after a sleep beyond which no interval can say anything about it
_PLACES = 2**11
Block = tuple[int, int]


class _Interval(NamedTuple):
    start: int  # seconds since 1970
    end: int
    state: int
    place: int


def state_of(said: str, states: Mapping[str, int], prefix: str = "") -> int:
    """Return the state that an app's word stands for, which may begin with a prefix. Raises BadInput."""
    state = states.get(said.removeprefix(prefix))
    if state is None:
        raise BadInput(f"{said!r} is no state of sleep that painlog knows")
    return state


class SleepIntervals:
    """Any number of intervals, eight bytes each: files hold millions."""

    def __init__(self) -> None:
        self._packed = array("q")
        self._places: dict[str | int, int] = {}

    def add(self, start: datetime, end: datetime, state: int, zone: str = "") -> None:
        """Take in an interval between aware instants, in a zone or in the offset of its end. Raises BadInput."""
        begin, length = int(start.timestamp()), int((end - start).total_seconds())
        if length < 0:
            raise BadInput(f"it ends at {end:%H:%M}, before it begins")
        if length > LONGEST:
            raise BadInput(f"{show_minutes(length / 60)} is more than 16 h")
        offset = end.utcoffset() or timedelta()
        place = self._places.setdefault(zone or int(offset.total_seconds()), len(self._places))
        if place >= _PLACES or not 0 <= begin < 2**33:
            raise BadInput(f"{start:%Y-%m-%d %H:%M} is no time of a sleep")
        if length:
            self._packed.append((((begin << 17) + length) * 4 + state) * _PLACES + place)

    def sleeps(self) -> Iterator[Sleep]:
        """Merge all intervals into sleeps, in the order of time. A stay in bed without any comes with 0 minutes."""
        places = list(self._places)
        for parts in self._episodes():
            starts = [part.start for part in parts]
            for run in _runs(parts):
                yield _sleep(run, _near(run, parts, starts), places)

    def _episodes(self) -> Iterator[list[_Interval]]:
        """Stretches that lie at most ``JOINED`` apart."""
        self._packed = array("q", sorted(self._packed))
        parts: list[_Interval] = []
        reach = 0
        for packed in self._packed:
            rest, place = divmod(packed, _PLACES)
            rest, state = divmod(rest, 4)
            start = rest >> 17
            if parts and start > reach + JOINED:
                yield parts
                parts = []
            parts.append(_Interval(start, start + (rest & (2**17 - 1)), state, place))
            reach = max(reach, parts[-1].end)
        if parts:
            yield parts


def _union(parts: Iterable[_Interval]) -> list[Block]:
    """Stretches in the order of their starts as blocks that do not touch."""
    blocks: list[Block] = []
    for part in parts:
        if blocks and part.start <= blocks[-1][1]:
            blocks[-1] = (blocks[-1][0], max(blocks[-1][1], part.end))
        else:
            blocks.append((part.start, part.end))
    return blocks


def _runs(parts: list[_Interval]) -> list[list[Block]]:
    """Blocks asleep of an episode, those up to ``RESTED`` apart together; one empty run where it was a stay in bed."""
    runs: list[list[Block]] = []
    for block in _union(part for part in parts if part.state >= ASLEEP):
        if runs and block[0] - runs[-1][-1][1] <= RESTED:
            runs[-1].append(block)
        else:
            runs.append([block])
    return runs or [[]]


def _near(run: list[Block], parts: list[_Interval], starts: list[int]) -> list[_Interval]:
    """The parts of an episode, which begin at ``starts``, that may say something about a sleep in it."""
    if not run:
        return parts
    return parts[bisect_left(starts, run[0][0] - AROUND) : bisect_right(starts, run[-1][1] + AROUND)]


def _sleep(run: list[Block], parts: list[_Interval], places: list[str | int]) -> Sleep:
    first, last = (run[0][0], run[-1][1]) if run else (parts[0].start, max(part.end for part in parts))
    within = [part for part in parts if part.start < last and part.end > first]
    asleep = sum(end - start for start, end in run)
    begin = _awake_since(first, parts) if run else first
    fields = {"sol": minutes_text(first - begin)} if begin < first else {}
    if run and _tells_waking(run, within):
        fields["waso"] = minutes_text(last - first - asleep)
    waking = max(within, key=lambda part: (part.state >= ASLEEP, part.end))
    place = places[waking.place]
    bed, up = _in_bed(begin, last, parts)
    start, end, lain, risen = (_at(each, place) for each in (begin, last, bed, up))
    key, where = f"{_at(first, ''):%Y-%m-%dT%H:%MZ}", f"sleep until {end:%Y-%m-%d %H:%M}"
    return Sleep(start, end, asleep / 60, key, where, fields, lain, risen, zone=place if isinstance(place, str) else "")


def _at(seconds: int, place: str | int) -> datetime:
    zone = timezone(timedelta(seconds=place)) if isinstance(place, int) else ZoneInfo(place) if place else UTC
    return datetime.fromtimestamp(seconds, zone)


def _awake_since(first: int, parts: list[_Interval]) -> int:
    """Since when the person was awake right before the first sleep, which is that itself where nothing says so."""
    blocks = _union(part for part in parts if part.state == AWAKE and part.start < first)
    start, end = blocks[-1] if blocks else (first, first)
    return start if end >= first - TOUCHING and first - start <= RESTED else first


def _tells_waking(run: list[Block], within: list[_Interval]) -> bool:
    states = {part.state for part in within}
    return len(run) > 1 or (STAGE in states and AWAKE not in states)


def _in_bed(begin: int, last: int, parts: list[_Interval]) -> Block:
    """Into and out of bed around a sleep; its own ends where no source says that."""
    blocks = _union(part for part in parts if part.state == IN_BED)
    around = [block for block in blocks if block[0] <= last and block[1] >= begin]
    return (around[0][0], around[-1][1]) if around else (last, begin)
