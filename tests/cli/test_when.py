"""When an entry was: hours ago across a change of clocks, and a time put right."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_edit import editor, newest, short
from tests.conftest import Run

Clock = Callable[[str], None]


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Take the machine to another zone."""

    def move(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    return move


@pytest.mark.parametrize(
    ("place", "now", "ago", "local", "offset"),
    [
        ("Europe/Paris", "2026-03-29T12:00:00+02:00", "10h ago", "29 Mar 01:00", 60),
        ("Europe/Paris", "2026-10-25T12:00:00+01:00", "12h ago", "25 Oct 01:00", 120),
        ("America/Chicago", "2026-11-01T09:00:00-06:00", "12h ago", "31 Oct 22:00", -300),
        ("America/Chicago", "2026-11-01T09:00:00-06:00", "7h30 ago", "1 Nov 01:30", -360),
        ("Australia/Lord_Howe", "2026-10-04T06:00:00+11:00", "5h ago", "4 Oct 00:30", 630),
        ("Europe/Paris", "2026-11-01T12:00:00+01:00", "300h ago", "20 Oct 01:00", 120),
    ],
)
def test_hours_ago_are_counted_on_the_instant_and_shown_in_its_own_offset(  # noqa: PLR0913, PLR0917
    place: str, now: str, ago: str, local: str, offset: int, zone: Callable[[str], None], at: Clock, run: Run
) -> None:
    """Whatever the clocks did since: so much time has passed, and the wall showed that time then."""
    zone(place)
    at(now)
    ran = run("pain", "4", "--at", ago)
    assert (ran.code, local in ran.out) == (0, True), ran
    assert newest(run)["utc_offset"] == offset


def test_a_time_alone_corrects_the_entrys_own_day(run: Run, at: Clock) -> None:
    at("2026-02-01T15:00:00+01:00")
    run("pain", "5")
    at("2026-07-01T12:00:00+02:00")
    ran = run("edit", short(run), "--at", "13:30")
    assert (ran.code, "1 Feb 13:30" in ran.out) == (0, True), ran
    assert (newest(run)["day"], newest(run)["utc_offset"], newest(run)["at"]) == (
        "2026-02-01",
        60,
        "2026-02-01T12:30:00Z",
    )


def test_a_time_alone_is_of_the_zone_that_the_entry_was_written_in(
    run: Run, at: Clock, zone: Callable[[str], None]
) -> None:
    zone("Asia/Tokyo")
    at("2026-02-01T15:00:00+09:00")
    run("pain", "5")
    zone("Europe/Berlin")
    at("2026-02-03T12:00:00+01:00")
    assert run("edit", short(run), "--at", "7:30 pm").code == 0
    entry = newest(run)
    assert (entry["day"], entry["at"], entry["utc_offset"]) == ("2026-02-01", "2026-02-01T10:30:00Z", 540)


def test_a_time_after_midnight_stays_on_the_evenings_day(run: Run, at: Clock) -> None:
    """The day turns over at 03:00: half past one belongs to the evening before."""
    at("2026-02-01T22:00:00+01:00")
    run("pain", "5")
    at("2026-02-09T12:00:00+01:00")
    assert run("edit", short(run), "--at", "01:30").code == 0
    assert (newest(run)["day"], newest(run)["at"]) == ("2026-02-01", "2026-02-02T00:30:00Z")


def test_a_corrected_time_ahead_of_now_is_refused(run: Run) -> None:
    run("pain", "5")
    ran = run("edit", short(run), "--at", "17:00")
    assert (ran.code, "ahead of now" in ran.err) == (2, True), ran
    assert newest(run)["at"] == "2026-11-19T13:05:00Z"


def test_a_time_alone_in_the_editor_corrects_the_entrys_own_day(
    run: Run, at: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at("2026-02-01T15:00:00+01:00")
    run("pain", "5")
    at("2026-07-01T12:00:00+02:00")
    editor(tmp_path, monkeypatch, """sed -i 's/^when = .*/when = "13:30"/' "$1" """)
    assert run("edit", short(run)).code == 0
    assert newest(run)["at"] == "2026-02-01T12:30:00Z"


def test_days_are_still_counted_from_today(run: Run, at: Clock) -> None:
    at("2026-02-01T15:00:00+01:00")
    run("pain", "5")
    at("2026-07-01T12:00:00+02:00")
    assert run("edit", short(run), "--at", "yesterday 22:00").code == 0
    assert newest(run)["day"] == "2026-06-30"


def test_week_takes_a_period_as_the_report_does(run: Run) -> None:
    run("pain", "5", "--at", "2026-11-11")
    assert run("week", "--period", "last-week").out == run("report", "--period", "last-week").out
