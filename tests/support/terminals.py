"""Commands on a real terminal of 80 columns, and the sequences that it is sent."""

import os
import pty
import re
import select
from pathlib import Path

from tests.cli.test_processes import environment
from tests.support import warm

COLOUR = re.compile(rb"\x1b\[[0-9;]*\b(?:3[0-7]|9[0-7]|38)[0-9;]*m")
ESCAPE = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")


def in_a_terminal(path: Path, *arguments: str, code: int = 0, clock: str = "", **more: str) -> bytes:
    """Run painlog on a terminal of 80 columns and return all that was written to it."""
    ours, theirs = pty.openpty()
    settings = environment(path) | {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"} | more
    worker = warm.start(arguments, settings, (theirs, theirs, theirs), clock=clock)
    os.close(theirs)
    written = b""
    while select.select([ours], [], [], 30)[0]:
        try:
            read = os.read(ours, 65536)
        except OSError:  # the terminal was closed at the other end
            break
        written += read
    os.close(ours)
    assert worker.wait(30) == code
    return written
