"""Ends processes at any moment of their work, on a quiet machine as on a busy one."""

import random
import subprocess
import time
from typing import Protocol


class Worker(Protocol):
    """A process that runs."""

    def wait(self, timeout: float) -> int: ...

    def kill(self) -> None: ...


class Moments:
    """Random moments in the lives of processes that all do the same. ``whole``: how many seconds one takes.

    That is corrected by each that comes to its end, and by each that should have.
    """

    def __init__(self, whole: float) -> None:
        self.whole = whole
        self._chance = random.Random(7)

    def end(self, worker: Worker, least: float, most: float) -> None:
        """Kill a process that has just begun, after a share of its time from ``least`` to ``most``."""
        share, begun = self._chance.uniform(least, most), time.monotonic()
        try:
            worker.wait(share * self.whole)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait(60)
            self.whole *= max(share, 1)
        else:
            self.whole = time.monotonic() - begun
