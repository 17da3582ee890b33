"""WHOOP, Withings, Migraine Buddy, Google's UserSleeps and Oura's JSON; and what apps known before came to write."""

import base64
import json
from typing import Any

import pytest

from painlog.exchange.importers import (
    bearable,
    daylio,
    garmin_nights,
    google_sleeps,
    health_auto_export,
    jrnl,
    migraine_buddy,
    oura,
    sleep_cycle,
    whoop,
    withings,
)
from painlog.exchange.importing.contract import Importer
from tests.exchange.test_import_shapes import zipped
from tests.support.importing_diaries import Fact, chosen, run, source_of, survives


def night(facts: list[Fact]) -> list[tuple[str, str, dict[str, Any]]]:
    """Day, time of waking and data of each sleep; a span by its wall times."""
    return [
        (day, at, data | {"night": "-".join(part[11:16] for part in data["night"].split("/"))})
        if isinstance(data["night"], str)
        else (day, at, data)
        for _, day, at, data in facts
    ]


WHOOP = """\
Cycle start time,Cycle end time,Cycle timezone,Sleep onset,Wake onset,Sleep performance %,Asleep duration (min),\
In bed duration (min),Awake duration (min),Nap
2026-11-02 22:31:00,2026-11-03 22:00:00,UTC-05:00,2026-11-02 22:31:00,2026-11-03 06:01:00,80,410,450,40,false
2026-11-03 13:00:00,2026-11-03 22:00:00,UTC-05:00,2026-11-03 13:00:00,2026-11-03 13:40:00,80,35,40,5,true
2026-11-03 22:00:00,,UTC-05:00,,,,,,,
2026-11-04 22:00:00,2026-11-05 22:00:00,EST,2026-11-04 23:00:00,2026-11-05 06:00:00,80,400,420,20,false
"""


def test_whoop() -> None:
    found = run(whoop.IMPORTER, WHOOP)
    assert night(found.facts) == [
        ("2026-11-03", "06:01", {"night": "22:31-06:01", "waso": 40}),
        ("2026-11-03", "13:40", {"night": "13:00-13:40", "type": "nap", "waso": 5}),
    ]
    assert {f"{draft.at:%z}" for draft in found.drafts if draft.at} == {"-0500"}
    assert found.problems == [("row 5", "'EST' is not a time zone as WHOOP writes it")]
    assert chosen(WHOOP) == "whoop"
    cycles = WHOOP.replace(",Nap", "").replace(",false", "").replace(",true", "")
    assert run(whoop.IMPORTER, zipped(physiological_cycles_csv=cycles, sleeps_csv=WHOOP)).ids == found.ids
    survives(whoop.IMPORTER, WHOOP.encode())


USER_SLEEPS = """\
sleep_id,sleep_type,minutes_in_sleep_period,minutes_after_wake_up,minutes_to_fall_asleep,minutes_asleep,minutes_awake,\
start_utc_offset,sleep_start,end_utc_offset,sleep_end
71,STAGES,470,0,15,405,50,+02:00,2026-10-09T21:10:00Z,+02:00,2026-10-10T05:00:00Z
72,CLASSIC,470,0,15,405,65,+02:00,2026-10-10T21:10:00Z,+02:00,2026-10-11T05:00:00Z
73,STAGES,470,0,0,430,40,-05:00,2026-10-12T03:10:00Z,-05:00,2026-10-12T11:00:00Z
74,STAGES,470,0,0,430,40,somewhere,2026-10-13T03:10:00Z,somewhere,2026-10-13T11:00:00Z
"""


def test_whoop_journal() -> None:
    """Each question is a measure; in one for all, no answer would say to what."""
    journal = """\
Cycle start time,Cycle end time,Cycle timezone,Question text,Answered yes,Notes
2026-11-02 22:31:00,2026-11-03 22:00:00,UTC-05:00,Felt stiff?,true,after the garden
2026-11-02 22:31:00,2026-11-03 22:00:00,UTC-05:00,Drank coffee?,false,
2026-11-04 01:10:00,,UTC-05:00,Felt stiff?,false,
2026-11-05 01:10:00,,UTC-05:00,Felt stiff?,maybe,
2026-11-05 01:10:00,,UTC-05:00,,true,
"""
    found = run(whoop.IMPORTER, journal)
    assert [(kind, day, at, next(iter(data.values()))) for kind, day, at, data in found.facts] == [
        ("Felt stiff?", "2026-11-03", "", True),
        ("note", "2026-11-03", "", "Felt stiff?: after the garden"),
        ("Drank coffee?", "2026-11-03", "", False),
        ("Felt stiff?", "2026-11-04", "", False),
    ]
    assert [problem.place for problem in found.problems] == ["row 5", "row 6"]
    both = run(whoop.IMPORTER, zipped(sleeps_csv=WHOOP, journal_csv=journal))
    assert {fact[0] for fact in both.facts} == {"sleep", "note", "Felt stiff?", "Drank coffee?"}


def test_user_sleeps() -> None:
    found = run(google_sleeps.IMPORTER, USER_SLEEPS)
    assert night(found.facts) == [
        ("2026-10-10", "07:00", {"night": "23:10-07:00", "sol": 15, "waso": 50}),
        ("2026-10-11", "07:00", {"night": "23:10-07:00", "sol": 15, "waso": 50}),
        ("2026-10-12", "06:00", {"night": "22:10-06:00", "waso": 40}),
    ]
    assert [problem.place for problem in found.problems] == ["row 5"]
    assert run(google_sleeps.IMPORTER, zipped(UserSleeps_csv=USER_SLEEPS, other_csv="a,b\n1,2\n")).ids == found.ids
    survives(google_sleeps.IMPORTER, USER_SLEEPS.encode())


WITHINGS = """\
from,to,light (s),deep (s),rem (s),awake (s),wake up,Duration to sleep (s),Duration to wake up (s),Snoring (s)
2026-11-02T23:00:00+01:00,2026-11-03T07:00:00+01:00,15000,6000,4200,1500,2,900,600,0
2026-11-04T23:00:00+01:00,2026-11-05T07:00:00+01:00,0,0,0,0,0,0,0,0
"""


@pytest.mark.parametrize("language", ["English", "German"])
def test_withings(language: str) -> None:
    text = WITHINGS
    for one, other in (
        ("from,to", "von,bis"), ("light (s)", "leicht (s)"), ("deep (s)", "tief (s)"), ("awake (s)", "wach (s)"),
        ("wake up,", "Aufwachen,"),
    ) if language == "German" else ():  # fmt: skip
        text = text.replace(one, other)
    assert night(run(withings.IMPORTER, text).facts) == [
        ("2026-11-03", "06:50", {"night": "23:00-06:50", "sol": 15, "waso": 35, "woke": 2})
    ]
    survives(withings.IMPORTER, text.encode())


MIGRAINES = """\
"Date","Time Period","Description","Notes"
"11/02/26","to now","an attack that goes on",""

"#","Started","Lasted","Start UTC Offset (min)","Attack Types","Attack Location","Pain Level","Affected Activities",\
"Potential Triggers","Symptoms","Premonitory Symptoms","Pain Positions","Helpful Medication",\
"Somewhat Helpful Medication","Unhelpful Medication","Unsure Medication","Notes"
"1","11/14/26 20:15","02h 05m","60","Migraine","Work","6","","Red wine, Heat","Nausea","Yawning","Right temple, Neck",\
"Naproxen 500mg","","Paracetamol","None","with words"
"2","11/15/26 07:00","1d 01h 00m","-300","Tension","Home","4","","","","","Forehead","No medication","","","",""
"3","11/16/26 07:00","","60","","","11","","","","","","","","","",""
"""


def test_migraine_buddy() -> None:
    found = run(migraine_buddy.IMPORTER, MIGRAINES)
    pain = {"score": 6, "where": {"temple_r": None, "neck": None}, "trigger": ["red wine", "heat"]}
    brow = {"score": 4, "where": {"forehead": None}}
    note = "lasted 125 min\ntype: Migraine\nsymptoms: Nausea\nsigns before: Yawning\nwith words"
    assert found.facts == [
        ("pain", "2026-11-14", "20:15", pain | {"note": note}),
        ("dose", "2026-11-14", "20:15", {"name": "Naproxen", "amount": "500 mg", "note": "helped"}),
        ("dose", "2026-11-14", "20:15", {"name": "Paracetamol", "note": "did not help"}),
        ("pain", "2026-11-15", "07:00", brow | {"note": "lasted 1500 min\ntype: Tension"}),
    ]
    assert [problem.place for problem in found.problems] == ["row 7"]
    assert chosen(MIGRAINES) == "migraine-buddy"
    unclear = MIGRAINES.replace("11/14", "11/04").replace("11/15", "11/05").replace("11/16", "11/06")
    assert [query.key for query in migraine_buddy.IMPORTER.asks(source(unclear))] == ["date order"]
    survives(migraine_buddy.IMPORTER, MIGRAINES.encode(), {"date order": "month first"})


def source(text: str) -> Any:
    return source_of(text)


OURA = {
    "data": [
        {
            "id": "one", "day": "2026-11-03", "bedtime_start": "2026-11-02T23:00:00+01:00", "latency": 900,
            "bedtime_end": "2026-11-03T07:00:00+01:00", "total_sleep_duration": 25800, "awake_time": 3000,
            "type": "long_sleep",
        },
        {"id": "two", "bedtime_start": "2026-11-03T15:00:00+01:00", "bedtime_end": "2026-11-03T15:30:00+01:00",
         "total_sleep_duration": 1500, "type": "deleted"},
        {"id": "three", "bedtime_start": "soon", "bedtime_end": 5, "total_sleep_duration": 1500, "type": "sleep"},
    ],
    "next_token": None,
}  # fmt: skip


def test_oura_json() -> None:
    text = json.dumps(OURA)
    found = run(oura.IMPORTER, text)
    assert night(found.facts) == [("2026-11-03", "07:00", {"night": "23:00-07:00", "sol": 15, "waso": 35})]
    assert [problem.place.rpartition(", ")[2] for problem in found.problems] == ["sleep 3"]
    assert chosen(json.dumps(OURA["data"])) == chosen(text) == "oura"
    survives(oura.IMPORTER, text.encode())


GARMIN = """\
Sleep Score 7 Days,Score,Resting Heart Rate,Quality,Duration,Sleep Need,Bedtime,Wake Time
2026-11-05,80,52,Good,6h 40min,8h 0min,11:45 PM,7:05 AM
2026-11-04,70,54,Fair,5h 30min,8h 0min,12:50 AM,6:20 AM
2026-11-03,--,--,--,--,8h 0min,--,--
2026-11-02,80,52,Good,9h 0min,8h 0min,11:45 PM,7:05 AM
"""


def test_garmin_nights() -> None:
    found = run(garmin_nights.IMPORTER, GARMIN)
    assert night(found.facts) == [
        ("2026-11-04", "06:20", {"night": "00:50-06:20"}),
        ("2026-11-05", "07:05", {"night": 400}),
    ]
    assert [problem.place for problem in found.problems] == ["row 5"]
    assert chosen(GARMIN) == "garmin-nights"
    survives(garmin_nights.IMPORTER, GARMIN.encode())


def test_a_night_in_which_clocks_go_back_is_an_hour_longer_than_its_times() -> None:
    header, *_ = GARMIN.splitlines()
    row = "{},80,52,Good,8h 30min,8h 0min,11:00 PM,7:00 AM"
    found = run(garmin_nights.IMPORTER, "\n".join([header, row.format("2026-10-25"), row.format("2026-10-26")]))
    assert [day for day, *_ in night(found.facts)] == ["2026-10-25"]
    assert [problem.place for problem in found.problems] == ["row 3"]


@pytest.mark.parametrize(
    ("importer", "text"),
    [
        (garmin_nights.IMPORTER, GARMIN.splitlines()[0] + "\n{},80,52,Good,6h,8h,11:00 PM,7:00 AM\n"),
        (sleep_cycle.IMPORTER, "Start;End;Sleep quality;Time in bed\n{0} 00:00;{0} 23:59;75%;8:21\n"),
        (whoop.IMPORTER, "Cycle start time,Question text,Answered yes\n{} 23:59,Coffee,true\n"),
    ],
    ids=["garmin", "sleep cycle", "whoop"],
)
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_the_ends_of_the_calendar_are_a_problem_and_no_crash(day: str, importer: Importer, text: str) -> None:
    found = run(importer, text.format(day))
    assert (found.facts, [problem.place for problem in found.problems]) == ([], ["row 2"])


JRNL = {
    "tags": {"@pain": 1},
    "entries": [
        {"title": "A long day. @pain", "body": "It rained,\nand I walked.", "date": "2026-11-03", "time": "21:05",
         "tags": ["@pain"], "starred": False},
        {"title": "Short", "body": "", "date": "2026-11-04", "time": "08:00", "tags": [], "starred": True},
        {"title": "", "body": "", "date": "2026-11-05", "time": "08:00", "tags": [], "starred": False},
    ],
}  # fmt: skip


def test_the_text_of_jrnl() -> None:
    text = "[2026-11-03 08:30] Bad morning.\\nStiff.\n\n[not a stamp] @pain\n\n[2026-11-04 09:05:10 PM] Better.\n"
    found = run(jrnl.IMPORTER, text.replace("\\n", "\r\n"))
    assert [fact[1:] for fact in found.facts] == [
        ("2026-11-03", "08:30", {"note": "Bad morning.\nStiff.\n\n[not a stamp] @pain"}),
        ("2026-11-04", "21:05", {"note": "Better."}),
    ]
    assert chosen("Date,Pain\n[2026-11-03 08:30],4\n") == ""


def test_jrnl() -> None:
    found = run(jrnl.IMPORTER, json.dumps(JRNL, indent=2))
    assert found.facts == [
        ("note", "2026-11-03", "21:05", {"note": "A long day. @pain\nIt rained,\nand I walked."}),
        ("note", "2026-11-04", "08:00", {"note": "Short"}),
    ]
    assert found.problems == [("entry 3", "it holds no words")]
    assert chosen(json.dumps(JRNL)) == "jrnl"
    survives(jrnl.IMPORTER, json.dumps(JRNL).encode())


def health(**lists: Any) -> str:
    """What Health Auto Export writes, with sleep in hours."""
    sleeps = {"name": "sleep_analysis", "units": "hr", "data": lists.pop("sleeps", [])}
    steps = {"name": "step_count", "units": "count", "data": [{"date": "2026-11-03 00:00:00 +0100", "qty": 900}]}
    return json.dumps({"data": {"metrics": [steps, sleeps], "workouts": [], **lists}}, indent=1)


def test_health_auto_export() -> None:
    begun = {"date": "2026-11-03 00:00:00 +0100", "sleepStart": "2026-11-02 23:00:00 +0100", "units": "min"}
    summed = begun | {
        "sleepEnd": "2026-11-03 07:00:00 +0100", "inBedStart": "2026-11-02 22:45:00 +0100",
        "inBedEnd": "2026-11-03 07:10:00 +0100", "totalSleep": 7.5, "core": 4, "deep": 1.5, "rem": 2, "awake": 0.5,
    }  # fmt: skip
    older = {"sleepStart": "2026-11-04 02:21:06 -0500", "sleepEnd": "2026-11-04 08:57:06 -0500", "asleep": 6.1}
    lain = {"sleepStart": "2026-11-05 23:00:00 +0100", "sleepEnd": "2026-11-06 07:00:00 +0100", "inBed": 8, "asleep": 0}
    text = health(
        sleeps=[summed, older, lain, summed | {"totalSleep": 9}],
        stateOfMind=[
            {"id": "a", "start": "2026-11-03T20:00:00Z", "kind": "daily_mood", "valence": 0.2, "labels": ["Calm"]},
            {"start": "2026-11-03 22:45:00 +0100", "kind": "momentaryEmotion", "valence": -0.6,
             "labels": ["Anxious"], "associations": ["Work"]},
            {"start": "2026-11-03 22:45:00 +0100", "valence": 3},
        ],
    )  # fmt: skip
    found = run(health_auto_export.IMPORTER, text)
    assert night([fact for fact in found.facts if fact[0] == "sleep"]) == [
        ("2026-11-03", "07:00", {"night": "23:00-07:00", "waso": 30, "bed": "22:45", "up": "07:10"}),
        ("2026-11-04", "08:57", {"night": 366}),
    ]
    assert [fact for fact in found.facts if fact[0] == "mood"] == [
        ("mood", "2026-11-03", "21:00", {"score": 6, "note": "Calm"}),
        ("mood", "2026-11-03", "22:45", {"score": 2, "note": "Anxious, Work"}),
    ]
    assert [problem.place for problem in found.problems] == ["sleep_analysis 4", "stateOfMind 3"]
    assert chosen(text) == "health-auto-export"
    assert chosen(json.dumps(json.loads(text))) == "health-auto-export"
    assert chosen('{"data": {"rows": []}}') == ""
    survives(health_auto_export.IMPORTER, text.encode())


def test_a_word_that_stands_where_a_list_is_written_is_one_word() -> None:
    said = {"start": "2026-11-03 22:45:00 +0100", "valence": 0.2, "labels": "Calm", "associations": 5}
    found = run(health_auto_export.IMPORTER, json.dumps({"data": {"stateOfMind": [said]}}))
    assert [data["note"] for *_, data in found.facts] == ["Calm, 5"]


def test_health_auto_export_of_single_intervals() -> None:
    stages = ("In Bed 22:50-07:10", "Core 23:10-02:00", "Awake 02:00-02:20", "Deep 02:20-04:00", "REM 04:00-07:00")
    parts = (stage.rpartition(" ") for stage in stages)
    records = [
        {
            "startDate": f"2026-11-{'02' if span[:2] > '20' else '03'} {span[:5]}:00 +0100",
            "endDate": f"2026-11-03 {span[6:]}:00 +0100",
            "value": stage,
            "qty": 1,
        }
        for stage, _, span in parts
    ]
    found = run(health_auto_export.IMPORTER, health(sleeps=[*records, records[0] | {"value": "Floating"}]))
    assert night(found.facts) == [
        ("2026-11-03", "07:00", {"night": "23:10-07:00", "waso": 20, "bed": "22:50", "up": "07:10"})
    ]
    assert found.problems == [("sleep_analysis 6", "'Floating' is no state of sleep that painlog knows")]


def noted(name: str, severity: str, hour: int, until: int = 0, **more: Any) -> dict[str, Any]:
    start, end = (f"2026-11-03 {each:02d}:30:00 +0100" for each in (hour, until or hour))
    return {"start": start, "end": end, "name": name, "severity": severity, "source": "Phone", **more}


def taken(status: str, hour: int, **more: Any) -> dict[str, Any]:
    at = f"2026-11-03 {hour:02d}:05:00 +0100"
    return {"displayText": "Naproxen 250 mg", "start": at, "scheduledDate": at, "status": status} | more


def test_health_auto_export_of_symptoms_and_medicines() -> None:
    text = health(
        symptoms=[
            noted("Lower Back Pain", "Moderate", 10, 12),
            noted("Lower Back Pain", "Moderate", 10, 12),
            noted("Headache", "Not Present", 11),
            noted("Fatigue", "Mild", 12),
            noted("Hot Flashes", "Severe", 13),
            noted("", "Severe", 14),
        ],
        medications=[
            taken("Taken", 8, dosage=2),
            taken("Skipped", 13, dosage=1),
            taken("Not Interacted", 18),
            taken("Taken", 20, displayText=""),
        ],
    )
    found = run(health_auto_export.IMPORTER, text)
    assert [(kind, at, data) for kind, _, at, data in found.facts] == [
        ("pain", "10:30", {"score": 5.5, "where": {"low_back": 5.5}, "note": "until 12:30"}),
        ("pain", "11:30", {"where": {"head": 0}}),
        ("mood", "12:30", {"fatigue": 2.5}),
        ("Hot flashes", "13:30", {"value": 8.5}),
        ("dose", "08:05", {"name": "Naproxen 250 mg", "note": "dosage 2"}),
        ("dose", "13:05", {"name": "Naproxen 250 mg", "status": "skipped"}),
    ]
    assert [problem.place for problem in found.problems] == ["symptoms 6", "medications 4"]
    assert health_auto_export.IMPORTER.asks(source_of(text)) == []
    assert chosen(json.dumps({"data": {"symptoms": [noted("Nausea", "Mild", 9)]}})) == "health-auto-export"
    survives(health_auto_export.IMPORTER, text.encode())


def test_health_auto_export_asks_about_words_of_another_language() -> None:
    text = health(symptoms=[noted("Fatiga", "Moderado", 10)], medications=[taken("Tomado", 8), taken("Omitido", 9)])
    asked = health_auto_export.IMPORTER.asks(source_of(text))
    assert [(query.key, query.usual, query.options) for query in asked] == [
        ("words severity", "Moderado 5", ()),
        ("status Tomado", "", ("taken", "skipped", "neither")),
        ("status Omitido", "", ("taken", "skipped", "neither")),
    ]
    answers = {"words severity": "Moderado 6", "status Tomado": "taken", "status Omitido": "skipped"}
    assert [(kind, data) for kind, _, _, data in run(health_auto_export.IMPORTER, text, answers).facts] == [
        ("Fatiga", {"value": 6}),
        ("dose", {"name": "Naproxen 250 mg"}),
        ("dose", {"name": "Naproxen 250 mg", "status": "skipped"}),
    ]


def test_sleep_cycle_tells_the_time_before_sleep_from_waking() -> None:
    text = (
        "Start;End;Sleep Quality;Time in bed (seconds);Time asleep (seconds);Time before sleep (seconds)\n"
        "2026-11-02 23:00:00;2026-11-03 07:00:00;80%;28800.0;25800.0;1200.0\n"
        "2026-11-03 23:00:00;2026-11-04 07:00:00;80%;28800.0;27000.0;1800.0\n"
        "2026-11-04 23:00:00;2026-11-05 07:00:00;80%;28800.0;27000.0;0.0\n"
    )
    assert [(data.get("sol"), data.get("waso")) for *_, data in night(run(sleep_cycle.IMPORTER, text).facts)] == [
        (20, 30),
        (30, 0),
        (None, 30),
    ]


@pytest.mark.parametrize(
    ("symptom", "place"),
    [
        ("Back (lower) pain", ["low_back"]), ("Back (upper) pain", ["upper_back"]),
        ("Pain (left knee)", ["knee_l"]), ("Backache", ["back"]), ("Toothache", ["mouth"]),
        ("Stomach ache", ["abdomen"]),
        ("Headache", ["head"]), ("Hip (right) ache", ["hip_r"]), ("Joint pain", ["other:Joint"]), ("Pain", None),
        ("Moustache", "own"), ("Rash (itchy)", "own"),
    ],
)  # fmt: skip
def test_bearable_symptoms_that_are_pains(symptom: str, place: list[str] | str | None) -> None:
    text = (
        "date,weekday,time of day,category,rating/amount,detail,notes\n"
        f'"3rd Nov 2026","Tuesday","pm","Symptom","2","{symptom} (Moderate)",""\n'
    )
    (fact,) = run(bearable.IMPORTER, text).facts
    if place == "own":
        assert (fact[0] != "pain", fact[3]) == (True, {"value": 5})
    else:
        assert (fact[0], fact[3]["score"], list(fact[3].get("where", [])) or None) == ("pain", 5, place)


DAYLIO = "full_date,date,weekday,time,mood,activities,scales,note_title,note\n"


@pytest.mark.parametrize(
    ("scales", "facts"),
    [
        ("Pain:\xa03/10 points | Sleep Time:\xa06:45", [("pain", {"score": 3}), ("sleep", {"night": 405})]),
        ("Stress: 4/5 points", [("mood", {"stress": 8})]),
        ("Steps: 5200 | Sleep: 7h 5m", [("activity", {"steps": 5200}), ("sleep", {"night": 425})]),
        ("Focus: 7/10 points", [("Focus", {"value": 7})]),
        ("only words", []),
    ],
)
def test_daylio_scales_are_what_they_are_called(scales: str, facts: list[Any]) -> None:
    found = run(daylio.IMPORTER, DAYLIO + f'2026-11-03,November 3,Tuesday,21:00,good,"","{scales}","",""\n')
    assert [(kind, data) for kind, _, _, data in found.facts[1:]] == facts
    assert ("note" in found.facts[0][3]) == (scales == "only words")


def test_daylio_asks_for_the_scale_of_a_pain_that_may_be_any() -> None:
    table = DAYLIO + '2026-11-03,November 3,Tuesday,21:00,good,"","Pain: 3","",""\n'
    assert [query.key for query in daylio.IMPORTER.asks(source(table))] == ["scale Pain"]


def test_daylio_entries_without_a_time_and_german_names() -> None:
    days = enumerate(("Super", "Gut", "Ok", "Schlecht", "Lausig"), 1)
    rows = "".join(f'2026-11-0{day},{day}. November,Montag,20:15,{name},"","","",""\n' for day, name in days)
    assert list(daylio.IMPORTER.asks(source(DAYLIO + rows))) == []
    assert [fact[3]["score"] for fact in run(daylio.IMPORTER, DAYLIO + rows).facts] == [10, 7.5, 5, 2.5, 0]
    data = {
        "customMoods": [{"id": 4, "custom_name": "", "mood_group_id": 4, "predefined_name_id": 4}],
        "dayEntries": [
            {"minute": -1, "hour": -1, "day": 3, "month": 10, "year": 2026, "mood": 4, "note": "no time"},
            {"minute": 61, "hour": 5, "day": 3, "month": 10, "year": 2026, "mood": 4, "note": ""},
        ],
    }
    found = run(daylio.IMPORTER, zipped(backup_daylio=base64.b64encode(json.dumps(data).encode()).decode()))
    assert found.facts == [("mood", "2026-11-03", "", {"score": 2.5, "note": "no time"})]
    assert [problem.place for problem in found.problems] == ["entry 2"]
