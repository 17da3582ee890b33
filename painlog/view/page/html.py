"""The page as self-contained HTML, which fits on one sheet of A4 or Letter when it is printed.

The document runs nothing and asks for nothing: no script, no font, no picture from elsewhere, and a policy that forbids
them. Every text is made visible and passes through Jinja's autoescape in the template, and nowhere else. On a screen
nothing is left out; in print, rows that a sheet has no room for are, and are named; what is never cut goes on to
another sheet.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from painlog.analysis.report.page import Page
from painlog.view.body_words import OWN_SIDES
from painlog.view.page.measures import tiles
from painlog.view.page.parts import Grid, Phrases, Row, Section
from painlog.view.page.sections import ASKED, DAYS_SECTION, EVENTS, RECORD, TALK, WHERE, legend, sections
from painlog.view.page.sheet import LETTER, Lines, choose_rows, reckon_lines
from painlog.view.page.words import BY_RULES, CAUTION, TITLE, dates_words, event_words, period_words, person_words
from painlog.view.pictures.body import body_svg
from painlog.view.pictures.timeline import days_title, description, hatching, panels, signs
from painlog.view.terminal import fit
from painlog.view.values import ABSENT
from painlog.view.visible import visible

if TYPE_CHECKING:
    from jinja2 import Template

_LONGEST_NAME = 60  # columns of the name in the heading
_LETTER = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_FROM_RIGHT = re.compile(f"{_LETTER}+(?:[ ]+{_LETTER}+)*")


class Shown(NamedTuple):
    """A row as it is shown: its head and text, or its cells, and whether a sheet has no room for it."""

    head: str = ""
    text: str = ""
    cells: tuple[str, ...] = ()
    beyond: bool = False


class Group(NamedTuple):
    """Rows of one part of a section: of a table with ``heads``, else of a list."""

    heads: tuple[str, ...]
    rows: tuple[Shown, ...]
    classes: tuple[str, ...] = ()


class Placed(NamedTuple):
    """A section with its groups; ``beyond`` if a sheet has room for none of its rows."""

    label: str
    groups: tuple[Group, ...]
    beyond: bool
    picture: str = ""


def page_html(page: Page, focus: str = "general", *, in_full: bool = False, lines: int | None = None) -> str:
    """Return the page as one HTML document; ``in_full`` leaves out nothing in print either.

    ``lines`` are those of both columns that a sheet has room for, where they are known.
    """
    found = sections(page, focus, in_full=in_full)
    drawn = panels(page)
    lines = reckon_lines(page, found, drawn).least if lines is None else lines
    hidden, left_out = (frozenset[tuple[str, int, int]](), "") if in_full else choose_rows(page, found, lines)
    placed = {section.label: _placed(section, hidden, page) for section in found}
    days = next((section for section in found if section.label.startswith(DAYS_SECTION)), None)
    apart = {TALK, *ASKED, RECORD, EVENTS, days.label if days else ""}
    return _template().render(
        title=f"{TITLE}, {page.period}",
        name=TITLE,
        period=period_words(page),
        recipient=fit(visible(page.recipient), _LONGEST_NAME),
        person=person_words(page),
        dates=dates_words(page),
        caution=CAUTION,
        by_rules=BY_RULES,
        safety=[point.rule == "safety" for point in page.points],
        talk=placed[TALK],
        asked=[placed[label] for label in ASKED if label in placed],
        record=placed[RECORD],
        tiles=list(tiles(page)),
        panels=drawn,
        hatching=hatching(),
        in_words=description(page),
        days=days,
        days_title=days_title(page),
        signs=signs(page),
        events=list(event_words(page)),
        continued=f"{TITLE}, {page.period}, continued",
        then=[each for label, each in placed.items() if label not in apart],
        left_out=left_out,
        own_sides=OWN_SIDES,
        legend=legend(page, in_digits=False),
        absent=ABSENT,
    )


def lines_of_print(page: Page, focus: str = "general", height: float = LETTER) -> Lines:
    """Return the lines that a sheet of paper so high, in millimetres, is reckoned to have for the page."""
    return reckon_lines(page, sections(page, focus), panels(page), height)


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


def _placed(section: Section, hidden: frozenset[tuple[str, int, int]], page: Page) -> Placed:
    groups = tuple(_groups(section, hidden))
    picture = body_svg(page.body) if section.label == WHERE and page.body and page.body.shown else ""
    return Placed(section.label, groups, all(row.beyond for group in groups for row in group.rows), picture)


def _groups(section: Section, hidden: frozenset[tuple[str, int, int]]) -> Iterator[Group]:
    """A group for each table, and one for the rows between tables."""
    listed: list[Shown] = []
    for part, each in enumerate(section.parts):
        if isinstance(each, Grid):
            rows = [
                Shown(cells=row.cells, beyond=(section.label, part, i) in hidden) for i, row in enumerate(each.rows)
            ]
            yield Group(each.heads, tuple(rows), _classes(each))
        else:
            listed.append(_shown(each, beyond=(section.label, part, 0) in hidden))
    if listed:
        yield Group((), tuple(listed))


def _classes(grid: Grid) -> tuple[str, ...]:
    """What each column is, for how it is set."""
    found = []
    for i, head in enumerate(grid.heads):
        sorts = ("word", i in grid.words), ("spare", i in grid.spare), ("now", head == "now")
        found.append(" ".join(name for name, is_so in sorts if is_so))
    return tuple(found)


def _shown(part: Row | Phrases, *, beyond: bool) -> Shown:
    if isinstance(part, Row):
        return Shown(part.head, part.text, beyond=beyond)
    return Shown(text="; ".join(phrase.text for phrase in part.items), beyond=beyond)
