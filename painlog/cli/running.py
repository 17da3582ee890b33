"""Runs one command line, from its words to an exit code, and says what goes wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from painlog.cli.talk import complain, refuse
from painlog.errors import PainlogError

INTERRUPTED = 130


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
