"""A person at work whose machine is killed again and again: ``python -m tests.support.crashing JOURNAL KILLS SEED``.

Each round forks a worker that has painlog imported, lets it do a few commands on one journal, ends it with ``kill -9``
at a random moment after them and looks at what is there. A worker tells before each command how many changes it will
be, and after it that it was done. Prints what was found as JSON.
"""

import json
import os
import random
import signal
import sqlite3
import sys
import time
from collections import Counter
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from painlog.domain.language.dates import now
from painlog.storage.journal import Journal
from painlog.storage.log.changes import fold
from painlog.storage.log.undo import last_applied

LINES, ROWS = 60, 45
AT_MOST = 4000  # changes, then a new journal is begun, so that each round stays quick
MOST = 2  # commands before the one that a kill comes in
FIRST = 0.05  # seconds that one takes, until one was seen


class Told(list[str]):
    """What a worker said before it was killed, whole lines only; and the seconds that its last whole command took."""

    took = 0.0

    @property
    def begun(self) -> tuple[str, int] | None:
        """The command that was under way and how many changes it makes; None where none was."""
        if not self or not self[-1].startswith("begin"):
            return None
        _, name, count = self[-1].split()
        return name, int(count)

    @property
    def done(self) -> int:
        """How many changes were acknowledged."""
        return sum(int(line.split()[2]) for line in self if line.startswith("done"))

    @property
    def commands(self) -> int:
        """How many commands were."""
        return sum(line.startswith("done") for line in self)


def work(path: Path, seed: int, tell: int) -> NoReturn:
    """Do one command after the other until killed."""
    from painlog.cli import main

    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    chance = random.Random(seed)
    number = 0
    while True:
        number += 1
        name, changes, arguments = _command(path, chance, seed, number)
        os.write(tell, f"begin {name} {changes}\n".encode())
        if main(["--journal", str(path), *arguments]) != 0:
            os.write(tell, f"failed {name} {changes}\n".encode())
            os._exit(1)
        os.write(tell, f"done {name} {changes}\n".encode())


def _command(path: Path, chance: random.Random, seed: int, number: int) -> tuple[str, int, list[str]]:
    with Journal.open(path, now()) as journal:
        entries = journal.entries()
        last = last_applied(journal.history.commands(journal.meta.device))
        undone = sum(1 for _ in journal.history.of_command(last)) if last else 0
    kinds = ["record", "record", "log", "import", "backup"] + ["edit", "delete"] * bool(entries) + ["undo"] * bool(last)
    kind = chance.choice(kinds)
    mark = f"{seed}-{number}"
    if kind == "edit":
        return kind, 1, ["edit", chance.choice(entries).id, "--set", f"note=changed {mark}"]
    if kind == "delete":
        some = chance.sample(entries, min(3, len(entries)))
        return kind, len(some), ["delete", "--yes", *(entry.id for entry in some)]
    if kind == "undo":
        return kind, undone, ["undo"]
    if kind == "log":
        diary = path.parent / "diary.txt"
        diary.write_text(
            "".join(f"2024-01-{i % 28 + 1:02d} 10:00 pain {i % 11} note {mark} {i}\n" for i in range(LINES))
        )
        return kind, LINES, ["log", "--file", str(diary)]
    if kind == "import":
        table = path.parent / "diary.csv"
        first = chance.randrange(4_000_000)
        table.write_text("day,pain\n" + "".join(f"{_day(first + i)},{i % 11}\n" for i in range(ROWS)))
        return kind, ROWS, ["import", str(table), "--map", "day=day", "--map", "pain=pain", "--yes"]
    return (kind, 0, ["backup"]) if kind == "backup" else (kind, 1, ["pain", "6", "--note", mark])


def _day(number: int) -> str:
    days, minute = number % 6720, number // 6720
    date = f"{2000 + days % 20}-{days // 20 % 12 + 1:02d}-{days // 240 + 1:02d}"
    return f"{date} {10 + minute // 60 % 10}:{minute % 60:02d}"


def round_(path: Path, seed: int, commands: int, part: float, usual: float) -> Told:
    """Let a worker do so many commands, kill it after a part of the time of another, and return what it told.

    That is the time of the last one, so that a busy machine makes no difference; before any, the ``usual`` seconds.
    """
    reads, tell = os.pipe()
    worker = os.fork()
    if worker == 0:
        os.close(reads)
        try:
            work(path, seed, tell)
        finally:
            os._exit(3)
    os.close(tell)
    told, last = Told(), time.monotonic()
    with os.fdopen(reads) as says:
        while told.commands < commands and (line := says.readline()):
            told.append(line.strip())
            if line.startswith("done"):
                told.took, last = time.monotonic() - last, time.monotonic()
        if told.commands < commands:
            told.append("failed early 0")
        time.sleep(part * (told.took or usual))
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
        told += [line.strip() for line in says.read().splitlines(keepends=True) if line.endswith("\n")]
    return told


def rows(path: Path) -> tuple[list[tuple[str, ...]], list[tuple[object, ...]]]:
    """Everything a journal holds: its changes and its entries. Raises sqlite3.Error."""
    with closing(sqlite3.connect(path)) as conn:
        if conn.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("damaged")
        if not conn.execute("SELECT 1 FROM sqlite_schema WHERE name = 'ops'").fetchone():
            return [], []
        return conn.execute("SELECT * FROM ops ORDER BY hlc").fetchall(), conn.execute(
            "SELECT * FROM entries"
        ).fetchall()


def looked_over(path: Path, before: list[tuple[str, ...]], told: Told, found: Counter[str]) -> list[tuple[str, ...]]:
    """Count what is wrong after a kill; return the changes that are there."""
    side = path.with_name(f"{path.name}-journal")
    found["hot"] += side.exists() and side.stat().st_size > 0
    if not path.exists():
        found["lost"] += len(before) + told.done
        return []
    try:
        changes, entries = rows(path)
    except sqlite3.Error:
        found["damaged"] += 1
        return []
    found["lost"] += changes[: len(before)] != before
    _count_commands(changes[len(before) :], told, found)
    ordered: dict[str, list[tuple[str, str]]] = {}
    for op in changes:
        ordered.setdefault(op[2], []).append((op[3], op[4]))
    found["unfolded"] += sorted(fold(*one) for one in ordered.items()) != sorted(entries)
    return changes


def _count_commands(new: list[tuple[str, ...]], told: Told, found: Counter[str]) -> None:
    """Every command that was acknowledged must be there, whole, in order; after them at most the one under way."""
    sizes = list(Counter(op[1] for op in new).values())
    lines = [line.split() for line in told if line.split()[2] != "0"]
    wanted = [int(count) for word, name, count in lines if word == "done"]
    found["commands"] += told.commands
    found["acknowledged"] += sum(wanted)
    found["failed"] += any(word == "failed" for word, *_ in lines)
    found["lost"] += sizes[: len(wanted)] != wanted
    under_way = [told.begun[1]] if told.begun and told.begun[1] else []
    found["torn"] += sizes[len(wanted) :] not in ([], under_way)
    found["after the kill"] += len(sizes) > len(wanted)


def warm() -> None:
    """Import what commands do, so that a worker spends its short life on writing."""
    import sqlite_utils  # noqa: F401

    from painlog.cli.sections import MODULES
    from painlog.storage.schema import fresh_objects

    for module in {*MODULES.values()}:
        import_module(f"painlog.cli.{module}")
    fresh_objects()


def run(path: Path, kills: int, seed: int) -> Counter[str]:
    """Kill so many workers and return what was found."""
    warm()
    chance, found = random.Random(seed), Counter[str](lost=0, torn=0, damaged=0, unfolded=0, failed=0)
    before: list[tuple[str, ...]] = []
    usual = FIRST
    for number in range(kills):
        if len(before) > AT_MOST:
            path = path.parent.parent / f"{number}" / path.name
            before = []
        path.parent.mkdir(parents=True, exist_ok=True)
        told = round_(path, seed + number, chance.randint(0, MOST), chance.uniform(0, 1.5), usual)
        usual = told.took or usual
        before = looked_over(path, before, told, found)
        found["kills"] += 1
    found["unsound backups"] = sum(not _is_sound(each) for each in path.parent.parent.glob("*/backups/*.db"))
    return found


def _is_sound(backup: Path) -> bool:
    try:
        return bool(rows(backup)[0]) or backup.stat().st_size > 0
    except sqlite3.Error:
        return False


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))  # noqa: T201
