"""The words that a person typed leave as notes do: with them where they are asked for, and in nothing else."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run

LINE = "pain 6 knee zaphodly, mood 4"


@pytest.fixture(autouse=True)
def recorded(run: Run) -> None:
    assert run("log", LINE).code == 0


@pytest.mark.parametrize("layout", ["long", "daily"])
def test_a_table_has_them_with_its_notes_alone(layout: str, run: Run) -> None:
    def holds(*more: str) -> bool:
        ran = run("export", "csv", "--layout", layout, *more)
        assert ran.code == 0, ran.err
        return LINE in ran.out

    assert holds("--with-notes")
    assert not holds()
    assert not holds("--redact", "names")
    assert not holds("--redact", "notes")
    assert not holds("--redact", "names", "--with-notes")


def test_each_entry_of_the_long_table_has_them_once_and_a_day_has_a_line_once(run: Run) -> None:
    assert run("export", "csv", "--with-notes").out.count(LINE) == 2
    assert run("export", "csv", "--layout", "daily", "--with-notes").out.count(LINE) == 1


def test_the_dictionary_says_what_the_column_is(run: Run) -> None:
    named = [line.split(",")[:2] for line in run("export", "csv", "--dictionary").out.splitlines()]
    assert ["long", "said"] in named
    assert ["daily", "said"] in named


def test_a_formula_that_was_typed_is_none_in_a_spreadsheet(run: Run) -> None:
    run("log", "=1+1 pain 6")
    assert run("log", '-- "=cmd()" pain 6').code in (0, 2)
    for cell in run("export", "csv", "--with-notes").out.split(","):
        assert not cell.strip('"').startswith("=")


def test_what_a_clinic_reads_has_none_and_the_journal_itself_has_all(run: Run) -> None:
    run("note", "kept")
    assert "zaphodly, mood" not in run("export", "fhir", "--detail").out
    changes = [json.loads(line) for line in run("export", "jsonl").out.splitlines()[1:-1]]
    assert [change["data"].get("line") for change in changes if change["source"] == "cli"][:2] == [LINE, LINE]


def test_a_report_says_nothing_of_them(run: Run) -> None:
    for form in ("text", "markdown", "json"):
        assert LINE not in run("report", "--format", form).out


def test_they_come_back_with_the_journal_that_is_imported(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy.jsonl"
    run("export", "jsonl", "-o", str(copy))
    again = "--journal", str(tmp_path / "again.db")
    run(*again, "import", str(copy), "--no-backup")
    assert f"said      {LINE}" in run(*again, "show", "last", "mood").out
