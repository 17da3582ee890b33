"""Importing again: an entry, known by its app, moment and subject, is completed or corrected, and never doubled."""

import json
from pathlib import Path
from typing import Any

import pytest

from painlog.domain.entries import Draft
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.dates import present
from painlog.errors import BadInput
from painlog.exchange.importing import merge_cells
from painlog.exchange.importing.column_meanings import Reading
from painlog.storage.journal import Journal
from tests.conftest import NOW, Run

TABLE = """\
Date,Pain,Mood,Where,Worry,Note,Meds
2026-11-03,4,6,neck,2,first,Ibuprofen 400mg
2026-11-04,7,5,head,3,,
2026-11-05,6,,,,third,Ibuprofen 200mg; Paracetamol
"""
SOME = ("Date=day", "Pain=pain", "Mood=mood")
MORE = (*SOME, "Where=where", "Worry=worry", "Note=note", "Meds=dose")


def bring(run: Run, tmp_path: Path, table: str, *columns: str) -> str:
    (tmp_path / "table.csv").write_text(table)
    ran = run("import", str(tmp_path / "table.csv"), *(word for each in columns for word in ("--map", each)), "--yes")
    assert ran.code == 0, ran.err
    return ran.out


def entries(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("list", "--period", "all", "--json").out)["entries"]
    return found


def fields(run: Run, kind: str) -> list[dict[str, Any]]:
    return [entry["fields"] for entry in sorted(entries(run), key=lambda one: one["day"]) if entry["kind"] == kind]


def test_one_more_column_completes_what_is_there(run: Run, tmp_path: Path) -> None:
    bring(run, tmp_path, TABLE, *SOME)
    before = entries(run)
    said = bring(run, tmp_path, TABLE, *MORE)
    assert "5 entries there already, completed or corrected:" in said, said
    assert "Tue 3 Nov 2026, pain: where neck, note first" in said, said
    assert "3 entries recorded; 5 completed or corrected\n" in said, said  # the doses are new
    assert [pain.get("note") for pain in fields(run, "pain")] == ["first", None, "third"]
    assert [mood.get("worry") for mood in fields(run, "mood")] == [2, 3]
    run("undo")
    assert entries(run) == before


@pytest.mark.parametrize("columns", [SOME, MORE])
def test_the_same_again_changes_nothing(columns: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    bring(run, tmp_path, TABLE, *columns)
    before = entries(run)
    for table in (TABLE, TABLE.replace("Date,Pain", "Date,Pain").replace("\n", "\r\n")):
        said = bring(run, tmp_path, table, *columns)
        assert f"0 entries recorded; {len(before)} were there already\n" in said, said
        assert entries(run) == before


def test_fewer_columns_take_nothing_away(run: Run, tmp_path: Path) -> None:
    bring(run, tmp_path, TABLE, *MORE)
    before = entries(run)
    assert "0 entries recorded; 5 were there already" in bring(run, tmp_path, TABLE, *SOME)
    assert entries(run) == before


def test_a_corrected_cell_corrects_the_entry(run: Run, tmp_path: Path) -> None:
    bring(run, tmp_path, TABLE, *MORE)
    count = len(entries(run))
    better = TABLE.replace("2026-11-04,7", "2026-11-04,8").replace("400mg", "600mg").replace(",neck,", ",left knee,")
    said = bring(run, tmp_path, better, *MORE)
    assert "pain: pain 7 becomes 8" in said, said
    assert "0 entries recorded; 3 completed or corrected" in said, said
    assert (len(entries(run)), [pain["score"] for pain in fields(run, "pain")]) == (count, [4, 8, 6])
    assert fields(run, "pain")[0]["where"] == {"knee_l": None}
    assert {(dose["name"], dose.get("amount")) for dose in fields(run, "dose")} == {
        ("Ibuprofen", "600 mg"),
        ("Ibuprofen", "200 mg"),
        ("Paracetamol", None),
    }
    run("undo")
    assert [pain["score"] for pain in fields(run, "pain")] == [4, 7, 6]
    assert "3 completed or corrected" in bring(run, tmp_path, better, *MORE), "what was undone comes again"


def test_what_the_person_changed_stays(run: Run, tmp_path: Path) -> None:
    bring(run, tmp_path, TABLE, *SOME)
    pain = next(entry for entry in entries(run) if entry["kind"] == "pain" and entry["fields"]["score"] == 7)
    run("edit", pain["id"], "--set", "score=9")
    bring(run, tmp_path, TABLE.replace("2026-11-04,7", "2026-11-04,8"), *MORE)
    changed = next(entry["fields"] for entry in entries(run) if entry["id"] == pain["id"])
    assert (changed["score"], changed["where"]) == (9, {"head": None})


def test_rows_of_one_day_that_say_the_same_thing_are_as_many_again(run: Run, tmp_path: Path) -> None:
    twice = "Date,Pain\n2026-11-03,4\n2026-11-03,6\n2026-11-03,4\n"
    bring(run, tmp_path, twice, "Date=day", "Pain=pain")
    assert "0 entries recorded; 3 were there already" in bring(run, tmp_path, twice, "Date=day", "Pain=pain")
    assert sorted(pain["score"] for pain in fields(run, "pain")) == [4, 4, 6]


def test_a_note_alone_is_not_doubled_by_a_pain_that_takes_it(run: Run, tmp_path: Path) -> None:
    table = "Date,Pain,Note\n2026-11-03,4,a long day\n"
    bring(run, tmp_path, table, "Date=day", "Note=note")
    bring(run, tmp_path, table, "Date=day", "Pain=pain", "Note=note")
    assert [entry["fields"].get("note") for entry in entries(run)].count("a long day") == 1


def test_a_file_of_which_nothing_is_understood_is_an_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("Date,Pain\nsoon,4\nlater,5\n")
    ran = run("import", str(tmp_path / "table.csv"), "--map", "Date=day", "--map", "Pain=pain", "--yes")
    assert (ran.code, "2 rows not understood" in ran.out) == (1, True)


def test_an_unknown_table_is_shown_as_it_would_be_recorded(run: Run, tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text(
        "Pain diary\n\nDatum;Schmerz;Uhrzeit;Nr\n03.11.2026;7;8h30;1\n04.11.2026;2;9h15;2\n"
    )
    ran = run("import", str(tmp_path / "table.csv"), "--yes")
    assert ran.out.startswith(
        "This table is not one that painlog knows. Its columns would be taken as:\n"
        "  Datum = day\n  Uhrzeit = time\n  Schmerz = pain:0-10\n  left out: Nr\n"
        "  Tue 3 Nov 2026 08:30: pain 7\n  Wed 4 Nov 2026 09:15: pain 2\n"
    ), ran.out
    again = run("import", str(tmp_path / "table.csv"), "--yes")
    assert again.out.endswith("0 entries recorded; 2 were there already\n")


def make_ids_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ids follow from all that is read of a row, as in 0.1.0."""

    def identity(reading: Reading) -> tuple[str, ...]:
        named = (f"{name}={text}" for name, texts in sorted(reading.texts.items()) for text in texts)
        return (reading.kind.name, reading.kind.label, *named)

    monkeypatch.setattr(merge_cells, "_identity", identity)


def test_what_an_earlier_painlog_imported_is_completed_and_not_doubled(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its ids follow otherwise from a row, which is known by its moment, what it is about and its value."""
    table = TABLE + "2026-11-05,7,,,,,\n2026-11-05,7,,,,,\n2026-11-06,,,,,alone,Ibuprofen 200mg\n2026-11-06,,8,,,,\n"
    with monkeypatch.context() as earlier:
        make_ids_as_before(earlier)
        bring(run, tmp_path, table, *SOME, "Note=note", "Meds=dose")
    of_old = {entry["id"] for entry in entries(run)}
    by_text = {(entry["kind"], entry["fields"].get("score")): entry["id"] for entry in entries(run)}
    run("edit", by_text["pain", 4], "--set", "score=9")
    run("delete", by_text["mood", 8])
    before = entries(run)
    said = bring(run, tmp_path, table, *MORE)
    assert "0 entries recorded; 4 completed or corrected" in said, said  # where and worry of two rows
    assert "1 that you deleted stay deleted" in said, said
    assert {entry["id"] for entry in entries(run)} == of_old - {by_text["mood", 8]}
    assert sorted(pain["score"] for pain in fields(run, "pain")) == [6, 7, 7, 7, 9]
    assert [pain.get("where") for pain in fields(run, "pain")][:2] == [{"neck": None}, {"head": None}]
    assert "0 entries recorded" in bring(run, tmp_path, table, *MORE)
    run("undo")
    assert entries(run) == before
    other = table.replace("2026-11-03,4,", "2026-11-03,5,").replace("2026-11-04,7,5", "2026-11-04,7,4")
    assert "2 entries recorded" in bring(run, tmp_path, other, *MORE), "another value is another entry"


def test_what_was_undone_and_imported_again_is_offered_once(run: Run, path: Path, tmp_path: Path) -> None:
    bring(run, tmp_path, TABLE, *SOME)
    run("undo")
    bring(run, tmp_path, TABLE, *SOME)
    with Journal.look(path, NOW) as journal:
        recorded = [entry.id for entry in journal.reader.last_recorded(9)]
    assert sorted(recorded) == sorted(entry["id"] for entry in entries(run))


def test_an_id_that_stands_for_several_names_each_so_that_it_is_found(path: Path) -> None:
    ids = {score: f"00000000-0000-8000-8000-abcdef00000{score}" for score in (1, 2)}
    made = [Draft(KINDS["pain"], present(NOW), {"score": score}, None, id_) for score, id_ in ids.items()]
    with Journal.open(path, NOW) as journal:
        journal.bring_in(made, "import:table")
        with pytest.raises(BadInput, match=r"several entries; add a letter or two: (.+)") as refused:
            journal.find("abcd")
        found = [journal.find(name).data["score"] for name in str(refused.value).rpartition(": ")[2].split(", ")]
    assert sorted(found) == [1, 2]
