"""Handing over a text part by part: to a file, to a pipe as it is, to a terminal made safe."""

import gc
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from painlog.cli.session import Session
from painlog.exchange.files import in_place
from painlog.view.terminal import term


def hand_over(
    session: Session,
    parts: Iterable[str],
    output: Path | None,
    name: str,
    *,
    what: Callable[[], str],
    force: bool,
) -> None:
    """Write a text to ``output`` (named ``name`` in a directory) or print it; ``what`` it was is asked afterwards."""
    if output is not None and output != Path("-"):
        session.hand_over(in_place(output, name), parts, what=what, force=force)
        return
    for part in parts:
        print("\n".join(term(line) for line in part.splitlines()) + "\n" if sys.stdout.isatty() else part, end="")


@contextmanager
def nothing_to_collect() -> Iterator[None]:
    """Do without the garbage collector: rows that come and go make no cycles, and a look for them takes a tenth."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
