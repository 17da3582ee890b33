"""Processes that begin warm: forked from a server that has imported painlog, so that each costs milliseconds.

For tests of what a process does on a terminal or a pipe. Where its start matters (what it imports, that it works from
nothing, crashes and races), tests start an interpreter of their own: ``test_processes``, ``test_static``.
"""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Timer
from typing import NoReturn

from painlog.domain.language import dates

_ROOT = Path(__file__).parents[2]
_LARGEST = 2**16


class Process:
    """A running painlog."""

    def __init__(self, reports: int) -> None:
        self._reports = os.fdopen(reports)
        self.pid = int(self._reports.readline())
        self.returncode: int | None = None

    def wait(self, timeout: float) -> int:
        """Return the exit code, negative for a signal."""
        if self.returncode is None:
            if not select.select([self._reports], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("painlog", timeout)
            self.returncode = int(self._reports.readline())
            self._reports.close()
        return self.returncode

    def kill(self) -> None:
        """End it, whatever it does."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


def start(
    arguments: Sequence[str],
    env: Mapping[str, str],
    files: tuple[int, int, int],
    *,
    terminal: bool = False,
    clock: str = "",
) -> Process:
    """Start ``painlog`` on three open files; ``terminal``: the first one is its own.

    ``clock``: what the time is, if not the test's own.
    """
    says = clock or dates.now().isoformat()
    request = {"arguments": [*arguments], "env": {**env}, "terminal": terminal, "clock": says}
    reports, told = os.pipe()
    try:
        socket.send_fds(_server()[0], [json.dumps(request).encode()], [*files, told])
    finally:
        os.close(told)
    return Process(reports)


def run(
    arguments: Sequence[str], env: Mapping[str, str], given: str = "", timeout: float = 25, clock: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run ``painlog`` on pipes, as ``subprocess.run`` would; killed, with -9 for its exit code, after the timeout."""
    (stdin, ours), (out, stdout), (err, stderr) = (os.pipe() for _ in range(3))
    process = start(arguments, env, (stdin, stdout, stderr), clock=clock)
    for each in (stdin, stdout, stderr):
        os.close(each)
    late = Timer(timeout, process.kill)
    late.start()
    with os.fdopen(ours, "w", encoding="utf-8", newline="") as file:
        file.write(given)
    with os.fdopen(out, encoding="utf-8") as printed, os.fdopen(err, encoding="utf-8") as said:
        found = printed.read(), said.read()
    code = process.wait(timeout)
    late.cancel()
    late.join()
    return subprocess.CompletedProcess([*arguments], code, *found)


@cache
def _server() -> tuple[socket.socket, "subprocess.Popen[bytes]"]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        env = {"PATH": os.environ["PATH"], "HOME": "/nowhere", "OPENBLAS_NUM_THREADS": "1"}
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.support.warm", str(theirs.fileno())],
            cwd=_ROOT, env=env, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    atexit.register(close)
    return ours, server


def close() -> None:
    """End the server, where there is one."""
    if _server.cache_info().currsize:
        ours, server = _server()
        _server.cache_clear()
        ours.close()
        server.wait(20)


# The server


def serve(number: int) -> None:
    """Fork for each request until the other side is gone."""
    from painlog.cli.sections import MODULES

    for name in (*(f"painlog.cli.{module}" for module in MODULES.values()), "plotext", "rich.console", "sqlite_utils"):
        import_module(name)
    with socket.socket(fileno=number) as requests:
        while True:
            message, files, _, _ = socket.recv_fds(requests, _LARGEST, 4)
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            if not message:
                break
            if os.fork() == 0:
                requests.close()
                _watch(json.loads(message), *files)
            for each in files:
                os.close(each)
    with suppress(ChildProcessError):
        while True:
            os.wait()


def _watch(request: dict[str, object], stdin: int, stdout: int, stderr: int, told: int) -> NoReturn:
    """Fork painlog, and tell its number and then how it ended."""
    if (worker := os.fork()) == 0:
        os.close(told)
        _become(request, stdin, stdout, stderr)
    for each in (stdin, stdout, stderr):
        os.close(each)
    os.write(told, f"{worker}\n".encode())
    ended = os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])
    os.write(told, f"{ended}\n".encode())
    os._exit(0)


def _become(request: dict[str, object], *files: int) -> NoReturn:
    """Be painlog: the environment, the files and the arguments of a process that has just begun."""
    code: object = 70
    try:
        os.setsid()
        for i, each in enumerate(files):
            os.dup2(each, i)
            os.close(each)
        if request["terminal"]:
            import fcntl
            import termios

            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        os.environ.clear()
        os.environ.update(request["env"])  # type: ignore[call-overload]
        time.tzset()
        sys.argv = ["painlog", *request["arguments"]]  # type: ignore[misc]
        sys.stdin = os.fdopen(0, encoding="utf-8", errors="surrogateescape", closefd=False)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False, buffering=1)
        _run(str(request["clock"]))
    except SystemExit as stop:
        code = stop.code
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
        code = 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else int(code is not None))


def _run(says: str) -> None:
    from datetime import datetime

    from painlog.cli import run as painlog
    from painlog.domain import clock

    clock.now = lambda: datetime.fromisoformat(says).astimezone()
    painlog()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
