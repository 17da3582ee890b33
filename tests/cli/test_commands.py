"""Command lines as people type them: what they print, what they refuse, what they leave behind."""

import csv
import io
import json
import random
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path

import pytest
import typer
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from painlog.cli.sections import MODULES
from painlog.cli.typer_adapter import explain_refusal
from painlog.domain.invisible_characters import HIDDEN
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.measures import TRACKED
from painlog.domain.kinds.registry import KINDS, VERBS
from painlog.domain.variables import variables
from painlog.errors import BadInput
from painlog.view.terminal import term
from tests.conftest import Ran, Run
from tests.storage.test_journal import folds
from tests.support import command_lines
from tests.support.reading import sentences
from tests.support.terminals import typed

HOSTILE = "[/b] \x1b[31mred\x1b]52;c;x\x07 \x9b1m \u202eevil =cmd|' /C calc'!A0 </td><script>"


def entries(run: Run) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run("list", "--period", "all", "--json").out)["entries"]
    return found


def test_the_first_entry_just_works_and_says_where_the_journal_is(run: Run, path: Path) -> None:
    first = run("pain", "6", "--where", "low back left", "--quality", "burning")
    assert first.code == 0
    assert first.out == (
        f"pain 6, low back LEFT, burning              Thu 19 Nov 14:05   [{short(run)}]\n"
        "today 6 · last 7 days: 1 of 7 days so far   undo: painlog undo\n"
    )
    assert first.err == f"Your journal begins: {path} (only you can read it)\n"
    assert run("pain", "5").err == ""


def short(run: Run) -> str:
    return str(entries(run)[-1]["id"])[-12:][:4]


def test_the_reply_gives_the_week_where_enough_days_are_logged(run: Run) -> None:
    for day, score in (("mon", 4), ("tue", 6), ("wed", 5)):
        run("pain", str(score), "--at", day)
    assert "today 7 · last 7 days 5.5 (4 of 7 days)" in run("pain", "7").out


def test_an_earlier_days_entry_is_set_beside_the_days_up_to_it_in_one_clause(run: Run) -> None:
    for day, score in (("12 nov", "2"), ("13 nov", "6"), ("14 nov", "4")):
        shown = run("pain", score, "--at", day).out
    assert "pain 4 on Sat 14 Nov, recorded on 3 of the 7 days up to then" in shown
    shown = run("pain", "8", "--at", "15 nov").out
    assert "pain 8 on Sun 15 Nov, average 5.0 on 4 of the 7 days up to then" in shown


def test_a_second_average_of_a_day_is_said_with_what_counts(run: Run) -> None:
    assert "mean counts" not in run("pain", "5", "--average").err
    assert "average pain 2 times, so their mean counts, 6" in run("pain", "7", "--average").err
    assert run("pain", "4").err == run("mood", "4").err == ""


def test_options_reach_the_entry(run: Run) -> None:
    run(
        *(
            "pain",
            "7",
            "--worst",
            "--where",
            "left knee:8, neck",
            "--where",
            "other:scar",
            "--trigger",
            "sitting,stress",
        ),
        *("--relief", "heat", "--eased", "30%", "--interference", "4", "--note", "long day", "--at", "yesterday 22:00"),
    )
    (entry,) = entries(run)
    assert (entry["day"], entry["at"], entry["utc_offset"]) == ("2026-11-18", "2026-11-18T21:00:00Z", 60)
    assert entry["fields"] == {
        "score": 7,
        "rating": "worst",
        "where": {"knee_l": 8, "neck": None, "other:scar": None},
        "trigger": ["sitting", "stress"],
        "relief": ["heat"],
        "eased": 30,
        "interference": 4,
        "note": "long day",
    }


def test_a_note_comes_from_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Private words need not go through the shell's history."""
    commands = (
        *(("note", "-"), ("pain", "6", "--note", "-"), ("ask", "peg", "--answers", "1,2,3", "--note", "-")),
        *(("track", "add", "fog", "--note", "-"), ("plan", "start", "physio", "--note", "-")),
    )
    for command in commands:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("für mich,\nzwei Zeilen".encode())))
        assert run(*command).code == 0, command
    notes = [entry["fields"]["note"] for entry in entries(run)]  # type: ignore[index]
    assert notes == ["für mich,\nzwei Zeilen"] * len(commands)


def test_a_note_never_looks_like_a_rating(run: Run) -> None:
    """Words that were kept beside the numbers must not be taken for one of them, where they are recorded or listed."""
    for said in (run("note", "pain 9"), run("list"), run("--plain", "list"), run("today")):
        assert "note: pain 9" in said.out
    assert run("edit", "last", "note", "--set", "note=mood 8").out.startswith("changed: note: mood 8")


def test_a_note_and_answers_do_not_both_come_from_one_pipe(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"1\n2\n3\nfor me\n")))
    ran = run("ask", "peg", "--note", "-")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "painlog: --note - reads what the answers are read from; give them with --answers\n"


def test_an_empty_note_is_refused_before_the_first_question(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"1\n2\n3\n")))
    assert run("ask", "peg", "--note", " ").err == "painlog: note is empty; write the text after it\n"


def test_words_behind_a_value_are_read_as_log_reads_them(run: Run) -> None:
    assert "pain 6, knee LEFT, burning" in run("pain", "6", "left", "knee", "burning").out
    assert "sleep 23:20-06:50 (7 h 30), sleep quality 2" in run("sleep", "23:20-06:50", "quality", "2").out
    assert "sleep 5 h 30" in run("sleep", "5", "h", "30", "--at", "yesterday").out


def test_a_day_or_a_time_that_lies_far_back_is_said(run: Run) -> None:
    """A date that is ahead is never taken for last year's; a time of day is the last such, which is said."""
    assert (
        "2 dec is ahead; dates look back, and last year's takes its year: 2 dec 2025"
        in run("visit", "Dr Weber", "--at", "2 dec 9:00").err
    )
    assert "note: taken as Wed 18 Nov 23:59" in run("pain", "6", "--at", "23:59").err
    assert run("pain", "6", "--at", "12 sep").err == run("pain", "6", "--at", "07:30").err == ""
    assert run("pain", "6", "--at", "2 dec 2025").err == run("pain", "6", "--at", "300 days ago").err == ""


def test_a_time_behind_a_commands_value_is_when_it_was(run: Run) -> None:
    assert run("pain", "6", "yesterday").code == 0
    assert run("pain", "5", "yesterday", "20:00").code == 0
    assert [entry["day"] for entry in entries(run)] == ["2026-11-18", "2026-11-18"]


def test_words_after_note_need_no_quotes(run: Run) -> None:
    run("note", "Long", "drive", "-", "bad")
    assert entries(run)[0]["fields"] == {"note": "Long drive - bad"}


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["pain", "12"], "pain is 0 to 10, not 12"),
        (["pain", "six"], "pain is a number, 0 to 10; 'six' is not one"),
        (["mood", "-1"], "mood is 0 to 10, not -1"),
        (["pain", "nan"], "pain is 0 to 10, not nan"),
        (["pain", "-inf"], "there is no option -i; painlog pain --help lists them"),
        (["pain", ""], "is not one"),
        (["pain"], "for example: painlog pain 6"),
        (["pain", "6", "7"], "what is 7?"),
        (["dose", "2", "paracetamol", "500mg"], "2 of 500 mg each, or 500 mg in all?"),
        (["pain", "6", "--worst", "--least"], "--worst does not go with --least"),
        (["sleep", "26h"], "sleep is 0 to 24 h, not 26h"),
        (["sleep", "23:00-22:00", "--waso", "30h"], "more than 16 h"),
        (["sleep", "23:00-22:00"], "more than 16 h"),
        (["sleep", "23:00-07:00", "--bed", "23:30"], "in bed from 23:30 to 07:00 is 31 h 30, more than 16 h"),
        (["sleep", "23:00-07:00", "--up", "06:45"], "in bed from 23:00 to 06:45 is 31 h 45, more than 16 h"),
        (["pain", "6", "--at", "tomorrow"], "ahead"),
        (["pain", "6", "--at", ""], "--at is empty"),
        (["pain", "6", "--where", "left hip, knee"], "may be one side or both"),
        (["pain", "6", "--at", "31 Feb"], "'31 feb' is a date that does not exist"),
        (["pain", "6", "--where", "kne"], "did you mean knee, knee_l, knee_r?"),
        (["pain", "6", "--wher", "knee"], "there is no option --wher; did you mean --where?"),
        (["pain", "6", "--where"], "--where needs a value"),
        (["pian", "6"], "'pian' is not a command\n  painlog log pain 6"),
        (["migrane", "7"], "'migrane' is not a command\n  painlog log migraine 7"),
        (["migrane", "7", "couldn't sleep"], """painlog log 'migraine 7 couldn'"'"'t sleep'"""),
        (["pain", "6", "--interference", "3", "--interference=5"], "--interference is given twice; leave one of"),
        (["list", "--period", "28d", "--period", "1y"], "--period is given twice"),
        (["track", "add", "fog\x1b[2J"], "a name has letters and no control characters"),
        (["note"], "note needs some words, for example: painlog note"),
        (["note", "  "], "note is empty"),
        (["note", "x" * 1_000_001], "1,000,001 characters long; at most 1,000,000"),
        (["log"], "say what to record"),
        (["log", "--file", "october.txt", "pain", "6"], "--file does not go with words on the line; leave one of"),
        (["flare"], "flare needs start or end, for example: painlog flare start"),
        (["goal", "--note", "x"], "goal needs done, partly or not, for example: painlog goal done"),
        (["dose", "--before", "7"], "dose needs a medicine, for example: painlog dose"),
        (
            ["dose", "ibuprofen", "-5"],
            "5 with a sign before it: of which unit, mg?\n  painlog log dose ibuprofen 5 tablets",
        ),
        (["dose", "ibuprofen", "-400mg"], "-400 mg: an amount is more than 0\n  painlog log dose ibuprofen 400 mg\n"),
        (["plan", "start", "x", "5mg", "0", "times", "a", "day"], "plan start duloxetine 60mg daily\n"),
        (["plan", "change", "zopiclone", "0mg"], "amount is more than 0 and at most 100,000 mg, not 0\n"),
        (
            ["plan", "start", "prednisolone", "5mg", "every", "0", "hours"],
            "every 0 hours: how often is that? write daily",
        ),
        (
            ["plan", "start", "prednisolone", "5mg", "every", "5", "hours"],
            "every 5 hours: how often is that? write daily",
        ),
        (["log", "ألم 7"], "is no measure painlog knows\n  painlog track add 'ألم'\n"),
        (["log", "slept 30h"], "sleep is 0 to 24 h, not 30 h"),
        (["activity", "45m", "--steps", "99999999"], "not 99,999,999"),
        (["help", "pian"], "did you mean pain, plan?"),
        (["pause", "99999d"], "1 to 366"),
        (["log", "back hurts a lot"], "hurts: how much, 0 to 10?"),
        (["dose", ""], "the medicine is empty; write one"),
        (["dose", "ibuprofen", "1.000", "mg"], "amount: 1.000 could be thousands or a fraction; write 1000 or 1"),
        (["activity", "--steps", "2,500"], "steps: 2,500 could be thousands or a fraction; write 2500 or 2.5"),
        (["track", "add", "fog", "--low", ""], "the meaning of 0 is empty; write one"),
        (["checkin", "noon"], "a part of the day is morning or evening, not 'noon'"),
        (["link", "pain", "modo", "fog"], "link takes two different things, such as painlog link pain worry"),
        (
            ["list", "--from", "mon", "--to", "8 nov"],
            "--from Mon 16 Nov is after --to Sun 8 Nov; --from is the first day",
        ),
        (["list", "--period", "1850"], "'1850' begins before 1900; is the year right?"),
        (["list", "--period", "999y"], "'999y' begins before 1900; name a shorter period"),
        (["list", "--period", "3000y"], "'3000y' begins before 1900; name a shorter period"),
        (["list", "--period", "50000d"], "'50000d' begins before 1900; name a shorter period"),
        (["list", "--period", "99999w"], "'99999w' begins before 1900; name a shorter period"),
        (["pain", "6", "--worst=3"], "--worst takes no value"),
        (["plan", "foo"], "'foo' is not a command of painlog plan; painlog plan --help lists them"),
        (["plan", "shw"], "'shw' is not a command of painlog plan; did you mean show?"),
        (["plan", "start"], "NAME is missing; painlog plan start --help shows how"),
        (["plan", "start", "goal", "walk"], "a goal is set with: painlog plan goal walk"),
        (["plan", "start", "medicine", "x", "--support"], "--medicine does not go with --support"),
        (["show", "a", "b"], "'a' is too short for an id, of 4 letters or more; painlog list shows them"),
        (["due", "b"], "'b' is one word too many; painlog due --help shows how"),
        (["due", "b", "c"], "'b c' are words too many; painlog due --help shows how"),
        (["report", "--redact", "all"], "--redact is notes, names or both, not 'all'"),
        (["report", "--format", "doc"], "'doc' is not a format; there are text, markdown, html, pdf, json"),
        (["report", "-o", "x.doc"], "'.doc' is not a format; end the file's name in .txt, .md, .html, .pdf or .json,"),
        (["log", "pain", "12"], "pain is 0 to 10, not 12"),
        (["show", "zzz"], "is not an id"),
        (["show", "abcd"], "no entry has the id"),
        (["delete", "abcd"], "no entry has the id"),
        (["delete"], "which entry? painlog list shows their ids; last, or last and a kind, is the one recorded last"),
        (["list", "--period", "soon"], "is not a period"),
        (["list", "--period", "week", "--from", "today"], "does not go with"),
        (["list", "--kind", "joy"], "'joy' is not a kind of entry"),
        (["chart", "joy"], "painlog keeps numbers of"),
        (["chart", "pain", "sleep", "awakenings"], "room for two scales"),
        (["chart", "pain", "--rolling", "1d"], "--rolling is 2 to 365 days, such as 7d, not '1d'"),
        (["report", "--from", "today", "--to", "yesterday"], "is after"),
        (["export", "xlsx"], "'xlsx' is not a command of painlog export"),
        (["export", "csv", "--layout", "wide"], "'wide' is not a layout"),
        (["help", "nothing"], "no help on 'nothing'"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else "",
)
def test_wrong_input_gets_one_sentence_and_changes_nothing(command: list[str], says: str, run: Run, path: Path) -> None:
    run("pain", "6")
    before = path.read_bytes()
    ran = run(*command)
    assert ran.code == 2
    assert says in ran.err
    assert command[0] != "plan" or "painlog log" not in ran.err, "a line of log records no plan"
    assert (ran.out, sentences(ran.err), ran.err[:9]) == ("", 1, "painlog: ")
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", [name for name in KINDS if name != TRACKED.name])
def test_what_lacks_its_main_field_is_refused_with_a_line_of_a_command_that_there_is(name: str, run: Run) -> None:
    """Else who emptied a field would be sent to a command such as ``painlog stock``."""
    with pytest.raises(BadInput, match=f"for example: painlog {KINDS[name].command} ") as refused:
        KINDS[name].check({})
    assert "  " not in str(refused.value)
    assert run(*KINDS[name].command.split(), "--help").code == 0


def test_what_typer_refuses_is_said_as_painlog_says_it() -> None:
    """A value that Typer refuses, which none of painlog's options has, and a sentence that is not in the table."""
    assert explain_refusal(typer.BadParameter("'x' is not one", param_hint="--size")) == "--size: 'x' is not one"
    assert explain_refusal(typer.BadParameter("no")) == "Invalid value: no"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("check-in --help", "checkin --help"),
        ("check in --help", "checkin --help"),
        ("in-box --help", "inbox --help"),
        ("helpnow", "help-now"),
        ("help now", "help-now"),
        ("help check-in", "help checkin"),
        ("askdoctor --help", "ask-doctor --help"),
        ("ask doctor --help", "ask-doctor --help"),
        ("went well --help", "went-well --help"),
    ],
)
def test_a_hyphen_more_or_less_leaves_a_command_itself(said: str, written: str, run: Run) -> None:
    assert run(*said.split()) == run(*written.split())


def test_wrong_input_before_the_first_entry_makes_no_journal(run: Run, path: Path) -> None:
    assert run("pain", "12").code == 2
    assert not path.parent.exists()


def test_nothing_to_undo_is_said(run: Run) -> None:
    run("pain", "6")
    assert run("undo").out.startswith("taken back: pain 6")
    assert (run("undo").code, run("redo").code, run("redo").code) == (1, 0, 1)
    assert run("redo").err == "painlog: there is nothing to redo\n"


def test_delete_asks_from_four_on(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A question that nobody is there to answer was left open, and the command ended as if it was interrupted."""
    for score in range(1, 6):
        run("pain", str(score))
    ids = [str(entry["id"]) for entry in entries(run)]
    code, shown = typed(path, [("[y/N]: ", "n\n")], "delete", *ids)
    assert code == 1
    assert "Delete 5 entries? [y/N]: n" in shown
    assert "nothing was deleted" in shown
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert run("delete", *ids) == Ran(2, "", "painlog: nobody is here to be asked; --yes does it\n")
    assert len(entries(run)) == 5
    assert run("delete", *ids, "--yes").code == 0
    assert run("delete", ids[0]).err == "painlog: this entry is deleted: pain 1 (painlog undo may bring it back)\n"
    run("undo")
    assert len(entries(run)) == 5
    assert run("delete", ids[0][-12:][:6], ids[0]).out.count("deleted:") == 1


def test_an_hour_that_came_twice_is_said_and_can_be_chosen(run: Run, at: Callable[[str], None]) -> None:
    at("2026-10-25T12:00:00+01:00")
    ran = run("pain", "6", "--at", "02:30")
    assert "note: 02:30 came twice" in ran.err
    run("pain", "7", "--at", "02:30", "--second")
    assert [e["at"] for e in entries(run)] == ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"]
    assert "02:30" in run("list").out


@pytest.mark.parametrize(
    "words",
    [
        ("ask", "peg", "--answers", "1,2,3"),
        ("same", "pain", "8"),
        ("plan", "start", "physio", "weekly"),
        ("goal", "done"),
        ("plan", "goal", "done"),
    ],
    ids=" ".join,
)
def test_each_command_says_how_it_took_a_time_and_names_only_an_option_that_it_has(
    words: tuple[str, ...], run: Run, at: Callable[[str], None]
) -> None:
    run("plan", "goal", "Water the plants", "--at", "2026-10-01")
    assert "note: taken as Wed 18 Nov 23:00\n" in run(*words, "--at", "23:00").err
    at("2026-10-25T12:00:00+01:00")
    said = run(*words, "--at", "02:30").err
    assert "note: 02:30 came twice on Sun 25 Oct 2026; using the first" in said
    assert ("--second" in said) == (words[0] == "goal")


def test_a_check_in_says_how_it_took_a_time(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("3\n"))
    assert "note: taken as Wed 18 Nov 23:00\n" in run("checkin", "evening", "--at", "23:00").err


def test_a_night_after_midnight_belongs_to_the_evening_before(run: Run, at: Callable[[str], None]) -> None:
    at("2026-11-20T01:30:00+01:00")
    assert "Fri 20 Nov 01:30 (day of Thu 19 Nov)" in run("pain", "6").out
    assert entries(run)[0]["day"] == "2026-11-19"
    assert "01:30+1" in run("today").out


def test_the_day_turns_over_when_the_person_says(run: Run, at: Callable[[str], None]) -> None:
    assert run("config", "set", "day_starts", "05:00").code == 0
    at("2026-11-19T04:30:00+01:00")
    run("pain", "6")
    run("log", "pain 5, note late")
    assert {entry["day"] for entry in entries(run)} == {"2026-11-18"}
    assert "1 of 7 days so far" in run("pain", "4").out
    assert "2026-11-18,Wed,5," in run("export", "csv", "--layout", "daily").out
    assert run("help", "dates").code == 0


def test_a_broken_settings_file_is_said_and_stops_nothing(run: Run, tmp_path: Path) -> None:
    config = tmp_path / "home" / ".config" / "painlog" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('country = "DE"\nday_starts = 25\nevenning = "18:00"\n')
    ran = run("pain", "6")
    assert ran.code == 0
    assert "painlog: config.toml line 2: day_starts is a time of day from 00:00 to 12:00, not 25\n" in ran.err
    assert "painlog: config.toml line 3: 'evenning' is not a setting; did you mean evening?\n" in ran.err
    assert "0800 111 0 111" in run("help-now").out


def test_log_reads_a_file_as_one_command(run: Run, tmp_path: Path) -> None:
    diary = tmp_path / "diary.txt"
    diary.write_text("# a diary\n2026-11-01 20:07 pain 8 knee\n2026-11-01 20:08 mood 2.5\nyesterday note Tired\n")
    preview = run("log", "--file", str(diary), "--dry-run")
    assert preview.out.splitlines() == [
        "Sun 1 Nov 20:07  pain 8, knee",
        "Sun 1 Nov 20:08  mood 2.5",
        "Wed 18 Nov  note: Tired",
        "3 entries (1 pain, 1 mood, 1 note); nothing was recorded (--dry-run)",
    ]
    assert entries(run) == []
    assert run("log", "--file", str(diary)).code == 0
    assert len(entries(run)) == 3
    assert run("undo").code == 0
    assert entries(run) == []


def test_another_time_in_a_dated_line_of_a_file_is_of_its_day(run: Run, tmp_path: Path) -> None:
    diary = tmp_path / "diary.txt"
    diary.write_text("2026-11-01 09:00 pain 8, mood 2 at 20:15\n2026-11-03 pain 4, mood 5 at 19:30\n")
    assert run("log", "--file", str(diary), "--dry-run").out.splitlines()[:4] == [
        "Sun 1 Nov 09:00  pain 8",
        "Sun 1 Nov 20:15  mood 2",
        "Tue 3 Nov  pain 4",
        "Tue 3 Nov 19:30  mood 5",
    ]


def test_log_writes_what_is_not_clear_to_a_file_and_records_the_rest(run: Run, tmp_path: Path) -> None:
    """Nothing of the text is lost: what is not recorded stands in the file, each line after its question."""
    diary, later = tmp_path / "diary.txt", tmp_path / "later.txt"
    diary.write_text("pain 5\npain 5-6\nmood 3\nwent for tea\n")
    ran = run("log", "--file", str(diary), "--ask-later", str(later), "--dry-run")
    assert (ran.code, entries(run), later.exists()) == (0, [], False)
    assert run("log", "--file", str(diary), "--ask-later", str(later)).code == 0
    assert [entry["kind"] for entry in entries(run)] == ["pain", "mood"]
    assert [line for line in later.read_text().splitlines() if line[0] != "#"] == ["pain 5-6", "went for tea"]
    assert "# which is meant, 5 or 6?" in later.read_text()
    assert run("log", "--file", str(diary), "--ask-later", str(later)).code != 0
    assert len(entries(run)) == 2
    diary.write_text("went for tea\n")
    ran = run("log", "--file", str(diary), "--ask-later", str(tmp_path / "rest.txt"))
    assert f"no entries in {diary}" in " ".join(ran.err.split())


def test_log_refuses_a_file_whole_and_names_each_line(run: Run, tmp_path: Path) -> None:
    diary = tmp_path / "diary.txt"
    diary.write_text("pain 5\npain 15\nmood 3\n31 feb pain 3\n" + "nonsense\n" * 30)
    ran = run("log", "--file", str(diary))
    assert ran.code == 2
    lines = ran.err.splitlines()
    assert lines[0] == "painlog: 32 of 34 lines are not understood, so nothing was recorded"
    assert lines[1] == "line 2: pain is 0 to 10, not 15"
    assert lines[2].startswith("line 4: '31 feb'")
    assert lines[-1] == "and 12 more"
    assert entries(run) == []


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("pain 5 note schön".encode(), 0),
        (b"\xef\xbb\xbfpain 5 note " + "schön".encode(), 0),
        ("pain 5 note schön".encode("utf-16"), 0),
        ("pain 5 note schön".encode("cp1252"), 0),
        (b"\x89PNG\r\n\0\0\0", 1),
        (b"", 0),
        (b"# only a comment\n\n", 0),
    ],
)
def test_log_reads_text_in_the_usual_encodings(raw: bytes, code: int, run: Run, tmp_path: Path) -> None:
    diary = tmp_path / "diary.txt"
    diary.write_bytes(raw)
    assert run("log", "--file", str(diary)).code == code
    assert [e["fields"]["note"] for e in entries(run)] == (["schön"] if b"note" in raw.replace(b"\0", b"") else [])  # type: ignore[index]


def test_what_a_file_holds_is_counted_and_an_empty_one_named(run: Run, tmp_path: Path) -> None:
    one, none = tmp_path / "one.txt", tmp_path / "none.txt"
    one.write_text("yesterday pain 6\n")
    none.write_text("# nothing yet\n")
    assert run("log", "--file", str(one), "--dry-run").out.endswith(
        "1 entry (1 pain); nothing was recorded (--dry-run)\n"
    )
    assert run("log", "--file", str(none)).err == f"no entries in {none}; nothing was recorded\n"


def test_log_reads_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"yesterday 22:00 pain 4 knee\nmood 3\n")))
    assert run("log", "-").code == 0
    assert [entry["kind"] for entry in entries(run)] == ["pain", "mood"]


def test_where_a_list_is_empty_it_says_what_was_looked_for(run: Run) -> None:
    run("pain", "6")
    assert run("list", "--text", "knee").err == "no entries with 'knee'\n"
    assert run("list", "--period", "2025").err == "no entries in this period (1 Jan – 31 Dec 2025)\n"
    assert (
        run("list", "--text", "knee", "--from", "mon").err
        == "no entries with 'knee' in this period (16 – 19 Nov 2026)\n"
    )
    assert run("list", "--kind", "mood").err == "no entries\n"


def test_the_body_regions_fit_a_terminal(run: Run) -> None:
    assert max(map(len, run("help", "regions").out.splitlines())) <= 80


def test_list_narrows_by_period_kind_and_text(run: Run) -> None:
    run("log", "pain 6 left knee, mood 4, note Long Drive")
    run("log", "10 nov", "pain 3 neck")
    assert "pain 3" not in run("list", "--period", "week").out
    assert run("list", "--kind", "mood").out.splitlines()[1].endswith("mood 4")
    assert [line.strip()[-10:] for line in run("list", "--text", "long drive").out.splitlines()[1:]] == ["Long Drive"]
    assert "pain 3, neck" in run("list", "--period", "10 nov").out
    nothing = run("list", "--text", "unicorn")
    assert (nothing.code, nothing.out, nothing.err[:10]) == (0, "", "no entries")


def test_show_has_everything_with_the_ends_of_the_scale(run: Run) -> None:
    run("pain", "6", "--where", "knee_l:7", "--note", "one\ntwo", "--at", "mon 08:00")
    shown = run("show", short(run)).out
    for part in (
        "Mon 16 Nov 2026 08:00 (+0100, Europe/Berlin)",
        "6   (0 no pain, 10 pain as bad as you can imagine)",
        "knee LEFT 7",
        "one\n",
        "two\n",
        "Thu 19 Nov 2026 14:05, entered 3 days later",
    ):
        assert part in shown


def test_a_second_night_and_a_pain_without_a_score_are_pointed_out(run: Run) -> None:
    assert run("sleep", "5h").err.count("note:") == 0
    assert "more than one night; the one recorded last counts" in run("sleep", "23:00-07:00").err
    assert run("sleep", "30m", "--nap").err == ""
    assert "only body regions have a score here" in run("pain", "--where", "left knee:6").err
    at_seven = run("sleep", "23:00-15:00").err
    assert "taken as the sleep that ended on Wed 18 Nov" in at_seven


# Hostile text


def test_no_text_reaches_the_terminal_raw(run: Run) -> None:
    run("note", HOSTILE)
    run("pain", "6", "--quality", HOSTILE.lower(), "--where", f"other:{HOSTILE}", "--note", HOSTILE)
    id_ = short(run)
    for command in (
        *(("today",), ("list",), ("show", id_), ("week",), ("undo",), ("redo",), ("pain", HOSTILE), (HOSTILE,)),
        *(
            ("pain", "6", "--where", HOSTILE),
            ("pain", "6", "--at", HOSTILE),
            ("pain", f"--{HOSTILE}"),
            ("show", HOSTILE),
        ),
        *(("log", HOSTILE), ("log", "--file", HOSTILE), ("chart", HOSTILE), ("help", HOSTILE), ("delete", id_)),
        *(
            ("list", "--kind", HOSTILE),
            ("list", "--period", HOSTILE),
            ("export", HOSTILE),
            ("report", "-o", f"/{HOSTILE}/x"),
        ),
    ):
        ran = run(*command)
        assert ran.code in (0, 1, 2), command
        assert set(ran.out + ran.err).isdisjoint("\x1b\x07\x9b\u202e\x00"), command


@given(st.text())
def test_what_leaves_for_a_terminal_is_one_line_without_controls(text: str) -> None:
    safe = term(text)
    assert all(ord(c) >= 32 and not 0x7F <= ord(c) < 0xA0 for c in safe)
    assert not set(safe) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\u200b")


# Export


# Every kind, and one more


TYPED = {
    "0-10": ["7"],
    "TEXT": ["some words"],
    "DURATION|SPAN": ["6h30"],
    "DURATION": ["40m"],
    "NAME": ["plain words"],
    "start|end": ["start", "end"],
    "done|partly|not": ["done"],
}


@pytest.mark.parametrize("name", VERBS)
def test_every_kind_goes_from_capture_to_export(name: str, run: Run) -> None:
    kind_goes_everywhere(KINDS[name], run)


def kind_goes_everywhere(kind: Kind, run: Run) -> None:
    values = cycle(TYPED[kind.main.metavar])
    assert run("plan", "goal", "some words", "--at", "sun").code == 0
    for day in ("sun", "mon", "tue", "wed"):
        assert run("log", day, kind.name, next(values)).code == 0
    assert run(kind.name, next(values)).code == 0
    assert run("list", "--kind", kind.name).out.count("\n") >= 8
    own = [variable for variable in variables().values() if variable.kind == kind.name and variable.source == "value"]
    report = run("report").out
    assert ("MY FLARES" if kind.name == "flare" else "some words" if not own else own[0].label) in report
    if own:
        assert own[0].label in run("chart", own[0].name).out
        assert own[0].column in run("export", "csv", "--layout", "daily").out.splitlines()[0]
        assert own[0].name in json.loads(run("report", "--json").out)["report"]["measured"]
    assert f",{kind.name}," in run("export", "csv", "--with-notes").out
    assert run("undo").code == 0


# Anything at all


RAW = {*map(chr, HIDDEN), *map(chr, range(0x20)), "\x7f"} - {"\n"}


def test_many_entries_of_one_day_are_counted_in_good_english(run: Run, path: Path) -> None:
    text = path.with_name("diary.txt")
    path.parent.mkdir()
    text.write_text("".join(f"2026-11-18 {hour:02}:00 pain 3\n" for hour in range(5, 18)))
    assert run("log", "--file", str(text)).out.splitlines()[:2] == ["13 entries: 13 pain", "18 Nov 2026, 1 day"]


def shown_of(line: Sequence[str], out: str) -> str:
    """What a line printed, but for what is a file's by its format, which a pipe gets as a file would."""
    if "jsonl" in line:
        return ""
    return out.replace("\r\n", "\n").removeprefix("\ufeff") if "csv" in line else out


class Machine:
    """A journal, a home and a folder that are as they were before each try."""

    def __init__(self, run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.run, self.path, self.monkeypatch = run, path, monkeypatch
        for line in command_lines.BASE:
            assert run(*line).code == 0, (line, run(*line))
        self.ids = [str(entry["id"]) for entry in entries(run)]
        self.journal = path.read_bytes()
        self.files = {"copy.db": self.journal, "other.jsonl": run("export", "jsonl").out.encode()}
        self.files |= {"diary.txt": b"yesterday pain 6\n", "diary.csv": b"day,pain\n2026-11-01,6\n"}
        self.work = path.parent.parent / "work"
        monkeypatch.setenv("EDITOR", "true")
        self.begin()

    def begin(self) -> None:
        for each in (self.work, self.path.parent, self.path.parent.parent / "home"):
            shutil.rmtree(each, ignore_errors=True)
            each.mkdir(mode=0o700)
        (self.work / "sub").mkdir()
        self.path.touch(0o600)
        self.path.write_bytes(self.journal)
        for name, content in self.files.items():
            (self.work / name).touch(0o600)
            (self.work / name).write_bytes(content)
        self.monkeypatch.chdir(self.work)

    def tries(self, line: Sequence[str], typed: bytes = b"") -> Ran:
        """Run a line; whatever it is, it ends well, shows nothing raw and tells no note in a refusal."""
        self.monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed), errors="replace"))
        ran = self.run(*command_lines.told(line, self.ids))
        assert ran.code in {0, 1, 2, 130}, line
        assert RAW & {*(shown_of(line, ran.out) + ran.err)} == set(), line
        assert ran.code not in {1, 2} or command_lines.CANARY not in ran.err, line
        return ran


@pytest.fixture
def machine(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(run, path, monkeypatch)


def test_every_command_and_option_takes_hostile_words(machine: Machine) -> None:
    """The commands and their options are those that there are, so no new one is forgotten."""
    found = command_lines.commands()
    assert {words[0] for words in found} == {*MODULES}
    for words, command in found.items():
        machine.begin()
        machine.tries(words)
        machine.tries([*words, command_lines.EVIL])
        machine.tries([*words, "<id>", command_lines.EVIL])
        for name in command_lines.options(command):
            machine.tries([*words, name, command_lines.EVIL])


def test_no_command_line_ends_in_a_traceback(machine: Machine, runs: int, report: Callable[[str], None]) -> None:
    """50,000 lines are ``--runs 834``: three on one journal, again and again."""
    named, done = Counter[tuple[str, ...]](), Counter[str]()
    known, lines = command_lines.commands(), command_lines.Lines()

    @settings(
        max_examples=20 * runs,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(seed=st.integers(0, 2**64))
    def ends_well(seed: int) -> None:
        chance = random.Random(seed)
        machine.begin()
        for _ in range(3):
            line = lines.one(chance)
            code = machine.tries(line, chance.choice(command_lines.TYPED)).code
            words = (*line[:2],) if (*line[:2],) in known else (*line[:1],)
            named[words] += 1
            done[words[0] if words and not code else ""] += 1
        assert not machine.path.exists() or folds(machine.path)

    ends_well()
    report(f"{named.total():,} command lines, {done.total() - done['']:,} done, {len(named.keys() & known)} commands")
    if runs >= 200:
        assert named.keys() >= known.keys()
        assert {*MODULES} - {*done} <= {"encrypt", "rekey", "decrypt"}, "which ask somebody at a terminal"


@pytest.mark.parametrize(("sort", "column", "value"), [("--worst", "pain_worst", "8"), ("--least", "pain_least", "2")])
def test_the_worst_of_a_day_is_its_highest_and_the_least_its_lowest(
    sort: str, column: str, value: str, run: Run
) -> None:
    """The mean of two worst ratings would be a pain that nobody had."""
    for score in ("4", "8", "2"):
        run("pain", score, sort)
    (row,) = csv.DictReader(run("export", "csv", "--layout", "daily", "--period", "today").out.splitlines())
    assert row[column] == value
