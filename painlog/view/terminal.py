"""The way out to a terminal: the one function that makes a text safe there, what measures it, and the console.

Whatever came from a person or a file passes through ``term``. The one module that knows rich.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO, TypeAlias

from painlog.view.visible import visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Styled: TypeAlias = "Text"
TextLine: TypeAlias = "Text | str"
PAGE_WIDTH = 80
MOST_WIDTH = 100  # longer lines are hard to read
WORTH_A_BAR = 2_000  # steps
_EVERY = 200
_WIDE_FROM = "\u1100"  # no character before it takes two columns


def term(text: str) -> str:
    """Make a text safe for one line of a terminal, where nothing but what is hidden does harm."""
    return visible(text)


def console(*, plain: bool, stderr: bool = False) -> Console:
    """Return a console that takes texts as they are: no markup, no highlighting, no emoji codes, no wrapping."""
    from rich.console import Console

    colour = None if plain else "auto"
    return Console(
        color_system=colour,  # type: ignore[arg-type]
        markup=False,
        highlight=False,
        emoji=False,
        soft_wrap=True,
        stderr=stderr,
        no_color=plain or None,
    )


def width(stream: TextIO | None = None) -> int:
    """Columns of the terminal that a stream goes to, standard output if none is named; else ``PAGE_WIDTH``."""
    out = stream or sys.stdout
    if out is None or not out.isatty():  # None: it is closed
        return PAGE_WIDTH
    import shutil

    return shutil.get_terminal_size((PAGE_WIDTH, 24)).columns


def line_room() -> int:
    """Columns that a line on standard output may take: those of the terminal, the page's at most."""
    return min(width(), PAGE_WIDTH)


def height() -> int | None:
    """Rows of the terminal; None where the output is not one."""
    import shutil

    return shutil.get_terminal_size((PAGE_WIDTH, 24)).lines if sys.stdout.isatty() else None


def columns(text: str) -> int:
    """Columns of the terminal that a text takes, wide characters counted as two."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def fit(text: str, room: int) -> str:
    """Cut a text to so many terminal columns, with an ellipsis, wide characters counted as two."""
    if columns(text) <= room:
        return text
    from rich.cells import set_cell_size

    return set_cell_size(text, room - 1).rstrip() + "…"


def wrap_text(text: str, room: int) -> list[str]:
    """Break a text that is safe already into lines of at most so many columns, further ones indented."""
    import textwrap

    if all(character < _WIDE_FROM for character in text):
        return textwrap.wrap(text, room, subsequent_indent="  ")
    lines: list[str] = []
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and columns(joined) <= room:
            lines[-1] = joined
        else:
            lines.append(f"  {word}" if lines else word)
    return [fit(line, room) for line in lines]


def narrow(text: str, stream: TextIO | None = None) -> str:
    """Break lines that are wider than the terminal between words; without a terminal a text stays as it is.

    So does a line with a path or the like that takes up half the width, and can be copied whole then.
    """
    if not (stream or sys.stdout).isatty():
        return text
    room = width(stream)
    lines = (_broken(line, room) if _is_breakable(line, room) else [line] for line in text.split("\n"))
    return "\n".join(part for parts in lines for part in parts)


def _is_breakable(line: str, room: int) -> bool:
    return columns(line) > room and all(columns(word) <= room // 2 for word in line.split())


def _broken(line: str, room: int) -> list[str]:
    """A line too wide, in parts with its indent: a column apart first, then between words."""
    import re
    import textwrap

    indent = " " * min(len(line) - len(line.lstrip()), room // 3)
    parts = re.split(r" {2,}", line.strip())
    starts = [indent, *[f"{indent}    "] * (len(parts) - 1)]
    return [
        each
        for part, start in zip(parts, starts, strict=True)
        for each in textwrap.wrap(
            part, room, initial_indent=start, subsequent_indent=f"{start}  ", break_on_hyphens=False
        )
    ]


def times(count: int, one: str, several: str = "") -> str:
    """``1 dose``, ``3 doses``."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def join_names(names: Sequence[str]) -> str:
    """``pain``, ``pain and mood``, ``pain, mood and sleep``."""
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def styled(text: str = "", style: str = "") -> Styled:
    """A text in a style such as ``bold`` or ``dim``."""
    from rich.text import Text

    return Text(text, style)


def assemble(*parts: str | tuple[str, str] | Text) -> Styled:
    """A line of parts, some of them with a style."""
    from rich.text import Text

    return Text.assemble(*parts)


def from_ansi(text: str) -> Styled:
    """A line whose colours are ANSI's sequences."""
    from rich.text import Text

    return Text.from_ansi(text)


def bold(text: str) -> Styled:
    """A line in bold type."""
    return styled(text, "bold")


def pad(text: str, room: int) -> str:
    """Fit a text and fill it up with spaces to so many terminal columns."""
    fitted = fit(text, room)
    return fitted + " " * (room - columns(fitted))


@contextmanager
def progress(what: str, total: int, *, plain: bool) -> Iterator[Callable[[], None]]:
    """Show a bar on standard error, for what takes a while and where a person watches: call what is given each step."""
    if total < WORTH_A_BAR or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.progress import Progress

    done = 0
    with Progress(console=console(plain=plain, stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)

        def step() -> None:
            nonlocal done
            done += 1
            if done % _EVERY == 0 or done == total:
                bar.update(task, completed=done)

        yield step


def is_styled(*, plain: bool) -> bool:
    """Whether standard output takes styles, such as bold type."""
    return console(plain=plain).color_system is not None


def as_text(lines: Iterable[TextLine], *, plain: bool) -> str:
    """Return lines as the terminal would be sent them."""
    target = console(plain=plain)
    if target.color_system is None:  # nothing to style, and many lines are quicker as one text
        return "".join(f"{line}\n" for line in lines)
    with target.capture() as captured:
        for line in lines:
            target.print(line)
    return captured.get()


def show(lines: Iterable[TextLine], *, plain: bool) -> None:
    """Print lines to standard output, those of plain text within the width of the terminal."""
    lines = (narrow(line) if isinstance(line, str) else line for line in lines)
    target = console(plain=plain)
    if target.color_system is None:
        target.file.write(as_text(lines, plain=plain))
        return
    for line in lines:
        target.print(line)
