"""Google Fit, Sleep Cycle, Sleepmeter and Plees Tracker."""

import io
import json
import zipfile

import pytest

from painlog.errors import FileRefused
from painlog.exchange.importers import google_fit, plees, sleep_cycle, sleepmeter
from painlog.exchange.importing.contract import Importer
from tests.support.importing_diaries import Fact, chosen, run, survives

DAILY = """\
Date,Move Minutes count,Calories (kcal),Distance (m),Heart Points,Step count
2026-11-09,45,1900.1,3000.5,10,"5,200"
2026-11-10,0,1900.1,,,0
2026-11-11,,1900.1,,,800
2026-11-12,many,1,,,1
"""
FRENCH = "Date,Calories (kcal),Distance (m),Nombre de pas\n2026-11-09,1,2,5200\n"
DAILY_FACTS = [
    ("activity", "2026-11-09", "", {"minutes": 45, "steps": 5200}),
    ("activity", "2026-11-11", "", {"steps": 800}),
]
SESSION = {
    "fitnessActivity": "sleep",
    "startTime": "2026-11-09T22:20:00Z",
    "endTime": "2026-11-10T06:18:00.500Z",
    "duration": "28680s",
    "segment": [{"fitnessActivity": "sleep"}],
}
SESSION_FACT = (
    "sleep",
    "2026-11-10",
    "07:18",
    {"night": "2026-11-09T23:20+01:00/2026-11-10T07:18+01:00"},
)
OLD_CYCLE = """\
Start;End;Sleep quality;Time in bed;Wake up;Sleep Notes;Heart rate;Activity (steps)
2026-11-09 22:53:14;2026-11-10 07:15:00;75%;8:21;:);Coffee:Stressful day;60;1000
2026-11-10 23:00:00;x;75%;8:21;:);;60;1000
"""
NEW_CYCLE = """\
Start,End,Sleep Quality,Regularity,Mood,Time in bed (seconds),Time asleep (seconds),Notes
2026-11-09 23:00:00,2026-11-10 07:00:00,75%,80%,Good,28800,25200.5,
"""
METER = """\
custom_aid_id,class,name
CUSTOM_0001,HERBAL,"tea, hot"

wake,sleep,bedtime,holes,type,dreams,aid,hindrances,tags,quality,notes
"2026-11-10 07:00+0100","2026-11-09 23:30+0100","2026-11-09 23:00+0100",60-90|120-135,NIGHT_SLEEP,NONE,TEA,PAIN|TV,,5,"
Woke
twice"
"2026-11-10 14:00+0100","2026-11-10 13:30+0100","2026-11-10 13:30+0100",,NAP,NONE,NONE,NONE,NONE,10,""
"2026-11-11 07:00+0100","2026-11-11 07:00+0100","2026-11-10 23:00+0100",,NIGHT_SLEEP,NONE,NONE,NONE,NONE,0,""
"2026-11-12 07:00+0100","2026-11-11 23:00+0100","2026-11-11 23:00+0100",1-x,NIGHT_SLEEP,NONE,NONE,NONE,NONE,0,""
"""
METER_FACTS = [
    (
        "sleep",
        "2026-11-10",
        "07:00",
        {
            "night": "2026-11-09T23:00+01:00/2026-11-10T07:00+01:00",
            "sol": 30,
            "waso": 45,
            "woke": 2,
            "quality": 3,
            "woken_by_pain": True,
            "note": "Woke\ntwice",
        },
    ),
    (
        "sleep",
        "2026-11-10",
        "14:00",
        {"night": "2026-11-10T13:30+01:00/2026-11-10T14:00+01:00", "type": "nap", "quality": 5},
    ),
]
PLEES = """\
sid,start,stop,rating
1,1794261600000,1794290400000,4
2,1794312000000,1794315600000,0
3,1794312000000,soon,0
"""
PLEES_FACTS = [
    ("sleep", "2026-11-10", "07:00", {"night": "2026-11-09T23:00+01:00/2026-11-10T07:00+01:00", "quality": 4}),
    ("sleep", "2026-11-10", "14:00", {"night": "2026-11-10T13:00+01:00/2026-11-10T14:00+01:00", "type": "nap"}),
]
TABLES = [
    (google_fit.IMPORTER, DAILY, DAILY_FACTS, [("row 5", "Move Minutes count is a number, not 'many'")]),
    (google_fit.IMPORTER, FRENCH, [("activity", "2026-11-09", "", {"steps": 5200})], []),
    (google_fit.IMPORTER, json.dumps(SESSION), [SESSION_FACT], []),
    (
        sleep_cycle.IMPORTER,
        OLD_CYCLE,
        [
            (
                "sleep",
                "2026-11-10",
                "07:15",
                {"night": "2026-11-09T22:53+01:00/2026-11-10T07:15+01:00", "note": "Coffee:Stressful day"},
            )
        ],
        [("row 3", "'x' is not a date that painlog can read")],
    ),
    (
        sleep_cycle.IMPORTER,
        NEW_CYCLE,
        [("sleep", "2026-11-10", "07:00", {"night": "2026-11-09T23:00+01:00/2026-11-10T07:00+01:00", "waso": 60})],
        [],
    ),
    (
        sleepmeter.IMPORTER,
        METER,
        METER_FACTS,
        [
            ("row 7", "no sleep that night; painlog has no entry for a night without any"),
            ("row 8", "'1-x' does not say from which to which minute"),
        ],
    ),
    (plees.IMPORTER, PLEES, PLEES_FACTS, [("row 4", "stop is a number, not 'soon'")]),
]


@pytest.mark.parametrize(("importer", "text", "facts", "problems"), TABLES)
def test_a_file_becomes_entries(
    importer: Importer, text: str, facts: list[Fact], problems: list[tuple[str, str]]
) -> None:
    found = run(importer, text)
    assert found.facts == facts
    assert [(each.place, each.why) for each in found.problems] == problems
    assert chosen(text) == importer.name


@pytest.mark.parametrize(("importer", "text"), [case[:2] for case in TABLES])
def test_ids_hold_when_the_export_grows(importer: Importer, text: str) -> None:
    found = run(importer, text).ids
    header, *rows = text.rstrip("\n").split("\n")
    if len(rows) > 1:
        shorter = run(importer, "\n".join([header, *rows[:-1]])).ids
        assert shorter <= found
        assert shorter


@pytest.mark.parametrize(("importer", "text"), [case[:2] for case in TABLES])
def test_any_damage_ends_in_entries_problems_or_a_refusal(importer: Importer, text: str) -> None:
    survives(importer, text.encode())


def test_originals_are_kept() -> None:
    assert run(sleep_cycle.IMPORTER, OLD_CYCLE).said == ["sleep quality 75%, wake up :)"]
    assert run(sleepmeter.IMPORTER, METER).said == [
        "quality 5 (0-10), aid TEA, hindrances PAIN|TV",
        "quality 10 (0-10)",
    ]


def test_a_long_note_of_a_night_is_kept_whole() -> None:
    note = "woke and turned over " * 600 + "and slept at last"
    text = f"Start;End;Sleep quality;Time in bed;Sleep Notes\n2026-11-08 23:00:00;2026-11-09 07:00:00;75%;8:00;{note}\n"
    ((*_, data),) = run(sleep_cycle.IMPORTER, text).facts
    assert data["note"] == note


def zipped(session: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("Takeout/Fit/Daily activity metrics/2026-11-09.csv", "Start time,End time,Step count\n1,2,3\n")
        packed.writestr("Takeout/Fit/Daily activity metrics/Daily activity metrics.csv", DAILY)
        packed.writestr("Takeout/Fit/All Sessions/a_SLEEP.json", session)
        walk = json.dumps(SESSION | {"fitnessActivity": "walking", "endTime": "2026-11-09T22:50:00Z"})
        packed.writestr("Takeout/Fit/All Sessions/b_WALKING.json", walk)
    return out.getvalue()


def test_the_takeout_of_google_fit_has_days_and_sleeps() -> None:
    found = run(google_fit.IMPORTER, zipped(json.dumps(SESSION)))
    assert found.facts == [*DAILY_FACTS, SESSION_FACT]
    assert [each.place for each in found.problems] == ["row 5"]
    broken = run(google_fit.IMPORTER, zipped(json.dumps(SESSION | {"endTime": 5})))
    assert broken.problems[-1] == ("a_SLEEP.json, session 1", "5 is not a date and time")
    with pytest.raises(FileRefused, match="is damaged"):
        run(google_fit.IMPORTER, zipped(json.dumps(SESSION)[:-2]))
    survives(google_fit.IMPORTER, zipped(json.dumps(SESSION)))
