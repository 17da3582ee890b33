"""The page as Markdown: a section each, a list item a row, what stands in columns as code."""

import re

from painlog.analysis.report.page import Page
from painlog.view.page.layout import Block, Room, is_wide, lay_out
from painlog.view.page.sections import legend, sections
from painlog.view.page.words import CAUTION, TITLE, dates_words, period_words, person_words
from painlog.view.visible import visible

ROOM = Room(columns=80, row_lines=None, free_lines=None, name_columns=24)  # a file has lines for all
_LIST_MARK = re.compile(r"^(\d*)([.)+-])(?=\s)")
_SPECIAL = {ord(character): f"\\{character}" for character in "\\`*_[]<>#|~$"} | {ord("&"): "&amp;"}


def page_markdown(page: Page, focus: str = "general") -> str:
    """The page as one Markdown document."""
    recipient = f"  For: {page.recipient}" if page.recipient else ""
    about = "; ".join(filter(None, [person_words(page), dates_words(page), CAUTION]))
    parts = [f"# {markdown(f'{TITLE}  {period_words(page)}{recipient}')}", f"*{markdown(about)}*"]
    blocks = lay_out(sections(page, focus, in_full=True), ROOM)
    parts += [f"## {markdown(block.section.label)}\n\n{_body(block)}" for block in blocks]
    return "\n\n".join([*parts, f"*{markdown(legend(page))}*"]) + "\n"


def markdown(text: str) -> str:
    """Make a text plain words of Markdown on one line."""
    return _LIST_MARK.sub(r"\1\\\2", visible(text).translate(_SPECIAL))


def _body(block: Block) -> str:
    if is_wide(block.section):
        return "```\n" + "\n".join(row.text.rstrip().replace("`", "'") for row in block.rows) + "\n```"
    return "\n".join(f"- {markdown(row.text)}" for row in block.rows)
