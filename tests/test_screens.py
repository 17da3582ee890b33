"""The pictures under ``.github/screens`` show what painlog shows of the made-up days, on the tests' own clock."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from painlog.cli import line_prompt
from painlog.cli.look.glance import print_glance
from painlog.cli.session import begin_session
from painlog.cli.typed_words import vocabulary_of
from painlog.domain.demo import demo_drafts
from painlog.domain.language.understanding import Present
from painlog.view import terminal
from tests.conftest import NOW, Once, Run
from tests.support.pictures import draw_screen, words_of

SCREENS = Path(__file__).parents[1] / ".github" / "screens"
COMMANDS = {
    "chart": ("chart", "pain", "mood", "--period", "28d"),
    "week": ("week",),
    "body": ("body", "--period", "28d"),
    "link": ("link", "pain", "mood"),
}
TYPED = "pain 6 low back left after sitting, mood 4, slpt 5h30"


@pytest.fixture
def show(
    run: Run, path: Path, recorded_once: Once, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], list[str]]:
    """Return a screen's lines by its name, as a terminal with colours is sent them."""
    session = begin_session(path, plain=False)

    def record() -> None:
        with session.writing() as journal:
            journal.record(demo_drafts(NOW), "demo")

    def coloured(*, plain: bool, stderr: bool = False) -> Console:
        assert (plain, stderr) == (False, False)
        return Console(force_terminal=True, color_system="standard", highlight=False, soft_wrap=True, width=80)

    def lines(name: str) -> list[str]:
        capsys.readouterr()
        if name == "prompt":
            present = Present(session.moment(None), NOW, second=False)
            return [f"> {TYPED}", *line_prompt._read_so_far(TYPED, vocabulary_of(session), present)]
        if name == "landing":
            print_glance(session)
            return ["$ painlog", *capsys.readouterr().out.splitlines()]
        ran = run(*COMMANDS[name])
        assert ran.code == 0
        return [f"$ painlog {' '.join(COMMANDS[name])}", *ran.out.splitlines()]

    recorded_once("demo", record)
    monkeypatch.setattr(terminal, "console", coloured)
    return lines


@pytest.mark.parametrize("name", ["landing", "prompt", *COMMANDS])
@pytest.mark.usefixtures("steady_ids")
def test_a_picture_shows_what_is_shown(
    name: str, show: Callable[[str], list[str]], request: pytest.FixtureRequest
) -> None:
    """After a change that is meant, ``pytest --update-readme`` draws it anew."""
    drawn, picture = draw_screen(name, show(name)), SCREENS / f"{name}.svg"
    if request.config.getoption("--update-readme"):
        picture.write_text(drawn)
    assert words_of(picture.read_text()) == words_of(drawn)
    assert len(words_of(drawn)) > 2
    assert "url(http" not in picture.read_text()
