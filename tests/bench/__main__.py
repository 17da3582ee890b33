"""How much a command costs: ``python -m tests.bench [--rounds 21]``.

Prints CPU time as the median of paired ratios to a floor, a bare Python process that opens a SQLite file with the
journal's settings and inserts one row, run in turn with the command on the same machine; and the peak memory of each.
"""

import argparse
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

FLOOR = """
import sqlite3, sys
conn = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
for setting in ("trusted_schema=OFF", "cell_size_check=ON", "foreign_keys=ON", "temp_store=MEMORY", "secure_delete=ON",
                "fullfsync=ON", "synchronous=EXTRA", "journal_mode=DELETE"):
    conn.execute("PRAGMA " + setting)
conn.execute("BEGIN IMMEDIATE")
conn.execute("INSERT INTO t VALUES (1, 'pain')")
conn.execute("COMMIT")
conn.close()
"""
COMMANDS = (
    *(("pain", "6"), ("pain", "6", "--where", "low back left", "--note", "x"), ("--version",), ("--help",)),
    *(
        ("dose", "ibuprofen", "400mg"),
        ("due",),
        ("plan",),
        ("today",),
        ("list",),
        ("week",),
        ("report", "--period", "28d"),
        ("chart", "pain", "mood"),
        ("calendar", "pain"),
        ("body",),
        ("undo",),
    ),
)
STATISTICS = (("link",), ("link", "--explain"), ("helps",))
COMPLETED = ("painlog dose ib", "painlog log fo", "painlog chart br", "painlog edit ")


class Cost(NamedTuple):
    """CPU time in milliseconds and peak memory in MiB of one process."""

    cpu: float
    memory: float


def cost(command: Sequence[str], environment: dict[str, str]) -> Cost:
    """Run a command and return what it cost."""
    code = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)"
    code += "; u = resource.getrusage(resource.RUSAGE_CHILDREN); print(u.ru_utime + u.ru_stime, u.ru_maxrss)"
    ran = subprocess.run(
        [sys.executable, "-c", code, *command], env=environment, capture_output=True, text=True, check=True
    )
    seconds, kibibytes = ran.stdout.split()
    return Cost(1000 * float(seconds), float(kibibytes) / 1024)


def diary(path: Path, entries: int) -> None:
    """Write a text of so many entries, up to yesterday and none of it random."""
    from datetime import datetime, timedelta

    last = datetime.now().replace(hour=20, minute=0) - timedelta(days=1)  # noqa: DTZ005
    lines = []
    for index in range(entries):
        at = last - timedelta(days=index // 5, minutes=index % 5)
        what = ("pain {} knee", "pain {} low back left", "mood {}", "note Tired {}", "pain {} head")[index % 5]
        lines.append(f"{at:%Y-%m-%d %H:%M} {what.format(index * 7 % 11)}")
    path.write_text("\n".join(lines))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--entries", type=int, default=2910)
    given = parser.parse_args()
    program = str(Path(sys.executable).with_name("painlog"))
    with tempfile.TemporaryDirectory() as place:
        environment = {"HOME": place, "PATH": os.environ["PATH"], "TZ": "Europe/Berlin"}
        floor_file, text = Path(place) / "floor.db", Path(place) / "diary.txt"
        with sqlite3.connect(floor_file) as conn:
            conn.execute("CREATE TABLE t (a, b)")
        diary(text, given.entries)
        for line in ("dose ibuprofen 400mg", "track add fog", "log fog 3"):
            cost([program, *line.split()], environment)
        bulk = cost([program, "log", "--file", str(text)], environment)
        floor = [sys.executable, "-I", "-c", FLOOR, str(floor_file)]
        print(f"Python {sys.version.split()[0]}, {given.entries:,} entries, {given.rounds} pairs; ratio to the floor")
        print(f"{'command':<52}{'ratio':>7}{'CPU ms':>9}{'MiB':>7}")
        for command in COMMANDS:
            pairs = [(cost(floor, environment), cost([program, *command], environment)) for _ in range(given.rounds)]
            ratio = statistics.median(one.cpu / base.cpu for base, one in pairs)
            cpu = statistics.median(one.cpu for _, one in pairs)
            memory = max(one.memory for _, one in pairs)
            print(f"painlog {' '.join(command):<44}{ratio:>7.2f}{cpu:>9.1f}{memory:>7.1f}")
        pandas = [sys.executable, "-c", "import pandas"]
        for command in STATISTICS:
            pairs = [(cost(pandas, environment), cost([program, *command], environment)) for _ in range(given.rounds)]
            ratio = statistics.median(one.cpu / base.cpu for base, one in pairs)
            print(f"painlog {' '.join(command):<20}, ratio to importing pandas{ratio:>7.2f}")
        for words in COMPLETED:
            asked = {"_PAINLOG_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
            pairs = [
                (cost([program, "--version"], environment), cost([program], environment | asked))
                for _ in range(given.rounds)
            ]
            ratio = statistics.median(one.cpu / base.cpu for base, one in pairs)
            print(f"TAB after {words!r}, ratio to --version{'':<{20 - len(words)}}{ratio:>7.2f}")
        rate = given.entries / bulk.cpu * 1000
        print(f"painlog log --file, {given.entries:,} lines into a new journal: {rate:,.0f} entries a second of CPU")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
