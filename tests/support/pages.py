"""Journals whose page is hard to draw, and the page each of them makes."""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from painlog.analysis.report.page import Page
from painlog.domain.regions import all_regions
from painlog.view.page.html import page_html
from tests.conftest import NOW, Run

TODAY = NOW.date()
HOSTILE = (
    "</td></li><script>alert(1)</script><img src=x onerror=alert(1)> [/b] "
    "\x1b]52;c;Zm9v\x07 =cmd|' /C calc'!A0 {{ 7*7 }}"
)
NAMES = ("دواء للألم", "布洛芬 缓释胶囊", "pill 💊👩🏽‍⚕️", "Ibuprofène à l’été")
WIDE = "W" * 400
Make = Callable[[str], Page]


class Case(NamedTuple):
    """Lines to log, commands to run after them, and what the report is asked for."""

    lines: Sequence[str]
    commands: Sequence[Sequence[str]] = ()
    asked: Sequence[str] = ("--period", "28d")


def day(back: int) -> date:
    return TODAY - timedelta(days=back)


def _ordinary(days: int) -> list[str]:
    chance = random.Random(days)
    return [
        f"{day(back)} pain {chance.choice((2, 4.5, 7, 10))} low back left knee right, "
        f"mood {chance.randrange(11)} worry 6, slept {chance.randrange(3, 10)}h{chance.randrange(10, 60)}"
        for back in range(days)
        if chance.random() < 0.9
    ]


def _crowded() -> Case:
    """More of everything than there is room for, in words as wide as they come."""
    places = [region.id for region in all_regions().values()]
    lines = [
        f"{day(back)} pain worst 10 {' '.join(places[back * 3 : back * 3 + 6])}, pain least 3, "
        f"mood 5 worry 10 hopeless 10 interest 5 confidence 10, interference 10, went well: {WIDE[:100]} {back}, "
        f"setback: MMMM {back} {WIDE[:200]}, "
        f"sleep 23:20-06:50 sol 45m waso 55m woke 3 quality 2, took MEDICINE{back % 9} 400mg, "
        f"did TREATMENT{back % 8} 45m"
        for back in range(28)
    ]
    commands: list[Sequence[str]] = []
    commands += [("plan", "start", f"MEDICINE{i} {WIDE[:40]}", "60mg", "daily", "--at", str(day(i))) for i in range(12)]
    commands += [("plan", "goal", f"GOAL {i} {WIDE}"[:80], "--at", str(day(20))) for i in range(6)]
    commands += [("flare", event, "--at", str(day(i))) for i, event in enumerate(("end", "start") * 6)][::-1]
    commands += [("ask", "phq8", "--answers", "1,2,3,1,2,3,1,2", "--at", str(day(i))) for i in (20, 10, 1)]
    commands += [("ask", "gad7", "--answers", "1,2,3,1,2,3,1", "--at", str(day(i))) for i in (20, 10, 1)]
    questions = [part for i in range(7) for part in ("--question", f"{i} {WIDE}")]
    return Case(lines, commands, ("--period", "28d", "--for", WIDE, *questions))


CASES = {
    "empty": Case((), asked=("--period", "2020-03")),
    "three days": Case([f"{day(i)} pain {i} neck" for i in (1, 5, 9)]),
    "only sleep": Case([f"{day(i)} slept {i % 5 + 4}h" for i in range(20)]),
    "one day": Case(["pain 5 neck, mood 4"], asked=("--period", "today")),
    "500 a day": Case([f"{day(i % 3)} pain {i % 11} knee left" for i in range(1500)]),
    "long notes": Case(
        [f"{day(i)} pain 5, note {f'{i} ' + 'long words and more of them ' * 20}"[:420] for i in range(9)],
        [("note", WIDE)],
    ),
    "names": Case(
        _ordinary(20),
        [command for name in NAMES for command in (("dose", name, "400mg"), ("note", name), ("treatment", name))],
        ("--period", "28d", "--for", NAMES[2], "--question", NAMES[0]),
    ),
    "hostile": Case(
        _ordinary(10),
        [("note", HOSTILE), ("dose", HOSTILE[:60], "5mg"), ("plan", "goal", HOSTILE[:70]), ("treatment", HOSTILE[:70])],
        ("--period", "28d", "--for", HOSTILE, "--question", HOSTILE),
    ),
    "redacted": Case(
        _ordinary(20), [("note", "Secret"), ("dose", "Secretol", "5mg")], ("--period", "28d", "--redact", "notes,names")
    ),
    "week": Case(_ordinary(20), asked=("--period", "week", "--for", "Dr Weber", "--question", "What now?")),
    "changes": Case(
        [f"{day(i)} {'' if i == 9 else f'pain {i % 5}, '}mood 5" for i in range(14)],
        [
            ("plan", "start", name, "5mg", "--at", str(day(i)))
            for name, i in (("alpha", 12), ("beta", 12), ("gamma", 3))
        ],
        ("--period", "fortnight"),
    ),
    "twenty days": Case(_ordinary(20), asked=("--period", "20d")),
    "five weeks": Case(_ordinary(40), asked=("--period", "35d")),
    "a year": Case(_ordinary(400), asked=("--period", "1y")),
    "five years": Case([f"{day(i)} pain {i % 10} hip" for i in range(0, 2000, 5)], asked=("--period", "5y")),
    "crowded": _crowded(),
}


def recorded(case: Case, run: Run, folder: Path) -> None:
    """Write a case's entries into the test's journal."""
    diary = folder / "diary.txt"
    diary.write_text("\n".join(case.lines) + "\n")
    if case.lines:
        ran = run("log", "--file", str(diary))
        assert ran.code == 0, ran.err
    for command in case.commands:
        ran = run(*command)
        assert ran.code == 0, (command, ran.err)


_MADE: dict[str, Page] = {}
_DRAWN: dict[int, tuple[Page, str]] = {}


def html_of(page: Page) -> str:
    """The page as HTML, drawn once a worker."""
    if id(page) not in _DRAWN:
        _DRAWN[id(page)] = page, page_html(page)
    return _DRAWN[id(page)][1]


@pytest.fixture
def make(path: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Return the page of a case, as the report hands it to what draws it; each is recorded once a worker."""

    def keep(name: str, page: Page, *_: object, **__: object) -> str:
        _MADE[name] = page
        return ""

    def maker(name: str) -> Page:
        if name not in _MADE:
            path.unlink(missing_ok=True)
            recorded(CASES[name], run, tmp_path)
            with monkeypatch.context() as patch:
                patch.setattr("painlog.view.page.html.page_html", partial(keep, name))
                ran = run("report", "--format", "html", *CASES[name].asked)
            assert ran.code == 0, ran.err
        return _MADE[name]

    return maker
