"""One clock for a test and the processes it starts: painlog's ``now`` says in all of them what the test set.

``conftest`` has every process begin this way, whichever module of the standard library starts it.
"""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from painlog.domain import clock

_PLACE = Path(__file__).with_name("clocked")
_FAKED = {name: os.environ[name] for name in os.environ if name == "LD_PRELOAD" or name.startswith("FAKETIME")}
_begin: Any = subprocess.Popen.__init__


def begin(process: "subprocess.Popen[Any]", *given: Any, env: Mapping[str, str] | None = None, **named: Any) -> None:
    """Start a process as ``subprocess.Popen`` does, with the clock of the test."""
    _begin(process, *given, env=with_clock(os.environ if env is None else env), **named)


def with_clock(env: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which painlog has the clock of the test; and the machine's the one of a sweep."""
    path = os.pathsep.join(filter(None, (str(_PLACE), env.get("PYTHONPATH"))))
    return {**_FAKED, **env, "PYTHONPATH": path, "PAINLOG_TESTS_CLOCK": clock.now().isoformat()}
