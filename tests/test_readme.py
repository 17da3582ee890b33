"""The README: every block runs and prints what stands there; the manual's table of commands: each example runs."""

import io
import re
import shlex
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from painlog.cli import unlock
from painlog.cli.begin.help import TOPICS
from painlog.cli.sections import MODULES
from painlog.storage.encryption import keys
from tests.conftest import Run

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
COMMANDS = ROOT / "painlog" / "manual" / "commands.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README.read_text(), re.MULTILINE | re.DOTALL)


def commands(block: str) -> list[list[str]]:
    """The command lines of a console block, in words."""
    return [shlex.split(line[2:]) for line in block.splitlines() if line.startswith("$ ")]


def masked(text: str) -> str:
    """Without what differs from run to run: short ids."""
    text = re.sub(r"\[[0-9a-f]{4,12}\]", "[id]", text.rstrip("\n"))
    return re.sub(r"^(  (?:\d\d:\d\d|--:--)    )[0-9a-f]{4,12} {2,}", r"\1id  ", text, flags=re.MULTILINE)


@pytest.mark.usefixtures("steady_ids")
def test_every_console_block_prints_what_stands_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """After a change that is meant, ``pytest --update-readme`` writes what is printed now."""
    monkeypatch.chdir(tmp_path)
    text = README.read_text()
    for block in blocks("console"):
        printed = ""
        for program, *arguments in commands(block):
            assert program == "painlog"
            ran = run(*arguments)
            assert ran.code == 0, arguments
            printed += f"$ {_typed(block, arguments)}\n{ran.out}"
        if request.config.getoption("--update-readme"):
            text = text.replace(f"```console\n{block}```", f"```console\n{printed}```")
        else:
            assert masked(printed) == masked(block)
    if text != README.read_text():
        README.write_text(text)
    assert {path.name for path in tmp_path.glob("*.*")} == {"for-dr-weber.txt", "week.csv"}


def _typed(block: str, arguments: list[str]) -> str:
    lines = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    return next(line for line in lines if shlex.split(line)[1:] == arguments)


def test_every_command_stands_in_the_table_and_its_example_runs(
    run: Run, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO("6\n7\n"))
    monkeypatch.setattr(unlock, "has_terminal", lambda: True)
    monkeypatch.setattr(unlock, "read_passphrase", lambda _question: "a passphrase of some length")
    monkeypatch.setattr(keys, "ROUNDS", 1000)
    run("plan", "goal", "Walk to the shop", "--at", "mon")
    shutil.copy(path, "copy.db")
    Path("notes.txt").write_text("pain six\n")
    Path("shared").mkdir()
    rows = re.findall(r"^\| `(painlog ([a-z-]+)[^`]*)` \|", COMMANDS.read_text(), re.MULTILINE)
    assert [name for _, name in rows] == list(MODULES)
    assert [line for line in run("--help").out.splitlines()[1:] if line.endswith("...")] == []
    listed = re.findall(r"^  ([a-z][a-z-]*)  +[A-Z]", run("--help").out, re.MULTILINE)
    assert listed == list(MODULES)
    for example, name in rows:
        arguments = shlex.split(example)[1:]
        assert arguments[0] == name
        if MODULES[name] == "keep.encryption" and not find_spec("sqlcipher3"):
            continue
        if "ID" in arguments:
            run("pain", "1", "--note", "a word")
            shown = re.findall(r"  ([0-9a-f]{4,12}) +pain 1", run("list").out)
            arguments = [shown[-1] if a == "ID" else a for a in arguments]
        assert run(*arguments).code == 0, example


def test_the_readme_is_short_and_its_addresses_name_files() -> None:
    text = README.read_text()
    assert len(text.splitlines()) < 200
    named = re.findall(r"\]\(([^)#]+)\)", text)
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_ci_runs_the_readmes_own_lines() -> None:
    first, second = (block.strip() for block in blocks("sh"))
    assert ("painlog demo" in first, "pytest" in second) == (True, True)
    assert "README.md" in (ROOT / ".ci" / "run").read_text()


def test_every_command_explains_itself_with_an_example(run: Run) -> None:
    for name in MODULES:
        shown = run(name, "--help")
        assert shown.code == 0
        assert f"    painlog {name}" in shown.out
        assert name in TOPICS or run("help", name).out.splitlines()[0] == shown.out.splitlines()[0]
        assert [line for line in shown.out.splitlines() if len(line) > 80] == []
