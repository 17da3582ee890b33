"""Lines that a person types: read, settled where they are not clear, and recorded or only shown."""

from collections.abc import Iterable
from itertools import islice

from painlog.cli.capture import record_any
from painlog.cli.options import ONLY_SHOWN
from painlog.cli.prompts import is_there_somebody
from painlog.cli.session import Session
from painlog.cli.settling import settle
from painlog.cli.typed_words import unclear, vocabulary_of
from painlog.domain.entries import Draft
from painlog.domain.language.dates import show_day
from painlog.domain.language.understanding import Present, understand
from painlog.view.screens.capture import Tally
from painlog.view.terminal import term, times

PREVIEWED = 10


def record_line(session: Session, line: str, present: Present, *, dry_run: bool = False) -> None:
    """Record what a line says, or say what is not clear with the lines that would make it so."""
    vocabulary = vocabulary_of(session)
    understood = understand(line, vocabulary, present)
    if not understood.is_clear and is_there_somebody():
        understood = settle(understood, vocabulary, present)
    if not understood.is_clear:
        raise unclear(understood, vocabulary, present)
    if dry_run:
        preview(understood.drafts, session)
        return
    record_any(session, understood.drafts, understood.said_beside)


def preview(drafts: Iterable[Draft], session: Session) -> None:
    """Show what would be recorded: the first drafts, and how many there are of each kind."""
    tally = Tally()
    counted = tally.count_all(drafts)
    first = [*islice(counted, PREVIEWED)]
    for _ in counted:
        pass
    for draft in first:
        at = f" {draft.moment.at:%H:%M}" if draft.moment.at else ""
        print(f"{show_day(draft.moment.day, session.today)}{at}  {term(draft.text)}")
    if (more := tally.titles.total() - PREVIEWED) > 0:
        print(f"… and {more:,} more")
    counts = ", ".join(f"{count:,} {term(title)}" for title, count in tally.titles.items())
    print(f"{times(tally.titles.total(), 'entry', 'entries')} ({counts}); {ONLY_SHOWN}")
