"""Bearable: one thing a row, or several, in both layouts."""

import csv
import io
from collections.abc import Sequence

import pytest

from painlog.exchange.importers.bearable import IMPORTER
from tests.support.importing_diaries import chosen, run, source_of, survives

COLUMNS = ("date", "weekday", "time of day", "category", "rating/amount", "detail", "notes")
ROWS = [
    ("22nd Sep 2020", "Tuesday", "am", "Mood", "4", "Calm | Hopeful", ". "),
    ("22nd Sep 2020", "Tuesday", "mid", "Energy", "3", "", ""),
    ("22nd Sep 2020", "Tuesday", "03:04", "Symptom", "2", "Neck pain (Moderate)", "since the drive"),
    ("22nd Sep 2020", "Tuesday", "3:04", "Symptom", "4", "Left knee pain (Unbearable)", ""),
    ("22nd Sep 2020", "Tuesday", "pm", "Symptom", "1 | 3", "Brain fog (Mild) | Fatigue (Severe)", "None"),
    ("22nd Sep 2020", "Tuesday", "pre", "Symptom", "", "Headache (Mild) | Joint pain (Severe)", ""),
    ("22nd Sep 2020", "Tuesday", "all day", "Factors", "", "Coffee | Sat, long", ""),
    ("22nd Sep 2020", "Tuesday", "10:00", "Meds/Supplements", "400", "Ibuprofen (mg)", ""),
    ("22nd Sep 2020", "Tuesday", "10:00", "Meds/Supplements", "2", "Turmeric (scoops)", ""),
    ("22nd Sep 2020", "Tuesday", "", "Sleep", "9:45", "Asleep 02:45 - 12:30. In bed 02:15 - 13:15.", ""),
    ("22nd Sep 2020", "Tuesday", "mid", "Sleep", "1:15", "Nap (mid)", ""),
    ("22nd Sep 2020", "Tuesday", "", "Sleep", "2:00", "", "dozed again"),
    ("22nd Sep 2020", "Tuesday", "", "Sleep quality", "5", "", ""),
    ("22nd Sep 2020", "Tuesday", "", "Sleep factors", "", "Late meal | Screen", ""),
    ("22nd Sep 2020", "Tuesday", "pm", "Food Diary", "", "Lentils", ""),
    ("22nd Sep 2020", "Tuesday", "", "Gratitudes", "", "The sun", ""),
    ("22nd Sep 2020", "Tuesday", "am", "Bowel Movements", "4", "", ""),
    ("22nd Sep 2020", "Tuesday", "am", "Health measurements", "70.5", "Weight (kg)", ""),
    ("22nd Sep 2020", "Tuesday", "am", "Health measurements", "120/80", "Blood pressure (mmHg)", ""),
    ("22nd Sep 2020", "Tuesday", "am", "My walks", "2", "Park", ""),
    ("22nd Sep 2020", "Tuesday", "am", "Mood", "None", "None", "a bare note"),
]
DAY = "2020-09-22"
EXPECTED = [
    ("mood", DAY, "", {"score": 7.5, "note": "Calm, Hopeful"}),
    ("Energy", DAY, "", {"value": 5}),
    ("pain", DAY, "03:04", {"score": 5, "where": {"neck": None}, "note": "since the drive"}),
    ("pain", DAY, "03:04", {"score": 10, "where": {"knee_l": None}}),
    ("Brain fog", DAY, "", {"value": 2.5}),
    ("mood", DAY, "", {"fatigue": 7.5}),
    ("pain", DAY, "", {"score": 2.5, "where": {"head": None}}),
    ("pain", DAY, "", {"score": 7.5, "where": {"other:Joint": None}}),
    ("activity", DAY, "", {"did": ["coffee", "sat long"]}),
    ("dose", DAY, "10:00", {"name": "Ibuprofen", "amount": "400 mg"}),
    ("dose", DAY, "10:00", {"name": "Turmeric", "note": "2 scoops"}),
    ("sleep", DAY, "12:30", {"night": "2020-09-22T02:45+02:00/2020-09-22T12:30+02:00", "bed": "02:15", "up": "13:15"}),
    ("sleep", DAY, "", {"night": 75, "type": "nap"}),
    ("sleep", DAY, "", {"night": 120, "type": "nap", "note": "dozed again"}),
    ("sleep", DAY, "", {"quality": 5}),
    ("note", DAY, "", {"note": "Sleep factors: Late meal, Screen"}),
    ("note", DAY, "", {"note": "Food Diary: Lentils"}),
    ("went well", DAY, "", {"note": "The sun"}),
    ("Bowel Movements", DAY, "", {"value": 4}),
    ("Weight", DAY, "", {"value": 70.5}),
    ("note", DAY, "", {"note": "Health measurements: 120/80, Blood pressure (mmHg)"}),
    ("My walks", DAY, "", {"value": 2, "note": "Park"}),
    ("note", DAY, "", {"note": "a bare note"}),
]


def table(rows: Sequence[tuple[str, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([COLUMNS, *rows])
    return out.getvalue()


def later_layout(rows: Sequence[tuple[str, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(("date", "date formatted", *COLUMNS[1:]))
    writer.writerows((row[0], DAY, *row[1:]) for row in rows)
    return out.getvalue()


@pytest.mark.parametrize("layout", [table, later_layout])
def test_each_category_has_its_place(layout: object) -> None:
    text = table(ROWS) if layout is table else later_layout(ROWS)
    found = run(IMPORTER, text)
    assert found.facts == EXPECTED
    assert found.problems == []
    assert found.ids == run(IMPORTER, table(ROWS)).ids
    assert chosen(text) == "bearable"


def test_the_note_of_a_row_goes_with_the_first_thing_it_lists() -> None:
    row = ("22nd Sep 2020", "", "am", "Symptom", "1 | 2", "Nausea (Mild) | Fatigue (Moderate)", "after tea")
    assert [fact[3] for fact in run(IMPORTER, table([row])).facts] == [
        {"value": 2.5, "note": "after tea"},
        {"fatigue": 5},
    ]


def test_what_the_file_said_is_kept() -> None:
    said = run(IMPORTER, table(ROWS)).said
    assert said[:3] == ["Mood 4 (1-5); time of day am", "Energy 3 (1-5); time of day mid", "Neck pain 2 (0-4)"]
    assert said[8:10] == ["time of day all day", ""]


def test_measures_say_their_scale() -> None:
    assert run(IMPORTER, table(ROWS)).measures == [
        {"name": "Energy"},
        {"name": "Brain fog"},
        {"name": "Bowel Movements", "scale": "number"},
        {"name": "Weight", "scale": "number", "unit": "kg"},
        {"name": "My walks", "scale": "number"},
    ]


def test_the_end_of_a_scale_is_asked_where_the_file_does_not_show_it() -> None:
    assert [query.key for query in IMPORTER.asks(source_of(table(ROWS)))] == [
        "scale Mood",
        "scale Energy",
        "scale Sleep quality",
    ]
    answered = run(IMPORTER, table(ROWS), {"scale Mood": "1-10"})
    assert answered.facts[0][3]["score"] == 3.333
    higher = table([*ROWS, ("22nd Sep 2020", "Tuesday", "pm", "Mood", "10", "", "")])
    assert [query.key for query in IMPORTER.asks(source_of(higher))] == ["scale Energy", "scale Sleep quality"]
    assert run(IMPORTER, higher).facts[-1][3] == {"score": 10}


def test_a_longer_export_brings_the_same_ids() -> None:
    longer = [
        ("22nd Sep 2020", "Tuesday", "pm", "Mood", "2", "", ""),
        ("22nd Sep 2020", "Tuesday", "am", "Symptom", "2", "Nausea", ""),
        *ROWS,
    ]
    assert run(IMPORTER, table(ROWS)).by_id < run(IMPORTER, table(longer)).by_id


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("32nd Sep 2020", "", "am", "Mood", "4", "", ""), "'32nd Sep 2020' is a date that does not exist"),
        (("22nd Sep 2020", "", "25:00", "Mood", "4", "", ""), "'25:00' is not a time of day; write 07:30 or 7:30 pm"),
        (("22nd Sep 2020", "", "am", "Symptom", "", "Nausea", ""), "how strong Nausea was is missing"),
        (("22nd Sep 2020", "", "am", "Symptom", "7", "Nausea", ""), "7 is not within 0-4"),
        (("22nd Sep 2020", "", "am", "Sleep", "long", "", ""), "sleep is a length such as 5h30 or a span such as"),
    ],
)
def test_a_row_that_is_wrong_is_named_and_the_others_stay(row: tuple[str, ...], why: str) -> None:
    found = run(IMPORTER, table([row, *ROWS]))
    assert [(problem.place, problem.why[: len(why)]) for problem in found.problems] == [("row 2", why)]
    assert found.facts == EXPECTED


def test_damage_ends_in_a_sentence() -> None:
    survives(IMPORTER, table(ROWS).encode())
    survives(IMPORTER, later_layout(ROWS).encode())


def test_what_a_night_says_beside_its_times_is_a_note() -> None:
    row = ("22nd Sep 2020", "Tuesday", "", "Sleep", "9:45", "Asleep 02:45 - 12:30. Nap (mid)", "long day")
    text = "\n".join(",".join(f'"{cell}"' for cell in each) for each in (COLUMNS, row))
    assert [fact[3]["note"] for fact in run(IMPORTER, text).facts] == ["Nap (mid)\nlong day"]
