"""The page as self-contained HTML, and as PDF made of that same HTML."""

from painlog.analysis.page import Page


def page_html(page: Page) -> str:
    """Return the page as one HTML document."""
    raise NotImplementedError


def page_pdf(page: Page) -> bytes:
    """Return the page as a PDF of one sheet."""
    raise NotImplementedError
