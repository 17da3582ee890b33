"""What is due on a day by a plan of rarer rhythms: no more in its days than the plan has, and until it is recorded."""

from datetime import date
from typing import Any

import pytest

from painlog.domain.entries import Entry
from painlog.domain.language.amounts import Schedule, rhythm_of, weekdays_of
from painlog.domain.scheduled import days_back, scheduled_on
from tests.cli.test_care import change, day, entry


def planned(schedule: str, on: int = 1, **data: Any) -> Entry:
    return change(on, "duloxetine", sort="medicine", schedule=schedule, **data)


def due_days(changes: list[Entry], doses: tuple[int, ...], days: int) -> dict[int, int]:
    """On which days how many doses are due, whatever was recorded on the day itself."""
    taken = [entry("dose", day(on), name="duloxetine") for on in doses]
    found = {on: scheduled_on(changes, taken, day(on)) for on in range(1, days + 1)}
    return {on: each.due for on, due in found.items() for each in due}


@pytest.mark.parametrize(
    ("schedule", "doses", "days", "due"),
    [
        pytest.param("daily", (), 3, {1: 1, 2: 1, 3: 1}, id="daily"),
        pytest.param("weekly", (1,), 9, {1: 1, 8: 1, 9: 1}, id="weekly, until it is recorded"),
        pytest.param("weekly", (3,), 12, {1: 1, 10: 1, 11: 1, 12: 1}, id="weekly, from the dose on"),
        pytest.param("every 3 days", (1, 5), 9, {1: 1, 4: 1, 5: 1, 8: 1, 9: 1}, id="every 3 days"),
        pytest.param("twice a week", (1, 4, 8, 11), 11, {1: 1, 4: 1, 8: 1, 11: 1}, id="monday and thursday"),
        pytest.param("twice a week", (1, 4), 8, {1: 1, 4: 1, 8: 1}, id="no third one on sunday"),
        pytest.param("3 times a week", (1, 3, 5), 8, {1: 1, 3: 1, 5: 1, 8: 1}, id="three a week"),
        pytest.param("10 a week", (1, 1, 2, 2, 3, 3, 4, 4, 5, 5), 8, {1: 2, 2: 2, 3: 2, 4: 2, 5: 2, 8: 2}, id="ten"),
        pytest.param("every tue", (2, 10), 17, {2: 1, 9: 1, 10: 1, 16: 1, 17: 1}, id="every tuesday"),
        pytest.param("every mon and thu", (1,), 5, {1: 1, 4: 1, 5: 1}, id="two named days"),
        pytest.param("every sun", (), 6, {}, id="not before the first named day"),
        pytest.param("as needed", (1,), 3, {}, id="as needed"),
    ],
)
def test_what_is_due(schedule: str, doses: tuple[int, ...], days: int, due: dict[int, int]) -> None:
    assert due_days([planned(schedule)], doses, days) == due


def test_doses_before_a_change_of_rhythm_do_not_fill_the_new_one() -> None:
    changes = [planned("daily"), planned("3 times a week", 7, step="change")]
    assert due_days(changes, (1, 2, 3, 4, 5, 6), 8) == {**dict.fromkeys(range(1, 7), 1), 8: 1}
    assert (days_back(changes[:1], day(3)), days_back(changes, day(8)) >= 6) == (0, True)


@pytest.mark.parametrize(
    ("typed", "stored", "days"),
    [
        ("every tue", "every tue", {1}),
        ("each tuesday", "every tue", {1}),
        ("on tuesdays and Fridays", "every tue, fri", {1, 4}),
        ("every thu, mon", "every mon, thu", {0, 3}),
        ("sundays", "every sun", {6}),
    ],
)
def test_named_days_of_the_week_are_a_rhythm(typed: str, stored: str, days: set[int]) -> None:
    field = Schedule(name="schedule")
    assert (field.check(typed), field.check(stored), field.show(stored)) == (stored, stored, stored)
    assert (set(weekdays_of(stored)), rhythm_of(stored)) == (days, (len(days), 7))
    assert date(2026, 11, 2).weekday() == 0  # day 1 of these tables is a monday


@pytest.mark.parametrize("typed", ["tue", "on tue", "every", "every tue x", "every tu", "on tuesdays fri", "daysdays"])
def test_a_day_alone_is_a_date_and_no_rhythm(typed: str) -> None:
    assert not Schedule(name="schedule").accepts(typed)
