"""A progress bar on standard error, for what takes a while and only where a person watches."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from painlog.view.terminal import progress_bar

WORTH_A_BAR = 2_000
_EVERY = 200


@contextmanager
def progress(what: str, total: int, *, plain: bool) -> Iterator[Callable[[], None]]:
    """Give a function to call once for each of ``total`` steps."""
    if total < WORTH_A_BAR or not sys.stderr.isatty():
        yield lambda: None
        return
    done = 0
    with progress_bar(plain=plain) as bar:
        task = bar.add_task(what, total=total)

        def step() -> None:
            nonlocal done
            done += 1
            if done % _EVERY == 0 or done == total:
                bar.update(task, completed=done)

        yield step
