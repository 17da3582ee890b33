"""The ways out: every text of a person or a file leaves through the one function of its medium, whatever it holds."""

import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from painlog.domain.invisible_characters import HIDDEN
from painlog.exchange.csv.cells import DANGEROUS
from tests.conftest import Run

EVIL = "\x1b[31mred\x1b]52;c;x\x07\x9b1m\u202eevil\u2066\u200b\rgone\x00\x7f [/b] =cmd </td><script>alert(1)</script>"
RAW = {*map(chr, HIDDEN), *map(chr, range(0x20)), "\x7f"} - {"\n"}
SHOWN = [
    *(
        "today",
        "list",
        "list --period all",
        "list --text evil",
        "week",
        "report",
        "report --format markdown",
        "plan",
        "due",
    ),
    *(
        "chart pain",
        "chart pain --panels",
        "calendar pain",
        "body",
        "link pain mood",
        "link --explain",
        "helps",
        "track",
    ),
    *("chart fog_evil", "calendar fog_evil", "link pain fog_evil", "helps --on fog_evil", "chart --by weekday"),
    *("helps evil", "show ID", "history ID", "undo", "redo", "edit ID --set note=x", "ask", "visit", "ask-doctor"),
    *("delete ID", "doctor", "backup", "backup --list", "restore --dry-run", "erase --dry-run", "export csv --dry-run"),
    *("list --json", "report --json", "today --json", "plan --json", "due --json", "body --json", "config list"),
]


@pytest.fixture
def hostile(run: Run, any_name: None) -> list[str]:  # noqa: ARG001
    """A journal with evil words wherever a person may write some; returns the ids of its entries."""

    def said(*line: str) -> None:
        assert run(*line).code == 0, line

    said("track", "add", "fog\u202e\x9bevil", "--low", EVIL[:40], "--high", EVIL[-40:], "--note", EVIL)
    for day in range(12, 0, -1):
        at = f"{day} days ago"
        said(
            "pain",
            str(day % 11),
            "--at",
            at,
            "--where",
            f"other:{EVIL}",
            "--quality",
            EVIL,
            "--trigger",
            EVIL,
            "--note",
            EVIL,
        )
        said("mood", str(9 - day % 10), "--at", at, "--note", EVIL)
        said("log", at, f"fog\u202e\x9bevil {day % 10}")
        said("dose", f"pill {EVIL}", "400mg", "--at", at, "--note", EVIL)
        said("dose", f"pill {EVIL}", "400mg", "--at", at, "--before", "6", "--after", "3")
        said("activity", "--at", at, "--steps", "900", "--note", EVIL)
    for command in (
        ("treatment", EVIL, "--note", EVIL), ("note", EVIL), ("visit", EVIL), ("ask-doctor", EVIL), ("flare", "start"),
        ("plan", "start", f"yoga {EVIL}", "--therapy", "--note", EVIL), ("plan", "goal", EVIL),
        ("goal", "partly", "--note", EVIL), ("sleep", "7h", "--note", EVIL),
        ("plan", "start", f"pill {EVIL}", "400mg", "twice a day"),
    ):  # fmt: skip
        said(*command)
    return [entry["id"] for entry in json.loads(run("list", "--period", "all", "--json").out)["entries"]]


def test_the_evil_words_are_in_the_journal(hostile: list[str], run: Run) -> None:
    assert len(hostile) > 60
    kinds = {entry["kind"] for entry in json.loads(run("list", "--period", "all", "--json").out)["entries"]}
    assert len(kinds) > 10


def test_no_command_shows_them_raw(hostile: list[str], run: Run) -> None:
    for line in SHOWN:
        for id_ in (hostile[0], hostile[5], hostile[-1]) if "ID" in line else ("",):
            ran = run(*(id_ if word == "ID" else word for word in line.split()))
            assert ran.code in {0, 1, 2}, (line, ran.err)
            assert (RAW & {*(ran.out + ran.err)}) == set(), line


@pytest.mark.usefixtures("any_name")
def test_what_lies_outside_the_period_is_named_safely(run: Run) -> None:
    assert run("track", "add", "fog\u202e\x9bevil").code == 0
    assert run("log", "700 days ago", "fog\u202e\x9bevil 5").code == 0
    run("pain", "6")
    for command in ("helps --on", "chart", "calendar", "link pain", "list --kind"):
        ran = run(*command.split(), "fog_evil")
        assert (RAW & {*(ran.out + ran.err)}) == set(), command


def test_no_cell_of_a_table_is_a_formula(hostile: list[str], run: Run, tmp_path: Path) -> None:
    assert hostile
    run("export", "csv", "--package", "--with-notes", "-o", str(tmp_path / "out"), "--no-bom")
    tables = list((tmp_path / "out").rglob("*.csv"))
    assert len(tables) >= 3
    for table in tables:
        for row in csv.reader(io.StringIO(table.read_text(), newline="")):
            assert not [cell for cell in row if cell.startswith(DANGEROUS) and not _is_number(cell)], table
            assert not RAW & {*"".join(row)}, table


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(name for name, _ in attrs)}

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_has_the_elements_of_one_without_them(hostile: list[str], run: Run) -> None:
    assert hostile
    page = _Tags()
    page.feed(run("report", "--format", "html").out)
    assert "script" not in page.found
    assert not {name for name in page.found if name.startswith("on")}
    assert "evil" in "".join(page.words)
    assert not RAW & {*"".join(page.words)}


def test_a_file_of_another_program_is_shown_safely(run: Run, tmp_path: Path) -> None:
    """Names of columns, of files and cells that are not understood come from whoever made the file."""
    table = tmp_path / f"diary{EVIL.replace('/', '').replace(chr(0), '')}.csv"
    cell = EVIL.replace('"', "").replace("\0", "").replace("\r", "")
    table.write_text(f'"day","{cell}"\n"2026-11-01","{cell}"\n"{cell}","3"\n')
    for command in (
        ("import", str(table)), ("import", str(table), "--map", "day=day", "--map", f"{cell}=pain", "--dry-run"),
        ("import", str(table), "--map", f"{cell}={cell}"), ("log", "--file", str(table)), ("restore", str(table)),
        ("import", str(table), "--map", "day=day", "--map", f"{cell}=note", "--yes"),
    ):  # fmt: skip
        ran = run(*command)
        assert ran.code in {0, 1, 2}, command
        assert (RAW & {*(ran.out + ran.err)}) == set(), command
