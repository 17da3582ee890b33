"""Any table, by what the person says of its columns; and the small importers that are made of that."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painlog.errors import BadInput, FileRefused
from painlog.exchange.importers import cluster_headache_tracker, crisiscore, flaredown
from painlog.exchange.importing.mapping import ColumnMapping, check_mapping, load_mapping, mapping_importer
from tests.support.importing_diaries import Imported, chosen, run, source_of, survives

DAY = "2026-11-18"
TABLE = """\
Date;Time;Pain Level;Worst;Where;Trigger;Meds;Notes;Mood;Worry;Sleep;Rest;Fog;Ibu;Weight;Walked
18.11.2026;09:30;3;9;left knee, spleen;weather;"Ibuprofen 400mg; Sumatriptan (50 mg)";"long
day";7/10;2,5;7.5;4;3;yes;70,5;no
17.11.2026;;;;;;;only words;;;23:10-06:40;;;no;;
16.11.2026;-;n/a;;;;;;;;;;;;;
"""
FIELDS = {
    "date": "day",
    "Time": "time",
    "Pain Level": "pain:1-5",
    "Worst": "pain_worst",
    "Where": "location",
    "Trigger": "trigger",
    "Meds": "dose",
    "Notes": "note",
    "Mood": "mood",
    "Worry": "worry:0-5",
    "Sleep": "sleep",
    "Rest": "sleep quality:0-4",
    "Fog": "brain fog:4-0",
    "Ibu": "dose:Ibu 400mg",
    "Weight": "weight:number kg",
    "Walked": "took a walk:yes-no",
}
EXPECTED = [
    (
        "pain",
        DAY,
        "09:30",
        {
            "score": 5,
            "where": {"knee_l": None, "other:spleen": None},
            "trigger": ["weather"],
            "note": "long\nday",
        },
    ),
    ("pain", DAY, "09:30", {"score": 9, "rating": "worst"}),
    ("dose", DAY, "09:30", {"name": "Ibuprofen", "amount": "400 mg"}),
    ("dose", DAY, "09:30", {"name": "Sumatriptan", "amount": "50 mg"}),
    ("mood", DAY, "09:30", {"score": 7, "worry": 5}),
    ("sleep", DAY, "09:30", {"night": 450, "quality": 5}),
    ("brain fog", DAY, "09:30", {"value": 2.5}),
    ("dose", DAY, "09:30", {"name": "Ibu", "amount": "400 mg"}),
    ("weight", DAY, "09:30", {"value": 70.5}),
    ("took a walk", DAY, "09:30", {"value": False}),
    ("sleep", "2026-11-17", "06:40", {"night": "2026-11-16T23:10+01:00/2026-11-17T06:40+01:00"}),
    ("note", "2026-11-17", "", {"note": "only words"}),
]


def read(text: str, fields: dict[str, str], **answers: str) -> Imported:
    columns = check_mapping(source_of(text).columns(), fields)
    return run(mapping_importer(columns), text, {name.replace("_", " "): said for name, said in answers.items()})


def by_kind(facts: list[Any]) -> list[Any]:
    return sorted(facts, key=str)


def test_a_row_becomes_what_its_columns_say() -> None:
    found = read(TABLE, FIELDS)
    assert by_kind(found.facts) == by_kind(EXPECTED)
    assert found.problems == []
    assert "Pain Level 3 (1-5)" in found.said
    assert {measure["name"]: measure.get("scale", "rating") for measure in found.measures} == {
        "brain fog": "rating",
        "weight": "number",
        "took a walk": "yes-no",
    }


def test_the_same_table_with_tabs_or_in_another_encoding_is_the_same() -> None:
    tabs = TABLE.replace(", ", " / ").replace("Ibuprofen 400mg; Sum", "Ibuprofen 400mg|Sum").replace(";", "\t")
    columns = check_mapping(source_of(tabs).columns(), FIELDS | {"Where": "note"})
    assert len(run(mapping_importer(columns), tabs.encode("utf-16")).drafts) == len(EXPECTED)


def test_what_was_said_is_kept_and_fits_the_same_header_only() -> None:
    columns = check_mapping(source_of(TABLE).columns(), FIELDS, zero_is_missing=True)
    kept = load_mapping(json.loads(json.dumps(columns.as_dict())))
    assert kept == columns
    assert kept.fits(source_of(TABLE.splitlines()[0]))
    assert not kept.fits(source_of("Date;Time;Pain\n"))


@pytest.mark.parametrize("data", [None, [], {}, {"header": 1, "fields": {}}, {"header": [1], "fields": {"a": "b"}}])
def test_what_is_kept_and_damaged_is_refused(data: Any) -> None:
    with pytest.raises(BadInput):
        load_mapping(data)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"Pain Level": "pain"}, "no column is the day"),
        ({"Date": "day"}, "only the day is said"),
        ({"Date": "day", "Nowhere": "pain"}, "there is no column 'Nowhere'; there are Date, Time"),
        ({"Date": "day", "Pain Level": "pain", "Worst": "pain"}, "Pain Level and Worst are both said to be pain"),
        ({"Date": "day", "Pain Level": "pain:5-5"}, "a scale has two ends"),
        ({"Date": "day", "Pain Level": "pain:strong"}, "'strong' is no scale"),
        ({"Date": "day", "Where": "where:1-5"}, "where has no scale"),
        ({"Date": "day", "Fog": "brain fog:lots"}, "'lots' is no scale"),
        ({"Date": "day", "Fog": ""}, "a column needs a name"),
    ],
)
def test_what_cannot_be_is_said_at_once(fields: dict[str, str], why: str) -> None:
    with pytest.raises(BadInput, match=why[:20]) as refused:
        check_mapping(source_of(TABLE).columns(), fields)
    assert str(refused.value).startswith(why)


@pytest.mark.parametrize(
    ("days", "answer", "expected"),
    [
        (("19/11/2026", "03/04/2026"), "", ["2026-11-19", "2026-04-03"]),
        (("11/18/2026", "03/04/2026"), "", ["2026-11-18", "2026-03-04"]),
        (("03/04/26",), "day first", ["2026-04-03"]),
        (("03/04/26",), "month first", ["2026-03-04"]),
        (("04/04/2026", "2026-04-05"), "", ["2026-04-04", "2026-04-05"]),
        (("3.4.2026", "Nov 3, 2026", "22nd Sep 2020"), "", ["2026-04-03", "2026-11-03", "2020-09-22"]),
        (("Wed, 18 Nov 2026 21:05", "2026-11-18T23:30:00Z"), "", ["2026-11-18", "2026-11-18"]),
    ],
)
def test_the_order_of_dates_is_decided_over_the_file(days: tuple[str, ...], answer: str, expected: list[str]) -> None:
    text = "Date\tPain\n" + "".join(f"{day}\t{number}\n" for number, day in enumerate(days))
    columns = check_mapping(("Date", "Pain"), {"Date": "day", "Pain": "pain"})
    assert [query.key for query in mapping_importer(columns).asks(source_of(text))] == (
        ["date order"] if answer else []
    )
    found = run(mapping_importer(columns), text, {"date order": answer})
    assert [fact[1] for fact in found.facts] == expected


def test_an_order_that_is_not_known_or_not_one_is_refused() -> None:
    fields = {"Date": "day", "Pain": "pain"}
    with pytest.raises(BadInput, match="could be two dates"):
        read("Date,Pain\n03/04/2026,3\n", fields)
    with pytest.raises(BadInput, match="both ways"):
        read("Date,Pain\n13/04/2026,3\n03/14/2026,3\n", fields)


def test_attacks_say_nothing_of_other_days() -> None:
    attacks = "start,end,pain\n2026-11-10 22:00,2026-11-11 01:30,7\n2026-11-18 08:15,,4\n"
    found = read(attacks, {"start": "day", "end": "end", "pain": "pain"})
    assert found.facts == [
        ("pain", "2026-11-10", "22:00", {"score": 7, "note": "until 2026-11-11 01:30"}),
        ("pain", DAY, "08:15", {"score": 4}),
    ]


def test_zero_is_nothing_where_that_was_said() -> None:
    text = "date,pain\n2026-11-18,0\n2026-11-17,0.0\n2026-11-16,2\n"
    assert [fact[3] for fact in read(text, {"date": "day", "pain": "pain"}).facts] == [
        {"score": 0},
        {"score": 0},
        {"score": 2},
    ]
    columns = check_mapping(("date", "pain"), {"date": "day", "pain": "pain"}, zero_is_missing=True)
    assert [fact[3] for fact in run(mapping_importer(columns), text).facts] == [{"score": 2}]


@pytest.mark.parametrize(
    ("row", "place", "why"),
    [
        ("soon,5,5", "row 2", "'soon' is not a date that painlog can read"),
        ("2026-11-18,6,5", "row 2, Pain", "6 is not within 0-5"),
        ("2026-11-18,3/10,5", "row 2, Pain", "'3/10' is of another scale than the one that was said"),
        ("2026-11-18,bad,5", "row 2, Pain", "'bad' is not a number"),
        ("2026-11-18,5,11", "row 2", "mood is 0 to 10, not 11"),
        ("2026-11-18,5,7/5", "row 2, Mood", "'7/5' is of another scale than the one that was said"),
    ],
)
def test_a_cell_that_is_wrong_is_named_and_the_others_stay(row: str, place: str, why: str) -> None:
    found = read(f"Date,Pain,Mood\n{row}\n{DAY},5/5,5\n", {"Date": "day", "Pain": "pain:0-5", "Mood": "mood"})
    assert found.problems == [(place, why)]
    assert found.facts[-2:] == [("pain", DAY, "", {"score": 10}), ("mood", DAY, "", {"score": 5})]
    assert len(found.facts) == (2 if place == "row 2" and "date" in why else 3)


def test_a_longer_table_brings_the_same_ids_wherever_its_rows_are_added() -> None:
    head, rows = TABLE.split("\n", 1)
    more = head + "\n18.11.2026;10:30;4;;;;;;;;;;;;;\n" + rows
    assert read(TABLE, FIELDS).by_id < read(more, FIELDS).by_id
    twice = "Date,Pain\n2026-11-18,5\n2026-11-18,5\n"
    fields = {"Date": "day", "Pain": "pain"}
    assert len(read(twice, fields).ids) == 2
    assert read("Date,Pain\n2026-11-18,5\n", fields).ids < read(twice, fields).ids


def test_damage_ends_in_a_sentence() -> None:
    columns = check_mapping(source_of(TABLE).columns(), FIELDS)
    survives(mapping_importer(columns), TABLE.encode(), times=300)


def test_ten_thousand_columns_are_refused() -> None:
    wide = ",".join(f"c{number}" for number in range(10_000)) + "\n"
    columns = ColumnMapping(source_of(wide).columns(), {"c1": "day", "c2": "pain"})
    with pytest.raises(FileRefused):
        list(mapping_importer(columns).asks(source_of(wide + "1,2\n")))


@given(st.sampled_from(sorted(set(FIELDS.values()))), st.text(max_size=30))
def test_any_cell_is_read_or_refused(field: str, cell: str) -> None:
    clean = cell.replace('"', "").replace("\r", "").replace("\n", " ").replace("\0", "")
    clean = clean.encode("utf-8", "ignore").decode()
    fields = {"Date": "day", "X": "pain" if field in ("day", "time") else field}
    found = read(f'Date,X\n2026-11-18,"{clean}"\n', fields)
    assert len(found.problems) <= 1 or "dose" in field


def test_crisiscore() -> None:
    text = (
        "Date,Time,Pain Level,Locations,Symptoms,Limited Activities,Sleep Quality,Mood Impact,Missed Work Days,Notes\n"
        "2026-11-18,09:15,6,lower back; left knee,burning; stabbing,lifting; walking,5,8,1,long day\n"
        "2026-11-17,,0,,,,,,0,\n"
    )
    found = run(crisiscore.IMPORTER, text)
    pain = {"score": 6, "where": {"low_back": None, "knee_l": None}}
    pain |= {"quality": ["burning", "stabbing"], "note": "limited: lifting; walking\nlong day"}
    assert by_kind(found.facts) == by_kind([
        ("pain", DAY, "09:15", pain),
        ("sleep", DAY, "09:15", {"quality": 3}),
        ("mood impact", DAY, "09:15", {"value": 8}),
        ("missed work days", DAY, "09:15", {"value": 1}),
        ("pain", "2026-11-17", "", {"score": 0}),
        ("missed work days", "2026-11-17", "", {"value": 0}),
    ])
    assert chosen(text) == "crisiscore"
    survives(crisiscore.IMPORTER, text.encode())


def test_cluster_headache_tracker() -> None:
    text = "start_time,end_time,intensity,medication,triggers,notes\n"
    text += "2026-11-18 02:10:00 UTC,2026-11-18 03:00:00 UTC,9,Sumatriptan 6mg,alcohol,left side\n"
    found = run(cluster_headache_tracker.IMPORTER, text)
    pain = {"score": 9, "trigger": ["alcohol"], "note": "left side\nuntil 2026-11-18 03:00:00 UTC"}
    assert by_kind(found.facts) == by_kind([
        ("pain", DAY, "03:10", pain),
        ("dose", DAY, "03:10", {"name": "Sumatriptan", "amount": "6 mg"}),
    ])
    assert chosen(text) == "cluster-headache-tracker"


def test_flaredown() -> None:
    text = (
        "Date,Fibromyalgia,Fatigue,Hip: left,Vitamin D,Naproxen,Heat pad,Tags,Foods,Weather summary,Weather humidity\n"
        f"{DAY},3,4,0,25,500 mg,Taken,travel; stress,bread; tea,Rain,80\n"
        "2026-11-17,,,1,,Not Taken,,,,,\n"
    )
    found = run(flaredown.IMPORTER, text)
    assert by_kind(found.facts) == by_kind([
        ("Fibromyalgia", DAY, "", {"value": 7.5}),
        ("mood", DAY, "", {"fatigue": 10}),
        ("Flaredown Hip left", DAY, "", {"value": 0}),
        ("dose", DAY, "", {"name": "Naproxen", "amount": "500 mg"}),
        ("dose", DAY, "", {"name": "Heat pad"}),
        ("dose", DAY, "", {"name": "Vitamin D", "note": "25"}),
        ("activity", DAY, "", {"did": ["travel", "stress"]}),
        ("note", DAY, "", {"note": "food: bread; tea"}),
        ("Flaredown Hip left", "2026-11-17", "", {"value": 2.5}),
    ])
    assert found.problems == []
    assert chosen(text) == "flaredown"
    survives(flaredown.IMPORTER, text.encode())
