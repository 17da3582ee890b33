"""Garmin: the nights in the zip of one's data."""

import io
import json
import zipfile
from typing import Any

import pytest

from painlog.errors import FileRefused
from painlog.exchange.importers.garmin import IMPORTER
from tests.support.importing_diaries import chosen, run, survives


def night(start: str, end: str, day: str, **more: Any) -> dict[str, Any]:
    usual = {
        "sleepStartTimestampGMT": start,
        "sleepEndTimestampGMT": end,
        "calendarDate": day,
        "sleepWindowConfirmationType": "ENHANCED_CONFIRMED_FINAL",
        "deepSleepSeconds": 6_000,
        "lightSleepSeconds": 15_000,
        "remSleepSeconds": 4_200,
        "awakeSleepSeconds": 3_600,
        "unmeasurableSeconds": 0,
        "retro": False,
    }
    return usual | more


NIGHTS = [
    night("2026-11-09T22:00:00.0", "2026-11-10T06:00:00.0", "2026-11-10"),
    {
        "sleepStartTimestampGMT": "2026-11-10T22:00:00.0",
        "sleepEndTimestampGMT": "2026-11-11T06:00:00.0",
        "calendarDate": "2026-11-11",
        "sleepWindowConfirmationType": "UNCONFIRMED",
    },
    night("2026-11-11T22:00:00.0", "2026-11-12T06:00:00.0", "2026-11-12", sleepWindowConfirmationType="UNCONFIRMED"),
    night(
        "2026-11-12T22:00:00.0", "2026-11-13T06:00:00.0", "2026-11-13", unmeasurableSeconds=3600, deepSleepSeconds=2400
    ),
    night("2026-11-14T14:00:00.0", "2026-11-14T22:00:00.0", "2026-11-15"),  # Tokyo, woken at 7
]
EXPECTED = [
    (
        "sleep",
        "2026-11-10",
        "07:00",
        {"night": "2026-11-09T23:00+01:00/2026-11-10T07:00+01:00", "waso": 60},
    ),
    ("sleep", "2026-11-13", "07:00", {"night": 360, "waso": 60}),
    ("sleep", "2026-11-15", "", {"night": 420, "waso": 60}),
]


def zipped(*parts: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("DI_CONNECT/DI-Connect-User/user_profile.json", "{}")
        for at, part in enumerate(parts):
            name = f"DI_CONNECT/DI-Connect-Wellness/2026-0{at}_2026-1{at}_1_sleepData.json"
            packed.writestr(name, part if isinstance(part, str) else json.dumps(part))
    return out.getvalue()


def test_confirmed_nights_are_taken_and_windows_passed_over() -> None:
    found = run(IMPORTER, json.dumps(NIGHTS))
    assert (found.facts, found.problems) == (EXPECTED, [])
    assert found.said == ["", "", "2026-11-14 14:00 to 22:00 GMT"]
    assert chosen(json.dumps(NIGHTS)) == "garmin"
    in_zip = run(IMPORTER, zipped(NIGHTS[:2], NIGHTS[2:]))
    assert (in_zip.facts, in_zip.ids) == (EXPECTED, found.ids)


def test_ids_hold_when_the_export_grows() -> None:
    assert run(IMPORTER, json.dumps(NIGHTS[2:])).ids < run(IMPORTER, json.dumps(NIGHTS)).ids


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"sleepEndTimestampGMT": None}, "None is not a date and time"),
        ({"sleepEndTimestampGMT": 1_762_000_000_000}, "1762000000000 is not a date and time"),
        ({"calendarDate": "soon"}, "'soon' is not a date and time"),
        ({"deepSleepSeconds": "x"}, "deepSleepSeconds is a number, not 'x'"),
        ({"awakeSleepSeconds": {}}, "awakeSleepSeconds is a number, not {}"),
        ({"sleepEndTimestampGMT": "2026-11-09T21:00:00.0"}, "the sleep ends at 21:00, before it begins"),
    ],
)
def test_a_night_of_another_shape_is_a_problem(change: dict[str, Any], why: str) -> None:
    broken = NIGHTS[0] | change
    found = run(IMPORTER, json.dumps([broken | ({"calendarDate": "2026-11-09"} if "before" in why else {}), NIGHTS[3]]))
    assert [(each.place, each.why) for each in found.problems] == [("file, night 1", why)]
    assert len(found.drafts) == 1


def test_weekly_averages_are_refused() -> None:
    text = "Date,Avg Duration,Avg Bedtime,Avg Wake Time\nNov 6-12,7h 10m,11:20 PM,6:45 AM\n"
    assert chosen(text) == "garmin"
    with pytest.raises(FileRefused, match="weekly averages, which are no nights; ask Garmin"):
        run(IMPORTER, text)


@pytest.mark.parametrize("text", [json.dumps(NIGHTS)[:-9], json.dumps([1, NIGHTS[0]]), json.dumps([[NIGHTS[0]]])])
def test_a_damaged_file_is_refused(text: str) -> None:
    with pytest.raises(FileRefused, match="is damaged"):
        run(IMPORTER, text)
    with pytest.raises(FileRefused, match="is damaged"):
        run(IMPORTER, zipped(text))


def test_any_damage_ends_in_entries_problems_or_a_refusal() -> None:
    survives(IMPORTER, json.dumps(NIGHTS).encode(), times=400)
    survives(IMPORTER, zipped(NIGHTS))
