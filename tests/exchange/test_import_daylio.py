"""Daylio: three layouts of a table, and a backup."""

import base64
import io
import json
import zipfile
from typing import Any

import pytest

from painlog.errors import FileRefused
from painlog.exchange.importers.daylio import IMPORTER
from tests.support.importing_diaries import Imported, chosen, run, source_of, survives

HEADER = "full_date,date,weekday,time,mood,activities,note_title,note\n"
ROWS = """\
2026-11-18,18 November,Wednesday,10:00 pm,Sleepy but ok ,"work | bad sleep  | movies / tv ","",""
2026-11-18,18 November,Wednesday,6:50 PM,rad,"friends","Visit","Long talk,\nthen home &amp; bed<br>tired"
2026-11-18,18 November,Wednesday,1:23 am,bad,"","",""
2026-11-17,17 November,Tuesday,13:05,awful,"","",""
"""
ANSWERS = {"mood Sleepy but ok": "meh"}
EXPECTED = [
    ("activity", "2026-11-18", "22:00", {"did": ["work", "bad sleep", "movies / tv"]}),
    ("mood", "2026-11-18", "22:00", {"score": 5}),
    ("activity", "2026-11-18", "18:50", {"did": ["friends"]}),
    ("mood", "2026-11-18", "18:50", {"score": 10, "note": "Visit\nLong talk,\nthen home & bed\ntired"}),
    ("mood", "2026-11-17", "01:23", {"score": 2.5}),
    ("mood", "2026-11-17", "13:05", {"score": 0}),
]


def read(text: str) -> Imported:
    return run(IMPORTER, text, ANSWERS)


def test_a_table_becomes_moods_and_what_was_done() -> None:
    found = read(HEADER + ROWS)
    assert found.facts == EXPECTED
    assert found.said[1::2] == ["mood Sleepy but ok (3 of 5)", "mood rad (5 of 5)", "mood awful (1 of 5)"]
    assert found.problems == []
    assert chosen(HEADER + ROWS) == "daylio"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_does_not_matter(encoding: str) -> None:
    text = HEADER + ROWS + '2026-11-16,16 November,Monday,09:00,good,"Spaß","",""\n'
    found = run(IMPORTER, text.encode(encoding), ANSWERS)
    assert found.facts[-2][3] == {"did": ["spaß"]}


def test_a_mood_of_ones_own_is_asked_for_once() -> None:
    (query,) = IMPORTER.asks(source_of(HEADER + ROWS + ROWS))
    assert query.key == "mood Sleepy but ok"
    assert query.options == ("rad", "good", "meh", "bad", "awful")
    unanswered = run(IMPORTER, HEADER + ROWS)
    assert [(problem.place, "Sleepy but ok" in problem.why) for problem in unanswered.problems] == [("row 2", True)]
    assert unanswered.facts == [EXPECTED[0], *EXPECTED[2:]]


def test_the_older_layout_has_its_year_apart() -> None:
    older = 'year,date,weekday,time,mood,activities,note\n2018,18 May,Friday,11:54 pm,good,"cook","A party"\n'
    assert read(older).facts == [
        ("activity", "2018-05-18", "23:54", {"did": ["cook"]}),
        ("mood", "2018-05-18", "23:54", {"score": 7.5, "note": "A party"}),
    ]
    assert chosen(older) == "daylio"


def test_the_newer_layout_has_scales_which_stay_words() -> None:
    newer = HEADER.replace("note_title", "scales,note_title")
    newer += '2026-11-18,18 November,Wednesday,18:50,good,"","Pain 3 | Stress 2","","fine"\n'
    assert read(newer).facts == [
        ("mood", "2026-11-18", "18:50", {"score": 7.5, "note": "fine\nscales: Pain 3 | Stress 2"})
    ]


def test_a_longer_export_brings_the_same_ids() -> None:
    later = HEADER + '2026-11-19,19 November,Thursday,08:00,rad,"","",""\n' + ROWS
    assert read(HEADER + ROWS).by_id < read(later).by_id


def test_two_entries_of_one_minute_are_two() -> None:
    twice = HEADER + 2 * '2026-11-18,18 November,Wednesday,18:50,good,"","",""\n'
    assert len(read(twice).ids) == 2


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('2026-02-30,30 February,Monday,08:00,good,"","",""', "'2026-02-30' is a date that does not exist"),
        (
            '2026-11-18,18 November,Wednesday,25:00,good,"","",""',
            "'25:00' is not a time of day; write 07:30 or 7:30 pm",
        ),
        ('2026-11-20,20 November,Friday,08:00,good,"","",""', "2026-11-20 is ahead"),
        ('0001-01-01,1 January,Friday,08:00,good,"","",""', "0001-01-01 is before 1900"),
        ('9999-12-31,31 December,Friday,23:59,good,"","",""', "9999-12-31 is ahead"),
        ("2026-11-18", "'' is not a time of day"),
    ],
)
def test_a_row_that_is_wrong_is_named_and_the_others_stay(row: str, why: str) -> None:
    found = read(HEADER + row + "\n" + ROWS)
    assert found.problems == [("row 2", why)]
    assert found.facts == EXPECTED


def backup(**changed: Any) -> bytes:
    return packed(base64.b64encode(content(**changed)))


def content(**changed: Any) -> bytes:
    entry: dict[str, Any] = {
        "id": 1,
        "minute": 50,
        "hour": 18,
        "day": 18,
        "month": 10,
        "year": 2026,
        "datetime": 1795024200000,
    }
    entry |= {"timeZoneOffset": 3600000, "mood": 1, "note": "Long talk", "note_title": "", "tags": [7, 8], "assets": []}
    second = entry | {"id": 2, "minute": 0, "hour": 22, "mood": 6, "note": "", "tags": []}
    data: dict[str, Any] = {
        "version": 15,
        "customMoods": [
            {"id": 1, "custom_name": "", "mood_group_id": 1, "predefined_name_id": 1},
            {"id": 6, "custom_name": "Sleepy but ok", "mood_group_id": 3, "predefined_name_id": -1},
        ],
        "tags": [{"id": 7, "name": "friends"}, {"id": 8, "name": "bad sleep "}],
        "dayEntries": [entry, second],
    }
    return json.dumps(data | changed).encode()


def packed(raw: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("backup.daylio", raw)
        file.writestr("assets/photos/1.jpg", b"\xff\xd8")
    return out.getvalue()


def test_a_backup_knows_its_own_moods() -> None:
    found = run(IMPORTER, backup())
    assert found.facts == [
        ("activity", "2026-11-18", "18:50", {"did": ["friends", "bad sleep"]}),
        ("mood", "2026-11-18", "18:50", {"score": 10, "note": "Long talk"}),
        ("mood", "2026-11-18", "22:00", {"score": 5}),
    ]
    assert found.said == ["", "mood rad (5 of 5)", "mood Sleepy but ok (3 of 5)"]
    assert IMPORTER.asks(source_of(backup())) == ()
    assert chosen(backup()) == "daylio"


def test_a_backup_and_a_table_give_the_same_entries() -> None:
    assert run(IMPORTER, backup()).ids < read(HEADER + ROWS).ids


@pytest.mark.parametrize(
    "raw",
    [b"!!!", b"\xff\xfe", *map(base64.b64encode, (b"{", b"[1]", b'{"dayEntries": 3}', b"[" * 100_000))],
)
def test_a_damaged_backup_is_refused(raw: bytes) -> None:
    with pytest.raises(FileRefused):
        run(IMPORTER, packed(raw))


@pytest.mark.parametrize("wrong", [None, 5, "text", [[]], [{}], [None], [{"id": []}], [{"id": 1, "name": 3}]])
@pytest.mark.parametrize("part", ["customMoods", "tags"])
def test_a_part_of_another_shape_does_no_harm(part: str, wrong: Any) -> None:
    assert len(run(IMPORTER, backup(**{part: wrong})).drafts) >= 1


def test_entries_of_another_shape_are_problems() -> None:
    wrong: list[Any] = [None, [], {"year": "2026"}, {"year": 10**30, "month": 1, "day": 1, "hour": 1, "minute": 1}]
    found = run(IMPORTER, backup(dayEntries=wrong))
    assert [problem.place for problem in found.problems] == ["entry 1", "entry 2", "entry 3", "entry 4"]


def test_damage_ends_in_a_sentence() -> None:
    survives(IMPORTER, (HEADER + ROWS).encode(), ANSWERS)
    survives(IMPORTER, backup())
    survives(IMPORTER, content(), pack=lambda raw: packed(base64.b64encode(raw)), times=300)
