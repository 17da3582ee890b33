"""The page's sections laid out in rows for a medium, by the room that it has. It escapes for no medium.

Where there is more than a medium holds, sections lose rows in a fixed order, and a last block says how many.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from painlog.view.page.day_tables import day_rows
from painlog.view.page.sections import Phrase, Phrases, Row, Section
from painlog.view.terminal import columns, fit, wrap_text
from painlog.view.visible import visible


class Room(NamedTuple):
    """What a medium has room for: lines of all sections together, of so many columns each.

    A row takes ``row_lines`` at most, one that the person wrote freely ``free_lines``, a variable's name within it
    ``name_columns``.
    """

    lines: int
    columns: int
    row_lines: int
    free_lines: int
    name_columns: int


class Block(NamedTuple):
    """A section, and those of its rows that there is room for: visible texts, each on one line."""

    section: Section
    rows: tuple[str, ...]


def lay_out(sections: Sequence[Section], room: Room) -> list[Block]:
    """Return the sections as rows, cut to the lines that there are."""
    blocks = [Block(section, _rows(section, room)) for section in sections]
    if sum(map(_length, blocks)) <= room.lines and _height(blocks, room) <= room.lines:
        return blocks
    counts = {block.section.label: min(_length(block), room.lines) for block in blocks}

    def is_over() -> bool:
        return _height([*_shortened(blocks, counts), _left_out(blocks, counts)], room) > room.lines

    for least in (lambda section: max(section.least, 2), lambda section: section.least, lambda _: 1, lambda _: 0):
        for section in (block.section for block in reversed(blocks)):
            while counts[section.label] > least(section) and not section.tables and is_over():
                counts[section.label] -= 1
    return [*(block for block in _shortened(blocks, counts) if block.rows), _left_out(blocks, counts)]


def lines_of(block: Block, room: Room) -> list[str]:
    """A block's lines, a long row on several of them."""
    return [line for row in block.rows for line in fold(row, block.section, room)]


def fold(row: str, section: Section, room: Room) -> Sequence[str]:
    """Break a row of a section into as many lines as it may take, further ones indented; the last one may be cut."""
    return [fit(row, room.columns)] if section.tables else _folded(row, most_lines(section, room), room.columns)


def most_lines(section: Section, room: Room) -> int:
    """Return how many lines a row of a section may take."""
    return room.free_lines if section.is_free else room.row_lines


@lru_cache(1000)  # rows are laid out again for each that is cut
def _folded(row: str, most: int, width: int) -> tuple[str, ...]:
    lines = wrap_text(row, width) or [""]
    if len(lines) > most:
        last = " ".join(line.strip() for line in lines[most - 1 :])
        lines = [*lines[: most - 1], f"  {fit(last, width - 2)}"]
    return tuple(lines)


def _rows(section: Section, room: Room) -> tuple[str, ...]:
    rows, at_end = list(day_rows(section.tables)), list[str]()
    for part in section.parts:
        if isinstance(part, Row):
            rows.append(fit(visible(part.text), room.columns) if part.is_brief else visible(part.text))
        else:
            first, *others = _side_by_side(part, room)
            rows.append(first)
            (at_end if part.is_opening else rows).extend(others)
    return (*rows, *at_end)


def _side_by_side(phrases: Phrases, room: Room) -> Iterator[str]:
    """Phrases in rows that take a line each."""
    row = ""
    for text in (_phrase(phrase, room) for phrase in phrases.items):
        if row and columns(f"{row}; {text}") > room.columns:
            yield row
            row = text
        else:
            row = f"{row}; {text}" if row else text
    yield row


def _phrase(phrase: Phrase, room: Room) -> str:
    return visible(phrase.before) + fit(visible(phrase.name), room.name_columns) + visible(phrase.after)


def _length(block: Block) -> int:
    """How many rows a block would have if there were room for all."""
    return len(block.rows) + block.section.further


def _height(blocks: Iterable[Block], room: Room) -> int:
    return sum(len(lines_of(block, room)) for block in blocks)


def _shortened(blocks: Iterable[Block], counts: Mapping[str, int]) -> Iterator[Block]:
    return (block._replace(rows=block.rows[: counts[block.section.label]]) for block in blocks)


def _left_out(blocks: Sequence[Block], counts: Mapping[str, int]) -> Block:
    """``lines: Pain 1, Notes 3``: what there is no room for."""
    less = [(block.section.label, _length(block) - counts[block.section.label]) for block in blocks]
    return Block(Section("Left out"), (f"lines: {', '.join(f'{label} {count}' for label, count in less if count)}",))
