"""Fitbit: the web's table and Takeout's logs."""

import io
import json
import zipfile
from typing import Any

import pytest

from painlog.errors import BadInput, FileRefused
from painlog.exchange.importers.fitbit import IMPORTER
from painlog.exchange.importing.date_order import ORDER
from tests.support.importing_diaries import chosen, run, source_of, survives

HEADER = (
    "Sleep\nStart Time,End Time,Minutes Asleep,Minutes Awake,Number of Awakenings,Time in Bed,"
    "Minutes REM Sleep,Minutes Light Sleep,Minutes Deep Sleep\n"
)
ROWS = """\
"2026-11-09 11:12PM","2026-11-10 7:12AM","430","50","31","480","N/A","N/A","N/A"
"2026-11-10 1:00PM","2026-11-10 1:45PM","45","0","0","45","N/A","N/A","N/A"
"2026-10-24 10:30PM","2026-10-25 6:30AM","480","60","300","1,000","90","250","140"
"2026-11-11 11:00PM","2026-11-12 7:00AM","N/A","N/A","0","480","N/A","N/A","N/A"
"x","y","1","1","1","1","1","1","1"

"""
EXPECTED = [
    (
        "sleep",
        "2026-10-25",
        "06:30",
        {"night": "2026-10-24T22:30+02:00/2026-10-25T06:30+01:00", "waso": 60},
    ),
    (
        "sleep",
        "2026-11-10",
        "07:12",
        {"night": "2026-11-09T23:12+01:00/2026-11-10T07:12+01:00", "waso": 50, "woke": 31},
    ),
    (
        "sleep",
        "2026-11-10",
        "13:45",
        {"night": "2026-11-10T13:00+01:00/2026-11-10T13:45+01:00", "type": "nap", "waso": 0, "woke": 0},
    ),
]


def log(start: str, end: str, **more: Any) -> dict[str, Any]:
    usual = {
        "logId": 1,
        "dateOfSleep": end[:10],
        "startTime": start,
        "endTime": end,
        "duration": 28_800_000,
        "minutesToFallAsleep": 0,
        "minutesAsleep": 430,
        "minutesAwake": 50,
        "minutesAfterWakeup": 0,
        "type": "stages",
        "levels": {"summary": {"wake": {"count": 31}}, "data": []},
        "mainSleep": True,
    }
    return usual | more


LOGS = [
    log("2026-11-09T23:12:30.000", "2026-11-10T07:12:30.000"),
    log(
        "2026-11-10T13:00:00.000",
        "2026-11-10T13:45:00.000",
        minutesAsleep=45,
        minutesAwake=0,
        mainSleep=False,
        levels={"summary": {"awake": {"count": 0}}},
    ),
    log(
        "2026-11-10T22:50:00.000",
        "2026-11-11T07:00:00.000",
        minutesAsleep=400,
        minutesAwake=60,
        minutesToFallAsleep=20,
        minutesAfterWakeup=10,
        type="classic",
        levels={},
    ),
]
LOG_FACTS = [
    *EXPECTED[1:],
    (
        "sleep",
        "2026-11-11",
        "06:50",
        {"night": "2026-11-10T22:50+01:00/2026-11-11T06:50+01:00", "sol": 20, "waso": 60},
    ),
]


def zipped(*members: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("Takeout/Fitbit/Global Export Data/heart_rate-2026-11-10.json", "[]")
        for at, member in enumerate(members):
            name = f"Takeout/Fitbit/Global Export Data/sleep-2026-1{at}-01.json"
            packed.writestr(name, member if isinstance(member, str) else json.dumps(member))
    return out.getvalue()


def test_the_webs_table_becomes_nights_counted_back_from_waking() -> None:
    found = run(IMPORTER, HEADER + ROWS)
    assert found.facts == EXPECTED
    assert found.said == ["awake 300 times", "", ""]
    assert [(each.place, each.why) for each in found.problems] == [
        ("row 6", "Minutes Asleep is missing"),
        ("row 7", "'y' is not a date that painlog can read"),
    ]
    assert chosen(HEADER + ROWS) == "fitbit"


def test_other_sections_of_the_table_are_passed_over() -> None:
    text = "Body\nDate,Weight\n2026-11-01,70\n\n" + HEADER + ROWS + "Foods\nDate,Calories In\n2026-11-01,0\n"
    assert run(IMPORTER, text).facts == EXPECTED
    assert run(IMPORTER, text.replace("\n", "\r\n").encode("utf-16")).facts == EXPECTED


def test_the_order_of_day_and_month_is_decided_over_the_file_or_asked_for() -> None:
    row = '"{} 11:12 pm","{} 7:12 am","430","50","3","480","N/A","N/A","N/A"\n'
    known = HEADER + row.format("09-11-2026", "10-11-2026") + row.format("12-10-2026", "13-10-2026")
    assert IMPORTER.asks(source_of(known)) == ()
    assert [each.day.isoformat() for each in run(IMPORTER, known).drafts] == ["2026-10-13", "2026-11-10"]
    both = HEADER + row.format("09-11-2026", "10-11-2026")
    (query,) = IMPORTER.asks(source_of(both))
    assert (query.key, query.options) == (ORDER, ("day first", "month first"))
    assert run(IMPORTER, both, {ORDER: "month first"}).facts[0][1] == "2026-10-11"
    with pytest.raises(BadInput, match="could be two dates"):
        run(IMPORTER, both)


def test_takeouts_logs_become_nights_and_naps() -> None:
    found = run(IMPORTER, json.dumps(LOGS))
    assert (found.facts, found.problems) == (LOG_FACTS, [])
    assert IMPORTER.asks(source_of(json.dumps(LOGS))) == ()
    derived = [each.kind.derive(each.data)["tst"] for each in found.drafts]
    assert derived == [430, 45, 400]


def test_the_zip_holds_months_that_repeat_a_night() -> None:
    found = run(IMPORTER, zipped(LOGS[:2], LOGS[1:]))
    assert (found.facts, found.problems) == (LOG_FACTS, [])


def test_a_night_has_the_same_id_in_the_table_and_in_the_logs() -> None:
    table, logs = run(IMPORTER, HEADER + ROWS), run(IMPORTER, json.dumps(LOGS))
    assert {each.id for each in table.drafts[1:]} == {each.id for each in logs.drafts[:2]}
    assert table.ids <= run(IMPORTER, HEADER + ROWS.replace('"x"', LATER + '"x"')).ids


LATER = '"2026-11-12 11:12PM","2026-11-13 7:12AM","430","50","31","480","N/A","N/A","N/A"\n'


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"endTime": None}, "'' is not a date that painlog can read"),
        ({"endTime": "2026-11-10"}, "it does not say from when to when, within a day"),
        ({"minutesAsleep": "many"}, "minutesAsleep is a number, not 'many'"),
        ({"minutesAsleep": True}, "minutesAsleep is a number, not True"),
        ({"minutesAsleep": 9e99}, "minutesAsleep is a number, not 9e+99"),
        ({"minutesAwake": [1]}, "minutesAwake is a number, not [1]"),
        ({"minutesAsleep": -5}, "it does not say from when to when, within a day"),
        ({"minutesAsleep": 0}, "no minute of sleep is given, only time in bed"),
        ({"endTime": "2027-01-01T07:00:00"}, "2027-01-01 is ahead"),
    ],
)
def test_a_log_of_another_shape_is_a_problem(change: dict[str, Any], why: str) -> None:
    found = run(IMPORTER, json.dumps([LOGS[0] | change, LOGS[2]]))
    assert [(each.place, each.why) for each in found.problems] == [("file, log 1", why)]
    assert len(found.drafts) == 1


@pytest.mark.parametrize("levels", [None, [], "x", {"summary": []}, {"summary": {"wake": 5}}])
def test_levels_of_another_shape_are_left_out(levels: Any) -> None:
    found = run(IMPORTER, json.dumps([LOGS[0] | {"levels": levels}]))
    assert "woke" not in found.facts[0][3]


@pytest.mark.parametrize("text", [json.dumps(LOGS)[:-9], json.dumps([1, LOGS[0]]), json.dumps([[LOGS[0]]])])
def test_a_damaged_file_is_refused(text: str) -> None:
    with pytest.raises(FileRefused, match="is damaged"):
        run(IMPORTER, text)


def test_any_damage_ends_in_entries_problems_or_a_refusal() -> None:
    survives(IMPORTER, (HEADER + ROWS).encode())
    survives(IMPORTER, json.dumps(LOGS).encode(), times=400)
    survives(IMPORTER, zipped(LOGS))
