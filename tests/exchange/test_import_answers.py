"""What an import asks, and what it leaves among the day's entries."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run

EITHER_ORDER = "Date,Pain\n03/04/2026,4\n05/04/2026,6\n07/06/2026,3\n"


@pytest.mark.parametrize(("said", "days"), [("day", "2026-04-03"), ("MONTH", "2026-03-04"), ("d", "2026-04-03")])
def test_the_beginning_of_one_option_alone_is_the_answer(said: str, days: str, run: Run, tmp_path: Path) -> None:
    """``day`` was refused, where ``day first`` and ``month first`` are all there is."""
    table = tmp_path / "diary.csv"
    table.write_text(EITHER_ORDER)
    assert run("import", str(table), "--yes", "--answer", f"date order={said}").code == 0
    assert days in {entry["day"] for entry in json.loads(run("list", "--json").out)["entries"]}


def test_the_beginning_of_several_options_or_of_none_is_asked_again(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "diary.csv"
    table.write_text(EITHER_ORDER)
    for said in ("first", "year"):
        assert run("import", str(table), "--yes", "--answer", f"date order={said}").code == 2


def test_a_measure_that_an_import_brings_is_no_entry_of_today(run: Run, tmp_path: Path) -> None:
    """It stood among the day's entries as if it had happened then."""
    table = tmp_path / "diary.csv"
    table.write_text("Date,Pain,Grip strength\n2026-10-03,4,21.5\n2026-10-04,6,24.5\n2026-10-05,5,19\n")
    assert run("import", str(table), "--yes").code == 0
    run("short", "add", "stretch", "did", "stretching", "10m")
    assert "measure Grip strength: " in run("list").out
    for options in ((), ("--plain",), ("--json",)):
        shown = run("today", *options)
        assert "measure" not in shown.out + shown.err
        assert "shortcut" not in shown.out
    assert "no entry today" in run("today").err
    week = run("week", "--json").out
    assert json.loads(week)["report"]["kept"]["days"] == 0


def test_an_option_is_not_begun_within_a_number(run: Run, tmp_path: Path) -> None:
    """``0-1`` was taken for 0-10."""
    table = tmp_path / "diary.csv"
    table.write_text("Date,Pain\n2026-10-03,4\n2026-10-04,2\n")
    assert run("import", str(table), "--yes", "--answer", "scale Pain=0-1").code == 2
    assert run("import", str(table), "--yes", "--answer", "scale Pain=0-10").code == 0


def test_an_answer_for_one_table_decides_no_other(run: Run, tmp_path: Path) -> None:
    """The day was taken to come first in every later table, without a question or a word."""
    table, other = tmp_path / "diary.csv", tmp_path / "other.csv"
    table.write_text(EITHER_ORDER)
    assert run("import", str(table), "--yes", "--answer", "date order=day first").code == 0
    other.write_text("Day,Pain level,Steps\n08/09/2025,4,4000\n09/09/2025,8,5000\n")
    for columns in ((), ("--map", "Day=day", "--map", "Pain level=pain")):
        assert run("import", str(other), "--yes", *columns).code == 2
    table.write_text(EITHER_ORDER + "09/10/2026,5\n")
    assert run("import", str(table), "--yes").code == 0
    assert "2026-10-09" in {entry["day"] for entry in json.loads(run("list", "--json").out)["entries"]}


def test_answers_go_where_the_columns_of_another_table_are_kept(run: Run, tmp_path: Path) -> None:
    table, other = tmp_path / "diary.csv", tmp_path / "other.csv"
    table.write_text(EITHER_ORDER)
    assert run("import", str(table), "--yes", "--answer", "date order=day first").code == 0
    other.write_text("Day,Pain level,Steps\n2025-09-08,4,4000\n2025-09-09,8,5000\n")
    assert run("import", str(other), "--yes").code == 0
    other.write_text("Day,Pain level,Steps\n08/09/2025,4,4000\n09/09/2025,8,5000\n")
    assert run("import", str(other), "--yes").code == 2
