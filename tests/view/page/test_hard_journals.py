"""Journals in which what matters is easily lost: what must stand on the page, whatever its format, period and room."""

import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from ctypes.util import find_library
from datetime import datetime, timedelta
from functools import partial
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from pypdf import PdfReader
from rich.cells import cell_len

from painlog.analysis.report.page import Page
from painlog.analysis.report.talking_points import MOST
from painlog.domain import clock
from painlog.view.as_json import as_json
from painlog.view.page.explaining import RULES, explanation
from painlog.view.page.html import page_html
from painlog.view.page.markdown import page_markdown
from painlog.view.page.pdf import page_pdf
from painlog.view.page.plain import page_plain
from painlog.view.page.text import page_text, room_of
from painlog.view.page.words import list_points
from tests.conftest import NOW, Run

TODAY = NOW.date()
LONG = "word " * 79 + "end"
MANY = [f"{chr(97 + i) * 3}{chr(122 - i) * 4}" for i in range(25)]
NEARLY = "1,1,1,1,1,1,1,1,3"
NOT_AT_ALL = "0,0,0,0,0,0,0,0,0"


class Hard(NamedTuple):
    """Lines to log, commands after them, what is asked, what must stand on the page, and what must not.

    A command that begins with the name of a zone sets the clock there. ``table`` is a table to import; JSON has
    ``values`` at paths.
    """

    lines: Sequence[str]
    commands: Sequence[Sequence[str]] = ()
    asked: Sequence[str] = ("--period", "28d")
    stands: Sequence[str] = ()
    never: Sequence[str] = ()
    values: Mapping[str, object] = MappingProxyType({})
    table: Sequence[str] = ()


def day(back: int) -> str:
    return str(TODAY - timedelta(days=back))


def at(back: int) -> tuple[str, str]:
    return "--at", day(back)


def form(id_: str, answers: str, back: int, *more: str) -> tuple[str, ...]:
    return ("ask", id_, "--answers", answers, *more, *at(back))


def every(days: int, line: str) -> list[str]:
    return [f"{day(back)} {line}" for back in range(days)]


TRIVIA = every(28, "pain 5 neck, mood 5 worry 4 interest 5, interference 4, went well: Tea, note Walked a bit")
PHQ9 = ("config", "set", "phq9", "yes")
SAFETY = (PHQ9, form("phq9", NEARLY, 5), form("phq9", NOT_AT_ALL, 1))
SAID = ("nearly every day", "not at all", "Sat 14 Nov", "Wed 18 Nov")
CASES = {
    **{
        f"a safety answer in {period}": Hard(TRIVIA, SAFETY, ("--period", period), SAID)
        for period in ("week", "28d", "3m", "1y")
    },
    "a safety answer kept private": Hard(
        TRIVIA,
        (PHQ9, form("phq9", NEARLY, 5, "--keep-private")),
        stands=("kept private by choice",),
        never=("nearly every day", "Safety answer"),
    ),
    "one answer private, one not": Hard(
        TRIVIA,
        (PHQ9, form("phq9", NEARLY, 5, "--keep-private"), form("phq9", "0,0,0,0,0,0,0,0,1", 3)),
        stands=("several days", "kept private by choice", "Mon 16 Nov", "Sat 14 Nov"),
        never=("nearly every day",),
    ),
    "PHQ-8 from 4 to 12": Hard(
        TRIVIA,
        (form("phq8", "1,1,1,1,0,0,0,0", 30), form("phq8", "2,2,2,2,1,1,1,1", 4)),
        stands=("Low mood: PHQ-8 is 12 of 24, worse", "was 4 on Tue 20 Oct", "usual cut-off of 10"),
    ),
    "PHQ-8 crept up since the visit": Hard(
        TRIVIA,
        (
            form("phq8", "0,0,0,0,0,0,0,0", 40),
            ("visit", "Dr Weber", *at(38)),
            *(form("phq8", answers, back) for answers, back in (("1,1,1,0,0,0,0,0", 12), ("1,1,1,1,1,1,0,0", 2))),
        ),
        stands=("PHQ-8 is 6 of 24, worse", "was 0 on Sat 10 Oct"),
    ),
    "an opioid, and two questions": Hard(
        [
            *every(56, "pain 5"),
            *(f"{day(back)} took tramadol 50mg prn" for back in range(0, 22, 2)),
            f"{day(40)} took tramadol 50mg",
        ],
        [("ask-doctor", "Is tramadol right for me?"), ("ask-doctor", "And the second question?")],
        stands=("Tramadol: 11 of 28 days, more", "tramadol 50 mg", "Is tramadol right", "And the second question?"),
    ),
    "a fall that was marked": Hard([*TRIVIA, f"{day(3)} note ! Fell on the stairs"], stands=("! Fell on the stairs",)),
    "a marked note of 400 letters": Hard(TRIVIA, [("note", f"! {LONG}", *at(2))], stands=(f"! {LONG}",)),
    "a setback": Hard([*TRIVIA, f"{day(9)} setback: I want to die"], stands=("I want to die",)),
    "an infusion": Hard(
        TRIVIA,
        [("treatment", "ketamine infusion", *at(6)), *(("treatment", f"walk {i}", *at(i)) for i in range(9))],
        stands=("ketamine infusion",),
    ),
    "a hopelessness of 10 on one day": Hard(
        [*TRIVIA, f"{day(16)} mood 2 hopeless 10"],
        stands=("Hopelessness: 10 of 10 on Tue 3 Nov", "hopelessness 10 (Tue 3 Nov)"),
    ),
    "a relapse in the last month of three": Hard(
        [f"{day(back)} pain {(3, 4, 3, 5)[back % 4] + (4 if back < 28 else 0)}" for back in range(92)],
        asked=("--period", "3m"),
        stands=("Pain from 23 Oct to 19 Nov: 7.8 of 10, much worse", "3.8 in the rest of this period"),
    ),
    "the same all along": Hard(
        [f"{day(back)} pain {(3, 4, 3, 5)[back % 4]}" for back in range(180)],
        asked=("--period", "3m"),
        stands=("Nothing in this period reached a rule",),
    ),
    "two doses on a day": Hard(
        [*every(4, "took duloxetine 60mg"), f"{day(1)} took duloxetine 60mg"],
        [("plan", "start", "duloxetine", "60mg", "daily", *at(5))],
        ("--period", "week"),
        stands=("1 extra", "2 not recorded"),
    ),
    "stopped and begun again": Hard(
        TRIVIA,
        [
            ("plan", "start", "duloxetine", "60mg", "daily", *at(20)),
            ("plan", "stop", "duloxetine", *at(14)),
            ("plan", "start", "duloxetine", "30mg", "daily", *at(7)),
        ],
        stands=("plan stop: duloxetine", "plan start: duloxetine 30 mg", "plan start: duloxetine 60 mg"),
    ),
    "a medicine of the plan that was never recorded": Hard(
        TRIVIA, [("plan", "start", "duloxetine", "60mg", "daily", *at(9))], stands=("none recorded of 10 due",)
    ),
    "sessions that never were": Hard(
        TRIVIA,
        [("plan", "start", "physio", "weekly", "--therapy", *at(27))],
        stands=("physio: none recorded of 4 due",),
    ),
    "no data": Hard((), asked=("--period", "2020-03"), stands=("0 of 31 days logged",)),
    "one day": Hard(["pain 8 neck"], asked=("--period", "today"), stands=("7 and above: 1", "highest rating 8")),
    "twenty-five medicines": Hard(
        TRIVIA,
        [("dose", name, "5mg", *at(i % 9)) for i, name in enumerate(MANY)],
        stands=[f"{name} 5 mg" for name in MANY],
    ),
    "Arabic and emoji": Hard(
        TRIVIA,
        [("dose", "دواء للألم", "400mg"), ("note", "! 👩🏽‍⚕️ سقطت"), ("ask-doctor", "هل هذا آمن؟ 💊")],
        stands=("دواء للألم", "👩🏽‍⚕️ سقطت", "هل هذا آمن؟ 💊"),
    ),
    "a flare that ended after the period": Hard(
        TRIVIA,
        [("flare", "start", *at(9)), ("flare", "end", *at(1))],
        ("--from", day(20), "--to", day(5)),
        stands=("Tue 10 Nov to Wed 18 Nov, after this period",),
        never=("not marked as over", "since Tue 10 Nov"),
    ),
    "a visit within the period": Hard(
        [*(f"{day(back)} pain 7" for back in range(12, 40)), *(f"{day(back)} pain 3" for back in range(12))],
        [("visit", "Dr Weber", "--at", f"{day(12)} 10:00")],
        stands=("Pain since the last visit: 3.0 of 10, better", "was 7.0 in the 14 days up to the last visit"),
    ),
}
MIGRAINE = [f"{day(back)} took codeine 30mg" for back in range(112) if back % 28 < 12]
CASES |= {
    "an opioid against migraine for months": Hard(
        [*TRIVIA, *MIGRAINE],
        [("plan", "start", "codeine", "30mg", "prn", "class", "opioid", "for", "migraine", *at(120))],
        stands=(
            "Opioid for headache: 12 of the last 28 days",
            "12, 12, 12, 12 in the last four months of 28 days, each at or above the 10 that ICHD-3 counts",
            "opioid (codeine): 12 of 28 days",
        ),
        never=("overuse", "Codeine: 12 of 28 days, more"),
        values={"points.0.rule": "headache", "points.0.evidence.months": [12] * 4, "class_days.0.in_four_weeks": 12},
    ),
    "a scheduled opioid, for migraine too": Hard(
        [*TRIVIA, *(line.replace("codeine", "morphine") for line in MIGRAINE)],
        [("plan", "start", "morphine", "10mg", "daily", "class", "opioid", "for", "migraine", *at(120))],
        stands=("opioid (morphine): 12 of 28 days", "Nothing in this period reached a rule"),
        never=("ICHD", "for headache"),
        values={"points": [], "class_days.0.name": "opioid", "class_days.0.needed": 0},
    ),
    "two of a class, each a little more": Hard(
        [
            *every(56, "pain 5"),
            *(f"{day(back)} took {('codeine', 'tramadol')[back % 2]} 50mg prn" for back in range(8)),
        ],
        [("plan", "start", name, "50mg", "prn", "class", "opioid") for name in ("codeine", "tramadol")],
        stands=(
            "Opioid: 8 of 28 days, more",
            "0 of 28 days with entries before",
            "opioid (codeine, tramadol): 8 of 28",
        ),
        values={"points.0.rule": "class", "medicine_days.0.days": 4, "class_days.1.days": 8},
    ),
    "imported alone": Hard(
        (),
        table=(
            "date,pain,note",
            *(f"{day(back)},{5 + back % 3},{'! Fell' if back == 4 else ''}" for back in range(20)),
        ),
        stands=("20 of 20 days logged", "! Fell", "highest rating 7 on Tue 17 Nov"),
        values={"kept.days": 20, "measured.pain.figures.days": 20, "notes.0.days": [day(4)]},
    ),
    "a year with six bad weeks, and a form at its cut-off in the first": Hard(
        [f"{day(back)} pain {(3, 4)[back % 2] + (4 if 100 <= back < 142 else 0)}" for back in range(360)],
        (form("gad7", "2,2,2,2,2,2,2", 340),),
        ("--period", "1y"),
        ("Pain from 3 Jul to 13 Aug: 7.3 of 10, much worse", "3.5 in the rest of this period", "GAD-7 is 14 of 21"),
        values={"points.0.rule": "form", "points.1.rule": "run", "runs.0.change.word": "much worse"},
    ),
    "a safety answer since the last visit": Hard(
        TRIVIA,
        (*SAFETY, ("visit", "Dr Weber", *at(6))),
        ("--period", "since-last-visit"),
        SAID,
        values={"period.start": day(6)},
    ),
    "a private answer that is told after all": Hard(
        TRIVIA,
        (PHQ9, form("phq9", NEARLY, 5, "--keep-private"), ("edit", "last", "phq9", "--set", "item_9_private=no")),
        stands=("Safety answer: “nearly every day”, Sat 14 Nov",),
        never=("kept private",),
        values={"safety.highest.answer": 3, "safety.kept_private": []},
    ),
    "a week away": Hard(
        [f"{day(back)} pain 5" for back in range(12, 28)],
        [("Europe/Berlin", f"{day(11)}T12:00:00+01:00"), ("pause", "1w", "at the sea")],
        stands=("16 of 28 days logged", "7 days without an entry in a pause, as intended"),
        values={"kept.paused": 7, "kept.days": 16},
    ),
    "a day in Tokyo that is another one here": Hard(
        every(3, "pain 4"),
        [("Asia/Tokyo", "2026-11-17T08:00:00+09:00"), ("pain", "9"), ("note", "! Fell at the station")],
        stands=("highest rating 9 on Tue 17 Nov", "! Fell at the station"),
        values={"highest": {"score": 9, "day": "2026-11-17"}, "notes.0.days": ["2026-11-17"]},
    ),
    "a goal let go": Hard(
        TRIVIA,
        [
            *(("plan", "goal", goal, *at(20)) for goal in ("Walk to the shop", "Swim")),
            ("plan", "stop", "walk", "--let-go", "--note", "my knee", *at(3)),
        ],
        stands=("goal stop: Walk to the shop, let-go, my knee", "Swim: nothing recorded"),
        values={"plan.goals.0.item.name": "Swim", "plan.goals.1.in_force": False},
    ),
    "a trial under way": Hard(
        TRIVIA,
        [("trial", "start", "evening walk", "--on", "pain", "--checked")],
        stands=("to decide: evening walk, by lot, on pain: day 1 of 56",),
        values={"to_decide.name": "evening walk", "to_decide.number": 1},
    ),
    "a grave day beside a mean": Hard(
        [f"{day(back)} pain 5, hopeless {7 if back == 3 else 2}" for back in range(28)],
        stands=("hopelessness at 7 or more: 7 (Mon 16 Nov)", "Nothing in this period reached a rule"),
        values={"points": [], "measured.hopeless.figures.high": 7},
    ),
    "every tuesday": Hard(
        [*TRIVIA, f"{day(2)} took methotrexate 10mg", f"{day(15)} took methotrexate 10mg"],
        [("plan", "start", "methotrexate", "10mg", "every", "tue", *at(27))],
        stands=("2 of 4 due, 2 not recorded (28 days)", "plan start: methotrexate 10 mg, every tue"),
        values={"plan.followed.0.due": 4, "plan.followed.0.adherence.unrecorded": 2},
    ),
    "ten marked notes of 400 letters": Hard(
        [*TRIVIA, *(f"{day(i)} note ! {i} {LONG}" for i in range(10))],
        stands=[f"! {i} {LONG}" for i in range(10)],
        values={"notes.1.marked": True, "notes.1.days": [day(0)]},
    ),
    "one grave day alone": Hard(
        ["pain 9, hopeless 9, setback: Fell again"],
        asked=("--period", "today"),
        stands=("Hopelessness: 9 of 10 on Thu 19 Nov", "Fell again", "highest rating 9 on Thu 19 Nov"),
        values={"points.0.rule": "hopeless", "points.0.evidence.value": 9, "setbacks.0.text": "Fell again"},
    ),
}
_MADE: dict[str, Page] = {}


class Words(HTMLParser):
    """The words of a document, without its style."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(document.partition("</style>")[2])

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200e\\]", "", text).casefold()


@pytest.fixture
def made(run: Run, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Page]:
    """Return the page of a journal."""

    def keep(name: str, page: Page, *_: object, **__: object) -> str:
        _MADE[name] = page
        return ""

    def make(name: str) -> Page:
        hard = CASES[name]
        path.unlink(missing_ok=True)
        diary = tmp_path / "diary.txt"
        diary.write_text("".join(f"{line}\n" for line in hard.lines))
        table = tmp_path / "table.csv"
        table.write_text("\n".join(hard.table) + "\n")
        imports = [("import", str(table), "--yes", "--answer", "scale pain=0-10")] if hard.table else []
        with monkeypatch.context() as patch:
            for command in [*([("log", "--file", str(diary))] if hard.lines else []), *hard.commands, *imports]:
                if "/" in command[0]:
                    _travel(patch, *command)
                    continue
                ran = run(*command)
                assert ran.code == 0, (command, ran.err)
        time.tzset()
        with monkeypatch.context() as patch:
            patch.setattr("painlog.view.page.html.page_html", partial(keep, name))
            assert run("report", "--format", "html", *hard.asked).code == 0
        return _MADE[name]

    return make


def _travel(patch: pytest.MonkeyPatch, zone: str, instant: str) -> None:
    patch.setenv("TZ", zone)
    time.tzset()
    now = datetime.fromisoformat(instant).astimezone()
    patch.setattr(clock, "now", lambda: now)


def _at_path(found: Any, path: str) -> Any:
    for part in path.split("."):
        found = found[int(part)] if isinstance(found, list) else found[part]
    return found


@pytest.mark.parametrize("name", CASES)
def test_it_stands_on_every_page(name: str, made: Callable[[str], Page]) -> None:
    page, hard = made(name), CASES[name]
    document = page_html(page)
    printed = re.sub(r'<(li|tr) class="beyond">.*?</\1>', "", document, flags=re.DOTALL)
    shown = {
        "text": page_text(page),
        "a narrow terminal": page_text(page, room_of(50)),
        "for a screen reader": "\n".join(page_plain(page)),
        "markdown": page_markdown(page),
        "html": "".join(Words(document).words),
        "paper": "".join(Words(printed).words),
    }
    for medium, columns in (("text", 80), ("a narrow terminal", 50)):
        assert [line for line in shown[medium].splitlines() if cell_len(line) > columns] == []
    for medium, text in shown.items():
        for said in hard.stands:
            assert squeezed(said) in squeezed(text), (medium, said)
        for unsaid in hard.never:
            assert squeezed(unsaid) not in squeezed(text), (medium, unsaid)
    found = json.loads(as_json("report", page))["report"]
    assert {path: _at_path(found, path) for path in hard.values} == hard.values
    explained = list(explanation(page))
    others = explained[min(len(page.points), MOST)].removeprefix("Not reached: ").removesuffix(".").split("; ")
    for number, (point, said_) in enumerate(zip(page.points[:MOST], list_points(page), strict=True), 1):
        rule = rf"{number}\. {re.escape(said_.headline)}\. Rule: {re.escape(RULES[point.rule].text)} \(.+\)\."
        assert re.match(rf"{rule} Rests on .*\d", explained[number - 1])
        assert RULES[point.rule].text not in others


@pytest.mark.skipif(find_library("pango-1.0") is None, reason="needs Pango: apt install libpangoft2-1.0-0")
@pytest.mark.parametrize(
    "name", ["a safety answer in 28d", "twenty-five medicines", "an opioid against migraine for months"]
)
def test_it_stands_on_paper(name: str, made: Callable[[str], Page]) -> None:
    reader = PdfReader(BytesIO(page_pdf(made(name))))
    text = squeezed("".join(sheet.extract_text() for sheet in reader.pages))
    for said in CASES[name].stands:
        assert squeezed(said) in text, said


def test_json_says_the_safety_answer_and_the_points(made: Callable[[str], Page]) -> None:
    found = json.loads(as_json("report", made("a safety answer in week")))["report"]
    assert (found["safety"]["highest"]["answer"], found["safety"]["highest"]["day"]) == (3, day(5))
    assert (found["safety"]["latest"]["answer"], found["safety"]["latest"]["day"]) == (0, day(1))
    assert found["points"][0]["rule"] == "safety"
    private = json.loads(as_json("report", made("a safety answer kept private")))["report"]
    assert (private["safety"]["highest"], private["safety"]["kept_private"]) == (None, [day(5)])


def test_a_file_with_a_safety_answer_says_so(run: Run, tmp_path: Path) -> None:
    for command in (PHQ9, form("phq9", NEARLY, 2)):
        assert run(*command).code == 0
    run("note", "Rest")
    said = run("report", "--name", "Anna", "-o", str(tmp_path / "a.txt")).err
    assert "it holds your name, words of your own and an answer to PHQ-9's item 9" in said
    assert run("edit", "last", "phq9", "--set", "item_9_private=yes").code == 0
    assert "kept private by choice" in run("report").out
    assert "nearly every day" not in run("report").out.lower()
    assert "item 9" not in run("report", "-o", str(tmp_path / "b.txt")).err
