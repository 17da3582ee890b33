"""Cells of a table that are not understood: each alone is left out, and said to be."""

import json
from pathlib import Path
from typing import Any

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
