"""Nomie: two tables and two kinds of backups."""

import json
from typing import Any

import pytest

from painlog.errors import FileRefused
from painlog.exchange.importers.nomie import IMPORTER
from tests.support.importing_diaries import chosen, run, source_of, survives

DETAILED = """\
epoch,start,end,offset,note,lat,lng,location,score
1795026600000,2026-11-18T18:30:00Z,2026-11-18T18:30:00Z,-60,#pain(3) #coffee,52.5,13.4,Home,0
1795024200000,2026-11-18T17:50:00Z,2026-11-18T17:50:00Z,-60,Long talk with @anna and #walk(01:05:00),,,,1
1794990600000,,,-60,#pain(6) #coffee,,,,
"""
EXPECTED = [
    ("Nomie pain", "2026-11-18", "19:30", {"value": 3}),
    ("coffee", "2026-11-18", "19:30", {"value": 1}),
    ("walk", "2026-11-18", "18:50", {"value": 65}),
    ("note", "2026-11-18", "18:50", {"note": "Long talk with @anna and #walk(01:05:00)"}),
    ("Nomie pain", "2026-11-18", "09:30", {"value": 6}),
    ("coffee", "2026-11-18", "09:30", {"value": 1}),
]
LOGS: list[dict[str, Any]] = [
    {"_id": "a", "note": "#pain(3) #coffee", "end": 1795026600000, "start": 1795026600000, "lat": "", "score": 0},
    {"_id": "b", "note": "Long talk with @anna and #walk(01:05:00)", "end": 1795024200000},
    {"_id": "c", "note": "#pain(6) #coffee", "end": 1794990600000},
]


def version_5(**changed: Any) -> str:
    whole = {
        "nomie": {"number": "5.6"},
        "goals": [],
        "boards": [],
        "events": LOGS,
        "trackers": {"pain": {"tag": "pain"}},
    }
    return json.dumps(whole | {"people": {}, "locations": [], "dashboards": [], "context": []} | changed)


def version_6(**changed: Any) -> str:
    files = {"trackers.json": {"pain": {}}, "books/2026-47": json.dumps(LOGS[:1]), "books/2026-48": LOGS[1:]}
    return json.dumps({"version": "6.0", "created": 1795026600000, "files": files | changed})


@pytest.mark.parametrize("content", [DETAILED, version_5(), version_6()], ids=["table", "5", "6"])
def test_tags_become_measures_and_words_a_note(content: str) -> None:
    found = run(IMPORTER, content)
    assert found.facts == EXPECTED
    assert found.problems == []
    assert {measure["name"]: measure["scale"] for measure in found.measures} == {
        "Nomie pain": "number",
        "coffee": "count",
        "walk": "minutes",
    }
    assert chosen(content) == "nomie"


def test_all_layouts_give_the_same_entries() -> None:
    assert run(IMPORTER, DETAILED).ids == run(IMPORTER, version_5()).ids == run(IMPORTER, version_6()).ids


def test_a_tracker_named_as_painlogs_is_asked_about() -> None:
    assert [query.key for query in IMPORTER.asks(source_of(DETAILED))] == ["scale pain"]
    found = run(IMPORTER, DETAILED, {"scale pain": "0-10"})
    assert found.facts[0] == ("pain", "2026-11-18", "19:30", {"score": 3})


def test_lengths_of_time_are_asked_about_without_a_range_of_numbers() -> None:
    """``#sleep(06:30:00)`` was said to run from 0 to 0."""
    (query,) = IMPORTER.asks(source_of(DETAILED.replace("#walk(", "#sleep(").replace("#pain", "#ache")))
    assert query.key == "scale sleep"
    assert " 0 " not in query.text


def test_zero_in_the_wide_table_is_nothing() -> None:
    wide = "date,#pain,#coffee,@anna\n2026-11-18,3,0,1\n2026-11-17,0,2,\n2026-11-16,,0.0,\n"
    found = run(IMPORTER, wide, {"scale pain": "0-10"})
    assert found.facts == [
        ("pain", "2026-11-18", "", {"score": 3}),
        ("coffee", "2026-11-17", "", {"value": 2}),
    ]
    assert chosen(wide) == "nomie"


def test_a_spreadsheet_of_ones_own_is_not_nomies() -> None:
    """Its zeros are zeros."""
    assert chosen("date,pain,mood\n2026-11-18,0,5\n") == ""


def test_the_order_of_day_and_month_is_asked() -> None:
    wide = "date,#coffee\n03/04/2026,1\n"
    assert [query.options for query in IMPORTER.asks(source_of(wide))] == [("day first", "month first")]
    assert run(IMPORTER, wide, {"date order": "month first"}).facts[0][1] == "2026-03-04"


def test_a_longer_export_brings_the_same_ids() -> None:
    later = {"_id": "d", "note": "#coffee", "end": 1795070000000}
    assert run(IMPORTER, version_5()).by_id < run(IMPORTER, version_5(events=[later, *LOGS])).by_id


def test_entries_of_another_shape_are_problems() -> None:
    wrong: list[Any] = [None, 3, [], {"note": 5, "end": 1}, {"note": "#a", "end": "x"}, {"note": "#a", "end": [1]}]
    wrong += [{"note": "#a", "end": 10**40}, {"note": "#a(b)", "end": 1795024200000}, {"note": "#a", "end": True}]
    found = run(IMPORTER, version_5(events=wrong))
    assert len(found.problems) == 9
    assert found.facts == []


@pytest.mark.parametrize("content", ['{"nomie": 5}', '{"events": {}, "nomie": 1', '{"nomie":' + "[" * 100_000])
def test_a_damaged_backup_is_refused(content: str) -> None:
    with pytest.raises(FileRefused):
        run(IMPORTER, content)


def test_a_damaged_file_within_is_refused() -> None:
    with pytest.raises(FileRefused):
        run(IMPORTER, version_6(broken="[1, 2"))


def test_damage_ends_in_a_sentence() -> None:
    for content in (DETAILED, version_5(), version_6()):
        survives(IMPORTER, content.encode())
