"""Encryption: nothing of it can be read without the passphrase, nothing is lost on the way, and no secret is shown."""

import os
import pty
import random
import select
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from painlog.cli import unlock
from painlog.cli.session import use_keys
from painlog.errors import JournalBusy, JournalFailed, JournalLocked
from painlog.storage import connection, files
from painlog.storage.encryption import kernel_keys, keys, rewriting
from painlog.storage.encryption.keys import ROUNDS, Key, derive
from painlog.storage.journal import Journal
from painlog.storage.recovery import backups
from tests.conftest import NOW, Run, Terminal
from tests.storage.test_journal import drafts
from tests.support import warm
from tests.test_faults import on_the_disk_first

sqlcipher3 = pytest.importorskip("sqlcipher3", reason="takes the extra painlog[encryption]")
pytestmark = pytest.mark.migrates

PASSPHRASE, OTHER, WRONG = "Straße by the canary river", "another canary of mine", "no canary at all"
NOTE = "canary-note-7f3a"
QUICK = 1000


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The kernel's place for keys, and no keyring; keys that follow from a passphrase in no time."""
    held: dict[str, bytes] = {}
    monkeypatch.setattr(kernel_keys, "get", held.get)
    monkeypatch.setattr(kernel_keys, "put", held.__setitem__)
    monkeypatch.setattr(kernel_keys, "remove", lambda name: held.pop(name, None))
    monkeypatch.setattr(keys, "_asked", lambda _do: None)
    monkeypatch.setattr(keys, "ROUNDS", QUICK)
    monkeypatch.delenv(keys.KEY_COMMAND, raising=False)
    return held


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    made = Terminal()
    monkeypatch.setattr(unlock, "has_terminal", lambda: made.there)
    monkeypatch.setattr(unlock, "typed", made)
    return made


@pytest.fixture(autouse=True)
def no_keys_left() -> Iterator[None]:
    yield
    use_keys()
    connection.KEYS.keeper = None


@pytest.fixture
def sealed(path: Path, run: Run, terminal: Terminal) -> Path:
    """An encrypted journal with a note, whose key is kept."""
    run("pain", "6", "--note", NOTE)
    run("log", "mood 4, slept 7h")
    terminal.types = [PASSPHRASE, PASSPHRASE]
    ran = run("encrypt")
    assert (ran.code, ran.out) == (0, "the journal is encrypted\n"), ran.err
    terminal.asked.clear()
    return path


def everything(place: Path) -> dict[str, bytes]:
    return {str(each.relative_to(place)): each.read_bytes() for each in sorted(place.rglob("*")) if each.is_file()}


def notes(path: Path) -> list[str]:
    with Journal.open(path, NOW) as journal:
        return [entry.data["note"] for entry in journal.entries() if "note" in entry.data]


def lock(memory: dict[str, bytes]) -> None:
    memory.clear()
    use_keys()


# What encrypt, rekey and decrypt do


def test_nothing_of_it_can_be_read_and_nothing_is_lost(sealed: Path, run: Run) -> None:
    for name, content in everything(sealed.parent).items():
        assert NOTE.encode() not in content, name
        assert b"SQLite format 3" not in content, name
        assert b"CREATE TABLE" not in content, name
        assert len(content) % connection.SEALED_PAGE == 0, name
    assert sealed.stat().st_mode & 0o777 == 0o600
    assert notes(sealed) == [NOTE]
    assert not [each for each in sealed.parent.iterdir() if each.name not in ("journal.db", "backups")]
    assert run("undo").code == 0


def test_it_is_a_file_of_sqlcipher_that_the_passphrase_opens(
    path: Path, run: Run, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "ROUNDS", ROUNDS)
    run("pain", "6")
    terminal.types = [PASSPHRASE, PASSPHRASE]
    assert run("encrypt").code == 0
    conn = sqlcipher3.dbapi2.connect(str(path))
    conn.execute(f"PRAGMA key = '{PASSPHRASE}'")
    assert conn.execute("SELECT count(*) FROM entries").fetchone() == (1,)
    assert conn.execute("PRAGMA application_id").fetchone() == (connection.APPLICATION_ID,)
    conn.close()


def test_a_journal_whose_place_is_no_text_is_encrypted_too(tmp_path: Path, run: Run, terminal: Terminal) -> None:
    journal = tmp_path / os.fsdecode(b"gr\xfcn %41?#.db")
    assert run("--journal", str(journal), "pain", "6").code == 0
    terminal.types = [PASSPHRASE, PASSPHRASE]
    assert run("--journal", str(journal), "encrypt").code == 0
    assert connection.salt_of(journal)
    assert run("--journal", str(journal), "decrypt").code == 0


def test_what_comes_in_its_place_is_on_the_disk(sealed: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    named = on_the_disk_first(monkeypatch)
    assert run("decrypt").code == 0
    assert sealed.name in named


def test_nobody_writes_while_it_is_written_anew(path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another terminal records meanwhile would be in the file that is replaced, and nowhere else."""
    run("pain", "6")
    to_disk, refused = files.to_disk, list[bool]()

    def meanwhile(each: Path) -> None:
        if each.name.endswith(".new"):  # asked in another process: locks are a process's own
            code = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"
            ran = subprocess.run([sys.executable, "-c", code, str(path)], check=False, capture_output=True, text=True)
            refused.append("database is locked" in ran.stderr)
        to_disk(each)

    monkeypatch.setattr(files, "to_disk", meanwhile)
    rewriting.written_anew(path, NOW, derive(PASSPHRASE))
    assert refused == [True]


LOOKING = (
    *(
        "today",
        "list",
        "list --json",
        "show ID",
        "history ID",
        "week",
        "chart pain",
        "calendar pain",
        "body",
        "plan",
        "due",
    ),
    *("export jsonl", "export csv --layout daily", "report --json", "link", "helps"),
)
CHANGING = ("pain 3", "undo", "redo", "edit ID --note better", "delete ID", "undo")


@pytest.mark.usefixtures("steady_ids")
def test_every_command_says_the_same_as_on_a_plain_journal(
    path: Path, run: Run, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    run("log", f"pain 6 note {NOTE}, mood 4, slept 7h")
    copy = path.parent.parent / "plain" / "journal.db"
    copy.parent.mkdir()
    copy.write_bytes(path.read_bytes())
    copy.chmod(0o600)
    terminal.types = [PASSPHRASE, PASSPHRASE]
    assert run("encrypt").code == 0
    with Journal.open(path, NOW) as journal:
        (shortest, *_) = journal.short_ids(journal.entries()).values()
    for line in (*LOOKING, *CHANGING):
        arguments = [shortest if word == "ID" else word for word in line.split()]
        one, other_ = run(*arguments), run("--journal", str(copy), *arguments)
        assert one.code == other_.code, line
        if line in LOOKING:
            assert one == other_, line
    assert terminal.asked == ["New passphrase: ", "The same again: "]
    with Journal.open(path, NOW) as one_, Journal.open(copy, NOW) as other:
        assert [e[1:] for e in one_.entries()] == [e[1:] for e in other.entries()]


@pytest.mark.usefixtures("sealed")
def test_rekey_takes_the_old_passphrase_from_it(run: Run, terminal: Terminal, memory: dict[str, bytes]) -> None:
    lock(memory)
    terminal.types = [PASSPHRASE, OTHER, OTHER]
    ran = run("rekey")
    assert (ran.code, ran.out) == (0, "the journal has a new passphrase\n")
    assert run("list").code == 0
    assert len(memory) == 1
    lock(memory)
    terminal.types = [PASSPHRASE, OTHER]
    assert run("list").code == 0
    assert terminal.types == []


def test_decrypt_gives_a_plain_file_back(sealed: Path, run: Run, memory: dict[str, bytes]) -> None:
    ran = run("decrypt")
    assert ran.out == "the journal is no longer encrypted; anyone who has the file can read it\n"
    assert memory == {}
    conn = sqlite3.connect(sealed)
    assert conn.execute("SELECT count(*) FROM entries").fetchone() == (3,)
    conn.close()
    assert run("pain", "5").code == 0
    assert all(connection.salt_of(each.path) for each in backups.found(sealed)), "backups from before stay encrypted"


@pytest.mark.parametrize(
    ("command", "typed", "said"),
    [
        ("encrypt", ["a", "b"], "the two passphrases differ; nothing was changed"),
        ("encrypt", [""], "a passphrase cannot be empty; some words that only you know make a good one"),
        ("encrypt", [], "a new passphrase is typed on a terminal; there is none here"),
        ("decrypt", ["x"], "the journal is not encrypted; painlog encrypt does it"),
        ("rekey", ["x"], "the journal is not encrypted; painlog encrypt does it"),
    ],
)
def test_what_is_refused_changes_nothing(
    command: str, typed: list[str], said: str, path: Path, run: Run, terminal: Terminal
) -> None:
    run("pain", "6")
    before = everything(path.parent)
    terminal.types, terminal.there = [*typed], bool(typed)
    ran = run(command)
    assert (ran.code in (1, 2), ran.err.splitlines()[-1]) == (True, f"painlog: {said}")
    assert everything(path.parent) == before


def test_encrypt_twice_is_refused(sealed: Path, run: Run) -> None:
    ran = run("encrypt")
    assert (ran.code, ran.err) == (
        1,
        "painlog: the journal is encrypted already; painlog rekey changes its passphrase\n",
    )
    assert connection.salt_of(sealed)


def test_without_a_journal_there_is_nothing_to_encrypt(path: Path, run: Run) -> None:
    for command in ("encrypt", "decrypt", "rekey"):
        assert run(command).code == 1
    assert not path.exists()


# Keys


@pytest.mark.usefixtures("sealed")
def test_the_command_comes_first_then_what_is_kept_then_the_prompt(
    run: Run, terminal: Terminal, memory: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("list").code == 0
    assert terminal.asked == [], "a kept key asks nothing"
    monkeypatch.setenv(keys.KEY_COMMAND, f"printf '%s\\n' '{WRONG}'")
    ran = run("list")
    assert (ran.code, "does not open" in ran.err) == (0, True), "then what is kept is tried"
    lock(memory)
    monkeypatch.setenv(keys.KEY_COMMAND, f"printf '%s\\nmore' '{PASSPHRASE}'")
    assert run("list").code == 0
    assert (terminal.asked, memory) == ([], {}), "what a command gives is kept nowhere"
    monkeypatch.delenv(keys.KEY_COMMAND)
    terminal.types = [WRONG, WRONG, PASSPHRASE]
    assert run("list").code == 0
    assert len(terminal.asked) == 3
    assert len(memory) == 1
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
    sealed: Path, run: Run, terminal: Terminal, memory: dict[str, bytes], tmp_path: Path,
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
        lock(memory)
        monkeypatch.setenv("EDITOR", str(editor))
        terminal.types = [WRONG, WRONG, WRONG]
        ran = run(*line.split())
        assert ran.code == 1, line
        assert ran.err.splitlines()[-1].startswith("painlog: wrong passphrase, or "), (line, ran.err)
        assert terminal.types == [], line
    assert everything(sealed.parent) == before
    assert {p: p.stat().st_mtime_ns for p in sealed.parent.rglob("*")} == stamps
    assert not (tmp_path / "ran").exists(), "an editor opens only after the key"


def test_a_locked_journal_is_not_moved_aside_by_a_restore(
    sealed: Path, run: Run, terminal: Terminal, memory: dict[str, bytes], tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    run("--journal", str(other), "pain", "1")
    before = everything(sealed.parent)
    lock(memory)
    terminal.types = [WRONG, WRONG, WRONG]
    assert run("restore", str(other), "--yes").code == 1
    assert everything(sealed.parent) == before


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


# Nobody there


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
    while select.select([ours], [], [], 30)[0]:
        try:
            read = os.read(ours, 65536)
        except OSError:
            break
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


# Backups, doctor, erase


def test_a_restore_is_sealed_as_the_journal_is(sealed: Path, run: Run, terminal: Terminal) -> None:
    run("backup")
    run("pain", "9")
    assert run("restore", "1", "--yes").code == 0
    assert notes(sealed) == [NOTE]
    sealed.unlink()
    assert run("restore", "--yes").code == 0
    assert terminal.asked == []
    assert [name for name, content in everything(sealed.parent).items() if content.startswith(connection.MAGIC)] == []
    assert notes(sealed) == [NOTE]


def test_a_backup_from_before_a_new_key_asks_for_its_own(sealed: Path, run: Run, terminal: Terminal) -> None:
    terminal.types = [OTHER, OTHER]
    assert run("rekey").code == 0
    old = backups.found(sealed)[0].path
    terminal.asked.clear()
    assert run("backup", "--list").out.splitlines()[0].endswith("  encrypted")
    assert terminal.asked == [], "a list asks for no passphrase"
    terminal.types = [PASSPHRASE]
    assert run("restore", old.name, "--yes").code == 0
    assert terminal.asked == [f"Passphrase of {old.name}: "]
    assert notes(sealed) == [NOTE]
    assert derive(OTHER, connection.salt_of(sealed)) == connection.KEYS.known[connection.salt_of(sealed)]


@pytest.mark.parametrize("page", [0, 3, 7])
def test_a_damaged_page_is_found_and_repaired(page: int, sealed: Path, run: Run, terminal: Terminal) -> None:
    run("backup")
    content = bytearray(sealed.read_bytes())
    content[page * 4096 + 1000] ^= 1
    sealed.write_bytes(content)
    ran = run("doctor")
    assert (ran.code, "DAMAGED" in ran.out) == (1, True), ran.out + ran.err
    assert run("doctor", "--repair").code == 0
    assert run("doctor").code == 0
    assert notes(sealed) == [NOTE]
    assert terminal.asked == []
    assert [name for name, content in everything(sealed.parent).items() if content.startswith(connection.MAGIC)] == []


@pytest.mark.parametrize("repair", ["restore 1 --yes", "doctor --repair"])
@pytest.mark.parametrize("kept", [True, False])
def test_a_flipped_bit_in_the_salt_is_damage_and_no_wrong_passphrase(
    *, kept: bool, repair: str, sealed: Path, run: Run, terminal: Terminal, memory: dict[str, bytes]
) -> None:
    run("backup")
    asks = [f"Passphrase of {backups.found(sealed)[0].path.name}: "]
    content = bytearray(sealed.read_bytes())
    content[3] ^= 16
    sealed.write_bytes(content)
    if not kept:
        lock(memory)
    ran = run("pain", "3")
    assert (ran.code, "is damaged; painlog doctor --repair" in " ".join(ran.err.split())) == (1, True), ran.err
    assert terminal.asked == []
    terminal.types = [PASSPHRASE]
    assert run(*repair.split()).code == 0
    assert terminal.asked == ([] if kept else asks)
    assert notes(sealed) == [NOTE]
    assert [name for name, raw in everything(sealed.parent).items() if raw.startswith(connection.MAGIC)] == []
    assert list(sealed.parent.glob("*-damaged-*.db"))


def test_where_the_beginning_is_noise_the_way_that_is_said_is_one(
    sealed: Path, run: Run, terminal: Terminal, memory: dict[str, bytes]
) -> None:
    """It cannot be told from a wrong passphrase, so a restore does not move the file; the person can."""
    run("backup")
    sealed.write_bytes(random.Random(7).randbytes(4096) + sealed.read_bytes()[4096:])
    lock(memory)
    terminal.types = [PASSPHRASE] * 3
    said = " ".join(run("pain", "3").err.split())
    assert "damaged where it begins" in said
    assert "where it is moved elsewhere, painlog restore brings back a backup" in said
    sealed.rename(sealed.with_suffix(".elsewhere"))
    terminal.types = [PASSPHRASE]
    assert run("restore", "1", "--yes").code == 0
    assert notes(sealed) == [NOTE]


@pytest.mark.parametrize("there", [True, False])
def test_a_plain_journal_whose_first_page_is_noise_is_damaged_and_nobody_is_asked(
    *, there: bool, path: Path, run: Run, terminal: Terminal
) -> None:
    run("log", "--file", str(_some_lines(path)))
    path.write_bytes(random.Random(7).randbytes(4096) + path.read_bytes()[4096:])
    terminal.there = there
    ran = run("pain", "3")
    assert (ran.code, "is damaged; painlog doctor --repair" in " ".join(ran.err.split())) == (1, True), ran.err
    assert run("doctor", "--repair").code == 0
    assert terminal.asked == []
    with Journal.open(path, NOW) as journal:
        assert len(journal.entries()) == 40


def _some_lines(path: Path) -> Path:
    lines = path.parent.with_name("lines.txt")
    lines.write_text("".join(f"pain {i % 11}, note {i}\n" for i in range(20)))
    return lines


def test_an_older_encrypted_journal_is_brought_up_to_date(sealed: Path, run: Run) -> None:
    use_keys()
    conn = connection.connect(sealed)
    with connection.write(conn, sealed):
        conn.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'step_003%'")
        conn.execute("PRAGMA user_version = 2")
    conn.close()
    assert run("pain", "2").code == 0
    assert backups.found(sealed)[0].why == backups.UPDATE
    assert all(connection.salt_of(each.path) for each in backups.found(sealed))


def test_who_forgot_the_passphrase_can_erase_it_all(
    sealed: Path, run: Run, memory: dict[str, bytes], terminal: Terminal
) -> None:
    lock(memory)
    sealed.with_name("journal.db.new").touch()
    assert run("erase", "--yes").code == 0
    assert terminal.asked == []
    assert everything(sealed.parent) == {}


def test_a_readable_file_whose_header_is_damaged_is_named_too(path: Path, run: Run, terminal: Terminal) -> None:
    """It begins as an encrypted one does, and still holds every word; nobody is asked for a passphrase of it."""
    run("pain", "6", "--note", NOTE)
    raw = path.read_bytes()
    path.write_bytes(raw[:2] + b"X" + raw[3:])
    assert run("doctor", "--repair").code == 0
    (damaged,) = path.parent.glob("*-damaged-*.db")
    terminal.types = [PASSPHRASE, PASSPHRASE]
    assert f"  {damaged}\n" in run("encrypt").err


def test_what_can_still_be_read_is_named_and_removed_if_wanted(
    path: Path, run: Run, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("pain", "6", "--note", NOTE)
    run("backup")
    monkeypatch.chdir(path.parent)
    run("export", "jsonl", "-o", ".")
    mine = path.with_name("holiday.jpg")
    mine.write_bytes(b"x")
    readable = [backups.found(path)[0].path, path.with_name("painlog-journal-2026-11-19.jsonl")]
    terminal.types = [PASSPHRASE, PASSPHRASE]
    said = run("encrypt").err
    assert [each for each in readable if f"  {each}\n" not in said] == []
    assert all(each.exists() for each in readable)
    assert "holiday" not in said
    run("decrypt")
    terminal.types = [PASSPHRASE, PASSPHRASE]
    assert "2 readable files removed" in run("encrypt", "--yes").out
    assert not any(each.exists() for each in readable)
    assert mine.exists()


# Secrets


def test_no_secret_and_no_note_is_ever_said(
    sealed: Path, run: Run, terminal: Terminal, memory: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through refusals, damage, a full disk and a fault inside painlog: neither passphrase nor key nor note."""
    raw = next(iter(memory.values()))
    secrets = [PASSPHRASE, OTHER, WRONG, NOTE, raw.hex(), raw.hex().upper(), repr(raw)[2:20], "canary"]
    said = []
    for line in ("rekey", "decrypt", "doctor", "restore --yes", "encrypt", "pain 3", "list"):
        for debug in ("", "1"):
            monkeypatch.setenv("PAINLOG_DEBUG", debug)
            lock(memory)
            terminal.types = [WRONG, OTHER, WRONG]
            said.append(run(*line.split()).err)
    monkeypatch.setenv("PAINLOG_DEBUG", "")
    monkeypatch.setenv(keys.KEY_COMMAND, f"printf '%s' '{PASSPHRASE}'")
    for name in ("_export", "_replaced"):
        with monkeypatch.context() as broken:
            broken.setattr(f"painlog.storage.encryption.rewriting.{name}", lambda *given: 1 / 0 if given else None)
            terminal.types = [OTHER, OTHER]
            ran = run("rekey" if name == "_replaced" else "decrypt")
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


def test_the_kernel_keeps_and_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    name, value = os.urandom(16).hex(), os.urandom(32)
    kernel_keys.put(name, value)
    if kernel_keys.get(name) is None:
        pytest.skip("this kernel or container keeps no keys")
    assert kernel_keys.get(name) == value
    kernel_keys.remove(name)
    assert kernel_keys.get(name) is None


# Two processes, and kill -9


def test_one_who_had_the_old_file_open_writes_nothing_into_it(sealed: Path, run: Run, terminal: Terminal) -> None:
    use_keys()
    salt = connection.salt_of(sealed)
    key = connection.KEYS.known.get(salt) or derive(PASSPHRASE, salt)
    connection.KEYS.known[salt] = key
    helper = Journal.open(sealed, NOW)
    waiting = subprocess.run(
        [sys.executable, "-c", SEAL, str(sealed), "rekey", PASSPHRASE, OTHER, "0"],
        capture_output=True, text=True, check=False, env=os.environ,
    )  # fmt: skip
    assert waiting.returncode == 0, waiting.stderr
    with helper, pytest.raises(JournalBusy, match="has just put a new file"):
        helper.record(drafts("pain 9"))
    terminal.types = [OTHER]
    assert run("list").code == 0


SEAL = f"""
import os, signal, sys, time
from pathlib import Path
from painlog.cli import unlock
from painlog.cli.session import use_keys
from painlog.domain.language.dates import now
from painlog.storage import connection, files, schema
from painlog.storage.encryption import cipher, keys, rewriting
from painlog.storage.recovery import backups
import sqlite_utils
keys.ROUNDS = {QUICK}
path, what, old, new, rounds = Path(sys.argv[1]), *sys.argv[2:6]
def seal():
    use_keys()
    salt = connection.salt_of(path)
    if salt:
        connection.KEYS.known[salt] = keys.derive(old, salt)
    rewriting.written_anew(path, now(), rewriting.PLAIN if what == "decrypt" else keys.derive(new))
if rounds == "0":
    seal()
for line in sys.stdin if rounds != "0" else ():
    if (child := os.fork()) == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        seal()
        os._exit(0)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


def holds(path: Path, *passphrases: str) -> tuple[str, str]:
    """What a journal holds, and with which passphrase it opens; empty for none."""
    use_keys()
    salt = connection.salt_of(path)
    for passphrase in passphrases if salt else ("",):
        if salt:
            connection.KEYS.known[salt] = derive(passphrase, salt)
        try:
            conn = connection.connect(path)
        except JournalFailed:
            continue
        try:
            assert files.is_sound(conn)
            return backups.digest(conn), passphrase
        finally:
            conn.close()
    raise AssertionError("no passphrase opens it")


@pytest.mark.parametrize("what", ["encrypt", "rekey", "decrypt"])
def test_kill_in_the_middle_leaves_the_old_or_the_new(what: str, path: Path, run: Run, runs: int) -> None:
    """``kill -9`` at any moment: the journal is wholly as before or wholly as after, and holds the same."""
    text = path.parent.parent / "diary.txt"
    text.write_text("".join(f"2024-01-{i % 28 + 1:02d} 10:00 pain {i % 11} note {NOTE} {i}\n" for i in range(300)))
    assert run("log", "--file", str(text)).code == 0
    start = path.read_bytes()
    if what != "encrypt":
        helper = [sys.executable, "-c", SEAL, str(path), "encrypt", "", PASSPHRASE, "0"]
        subprocess.run(helper, check=True, env=os.environ)
        start = path.read_bytes()
    old = "" if what == "encrypt" else PASSPHRASE
    new = "" if what == "decrypt" else OTHER
    wanted, _ = holds(path, PASSPHRASE)
    chance, outcomes = random.Random(7), {old: 0, new: 0}
    command = [sys.executable, "-c", SEAL, str(path), what, PASSPHRASE, OTHER, "1"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ) as helper_:
        assert helper_.stdin
        assert helper_.stdout
        span = 0.0
        for i in range(10 * runs + 1):
            path.write_bytes(start)
            helper_.stdin.write("\n")
            helper_.stdin.flush()
            child, began = int(helper_.stdout.readline()), time.monotonic()
            if i:
                select.select([helper_.stdout], [], [], chance.uniform(0, span))  # or to its end
                with suppress(ProcessLookupError):
                    os.kill(child, 9)
            done = int(helper_.stdout.readline())
            span = span if done else min(span or 60, time.monotonic() - began)
            found, opened = holds(path, PASSPHRASE, OTHER)
            assert found == wanted
            assert opened in (old, new)
            assert opened == new or done
            outcomes[opened] += 1
            for each in backups.found(path):
                assert connection.salt_of(each.path)
                each.path.unlink()
        helper_.stdin.close()
    sys.stdout.write(f"{what}: before {outcomes[old]}, after {outcomes[new]}\n")
    assert outcomes[old], f"no kill of {what} came before the end"
    assert outcomes[new], f"every kill of {what} came before the end"


def test_recording_while_it_is_encrypted_loses_nothing_that_was_acknowledged(path: Path, run: Run, runs: int) -> None:
    run("pain", "0")
    code = (
        "import os, sys, time; from painlog.cli import main\n"
        "while not os.path.exists(sys.argv[1]): print(main(['note', 'x']), file=sys.stderr); time.sleep(0.15)"
    )
    enough = path.with_name("enough")
    env = {"PATH": os.environ["PATH"], "HOME": str(path.parent), "PAINLOG_JOURNAL": str(path), "TZ": "UTC"}
    for _ in range(runs):
        writers = [
            subprocess.Popen([sys.executable, "-c", code, str(enough)], env=env, stderr=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        firsts = [writer.stderr.readline() for writer in writers if writer.stderr]
        sealing = [sys.executable, "-c", SEAL, str(path), "encrypt", "", PASSPHRASE, "0"]
        subprocess.run(sealing, check=True, env=os.environ)
        enough.touch()
        said = [*firsts, *(writer.communicate()[1] for writer in writers)]
        acknowledged = sum(line == "0" for text in said for line in text.splitlines())
        assert "Traceback" not in "".join(said)
        use_keys()
        connection.KEYS.known[connection.salt_of(path)] = derive(PASSPHRASE, connection.salt_of(path))
        with Journal.open(path, NOW) as journal:
            assert len(journal.entries(kinds=["note"])) == acknowledged
        path.unlink()
        enough.unlink()
        for each in backups.found(path):
            each.path.unlink()
        run("pain", "0")


def test_what_no_key_opens_is_locked_for_the_code_too(sealed: Path) -> None:
    connection.KEYS.known.clear()
    connection.KEYS.keeper = None
    with pytest.raises(JournalLocked):
        Journal.open(sealed, NOW)
    connection.KEYS.known[connection.salt_of(sealed)] = Key(connection.salt_of(sealed), bytes(32))
    with pytest.raises(Exception, match="is damaged"):
        Journal.open(sealed, NOW)
