"""The page: whole on a terminal, the same figures in every rendering, nothing of what was to be left out."""

import json
import random
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from painlog.analysis.report.building import first_days
from painlog.domain.kinds.declaration import tenths
from painlog.domain.variables import DayValue
from painlog.view.page.markdown import markdown
from tests.conftest import NOW, Once, Run, Write
from tests.support.terminals import CLOCK, ESCAPE, in_a_terminal

TODAY = NOW.date()
HOSTILE = "</td><script>alert(1)</script> [/b] \x1b]52;c;x\x07 =cmd| *bold* `code` | pipe"


def full(length: int, seed: int = 5) -> list[str]:
    """A diary with something of everything."""
    chance, lines = random.Random(seed), []
    for index in range(length):
        day = TODAY - timedelta(days=index)
        if chance.random() < 0.15:
            continue
        lines.append(
            f"{day} pain {chance.randrange(2, 10)} low back left knee right relieved by heat after sitting, pain worst "
            f"{chance.randrange(7, 11)}, mood {chance.randrange(1, 9)} worry {chance.randrange(11)} interest 4, "
            f"interference {chance.randrange(11)}, sleep 23:20-06:50 sol 45m waso {chance.randrange(60)}m quality 2, "
            f"took ibuprofen 400mg prn, did physio 45m helped {chance.randrange(10)}, activity 30m steps 4200, "
            f"went well: Walked number {index}, setback: Cancelled number {index}, note {'A long note. ' * 30}"
        )
    return lines


def page(run: Run, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("report", "--json", *arguments).out)["report"]
    return found


# All of it, and as wide as there is room for


@pytest.mark.parametrize("period", ["week", "fortnight", "28d", "2026-10", "3m", "1y", "all"])
@pytest.mark.parametrize("length", [0, 3, 400])
def test_the_page_takes_80_columns_and_leaves_out_nothing_but_what_is_more_than_33_notes(
    period: str, length: int, run: Run, write: Write, recorded_once: Once
) -> None:
    def crowded() -> None:
        write([line.replace("setback: ", "note ") for line in full(length)] or [f"{TODAY} slept 6h"])
        run("ask", "peg", "--answers", "6,5,7")
        run("ask", "phq8", "--answers", "1,1,1,1,1,1,1,1")
        for i in range(12):
            run("plan", "goal", f"Goal number {i} with many words in it that go on and on", "--at", "2025-01-01")
            run("plan", "start", f"medicine{i}", "30mg", "as needed", "--at", "2025-01-01")

    recorded_once(f"crowded {length}", crowded)
    asked = ("report", "--period", period, "--for", "Dr Weber", *(f"--question=Question {i}?" for i in range(9)))
    text = run(*asked).out
    lines = text.splitlines()
    assert [line for line in lines if cell_len(line) > 80] == []
    assert not lines or any(line.endswith("1. Question 0?") for line in lines[3:12])
    said = " ".join(text.partition("LEFT OUT")[2].partition("(")[0].split())
    assert re.fullmatch(r"(\d+ (notes?|things? that went well)(, )?)*", said)


def test_a_week_longer_than_the_terminal_goes_through_the_pager_whole(path: Path, tmp_path: Path, write: Write) -> None:
    """Its days, places and treatments were cut to the lines of the screen, while notes stood there."""
    said = "pain 6 knee, mood 5, slept 6h, took codeine 30mg, did hydrotherapy 20m, note Rain again"
    write([f"{TODAY - timedelta(days=i)} {said} {i}" for i in range(7)])
    for command in ("week", "report"):
        seen = tmp_path / command
        in_a_terminal(path, command, clock=CLOCK, LINES="20", PAGER=f"sh -c 'cat > {seen}'")
        shown = ESCAPE.sub(b"", seen.read_bytes()).decode()
        heads = [line[:17].strip() for line in shown.partition("BY DAY")[2].splitlines()[2:7]]
        assert heads == ["codeine", "hydrotherapy", "pain high=worse", "mood high=better", "sleep, hours"]
        assert [word for word in ("WHERE", "TREATMENTS", "Rain again 6") if word not in shown] == []
        assert "LEFT OUT" not in shown


def test_a_note_beyond_those_that_are_shown_is_counted_and_a_file_has_all(
    run: Run, write: Write, tmp_path: Path
) -> None:
    write([f"{TODAY} 10:{i % 60:02d} pain {i % 11}, note Number {i} {'of many ' * 40}" for i in range(500)])
    shown = run("report").out
    assert "…" in shown
    assert shown.count("Number ") + int(re.search(r"(\d+) notes", shown)[1]) == 500  # type: ignore[index]
    run("report", "-o", str(tmp_path / "page.txt"))
    for text in (run("report", "--full").out, (tmp_path / "page.txt").read_text("utf-8")):
        assert (text.count("Number "), "LEFT OUT" in text, "…" in text) == (500, False, False)


# The same in every rendering


@pytest.mark.parametrize("period", ["week", "fortnight", "28d", "2026-10"])
def test_text_and_markdown_show_the_values_figures(period: str, run: Run, write: Write) -> None:
    write(full(60))
    found = page(run, "--period", period)
    text = " ".join(run("report", "--period", period).out.split())
    shown = " ".join(run("report", "--period", period, "--format", "markdown").out.replace("\\", "").split())
    pain = found["measured"]["pain"]["figures"]
    said = [f"{found['kept']['days']} of {found['kept']['of']} days"]
    for name, end in (("pain", "worse"), ("interference", "worse"), ("mood", "better")):
        figures, change = (found["measured"][name][part] for part in ("figures", "change"))
        was = f" {tenths(change['before'])} {change['word']}" if change else ""
        ranged = f" {tenths(figures['low'])}".removesuffix(".0") + f"-{tenths(figures['high'])}".removesuffix(".0")
        said.append(f"{name} {end} {tenths(figures['mean'])}{was}{ranged} {figures['days']}")
    assert f"7 and above: {found['severe_days']}" in text
    assert pain["days"] <= found["kept"]["days"]
    for each in said:
        assert each in text
        assert each in shown


def test_the_file_s_name_says_the_format(run: Run, tmp_path: Path) -> None:
    run("pain", "6")
    for name, start in (
        ("a.md", "# Pain, mood and sleep diary"),
        ("a.json", '{\n  "painlog": 1'),
        ("a.txt", "PAIN, MOOD AND SLEEP DIARY"),
    ):
        assert run("report", "-o", str(tmp_path / name)).code == 0
        assert (tmp_path / name).read_text().startswith(start)
    assert (
        run("report", "--format", "docx").err
        == "painlog: 'docx' is not a format; there are text, markdown, html, pdf, json\n"
    )


def test_hostile_words_are_words_in_text_and_markdown(run: Run) -> None:
    run("note", HOSTILE)
    shown = run("report", "--question", HOSTILE, "--for", HOSTILE)
    assert "\x1b" not in shown.out
    marked = run("report", "--format", "markdown", "--question", HOSTILE).out
    assert "\x1b" not in marked
    assert markdown("</td><script>alert(1)</script>") in marked
    assert "<script>" not in marked


# What stands first


def test_questions_goals_and_the_change_from_the_first_days(run: Run, write: Write) -> None:
    write([f"{TODAY - timedelta(days=i)} pain {7 if i > 60 else 4}" for i in range(100)])
    run("plan", "goal", "Walk to the shop", "--at", str(TODAY - timedelta(days=90)))
    for days, result in ((2, "done"), (5, "not"), (30, "done"), (33, "done")):
        run("goal", result, "--at", str(TODAY - timedelta(days=days)))
    shown = run("report", "--period", "28d", "--question", "Can I drive?").out
    lines = shown.splitlines()
    first = lines.index("MY QUESTIONS  1. Can I drive?")
    assert lines[first + 1 : first + 2] == [
        "MY GOALS      Walk to the shop: done 1 of 2, 1 not (28 days before: done 2 of 2)",
    ]
    words = " ".join(shown.split())
    assert "at first, 12 – 25 Aug 2026: 7.0 (14 days), now 4.0 (-3.0, -43 %): better" in words
    assert "1. Pain: 4.0 of 10, better was 7.0 at first, 12 – 25 Aug 2026" in words
    later = " ".join(run("report", "--period", "28d", "--baseline", "2026-10-01").out.split())
    assert "at first, 1 – 14 Oct 2026: 4.0 (14 days), now 4.0 (+0.0): similar" in later


def test_the_first_days_need_ten_of_fourteen() -> None:
    start = date(2026, 1, 1)
    logged = [0, 1, 20, 21, 22, 23, 25, 26, 27, 28, 29, 30, 31, 32, 33]
    pain = {start + timedelta(days=i): DayValue(5, 1) for i in logged}
    found = first_days(pain)
    assert found is not None
    assert (found.start, found.end) == (start + timedelta(days=20), start + timedelta(days=33))
    assert first_days({day: value for day, value in pain.items() if day < start + timedelta(days=29)}) is None


def test_links_stand_on_the_page_where_they_are_asked_for(run: Run, write: Write) -> None:
    chance = random.Random(2)
    pains = [chance.randrange(2, 9) for _ in range(60)]
    write([
        f"{TODAY - timedelta(days=i)} pain {p}, mood {10 - p + chance.choice((-1, 0, 1))}" for i, p in enumerate(pains)
    ])
    assert "LINKS" not in run("report", "--period", "28d").out
    shown = " ".join(run("report", "--period", "28d", "--links").out.split())
    assert re.search(r"LINKS +These are patterns in your own records, not proof of cause\. Clear\. On", shown)


def test_a_question_stands_on_the_page_until_the_next_visit(run: Run) -> None:
    run("log", "mon pain 5")
    run("ask-doctor", "Can I drive?", "--at", "mon")
    lines = run("report", "--question", "And swim?").out.splitlines()
    first = lines.index("MY QUESTIONS  1. And swim?")
    assert lines[first + 1] == "              2. Can I drive?"
    run("visit", "Dr Weber", "--at", "yesterday")
    assert "MY QUESTIONS" not in run("report").out
    assert "18 – 19 Nov 2026" in run("report", "--period", "since-last-visit").err


# What is left out


def test_redacted_pages_hold_nothing_of_it_in_any_rendering(run: Run, write: Write) -> None:
    run("track", "add", "secret measure")
    write([f"{TODAY - timedelta(days=i)} pain 5 after secret-trigger, secret measure 4" for i in range(6)])
    for line in (
        *("took Secretol 5mg, did secret therapy 20m helped 5", "note secret note", "went well: secret joy"),
        *("setback: secret setback", "pain 6 where other:secret-place"),
    ):
        run("log", line)
    run("plan", "start", "Secretol", "5mg", "daily", "--reason", "secret-reason")
    run("dose", "Secretol", "5mg", "--side-effects", "secret-effect", "--side-effects", "nausea")
    run("plan", "goal", "secret goal")
    run("goal", "done", "secret goal")
    run("flare", "start", "--trigger", "secret-cause", "--note", "secret flare")
    for form in ("text", "markdown", "json"):
        arguments = (
            "report",
            "--format",
            form,
            "--redact",
            "notes,names",
            "--for",
            "Dr Secret",
            "--question",
            "secret?",
        )
        shown = run(*arguments)
        assert shown.code == 0
        assert "secret" not in shown.out.lower()
        assert "medicine 1" in shown.out
    assert "secret note" not in run("report", "--redact", "notes").out
    assert "Secretol" in run("report", "--redact", "notes").out
    assert run("report", "--redact", "places").err == "painlog: --redact is notes, names or both, not 'places'\n"


def test_a_page_for_a_visit_is_written_to_no_file_of_the_name_of_standard_output(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("pain", "4")
    ran = run("visit", "prepare", "-o", "-")
    assert (ran.code, "-o takes the name of a file" in ran.err) == (2, True)
    assert not (tmp_path / "-").exists()


def test_signs_and_dates_of_the_days_are_plain(run: Run, write: Write) -> None:
    """A flare's letter was in no legend, and a month of one day was ``19-19 Nov``."""
    write(["6 nov flare starts", "8 nov flare over", "19 nov pain 4"])
    assert "f = in a flare" in run("report", "--period", "fortnight").out
    assert "f = in a flare" not in run("report", "--period", "week").out
    write([f"2026-10-{day} pain 5" for day in range(10, 32)] + ["2026-11-01 pain 5"])
    assert re.search(r"^ *1 Nov 26 ", run("report", "--from", "2026-08-01", "--to", "2026-11-01").out, re.MULTILINE)
