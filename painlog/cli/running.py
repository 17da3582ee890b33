"""One command line from its words to an exit code, and how what goes wrong is said."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from typing import Any

from painlog.errors import BadLines, PainlogError, Unclear
from painlog.view.terminal import term, width, wrapped

INTERRUPTED = 130
MOST_PROBLEMS = 20
LONGEST = 1000
_SHOWS_HOW = "; {command} --help shows how"
_IN_OUR_WORDS = (  # Typer's sentences, and painlog's for the same
    (r"Missing argument '([^' ]+?)[. ]*(?: .*)?'\.", "{0} is missing" + _SHOWS_HOW),
    (r"Option '(.+)' requires an argument\.", "{0} needs a value"),
    (r"Option '(.+)' does not take a value\.", "{0} takes no value"),
    (r"No such option: (.+) \(Possible options: (.+)\)", "there is no option {0}; did you mean {1}?"),
    (r"No such option: (.+)", "there is no option {0}; {command} --help lists them"),
    (r"No such command '(.+?)'\. Did you mean (.+)\?", "'{0}' is not a command of {command}; did you mean {1}?"),
    (r"No such command '(.+)'\.", "'{0}' is not a command of {command}; {command} --help lists them"),
    (r"Got unexpected extra argument(?:\(s\)|s)? \((\S+)\)", "'{0}' is one word too many" + _SHOWS_HOW),
    (r"Got unexpected extra argument(?:\(s\)|s)? \((.+)\)", "'{0}' are words too many" + _SHOWS_HOW),
    (r"Invalid value for '?(.+?)'?: (.+?)\.?", "{0}: {1}"),
)


def carried_out(words: Sequence[str]) -> int:
    """Carry out a command line and return its exit code. Raises OSError, KeyboardInterrupt."""
    from painlog.cli.shell.fast_record import recorded

    try:
        return 0 if recorded(words) else _through_typer(words)
    except PainlogError as error:
        return _refuse(error)
    except (OSError, KeyboardInterrupt):
        raise
    except Exception as error:
        if os.environ.get("PAINLOG_DEBUG"):
            raise
        complain(f"something went wrong inside painlog ({type(error).__name__}); PAINLOG_DEBUG=1 shows where")
        return 1


def _through_typer(words: Sequence[str]) -> int:
    import typer

    from painlog.cli.app import app

    given = None if words == sys.argv[1:] else words  # on Windows Typer expands those of the process
    try:
        return app(args=given, prog_name="painlog", standalone_mode=False) or 0
    except typer.TyperException as error:
        complain(_in_our_words(error))
        return error.exit_code
    except typer.Abort:
        return INTERRUPTED
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):  # Typer leaves when the reader of a pipe has left
            return 0
        return int(stop.code or 0)


def _in_our_words(error: Any) -> str:
    """Say what Typer refuses as painlog says it; as Typer does, where that is something else."""
    from painlog.domain.language.suggestions import near

    ctx = getattr(error, "ctx", None)
    command, said = ctx.command_path if ctx else "painlog", str(error.format_message())
    for sentence, ours in _IN_OUR_WORDS:
        if found := re.fullmatch(sentence, said, re.DOTALL):
            about, *meant = (group.strip() for group in found.groups())
            nearest = [", ".join(near(about, each.replace("'", "").split(", "), most=1) or [each]) for each in meant]
            return ours.format(about, *nearest, command=command)
    return said


def _refuse(error: PainlogError) -> int:
    complain(str(error))
    if isinstance(error, Unclear):
        print("\n".join(f"  {term(line)}" for line in error.offers), file=sys.stderr)
    if isinstance(error, BadLines):
        for number, reason in error.problems[:MOST_PROBLEMS]:
            complain(f"line {number}: {reason}", name="")
        if (more := len(error.problems) - MOST_PROBLEMS) > 0:
            complain(f"and {more:,} more", name="")
    return error.exit_code


def complain(message: str, name: str = "painlog: ") -> None:
    """Say what went wrong, on standard error, cut where it is very long."""
    if len(message) > LONGEST:
        message = f"{message[:LONGEST]}…"
    text = f"{name}{term(message)}"
    print("\n".join(wrapped(text, width(sys.stderr))) if sys.stderr.isatty() else text, file=sys.stderr)
