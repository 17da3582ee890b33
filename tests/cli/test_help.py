"""The help of all commands: it takes a line of each from a table, so that it need not import them."""

import re

import typer

from painlog.cli.app import typer_app
from painlog.cli.manual import read_page
from painlog.cli.sections import MODULES, help_lines
from painlog.view.manual import Code
from tests.conftest import Run


def test_each_line_is_how_the_commands_own_help_begins(run: Run) -> None:
    """Two texts of one thing come to differ, where nothing compares them."""
    lines = {name: line for lines in help_lines().values() for name, line in lines.items()}
    assert [*lines] == [*MODULES]
    root = typer.main.get_command(typer_app)
    for name, line in lines.items():
        command = root.get_command(None, name)  # type: ignore[attr-defined]
        assert command.get_short_help_str(64) == line
        assert command.help.startswith(line)
    shown = run("--help").out
    assert dict(re.findall(r"^  ([a-z][a-z-]*)  +([A-Z].*)$", shown, re.MULTILINE)) == lines


def test_each_example_of_the_help_on_log_is_read_without_a_question(run: Run) -> None:
    """And the help fits a terminal; there are twenty under five headings."""
    shown = run("help", "log").out.splitlines()
    assert max(map(len, shown)) <= 80
    blocks = [block.lines for block in read_page("log") if isinstance(block, Code)]
    assert [len(examples) for examples in blocks] == [4] * 5
    for line in ("took ibuprofen 400mg", "took duloxetine 60mg"):
        assert run("log", line).code == 0
    for examples in blocks:
        for line in (example.partition("  ")[0] for example in examples):
            assert any(each.startswith(f"  {line}") for each in shown)
            ran = run("log", "--dry-run", line)
            assert (ran.code, "painlog: " in ran.err) == (0, False), line
            assert not ran.out.startswith("note"), line
