"""A page of the manual: its Markdown as blocks, and the blocks as lines for a terminal.

It knows as much of Markdown as the manual uses: headings, paragraphs, lists, tables of two columns, blocks of code, and
within a text ``code`` and **strong** words.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from painlog.view.terminal import Styled, columns, pad, styled, wrap_text

CODE, STRONG = "bold cyan", "bold"
MARKED = re.compile(r"`[^`]+`|\*\*[^*]+\*\*")
_ITEM = re.compile(r"(- |\d+\. )(.*)")
_INDENT = "  "
_WIDEST_TERM, _ROOM_FOR_TEXT = 24, 36  # columns: a longer term, or less room beside it, puts its text under it


class Heading(NamedTuple):
    """The title of a page (level 1) or of a part of it (2)."""

    level: int
    text: str


class Paragraph(NamedTuple):
    """A text to be wrapped; ``mark`` is what opens an item of a list."""

    text: str
    mark: str = ""


class Code(NamedTuple):
    """Lines to be left as they are."""

    lines: tuple[str, ...]


class Terms(NamedTuple):
    """The rows of a table: what is explained, and what is said of it."""

    rows: tuple[tuple[str, str], ...]


Block: TypeAlias = Heading | Paragraph | Code | Terms


def parse_manual(text: str) -> list[Block]:
    """Return the blocks of a page."""
    return list(_blocks(text.splitlines()))


def _blocks(lines: list[str]) -> Iterator[Block]:
    place = 0
    while place < len(lines):
        line, start = lines[place], place
        if line.startswith("```"):
            place = lines.index("```", start + 1)
            yield Code(tuple(lines[start + 1 : place]))
        elif line.startswith("#"):
            yield Heading(line.index(" "), line.lstrip("# "))
        elif line.startswith("|"):
            while place + 1 < len(lines) and lines[place + 1].startswith("|"):
                place += 1
            yield Terms(tuple(_cells(row) for row in lines[start + 2 : place + 1]))
        elif line.strip():
            while place + 1 < len(lines) and _goes_on(lines[place + 1]):
                place += 1
            text = " ".join(each.strip() for each in lines[start : place + 1])
            item = _ITEM.match(text)
            yield Paragraph(item[2], item[1]) if item else Paragraph(text)
        place += 1


def _goes_on(line: str) -> bool:
    return bool(line.strip()) and not line.startswith(("#", "|", "```")) and not _ITEM.match(line)


def _cells(row: str) -> tuple[str, str]:
    term, text = (cell.strip() for cell in row.strip("|").split("|"))
    return term, text


def manual_lines(blocks: list[Block], room: int) -> list[str]:
    """Return a page as lines of so many columns, with Markdown's marks of code and strong words."""
    lines: list[str] = []
    before: Block | None = None
    for block in blocks:
        listed = isinstance(block, Paragraph) and isinstance(before, Paragraph) and block.mark and before.mark
        lines += [] if before is None or listed else [""]
        lines += _lines(block, room)
        before = block
    return lines


def _lines(block: Block, room: int) -> list[str]:
    match block:
        case Heading(level, text):
            return wrap_text(f"**{text.upper() if level == 1 else text}**", room)
        case Paragraph(text, mark):
            return wrap_text(f"{mark}{text}", room) if mark else _wrap(text, room)
        case Code(lines):
            return [part for line in lines for part in _indent(_code(line, room - len(_INDENT)))]
        case Terms():
            return _terms(block, room)


def _code(line: str, room: int) -> list[str]:
    return wrap_text(line, room) if columns(line) > room else [line]


def _indent(lines: list[str], indent: str = _INDENT) -> list[str]:
    return [f"{indent}{line}".rstrip() for line in lines]


def _wrap(text: str, room: int) -> list[str]:
    return [line.removeprefix(_INDENT) for line in wrap_text(text, room)]


def _terms(block: Terms, room: int) -> list[str]:
    widest = max(columns(term) for term, _ in block.rows) + 2
    if widest > _WIDEST_TERM or room - widest < _ROOM_FOR_TEXT:
        return [
            line
            for term, text in block.rows
            for line in (*_indent(wrap_text(term, room - 2)), *_indent(_wrap(text, room - 6), " " * 6))
        ]
    lines = []
    for term, text in block.rows:
        first, *others = _wrap(text, room - widest - 2) or [""]
        lines += [f"{_INDENT}{pad(term, widest)}{first}".rstrip(), *_indent(others, " " * (widest + 2))]
    return lines


def plain_manual(lines: list[str]) -> list[str]:
    """Return the same lines with the marks of code alone."""
    return [line.replace("**", "") for line in lines]


def style_manual(lines: list[str]) -> list[Styled]:
    """Return the same lines with styles in the place of marks."""
    whole, place, text = styled(), 0, "\n".join(lines)
    for found in MARKED.finditer(text):
        mark = 1 if found[0].startswith("`") else 2
        whole.append(text[place : found.start()])
        whole.append(found[0][mark:-mark], CODE if mark == 1 else STRONG)
        place = found.end()
    whole.append(text[place:])
    return list(whole.split("\n", allow_blank=True))
