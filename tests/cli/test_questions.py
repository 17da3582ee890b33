"""Questions: with keys in a terminal, with a line each from a pipe, to the same entries; and what is said of them."""

import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from painlog.storage.journal import Journal
from tests.cli.test_processes import PAINLOG
from tests.conftest import NOW, Ran, Run
from tests.support import warm
from tests.support.terminals import Keys, settled, typed

ANSWERS = ("5h30", "3", "6", "7", "5", "4", "10", "ibuprofen 400mg")
SUPPORT = "Thank you for answering that honestly."
DOSE = "dose ibuprofen, 400 mg, as needed"
Answer = Callable[..., Ran]


def recorded(path: Path) -> list[str]:
    """What the day holds, in words."""
    with Journal.look(path, NOW) as journal:
        return [entry.text for entry in journal.entries() if entry.day == NOW.date()]


@pytest.fixture(autouse=True)
def config(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings, next to the journal; none yet."""
    path.parent.mkdir()
    monkeypatch.setenv("PAINLOG_CONFIG", str(path.with_name("config.toml")))
    return path.with_name("config.toml")


@pytest.fixture
def answer(run: Run, monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Run a command line in this process with lines in a pipe."""

    def runner(lines: str, *arguments: str) -> Ran:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
        return run(*arguments)

    return runner


# The same answers, the same entries


def same_as_piped(path: Path) -> bool:
    def painlog(journal: Path, lines: str, *arguments: str) -> str:
        ran = warm.run(arguments, settled(journal), lines)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def without_times(journal: Path) -> list[dict[str, object]]:
        entries = json.loads(painlog(journal, "", "list", "--period", "all", "--json"))["entries"]
        return [{key: entry[key] for key in entry.keys() - {"id", "day", "at", "recorded_at"}} for entry in entries]

    other = path.with_name("other.db")
    painlog(other, "".join(f"{text}\n" for text in ANSWERS), "checkin", "--at", "yesterday")
    assert {entry["kind"] for entry in without_times(other)} == {"sleep", "pain", "mood", "dose"}
    return without_times(path) == without_times(other)


@pytest.mark.skipif(not shutil.which("tmux"), reason="takes tmux")
def test_a_real_terminal_and_a_pipe_give_the_same_entries(path: Path) -> None:
    asked = shlex.join([*PAINLOG, "checkin", "--at", "yesterday"])
    with TemporaryDirectory() as place:
        server = ("tmux", "-u", "-L", f"painlog-{os.getpid()}", "-f", "/dev/null")
        settings = settled(path) | {"TMUX_TMPDIR": place, "TERM": "xterm"}

        def tmux(*arguments: str) -> str:
            ran = subprocess.run([*server, *arguments], env=settings, capture_output=True, text=True, check=True)
            return ran.stdout

        def seen(what: str) -> str:
            end = time.monotonic() + 20
            while what not in (screen := tmux("capture-pane", "-p")):
                assert time.monotonic() < end, screen
                time.sleep(0.05)
            return screen

        tmux("new-session", "-d", "-x", "80", "-y", "50", f"{asked}; echo ended $?; sleep 60")
        try:
            for i, text in enumerate(ANSWERS, 1):
                seen(f"{i}/{len(ANSWERS)} ")
                for keys in (("Up",), ("-l", text), ("Enter",)):
                    tmux("send-keys", *keys)
            assert "> 5h30\n" in seen("ended 0")
        finally:
            tmux("kill-server")
    assert same_as_piped(path)


def test_keys_without_tmux_give_the_same_entries_as_a_pipe(path: Path) -> None:
    assert typed(path, "\n".join(ANSWERS) + "\n", "checkin", "--at", "yesterday")[0] == 0
    assert same_as_piped(path)


def pains(average: float, worst: float | None = None, interference: float | None = None) -> list[str]:
    beside = "" if interference is None else f", interference {interference}"
    return [f"pain average {average}{beside}"] + ([] if worst is None else [f"pain worst {worst}"])


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        ("6754\n\4", [*pains(6, 7, 5), "mood 4"]), ("1\n\4", pains(1)), ("10\n\4", pains(10)), ("11\n\4", pains(1, 1)),
        ("107\n<\4", pains(10)), ("710\n\4", pains(7, 10)), ("05\n\4", pains(0, 5)), ("6.5\n8,5\n\4", pains(6.5, 8.5)),
        ("\n6\n\4", ["pain worst 6"]),
        # the space bar takes the last value
        (" \n\4", pains(4)), ("  \4", pains(4, 8)), (" 7\n\4", pains(4, 7)), ("6\n \4", pains(6, 8)),
        ("6 5\n\4", pains(6, 8, 5)),
        # back, and rubbed out
        ("6\n<5\n\4", pains(5)), ("67<5\n\4", pains(5)), ("6\n<\n\4", pains(6)), ("6\n<\x7f\n\4", []),
        ("<<6\n\4", pains(6)), ("8\x7f5\n\4", pains(5)), ("10\x7f\n\4", pains(1)), (" \x7f5\n\4", pains(5)),
        # to the end, with what was answered
        ("6\4", pains(6)), ("\4", []),
        # what arrows and function keys send
        ("\x1b[A\x1b[D6\x1b[C\n\x1b[B7\n\4", pains(6, 7)), ("\n\n\n\n\n\x1b[A \x1b[A\n", [DOSE]),
        ("\n\n\n\n\n\x1bOPibuprofen 400mg\n", [DOSE]),
        ("\x1b[3~67\n\4", pains(6, 7)),
        ("\n\n\n\n\nno\n", []),
        ("\n\n\n\n\nibuprofen 400mh\x7fg\n", [DOSE]),
    ],
)  # fmt: skip
def test_keys(keys: str, left: list[str], path: Path, answer: Answer) -> None:
    """A key read otherwise than meant is a wrong number in somebody's record."""
    answer("4\n8\n2\n5\n6\nibuprofen 400mg\n", "checkin", "evening", "--at", "yesterday")
    code, screen = typed(path, keys, "checkin", "evening")
    assert (code, recorded(path)) == (0, left)
    assert ("nothing was answered" in screen) is (left == [])


def test_a_letter_at_a_rating_is_refused_with_a_hint_and_nothing_is_taken(path: Path) -> None:
    code, screen = typed(path, "xé.\n6x\n\4", "checkin", "evening")
    assert (code, recorded(path)) == (0, ["pain worst 6"])
    assert screen.count("(0 to 10; Enter skips)") == 2
    assert "(0 to 10; space takes the last one, Enter skips)" in typed(path, "\nx\4", "checkin", "evening")[1]


def test_a_wrong_text_is_said_and_asked_again(path: Path) -> None:
    code, screen = typed(path, "25h\nlots\n5h30\n94\n\4", "checkin", "morning")
    assert (code, recorded(path)) == (0, ["sleep 5 h 30, sleep quality 4"])
    assert "> 25h\n     sleep is 0 to 24 h, not 25h\n     > lots\n" in screen
    assert screen.index("not 25h") < screen.index("> 5h30\n") < screen.index("2/3")


def test_ctrl_c_leaves_nothing(path: Path) -> None:
    code, screen = typed(path, [("> ", "67\n"), ("3/6", "5\3")], "checkin", "evening")
    assert (code, path.exists()) == (130, False)
    assert screen.endswith("stopped; nothing was recorded or changed\n")
    assert not re.search(r"Traceback|painlog:", screen)


@pytest.mark.parametrize("keys", ["        \n", " 367543 \n"])
def test_a_usual_day_is_fewer_than_ten_keystrokes(keys: str, path: Path, answer: Answer) -> None:
    """The whole daily set: sleep and its quality, average and worst pain, interference, mood and worry, medicine."""
    answer("".join(f"{text}\n" for text in ANSWERS), "checkin", "--at", "yesterday")
    assert len(keys.encode()) < 10
    assert typed(path, keys + "\4", "checkin")[0] == 0
    assert [re.sub(r"\d+", "#", text) for text in recorded(path)] == [
        "sleep # h #, sleep quality #", "pain average #, interference #", "pain worst #", "mood #, worry #",
        "dose ibuprofen, # mg, as needed",
    ]  # fmt: skip


def test_a_dumb_terminal_shows_and_takes_the_same(path: Path) -> None:
    keys, screens = "x67<\x1b[A8\n9543\n\n", []
    for number, name in enumerate(("xterm-256color", "dumb")):
        journal = path.with_name(f"{number}.db")
        code, screen = typed(journal, keys, "checkin", "evening", TERM=name)
        assert (code, recorded(journal)) == (0, [*pains(8, 9, 5), "mood 4, worry 3"])
        screens.append(re.sub(rf"\[\w{{4}}\]|{re.escape(str(journal))}", "", screen))
    assert screens[0] == screens[1]
    assert "\x1b" not in screens[0]


# From a pipe


@pytest.mark.parametrize(
    ("form", "lines", "score"),
    [("phq4", "1,2,0,1\n", "PHQ-4 4"), ("phq4", "1 2\n0\n1\n", "PHQ-4 4"), ("peg", "7, 10\n4\n", "PEG 7")],
)
def test_answers_with_commas_are_those_of_the_next_questions_too(
    form: str, lines: str, score: str, answer: Answer
) -> None:
    ran = answer(lines, "ask", form)
    assert (ran.code, score in ran.out) == (0, True), ran


def test_where_there_are_no_keys_a_wrong_answer_among_several_is_asked_again(
    path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ended the questionnaire, and with it what was answered before, though a person could have mended it."""

    class Seat(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Seat("1,11,2\n1,2,4\n"))
    ran = run("ask", "peg")
    assert "an answer is 0 to 10, not '11'" in ran.err
    assert ran.code == 0
    assert recorded(path) == ["PEG 2.3"]


def test_a_wrong_answer_among_several_is_named_and_none_is_recorded(answer: Answer) -> None:
    ran = answer("1,2,7,1\n", "ask", "phq4")
    assert (ran.code, "an answer is 0 to 3, not '7'" in ran.err) == (2, True), ran


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ("6\n7\n5\n4\n3\nibuprofen 400mg\n", [*pains(6, 7, 5), "mood 4, worry 3", DOSE]),
        ("6\n7", pains(6, 7)), ("6\r\n \r\n\r\n4\r\n", [*pains(6, 8), "mood 4"]), (" 6 \n7\n<\n9\n", pains(6, 9)),
        ("", []), ("\n\n\n\n\n\n7\n", []),
    ],
)  # fmt: skip
def test_lines(lines: str, left: list[str], path: Path, answer: Answer) -> None:
    """A line an answer."""
    answer("4\n8\n2\n5\n6\nibuprofen 400mg\n", "checkin", "evening", "--at", "yesterday")
    ran = answer(lines, "checkin", "evening")
    assert (ran.code, recorded(path), ran.err.count("painlog: ")) == (0, left, 0)
    assert bool(ran.out) is bool(left)


@pytest.mark.parametrize(
    ("lines", "left", "says"),
    [
        ("6\nx\n4\n", pains(6, None, 4), "Pain (the day's worst): pain is a number, 0 to 10; 'x' is not one"),
        ("6\n7\n5\n4\n11\n", [*pains(6, 7, 5), "mood 4"], "Worry: worry is 0 to 10, not 11"),
        ("6 7\n", [], "Pain (the day's average): pain is a number, 0 to 10; '6 7' is not one"),
        ("6\n\n\n\n\n400mg\n", pains(6), "Medicine taken as needed: '400mg' is no medicine; write the name first"),
    ],
)
def test_a_wrong_line_is_named_with_its_question_and_the_rest_is_recorded(
    lines: str, left: list[str], says: str, path: Path, answer: Answer
) -> None:
    """Nobody is there to mend it, and the other answers are right all the same."""
    ran = answer(lines, "checkin", "evening")
    assert (ran.code, recorded(path)) == (1, left)
    assert f"painlog: not recorded: {says}" in ran.err


def test_an_answer_in_words_is_read_as_a_line_is(path: Path, answer: Answer) -> None:
    assert answer("six\n7 out of 10\n\nabout four\n", "checkin", "evening").code == 0
    assert recorded(path)[:2] == pains(6, 7)
    assert recorded(path)[2].startswith("mood 4")
    assert answer("5h30 woke 2 times\nbad\n", "checkin", "morning").code == 1
    assert [text for text in recorded(path) if text.startswith("sleep")] == ["sleep 5 h 30, times awake 2"]


def test_a_checkin_is_one_command_to_undo(path: Path, run: Run, answer: Answer) -> None:
    run("note", "before")
    answer("6\n7\n5\n4\n3\nibuprofen 400mg\n", "checkin", "evening")
    assert len(recorded(path)) == 5
    run("undo")
    assert recorded(path) == ["note: before"]


def test_the_questions_are_the_persons_own(path: Path, run: Run, answer: Answer, config: Path) -> None:
    run("track", "add", "brain fog", "--high", "cannot think", "--better", "low")
    config.write_text('evening_questions = ["Brain Fog", "pain-least", "steps", "went_well"]\n')
    ran = answer("6\n2\n4200\nWalked to the shop\n", "checkin", "evening")
    assert "Brain fog: 0 none … 10 cannot think" in ran.err
    assert recorded(path)[1:] == ["brain fog 6", "pain least 2", "steps 4200", "went well: Walked to the shop"]
    config.write_text('evening_questions = ["pain_average", "nonsense"]\n')
    ran = answer("6\n", "checkin", "evening")
    assert "'nonsense' in your settings is not a question of this journal, and is left out; painlog config" in ran.err
    assert recorded(path)[5:] == ["pain average 6"]
    assert "'nonsense' is not a question painlog can ask" in run("config", "set", "evening_questions", "nonsense").err
    assert answer("6\n", "checkin", "noon").err.endswith("a part of the day is morning or evening, not 'noon'\n")
    assert len(recorded(path)) == 6


def test_a_nap_is_no_night(path: Path, answer: Answer, config: Path) -> None:
    config.write_text('evening_questions = ["nap"]\n')
    answer("20m\n", "checkin", "evening")
    assert recorded(path) == ["sleep nap 20 min"]


def test_answers_that_contradict_each_other_are_mended_at_once(path: Path, config: Path) -> None:
    config.write_text('morning_questions = ["sleep", "sol", "sleep_quality"]\n')
    code, screen = typed(path, "23:00-06:00\n8h\n30m\n4\n", "checkin", "morning")
    assert (code, recorded(path)) == (0, ["sleep 23:00-06:00 (6 h 30), to fall asleep 30 min, sleep quality 4"])
    assert "does not fit into a night of 7 h 00" in screen


def test_a_retired_measure_is_no_longer_asked_for(run: Run, path: Path, answer: Answer, config: Path) -> None:
    run("track", "add", "fog")
    config.write_text('evening_questions = ["fog", "mood"]\n')
    run("track", "retire", "fog")
    assert answer("4\n", "checkin", "evening").code == 0
    assert recorded(path)[1:] == ["mood 4"]


def test_after_midnight_the_evening_is_still_asked(at: Callable[[str], None], answer: Answer) -> None:
    at("2026-11-20T01:30:00+01:00")
    assert "the day's average" in answer("\n" * 20, "checkin").err


# Questionnaires


@pytest.mark.parametrize(
    ("name", "keys", "answers"),
    [
        ("peg", "6\n10\n8\n", "6,10,8"), ("phq8", "10210100\n", "1,0,2,1,0,1,0,0"),
        ("gad7", "1\n\n2<31111\n\n", "1,3,1,1,1,1,-"), ("phq4", "3x4\n2\n\4", "3,-,2,-"),
        ("phq9", [("> ", "000000020\n"), ("how difficult", "2\n")], "0,0,0,0,0,0,0,2,0"),
    ],
)  # fmt: skip
def test_item_by_item_and_all_at_once_are_the_same(
    name: str, keys: str | Keys, answers: str, path: Path, run: Run, config: Path
) -> None:
    config.write_text("phq9 = true\n")
    assert typed(path, keys, "ask", name)[0] == 0
    run("ask", name, "--answers", answers)
    with Journal.open(path, NOW) as journal:
        one, other = sorted((entry.data for entry in journal.entries()), key=len)
    assert other == one | ({"difficulty": 2} if name == "phq9" else {})


def test_thoughts_of_death_are_met_at_once_and_stay_private_by_choice(path: Path, run: Run) -> None:
    """Before anything else is asked or printed, whatever the total; and only Enter goes on."""
    refused = run("ask", "phq9", "--answers", "0,0,0,0,0,0,0,0,1")
    assert (refused.code, refused.err.count("\n"), SUPPORT in refused.err, path.exists()) == (2, 1, False, False)
    assert "painlog config set phq9 yes" in refused.err
    for setting in ("phq9 yes", "country DE", "trusted_contact Anna, 0151 234567"):
        run("config", "set", *setting.split())
    asked = [("> ", "000000001\n"), ("Enter goes on.", "\n"), ("extremely difficult", "1\n"), ("[Y/n]", "n\n")]
    code, screen = typed(path, asked, "ask", "phq9")
    assert (code, screen.count("[Y/n]"), screen.count(SUPPORT)) == (0, 1, 1)
    assert re.search(rf"9/9 [^>]*> 1\n\n{SUPPORT}", screen)
    assert all(words in screen for words in ("call 112", "0800 111 0 111", "Anna, 0151 234567"))
    places = [screen.index(words) for words in (SUPPORT, "numbers change", "If you checked", "[Y/n]", "PHQ-9 1")]
    assert places == sorted(places)
    with Journal.open(path, NOW) as journal:
        (entry,) = journal.entries()
    assert (entry.data["difficulty"], entry.data["answers"][8]) == (1, 1)  # the Enter before was no answer to it
    assert "PHQ-9 item 9: kept private by choice" in run("report").out
    rows = csv.DictReader(io.StringIO(run("export", "csv", "--no-bom").out))
    items = [(row["value"], row["text_value"]) for row in rows if row["variable"].startswith("phq9_item_")]
    assert items == [("", "withheld")] * 9  # with the others and the total it could be worked out
    assert re.search(r"item 9 +1 several days", run("show", entry.id).out)


def test_answers_given_at_once_in_a_terminal_meet_the_same_words_and_question(path: Path, run: Run) -> None:
    run("config", "set", "phq9", "yes")
    asked = [("Enter goes on.", "\n"), ("[Y/n]", "n\n")]
    code, screen = typed(path, asked, "ask", "phq9", "--answers", "0,0,0,0,0,0,0,0,1")
    assert (code, screen.count(SUPPORT), screen.count("[Y/n]")) == (0, 1, 1)
    assert "item 9: kept private by choice" in run("report").out


@pytest.mark.parametrize(
    ("answers", "rest", "reported"),
    [
        ("000000001", "1\nn\n", "kept private by choice"), ("333333331", "\nNo\n", "kept private by choice"),
        ("000000003", "\ny\n", "Nearly every day (3)"), ("000000002", "\n\n", "More than half the days (2)"),
        ("000000001", "", "Several days (1)"), ("333333330", "1\n", "Not at all (0)"), ("33333333", "", "not answered"),
    ],
)  # fmt: skip
def test_the_safety_item_in_a_pipe_and_all_at_once(
    answers: str, rest: str, reported: str, run: Run, answer: Answer, config: Path
) -> None:
    config.write_text("phq9 = true\n")
    on = answers[8:] not in ("", "0")
    ran = answer("\n".join([*answers, rest]), "ask", "phq9")
    assert [ran.err.count(words) for words in (SUPPORT, "feel unsafe right now", "[Y/n]")] == [on] * 3
    assert f"PHQ-9 item 9: {reported}" in " ".join(run("report").out.split())
    run("undo")
    ran = run("ask", "phq9", "--answers", ",".join(f"{answers:-<9}"), "--keep-private")
    assert (ran.err.startswith(SUPPORT), "[Y/n]" in ran.err, ran.err == "") == (on, False, not on)
    assert "item 9: kept private by choice" in run("report").out


@pytest.mark.parametrize(
    ("name", "answers", "said"),
    [
        ("peg", "555 666", "PEG 6|was 5 on Thu 12 Nov, 1 higher: worse (1 or more counts)"),
        ("peg", "666 665", "PEG 5.7|was 6 on Thu 12 Nov, 0.3 lower: no important change (1 or more counts)"),
        ("peg", "666 6-5 666", "PEG 6|was 6 on Thu 5 Nov, the same"),
        ("peg", "555 666 4--", "PEG no score (1 of 3 answered)"),
        ("gad7", "1111111 3333---", "GAD-7 no score (4 of 7 answered)"),
        ("gad7", "1111111 2222111", "GAD-7 11 (moderate)|was 7 on Thu 12 Nov, 4 higher: worse (4 or more counts)"),
        ("phq8", "21111111 00000002", "PHQ-8 2 (minimal)|was 9 on Thu 12 Nov, 7 lower: better (5 or more counts)"),
        ("phq8", "2111111- 00000002", "PHQ-8 2 (minimal)|was 9.1 on Thu 12 Nov, 7.1 lower, where lower is better"),
        ("phq8", "0000002-", "PHQ-8 2.3 (minimal; estimated, 7 of 8 answered)"),
        ("phq2", "30", "PHQ-2 3 (at or above the usual cut-off of 3)"),
        ("phq4", "1231", "PHQ-4 7 (moderate)|anxiety 3 of 6|depression 4 of 6"),
    ],
)
def test_what_is_said_of_a_score(name: str, answers: str, said: str, run: Run) -> None:
    forms = answers.split()
    for day, each in zip((5, 12, 19)[-len(forms) :], forms, strict=True):
        ran = run("ask", name, "--answers", ",".join(each), "--at", f"2026-11-{day:02d}")
    shown, caution, _ = ran.out.partition("A score is no diagnosis.")
    assert caution
    lines = [line.partition("   ")[0] for line in shown.splitlines() if "undo: " not in line]
    assert "|".join(lines).replace(" (3 or more is the usual cut-off)", "") == said


def test_what_is_said_is_of_the_form_just_recorded(run: Run) -> None:
    run("ask", "phq4", "--answers", "0,0,0,0", "--at", "14:00")
    assert "anxiety 6 of 6" in run("ask", "phq4", "--answers", "3,3,3,3", "--at", "08:00").out


def test_the_list_says_what_each_is_about_and_which_is_switched_off(run: Run, config: Path) -> None:
    run("ask", "peg", "--answers", "1,2,3", "--at", "yesterday")
    rows = run("ask").out.splitlines()
    assert rows[0] == "peg   pain and its effects  3 items, weekly          last Wed 18 Nov"
    assert rows[5] == "phq9  low mood              9 items, every 4 weeks   switched off"
    assert max(map(len, rows)) <= 80
    config.write_text("phq9 = true\n")
    assert run("ask").out.splitlines()[5].endswith("not filled in yet")
