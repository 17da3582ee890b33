"""Samsung Health: a line with the table's name above the header, times in UTC, an offset beside them."""

import pytest

from painlog.exchange.importers.samsung_health import IMPORTER
from tests.exchange.test_import_shapes import zipped
from tests.support.importing_diaries import chosen, run, survives

NAME = "com.samsung.shealth.sleep,6312004,9\n"
COLUMNS = ("sleep_duration", "sleep_score", *("start_time", "end_time", "time_offset", "comment", "datauuid"))
HEADER = ",".join(column if "sleep_" in column else f"com.samsung.health.sleep.{column}" for column in COLUMNS)
ROWS = """\
465,81,2026-11-09 21:50:00.000,2026-11-10 05:40:00.000,UTC+0100,"bad back, woke",id-1,
,,2026-11-10 15:10:00.000,2026-11-10 15:50:00.000,UTC-0500,,id-2,
300,50,2026-11-11 07:00:00.000,2026-11-11 05:40:00.000,UTC+0100,,id-3,
300,50,2026-11-11 23:00:00.000,2026-11-12 05:40:00.000,,,id-4,
"""
SLEEP = f"{NAME}{HEADER}\n{ROWS}"


@pytest.mark.parametrize("content", [SLEEP, f"{HEADER}\n{ROWS}", zipped(sleep_csv=SLEEP, other_csv="a,b\n1,2\n")])
def test_nights_are_in_the_offset_of_their_row(content: str | bytes) -> None:
    """Taken for local times, a night would begin and end hours too early, and maybe on another day."""
    found = run(IMPORTER, content)
    assert found.facts == [
        ("sleep", "2026-11-10", "06:40", {"night": 465, "note": "bad back, woke"}),
        (
            *("sleep", "2026-11-10", "10:50"),
            {"night": "2026-11-10T10:10-05:00/2026-11-10T10:50-05:00", "type": "nap"},
        ),
    ]
    assert found.said == ["sleep score 81", ""]
    assert [problem.why for problem in found.problems] == [
        "'' is no offset as Samsung Health writes it",
        "the sleep ends at 06:40, before it begins",
    ]
    assert chosen(content) == "samsung-health"


def test_stages_are_no_nights() -> None:
    stages = "com.samsung.health.sleep_stage,1,2\nstart_time,sleep_id,stage,time_offset,end_time,datauuid\n"
    assert chosen(f"{stages}2026-11-09 21:50:00.000,id-1,40002,UTC+0100,2026-11-09 22:10:00.000,id-9,\n") == ""


def test_damage_is_refused_in_a_sentence() -> None:
    survives(IMPORTER, SLEEP.encode())
