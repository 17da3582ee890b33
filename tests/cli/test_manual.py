"""The manual: its lines can be typed, it names all there is and fits every screen, and painlog(1) is made of it."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import typer

from painlog import __version__
from painlog.cli import pager
from painlog.cli.app import typer_app
from painlog.cli.begin.help import TOPICS
from painlog.cli.manual import PAGES, read_page
from painlog.cli.sections import MODULES
from painlog.domain.setting_types import SETTINGS
from painlog.view.manual import Code, manual_lines, plain_manual, style_manual
from painlog.view.terminal import columns
from tests.conftest import Run
from tests.support.man_page import build_man_page
from tests.support.terminals import in_a_terminal

ROOT = Path(__file__).parents[2]
MAN_PAGE = ROOT / "painlog" / "manual" / "painlog.1"
TEXTS = {name: (files("painlog") / "manual" / f"{name}.md").read_text() for name in PAGES}
STANDS_FOR_ANY = {"COMMAND", "TOPIC"}
NOT_THERE_YET = {"painlog dul"}  # a shortcut of the example before it


def test_the_pages_are_the_files_and_each_has_a_title() -> None:
    assert {path.name for path in (ROOT / "painlog" / "manual").glob("*.md")} == {f"{name}.md" for name in PAGES}
    assert [name for name, text in TEXTS.items() if not re.match(r"# \S", text)] == []
    assert f"## {__version__} (" in TEXTS["changes"]


def lines_to_type() -> Iterator[str]:
    """Each command line of the manual, in a text or in a block."""
    for name, text in TEXTS.items():
        yield from re.findall(
            r"`(painlog(?: [^`]*)?)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
        )
        for block in read_page(name):
            yield from (line for line in getattr(block, "lines", ()) if line.startswith("painlog "))


def parse(words: list[str]) -> None:
    """Read a command line as painlog does, but run nothing. Raises what is said of one that is not right."""
    command: Any = typer.main.get_command(typer_app)
    context = command.make_context("painlog", words)
    while hasattr(command, "resolve_command") and (left := [*context._protected_args, *context.args]):
        name, command, words = command.resolve_command(context, left)
        context = command.make_context(name, words, parent=context)


def test_each_command_line_of_the_manual_is_one() -> None:
    """An option that was renamed, or a command that is gone, must not stay in the manual."""
    seen = set()
    for line in lines_to_type():
        words = shlex.split(line)[1:]
        if line in NOT_THERE_YET or STANDS_FOR_ANY & {*words} or {"--help", "--install-completion"} & {*words}:
            continue
        try:
            parse(words)
        except Exception as error:
            raise AssertionError(line) from error
        seen |= {*words[:1]}
    assert seen >= {*MODULES}, "each command is in the manual"


def test_each_option_that_the_manual_names_is_there() -> None:
    known = {word for name in options(typer.main.get_command(typer_app)) for word in name}
    named = {each for text in TEXTS.values() for each in re.findall(r"`(--[a-z-]+)", text)}
    assert named - known == set()


def options(command: Any) -> Iterator[list[str]]:
    context = command.make_context("painlog", [], resilient_parsing=True)
    yield from (param.opts for param in command.get_params(context))
    for name in getattr(command, "list_commands", lambda _: ())(context):
        yield from options(command.get_command(context, name))


def test_the_manual_names_every_setting_and_page(run: Run) -> None:
    assert [name for name in SETTINGS if f"| `{name}` |" not in TEXTS["settings"]] == []
    shown = run("help", "manual").out
    assert [name for name in TOPICS if f"painlog help {name} " not in shown and name not in ("manual", "dates")] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_every_width_and_says_the_same_with_and_without_styles(name: str) -> None:
    code = {line for block in read_page(name) if isinstance(block, Code) for line in block.lines}
    assert [line for line in code if columns(line) > 78] == [], "these stand as they are on a usual screen"
    for room in (40, 50, 80, 100):
        lines = manual_lines(read_page(name), room)
        plain, styled = plain_manual(lines), [line.plain for line in style_manual(lines)]
        assert [line for line in plain if columns(line) > room] == []
        assert [line.replace("`", "") for line in plain] == [line.replace("`", "") for line in styled]
        said = " ".join(" ".join(plain).split())
        assert "**" not in said
        assert re.findall(r"(?<!\S)\*\w", said) == [], "a terminal shows such a mark as it is"
        assert "  " not in said


def test_what_is_no_page_is_met_with_what_is_near(run: Run) -> None:
    assert "did you mean tour?" in run("help", "turo").err
    assert "painlog help manual" in run("help", "xyz").err
    assert run("help", "dates").out == run("help", "times").out


def test_a_long_page_goes_through_the_persons_pager_on_a_terminal(path: Path, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    assert b"SETTINGS" not in in_a_terminal(path, "help", "settings", PAGER=f"sh -c 'cat > {seen}'")
    assert "SETTINGS" in seen.read_text()


def test_a_pager_with_an_open_quotation_mark_is_none(path: Path) -> None:
    assert b"SETTINGS" in in_a_terminal(path, "help", "settings", PAGER="less '")


@pytest.mark.parametrize(("term", "rows"), [("dumb", "24"), ("xterm", "0")])
def test_no_pager_waits_where_a_terminal_takes_text_alone_or_says_no_size(path: Path, term: str, rows: str) -> None:
    """The second one is that of a program which records what is shown, with nobody at its keys."""
    shown = in_a_terminal(path, "help", "settings", keys="", TERM=term, LINES=rows, PAGER="sh -c 'echo waits'")
    assert (b"SETTINGS" in shown, b"waits" in shown) == (True, False)


@pytest.mark.parametrize(("program", "printed"), [("", 20_000), ("no-such-program", 20_000), ("true", 0)])
def test_a_pager_that_is_not_there_or_left_early_ends_nothing(
    program: str, printed: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pager, "height", lambda: 3)
    monkeypatch.setenv("PAGER", program)
    pager.show_paged(["a line"] * 20_000, plain=True)
    assert len(capsys.readouterr().out.splitlines()) == printed


def test_the_man_page_is_of_these_commands_and_this_manual(request: pytest.FixtureRequest) -> None:
    """After a change that is meant, ``pytest --update-readme`` writes it anew."""
    made = build_man_page()
    if request.config.getoption("--update-readme"):
        MAN_PAGE.write_text(made)
    assert MAN_PAGE.read_text() == made


@pytest.mark.another
@pytest.mark.parametrize("checker", ["mandoc -Tlint", "man --warnings -E UTF-8 -l"])
def test_the_man_page_is_right_roff(checker: str) -> None:
    program, *words = checker.split()
    if not shutil.which(program):
        pytest.skip(f"there is no {program}")
    ran = subprocess.run([program, *words, MAN_PAGE], capture_output=True, text=True, check=False)
    said = ran.stdout if program == "mandoc" else ran.stderr
    assert said == ""
