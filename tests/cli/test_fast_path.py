"""What is answered without Typer: the same words and the same rows as Typer's path, or nothing done at all."""

import io
import json
import os
import random
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from painlog.cli.capture import options_of
from painlog.cli.places import CONFIG, JOURNAL, config_place, default_place, plain_place
from painlog.cli.sections import MODULES
from painlog.cli.shell import fast_answers, fast_record
from painlog.domain import clock
from painlog.domain.daily_questions import question_names
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language import dates
from painlog.domain.questionnaires import QUESTIONNAIRES
from tests.conftest import NOW, Once, Ran, Run

IN_ONE_TEST = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


# Where files are


@pytest.mark.parametrize("home", ["/home/a", "/home/a/", "/", "a", ""])
@pytest.mark.parametrize("named", [None, "", "/data", "/data/", "data", " /data", "/with space"])
def test_files_are_where_the_platform_has_them(home: str, named: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", home)
    for (variable, below, name), found in ((JOURNAL, default_place), (CONFIG, config_place)):
        if named is not None:
            monkeypatch.setenv(variable, named)
        plain = plain_place(variable, below, name)
        if plain:
            assert Path(found()) == Path(plain)
            monkeypatch.setattr("painlog.cli.places.plain_place", lambda *_: "")
            assert Path(found()) == Path(plain)
            monkeypatch.undo()
            monkeypatch.setenv("HOME", home)
        assert bool(plain) == (home[:1] == "/" and (named or "/")[0] == "/"), (home, named)


# Recording


WORDS = ("6", "5.5", "0", "10", "11", "-1", "x", "5h30", "23:20-06:50", "knee", "low back left", "note", "-", "", "--")
VALUES = (
    *WORDS,
    "low back left",
    "knee_r:4",
    "burning",
    "heat,rest",
    "yesterday 22:00",
    "2h ago",
    "9:15",
    "ümläut",
    "ö\n",
)
KNOWN = [name for name, module in MODULES.items() if module == "kind_commands"]
FLAGS = sorted({option.flag for name in KNOWN if name in KINDS for option in options_of(KINDS[name])})
ODD = ("--help", "-h", "--at", "--second", "--secon", "--note", "--journal", "--plain", "--version", "--worst=1", "-n")


@st.composite
def command_lines(draw: st.DrawFn) -> list[str]:
    """Record commands, most of them as people write them."""
    line = [draw(st.sampled_from((*KNOWN, *KNOWN, "pain", "mood", "dose", "due", "log")))]
    own = [option.flag for option in options_of(KINDS[line[0]])] if line[0] in KINDS else FLAGS
    line += draw(st.lists(st.sampled_from(WORDS[:6]), max_size=1))
    for flag in draw(st.lists(st.sampled_from((*own, *own, "--at", "--note", *ODD)), max_size=3)):
        value = draw(st.sampled_from((*VALUES, "5", "5", "6")))
        line += draw(st.sampled_from(([flag, value], [flag, value], [f"{flag}={value}"], [flag], [value, flag])))
    return line


@pytest.fixture
def lived(run: Run, path: Path, recorded_once: Once) -> Path:
    """A journal with a few days in it."""
    lines = ("yesterday", "pain 4 knee, mood 5, slept 6h"), ("2 days ago", "pain 3, worst pain 7 --note x, flare start")
    recorded_once("lived at once", lambda: [run("log", *line) for line in lines])
    return path


class Both:
    """Runs a command line as it is run, and through Typer alone, each on a copy of a journal."""

    def __init__(self, run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.run, self.path, self.monkeypatch, self.kept = run, path, monkeypatch, path.read_bytes()
        self.plainly = 0

    def __call__(self, line: Sequence[str]) -> tuple[bool, Ran]:
        """Return whether a line is read plainly, and what it did, having compared all words and rows."""
        read: list[bool] = []

        def recorded(words: Sequence[str], real: Callable[[Sequence[str]], bool] = fast_record.try_to_record) -> bool:
            read.append(True)
            read[0] = real(words)
            return read[0]

        outcome, through_typer = self._once(line, recorded), self._once(line, lambda _: False)
        assert outcome == through_typer, line
        self.plainly += read[0]
        return read[0], outcome[0]

    def _once(self, line: Sequence[str], recorded: Callable[[Sequence[str]], bool]) -> tuple[Ran, list[Any]]:
        self.path.write_bytes(self.kept)
        with self.monkeypatch.context() as patched:
            patched.setattr(os, "urandom", random.Random(7).randbytes)
            patched.delenv("PAINLOG_DEBUG")
            patched.setattr(fast_record, "try_to_record", recorded)
            patched.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"from standard input")))
            ran = self.run(*line)
        with closing(sqlite3.connect(self.path)) as conn:
            rows = [conn.execute(f"SELECT * FROM {table}").fetchall() for table in ("ops", "entries", "meta")]
        return ran, rows


@pytest.fixture
def both(run: Run, lived: Path, monkeypatch: pytest.MonkeyPatch) -> Both:
    return Both(run, lived, monkeypatch)


@IN_ONE_TEST
@given(line=command_lines())
def test_what_is_read_plainly_is_recorded_and_answered_as_through_typer(line: list[str], both: Both) -> None:
    both(line)


def test_most_of_such_lines_are_read_plainly(both: Both) -> None:
    """Else the property above would hold of nothing."""
    lines: list[list[str]] = []

    @settings(max_examples=60, database=None, derandomize=True)
    @given(line=command_lines())
    def drawn(line: list[str]) -> None:
        lines.append(line)

    drawn()
    assert sum(both(line)[0] for line in lines) > len(lines) / 4


@pytest.mark.parametrize(
    ("line", "plain", "code"),
    [
        (["pain", "6"], True, 0),
        (["pain", "6", "--note", "x"], True, 0),
        (["pain", "--note=x", "6"], True, 0),
        (["pain", "6", "--note", "x", "--note", "y"], False, 2),  # the first would be lost
        (["pain", "6", "--where", "low back left", "--quality", "burning", "--quality", "dull"], True, 0),
        (["pain", "6", "low", "back", "left"], True, 0),
        (["pain", "7", "--worst", "--at", "yesterday 22:00"], True, 0),
        (["pain", "5", "--at", "2026-10-25 02:30", "--second"], True, 0),
        (["mood", "4", "--worry", "6"], True, 0),
        (["sleep", "23:20-06:50", "--quality", "2"], True, 0),
        (["note", "Long drive"], True, 0),
        (["pain", "11"], True, 2),  # the refusal is the same one
        (["pain"], True, 2),
        (["pain", "6", "--where", "nowhere"], True, 2),
        (["pain", "-1"], False, 2),
        (["pain", "6", "--note", "-"], False, 0),
        (["pain", "6", "--note", "-x"], False, 0),
        (["pain", "6", "--note"], False, 2),
        (["pain", "6", "--not", "x"], False, 2),
        (["pain", "6", "--worst=1"], False, 2),
        (["pain", "--", "6"], False, 0),
        (["pain", "--help"], False, 0),
        (["--plain", "pain", "6"], False, 0),
        (["dose", "ibuprofen", "400mg"], True, 0),
        (["interference", "5"], False, 0),
        (["pian", "6"], False, 2),
        ([], False, 0),
    ],
    ids=lambda line: " ".join(line) if isinstance(line, list) else None,
)
def test_which_lines_are_read_plainly(line: list[str], code: int, both: Both, *, plain: bool) -> None:
    read, ran = both(line)
    assert (read, ran.code) == (plain, code), ran


# Due, in a prompt


@pytest.fixture
def plain(lived: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The journal as its own environment names it."""
    monkeypatch.setenv("PAINLOG_JOURNAL", str(lived))
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return lived


def told(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[bool, str]:
    capsys.readouterr()
    done = fast_answers.try_to_answer(words)
    out, err = capsys.readouterr()
    assert (err, out if not done else "") == ("", "")
    return done, out


ANSWERS = ("pain 6", "pain worst 8", "pain average 5", "mood 4", "mood 4 worry 3", "interference 5", "slept 5h")
DAY_ANSWERS = st.lists(st.sampled_from((*ANSWERS, "slept 5h quality 2", "nap 20m", "worry 2", "note x")), max_size=6)


class Day(NamedTuple):
    """The time of day, what was recorded today and yesterday, and how many days ago which form was filled in."""

    clock: tuple[int, int]
    today: list[str]
    before: list[str]
    forms: list[tuple[str, int]]


DAYS = st.builds(
    Day,
    st.tuples(st.integers(0, 23), st.sampled_from((0, 1, 59))),
    *(DAY_ANSWERS, DAY_ANSWERS),
    st.lists(st.tuples(st.sampled_from(("peg", "phq4", "phq8", "gad7")), st.integers(0, 40)), max_size=4),
)


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    def set_(now: datetime) -> None:
        for module in (dates, clock):
            monkeypatch.setattr(module, "now", lambda: now)

    return set_


@IN_ONE_TEST
@given(day=DAYS)
@example(day=Day((14, 5), [], [], []))
@example(day=Day((14, 5), [], [], [("peg", 6), ("phq4", 14), ("phq8", 27), ("gad7", 29)]))
@example(day=Day((14, 5), [], [], [("peg", 7), ("phq4", 13), ("phq8", 28), ("gad7", 28)]))
def test_due_is_what_due_says(
    day: Day, run: Run, plain: Path, set_clock: Callable[[datetime], None], capsys: pytest.CaptureFixture[str]
) -> None:
    plain.unlink()
    set_clock(datetime(2026, 11, 21, *day.clock).astimezone())
    run("note", "the journal begins", "--at", "1 nov")
    for when, what in (("yesterday", day.before), ("now", day.today)):
        for each in what:
            assert run("log", when, each).code == 0
    for form, days in day.forms:
        answers = ",".join("0" * {"peg": 3, "phq4": 4, "phq8": 8, "gad7": 7}[form])
        assert run("ask", form, "--answers", answers, "--at", f"{days} days ago").code == 0
    assert told(["due", "--short"], capsys) == (True, run("due", "--short").out)


def with_settings(text: str) -> None:
    place = Path(plain_place(*CONFIG))
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)


NAMED = st.lists(st.sampled_from(sorted(question_names([]))), max_size=6, unique=True)
SET = st.fixed_dictionaries(
    {},
    optional={
        "day_starts": st.sampled_from(("00:00", "03:00", "04:30", "12:00")),
        "evening": st.sampled_from(("00:00", "17:59", "18:00", "23:59")),
        "morning_questions": NAMED,
        "evening_questions": NAMED,
        "questionnaires": st.lists(st.sampled_from(sorted(QUESTIONNAIRES)), max_size=4, unique=True),
        "phq9": st.booleans(),
    },
)


@IN_ONE_TEST
@given(day=st.tuples(SET, st.integers(0, 23), DAY_ANSWERS))
@example(day=({"phq9": True, "questionnaires": ["phq9"]}, 14, []))
@example(day=({"phq9": False, "questionnaires": ["phq9", "peg"]}, 14, []))
@example(day=({"morning_questions": ["Pain-now", "Sleep quality"]}, 8, []))
@example(day=({"day_starts": "04:30", "evening_questions": ["pain_least"]}, 4, ["pain least 2"]))
def test_due_is_what_due_says_with_settings(
    day: tuple[dict[str, Any], int, list[str]],
    run: Run,
    plain: Path,
    set_clock: Callable[[datetime], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings_, hour, said = day
    plain.unlink(missing_ok=True)
    set_clock(datetime(2026, 11, 21, hour, 20).astimezone())
    with_settings("".join(f"{name} = {json.dumps(value)}\n" for name, value in settings_.items()))
    for each in ("note the journal begins", *said):
        assert run("log", "now", each).code == 0
    assert told(["due", "--short"], capsys) == (True, run("due", "--short").out)


@pytest.mark.parametrize(
    "text",
    [
        *("day_starts = 25", "evenin = '19:00'", "evening = ", "\xff", "morning_questions = ['steps taken']"),
        *("morning_questions = ['my own measure']", "[table]\nevening = '19:00'"),
    ],
)
def test_settings_that_are_not_plain_are_for_all_else(
    text: str, plain: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert plain.exists()
    with_settings("")
    assert told(["due", "--short"], capsys)[0]
    with_settings(text)
    Path(plain_place(*CONFIG)).write_bytes(text.encode("latin-1"))
    assert told(["due", "--short"], capsys) == (False, "")
    assert run("due", "--short").code == 0


def older(path: Path) -> None:
    path.write_bytes((Path(__file__).parents[1] / "fixtures" / "journal-v1.db").read_bytes())


def changed(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute(sql).fetchall()


def a_directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


STATES: dict[str, Callable[[Path], object]] = {
    "older": older,
    "newer": lambda path: changed(path, "PRAGMA user_version = 9"),
    "another program's": lambda path: changed(path, "PRAGMA application_id = 5"),
    "in WAL mode": lambda path: changed(path, "PRAGMA journal_mode = WAL"),
    "encrypted": lambda path: path.write_bytes(random.Random(7).randbytes(8192)),
    "empty": lambda path: path.write_bytes(b""),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:8192]),
    "damaged": lambda path: path.write_bytes(path.read_bytes()[:4096] + b"\xff" * (path.stat().st_size - 4096)),
    "without tables": lambda path: changed(path, "DROP TABLE entries"),
    "with text that is no JSON": lambda path: changed(path, "UPDATE entries SET data = '{', day = '2026-11-19'"),
    "of two names": lambda path: os.link(path, path.with_name("other.db")),
    "a link": lambda path: path.symlink_to(path.rename(path.with_name("other.db"))),
    "a directory": a_directory,
    "a pipe": lambda path: os.mkfifo(path.rename(path.with_name("other.db")).with_name(path.name)),
}


@pytest.mark.parametrize("state", STATES)
def test_what_is_not_plain_is_left_as_it_is_with_nothing_said(
    state: str, plain: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told(["due", "--short"], capsys)[0]
    STATES[state](plain)
    monkeypatch.setenv("_PAINLOG_ASKS", "dose:name")
    before = {each.name: each.read_bytes() for each in plain.parent.iterdir() if each.is_file()}
    assert told(["due", "--short"], capsys) == (False, "")
    monkeypatch.setenv("_PAINLOG_COMPLETE", "complete_bash")
    if state != "with text that is no JSON":  # there is no dose in it
        assert told([], capsys) == (False, "")
    assert {each.name: each.read_bytes() for each in plain.parent.iterdir() if each.is_file()} == before


def test_while_another_process_writes_all_else_answers(plain: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(plain, isolation_level=None)) as conn:
        conn.execute("BEGIN EXCLUSIVE")
        assert told(["due", "--short"], capsys) == (False, "")


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize(
    "settings_",
    [
        {"PAINLOG_JOURNAL": "~/journal.db"},
        {"PAINLOG_CONFIG": "~nobody-there/config.toml"},
        {"_PAINLOG_COMPLETE": "complete_bash"},
    ],
    ids=str,
)
def test_an_unusual_environment_is_for_all_else(
    settings_: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told(["due", "--short"], capsys)[0]
    for name, value in settings_.items():
        monkeypatch.setenv(name, value)
    assert told(["due", "--short"], capsys) == (False, "")


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize("named", ["{}", "/nowhere/config.toml", "nowhere.toml", "~/.config/painlog/config.toml"])
def test_settings_are_looked_for_where_every_command_does(
    named: str, run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_settings("questionnaires = ['gad7']")
    (tmp_path / "other.toml").write_text("questionnaires = ['phq8']")
    monkeypatch.setenv("PAINLOG_CONFIG", named.format(tmp_path / "other.toml"))
    assert told(["due", "--short"], capsys) == (True, run("due", "--short").out)


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize(
    "words", [["due"], ["due", "--short", "--json"], ["--plain", "due", "--short"], [], ["--help"]]
)
def test_other_lines_are_for_all_else(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert told(words, capsys) == (False, "")


def test_without_a_journal_nothing_is_due(plain: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain.unlink()
    assert told(["due", "--short"], capsys) == (True, "")
    assert not plain.exists()
