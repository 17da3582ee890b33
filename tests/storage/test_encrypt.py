"""Encrypting, a new passphrase, decrypting: nothing can be read without it, and nothing is lost on the way."""

import os
import sqlite3
from pathlib import Path

import pytest

from painlog.cli.session import Keys
from painlog.storage import connection
from painlog.storage.encryption import keys
from painlog.storage.encryption.keys import ROUNDS
from painlog.storage.journal import Journal
from painlog.storage.recovery import backups
from tests.conftest import NOW, Run, Terminal
from tests.support.encrypted import NOTE, OTHER, PASSPHRASE, everything, notes

sqlcipher3 = pytest.importorskip("sqlcipher3", reason="takes the extra painlog[encryption]")
pytestmark = [pytest.mark.migrates, pytest.mark.usefixtures("ring", "terminal")]


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
    with Journal.open(path, NOW, keys=Keys()) as journal:
        (shortest, *_) = journal.short_ids(journal.entries()).values()
    for line in (*LOOKING, *CHANGING):
        arguments = [shortest if word == "ID" else word for word in line.split()]
        one, other_ = run(*arguments), run("--journal", str(copy), *arguments)
        assert one.code == other_.code, line
        if line in LOOKING:
            assert one == other_, line
    assert terminal.asked == ["New passphrase: ", "The same again: "]
    with Journal.open(path, NOW, keys=Keys()) as one_, Journal.open(copy, NOW) as other:
        assert [e[1:] for e in one_.entries()] == [e[1:] for e in other.entries()]


@pytest.mark.usefixtures("sealed")
def test_rekey_takes_the_old_passphrase_from_it(run: Run, terminal: Terminal, ring: dict[str, str]) -> None:
    ring.clear()
    terminal.types = [PASSPHRASE, OTHER, OTHER]
    ran = run("rekey")
    assert (ran.code, ran.out) == (0, "the journal has a new passphrase\n")
    assert run("list").code == 0
    assert len(ring) == 1
    ring.clear()
    terminal.types = [PASSPHRASE, OTHER]
    assert run("list").code == 0
    assert terminal.types == []


def test_decrypt_gives_a_plain_file_back(sealed: Path, run: Run, ring: dict[str, str]) -> None:
    ran = run("decrypt")
    assert ran.out == "the journal is no longer encrypted; anyone who has the file can read it\n"
    assert ring == {}
    conn = sqlite3.connect(sealed)
    assert conn.execute("SELECT count(*) FROM entries").fetchone() == (3,)
    conn.close()
    assert run("pain", "5").code == 0
    assert all(connection.salt_of(each.path) for each in backups.find_snapshots(sealed)), (
        "backups from before stay encrypted"
    )


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
    backup, export = backups.find_snapshots(path)[0].path, path.with_name("painlog-journal-2026-11-19.jsonl")
    readable = [backup, export]
    terminal.types = [PASSPHRASE, PASSPHRASE]
    said = run("encrypt").err
    assert [each for each in readable if f"  {each}\n" not in said] == []
    assert all(each.exists() for each in readable)
    assert "holiday" not in said
    run("decrypt")
    terminal.types = [PASSPHRASE, PASSPHRASE]
    ran = run("encrypt", "--yes")
    assert "1 readable file removed" in ran.out
    assert "1 export from before can be read by anyone who has it" in ran.err
    assert (backup.exists(), export.exists(), mine.exists()) == (False, True, True)


def test_an_export_that_may_be_another_journals_is_never_removed_unasked(
    path: Path, run: Run, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what bears a name of the person's own is not found, which is said, so that nobody thinks that all is gone."""
    run("mood", "3", "--note", NOTE)
    monkeypatch.chdir(path.parent)
    run("--journal", str(path.with_name("sisters.db")), "mood", "7")
    run("--journal", str(path.with_name("sisters.db")), "export", "csv", "-o", ".")
    run("export", "csv", "--with-notes", "-o", "everything.csv")
    (sisters,) = path.parent.glob("painlog-*.csv")
    terminal.types = [PASSPHRASE, PASSPHRASE]
    said = " ".join(run("encrypt", "--yes").err.split())
    assert (sisters.exists(), path.with_name("everything.csv").exists()) == (True, True)
    assert "those that you named otherwise, or keep elsewhere, can be read as before" in said
    monkeypatch.setattr("painlog.cli.keep.encryption._is_wanted", lambda _: True)
    assert run("encrypt").code == 1
    assert not sisters.exists()
