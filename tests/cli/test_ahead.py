"""What lies ahead: arranged, shown, closed by doing, cancelling or passing, and never counted as lived."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from painlog.domain.language.times_ahead import parse_ahead
from painlog.errors import BadInput
from tests.conftest import NOW, Run

At = Callable[[str], None]
Type = Callable[..., None]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("20 dec 10:30", ("2026-12-20 10:30", 0)),  # now it is Thu 19 Nov 2026, 14:05
        ("2026-12-20 10:30", ("2026-12-20 10:30", 0)),
        ("2026-12-20T10:30", ("2026-12-20 10:30", 0)),
        ("10 jan", ("2027-01-10", 0)),
        ("thu 10:00", ("2026-11-26 10:00", 0)),
        ("thu 16:00", ("2026-11-19 16:00", 0)),
        ("tue 10:00", ("2026-11-24 10:00", 0)),
        ("next Tue 10:00", ("2026-11-24 10:00", 0)),
        ("tomorrow", ("2026-11-20", 0)),
        ("tomorrow at 9:00", ("2026-11-20 09:00", 0)),
        ("16:30", ("2026-11-19 16:30", 0)),
        ("9:00", ("2026-11-20 09:00", 0)),
        ("in 3 weeks", ("2026-12-10", 0)),
        ("in a week 8:15", ("2026-11-26 08:15", 0)),
        ("every tue 10:00", ("2026-11-24 10:00", 1)),
        ("every 2 weeks tue 10:00", ("2026-11-24 10:00", 2)),
        ("every other fri", ("2026-11-20", 2)),
        ("29 feb", ("2028-02-29", 0)),
    ],
)
def test_a_time_ahead_is_the_next_such_one(text: str, found: tuple[str, int]) -> None:
    read = parse_ahead(text, NOW)
    assert (read.text, read.weeks) == found


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("18 nov 2026", "is not ahead: it was on Wed 18 Nov"),
        ("today 14:00", "is not ahead"),
        ("yesterday", "is not ahead"),
        ("2h ago", "does not say when it will be"),
        ("", "does not say when it will be"),
        ("every", "does not say when it will be"),
        ("soon", "does not say when it will be"),
        ("31 feb", "does not exist"),
        ("3/4", "which is the month?"),
        ("2046-11-19", "more than five years ahead"),
        ("every 99 weeks tue", "1 to 52 weeks"),
    ],
)
def test_what_is_no_time_ahead_is_refused_in_a_sentence(text: str, why: str) -> None:
    with pytest.raises(BadInput, match=why.replace("?", r"\?")):
        parse_ahead(text, NOW)


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def test_it_is_shown_until_it_is_done_cancelled_or_passed(run: Run, at: At) -> None:
    """Each of the three ways takes a day away, and no other day with it."""
    run("visit", "plan", "Dr", "Weber", "24", "nov", "10:30")
    run("visit", "plan", "Dr Lee", "20 nov 9:00")
    run("treatment", "physio", "--ahead", "every tue 10:00")
    tuesday, lee = "Tue 24 Nov 10:00 physio, every week", "tomorrow Fri 20 Nov 09:00 Dr Lee"
    assert lines(run("plan").out) == ["AHEAD", lee, tuesday, "Tue 24 Nov 10:30 Dr Weber"]
    assert lines(run("due").out)[-1] == lee  # what is further off is not due
    assert "Dr Lee" not in run("due", "--short").out
    run("treatment", "physio", "--ahead", "24 nov", "--cancelled")
    assert "Tue 1 Dec 10:00 physio, every week" in lines(run("plan").out)
    run("undo")
    at("2026-11-24T18:00:00+01:00")
    assert "Dr Lee was on Fri 20 Nov 09:00; nothing is recorded of it (painlog visit done)" in lines(run("due").out)
    run("log", "did physio 45m helped 6")
    run("visit", "dr weber", "--at", "10:30")
    run("visit", "Dr Lee", "--at", "20 nov 9:00")
    assert lines(run("plan").out)[1:] == ["Tue 1 Dec 10:00 physio, every week"]
    run("treatment", "physio", "--ahead", "every tue", "--cancelled")
    assert "your plan is empty" in run("plan").err
    at("2026-12-24T18:00:00+01:00")
    assert "physio" not in run("due").out + run("plan").out


def test_it_is_refused_in_one_sentence(run: Run) -> None:
    run("visit", "plan", "Dr Weber", "24 nov 10:30")
    for words, why in (
        (("visit", "plan", "Dr Lee", "--cancelled"), "what lies ahead is Dr Weber"),
        (("visit", "plan", "Dr Weber", "25 nov", "--cancelled"), "but for Tue 24 Nov"),
        (("visit", "plan", "Dr Weber"), "when will it be?"),
        (("visit", "plan", "Dr Weber", "24 nov", "--at", "today"), "stands after the name"),
        (("visit", "Dr Weber", "--cancelled"), "goes with painlog visit plan"),
        (("treatment", "physio", "--ahead", "tue", "--helped", "6"), "does not go with --ahead"),
        (("treatment", "physio", "--ahead", "tue", "--scheduled"), "painlog: --scheduled does not go with --ahead"),
        (("treatment", "physio", "--at", "24 nov 10:00"), "is ahead"),  # the rule stays for all else
        (("visit", "Dr Weber", "--at", "24 nov"), "is ahead"),
    ):
        ran = run(*words)
        assert (ran.code, ran.out, why in ran.err) == (2, "", True), ran.err


LIVED = (
    *("report --json --period all", "report --period all", "chart pain --period 7d", "calendar pain", "body"),
    *("export csv --layout daily --period 7d", "export fhir --period all", "week --json"),
)


def _without_its_name(text: str) -> str:
    """An export without the name of its own, which is another one after every change."""
    return re.sub(r"urn:uuid:[0-9a-f-]{36}", "", text, count=1)


def test_it_never_counts_as_lived(run: Run, path: Path) -> None:
    """Figures, calendars and tables are the same with and without it; the two whole exports have it by its kind."""
    for day in range(1, 5):
        run("log", f"{day} days ago pain {day} low back, mood 5, did physio 30m")
    before = {line: _without_its_name(run(*line.split()).out) for line in LIVED}
    run("visit", "plan", "Dr Weber", "20 dec 10:30")
    run("treatment", "physio", "--ahead", "every tue 10:00", "--note", "bring shoes")
    for line, was in before.items():
        assert _without_its_name(run(*line.split()).out) == was, line
    assert "no visit is recorded yet" in run("report", "--period", "since-last-visit").err
    table = run("export", "csv", "--layout", "long", "--period", "all").out
    assert {row.split(",")[2] for row in table.splitlines() if "Weber" in row} == {"appointment"}
    assert '"appointment"' in run("export", "jsonl").out
    with closing(sqlite3.connect(path)) as journal:
        assert journal.execute("SELECT count(*) FROM treatment").fetchone() == (4,)
        assert journal.execute("SELECT max(day) FROM daily").fetchone()[0] <= "2026-11-19"


def test_a_visit_is_prepared(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("visit", "Dr Weber", "--at", "5 nov 10:30")
    for day in range(29):  # 14 days before the visit and 15 from it on
        run("pain", str(7 if day > 14 else 4), "--at", f"{day} days ago")
    run("visit", "plan", "Dr Weber", "24 nov 10:30")
    for number in range(1, 5):
        run("ask-doctor", f"Question {number}?")
    run("plan", "start", "duloxetine", "60mg", "daily")
    ran = run("visit", "prepare")
    shown = lines(ran.out)
    assert shown[:6] == [
        "NEXT VISIT Dr Weber, Tue 24 Nov 10:30",
        "TO ASK (the marked ones first)",
        *(f"> {number}. Question {number}?" for number in range(1, 4)),
        "4. Question 4?",
    ]
    assert shown[6] == "WHAT CHANGED since Thu 5 Nov"
    assert shown[7].startswith("pain: 4.0, was 7.0 (better;")
    assert "Thu 19 Nov plan start: duloxetine 60 mg, once a day" in shown
    assert "Question 1?" in (tmp_path / "painlog-2026-11-05-to-2026-11-19.html").read_text()
    assert "--force writes over it" in run("visit", "prepare").err


def test_a_visit_is_gone_through_in_one_command(run: Run, at: At, type_lines: Type) -> None:
    """Answers, what was agreed and the changes of the plan are one undo; what nobody answered is not lost."""
    run("plan", "start", "duloxetine", "60mg", "daily", "--at", "1 nov")
    run("visit", "plan", "Dr Weber", "20 nov 10:30")
    for text in ("May I drive?", "Why at night?", "Is it safe?"):
        run("ask-doctor", text)
    at("2026-11-20T12:00:00+01:00")
    type_lines("After a week", "", "-", "change duloxetine 30mg", "more walking", "start gabapentin 300mg daily")
    before = run("plan", "--help").code, run("plan", "show", "--json").out
    ran = run("visit", "done")
    assert (ran.code, "1 without an answer: kept for the next visit" in ran.err) == (0, True), ran.err
    visit = json.loads(run("list", "--kind", "visit", "--json").out)["entries"][0]
    assert (visit["fields"], visit["at"]) == ({"who": "Dr Weber"}, "2026-11-20T09:30:00Z")
    assert [line[-13:] for line in run("ask-doctor").out.splitlines()] == ["Why at night?"]
    page = json.loads(run("report", "--json").out)["report"]
    assert page["answered"] == [{"question": "May I drive?", "answer": "After a week"}]
    assert page["agreed"] == ["change duloxetine 30mg", "more walking", "start gabapentin 300mg daily"]
    assert [each["text"] for each in page["plan_changes"]] == [
        "plan change: duloxetine 30 mg",
        "plan start: gabapentin 300 mg, once a day",
    ]
    assert "May I drive? – After a week" in run("report").out
    assert "drive" not in run("report", "--redact", "notes").out
    run("undo")
    assert (0, run("plan", "show", "--json").out) == before
    assert len(run("ask-doctor").out.splitlines()) == 3
    assert run("redo").code == 0
    assert len(run("ask-doctor").out.splitlines()) == 1


@pytest.mark.parametrize("when", ["19 nov 16:00", "19 nov", "19 nov 14:05"])
def test_a_visit_before_its_hour_or_without_one_has_its_answers_on_the_page(
    when: str, run: Run, type_lines: Type
) -> None:
    """It is asked about at the very minute of the questions, which are closed; the one kept is asked next time."""
    assert run("visit", "plan", "Dr Weber", when).code == 0
    for text in ("May I drive?", "Why at night?"):
        run("ask-doctor", text)
    type_lines("After a week", "", "rest more")
    ran = run("visit", "done", "Dr Weber")
    assert (ran.code, "1 without an answer" in ran.err) == (0, True)
    page = json.loads(run("report", "--json").out)["report"]
    assert (page["questions"], page["agreed"], page["visited"]) == (["Why at night?"], ["rest more"], "2026-11-19")
    assert page["answered"] == [{"question": "May I drive?", "answer": "After a week"}]


def test_what_cannot_be_changed_is_said_while_it_can_be_mended(run: Run, type_lines: Type) -> None:
    type_lines("stop nothing")
    ran = run("visit", "done", "Dr Weber")
    assert (ran.code, "'nothing' is not in your plan" in ran.err) == (2, True)
    type_lines("")
    assert "who was it with?" in run("visit", "done").err
    assert run("list").out == ""


def test_another_device_and_the_clocks_leave_the_hour_as_it_is_there(run: Run, at: At) -> None:
    """Half past ten at the clinic is half past ten there, whatever the offset was when it was arranged."""
    at("2026-10-20T14:05:00+02:00")
    run("visit", "plan", "Dr Weber", "30 oct 10:30")
    at("2026-10-30T08:00:00+01:00")
    assert "today Fri 30 Oct 10:30 Dr Weber" in lines(run("due").out)
