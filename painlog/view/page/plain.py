"""The page for who hears it: sentences and ``label: value``, a fact a line, nothing in columns, nothing left out."""

import re
from collections.abc import Iterator

from painlog.analysis.report.page import Page
from painlog.analysis.summary import DAILY
from painlog.domain.language.dates import show_day
from painlog.view.chart_words import UNLISTED, dated_lane
from painlog.view.page.day_tables import part_cell, unit
from painlog.view.page.measures import SCALE
from painlog.view.page.parts import Grid, Phrases, Row, Section
from painlog.view.page.sections import DAYS_SECTION, EVENTS, GOALS, MEASURES, MEDICINES, TALK, sections
from painlog.view.page.words import BY_RULES, CAUTION, TITLE, dates_words, length_words, person_words
from painlog.view.terminal import term
from painlog.view.values import better_end

_NAMED = {MEDICINES, "Treatments", "Forms", GOALS}  # whose rows begin with what they are of
_DATED = re.compile(r"^(\w{3} \d{1,2} \w{3}(?: \d{4})?)  ")  # the day that a row of the person's words begins with
_FACTS = re.compile(r"; (?![^()]*\))")  # not within brackets


def page_plain(page: Page, focus: str = "general") -> Iterator[str]:
    """The whole page, safe for a terminal, a line a fact."""
    for text in _heading(page):
        yield term(text)
    for section in sections(page, focus):
        if section.label.startswith(DAYS_SECTION):
            yield from map(term, _days(page))
        else:
            yield from map(term, _section(section))
    yield f"{UNLISTED} Means are of days with entries only."


def _heading(page: Page) -> Iterator[str]:
    yield f"{TITLE}, {page.period.in_words}, {length_words(page)}."
    if page.recipient:
        yield f"For: {page.recipient}"
    if who := person_words(page):
        yield f"Of: {who}"
    for words in filter(None, dates_words(page).split(", ")):
        yield f"{words[:1].upper()}{words[1:]}"
    yield CAUTION


def _section(section: Section) -> Iterator[str]:
    """The lines of a section, under its label or each behind it."""
    found = [text for part in section.parts for text in _part(part, section)]
    what = f", {BY_RULES}" if section.label == TALK else f", {SCALE}" if section.label == MEASURES else ""
    if section.label in (TALK, *_NAMED) or _has_grid(section) or section.is_free:
        yield f"{section.label}{what}:"
        yield from found
    else:
        yield from (f"{section.label}: {text}" for text in found)
    if section.further:
        yield f"{section.label}: and {section.further:,} more"


def _has_grid(section: Section) -> bool:
    return any(isinstance(part, Grid) for part in section.parts)


def _part(part: Row | Phrases | Grid, section: Section) -> Iterator[str]:
    if isinstance(part, Grid):
        yield from _figures(part)
    elif isinstance(part, Phrases):
        yield from (phrase.text for phrase in part.items)
    elif section.is_free:
        yield _DATED.sub(r"\1: ", part.text)
    elif section.label == EVENTS:  # the person's words, which may hold any mark
        yield part.text.replace("  ", ", ")
    elif part.head:
        yield f"{part.head}; {part.text}"
    else:
        yield from _facts(part.text.replace("  ", ", "), named=section.label in _NAMED)


def _facts(text: str, *, named: bool) -> Iterator[str]:
    """What stands side by side as a line each, after what all of it is of: ``PHQ-8: 12 on Sun 29 Nov``."""
    name, is_named, rest = text.partition(": ")
    if named and is_named:
        yield from (f"{name}: {fact}" for fact in _FACTS.split(rest))
    else:
        yield from _FACTS.split(text)


def _figures(grid: Grid) -> Iterator[str]:
    """A line a figure of each row, with the words that belong to it: ``pain, last visit: 4.9, since then similar``."""
    for row in grid.rows:
        name, *cells = row.cells
        lines: list[str] = []
        for i, (head, cell) in enumerate(zip(grid.heads[1:], cells, strict=True), 1):
            if not cell:
                continue
            if i in grid.words:
                lines += [f"{lines.pop()}, {head} {cell}" if lines else f"{name}: {head} {cell}"]
            else:
                lines.append(f"{name}, {head.replace(',', ' or')}: {cell}")
        yield from lines


def _days(page: Page) -> Iterator[str]:
    """A week's values and doses by their days; of a longer period the means of its weeks, months or years."""
    for each in (page.measured[name] for name in DAILY if name in page.measured):
        variable = each.figures.variable
        yield f"By {_each(page)}, {variable.label}, {better_end(variable)}:"
        for part, figures in zip(page.parts, each.by_part, strict=True):
            if figures.days:
                yield f"{variable.label}, {part.in_words}: {part_cell(figures)}"
        for day, value in zip(page.period.days(), each.figures.by_day, strict=True):
            if value is not None and not page.parts:
                yield f"{variable.label}, {show_day(day, page.period.end)}: {variable.show_short(value)}"
    if not page.parts:
        for lane in page.lanes:
            yield from dated_lane(lane, page.period)


def _each(page: Page) -> str:
    """What a line stands for: ``day``, ``week``, ``month``, ``year``."""
    return "week" if page.parts and unit(page) == "day" else unit(page)
