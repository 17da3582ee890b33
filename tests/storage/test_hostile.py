"""A damaged journal that leads in circles, or would take for ever: doctor comes to an end, in little memory."""

import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from painlog.storage import connection, files
from painlog.storage.journal import Journal
from painlog.storage.log.changes import Change, LogicalClock, make_change, new_id
from painlog.storage.recovery import checkup
from painlog.storage.recovery.carving import carve
from tests.conftest import NOW
from tests.storage.test_journal import folds

PAGE = 4096
LENGTH = 1000
MOST_MIB, MOST_SECONDS = 200, 60
DOCTOR = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31))
resource.setrlimit(resource.RLIMIT_CPU, ({MOST_SECONDS}, {MOST_SECONDS}))
from painlog.cli import main
code = main(["--journal", sys.argv[1], "doctor", "--repair"])
used = resource.getrusage(resource.RUSAGE_SELF)
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))  # ru_maxrss: ours
print(peak // 1024, round(used.ru_utime + used.ru_stime, 1))
sys.exit(code)
"""


def written(path: Path, changes: int) -> list[Change]:
    """A journal of so many notes, made directly."""
    clock, chance, made = LogicalClock("0123abcd", ""), random.Random(7), []
    when = {"kind": "note", "day": "2026-11-19", "at": None, "utc_offset": 60, "zone": "Europe/Berlin"}
    for i in range(changes):
        hlc = clock.tick(NOW - timedelta(hours=changes - i))
        text = "".join(chance.choices("abcdefghijklmnop", k=LENGTH))
        made.append(make_change(hlc, hlc, new_id(hlc), {**when, "fields": {"text": text}}, NOW.isoformat(), "cli"))
    files.create(path)
    with Journal.open(path, NOW) as journal:
        journal.hold(made, {"device": "0123abcd"})
    return made


def pages(raw: bytes) -> list[bytes]:
    return [raw[i : i + PAGE] for i in range(0, len(raw), PAGE)]


def root(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as conn:
        found: int = conn.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
    return found


def leads_to(child: int) -> bytes:
    """A page above 400 pages that are all the same one."""
    cell = child.to_bytes(4) + b"\x01"
    head = b"\x05\0\0" + (400).to_bytes(2) + (PAGE - len(cell)).to_bytes(2) + b"\0" + child.to_bytes(4)
    return (head + 400 * (PAGE - len(cell)).to_bytes(2)).ljust(PAGE - len(cell), b"\0") + cell


def in_circles(path: Path) -> bytes:
    """Under the changes and the entries lies one page 400 times, under that another one 400 times, and so on."""
    made = pages(path.read_bytes())
    for place in (root(path, "ops"), root(path, "entries")):
        first = len(made) + 1
        made += [leads_to(first + 1), leads_to(first + 2), leads_to(first + 3), made[place - 1]]
        made[place - 1] = leads_to(first)
    return counted(made)


def counted(made: list[bytes]) -> bytes:
    """The file, its first page saying how many there are."""
    made[0] = made[0][:28] + len(made).to_bytes(4) + made[0][32:]
    return b"".join(made)


def varint(value: int) -> bytes:
    digits = [value & 0x7F]
    while value := value >> 7:
        digits.append(value & 0x7F | 0x80)
    return bytes(reversed(digits))


def one_for_all(path: Path) -> bytes:
    """Each of many pages says 1,700 times that there is a record, always one that is half as long as the file."""
    made = pages(path.read_bytes())
    many, first = len(made) // 8, len(made) + 1
    length, here = 489 + many * (PAGE - 4), 489
    header_length = 7 + len(varint(2 * length))
    text = varint(13 + 2 * (length - header_length - 6))
    header = bytes([header_length]) + b"\x0f\x0f\x0f" + text + b"\x0f\x0f\x0f"
    cell = varint(length) + b"\x01" + header.ljust(here, b"x") + first.to_bytes(4)
    head = b"\x0d\0\0" + (1700).to_bytes(2) + (PAGE - len(cell)).to_bytes(2) + b"\0"
    leaf = (head + 1700 * (PAGE - len(cell)).to_bytes(2)).ljust(PAGE - len(cell), b"\0") + cell
    made += [(first + i + 1).to_bytes(4) + b"x" * (PAGE - 4) for i in range(many)]
    made[root(path, "entries") - 1] = bytes(PAGE)
    return counted([*made, *[leaf] * many])


def two_wrong_letters(path: Path) -> bytes:
    """Every change says something else than its checksum does, in two places."""
    raw, at = bytearray(path.read_bytes()), 0
    while (at := raw.find(b'{"kind":"note"', at + 1)) >= 0:
        if at % PAGE < PAGE - 400:
            raw[at + 200], raw[at + 300] = raw[at + 200] ^ 1, raw[at + 300] ^ 2
    return bytes(raw)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (in_circles, "a part of the file could not be read"),
        (one_for_all, "LOST: changes of 1 entry"),
        (two_wrong_letters, "entries were taken as last shown"),
    ],
)
def test_a_repair_comes_to_an_end(
    damage: Callable[[Path], bytes], said: str, path: Path, runs: int, report: Callable[[str], None]
) -> None:
    """Else a damaged journal takes hours, or all of the memory, to put together. 20 MB of it in a long run."""
    made = written(path, 1000 if runs == 1 else 6400)
    damaged = damage(path)
    path.write_bytes(damaged)
    ran = subprocess.run([sys.executable, "-c", DOCTOR, str(path)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, (ran.returncode, ran.stderr[-500:])
    *lines, used = ran.stdout.splitlines()
    report(f"{damage.__name__}: {len(damaged) / 1e6:.0f} MB, repaired in (MiB, seconds of the processor) {used}")
    assert int(used.split()[0]) < MOST_MIB
    assert said in " ".join(lines)
    with Journal.open(path, NOW) as journal:
        assert (len(journal.entries()), folds(path)) == (len(made), True)


def test_what_is_carved_is_no_longer_than_the_file_allows(path: Path) -> None:
    made = written(path, 100)
    path.write_bytes(one_for_all(path))
    rows = [*carve(path)]
    assert {*made} < {*rows}, "the one long record is read once"
    assert sum(len(text) for row in rows for text in row) <= 3 * path.stat().st_size


def test_a_busy_machine_makes_no_sound_journal_a_bad_one(path: Path) -> None:
    """The limits are of work, and far from what a look through a whole journal takes."""
    written(path, 300)
    taken = 0

    def step() -> int:
        nonlocal taken
        taken += 1
        return 0

    with closing(connection.connect(path)) as conn:
        conn.set_progress_handler(step, 100)
        conn.execute("PRAGMA integrity_check(20)").fetchall()
        conn.execute("SELECT * FROM ops ORDER BY entry, hlc").fetchall()
        conn.execute("SELECT * FROM entries").fetchall()
    assert 100 * taken < path.stat().st_size / 4
    assert {each.state for each in checkup.examine(path, None)} == {"well"}
