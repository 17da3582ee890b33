"""What to bring up at a visit, in lines for a terminal: questions, and what changed by the rules of the page."""

from collections.abc import Iterator, Sequence
from datetime import date

from painlog.analysis.report.change import NO_IMPORTANT_CHANGE, Change, Measured
from painlog.analysis.report.page import Page
from painlog.domain.ahead import Ahead
from painlog.domain.entries import Entry
from painlog.domain.language.dates import show_day
from painlog.view.page.care import change_text, flare_rows
from painlog.view.screens.ahead import show_ahead
from painlog.view.terminal import line_room, term, times, wrap_text

_INDENT = " " * 4
MARKED = 3  # questions that a visit mostly has time for


def preparing_lines(
    questions: Sequence[str], following: Ahead | None, last: Entry | None, page: Page, today: date
) -> Iterator[str]:
    """Yield the next visit, the open questions with the first marked, and what changed since the last visit."""
    if following:
        yield from wrap_text(f"NEXT VISIT  {term(following.name)}, {show_ahead(following, today)}", line_room())
    yield "TO ASK (the marked ones first)" if questions else "TO ASK: nothing is open (painlog ask-doctor)"
    for i, question in enumerate(questions, 1):
        mark = "  > " if i <= MARKED else _INDENT
        yield from wrap_text(f"{i}. {term(question)}", line_room(), mark, f"{_INDENT}  ")
    since = f"since {show_day(last.day, today)}" if last else f"in the last {times(page.period.length, 'day')}"
    changed = [*_changes(page, today)]
    yield f"WHAT CHANGED {since}" + ("" if changed else ": nothing that the page counts as a change")
    for text in map(term, changed):
        yield from wrap_text(text, line_room(), _INDENT, f"{_INDENT}  ")


def _changes(page: Page, today: date) -> Iterator[str]:
    """What the page calls a change: of figures, of forms, of the plan; and the flares of the time."""
    for each in page.measured.values():
        if each.change and not each.change.is_similar:
            yield _of_figures(each, each.change)
    for form in page.forms:
        for change in form.changes:
            if change.difference and change.word != NO_IMPORTANT_CHANGE:
                yield f"{form.title} {form.last.score or 0:g}, {change_text(change, today)}"
    yield from (f"{show_day(change.day, today)}  {change.text}" for change in page.plan_changes)
    yield from (f"flare: {row}" for row in flare_rows(page.flares, today))


def _of_figures(each: Measured, change: Change) -> str:
    variable = each.figures.variable
    before, now = (variable.show(value) for value in (change.before, change.now))
    days = f"{times(change.days_before, 'day')} before, {each.figures.days} now"
    return f"{term(variable.label)}: {now}, was {before} ({change.word}; {days})"
