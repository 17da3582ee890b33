"""Commands on a real terminal of 80 columns, the keys that are typed there and the sequences that it is sent."""

import os
import pty
import re
import select
import termios
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.cli.test_processes import environment
from tests.support import warm

CLOCK = "2026-11-19T19:05:00+01:00"  # where keys are typed
COLOUR = re.compile(rb"\x1b\[[0-9;]*\b(?:3[0-7]|9[0-7]|38)[0-9;]*m")
Keys = Sequence[tuple[str, str]]
PROMPT = "\x1b[?2004h"  # with which the prompt of lines begins
INTERRUPT = "\x03"
ESCAPE = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")


def in_a_terminal(path: Path, *arguments: str, code: int = 0, clock: str = "", keys: str = "\n", **more: str) -> bytes:
    """Run painlog on a terminal of 80 columns, press Enter once, or ``keys``, and return all that was written."""
    ours, theirs = pty.openpty()
    settings = environment(path) | {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"} | more
    worker = warm.start(arguments, settings, (theirs, theirs, theirs), clock=clock)
    os.close(theirs)
    os.write(ours, keys.encode())
    written = b"".join(read_to_close(ours))
    os.close(ours)
    assert worker.wait(30) == code
    return written


def read_to_close(ours: int) -> Iterator[bytes]:
    """Yield what is written on a terminal as it comes, until it is closed at the other end or 30 seconds are silent."""
    while select.select([ours], [], [], 30)[0]:
        try:
            yield os.read(ours, 65536)
        except OSError:  # it was closed
            return


def settled(path: Path) -> dict[str, str]:
    return environment(path) | {"PAINLOG_CONFIG": str(path.with_name("config.toml")), "TZ": "Europe/Berlin"}


def typed(path: Path, keys: str | Keys, *arguments: str, **more: str) -> tuple[int, str]:
    """Run painlog on a terminal; each of ``keys`` is typed once what stands before it is seen, one text once asked.

    Returns the exit code and the screen. However it ends, the terminal must be as it was. It says where its cursor is.
    Ctrl-C is typed once more where nothing comes of it: Python holds one back that comes in the microseconds between a
    question and the read of its answer.
    """
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(ours)
    settings = settled(path) | {"TERM": "xterm-256color"} | more
    worker = warm.start(arguments, settings, (theirs, theirs, theirs), terminal=True, clock=CLOCK)
    os.close(theirs)
    waiting = [("> ", keys)] if isinstance(keys, str) else [*keys]
    shown, place, interrupts = b"", 0, False
    try:
        while True:
            if not select.select([ours], [], [], 3)[0] and interrupts:
                os.write(ours, INTERRUPT.encode())
            assert select.select([ours], [], [], 20)[0], f"nothing more came; not typed: {waiting}; {shown!r}"
            try:
                read = os.read(ours, 65536)
            except OSError:
                read = b""
            if not read:  # the terminal was closed at the other end
                break
            shown += read
            for _ in range(read.count(b"\x1b[6n")):
                os.write(ours, b"\x1b[1;1R")
            while waiting and (found := shown.find(waiting[0][0].encode(), place)) >= 0:
                place = found + len(waiting[0][0].encode())
                key = waiting.pop(0)[1]
                interrupts = key.endswith(INTERRUPT)
                os.write(ours, key.encode())
        assert termios.tcgetattr(ours) == before
        return worker.wait(20), shown.decode().replace("\r\n", "\n")
    finally:
        worker.kill()
        worker.wait(20)
        os.close(ours)


def check_colour_is_a_choice(path: Path, *command: str) -> None:
    """A command has colour on a terminal, none but the same words with NO_COLOR, no sequence at all with --plain."""
    styled, without = in_a_terminal(path, *command), in_a_terminal(path, *command, NO_COLOR="1")
    assert COLOUR.search(styled)
    assert not COLOUR.search(without)
    assert ESCAPE.sub(b"", styled) == ESCAPE.sub(b"", without)
    assert not ESCAPE.search(in_a_terminal(path, "--plain", *command))
