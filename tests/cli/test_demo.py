"""The demo: five short screens in turn, on a journal that is gone afterwards."""

import re
from pathlib import Path

from painlog.cli.begin.demo import ROWS
from tests.conftest import Run
from tests.support.terminals import CLOCK, ESCAPE, in_a_terminal

SCREENS = re.compile(r"^(?=\d/5 )", re.MULTILINE)


def test_all_five_screens_come_at_once_in_a_pipe_and_each_fits(run: Run, path: Path) -> None:
    ran = run("demo")
    assert (ran.code, ran.err) == (0, "")
    screens = SCREENS.split(ran.out)[1:]
    assert [screen[:3] for screen in screens] == ["1/5", "2/5", "3/5", "4/5", "5/5"]
    assert [screen for screen in screens if len(screen.splitlines()) >= ROWS] == []
    said = ("dose ibuprofen, 400 mg", "mood: ", "Same day", "PAIN, MOOD AND SLEEP DIARY", "painlog pain 6")
    assert [words for words, screen in zip(said, screens, strict=True) if words not in screen] == []
    assert "undo: painlog undo" in screens[0]
    assert not path.exists()


def test_enter_goes_on_and_q_ends(path: Path) -> None:
    shown = ESCAPE.sub(b"", in_a_terminal(path, "demo", keys="\nq", clock=CLOCK)).decode()
    assert re.findall(r"\d/5 ", shown) == ["1/5 ", "2/5 "]
    assert shown.count("Enter goes on, q ends.") == 2
    assert not path.exists()
