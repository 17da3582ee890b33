"""Visible: one observation a row, with spaces behind the values and in the header."""

import pytest

from painlog.exchange.importers.visible import IMPORTER
from tests.support.importing_diaries import chosen, run, survives

HEADER = "observation_date,tracker_name,tracker_category,observation_value \n"
ROWS = """\
2026-11-18,Sleep,Sleep,2
2026-11-18,HR Variability,Measurement,49
2026-11-18,PacePoints,Measurement,12.5
2026-11-18,Brain Fog,Brain,1
2026-11-18,Fatigue,General,3
2026-11-17,Lack of appetite,Gastrointestinal,0
2026-11-17,Note,Note,Rested all day
""".replace("\n", " \n")
DAY, BEFORE = "2026-11-18", "2026-11-17"
EXPECTED = [
    ("Visible Sleep", DAY, "", {"value": 2}),
    ("HR Variability", DAY, "", {"value": 49}),
    ("PacePoints", DAY, "", {"value": 12.5}),
    ("Brain Fog", DAY, "", {"value": 3.333}),
    ("mood", DAY, "", {"fatigue": 10}),
    ("Lack of appetite", BEFORE, "", {"value": 0}),
    ("note", BEFORE, "", {"note": "Rested all day"}),
]


def test_observations_become_ratings_and_numbers() -> None:
    found = run(IMPORTER, HEADER + ROWS)
    assert found.facts == EXPECTED
    assert found.problems == []
    assert found.said == ["", "", "", "Brain Fog 1 (0-3)", "Fatigue 3 (0-3)", "Lack of appetite 0 (0-3)", ""]
    assert found.measures[:2] == [
        {"name": "Visible Sleep", "scale": "number"},
        {"name": "HR Variability", "scale": "number", "unit": "ms"},
    ]
    assert chosen(HEADER + ROWS) == "visible"


def test_a_four_makes_the_scale_longer() -> None:
    found = run(
        IMPORTER, HEADER + ROWS + "2026-11-16,Nausea,Gastrointestinal,4 \n2026-11-16,HR Variability,Measurement,4\n"
    )
    assert found.facts[3][3] == {"value": 2.5}
    assert found.said[3] == "Brain Fog 1 (0-4)"


def test_a_longer_export_brings_the_same_ids() -> None:
    longer = HEADER + "2026-11-19,Sleep,Sleep,3 \n2026-11-18,Anxiety,Brain,2 \n" + ROWS
    assert run(IMPORTER, HEADER + ROWS).by_id < run(IMPORTER, longer).by_id


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("2026-11-18,Nausea,Gastrointestinal,5", "5 is not within 0-3"),
        ("2026-11-18,Nausea,Gastrointestinal,severe", "'severe' is not a number"),
        ("18 November,Nausea,Gastrointestinal,1", "'18 November' is not a date that painlog can read"),
        ("2026-11-18,,Gastrointestinal,1", "the row names no tracker"),
        ("2026-11-20,Nausea,Gastrointestinal,1", "2026-11-20 is ahead"),
    ],
)
def test_a_row_that_is_wrong_is_named_and_the_others_stay(row: str, why: str) -> None:
    found = run(IMPORTER, HEADER + row + "\n" + ROWS)
    assert found.problems == [("row 2", why)]
    assert found.facts == EXPECTED


def test_a_sentence_stays_short() -> None:
    found = run(IMPORTER, HEADER + f"2026-11-18,Nausea,Brain,{'9' * 5000}\n" + f"{'9' * 5000},Nausea,Brain,1\n")
    assert [len(problem.why) < 120 for problem in found.problems] == [True, True]


def test_an_empty_value_is_not_zero() -> None:
    assert run(IMPORTER, HEADER + "2026-11-18,Nausea,Gastrointestinal, \n").facts == []


def test_damage_ends_in_a_sentence() -> None:
    survives(IMPORTER, (HEADER + ROWS).encode())


def test_midnight_in_every_row_is_no_time() -> None:
    text = "observation_date,tracker_name,tracker_category,observation_value \n"
    text += "2026-11-03 00:00:00,Pain,Pain,2\n2026-11-04 00:00:00,Pain,Pain,1\n"
    assert [fact[1:3] for fact in run(IMPORTER, text).facts] == [("2026-11-03", ""), ("2026-11-04", "")]


def test_a_row_that_ends_before_its_day_is_a_problem_and_no_crash() -> None:
    found = run(IMPORTER, "tracker_name,tracker_category,observation_value,observation_date\nFatigue,General,2\n")
    assert (found.facts, [each.place for each in found.problems]) == ([], ["row 2"])
