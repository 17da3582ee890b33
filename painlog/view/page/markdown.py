"""The page as Markdown: a section each, a list item a row, what stands in columns as code."""

import re

from painlog.analysis.report.page import Page
from painlog.view.page.layout import Block, Room, lay_out
from painlog.view.page.sections import CAUTION, legend, period_words, sections
from painlog.view.visible import visible

ROOM = Room(lines=33, columns=71, row_lines=4, free_lines=2, name_columns=24)  # a sheet, as the text has
_LIST_MARK = re.compile(r"^(\d*)([.)+-])(?=\s)")
_SPECIAL = {ord(character): f"\\{character}" for character in "\\`*_[]<>#|~$"} | {ord("&"): "&amp;"}


def page_markdown(page: Page) -> str:
    """The page as one Markdown document."""
    recipient = f"  For: {page.recipient}" if page.recipient else ""
    parts = [f"# {markdown(f'PAINLOG SUMMARY  {period_words(page)}{recipient}')}", f"*{markdown(CAUTION)}*"]
    parts += [f"## {markdown(block.section.label)}\n\n{_body(block)}" for block in lay_out(sections(page), ROOM)]
    return "\n\n".join([*parts, f"*{markdown(legend(page))}*"]) + "\n"


def markdown(text: str) -> str:
    """Make a text plain words of Markdown on one line."""
    return _LIST_MARK.sub(r"\1\\\2", visible(text).translate(_SPECIAL))


def _body(block: Block) -> str:
    if block.section.tables:
        return "```\n" + "\n".join(row.rstrip() for row in block.rows) + "\n```"
    return "\n".join(f"- {markdown(row)}" for row in block.rows)
