"""The way out to a terminal: the one function that makes a text safe there, what measures it, and the console.

Whatever came from a person or a file passes through ``term``. The one module that knows rich.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, TextIO, TypeAlias

from painlog.view.visible import visible

if TYPE_CHECKING:
    import re

    from rich.console import Console
    from rich.text import Text

Styled: TypeAlias = "Text"
TextLine: TypeAlias = "Text | str"
PAGE_WIDTH = 80
MOST_WIDTH = 100  # longer lines are hard to read
WORTH_A_BAR = 2_000  # steps
_EVERY = 200
_MARKS_FROM = "\u0300"  # each character before it takes one column


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
    return (_size("COLUMNS", 0, stream) or PAGE_WIDTH) if _is_terminal(stream) else PAGE_WIDTH


def _size(name: str, place: int, stream: TextIO | None = None) -> int:
    """A size of the terminal that a stream goes to, as the environment says it, else as it is; 0 if unknown."""
    said = os.environ.get(name, "")
    if said.isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size((stream or sys.stdout).fileno())[place]
    except (OSError, ValueError):
        return 0


def _is_terminal(stream: TextIO | None = None) -> bool:
    """Whether a stream, standard output if none is named, goes to a terminal."""
    out = stream or sys.stdout
    return out is not None and out.isatty()  # None: it is closed


def line_room(stream: TextIO | None = None) -> int:
    """Columns that a line may take on a stream, standard output if none is named; the page's at most."""
    return min(width(stream), PAGE_WIDTH)


def text_room() -> int:
    """Columns that a text on standard output may take: those of the terminal; without one it stays on one line."""
    return width() if _is_terminal() else sys.maxsize


def height() -> int | None:
    """Rows of the terminal; None where the output is not one, or one that does not say them, as a recorder's."""
    return (_size("LINES", 1) or None) if _is_terminal() else None


def columns(text: str) -> int:
    """Columns of the terminal that a text takes, wide characters counted as two."""
    if all(character < _MARKS_FROM for character in text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def fit(text: str, room: int) -> str:
    """Cut a text to so many terminal columns, with an ellipsis, wide characters counted as two."""
    if columns(text) <= room:
        return text
    from rich.cells import set_cell_size

    return set_cell_size(text, room - 1).rstrip() + "…"


def wrap_text(text: str, room: int, first: str = "", later: str = "  ") -> list[str]:
    """Break a text that is safe already into lines of at most so many columns, ``later`` before further ones.

    Between words, or within one that is longer than a line; a path stays whole, so that it can be copied.
    """
    whole = f"{first}{text.rstrip()}"
    if text.isprintable() and columns(whole) <= room:
        return [whole] if text.strip() else []
    if text.isascii() and all(len(word) + len(later) <= room for word in text.split()):
        import textwrap

        return textwrap.wrap(text, room, initial_indent=first, subsequent_indent=later, break_on_hyphens=False)
    lines: list[str] = []
    line, is_begun = first + text[: len(text) - len(text.lstrip())], False
    for blank, word in _atoms().findall(text):
        joined = f"{line}{blank if is_begun else ''}{word}"
        if columns(joined) > room and is_begun:
            lines.append(line)
            joined = f"{later}{word}"
        *full, line = [joined] if _is_path(word) else _chop(joined, room, later)
        lines += full
        is_begun = True
    return [*lines, line] if is_begun else lines


@cache
def _atoms() -> re.Pattern[str]:
    """What a line is not broken within: a word, or a character of a script that is written without blanks."""
    import re

    wide = "\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\U00020000-\U0003fffd"
    return re.compile(rf"(\s*)([^\s{wide}]+|[{wide}][^\w\s]*)")


def _chop(line: str, room: int, later: str) -> list[str]:
    """Cut a line at its columns."""
    if columns(line) <= room:
        return [line]
    parts, start, used = [], 0, 0
    for i, character in enumerate(line):
        wide = columns(character)
        if used + wide > room and i > start:
            parts.append(line[start:i])
            start, used = i, len(later)
        used += wide
    parts.append(line[start:])
    return [parts[0], *(f"{later}{part}" for part in parts[1:])]


def _is_path(word: str) -> bool:
    return "/" in word or "\\" in word


def narrow(text: str, stream: TextIO | None = None) -> str:
    """Break lines that are wider than the terminal between words; without a terminal a text stays as it is.

    So does a line to be run, which can be copied whole then.
    """
    if not _is_terminal(stream):
        return text
    room = width(stream)
    lines = (
        [line] if columns(line) <= room or _is_to_run(line) else _break_line(line, room) for line in text.split("\n")
    )
    return "\n".join(part for parts in lines for part in parts)


def _is_to_run(line: str) -> bool:
    """Whether a line is a command, indented or behind a word: ``undo: painlog undo``."""
    before, name, _ = line.partition("painlog ")
    return bool(name and before) and (before.isspace() or (before.endswith(": ") and before[:-2].isalpha()))


def _break_line(line: str, room: int) -> list[str]:
    """A line too wide, in parts with its indent: a column apart first, then between words."""
    import re

    indent = " " * min(len(line) - len(line.lstrip()), room // 3)
    parts = re.split(r" {2,}", line.strip())
    starts = [indent, *[f"{indent}    "] * (len(parts) - 1)]
    return [
        each for part, start in zip(parts, starts, strict=True) for each in wrap_text(part, room, start, f"{start}  ")
    ]


def times(count: int, one: str, several: str = "") -> str:
    """``1 dose``, ``3 doses``."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


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
