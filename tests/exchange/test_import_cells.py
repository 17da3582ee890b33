"""Cells of a table that are not understood: each alone is left out, and said to be."""

import json
from pathlib import Path
from typing import Any

import pytest

from painlog.exchange.importing.typed_cells import match_number, split_doses, split_medicine
from tests.conftest import Run


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
    ],
)
def test_a_medicine_is_told_from_how_much_of_it(cell: str, medicines: list[tuple[str, str, str]]) -> None:
    found = [split_medicine(part) for part in split_doses(cell)]
    assert [tuple("".join(each.get(name, [])) for name in ("name", "amount", "note")) for each in found] == medicines


def test_a_blood_pressure_is_no_number_of_a_scale() -> None:
    assert (match_number("120/80"), match_number("7/10")) == (None, (7, 10))
