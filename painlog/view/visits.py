"""Open questions and the last visit, as lines."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from painlog.domain.dates import show_day
from painlog.domain.entries import Entry
from painlog.view.capture import LONGEST, when
from painlog.view.terminal import PAGE_WIDTH, term, times, wrapped


def question_lines(questions: Sequence[Entry], short: Mapping[str, str], today: date) -> Iterator[str]:
    """Each question with its day and short id, whole but for a very long one, on as many lines as it takes."""
    for question in questions:
        note = question.data["note"]
        text = term(note[:LONGEST]) + ("…" if len(note) > LONGEST else "")
        yield from wrapped(f"[{short[question.id]}]  {show_day(question.day, today)}  {text}", PAGE_WIDTH)


def visit_lines(visit: Entry, short: str, today: date) -> list[str]:
    """The visit, when it was, and how long ago."""
    days = (today - visit.day).days
    ago = "today" if days == 0 else f"{times(days, 'day')} ago"
    text = term(visit.text[:LONGEST])
    return wrapped(f"{text}   {when(visit, today)} ({ago})   [{short}]", PAGE_WIDTH)
