"""What decides the unit and the scale of a column: every day in it, and nothing that stands below the days."""

import pytest

from tests.support.importing_diaries import proposed

NIGHTS = {"7": 420, "6.5": 390, "8": 480, "5": 300, "6": 360}


def nights(facts: list[tuple[str, str, str, dict[str, object]]]) -> list[object]:
    return [data["night"] for kind, *_, data in facts if kind == "sleep"]


def column(heading: str, cells: list[str]) -> str:
    rows = (f"2026-03-{at:02d}\t{at % 9}\t{cell}\n" for at, cell in enumerate(cells, 1))
    return f"Date\tPain (0-10)\t{heading}\n{''.join(rows)}"


@pytest.mark.parametrize(
    "below", ["Sum\t95\t32.5", "Mean of March\t4\t195", "Ziel 2026\t2\t480", "All days:\t99\t1950"]
)
def test_a_row_that_is_no_day_decides_no_unit_and_no_scale(below: str) -> None:
    """Nights of 7 hours came as 7 minutes because of the sum below them."""
    table = f"{column('Sleep', list(NIGHTS))}{below}\n".replace("Pain (0-10)", "Pain")
    found = proposed(table.replace("\t5\t", "\t6\t"))
    assert nights(found.facts) == list(NIGHTS.values())
    assert not found.asked
    assert found.fields["Pain"] == "pain:0-10"
    assert [problem.place for problem in found.found.problems] == ["row 7"]


def test_a_row_below_numbers_of_days_leaves_them_days() -> None:
    found = proposed("Date,Pain,Sleep\n46143,4,7\n46144,6,6\n46145,5,8\nTotal,15,21\n")
    assert not found.asked
    assert [fact[1] for fact in found.facts if fact[0] == "sleep"] == ["2026-05-01", "2026-05-02", "2026-05-03"]


def test_a_row_below_a_long_table_decides_no_scale() -> None:
    table = "Date,Symptom,Severity\n2026-03-02,Back pain,7\n2026-03-03,Back pain,4\nHighest,Back pain,70\n"
    assert [data["score"] for *_, data in proposed(table).facts] == [7, 4]


@pytest.mark.parametrize("cells", [["7", "390", "8", "6"], ["430", "390", "7.5", "410"], ["7", "6", "75", "8"]])
def test_hours_and_minutes_in_one_column_are_asked_about(cells: list[str]) -> None:
    """One slip made minutes of all nights, without a word."""
    found = proposed(column("Sleep", cells))
    assert list(found.asked) == ["unit Sleep"]


def test_a_slip_among_hours_is_left_out_and_said() -> None:
    found = proposed(column("Sleep", ["7", "390", "8", "6"]), {"unit Sleep": "hours"}).found
    assert nights(found.facts) == [420, 480, 360]
    assert [problem.place for problem in found.problems] == ["row 3"]


def test_nights_as_parts_of_a_day_are_not_minutes() -> None:
    """A spreadsheet keeps 6 h 45 as 0.28125, which came as 17 minutes."""
    found = proposed(column("Sleep", ["0.28125", "0.3125", "0.25"]))
    assert (nights(found.facts), found.asked) == ([405, 450, 360], {})
    found = proposed(column("Sleep (h)", ["0.28125", "0.3125", "0.25"]))
    assert (nights(found.facts), found.asked) == ([405, 450, 360], {})
    found = proposed(column("Schlafdauer", ["0,25", "0,3", "0,35"]))
    assert (nights(found.facts), found.asked) == ([360, 432, 504], {"unit Schlafdauer": "days"})


def test_percents_of_a_spreadsheet_are_asked_about_as_what_they_are() -> None:
    """70 % is kept as 0.7; of 0-10 it would be next to nothing, and 0-1 was taken for 0-10."""
    found = proposed(column("Sleep quality", ["0.7", "0.55", "1"]))
    assert found.asked == {"scale Sleep quality": "0-1"}
    assert [data["quality"] for kind, *_, data in found.facts if kind == "sleep"] == [3.8, 3.2, 5]


@pytest.mark.parametrize("heading", ["Sleep", "My sleep", "Schlaf"])
def test_small_whole_numbers_under_sleep_alone_may_be_marks(heading: str) -> None:
    """Marks of 1 to 5 came as nights of 1 to 5 hours."""
    table = column(heading, ["3", "4", "2", "5"])
    assert list(proposed(table).asked) == [f"unit {heading}"]
    marks = proposed(table, {f"unit {heading}": "a score of 1-5"}).facts
    assert [data["quality"] for kind, *_, data in marks if kind == "sleep"] == [3, 4, 2, 5]


@pytest.mark.parametrize("heading", ["Hours slept", "Sleep (h)", "Sleep duration"])
def test_small_whole_numbers_under_hours_of_sleep_are_hours(heading: str) -> None:
    found = proposed(column(heading, ["3", "4", "2", "5"]))
    assert (nights(found.facts), found.asked) == ([180, 240, 120, 300], {})


@pytest.mark.parametrize(
    ("heading", "cells", "scale"),
    [
        ("Sleep rating", ["7", "8", "6"], "0-10"),
        ("Sleep (1-5)", ["3", "2", "4"], "1-5"),
        ("Schlaf", ["7/10", "6/10"], "0-10"),
    ],
)
def test_a_rating_of_sleep_is_no_length_of_it(heading: str, cells: list[str], scale: str) -> None:
    assert proposed(column(heading, cells)).fields[heading] == f"sleep quality:{scale}"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("2026-03-02,8:00,4,7,3\n2026-03-02,13:00,5,7,3\n2026-03-02,21:30,6,7,3\n", [{"night": 420, "quality": 3}]),
        ("2026-03-02,8:00,4,7,\n2026-03-02,21:30,6,7,3\n", [{"night": 420}, {"quality": 3}]),
        ("2026-03-02,8:00,4,7,3\n2026-03-03,8:00,6,7,3\n", [{"night": 420, "quality": 3}] * 2),
        ("2026-03-02,8:00,4,5,3\n2026-03-02,15:00,6,1.5,3\n", [{"night": 300, "quality": 3}, {"night": 90}]),
    ],
)
def test_the_sleep_of_a_day_that_stands_in_each_of_its_rows_is_one(rows: str, expected: list[object]) -> None:
    """Three rows of a day, each with its 7 hours of sleep, came as 21 hours."""
    found = proposed(f"Date,Time,Pain (0-10),Sleep (h),Sleep quality (1-5)\n{rows}").found
    assert [data for kind, *_, data in found.facts if kind == "sleep"] == expected
    assert sum(kind == "pain" for kind, *_ in found.facts) == rows.count("\n")
    assert len(found.problems) == rows.count("\n") - len(expected)


def test_numbers_from_the_one_end_of_ten_to_the_other_may_be_marks() -> None:
    assert proposed(column("Sleep", ["7", "2", "9"])).asked == {"unit Sleep": "hours"}
    assert not proposed(column("Sleep", ["7", "4", "9"])).asked
