"""Changes from elsewhere that nobody wrote with painlog: none stops a command, a good file or a backup.

Their checksums are right: whoever can write into the shared folder can make them. What does not pass is left, and
named; what passes can be read by every command.
"""

import json
import re
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from painlog.storage.log.changes import Change
from tests.conftest import Run
from tests.support import hostile_changes
from tests.support.hostile_changes import SHAPES, anew, change_file, exported

READING = [
    *("today", "list", "list --json --period all", "list --period all", "list --text words", "week", "plan", "due"),
    *("report --period all --links", "report --period all --format markdown", "report --period all --format html"),
    *("report --period all --json", "report --redact names --period all", "track list", "track", "conflicts", "doctor"),
    *("chart --period all", "chart pain --by hour", "chart --by weekday", "chart mood --panels", "chart pain --json"),
    *("calendar --period all", "body --period all", "body --by score", "link --period all", "link pain mood --explain"),
    *("helps yoga --since 2026-11-01", "backup --list", "help-now", "config list", "show {id}", "history {id}"),
    *("export csv --period all --with-notes", "export csv --layout daily --redact names", "export csv --dictionary"),
    *("export jsonl", "export fhir", "export csv --package -o {out}/package", "export parquet -o {out}/all.parquet"),
    *("erase --dry-run", "edit {id} --set note=words", "undo"),
]
MAY_REFUSE = ("show", "edit", "undo", "helps", "link", "conflicts")  # with a sentence: an entry of a kind unknown here


def put(shared: Path, files: Sequence[bytes]) -> None:
    place = shared / "changes" / "feedbeef"
    place.mkdir(parents=True, exist_ok=True)
    for number, raw in enumerate(files):
        (place / f"{number:024x}-00000000-{number:016x}.jsonl").write_bytes(raw)


def reads(run: Run, out: Path, *, of: Sequence[str] = READING) -> None:
    """Every reading command does what it does, and shows no value that is none."""
    listed = run("list", "--json", "--period", "all")
    assert listed.code == 0, listed.err
    ids = [entry["id"] for entry in json.loads(listed.out)["entries"]]
    for command in of:
        for id_ in ids[-3:] if "{id}" in command else [""]:
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir()
            ran = run(*command.format(out=out, id=id_).split())
            assert ran.code == 0 or (command.startswith(MAY_REFUSE) and ran.code in (1, 2)), (command, ran.err)
            assert "Traceback" not in ran.err, (command, ran.err)
            assert "\x1b" not in ran.out, command
            if command.startswith(("today", "list", "week", "show", "history")):
                empty = [line for line in ran.out.splitlines() if re.search(r"(?<![{\w])None\b", line.split("{")[0])]
                assert not empty, (command, empty)


def goes_on(run: Run) -> None:
    """What is recorded from now on is kept, backed up and read back."""
    for command in ("pain 5", "log mood 4, slept 6h", "backup", "doctor", "restore --dry-run"):
        ran = run(*command.split())
        assert ran.code == 0, (command, ran.out, ran.err)


def test_every_reading_command_bears_every_shape_at_once(
    donors: list[Change], run: Run, other: Run, shared: Path, tmp_path: Path
) -> None:
    """Each shape in a file of its own, and a good one last: that is taken, and of the others what can be read."""
    assert other("mood", "1", "--note", "the good one").code == 0
    assert other("sync", str(shared)).code == 0
    files = [change_file([make(anew(donors[0], i))]) for i, make in enumerate(SHAPES.values())]
    put(shared, files)
    ran = run("sync", str(shared))
    assert (ran.code, "Traceback" in ran.err) == (0, False), ran.err
    assert "the good one" in run("list", "--period", "all").out
    out = tmp_path / "out"
    out.mkdir()
    reads(run, out)
    goes_on(run)
    assert run("sync", str(shared)).code == 0


@pytest.mark.parametrize("shape", SHAPES)
def test_what_a_gate_leaves_is_named_and_all_gates_agree(
    shape: str, donors: list[Change], run: Run, path: Path, tmp_path: Path
) -> None:
    """A change that sync leaves, merge and import leave too; each says which file, and nothing is written."""
    change = SHAPES[shape](anew(donors[0], 1))
    shared, before = tmp_path / "shared", path.read_bytes()
    put(shared, [change_file([change])])
    (tmp_path / "other.jsonl").write_text(exported([change]), errors="surrogatepass")
    answers = {}
    for name, command in {
        "sync": ("sync", str(shared)),
        "merge": ("merge", str(next(shared.rglob("*.jsonl")))),
        "import": ("import", str(tmp_path / "other.jsonl"), "--yes"),
        "merge of an export": ("merge", str(tmp_path / "other.jsonl")),
    }.items():
        path.write_bytes(before)
        ran = run(*command, "--no-backup")
        assert ran.code in (0, 1, 2), (name, ran.err)
        answers[name] = "1 change taken over" in ran.out
        if not answers[name]:
            named = "feedbeef/0000" if name == "sync" else str(command[1])[-10:]
            assert named in ran.err.replace("\n", ""), (name, ran.err)
            assert name == "sync" or "line 2" in ran.err, (name, ran.err)
    assert len({*answers.values()}) == 1, answers
    goes_on(run)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_strangers_file_is_restored_only_with_what_sync_would_take(
    shape: str, donors: list[Change], run: Run, path: Path, tmp_path: Path
) -> None:
    """What fails is said, and nothing is left out unseen; one's own backup comes back whatever it holds."""
    change, strange = SHAPES[shape](anew(donors[0], 1)), tmp_path / "strange.db"
    put(tmp_path / "shared", [change_file([change])])
    strange.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(strange)) as conn, conn:
        conn.execute("INSERT INTO ops VALUES (?, ?, ?, ?, ?, ?, ?)", change)
    before = path.read_bytes()
    ran = run("restore", str(strange), "--yes", "--no-backup")
    assert ran.code in (0, 1), ran.err
    taken = ran.code == 0
    if not taken:
        assert path.read_bytes() == before
        assert "is damaged" in ran.err or "was not restored: change" in ran.err, ran.err
        own = path.parent / "backups" / "journal-20261119T130500Z-asked-abcd.db"
        own.parent.mkdir(exist_ok=True)
        shutil.copy(strange, own)
        there = {
            str(strange): run("restore", str(strange), "--mine", "--yes").code,
            "own": run("restore", "--yes").code,
        }
        assert {*there.values()} == ({1} if "is damaged" in ran.err else {0}), (there, ran.err)
        own.unlink()
    path.write_bytes(before)
    assert ("1 change taken over" in run("sync", str(tmp_path / "shared"), "--no-backup").out) == taken
    goes_on(run)


@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_what_passes_can_be_read_by_every_command(
    data: st.DataObject, donors: list[Change], run: Run, path: Path, tmp_path_factory: pytest.TempPathFactory, runs: int
) -> None:
    """Anything in any place of a change of any kind. ``--runs`` times as many are drawn."""
    place = tmp_path_factory.mktemp("drawn")
    before = path.read_bytes()
    chance = Random(data.draw(st.integers(0, 2**32)))
    for _ in range(runs):
        changes = [hostile_changes.drawn(anew(chance.choice(donors), number), chance) for number in range(40)]
        put(place / "shared", [change_file([change]) for change in changes])
        ran = run("sync", str(place / "shared"), "--no-backup")
        assert (ran.code, "Traceback" in ran.err) == (0, False), ran.err
        out = place / "out"
        out.mkdir(exist_ok=True)
        reads(run, out)
        goes_on(run)
        path.write_bytes(before)
