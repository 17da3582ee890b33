"""Opening an encrypted journal: where its key comes from, what is said where none opens it, and no secret with it."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from painlog.cli.session import Keys
from painlog.errors import JournalLocked
from painlog.storage import connection
from painlog.storage.encryption import keys
from painlog.storage.encryption.keys import Key, derive
from painlog.storage.journal import Journal
from tests.conftest import NOW, Run, Terminal
from tests.support import warm
from tests.support.encrypted import NOTE, OTHER, PASSPHRASE, WRONG, everything
from tests.support.terminals import read_to_close

sqlcipher3 = pytest.importorskip("sqlcipher3", reason="takes the extra painlog[encryption]")
pytestmark = [pytest.mark.migrates, pytest.mark.usefixtures("ring", "terminal")]


@pytest.mark.usefixtures("sealed")
def test_the_command_comes_first_then_what_is_kept_then_the_prompt(
    run: Run, terminal: Terminal, ring: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("list").code == 0
    assert terminal.asked == [], "a kept key asks nothing"
    monkeypatch.setenv(keys.KEY_COMMAND, f"printf '%s\\n' '{WRONG}'")
    ran = run("list")
    assert (ran.code, "does not open" in ran.err) == (0, True), "then what is kept is tried"
    ring.clear()
    monkeypatch.setenv(keys.KEY_COMMAND, f"printf '%s\\nmore' '{PASSPHRASE}'")
    assert run("list").code == 0
    assert (terminal.asked, ring) == ([], {}), "what a command gives is kept nowhere"
    monkeypatch.delenv(keys.KEY_COMMAND)
    terminal.types = [WRONG, WRONG, PASSPHRASE]
    assert run("list").code == 0
    assert len(terminal.asked) == 3
    assert len(ring) == 1
    assert run("list").code == 0
    assert len(terminal.asked) == 3


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("false", "gave no passphrase (exit code 1)"),
        ("true", "gave no passphrase (exit code 0)"),
        ("/nowhere/at/all", "did not start: no such file or directory"),
        ("echo 'x", "cannot be read; is a quotation mark open?"),
    ],
)
@pytest.mark.usefixtures("sealed")
def test_a_command_that_fails_is_said(command: str, said: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(keys.KEY_COMMAND, command)
    ran = run("list")
    assert (ran.code, ran.out, ran.err) == (1, "", f"painlog: the command in {keys.KEY_COMMAND} {said}\n")


def test_three_wrong_passphrases_touch_no_file(
    sealed: Path, run: Run, terminal: Terminal, ring: dict[str, str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    before, stamps = everything(sealed.parent), {p: p.stat().st_mtime_ns for p in sealed.parent.rglob("*")}
    editor = tmp_path / "editor"
    editor.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    editor.chmod(0o700)
    for line in (
        "pain 3",
        "list",
        "undo",
        "rekey",
        "decrypt",
        "restore --yes",
        "doctor --repair",
        "edit 7f3a",
        "backup",
    ):
        ring.clear()
        monkeypatch.setenv("EDITOR", str(editor))
        terminal.types = [WRONG, WRONG, WRONG]
        ran = run(*line.split())
        assert ran.code == 1, line
        assert ran.err.splitlines()[-1].startswith("painlog: wrong passphrase, or "), (line, ran.err)
        assert terminal.types == [], line
    assert everything(sealed.parent) == before
    assert {p: p.stat().st_mtime_ns for p in sealed.parent.rglob("*")} == stamps
    assert not (tmp_path / "ran").exists(), "an editor opens only after the key"


def test_another_programs_file_is_left_as_it_is(path: Path, run: Run, terminal: Terminal) -> None:
    path.parent.mkdir()
    path.write_bytes(os.urandom(8192))
    terminal.types = [PASSPHRASE] * 3
    assert "or it is" not in run("list").err
    assert terminal.types == []
    path.write_bytes(os.urandom(8000))
    assert "is not a painlog journal" in run("list").err


def test_a_key_shows_itself_nowhere() -> None:
    key = derive(PASSPHRASE)
    assert (repr(key), str(key), f"{key}") == ("Key(…)", "Key(…)", "Key(…)")


def alone(path: Path, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    return warm.run(
        ["--journal", str(path), *arguments], {"HOME": str(path.parent), "PATH": os.environ["PATH"], "TZ": "UTC"} | more
    )


@pytest.mark.usefixtures("terminal")
def test_locked_and_nobody_there(sealed: Path) -> None:
    ran = alone(sealed, "pain", "6")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == (
        f"painlog: {sealed} is encrypted, and nobody is here to type its passphrase; PAINLOG_KEY_COMMAND can name a "
        "command that prints it\n"
    )
    short = alone(sealed, "due", "--short", PAINLOG_KEY_COMMAND=f"touch {sealed}.never")
    assert (short.returncode, short.stdout, short.stderr) == (0, "", "")
    assert not Path(f"{sealed}.never").exists()
    now_ = alone(sealed, "help-now")
    assert (now_.returncode, now_.stderr, bool(now_.stdout)) == (0, "", True)
    asked = {"_PAINLOG_COMPLETE": "complete_bash", "COMP_WORDS": f"painlog --journal {sealed} show ", "COMP_CWORD": "4"}
    ran = warm.run([], {"HOME": str(sealed.parent), "PATH": os.environ["PATH"]} | asked)
    assert (ran.stdout.strip(), ran.stderr) == ("", "")


def test_the_passphrase_is_typed_unseen(sealed: Path) -> None:
    """On a terminal of its own: what is typed does not stand there, and no more than the prompt does."""
    ours, theirs = pty.openpty()
    env = {"HOME": str(sealed.parent), "PATH": os.environ["PATH"], "TZ": "UTC", "TERM": "dumb"}
    worker = warm.start(["--journal", str(sealed), "list"], env, (theirs, theirs, theirs), terminal=True)
    os.close(theirs)
    written = b""
    for read in read_to_close(ours):
        written += read
        if written.endswith(b"Passphrase of journal.db: "):
            os.write(ours, b"\x04" if b"does not open" in written else f"{WRONG}\n".encode())
    os.close(ours)
    assert worker.wait(30) == 130, "Ctrl-D ends it"
    assert WRONG.encode() not in written
    assert b"this passphrase does not open it" in written


@pytest.mark.parametrize("command", ["encrypt", "list"])
@pytest.mark.usefixtures("sealed")
def test_without_the_extra_there_is_one_sentence(
    command: str, run: Run, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    if command == "encrypt":
        run("decrypt")
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    monkeypatch.delitem(sys.modules, "painlog.storage.encryption.cipher", raising=False)
    ran = run(command)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        "painlog: an encrypted journal takes a part that is not installed: pip install 'painlog[encryption]'\n"
    )
    assert terminal.asked == []


def test_what_no_key_opens_is_locked_for_the_code_too(sealed: Path) -> None:
    with pytest.raises(JournalLocked):
        Journal.open(sealed, NOW)
    known, salt = Keys(), connection.salt_of(sealed)
    known.known[salt] = Key(salt, bytes(32))
    with pytest.raises(Exception, match="is damaged"):
        Journal.open(sealed, NOW, keys=known)


def test_no_secret_and_no_note_is_ever_said(
    sealed: Path, run: Run, terminal: Terminal, ring: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through refusals, damage, a full disk and a fault inside painlog: neither passphrase nor key nor note."""
    raw = bytes.fromhex(next(iter(ring.values())))
    secrets = [PASSPHRASE, OTHER, WRONG, NOTE, raw.hex(), raw.hex().upper(), repr(raw)[2:20], "canary"]
    said = []
    for line in ("rekey", "decrypt", "doctor", "restore --yes", "encrypt", "pain 3", "list"):
        for debug in ("", "1"):
            monkeypatch.setenv("PAINLOG_DEBUG", debug)
            ring.clear()
            terminal.types = [WRONG, OTHER, WRONG]
            said.append(run(*line.split()).err)
    monkeypatch.setenv("PAINLOG_DEBUG", "")
    monkeypatch.setenv(keys.KEY_COMMAND, f"printf '%s' '{PASSPHRASE}'")
    for name in ("_export", "_replace"):
        with monkeypatch.context() as broken:
            broken.setattr(f"painlog.storage.encryption.rewriting.{name}", lambda *given: 1 / 0 if given else None)
            terminal.types = [OTHER, OTHER]
            ran = run("rekey" if name == "_replace" else "decrypt")
            assert ran.code == 1
            said.append(ran.err)
    sealed.write_bytes(sealed.read_bytes()[:8192])
    said.append(run("list").err)
    assert all(said)
    assert [(secret, text) for text in said for secret in secrets if secret in text] == []


def test_only_a_ring_that_keeps_secrets_is_used() -> None:
    def ring(module: str) -> object:
        return type("Keyring", (), {"__module__": module})()

    assert keys._is_safe(ring("keyring.backends.SecretService"))
    for module in ("keyrings.alt.file", "keyring.backends.null", "keyring.backends.fail", "__main__"):
        assert not keys._is_safe(ring(module)), module
