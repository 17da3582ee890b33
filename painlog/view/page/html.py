"""The page as self-contained HTML, which fits on one sheet of A4 or Letter when it is printed.

The document runs nothing and asks for nothing: no script, no font, no picture from elsewhere, and a policy that forbids
them. Every text is made visible and passes through Jinja's autoescape in the template, and nowhere else.
"""

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from painlog.analysis.report.page import Page
from painlog.view.body_words import OWN_SIDES
from painlog.view.page.layout import Block, Room, lay_out, most_lines
from painlog.view.page.sections import CAUTION, legend, period_words, sections
from painlog.view.pictures.body import body_svg
from painlog.view.pictures.chart import caption, chart_of, chart_svg
from painlog.view.terminal import columns, fit, times, wrap_text
from painlog.view.values import ABSENT
from painlog.view.visible import visible

if TYPE_CHECKING:
    from jinja2 import Template

SHEET = Room(lines=33, columns=71, row_lines=4, free_lines=2, name_columns=24)  # what a printed sheet holds for sure
_LINE = 46  # widths of a capital M that a printed line has room for, with some to spare
_LONGEST_WORD = 40  # the same; a longer one would leave most of a line empty
_LONGEST_NAME = 40  # columns of the name in the heading
_BEFORE_PICTURES = ("To ask", "Answered", "Agreed", "Goals", "Matters", "Record", "Pain")
_NUMBERED = "Plan"
_LETTER = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_FROM_RIGHT = re.compile(f"{_LETTER}+(?:[ ]+{_LETTER}+)*")


class Picture(NamedTuple):
    """A picture, as markup, and the words under it."""

    name: str
    svg: str
    caption: str


def page_html(page: Page) -> str:
    """Return the page as one HTML document."""
    blocks = [block._replace(rows=_rows(block)) for block in lay_out(sections(page), SHEET)]
    before = (*_BEFORE_PICTURES, *(("Function", "Well") if page.begins_with_life else ()))
    first = sum(block.section.label in before for block in blocks)
    return _template().render(
        title=f"Painlog summary, {page.period}",
        period=period_words(page),
        recipient=fit(visible(page.recipient), _LONGEST_NAME),
        caution=CAUTION,
        first=blocks[:first],
        pictures=_pictures(page),
        then=blocks[first:],
        legend=legend(page),
        absent=ABSENT,
        numbered=_NUMBERED,
    )


@cache
def _template() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("painlog.view.page")
    environment = Environment(
        loader=loader,
        finalize=_readable,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")


def _readable(value: object) -> object:
    """A text made visible, words from right to left ended with a mark that keeps the numbers after them after them."""
    return _FROM_RIGHT.sub("\\g<0>\u200e", visible(value)) if type(value) is str else value  # not what is markup


def _rows(block: Block) -> tuple[str, ...]:
    """A block's rows, cut to their lines of the sheet, in which wide letters count more."""
    lines = most_lines(block.section, SHEET)
    return tuple(_within(_cut(row, lines), lines * _LINE) for row in block.rows)


def _cut(row: str, lines: int) -> str:
    if len(wrap_text(row, SHEET.columns)) > lines:
        row = fit(row, lines * SHEET.columns - 2 * (lines - 1))  # further lines are indented by two
    return " ".join(_within(word, _LONGEST_WORD) for word in row.split(" "))


def _within(text: str, room: float) -> str:
    while _wide(text) > room:
        text = fit(text, columns(text) - 1)
    return text


def _wide(text: str) -> float:
    """About how wide a text is, in widths of a capital M; not less than it is in common fonts without serifs."""
    return sum(1.05 if letter > "ᄀ" or letter in "MW@%" else 0.74 if letter.isupper() else 0.58 for letter in text)


def _pictures(page: Page) -> list[Picture]:
    pictures = []
    if drawn := chart_of(page):
        pictures.append(Picture("chart", chart_svg(drawn), caption(drawn)))
    if page.body and page.body.shown:
        of = times(page.period.length, "day")
        days = f"Days on which a body region was named, of {of}. {OWN_SIDES}"
        pictures.append(Picture("body", body_svg(page.body), days))
    return pictures
