"""A plain list of records in JSON, as people's own scripts write it, is a table."""

import json

from painlog.exchange.importing.file_sorts import name_sort
from painlog.exchange.importing.tables import find_tables
from tests.support.importing_diaries import proposed, source_of

RECORDS = [
    {"date": "2026-11-03", "pain": 4, "meds": ["naproxen 250mg", "codeine 15mg"], "sleep": {"hours": 6.5, "woke": 2}},
    {"date": "2026-11-04", "pain": None, "note": "a, b;\nc", "meds": [], "sleep": None},
    {"date": "2026-11-05", "pain": 8.5, "walked": True},
]


def test_a_list_of_records_is_read_as_a_table() -> None:
    found = proposed(json.dumps(RECORDS))
    main = ("score", "name", "night")
    values = [(kind, day[-2:], *(data[name] for name in main if name in data)) for kind, day, _, data in found.facts]
    assert [value for value in values if value[0] in ("pain", "dose", "sleep")] == [
        ("pain", "03", 4),
        ("dose", "03", "naproxen"),
        ("dose", "03", "codeine"),
        ("sleep", "03", 390),
        ("pain", "05", 8.5),
    ]
    assert [data["note"] for kind, *_, data in found.facts if kind == "note"] == ["a, b;\nc"]


def test_other_json_is_no_table() -> None:
    points = [{"date": "2026-11-03", "points": [{"x": 1}]}]
    others: list[object] = [{"rows": RECORDS}, [[1, 2]], points, [], [{"a": {"b": {}}}]]
    for other in others:
        assert find_tables(source_of(json.dumps(other))) == (), other
    assert name_sort(source_of(json.dumps({"rows": RECORDS}))).startswith("it is JSON")
    assert find_tables(source_of(json.dumps(RECORDS)[:-5])) == ()
