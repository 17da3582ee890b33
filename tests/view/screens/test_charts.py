"""Charts: what is drawn where, in words and in numbers, from one day to years of them, at every width."""

import json
import re
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from painlog.analysis.chart import Around, Chart, make_chart
from painlog.analysis.report.timeline import EventOnDay, Lane, LanePart
from painlog.analysis.rhythm import DAYS_NEEDED, by_hour, by_weekday
from painlog.domain.flares import Flare
from painlog.domain.observations import Rating
from painlog.domain.periods import Period
from painlog.domain.variables import DayValue, variables
from painlog.storage.journal import Journal
from painlog.view.chart_words import FLARE, MOST_EVENTS, NOT_RECORDED, RECORDED
from painlog.view.screens.chart_rows import mark_rows
from painlog.view.screens.charts import RANGE, chart_lines, panel_lines, room, rows_beside
from painlog.view.screens.rhythm import rhythm_lines
from tests.conftest import NOW, Once, Run

V = variables()
PAIN, MOOD, SLEEP = V["pain"], V["mood"], V["sleep"]
START = date(2026, 10, 23)
PANELS = ["pain", "sleep", "worry", "sol", "awakenings", "sleep_efficiency"]


def day(number: int) -> date:
    return START + timedelta(days=number)


def period(length: int) -> Period:
    return Period(START, day(length - 1))


def values(numbers: Sequence[float | None]) -> dict[date, DayValue]:
    return {day(i): DayValue(v, 1) for i, v in enumerate(numbers) if v is not None}


def drawn_of(numbers: Sequence[float | None], width: int, around: Around = Around()) -> Chart:  # noqa: B008
    return make_chart({PAIN: values(numbers)}, period(len(numbers)), room=room(width), around=around)


def events(*days: int) -> list[EventOnDay]:
    return [EventOnDay(number, day(i), "plan", f"plan {number}") for number, i in enumerate(days, 1)]


def frame(lines: Sequence[str]) -> list[str]:
    """The rows of the first frame, and what stands under it."""
    first = next(i for i, line in enumerate(lines) if "┌" in line)
    return list(lines[first:])


@pytest.fixture
def diary(run: Run, recorded_once: Once) -> Run:
    """Four weeks with a gap, several ratings on some days, a flare, changes of the plan, and ratings by day alone."""
    recorded_once("four weeks", lambda: four_weeks(run))
    return run


def four_weeks(run: Run) -> None:
    for i in range(27):
        at = day(i)
        if i in (9, 10, 11):
            continue
        pain = 4 + (i * 7 % 5) * 0.5 + (2 if 12 <= i <= 15 else 0)
        lines = [f"{at} 07:30 pain {pain - 1}", f"{at} 20:00 pain {pain + 1}", f"{at} 20:01 mood {9 - pain:g}"]
        if i % 3 == 0:
            lines = [f"{at} pain {pain}", f"{at} 07:00 sleep {5 + i % 4}h", f"{at} 21:30 mood 5"]
        if i % 7 == 0:
            lines.append(f"{at} pain worst 9")
        for line in lines:
            assert run("log", line).code == 0, line
    run("flare", "start", "--at", str(day(12)))
    run("flare", "end", "--at", str(day(15)))
    run("plan", "start", "duloxetine", "30mg", "daily", "--at", str(day(4)))
    run("plan", "change", "duloxetine", "60mg", "--at", str(day(20)))
    run("plan", "start", "physio", "twice", "a", "week", "--at", str(day(20)))
    run("plan", "goal", "Walk to the shop", "--at", str(day(20)))


SCREENS = {
    "pain": ("pain",),
    "panels": ("pain", "mood", "sleep", "--panels", "--rolling", "7d"),
    "weekday": ("pain", "sleep", "--by", "weekday"),
    "hour": ("pain", "mood", "--by", "hour"),
}


@pytest.mark.parametrize("name", SCREENS)
def test_screens_that_were_looked_over(name: str, diary: Run, snapshot: SnapshotAssertion) -> None:
    shown = diary("chart", *SCREENS[name]).out
    assert shown == snapshot


# What is drawn


@given(
    numbers=st.lists(st.none() | st.floats(0, 10), min_size=1, max_size=120).filter(any),
    width=st.integers(40, 200),
    height=st.integers(10, 30),
)
def test_every_point_with_an_entry_has_its_mark_and_no_other(
    numbers: list[float | None], width: int, height: int
) -> None:
    made = drawn_of(numbers, width, Around(flares=[Flare(START, None)]))
    rows = frame([str(line) for line in chart_lines(made, width, height)])
    under = next(i for i, row in enumerate(rows) if row.startswith("flare"))
    columns = {i for row in rows[:under] for i, sign in enumerate(row) if sign == "●"}
    points = made.lines[0].points
    places = [i for i, sign in enumerate(rows[under]) if sign == FLARE]
    assert len(columns) == sum(point is not None for point in points)
    assert columns <= set(places)
    if len(points) > 1 and points[0] is not None and points[-1] is not None:
        assert (min(columns), max(columns)) == (places[0], places[-1])


@given(
    width=st.integers(40, 200),
    length=st.integers(2, 800),
    names=st.sampled_from([["pain"], ["pain", "mood", "sleep"], ["sleep", "sol"], ["awakenings", "worry"]]),
    rolling=st.sampled_from([0, 7]),
)
def test_nothing_is_wider_than_the_terminal(width: int, length: int, names: list[str], rolling: int) -> None:
    known = {
        V[name]: values([(i % 11) * (30 if V[name].is_time else 1) if i % 5 else None for i in range(length)])
        for name in names
    }
    lanes = [Lane("疼痛 [/b] " * 9, {day(0): 1}, (), is_session=i > 2) for i in range(9)]
    happened = [event._replace(text="疼痛 [/b] " * 9) for event in events(*range(0, length, 9))]
    ranges = {PAIN: {day(i): (0.0, 10.0) for i in range(length)}}
    around = Around([Flare(day(length // 2), None)], lanes, happened, ranges)
    made = make_chart(known, period(length), room=room(width), rolling=rolling, around=around)
    for lines in (list(chart_lines(made, width, 20)), list(panel_lines(made, width, 20))):
        assert [line for line in lines if cell_len(str(line)) > width] == []
    week = [by_weekday(variable, of_days, period(length)) for variable, of_days in known.items()]
    assert [line for line in rhythm_lines(week, width) if cell_len(str(line)) > width] == []


@pytest.mark.parametrize("panels", [False, True])
def test_frames_and_what_stands_beside_them_are_the_whole(panels: bool) -> None:  # noqa: FBT001
    lanes = [Lane(f"m{i}", {START: 1}, (), is_session=False) for i in range(8)]
    made = drawn_of([4, 5, None, 6], 80, Around([Flare(START, None)], lanes, events(0)))
    lines = list((panel_lines if panels else chart_lines)(made, 80, 19))
    assert len(lines) == rows_beside(made, 80, panels=panels) + (11 if panels else 19)


@given(
    height=st.integers(10, 30),
    names=st.sampled_from([["pain"], ["sleep"], ["sleep_quality"], ["pain", "sleep"], ["sleep_quality", "sol"]]),
    panels=st.booleans(),
)
def test_marks_of_a_scale_stand_evenly_at_every_height(height: int, names: list[str], panels: bool) -> None:  # noqa: FBT001
    known = {V[name]: values([(i % 5 + 1) * (50 if V[name].is_time else 1) for i in range(9)]) for name in names}
    made = make_chart(known, period(9), room=room(80))
    rows = [str(line) for line in (panel_lines if panels else chart_lines)(made, 80, height)]
    tops = [i for i, row in enumerate(rows) if "┌" in row]
    for top, sign in ((top, sign) for top in tops for sign in "┤├"):
        inside = rows[top + 1 : next(i for i in range(top, len(rows)) if "└" in rows[i])]
        at = [i for i, row in enumerate(inside) if sign in row]
        if at:
            assert (at[0], at[-1]) == (0, len(inside) - 1)
            assert len({after - before for before, after in pairwise(at)}) == 1


def test_a_medicine_has_a_row_of_its_days_with_those_that_are_not_recorded() -> None:
    due = LanePart(Period(day(0), day(2)), "60 mg")
    lanes = [
        Lane("duloxetine", {day(0): 1, day(2): 2}, (due,), is_session=False),
        Lane("ketamine infusion", {day(3): 1}, (), is_session=True),
    ]
    made = drawn_of([5, 5, 5, 5], 80, Around(lanes=lanes))
    assert list(mark_rows(made, [20, 30, 40, 50], 80)) == [
        f"duloxetine          {RECORDED}         {NOT_RECORDED}         {RECORDED}",
        f"ketamine infu…{' ' * 36}{RECORDED}",
    ]
    assert f"{RECORDED} recorded, {NOT_RECORDED} due and not recorded." in "\n".join(
        map(str, chart_lines(made, 80, 20))
    )


def test_a_point_of_several_days_says_that_it_is_one_of_them() -> None:
    lanes = [Lane("physio", {day(1): 1}, (), is_session=True)]
    made = make_chart({PAIN: values([5] * 8)}, period(8), room=4, around=Around(lanes=lanes))
    assert next(mark_rows(made, [10, 12, 14, 16], 80)) == f"physio    {RECORDED}"
    assert f"{RECORDED} recorded on a day or more of a point." in map(str, chart_lines(made, 80, 20))


def test_medicines_without_a_row_are_named() -> None:
    lanes = [Lane(f"m{i}", {day(0): 1}, (), is_session=False) for i in range(8)]
    lines = [str(line) for line in chart_lines(drawn_of([5, 5], 80, Around(lanes=lanes)), 80, 20)]
    assert sum(line.startswith("m") for line in lines) == 6
    assert "without a row: m6, m7" in lines


def test_numbers_of_events_stand_under_their_days_and_share_one_where_they_would_touch() -> None:
    made = drawn_of([5] * 12, 80, Around(events=events(0, 3, 3, 4, 9, 11)))
    (row,) = mark_rows(made, list(range(8, 32, 2)), 80)
    assert row == "events  1     2-4         5   6"
    (close,) = mark_rows(made, list(range(8, 20)), 80)
    assert close == "events  1  2-4   5 6"
    many = drawn_of([5] * 40, 80, Around(events=events(*range(40))))
    said = "\n".join(map(str, chart_lines(many, 80, 20)))
    assert "35 Thu 26 Nov: plan 35" in said
    assert f"and {40 - MOST_EVENTS} more (painlog report --full lists all)" in said


def test_events_and_flares_outside_of_the_period_are_left_out() -> None:
    happened = [EventOnDay(1, day(-1), "plan", "x started"), EventOnDay(2, day(3), "plan", "x stopped")]
    made = drawn_of([5, 5, 5], 80, Around([Flare(day(-9), day(-2)), Flare(day(-1), day(0))], events=happened))
    assert (made.flares, made.events) == ((Flare(day(-1), day(0)),), ())


@pytest.mark.parametrize(
    ("flare", "said"),
    [
        (Flare(day(-2), day(0)), "▒ flare marked: 21 – 23 Oct 2026 (3 days)"),
        (Flare(day(-2), day(9)), "▒ flare marked: 21 Oct – 1 Nov 2026 (12 days, over after this period)"),
        (Flare(day(-2), None), "▒ flare marked: since Wed 21 Oct"),
    ],
    ids=["over", "over later", "open"],
)
def test_a_flare_that_ended_is_not_open(flare: Flare, said: str) -> None:
    assert said in [str(line) for line in chart_lines(drawn_of([5, 5, 5], 80, Around([flare])), 80, 20)]


def test_a_range_spans_the_days_of_its_point_and_needs_their_mean() -> None:
    ranges = {PAIN: {day(0): (2.0, 5.0), day(1): (1.0, 4.0), day(3): (0.0, 9.0)}}
    numbers = values([4, 4, 4, None])
    assert make_chart({PAIN: numbers}, period(4), room=2, around=Around(ranges=ranges)).lines[0].ranges == (
        (1, 5),
        None,
    )
    assert make_chart({PAIN: numbers}, period(4), room=2).lines[0].ranges == ()


def test_a_range_has_no_hole() -> None:
    for height in range(10, 31):
        made = drawn_of([5], 80, Around(ranges={PAIN: {day(0): (0.0, 10.0)}}))
        rows = frame([str(line) for line in chart_lines(made, 80, height)])
        inside = rows[1 : next(i for i, row in enumerate(rows) if "└" in row)]
        assert all("│" in row[3:-1] or "●" in row for row in inside)


# From the command line


def test_the_days_range_is_of_all_single_ratings(run: Run) -> None:
    run("log", "19 nov 08:00 pain 3")
    run("log", "19 nov 08:00 pain 5")
    run("log", "18 nov pain average 5, pain worst 9, pain least 2")
    run("log", "17 nov pain 4, pain average 4")
    run("log", "16 nov pain 4")
    shown = json.loads(run("chart", "pain", "--from", "13 nov", "--json").out)["chart"]["lines"][0]
    assert shown["points"][-4:] == [4, 4, 5, 4]
    assert shown["ranges"][-4:] == [None, [4, 4], [2, 9], [3, 5]]
    screen = run("chart", "pain", "--period", "week").out
    assert f"{RANGE} lowest to highest of a day" in screen
    assert "pain: 4 of 4 days, mean 4.3, 4 to 5. Single ratings from 2 to 9." in screen
    assert RANGE + " lowest" not in run("chart", "pain", "mood", "--period", "week").out


def test_names_of_the_plan_cannot_reach_the_terminal(run: Run) -> None:
    run("pain", "5")
    run("plan", "start", "[/b]\x1b[31mred\u202e", "--therapy")
    for options in ((), ("--panels",)):
        shown = run("chart", "pain", *options)
        assert shown.code == 0
        assert "\x1b" not in shown.out
        assert "\u202e" not in shown.out
        assert "1 Thu 19 Nov: plan start: [/b]␛[31mred" in shown.out


@pytest.mark.parametrize("options", [(), ("--panels",), ("--rolling", "7d")], ids=" ".join)
def test_one_day_three_days_and_sleep_alone(options: tuple[str, ...], run: Run) -> None:
    run("log", "slept 5h30")
    assert "sleep: 1 of 1 day," in run("chart", "sleep", "--period", "today", *options).out
    run("log", "17 nov pain 4")
    three = run("chart", "pain", "sleep", "mood", "--from", "17 nov", *options)
    assert three.code == 0
    assert "pain: 1 of 3 days, too few to average, 4 on that day." in three.out
    assert "mood: no entries." in three.out


@pytest.mark.parametrize("options", [(), ("--panels",)], ids=" ".join)
def test_too_few_days_for_a_rolling_mean_are_said_and_not_drawn(options: tuple[str, ...], run: Run) -> None:
    run("pain", "5", "--at", "2026-11-18")
    shown = run("chart", "pain", "--from", "2026-10-23", "--rolling", "7d", *options)
    assert (shown.code, "┌" in shown.out) == (0, False)
    said = "pain: 1 of 28 days, too few to average, 5 on that day. Too few days for 7-day means."
    assert said in " ".join(shown.out.split())


def test_a_new_journal_begins_with_its_first_entry_unless_earlier_days_are_asked_for(run: Run) -> None:
    run("pain", "5", "--at", "2026-11-16 20:00")
    for options in ((), ("--period", "1y"), ("--panels",)):
        shown = run("chart", "pain", *options).out
        assert shown.startswith("16 – 19 Nov 2026 (4 days, since your first entry)")
        assert "pain: 1 of 4 days" in shown
    shown = run("chart", "pain", "--from", "2026-10-23").out
    assert shown.startswith("23 Oct – 19 Nov 2026 (28 days)\n")
    assert json.loads(run("chart", "pain", "--json").out)["chart"]["from_first"] is True
    run("pain", "5", "--at", "2026-01-01")
    assert "first entry" not in run("chart", "pain").out


def test_panels_hold_any_scales_and_six_variables(run: Run) -> None:
    run("log", "slept 5h30 sol 45m waso 1h woke 3 quality 2, pain 4, mood 5, activity 30m steps 4000")
    names = ["pain", "sleep", "sol", "awakenings", "sleep_quality", "steps"]
    shown = run("chart", *names, "--panels")
    assert shown.code == 0
    assert shown.out.count("┌") == len(names)
    assert len({line.index("┌") for line in shown.out.splitlines() if "┌" in line}) == 1
    assert "add --panels" in run("chart", *names).err
    assert run("chart", *names, "mood", "--panels").code == 2


def test_five_hundred_entries_a_day_and_a_year(run: Run, tmp_path: Path) -> None:
    text = tmp_path / "diary.txt"
    busy = [f"2026-11-18 {i // 60 + 8:02d}:{i % 60:02d} pain {i % 11}" for i in range(500)]
    text.write_text("\n".join(busy + [f"{day(i - 360)} 20:00 pain {i % 9}, mood {i % 7}" for i in range(0, 370, 2)]))
    assert run("log", "--file", str(text)).code == 0
    assert "pain: 174 of 365 days" in run("chart", "pain", "--period", "1y").out
    assert "16-18" not in (hours := run("chart", "pain", "--by", "hour", "--period", "week").out)
    assert "180 ratings" in hours
    assert run("chart", "pain", "--by", "weekday", "--period", "1y").code == 0


def test_a_damaged_value_is_a_gap(run: Run, path: Path) -> None:
    for at in ("17 nov", "18 nov", "19 nov"):
        run("log", f"{at} 08:00 pain 4")
        run("log", f"{at} 08:00 pain 6, mood 5, slept 6h")
    for value in ("9e999", "-9e999", "1e308"):
        with Journal.open(path, NOW) as journal:
            journal.rows.conn.execute(f"UPDATE entries SET value = {value} WHERE day = '2026-11-19'")
        assert "pain: 2 of 3 days, mean 5.0, 5 on every one." in run("chart", "pain").out
        for command in (
            *(("week",), ("chart", "pain", "mood", "sleep", "--panels"), ("chart", "sleep", "pain", "--rolling", "7d")),
            *(("chart", "pain", "--by", "weekday"), ("chart", "pain", "--by", "hour"), ("today",), ("report",)),
        ):
            shown = run(*command)
            assert shown.code == 0, command
            assert not re.search(r"\binf\b|1000000000", shown.out), command


def test_json_has_every_day_whatever_the_width(diary: Run) -> None:
    found: dict[str, Any] = json.loads(
        diary("chart", "pain", "mood", "sleep", "steps", "--from", "2026-08-22", "--json").out
    )
    assert set(found["chart"]) == {*("period", "step", "rolling", "lines", "flares", "lanes", "events", "from_first")}
    assert found["chart"]["step"] == 1
    assert [len(line["points"]) for line in found["chart"]["lines"]] == [90] * 4
    assert found["chart"]["flares"][0]["start"] == str(day(12))
    assert [event["text"] for event in found["chart"]["events"]] == [
        "plan start: duloxetine 30 mg, once a day",
        "flare begins",
        "flare ends",
        "plan change: duloxetine 60 mg",
        "plan start: physio, twice a week",
        "goal start: Walk to the shop",
    ]


# Over the week and the day


def test_weekdays_by_hand() -> None:
    found = by_weekday(PAIN, values([1, None, 3, 4, 5, 6, 7, 3, None, 3, None, None, None, None, 8]), period(15))
    friday, sunday = found.slots[4], found.slots[6]
    assert [slot.label for slot in found.slots] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert (friday.days, friday.entries, friday.mean, friday.low, friday.high) == (3, 3, 4, 1, 8)
    assert (sunday.days, sunday.mean, sunday.low, sunday.high) == (2, None, 3, 3)
    assert (found.slots[5].days, found.slots[5].low) == (0, None)
    assert DAYS_NEEDED == 3


@given(st.lists(st.tuples(st.integers(0, 27), st.integers(0, 23), st.floats(0, 10)), max_size=60))
def test_each_rating_stands_in_the_band_of_its_own_clock(made: list[tuple[int, int, float]]) -> None:
    zone = NOW.tzinfo
    ratings = [Rating(day(i), datetime(2026, 1, 1, hour, 59, tzinfo=zone), value) for i, hour, value in made]
    found = by_hour(PAIN, [*ratings, Rating(START, None, 3)], period(28))
    assert sum(slot.entries for slot in found.slots) == len(ratings)
    assert found.left_out == 1
    for slot in found.slots:
        first, last = map(int, re.findall(r"\d\d", slot.label))
        here = [(i, value) for i, hour, value in made if first <= hour < last]
        assert slot.entries == len(here)
        assert slot.days == len({i for i, _ in here})
        if slot.mean is not None:
            assert slot.low is not None
            assert slot.high is not None
            assert slot.low - 1e-9 <= slot.mean <= slot.high + 1e-9


def test_hours_are_those_of_the_place_where_it_was_written(
    run: Run, at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    for zone, clock in (("Asia/Tokyo", "2026-11-16T12:00Z"), ("America/New_York", "2026-11-18T02:00Z")):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        at(clock)
        run("pain", "4", "--at", "20:30")
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    at(NOW.isoformat())
    run("pain", "4", "--at", "yesterday 20:30")
    run("log", "yesterday pain average 9")
    run("log", "yesterday pain 2")
    found = json.loads(run("chart", "pain", "--by", "hour", "--json").out)["rhythms"][0]
    counted = {slot["label"]: slot["entries"] for slot in found["slots"] if slot["entries"]}
    assert counted == {"18-21 evening": 3}
    assert found["left_out"] == 1
    assert "pain: 1 rating without a time of day left out." in run("chart", "pain", "--by", "hour").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["sleep", "--by", "hour"], "sleep has no time of day; --by hour takes ratings such as pain or mood"),
        (["steps", "--by", "hour"], "steps has no time of day"),
        (["pain", "--by", "month"], "--by is weekday or hour, not 'month'"),
        (["pain", "--by", "hour", "--panels"], "--by does not go with --rolling or --panels"),
        (["pain", "--by", "weekday", "--rolling", "7d"], "--by does not go with --rolling or --panels"),
    ],
)
def test_what_cannot_be_shown_is_said(arguments: list[str], said: str, run: Run) -> None:
    shown = run("chart", *arguments)
    assert (shown.code, shown.out) == (2, "")
    assert said in shown.err


@pytest.mark.parametrize("options", [(), ("--panels",), ("--by", "weekday"), ("--by", "hour")], ids=" ".join)
def test_an_empty_period_is_one_line(options: tuple[str, ...], run: Run) -> None:
    run("mood", "5")
    shown = run("chart", "pain", "--period", "week", *options)
    assert (shown.code, shown.out, shown.err) == (0, "", "no entries of pain in this period (13 – 19 Nov 2026)\n")
