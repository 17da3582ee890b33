"""Questions for the next appointment, visits, and the time since the last one."""

import csv
import io
import json
import re
import sqlite3
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from painlog.domain.entries import Entry
from painlog.domain.kinds.registry import KINDS
from painlog.domain.kinds.visits import last_visit, open_questions
from painlog.domain.language.dates import present
from painlog.domain.periods import Period, parse_period
from painlog.errors import BadInput
from tests.cli.test_commands import HOSTILE
from tests.conftest import NOW, Run
from tests.support.reading import parse_line, sentences

TODAY = NOW.date()
BASE = present(NOW)
KEPT = Period(date(2026, 2, 3), TODAY)


def entry(kind: str, when: str) -> Entry:
    """An entry of a day, or of an instant: ``11-18`` or ``11-18 10:30``, with its ``when`` as its id."""
    at = datetime.fromisoformat(f"2026-{when}:00+01:00") if " " in when else None
    day = at.date() if at else date.fromisoformat(f"2026-{when}")
    data = {"note": "May I?"} if kind == "ask-doctor" else {"who": "Dr Weber"}
    return Entry(when, kind, day, at, "Europe/Berlin", data, NOW, TODAY, KINDS[kind])


def listed(run: Run) -> list[str]:
    """The texts of the open questions, a line each."""
    return [re.sub(r"^\[[0-9a-f]{4,12}\]  \w+ \d+ \w+  ", "", line) for line in run("ask-doctor").out.splitlines()]


def newest(run: Run) -> str:
    found = json.loads(run("list", "--period", "all", "--json").out)["entries"]
    return str(max(each["id"] for each in found))


# What is open


@pytest.mark.parametrize(
    ("asked", "visits", "still_open"),
    [
        ((), ("11-18",), ()),
        (("11-17", "11-18 09:00"), (), ("11-17", "11-18 09:00")),
        (("11-17 09:00", "11-17 10:00"), ("11-18 10:30",), ()),
        (("11-17",), ("11-18 10:30",), ()),
        (("11-17 09:00",), ("11-18",), ()),
        (("11-18 10:00", "11-18 11:00"), ("11-18 10:30",), ("11-18 11:00",)),
        (("11-18 10:30",), ("11-18 10:30",), ("11-18 10:30",)),
        (("11-18 10:00",), ("11-18",), ("11-18 10:00",)),
        (("11-18",), ("11-18 10:30",), ("11-18",)),
        (("11-18",), ("11-18",), ("11-18",)),
        (("11-19",), ("11-18 10:30",), ("11-19",)),
        (("11-10", "11-15", "11-19"), ("11-12", "11-17"), ("11-19",)),
        (("11-10",), ("11-17", "11-02"), ()),
    ],
)
def test_a_question_is_open_until_a_visit_was_after_it(
    asked: tuple[str, ...], visits: tuple[str, ...], still_open: tuple[str, ...]
) -> None:
    questions = [entry("ask-doctor", when) for when in asked]
    found = open_questions(questions, [entry("visit", when) for when in visits])
    assert tuple(each.id for each in found) == still_open


def test_instants_decide_whatever_the_offsets_say() -> None:
    """Asked at 20:00 in Tokyo, seen at 14:00 in Berlin: two hours after, though the clock showed less."""
    asked = entry("ask-doctor", "11-18")._replace(at=datetime.fromisoformat("2026-11-18T20:00:00+09:00"))
    assert open_questions([asked], [entry("visit", "11-18 14:00")]) == []
    assert open_questions([asked], [entry("visit", "11-18 11:00")]) == [asked]


@pytest.mark.parametrize(("until", "day"), [("2026-11-01", None), ("2026-11-05", "11-05"), ("2026-11-30", "11-17")])
def test_the_last_visit_is_the_last_one_up_to_a_day(until: str, day: str | None) -> None:
    visits = [entry("visit", when) for when in ("11-02", "11-05", "11-17")]
    found = last_visit(visits, date.fromisoformat(until))
    assert (found.id if found else None) == day


# The period


@pytest.mark.parametrize(
    ("visited", "start"), [("2026-11-05", "2026-11-05"), ("2026-11-19", "2026-11-19"), ("2026-11-20", "2026-11-19")]
)
def test_since_last_visit_begins_on_its_day(visited: str, start: str) -> None:
    found = parse_period(" Since-Last-Visit ", TODAY, KEPT, date.fromisoformat(visited))
    assert found == Period(date.fromisoformat(start), TODAY)


def test_without_a_visit_one_sentence_says_how_to_record_one(run: Run) -> None:
    with pytest.raises(BadInput, match="no visit is recorded yet; painlog visit"):
        parse_period("since-last-visit", TODAY, KEPT)
    for command in ("report", "list", "chart pain", "link", "plan show", "export csv"):
        ran = run(*command.split(), "--period", "since-last-visit")
        assert (ran.code, ran.out) == (2, ""), command
        assert (
            ran.err
            == 'painlog: no visit is recorded yet; painlog visit "Dr Weber" --at "yesterday 10:30" records one\n'
        )


def test_every_command_with_a_period_knows_it(run: Run) -> None:
    run("pain", "3", "--at", "4 nov")
    run("visit", "Dr Weber", "--at", "5 nov 10:30")
    run("pain", "7", "--at", "5 nov")
    assert "5 – 19 Nov 2026 (15 days)" in run("report", "--period", "since-last-visit").out
    shown = run("list", "--period", "since-last-visit").out
    assert ("pain 7" in shown, "pain 3" in shown) == (True, False)
    for command in ("chart pain", "link", "plan show", "export csv", "export csv --layout daily"):
        assert run(*command.split(), "--period", "since-last-visit").code == 0, command
    assert "since-last-visit" in run("list", "--period", "soon").err
    assert "since-last-visit" in run("help", "dates").out


def test_a_period_follows_visits_that_are_deleted_and_added(run: Run) -> None:
    run("visit", "Dr Weber", "--at", "5 nov")
    run("visit", "Dr Weber", "--at", "mon")
    run("pain", "3")
    report = ("report", "--period", "since-last-visit")
    assert "16 – 19 Nov 2026" in run(*report).out
    run("undo")
    run("undo")
    run("pain", "3")
    assert "5 – 19 Nov 2026" in run(*report).out


def test_the_word_is_offered_at_tab() -> None:
    from painlog.cli.look.list_show import list_
    from painlog.cli.shell.completion import fixed_words

    (option,) = list_.__annotations__["period"].__metadata__
    assert option.autocompletion("since") == fixed_words("since-last-visit")("") == ["since-last-visit"]


# The commands


def test_two_questions_are_listed_with_ids_that_edit_and_delete_take(run: Run) -> None:
    for text in ("Can I take the evening dose earlier?", "How long may I sit?"):
        assert run("ask-doctor", text).code == 0
    first, second = run("ask-doctor").out.splitlines()
    assert re.fullmatch(r"\[[0-9a-f]{4,12}\]  Thu 19 Nov  Can I take the evening dose earlier\?", first)
    assert run("edit", second[1:5], "--set", "note=How long may I stand?").code == 0
    assert listed(run)[1] == "How long may I stand?"
    assert "How long may I sit?" in run("history", second[1:5]).out
    assert run("show", second[1:5]).out.splitlines()[2].split() == ["question", "How", "long", "may", "I", "stand?"]
    assert run("delete", first[1:5]).code == 0
    assert listed(run) == ["How long may I stand?"]


def test_a_visit_closes_what_was_asked_before_it_and_says_so(run: Run, at: Callable[[str], None]) -> None:
    run("ask-doctor", "first")
    run("ask-doctor", "second", "--at", "mon")
    at("2026-11-19T16:00:00+01:00")
    visit = run("visit", "Dr", "Weber", "--note", "up to 60 mg")
    assert visit.out.startswith("visit Dr Weber, up to 60 mg   Thu 19 Nov 16:00")
    assert visit.err == ("note: 2 questions from before this visit are closed (painlog list --kind\nask-doctor)\n")
    assert run("ask-doctor").err.startswith("no open questions; painlog ask-doctor ")
    at("2026-11-19T17:00:00+01:00")
    run("ask-doctor", "after it")
    assert listed(run) == ["after it"]
    assert run("list", "--kind", "ask-doctor").out.count("ask doctor:") == 3
    assert run("visit", "Dr Weber", "--at", "10 nov").err == ""


def test_a_deleted_visit_opens_its_questions_again_and_so_does_undo(run: Run, at: Callable[[str], None]) -> None:
    run("ask-doctor", "first")
    at("2026-11-20T16:00:00+01:00")
    run("visit", "Dr Weber")
    assert listed(run) == []
    run("undo")
    assert listed(run) == ["first"]
    run("redo")
    assert listed(run) == []
    run("delete", newest(run))
    assert listed(run) == ["first"]
    run("undo")
    run("edit", newest(run), "--at", "18 nov")
    assert listed(run) == ["first"]


def test_the_last_visit_is_said_with_whom_and_how_long_ago(run: Run) -> None:
    assert run("visit").err == 'no visit is recorded yet; painlog visit "Dr Weber" --at "yesterday 10:30" records one\n'
    run("visit", "Dr Weber", "--at", "5 nov")
    run("visit", "physio", "--at", "wed 09:00")
    assert re.fullmatch(r"visit physio   Wed 18 Nov 09:00 \(1 day ago\)   \[[0-9a-f]{4,12}\]\n", run("visit").out)
    run("visit", "Dr Weber and the nurse")
    assert "visit Dr Weber and the nurse   Thu 19 Nov 14:05 (today)" in run("visit").out


def test_looking_alone_makes_no_journal(run: Run, path: Path) -> None:
    assert (run("ask-doctor").code, run("visit").code) == (0, 0)
    assert not path.parent.exists()


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["ask-doctor", ""], "question is empty"),
        (["ask-doctor", "  "], "question is empty"),
        (["ask-doctor", "--at", "mon"], "ask doctor needs some words, for example: painlog ask-doctor"),
        (["ask-doctor", "x" * 1_000_001], "1,000,001 characters long; at most 1,000,000"),
        (["visit", ""], "the name is empty; write one"),
        (["visit", "--at", "mon"], "visit needs a name, for example: painlog visit"),
        (["visit", "--note", "was long"], "visit needs a name"),
        (["visit", "x" * 81], "name is at most 80 characters, not 81"),
        (["visit", "Dr Weber", "--at", "tomorrow"], "ahead; dates look back"),
        (["visit", "Dr Weber", "--at", "15:00"], None),
        (["visit", "tomorrow"], "the name is empty; write one"),
        (["visit", "Monday"], "the name is empty; write one"),
        (["visit", "Dr Weber tomorrow"], "tomorrow is ahead"),
        (["visit", "Dr", "Weber", "tomorrow"], "tomorrow is ahead"),
        (["log", "visit"], "visit needs a name"),
        (["log", "ask doctor:"], "question is empty"),
    ],
    ids=lambda value: " ".join(value)[:30] if isinstance(value, list) else "",
)
def test_what_is_no_question_and_no_visit_changes_nothing(
    command: list[str], says: str | None, run: Run, path: Path
) -> None:
    """None: it is taken, 15:00 as yesterday's."""
    run("pain", "6")
    before = path.read_bytes()
    ran = run(*command)
    if says is None:
        assert ran.code == 0
        return
    assert (ran.code, ran.out, sentences(ran.err)) == (2, "", 1)
    assert says in ran.err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ask doctor: Can I swim?", [("ask-doctor", {"note": "Can I swim?"})]),
        ("ask doctor Can I swim, and how far?", [("ask-doctor", {"note": "Can I swim, and how far?"})]),
        ("ask-doctor: Can I swim?", [("ask-doctor", {"note": "Can I swim?"})]),
        ("ask doctor: may I drive, took the bus", [("ask-doctor", {"note": "may I drive, took the bus"})]),
        ("ask doctor: was it right, visit was short", [("ask-doctor", {"note": "was it right, visit was short"})]),
        ("ask doctor: Can I swim?, pain 4", [("ask-doctor", {"note": "Can I swim?"}), ("pain", {"score": 4})]),
        ('ask doctor: "dose, pain 4"', [("ask-doctor", {"note": "dose, pain 4"})]),
        ("visit Dr Weber", [("visit", {"who": "Dr Weber"})]),
        (
            "visit my physio note new stretches, mood 5",
            [("visit", {"who": "physio", "note": "new stretches"}), ("mood", {"score": 5})],
        ),
        ("pain 4, visit Dr Weber", [("pain", {"score": 4}), ("visit", {"who": "Dr Weber"})]),
    ],
)
def test_a_clause_of_an_appointment_is_read(text: str, found: list[tuple[str, dict[str, Any]]]) -> None:
    assert [(made.kind.name, made.data) for made in parse_line(text, BASE, NOW)] == found


def test_a_question_comes_from_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the shell's history."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("für mich,\nzwei Zeilen".encode())))
    assert run("ask-doctor", "-").code == 0
    assert listed(run) == ["für mich, / zwei Zeilen"]


# Hostile and long


def test_no_text_of_an_appointment_reaches_the_terminal_raw(run: Run) -> None:
    run("ask-doctor", HOSTILE)
    id_ = run("ask-doctor").out[1:5]
    ran = [run("ask-doctor"), run("visit", HOSTILE[:40]), run("visit"), run("list"), run("today"), run("show", id_)]
    ran += [run("report"), run("undo"), run("redo"), run("export", "csv", "--period", HOSTILE)]
    for each in ran:
        assert set(each.out + each.err).isdisjoint("\x1b\x07\x9b\u202e\x00")
    assert "[/b]" in ran[0].out
    assert all(each.code == 0 for each in ran[:-1])


def test_a_very_long_question_is_kept_whole_and_shown_in_part(run: Run) -> None:
    run("ask-doctor", "why " * 250_000)
    shown = run("ask-doctor").out
    assert (len(shown) < 700, shown.rstrip().endswith("…")) == (True, True)
    assert max(len(line) for line in shown.splitlines()) <= 80
    found = json.loads(run("list", "--kind", "ask-doctor", "--json").out)["entries"]
    assert len(found[0]["fields"]["note"]) == 999_999


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "-1+1"])
def test_no_question_opens_as_a_formula(text: str, run: Run) -> None:
    assert run("log", f"ask doctor: {text}").code == 0
    assert run("visit", "--", f"{text} x").code == 0
    (question, visit) = exported(run, "--with-notes")
    assert question["note"] == f"'{text}"
    assert visit["text_value"] == f"'{text} x"


# What leaves


def exported(run: Run, *more: str) -> list[dict[str, str]]:
    out = run("export", "csv", "--no-bom", *more).out
    return sorted(csv.DictReader(io.StringIO(out, newline="")), key=lambda row: row["kind"])


def test_a_question_leaves_with_the_notes_only(run: Run) -> None:
    run("ask-doctor", "a private question")
    run("visit", "Dr Weber", "--note", "a private answer")
    assert [(row["variable"], row["text_value"], row["note"]) for row in exported(run)] == [("who", "Dr Weber", "")]
    assert "2 notes were left out" in run("export", "csv").err
    with_notes = [(row["kind"], row["variable"], row["note"]) for row in exported(run, "--with-notes")]
    assert with_notes == [("ask-doctor", "note", "a private question"), ("visit", "who", "a private answer")]


def test_the_daily_table_and_the_figures_leave_appointments_out(run: Run) -> None:
    """What was asked and who was seen says nothing of how a day was."""
    run("pain", "5", "--at", "mon")
    run("log", "tue ask doctor: a private question")
    run("log", "tue visit Dr Weber note a private answer")
    daily = run("export", "csv", "--layout", "daily", "--with-notes")
    assert "private" not in daily.out
    assert run("export", "csv", "--layout", "daily").err == ""
    report = run("report").out
    assert "1 of 4 days logged" in report
    assert ("MY QUESTIONS  1. a private question" in report, "Tue 17 Nov  visit: a private answer" in report) == (
        True,
        True,
    )


def test_the_views_hold_both(run: Run, path: Path) -> None:
    run("ask-doctor", "May I?")
    run("visit", "Dr Weber", "--note", "yes")
    conn = sqlite3.connect(path)
    assert conn.execute("SELECT note FROM ask_doctor").fetchall() == [("May I?",)]
    assert conn.execute("SELECT who, note FROM visit").fetchall() == [("Dr Weber", "yes")]
    conn.close()


def test_the_demo_has_a_visit_and_an_open_question() -> None:
    from painlog.domain.demo import demo_drafts

    made = {draft.kind.name: draft for draft in demo_drafts(NOW)}
    assert made["visit"].day < made["ask-doctor"].day
