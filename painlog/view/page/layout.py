"""The page's sections laid out in rows for a medium, by the columns that it has. It escapes for no medium.

Where there is more than a printed sheet holds, rows that may be cut go in a fixed order: of the section of the lowest
rank first, the last row first. A last block names what is left out. Rows that are to be kept stay, however many they
are.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from painlog.view.page.day_tables import digit_lines, table_lines
from painlog.view.page.parts import Grid, GridRow, Phrase, Phrases, Row, Section
from painlog.view.terminal import columns, fit, wrap_text
from painlog.view.visible import visible

LEFT_OUT = "Left out"
MOST_NAMED = 12
_LEAST_NAME, _MOST_WORDS = 11, 15  # columns


class Room(NamedTuple):
    """What a medium has room for: lines of so many columns.

    A row takes ``row_lines`` at most, one that the person wrote freely ``free_lines``, None for any number; a
    variable's name within it takes ``name_columns``. A row that stands beside its label has the ``label`` columns less.
    """

    columns: int
    row_lines: int | None
    free_lines: int | None
    name_columns: int
    label: int = 0


class Line(NamedTuple):
    """A row laid out: a visible text on one line, whether to keep it, and what it is called where it is left out.

    A whole one is never broken. ``place`` is the number of its part and its row there; ``is_row`` is true of figures.
    """

    text: str
    keep: bool = False
    name: str = ""
    is_whole: bool = False
    place: tuple[int, int] = (0, 0)
    is_row: bool = False


class Block(NamedTuple):
    """A section, and those of its rows that there is room for."""

    section: Section
    rows: tuple[Line, ...]


def is_wide(section: Section) -> bool:
    """Whether what stands in it takes the whole width, under its label."""
    return (
        section.is_wide
        or bool(section.tables or section.digits)
        or any(isinstance(part, Grid) for part in section.parts)
    )


def has_own_line(section: Section, room: Room) -> bool:
    """Whether its label stands alone on a line."""
    return not section.digits and (is_wide(section) or columns(section.label) >= room.label)


def lay_out(sections: Sequence[Section], room: Room) -> list[Block]:
    """Return the sections as rows, and how many notes are more than one would read through."""
    blocks = [Block(section, rows_of(section, room)) for section in sections]
    return [*blocks, *left_out(blocks, blocks, room)]


def _is_head(line: Line) -> bool:
    """Whether it heads columns, and says nothing where no row is left under it."""
    return line.is_whole and line.is_row


def lines_of(block: Block, room: Room) -> list[str]:
    """A block's lines, a long row on several of them."""
    width = _width(block.section, room)
    return [line for row in block.rows for line in _fold(row, block.section, room, width)]


def fold(row: Line, section: Section, room: Room) -> Sequence[str]:
    """Break a row of a section into as many lines as it may take, further ones indented; the last one may be cut."""
    return _fold(row, section, room, _width(section, room))


def _width(section: Section, room: Room) -> int:
    """Columns of a section's lines."""
    return room.columns if is_wide(section) else room.columns - room.label


def _fold(row: Line, section: Section, room: Room, width: int) -> Sequence[str]:
    if row.is_whole or "\n" in row.text:
        return [fit(line, room.columns) for line in row.text.split("\n")]
    most = room.free_lines if section.is_free else room.row_lines
    return _fold_text(row.text, None if row.keep else most, width)


@lru_cache(1000)  # the rows of a sheet are laid out again and again until they fit
def _fold_text(row: str, most: int | None, width: int) -> tuple[str, ...]:
    lines = wrap_text(row, width) or [""]
    if most is not None and len(lines) > most:
        last = " ".join(line.strip() for line in lines[most - 1 :])
        lines = [*lines[: most - 1], f"  {fit(last, width - 2)}"]
    return tuple(lines)


def rows_of(section: Section, room: Room) -> tuple[Line, ...]:
    """Return all rows of a section, cut to no number of lines."""
    found: list[Line] = []
    if section.digits:
        lines = digit_lines(section.digits, room.columns, section.label)
        found += [Line(text, is_head, is_whole=is_whole, is_row=is_head) for text, is_head, is_whole in lines]
    else:
        texts = table_lines(section.tables, room.columns)
        found += [Line(text, i == 0, is_whole=True, is_row=is_head) for i, (text, is_head) in enumerate(texts)]
    for number, part in enumerate(section.parts):
        if isinstance(part, Row):
            text = visible(f"{part.head}  {part.text}" if part.head else part.text)
            name = part.name or (visible(part.text.split(": ")[0]) if not section.is_free else "")
            found.append(Line(text, part.keep, name, place=(number, 0)))
        elif isinstance(part, Grid):
            found += (line._replace(place=(number, line.place[1]), is_row=True) for line in _grid_lines(part, room))
        else:
            found += [Line(text, part.keep, place=(number, 0)) for text in _side_by_side(part, section, room)]
    return tuple(found)


def _grid_lines(grid: Grid, room: Room) -> Iterator[Line]:
    """Figures in columns, heads above them; where they are wider than the room, a row is a sentence of its figures."""
    names = [fit(visible(row.cells[0]), room.name_columns) for row in grid.rows]
    picks = [range(len(grid.heads)), [i for i in range(len(grid.heads)) if i not in grid.spare]]
    for pick, gap in ((pick, gap) for pick in picks for gap in (2, 1)):
        cells = [
            [name, *(visible(row.cells[i]) for i in pick if i)] for name, row in zip(names, grid.rows, strict=True)
        ]
        heads = [grid.heads[i].split(" ") for i in pick]
        wordy = frozenset(i for i, place in enumerate(pick) if place in grid.words)
        stacked = [
            [_stack(cell.split(" "), _MOST_WORDS) if i in wordy else [cell] for i, cell in enumerate(row)]
            for row in cells
        ]
        widths = [
            max(columns(text) for text in (*words, *(line for lines in column for line in lines)))
            for *column, words in zip(*stacked, heads, strict=True)
        ]
        widths[0] = max(widths[0], _LEAST_NAME)
        if sum(widths) + gap * (len(widths) - 1) <= room.columns:
            yield from _lay_columns(grid, stacked, (heads, widths), (wordy, gap))
            return
    for i, (row, name) in enumerate(zip(grid.rows, names, strict=True)):
        yield Line(visible(_sentence(grid, row)), row.keep, name, place=(0, i))


def _lay_columns(
    grid: Grid,
    cells: Sequence[Sequence[Sequence[str]]],
    sizes: tuple[Sequence[Sequence[str]], Sequence[int]],
    how: tuple[frozenset[int], int],
) -> Iterator[Line]:
    heads, widths = sizes
    stacked = [_stack(words, width) for words, width in zip(heads, widths, strict=True)]
    depth = max(map(len, stacked))
    for level in range(depth):
        texts = [lines[level - depth + len(lines)] if level >= depth - len(lines) else "" for lines in stacked]
        yield Line(_align(texts, widths, *how), keep=True, is_whole=True)
    for i, (row, stacked_cells) in enumerate(zip(grid.rows, cells, strict=True)):
        lines = [_align(texts, widths, *how) for texts in zip_longest(*stacked_cells, fillvalue="")]
        yield Line("\n".join(lines), row.keep, stacked_cells[0][0], place=(0, i))


def _stack(words: Sequence[str], width: int) -> list[str]:
    """A head's words in lines of so many columns."""
    lines: list[str] = []
    for word in words:
        if lines and columns(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def _align(texts: Sequence[str], widths: Sequence[int], words: frozenset[int], gap: int) -> str:
    parts = []
    for i, (text, width) in enumerate(zip(texts, widths, strict=True)):
        space = " " * (width - columns(text))
        parts.append(text + space if i == 0 or i in words else space + text)
    return (" " * gap).join(parts).rstrip()


def _sentence(grid: Grid, row: GridRow) -> str:
    heads = (head.replace(",", " or") for head in grid.heads[1:])
    parts = [f"{head} {cell}" for head, cell in zip(heads, row.cells[1:], strict=True) if cell]
    return f"{row.cells[0]}: {', '.join(parts)}"


def _side_by_side(phrases: Phrases, section: Section, room: Room) -> Iterator[str]:
    """Phrases in rows that take a line each."""
    row = ""
    width = _width(section, room)
    for text in (_phrase(phrase, room) for phrase in phrases.items):
        if row and columns(f"{row}; {text}") > width:
            yield row
            row = text
        else:
            row = f"{row}; {text}" if row else text
    yield row


def _phrase(phrase: Phrase, room: Room) -> str:
    return visible(phrase.before) + fit(visible(phrase.name), room.name_columns) + visible(phrase.after)


def next_cut(blocks: Sequence[Block]) -> tuple[int, int] | None:
    """The block and the row that goes next: of the lowest rank the last one, those beyond a section's least first."""
    best: tuple[tuple[bool, int, int], int, int] | None = None
    for index, block in enumerate(blocks):
        free = [i for i, line in enumerate(block.rows) if not line.keep]
        if free:
            within = len(block.rows) <= block.section.least
            order = (within, block.section.rank, -index)
            if best is None or order < best[0]:
                best = order, index, free[-1]
    return best[1:] if best else None


def left_out(blocks: Sequence[Block], shown: Sequence[Block], room: Room) -> list[Block]:
    """What there is no room for, each by what it is: ``2 notes, worry, physio``."""
    names: list[str] = []
    counts: list[str] = []
    for block, rest in zip(blocks, shown, strict=True):
        gone = (
            [line for line in block.rows if line not in rest.rows and not _is_head(line)] if block is not rest else []
        )
        is_counted = block.section.is_counted
        named_rows = (line for line in gone if not (is_counted and line.is_row))
        called = [line.name for line in named_rows if line.name and not block.section.is_free]
        others = len(gone) - len(called) + block.section.further
        names += called
        if others:
            one = block.section.one
            counts.append(f"{others:,} {one if others == 1 else _several(one)}")
    if not (names or counts):
        return []
    named = [fit(name, room.name_columns) for name in names[:MOST_NAMED]]
    more = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
    how = "painlog report --full shows all"
    return [Block(Section(LEFT_OUT), (Line(f"{', '.join([*counts, *named, *more])} ({how})", keep=True),))]


def _several(one: str) -> str:
    first, *rest = one.split(" ")
    return " ".join([f"{first}s", *rest])
