"""Tables of shapes that nobody promised to read: what is proposed reads them right, asks, or says what is not read.

A wrong value without a question would be an error; so would a row or a column that is lost without a word.
"""

from collections.abc import Sequence

import pytest

from painlog.errors import BadInput
from tests.support.importing_diaries import Fact, mapped, proposed

Case = tuple[str | bytes, str, list[str]]
TABLES: dict[str, Case] = {
    "days as numbers of a spreadsheet, with parts of days": (
        ("Date,Pain\n45964,4\n45965.5,6\n45966,3\n"),
        "",
        ["2025-11-02 00:00 pain: score=4", "2025-11-04 12:00 pain: score=6", "2025-11-04 00:00 pain: score=3"],
    ),
    "times as parts of a day": (
        ("Date;Zeit;Schmerz\n45964;0,354166666666667;4\n45965;0,5;6\n"),
        "",
        ["2025-11-03 08:30 pain: score=4", "2025-11-04 12:00 pain: score=6"],
    ),
    "numbers of days among dates": (
        ("Date,Pain\n45964,4\n2026-11-04,6\n"),
        "day numbers",
        ["2025-11-03 pain: score=4", "2026-11-04 pain: score=6"],
    ),
    "units below the header": (
        ("Date,Pain,Sleep\ndd/mm/yyyy,0-10,hours\n14/11/2026,4,7.5\n15/11/2026,6,6\n"),
        "",
        [
            "2026-11-14 pain: score=4",
            "2026-11-14 sleep: night=450",
            "2026-11-15 pain: score=6",
            "2026-11-15 sleep: night=360",
        ],
    ),
    "an average below": (
        ("Date,Pain,Mood\n2026-11-14,4,6\n2026-11-15,6,5\nAverage,5,5.5\n"),
        "",
        [
            "2026-11-14 pain: score=4",
            "2026-11-14 mood: score=6",
            "2026-11-15 pain: score=6",
            "2026-11-15 mood: score=5",
            "!! row 4",
        ],
    ),
    "a header of two rows": (
        ("Date,Pain,Pain,Mood\n,Morning,Evening,\n2026-11-14,4,6,5\n2026-11-15,3,7,6\n"),
        "",
        [
            "2026-11-14 pain: score=4 note=morning",
            "2026-11-14 pain: score=6 note=evening",
            "2026-11-14 mood: score=5",
            "2026-11-15 pain: score=3 note=morning",
            "2026-11-15 pain: score=7 note=evening",
            "2026-11-15 mood: score=6",
        ],
    ),
    "days only where they begin": (
        ("Date,Time,Pain\n2026-11-14,08:00,4\n,20:00,6\n2026-11-15,08:00,3\n,20:00,5\n"),
        "empty days",
        [
            "2026-11-14 08:00 pain: score=4",
            "2026-11-14 20:00 pain: score=6",
            "2026-11-15 08:00 pain: score=3",
            "2026-11-15 20:00 pain: score=5",
        ],
    ),
    "several values of a thing in each row": (
        ("Date,Measure,Morning,Evening\n2026-11-14,Pain,4,6\n2026-11-14,Mood,5,7\n2026-11-15,Pain,3,5\n"),
        "",
        ["refused"],
    ),
    "UTF-16": (
        "Datum\tSchmerz\tNotiz\n14.11.2026\t4\tgut\n15.11.2026\t6\tschlecht\n".encode("utf-16"),
        "",
        ["2026-11-14 pain: score=4 note=gut", "2026-11-15 pain: score=6 note=schlecht"],
    ),
    "12-hour times without a space": (
        ("Date,Time,Pain\n11/14/2026,8:05PM,4\n11/15/2026,12:10am,6\n11/16/2026,12:00pm,3\n"),
        "",
        ["2026-11-14 20:05 pain: score=4", "2026-11-14 00:10 pain: score=6", "2026-11-16 12:00 pain: score=3"],
    ),
    "kl. before times": (
        ("Dato;Tidspunkt;Smerte\n14.11.2026;kl. 8.30;4\n15.11.2026;kl. 21.05;6\n"),
        "",
        ["2026-11-14 08:30 pain: score=4", "2026-11-15 21:05 pain: score=6"],
    ),
    "a mood below zero": (
        ("Date,Pain,Mood\n2026-11-14,4,-3\n2026-11-15,6,2\n2026-11-16,3,0\n"),
        "",
        [
            "2026-11-14 pain: score=4",
            "2026-11-14 my Mood: value=-3",
            "2026-11-15 pain: score=6",
            "2026-11-15 my Mood: value=2",
            "2026-11-16 pain: score=3",
            "2026-11-16 my Mood: value=0",
        ],
    ),
    "-99 for no value": (
        ("Date,Pain,Mood\n2026-11-14,-99,5\n2026-11-15,4,-99\n2026-11-16,7,6\n"),
        "",
        [
            "2026-11-14 mood: score=5",
            "2026-11-15 pain: score=4",
            "2026-11-16 pain: score=7",
            "2026-11-16 mood: score=6",
            "!! row 2",
            "!! row 3",
        ],
    ),
    "times beyond 24:00": (
        ("Date,Time,Pain\n2026-11-14,25:30,4\n2026-11-15,24:00,6\n2026-11-16,08:00,3\n"),
        "",
        [
            "2026-11-14 pain: score=4 note=Time: 25:30",
            "2026-11-15 pain: score=6 note=Time: 24:00",
            "2026-11-16 pain: score=3 note=Time: 08:00",
        ],
    ),
    "two scales beside each other": (
        ("Date,Pain,Mood\n2026-11-14,4,60\n2026-11-15,3,85\n2026-11-16,2,40\n"),
        "scale Pain",
        [
            "2026-11-14 pain: score=4",
            "2026-11-14 mood: score=6",
            "2026-11-15 pain: score=3",
            "2026-11-15 mood: score=8.5",
            "2026-11-16 pain: score=2",
            "2026-11-16 mood: score=4",
        ],
    ),
    "a scale the other way round": (
        ("Date,Pain (10 = no pain),Mood\n2026-11-14,4,6\n2026-11-15,9,5\n"),
        "scale Pain (10 = no pain)",
        [
            "2026-11-14 pain: score=4",
            "2026-11-14 mood: score=6",
            "2026-11-15 pain: score=9",
            "2026-11-15 mood: score=5",
        ],
    ),
    "sleep as a score": (
        ("Date,Sleep,Pain\n2026-11-14,83,4\n2026-11-15,70,7\n"),
        "unit Sleep",
        [
            "2026-11-14 pain: score=4",
            "2026-11-14 sleep: quality=4.32",
            "2026-11-15 pain: score=7",
            "2026-11-15 sleep: quality=3.8",
        ],
    ),
    "sleep in per cent": (
        ("Date,Sleep,Pain\n2026-11-14,83%,4\n2026-11-15,70%,5\n"),
        "scale Pain",
        [
            "2026-11-14 my Sleep: value=8.3",
            "2026-11-14 pain: score=4",
            "2026-11-15 my Sleep: value=7",
            "2026-11-15 pain: score=5",
        ],
    ),
    "dates as JavaScript writes them": (
        ("Date,Pain\nSat Nov 14 2026 08:30:00 GMT+0100 (CET),4\nSun Nov 15 2026 09:30:00 GMT+0100 (CET),6\n"),
        "",
        ["2026-11-14 08:30 pain: score=4", "2026-11-15 09:30 pain: score=6"],
    ),
    "AM and PM in a column of their own": (
        ("Date,Time,AM/PM,Pain\n11/14/2026,8:05,PM,4\n11/15/2026,9:10,AM,6\n"),
        "",
        ["2026-11-14 20:05 pain: score=4", "2026-11-15 09:10 pain: score=6"],
    ),
    "parts of the day in words": (
        ("Date,Time of day,Pain\n2026-11-14,Morning,4\n2026-11-14,Evening,6\n2026-11-15,Morning,3\n"),
        "",
        [
            "2026-11-14 pain: score=4 note=Time of day: Morning",
            "2026-11-14 pain: score=6 note=Time of day: Evening",
            "2026-11-15 pain: score=3 note=Time of day: Morning",
        ],
    ),
    "a table in Markdown": (
        ("| Date | Pain |\n|---|---|\n| 2026-11-14 | 4 |\n| 2026-11-15 | 6 |\n"),
        "",
        ["2026-11-14 pain: score=4", "2026-11-15 pain: score=6"],
    ),
    "a note below, on a table of two rows": (
        ("Date,Pain\n2026-11-14,4\n2026-11-15,6\n\nNote: exported by my app on 2026-11-20, 5 days\n"),
        "",
        ["2026-11-14 pain: score=4", "2026-11-15 pain: score=6", "!! row 5"],
    ),
    "weeks": (
        ("Week,Pain average\n2026-W44,4.5\n2026-W45,5.2\n"),
        "",
        ["refused"],
    ),
    "dates without a year": (
        ("Date,Pain\n14 Nov,4\n15 Nov,6\n"),
        "year",
        [],
    ),
    "no header": (
        ("14.11.2026;4;gut\n15.11.2026;6;schlecht\n"),
        "",
        ["refused"],
    ),
    "German thousands": (
        ("Datum;Schmerz;Schritte\n14.11.2026;4,5;12.345\n15.11.2026;5,0;1.020\n"),
        "scale Schmerz",
        [
            "2026-11-14 pain: score=4.5",
            "2026-11-14 activity: steps=12345",
            "2026-11-15 pain: score=5",
            "2026-11-15 activity: steps=1020",
        ],
    ),
    "two diaries side by side": (
        ("Date,Pain,Date,Pain\n11/14/2026,4,11/15/2026,6\n11/16/2026,3,11/17/2026,5\n"),
        "",
        [
            "2026-11-14 pain: score=4",
            "2026-11-15 pain: score=6",
            "2026-11-16 pain: score=3",
            "2026-11-17 pain: score=5",
        ],
    ),
    "two stamps": (
        ("Created,Updated,Pain\n2026-11-14 08:00,2026-11-15 09:00,4\n2026-11-16 08:00,2026-11-16 08:00,5\n"),
        "scale Pain",
        ["2026-11-14 08:00 pain: score=4", "2026-11-16 08:00 pain: score=5"],
    ),
    "days as columns": (
        ("Symptom,2026-11-14,2026-11-15,2026-11-16\nPain,4,6,3\nMood,5,5,7\n"),
        "",
        [
            "2026-11-14 pain: score=4",
            "2026-11-14 mood: score=5",
            "2026-11-15 pain: score=6",
            "2026-11-15 mood: score=5",
            "2026-11-16 pain: score=3",
            "2026-11-16 mood: score=7",
        ],
    ),
    "empty columns between": (
        ("Date,,Pain,,Mood\n2026-11-14,,4,,6\n2026-11-15,,6,,5\n"),
        "",
        [
            "2026-11-14 pain: score=4",
            "2026-11-14 mood: score=6",
            "2026-11-15 pain: score=6",
            "2026-11-15 mood: score=5",
        ],
    ),
    "Swedish": (
        ("Datum;Tid;Smärta;Sömn;Anteckning\n2026-11-14;kl. 08.30;4;7,5;ont\n2026-11-15;kl 21.05;6;6;bättre\n"),
        "",
        [
            "2026-11-14 08:30 pain: score=4 note=Anteckning: ont",
            "2026-11-14 08:30 Sömn: value=7.5",
            "2026-11-15 21:05 pain: score=6 note=Anteckning: bättre",
            "2026-11-15 21:05 Sömn: value=6",
        ],
    ),
    "sleep that may be hours and minutes": (
        ("Date,Sleep,Pain\n14/11/2026,7.30,4\n15/11/2026,6.45,7\n"),
        "unit Sleep",
        [
            "2026-11-14 sleep: night=438",
            "2026-11-14 pain: score=4",
            "2026-11-15 sleep: night=387",
            "2026-11-15 pain: score=7",
        ],
    ),
    "a scale that says its ends": (
        ("Date,Mood (1=best;5=worst),Pain\n2026-11-14,1,4\n2026-11-15,5,7\n"),
        "scale Mood (1=best;5=worst)",
        [
            "2026-11-14 mood: score=10",
            "2026-11-14 pain: score=4",
            "2026-11-15 mood: score=0",
            "2026-11-15 pain: score=7",
        ],
    ),
    "German school marks": (
        ("Datum;Stimmung (Schulnote);Schmerz\n14.11.2026;1;4\n15.11.2026;6;7\n"),
        "scale Stimmung (Schulnote)",
        [
            "2026-11-14 mood: score=1",
            "2026-11-14 pain: score=4",
            "2026-11-15 mood: score=6",
            "2026-11-15 pain: score=7",
        ],
    ),
    "one value of another scale": (
        (
            "Date,Pain\n"
            "2026-11-14,4\n"
            "2026-11-15,99\n"
            "2026-11-16,3\n"
            "2026-11-17,2\n"
            "2026-11-18,5\n"
            "2026-11-19,6\n"
            "2026-10-20,7\n"
            "2026-10-21,1\n"
        ),
        "scale Pain",
        [
            "2026-11-14 pain: score=4",
            "2026-11-16 pain: score=3",
            "2026-11-17 pain: score=2",
            "2026-11-18 pain: score=5",
            "2026-11-19 pain: score=6",
            "2026-10-20 pain: score=7",
            "2026-10-21 pain: score=1",
            "!! row 3",
        ],
    ),
    "day or month first": (
        ("Date,Pain\n3/1/24,4\n3/2/24,6\n"),
        "date order",
        [],
    ),
    "a day ahead": (
        ("Date,Pain\n2026-11-14,4\n2027-01-03,6\n"),
        "",
        ["2026-11-14 pain: score=4", "!! row 3"],
    ),
    "hours that clocks skip or repeat": (
        ("Date,Time,Pain\n2026-03-29,02:30,4\n2026-10-25,02:30,6\n"),
        "",
        ["2026-03-29 03:30 pain: score=4", "2026-10-24 02:30 pain: score=6"],
    ),
    "stamps in UTC": (
        ("Date,Pain\n2026-11-14T23:30:00Z,4\n2026-11-15T21:30:00Z,6\n"),
        "",
        ["2026-11-14 00:30 pain: score=4", "2026-11-15 22:30 pain: score=6"],
    ),
    "units in the cells": (
        ("Date,Pain,Sleep,Weight\n2026-11-14,4 points,7 h,70 kg\n2026-11-15,6 points,6.5 h,71 kg\n"),
        "",
        [
            "2026-11-14 pain: score=4 note=Weight: 70 kg",
            "2026-11-14 sleep: night=420",
            "2026-11-15 pain: score=6 note=Weight: 71 kg",
            "2026-11-15 sleep: night=390",
        ],
    ),
    "Spanish halves of the day": (
        ("Fecha;Hora;Dolor;Ánimo\n14/11/2026;8:05 a. m.;4;6\n15/11/2026;9:15 p. m.;6;5\n"),
        "",
        [
            "2026-11-14 08:05 pain: score=4",
            "2026-11-14 08:05 mood: score=6",
            "2026-11-15 21:15 pain: score=6",
            "2026-11-15 21:15 mood: score=5",
        ],
    ),
    "two tables below each other": (
        ("Pain\nDate,Score\n2026-11-14,4\n2026-11-15,6\n\nSleep\nDate,Hours\n2026-11-14,7\n2026-11-15,6\n"),
        "what Score",
        ["2026-11-14 pain: score=4", "2026-11-15 pain: score=6", "!! row 6"],
    ),
    "a column for each medicine": (
        ("Date,Pain,Ibuprofen,Paracetamol\n2026-11-14,4,2,0\n2026-11-15,7,1,1\n"),
        "",
        [
            "2026-11-14 pain: score=4",
            "2026-11-14 Ibuprofen: value=2",
            "2026-11-14 Paracetamol: value=0",
            "2026-11-15 pain: score=7",
            "2026-11-15 Ibuprofen: value=1",
            "2026-11-15 Paracetamol: value=1",
        ],
    ),
}


def shown(facts: Sequence[Fact]) -> list[str]:
    """Each fact in a line: its day, its time, its kind and what it holds."""
    return [
        f"{day}{' ' + at if at else ''} {kind}: {' '.join(f'{name}={value}' for name, value in data.items())}".replace(
            "\n", " / "
        )
        for kind, day, at, data in facts
    ]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_read_right_or_asked_about(name: str) -> None:
    table, asked, expected = TABLES[name]
    if expected == ["refused"]:
        with pytest.raises((BadInput, AssertionError)):
            proposed(table)
        return
    found = proposed(table)
    assert ", ".join(sorted(found.asked)) == asked, found.asked
    problems = [f"!! {problem.place}" for problem in found.found.problems]
    assert [*shown(found.facts), *problems] == expected, found.fields


def test_a_scale_whose_ends_are_turned_is_turned() -> None:
    table, _, _ = TABLES["a scale the other way round"]
    assert shown(proposed(table, {"scale Pain (10 = no pain)": "10-0"}).facts)[::2] == [
        "2026-11-14 pain: score=6",
        "2026-11-15 pain: score=1",
    ]


def test_rows_without_a_day_are_left_out_where_the_person_says_so() -> None:
    table, _, _ = TABLES["days only where they begin"]
    found = proposed(table, {"empty days": "left out"})
    assert [fact[3]["score"] for fact in found.facts] == [4, 3]
    assert [problem.place for problem in found.found.problems] == ["row 3", "row 5"]


def test_numbers_among_dates_are_no_days_where_the_person_says_so() -> None:
    table, _, _ = TABLES["numbers of days among dates"]
    found = proposed(table, {"day numbers": "no"})
    assert ([fact[1] for fact in found.facts], len(found.found.problems)) == (["2026-11-04"], 1)


def test_a_column_of_am_and_pm_can_be_said() -> None:
    table, _, _ = TABLES["AM and PM in a column of their own"]
    found = mapped(table, {"Date": "day", "Time": "time", "AM/PM": "am/pm", "Pain": "pain"})
    assert [fact[2] for fact in found.facts] == ["20:05", "09:10"]


def test_of_two_diaries_side_by_side_the_shorter_one_ends_without_a_question() -> None:
    found = proposed("Date,Pain,Date,Pain\n11/14/2026,4,11/15/2026,6\n11/16/2026,7,,\n")
    assert (found.asked, found.found.problems) == ({}, [])
    assert [fact[3]["score"] for fact in found.facts] == [4, 6, 7]


def test_a_night_without_its_times_is_no_row_without_a_day() -> None:
    found = proposed("Date,Fell asleep,Woke up,Pain\n2026-11-14,23:10,07:05,4\n2026-11-15,,,7\n")
    assert (found.asked, found.found.problems, len(found.facts)) == ({}, [], 3)


def test_a_row_of_particulars_above_a_header_names_no_column() -> None:
    found = proposed("Name,Anna\n\u65e5\u4ed8,\u75db\u307f\n2026-11-14,4\n2026-11-15,6\n")
    assert list(found.fields) == ["\u65e5\u4ed8", "\u75db\u307f"]
