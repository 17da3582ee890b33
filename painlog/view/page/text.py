"""The page as text: as wide as its terminal, however many lines it takes, or in full for a file."""

from collections.abc import Iterator

from painlog.analysis.report.page import Page
from painlog.view.page.layout import Block, Room, has_own_line, is_wide, lay_out, lines_of
from painlog.view.page.sections import TALK, legend, sections
from painlog.view.page.words import BY_RULES, CAUTION, TITLE, dates_words, period_words, person_words
from painlog.view.terminal import MOST_WIDTH, PAGE_WIDTH, Styled, assemble, capital, columns, fit, pad, term, wrap_text

_LABEL = 14  # columns before a line
_NARROW = 60  # columns under which a label has a line of its own


def room_of(width: int = PAGE_WIDTH, *, in_full: bool = False) -> Room:
    """The room of a terminal so wide, or ``in_full`` that of a file, which has lines for a long row too."""
    label = _LABEL if width >= _NARROW else 2
    some, few = (None, None) if in_full else (4, 2)
    return Room(min(width, MOST_WIDTH), some, few, 24, label)


def page_lines(page: Page, room: Room, focus: str = "general") -> Iterator[Styled]:
    """The page's lines for a terminal, labels in bold."""
    for label, text, style in _label(page, room, focus):
        yield assemble((label, "bold"), (text, style) if style else text)


def explain_lines(page: Page, width: int) -> Iterator[Styled]:
    """Where the page's figures come from, for a terminal."""
    from painlog.view.page.explaining import HEADING, explanation

    yield assemble("")
    yield assemble((HEADING, "bold"))
    for paragraph in explanation(page):
        yield from map(assemble, wrap_text(term(paragraph), width))


def page_text(page: Page, room: Room | None = None, focus: str = "general") -> str:
    """The whole page as plain text, in full unless there is only so much room."""
    found = _label(page, room or room_of(in_full=True), focus)
    return "".join(f"{label}{text}".rstrip() + "\n" for label, text, _ in found)


def _label(page: Page, room: Room, focus: str) -> Iterator[tuple[str, str, str]]:
    yield from (("", line, "bold" if i == 0 else "") for i, line in enumerate(_heading(page, room.columns)))
    for block in lay_out(sections(page, focus, in_full=room.free_lines is None), room):
        yield from _block(block, room)
    yield from (("", line, "dim") for line in wrap_text(legend(page), room.columns))


def _block(block: Block, room: Room) -> Iterator[tuple[str, str, str]]:
    label = block.section.label.upper()
    if has_own_line(block.section, room):
        note = f"  ({BY_RULES})" if block.section.label == TALK else ""
        yield label, note if columns(label + note) <= room.columns else "", ""
        label = ""
    takes_all = is_wide(block.section)
    for i, line in enumerate(lines_of(block, room)):
        if takes_all:
            head, text = (
                (line[:_LABEL], line[_LABEL:]) if block.section.digits and line.startswith(label) else ("", line)
            )
            yield head, text, ""
        else:
            yield (label if i == 0 else "").ljust(room.label), line, ""


def _heading(page: Page, width: int) -> Iterator[str]:
    """The first lines: the title and for whom it is, who it is of, when it was printed, and what it is not."""
    title = f"{TITLE.upper()}  {period_words(page)}"
    recipient = term(f"For: {page.recipient}") if page.recipient else ""
    if recipient and columns(title) + columns(recipient) + 2 <= width:
        yield f"{pad(title, width - columns(recipient))}{recipient}"
    else:
        yield from wrap_text(title, width)
        if recipient:
            yield fit(recipient, width)
    who, when = term(person_words(page)), dates_words(page)
    about = "; ".join(filter(None, [who, when]))
    yield from wrap_text(f"{capital(about)}. {CAUTION}" if about else CAUTION, width)
