"""Cells of a table that are not understood: each alone is left out, and said to be."""

import json
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from painlog.exchange.importing.remarks import says_not
from painlog.exchange.importing.typed_cells import match_number, split_doses, split_list, split_medicine, split_time
from tests.conftest import Run
from tests.support.importing_diaries import mapped, proposed


def imported(run: Run, tmp_path: Path, table: str, *columns: str) -> tuple[str, list[dict[str, Any]]]:
    file = tmp_path / "table.csv"
    file.write_text(table)
    ran = run("import", str(file), *(word for each in columns for word in ("--map", each)), "--yes")
    assert ran.code == 0, ran.err
    return ran.out, json.loads(run("list", "--json", "--period", "all").out)["entries"]


def test_one_bad_cell_takes_nothing_else_of_its_row_along(run: Run, tmp_path: Path) -> None:
    said, entries = imported(
        run, tmp_path,
        "When,Hurts,Low,Said\n2026-11-03,-2,4,Fog all day\n2026-11-04,12,5,Walked far\n2026-11-08,xyz,,Just words\n",
        "When=day", "Hurts=pain", "Low=mood", "Said=note",
    )  # fmt: skip
    notes = [entry["fields"].get("note") for entry in entries if "note" in entry["fields"]]
    assert notes == ["Fog all day", "Walked far", "Just words"]
    assert [entry["fields"]["score"] for entry in entries if entry["kind"] == "mood"] == [4, 5]
    assert [entry for entry in entries if entry["kind"] == "pain"] == []
    assert "row 2: pain is 0 to 10, not -2" in said, said
    assert "3 cells not understood" in said, said
    assert "rows not understood" not in said, said


def test_a_bad_cell_leaves_the_other_fields_of_its_entry(run: Run, tmp_path: Path) -> None:
    said, entries = imported(
        run, tmp_path, "When,Hurts,Where,Worry,Low\n2026-11-03,7,left knee,99,3\n",
        "When=day", "Hurts=pain", "Where=location", "Worry=worry", "Low=mood",
    )  # fmt: skip
    assert {entry["kind"]: entry["fields"].get("score") for entry in entries} == {"pain": 7, "mood": 3}
    assert "1 cell not understood" in said, said


def test_a_row_without_a_day_is_left_out_whole_and_called_so(run: Run, tmp_path: Path) -> None:
    said, entries = imported(
        run, tmp_path, "When,Hurts,Said\nnever,3,words\n2026-11-04,4,more\n", "When=day", "Hurts=pain", "Said=note"
    )
    assert len(entries) == 1
    assert "1 row not understood, left out" in said, said


@pytest.mark.parametrize(
    ("cell", "medicines"),
    [
        ("2x250mg naproxen", [("naproxen", "500 mg", "")]),
        ("naproxen 3 x 250 mg", [("naproxen", "750 mg", "")]),
        ("2x naproxen 250mg", [("naproxen", "500 mg", "")]),
        ("naproxen 250mg x2", [("naproxen", "500 mg", "")]),
        ("250mg naproxen", [("naproxen", "250mg", "")]),
        ("2 x naproxen", [("naproxen", "", "2x")]),
        ("naproxen 250mg + codeine 15mg", [("naproxen", "250mg", ""), ("codeine", "15mg", "")]),
        ("Vitamin D + K2", [("Vitamin D + K2", "", "")]),
        ("5 HTP", [("5 HTP", "", "")]),
        ("Vitamin B 12", [("Vitamin B 12", "", "")]),
        ("2 Naproxen", [("Naproxen", "2 tablets", "")]),
        ("naproxen 250", [("naproxen", "", "250")]),
        ("2 naproxen 250mg", [("naproxen", "", "2 naproxen 250mg")]),  # of 250 mg each, or in all?
        ("Proxen 250", [("Proxen", "", "250")]),
    ],
)
def test_a_medicine_is_told_from_how_much_of_it(cell: str, medicines: list[tuple[str, str, str]]) -> None:
    found = [split_medicine(part) for part in split_doses(cell)]
    assert [tuple("".join(each.get(name, [])) for name in ("name", "amount", "note")) for each in found] == medicines


def test_a_blood_pressure_is_no_number_of_a_scale() -> None:
    assert (match_number("120/80"), match_number("7/10")) == (None, (7, 10))


@pytest.mark.parametrize(
    ("cell", "names", "note"),
    [
        ("forgot again", [], "forgot again"),
        ("did not end up taking it", [], "did not end up taking it"),
        ("Didn’t need anything; slept well", [], "Didn’t need anything, slept well"),
        ("skipped, naproxen 250mg", ["naproxen"], "skipped"),
        ("ran out of codeine", [], "ran out of codeine"),
        ("Naproxen (missed)", [], "Naproxen (missed)"),
        ("nicht gebraucht", [], "nicht gebraucht"),
        ("j'ai oublié", [], "j'ai oublié"),
        ("see comments", [], "see comments"),
        ("see the diary", [], "see the diary"),
        ("wie vorgestern", [], "wie vorgestern"),
        ("??", [], "??"),
        ("no tablets at noon", [], "no tablets at noon"),
        ("naproxen, did not help", ["naproxen"], "did not help"),
        ("No-Spa 40 mg", ["No-Spa"], ""),
        ("nothing", [], ""),
    ],
)
def test_a_medicine_that_was_not_taken_is_no_dose_and_its_words_are_kept(
    cell: str, names: list[str], note: str
) -> None:
    """Were ``forgot`` a dose, the days with medicine would be counted too many."""
    found = mapped(f'Date\tMeds\n2026-11-03\t"{cell}"\n', {"Date": "day", "Meds": "dose"})
    assert [fact[3]["name"] for fact in found.facts if fact[0] == "dose"] == names
    assert [fact[3]["note"] for fact in found.facts if fact[0] == "note"] == ([f"Meds: {note}"] if note else [])


def test_how_many_without_a_name_is_no_medicine_of_that_name() -> None:
    found = mapped("Date\tPain\tMeds\n2026-11-03\t4\t2\n", {"Date": "day", "Pain": "pain", "Meds": "dose"})
    assert [fact[3] for fact in found.facts] == [{"score": 4, "note": "Meds: 2"}]
    named = mapped("Date\tMeds\n2026-11-03\t2\n", {"Date": "day", "Meds": "dose:naproxen"})
    assert [fact[3] for fact in named.facts] == [{"name": "naproxen", "note": "2"}]


def test_a_medicine_among_treatments_is_a_dose_with_its_amount() -> None:
    found = proposed('Date,Pain (0-10),Therapy\n2026-11-03,4,"Codeine 15mg, heat pad"\n2026-11-04,3,cancelled\n')
    assert [fact[::3] for fact in found.facts] == [
        ("pain", {"score": 4}),
        ("dose", {"name": "Codeine", "amount": "15 mg"}),
        ("treatment", {"name": "heat pad"}),
        ("pain", {"score": 3, "note": "Therapy: cancelled"}),
    ]


def test_words_for_nothing_in_a_list_are_none_of_it() -> None:
    """A trigger called ``not sure`` would be counted as one; a skipped meal is one."""
    rows = "2026-11-03,4,hip,skipped meal,did not try\n2026-11-04,5,neck,not sure,rest\n"
    first, second = (fact[3] for fact in proposed(f"Date,Pain (0-10),Where,Trigger,Relief\n{rows}").facts)
    assert first == {
        "score": 4,
        "where": {"hip": None},
        "trigger": ["skipped meal"],
        "note": "Relief: did not try",
    }
    assert (second["relief"], second["note"], "trigger" in second) == (["rest"], "Trigger: not sure", False)


def test_a_time_that_is_none_takes_nothing_else_of_its_row_along() -> None:
    """The whole row was left out, its pain and its medicine too."""
    rows = "2026-11-03,08:15,4,\n2026-11-04,at dinner,7,naproxen\n2026-11-05,24:00,3,\n2026-11-06,9 pm,2,\n"
    facts = proposed(f"Date,Time,Pain (0-10),Med\n{rows}").facts
    assert [(day, at, data.get("score"), data.get("note")) for kind, day, at, data in facts if kind == "pain"] == [
        ("2026-11-03", "08:15", 4, None),
        ("2026-11-04", "", 7, "Time: at dinner"),
        ("2026-11-05", "", 3, "Time: 24:00"),
        ("2026-11-06", "21:00", 2, None),
    ]
    assert [fact[1:3] for fact in facts if fact[0] == "dose"] == [("2026-11-04", "")]


def test_words_in_brackets_beside_a_date_are_a_note() -> None:
    facts = proposed("Date,Pain (0-10)\n2026-11-03 (physio),4\n2026-11-04 (Wed),7\n2026-11-05,7\n").facts
    assert [(day, data.get("note")) for _, day, _, data in facts] == [
        ("2026-11-03", "physio"),
        ("2026-11-04", None),
        ("2026-11-05", None),
    ]


def test_a_cell_of_one_long_run_is_read_like_any_other() -> None:
    """Were each place of the run tried with each other, none of this would end for hours."""
    blank, word = " " * 300_000, "a" * 300_000
    assert split_list(f"rest{blank};{blank}heat ,{blank}cold, 1,5 h") == ["rest", "heat", "cold", "1,5 h"]
    assert split_time(f"ibuprofen{blank}400 mg at 8am") == ("ibuprofen 400 mg", time(8))
    assert split_time(f"ibuprofen{blank}400 mg") == (f"ibuprofen{blank}400 mg", None)
    assert (says_not(word), says_not(f"{word}n't"), says_not("didn't help")) == (False, True, False)
