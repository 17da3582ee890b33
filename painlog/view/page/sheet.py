"""What a printed sheet has room for: which rows of the page are left out in print, and what is said of them.

A sheet is reckoned in lines of the two columns at its foot, by heights in millimetres that hold for the widest of
common fonts, and for Letter, the shorter one, where nobody knows the paper. A row that is never cut takes the room that
it needs, if need be on a second sheet.
"""

from bisect import insort
from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from painlog.analysis.report.change import NO_IMPORTANT_CHANGE
from painlog.analysis.report.page import Page
from painlog.view.page.layout import Block, Line, Room, fold, left_out, next_cut, rows_of
from painlog.view.page.parts import Section
from painlog.view.page.sections import ASKED, DAYS_SECTION, EVENTS, MEASURES, RECORD, TALK, WHERE
from painlog.view.page.words import TITLE, period_words, person_words
from painlog.view.pictures.axis import Panel

Place = tuple[str, int, int]
LETTER = 279.4  # mm of a sheet's height
LINE = 3.53  # mm of a line of the columns
_MARGINS = 16
_TITLE, _HEADER_LINE, _TALK_HEAD, _TALK_ROW, _TALK_LINE, _ASK_HEAD, _ASK_LINE = 5.5, 3.6, 5.5, 1.5, 3.95, 4.8, 4.1
_TILES, _DAYS_HEAD, _GAP, _FOOT = 16.5, 5, 2, 5
_TALK_COLUMNS, _ASK_COLUMNS, _WIDE_COLUMNS, _COLUMNS = 66, 33, 115, 60  # letters of a line
_PIXEL = 0.2646
_PANEL_HEIGHTS = {"dates": 15, "lane": 14, "form": 41, "nights": 67, "hours": 47, "events": 16}
_PAIN, _OTHER = 83, 45
_BODY_LINES = 11.5
_SECTION_LINES, _ROW_LINES, _WORDY_ROW = 1.55, 1.06, 2.7
_UNEVEN = 4  # lines that two columns are apart at the most
_LINES_OF_A_SHEET = 130
_ON_TILES = 3  # the last row that is on a tile, at the most
_LONGEST_TITLE = 52  # letters beside the name of whom it is for


_ALL = Room(999, None, None, 24)
_FLOW = _ALL._replace(columns=_COLUMNS)


class Lines(NamedTuple):
    """Lines of both columns together: those that a first sheet has, and those that are never cut."""

    sheet: int
    kept: int

    @property
    def least(self) -> int:
        """What is shown at least: all of another sheet too, where what is never cut takes one."""
        return self.sheet + _LINES_OF_A_SHEET * max(0, ceil((self.kept - self.sheet) / _LINES_OF_A_SHEET))


def reckon_lines(page: Page, found: Sequence[Section], panels: Sequence[Panel], height: float = LETTER) -> Lines:
    """Return the lines that there are on a sheet so high, in millimetres."""
    kept = [block._replace(rows=tuple(line for line in block.rows if line.keep)) for block in _list_flowing(found)]
    return Lines(_lines(page, found, panels, height), _height(kept, page))


def choose_rows(page: Page, found: Sequence[Section], budget: int) -> tuple[frozenset[Place], str]:
    """Return the places of rows that so many lines have no room for, as (section, part, row), and their names."""
    blocks = _list_flowing(found)
    shown = _fill(blocks, page, budget)
    named = [
        block._replace(rows=tuple(line for line in block.rows if not _is_on_tile(line, block))) for block in blocks
    ]
    words = "".join(line.text for block in left_out(named, shown, _FLOW) for line in block.rows)
    return frozenset(_find_gone(blocks, shown)), words


def _fill(blocks: Sequence[Block], page: Page, budget: int) -> list[Block]:
    """Cut rows until the others fit; then take back, the last cut first, what there is still room for."""
    heights = [[_line_height(line, block.section) for line in block.rows] for block in blocks]

    def total() -> int:
        return _total(blocks, [[sizes[i] for i in rows] for sizes, rows in zip(heights, places, strict=True)], page)

    shown, places = list(blocks), [list(range(len(block.rows))) for block in blocks]
    cut: list[tuple[int, int]] = []
    while total() > budget and (place := next_cut(shown)):
        index, row = place
        cut.append((index, places[index].pop(row)))
        shown[index] = _with_rows(blocks[index], places[index])
    for index, row in reversed(cut):
        insort(places[index], row)
        if total() > budget:
            places[index].remove(row)
    return [_with_rows(block, rows) for block, rows in zip(blocks, places, strict=True)]


def _with_rows(block: Block, places: Sequence[int]) -> Block:
    return block._replace(rows=tuple(block.rows[place] for place in places))


def _list_flowing(found: Sequence[Section]) -> list[Block]:
    """What stands in the two columns."""
    apart = (TALK, *ASKED, RECORD, EVENTS)
    flowing = [s for s in found if s.label not in apart and not s.label.startswith(DAYS_SECTION)]
    return [Block(section, _without_tiles(rows_of(section, _FLOW), section)) for section in flowing]


def _is_on_tile(line: Line, block: Block) -> bool:
    return block.section.label == MEASURES and line.is_row and not line.keep and line.place[1] <= _ON_TILES


def _without_tiles(rows: Sequence[Line], section: Section) -> tuple[Line, ...]:
    """A measure that a tile shows may go from the table."""
    if section.label != MEASURES:
        return tuple(rows)
    return tuple(line._replace(keep=line.is_whole or (line.keep and line.place[1] > _ON_TILES)) for line in rows)


def _find_gone(blocks: Sequence[Block], shown: Sequence[Block]) -> set[Place]:
    return {
        (block.section.label, *line.place)
        for block, rest in zip(blocks, shown, strict=True)
        for line in block.rows
        if line not in rest.rows and not any(one.place == line.place for one in rest.rows)
    }


def _lines(page: Page, found: Sequence[Section], panels: Sequence[Panel], height: float) -> int:
    """Lines of both columns together that are left under the head, the tiles and the panels."""
    by_label = {section.label: section for section in found}
    talk = _count_lines(by_label.get(TALK), _TALK_COLUMNS)
    asked = [_count_lines(by_label[label], _ASK_COLUMNS) for label in ASKED if label in by_label]
    top = max(
        _TALK_HEAD + _TALK_LINE * sum(talk) + _TALK_ROW * len(talk),
        sum(_ASK_HEAD + _ASK_LINE * sum(rows) for rows in asked),
    )
    header = _TITLE * (1 + (len(period_words(page)) > _LONGEST_TITLE - len(TITLE)))
    header += _HEADER_LINE * (1 + bool(person_words(page)))
    heights = (_PAIN if panel.name == "pain" else _PANEL_HEIGHTS.get(panel.sort, _OTHER) for panel in panels)
    drawn = _PIXEL * sum(heights) + (_DAYS_HEAD + _GAP if panels else 0)
    events = by_label.get(EVENTS)
    drawn += LINE * ceil(sum(len(row.text) + 4 for row in rows_of(events, _ALL)) / _WIDE_COLUMNS) if events else 0
    left = height - _MARGINS - header - top - _TILES - drawn - _FOOT - 3 * _GAP - 2 * LINE
    return max(0, int(2 * left / LINE) - _UNEVEN)


def _count_lines(section: Section | None, columns: int) -> list[int]:
    """How many lines each row of a section takes."""
    if section is None:
        return []
    room = _ALL._replace(columns=columns)
    return [len(fold(line, section, room)) for line in rows_of(section, room)]


def _height(blocks: Sequence[Block], page: Page) -> int:
    return _total(blocks, [[_line_height(line, block.section) for line in block.rows] for block in blocks], page)


def _total(blocks: Sequence[Block], heights: Sequence[Sequence[float]], page: Page) -> int:
    """Lines of the blocks, each with its heading; a body's picture stands beside the list of its places."""
    total = 0.0
    for block, lines in zip(blocks, heights, strict=True):
        if lines:
            has_body = block.section.label == WHERE and page.body and page.body.shown
            total += _SECTION_LINES + (max(sum(lines), _BODY_LINES) if has_body else sum(lines))
    return ceil(total)


def _line_height(line: Line, section: Section) -> float:
    if line.is_whole or line.is_row:
        return _ROW_LINES * (_WORDY_ROW if NO_IMPORTANT_CHANGE in line.text else 1)
    return len(fold(line, section, _FLOW))
