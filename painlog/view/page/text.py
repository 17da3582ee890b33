"""The page as text of 36 lines and 80 columns, for a terminal or a file."""

from collections.abc import Iterator

from painlog.analysis.report.page import Page
from painlog.view.page.layout import Room, lay_out, lines_of
from painlog.view.page.sections import CAUTION, legend, period_words, sections
from painlog.view.terminal import PAGE_WIDTH, Styled, assemble, columns, fit, pad, term

_LABEL = 9  # columns before a line
TERMINAL = Room(lines=33, columns=PAGE_WIDTH - _LABEL, row_lines=4, free_lines=2, name_columns=24)


def page_lines(page: Page) -> Iterator[Styled]:
    """The page's lines for a terminal, labels in bold."""
    for label, text in _labelled(page):
        yield assemble((label, "bold"), text)


def page_text(page: Page) -> str:
    """The whole page as plain text."""
    return "".join(f"{label}{text}".rstrip() + "\n" for label, text in _labelled(page))


def _labelled(page: Page) -> Iterator[tuple[str, str]]:
    yield _heading(page), ""
    yield "", CAUTION
    for block in lay_out(sections(page), TERMINAL):
        for i, line in enumerate(lines_of(block, TERMINAL)):
            yield (block.section.label.upper() if i == 0 else "").ljust(_LABEL), line
    yield "", legend(page)


def _heading(page: Page) -> str:
    """The first line: the title, and for whom it is."""
    title = f"PAINLOG SUMMARY  {period_words(page)}"
    if not page.recipient:
        return title
    recipient = fit(term(f"For: {page.recipient}"), PAGE_WIDTH - columns(title) - 2)
    return f"{pad(title, PAGE_WIDTH - columns(recipient))}{recipient}"
