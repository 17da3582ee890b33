"""What is named and is not what it should be: no words, pipes and devices, files that others may write."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_processes import PAINLOG, environment
from tests.conftest import Run


@pytest.mark.parametrize("words", [("",), (" ",), ("", ""), ("pain", ""), ("", "mood")])
def test_a_name_of_nothing_is_refused_with_a_sentence(words: tuple[str, ...], run: Run) -> None:
    run("pain", "5")
    ran = run("link", *words)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1), ran


@pytest.mark.parametrize("command", ["import {}", "merge {}", "restore {} --yes", "log --file {}", "sync {}"])
@pytest.mark.parametrize("what", ["pipe", "/dev/zero", "/dev/null", "directory"])
def test_a_source_that_is_no_plain_file_is_refused_at_once(command: str, what: str, path: Path, run: Run) -> None:
    run("pain", "5")
    source = Path(what)
    if what == "pipe":
        source = path.parent / "pipe"
        os.mkfifo(source)
    elif what == "directory":
        if command == "sync {}":
            pytest.skip("sync takes a folder")
        source = path.parent / "folder"
        source.mkdir()
    words = command.format(source).split()
    ran = subprocess.run(
        [*PAINLOG, *words], env=environment(path), capture_output=True, text=True, timeout=30, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert ran.returncode in (1, 2), ran
    assert (ran.stdout, ran.stderr.count("\n"), str(source) in ran.stderr) == ("", 1, True), ran


def test_a_pipe_in_a_shared_folder_holds_nobody_up(path: Path, tmp_path: Path, run: Run) -> None:
    run("pain", "5")
    (tmp_path / "shared" / "changes").mkdir(parents=True)
    os.mkfifo(tmp_path / "shared" / "changes" / f"{'0' * 24}-{'0' * 8}-{'0' * 16}.jsonl")
    ran = subprocess.run(
        [*PAINLOG, "sync", str(tmp_path / "shared")],
        env=environment(path),
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert ran.returncode == 0


def test_a_shell_that_is_not_known_is_named_by_the_person(run: Run) -> None:
    code, _, said = run("--install-completion", "nosh")
    assert code == 2
    assert "painlog --install-completion bash" in said


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_what_a_shell_reads_is_for_others_to_write_at_no_umask(shell: str, tmp_path: Path) -> None:
    """Whoever may write the script runs what they like at the person's next TAB."""
    home = tmp_path / "home"
    home.mkdir()
    code = "import os; os.umask(0); from painlog.cli import run; run()"
    subprocess.run(
        [sys.executable, "-c", code, "--install-completion", shell], check=True, capture_output=True,
        env={"HOME": str(home), "PATH": os.environ["PATH"], "SHELL": f"/bin/{shell}"},
    )  # fmt: skip
    made = [each for each in home.rglob("*") if not each.is_symlink()]
    assert [each for each in made if shell in str(each.relative_to(home))], "it is the named shell's"
    assert [each for each in made if stat.S_IMODE(each.stat().st_mode) & 0o022] == []
