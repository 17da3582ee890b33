"""Journals in which what matters is easily lost: what must stand on the page, whatever its format, period and room."""

import json
import re
from collections.abc import Callable, Sequence
from ctypes.util import find_library
from datetime import timedelta
from functools import partial
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
from pypdf import PdfReader
from rich.cells import cell_len

from painlog.analysis.report.page import Page
from painlog.analysis.report.talking_points import MOST
from painlog.view.as_json import as_json
from painlog.view.page.explaining import RULES, explanation
from painlog.view.page.html import page_html
from painlog.view.page.markdown import page_markdown
from painlog.view.page.pdf import page_pdf
from painlog.view.page.text import page_text, room_of
from painlog.view.page.words import list_points
from tests.conftest import NOW, Run

TODAY = NOW.date()
LONG = "word " * 79 + "end"
MANY = [f"{chr(97 + i) * 3}{chr(122 - i) * 4}" for i in range(25)]
NEARLY = "1,1,1,1,1,1,1,1,3"
NOT_AT_ALL = "0,0,0,0,0,0,0,0,0"


class Hard(NamedTuple):
    """Lines to log, commands after them, what is asked, what must stand on the page, and what must not."""

    lines: Sequence[str]
    commands: Sequence[Sequence[str]] = ()
    asked: Sequence[str] = ("--period", "28d")
    stands: Sequence[str] = ()
    never: Sequence[str] = ()


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
        for command in ([("log", "--file", str(diary))] if hard.lines else []) + [*hard.commands]:
            ran = run(*command)
            assert ran.code == 0, (command, ran.err)
        with monkeypatch.context() as patch:
            patch.setattr("painlog.view.page.html.page_html", partial(keep, name))
            assert run("report", "--format", "html", *hard.asked).code == 0
        return _MADE[name]

    return make


@pytest.mark.parametrize("name", CASES)
def test_it_stands_on_every_page(name: str, made: Callable[[str], Page]) -> None:
    page, hard = made(name), CASES[name]
    document = page_html(page)
    printed = re.sub(r'<(li|tr) class="beyond">.*?</\1>', "", document, flags=re.DOTALL)
    shown = {
        "text": page_text(page),
        "a low terminal": page_text(page, room_of(80, 10)),
        "a narrow one": page_text(page, room_of(50, 10)),
        "markdown": page_markdown(page),
        "html": "".join(Words(document).words),
        "paper": "".join(Words(printed).words),
    }
    for medium, columns in (("text", 80), ("a low terminal", 80), ("a narrow one", 50)):
        assert [line for line in shown[medium].splitlines() if cell_len(line) > columns] == []
    for medium, text in shown.items():
        for said in hard.stands:
            assert squeezed(said) in squeezed(text), (medium, said)
        for unsaid in hard.never:
            assert squeezed(unsaid) not in squeezed(text), (medium, unsaid)
    assert json.loads(as_json("report", page))["report"]["period"]
    explained = list(explanation(page))
    others = explained[min(len(page.points), MOST)].removeprefix("Not reached: ").removesuffix(".").split("; ")
    for number, (point, said_) in enumerate(zip(page.points[:MOST], list_points(page), strict=True), 1):
        rule = rf"{number}\. {re.escape(said_.headline)}\. Rule: {re.escape(RULES[point.rule].text)} \(.+\)\."
        assert re.match(rf"{rule} Rests on .*\d", explained[number - 1])
        assert RULES[point.rule].text not in others


@pytest.mark.skipif(find_library("pango-1.0") is None, reason="needs Pango: apt install libpangoft2-1.0-0")
@pytest.mark.parametrize("name", ["a safety answer in 28d", "twenty-five medicines"])
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


# Computed anew


@pytest.mark.parametrize(("back", "length"), [(0, 7), (5, 14), (10, 28), (0, 91)])
def test_figures_agree_with_pandas_on_what_was_typed(
    back: int, length: int, run: Run, recorded_once: Callable[[str, Callable[[], object]], None], tmp_path: Path
) -> None:
    days = pd.DataFrame({"back": range(200)})
    days["pain"] = (days.back * 7 % 11 + days.back * 3 % 5) / 1.5
    days["pain"] = days.pain.clip(0, 10).round(1)
    days["mood"] = days.back * 5 % 9
    days["prn"] = days.back % 5 == 1
    days = days[days.back % 6 != 4]
    rows = list(zip(*(days[name].tolist() for name in ("back", "pain", "mood", "prn")), strict=True))
    lines = [
        f"{day(back_)} pain {pain:g}, mood {mood}" + (", took tramadol 50mg prn" if prn else "")
        for back_, pain, mood, prn in rows
    ]
    diary = tmp_path / "diary.txt"
    diary.write_text("\n".join(lines) + "\n")
    recorded_once("two hundred days", lambda: run("log", "--file", str(diary)))
    asked = ("--from", day(back + length - 1), "--to", day(back), "--json")
    found = json.loads(run("report", *asked).out)["report"]
    here = days[(days.back >= back) & (days.back < back + length)]
    past = days[(days.back >= back + length) & (days.back < back + 2 * length)]
    for name in ("pain", "mood"):
        figures, change = (found["measured"][name][part] for part in ("figures", "change"))
        expected = here[name].agg(["mean", "median", "min", "max"]).tolist()
        assert [figures[key] for key in ("mean", "median", "low", "high")] == pytest.approx(expected, abs=1e-5)
        assert figures["days"] == len(here)
        if change:
            assert change["before"] == pytest.approx(past[name].mean(), abs=1e-5)
            assert change["days_before"] == len(past)
    assert found["severe_days"] == (here.pain >= 7).sum()
    taken = [(each["name"], each["days"], each["before"]) for each in found["medicine_days"]]
    assert taken == [("tramadol", here.prn.sum(), past.prn.sum())]
    text = run("report", *asked[:-1]).out
    bands = ((here.pain < 4).sum(), ((here.pain >= 4) & (here.pain < 7)).sum(), (here.pain >= 7).sum())
    assert "days below 4: {}, 4 to below 7: {}, 7 and above: {}".format(*bands) in text
    if 7 < length <= 35:
        digits = "".join(re.findall(r"^pain high=worse  (.*)$", text, re.MULTILINE)).replace("|", "").split()
        by_day = {at_: str(int(pain)) if pain < 10 else "X" for at_, pain, *_ in rows}
        assert digits == [by_day.get(i, ".") for i in range(back + length - 1, back - 1, -1)]
        assert sum(digit in "789X" for digit in digits) == found["severe_days"]
