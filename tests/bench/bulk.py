"""What many entries at once cost: ``python -m tests.bench.bulk [--entries 100000] [--rounds 5] [NAME...]``.

Prints the CPU time of whole processes, the entries a second that makes, the peak memory, and the median of paired
ratios to the CPU time of a plain ``executemany`` of the rows that came of it: the same tables and indexes, the same
settings, one transaction, the rows in memory before the clock starts.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from painlog.domain.entries import Draft
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.dates import Moment, present
from painlog.storage.journal import Journal
from tests.bench.measuring import Command, Starter

PLAIN = """
import sqlite3, sys, time
rows, made = {}, []
with sqlite3.connect(sys.argv[1]) as journal:
    sql = "SELECT name, sql FROM sqlite_schema WHERE tbl_name IN ('ops', 'entries') AND sql NOT NULL ORDER BY rowid"
    made = journal.execute(sql).fetchall()
    for table in ("ops", "entries"):
        rows[table] = journal.execute("SELECT * FROM " + table + " ORDER BY rowid").fetchall()
conn = sqlite3.connect(sys.argv[2], isolation_level=None)
for setting in ("trusted_schema=OFF", "cell_size_check=ON", "foreign_keys=ON", "temp_store=MEMORY", "secure_delete=ON",
                "fullfsync=ON", "synchronous=EXTRA", "journal_mode=DELETE"):
    conn.execute("PRAGMA " + setting)
for _, sql in made:
    conn.execute(sql)
start = time.process_time()
conn.execute("BEGIN IMMEDIATE")
for table, found in rows.items():
    conn.executemany("INSERT INTO " + table + " VALUES (" + ", ".join("?" * len(found[0])) + ")", found)
conn.execute("COMMIT")
print(time.process_time() - start)
"""
PER_DAY = 10
LINES = ("pain {} knee", "pain {} low back left", "mood {}", "note Tired {}", "pain {} head")
PLACES = ("low back", "neck", "left knee", "right hip")


class Work(NamedTuple):
    """A command line on a journal, after what has to be there first."""

    prepare: Callable[[Path, int], None]
    command: tuple[str, ...]


def drafts(count: int) -> Iterator[Draft]:
    """So many entries up to yesterday, made one after the other and none of them random."""
    last = datetime.now().astimezone().replace(hour=20, minute=0) - timedelta(days=1)
    kinds = (KINDS["pain"], KINDS["mood"], KINDS["note"])
    for index in range(count, 0, -1):
        at = last - timedelta(days=index // PER_DAY, minutes=index % PER_DAY)
        kind, score = kinds[index % 3], index * 7 % 11
        data = {"note": f"Tired {index}"} if kind.name == "note" else {"score": score}
        yield Draft(kind, Moment(at.date(), at, present(last).zone), data)


def record(path: Path, entries: int) -> None:
    """Begin a journal of so many entries: a million in about a minute, in little memory."""
    with Journal.open(path, datetime.now().astimezone()) as journal:
        journal.record_many(drafts(entries))


def _lines(place: Path, entries: int, more: str = "") -> None:
    last = datetime.now().astimezone().replace(hour=20, minute=0) - timedelta(days=1)
    with (place / "diary.txt").open("w", encoding="utf-8") as file:
        for index in range(entries):
            at = last - timedelta(days=index // 5, minutes=index % 5)
            file.write(f"{at:%Y-%m-%d %H:%M} {LINES[index % 5].format(index * 7 % 11)}{more.format(index)}\n")


def _own_lines(place: Path, entries: int) -> None:
    """A diary that says nothing twice."""
    _lines(place, entries, " note long day {}, walked by the river")


def _shared(place: Path, entries: int) -> None:
    record(place / "other.db", entries)
    (place / "shared").mkdir(exist_ok=True)
    _painlog(place, "other.db", "sync", str(place / "shared"))


def _table(place: Path, entries: int) -> None:
    first = datetime(1990, 1, 1)
    with (place / "diary.csv").open("w", encoding="utf-8") as file:
        file.write("Date,Time,Pain Level,Place\n")
        for index in range(entries):
            at = first + timedelta(hours=index * 3, minutes=index % 60)
            file.write(f"{at:%Y-%m-%d},{at:%H:%M},{index * 7 % 11},{PLACES[index % len(PLACES)]}\n")


def _exported(place: Path, entries: int) -> None:
    record(place / "other.db", entries)
    _painlog(place, "other.db", "export", "jsonl", "--force", "-o", str(place / "other.jsonl"))


def _recorded(_place: Path, _entries: int) -> None:
    """What is taken back is recorded anew in each round."""


MAPPED = ("--map", "Date=day", "--map", "Time=time", "--map", "Pain Level=pain", "--map", "Place=where")
WORKS = {
    "log": Work(_lines, ("log", "--file", "diary.txt")),
    "own-lines": Work(_own_lines, ("log", "--file", "diary.txt")),
    "sync": Work(_shared, ("sync", "shared", "--no-backup")),
    "import": Work(_table, ("import", "diary.csv", *MAPPED, "--yes", "--no-backup")),
    "jsonl": Work(_exported, ("import", "other.jsonl", "--no-backup")),
    "undo": Work(_recorded, ("undo",)),
}


def _environment(place: Path) -> dict[str, str]:
    return {"HOME": str(place), "PATH": os.environ["PATH"], "TZ": "Europe/Berlin", "PYTHONPATH": os.getcwd()}  # noqa: PTH109


def _command(place: Path, journal: str, *arguments: str) -> list[str]:
    files = [str(place / word) if (place / word).exists() else word for word in arguments]
    return [sys.executable, "-m", "painlog", "--journal", str(place / journal), *files]


def _painlog(place: Path, journal: str, *arguments: str) -> None:
    subprocess.run(_command(place, journal, *arguments), env=_environment(place), stdout=subprocess.DEVNULL, check=True)


def plain(place: Path) -> float:
    """CPU seconds of a plain ``executemany`` of a journal's rows."""
    copy = place / "plain.db"
    copy.unlink(missing_ok=True)
    ran = subprocess.run(
        [sys.executable, "-c", PLAIN, str(place / "journal.db"), str(copy)], capture_output=True, text=True, check=True
    )
    return float(ran.stdout)


def measure(work: Work, entries: int, rounds: int) -> str:
    """Run a command so often, each time on a journal of its own that was begun before, and say what it cost."""
    ratios, seconds, peak = [], [], 0.0
    with tempfile.TemporaryDirectory() as name, Starter() as starter:
        place = Path(name)
        work.prepare(place, entries)
        for _ in range(rounds):
            (place / "journal.db").unlink(missing_ok=True)
            record(place / "journal.db", entries if work.prepare is _recorded else 1)
            one = starter.cost(Command(_command(place, "journal.db", *work.command), _environment(place)))
            ratios.append(one.cpu / 1000 / plain(place))
            seconds.append(one.cpu / 1000)
            peak = max(peak, one.memory)
    cpu = statistics.median(seconds)
    return f"{cpu:>8.2f}{entries / cpu:>10,.0f}{peak:>7.0f}{statistics.median(ratios):>8.2f}{max(ratios):>8.2f}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(WORKS))
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args(arguments)
    print(f"Python {sys.version.split()[0]}, {given.entries:,} entries, {given.rounds} pairs")
    print(f"{'command':<10}{'CPU s':>8}{'a second':>10}{'MiB':>7}{'ratio':>8}{'worst':>8}")
    for name in given.names or WORKS:
        print(f"{name:<10}{measure(WORKS[name], given.entries, given.rounds)}", flush=True)


if __name__ == "__main__":
    main()
