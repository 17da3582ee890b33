"""Talking with the person beside the data: on standard error, and on standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from painlog.errors import BadInput, FileRefused
from painlog.view.terminal import PAGE_WIDTH, term


def confirm(question: str) -> bool:
    """Ask a person who is there. Raises BadInput where nobody is."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise BadInput("nobody is here to be asked; --yes does it, --dry-run only shows it")
    import typer

    return typer.confirm(question, err=True)


def say(text: str) -> None:
    """Say something beside the data."""
    print(text, file=sys.stderr)


def say_notes(notes: Iterable[str]) -> None:
    """Say what a person should know beside what was done, each thing once."""
    for note in filter(None, dict.fromkeys(notes)):
        from textwrap import fill

        say(fill(f"note: {note}", PAGE_WIDTH, break_on_hyphens=False))


def note_text(note: str) -> str:
    """Return a note as it was given, or for ``-`` what standard input holds."""
    return read_stdin("Write the note") if note == "-" else note


def read_stdin(what: str) -> str:
    """Read all of standard input as text, with a word to a person who sits before it."""
    from painlog.exchange.files import decode

    return decode(read_stdin_bytes(what), "standard input")


def read_stdin_bytes(what: str) -> bytes:
    """Read all of standard input, with a word to a person who sits before it."""
    if sys.stdin is None:
        raise FileRefused("there is no standard input to read")
    if sys.stdin.isatty():
        say(f"{what}, then Ctrl-D:")
    return sys.stdin.buffer.read()


def removal_note(path: object) -> str:
    """Say that a file, which an interrupted command had left, is removed."""
    return f"{term(str(path))}, which was never finished, is removed"
