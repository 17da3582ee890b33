"""Commands on a full disk: ``python -m tests.support.filled DIRECTORY limit|fill ROOM...`` (lines on standard input).

Reads ``{"base": JOURNAL, "commands": [[...], ...]}``. For each room, in bytes, and each command line it puts a copy of
the journal into the directory, leaves so much room, by a limit on the size of files (``limit``) or, where the directory
is a small file system, by a file that takes up the rest (``fill``), runs the command, makes room again and tells what
happened, a JSON object a line.
"""

import json
import os
import resource
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.support.crashing import warm

BALLAST = "ballast"


def attempt(place: Path, base: Path, arguments: list[str], way: str, room: int) -> dict[str, Any]:
    """Run one command with so much room on a copy of a journal, and say what it did."""
    _empty(place)
    shutil.copytree(base, place, dirs_exist_ok=True)
    journal = place / "journal.db"
    before = held(journal)
    if way == "fill":
        _fill(place, room)
    code, said = _ran(
        place, ["--journal", str(journal), *arguments], room + journal.stat().st_size, limit=way == "limit"
    )
    (place / BALLAST).unlink(missing_ok=True)
    left = sorted(each.name for each in place.rglob("*") if each.name.endswith(".tmp") or each.name.startswith("."))
    after = held(journal)
    seen = {"code": code, "said": said, "same": after == before, "sound": after is not None, "left": left}
    return {"command": arguments, "room": room} | seen


def held(journal: Path) -> object:
    """Everything a journal holds; None where it is damaged."""
    try:
        with closing(sqlite3.connect(journal)) as conn:
            if conn.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return None
            return conn.execute("SELECT * FROM ops").fetchall(), conn.execute("SELECT * FROM entries").fetchall()
    except sqlite3.Error:
        return None


def _empty(place: Path) -> None:
    for each in place.iterdir():
        if each.is_dir():
            shutil.rmtree(each)
        else:
            each.unlink()


def _fill(place: Path, room: int) -> None:
    """Leave so many bytes of a file system."""
    free = os.statvfs(place).f_bavail * os.statvfs(place).f_frsize
    with (place / BALLAST).open("wb") as file:
        file.write(bytes(max(0, free - room)))


def _ran(place: Path, arguments: list[str], most: int, *, limit: bool) -> tuple[int, str]:
    """Run painlog in a process of its own; return its exit code and what it said on standard error."""
    reads, says = os.pipe()
    worker = os.fork()
    if worker == 0:
        os.close(reads)
        code = 99
        try:
            os.chdir(place)
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)
            os.dup2(0, 1)
            os.dup2(says, 2)
            if limit:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            from painlog.cli import main

            code = main(arguments)
            sys.stderr.flush()
        finally:
            os._exit(code)
    os.close(says)
    with os.fdopen(reads) as said:
        text = said.read()
    return os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]), text


if __name__ == "__main__":
    given = json.load(sys.stdin)
    warm()
    for room_ in map(int, sys.argv[3:]):
        for command in given["commands"]:
            done = attempt(Path(sys.argv[1]), Path(given["base"]), command, sys.argv[2], room_)
            print(json.dumps(done), flush=True)  # noqa: T201
