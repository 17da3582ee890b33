"""What is due, what TAB offers, whom to call: of use where the journal cannot be read too, and without a trace."""

import io
import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from painlog.storage.journal import Journal
from tests.cli.test_processes import environment
from tests.conftest import NOW, Once, Run
from tests.storage.test_journal import FIXTURES
from tests.support import warm

At = Callable[[str], None]
LASTING = ["sleep", "sleep quality"]
MORNING = [*LASTING, "pain"]
EVENING = ["pain (the day's average)", "pain (the day's worst)", "interference", "mood", "worry"]
NO_FORMS = "questionnaires = []\n"
TRIES = 10  # what waits for a lock does so every time, what waits for a busy machine does not


@pytest.fixture(autouse=True)
def config(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings, next to the journal: no questionnaires."""
    path.parent.mkdir()
    monkeypatch.setenv("PAINLOG_CONFIG", str(path.with_name("config.toml")))
    path.with_name("config.toml").write_text(NO_FORMS)
    return path.with_name("config.toml")


def process(path: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run painlog as a process; less than the time that it would wait for a journal."""
    settings = environment(path) | {"PAINLOG_CONFIG": str(path.with_name("config.toml"))} | more
    return warm.run(arguments, settings)


def files(path: Path) -> dict[str, bytes]:
    return {found.name: found.read_bytes() for found in path.parent.iterdir() if found.is_file()}


def questions(run: Run) -> list[str]:
    found: list[str] = json.loads(run("due", "--json").out)["due"]["questions"]
    return found


# Due


@pytest.mark.parametrize("how", [(), ("--short",)], ids=" ".join)
def test_silent_where_nothing_is_due_and_where_there_is_no_journal(how: tuple[str, ...], path: Path, run: Run) -> None:
    """A prompt shows whatever comes out."""
    before = files(path)
    ran = process(path, "due", *how)
    assert (ran.returncode, ran.stdout, ran.stderr, files(path)) == (0, "", "", before)
    run("log", "pain 6, slept 5h quality 3")
    assert run("due", *how) == (0, "", "")
    nothing: dict[str, object] = {"questions": [], "forms": [], "waiting": 0, "ahead": [], "passed": []}
    assert json.loads(run("due", "--json").out) == {"painlog": 1, "due": nothing | {"medicines": None}}


@pytest.mark.parametrize(
    ("clock", "evening", "due"),
    [
        ("2026-11-19T02:59", "18:00", LASTING + EVENING),  # of the day before
        ("2026-11-19T03:00", "18:00", MORNING),
        ("2026-11-19T11:59", "18:00", MORNING),
        ("2026-11-19T17:59", "18:00", LASTING),
        ("2026-11-19T18:00", "18:00", LASTING + EVENING),
        ("2026-11-19T18:00", "20:30", LASTING),
        ("2026-11-19T20:30", "20:30", LASTING + EVENING),
        ("2026-11-20T01:30", "20:30", LASTING + EVENING),
    ],
)
def test_evening_questions_are_due_only_from_the_evening_on(
    clock: str, evening: str, due: list[str], run: Run, at: At, config: Path
) -> None:
    run("note", "the journal begins", "--at", "1 nov")
    config.write_text(f'{NO_FORMS}evening = "{evening}"\n')
    at(f"{clock}:00+01:00")
    assert questions(run) == due
    assert run("due", "--short").out == ", ".join(due) + "\n"


def test_what_was_answered_is_forgotten_until_it_is_taken_back(run: Run, at: At) -> None:
    at("2026-11-19T18:00:00+01:00")
    open_ = LASTING + EVENING
    run("log", "yesterday", "pain 6, mood 4")
    assert questions(run) == open_
    for line, answers in (("pain 6", ["pain"]), ("mood 4 worry 3", ["mood", "worry"]), ("slept 5h", ["sleep"])):
        run("log", line)
        open_ = [name for name in open_ if name not in answers]
        assert questions(run) == open_
    run("log", "pain worst 8, pain average 5 interference 4, slept 5h quality 2, nap 20m")
    assert run("due") == (0, "", "")
    run("undo")
    assert questions(run) == open_


def test_what_is_due_is_what_checkin_asks(run: Run, at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    at("2026-11-19T19:05:00+01:00")
    lines = b"5h30\n3\n6\n7\n5\n4\n3\nibuprofen 400mg\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines)))
    assert run("checkin").code == 0
    assert run("due").out == ""


def test_medicines_are_never_named(run: Run, at: At, config: Path) -> None:
    """Nothing recorded is not the same as nothing taken."""
    config.write_text(NO_FORMS + 'evening_questions = ["dose", "mood", "note"]\n')
    run("plan", "start", "duloxetine", "60mg", "daily", "--at", "mon")
    run("dose", "ibuprofen", "400mg", "--prn", "--at", "yesterday")
    at("2026-11-19T22:00:00+01:00")
    assert questions(run) == [*LASTING, "mood"]
    for how in ((), ("--short",), ("--json",)):
        said = run("due", *how).out
        assert [word for word in ("duloxetine", "ibuprofen", "dose") if word in said] == []
    assert "medicine" not in run("due", "--short").out
    refused = run("due", "--medicines")  # into a pipe
    assert (refused.code, refused.out, "only to a terminal" in refused.err) == (2, "", True)


@pytest.mark.parametrize(
    ("form", "days", "due"),
    [
        ("peg", 6, False), ("peg", 7, True), ("peg", 30, True), ("peg", 0, False), ("peg", None, True),
        ("phq4", 13, False), ("phq4", 14, True), ("phq8", 27, False), ("phq8", 28, True), ("gad7", 27, False),
        ("gad7", 28, True), ("phq9", 27, False), ("phq9", 28, True), ("phq9 off", 28, False), ("phq9 off", None, False),
        ("phq2", 300, False), ("gad2", None, False),
    ],
)  # fmt: skip
def test_questionnaires_are_due_by_their_rhythm(
    form: str, days: int | None, run: Run, config: Path, at: Callable[[str], None], *, due: bool
) -> None:
    name = form.partition(" ")[0]
    config.write_text(f'morning_questions = []\nquestionnaires = ["{name}"]\nphq9 = true\n')
    at("2026-11-17T14:05:00+01:00")
    run("note", "the journal begins")
    at("2026-11-19T14:05:00+01:00")
    if days is not None:
        answers = ",".join("0" * {"peg": 3, "phq2": 2, "phq4": 4, "phq8": 8, "phq9": 9, "gad7": 7}[name])
        assert run("ask", name, "--answers", answers, "--at", f"{days} days ago").code == 0
    config.write_text(config.read_text().replace("true", "false" if "off" in form else "true"))
    ran = run("due")
    assert (ran.code, ran.out.count("\n"), ran.err) == (0, int(due), "")
    assert f"(painlog ask {name})" in ran.out or not due
    assert ("not filled in yet" in ran.out) is (due and days is None)
    assert run("due", "--short").out == (f"{name[:-1].upper()}-{name[-1]}\n".replace("PE-g", "PEG") if due else "")
    assert [each["questionnaire"] for each in json.loads(run("due", "--json").out)["due"]["forms"]] == [name] * due


FORMS = {"PEG": "peg", "PHQ-4": "phq4", "PHQ-8": "phq8", "GAD-7": "gad7"}


def test_questionnaires_come_from_the_third_day_on_and_one_set_of_mood_at_a_time(
    run: Run, config: Path, at: Callable[[str], None]
) -> None:
    """Whoever is handed four forms at once fills in none."""
    config.write_text("morning_questions = []\nevening_questions = []\n")

    def due(day: str) -> list[str]:
        at(f"2026-{day}T12:00:00+01:00")
        return [FORMS[title] for title in run("due", "--short").out.strip().split(", ") if title]

    def fill(name: str) -> None:
        answers = ",".join("0" * {"peg": 3, "phq4": 4, "phq8": 8, "gad7": 7}[name])
        assert run("ask", name, "--answers", answers).code == 0

    at("2026-10-01T12:00:00+01:00")
    run("pain", "3", "--at", "2026-09-01")
    assert [due("10-01"), due("10-02"), due("10-03")] == [[], [], ["peg", "phq4"]]
    fill("phq4")
    fill("peg")
    assert [due("10-03"), due("10-09"), due("10-10")] == [[], [], ["peg", "phq8", "gad7"]]
    fill("phq8")
    assert due("10-10") == ["peg", "gad7"]
    fill("gad7")
    assert [due("10-16"), due("10-17")] == [["peg"], ["peg", "phq4"]]


# What TAB offers


def offered(path: Path, words: str, shell: str = "bash") -> list[str]:
    """What a shell is told; it must hear nothing else, whatever the journal is like."""
    asked = {"_PAINLOG_COMPLETE": f"complete_{shell}", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    asked |= {"_TYPER_COMPLETE_ARGS": words, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    ran = warm.run((), environment(path) | asked)
    assert (ran.returncode, ran.stderr) == (0, "")
    return [line for line in ran.stdout.split("\n") if line]


@pytest.fixture
def lived(run: Run, path: Path, recorded_once: Once) -> Path:
    """A journal with words of the person's own, some of them not for a terminal or a shell."""
    recorded_once("lived", lambda: live(run))
    return path


def live(run: Run) -> None:
    run("log", "took ibuprofen 400mg, did ketamine infusion 40m, pain 6 trigger storms")
    for name in ("ibu\x1b[31mred", "ibu\u202eevil", "ibu\x9b1m", "ibu$(id)", "ibu`id`", "ibu;id"):
        assert run("dose", name).code == 0
    run("track", "add", "brain fog")
    run("plan", "start", "duloxetine", "60mg", "daily", "--at", "2025-01-01")
    run("plan", "goal", "Walk to the shop", "--at", "2025-01-01")
    run("plan", "start", "melatonin", "--at", "2025-01-01")
    run("plan", "stop", "melatonin", "--at", "2025-02-01")


def test_the_persons_own_words_are_offered_and_nothing_that_a_shell_would_run(lived: Path) -> None:
    before = files(lived)
    for words, expected in {
        "dose ib": ["ibu", "ibuprofen"],
        "treatment ke": ["ketamine infusion"],
        "pain --trigger sto": ["storms"],
        "log bra": ["brain fog"],
        "chart bra": ["brain_fog"],
        "track retire b": ["brain fog"],
        "plan stop ": ["duloxetine", "Walk to the shop"],
        "plan start ibup": ["ibuprofen"],
        "config set ev": ["evening", "evening_questions"],
        "ask ph": ["phq2", "phq4", "phq8", "phq9"],
        "checkin ": ["morning", "evening"],
        "list --kind bra": ["brain fog"],
    }.items():
        assert offered(lived, f"painlog {words}") == expected, words
    with Journal.open(lived, NOW) as journal:
        entries = journal.entries()
        short = journal.short_ids(entries)
    assert sorted(offered(lived, "painlog edit ")) == sorted(["last", *short.values()])
    described = offered(lived, "painlog edit ", "fish")
    assert sorted(line.partition("\t")[0] for line in described) == sorted(["last", *short.values()])
    assert set("".join(described)).isdisjoint("\x1b\x9b\u202e$`;")
    assert files(lived) == before


# A journal that is not there


def _locked(path: Path) -> None:
    """Left to ``state``, which keeps the other process."""


def _older(path: Path) -> None:
    shutil.copy(FIXTURES / "journal-v1.db", path)


def _cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


def _overwritten(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))


def _changed(path: Path, sql: str) -> None:
    conn = sqlite3.connect(path)
    conn.execute(sql)
    conn.commit()
    conn.close()


def _another_program(path: Path) -> None:
    path.unlink()
    _changed(path, "CREATE TABLE x (y)")


STATES: dict[str, Callable[[Path], object]] = {
    "missing": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "garbage": lambda path: path.write_bytes(b"\x00garbage\xff" * 500),
    "garbage after a header": lambda path: path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000),
    "cut short": _cut_short,
    "overwritten": _overwritten,
    "without its tables": lambda path: _changed(path, "DROP TABLE entries"),
    "another program's": _another_program,
    "older": _older,
    "locked": _locked,
    "with text that is no JSON": lambda path: _changed(path, "UPDATE entries SET data = '{nope'"),
}
LOCK = """
import sqlite3, sys
conn = sqlite3.connect(sys.argv[1], isolation_level=None)
conn.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def state(request: pytest.FixtureRequest, lived: Path) -> Iterator[str]:
    """Bring the journal into a state."""
    STATES[request.param](lived)
    if request.param != "locked":
        yield request.param
        return
    other = subprocess.Popen(
        [sys.executable, "-c", LOCK, str(lived)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout
    assert other.stdout.readline() == "locked\n"
    yield request.param
    other.communicate("")


STATE = pytest.mark.parametrize("state", STATES, indirect=True)


@pytest.mark.parametrize(
    "state",
    STATES,
    indirect=True,
)
def test_where_the_journal_cannot_be_read_the_built_in_words_are_offered(state: str, path: Path) -> None:
    """TAB must not print, wait, repair, or bring an older journal up to date."""
    before = files(path)
    for words, expected in {
        "dose ib": [],
        "treatment ph": ["physio"],
        "chart sleep_q": ["sleep_quality"],
        "plan stop d": [],
        "edit ": [],
    }.items():
        for _ in range(TRIES):
            start = time.monotonic()
            assert offered(path, f"painlog {words}") == expected
            if took_no_longer := time.monotonic() - start < 2:
                break
        assert state != "locked" or took_no_longer
    assert files(path) == before


@STATE
def test_help_now_needs_no_journal_and_leaves_no_trace(state: str, path: Path, config: Path) -> None:
    config.write_text('country = "DE"\ntrusted_contact = "Anna, 0151 234567"\n')
    before = files(path)
    ran = process(path, "help-now")
    assert (ran.returncode, ran.stderr, files(path)) == (0, "", before), state
    assert all(words in ran.stdout for words in ("112", "0800 111 0 111", "Anna, 0151 234567", "findahelpline.com"))
    assert (len(ran.stdout.splitlines()) <= 24, max(map(len, ran.stdout.splitlines())) <= 80) == (True, True)


@pytest.mark.parametrize(
    "settings",
    [
        {}, {"PAINLOG_CONFIG": "/nowhere/config.toml"}, {"PAINLOG_CONFIG": "/dev/null/x"}, {"PAINLOG_CONFIG": "/"},
        {"PAINLOG_JOURNAL": "~nobody-of-that-name/x"}, {"HOME": "/nowhere"}, {"TERM": "dumb", "COLUMNS": "1"},
        {"PAINLOG_CONFIG": "~nobody-of-that-name/x"},
    ],
    ids=str,
)  # fmt: skip
def test_help_now_works_whatever_is_wrong_around_it(settings: dict[str, str], path: Path, config: Path) -> None:
    config.write_text('country = "DE"\nthis is no TOML\n')
    before = files(path)
    ran = process(path, "help-now", **settings)
    assert (ran.returncode, files(path)) == (0, before)
    assert all(words in ran.stdout for words in ("call your local emergency number", "116 123", "findahelpline.com"))
    assert len(ran.stdout.splitlines()) + len(ran.stderr.splitlines()) <= 24
