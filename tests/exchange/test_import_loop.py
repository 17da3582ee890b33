"""Loop Habit Tracker: a zip of tables."""

import io
import zipfile

import pytest

from painlog.errors import FileRefused
from painlog.exchange.importers.loop import IMPORTER
from tests.support.importing_diaries import chosen, run, source_of, survives

HABITS = """\
Position,Name,Type,Question,Description,FrequencyNumerator,FrequencyDenominator,Color,Unit,\
Target Type,Target Value,Archived?
001,Stretching,YES_NO,"Did you stretch, at all?",,1,1,#FF8F00,,,,false
002,Walk,NUMERICAL,How far?,,1,1,#FF8F00,km,AT_LEAST,2.0,false
003,Sleep,YES_NO,,,1,7,#FF8F00,,,,true
"""
MARKS = """\
Date,Stretching,Walk,Sleep,
2026-11-18,YES_MANUAL,2500,UNKNOWN,
2026-11-17,NO,UNKNOWN,YES_AUTO,
2026-11-16,SKIP,NO,YES_MANUAL,
"""
NOTES = 'Date,Value,Notes\n2026-11-18,YES_MANUAL,"ten minutes, gently"\n2026-11-16,SKIP,away\n'


def packed(habits: str = HABITS, marks: str = MARKS, notes: str = NOTES) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("001 Stretching/Checkmarks.csv", notes)
        file.writestr("001 Stretching/Scores.csv", "Date,Score\n2026-11-18,0.5\n")
        file.writestr("Habits.csv", habits)
        file.writestr("Checkmarks.csv", marks)
        file.writestr("Scores.csv", "Date,Stretching,\n2026-11-18,0.5,\n")
    return out.getvalue()


EXPECTED = [
    ("Stretching", "2026-11-18", "", {"value": True, "note": "ten minutes, gently"}),
    ("Walk", "2026-11-18", "", {"value": 2.5}),
    ("Stretching", "2026-11-17", "", {"value": False}),
    ("note", "2026-11-16", "", {"note": "Stretching: away"}),
    ("Loop Sleep", "2026-11-16", "", {"value": True}),
]


def test_only_what_was_marked_is_taken() -> None:
    found = run(IMPORTER, packed())
    assert found.facts == EXPECTED
    assert found.problems == []
    assert found.measures == [
        {"name": "Stretching", "scale": "yes-no"},
        {"name": "Walk", "scale": "number", "unit": "km"},
        {"name": "Loop Sleep", "scale": "yes-no"},
    ]
    assert chosen(packed()) == "loop"


def test_the_older_marks_are_numbers() -> None:
    older = "Date,Stretching,\n2026-11-18,2,\n2026-11-17,1,\n2026-11-16,0,\n"
    found = run(IMPORTER, packed(marks=older, notes=""))
    assert found.facts == [("Stretching", "2026-11-18", "", {"value": True})]


def test_a_longer_export_brings_the_same_ids() -> None:
    longer = MARKS.replace("Sleep,\n", "Sleep,\n2026-11-19,YES_MANUAL,UNKNOWN,UNKNOWN,\n")
    assert run(IMPORTER, packed()).by_id < run(IMPORTER, packed(marks=longer)).by_id


def test_what_is_not_understood_is_named() -> None:
    found = run(IMPORTER, packed(marks="Date,Stretching,Walk,Walk,\n2026-11-18,maybe,far,3000,\nlately,NO,1,1,\n"))
    assert [problem.place for problem in found.problems] == ["Walk", "row 2, Stretching", "row 3"]
    assert found.facts == [("Walk", "2026-11-18", "", {"value": 3})]


@pytest.mark.parametrize("name", ["Habits.csv", "Checkmarks.csv"])
def test_a_zip_of_something_else_is_not_loops(name: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(name, HABITS)
    assert not IMPORTER.recognises(source_of(out.getvalue()))


def test_a_cut_zip_is_refused() -> None:
    with pytest.raises(FileRefused):
        IMPORTER.recognises(source_of(packed()[:-100]))


def test_damage_ends_in_a_sentence() -> None:
    survives(IMPORTER, packed())
    survives(IMPORTER, MARKS.encode(), pack=lambda raw: packed(marks=raw.decode("cp1252", "replace")))
    survives(IMPORTER, HABITS.encode(), pack=lambda raw: packed(habits=raw.decode("cp1252", "replace")))
