"""CSV out: every fact of every kind in the long table, a day a row in the other, and what each column means."""

import re
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from painlog.domain.entries import Draft
from painlog.domain.kinds.activity import Lines
from painlog.domain.kinds.fields import Choice, Field, Flag, Minutes, Name, Number, Text, Words, YesNo
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.measures import TRACKED
from painlog.domain.kinds.nights import Clock, Night
from painlog.domain.kinds.questionnaires import Answers
from painlog.domain.kinds.registry import KINDS
from painlog.domain.kinds.where import Where
from painlog.domain.language.dates import Moment, present
from painlog.exchange.csv.long import LONG_COLUMNS
from painlog.storage.journal import Journal
from tests.conftest import NOW, Run
from tests.support.exports import exported, rows

CLINICAL_DAILY = (
    *("day", "weekday", "days_late", "pain_avg", "pain_worst", "pain_least", "pain_now_mean", "pain_now_n"),
    *("interference", "mood", "worry", "hopeless", "interest", "sleep_tst_min", "sleep_sol_min", "sleep_waso_min"),
    *("sleep_awakenings", "sleep_se_pct", "sleep_quality", "flare", "prn_doses", "scheduled_taken", "scheduled_due"),
    *("activity_min", "treatments", "notes"),
)
# Every kind


FITTING: dict[str, dict[str, Any]] = {
    "flare": {"event": "start"},
    "plan": {"step": "start"},
    "sleep": {"bed": "22:50", "up": "07:15"},
    "trial": {"step": "start", "lot": "2d"},
    "measure": {"scale": "number", "low": None, "high": None},
}


def filled(field: Field) -> Any:
    """A value for a field, none of them its usual one."""
    values: dict[type[Field], Any] = {
        Night: "2026-11-18T23:20+01:00/2026-11-19T06:50+01:00", Clock: "22:50", Flag: True, YesNo: False,
        Where: {"knee_l": 4, "neck": None}, Words: ["one", "two"], Name: "some name", Text: "some words", Minutes: 30,
    }  # fmt: skip
    if isinstance(field, Answers):
        return [1] * len(field.questionnaire.items)
    if isinstance(field, Choice):
        return field.options[-1]
    if isinstance(field, Number):
        return field.low + 1
    named = {
        "class": ["opioid", "one"],
        "amount": "2.5 mg",
        "schedule": "2 a day",
        "weekdays": "mon, thu",
        "appointed": "2026-12-20 10:30",
    }
    if isinstance(field, Lines):
        return ["One", "two"]
    return named.get(field.name) if type(field) not in values else values[type(field)]


def facts_of(kind: Kind, data: Mapping[str, Any]) -> int:
    """How many rows an entry has: one a value, one for each of several, none for what has a column of its own."""
    count = 0
    for name, value in data.items():
        field = kind.by_name[name]
        in_column = isinstance(field, Text) or (isinstance(field, Choice) and name == kind.variant and kind.value)
        count += 0 if in_column else len(value) if isinstance(value, list | dict) else 1
    return count or 1


@pytest.mark.parametrize("name", [name for name in KINDS if name != TRACKED.name])
def test_every_field_of_every_kind_comes_out_and_is_in_the_dictionary(name: str, run: Run, path: Path) -> None:
    kind = KINDS[name]
    if name == "goal":
        run("plan", "goal", "some name")
    if name == "trial-day":
        run("trial", "start", "some name", "--checked")
    data = {field.name: filled(field) for field in kind.typed_fields} | FITTING.get(name, {})
    data = {key: value for key, value in data.items() if value is not None}
    with Journal.open(path, NOW) as journal:
        (entry,) = journal.record([Draft(kind, Moment(NOW.date(), NOW, "Europe/Berlin"), kind.check(data))])
    found = [row for row in exported(run, "--with-notes") if row["record_id"] == entry.id]
    assert entry.data.keys() == data.keys() | {field.name for field in kind.fields if field.derived}
    assert len(found) == facts_of(kind, entry.data)
    assert found[0]["note"] == ("some words" if kind.texts else "")
    if kind.value and isinstance(kind.by_name.get(kind.variant), Choice):
        assert {row["recall"] for row in found} == {data[kind.variant]}
    described = {row["column"] for row in exported(run, "--dictionary")}
    for row in found:
        assert {row["value"], row["text_value"], row["body_region"], row["note"]} != {""}
        assert [column for column in described if column.endswith(f"[{name}.{row['variable']}]")], row
    empty = {field.name for field in kind.fields} - entry.data.keys()
    assert empty <= {"low", "high", "better", "most", "spacing"}  # the plan has these of what is taken as needed alone


def test_both_tables_have_clinicals_columns(run: Run) -> None:
    run("pain", "6")
    assert set(CLINICAL_DAILY) <= set(exported(run, "--layout", "daily", "--all-columns")[0])
    assert tuple(exported(run)[0]) == LONG_COLUMNS


def test_the_dictionary_has_every_column_of_both_tables_and_what_the_registry_says(run: Run) -> None:
    run("track", "add", "brain fog", "--low", "none", "--high", "cannot think", "--better", "low")
    run("log", "pain 6, brain fog 3")
    found = exported(run, "--dictionary")
    header = "file column meaning type unit min max low_label high_label higher_is recall missing_rule source"
    assert list(found[0]) == header.split()
    for layout in ("long", "daily"):
        columns = [row["column"] for row in found if row["file"] == layout and "[" not in row["column"]]
        assert columns == list(exported(run, "--layout", layout, *["--all-columns"] * (layout == "daily"))[0])
    by_name = {row["column"]: row for row in found}
    mood, fog = by_name["mood"], by_name["own_brain_fog"]
    assert [mood[c] for c in ("type", "unit", "min", "max", "high_label", "higher_is")] == [
        *("number", "{score}", "0", "10", "Very good", "better"),
    ]
    assert (fog["high_label"], fog["higher_is"]) == ("cannot think", "worse")
    assert by_name["sleep_tst_min"]["unit"] == "min"
    assert by_name["sleep_se_pct"]["unit"] == "%"
    assert by_name["phq8_score"]["recall"] == "last 2 weeks"
    assert "up to 2 of 8" in by_name["phq8_score"]["missing_rule"]
    assert by_name["value[phq9.phq9_item_9]"]["meaning"].startswith("Thoughts that you would be better off dead")
    assert all(row["meaning"] and row["type"] for row in found)


def test_rows_keep_their_ids_from_export_to_export(run: Run, path: Path) -> None:
    run("pain", "6", "--where", "knee_l,neck", "--quality", "burning,dull")
    run("sleep", "23:20-06:50", "--sol", "45m")

    def keys() -> list[tuple[str, ...]]:
        found = exported(run)
        return [tuple(row[c] for c in ("record_id", "variable", "text_value", "body_region")) for row in found]

    before = keys()
    assert len(set(before)) == len(before)
    with Journal.open(path, NOW) as journal:
        assert {key[0] for key in before} == {entry.id for entry in journal.entries()}
    run("edit", before[-1][0][-12:], "--set", "score=2")
    run("mood", "4")
    assert set(before) <= set(keys())


def test_a_deleted_measures_values_and_what_is_of_a_newer_painlog(run: Run, path: Path) -> None:
    run("track", "add", "fog")
    run("log", "fog 3")
    run("pain", "6")
    with sqlite3.connect(path) as conn:
        conn.execute("UPDATE entries SET deleted = 1 WHERE kind = 'measure'")
        conn.execute("UPDATE entries SET kind = 'aura' WHERE kind = 'pain'")
    conn.close()
    ran = run("export", "csv")
    assert [(row["variable"], row["value"], row["recall"]) for row in rows(ran.out)] == [("fog", "3", "")]
    assert ran.err == "1 entry of a newer painlog left out; update painlog\n"


def test_item_9_kept_private_has_no_answer_in_either_table(run: Run, path: Path) -> None:
    data = {"answers": [0] * 8 + [3], "item_9_private": True}
    with Journal.open(path, NOW) as journal:
        journal.record([Draft(KINDS["phq9"], present(NOW), KINDS["phq9"].check(data))])
    items = [row for row in exported(run) if "item" in row["variable"] and row["variable"] != "item_9_private"]
    assert [(row["value"], row["text_value"]) for row in items] == [("", "withheld")] * 9
    assert not [column for column in exported(run, "--layout", "daily")[0] if "item" in column]


# Forms


@pytest.mark.parametrize("layout", ["long", "daily"])
def test_excel_eu_is_the_same_table_with_semicolons_and_decimal_commas(layout: str, run: Run) -> None:
    run("log", "pain 6.5 knee note 1.5; a, b, mood 4.5, took oil 2.5 ml, slept 5h30")
    usual = exported(run, "--layout", layout, "--with-notes")
    european = exported(run, "--layout", layout, "--with-notes", "--excel-eu")
    assert any("6,5" in row.values() for row in european)
    for one, other in zip(usual, european, strict=True):
        for column, cell in one.items():
            is_number = re.fullmatch(r"-?\d+\.\d+", cell) is not None
            assert other[column] == (cell.replace(".", ",") if is_number else cell)
    assert "1.5; a" in "".join(cell for row in european for cell in row.values())
    assert run("export", "csv", "--excel-eu", "--no-bom").out.startswith("record_id;day;")
    assert run("export", "csv", "--excel-eu").out.startswith("\ufeffrecord_id;day;")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--redact places", "--redact is notes, names or both, not 'places'"),
        ("--with-notes --redact notes", "--with-notes and --redact notes are opposites; leave out one of them"),
        ("--dictionary --layout daily", "--dictionary is a table of its own, and is in a --package anyway"),
        ("--package -o -", "a package is several files; name a directory for it: -o exports/"),
        ("--layout wide", "'wide' is not a layout; there are long and daily"),
    ],
)
def test_what_does_not_go_together_is_said(arguments: str, said: str, run: Run) -> None:
    run("pain", "6")
    ran = run("export", "csv", *arguments.split())
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
