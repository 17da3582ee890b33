"""Days and times: the closed grammar, the turn of the day, the changes of summer time."""

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from painlog.cli.manual import read_page
from painlog.domain.language.dates import day_of, localize, parse_at, parse_day, zone_name
from painlog.domain.language.durations import parse_minutes, show_minutes
from painlog.domain.periods import Period, parse_period, parse_range
from painlog.errors import BadInput
from painlog.view.manual import Code
from tests.conftest import NOW

TODAY = date(2026, 11, 19)  # a Thursday


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("now", "2026-11-19", "14:05"),
        ("today", "2026-11-19", None),
        ("yesterday", "2026-11-18", None),
        ("yesterday 22:00", "2026-11-18", "22:00"),
        ("07:30", "2026-11-19", "07:30"),
        ("22:15", "2026-11-18", "22:15"),
        ("7:30 pm", "2026-11-18", "19:30"),
        ("7am", "2026-11-19", "07:00"),
        ("12am", "2026-11-18", "00:00"),
        ("noon", "2026-11-19", "12:00"),
        ("thu", "2026-11-19", None),
        ("Friday", "2026-11-13", None),
        ("mon 7:30", "2026-11-16", "07:30"),
        ("mon 7 pm", "2026-11-16", "19:00"),
        ("2h ago", "2026-11-19", "12:05"),
        ("1.5 hours ago", "2026-11-19", "12:35"),
        ("1h30 ago", "2026-11-19", "12:35"),
        ("45 min ago", "2026-11-19", "13:20"),
        ("3 days ago", "2026-11-16", None),
        ("2 weeks ago", "2026-11-05", None),
        ("3 days ago 08:00", "2026-11-16", "08:00"),
        ("2026-11-01", "2026-11-01", None),
        ("2026-11-01 08:15", "2026-11-01", "08:15"),
        ("2026-11-01T08:15+00:00", "2026-11-01", "09:15"),
        ("2026-11-01T23:15Z", "2026-11-01", "00:15"),
        ("19 nov", "2026-11-19", None),
        ("25 dec", "2025-12-25", None),
        ("last night", "2026-11-18", None),
        ("19.11.2026", "2026-11-19", None),
        ("18.11.", "2026-11-18", None),
        ("wed 18.11.", "2026-11-18", None),
        ("Tue, 17.11.2026", "2026-11-17", None),
        ("monday the 16th", "2026-11-16", None),
        ("Saturday the 14th of November", "2026-11-14", None),
        ("18/11", "2026-11-18", None),
        ("20:00 yesterday", "2026-11-18", "20:00"),
        ("yesterday 9:15 p.m.", "2026-11-18", "21:15"),
        ("an hour ago", "2026-11-19", "13:05"),
        ("half an hour ago", "2026-11-19", "13:35"),
        ("last tue", "2026-11-17", None),
        ("last thursday", "2026-11-12", None),
        ("midnight", "2026-11-18", "00:00"),
        ("2026/10/27", "2026-10-27", None),
        ("27th october", "2026-10-27", None),
        ("yesterday evening", "2026-11-18", None),
        ("this morning", "2026-11-19", None),
        ("nov 3", "2026-11-03", None),
        ("3. November 2024", "2024-11-03", None),
        ("29 feb", "2024-02-29", None),
        ("Thu 19 Nov", "2026-11-19", None),
        ("Wed 18 Nov 14:05", "2026-11-18", "14:05"),
        ("Mon 12 Aug 2019 20:07", "2019-08-12", "20:07"),
        ("2026-11-01 07:30 pm", "2026-11-01", "19:30"),
    ],
)
def test_a_point_in_the_past_is_read(text: str, day: str, clock: str | None) -> None:
    moment = parse_at(text, NOW)
    assert (moment.day.isoformat(), f"{moment.at:%H:%M}" if moment.at else None) == (day, clock)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("tomorrow", "ahead"),
        ("tomorrow 8:00", "ahead"),
        ("in 2 hours", "ahead"),
        ("today 14:06", "ahead of now (14:05)"),
        ("2026-11-20", "ahead"),
        ("2027-01-01 10:00", "ahead"),
        ("31 Feb", "does not exist"),
        ("2026-02-30", "does not exist"),
        ("2026-02-30 10:00", "exists"),
        ("30 feb 2024", "does not exist"),
        ("25:00", "not a time of day"),
        ("13pm", "not a time of day"),
        ("yesterday 7:61", "not a time of day"),
        ("sometime", "painlog help dates"),
        ("20 nov", "takes its year: 20 nov 2025"),
        ("at 7", "am or pm?"),
        ("5/6", "which is the month?"),
        ("the other day", "when was"),
        ("next monday", "ahead"),
        ("1,5.3 hours ago", "painlog help dates"),
        ("99999 days ago 1", "painlog help dates"),
        ("\u0663 days ago", "painlog help dates"),
        ("0206-11-19", "is the year right?"),
        ("0206-11-19 08:00", "is the year right?"),
        ("0206-11-19T08:00+01:00", "is the year right?"),
        ("0001-01-01 00:30", "is the year right?"),
        ("99999999999999 hours ago", "length of time"),
        ("fri 19 nov", "is not a Friday"),
    ],
)
def test_what_is_not_a_point_in_the_past_is_refused_with_a_reason(text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says.replace("(", r"\(").replace(")", r"\)")):
        parse_at(text, NOW)


def test_the_day_turns_over_at_three() -> None:
    night = datetime.fromisoformat("2026-11-20T02:59:00+01:00")
    assert day_of(night) == TODAY
    assert day_of(night + timedelta(minutes=1)) == TODAY + timedelta(days=1)
    assert parse_at("now", night).day == TODAY
    assert parse_at("yesterday", night).day == TODAY - timedelta(days=1)


def test_after_midnight_a_clock_time_means_the_calendar_and_a_day_the_persons_own() -> None:
    night = datetime.fromisoformat("2026-11-20T00:30:00+01:00")
    assert parse_at("yesterday 23:30", night).at == datetime.fromisoformat("2026-11-19T23:30:00+01:00")
    assert parse_at("today 00:10", night).at == datetime.fromisoformat("2026-11-20T00:10:00+01:00")
    assert parse_at("yesterday", night).day == date(2026, 11, 18)


def test_an_hour_that_comes_twice_means_the_first_and_says_so() -> None:
    first, notice = localize(datetime(2026, 10, 25, 2, 30))
    second, other = localize(datetime(2026, 10, 25, 2, 30), second=True)
    assert first.isoformat() == "2026-10-25T02:30:00+02:00"
    assert second.isoformat() == "2026-10-25T02:30:00+01:00"
    assert notice == "02:30 came twice on Sun 25 Oct 2026; using the first"
    assert other == "02:30 came twice on Sun 25 Oct 2026; using the second"
    noon = datetime.fromisoformat("2026-10-25T12:00:00+01:00")
    assert parse_at("02:30", noon).notice.endswith("(--second picks the other)")
    assert not parse_at("02:30", noon, second=True).notice.endswith(")")


def test_an_hour_that_did_not_exist_is_moved_on_and_says_so() -> None:
    moved, notice = localize(datetime(2026, 3, 29, 2, 30))
    assert moved.isoformat() == "2026-03-29T03:30:00+02:00"
    assert notice == "02:30 did not exist on Sun 29 Mar 2026; using 03:30"


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC"]
)
def test_every_wall_time_around_a_change_is_classified_as_zoneinfo_does(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Against zoneinfo's own rules, each half hour of two years; a mistake would shift somebody's night by an hour."""
    if not Path("/usr/share/zoneinfo", zone).exists():
        pytest.skip("no system time zones")
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    rules = ZoneInfo(zone)
    wall = datetime(2015, 1, 1)
    while wall < datetime(2017, 1, 1):
        first = wall.replace(tzinfo=rules, fold=0).astimezone(UTC)
        second = wall.replace(tzinfo=rules, fold=1).astimezone(UTC)
        exists = first.astimezone(rules).replace(tzinfo=None) == wall
        found, notice = localize(wall)
        assert found == first
        assert ("did not exist" in notice) == (not exists)
        assert ("came twice" in notice) == (exists and first != second)
        wall += timedelta(minutes=30)


def test_the_zone_is_named_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert zone_name() == "Europe/Berlin"
    monkeypatch.setenv("TZ", ":/usr/share/zoneinfo/Asia/Tokyo")
    assert zone_name() == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("week", "2026-11-13", "2026-11-19"),
        ("last-week", "2026-11-09", "2026-11-15"),
        ("fortnight", "2026-11-06", "2026-11-19"),
        ("28d", "2026-10-23", "2026-11-19"),
        ("2w", "2026-11-06", "2026-11-19"),
        ("1m", "2026-10-20", "2026-11-19"),
        ("1y", "2025-11-20", "2026-11-19"),
        ("2026-W46", "2026-11-09", "2026-11-15"),
        ("2026-10", "2026-10-01", "2026-10-31"),
        ("2026-11", "2026-11-01", "2026-11-19"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("all", "2026-02-03", "2026-11-18"),
        ("yesterday", "2026-11-18", "2026-11-18"),
        ("3 nov", "2026-11-03", "2026-11-03"),
    ],
)
def test_a_period_is_read(text: str, start: str, end: str) -> None:
    kept = Period(date(2026, 2, 3), date(2026, 11, 18))
    assert parse_period(text, TODAY, kept) == Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    "text",
    [
        *("", "0d", "2026-13", "2026-W60", "forever", "2027", "99999y", "99999m", "-3d", "0000", "0206", "0206-11"),
        *("nov 0000", "december 9999", "dec 2027"),  # months by name: without a year, at the calendar's end, ahead
    ],
)
def test_what_is_not_a_period_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        parse_period(text, TODAY, Period(TODAY, TODAY))


def test_a_range_that_ends_before_the_first_entry_is_empty_not_wrong() -> None:
    kept = Period(TODAY, TODAY)
    assert parse_range("", "1 oct", TODAY, kept) == Period(date(2026, 10, 1), date(2026, 10, 1))


def test_a_range_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(BadInput, match="after"):
        parse_range("today", "yesterday", TODAY, Period(TODAY, TODAY))


@pytest.mark.parametrize("length", [1, 7, 8, 28, 31, 36, 365, 2000])
def test_the_parts_of_a_period_are_the_whole_of_it(length: int) -> None:
    period = Period(TODAY - timedelta(days=length - 1), TODAY)
    parts = period.parts()
    assert [day for part in parts for day in part.days()] == (list(period.days()) if length > 7 else [])


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *[("5h30", 330), ("5h", 300), ("5:30", 330), ("5 h 30", 330), ("5h30m", 330), ("5 hours 5 min", 305)],
        *[("45m", 45), ("45 min", 45), ("1.5h", 90), ("1,5 hours", 90), ("330 minutes", 330), ("0m", 0)],
    ],
)
def test_a_length_of_time_is_read(text: str, minutes: float) -> None:
    assert parse_minutes(text) == minutes


@pytest.mark.parametrize("text", ["5", "5h75", "h", "-5h", "5h30s", "nan h", "1e3h", "", "five hours", "٥h"])
def test_what_is_not_a_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        parse_minutes(text)


@pytest.mark.parametrize(("minutes", "shown"), [(0, "0 min"), (59.4, "59 min"), (59.5, "1 h 00"), (345, "5 h 45")])
def test_a_length_of_time_is_written(minutes: float, shown: str) -> None:
    assert show_minutes(minutes) == shown


def test_the_grammar_that_help_prints_is_the_one_that_is_read() -> None:
    """Every day, time and combination that ``painlog help times`` lists must be understood."""
    today = TODAY
    grammar = next(block.lines for block in read_page("times") if isinstance(block, Code))
    for line in grammar[1:3]:
        for form in line.split(" · "):
            parse_day(form.strip().split(" …")[0].split(",")[0].removesuffix(" (the latest one)"), today)
    times, both = grammar[4:6], grammar[7]
    listed = [form for line in times for form in line.split("    ")[0].split(" · ")] + both.split(" · ")
    for form in listed:
        if form.strip():
            parse_at(form.strip(), datetime.fromisoformat("2026-11-30T23:59:00+01:00"))
