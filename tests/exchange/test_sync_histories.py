"""Any history of three devices and a carrier that loses, doubles and damages files ends with three equal journals.

The devices' clocks jump, they are stopped in the middle, and what one wrote reaches the others late, in part or not at
all. In the end everything is carried everywhere: nothing that was acknowledged is lost, nothing is invented, all have
the same entries and conflicts, and a further sync writes nothing.
"""

import itertools
import json
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from painlog.cli import main, unlock
from painlog.domain.entries import Draft
from painlog.domain.language import dates
from painlog.domain.language.dates import present
from painlog.errors import NothingToDo
from painlog.exchange.sync import folder
from painlog.exchange.sync.pairing_words import spell
from painlog.storage.journal import Journal
from painlog.storage.log import conflicts
from painlog.storage.log.changes import Change
from painlog.storage.log.forgetting import forget_all
from painlog.storage.writing import Writer
from tests.conftest import NOW
from tests.storage.test_journal import folds
from tests.support.reading import parse_line

DEVICES = 3
ONE = st.integers(0, DEVICES - 1)
SECRET = bytes(range(20))
CHANCE = st.integers(0, 2**32)


class Killed(BaseException):
    """What a test throws where a process would have ended."""


class Devices:
    """Three devices, each with a journal and a folder of its own, which a carrier keeps alike more or less.

    The first of them know a secret and seal what they write; the others are told it as soon as they ask.
    """

    def __init__(self, home: Path, sealing: int = 0) -> None:
        self.home, self.sealing = home, sealing
        self.clocks = [NOW] * DEVICES
        self.known: set[Change] = set()  # acknowledged on any device
        self.saw: dict[str, set[str]] = {}  # by the clock of each change, those its device held before
        for i in range(DEVICES):
            self.shared(i).mkdir(parents=True)
            self.journal(i).parent.mkdir()
            self.record(i, random.Random(i))
            if i < sealing:
                with Journal.open(self.journal(i), NOW) as journal:
                    journal.meta.share_with(SECRET)
        self.meet()

    def journal(self, i: int) -> Path:
        return self.home / f"device-{i}" / "journal.db"

    def shared(self, i: int) -> Path:
        return self.home / f"shared-{i}"

    def files(self, i: int) -> list[Path]:
        return sorted(path for path in self.shared(i).rglob("*") if path.is_file())

    @contextmanager
    def changing(self, i: int) -> Iterator[Journal]:
        """A command on one device; what it wrote is acknowledged at its end."""
        self.clocks[i] += timedelta(seconds=1)
        with Journal.open(self.journal(i), self.clocks[i]) as journal:
            before = {row[0] for row in journal.history.changes()}
            with suppress(NothingToDo):
                yield journal
            new = {Change(*row) for row in journal.history.changes() if row[0] not in before}
        self.saw |= {op.hlc: before | {own.hlc for own in new if own < op} for op in new}
        self.known |= new

    def run(self, i: int, *arguments: str) -> int:
        self.clocks[i] += timedelta(seconds=1)
        with mock.patch.object(dates, "now", return_value=self.clocks[i]):
            return main(["--journal", str(self.journal(i)), *arguments])

    # What a person does

    def record(self, i: int, chance: random.Random) -> None:
        text = chance.choice(["pain 3", "mood 4, note x", "pain 5 left knee, pain 6"])
        with self.changing(i) as journal:
            journal.record(parse_line(text, present(self.clocks[i]), self.clocks[i]))

    def edit(self, i: int, chance: random.Random) -> None:
        with self.changing(i) as journal:
            entries = [entry for entry in journal.entries() if entry.kind in ("pain", "mood")]
            entry = chance.choice(entries[:3]) if entries else None
            if entry and entry.declaration:
                data = entry.typed_data | chance.choice([
                    {"score": chance.randrange(11)},
                    {"note": f"n{chance.randrange(3)}"},
                ])
                with journal.changing() as transaction:
                    transaction.edit(entry, Draft(entry.declaration, entry.moment, data))

    def delete(self, i: int, chance: random.Random) -> None:
        with self.changing(i) as journal:
            if entries := journal.entries():
                journal.delete([chance.choice(entries[:3])])

    def undo(self, i: int, _: random.Random) -> None:
        with self.changing(i) as journal:
            before = {row[0] for row in journal.history.changes()}
            journal.undo()
            undone = {row[5].partition(":")[2] for row in journal.history.changes() if row[0] not in before}
            assert {command[16:] for command in undone} == {journal.meta.device}

    def redo(self, i: int, _: random.Random) -> None:
        with self.changing(i) as journal:
            journal.redo()

    def settle(self, i: int, chance: random.Random) -> None:
        with self.changing(i) as journal:
            for entry, _ in journal.history.conflicts()[:1]:
                with journal.changing() as transaction:
                    transaction.settle(entry, take=chance.random() < 0.5)
                assert entry.id not in [other.id for other, _ in journal.history.conflicts()]

    def forget(self, i: int, chance: random.Random) -> None:
        """For good: at the end no device has the words, whatever it was doing with them meanwhile."""
        with self.changing(i) as journal:
            if entries := [entry for entry in journal.entries() if "note" in entry.data]:
                journal.forget(chance.choice(entries[:3]), ["note"])

    def jump(self, i: int, chance: random.Random) -> None:
        self.clocks[i] = NOW + timedelta(days=chance.randint(-3650, 300))

    def sync(self, i: int, _: random.Random | None = None) -> None:
        assert self.run(i, "sync", str(self.shared(i))) == 0

    def compact(self, i: int, _: random.Random) -> None:
        assert self.run(i, "sync", str(self.shared(i)), "--compact") == 0

    # What happens to it

    def kill_in_ingest(self, i: int, _: random.Random) -> None:
        self.killed(i, Writer, "write_arrived")

    def kill_after_rename(self, i: int, _: random.Random) -> None:
        self.killed(i, folder, "write_file")

    def killed(self, i: int, where: Any, name: str) -> None:
        real: Callable[..., Any] = getattr(where, name)

        def kill(*given: Any, **more: Any) -> None:
            real(*given, **more)
            raise Killed

        with mock.patch.object(where, name, kill), suppress(Killed):
            self.run(i, "sync", str(self.shared(i)))

    def carry(self, i: int, chance: random.Random) -> None:
        """Some files, or all; a file of the same name is written over, a damaged one over a good one too."""
        files, j = self.files(i), chance.randrange(DEVICES)
        for path in chance.sample(files, chance.randint(0, len(files))):
            self.carried(path, i, j)

    def carried(self, path: Path, i: int, j: int) -> None:
        target = self.shared(j) / path.relative_to(self.shared(i))
        target.parent.mkdir(parents=True, exist_ok=True)
        if target != path:
            shutil.copy(path, target)

    def conflict_copy(self, i: int, chance: random.Random) -> None:
        if files := self.files(i):
            path = chance.choice(files)
            path.rename(path.with_name(f"{path.stem} (conflicted copy {chance.randrange(9)})"))

    def damage(self, i: int, chance: random.Random) -> None:
        files, how = self.files(i), chance.choice(["cut", "flip", "empty", "remove", "half", "hide"])
        if not files:
            return
        path = chance.choice(files)
        raw = path.read_bytes()
        if how == "cut":
            path.write_bytes(raw[: chance.randrange(len(raw) + 1)])
        elif how == "flip" and raw:
            at = chance.randrange(len(raw))
            path.write_bytes(raw[:at] + bytes([raw[at] ^ 1 << chance.randrange(8)]) + raw[at + 1 :])
        elif how == "empty":
            path.write_bytes(b"")
        elif how == "remove":
            path.unlink()
        elif how == "half":  # a stopped painlog's, or a carrier's that is not whole yet
            path.with_name(f".{path.name[:40]}.0badcafe.tmp").write_bytes(raw[: len(raw) // 2])
        elif how == "hide":
            versions = self.shared(i) / ".stversions"
            versions.mkdir(exist_ok=True)
            path.rename(versions / path.name)

    def clear(self, i: int, _: random.Random) -> None:
        shutil.rmtree(self.shared(i))
        self.shared(i).mkdir()

    # In the end

    def meet(self, i: int = 0, _: random.Random | None = None) -> None:
        """Everything is carried everywhere, from one device after the other, twice."""
        for each in [(i + step) % DEVICES for step in range(DEVICES)] * 2:
            self.sync(each)
            for path in self.files(each):
                if not path.name.startswith(".") and ".stversions" not in path.parts:
                    for j in range(DEVICES):
                        self.carried(path, each, j)
        for each in range(DEVICES):
            self.sync(each)

    def end(self) -> None:
        self.meet()
        before = [[(path, path.read_bytes()) for path in self.files(i)] for i in range(DEVICES)]
        for i in range(DEVICES):
            self.sync(i)
            assert [(path, path.read_bytes()) for path in self.files(i)] == before[i], "the second sync wrote"
            assert folds(self.journal(i))
        self.look_for_plain()
        tables = [rows(self.journal(i)) for i in range(DEVICES)]
        assert [Change(*row) for row in tables[0][0]] == sorted(forget_all(self.known)), "lost or invented"
        assert tables[0] == tables[1] == tables[2], "not converged"
        self.compare_conflicts()

    def look_for_plain(self) -> None:
        """Where all devices seal, no file shows what it holds."""
        if self.sealing == DEVICES:
            assert not [path for i in range(DEVICES) for path in self.files(i) if b'"kind"' in path.read_bytes()]

    def compare_conflicts(self) -> None:
        """What stands is what no later change of a device that held it says anew."""
        by_entry: dict[str, list[Change]] = {}
        for op in sorted(forget_all(self.known)):
            by_entry.setdefault(op.entry, []).append(op)
        for changes in by_entry.values():
            parts = {op.hlc: conflicts.standing_values([(op.hlc, json.loads(op.data))]) for op in changes}
            found = conflicts.standing_values((op.hlc, json.loads(op.data)) for op in changes)
            for part, values in found.items():
                writers = [op.hlc for op in changes if part in parts[op.hlc]]
                free = {one for one in writers if not any(one in self.saw[other] for other in writers)}
                assert values.keys() == free, part


def rows(path: Path) -> tuple[list[Any], list[Any]]:
    conn = sqlite3.connect(path)
    found = [conn.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in ("ops", "entries")]
    conn.close()
    return found[0], found[1]


OFTEN = [Devices.edit] * 6 + [Devices.sync] * 5 + [Devices.carry] * 5 + [Devices.damage] * 3
STEPS = [
    *OFTEN,
    *(Devices.record, Devices.delete, Devices.undo, Devices.redo, Devices.settle, Devices.jump, Devices.compact),
    *(
        Devices.forget,
        Devices.forget,
        Devices.kill_in_ingest,
        Devices.kill_after_rename,
        Devices.conflict_copy,
        Devices.clear,
        Devices.meet,
    ),
]
HISTORIES = st.lists(st.tuples(st.sampled_from(STEPS), ONE, CHANCE), min_size=30, max_size=45)


def let_pair(monkeypatch: pytest.MonkeyPatch, sealing: int) -> None:
    """Tell whoever asks for the words of a sealed folder what they are; skip where nothing can be sealed."""
    if sealing:
        pytest.importorskip("cryptography", reason="takes the extra painlog[encryption]")
    monkeypatch.setattr(unlock, "has_terminal", lambda: True)
    monkeypatch.setattr(unlock, "read_passphrase", lambda _question: spell(SECRET))


@pytest.mark.parametrize("sealing", [0, 1, DEVICES], ids=["plain", "one seals", "sealed"])
@pytest.mark.usefixtures("capsys")
def test_any_history_of_three_devices_converges(
    sealing: int, tmp_path: Path, runs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = itertools.count()
    let_pair(monkeypatch, sealing)

    @settings(max_examples=(3 if sealing else 10) * runs, deadline=None, suppress_health_check=list(HealthCheck))
    @given(history=HISTORIES)
    def converges(history: list[Any]) -> None:
        devices = Devices(tmp_path / str(next(numbers)), sealing)
        for step, i, chance in history:
            step(devices, i, random.Random(chance))
        devices.end()
        shutil.rmtree(devices.home)

    converges()
