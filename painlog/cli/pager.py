"""Shows what is longer than the screen through the person's own pager."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence

from painlog.view.terminal import TextLine, as_text, height, show

_USUAL, _OPTIONS = "less", "FRX"  # quits where all fits, keeps colours, leaves the text on the screen


def show_paged(lines: Sequence[TextLine], *, plain: bool) -> None:
    """Print lines: on a terminal that they are too long for, through ``$PAGER``, else ``less`` where it is there.

    A terminal that takes no more than text has none: a pager would only wait there.
    """
    rows = height()
    if (
        rows is None
        or len(lines) < rows
        or os.environ.get("TERM") == "dumb"
        or not _run_pager(as_text(lines, plain=plain))
    ):
        show(lines, plain=plain)


def _run_pager(text: str) -> bool:
    """Hand a text to the pager and wait until the person leaves it; return whether there is one."""
    surroundings = {"LESS": _OPTIONS} | os.environ
    try:
        words = shlex.split(os.environ.get("PAGER", shutil.which(_USUAL) or ""))
        if not words or not shutil.which(words[0]):
            return False
        process = subprocess.Popen(words, stdin=subprocess.PIPE, env=surroundings, text=True, errors="replace")  # noqa: S603
    except (OSError, ValueError):  # the latter of a quotation mark that is open
        return False
    _feed(process, text)
    while True:
        try:
            process.wait()
        except KeyboardInterrupt:  # meant for the pager, which goes on
            continue
        return True


def _feed(process: subprocess.Popen[str], text: str) -> None:
    pipe = process.stdin
    if pipe is None:
        return
    try:
        with pipe:
            pipe.write(text)
    except (OSError, KeyboardInterrupt):
        return  # left before its end
