"""Any history of three devices and one that is hostile: it plants files in their folders, whose sums are right.

It knows what the others wrote. It plants changes of every shape, edits and deletes their entries and forgets their
words, writes under their names, and stamps what it writes far ahead. What it may do that anyone who shares a plain
folder may (to edit, to delete, to forget words) is done; a sealed folder takes nothing of it. In neither is anything
lost that the others wrote, or any command of theirs refused.
"""

import itertools
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from painlog.storage.log.changes import LATEST, ROOM, Change, ReadChange
from painlog.storage.log.forgetting import FORGET, forget_all, marks_in, without_words
from painlog.storage.log.merging import check_changes
from tests.exchange.test_sync_histories import CHANCE, DEVICES, ONE, Devices, let_pair, rows
from tests.storage.test_journal import folds
from tests.support.hostile_changes import SHAPES, Columns, anew, change_file, drawn, sealed

NAMES = ["feedbeef", *(f"{each:08x}" for each in range(3))]  # devices that are none
LEAST = int(LATEST, 16) - ROOM  # from here on a gate lets only in what follows closely
LONGEST = 100_000
READING = [
    *("today", "list --period all", "report --period all", "conflicts", "export csv --period all --with-notes"),
    *("backup", "doctor", "restore --dry-run"),
]


class Beset(Devices):
    """Three devices, and a hostile one that knows what they wrote and writes into their folders."""

    def __init__(self, home: Path, sealing: int, donors: Sequence[Change]) -> None:
        small = {name: make for name, make in SHAPES.items() if len(str(make(donors[0])[3])) < LONGEST}
        self.donors, self.shapes, self.number = donors, [*small.values()], 0
        super().__init__(home, sealing)

    def plant(self, i: int, chance: Random) -> None:
        """Some changes in one file."""
        makers = [self.any_shape, self.drawn, self.edited, self.deleted, self.forgotten, self.twin, self.begun]
        makers += [self.as_another] * 2
        self.write(i, chance, [chance.choice(makers)(chance) for _ in range(chance.choice([1, 1, 1, 2, 5]))])

    def plant_steps(self, i: int, chance: Random) -> None:
        """Stamps that go on from the last that a gate lets in, in a file each or in one."""
        far, step = LEAST + chance.choice([0, 59_999, ROOM // 2]), chance.choice([1, 1_000, 59_000])
        steps = [self.new(chance, stamp=far + step * count) for count in range(chance.choice([2, 5, 30]))]
        for some in [steps] if chance.random() < 0.5 else [[each] for each in steps]:
            self.write(i, chance, some)

    def plant_among_good(self, i: int, chance: Random) -> None:
        """Changes in a file with good ones of another device, whose own file of them goes."""
        honest = chance.sample(sorted(self.known), min(5, len(self.known)))
        self.write(i, chance, [*honest, chance.choice([self.edited, self.begun, self.twin, self.drawn])(chance)])
        if chance.random() < 0.5 and (files := self.files(i)):
            chance.choice(files).unlink()

    def write(self, i: int, chance: Random, changes: Sequence[Columns]) -> None:
        """A file of changes, which may have any name, and may be damaged."""
        raw = change_file(changes)
        if chance.random() < 0.1:
            raw = raw[: chance.randrange(len(raw))]
        device = chance.choice([*NAMES, *(change.hlc[16:] for change in sorted(self.known))])
        name = f"{self.number:024x}-00000000-{chance.getrandbits(64):016x}"
        path = chance.choice([
            *(f"changes/{device}/{name}.jsonl", f"changes/{device}/{name} (conflicted copy).jsonl", f"{name}.sealed"),
            *(f"changes/{device}/x\x1b[31m\n\u202e", f"..{name}", f"a b/{'x' * 200}", f"changes/{name}"),
            f"changes/{device}/.{name}.0badcafe.tmp",
        ])
        target = self.shared(i) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(raw)

    # What it makes

    def stamp(self, chance: Random) -> int:
        """The milliseconds of some clock."""
        near = int(chance.choice(sorted(self.known)).hlc[:12], 16)
        return chance.choice([*([near + chance.randint(-2, 2)] * 6), near + 10**9, 4_000_000_000_000, LEAST, 0])

    def new(self, chance: Random, op: Change | None = None, stamp: int | None = None, **columns: Any) -> Columns:
        """A change of an entry of its own, or another with some columns replaced, stamped somehow."""
        self.number += 1
        change = op or anew(chance.choice(self.donors), self.number)
        device, count = chance.choice(NAMES), chance.choice([0, self.number % 4096, 0xFFFF])
        hlc = f"{self.stamp(chance) if stamp is None else stamp:012x}{count:04x}{device}"
        return sealed(change._asdict() | {"hlc": hlc, "command": hlc} | columns)

    def any_shape(self, chance: Random) -> Columns:
        self.number += 1
        return chance.choice(self.shapes)(anew(self.donors[0], self.number))

    def drawn(self, chance: Random) -> Columns:
        self.number += 1
        return drawn(anew(chance.choice(self.donors), self.number), chance)

    def aimed(self, chance: Random, data: dict[str, Any], **columns: Any) -> Columns:
        """A change of an entry of the others."""
        return self.new(
            chance, chance.choice(sorted(self.known)), data=json.dumps(data, separators=(",", ":")), **columns
        )

    def edited(self, chance: Random) -> Columns:
        over = [change.hlc for change in chance.sample(sorted(self.known), 2)]
        fields = chance.choice([{"score": 1}, {"score": None}, {"note": "hostile"}, {"note": None}, {"novel": "x"}])
        return self.aimed(chance, {"fields": fields, **chance.choice([{}, {"over": over}])})

    def deleted(self, chance: Random) -> Columns:
        return self.aimed(chance, {"deleted": chance.choice([0, 1])})

    def forgotten(self, chance: Random) -> Columns:
        names = chance.choice([["note"], ["line", "note"], ["score"], ["novel"]])
        return self.aimed(chance, {"forgotten": names}, source=FORGET)

    def twin(self, chance: Random) -> Columns:
        """Another change under the clock of one of theirs."""
        own = chance.choice(sorted(self.known))
        made = Change(*chance.choice([self.edited, self.deleted, self.new])(chance))
        return sealed(made._asdict() | {"hlc": own.hlc})

    def begun(self, chance: Random) -> Columns:
        """A beginning, of any kind, of an entry of theirs that may not have come yet."""
        return self.new(chance, chance.choice(self.donors), entry=chance.choice(sorted(self.known)).entry)

    def as_another(self, chance: Random) -> Columns:
        """A change under the name of one of theirs, in a command of theirs or one of its own."""
        own = chance.choice(sorted(self.known))
        made = Change(*chance.choice([self.edited, self.new])(chance))
        command = chance.choice([own.command, made.hlc])
        return sealed(made._asdict() | {"hlc": made.hlc[:16] + own.hlc[16:], "command": command})

    # In the end

    def end(self) -> None:
        self.meet()
        self.meet()
        before = [[(path, path.read_bytes()) for path in self.files(i)] for i in range(DEVICES)]
        tables = [rows(self.journal(i)) for i in range(DEVICES)]
        for i in range(DEVICES):
            self.sync(i)
            assert [(path, path.read_bytes()) for path in self.files(i)] == before[i], "the second sync wrote"
            assert folds(self.journal(i))
        for ops, _ in tables:
            if self.sealing:
                assert [Change(*row) for row in ops] == sorted(forget_all(self.known)), "lost or forged"
            self.look_for_all([Change(*row) for row in ops])
        assert tables[0] == tables[1] == tables[2], "not converged"
        entries = sorted({change.entry for change in self.known})[-2:]
        for i, command in itertools.product(range(DEVICES), [*READING, *(f"history {entry}" for entry in entries)]):
            assert self.run(i, *command.split()) == 0, command

    def look_for_all(self, ops: Sequence[Change]) -> None:
        """What the three wrote is there, but for words that a mark took: under its clock or, for a twin, another."""
        marks = marks_in(check_changes(ops))
        there: dict[tuple[str, str], list[Change]] = {}
        for op in ops:
            there.setdefault((op.hlc[:16], op.entry), []).append(op)
        for each in check_changes(self.known):
            some = there.get((each.change.hlc[:16], each.change.entry), [])
            assert any(
                without_words(ReadChange(each.change._replace(hlc=op.hlc), each.data), marks).change[1:6] == op[1:6]
                for op in some
            ), ("lost", each.change)
            assert int(each.change.hlc[:12], 16) < LEAST + ROOM // 2 + ROOM // 8, "no room is left"


HONEST = [Devices.edit] * 5 + [Devices.sync] * 6 + [Devices.carry] * 4 + [Devices.damage] * 2
STEPS: list[Callable[[Any, int, Random], None]] = [
    *HONEST,
    *(Devices.record, Devices.delete, Devices.undo, Devices.redo, Devices.settle, Devices.jump, Devices.compact),
    *(Devices.forget, Devices.kill_in_ingest, Devices.kill_after_rename, Devices.conflict_copy, Devices.clear),
    *[Beset.plant] * 8,
    *(Beset.plant_steps, Beset.plant_among_good, Beset.plant_among_good),
]
HISTORIES = st.lists(st.tuples(st.sampled_from(STEPS), ONE, CHANCE), min_size=25, max_size=40)


@pytest.mark.parametrize("sealing", [0, DEVICES], ids=["plain", "sealed"])
@pytest.mark.usefixtures("capsys")
def test_no_hostile_device_loses_what_the_others_wrote_or_stops_them(
    sealing: int, tmp_path: Path, runs: int, donors: list[Change], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change of the others is lost, one of their commands refused, or something forged is in a sealed folder."""
    numbers = itertools.count()
    let_pair(monkeypatch, sealing)

    @settings(
        max_examples=(2 if sealing else 5) * runs,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(history=HISTORIES)
    def bears(history: list[Any]) -> None:
        devices = Beset(tmp_path / str(next(numbers)), sealing, donors)
        for step, i, chance in history:
            step(devices, i, Random(chance))
        devices.end()
        shutil.rmtree(devices.home)

    bears()
