"""The page as PDF, made of its HTML: a sheet of A4 or Letter. The one module that knows WeasyPrint."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from typing import NoReturn

from painlog.analysis.report.page import Page
from painlog.errors import PartMissing
from painlog.view.page.html import page_html

_MISSING = (
    "a PDF takes WeasyPrint: pip install 'painlog[pdf]', and on Debian or Ubuntu "
    "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; or print what --format html gives from a browser"
)
PAPERS = {"A4": "A4", "letter": "8.5in 11in"}


def page_pdf(page: Page, paper: str = "A4", focus: str = "general", *, in_full: bool = False) -> bytes:
    """Return the page as a PDF, its text selectable: one sheet, if what is never cut fits on it.

    Raises PartMissing without WeasyPrint.
    """
    with _quietly():
        try:
            from weasyprint import CSS, HTML
        except (ImportError, OSError) as error:
            raise PartMissing(_MISSING) from error
        sheet = CSS(string=f"@page {{ size: {PAPERS[paper]} }}")
        made = HTML(string=page_html(page, focus, in_full=in_full), url_fetcher=_refuse).write_pdf(
            pdf_tags=True, stylesheets=[sheet]
        )
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
