"""Commands: parse, fetch, compute, show. The only place that joins the layers, and the only one that prints errors.

A prompt, TAB and ``--version`` begin here too, so this imports nothing that they can do without.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence


def run() -> None:
    """Run the process's own command line, and end the process.

    In so short a life the collection of garbage would only cost time, and so would the interpreter's tidying up at the
    end: everything written is on disk by then, and every file is closed.
    """
    gc.disable()
    _use_utf8()
    if sys.stderr is None:  # closed by who started it; what is written there must not get among the data
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")  # in a line that is asked for, bytes that are no text
    code = main()
    sys.stderr.flush()
    os._exit(code)


def _use_utf8() -> None:
    """Begin anew in Python's UTF-8 mode where the locale is of another encoding; output stays in that of the locale.

    Else the words of the command line, file names and paths of the settings would be of an encoding that lacks letters.
    """
    if sys.getfilesystemencoding() != "utf-8" and sys.executable and not hasattr(sys, "frozen"):
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606
    if sys._xoptions.get("utf8") and "PYTHONIOENCODING" not in os.environ:
        from locale import getencoding

        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding=getencoding())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code: 0 done, 1 refused, 2 not understood, 130 interrupted."""
    words = sys.argv[1:] if arguments is None else [*arguments]
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = _run(words)
        if sys.stdout:
            sys.stdout.flush()
    except BrokenPipeError:
        return 0
    except OSError as error:
        from painlog.cli.talk import complain
        from painlog.errors import reason

        complain(f"cannot write the output: {reason(error)}; what was recorded before that is safe")
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def _run(words: list[str]) -> int:
    if words == ["--version"] and "_PAINLOG_COMPLETE" not in os.environ:
        from painlog import __version__

        print(f"painlog {__version__}")
        return 0
    from painlog.cli.shell.fast_answers import try_to_answer

    if try_to_answer(words):
        return 0
    from painlog.cli.running import run_line

    return run_line(words)
