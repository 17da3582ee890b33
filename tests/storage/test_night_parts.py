"""A night in parts is one night, in the numbers of a day and in the view of other programs."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from painlog.domain.periods import Period
from painlog.domain.variables import variables
from painlog.storage.journal import Journal
from tests.conftest import NOW, Run

WEEK = Period(date(2026, 11, 15), date(2026, 11, 19))


def values(path: Path, name: str) -> dict[int, tuple[float, int]]:
    """Value and number of entries by day of November, the same from every way to ask."""
    variable = variables()[name]
    with Journal.look(path, NOW) as journal:
        found = journal.days.values(variable, WEEK)
        for among in ([variable], variables().values()):
            assert journal.days.values_of(among, WEEK)[variable] == found
    with closing(sqlite3.connect(path)) as conn:
        view = dict(conn.execute(f"SELECT day, {name} FROM daily WHERE {name} IS NOT NULL").fetchall())
    assert {day.isoformat(): round(each.value, 3) for day, each in found.items()} == view
    return {day.day: (each.value, each.n) for day, each in found.items()}


def record(run: Run, *nights: str) -> None:
    for night in nights:
        at = () if "--at" in night else ("--at", "2026-11-18 12:00")
        assert run("sleep", *night.split(), *at).code == 0


@pytest.mark.parametrize(
    ("nights", "sleep", "waso"),
    [
        (["22:30-01:30", "02:45-06:00"], {18: (375, 2)}, {18: (75, 2)}),
        (["02:45-06:00", "22:30-01:30"], {18: (375, 2)}, {18: (75, 2)}),
        (["22:00-23:00", "00:30-02:00", "04:59-06:00"], {18: (211, 3)}, {18: (269, 3)}),
        (["22:00-23:30 --at 2026-11-17", "01:00-06:00"], {18: (390, 2)}, {18: (90, 2)}),
        (["21:00-22:00", "01:00-06:00"], {17: (60, 1), 18: (300, 1)}, {}),  # three hours apart
        (["23:00-01:00", "04:00-07:00"], {18: (180, 1)}, {}),
        (["23:00-07:00", "22:30-06:00"], {18: (450, 1)}, {}),  # a correction, not a part
        (["23:00-02:00", "03:00-06:00", "03:00-06:30"], {18: (390, 2)}, {18: (60, 2)}),
        (["23:00-02:00", "7h"], {18: (420, 1)}, {}),
        (["7h", "23:00-02:00"], {18: (180, 1)}, {}),
        (["23:00-02:00", "02:30-06:00", "20m --nap"], {18: (390, 2)}, {18: (30, 2)}),
        (["23:00-02:00 --waso 10m --sol 20m", "02:30-06:00 --sol 15m"], {18: (345, 2)}, {18: (55, 2)}),
    ],
)
def test_parts_under_three_hours_apart_add_up(
    nights: Sequence[str], sleep: dict[int, Any], waso: dict[int, Any], run: Run, path: Path
) -> None:
    record(run, *nights)
    assert values(path, "sleep") == sleep
    assert values(path, "waso") == waso


def test_what_was_said_of_the_parts_is_said_of_the_night(run: Run, path: Path) -> None:
    record(
        run,
        "23:00-02:00 --sol 30m --waso 0m --woke 1 --quality 2",
        "03:00-06:00 --waso 15m --tasafa 10m --quality 3",
    )
    assert values(path, "sleep") == {18: (315, 2)}
    assert values(path, "sol") == {18: (30, 2)}
    assert values(path, "waso") == {18: (75, 2)}
    assert values(path, "tasafa") == {18: (10, 2)}
    assert values(path, "awakenings") == {18: (2, 2)}
    assert values(path, "sleep_quality") == {18: (2.5, 2)}
    assert values(path, "sleep_efficiency") == {18: (73.3, 2)}  # 315 of 430 minutes


def test_what_nobody_said_of_a_part_is_not_said_of_the_night(run: Run, path: Path) -> None:
    record(run, "23:00-02:00", "03:00-06:00 --quality 3")
    assert values(path, "sleep_quality") == {18: (3, 2)}
    assert values(path, "sol") == values(path, "awakenings") == values(path, "sleep_efficiency") == {}


def test_two_parts_of_a_night_are_called_so(run: Run) -> None:
    run("sleep", "23:00-02:00")
    ran = run("sleep", "03:30-06:30")
    assert "note: Thu 19 Nov: a night in 2 parts, 6 h 00 asleep, 1 h 30 awake" in ran.err, ran.err
    today = run("today").out
    assert any(line.startswith("sleep (+)") and "6 h 00" in line for line in today.splitlines()), today
