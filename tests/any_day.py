"""The suite on other days, at odd hours, in far zones and on a busy machine: ``python -m tests.any_day [NAME...]``.

Without names on each of ``MACHINES``, the whole suite every time, which takes an hour; ``--short`` takes a minute: the
tests that are nearest to the calendar, on one of them. Another clock than the machine's is ``faketime``'s (Debian's
package); without it what needs one is left out, and said so. Prints a line for each and the tests that failed; the exit
code is 1 where one did.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[1]
LOOP = "import os; one = os.getppid()\nwhile os.getppid() == one: pass"  # and it ends with who began it
CLOCKED = Path(__file__).with_name("clocked")
LEFT_OUT = {  # markers of tests that another clock breaks for reasons outside painlog, and the reasons
    "browser": "Chromium does not start with libfaketime in it",
    "another": "man and Datasette stop with libfaketime in them",
}


class Machine(NamedTuple):
    """Where the suite runs: in a zone, begun at a local time there (empty: now) or so many days ahead."""

    zone: str = "UTC"
    begins: str = ""
    ahead: int = 0
    loops: int = 0
    backwards: bool = False

    @property
    def instant(self) -> int | None:
        """When the suite begins, in seconds since 1970; None for a clock that is right. The first of two such hours."""
        if self.begins:
            return int(datetime.fromisoformat(self.begins).replace(tzinfo=ZoneInfo(self.zone)).timestamp())
        return int((datetime.now().astimezone() + timedelta(days=self.ahead)).timestamp()) if self.ahead else None


MACHINES = {
    "in 90 days": Machine("Pacific/Kiritimati", ahead=90),
    "leap day": Machine("Pacific/Pago_Pago", "2028-02-29 11:00"),
    "new year": Machine("Europe/Berlin", "2026-12-31 23:58"),
    "Berlin skips": Machine("Europe/Berlin", "2027-03-28 01:58"),
    "Berlin twice": Machine("Europe/Berlin", "2027-10-31 02:57"),
    "New York skips": Machine("America/New_York", "2027-03-14 01:58"),
    "New York twice": Machine("America/New_York", "2027-11-07 01:57"),
    "busy, backwards": Machine(loops=4, backwards=True),
}
SHORT = ("leap day",)
NEAR = ("test_dates.py", "test_due.py", "test_calendar.py", "test_report.py", "test_processes.py")


def main(words: Sequence[str]) -> int:
    """Run the suite on each machine that is named, or on all; return the exit code."""
    is_short = "--short" in words
    names = [word for word in words if word != "--short"] or (SHORT if is_short else [*MACHINES])
    unknown = [name for name in names if name not in MACHINES]
    if unknown:
        _say(f"no such machine: {', '.join(unknown)}; there are: {', '.join(MACHINES)}")
        return 2
    return max([tried(name, MACHINES[name], is_short=is_short) for name in names])


def tried(name: str, machine: Machine, *, is_short: bool) -> int:
    """Run the suite on a machine, print what came of it, and return 1 where a test failed."""
    faketime = shutil.which("faketime")
    if machine.instant is not None and not faketime:
        _say(f"{name:<17}left out: it takes faketime (apt install faketime)")
        return 0
    clock = [faketime, "-m", f"@{machine.instant}"] if faketime and machine.instant is not None else []
    with busy(machine.loops):
        begun = time.monotonic()
        ran = subprocess.run(
            [*clock, sys.executable, "-m", "pytest", *_options(machine, is_faked=bool(clock), is_short=is_short)],
            env=os.environ | {"TZ": machine.zone, "PYTHONPATH": str(CLOCKED), "FAKETIME_DONT_FAKE_MONOTONIC": "1"},
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    lines = ran.stdout.splitlines() or [""]
    _say(f"{name:<17}{lines[-1].strip('= ')} [{time.monotonic() - begun:.0f} s]")
    for line in lines if ran.returncode else ():
        if line.startswith(("FAILED", "ERROR", "E  ")):
            _say(f"  {line}")
    if ran.returncode and ran.stderr:
        _say(ran.stderr)
    return int(ran.returncode != 0)


def _options(machine: Machine, *, is_faked: bool, is_short: bool) -> Iterator[str]:
    left_out = ["soffice", *(LEFT_OUT if is_faked else ())]
    yield from ("-m", " and ".join(f"not {marker}" for marker in left_out))
    if machine.backwards:
        yield "--backwards"
    if is_short:
        yield from (str(each) for each in sorted(ROOT.rglob("tests/**/test_*.py")) if each.name in NEAR)


@contextmanager
def busy(loops: int) -> Iterator[None]:
    """Keep the processors busy with so many processes."""
    others = [subprocess.Popen([sys.executable, "-c", LOOP]) for _ in range(loops)]
    try:
        yield
    finally:
        for each in others:
            each.kill()
            each.wait()


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
