"""Talking with the person beside the data: on standard error, and on standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from painlog.errors import BadInput, BadLines, FileRefused, PainlogError, Unclear
from painlog.view.terminal import line_room, narrow, term, width, wrap_text

_MOST_PROBLEMS = 20
_LONGEST = 1000


def confirm(question: str, instead: str = "--yes does it, --dry-run only shows it") -> bool:
    """Ask a person who is there. Raises BadInput where nobody is, with the options to use ``instead``."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise BadInput(f"nobody is here to be asked; {instead}")
    import typer

    room = width(sys.stderr) - len(" [y/N]: ")
    return typer.confirm("\n".join(wrap_text(question, room)), err=True)


def decide(question: str) -> bool:
    """Ask a person who is there until they say yes or no; the end of the input is a no."""
    answer = ""
    while answer not in ("y", "yes", "n", "no"):
        try:
            answer = read_answer(f"{question} [y/n]:").lower()
        except EOFError:
            return False
    return answer in ("y", "yes")


def read_answer(question: str) -> str:
    """Ask within the width of the screen and return what is typed. Raises EOFError at the end of the input."""
    sys.stderr.write("\n".join(wrap_text(question, width(sys.stderr))) + " ")
    sys.stderr.flush()
    line = sys.stdin.readline() if sys.stdin else ""
    if not line:
        sys.stderr.write("\n")
        raise EOFError
    return line.strip()


def says_nothing(answer: str) -> bool:
    """Whether an answer is a no, and not what was asked for."""
    return answer.strip(" .!").casefold() in ("", "n", "no", "none", "nothing", "-")


def tell(text: str) -> None:
    """Print what was asked for, within the width of the screen; a line to be run stays whole."""
    print(narrow(text))


def tell_paragraph(text: str) -> None:
    """Print a paragraph of what was asked for, of the page's width at most."""
    tell("\n".join(wrap_text(text, line_room())))


def say(text: str) -> None:
    """Say something beside the data, within the width of the screen; a line to be run stays whole."""
    print(narrow(text, sys.stderr), file=sys.stderr)


def say_paragraph(text: str, later: str = "  ") -> None:
    """Say a paragraph beside the data, of the page's width at most; ``later`` stands before its further lines."""
    say("\n".join(wrap_text(text, line_room(sys.stderr), later=later)))


def say_notes(notes: Iterable[str]) -> None:
    """Say what a person should know beside what was done, each thing once."""
    for note in filter(None, dict.fromkeys(notes)):
        say_paragraph(f"note: {note}", later="")


def note_field(note: str | None) -> dict[str, str]:
    """Return the field of a note as it was given, or for ``-`` as standard input holds it; none without a note."""
    return {} if note is None else {"note": read_stdin("Write the note") if note == "-" else note}


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


def refuse(error: PainlogError) -> int:
    """Say why something was refused, with the lines that would do, and return the exit code."""
    complain(str(error))
    if isinstance(error, Unclear):
        for line in error.offers:
            say(f"  {term(line)}")
    if isinstance(error, BadLines):
        for number, reason in error.problems[:_MOST_PROBLEMS]:
            complain(f"line {number}: {reason}", name="")
        if (more := len(error.problems) - _MOST_PROBLEMS) > 0:
            complain(f"and {more:,} more", name="")
    return error.exit_code


def complain(message: str, name: str = "painlog: ") -> None:
    """Say what went wrong, on standard error, cut where it is very long."""
    if len(message) > _LONGEST:
        message = f"{message[:_LONGEST]}…"
    text = f"{name}{term(message)}"
    print("\n".join(wrap_text(text, width(sys.stderr))) if sys.stderr.isatty() else text, file=sys.stderr)
