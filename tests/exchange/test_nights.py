"""Stretches from several sources merged into sleeps, and sleeps made into nights and naps."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta, timezone
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painlog.domain.entries import Draft
from painlog.errors import BadInput
from painlog.exchange.importing import sleep_intervals
from painlog.exchange.importing.contract import Context, Problem
from painlog.exchange.importing.nights import Sleep, night_drafts, read_instant
from painlog.exchange.importing.sleep_intervals import ASLEEP, AWAKE, IN_BED, STAGE, SleepIntervals
from tests.conftest import NOW

CET = timezone(timedelta(hours=1))
EVENING = datetime(2026, 11, 10, 18, tzinfo=CET)


def at(clock: str) -> datetime:
    """A time between the evening of 10 November and the next."""
    found = datetime.combine(EVENING.date(), time.fromisoformat(clock), CET)
    return found if found >= EVENING else found + timedelta(days=1)


def context() -> Context:
    return Context("test", NOW, time(3), {}, {})


def merged(*stretches: tuple[str, str, int]) -> list[Sleep]:
    found = SleepIntervals()
    for start, end, state in stretches:
        found.add(at(start), at(end), state)
    return list(found.sleeps())


def shown(*stretches: tuple[str, str, int]) -> list[tuple[str, str, float, dict[str, str]]]:
    return [(f"{each.start:%H:%M}", f"{each.end:%H:%M}", each.asleep, dict(each.fields)) for each in merged(*stretches)]


@pytest.mark.parametrize(
    ("stretches", "expected"),
    [
        ([("23:00", "07:00", ASLEEP)], [("23:00", "07:00", 480, {})]),
        ([("23:00", "07:00", ASLEEP), ("23:00", "07:00", ASLEEP)], [("23:00", "07:00", 480, {})]),
        ([("23:00", "05:00", ASLEEP), ("01:00", "07:00", ASLEEP)], [("23:00", "07:00", 480, {})]),
        ([("23:00", "07:00", ASLEEP), ("01:00", "02:00", ASLEEP)], [("23:00", "07:00", 480, {})]),
        (
            [("23:00", "02:00", ASLEEP), ("02:30", "07:00", ASLEEP)],
            [("23:00", "07:00", 450, {"waso": "30.0"})],
        ),
        ([("23:00", "02:00", STAGE), ("02:00", "07:00", STAGE)], [("23:00", "07:00", 480, {"waso": "0.0"})]),
        (
            [("23:00", "07:00", STAGE), ("03:00", "03:20", AWAKE)],  # one source contradicts the other
            [("23:00", "07:00", 480, {})],
        ),
        (
            [("22:40", "23:00", AWAKE), ("23:00", "07:00", ASLEEP)],
            [("22:40", "07:00", 480, {"sol": "20.0"})],
        ),
        ([("22:00", "22:20", AWAKE), ("23:00", "07:00", ASLEEP)], [("23:00", "07:00", 480, {})]),
        ([("22:40", "07:10", IN_BED), ("23:00", "07:00", ASLEEP)], [("23:00", "07:00", 480, {})]),
        (
            [("23:00", "02:00", ASLEEP), ("03:00", "07:00", ASLEEP)],
            [("23:00", "07:00", 420, {"waso": "60.0"})],
        ),
        (
            [("23:00", "02:00", ASLEEP), ("03:01", "07:00", ASLEEP)],
            [("23:00", "02:00", 180, {}), ("03:01", "07:00", 239, {})],
        ),
        (
            [("23:00", "02:00", ASLEEP), ("04:00", "07:00", ASLEEP), ("22:50", "07:10", IN_BED)],
            [("23:00", "07:00", 360, {"waso": "120.0"})],
        ),
        (
            [("23:00", "01:00", ASLEEP), ("05:01", "07:00", ASLEEP), ("22:50", "07:10", IN_BED)],
            [("23:00", "01:00", 120, {}), ("05:01", "07:00", 119, {})],
        ),
        ([("23:00", "07:00", IN_BED)], [("23:00", "07:00", 0, {})]),
        ([("23:00", "23:00", ASLEEP)], []),
        ([], []),
    ],
)
def test_stretches_are_merged(stretches: list[Any], expected: list[Any]) -> None:
    assert shown(*stretches) == expected
    assert shown(*reversed(stretches)) == expected


def test_time_in_bed_is_kept_beside_the_sleep() -> None:
    (sleep,) = merged(("22:40", "07:10", IN_BED), ("23:00", "07:00", ASLEEP))
    assert (sleep.bed, sleep.up) == (at("22:40"), at("07:10"))
    (draft,) = night_drafts([sleep], context())
    assert isinstance(draft, Draft)
    assert draft.data == {"night": "2026-11-10T23:00+01:00/2026-11-11T07:00+01:00", "bed": "22:40", "up": "07:10"}


@given(
    st.lists(
        st.tuples(st.integers(0, 6_000), st.integers(1, 700), st.sampled_from([IN_BED, AWAKE, ASLEEP, STAGE])),
        max_size=12,
    )
)
def test_no_minute_is_counted_twice_or_lost(parts: list[tuple[int, int, int]]) -> None:
    found, minutes = SleepIntervals(), set[int]()
    for start, length, state in parts:
        begin = EVENING + timedelta(minutes=start)
        found.add(begin, begin + timedelta(minutes=length), state)
        minutes |= set(range(start, start + length)) if state >= ASLEEP else set()
    sleeps = list(found.sleeps())
    assert sum(each.asleep for each in sleeps) == len(minutes)
    for each in sleeps:
        span = (each.end - each.start).total_seconds() / 60
        assert each.asleep + float(each.fields.get("sol", 0)) + float(each.fields.get("waso", 0)) <= span
    assert all(one.end <= other.end for one, other in pairwise(sleeps))


def test_a_night_among_years_without_a_gap_is_what_it_is_alone() -> None:
    def day(number: int) -> list[tuple[datetime, datetime, int]]:
        begin = EVENING + timedelta(days=number)
        hours = [(begin + timedelta(hours=each), AWAKE if each > 7 else STAGE) for each in range(24)]
        bed = (begin - timedelta(minutes=20), begin + timedelta(hours=8, minutes=10), IN_BED)
        return [bed, *((start, start + timedelta(minutes=59), state) for start, state in hours)]

    def merged_of(days: Iterable[int]) -> list[Sleep]:
        found = SleepIntervals()
        for number in days:
            for each in day(number):
                found.add(*each)
        return list(found.sleeps())

    together = merged_of(range(400))
    assert [each for number in (7, 8, 9) for each in merged_of((number - 1, number, number + 1))[1:2]] == together[7:10]
    assert len(together) == 400


def test_the_time_that_sleeps_take_does_not_grow_with_all_that_was_awake_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_at: list[int] = []
    one = sleep_intervals._sleep

    def counted(run: list[Any], parts: list[Any], places: list[str | int]) -> Sleep:
        looked_at.append(len(parts))
        return one(run, parts, places)

    found = SleepIntervals()
    for hour in range(24 * 300):
        start = EVENING + timedelta(hours=hour)
        found.add(start, start + timedelta(minutes=59), ASLEEP if hour % 24 < 7 else AWAKE)
    monkeypatch.setattr(sleep_intervals, "_sleep", counted)
    assert len(list(found.sleeps())) == 300
    assert max(looked_at) < 24 * 7


@pytest.mark.parametrize(
    ("start", "end"), [("07:00", "06:00"), ("19:00", "17:00")], ids=["ends first", "longer than 16 h"]
)
def test_an_impossible_stretch_is_refused(start: str, end: str) -> None:
    with pytest.raises(BadInput):
        SleepIntervals().add(at(start), at(end), ASLEEP)


def sleep(start: str, end: str, asleep: float | None = None, **more: Any) -> Sleep:
    begin, waking = at(start), at(end)
    slept = (waking - begin).total_seconds() / 60 if asleep is None else asleep
    return Sleep(begin, waking, slept, f"{start} {end}", f"row {end}", **more)


def rows(*sleeps: Sleep) -> list[tuple[str, ...]]:
    made: list[tuple[str, ...]] = []
    for each in night_drafts(sleeps, context()):
        if isinstance(each, Problem):
            made.append((each.place, each.why))
        else:
            made.append((f"{each.day}", each.kind.by_name["night"].show(each.data["night"]), each.data.get("type", "")))
    return made


@pytest.mark.parametrize(
    ("sleeps", "expected"),
    [
        ([sleep("23:10", "06:40")], [("2026-11-11", "23:10-06:40", "")]),
        (
            [sleep("13:00", "14:00"), sleep("23:10", "06:40")],
            [("2026-11-11", "23:10-06:40", ""), ("2026-11-11", "13:00-14:00", "nap")],
        ),
        ([sleep("13:00", "14:00")], [("2026-11-11", "13:00-14:00", "nap")]),
        ([sleep("13:00", "14:00", nap=False)], [("2026-11-11", "13:00-14:00", "")]),
        ([sleep("09:00", "12:00")], [("2026-11-11", "09:00-12:00", "")]),
        ([sleep("08:59", "11:00")], [("2026-11-11", "08:59-11:00", "")]),
        (
            [sleep("01:00", "05:00", nap=True), sleep("05:30", "07:00")],
            [("2026-11-11", "01:00-05:00", "nap"), ("2026-11-11", "05:30-07:00", "")],
        ),
        (
            [sleep("23:00", "07:00"), sleep("06:59", "08:00"), sleep("08:00", "08:30")],
            [
                ("2026-11-11", "23:00-07:00", ""),
                ("row 08:00", "it overlaps a longer sleep, the one until 07:00"),
                ("2026-11-11", "08:00-08:30", "nap"),
            ],
        ),
        (
            [sleep("23:00", "02:00"), sleep("03:30", "06:40"), sleep("13:00", "13:30")],
            [
                ("2026-11-11", "03:30-06:40", ""),
                ("2026-11-11", "23:00-02:00", ""),
                ("2026-11-11", "13:00-13:30", "nap"),
            ],
        ),
        (
            [sleep("22:00", "23:30", 80), sleep("00:30", "05:00"), sleep("05:30", "08:10", nap=True)],
            [
                ("2026-11-10", "22:00-23:30", ""),
                ("2026-11-11", "00:30-05:00", ""),
                ("2026-11-11", "05:30-08:10", "nap"),
            ],
        ),
        (
            [sleep("20:00", "21:30"), sleep("00:30", "07:00"), sleep("10:01", "11:30")],  # three hours apart
            [
                ("2026-11-10", "20:00-21:30", ""),
                ("2026-11-11", "00:30-07:00", ""),
                ("2026-11-11", "10:01-11:30", "nap"),
            ],
        ),
        ([sleep("23:00", "07:00", 0)], [("row 07:00", "no minute of sleep is given, only time in bed")]),
        ([sleep("23:00", "23:00")], [("row 23:00", "the sleep ends at 23:00, before it begins")]),
        ([sleep("18:00", "10:01")], [("row 10:01", "from 18:00 to 10:01, 16 h 01, is no sleep")]),
        ([sleep("23:00:10", "23:00:50")], [("row 23:00:50", "from 23:00 to 23:00, 1 min, is no sleep")]),
        ([sleep("23:00", "07:00", 400)], [("2026-11-11", "6 h 40", "")]),
        ([sleep("23:00", "07:00", 478)], [("2026-11-11", "23:00-07:00", "")]),
        ([sleep("23:00", "07:00", 430, fields={"waso": "30", "sol": "20"})], [("2026-11-11", "23:00-07:00", "")]),
    ],
)
def test_at_most_one_sleep_a_day_is_the_night(sleeps: list[Sleep], expected: list[Any]) -> None:
    assert rows(*sleeps) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-11-11T07:00+01:00/2026-11-10T23:00+01:00", "ends before it begins"),
        ("2026-11-10T23:00/2026-11-11T07:00", "is not a pair of instants with offsets"),
        ("2026-11-10T23:00+01:00/2026-11-11T07:00+01:00/", "is not a pair of instants"),
        ("2026-11-10T23:00+01:00/soon", "is not a pair of instants"),
    ],
)
def test_an_interval_that_is_none_is_refused(text: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        context().draft("sleep", {"night": [text]}, context().day(NOW.date()), key="k")


def test_a_night_ahead_is_a_problem() -> None:
    ahead = Sleep(NOW, NOW + timedelta(hours=8), 480, "k", "row 2")
    assert [type(each) for each in night_drafts([ahead], context())] == [Problem]


@pytest.mark.parametrize(
    ("start", "end", "zone", "day", "night"),
    [
        ("2026-11-10T22:30Z", "2026-11-10T23:30Z", "", "2026-11-11", "2026-11-10T23:30+01:00/2026-11-11T00:30+01:00"),
        (
            "2026-11-10T23:14+08:00",
            "2026-11-11T06:40+08:00",
            "",
            "2026-11-11",
            "2026-11-10T23:14+08:00/2026-11-11T06:40+08:00",
        ),
        (
            "2026-10-24T23:30+02:00",
            "2026-10-25T06:30+01:00",
            "",
            "2026-10-25",
            "2026-10-24T23:30+02:00/2026-10-25T06:30+01:00",
        ),
        (
            "2026-10-24T22:30+01:00",  # the offset of its end, as in one merged night
            "2026-10-25T06:30+01:00",
            "",
            "2026-10-25",
            "2026-10-24T23:30+02:00/2026-10-25T06:30+01:00",
        ),
        (
            "2026-11-10T14:00Z",
            "2026-11-10T21:00Z",
            "Asia/Tokyo",
            "2026-11-11",
            "2026-11-10T23:00+09:00/2026-11-11T06:00+09:00",
        ),
    ],
    ids=["utc", "elsewhere", "summer time ends", "one offset", "named zone"],
)
def test_a_night_belongs_to_the_local_day_of_waking(start: str, end: str, zone: str, day: str, night: str) -> None:
    begin, waking = read_instant(start), read_instant(end)
    minutes = (waking - begin).total_seconds() / 60
    (draft,) = night_drafts([Sleep(begin, waking, minutes, "k", "row 2", zone=zone)], context())
    assert isinstance(draft, Draft)
    assert (f"{draft.day}", draft.data["night"]) == (day, night)
    assert draft.at == waking
    assert draft.kind.derive(draft.data)["tst"] == minutes


@pytest.mark.parametrize("said", ["", "yesterday", None, 5, "2026-13-01", "0001-01-01", "9999-12-31T23:59"])
def test_what_is_no_stamp_is_refused(said: object) -> None:
    with pytest.raises(BadInput):
        read_instant(said)


def test_a_stamp_without_an_offset_is_in_utc() -> None:
    assert read_instant("2026-11-10T22:30:00.0") == datetime(2026, 11, 10, 22, 30, tzinfo=UTC)
