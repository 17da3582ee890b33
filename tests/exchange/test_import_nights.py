"""Nights in tables of one's own: when they began and ended, and how long they were, however it is written."""

import pytest

from tests.support.importing_diaries import Proposed, proposed


def spans(found: Proposed) -> list[str]:
    """From when until when each night was."""
    stamps = [data["night"].split("/") for kind, *_, data in found.facts if kind == "sleep"]
    return [f"{start[5:16]} {end[5:16]}" for start, end in stamps]


@pytest.mark.parametrize(
    "heading",
    ["Bedtime,Wake time", "Bed time,Woke up", "Lights out,Wake up time", "Schlaf von,Schlaf bis", "To bed,Wake"],
)
def test_a_bedtime_and_a_waking_are_a_night(heading: str) -> None:
    """Both were notes of the pain, and the nights were not there."""
    table = f"Date,{heading},Pain (0-10)\n2026-03-02,22:40,06:10,4\n2026-03-03,00:15,07:00,5\n2026-03-04,,,3\n"
    assert spans(proposed(table)) == ["03-01T22:40 03-02T06:10", "03-03T00:15 03-03T07:00"]


@pytest.mark.parametrize(
    "table",
    [
        "Date,Wake time,Bedtime,Pain (0-10)\n2026-03-02,06:10,22:40,4\n2026-03-03,07:00,23:15,5\n",
        "Date,Bedtime,Wake time,Pain (0-10)\n2026-03-02,10:40,6:10,4\n2026-03-03,11:15,7:00,5\n",
    ],
)
def test_a_bedtime_that_may_be_of_the_evening_or_the_morning_makes_no_night(table: str) -> None:
    found = proposed(table)
    assert not spans(found)
    assert found.fields["Bedtime"] == "note:Bedtime"


def test_two_stamps_of_a_night_need_no_column_for_the_day() -> None:
    table = (
        "Sleep start,Sleep end,Pain (0-10)\n2026-03-01 22:40,2026-03-02 06:10,4\n2026-03-03 00:15,2026-03-03 07:00,5\n"
    )
    found = proposed(table)
    assert spans(found) == ["03-01T22:40 03-02T06:10", "03-03T00:15 03-03T07:00"]
    assert [day for kind, day, *_ in found.facts if kind == "pain"] == ["2026-03-02", "2026-03-03"]


def test_spans_in_one_cell_are_read_however_they_are_written() -> None:
    cells = ["22:40-06:10", "9pm-6am", "22.40 – 6.10", "10:40 pm to 6:10 am", "22h40-6h10", "22:40 Uhr bis 6:10 Uhr"]
    rows = "".join(f"2026-03-{at:02d};{cell}\n" for at, cell in enumerate(cells, 2))
    found = proposed(f"Date;Sleep\n{rows}")
    assert [span[-5:] for span in spans(found)] == ["06:10", "06:00", *["06:10"] * 4]
    assert not found.found.problems


def test_numbers_that_may_be_hours_are_no_times() -> None:
    """``6.30-7.30`` may be from six to seven hours: it is no night of one hour."""
    found = proposed("Date;Sleep\n2026-03-02;6.30-7.30\n2026-03-03;22:40-6:10\n2026-03-04;23:00-6:00\n").found
    assert len(found.problems) == 1
    assert [day for _, day, *_ in found.facts] == ["2026-03-03", "2026-03-04"]


@pytest.mark.parametrize(
    ("heading", "cells", "minutes"),
    [
        ("Sleep", ["6h", "4:30h", "6,5h", "5:15 hrs"], [360, 270, 390, 315]),
        ("Sleep last night", ["7h", "6h30", "8h"], [420, 390, 480]),
        ("Sleep hrs", ["7", "6.5"], [420, 390]),
        ("Slept mins", ["430", "395"], [430, 395]),
    ],
)
def test_lengths_of_sleep_are_read_under_any_name(heading: str, cells: list[str], minutes: list[float]) -> None:
    found = proposed(f"Date;{heading}\n" + "".join(f"2026-03-0{at};{cell}\n" for at, cell in enumerate(cells, 2)))
    assert [data["night"] for *_, data in found.facts] == minutes


def test_odd_cells_leave_lengths_of_sleep_what_they_are() -> None:
    found = proposed("Date;Sleep\n2026-03-02;6h\n2026-03-03;bad\n2026-03-04;7h\n").found
    assert [data["night"] for *_, data in found.facts] == [360, 420]
    assert len(found.problems) == 1


def test_a_length_beside_the_times_of_a_night_is_shown_where_it_differs() -> None:
    """It was left out without a word."""
    table = "Date,Sleep from,Sleep to,Hours slept\n2026-03-02,22:40,06:10,7.5\n2026-03-03,23:00,07:00,6.5\n"
    found = proposed(table)
    assert spans(found) == ["03-01T22:40 03-02T06:10", "03-02T23:00 03-03T07:00"]
    assert [problem.place for problem in found.found.problems] == ["row 3, sleep"]


def test_times_under_sleep_beside_a_waking_are_when_it_began() -> None:
    """``00:30`` came as half an hour of sleep."""
    found = proposed("Date,Sleep,Wake\n2026-03-02,23:10,06:40\n2026-03-03,00:30,07:00\n")
    assert spans(found) == ["03-01T23:10 03-02T06:40", "03-03T00:30 03-03T07:00"]
    lengths = proposed("Date,Sleep,Wake\n2026-03-02,7:10,06:40\n2026-03-03,5:30,07:00\n")
    assert lengths.fields["Sleep"] == "sleep"
