"""No file says when its rows were written down, so of an import nothing claims how soon that was."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.exports import exported, rows

DIARY = "Day,Pain,Mood\n2026-11-14,3,5\n2026-11-15,6,4\n2026-11-17,2,7\n"
TIMED = "Date,Time,Pain\n2026-11-14,08:15,3\n2026-11-15,21:30,6\n"


def take_in(run: Run, folder: Path, text: str) -> None:
    table = folder / "old.csv"
    table.write_text(text)
    assert run("import", str(table), "--yes").code == 0


@pytest.mark.parametrize(("text", "days"), [(DIARY, 3), (TIMED, 2)], ids=["days", "times"])
def test_a_day_that_was_imported_is_counted_as_that_and_not_as_logged_the_same_day(
    run: Run, tmp_path: Path, text: str, days: int
) -> None:
    take_in(run, tmp_path, text)
    page = " ".join(run("week").out.split())
    assert f"{days} of 6 days logged: {days} imported (not known how soon)" in page
    long = exported(run)
    assert {(row["recorded_at"], row["entry_timing"]) for row in long} == {("", "")}
    daily = rows(run("export", "csv", "--layout", "daily", "--all-columns").out)
    assert {row["days_late"] for row in daily} == {""}
    fhir = run("export", "fhir").out
    assert fhir.count("when it was written down is not known") == fhir.count('"resourceType": "Observation"')


def test_what_was_typed_of_an_imported_day_says_how_soon(run: Run, tmp_path: Path) -> None:
    take_in(run, tmp_path, DIARY)
    assert run("mood", "6", "--at", "2026-11-15").code == 0
    assert run("pain", "4").code == 0
    page = " ".join(run("week").out.split())
    assert "1 the same day, 1 entered later, 2 imported (not known how soon)" in page
    assert {row["entry_timing"] for row in exported(run)} == {"", "late", "live"}


def test_an_entry_says_that_it_is_not_known(run: Run, tmp_path: Path) -> None:
    take_in(run, tmp_path, DIARY)
    said = run("show", "last", "mood").out
    assert "when it was written down is not known" in said
    assert "23:59" not in said + run("history", "last", "mood").out
    assert "not known when  imported:  mood 7" in run("history", "last", "mood").out
    run("mood", "6", "--at", "2026-11-15 23:59")
    assert "entered 4 days later" in run("show", "last", "mood").out


def test_a_row_of_the_day_of_the_import_is_of_that_day(run: Run, tmp_path: Path) -> None:
    """Nobody wrote it down later than now."""
    take_in(run, tmp_path, "Day,Pain\n2026-11-18,3\n2026-11-19,6\n")
    assert "1 the same day, 1 imported" in " ".join(run("week").out.split())
