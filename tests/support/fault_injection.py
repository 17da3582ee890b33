"""A machine that fails at the n-th thing that painlog does to its files, whichever n.

``Machine`` starts one process that has painlog imported and ``fault_injection.c`` loaded before the C library; each
command line runs in a fork of it, with its own clock and passphrase, and is killed, stopped or refused at the n-th
operation below a directory. ``python -m tests.support.fault_injection`` is that process: a request a line, JSON both
ways.
"""

import ctypes
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import pytest

SOURCE = Path(__file__).with_suffix(".c")
KILL, TEAR, STOP, ERROR, FULL = "k", "t", "s", "e", "f"
PASSPHRASE = "a canary by the river"
OTHER_PASSPHRASE = "another canary by the sea"
_LONGEST = 60.0
_WAITS = 0.3  # seconds that a second process has to get to the lock


class Outcome(NamedTuple):
    """What a command line did: its exit code (negative: the signal), its output, how many operations, the n-th one.

    ``second`` is what a second process did that began while the first one was stopped.
    """

    code: int
    out: str
    err: str
    operations: int
    last: str
    second: "Outcome | None" = None


def compiled(place: Path) -> Path:
    """Build the library that counts and fails operations. Skips the test where there is no compiler, or no Linux."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if sys.platform != "linux" or not compiler:
        pytest.skip("takes Linux and a C compiler: operations are counted by a library that is built for it")
    library = place / "fault_injection.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"], check=True)
    return library


class Machine:
    """Runs command lines of painlog on a machine that fails where it is told to."""

    def __init__(self, library: Path, home: Path) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.support.fault_injection"],
            cwd=Path(__file__).parents[2],
            env={"PATH": os.environ["PATH"], "LD_PRELOAD": str(library), "HOME": str(home), "TZ": "Europe/Berlin"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, journal: Path, *arguments: str, now: datetime, **how: Any) -> Outcome:
        """Run a command line; ``how``: ``at`` which operation below ``below``, ``way``, ``error``, ``second``."""
        wish = {"journal": str(journal), "arguments": arguments, "now": now.isoformat(), **how}
        wish["below"] = str(how.get("below", journal.parent))
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.write(json.dumps(wish) + "\n")
        self._server.stdin.flush()
        did = json.loads(self._server.stdout.readline())
        second = Outcome(**did.pop("second")) if did.get("second") else did.pop("second", None)
        return Outcome(**did, second=second)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.close()
        self._server.wait(30)
        self._server.stdout.close()


def serve() -> None:
    """Run what is asked for, until nothing more is."""
    library = ctypes.CDLL(os.environ.pop("LD_PRELOAD"))
    library.fault_last.restype = ctypes.c_char_p
    _make_ready()
    for line in sys.stdin:
        wish = json.loads(line)
        print(json.dumps(_done(library, wish)), flush=True)  # noqa: T201


def _make_ready() -> None:
    """Import painlog, let keys follow from passphrases in no time, and let none be kept outside the process."""
    from importlib import import_module
    from pkgutil import walk_packages

    import sqlite_utils

    import painlog
    from painlog.storage.encryption import keys

    for module in walk_packages(painlog.__path__, "painlog."):
        if not module.name.endswith("__main__"):
            with suppress(ImportError):
                import_module(module.name)
    sqlite_utils.Database(memory=True)
    for name in ("rich.console", "rich.cells", "rich.text"):
        import_module(name)
    keys.ROUNDS = 1000
    keys._ask_ring = lambda do: None  # noqa: ARG005


def _done(library: ctypes.CDLL, wish: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = _begun(library, wish, out.fileno(), err.fileno())
        _, status = os.waitpid(process, os.WUNTRACED)
        second = None
        if os.WIFSTOPPED(status):
            second = _meanwhile(library, wish, process)
            _, status = os.waitpid(process, 0)
        code = os.waitstatus_to_exitcode(status)
        said = {"out": _text(out), "err": _text(err)}
        operations = library.fault_count() if not second else 0
        return {"code": code, **said, "operations": operations, "last": "", "second": second} | (
            {"last": library.fault_last().decode()} if not second else {}
        )


def _meanwhile(library: ctypes.CDLL, wish: dict[str, Any], stopped: int) -> dict[str, Any]:
    """Begin a second process while the first one is stopped, let that one go on, and wait for the second."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = _begun(
            library, wish | {"arguments": wish["second"], "at": 0, "below": ""}, out.fileno(), err.fileno()
        )
        until = time.monotonic() + _WAITS
        status = None
        while time.monotonic() < until and status is None:
            ended, state = os.waitpid(process, os.WNOHANG)
            status = state if ended else None
            time.sleep(0.01)
        os.kill(stopped, signal.SIGCONT)
        if status is None:
            _, status = os.waitpid(process, 0)
        said = {"out": _text(out), "err": _text(err)}
        return {"code": os.waitstatus_to_exitcode(status), **said, "operations": 0, "last": ""}


def _begun(library: ctypes.CDLL, wish: dict[str, Any], out: int, err: int) -> int:
    process = os.fork()
    if process:
        return process
    code = 99
    try:
        code = _child(library, wish, out, err)
    finally:
        os._exit(code)


def _child(library: ctypes.CDLL, wish: dict[str, Any], out: int, err: int) -> int:
    from painlog.cli import main
    from painlog.domain import clock
    from painlog.domain.language import dates

    signal.alarm(int(_LONGEST))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out, 1)
    os.dup2(err, 2)
    sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False))
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), line_buffering=True)
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), line_buffering=True)
    now = datetime.fromisoformat(wish["now"])
    clock.now = dates.now = lambda: now
    os.environ["PAINLOG_KEY_COMMAND"] = f"echo {wish.get('passphrase', PASSPHRASE)}"
    if types := wish.get("types"):
        from painlog.cli import unlock

        unlock.has_terminal = lambda: True
        unlock.read_passphrase = lambda question: str(types.pop(0))  # noqa: ARG005
    os.chdir(wish.get("directory") or Path(wish["journal"]).parent)
    library.fault_arm(os.fsencode(wish["below"]), wish.get("at", 0), ord(wish.get("way", KILL)), wish.get("error", 0))
    try:
        code: int = main(["--journal", wish["journal"], *wish["arguments"]])
    except BaseException:  # noqa: BLE001
        import traceback

        traceback.print_exc()
        code = 70
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def _text(file: Any) -> str:
    file.seek(0)
    return str(file.read().decode("utf-8", "replace"))


def sample(count: int, most: int, seed: int) -> list[int]:
    """Return up to so many of the operations from 1 to ``count``: the last dozen always, the others drawn."""
    import random

    every = range(1, count + 1)
    last = list(every)[-most // 3 :] if most < count else []
    rest = [n for n in every if n not in set(last)]
    return sorted({*last, *random.Random(seed).sample(rest, min(most - len(last), len(rest)))})


def sentences(err: str) -> Sequence[str]:
    """The lines of what was said that are painlog's complaints."""
    return [line for line in err.splitlines() if line.startswith("painlog: ")]


if __name__ == "__main__":
    serve()
