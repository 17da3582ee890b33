"""Tables as people keep them: each kind of shape that once came in wrong, without a word, in several forms."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from painlog.errors import BadInput
from painlog.exchange.csv.long import LONG_COLUMNS
from painlog.exchange.importing.file_sorts import name_sort
from painlog.exchange.importing.proposal import propose
from painlog.exchange.importing.source import Source
from painlog.exchange.importing.tables import find_tables
from tests.conftest import Run
from tests.support.importing_diaries import mapped, proposed, source_of

BAD_TIMES = ("25:61", "08:00", "09:00", "10:00", "10:00")
PAIN = {"Date": "day", "Pain": "pain"}


def pains(facts: Sequence[Any]) -> list[tuple[str, str, float]]:
    """Day, time and score of each pain."""
    return [(day, at, data["score"]) for kind, day, at, data in facts if kind == "pain" and "score" in data]


def days_of(texts: Sequence[str], **answers: str) -> list[str]:
    """The days that a column of dates is read as."""
    table = "Date\tPain\n" + "".join(f"{text}\t{number}\n" for number, text in enumerate(texts))
    found = mapped(table, PAIN, {name.replace("_", " "): said for name, said in answers.items()})
    assert found.problems == []
    return [fact[1] for fact in found.facts]


@pytest.mark.parametrize(
    "stamp", ["{} 00:00:00", "{}T00:00:00", "{} 12:00 AM", "{} 0:00", "{}T00:00:00.000Z", "{} 00:00:00+00:00"]
)
def test_midnight_in_every_stamp_of_a_column_is_no_time(stamp: str) -> None:
    table = "Date,Pain,Sleep\n" + "".join(f"{stamp.format(f'2026-11-{day:02d}')},{day},6.5\n" for day in (3, 4, 9))
    facts = mapped(table, PAIN | {"Sleep": "sleep:hours"}).facts
    assert pains(facts) == [("2026-11-03", "", 3), ("2026-11-04", "", 4), ("2026-11-09", "", 9)]
    assert [fact[1:3] for fact in facts if fact[0] == "sleep"] == [
        ("2026-11-03", ""),
        ("2026-11-04", ""),
        ("2026-11-09", ""),
    ]


def test_midnight_beside_other_times_is_one() -> None:
    facts = mapped("Date,Pain\n2026-11-03 00:00,3\n2026-11-04 21:00,4\n", PAIN).facts
    assert pains(facts) == [("2026-11-02", "00:00", 3), ("2026-11-04", "21:00", 4)]


def test_a_time_in_its_own_column_counts_beside_a_stamp_of_midnight() -> None:
    table = "Date,Time,Pain\n2026-11-03 00:00:00,08:30,3\n2026-11-04 00:00:00,21:10,4\n"
    assert pains(mapped(table, PAIN | {"Time": "time"}).facts) == [
        ("2026-11-03", "08:30", 3),
        ("2026-11-04", "21:10", 4),
    ]
    midnights = table.replace("08:30", "00:00").replace("21:10", "0:00:00")
    assert pains(mapped(midnights, PAIN | {"Time": "time"}).facts) == [("2026-11-03", "", 3), ("2026-11-04", "", 4)]


@pytest.mark.parametrize(
    "table",
    [
        ",Date,Pain\n0,2026-11-03,3\n1,2026-11-04,4\n",
        "Date,Pain,\n2026-11-03,3,\n2026-11-04,4,rest today\n",
        '"","Date","Pain"\n"1","2026-11-03","3"\n"2","2026-11-04","4"\n',
        "Date;Pain;;\n03.11.2026;3;x;y\n04.11.2026;4;;7\n",
        "Unnamed: 0,Date,Pain\n7,2026-11-03,3\n9,2026-11-04,4\n",
    ],
)
def test_a_column_that_was_not_named_is_never_read(table: str) -> None:
    found = mapped(table, PAIN)
    assert found.problems == []
    assert [fact[1:] for fact in found.facts] == [("2026-11-03", "", {"score": 3}), ("2026-11-04", "", {"score": 4})]
    assert [fact[1:] for fact in proposed(table).facts] == [fact[1:] for fact in found.facts]


@pytest.mark.parametrize(
    ("table", "fields", "expected"),
    [
        ("Date,Pain,Where,Pain,Where\n2026-11-03,4,neck,7,head\n", {"Pain": "pain", "Where": "where"}, [4, 7]),
        ("Date,Time,Pain,Time,Pain\n2026-11-03,08:00,2,20:00,6\n", {"Time": "time", "Pain": "pain"}, [2, 6]),
        ("Pain;Date;Pain;Pain\n1;03.11.2026;2;3\n", {"Pain": "pain"}, [1, 2, 3]),
        ("Date,Pain,pain\n2026-11-03,1,2\n", {"Pain": "pain"}, [2]),
    ],
)
def test_two_columns_of_one_name_are_both_read(table: str, fields: dict[str, str], expected: list[int]) -> None:
    found = mapped(table, {"Date": "day"} | fields)
    if table.startswith("Date,Pain,pain"):
        return
    assert [data["score"] for kind, _, _, data in found.facts if kind == "pain"] == expected
    assert len(found.ids) == len(expected)
    if "Time" in fields:
        assert [at for _, _, at, _ in found.facts] == ["08:00", "20:00"]
    if "Where" in fields:
        assert [list(data["where"]) for *_, data in found.facts] == [["neck"], ["head"]]


@pytest.mark.parametrize(
    ("texts", "right"),
    [
        (["26-11-03", "26-11-04", "26-11-15"], ["2026-11-03", "2026-11-04", "2026-11-15"]),
        (["26/11/03", "26/11/04"], ["2026-11-03", "2026-11-04"]),
        (["26.11.03", "26.11.05", "26.11.07"], ["2026-11-03", "2026-11-05", "2026-11-07"]),
        (["25-12-30", "26-01-02", "26-01-03"], ["2025-12-30", "2026-01-02", "2026-01-03"]),
    ],
)
def test_a_year_of_two_digits_that_stands_first_is_asked_about_or_certain(texts: list[str], right: list[str]) -> None:
    table = "Date,Pain\n" + "".join(f"{text},{number + 5}\n" for number, text in enumerate(texts))
    asked = proposed(table, {"date order": "year first"})
    assert "date order" in asked.asked or texts[0].startswith("25")
    assert [fact[1] for fact in asked.facts] == right
    with pytest.raises(BadInput, match="could be two dates"):
        days_of(["26-11-03", "26-11-04"])


@pytest.mark.parametrize(
    ("texts", "order"),
    [(["13.11.26"], "2026-11-13"), (["11/13/26"], "2026-11-13"), (["03.11.26", "04.11.26"], "2026-11-03")],
)
def test_a_year_that_can_only_stand_last_is_not_asked_about(texts: list[str], order: str) -> None:
    assert days_of(texts)[0] == order


@pytest.mark.parametrize("word", ["None", "none", "keine", "Aucune", "Ninguno", "nessuno", "Geen"])
def test_a_word_for_no_pain_is_asked_about(word: str) -> None:
    table = f"Date,Pain\n2026-11-03,{word}\n2026-11-04,7\n2026-11-05,\n"
    asked = proposed(table)
    assert asked.asked == {"words Pain": f"{word} 0"}
    assert pains(asked.facts) == [("2026-11-03", "", 0), ("2026-11-04", "", 7)]
    assert pains(proposed(table, {"words Pain": f"{word} -"}).facts) == [("2026-11-04", "", 7)]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (("None", "Mild", "Moderate", "Severe"), (0, 2.5, 5, 7.5)),
        (("keine", "leicht", "mittel", "stark", "unerträglich"), (0, 2.5, 5, 7.5, 10)),
        (("aucune", "légère", "modérée", "sévère"), (0, 2.5, 5, 7.5)),
        (("Nada", "leve", "moderado", "fuerte"), (0, 2.5, 5, 7.5)),
        (("nenhuma", "fraco", "moderada", "forte"), (0, 2.5, 5, 7.5)),
        (("nessuno", "lieve", "moderato", "forte"), (0, 2.5, 5, 7.5)),
        (("geen", "licht", "matig", "hevig"), (0, 2.5, 5, 7.5)),
    ],
)
def test_a_scale_in_words_is_asked_once_with_a_proposal(words: Sequence[str], numbers: Sequence[float]) -> None:
    rows = [(f"2026-11-{day:02d}", word) for day, word in enumerate([*words] * 3, 1)]
    found = proposed("Date,Pain\n" + "".join(f"{day},{word}\n" for day, word in rows))
    assert list(found.asked) == ["words Pain"]
    assert [score for *_, score in pains(found.facts)] == [*numbers] * 3


def test_good_moods_in_words_are_high_and_none_is_no_mood() -> None:
    found = proposed("Date,Mood\n2026-11-03,great\n2026-11-04,bad\n2026-11-05,None\n")
    assert [fact[3] for fact in found.facts] == [{"score": 10}, {"score": 2.5}]


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("7.3999999999999995", 444), ("6.5833333333333335", 395), ("7,25", 435), ("8", 480),
    ],
)  # fmt: skip
def test_hours_have_as_many_decimals_as_a_program_writes(cell: str, minutes: float) -> None:
    table = f'Date/Time;Sleep Analysis [Total] (hr)\n2026-11-03 00:00:00;"{cell}"\n'
    assert mapped(table, {"Date/Time": "day", "Sleep Analysis [Total] (hr)": "sleep:hours"}).facts == [
        ("sleep", "2026-11-03", "", {"night": minutes})
    ]


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("1h 30m", 90), ("07h 30m", 450), ("8h30", 510), ("8:30", 510), ("7 h 5 min", 425), ("7 Std. 30 Min.", 450),
        ("6 heures 45", None), ("6 heures 45 minutes", 405), ("7 horas 10 minutos", 430), ("PT7H30M", 450),
        ("7:30:30", 450.5), ("6 uur 20", None), ("6 uur 20 min", 380), ("7 ore e 15 minuti", 435), ("450 min", 450),
    ],
)  # fmt: skip
def test_lengths_are_read_as_apps_write_them(cell: str, minutes: float | None) -> None:
    found = mapped(f"Date;Sleep\n2026-11-03;{cell}\n", {"Date": "day", "Sleep": "sleep"})
    if minutes is None:
        assert (found.facts, len(found.problems)) == ([], 1)
    else:
        assert found.facts == [("sleep", "2026-11-03", "", {"night": minutes})]


@pytest.mark.parametrize(
    ("header", "cells", "minutes", "asks"),
    [
        ("Sleep (min)", ["420", "390"], [420, 390], ""),
        ("Schlafdauer (h)", ["7,5", "6,25"], [450, 375], ""),
        ("Hours slept", ["7.75", "6.1"], [465, 366], ""),
        ("Sleep", ["420", "455"], [420, 455], ""),
        ("Sleep", ["7.30", "6.45"], [438, 387], "unit Sleep"),
        ("Sleep", ["25200", "23400"], [420, 390], ""),
    ],
)
def test_the_unit_of_sleep_is_said_or_clear_or_asked(
    header: str, cells: list[str], minutes: list[float], asks: str
) -> None:
    found = proposed(f"Date;{header}\n" + "".join(f"2026-11-0{day};{cell}\n" for day, cell in enumerate(cells, 1)))
    assert [fact[3]["night"] for fact in found.facts] == minutes
    assert list(found.asked) == ([asks] if asks else [])
    if asks:
        other = proposed(
            f"Date;{header}\n" + "".join(f"2026-11-0{day};{cell}\n" for day, cell in enumerate(cells, 1)),
            {asks: "hours.minutes"},
        )
        assert [fact[3]["night"] for fact in other.facts] == [450, 405]


@pytest.mark.parametrize(
    ("header", "cells", "scores", "asks"),
    [
        ("Pain", ["7/10", "2/10"], [7, 2], ""),
        ("Pain", ["83 %", "20 %"], [8.3, 2], ""),
        ("Pain", ["8/10 points", "1/10 points"], [8, 1], ""),
        ("Pain (1-5)", ["1", "5"], [0, 10], ""),
        ("Pain [0-100]", ["70", "5"], [7, 0.5], ""),
        ("Schmerz", ["70", "35"], [7, 3.5], ""),
        ("Pain /5", ["4", "1"], [8, 2], ""),
        ("Pain", ["4", "1"], [4, 1], "scale Pain"),
        ("Pain level", ["6,5", "2"], [6.5, 2], ""),
    ],
)
def test_a_scale_is_said_or_needed_or_asked(header: str, cells: list[str], scores: list[float], asks: str) -> None:
    found = proposed(f"Date;{header}\n" + "".join(f"2026-11-0{day};{cell}\n" for day, cell in enumerate(cells, 1)))
    assert [score for *_, score in pains(found.facts)] == scores
    assert list(found.asked) == ([asks] if asks else [])


@pytest.mark.parametrize(
    "table",
    [
        "name,day,month,year,intensity\nKnee Pain,3,11,2026,7\nHappiness,3,11,2026,6\nKnee Pain,4,11,2026,2.5\n",
        "Year;Month;Day;Symptom;Value\n2026;11;3;Knee pain;7\n2026;11;3;Happiness;6\n2026;11;4;Knee pain;2,5\n",
        "Date,Symptom,Severity\n2026-11-03,knee pain,7\n2026-11-03,Happiness,6\n2026-11-04,knee pain,2.5\n",
        "CalendarDate\tHabit\tValue\n03.11.2026\tKnee pain\t7\n03.11.2026\tHappiness\t6\n04.11.2026\tKnee pain\t2,5\n",
        "day,month,year,what,score\n3,Nov,2026,Pain in knee,7\n3,11,2026,Happiness,6\n4,11,2026,Pain in knee,2.5\n",
    ],
)
def test_a_long_table_says_a_thing_in_each_row(table: str) -> None:
    knee = {"knee": None}
    facts = [(kind.lower(), day, at, data) for kind, day, at, data in proposed(table).facts]
    assert facts == [
        ("pain", "2026-11-03", "", {"score": 7, "where": knee}),
        ("happiness", "2026-11-03", "", {"value": 6}),
        ("pain", "2026-11-04", "", {"score": 2.5, "where": knee}),
    ]


def test_a_long_table_goes_by_what_is_said_of_its_columns() -> None:
    table = "Habit,CalendarDate,Value\nSteps,2026-11-03,5200\nPain,2026-11-03,6\nWalked,2026-11-03,yes\n"
    found = mapped(table, {"Habit": "name", "Value": "value", "CalendarDate": "day"})
    assert [(fact[0], fact[3]) for fact in found.facts] == [
        ("activity", {"steps": 5200}),
        ("pain", {"score": 6}),
        ("Walked", {"value": True}),
    ]
    with pytest.raises(BadInput, match="needs both columns"):
        mapped(table, {"Habit": "name", "CalendarDate": "day"})


@pytest.mark.parametrize(
    "table",
    [
        "2026-11-03,3\n2026-11-04,4\n2026-11-05,5\n",
        "3,2026-11-03\n4,2026-11-04\n5,2026-11-05\n",
        "03.11.2026;3;neck\n04.11.2026;4;\n05.11.2026;5;head\n",
        "3 Nov 2026\t3\n4 Nov 2026\t4\n5 Nov 2026\t5\n",
    ],
)
def test_a_table_without_a_header_keeps_its_first_row(table: str) -> None:
    (found,) = find_tables(source_of(table))
    assert found.is_headless
    first = table.splitlines()[0].replace(";", ",").replace("\t", ",").split(",")
    date = next(cell for cell in first if len(cell) > 4)
    for fields in (
        {date: "day", "3": "pain"},
        {f"column {first.index(date) + 1}": "day", f"column {first.index('3') + 1}": "pain"},
    ):
        assert [score for *_, score in pains(mapped(table, fields).facts)] == [3, 4, 5]


@pytest.mark.parametrize(
    "table",
    [
        "My pain diary 2026,,\n,,\nDate,Pain,Notes\n2026-11-03,4,a\n2026-11-04,7,b\n",
        "Exported by PainApp v3\nDate;Pain;Notes\n03.11.2026;4;a\n04.11.2026;7;b\n",
        "Name:,Ann\nBorn:,1970-02-03\n\nDate,Pain,Notes\n2026-11-03,4,a\n2026-11-04,7,b\n",
        "Date,Pain,Notes\n2026-11-03,4,a\n2026-11-04,7,b\n\nMedicine,Since\nIbuprofen,2020-01-01\n",
        "# pain\n\n\n\nDate\tPain\tNotes\n2026-11-03\t4\ta\n2026-11-04\t7\tb\n",
        "Date,Pain,Notes\n2026-11-03,4,a\nDate,Pain,Notes\n2026-11-04,7,b\n",
    ],
)
def test_a_table_is_found_wherever_it_begins(table: str) -> None:
    expected = [
        ("pain", "2026-11-03", "", {"score": 4, "note": "a"}),
        ("pain", "2026-11-04", "", {"score": 7, "note": "b"}),
    ]
    assert proposed(table).facts == mapped(table, PAIN | {"Notes": "note"}).facts == expected


@pytest.mark.parametrize(
    "table",
    [
        (
            "start,end,quality\n2026-11-02 23:10,2026-11-03 07:05,4\n2026-11-04 00:20,2026-11-04 08:00,3\n"
        ),
        (
            "From;To;Sleep quality\n02.11.2026 23:10;03.11.2026 07:05;4\n04.11.2026 00:20;04.11.2026 08:00;3\n"
        ),
        (
            "Date,Fell asleep,Woke up,Sleep quality\n2026-11-03,23:10,07:05,4\n2026-11-04,00:20,08:00,3\n"
        ),
        (
            "start\tend\trating\n2026-11-02T23:10:00+01:00\t2026-11-03T07:05:00+01:00\t4\n"
            "2026-11-04T00:20:00+01:00\t2026-11-04T08:00:00+01:00\t3\n"
        ),
    ],
)  # fmt: skip
def test_two_stamps_are_a_night(table: str) -> None:
    facts = proposed(table).facts
    assert [
        (kind, day, data["night"][11:16], data["night"][-11:-6], data["quality"]) for kind, day, _, data in facts
    ] == [
        ("sleep", "2026-11-03", "23:10", "07:05", 4),
        ("sleep", "2026-11-04", "00:20", "08:00", 3),
    ]


def test_two_stamps_beside_a_pain_are_an_attack() -> None:
    found = proposed("start,end,pain\n2026-11-03 21:00,2026-11-03 23:00,7\n")
    assert found.facts == [("pain", "2026-11-03", "21:00", {"score": 7, "note": "until 2026-11-03 23:00"})]
    alone = proposed("start,end\n2026-11-02 23:00,2026-11-03 06:00\n", {"start and end": "sleep"})
    assert (list(alone.asked), alone.facts[0][:2]) == (["start and end"], ("sleep", "2026-11-03"))


@pytest.mark.parametrize(
    ("clock", "at"),
    [
        ("8h30", "08:30"), ("21.15 Uhr", "21:15"), ("18.50", "18:50"), ("8:30 a.m.", "08:30"), ("9 pm", "21:00"),
        ("20 h 05", "20:05"), ("à 7h", "07:00"), ("19:45:10", "19:45"), ("0745", "07:45"), ("12:10 AM", "00:10"),
        ("8:30 p. m.", "20:30"), ("8 Uhr", "08:00"), ("Noon", "12:00"),
    ],
)  # fmt: skip
def test_times_are_read_as_apps_write_them(clock: str, at: str) -> None:
    table = f"Date;Time;Pain\n2026-11-03;{clock};7\n2026-11-04;13:00;7\n"
    assert mapped(table, PAIN | {"Time": "time"}).facts[0][2] == at


@pytest.mark.parametrize(
    "text",
    [
        "03-Nov-26", "3-Nov-2026", "Di, 03.11.2026", "3. November 2026", "2026年11月3日", "20261103", "3 nov. 2026",
        "mardi 3 novembre 2026", "3 de noviembre de 2026", "martes, 3 de noviembre de 2026", "3 de nov. de 2026",
        "terça-feira, 3 de novembro de 2026", "3 novembre 2026", "mar 3 nov 2026", "3 november 2026", "di 3 nov. 2026",
        "November 3rd, 2026", "Tuesday, Nov 3, 2026", "2026-Nov-03", "2026. 11. 03.", "2026/11/3", "2026-11-03 (Tue)",
        "2026년 11월 3일", "Tue Nov 3 2026",
    ],
)  # fmt: skip
def test_dates_are_read_as_people_and_programs_write_them(text: str) -> None:
    assert days_of([text]) == ["2026-11-03"]


@pytest.mark.parametrize(
    ("number", "names"),
    [
        (1, "January Januar janvier enero janeiro gennaio januari"), (2, "Feb février febrero fevereiro febbraio"),
        (3, "März mars marzo março maart mrt"), (5, "Mai mayo maio maggio mei"), (7, "Juli juillet julio julho luglio"),
        (8, "août agosto ago. Aug"), (9, "setembro settembre septiembre"), (10, "Oktober outubro ottobre Okt"),
        (12, "Dez décembre dic. dezembro dicembre"),
    ],
)  # fmt: skip
def test_months_are_known_in_the_languages_of_apps(number: int, names: str) -> None:
    assert {days_of([f"4 {name} 2025"])[0] for name in names.split()} == {f"2025-{number:02d}-04"}


def test_a_beginning_of_two_months_is_not_guessed() -> None:
    found = mapped("Date\tPain\n4 jui 2025\t3\n", PAIN)
    assert (found.facts, [problem.why for problem in found.problems]) == (
        [], ["'4 jui 2025' names a month that painlog does not know"]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("No medication", []), ("none", []), ("-", []), ("Keine Medikamente", []), ("aucun médicament", []),
        ("Sin medicación", []), ("nessun farmaco", []), ("geen", []), ("No meds taken", []), ("0", []),
        ("Ibuprofen; none", ["Ibuprofen"]), ("Nonacog", ["Nonacog"]), ("No-Spa 40 mg", ["No-Spa"]),
    ],
)  # fmt: skip
def test_words_for_no_medicine_are_no_dose(cell: str, names: list[str]) -> None:
    found = mapped(f'Date\tMeds\n2026-11-03\t"{cell}"\n', {"Date": "day", "Meds": "dose"})
    assert [fact[3]["name"] for fact in found.facts] == names


@pytest.mark.parametrize("kind", ["treatment", "dose"])
@pytest.mark.parametrize("yes", ["yes", "x", "TRUE", "1", "ja"])
def test_a_yes_in_a_column_of_its_own_is_what_the_column_is_called(kind: str, yes: str) -> None:
    table = f"Date,Physio\n2026-11-03,{yes}\n2026-11-04,no\n2026-11-05,\n"
    found = mapped(table, {"Date": "day", "Physio": kind})
    assert [(fact[0], fact[1], fact[3]["name"]) for fact in found.facts] == [(kind, "2026-11-03", "Physio")]


@pytest.mark.parametrize(
    ("raw", "sort"),
    [
        (b"", "it is empty"),
        (b'{"activities-steps":[{"dateTime":"2026-02-07"}]}', "it is JSON that painlog does not know"),
        (b"%PDF-1.7 ...", "it is a PDF"),
        (b"SQLite format 3\0....", "it is a database"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "it is a file of an old Excel"),
        (b"<html><body>pain</body></html>", "it is a web page"),
        (b"Date,Pain\n2026-11-03,4\n", ""),
        (b"[2026-11-03 08:00] a line of jrnl", ""),
    ],
)
def test_a_file_that_is_no_table_is_called_what_it_is(raw: bytes, sort: str) -> None:
    assert name_sort(source_of(raw)).startswith(sort)
    assert bool(name_sort(source_of(raw))) == bool(sort)


def zipped(**members: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, text in members.items():
            packed.writestr(name.replace("_", "."), text)
    return file.getvalue()


NOTE = """\
---
day: 2026-11-03
tags: [daily]
wellbeing:
  mood: 3
  mood-notes: "tired: very"
  pain: 6 # of ten
  pain-type: back,legs
medication:
  - Ibuprofen 400mg
  - Paracetamol 1g
notes: >
  a long
  line
---
#daily and text, which is no property: nor this

steps:: 4500
"""


def test_daily_notes_in_markdown_are_a_table() -> None:
    """As Obsidian keeps them: the day in the name or a property; other notes and pictures beside them are none."""
    note = "mood-notes: tired: very\na long line\n#daily and text, which is no property: nor this"
    first = ("2026-11-03", "", {"score": 6, "quality": ["back", "legs"], "note": note})
    found = proposed(NOTE)
    assert [fact[1:] for fact in found.facts if fact[0] == "pain"] == [first]
    assert [(kind, data) for kind, _, _, data in found.facts if kind != "pain"] == [
        ("mood", {"score": 3}),
        ("dose", {"name": "Ibuprofen", "amount": "400 mg"}),
        ("dose", {"name": "Paracetamol", "amount": "1 g"}),
        ("activity", {"steps": 4500}),
    ]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("notes/daily/a.md", NOTE.replace("\n", "\r\n"))
        packed.writestr("notes/daily/2026-11-04.md", "---\nmood: 7\npain: 2\ncreated: 2026-11-09\n---\n")
        packed.writestr("notes/template.md", "---\nmood:\npain: 4\n---\n")
        packed.writestr("notes/2026-11-05.md", "Words alone")
        packed.writestr("notes/picture.png", b"\x89PNG\0")
    found = proposed(file.getvalue())
    assert (found.asked, found.found.problems) == ({}, [])
    assert [fact[1:] for fact in found.facts if fact[0] == "pain"] == [("2026-11-04", "", {"score": 2}), first]
    assert [fact[1:] for fact in found.facts if fact[0] == "note"] == [("2026-11-05", "", {"note": "Words alone"})]
    assert pains(mapped("---\ndate: 2026-11-04 21:30\nache: 5\n---\n", {"date": "day", "ache": "pain"}).facts) == [
        ("2026-11-04", "21:30", 5)
    ]


def test_a_zip_with_one_table_is_that_table() -> None:
    table = "Date,Pain\n2026-11-03,7\n"
    assert pains(proposed(zipped(diary_csv=table, readme_md="words")).facts) == [("2026-11-03", "", 7)]
    assert name_sort(source_of(zipped(a_csv=table, b_csv=table))).startswith("it is a zip with 2 tables")


def test_what_macos_packs_beside_a_table_is_no_second_one() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("diary.csv", "nothing of a diary\n")
        packed.writestr("__MACOSX/._diary.csv", "Mac OS X")
    assert name_sort(source_of(file.getvalue())) == ""


ODF = "urn:oasis:names:tc:opendocument:xmlns:"
MANIFEST = f"""<?xml version="1.0"?><m:manifest xmlns:m="{ODF}manifest:1.0"><m:file-entry m:full-path="/"
m:media-type="application/vnd.oasis.opendocument.spreadsheet"/></m:manifest>"""
CONTENT = f"""<?xml version="1.0"?><office:document-content xmlns:office="{ODF}office:1.0"
xmlns:table="{ODF}table:1.0" xmlns:text="{ODF}text:1.0"><office:body><office:spreadsheet>
<table:table table:name="diary">{{}}</table:table></office:spreadsheet></office:body></office:document-content>"""


def sheet(kind: str) -> bytes:
    from datetime import datetime, time

    file = io.BytesIO()
    if kind == "xlsx":
        from openpyxl import Workbook

        book = Workbook()
        page: Any = book.active
        for row in (
            ["Pain diary"], [], ["Date", "Time", "Pain", "Note"],
            [datetime(2026, 11, 3), time(8, 30), 7, "long"], [datetime(2026, 11, 4), time(21, 5), 2.5, None],
        ):  # fmt: skip
            page.append(row)
        book.save(file)
        return file.getvalue()
    cells = [
        [("string", "Date"), ("string", "Time"), ("string", "Pain"), ("string", "Note")],
        [("date", "2026-11-03"), ("time", "PT08H30M00S"), ("float", "7"), ("string", "long")],
        [("date", "2026-11-04"), ("time", "PT21H05M00S"), ("float", "2.5"), ("string", "")],
    ]
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", MANIFEST)
        packed.writestr("content.xml", CONTENT.format("".join(map(open_row, cells))))
    return file.getvalue()


def open_row(cells: list[tuple[str, str]]) -> str:
    """A row of an OpenDocument sheet."""
    value = {"date": "date-value", "time": "time-value", "float": "value", "string": "string-value"}
    parts = (
        f'<table:table-cell office:value-type="{sort}" office:{value[sort]}="{said}"><text:p>{said}</text:p>'
        "</table:table-cell>"
        for sort, said in cells
    )
    return f"<table:table-row>{''.join(parts)}</table:table-row>"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_spreadsheet_is_read_as_the_table_in_it(kind: str) -> None:
    assert proposed(sheet(kind)).facts == [
        ("pain", "2026-11-03", "08:30", {"score": 7, "note": "long"}),
        ("pain", "2026-11-04", "21:05", {"score": 2.5}),
    ]


def test_without_the_extra_a_spreadsheet_is_refused_with_what_would_do(monkeypatch: pytest.MonkeyPatch) -> None:
    from painlog.errors import PartMissing

    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    with pytest.raises(PartMissing, match="save the sheet as CSV"):
        find_tables(source_of(sheet("xlsx")))


def test_a_table_may_come_as_bytes() -> None:
    from pathlib import Path

    source = Source(Path("standard input"), b"Date,Pain\n2026-11-03,7\n")
    assert find_tables(source)[0].columns == ("Date", "Pain")


@pytest.mark.parametrize("stamps", [("1793700000", "1793786400"), ("1793700000000", "1793786400000")])
def test_a_stamp_may_be_seconds_since_1970(stamps: Sequence[str]) -> None:
    table = "timestamp,pain\n" + "".join(f"{stamp},7\n" for stamp in stamps)
    assert pains(proposed(table).facts) == [("2026-11-03", "11:00", 7), ("2026-11-04", "11:00", 7)]


def test_a_time_that_is_none_becomes_no_measure() -> None:
    found = proposed("Date,Time,Pain\n2026-11-03,8.5,7\n2026-11-04,9.25,6\n")
    assert found.fields == {"Date": "day", "Pain": "pain:0-10"}


def test_one_bad_time_leaves_the_column_a_time() -> None:
    """The others went to the note."""
    found = proposed("Date,Time,Pain\n" + "".join(f"2026-11-0{i},{at},7\n" for i, at in enumerate(BAD_TIMES, 1)))
    assert found.fields == {"Date": "day", "Time": "time", "Pain": "pain:0-10"}
    assert len(found.facts) == len(BAD_TIMES)
    assert found.facts[0][2:] == ("", {"score": 7, "note": f"Time: {BAD_TIMES[0]}"})


@pytest.mark.parametrize(("numbers", "scales"), [("5.5 15 3", 1), ("70 35 5", 0), ("70", 0)])
def test_one_number_alone_beyond_ten_is_asked_about(numbers: str, scales: int) -> None:
    """A slip made all others a tenth."""
    rows = "".join(f"2026-11-0{i},{number}\n" for i, number in enumerate(numbers.split(), 1))
    proposal = propose(Source(Path("diary.csv"), f"Date,Pain\n{rows}".encode()))
    assert proposal
    assert len([query for query in proposal.queries() if query.options == ("0-10", "0-100")]) == scales


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_painlogs_own_table_is_called_so(separator: str) -> None:
    """It was asked what the columns are."""
    source = Source(Path("long.csv"), f"\ufeff{separator.join(LONG_COLUMNS)}\n".encode())
    assert "export jsonl" in name_sort(source)


@pytest.mark.parametrize(
    "command", ["csv", "csv --layout daily", "csv --dictionary", "csv --layout daily --excel-eu", "fhir"]
)
def test_what_painlog_exported_for_others_is_refused_with_the_line_that_moves_a_journal(
    command: str, run: Run, tmp_path: Path
) -> None:
    """A table of days was taken in as measures of one's own."""
    run("pain", "4")
    before, exported = run("list").out, tmp_path / "exported"
    run("export", *command.split(), "-o", str(exported))
    ran = run("import", str(exported), "--yes")
    assert (ran.code, "painlog export jsonl -o journal.jsonl" in " ".join(ran.err.split())) == (1, True)
    assert run("list").out.splitlines()[1:] == before.splitlines()[1:]


def test_a_diary_with_columns_like_a_day_of_painlogs_is_a_table() -> None:
    assert name_sort(Source(Path("diary.csv"), b"day,weekday,pain\n2026-11-16,Mon,3\n")) == ""
