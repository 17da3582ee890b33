"""The page as PDF, made of its HTML: a sheet of A4 or Letter. The one module that knows WeasyPrint."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from painlog.analysis.report.page import Page
from painlog.errors import PartMissing
from painlog.view.page.html import lines_of_print, page_html
from painlog.view.page.sheet import LETTER, LINE

if TYPE_CHECKING:
    from weasyprint import Document

_MISSING = (
    "a PDF takes WeasyPrint: pip install 'painlog[pdf]', and on Debian or Ubuntu "
    "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; or print what --format html gives from a browser"
)
PAPERS = {"A4": "A4", "letter": "8.5in 11in"}
_HEIGHTS = {"A4": 297, "letter": LETTER}  # mm
_FOOT = 8  # mm above and below what is printed
_PIXELS = 96 / 25.4  # of a millimetre
_MOST_BLANK = 0.08  # of a sheet, while anything is left out
_HARDLY_BEGUN = 0.6  # of a last sheet that is blank
_SLACK = 4  # mm
_MOST_DRAWN = 3


class _Drawn(NamedTuple):
    """A page set on sheets, how much of the last one is blank in millimetres, and whether anything is left out."""

    document: "Document"
    blank: float
    is_cut: bool

    @property
    def sheets(self) -> int:
        return len(self.document.pages)


def page_pdf(page: Page, paper: str = "A4", focus: str = "general", *, in_full: bool = False) -> bytes:
    """Return the page as a PDF, its text selectable: one sheet, if what is never cut fits on it.

    Raises PartMissing without WeasyPrint.
    """
    with _quietly():
        try:
            import weasyprint  # noqa: F401
        except (ImportError, OSError) as error:
            raise PartMissing(_MISSING) from error
        drawn = _draw(page_html(page, focus, in_full=True), paper) if in_full else _fill(page, paper, focus)
        made = drawn.document.write_pdf(pdf_tags=True)
    return bytes(made or b"")


def _fill(page: Page, paper: str, focus: str) -> _Drawn:
    """Draw a page by the lines reckoned; again by what was blank, while a sheet is hardly begun or not yet full."""
    height = _HEIGHTS[paper]
    reckoned = lines_of_print(page, focus, height)
    best, lines, most = None, reckoned.least, 0
    for _ in range(_MOST_DRAWN):
        drawn = _draw(page_html(page, focus, lines=lines), paper)
        best = drawn if best is None or drawn.sheets <= best.sheets else best
        if drawn.sheets == 2 and drawn.blank > _HARDLY_BEGUN * height and lines > reckoned.kept:
            most = lines
            lines = max(reckoned.kept, min(lines, reckoned.sheet) - _lines(height - drawn.blank - 2 * _FOOT) - 1)
        elif drawn is best and drawn.sheets == 1 and drawn.is_cut and drawn.blank > _MOST_BLANK * height:
            more = lines + _lines(drawn.blank - _SLACK)
            more = (lines + most) // 2 if lines < most <= more else more
            if more == lines:
                break
            lines = more
        else:
            break
    assert best is not None  # noqa: S101  (one is drawn)
    return best


def _lines(height: float) -> int:
    """How many lines of both columns so many millimetres are."""
    return int(2 * height / LINE)


def _draw(document: str, paper: str) -> _Drawn:
    from weasyprint import CSS, HTML

    sheet = CSS(string=f"@page {{ size: {PAPERS[paper]} }}")
    drawn = HTML(string=document, url_fetcher=_refuse).render(stylesheets=[sheet], pdf_tags=True)
    bottom = drawn.pages[-1].anchors["end"][3] / _PIXELS
    return _Drawn(drawn, _HEIGHTS[paper] - _FOOT - bottom, 'class="left-out"' in document)


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
