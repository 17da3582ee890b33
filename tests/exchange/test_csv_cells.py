"""Cells of a CSV: every text comes back, none opens as a formula, and rows are as csv writes them."""

import csv
import io
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painlog.domain.entries import Draft
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.dates import present
from painlog.exchange.csv.cells import DANGEROUS, Form, Table, csv_parts, csv_plain, csv_text, stamp
from painlog.storage.journal import Journal
from tests.conftest import NOW, Run
from tests.support.exports import HOSTILE, exported, hostile

# Cells


@given(st.text() | st.lists(st.sampled_from(HOSTILE)).map("".join))
def test_every_text_comes_back_from_its_cell_and_none_opens_as_a_formula(text: str) -> None:
    cell = csv_text(text)
    assert csv_plain(cell) == text
    assert not cell.startswith(DANGEROUS)
    assert len(cell.splitlines()) <= 1
    assert not set(cell) & set("\t\x1b\x7f\x85\u202e\u2028\u200b\ufeff\u00ad\x00\ud800")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("plain", "plain"), ("a\nb", "a / b"), ("5 / 10", "5 // 10"), ("5/10", "5/10"), ("\n/ /", " / // /"),
        ("=1+1", "'=1+1"), ("'=1+1", "''=1+1"), ("it's", "it's"), ("'tis", "'tis"), ("-", "'-"), ("＝1", "'＝1"),
        ("\x1b[31m", "␛1B;[31m"), ("a\tb", "a␉b"), ("␛", "␛241B;"), ("abc\u202edcba", "abc␛202E;dcba"),
    ],
)  # fmt: skip
def test_what_a_cell_looks_like(text: str, cell: str) -> None:
    assert (csv_text(text), csv_plain(cell)) == (cell, text)


@pytest.mark.parametrize("form", [Form(), Form(european=True, bom=False)])
def test_hostile_strings_survive_a_file(form: Form, runs: int) -> None:
    """10,000 a run: as a file would hold them, in UTF-8, read by csv."""
    texts = hostile(10_000 * runs)
    parts = csv_parts(Table(("a", "b"), ([csv_text(text), "1.5"] for text in texts), frozenset("b")), form)
    read = csv.reader(io.StringIO("".join(parts).encode().decode("utf-8-sig"), newline=""), delimiter=form.delimiter)
    assert next(read) == ["a", "b"]
    found = list(read)
    assert [csv_plain(cell) for cell, _ in found] == texts
    assert {number for _, number in found} == {f"1{form.decimal}5"}


def test_hostile_strings_survive_the_journal_and_its_export(run: Run, path: Path, runs: int) -> None:
    """1,000 a run, each a note and a name: what the journal keeps of it is what comes back."""
    drafts = []
    for text in hostile(1_000 * runs):
        said = {"note": text, "name": f"a{text}"[:80]}
        if text.strip():
            drafts.append(Draft(KINDS["dose"], present(NOW), KINDS["dose"].check(said)))
    with Journal.open(path, NOW) as journal:
        kept = {entry.id: entry.data for entry in journal.record(drafts)}
    found = exported(run, "--with-notes")
    assert {row["record_id"]: csv_plain(row["note"]) for row in found} == {
        id_: data["note"] for id_, data in kept.items()
    }
    assert {row["record_id"]: csv_plain(row["text_value"]) for row in found} == {
        id_: data["name"] for id_, data in kept.items()
    }


@given(st.lists(st.lists(st.text(st.sampled_from("ab,;\"\n\r '")), min_size=1, max_size=4), max_size=5), st.booleans())
def test_rows_are_written_as_csv_writes_them(table: list[list[str]], european: bool) -> None:  # noqa: FBT001
    form, out = Form(european, bom=False), io.StringIO(newline="")
    csv.writer(out, delimiter=form.delimiter, lineterminator="\r\n").writerows([("a",), *table])
    assert "".join(csv_parts(Table(("a",), table), form)) == out.getvalue()


@given(st.datetimes(min_value=datetime(1, 1, 3)), st.integers(-840, 840))
def test_instants_are_written_as_iso_8601(at: datetime, minutes: int) -> None:
    aware = at.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert stamp(aware) == aware.isoformat(timespec="seconds")
