"""A machine that fails at work: killed at any moment, and every command where the disk has no room left."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from painlog.cli.sections import MODULES
from tests.cli.test_processes import environment
from tests.conftest import Run

KILLS = 60
SIZES = 40
WRITES_NOTHING = {
    *("demo", "help", "help-now", "today", "list", "show", "week", "chart", "calendar", "body", "link", "helps"),
    *("due", "history"),
}
RECORDS = [
    *(["pain", "6"], ["mood", "5"], ["sleep", "7h"], ["note", "words"], ["log", "pain 6, mood 4"]),
    *(["dose", "ibuprofen", "400mg"], ["activity", "--steps", "900"], ["treatment", "physio"], ["visit", "Dr Weber"]),
    *(
        ["track", "add", "fog"],
        ["plan", "start", "yoga", "--therapy"],
        ["ask", "peg", "--answers", "1,2,3"],
        ["flare", "start"],
    ),
    *(["checkin", "morning"], ["ask-doctor", "what", "now?"], ["goal", "done"], ["interference", "4"]),
    *(["pause", "2w", "holiday"], ["trial", "start", "evening walk"], ["plan", "flare", "heat"]),
]
COMMANDS = [
    *RECORDS,
    *([name] for name in sorted(WRITES_NOTHING & {*MODULES} - {"show", "history", "demo"})),
    *(["log", "--file", "diary.txt"], ["import", "table.csv", "--map", "day=day", "--map", "pain=pain", "--yes"]),
    *(["import", "other.jsonl", "--yes"], ["undo"], ["redo"], ["edit", "ID", "--set", "note=other words"]),
    *(["delete", "ID", "--yes"], ["show", "ID"], ["history", "ID"], ["backup"], ["backup", "."], ["backup", "--list"]),
    *(["restore", "--yes"], ["restore", "journal-20200101T000000Z-asked-0000.db", "--yes"], ["doctor"]),
    *(["doctor", "--repair"], ["erase", "--dry-run"], ["config", "list"], ["config", "set", "country", "DE"]),
    *(["report"], ["report", "-o", "out.txt"], ["report", "--format", "html", "-o", "out.html"]),
    *(["export", format_, "-o", f"out.{format_}"] for format_ in ("csv", "jsonl", "fhir")),
    *(["export", "csv", "--package", "-o", "out"], ["plan"], ["track"]),
    *(["same", "pain", "4"], ["short", "add", "usual", "pain 4"], ["short"], ["inbox", "notes.txt"]),
    *(["forget", "ID", "--yes"], ["merge", "other.jsonl"], ["sync", "shared"], ["sync", "--words"], ["conflicts"]),
    *(["visit", "plan", "Dr Weber", "tomorrow 10:00"], ["remind"]),
]
OF_THEIR_OWN = {
    "demo",
    "encrypt",
    "decrypt",
    "rekey",
}  # the last three ask for a passphrase: tests/storage/test_sealing.py


def test_kill_at_any_moment_of_mixed_work_loses_and_tears_nothing(runs: int, tmp_path: Path) -> None:
    """10,000 kills are ``--runs 167``."""
    path = tmp_path / "a" / "journal.db"
    ran = subprocess.run(
        [sys.executable, "-m", "tests.support.crashing", str(path), str(KILLS * runs), "7"],
        env=environment(path), cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(ran.stdout)
    print(found)  # noqa: T201
    assert {found[name] for name in ("lost", "torn", "damaged", "unfolded", "failed", "unsound backups")} == {0}
    assert found["kills"] == KILLS * runs
    assert found["commands"] > found["kills"] / 20, "no command came to its end"


@pytest.fixture
def base(run: Run, path: Path) -> tuple[Path, list[list[str]]]:
    """A directory with a journal and what commands take, and every command."""
    place = path.parent
    run("log", "pain 6, mood 4, note one, pain 3 low back")
    run("plan", "goal", "walk", "--at", "mon")
    run("export", "jsonl", "-o", str(place / "other.jsonl"))
    (id_, *_) = [entry["id"] for entry in json.loads(run("list", "--json").out)["entries"]]
    run("mood", "1")
    run("undo")
    (place / "diary.txt").write_text("".join(f"2024-01-01 10:00 note {'x' * 200} {i}\n" for i in range(300)))
    (place / "notes.txt").write_text("pain six\n")
    (place / "shared").mkdir()
    (place / "table.csv").write_text("day,pain\n" + "".join(f"2024-01-{i + 1:02d},{i % 11}\n" for i in range(28)))
    assert run("backup", str(place)).code == 0
    for each in place.glob("journal-*-asked-*.db"):
        each.rename(place / "journal-20200101T000000Z-asked-0000.db")
    return place, [[id_ if word == "ID" else word for word in command] for command in COMMANDS]


def attempts(
    base: tuple[Path, list[list[str]]], place: Path, way: str, rooms: Sequence[int]
) -> Iterator[dict[str, Any]]:
    place.mkdir(exist_ok=True)
    ran = subprocess.run(
        [sys.executable, "-m", "tests.support.filled", str(place), way, *map(str, rooms)],
        env=environment(place / "journal.db") | {"PAINLOG_CONFIG": str(place / "config.toml")},
        input=json.dumps({"base": str(base[0]), "commands": base[1]}),
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True,
    )  # fmt: skip
    return map(json.loads, ran.stdout.splitlines())


def check(done: dict[str, Any]) -> None:
    said = done["said"]
    assert done["code"] in {0, 1, 130}, done
    assert done["sound"], done
    assert not done["left"], done
    assert "Traceback" not in said, done
    if done["code"] == 1:
        assert [line for line in said.splitlines() if line.startswith(("painlog: ", "note: "))], done
        assert "something went wrong" not in said, done
    if done["code"] and done["command"][0] not in {"restore", "doctor"}:
        assert done["same"], done


def test_every_command_is_in_the_table() -> None:
    assert {*MODULES} - {command[0] for command in COMMANDS} <= OF_THEIR_OWN | {
        name for name, module in MODULES.items() if module == "kind_commands"
    }


def test_every_command_where_files_may_not_grow(base: tuple[Path, list[list[str]]], tmp_path: Path) -> None:
    """By a limit on the size of files: none may be longer than the journal is, or only a little."""
    tried = list(attempts(base, tmp_path / "limited", "limit", (0, 8192)))
    for done in tried:
        check(done)
    refused = {done["command"][0] for done in tried if done["code"] == 1 and "full" in done["said"]}
    assert refused >= {"log", "import"}
    print(len(tried), "commands,", len(refused), "kinds said that the disk is full")  # noqa: T201


def test_every_command_on_a_small_disk(base: tuple[Path, list[list[str]]], tmp_path: Path, runs: int) -> None:
    """On a file system of its own, with from nothing to 640 KiB left; 40 sizes with ``--runs 14``."""
    place = tmp_path / "small"
    place.mkdir()
    if os.getuid() != 0:
        pytest.skip("takes root to mount a small file system")
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], check=False, capture_output=True
    ).returncode:
        pytest.skip("no small file system can be mounted here")
    try:
        rooms = [i * 16384 * 8 // min(runs, 8) for i in range(min(SIZES, 3 * runs))]
        tried = list(attempts(base, place, "fill", rooms))
    finally:
        subprocess.run(["umount", place], check=True)
    for done in tried:
        check(done)
    refused = [done for done in tried if done["code"] == 1]
    print(len(tried), "commands at", len(rooms), "sizes,", len(refused), "refused")  # noqa: T201
    assert refused
