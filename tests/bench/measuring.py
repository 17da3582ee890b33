"""What a process costs: CPU time, peak memory and, where valgrind is installed, instructions.

Processes are started by a small one, since a process that is started by a large one is charged with its memory: what
needs less than that one does (about 9 MiB) is shown with so much.
"""

import re
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Self

_STARTER = """
import os, sys
null = os.open(os.devnull, os.O_RDWR)
quiet = [(os.POSIX_SPAWN_DUP2, null, number) for number in (0, 1, 2)]
for line in sys.stdin:
    words, environment = eval(line)
    process = os.posix_spawnp(words[0], words, environment, file_actions=quiet)
    _, status, used = os.wait4(process, 0)
    print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss, flush=True)
"""


class Command(NamedTuple):
    """A command line in its environment."""

    words: Sequence[str]
    environment: Mapping[str, str]


class Cost(NamedTuple):
    """CPU time in milliseconds and peak memory in MiB of one process."""

    cpu: float
    memory: float


class Quartiles(NamedTuple):
    """The middle of some numbers, and the middle half of them."""

    low: float
    median: float
    high: float


class Starter:
    """Runs commands one by one. Use it as a context manager."""

    def __enter__(self) -> Self:
        words = [sys.executable, "-I", "-S", "-c", _STARTER]
        self._process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def cost(self, command: Command) -> Cost:
        """Run a command and return what it cost. Raises RuntimeError for one that fails."""
        assert self._process.stdin
        assert self._process.stdout
        print((list(command.words), dict(command.environment)), file=self._process.stdin, flush=True)
        code, seconds, kibibytes = self._process.stdout.readline().split()
        if code != "0":
            raise RuntimeError(f"{' '.join(command.words)} failed with {code}")
        return Cost(1000 * float(seconds), float(kibibytes) / 1024)


def quartiles(numbers: Sequence[float]) -> Quartiles:
    """Return the quartiles of some numbers."""
    if len(numbers) < 2:
        return Quartiles(numbers[0], numbers[0], numbers[0])
    low, median, high = statistics.quantiles(numbers, n=4, method="inclusive")
    return Quartiles(low, median, high)


def instructions(command: Command) -> float:
    """Run a command under callgrind and return how many millions of instructions it took."""
    tool = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command.words]
    environment = {**command.environment, "PYTHONHASHSEED": "0"}
    ran = subprocess.run(tool, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=True)
    found = re.search(r"Collected : (\d+)", ran.stderr)
    if not found:
        raise RuntimeError(f"valgrind did not say what {' '.join(command.words)} took")
    return int(found[1]) / 1e6
