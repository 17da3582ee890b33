"""A machine that loses power at any moment, simulated: what a disk may hold then, and what SQLite finds on it.

What painlog does to a journal is recorded as SQL, settings included, and run again through an APSW VFS that logs each
write, truncation, sync, creation and removal. After each of these the power may go: what was synced is on the disk, and
of the rest nothing, all, or any part, down to sectors of 512 bytes, in any order; a removal that was not synced may be
undone. Each such disk is opened with Python's own sqlite3. A model: its states are no probabilities.
"""

import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple
from unittest import mock

import apsw

from painlog.cli import main

SECTOR = 512
OPEN, CLOSE = "open", "close"
_REAL_CONNECT = sqlite3.connect
_NAME = "painlog-power-cut"
_IN_SYNC_WITH_ITS_FOLDER = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_SUPER_JOURNAL
Verdict = Literal["sound", "lost", "damaged"]


class Step(NamedTuple):
    """One operation on a disk. ``node`` is a file whatever its name is."""

    what: Literal["write", "cut", "sync", "create", "remove", "folder", "done"]
    node: int = 0
    name: str = ""
    offset: int = 0
    data: bytes = b""


# What painlog does, as SQL


def statements(path: Path, commands: int, seed: int) -> list[str]:
    """Run mixed commands on a new journal, each as a person would; return their SQL, with ``OPEN`` and ``CLOSE``."""
    chance, events = random.Random(seed), list[str]()
    with _listening(path, events):
        for number in range(commands):
            assert main(["--journal", str(path), *_command(path, number, chance)]) in {0, 1}  # 1: nothing to redo
            events.append(CLOSE)
    return events


@contextmanager
def _listening(path: Path, events: list[str]) -> Iterator[None]:
    def connect(*given: Any, **named: Any) -> sqlite3.Connection:
        conn: sqlite3.Connection = _REAL_CONNECT(*given, **named)
        if str(given[0]) == f"{path.as_uri()}?mode=rw":
            events.append(OPEN)
            conn.set_trace_callback(lambda sql: None if sql.startswith(("--", "VACUUM")) else events.append(sql))
        return conn

    with mock.patch("sqlite3.connect", connect):
        yield


def _command(path: Path, number: int, chance: random.Random) -> list[str]:
    ids = _ids(path) if number else []
    kind = chance.choice(("pain", "pain", "log", "edit", "delete", "undo", "redo")) if ids else "pain"
    if kind == "edit":
        return ["edit", chance.choice(ids), "--set", f"note=changed by {number} {'e' * 300}"]
    if kind == "delete":
        return ["delete", "--yes", *chance.sample(ids, min(5, len(ids)))]
    if kind == "log":
        lines = path.with_name("lines.txt")
        lines.write_text("".join(f"pain {chance.randrange(11)}, note {number} of {i} {'x' * 150}\n" for i in range(30)))
        return ["log", "--file", str(lines)]
    return ["pain", str(chance.randrange(11)), "--note", f"number {number}"] if kind == "pain" else [kind]


def _ids(path: Path) -> list[str]:
    with closing(_REAL_CONNECT(path)) as conn:
        return [id_ for (id_,) in conn.execute("SELECT id FROM entries WHERE deleted = 0 ORDER BY id")]


# What that does to a disk


class _File(apsw.VFSFile):
    def __init__(self, disk: "_Watched", name: Any, flags: list[int], node: int) -> None:
        super().__init__("", name, flags)
        self._log, self._node, self._flags = disk.log, node, flags[0]
        self._begun = False

    def xWrite(self, data: Any, offset: int) -> None:  # noqa: N802
        self._log.append(Step("write", self._node, offset=offset, data=bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self._log.append(Step("cut", self._node, offset=newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._log.append(Step("sync", self._node))
        if self._flags & _IN_SYNC_WITH_ITS_FOLDER and not self._begun:  # as os_unix.c does for a journal's first sync
            self._begun = True
            self._log.append(Step("folder"))
        super().xSync(flags)


class _Watched(apsw.VFS):
    def __init__(self, log: list[Step]) -> None:
        super().__init__(_NAME, "")
        self.log = log
        self._nodes: dict[str, int] = {}
        self._next = 0

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        if name is None:
            return apsw.VFSFile("", name, flags)
        text = Path(name.filename() if isinstance(name, apsw.URIFilename) else name).name
        fresh = text not in self._nodes
        if fresh:
            self._next += 1
            self._nodes[text] = self._next
            self.log.append(Step("create", self._next, text))
        return _File(self, name, flags, self._nodes[text])

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: FBT001, N802
        text = Path(filename).name
        if text in self._nodes:
            self.log.append(Step("remove", self._nodes.pop(text), text))
        super().xDelete(filename, syncdir)
        if syncdir:
            self.log.append(Step("folder"))


def steps(events: Sequence[str], path: Path, change: Callable[[str], str] = str) -> list[Step]:
    """Run SQL on an empty file, each statement changed first, and return what that did to the disk.

    A command is done with its last commit: what an earlier one of the same command left would be half of it.
    """
    path.touch()
    log: list[Step] = []
    committed = 0
    watched = _Watched(log)
    conn: apsw.Connection | None = None
    for event in events:
        if event in {OPEN, CLOSE}:
            if event == CLOSE and committed:
                log.insert(committed, Step("done"))
                committed = 0
            if conn:
                conn.close()
            conn = apsw.Connection(path.as_uri(), _FLAGS, vfs=_NAME) if event == OPEN else None
        elif conn:
            conn.execute(change(event)).fetchall()
            committed = len(log) if event == "COMMIT" else committed
    watched.unregister()
    return log


_FLAGS = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_URI


# What is left of it


class Disk:
    """What is on the disk for certain, and what is not yet."""

    def __init__(self) -> None:
        self.files: dict[int, bytes] = {}
        self.names: dict[str, int] = {}
        self.waiting: list[Step] = []

    def take(self, step: Step) -> None:
        """Do one operation; a sync makes certain what waited for it."""
        if step.what == "sync":
            self._settle(lambda one: one.node == step.node and one.what in {"write", "cut"})
        elif step.what == "folder":
            self._settle(lambda one: one.what in {"create", "remove"})
        elif step.what != "done":
            self.waiting.append(step)

    def _settle(self, certain: Callable[[Step], bool]) -> None:
        self.files, self.names = self.after(filter(certain, self.waiting))
        self.waiting = [step for step in self.waiting if not certain(step)]

    def after(self, done: Iterator[Step] | Sequence[Step]) -> tuple[dict[int, bytes], dict[str, int]]:
        """Return the files and their names with some of what waits done too."""
        files, names, touched = dict(self.files), dict(self.names), dict[int, bytearray]()
        for step in done:
            if step.what == "create":
                names[step.name] = step.node
            elif step.what == "remove":
                names.pop(step.name, None)
            else:
                if step.node not in touched:
                    touched[step.node] = bytearray(files.get(step.node, b""))
                _change(touched[step.node], step)
        return files | {node: bytes(content) for node, content in touched.items()}, names

    def states(self, chance: random.Random, subsets: int) -> Iterator[tuple[dict[int, bytes], dict[str, int]]]:
        """Yield what may be found when the power goes now."""
        yield self.after([])
        if self.waiting:
            yield self.after(self.waiting)
        for _ in range(subsets if self.waiting else 0):
            share = chance.choice((0.1, 0.5, 0.9))
            yield self.after([part for step in self.waiting for part in _sectors(step) if chance.random() < share])


def _change(content: bytearray, step: Step) -> None:
    end = step.offset + len(step.data)
    content.extend(bytes(max(0, end - len(content))))
    if step.what == "cut":
        del content[step.offset :]
    content[step.offset : end] = step.data


def _sectors(step: Step) -> Iterator[Step]:
    if step.what != "write":
        yield step
        return
    for start in range(0, len(step.data), SECTOR):
        yield step._replace(offset=step.offset + start, data=step.data[start : start + SECTOR])


# What is found there


def outcomes(log: Sequence[Step], place: Path, seed: int, subsets: int) -> Counter[str]:
    """Cut the power after every operation, look at each disk that this may leave, and count what is found."""
    disk, chance, found, told = Disk(), random.Random(seed), Counter[str](), 0
    held, seen = list(_held(log, place)), dict[frozenset[tuple[str, bytes]], object]()
    for step in log:
        disk.take(step)
        told += step.what == "done"
        for files, names in disk.states(chance, subsets):
            there = frozenset((name, files.get(node, b"")) for name, node in names.items())
            if there not in seen:
                seen[there] = _digest(files, names, place)
            found[_verdict(seen[there], held, told)] += 1
            found["states"] += 1
    found["different"] = len(seen)
    return found


def _held(log: Sequence[Step], place: Path) -> Iterator[object]:
    """What the journal holds before the first command and after each."""
    disk = Disk()
    yield _digest({}, {}, place)
    for step in log:
        disk.take(step)
        if step.what == "done":
            yield _digest(*disk.after(disk.waiting), place)


def _verdict(content: object, held: Sequence[object], told: int) -> Verdict:
    if content in held[told : told + 2]:
        return "sound"
    return "lost" if content in held[:told] else "damaged"


def _digest(files: dict[int, bytes], names: dict[str, int], place: Path) -> object:
    """Everything that the journal on a disk holds, or that it is damaged."""
    for name in ("journal.db", "journal.db-journal", "journal.db-wal", "journal.db-shm"):
        (place / name).unlink(missing_ok=True)
    for name, node in names.items():
        (place / name).write_bytes(files.get(node, b""))
    if not names or "journal.db" not in names:
        return ()
    try:
        with closing(_REAL_CONNECT(place / "journal.db")) as conn:
            if conn.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return "damaged"
            if not conn.execute("SELECT 1 FROM sqlite_schema WHERE name = 'entries'").fetchone():
                return ()
            tables = [tuple(conn.execute(f"SELECT * FROM {table} ORDER BY 1")) for table in ("ops", "entries")]
            return tuple(tables) if any(tables) else ()
    except (sqlite3.Error, UnicodeError):
        return "damaged"
