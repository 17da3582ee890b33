"""Apple Health: sleep of several devices, symptoms, and files that are damaged or made to do harm."""

import io
import zipfile
from collections import Counter
from datetime import time
from pathlib import Path

import pytest

from painlog.errors import FileRefused
from painlog.exchange.importers.apple_health import IMPORTER
from painlog.exchange.importing.contract import Context
from tests.bench.health_export import write_export
from tests.conftest import NOW
from tests.support.importing_diaries import Imported, chosen, run, source_of, survives

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 14 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout)*)>
<!ATTLIST Record type CDATA #REQUIRED value CDATA #IMPLIED>
]>
<HealthData locale="en_DE">
 <ExportDate value="2026-11-18 20:00:00 +0100"/>
"""
HEAD_LINES = HEAD.count("\n")


def record(name: str, value: str, start: str, end: str, source: str = "Watch", inside: str = "") -> str:
    attributes = f'type="HKCategoryTypeIdentifier{name}" sourceName="{source}" startDate="{start}" endDate="{end}"'
    value = f'value="HKCategoryValue{value}"' if value else ""
    return f" <Record {attributes} {value}>\n{inside} </Record>\n"


def sleep(state: str, start: str, end: str, source: str = "Watch", day: str = "2026-11-11", inside: str = "") -> str:
    return record("SleepAnalysis", f"SleepAnalysis{state}", f"{day} {start}", f"{day} {end}", source, inside)


def export(*records: str) -> str:
    return HEAD + "".join(records) + "</HealthData>\n"


NIGHT = (
    sleep("InBed", "00:10:00 +0100", "07:00:00 +0100", "iPhone"),
    sleep("AsleepCore", "00:30:00 +0100", "03:00:00 +0100"),
    sleep("Awake", "03:00:00 +0100", "03:15:00 +0100"),
    sleep("AsleepDeep", "03:15:00 +0100", "06:45:00 +0100"),
    sleep("Asleep", "00:30:00 +0100", "02:00:00 +0100", "AutoSleep"),
)
NIGHT_FACT = (
    "sleep",
    "2026-11-11",
    "06:45",
    {
        "night": "2026-11-11T00:30+01:00/2026-11-11T06:45+01:00",
        "waso": 15,
        "bed": "00:10",
        "up": "07:00",
    },
)
SYMPTOMS = (
    record("Headache", "SeverityModerate", "2026-11-12 09:00:00 +0100", "2026-11-12 11:00:00 +0100", "Health"),
    record("LowerBackPain", "SeverityNotPresent", "2026-11-12 10:00:00 +0100", "2026-11-12 10:00:00 +0100", "Health"),
    record("PelvicPain", "SeverityUnspecified", "2026-11-12 11:00:00 +0100", "2026-11-12 11:00:00 +0100", "Health"),
    record("GeneralizedBodyAche", "SeveritySevere", "2026-11-12 12:00:00 +0100", "2026-11-12 12:00:00 +0100"),
    record("Fatigue", "SeverityMild", "2026-11-12 13:00:00 +0100", "2026-11-12 13:00:00 +0100"),
    record("Nausea", "SeveritySevere", "2026-11-12 14:00:00 +0100", "2026-11-12 14:00:00 +0100"),
    record("Nausea", "SeverityNotPresent", "2026-11-12 15:00:00 +0100", "2026-11-12 15:00:00 +0100"),
    record("MoodChanges", "PresencePresent", "2026-11-12 16:00:00 +0100", "2026-11-12 16:00:00 +0100"),
    record("AppetiteChanges", "AppetiteChangesDecreased", "2026-11-12 17:00:00 +0100", "2026-11-12 17:00:00 +0100"),
    record("Dizziness", "SeverityUnspecified", "2026-11-12 18:00:00 +0100", "2026-11-12 18:00:00 +0100"),
    record(
        "RapidPoundingOrFlutteringHeartbeat", "SeverityMild", "2026-11-12 19:00:00 +0100", "2026-11-12 19:00:00 +0100"
    ),
)
OTHERS = (
    ' <Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" startDate="x" value="60"/>\n',
    ' <Workout workoutActivityType="HKWorkoutActivityTypeWalking"><MetadataEntry key="a" value="b"/></Workout>\n',
    ' <Correlation type="c"><Record type="HKQuantityTypeIdentifierBloodPressureSystolic" value="120"/></Correlation>\n',
)


def read(*records: str) -> Imported:
    return run(IMPORTER, export(*records))


def test_sleep_of_several_devices_is_one_night_and_counted_once() -> None:
    found = read(*OTHERS, *NIGHT)
    assert (found.facts, found.problems) == ([NIGHT_FACT], [])
    assert found.drafts[0].kind.derive(found.drafts[0].data)["tst"] == 360
    assert read(*reversed(NIGHT)).facts == [NIGHT_FACT]
    assert chosen(export(*NIGHT)) == "apple-health"


def test_symptoms_become_pain_at_its_place_measures_and_notes() -> None:
    found = read(*SYMPTOMS)
    day = "2026-11-12"
    assert found.problems == []
    assert found.facts == [
        ("pain", day, "09:00", {"score": 5.5, "where": {"head": 5.5}, "note": "until 11:00"}),
        ("pain", day, "10:00", {"where": {"low_back": 0}}),
        ("pain", day, "11:00", {"where": {"pelvis": None}}),
        ("pain", day, "12:00", {"score": 8.5, "where": {"all_over": 8.5}}),
        ("mood", day, "13:00", {"fatigue": 2.5}),
        ("Nausea", day, "14:00", {"value": 8.5}),
        ("Nausea", day, "15:00", {"value": 0}),
        ("Mood changes", day, "16:00", {"value": True}),
        ("note", day, "17:00", {"note": "Appetite changes: Decreased"}),
        ("note", day, "18:00", {"note": "Dizziness"}),
        ("Fluttering heartbeat", day, "19:00", {"value": 2.5}),
    ]
    assert found.said[0] == "Headache: moderate (not present, mild, moderate, severe)"
    assert found.said[7] == "Mood changes: present"
    assert [each["name"] for each in found.measures] == ["Nausea", "Mood changes", "Fluttering heartbeat"]


def test_ids_hold_when_the_export_grows_or_another_zone_writes_it() -> None:
    before = read(*NIGHT, *SYMPTOMS)
    later = read(*SYMPTOMS, *SYMPTOMS, *NIGHT, sleep("AsleepREM", "23:00:00 +0100", "23:59:00 +0100"))
    assert before.ids < later.ids
    elsewhere = export(*NIGHT, *SYMPTOMS)
    for hour in range(19, -1, -1):
        elsewhere = elsewhere.replace(f" {hour:02d}:", f" {hour + 1:02d}:")
    moved = run(IMPORTER, elsewhere.replace("+0100", "+0200"))
    assert moved.ids == before.ids


def test_two_symptoms_at_one_time_stay_two() -> None:
    one = SYMPTOMS[0]
    found = read(one, one, one.replace("Moderate", "Severe"), one.replace('"Health"', '"Diary"'))
    assert len(found.ids) == 3


def test_the_zone_of_a_record_is_taken_before_the_offset() -> None:
    zone = '  <MetadataEntry key="HKTimeZone" value="Asia/Shanghai"/>\n'
    unknown = zone.replace("Shanghai", "Nowhere")
    (night,) = read(sleep("AsleepCore", "00:30:00 +0100", "07:00:00 +0100", inside=zone)).facts
    assert (night[1], night[2]) == ("2026-11-11", "14:00")
    (night,) = read(sleep("AsleepCore", "17:30:00 +0100", "23:30:00 +0100", inside=zone)).facts
    assert (night[1], night[2]) == ("2026-11-12", "06:30")
    (night,) = read(sleep("AsleepCore", "00:30:00 +0100", "07:00:00 +0100", inside=unknown)).facts
    assert (night[1], night[2]) == ("2026-11-11", "07:00")
    pain = record("Headache", "SeverityMild", "2026-11-12 20:00:00 +0100", "2026-11-12 20:00:00 +0100", inside=zone)
    assert read(pain).facts[0][1:3] == ("2026-11-13", "03:00")
    (far,) = read(sleep("Asleep", "22:00:00 -0800", "23:59:00 -0800", day="2026-11-10")).facts
    assert (far[1], far[2]) == ("2026-11-10", "23:59")


def test_what_is_not_understood_is_said_with_its_line() -> None:
    found = read(
        sleep("Dreaming", "00:30:00 +0100", "03:00:00 +0100"),
        sleep("Asleep", "03:00:00 +0100", "00:30:00 +0100"),
        sleep("Asleep", "nothing", "00:30:00 +0100"),
        record("Headache", "SeverityModerate", "2027-01-01 09:00:00 +0100", ""),
        record("Headache", "", "2026-01-01 09:00:00 +0100", ""),
        sleep("InBed", "00:30:00 +0100", "03:00:00 +0100"),
    )
    assert found.facts == []
    assert [(each.place, each.why) for each in found.problems] == [
        (f"line {HEAD_LINES + 1}", "'HKCategoryValueSleepAnalysisDreaming' is no state of sleep that painlog knows"),
        (f"line {HEAD_LINES + 3}", "it ends at 00:30, before it begins"),
        (f"line {HEAD_LINES + 5}", "'2026-11-11 nothing' is not a date and time"),
        (f"line {HEAD_LINES + 7}", "2027-01-01 is ahead"),
        (f"line {HEAD_LINES + 9}", "'' is no severity that painlog knows"),
        ("sleep until 2026-11-11 03:00", "no minute of sleep is given, only time in bed"),
    ]


def zipped(name: str, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("apple_health_export/export_cda.xml", "<ClinicalDocument/>")
        packed.writestr("apple_health_export/workout-routes/a.gpx", "<gpx/>")
        packed.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize("name", ["apple_health_export/export.xml", "apple_health_export/Export.xml", "导出.xml"])
def test_the_zip_is_read_whatever_its_members_are_called(name: str) -> None:
    assert run(IMPORTER, zipped(name, export(*NIGHT))).facts == [NIGHT_FACT]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (export(*NIGHT)[:-30], "is damaged in line"),
        (export(*NIGHT).replace("</Record>", "<Record>", 1), "is damaged in line"),
        (export(*NIGHT).replace("<!ELEMENT", '<!ENTITY a "aaaa"><!ELEMENT', 1), "declares entities"),
        (export('<Record a="&lol;"/>'), "is damaged in line"),
        (HEAD[: HEAD.index("<HealthData")], "has no health data"),
        (export(f'<Record a="{"x" * 17_000_000}"/>'), "a tag in it never ends"),
    ],
    ids=["cut", "not closed", "entities", "unknown entity", "no root", "endless tag"],
)
def test_a_damaged_or_harmful_file_is_refused(text: str, said: str) -> None:
    with pytest.raises(FileRefused, match=said):
        run(IMPORTER, text)


def test_a_broken_declaration_of_the_file_is_no_matter() -> None:
    assert run(IMPORTER, export(*NIGHT).replace("CDATA #REQUIRED", "CDATA (((")).facts == [NIGHT_FACT]


def test_nesting_without_end_is_harmless() -> None:
    deep = "<Workout>" * 100_000 + "</Workout>" * 100_000
    assert read(deep, *NIGHT).facts == [NIGHT_FACT]


def test_progress_is_told_in_bytes() -> None:
    text = export(*OTHERS * 5_000)
    context, told = Context(IMPORTER.name, NOW, time(3), {}, {}), list[int]()
    context.step = told.append
    assert list(IMPORTER.read(source_of(text), context)) == []
    assert told == sorted(told)
    assert len(told) > 3
    assert told[-1] == len(text) - text.index("<HealthData")


def test_what_the_bench_imports_is_of_this_shape(tmp_path: Path) -> None:
    write_export(tmp_path / "x", 200_000, days=10)
    found = run(IMPORTER, (tmp_path / "x").read_bytes())
    kinds = Counter(fact[0] for fact in found.facts)
    assert (kinds, found.problems) == (Counter({"sleep": 10, "pain": 10, "mood": 10}), [])
    assert 150_000 < (tmp_path / "x").stat().st_size < 250_000


def test_any_damage_ends_in_entries_problems_or_a_refusal() -> None:
    survives(IMPORTER, export(*NIGHT, *SYMPTOMS).encode())
    survives(IMPORTER, export(*NIGHT).encode(), pack=lambda raw: zipped("export.xml", raw.decode("utf-8", "replace")))
    survives(IMPORTER, zipped("export.xml", export(*NIGHT)))


def test_a_symptom_that_ends_on_another_day_says_so() -> None:
    lasting = record("Nausea", "SeverityMild", "2026-11-12 22:00:00 +0100", "2026-11-13 01:30:00 +0100")
    assert [fact[3] for fact in read(lasting).facts] == [{"value": 2.5, "note": "until 2026-11-13 01:30"}]
