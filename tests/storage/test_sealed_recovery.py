"""Backups, restore, repair and erase of an encrypted journal."""

import random
from pathlib import Path

import pytest

from painlog.cli.session import Keys
from painlog.storage import connection
from painlog.storage.encryption.keys import derive
from painlog.storage.encryption.unlocking import opens
from painlog.storage.journal import Journal
from painlog.storage.recovery import backups
from tests.conftest import NOW, Run, Terminal
from tests.support.encrypted import NOTE, OTHER, PASSPHRASE, WRONG, everything, notes

sqlcipher3 = pytest.importorskip("sqlcipher3", reason="takes the extra painlog[encryption]")
pytestmark = [pytest.mark.migrates, pytest.mark.usefixtures("ring", "terminal")]


def test_a_locked_journal_is_not_moved_aside_by_a_restore(
    sealed: Path, run: Run, terminal: Terminal, ring: dict[str, str], tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    run("--journal", str(other), "pain", "1")
    before = everything(sealed.parent)
    ring.clear()
    terminal.types = [WRONG, WRONG, WRONG]
    assert run("restore", str(other), "--yes").code == 1
    assert everything(sealed.parent) == before


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
    old = backups.find_snapshots(sealed)[0].path
    terminal.asked.clear()
    assert run("backup", "--list").out.splitlines()[0].endswith("  encrypted")
    assert terminal.asked == [], "a list asks for no passphrase"
    terminal.types = [PASSPHRASE]
    assert run("restore", old.name, "--yes").code == 0
    assert terminal.asked == [f"Passphrase of {old.name}: "]
    assert notes(sealed) == [NOTE]
    assert opens(connection.as_uri(sealed), derive(OTHER, connection.salt_of(sealed)))


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
    *, kept: bool, repair: str, sealed: Path, run: Run, terminal: Terminal, ring: dict[str, str]
) -> None:
    run("backup")
    asks = [f"Passphrase of {backups.find_snapshots(sealed)[0].path.name}: "]
    content = bytearray(sealed.read_bytes())
    content[3] ^= 16
    sealed.write_bytes(content)
    if not kept:
        ring.clear()
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
    sealed: Path, run: Run, terminal: Terminal, ring: dict[str, str]
) -> None:
    """It cannot be told from a wrong passphrase, so a restore does not move the file; the person can."""
    run("backup")
    sealed.write_bytes(random.Random(7).randbytes(4096) + sealed.read_bytes()[4096:])
    ring.clear()
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
    conn = connection.connect(sealed, keys=Keys())
    with connection.write(conn, sealed):
        conn.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'step_003%'")
        conn.execute("PRAGMA user_version = 2")
    conn.close()
    assert run("pain", "2").code == 0
    assert backups.find_snapshots(sealed)[0].why == backups.UPDATE
    assert all(connection.salt_of(each.path) for each in backups.find_snapshots(sealed))


def test_who_forgot_the_passphrase_can_erase_it_all(
    sealed: Path, run: Run, ring: dict[str, str], terminal: Terminal
) -> None:
    ring.clear()
    sealed.with_name("journal.db.new").touch()
    assert run("erase", "--yes").code == 0
    assert terminal.asked == []
    assert everything(sealed.parent) == {}
