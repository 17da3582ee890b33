"""Commands: parse, fetch, compute, show. The only place that joins the layers, and the only one that prints errors."""

import gc
import os
import re
import sys
from collections.abc import Sequence
from typing import Any

from painlog.errors import BadLines, PainlogError, reason
from painlog.view.terminal import term, width, wrapped

MOST_PROBLEMS = 20
INTERRUPTED = 130
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


def run() -> int:
    """Run the process's own command line. Garbage collection would only cost time in so short a life."""
    gc.disable()
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")  # bytes that are no text in a line that is asked for
    code = main()
    gc.freeze()
    return code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code: 0 done, 1 refused, 2 not understood, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = _run(arguments)
        if sys.stdout:
            sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        return 0
    except OSError as error:
        _say(f"cannot write the output: {reason(error)}; what was recorded before that is safe")
        _drop_output()
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _drop_output() -> None:
    """Send what is still to be written nowhere, so that the interpreter's own last flush is quiet."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: Sequence[str] | None) -> int:
    import typer

    from painlog.cli.app import app

    try:
        return app(args=arguments, prog_name="painlog", standalone_mode=False) or 0
    except PainlogError as error:
        return _refuse(error)
    except typer.TyperException as error:
        _say(_in_our_words(error))
        return error.exit_code
    except typer.Abort:
        return INTERRUPTED
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):  # Typer leaves when the reader of a pipe has left
            return 0
        return int(stop.code or 0)
    except (OSError, KeyboardInterrupt):
        raise
    except Exception as error:
        if os.environ.get("PAINLOG_DEBUG"):
            raise
        _say(f"something went wrong inside painlog ({type(error).__name__}); PAINLOG_DEBUG=1 shows where")
        return 1


def _in_our_words(error: Any) -> str:
    """Say what Typer refuses as painlog says it; as Typer does, where that is something else."""
    from painlog.domain.near import near

    ctx = getattr(error, "ctx", None)
    command, said = ctx.command_path if ctx else "painlog", str(error.format_message())
    for sentence, ours in _IN_OUR_WORDS:
        if found := re.fullmatch(sentence, said, re.DOTALL):
            about, *meant = (group.strip() for group in found.groups())
            nearest = [", ".join(near(about, each.replace("'", "").split(", "), most=1) or [each]) for each in meant]
            return ours.format(about, *nearest, command=command)
    return said


def _refuse(error: PainlogError) -> int:
    _say(str(error))
    if isinstance(error, BadLines):
        for number, reason in error.problems[:MOST_PROBLEMS]:
            _say(f"line {number}: {reason}", name="")
        if (more := len(error.problems) - MOST_PROBLEMS) > 0:
            _say(f"and {more:,} more", name="")
    return error.exit_code


def _say(message: str, name: str = "painlog: ") -> None:
    if len(message) > LONGEST:
        message = f"{message[:LONGEST]}…"
    text = f"{name}{term(message)}"
    print("\n".join(wrapped(text, width(sys.stderr))) if sys.stderr.isatty() else text, file=sys.stderr)
