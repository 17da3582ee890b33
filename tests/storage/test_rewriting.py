"""A journal that is written anew under another key: by one process at a time, and wholly or not at all."""

import os
import random
import select
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from painlog.cli.session import Keys
from painlog.errors import JournalBusy, JournalFailed
from painlog.storage import connection, files
from painlog.storage.encryption import rewriting
from painlog.storage.encryption.keys import derive
from painlog.storage.journal import Journal
from painlog.storage.recovery import backups
from tests.conftest import NOW, Run, Terminal
from tests.storage.test_journal import drafts
from tests.support.encrypted import NOTE, OTHER, PASSPHRASE, QUICK, keys_from
from tests.test_faults import on_the_disk_first

sqlcipher3 = pytest.importorskip("sqlcipher3", reason="takes the extra painlog[encryption]")
pytestmark = [pytest.mark.migrates, pytest.mark.usefixtures("ring", "terminal")]


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
    rewriting.rewrite(path, NOW, Keys(), derive(PASSPHRASE))
    assert refused == [True]


SEAL = f"""
import os, signal, sys, time
from pathlib import Path
from painlog.cli import unlock
from painlog.cli.session import Keys
from painlog.domain.language.dates import now
from painlog.storage import connection, files, schema
from painlog.storage.encryption import cipher, keys, rewriting
from painlog.storage.recovery import backups
import sqlite_utils
keys.ROUNDS = {QUICK}
path, what, old, new, rounds = Path(sys.argv[1]), *sys.argv[2:6]
def seal():
    known, salt = Keys(), connection.salt_of(path)
    if salt:
        known.known[salt] = keys.derive(old, salt)
    rewriting.rewrite(path, now(), known, rewriting.PLAIN if what == "decrypt" else keys.derive(new))
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


def test_one_who_had_the_old_file_open_writes_nothing_into_it(sealed: Path, run: Run, terminal: Terminal) -> None:
    helper = Journal.open(sealed, NOW, keys=keys_from(PASSPHRASE, sealed))
    waiting = subprocess.run(
        [sys.executable, "-c", SEAL, str(sealed), "rekey", PASSPHRASE, OTHER, "0"],
        capture_output=True, text=True, check=False, env=os.environ,
    )  # fmt: skip
    assert waiting.returncode == 0, waiting.stderr
    with helper, pytest.raises(JournalBusy, match="has just put a new file"):
        helper.record(drafts("pain 9"))
    terminal.types = [OTHER]
    assert run("list").code == 0


def holds(path: Path, *passphrases: str) -> tuple[str, str]:
    """What a journal holds, and with which passphrase it opens; empty for none."""
    salt = connection.salt_of(path)
    for passphrase in passphrases if salt else ("",):
        try:
            conn = connection.connect(path, keys=keys_from(passphrase, path))
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
            for each in backups.find_snapshots(path):
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
        with Journal.open(path, NOW, keys=keys_from(PASSPHRASE, path)) as journal:
            assert len(journal.entries(kinds=["note"])) == acknowledged
        path.unlink()
        enough.unlink()
        for each in backups.find_snapshots(path):
            each.path.unlink()
        run("pain", "0")
