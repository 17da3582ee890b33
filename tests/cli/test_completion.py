"""TAB: the scripts that shells keep offer what painlog itself would, and run it for a person's own words alone."""

import os
import pty
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer._completion_classes import BashComplete

from painlog.cli.app import typer_app
from painlog.cli.shell import fast_answers
from painlog.cli.shell.offers import ACTIVE, match_words
from painlog.cli.shell.scripts import Place, fill_scripts
from painlog.cli.typer_adapter import find_places
from tests.cli.test_due import live
from tests.conftest import Once, Run

ROOT = Path(__file__).parents[2]
ASKING = """
source {script}
while IFS= read -r line; do
    IFS=' ' read -r -a COMP_WORDS <<<"${{line:1}}"
    [[ ${{line: -1}} == ' ' ]] && COMP_WORDS+=('')
    COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
    _painlog_completion {painlog}
    printf '%s\\n' "${{COMPREPLY[@]}}" %%
done
"""


@pytest.fixture
def painlog(tmp_path: Path) -> Path:
    """A program of that name."""
    program = tmp_path / "bin" / "painlog"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m painlog "$@"\n')
    program.chmod(0o755)
    return program


def places() -> list[Place]:
    """Every place where something can be completed."""
    return [*find_places(typer.main.get_command(typer_app))]


def script(shell: str) -> str:
    """The script that a shell keeps."""
    return fill_scripts(places())[shell]


def in_bash(lines: list[str], painlog: str, tmp_path: Path, **env: str) -> list[list[str]]:
    """What bash offers after each line, which stands behind a sign that keeps the blank at its end."""
    kept = tmp_path / "painlog.sh"
    kept.write_text(script("bash"))
    ran = subprocess.run(
        ["bash", "--norc", "-c", ASKING.format(script=kept, painlog=painlog)],
        input="".join(f".{line}\n" for line in lines), env={**os.environ, "PYTHONPATH": str(ROOT), **env},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stderr == ""
    found = ("\n" + ran.stdout).split("\n%%")[:-1]
    return [[word for word in each.split("\n") if word] for each in found]


def by_painlog(line: str) -> list[str]:
    """What painlog itself offers."""
    *args, incomplete = line.split(" ")[1:]
    asked = BashComplete(typer.main.get_command(typer_app), {}, "painlog", "_PAINLOG_COMPLETE")
    return [item.value for item in asked.get_completions(args, incomplete)]


def places_to_complete() -> Iterator[str]:
    for place in places():
        *command, last = ["painlog", *place.key.split()]
        if last.isdecimal():
            before = [*command, *["x"] * (int(last) - 1)]
        elif last == "+":
            before = command
            yield " ".join([*before, "x", ""])
        else:
            before = [*command, last]
        for current in ("", "-", "--", "--no", "s", "k", "pain", "x"):
            yield " ".join([*before, current])


def test_bash_offers_what_painlog_would(tmp_path: Path) -> None:
    lines = list(places_to_complete())
    assert len(lines) > 900
    found = in_bash(lines, "/bin/true", tmp_path)
    assert len(found) == len(lines)
    different = {
        line: (sorted(set(offered)), sorted(set(expected)))
        for line, offered in zip(lines, found, strict=True)
        if set(offered) != set(expected := by_painlog(line))
    }
    assert different == {}
    assert sum(bool(offered) for offered in found) > len(lines) / 4


def test_after_a_word_that_is_no_command_of_a_group_its_commands_are_offered() -> None:
    """Nothing is refused at TAB."""
    assert by_painlog("painlog plan xyz s") == ["show", "start", "stock", "stop", "signs"]


ZSH = """
compdef() {{ : }}
source {script}
while IFS= read -r line; do
    words=("${{(@s: :)line#.}}") CURRENT=$#words
    __painlog_offer
    print -l -- ${{(M)offered:#${{words[CURRENT]}}*}} %%
done
"""
FISH = """
source {script}
while read line
    complete -C (string sub -s 2 -- $line)
    echo %%
end
"""


@pytest.mark.parametrize(("shell", "asking"), [("zsh", ZSH), ("fish", FISH)])
def test_other_shells_offer_the_same_with_what_it_is(shell: str, asking: str, tmp_path: Path, painlog: Path) -> None:
    """Where they are installed. What is no word of painlog's may be a file."""
    if not shutil.which(shell):
        pytest.skip(f"takes {shell}")
    kept = tmp_path / "script"
    kept.write_text(script(shell))
    painlog.write_text("#!/bin/sh\n")
    lines = [line for line in places_to_complete() if set(by_painlog(line))]
    ran = subprocess.run(
        [shell, *(("-f",) if shell == "zsh" else ("-N",)), "-c", asking.format(script=kept)],
        input="".join(f".{line}\n" for line in lines), cwd=painlog.parent, capture_output=True, text=True, check=True,
        env={**os.environ, "PATH": f"{painlog.parent}:{os.environ['PATH']}"},
    )  # fmt: skip
    found = [each.strip("\n").split("\n") for each in ("\n" + ran.stdout).split("\n%%")[:-1]]
    assert len(found) == len(lines)
    for line, offered in zip(lines, found, strict=True):
        assert {each.partition("\t")[0] for each in offered} == set(by_painlog(line)), (line, ran.stderr)
    assert "--worst\tThe day's worst." in found[lines.index("painlog pain --")]


def zsh_completes(keys: list[tuple[str, str]], home: Path, path: str) -> None:
    """Type keys in a new zsh on a terminal, each followed by TAB, and wait for what is to come of each."""
    (home / "_painlog").write_text(script("zsh"))
    (home / ".zshrc").write_text(f"PS1='ready: '\nfpath+=({home})\nautoload -Uz compinit\ncompinit -u\n")
    ours, theirs = pty.openpty()
    env = {
        **os.environ,
        "PATH": path,
        "ZDOTDIR": str(home),
        "HOME": str(home),
        "TERM": "xterm",
        "PYTHONPATH": str(ROOT),
    }
    shell = subprocess.Popen(["zsh", "-d", "-i"], stdin=theirs, stdout=theirs, stderr=theirs, cwd=home, env=env)
    os.close(theirs)
    try:
        for typed, expected in [("", "ready: "), *keys]:
            if typed:
                os.write(ours, f"\x15{typed}\t".encode())
            shown = ""
            while expected not in shown:
                assert select.select([ours], [], [], 20)[0], (typed, expected, shown)
                shown += os.read(ours, 65536).decode(errors="replace")
    finally:
        shell.kill()
        shell.wait(20)
        os.close(ours)


@pytest.mark.skipif(not shutil.which("zsh"), reason="takes zsh")
def test_zsh_completes_on_a_terminal_from_the_first_tab_of_a_shell(lived: Path, painlog: Path) -> None:
    """A completion has parameters of zsh's own, which a script that is only sourced does not meet."""
    keys = [
        ("painlog checki", "checkin"),
        ("painlog report --per", "--period"),
        ("painlog treatment ke", "ketamine\\ inf"),
    ]
    assert lived.exists()
    zsh_completes(keys, painlog.parent, f"{painlog.parent}:{os.environ['PATH']}")


@pytest.fixture
def lived(run: Run, path: Path, recorded_once: Once, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A journal with words of the person's own, some of them not for a shell, that the environment names."""
    recorded_once("lived with words", lambda: live(run))
    monkeypatch.setenv("PAINLOG_JOURNAL", str(path))
    return path


def test_only_a_persons_own_words_run_painlog(lived: Path, tmp_path: Path, painlog: Path) -> None:
    painlog.write_text('#!/bin/sh\necho "$_PAINLOG_ASKS" >> "$PAINLOG_JOURNAL.asked"\n')
    lines = list(places_to_complete())
    in_bash(lines, str(painlog), tmp_path)
    asked = {line for place in places() if (line := place.asks)}
    kept = lived.with_name(lived.name + ".asked").read_text().splitlines()
    assert {*kept} == asked
    assert len(kept) < len(lines) / 3


def test_bash_offers_the_persons_own_words_and_runs_none_of_them(lived: Path, tmp_path: Path, painlog: Path) -> None:
    before = lived.read_bytes()
    expected = {
        "dose ib": ["ibu", "ibuprofen"],
        "dose --reason ": [],
        "treatment ke": ["ketamine infusion"],
        "pain --trigger sto": ["storms"],
        "pain --trigger=sto": ["storms"],
        "track retire b": ["brain fog"],
        "log bra": ["brain fog"],
        "log took ib": ["ibu", "ibuprofen"],
        "chart bra": ["brain_fog"],
        "plan stop d": ["duloxetine"],
        "list --kind bra": ["brain fog"],
        "--journal /nowhere dose ib": [],
        f"--journal {lived} dose ib": ["ibu", "ibuprofen"],
    }
    lines = [f"painlog {words.replace('=', ' = ')}" for words in expected]
    assert [sorted({*each}) for each in in_bash(lines, str(painlog), tmp_path)] == list(expected.values())
    (ids,) = in_bash(["painlog edit "], str(painlog), tmp_path)
    assert len(ids) > 10
    assert lived.read_bytes() == before


def test_names_are_those_that_the_whole_of_painlog_offers(
    lived: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_PAINLOG_COMPLETE", "complete_bash")
    answered = 0
    for place in (each for each in places() if each.asks):
        *command, last = place.key.split()
        for start in ("", "i", "ib", "B", "s", "KE", "du"):
            words = ["painlog", *command, *([] if last in ("+", "1") else [last]), start]
            monkeypatch.setenv("_PAINLOG_ASKS", place.asks)
            monkeypatch.setenv("_PAINLOG_WORD", start)
            capsys.readouterr()
            if not fast_answers.try_to_answer([]):
                continue
            answered += 1
            own = capsys.readouterr().out.splitlines()
            known = [word.text for word in place.words if word.text.startswith(start)]
            assert {*own, *known} == set(by_painlog(" ".join(words))), words
    assert answered > 7 * 8
    assert lived.exists()


def test_the_scripts_are_what_is_shown_and_installed(tmp_path: Path, painlog: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    env = {"PATH": f"{painlog.parent}:{os.environ['PATH']}", "HOME": str(home), "PYTHONPATH": str(ROOT)}
    for shell, place in (
        ("bash", ".bash_completions/painlog.sh"),
        ("zsh", ".zfunc/_painlog"),
        ("fish", ".config/fish/completions/painlog.fish"),
    ):
        shown, installed = (
            subprocess.run(
                [painlog, f"--{what}-completion", shell], env=env, capture_output=True, text=True, check=True
            )
            for what in ("show", "install")
        )
        made = subprocess.run(
            [sys.executable, "-c", f"from tests.cli.test_completion import script; print(script({shell!r}))"],
            env=env, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert shown.stdout.strip() == (home / place).read_text().strip() == made.stdout.strip()
        assert "installed in" in installed.stdout


def test_no_word_of_a_script_means_anything_to_a_shell() -> None:
    for place in places():
        words = [word.text for word in (*place.words, *place.options)]
        assert match_words(words, "") == list(dict.fromkeys(words))
        assert not ACTIVE & set("".join(words))
