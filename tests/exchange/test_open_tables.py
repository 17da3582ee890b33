"""The journal for those who work with tables: Parquet, and the file itself in other programs."""

import io
import json
import subprocess
import sys
import sysconfig
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from painlog.domain.kinds.registry import KINDS
from painlog.exchange.csv.cells import csv_plain, csv_text
from painlog.exchange.csv.long import LONG_COLUMNS
from painlog.exchange.parquet import write_parquet
from tests.cli.test_month import live
from tests.conftest import NOW, Run
from tests.support.pages import CASES, HOSTILE, recorded

PROGRAMS = Path(sysconfig.get_path("scripts"))


def table(run: Run, folder: Path, *asked: str) -> pa.Table:
    target = folder / "out.parquet"
    ran = run("export", "parquet", "-o", str(target), "--force", *asked)
    assert (ran.code, ran.out) == (0, ""), ran.err
    return parquet.read_table(target)


def csv_rows(run: Run, *asked: str) -> list[list[str]]:
    import csv

    text = run("export", "csv", "--no-bom", *asked).out
    return list(csv.reader(io.StringIO(text, newline="")))


# Parquet


def test_columns_are_typed(run: Run, tmp_path: Path) -> None:
    run("log", "pain 6 low back left, mood 4, slept 5h30")
    found = table(run, tmp_path).schema
    types = {name: str(found.field(name).type) for name in found.names}
    assert tuple(types) == LONG_COLUMNS
    assert {name: kind for name, kind in types.items() if kind != "string"} == {
        "day": "date32[day]",
        "value": "double",
        "started_at": "timestamp[us, tz=UTC]",
        "ended_at": "timestamp[us, tz=UTC]",
        "recorded_at": "timestamp[us, tz=UTC]",
    }


def test_it_holds_what_the_csv_holds(
    run: Run, at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    live(run, at, monkeypatch)
    header, *rows = csv_rows(run, "--with-notes")
    found = table(run, tmp_path, "--with-notes")
    assert (found.num_rows, list(header)) == (len(rows), found.column_names)
    for row, kept in zip(rows, found.to_pylist(), strict=True):
        for name, cell in zip(header, row, strict=True):
            value = kept[name]
            if value is None:
                assert cell == "", name
            elif name == "value":
                assert float(cell) == value
            elif hasattr(value, "timestamp"):
                assert value == type(value).fromisoformat(cell), name
            else:
                assert str(value) == csv_plain(cell), name


def test_notes_stay_unless_asked_for(run: Run, tmp_path: Path) -> None:
    run("log", "pain 6, note Secret")
    assert "Secret" not in str(table(run, tmp_path).to_pylist())
    assert "Secret" in str(table(run, tmp_path, "--with-notes").to_pylist())


def test_hostile_words_are_as_they_were_written(run: Run, tmp_path: Path) -> None:
    recorded(CASES["hostile"], run, tmp_path)
    for name in ("=1+1", "'=1+1"):
        assert run("plan", "goal", name).code == 0
    texts = {row["text_value"] for row in table(run, tmp_path, "--with-notes").to_pylist()}
    assert {"=1+1", "'=1+1", HOSTILE[:60].strip()} <= texts


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "'", "it's", "'quoted'", "-5", "@a", "＝1", "plain"])
def test_a_guard_comes_off_again(text: str) -> None:
    assert csv_plain(csv_text(text)) == text


def test_an_empty_journal_is_an_empty_table(run: Run, tmp_path: Path) -> None:
    assert table(run, tmp_path).num_rows == 0
    assert write_parquet([], with_notes=False)[1] == 0


ASKED = """
import duckdb, json, sys
db = duckdb.connect()
days = db.execute("SELECT day::text, avg(value) FROM 'out.parquet' WHERE variable = 'pain' GROUP BY day ORDER BY day")
print(json.dumps(days.fetchall()))
types = db.execute("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM 'out.parquet')")
print(json.dumps(dict(types.fetchall())))
print(db.execute("SELECT epoch(started_at) FROM 'out.parquet' WHERE variable = 'mood'").fetchone()[0])
"""


def test_duckdb_reads_it_as_it_is(run: Run, tmp_path: Path) -> None:
    """In a process of its own, since DuckDB talks at its end of functions that it leaks."""
    run("log", "yesterday pain average 5")
    run("log", "pain 6 low back left knee_r:4, mood 4, took ibuprofen 400mg")
    table(run, tmp_path)
    ran = subprocess.run([sys.executable, "-c", ASKED], cwd=tmp_path, capture_output=True, text=True, check=True)
    days, types, instant = (json.loads(line) for line in ran.stdout.splitlines())
    assert days == [["2026-11-18", 5.0], ["2026-11-19", 6.0]]
    assert (types["day"], types["value"], types["recorded_at"]) == ("DATE", "DOUBLE", "TIMESTAMP WITH TIME ZONE")
    assert instant == NOW.timestamp()


def test_it_takes_a_file(run: Run) -> None:
    for target in ((), ("-o", "-")):
        ran = run("export", "parquet", *target)
        assert (ran.code, ran.out) == (2, "")
        assert "name one: painlog export parquet -o journal.parquet" in ran.err


def test_without_pyarrow_a_sentence_says_what_to_install(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("pain", "6")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ran = run("export", "parquet", "-o", str(tmp_path / "out.parquet"))
    assert (ran.code, ran.out) == (1, "")
    assert "pip install 'painlog[parquet]'" in ran.err
    assert not (tmp_path / "out.parquet").exists()


# The file itself


def printed(program: str, *arguments: str) -> str:
    ran = subprocess.run([PROGRAMS / program, *arguments], capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture
def journal(run: Run, path: Path, at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A month of everything, and how the file was before another program opened it."""
    live(run, at, monkeypatch)
    return path


def test_sqlite_utils_shows_tables_views_and_typed_rows(journal: Path, run: Run) -> None:
    before = journal.read_bytes()
    tables = {row["table"] for row in json.loads(printed("sqlite-utils", "tables", str(journal)))}
    assert {"entries", "ops", "meta"} <= tables
    counted = json.loads(printed("sqlite-utils", "views", str(journal), "--counts"))
    assert {row["view"] for row in counted} == {name.replace("-", "_") for name in KINDS} | {"daily"}
    kept = Counter(e["kind"] for e in json.loads(run("list", "--period", "all", "--json").out)["entries"])
    found = {row["view"].replace("_", "-"): row["count"] for row in counted if row["view"] != "daily"}
    assert found == {name: kept[name] for name in KINDS}
    pain: list[dict[str, Any]] = json.loads(printed("sqlite-utils", "rows", str(journal), "pain"))
    assert {type(row["score"]) for row in pain} <= {int, float, type(None)}
    assert any(row["where"] == "low_back_l" for row in pain)
    asked = "SELECT day, round(pain, 1) AS pain, sleep FROM daily WHERE day = '2026-10-24'"
    assert json.loads(printed("sqlite-utils", str(journal), asked)) == [
        {"day": "2026-10-24", "pain": 5.0, "sleep": 345.0}
    ]
    assert journal.read_bytes() == before
    assert run("pain", "3").code == 0


@pytest.mark.another
def test_datasette_shows_views_as_tables(journal: Path, run: Run) -> None:
    before = journal.read_bytes()
    names = json.loads(printed("datasette", str(journal), "--get", "/journal.json"))
    assert {view["name"] for view in names["views"]} == {name.replace("-", "_") for name in KINDS} | {"daily"}
    assert "entries" in {each["name"] for each in names["tables"]}
    rows = json.loads(printed("datasette", str(journal), "--get", "/journal/sleep.json?_shape=array"))
    assert [row["tst"] for row in rows] == [345, 510, 360, 420]
    page = printed("datasette", str(journal), "--get", "/journal/daily")
    assert "2026-10-24" in page
    assert journal.read_bytes() == before
    assert run("pain", "3").code == 0
