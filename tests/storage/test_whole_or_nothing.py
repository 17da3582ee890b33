"""Whatever moment a risky command is stopped at, the journal is the old one or the new one, and says so.

Each command is killed (or finds the disk full or failing) at every single thing that it does to files: all of them in a
long run, some of them, the last ones always, in every run.
"""

import errno
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from painlog.storage.connection import MAGIC
from tests.support.fault_injection import (
    ERROR,
    FULL,
    KILL,
    OTHER_PASSPHRASE,
    STOP,
    TEAR,
    Machine,
    Outcome,
    compiled,
    sample,
    sentences,
)

CANARY = "canary-in-the-cellar"
FIRST = datetime.fromisoformat("2026-11-17T09:00:00+01:00")
NOW = FIRST + timedelta(days=2)
MOST = 4  # operations of a command in every run
Ops = frozenset[str]


class Case(NamedTuple):
    """A risky command on a journal that is plain or encrypted, and sound or spoilt."""

    command: tuple[str, ...]
    encrypted: bool = False
    spoilt: str = ""

    def __str__(self) -> str:
        return "-".join([self.command[0].strip("-"), *self.command[1:2], "sealed" * self.encrypted, self.spoilt])


RESTORE, REPAIR, FORGET = ("restore", "--yes"), ("doctor", "--repair"), ("forget", "ID", "--yes")
FORGOTTEN = f"{CANARY} 1"
CASES = [
    *(Case(RESTORE, encrypted, spoilt) for encrypted in (False, True) for spoilt in ("", "head", "pages", "gone")),
    *(Case(REPAIR, encrypted, spoilt) for encrypted in (False, True) for spoilt in ("head", "pages")),
    Case(RESTORE, spoilt="cut"),
    *(Case(command, encrypted) for command in (("merge", "other.db"), ("sync", "shared", "--compact"))
      for encrypted in (False, True)),
    *(Case(("import", "other.jsonl", "--yes")), Case(("encrypt", "--yes"))),
    *(Case((command,), encrypted=True) for command in ("decrypt", "rekey")),
    *(Case(FORGET, encrypted) for encrypted in (False, True)),
]  # fmt: skip
CASES_BY_NAME = {str(case): case for case in CASES}
pytest.importorskip("sqlcipher3", reason="takes the extra painlog[encryption]")


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    place = tmp_path_factory.mktemp("machine")
    with Machine(compiled(place), place) as made:
        yield made


class Place:
    """A directory with a journal as a case has it, which is copied for every attempt."""

    def __init__(self, machine: Machine, case: Case, root: Path) -> None:
        self.machine, self.case, self.root, self.number = machine, case, root, 0
        self.base = root / "base"
        self.base.mkdir()
        self._build()
        self.old = None if case.spoilt else self.ops(self.base)
        self.forgotten = "" if case.spoilt else self._an_id(self.base, FORGOTTEN)
        done = self.fresh()
        self.whole = self.run(done, *case.command)
        assert self.whole.code == 0, self.whole.err
        self.new = self.ops(done)
        assert self.new
        self.remains(done)

    def _build(self) -> None:
        base = self.base
        for day in range(3):
            self.plain(base, "log", f"pain {day}, mood 4 note {CANARY} {day}", now=FIRST + timedelta(hours=day))
        self.plain(base, "dose", f"pill of {CANARY}", "400mg")
        if "sync" in self.case.command:
            (base / "shared").mkdir()
            self.plain(base, "sync", "shared")
        if self.case.encrypted:
            assert self.run(base, "encrypt", "--yes").code == 0
        assert self.run(base, "backup").code == 0
        self.plain(base, "log", "pain 7, slept 6h", now=NOW)
        self.plain(base, "delete", "--yes", self._an_id(base))
        if "sync" in self.case.command:
            self.plain(base, "sync", "shared")
        other = self.root / "other"
        other.mkdir()
        self.plain(other, "log", "pain 2, mood 1, slept 5h", now=NOW)
        shutil.copy(other / "journal.db", base / "other.db")
        (base / "other.jsonl").write_text(self.run(other, "export", "jsonl").out)
        self._spoil(base / "journal.db")

    def _an_id(self, place: Path, text: str = "") -> str:
        return next(line.split()[1] for line in self.run(place, "list").out.splitlines()[1:] if text in line)

    def _spoil(self, path: Path) -> None:
        raw = bytearray(path.read_bytes())
        match self.case.spoilt:
            case "head":
                raw[:64] = raw[:12] + b"\x07" * 4 + raw[16:64] if self.case.encrypted else b"\x07" * 64
            case "pages":
                for at in range(4096 + 100, len(raw), 1500):
                    raw[at : at + 8] = b"\xff" * 8
            case "cut":
                del raw[len(raw) - 5000 :]
        path.write_bytes(bytes(raw))
        if self.case.spoilt == "gone":
            path.unlink()

    def plain(self, place: Path, *arguments: str, now: datetime = FIRST) -> None:
        ran = self.machine.run(place / "journal.db", *arguments, now=now)
        assert ran.code == 0, (arguments, ran.err)

    def run(self, place: Path, *arguments: str, **how: object) -> Outcome:
        if arguments[0] == "rekey":
            how["types"] = [OTHER_PASSPHRASE, OTHER_PASSPHRASE]
        if arguments[0] == "forget":
            arguments = ("forget", self.forgotten, *arguments[2:])
        return self.machine.run(place / "journal.db", *arguments, now=NOW, **how)

    def fresh(self) -> Path:
        """A copy of the directory as the case has it."""
        self.number += 1
        place = self.root / str(self.number)
        shutil.copytree(self.base, place)
        return place

    def asked(self, place: Path, *arguments: str) -> Outcome:
        """Run a command line with the passphrase that opens the journal: a new one may be in force or not yet."""
        ran = self.run(place, *arguments)
        if ran.code and self.case.command[0] == "rekey":
            return self.run(place, *arguments, passphrase=OTHER_PASSPHRASE)
        return ran

    def ops(self, place: Path) -> Ops | None:
        """Every change of a journal; None where it says that it cannot be read."""
        ran = self.asked(place, "export", "jsonl")
        if ran.code == 0:
            return frozenset(ran.out.splitlines()[1:-1])
        assert (ran.code, len(sentences(ran.err)), "Traceback" in ran.err) == (1, 1, False), ran.err
        assert any(way in ran.err for way in ("painlog restore", "doctor --repair")), ran.err
        return None

    def remains(self, place: Path) -> None:
        """Nothing that can be read stays beside an encrypted journal, nothing unfinished stays unmentioned."""
        journal = place / "journal.db"
        doctor = self.asked(place, "doctor")
        assert "Traceback" not in doctor.err
        for each in sorted(place.rglob("*")):
            name = each.relative_to(place).as_posix()
            own = name in {"journal.db", "other.db", "other.jsonl"} or name.startswith("shared")
            if each.is_file() and not own and not (name.startswith("backups/") and name.endswith(".db")):
                assert name.startswith("journal-damaged-") or each.name in "".join((doctor.out + doctor.err).split()), (
                    name,
                    doctor,
                )
            sealed = journal.exists() and self.case.encrypted and not journal.read_bytes().startswith(MAGIC)
            if each.is_file() and not own and sealed and self.case.command[0] != "encrypt":
                assert CANARY.encode() not in each.read_bytes(), name

    def check(self, place: Path, did: Outcome, n: int) -> None:
        """The journal is the old one or the new one; it can go on, or says what stands beside it."""
        here = f"{self.case} at {n} of {self.whole.operations}: {did.last}"
        found = self.ops(place)
        assert found in (self.old, self.new), f"{here}: neither the old nor the new, {found and len(found)} changes"
        listed = self.asked(place, "list")
        assert listed.code == (0 if found else 1), (here, listed)
        entry = self.asked(place, "pain", "3", "--note", "after")
        assert entry.code == (0 if found is not None else 1), (here, entry.err)
        now = self.ops(place)
        assert found == now if found is None else now and found < now, here
        self.remains(place)
        if self.case.command == FORGET:
            self.words_are_gone(place, here, done=found == self.new)
        if self.case.encrypted and self.case.command[0] == "sync":
            self.nothing_left_the_folder(place, here)
        if found is None:
            assert self.asked(place, *self.case.command).code == 0, here
            assert self.ops(place) == self.new, here

    def words_are_gone(self, place: Path, here: str, *, done: bool) -> None:
        """What is forgotten is in no byte of the journal, and a second try takes it out of the backups too."""
        wanted = FORGOTTEN.encode()
        assert not done or wanted not in (place / "journal.db").read_bytes(), here
        assert self.asked(place, *self.case.command).code == 0, here
        assert not [each for each in place.rglob("*.db*") if each.name != "other.db" and wanted in each.read_bytes()], (
            here
        )

    def nothing_left_the_folder(self, place: Path, here: str) -> None:
        third = place / "third.db"
        words = self.asked(place, "sync", "--words").out
        self.machine.run(third, "sync", "shared", "--pair", now=NOW, types=words.split(), directory=str(place))
        third.unlink()


@pytest.fixture
def place(case: str, machine: Machine, tmp_path: Path) -> Place:
    return Place(machine, CASES_BY_NAME[case], tmp_path)


def numbers(place: Place, runs: int, share: int = 1) -> list[int]:
    """Which operations are tried: every one in a long run."""
    count = place.whole.operations
    return [*range(1, count + 1)] if runs > 1 else sample(count, max(MOST // share, 2), seed=count)


@pytest.mark.parametrize("case", CASES_BY_NAME)
def test_a_kill_at_any_operation_leaves_the_old_journal_or_the_new_one(
    place: Place, runs: int, report: Callable[[str], None]
) -> None:
    for n in numbers(place, runs):
        fresh = place.fresh()
        did = place.run(fresh, *place.case.command, at=n, way=KILL if n % 3 or runs == 1 else TEAR)
        assert did.code in (-9, 0), did
        place.check(fresh, did, n)
        shutil.rmtree(fresh)
    report(f"killed at {len(numbers(place, runs))} of {place.whole.operations} operations: {place.case}")


@pytest.mark.parametrize("case", CASES_BY_NAME)
@pytest.mark.parametrize("way", [FULL, ERROR])
def test_a_disk_that_fails_at_any_operation_is_said_as_what_it_is(
    place: Place, way: str, runs: int, report: Callable[[str], None]
) -> None:
    """A full disk is called full and a failing one failing, neither a damaged journal; what is refused is not done."""
    error = errno.ENOSPC if way == FULL else errno.EIO
    for n in numbers(place, runs, share=3):
        fresh = place.fresh()
        did = place.run(fresh, *place.case.command, at=n, way=way, error=error)
        here = f"{place.case} at {n} of {place.whole.operations}: {did.last}: {did.err}"
        assert did.code in (0, 1), here
        assert "Traceback" not in did.err, here
        if did.code:
            assert len(sentences(did.err)) == 1, here
            assert place.case.spoilt or "damaged" not in did.err, here
            assert way == FULL or "full" not in did.err, here
            if "nothing was" in did.err or "left as it is" in did.err:
                assert place.ops(fresh) == place.old, here
        place.check(fresh, did, n)
        shutil.rmtree(fresh)
    report(f"{'full' if way == FULL else 'failing'} at {len(numbers(place, runs, 3))} operations: {place.case}")


@pytest.mark.parametrize("case", ["restore---yes--pages", "doctor---repair-sealed-pages"])
def test_a_disk_that_fails_once_the_new_file_has_its_place_is_said_so(place: Place) -> None:
    """Who is told that all was left as it was would restore once more, or go on with a journal that is another."""
    count = place.whole.operations
    said = []
    for n in range(count - 6, count + 1):
        fresh = place.fresh()
        did = place.run(fresh, *place.case.command, at=n, way=ERROR, error=errno.EIO)
        said += [n] * ("the new file is in the place of" in did.err)
        assert place.ops(fresh) == (place.old if "left as it is" in did.err else place.new), (n, did)
    assert len(said) == 1, said


@pytest.mark.parametrize("case", [str(case) for case in CASES if case.command in (RESTORE, REPAIR)])
def test_who_waits_for_a_journal_that_is_replaced_loses_nothing(
    place: Place, runs: int, report: Callable[[str], None]
) -> None:
    """What a second terminal was told is recorded is in the journal, or in the backup that was made before."""
    for n in numbers(place, runs, share=2):
        fresh = place.fresh()
        did = place.run(fresh, *place.case.command, at=n, way=STOP, second=["note", "from the second terminal"])
        here = f"{place.case} at {n} of {place.whole.operations}: {did}"
        assert did.code in (0, 1), here
        assert did.second, here
        assert did.second.code in (0, 1), here
        assert len(sentences(did.second.err)) == did.second.code, here
        found = place.ops(fresh)
        if did.second.code == 0:
            assert any("from the second terminal" in op for op in found or ()) or in_a_backup(place, fresh), here
        place.remains(fresh)
        shutil.rmtree(fresh)
    report(f"a second terminal at {len(numbers(place, runs, 2))} operations: {place.case}")


def in_a_backup(place: Place, where: Path) -> bool:
    """Whether a backup holds what the second terminal recorded."""
    for each in (where / "backups").glob("*-restore-*.db"):
        copy = where / "looked-at.db"
        shutil.copy(each, copy)
        ran = place.machine.run(copy, "export", "jsonl", now=NOW)
        copy.unlink()
        if "from the second terminal" in ran.out:
            return True
    return False
