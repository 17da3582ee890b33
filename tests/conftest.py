"""Shared by all tests: a fixed clock, a fixed zone, a width of 80, and a way to run painlog in this process."""

import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from painlog.cli import main
from painlog.domain import dates

NOW = datetime.fromisoformat("2026-11-19T14:05:00+01:00")


class Ran(NamedTuple):
    """What a command line did."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]
Write = Callable[[Sequence[str]], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-readme", action="store_true", help="Write what the README's commands print into it.")
    parser.addoption("--update-golden", action="store_true", help="Write what the month's commands print into golden.")
    parser.addoption("--runs", type=int, default=1, help="How many times longer the long tests run (1 for every day).")


def pytest_configure(config: pytest.Config) -> None:
    examples = 60 * config.getoption("--runs")
    settings.register_profile("painlog", max_examples=examples, deadline=None)
    settings.load_profile("painlog")


@pytest.fixture
def runs(request: pytest.FixtureRequest) -> int:
    value: int = request.config.getoption("--runs")
    return value


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Berlin, Thursday 19 November 2026, 14:05, 80 columns, and a home of its own."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    monkeypatch.setattr(dates, "now", lambda: NOW)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("PAINLOG_JOURNAL", "PAINLOG_CONFIG", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PAINLOG_DEBUG", "1")
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set the clock to another instant."""
    return lambda text: monkeypatch.setattr(dates, "now", lambda: datetime.fromisoformat(text).astimezone())


@pytest.fixture
def steady_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same noise in every run, so that no short id is longer than usual by chance."""
    monkeypatch.setattr(os, "urandom", random.Random(7).randbytes)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "own" / "journal.db"


@pytest.fixture
def run(path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line on the test's own journal."""

    def runner(*arguments: str) -> Ran:
        capsys.readouterr()
        code = main(["--journal", str(path), *arguments])
        return Ran(code, *capsys.readouterr())

    return runner


@pytest.fixture
def write(run: Run, tmp_path: Path) -> Write:
    """Record a diary of lines in one command."""

    def writer(lines: Sequence[str]) -> None:
        text = tmp_path / "diary.txt"
        text.write_text("\n".join(lines))
        assert run("log", "--file", str(text)).code == 0

    return writer
