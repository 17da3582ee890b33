"""What painlog costs, small and large, beside what people would use instead: ``python -m tests.bench``.

Prints CPU time as the median of paired ratios to a floor, a bare process of the same Python that opens a SQLite file on
the same file system with the journal's settings and inserts one row, run before each command; the quartiles of the
ratios; the peak memory; and with ``--callgrind`` the ratio of instructions. Peers are found in PATH or in ``--peers``.
"""

import argparse
import math
import os
import shlex
import shutil
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from painlog.domain.language.dates import now
from tests.bench.journals import SIZES, build, diary
from tests.bench.measuring import Command, Cost, Quartiles, Starter, instructions, quartiles
from tests.bench.peers import PEERS, Peer

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
PAINLOG = {  # what is measured of painlog; an undo takes back what was recorded before it
    "record": "pain 6 --note x",
    "record through Typer": "--plain pain 6 --note x",
    "a line of log": "log 'pain 6 left knee, mood 4, slept 6h'",
    "undo": "undo",
    "today": "today",
    "week": "week",
    "month": "report --period 28d",
    "all": "report --period all",
    "chart of a year": "chart pain mood --period 1y",
    "chart of all": "chart pain --period all",
    "link of a year": "link pain mood --period 1y",
    "list 20": "list",
    "due --short": "due --short",
    "--help": "--help",
    "--version": "--version",
}
BOUNDS = {  # what a command may cost in a journal of up to 10,000 entries: its ratio to the floor, and MiB
    "record": (2.4, 16),
    "record through Typer": (4.5, 22),
    "a line of log": (5, 24),
    "today": (8, 28),
    "week": (8, 28),
    "month": (9, 30),
    "chart of a year": (10, 32),
    "due --short": (2, 16),
    "complete a name": (2, 16),
    "--help": (5, 22),
    "--version": (1, 14),
}
NAME_ASKED = {  # as a shell's script does after ``painlog dose ib``; commands and options take no process
    "_PAINLOG_COMPLETE": "complete_bash",
    "_PAINLOG_ASKS": "dose:name",
    "_PAINLOG_WORD": "ib",
    "COMP_WORDS": "painlog dose ib",
    "COMP_CWORD": "2",
}
HEAD = (
    "| tool | command | entries | ratio | quartiles | CPU ms | MiB | instructions, ratio |",
    "|---|---|---|---|---|---|---|---|",
)
GROWTH = ("record", "undo", "today", "week")
REPORTS = ("week", "month")
LONGEST = 60_000  # ms that the rounds of one command may take


class Measured(NamedTuple):
    """A command of a tool at a size: its ratio to the floor, CPU milliseconds, peak MiB, and ratio of instructions."""

    tool: str
    what: str
    entries: int
    ratio: Quartiles
    cost: Cost
    instructions: float | None


class Bench:
    """The floor of an interpreter, and how often each command is measured against it."""

    def __init__(self, starter: Starter, floor: Command, rounds: int, *, callgrind: bool) -> None:
        self._starter, self._floor, self._rounds = starter, floor, rounds
        self._instructions = instructions(floor) if callgrind else None

    def measured(self, tool: str, entries: int, commands: Mapping[str, Command]) -> Iterator[Measured]:
        """Measure commands in turn, after a run of each that warms up; say which fail."""
        pairs: dict[str, list[tuple[Cost, Cost]]] = {}
        rounds: dict[str, int] = {}
        for what, command in commands.items():
            try:
                once = self._starter.cost(command)
            except RuntimeError as error:
                print(f"left out: {tool}, {error}", file=sys.stderr)
                continue
            pairs[what], rounds[what] = [], max(3, min(self._rounds, int(LONGEST / max(once.cpu, 1))))
        for i in range(self._rounds):
            for what in (what for what in pairs if i < rounds[what]):
                pairs[what].append((self._starter.cost(self._floor), self._starter.cost(commands[what])))
        for what, found in pairs.items():
            ratio = quartiles([one.cpu / base.cpu for base, one in found])
            cost = Cost(statistics.median(one.cpu for _, one in found), max(one.memory for _, one in found))
            counted = instructions(commands[what]) / self._instructions if self._instructions else None
            yield Measured(tool, what, entries, ratio, cost, counted)


def of_painlog(program: Sequence[str], journal: Path, home: Path) -> dict[str, Command]:
    """Return painlog's commands on a journal."""
    environment = _environment(home) | {"PAINLOG_JOURNAL": str(journal)}
    found = {what: Command([*program, *shlex.split(line)], environment) for what, line in PAINLOG.items()}
    return found | {"complete a name": Command(program, environment | NAME_ASKED)}


def of_peer(peer: Peer, place: Path, today: date) -> dict[str, Command]:
    """Return a peer's commands on its files in a place."""
    days = {"week": 6, "month": 27, "all": 50_000}
    since = {name: (today - timedelta(days=back)).isoformat() for name, back in days.items()}
    said = {"place": place, "now": f"{today}T00:00:00", "soon": f"{today}T00:00:30"} | since
    settings = {name: text.format(**said) for name, text in peer.settings.items()}
    return {
        what: Command(shlex.split(line.format(**said)), _environment(place) | settings)
        for what, line in peer.does.items()
    }


def _environment(home: Path) -> dict[str, str]:
    """What a command is given; nothing keeps Python from writing what it compiled."""
    kept = {name: os.environ[name] for name in ("PATH", "TZ", "LANG", "PYTHONPATH") if name in os.environ}
    return kept | {"HOME": str(home)}


def journal_of(keep: Path, entries: int) -> Path:
    """Return a journal of so many entries that was made today, or make it."""
    path = keep / f"painlog-{now():%Y-%m-%d}-{entries}" / "journal.db"
    if not path.exists():
        shutil.rmtree(path.parent, ignore_errors=True)
        path.parent.mkdir(parents=True)
        build(path, entries, now())
    return path


def row_of(each: Measured) -> str:
    """A row of the Markdown table."""
    counted = "" if each.instructions is None else f"{each.instructions:.2f}"
    low, middle, high = each.ratio
    return (
        f"| {each.tool} | {each.what} | {each.entries:,} | {middle:.2f} | {low:.2f}–{high:.2f} "
        f"| {each.cost.cpu:,.0f} | {each.cost.memory:.1f} | {counted} |"
    )


def summary(found: Sequence[Measured]) -> Iterator[str]:
    """Say what is beyond its bound, how painlog's commands grow, and what share of each peer's they take."""
    ratios = {(each.tool, each.what, each.entries): each.ratio.median for each in found}
    tools = [tool for tool in dict.fromkeys(each.tool for each in found) if tool.startswith("painlog")]
    sizes = sorted({each.entries for each in found})
    for each in found:
        ratio, memory = BOUNDS.get(each.what, (math.inf, math.inf))
        if each.tool in tools and each.entries <= 10_000 and (each.ratio.median > ratio or each.cost.memory > memory):
            yield f"beyond {ratio} floors or {memory} MiB: {each.tool} {each.what}, {each.entries:,} entries"
    for tool in tools:
        for what in GROWTH:
            if (tool, what, 10_000) in ratios and (tool, what, sizes[-1]) in ratios and sizes[-1] > 10_000:
                grown = ratios[tool, what, sizes[-1]] / ratios[tool, what, 10_000]
                yield f"{tool} {what}, {sizes[-1]:,} entries as a ratio to 10,000: {grown:.2f}"
        for each in found:
            if each.tool not in tools and each.what in ("record", *REPORTS, "all"):
                own = ratios.get((tool, each.what, each.entries))
                if own:
                    yield f"{tool} {each.what}, {each.entries:,} entries, to {each.tool}: {own / each.ratio.median:.3f}"


def given() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="Pairs of a command (3 of one that takes long).")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="Entries, joined by commas.")
    parser.add_argument("--painlog", action="append", help="Another painlog, beside its Python; may be repeated.")
    parser.add_argument("--only", help="What to measure, joined by commas, such as record,due --short.")
    parser.add_argument("--peers", type=Path, help="A directory of peers' programs, besides PATH.")
    parser.add_argument("--no-peers", action="store_true", help="Measure painlog alone.")
    parser.add_argument("--keep", type=Path, help="A directory that keeps the journals for the next run of the day.")
    parser.add_argument("--callgrind", action="store_true", help="Count instructions too, with valgrind.")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="Write the table there.")
    return parser.parse_args()


def main() -> None:
    """Measure, and print the table."""
    asked = given()
    if asked.peers:
        os.environ["PATH"] = f"{asked.peers.absolute()}{os.pathsep}{os.environ['PATH']}"
    found: list[Measured] = []
    print(f"Python {sys.version.split()[0]}, {asked.rounds} pairs", *HEAD, sep="\n")
    with tempfile.TemporaryDirectory() as temporary, Starter() as starter:
        keep = (asked.keep or Path(temporary)).absolute()
        keep.mkdir(parents=True, exist_ok=True)
        for entries in map(int, asked.sizes.split(",")):
            for program in asked.painlog or [""]:
                found += _said(_painlog(starter, asked, program, journal_of(keep, entries), Path(temporary), entries))
            found += () if asked.no_peers else _said(_peers(starter, asked, keep, entries))
    print(*summary(found), sep="\n")
    if asked.markdown:
        lines = [*HEAD, *map(row_of, found), "", *summary(found)]
        asked.markdown.write_text("\n".join(lines) + "\n")


def _said(measured: Iterator[Measured]) -> Iterator[Measured]:
    """Print each row as soon as it is known."""
    for each in measured:
        print(row_of(each), flush=True)
        yield each


def _painlog(
    starter: Starter, asked: argparse.Namespace, program: str, journal: Path, home: Path, entries: int
) -> Iterator[Measured]:
    python = str(Path(program).with_name("python")) if program else sys.executable
    bench = _bench(starter, asked, python, journal.parent.parent)
    commands = of_painlog([program] if program else [python, "-m", "painlog"], journal, home)
    name = f"painlog ({program})" if program else "painlog"
    commands["(import pandas)"] = Command([python, "-c", "import pandas"], _environment(home))
    only = asked.only.split(",") if asked.only else commands
    return bench.measured(name, entries, {what: commands[what] for what in only})


def floor_at(place: Path, python: str = sys.executable) -> Command:
    """Return the floor of an interpreter on the file system of a place."""
    path = place / "floor.db"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("CREATE TABLE t (a, b)")
    return Command([python, "-I", "-c", FLOOR, str(path)], _environment(place))


def _bench(starter: Starter, asked: argparse.Namespace, python: str, place: Path) -> Bench:
    """The floor on the file system of the journals."""
    floor = floor_at(place, python)
    return Bench(starter, floor, asked.rounds, callgrind=asked.callgrind and bool(shutil.which("valgrind")))


def _peers(starter: Starter, asked: argparse.Namespace, keep: Path, entries: int) -> Iterator[Measured]:
    bench = _bench(starter, asked, sys.executable, keep)
    for peer in PEERS:
        if not shutil.which(peer.program):
            print(f"left out: {peer.program} is not installed", file=sys.stderr)
        elif entries <= peer.most:
            with tempfile.TemporaryDirectory(dir=keep) as place:
                peer.fill(Path(place), diary(entries, now()))
                yield from bench.measured(peer.name, entries, of_peer(peer, Path(place), now().date()))


if __name__ == "__main__":
    main()
