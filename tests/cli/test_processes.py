"""Real processes: two terminals at once, kill -9 in the middle, a full disk, a read-only place."""

import fcntl
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import IO

import pytest

from painlog.storage.journal import Journal
from tests.conftest import NOW
from tests.killing import Moments
from tests.storage.test_journal import folds

PAINLOG = (sys.executable, "-m", "painlog")
WRITERS = 8


def environment(path: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(path.parent), "PAINLOG_JOURNAL": str(path), "TZ": "UTC"}


def painlog(path: Path, *arguments: str, file_limit: int | None = None) -> subprocess.CompletedProcess[str]:
    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit or 0, file_limit or 0))

    return subprocess.run(
        [*PAINLOG, *arguments],
        env=environment(path),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limited if file_limit is not None else None,
    )


def scores(path: Path) -> list[float]:
    with Journal.open(path, NOW) as journal:
        return [entry.data["score"] for entry in journal.entries(kinds=["pain"])]


def test_two_terminals_recording_at_once_lose_nothing(path: Path, runs: int) -> None:
    """Each writer records what no other does; all of it must be there, each command whole."""
    code = (
        "import sys; from pathlib import Path; from painlog.cli import main\n"
        "writer, rounds = int(sys.argv[1]), int(sys.argv[2])\n"
        "for i in range(rounds):\n"
        "    assert main(['log', f'pain {writer}.{i:03d}, note w{writer}-{i}, mood 5']) == 0"
    )
    rounds = 10 * runs
    painlog(path, "note", "the first one makes the journal")
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(writer), str(rounds)],
            env=environment(path),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for writer in range(WRITERS)
    ]
    assert [(worker.communicate()[1], worker.returncode) for worker in workers] == [(b"", 0)] * WRITERS
    assert sorted(scores(path)) == sorted(round(w + i / 1000, 3) for w in range(WRITERS) for i in range(rounds))
    conn = sqlite3.connect(path)
    sizes = conn.execute("SELECT count(*) FROM ops GROUP BY command HAVING count(*) <> 3").fetchall()
    conn.close()
    assert sizes == [(1,)]
    assert folds(path)


def test_two_terminals_may_begin_the_journal_at_once(path: Path) -> None:
    starts = [
        subprocess.Popen(
            [*PAINLOG, "pain", str(i)], env=environment(path), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        for i in range(4)
    ]
    for start in starts:
        assert start.communicate()
        assert start.returncode == 0
    assert sorted(scores(path)) == [0, 1, 2, 3]


def test_kill_in_the_middle_leaves_no_half_command(path: Path, runs: int, tmp_path: Path) -> None:
    """``kill -9`` at any moment of a long import: all of it is there, or none, and the next command works."""
    diary = tmp_path / "diary.txt"
    lines = 1500
    diary.write_text("".join(f"2024-01-{i % 28 + 1:02d} 10:00 pain {i % 11}\n" for i in range(lines)))
    painlog(path, "pain", "6")
    began = time.monotonic()
    assert painlog(path, "log", "--file", str(diary)).returncode == 0
    moments = Moments(time.monotonic() - began)  # that an import takes here, with nobody to end it
    outcomes = {0: 0, 1: 0}
    expected = 1 + lines
    for _ in range(12 * runs):
        worker = subprocess.Popen(
            [*PAINLOG, "log", "--file", str(diary)],
            env=environment(path),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        moments.end(worker, 0.1, 1.2)
        acknowledged = b"entries" in worker.communicate()[0]
        count = len(scores(path))
        assert count in (expected, expected + lines)
        assert count == expected + lines or not acknowledged
        outcomes[int(count > expected)] += 1
        expected = count
        assert painlog(path, "pain", "5").returncode == 0
        expected += 1
    assert folds(path)
    assert outcomes[0], "no kill came before the commit"


def test_a_full_disk_is_said_and_loses_nothing(path: Path) -> None:
    painlog(path, "pain", "6")
    before = path.read_bytes()
    size = path.stat().st_size
    diary = path.with_name("diary.txt")
    diary.write_text("".join(f"2024-01-01 10:00 note {'x' * 200} {i}\n" for i in range(2000)))
    ran = painlog(path, "log", "--file", str(diary), file_limit=size)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == "painlog: the disk is full; nothing was saved, and what was recorded before is safe\n"
    assert path.read_bytes() == before
    assert painlog(path, "today", file_limit=size).returncode == 0
    out = path.with_name("out.csv")
    assert painlog(path, "export", "csv", "-o", str(out), file_limit=10).returncode == 1
    assert [p.name for p in path.parent.iterdir() if p.name not in ("journal.db", "diary.txt")] == []


def test_a_place_one_may_not_write_to_is_said(tmp_path: Path) -> None:
    """As another user than root, whom no permission stops: reading works, writing is refused in a sentence."""
    if os.getuid() != 0:
        pytest.skip("takes root to become somebody else")
    code = """
import os, sys, tempfile
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
import painlog, sqlite_utils, rich.console, rich.cells, rich.text
import platformdirs.unix, difflib, encodings.idna
from painlog.cli import main
for module in walk_packages(painlog.__path__, "painlog."):
    if not module.name.endswith("__main__"):
        with suppress(ImportError): import_module(module.name)
sqlite_utils.Database(memory=True)  # which looks for plugins
place = Path(tempfile.mkdtemp(dir="/tmp")); os.chmod(place, 0o755)
journal = place / "journal.db"; os.environ["PAINLOG_CONFIG"] = "/nowhere/config.toml"
assert main(["--journal", str(journal), "pain", "6"]) == 0
assert main(["--journal", str(journal), "--plain", "list"]) == 0
os.chmod(journal, 0o644)
os.setegid(65534); os.seteuid(65534)
print("--", file=sys.stderr)
codes = [main(["--journal", str(journal), "--plain", *rest]) for rest in (["list"], ["pain", "5"], ["undo"])]
os.seteuid(0); os.chmod(journal, 0o600); os.seteuid(65534)
codes += [main(["--journal", str(journal), "--plain", *rest]) for rest in (["list"], ["pain", "5"])]
os.seteuid(0); os.chmod(place, 0o700); os.seteuid(65534)
codes += [main(["--journal", str(journal), "--plain", *rest]) for rest in (["list"], ["pain", "5"])]
os.seteuid(0); os.setegid(0)
import shutil; shutil.rmtree(place)
print(codes)
"""
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path / "x"), capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "[0, 1, 1, 1, 1, 1, 1]"
    said = ran.stderr.split("--\n")[1].splitlines()
    assert ["read-only" in line for line in said[:2]] == [True, True], said
    assert ["permission denied" in line for line in said[2:]] == [True] * 4, said
    assert len(said) == 6


def test_a_reader_that_goes_away_is_no_error(path: Path) -> None:
    painlog(path, "log", ", ".join(f"note {i}" for i in range(3000)))
    ran = subprocess.run(
        f"{' '.join(PAINLOG)} list --period all | head -2; echo ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        env=environment(path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert (ran.stdout.splitlines()[-1], ran.stderr) == ("0", "")


def waiting(pipe: IO[bytes]) -> bool:
    """Whether nobody has read yet what was written."""
    return fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4) != b"\0" * 4


def test_interrupting_says_nothing_and_ends_with_130(path: Path) -> None:
    worker = subprocess.Popen(
        [*PAINLOG, "log", "-"], env=environment(path), stdin=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
    )
    assert worker.stdin
    worker.stdin.write(b"pain 6\n")
    while waiting(worker.stdin):
        time.sleep(0.05)
    worker.send_signal(signal.SIGINT)
    _, said = worker.communicate()
    assert (worker.returncode, said) == (130, b"")
    assert not path.exists()


def test_two_terminals_cannot_both_begin_the_same_thing(path: Path) -> None:
    """What the journal allows is asked within the transaction that writes, so of eight at once one begins it."""
    command = [*PAINLOG, "plan", "start", "ibuprofen", "400mg", "as", "needed"]
    subprocess.run([*PAINLOG, "pain", "1"], env=environment(path), check=True, capture_output=True)
    started = [subprocess.Popen(command, env=environment(path), stderr=subprocess.PIPE) for _ in range(8)]
    said = [worker.communicate(timeout=120)[1] for worker in started]
    assert sorted(worker.returncode for worker in started) == [0, *[2] * 7]
    assert sum(b"is in your plan already" in each for each in said) == 7


def test_what_cannot_be_said_does_not_get_among_the_data(path: Path) -> None:
    """Started with standard error closed, as some schedulers do."""
    line = f"{sys.executable} -m painlog pain 6 2>&-; {sys.executable} -m painlog pain 99 2>&-"
    ran = subprocess.run(["sh", "-c", line], env=environment(path), capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert ran.stdout.startswith("pain 6")
    assert ran.stdout.endswith("undo: painlog undo\n")
    assert "begins" not in ran.stdout
