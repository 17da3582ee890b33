"""Runs one command line, from its words to an exit code, and says what goes wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from painlog.errors import BadLines, PainlogError, Unclear
from painlog.view.terminal import term, width, wrap_text

INTERRUPTED = 130
MOST_PROBLEMS = 20
LONGEST = 1000


def run_line(words: Sequence[str]) -> int:
    """Run a command line and return its exit code. Raises OSError, KeyboardInterrupt."""
    from painlog.cli.shell.fast_record import try_to_record

    try:
        return 0 if try_to_record(words) else _run_typer(words)
    except PainlogError as error:
        return refuse(error)
    except (OSError, KeyboardInterrupt):
        raise
    except Exception as error:
        if os.environ.get("PAINLOG_DEBUG"):
            raise
        complain(f"something went wrong inside painlog ({type(error).__name__}); PAINLOG_DEBUG=1 shows where")
        return 1


def _run_typer(words: Sequence[str]) -> int:
    import typer

    from painlog.cli import app, typer_adapter

    try:
        return app.run(None if words == sys.argv[1:] else words)  # on Windows Typer expands those of the process
    except typer.TyperException as error:
        complain(typer_adapter.explain_refusal(error))
        return error.exit_code
    except typer.Abort:
        return INTERRUPTED
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):  # Typer leaves when the reader of a pipe has left
            return 0
        return int(stop.code or 0)


def refuse(error: PainlogError) -> int:
    """Say why something was refused, with the lines that would do, and return the exit code."""
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
    print("\n".join(wrap_text(text, width(sys.stderr))) if sys.stderr.isatty() else text, file=sys.stderr)
