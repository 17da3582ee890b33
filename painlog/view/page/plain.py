"""The page for who hears it: sentences and ``label: value``, a fact a line, nothing in columns, nothing left out."""

from collections.abc import Iterator

from painlog.analysis.report.page import Page
from painlog.analysis.summary import DAILY
from painlog.domain.language.dates import show_day
from painlog.view.chart_words import UNLISTED, dated_lane
from painlog.view.page.day_tables import part_cell, unit
from painlog.view.page.measures import SCALE
from painlog.view.page.parts import Grid, Part, Phrases, Row, Section
from painlog.view.page.sections import DAYS_SECTION, MEASURES, TALK, sections
from painlog.view.page.words import BY_RULES, CAUTION, TITLE, dates_words, length_words, person_words
from painlog.view.terminal import capital, term
from painlog.view.values import better_end


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
        yield capital(words)
    yield CAUTION


def _section(section: Section) -> Iterator[str]:
    """The lines of a section, under its label or each behind it."""
    found = [text for part in section.parts for text in _part(part, section)]
    what = f", {BY_RULES}" if section.label == TALK else f", {SCALE}" if section.label == MEASURES else ""
    if section.label == TALK or section.is_free or any(map(_is_named, section.parts)):
        yield f"{section.label}{what}:"
        yield from found
    else:
        yield from (f"{section.label}: {text}" for text in found)
    if section.further:
        yield f"{section.label}: and {section.further:,} more"


def _is_named(part: Part) -> bool:
    """Whether its lines say themselves what they are of."""
    return isinstance(part, Grid) or (isinstance(part, Row) and bool(part.facts and part.facts.about))


def _part(part: Part, section: Section) -> Iterator[str]:
    if isinstance(part, Grid):
        yield from _figures(part)
    elif isinstance(part, Phrases):
        yield from (phrase.text for phrase in part.items)
    elif part.facts:
        about = f"{part.facts.about}: " if part.facts.about else ""
        yield from (f"{about}{fact}" for fact in part.facts.facts)
    elif part.head:
        yield f"{part.head.replace('  ', ', ')}{'; ' if section.label == TALK else ': '}{part.text}"
    else:
        yield part.text


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
