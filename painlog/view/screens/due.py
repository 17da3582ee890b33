"""What is due, in lines for a terminal."""

from collections.abc import Iterator
from datetime import date

from painlog.domain.due import Due
from painlog.domain.language.dates import show_day
from painlog.view.terminal import PAGE_WIDTH, term, times, wrap_text


def due_lines(due: Due, today: date) -> Iterator[str]:
    """Yield lines that say what is due and how it is answered, safe for a terminal."""
    if due.questions:
        yield from wrap_text(f"not recorded today: {term(', '.join(due.questions))} (painlog checkin)", PAGE_WIDTH)
    if due.waiting:
        yield f"{times(due.waiting, 'line waits', 'lines wait')} in your inbox: painlog inbox"
    for form in due.forms:
        last = f"last {show_day(form.last, today)}" if form.last else "not filled in yet"
        yield f"{form.title} is due: {last} (painlog ask {form.questionnaire})"
