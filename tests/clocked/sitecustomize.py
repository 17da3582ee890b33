"""Gives the painlog of a process the clock of the test that started it; ``tests/clocks.py`` puts it where Python looks.

It loads nothing, so that what a command loads stays what it loads.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any


class Clock:
    """Finds painlog's clock where the others find it, and has it say what the test's clock says."""

    def __init__(self, says: str) -> None:
        self.says = says

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name != "painlog.domain.clock":
            return None
        sys.meta_path.remove(self)
        spec: ModuleSpec = next(filter(None, (each.find_spec(name, path, target) for each in sys.meta_path)))
        loader: Any = spec.loader
        execute = loader.exec_module

        def set_too(module: ModuleType) -> None:
            execute(module)
            there: Any = module
            instant = there.datetime.fromisoformat(self.says)
            there.now = instant.astimezone

        loader.exec_module = set_too
        return spec


if "FAKETIME" in os.environ:  # libfaketime 0.9.10 lets nobody sleep by a clock that it leaves alone; but one may wait
    import _thread
    import time

    shut = _thread.allocate_lock()
    shut.acquire()

    def sleep(seconds: float, /) -> None:
        shut.acquire(timeout=seconds)

    time.sleep = sleep  # type: ignore[assignment]

if "PAINLOG_TESTS_CLOCK" in os.environ:
    sys.meta_path.insert(0, Clock(os.environ["PAINLOG_TESTS_CLOCK"]))
