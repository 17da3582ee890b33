"""What keeps painlog quick, without a clock: the modules that a command loads, and how much of a journal it reads."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from painlog.storage import connection
from tests.bench.journals import build
from tests.conftest import NOW, Run

HEAVY = {"pandas", "numpy", "sqlite_utils", "plotext", "jinja2", "weasyprint", "pydantic", "rich"}
FENCED = {  # ``typing``, ``json``, ``re`` and ``contextlib`` are free
    "typer",
    "inspect",
    "textwrap",
    "platformdirs",
    "subprocess",
    "shutil",
    "dataclasses",
    "pathlib",
}
WITHOUT_TYPER = {"--version", "pain 6 --note x", "mood 4", "due --short"}
COMMANDS = ("painlog.cli.record.", "painlog.cli.look.", "painlog.cli.keep.", "painlog.cli.begin.")
LOADS: tuple[tuple[str, set[str], int], ...] = (  # a command, what of the heavy it needs, and its modules at most
    ("pain 5", set(), 188),  # makes the journal
    ("--help", set(), 208),
    ("--version", set(), 48),
    ("pain 6 --note x", set(), 117),
    ("mood 4", set(), 117),
    ("dose ibuprofen 400mg", set(), 215),
    ("log pain 5, mood 5", set(), 216),
    ("log took ibuprofen 400mg", set(), 216),
    ("undo", set(), 208),  # one of them knows what was forgotten, which undo does not bring back
    ("redo", set(), 208),
    ("today", {"rich"}, 270),
    ("list", {"rich"}, 263),
    ("week", {"rich"}, 310),
    ("due --short", set(), 94),
    ("plan", set(), 234),
    ("calendar pain", {"rich"}, 281),
    ("body", set(), 223),
    ("report --period 28d", {"rich"}, 310),
    ("report --format markdown", set(), 260),
    ("report --json", set(), 260),
    ("report --format html", {"jinja2"}, 310),
    ("export csv", set(), 244),
    ("chart pain", {"rich", "plotext"}, 318),
    ("chart pain sleep --panels", {"rich", "plotext"}, 319),
    ("link pain mood", {"rich", "numpy"}, 383),
    ("link --explain", {"rich", "numpy"}, 384),
    ("helps", {"rich", "numpy"}, 383),
)
NEWER = 12 * (sys.version_info >= (3, 12))  # modules more into which a newer standard library is parted
AT_AN_END = 14  # steps
LOADED = """
import os, sys
quiet = os.open(os.devnull, os.O_RDWR)
for line in sys.argv[1:]:
    reads, says = os.pipe()
    if os.fork() == 0:
        for number in (0, 1):
            os.dup2(quiet, number)
        from painlog.cli import main
        code = main(line.split())
        folders = {each for each in sys.modules if each[:7] == "painlog" and hasattr(sys.modules[each], "__path__")}
        os.write(says, " ".join([str(code), *sys.modules.keys() - folders]).encode())
        os._exit(0)
    os.close(says)
    os.wait()
    print(os.read(reads, 2**16).decode(), flush=True)
"""


def test_no_command_loads_what_it_does_not_need(tmp_path: Path) -> None:
    """A library that one command needs would make all of them wait, if it came in with what they share."""
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "TZ": "UTC"}
    lines = [line for line, *_ in LOADS]
    ran = subprocess.run(
        [sys.executable, "-c", LOADED, *lines], env=environment, capture_output=True, text=True, check=True
    )
    found = [said.split() for said in ran.stdout.splitlines()]
    for (line, needed, most), (code, *modules) in zip(LOADS, found, strict=True):
        assert code == "0", line
        assert HEAVY & set(modules) == needed, line
        assert len(modules) <= most + NEWER, line
        if line in WITHOUT_TYPER:
            assert not FENCED & set(modules), line
        if line == "--help":
            assert [name for name in modules if name.startswith(COMMANDS)] == []


class Watched:
    """The statements that journals run while it watches, each with the steps of SQLite's machine that it took."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.steps: dict[str, int] = {}
        self._statement = ""
        opened = connection.connect
        monkeypatch.setattr(connection, "connect", lambda *given, **named: self._watch(opened(*given, **named)))

    def _watch(self, conn: sqlite3.Connection) -> sqlite3.Connection:
        conn.set_trace_callback(self._begin)
        conn.set_progress_handler(self._step, 1)
        return conn

    def _begin(self, statement: str) -> None:
        self._statement = statement
        self.steps.setdefault(statement, 0)

    def _step(self) -> int:
        self.steps[self._statement] = self.steps.get(self._statement, 0) + 1
        return 0

    def during(self, line: str, run: Run) -> dict[str, int]:
        """Return what a command line runs."""
        self.steps = {}
        assert run(*line.split()).code == 0, line
        return dict(self.steps)


DAILY = (
    *("pain 6 --note x", "undo", "redo", "dose ibuprofen 400mg", "log pain 5, mood 5", "due", "due --short"),
    *("today", "week", "list", "list --period 2026-11-18", "list --period 28d", "list --text x --period week"),
    *("report --period 28d", "report --json", "chart pain mood --period 1y", "calendar", "body", "plan"),
    *("link pain mood --period 1y", "helps"),
)


def test_the_journals_of_the_bench_are_as_painlog_writes_them(run: Run, path: Path) -> None:
    build(path, 300, NOW)
    said = run("doctor")
    assert (said.code, "all 300 follow" in said.out) == (0, True), said.out
    assert run("undo").out.count("taken back:") == 10  # a day is a command


def test_a_daily_command_takes_as_many_steps_in_a_large_journal(
    run: Run, path: Path, monkeypatch: pytest.MonkeyPatch, runs: int
) -> None:
    """A journal must feel in its tenth year as in its first. Going down a deeper tree is one step too, so none more.

    But for an id that happens to be the first or the last of all: it has nothing beside it to look at.
    """
    watched, taken = Watched(monkeypatch), []
    for entries in (10_000, 1_000_000) if runs > 1 else (4_000, 20_000):
        path.unlink(missing_ok=True)
        build(path, entries, NOW)
        taken.append({line: [*watched.during(line, run).values()] for line in DAILY})
    small, large = taken
    for line in DAILY:
        assert len(large[line]) == len(small[line]), line
        assert all(abs(more - few) <= AT_AN_END for more, few in zip(large[line], small[line], strict=True)), line


def test_no_daily_command_scans_a_table(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A statement goes through an index, or along one until it has the few rows that it asks for."""
    build(path, 300, NOW)
    watched = Watched(monkeypatch)
    seen = {statement: line for line in DAILY for statement in watched.during(line, run)}
    with closing(sqlite3.connect(path)) as conn:
        for statement, line in seen.items():
            if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
                for *_, step in conn.execute(f"EXPLAIN QUERY PLAN {statement}"):
                    stops = "INDEX" in step and "LIMIT" in statement
                    assert stops or not re.match("SCAN (entries|ops|main)", step), (line, step, statement)
