"""Shared by all tests: a fixed clock, a fixed zone, a width of 80, and a way to run painlog in this process."""

import gc
import io
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from painlog.cli import main
from painlog.cli.sections import MODULES, SECTIONS
from painlog.domain import clock
from painlog.domain.kinds.registry import KINDS
from painlog.storage import schema
from painlog.storage.log.changes import new_device
from tests import clocks
from tests.support import warm

NOW = datetime.fromisoformat("2026-11-19T14:05:00+01:00")
MEMORY_NEEDED = 2**30
TOGETHER = ("test_page_html.py", "test_page_browser.py", "test_the_source_is_clean")  # each on one worker, and first
_REAL_MIGRATE = schema.migrate
_BUILT: dict[str, bytes] = {}


class Ran(NamedTuple):
    """What a command line did."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]
Device = Run  # on another journal
Write = Callable[[Sequence[str]], None]
Once = Callable[[str, Callable[[], object]], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-readme", action="store_true", help="Write what the README's commands print into it.")
    parser.addoption("--backwards", action="store_true", help="Run the last test first.")
    parser.addoption("--runs", type=int, default=1, help="How many times longer the long tests run (1 for every day).")


def pytest_configure(config: pytest.Config) -> None:
    """Set how many examples a property has, which, and where the tests' files are kept.

    A Ctrl-C that a test types must reach painlog, also where the suite runs in the background. Files are kept in
    memory, where there is plenty: a journal waits for the disk at every command, and no test pulls the plug. As many
    workers as processors need no further threads for their numbers.
    """
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # begun with & in a script: what it begins inherits that
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if "TMPDIR" not in os.environ and _roomy(Path("/dev/shm")):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", "/dev/shm")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    examples = 60 * config.getoption("--runs")
    slow = [HealthCheck.too_slow]  # says how busy the machine is
    same = config.getoption("--runs") == 1  # one run is the same everywhere; longer ones look for what is new
    settings.register_profile(
        "painlog", max_examples=examples, deadline=None, suppress_health_check=slow, derandomize=same
    )
    settings.load_profile("painlog")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--backwards"):
        items.reverse()


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays to the end anyway: the modules and the tests."""
    gc.collect()
    gc.freeze()


def _roomy(place: Path) -> bool:
    """Whether there is room for a browser's files, and scripts may run; in a container there often is neither."""
    if not os.access(place, os.W_OK) or shutil.disk_usage(place).free < MEMORY_NEEDED:
        return False
    return not os.statvfs(place).f_flag & getattr(os, "ST_NOEXEC", 0)


def pytest_sessionfinish() -> None:
    warm.close()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep on one worker what shares pages or a browser, and hand out all else one by one, so that none waits."""
    from xdist.scheduler import LoadScopeScheduling

    class Sharing(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return next((name for name in TOGETHER if name in nodeid), nodeid)

    return Sharing(config, log) if config.getvalue("dist") == "load" else None


@pytest.fixture
def runs(request: pytest.FixtureRequest) -> int:
    value: int = request.config.getoption("--runs")
    return value


@pytest.fixture
def report(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Say what a long test counted: at the end of a run, of those that are run long."""
    return lambda text: record_property("counted", text)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if config.getoption("--runs") > 1:
        for done in terminalreporter.getreports("passed"):
            for _, text in done.user_properties:
                terminalreporter.write_line(str(text))


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Berlin, Thursday 19 November 2026, 14:05, here and in every process; 80 columns, and a home of its own.

    A test that leaves something behind for the next one fails.
    """
    before = _shared()
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(subprocess.Popen, "__init__", clocks.begin)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("PAINLOG_JOURNAL", "PAINLOG_CONFIG", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"):  # no test reaches the machine's own timers or desktop
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PAINLOG_DEBUG", "1")
    yield
    monkeypatch.undo()
    time.tzset()
    assert _shared() == before, "the test left something behind"


def _shared() -> dict[str, object]:
    """What all tests of a worker share, as far as one can change it for another."""
    mask = os.umask(0o077)
    os.umask(mask)
    kept = {name: text for name, text in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    sections = {title: dict(names) for title, names in SECTIONS.items()}
    found = {"environment": kept, "directory": str(Path.cwd()), "umask": mask, "path": [*sys.path]}
    return found | {"kinds": dict(KINDS), "modules": dict(MODULES), "sections": sections}


@pytest.fixture(scope="session")
def fresh_journal() -> Iterator[sqlite3.Connection]:
    """A journal that has taken every step from nothing, made once a worker."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    _REAL_MIGRATE(conn, Path(":memory:"))
    yield conn
    conn.close()


@pytest.fixture(autouse=True)
def quick_journals(
    request: pytest.FixtureRequest, fresh_journal: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Begin journals in this process as a copy of one that took the steps, each with a device name of its own.

    Not in the tests of the journal itself, which are marked ``migrates``, nor in processes: there the steps are taken.
    An older or foreign file takes the steps everywhere.
    """
    if request.node.get_closest_marker("migrates"):
        return

    def migrate(conn: sqlite3.Connection, path: Path) -> None:
        if conn.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
            _REAL_MIGRATE(conn, path)
            return
        fresh_journal.backup(conn)
        conn.execute("UPDATE meta SET value = ? WHERE name = 'device'", (new_device(),))

    monkeypatch.setattr(schema, "migrate", migrate)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set the clock to another instant."""
    return lambda text: monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat(text).astimezone())


@pytest.fixture
def steady_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same noise in every run, so that no short id is longer than usual by chance."""
    monkeypatch.setattr(os, "urandom", random.Random(7).randbytes)


class Screen(SingleFileSnapshotExtension):
    """A screen as a text file of its own, so that a difference reads as the screen does."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """What was looked at once and is kept word for word, in ``golden`` beside the test."""
    return snapshot.use_extension(Screen)


class Terminal:
    """Somebody who types: what they will type, and what they were asked."""

    def __init__(self) -> None:
        self.there, self.types, self.asked = True, list[str](), list[str]()

    def __call__(self, question: str) -> str:
        self.asked.append(question)
        return self.types.pop(0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "own" / "journal.db"


@pytest.fixture
def any_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take any name for a measure, as one may come from another device: what is typed here is refused."""
    monkeypatch.setattr("painlog.cli.record.track._check_name", lambda *_: None)


@pytest.fixture
def run(path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line on the test's own journal."""

    def runner(*arguments: str) -> Ran:
        capsys.readouterr()
        code = main(["--journal", str(path), *arguments])
        return Ran(code, *capsys.readouterr())

    return runner


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder that two devices share."""
    folder = tmp_path / "shared"
    folder.mkdir()
    return folder


@pytest.fixture
def other(run: Run, tmp_path: Path) -> Device:
    """Run a command line on the other device's journal."""
    return lambda *arguments: run("--journal", str(tmp_path / "other.db"), *arguments)


@pytest.fixture
def recorded_once(path: Path) -> Once:
    """Have the test's journal built by a function once a worker, and begin from a copy of it after that."""

    def once(name: str, build: Callable[[], object]) -> None:
        if name not in _BUILT:
            build()
            _BUILT[name] = path.read_bytes()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(0o600)
            path.write_bytes(_BUILT[name])

    return once


@pytest.fixture
def type_lines(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have these lines come from a pipe."""

    def typed(*lines: str) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("".join(f"{line}\n" for line in lines).encode())))

    return typed


@pytest.fixture
def write(run: Run, tmp_path: Path) -> Write:
    """Record a diary of lines in one command."""

    def writer(lines: Sequence[str]) -> None:
        text = tmp_path / "diary.txt"
        text.write_text("\n".join(lines))
        assert run("log", "--file", str(text)).code == 0

    return writer
