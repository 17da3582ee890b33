"""The page as self-contained HTML, and as PDF made of that same HTML: one sheet of A4 or Letter.

The document runs nothing and asks for nothing: no script, no font, no picture from elsewhere, and a policy that forbids
them. A person's texts come from ``blocks``, safe for one line already, and pass through Jinja's autoescape.
"""

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import cache
from io import StringIO
from typing import TYPE_CHECKING, NoReturn

from painlog.analysis.report.page import Page
from painlog.errors import PartMissing
from painlog.view.page.day_tables import Table
from painlog.view.page.sections import CAUTION, MOST_FREE_LINES, MOST_LINES, ROOM, Block, blocks, legend, lines_of
from painlog.view.pictures.body import body_svg
from painlog.view.pictures.chart import caption, chart_of, chart_svg
from painlog.view.screens.body import OWN_SIDES
from painlog.view.terminal import columns, fit, term, times
from painlog.view.values import ABSENT

if TYPE_CHECKING:
    from jinja2 import Template

_MISSING = (
    "a PDF takes WeasyPrint: pip install 'painlog[pdf]', and on Debian or Ubuntu "
    "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; or print what --format html gives from a browser"
)
PAPERS = {"A4": "A4", "letter": "8.5in 11in"}
_FIRST = ("TO ASK", "GOALS", "RECORD", "PAIN")  # what stands before the pictures
_LETTER = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_FROM_RIGHT = re.compile(f"{_LETTER}+(?:[ ]+{_LETTER}+)*")
_NUMBERED = "PLAN"
_LONGEST_NAME = 40
_LINE = 46  # widths of a capital M that a printed line has room for, with some to spare
_LONGEST_WORD = 40  # the same; a longer one would leave most of a line empty


@dataclass(frozen=True)
class Section:
    """A block with what its rows are drawn as: ``tables`` instead of them, or with numbers that a picture names."""

    label: str
    rows: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    numbered: bool = False


@dataclass(frozen=True)
class Picture:
    """A picture, as markup, and the words under it."""

    name: str
    svg: str
    caption: str


def page_html(page: Page) -> str:
    """Return the page as one HTML document."""
    sections = [_section(block) for block in blocks(page)]
    first = sum(section.label.upper() in _FIRST for section in sections)
    return _template().render(
        title=f"Painlog summary, {page.period}",
        period=f"{page.period} ({times(page.period.length, 'day')})",
        recipient=_apart(fit(term(page.recipient), _LONGEST_NAME)),
        caution=CAUTION,
        first=sections[:first],
        pictures=_pictures(page),
        then=sections[first:],
        legend=legend(page),
        absent=ABSENT,
    )


def page_pdf(page: Page, paper: str = "A4") -> bytes:
    """Return the page as a PDF of one sheet, its text selectable. Raises PartMissing without WeasyPrint."""
    with _quietly():
        try:
            from weasyprint import CSS, HTML
        except (ImportError, OSError) as error:
            raise PartMissing(_MISSING) from error
        sheet = CSS(string=f"@page {{ size: {PAPERS[paper]} }}")
        made = HTML(string=page_html(page), url_fetcher=_refuse).write_pdf(pdf_tags=True, stylesheets=[sheet])
    return bytes(made or b"")


def _refuse(address: str) -> NoReturn:
    """What fetches things for WeasyPrint: nothing; the document has all that it shows."""
    raise ValueError(f"{address} is not fetched")


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep WeasyPrint's remarks to itself: it logs, and prints where its libraries are missing."""
    logs = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    levels = [log.level for log in logs]
    for log in logs:
        log.setLevel(logging.CRITICAL)
    try:
        with redirect_stdout(StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for log, level in zip(logs, levels, strict=True):
            log.setLevel(level)


@cache
def _template() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("painlog.view.page")
    found = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return found.get_template("page.html")


def _section(block: Block) -> Section:
    label = block.label.capitalize()
    if block.tables:
        return Section(label, (), block.tables)
    return Section(label, tuple(_row(row, block) for row in block.rows), numbered=block.label == _NUMBERED)


def _row(row: str, block: Block) -> str:
    """A row as the text page shows it, which cuts one that is longer than its lines; on paper, wide letters count."""
    most = MOST_FREE_LINES if block.free else MOST_LINES
    cut = lines_of(block._replace(rows=(row,)))[-1].endswith("…") and not row.endswith("…")
    text = fit(row, most * ROOM - 2 * (most - 1)) if cut else row  # further lines are indented by two
    words = " ".join(_within(word, _LONGEST_WORD) for word in text.split(" "))
    return _apart(_within(words, most * _LINE))


def _apart(text: str) -> str:
    """End words that are written from right to left with a mark, so that the numbers after them stay after them."""
    return _FROM_RIGHT.sub("\\g<0>\u200e", text)


def _within(text: str, room: float) -> str:
    while _wide(text) > room:
        text = fit(text, columns(text) - 1)
    return text


def _wide(text: str) -> float:
    """About how wide a text is, in widths of a capital M; not less than it is in common fonts without serifs."""
    return sum(1.05 if letter > "ᄀ" or letter in "MW@%" else 0.74 if letter.isupper() else 0.58 for letter in text)


def _pictures(page: Page) -> list[Picture]:
    found = []
    if drawn := chart_of(page):
        found.append(Picture("chart", chart_svg(drawn), caption(drawn)))
    if page.body and page.body.shown:
        of = times(page.period.length, "day")
        days = f"Days on which a body region was named, of {of}. {OWN_SIDES}"
        found.append(Picture("body", body_svg(page.body), days))
    return found
