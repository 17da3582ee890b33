"""Oura: the sleep table of the account export, and Trends."""

import io
import zipfile

import pytest

from painlog.errors import FileRefused
from painlog.exchange.importers.oura import IMPORTER
from tests.support.importing_diaries import chosen, run, survives

HEADER = (
    "id;average_breath;awake_time;bedtime_end;bedtime_start;day;deep_sleep_duration;efficiency;light_sleep_duration;"
    "rem_sleep_duration;total_sleep_duration;type\n"
)
ROWS = """\
a1;14.5;3000;2026-11-10T07:00:00+01:00;2026-11-09T23:00:00+01:00;2026-11-10;5000;89;15000;5800;25800;long_sleep
a2;14.5;300;2026-11-10T14:35:00+01:00;2026-11-10T14:00:00+01:00;2026-11-10;0;89;1800;0;1800;late_nap
a3;;0;2026-11-10T18:00:00+01:00;2026-11-10T17:00:00+01:00;2026-11-10;0;0;0;0;0;rest
a4;14.5;3000;2026-11-10T07:00:00+01:00;2026-11-09T23:00:00+01:00;2026-11-10;5000;89;15000;5800;25800;deleted
a5;14.5;;2026-11-11T06:00:00+09:00;2026-11-10T23:00:00+09:00;2026-11-11;5000;89;15000;5800;25200;long_sleep
a6;14.5;0;2026-11-12T06:00:00+01:00;2026-11-12T05:00:00+01:00;2026-11-12;0;0;0;0;25200;long_sleep
a7;14.5;0;;2026-11-12T05:00:00+01:00;2026-11-12;0;0;0;0;25200;long_sleep
a8;14.5;0;2026-11-12T06:00:00+01:00;2026-11-12T05:00:00+01:00;2026-11-12;0;0;0;0;25200;siesta
"""
EXPECTED = [
    ("2026-11-10", "07:00", {"night": "2026-11-09T23:00+01:00/2026-11-10T07:00+01:00", "waso": 50}),
    (
        "2026-11-10",
        "14:35",
        {"night": "2026-11-10T14:00+01:00/2026-11-10T14:35+01:00", "type": "nap", "waso": 5},
    ),
    ("2026-11-11", "06:00", {"night": "2026-11-10T23:00+09:00/2026-11-11T06:00+09:00"}),
]
TRENDS = """\
date,Sleep Score,Total Sleep Duration,Awake Time,Sleep Latency,Bedtime Start,Bedtime End
2026-11-09,80,25200,3600,600,2026-11-08T23:00:00+01:00,2026-11-09T07:00:00+01:00
2026-11-10,80,25200,3600,600,,
2026-11-11,,,,,,
2026-11-12,80,many,3600,600,,
2027-11-12,80,25200,3600,600,,
"""
TREND_FACTS = [
    ("sleep", "2026-11-10", "", {"night": 420, "sol": 10, "waso": 50}),
    (
        "sleep",
        "2026-11-09",
        "07:00",
        {"night": "2026-11-08T23:00+01:00/2026-11-09T07:00+01:00", "sol": 10, "waso": 50},
    ),
]


def zipped(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("App Data/heartrate.csv", "timestamp;bpm\n1;2\n")
        packed.writestr("App Data/sleepmodel.csv", text)
    return out.getvalue()


def test_sleeps_become_nights_and_naps_in_their_own_offset() -> None:
    found = run(IMPORTER, HEADER + ROWS)
    assert [fact[1:] for fact in found.facts] == EXPECTED
    assert [(each.place, each.why) for each in found.problems] == [
        (
            "row 7",
            "25200 seconds asleep do not fit between 2026-11-12T05:00:00+01:00 and 2026-11-12T06:00:00+01:00",
        ),
        ("row 8", "'' is not a date and time"),
        ("row 9", "'siesta' is no type of sleep that painlog knows"),
    ]
    assert chosen(HEADER + ROWS) == "oura"
    assert run(IMPORTER, zipped(HEADER + ROWS)).facts == found.facts


def test_columns_may_stand_in_another_order_and_latency_is_apart() -> None:
    lines = [line.split(";") for line in (HEADER + ROWS).strip().splitlines()]
    latency = ["latency", *["1200"] * (len(lines) - 1)]
    text = "\n".join(";".join([extra, *reversed(line)]) for extra, line in zip(latency, lines, strict=True))
    first = run(IMPORTER, text).facts[0]
    assert first[3] == {"night": "2026-11-09T23:00+01:00/2026-11-10T07:00+01:00", "sol": 20, "waso": 30}


def test_trends_become_nights_with_times_or_as_lengths() -> None:
    found = run(IMPORTER, TRENDS)
    assert found.facts == TREND_FACTS
    assert [(each.place, each.why) for each in found.problems] == [
        ("row 5", "Total Sleep Duration is a number, not 'many'"),
        ("row 6", "2027-11-12 is ahead"),
    ]
    assert chosen(TRENDS) == "oura"


def test_ids_hold_when_the_export_grows() -> None:
    later = HEADER + "a0" + ROWS.splitlines()[0][2:].replace("11-10", "11-08").replace("11-09", "11-07") + "\n" + ROWS
    assert run(IMPORTER, HEADER + ROWS).ids < run(IMPORTER, later).ids
    assert run(IMPORTER, TRENDS).ids < run(IMPORTER, TRENDS + "2026-11-13,80,25200,3600,600,,\n").ids


def test_a_damaged_file_is_refused() -> None:
    with pytest.raises(FileRefused, match="is damaged"):
        run(IMPORTER, HEADER + ROWS + '"open;')


def test_any_damage_ends_in_entries_problems_or_a_refusal() -> None:
    survives(IMPORTER, (HEADER + ROWS).encode(), times=400)
    survives(IMPORTER, TRENDS.encode())
    survives(IMPORTER, zipped(HEADER + ROWS))


def test_a_row_that_ends_before_its_day_is_a_problem_and_no_crash() -> None:
    found = run(IMPORTER, "Sleep Score,Total Sleep Duration,date\n80,25200\n81,25200,2026-11-10\n")
    assert ([day for _, day, *_ in found.facts], [each.place for each in found.problems]) == (["2026-11-10"], ["row 2"])
