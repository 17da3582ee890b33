"""``--plain``: what a screen reader reads out. A fact a line, in words, with nothing that only an eye puts together."""

import re
import sys
from pathlib import Path

import pytest

from painlog.cli.session import begin_session
from painlog.domain.demo import demo_drafts
from tests.conftest import NOW, Once, Run

COMMANDS = (
    ("week",),
    ("report", "--period", "28d"),
    ("report", "--period", "28d", "--focus", "sleep"),
    ("report", "--period", "90d", "--links"),
    ("chart",),
    ("chart", "pain", "mood", "sleep", "worry", "--panels"),
    ("chart", "pain", "--by", "weekday"),
    ("chart", "pain", "--by", "hour"),
    ("calendar",),
    ("calendar", "sleep", "--period", "1y"),
    ("body",),
    ("plan",),
    ("link",),
    ("link", "pain", "mood", "--explain"),
    ("helps",),
    ("today",),
    ("list",),
    ("show", "last", "pain"),
    ("history", "last", "pain"),
)
DRAWN = re.compile(r"[│┤├┼─━┌┐└┘●○×▲■□▀-▟⠀-⣿╱→]|[.o] [.o] ")
IN_COLUMNS = re.compile(r"\S {2,}\S")


@pytest.fixture
def diary(run: Run, path: Path, recorded_once: Once) -> Run:
    """The made-up days, as the demo has them."""

    def record() -> None:
        with begin_session(path, plain=True).writing() as journal:
            journal.record(demo_drafts(NOW), "demo")

    recorded_once("demo", record)
    return run


def lines(run: Run, *words: str) -> list[str]:
    ran = run(*words, "--plain")
    assert ran.code == 0, ran.err
    return [line for line in ran.out.splitlines() if line]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_nothing_is_drawn_or_set_in_columns(words: tuple[str, ...], diary: Run) -> None:
    found = lines(diary, *words)
    assert len(found) > 4 or words[0] == "history"
    for line in found:
        assert not DRAWN.search(line), line
        assert not IN_COLUMNS.search(line), line
        assert "(+)" not in line, line


def test_words_after_two_hyphens_are_no_option(run: Run) -> None:
    assert run("note", "--", "--plain").code == 0
    assert "--plain" in run("list").out


@pytest.mark.parametrize("words", [*COMMANDS, ("due",), ("list",)], ids=" ".join)
def test_it_says_the_same_before_the_command_as_after_it(words: tuple[str, ...], diary: Run) -> None:
    assert diary("--plain", *words).out == diary(*words, "--plain").out


def test_a_page_has_a_line_a_fact_with_what_it_is_of(diary: Run) -> None:
    found = lines(diary, "week")
    assert found[0] == "Pain, mood and sleep diary, 13 to 19 Nov 2026, 7 days."
    for said in (
        "Worth talking about, by fixed rules, most serious first:",
        "1. Can I take the evening dose earlier?",
        "pain: higher is worse",
        "mood: higher is better",
        "pain, 7 days before: 4.9, since then similar",
        "By day, mood, higher is better:",
        "duloxetine, Wed 18 Nov: due and not recorded",
        "PHQ-8 (0-24, higher is worse): at or above the usual cut-off of 10",
        "Where: low back LEFT 7 days",
        "Wed 18 Nov: Garden for half an hour",
        "A day that is not listed has no entry; it is not zero. Means are of days with entries only.",
    ):
        assert said in found, said
    (point,) = (line for line in found if line.startswith("1. Low mood"))
    assert "PHQ-8 is 12 of 24, worse; was 4 on Wed 26 Aug; a change of 5 counts" in point


def test_a_page_leaves_nothing_out_whatever_the_terminals_height(diary: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = lines(diary, "report", "--period", "90d")
    monkeypatch.setattr("painlog.cli.look.report.height", lambda: 24)
    assert lines(diary, "report", "--period", "90d") == whole
    assert sum(re.match(r"\w{3} \d+ \w{3}: ", line) is not None for line in whole) == 12  # every note


def test_a_page_written_to_a_text_file_is_the_same(diary: Run, tmp_path: Path) -> None:
    written = tmp_path / "page.txt"
    assert diary("report", "-o", str(written), "--plain").code == 0
    assert written.read_text() == diary("report", "--plain").out


def test_longer_pages_have_the_means_of_weeks_and_months(diary: Run) -> None:
    assert "pain, 23 to 29 Oct 2026: 6.2 (7 days)" in lines(diary, "report", "--period", "28d")
    months = lines(diary, "report", "--period", "90d")
    assert "By month, pain, higher is worse:" in months
    assert any(line.startswith("pain, 1 to 31 Oct 2026: ") for line in months)


def test_the_marks_in_ones_own_words_part_no_line(run: Run) -> None:
    assert run("ask-doctor", "can I  drive; and when").code == 0
    assert run("plan", "goal", "walk far; slowly").code == 0
    assert run("pain", "6", "--note", "two  spaces; here").code == 0
    said = run("--plain", "week").out.splitlines()
    assert "1. can I  drive; and when" in said
    assert any(line.endswith("goal start: walk far; slowly") for line in said)
    assert any(line.endswith(": two  spaces; here") for line in said)


def test_the_safety_answer_is_said_first_and_whole(run: Run) -> None:
    run("config", "set", "phq9", "yes")
    run("ask", "phq9", "--answers", "1,1,1,1,1,1,1,1,3", "--at", "yesterday 20:00")
    found = lines(run, "week")
    assert found[found.index("Worth talking about, by fixed rules, most serious first:") + 1].startswith(
        "1. Safety answer: “nearly every day”, Wed 18 Nov; PHQ-9 question 9"
    )


def test_a_chart_is_dated_values_with_medicines_flares_and_events(diary: Run) -> None:
    found = lines(diary, "chart", "pain", "--period", "90d")
    assert found[0] == "Chart of pain, 22 Aug to 19 Nov 2026, 90 days."
    assert found[1] == "pain: 0 none - 10 worst"
    assert sum(line.startswith("pain, ") for line in found) == int(found[2].split()[1])
    assert "duloxetine, Wed 18 Nov: due and not recorded" in found
    assert "physio, Thu 12 Nov: 1 session" in found
    assert "flare marked: 18 to 24 Oct 2026 (7 days)" in found
    assert "event 6 Tue 6 Oct: plan change: duloxetine 60 mg" in found


def test_a_chart_of_some_days_has_their_values_alone(run: Run) -> None:
    run("log", "yesterday pain 5")
    run("log", "pain 6, mood 4")
    found = lines(run, "chart", "pain", "mood")
    values = [line.rsplit(": ", 1)[1] for line in found if line.startswith(("pain, ", "mood, "))]
    assert values == ["5.0", "6.0", "4.0"]
    assert found[-1] == "A day that is not listed has no entry; it is not zero."


def test_painlog_alone_has_its_week_in_words(diary: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    diary("mood", "4", "--at", "07:20")
    found = lines(diary)
    assert "07:20: mood 4" in found
    assert not any(IN_COLUMNS.search(line) for line in found)
    assert any(re.match(r"mood, higher is better, mean of 7 days: \d\.\d \(\d of 7\)", line) for line in found)
    assert any(re.match(r"sleep, Wed 18 Nov: \d:\d\d", line) for line in found)
    assert not any(DRAWN.search(line) for line in found)


def test_a_calendar_is_dated_values_by_month(diary: Run) -> None:
    found = lines(diary, "calendar", "mood", "--from", "2026-11-01")
    assert found[:2] == ["Calendar of mood, 1 to 19 Nov 2026 (19 days).", "mood: 0 low - 10 good"]
    assert any(re.fullmatch(r"November 2026: mean \d\.\d, \d+ of 19 days", line) for line in found)
    assert any(re.fullmatch(r"mood, Wed 18 Nov: \d", line) for line in found)


def test_a_month_without_an_entry_is_read_out_as_one(run: Run) -> None:
    run("pain", "4", "--at", "2026-08-20 10:00")
    found = lines(run, "calendar", "pain", "--from", "2026-08-20")
    assert "September 2026: no entry" in found, "not: no entry days"


def test_a_body_is_a_line_a_place_by_days_or_by_pain(diary: Run) -> None:
    by_days, by_score = lines(diary, "body"), lines(diary, "body", "--by", "score")
    places = [[line.split(":")[0] for line in each if " pain there " in line] for each in (by_days, by_score)]
    assert places[0] == ["low back LEFT", "back of thigh LEFT"]
    assert places[1] == ["back of thigh LEFT", "low back LEFT"]
    assert by_days[-1] == "Left and right are your own. Pain is the mean of the days' scores there, 0-10."


def test_a_plan_is_a_line_for_how_often_since_when_and_what_was_recorded(diary: Run) -> None:
    limits = ("at", "most", "4", "a", "day", "6h", "apart")
    diary("plan", "start", "codeine", "30mg", "as", "needed", *limits, "--class", "opioid", "--reason", "back")
    found = lines(diary, "plan")
    assert "duloxetine 60 mg, how often: once a day" in found
    assert "duloxetine 60 mg, since: Tue 6 Oct" in found
    assert any(line.startswith("duloxetine 60 mg, recorded: ") and " due" in line for line in found)
    assert any(line.startswith("1 Walk to the shop twice a week, recorded: done ") for line in found)
    assert [line for line in found if line.startswith("codeine")] == [
        "codeine 30 mg, how often: as needed",
        "codeine 30 mg, since: Thu 19 Nov",
        "codeine 30 mg, recorded: none recorded",
        "codeine 30 mg, reason: back",
        "codeine 30 mg: at most 4 a day",
        "codeine 30 mg: at least 6 h apart",
        "codeine 30 mg: class opioid",
    ]


def test_an_entry_is_a_line_with_its_day_and_its_id(run: Run) -> None:
    run("log", "yesterday pain 6 burning")
    run("mood", "4", "--at", "07:20")
    shown = [re.sub(r"\w+$", "ID", line) for line in lines(run, "list")]
    assert shown == ["Wed 18 Nov: pain 6, burning, id ID", "Thu 19 Nov 07:20: mood 4, id ID"]
    assert next(re.sub(r"\w+$", "ID", line) for line in lines(run, "today")) == shown[1]


def test_links_and_lags_are_sentences(diary: Run) -> None:
    found = lines(diary, "link", "pain", "mood")
    assert any(line.startswith("pain and mood, same day: Clear. On days with pain 1 point higher") for line in found)
    assert any(
        re.match(r"mood, 1 day after pain: -?\d\.\d, likely -?\d\.\d to -?\d\.\d, in steps", line) for line in found
    )
    assert found[-1] == "How: painlog link pain mood --explain"
    assert any(line.startswith("Days with and without physio: ") for line in lines(diary, "helps"))
