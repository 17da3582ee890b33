"""The page as text of 36 lines and 80 columns, for a terminal or a file, and as Markdown."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from painlog.analysis.report.page import Page
from painlog.view.page.sections import CAUTION, LABEL, Block, blocks, heading, legend, lines_of, title
from painlog.view.terminal import term

if TYPE_CHECKING:
    from rich.text import Text as Styled

_LIST_MARK = re.compile(r"^(\d*)([.)+-])(?=\s)")
_SPECIAL = {ord(character): f"\\{character}" for character in "\\`*_[]<>#|~$"} | {ord("&"): "&amp;"}


def page_lines(page: Page) -> "Iterator[Styled]":
    """The page's lines for a terminal, labels in bold."""
    from rich.text import Text as Styled

    for label, text in _labelled(page):
        yield Styled.assemble((label, "bold"), text)


def page_text(page: Page) -> str:
    """The whole page as plain text."""
    return "".join(f"{label}{text}".rstrip() + "\n" for label, text in _labelled(page))


def page_markdown(page: Page) -> str:
    """The page as Markdown: a section a block, a list item a row, what stands in columns as code."""
    recipient = f"  For: {term(page.recipient)}" if page.recipient else ""
    parts = [f"# {markdown(title(page) + recipient)}", f"*{markdown(CAUTION)}*"]
    parts += [f"## {markdown(block.label.capitalize())}\n\n{_section(block)}" for block in blocks(page)]
    return "\n\n".join([*parts, f"*{markdown(legend(page))}*"]) + "\n"


def markdown(text: str) -> str:
    """Make a text, safe for one line already, plain words of Markdown."""
    return _LIST_MARK.sub(r"\1\\\2", text.translate(_SPECIAL))


def _labelled(page: Page) -> Iterator[tuple[str, str]]:
    yield heading(page), ""
    yield "", CAUTION
    for block in blocks(page):
        for i, line in enumerate(lines_of(block)):
            yield (block.label if i == 0 else "").ljust(LABEL), line
    yield "", legend(page)


def _section(block: Block) -> str:
    if block.tables:
        return "```\n" + "\n".join(row.rstrip() for row in block.rows) + "\n```"
    return "\n".join(f"- {markdown(row)}" for row in block.rows)
