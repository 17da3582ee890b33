"""What a person plans for their life: flares, signs, what matters, pauses and goals; and what check-in asks of it."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from painlog.cli.record import flare
from painlog.domain.entries import Draft
from painlog.domain.kinds.care import PLAN
from painlog.domain.language.dates import present
from painlog.storage.journal import Journal
from tests.cli.test_ahead import Type, lines
from tests.conftest import NOW, Run
from tests.support.terminals import typed

At = Callable[[str], None]


def test_the_flare_plan_comes_first_with_how_long_past_flares_lasted(run: Run) -> None:
    """Lengths count both ends: 2, 5 and 9 days. Before three are over nothing is said of them, and nothing is ahead."""
    assert "A flare" not in run("flare", "start", "--at", "1 oct").out
    run("flare", "end", "--at", "2 oct", "--note", "heat helped")
    assert "heat" not in run("plan").out
    run("plan", "flare", "heat", "half the walk, slowly", "text M.")
    run("plan", "signs", "Sleep under 5 h")
    for start, end in (("5 oct", "9 oct"), ("20 oct", "28 oct")):
        assert "past flares" not in run("flare", "start", "--at", start).err
        run("flare", "end", "--at", end)
    ran = run("log", "flare start")
    assert lines(ran.err) == [
        "Your plan for a flare:",
        "1. heat",
        "2. half the walk, slowly",
        "3. text M.",
        "Your 3 past flares lasted 2 to 9 days, half of them up to 5 days.",
        "What you wrote at the end of the last ones:",
        "heat helped",
    ]
    assert "Sleep under 5 h" in run("plan").out
    run("plan", "flare", "rest at noon")
    assert lines(run("plan", "flare").out)[1:] == ["heat", "half the walk, slowly", "text M.", "rest at noon"]
    run("plan", "flare", "--anew", "rest")
    assert lines(run("plan", "flare").out)[1:] == ["rest"]
    run("undo")
    assert lines(run("plan", "flare").out)[1] == "heat"


def test_what_helped_is_asked_in_one_line_of_who_sits_there(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return "warm bath"

    monkeypatch.setattr(flare, "is_there_somebody", lambda: True)
    monkeypatch.setattr(flare, "read_answer", answer)
    assert run("flare", "end").code == 2  # none is open, so nobody is asked
    run("flare", "start")
    assert "flare end, warm bath" in run("flare", "end").out
    assert len(asked) == 1
    run("undo")
    assert "flare end, said already" in run("flare", "end", "--note", "said already").out
    assert len(asked) == 1


@pytest.mark.parametrize("no", ["n", "No", "nothing", "none.", ""])
def test_a_no_to_what_helped_is_not_kept_as_what_helped(no: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flare, "is_there_somebody", lambda: True)
    monkeypatch.setattr(flare, "read_answer", lambda _question: no)
    run("flare", "start")
    assert run("flare", "end").out.startswith("flare end  ")


def test_what_matters_is_counted_beside_pain(run: Run) -> None:
    """Pain 2, 3 and 4 on the days that had it is 3.0; 6, 6, 6 and 8 on the others is 6.5."""
    run("plan", "matters", "Time with the children", "music")
    for day, pain in ((1, 2), (2, 3), (3, 4)):
        run("log", f"{day} days ago did time with the children 2h, pain {pain}")
    for day, pain in ((4, 6), (5, 6), (6, 6), (7, 8)):
        run("pain", str(pain), "--at", f"{day} days ago")
    run("log", "did music")
    row = "Time with the children: on 3 of {} days; pain 3.0 then (3 days), 6.5 on the others (4 days)"
    assert " ".join(run("plan").out.split()).endswith(f"WHAT MATTERS {row.format(28)} music: on 1 of 28 days")
    page = run("report", "--period", "28d")
    assert row.format(8).partition(";")[0] in " ".join(page.out.split())
    assert "Treated" not in page.out
    assert "treatment" not in run("list", "--period", "28d").out
    table = run("export", "csv", "--layout", "long", "--period", "all").out
    assert ("children" in table, "mattered" in table) == (False, True)  # the person's own words go with the notes
    assert "children" not in run("report", "--period", "28d", "--redact", "notes").out
    run("log", "did yoga with the children", "--dry-run")
    assert "treatment physio" in run("log", "did physio 45m").out


def test_nothing_is_asked_in_a_pause_and_its_gaps_are_intended(run: Run, at: At) -> None:
    """Two weeks from 5 Nov on are 5 to 18 Nov: 13 days without an entry, and one on which pain was recorded."""
    at("2026-11-05T20:00:00+01:00")
    run("pain", "4", "--at", "1 nov")
    assert "mood" in run("due").out
    run("plan", "start", "duloxetine", "60mg", "daily")
    run("pause", "2w", "holiday")
    assert "Paused until Wed 18 Nov (holiday)" in run("pause").out
    assert run("due").out.startswith("1 of 1 scheduled medicine not recorded, which is not the same as not taken")
    assert run("due", "--short").out == ""
    at("2026-11-18T20:00:00+01:00")
    run("pain", "5")
    assert run("due", "--short").out == ""
    at("2026-11-19T20:00:00+01:00")
    assert "mood" in run("due", "--short").out
    shown = " ".join(run("report", "--from", "5 nov", "--to", "19 nov").out.split())
    assert "1 of 15 days logged: 1 the same day; 13 days without an entry in a pause, as intended" in shown
    assert "13 days without an entry in a pause, as intended." in run("calendar").out
    assert json.loads(run("plan", "show", "--json").out)["plan"]["followed"][0]["item"]["name"] == "duloxetine"
    assert "there is no pause" in run("pause", "end").err
    run("pause", "25", "nov", "at", "my", "sister's")
    assert "Paused until Wed 25 Nov (at my sister's)" in run("pause").out, "the last day is two words, without quotes"
    run("undo")
    run("pause", "25 nov")
    assert "pause 7 days" in run("list").out
    run("pause", "end")
    assert "no pause" in run("pause").err
    run("undo")
    at("2026-11-21T20:00:00+01:00")
    assert "changed: pause 2 days" in run("pause", "end").out
    for text in ("2 fortnights", "0w", "18 nov 2026", "999w"):
        assert run("pause", text).code == 2, text


def test_a_pause_leaves_the_medicines_to_ask(run: Run, type_lines: Type) -> None:
    run("plan", "start", "duloxetine", "60mg", "daily", "--at", "mon")
    run("pause", "3d")
    type_lines("t")
    ran = run("checkin")
    assert ("1/1" in ran.err, "dose duloxetine, 60 mg" in ran.out) == (True, True)
    assert "you pause, so nothing is asked" in run("checkin").err


def test_goals_are_asked_on_their_days_and_end(run: Run, at: At, type_lines: Type) -> None:
    """Twice a week is asked until it was done twice in seven days; its own days are asked whatever was done."""
    run("config", "set", "evening_questions", "mood")
    run("plan", "goal", "Walk", "--often", "twice a week", "--at", "2026-11-16")
    run("plan", "goal", "Call a friend", "--on", "thursday and mon", "--at", "2026-11-16")
    run("plan", "goal", "Read", "--at", "2026-11-16")
    asked = []
    for day, answers in ((17, ("", "d")), (18, ("", "p")), (19, ("", "d", "n")), (20, ("",)), (23, ("", "d"))):
        at(f"2026-11-{day}T20:00:00+01:00")
        type_lines(*answers)
        err = run("checkin", "evening").err
        asked.append([name for name in ("Walk", "Call", "Read") if f" {name}" in err])
    assert asked == [["Walk"], ["Walk"], ["Walk", "Call"], [], ["Call"]]
    reviewed = json.loads(run("plan", "show", "--json").out)["plan"]["goals"]
    counted = {each["item"]["name"]: (each["done"], each["partly"], each["missed"]) for each in reviewed}
    assert counted == {"Walk": (2, 1, 0), "Call a friend": (1, 0, 1), "Read": (0, 0, 0)}
    assert "goal stop: Walk, reached, the shop and back" in " ".join(
        run("plan", "stop", "walk", "--reached", "--note", "the shop and back").out.split()
    )
    ran = run("plan", "goal", "Read aloud", "--instead-of", "read", "--note", "eyes")
    assert [line.partition("  ")[0] for line in ran.out.splitlines()[:2]] == [
        "goal stop: Read, changed, eyes",
        "goal start: Read aloud",
    ]
    assert "Call a friend (mon, thu)" in run("plan").out
    for words in (
        ("stop", "call", "--reached", "--let-go"),
        ("goal", "X", "--on", "someday"),
        ("stop", "x", "--let-go"),
    ):
        assert run("plan", *words).code == 2


def test_with_life_first_pain_is_asked_last_and_the_page_leads_with_life(run: Run, at: At, type_lines: Type) -> None:
    at("2026-11-19T20:00:00+01:00")
    run("plan", "matters", "music")
    run("config", "set", "evening_questions", "pain_average, mood")
    run("config", "set", "begin_with", "life")
    type_lines("Made soup", "y", "5", "6")
    ran = run("checkin", "evening")
    asked = re.findall(r"^\d/4  ([^:\n]+)", ran.err, re.MULTILINE)
    assert [text[:9] for text in asked] == ["Went well", "Was there", "Mood", "Pain (the"]
    assert [line.partition("  ")[0] for line in ran.out.splitlines()[:4]] == [
        "went well: Made soup",
        "mood 5",
        "pain average 6",
        "mattered music",
    ]
    run("log", "activity 45m, pain 3 low back")
    labels = re.findall(r"^([A-Z]+(?: [A-Z]+)*)(?:  |$)", run("report").out, re.MULTILINE)
    page = [label.strip() for label in labels]
    assert page[1:5] == ["MATTERS", "WENT WELL", "LOGGED", "MEASURES"]
    assert page.index("WENT WELL") < page.index("PAIN")
    assert run("config", "set", "begin_with", "sun").err == "painlog: begin_with is pain or life, not 'sun'\n"
    run("config", "set", "begin_with", "pain")
    assert run("report").out.index("\nPAIN ") < run("report").out.index("\nWENT WELL ")


@pytest.mark.parametrize("how", [(), ("--plain",)], ids=["", "plain"])
def test_a_usual_evening_with_two_medicines_is_fewer_than_fifteen_keys(how: tuple[str, ...], path: Path) -> None:
    """Five ratings, no medicine as needed, two of the plan, and a goal whose turn it is."""
    with Journal.open(path, NOW) as journal:
        for line in ("duloxetine", "gabapentin"):
            journal.record([plan_step(line, "medicine", schedule="1 a day")])
        journal.record([plan_step("Walk", "goal", schedule="1 a day")])
    keys = "67543\n\ntsd"
    code, screen = typed(path, keys, *how, "checkin", "evening")
    assert (code, len(keys) < 15) == (0, True), screen
    with Journal.look(path, NOW) as journal:
        texts = [entry.text for entry in journal.entries() if entry.kind != "plan"]
    assert sorted(texts) == [
        *("dose duloxetine, scheduled", "dose skipped gabapentin, scheduled", "goal done, Walk"),
        *("mood 4, worry 3", "pain average 6, interference 5", "pain worst 7"),
    ]


def plan_step(name: str, sort: str, **more: str) -> Draft:
    return Draft(PLAN, present(NOW), PLAN.check({"name": name, "sort": sort, "step": "start", **more}))


def test_the_plan_shows_all_that_stands_in_it_in_words_and_as_json(run: Run) -> None:
    """The sheets, what lies ahead, a pause that is on, and where the flare plan is found."""
    assert json.loads(run("plan", "show", "--json").out)["plan"].items() >= {"flare": [], "pause": None}.items()
    for line in (
        ("flare", "heat", "half the walk"), ("signs", "short nights"), ("matters", "choir"),
        ("start", "duloxetine", "60mg", "daily"),
    ):  # fmt: skip
        run("plan", *line)
    run("visit", "plan", "Weber", "1 dec 9:00")
    run("pause", "2w", "holiday")
    shown = json.loads(run("plan", "show", "--json").out)["plan"]
    assert (shown["flare"], shown["signs"]) == (["heat", "half the walk"], ["short nights"])
    assert [each["name"] for each in shown["matters"]] == ["choir"]
    assert [(each["name"], each["day"]) for each in shown["ahead"]] == [("Weber", "2026-12-01")]
    assert shown["pause"] == {"start": "2026-11-19", "end": "2026-12-02", "note": "holiday"}
    words = run("plan").out
    assert words.startswith("Paused until Wed 2 Dec (holiday); painlog pause end goes on.\n")
    assert "painlog plan flare shows it alone" in words
    run("pause", "end")
    assert "Paused" not in run("plan").out
