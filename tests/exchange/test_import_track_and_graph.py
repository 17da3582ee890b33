"""Track & Graph: data points of features, in both layouts."""

import pytest

from painlog.exchange.importers.track_and_graph import IMPORTER
from tests.support.importing_diaries import chosen, run, source_of, survives

HEADER = "FeatureName,Timestamp,Value,Label,Note\n"
ROWS = """\
Pain,2026-11-18T21:10:09.408+01:00,3.0,Moderate,"after the shopping,\nlong"
Pain,2026-11-18T08:00:00.001+01:00,1.0,Mild,
Coffee,2026-11-18T08:05:00+01:00,1.0,,
Walk,2026-11-17T23:30:00Z,1:05:30,,
Stretching,2026-11-17T12:00:00+09:00,0.5,,
"""
OWN = [
    ("Track & Graph Pain", "2026-11-18", "21:10", {"value": 3, "note": "after the shopping,\nlong"}),
    ("Track & Graph Pain", "2026-11-18", "08:00", {"value": 1}),
    ("Coffee", "2026-11-18", "08:05", {"value": 1}),
    ("Walk", "2026-11-17", "00:30", {"value": 65.5}),
    ("Stretching", "2026-11-17", "12:00", {"value": 0.5}),
]


def test_features_become_measures_of_ones_own() -> None:
    found = run(IMPORTER, HEADER + ROWS)
    assert found.facts == OWN
    assert found.problems == []
    assert found.said == ["Pain 3.0: Moderate", "Pain 1.0: Mild", "", "", ""]
    assert [measure["scale"] for measure in found.measures] == ["number", "count", "minutes", "number"]
    assert chosen(HEADER + ROWS) == "track-and-graph"


def test_a_feature_named_as_painlogs_is_asked_about() -> None:
    (query,) = IMPORTER.asks(source_of(HEADER + ROWS))
    assert (query.key, query.usual) == ("scale Pain", "own")
    assert query.options == ("0-3", "0-4", "0-5", "1-5", "0-10", "1-10", "0-100", "own")
    assert "from 1 to 3" in query.text
    found = run(IMPORTER, HEADER + ROWS, {"scale Pain": "1-5"})
    assert [fact[3] for fact in found.facts[:2]] == [{"score": 5, "note": "after the shopping,\nlong"}, {"score": 0}]
    assert found.said[0] == "Pain 3.0 (1-5)"


def test_only_scales_that_hold_all_values_are_offered() -> None:
    text = HEADER + "Pain,2026-11-18T08:00:00Z,0.0,,\nPain,2026-11-18T09:00:00Z,7.0,,\n"
    text += "Steps,2026-11-18T09:00:00Z,5200,,\nSleep,2026-11-18T09:00:00Z,7:30:00,,\n"
    queries = IMPORTER.asks(source_of(text))
    assert {query.key: query.options for query in queries} == {
        "scale Pain": ("0-10", "0-100", "own"),
        "scale Steps": ("yes", "own"),
        "scale Sleep": ("yes", "own"),
    }
    found = run(IMPORTER, text, {"scale Pain": "0-100", "scale Steps": "yes", "scale Sleep": "yes"})
    assert [fact[3] for fact in found.facts] == [{"score": 0}, {"score": 0.7}, {"steps": 5200}, {"night": 450}]
    assert run(IMPORTER, text, {"scale Pain": "0-5"}).facts[1][3] == {"value": 7}


def test_a_feature_of_lengths_and_numbers_is_one_of_numbers() -> None:
    found = run(IMPORTER, HEADER + "Bath,2026-11-18T08:00:00Z,2.5,,\nBath,2026-11-18T09:00:00Z,0:20:00,,\n")
    assert [fact[3] for fact in found.facts] == [{"value": 2.5}]
    assert [problem.place for problem in found.problems] == ["row 3"]


def test_the_older_layout_has_its_label_in_the_value() -> None:
    older = "FeatureName,Timestamp,Value,Note\nMood today,2026-11-18T21:10:09Z,4.0:Good,fine\n"
    older += "Run,2026-11-18T20:00:00Z,0:20:00,\n"
    found = run(IMPORTER, older)
    assert found.facts == [
        ("Track & Graph Mood today", "2026-11-18", "22:10", {"value": 4, "note": "fine"}),
        ("Run", "2026-11-18", "21:00", {"value": 20}),
    ]
    assert found.said == ["Mood today 4.0: Good", ""]


def test_a_traveller_keeps_the_offset_of_the_day() -> None:
    found = run(IMPORTER, HEADER + "Fog,2026-11-17T23:30:00-08:00,2,,\n")
    assert found.facts == [("Fog", "2026-11-17", "23:30", {"value": 2})]


def test_a_longer_export_brings_the_same_ids() -> None:
    longer = HEADER + "Coffee,2026-11-19T08:05:00+01:00,1.0,,\n" + ROWS
    assert run(IMPORTER, HEADER + ROWS).by_id < run(IMPORTER, longer).by_id


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Coffee,yesterday,1.0,,", "'yesterday' is not a date that painlog can read"),
        ("Coffee,2026-11-18T08:05:00+99:00,1.0,,", "'2026-11-18T08:05:00+99:00' has an offset that no place has"),
        ("Coffee,2026-11-18T08:05:00+01:00,,,", "Coffee has no value"),
        (",2026-11-18T08:05:00+01:00,1,,", "the row names no feature"),
        ("Coffee,2026-11-20T08:05:00+01:00,1.0,,", "2026-11-20 is ahead"),
    ],
)
def test_a_row_that_is_wrong_is_named_and_the_others_stay(row: str, why: str) -> None:
    found = run(IMPORTER, HEADER + row + "\n" + ROWS)
    assert found.problems == [("row 2", why)]
    assert found.facts == OWN


def test_damage_ends_in_a_sentence() -> None:
    survives(IMPORTER, (HEADER + ROWS).encode())
    survives(IMPORTER, (HEADER + ROWS).encode(), {"scale Pain": "1-5"})
