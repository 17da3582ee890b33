"""``painlog`` alone: today at a glance on a terminal, the help elsewhere. Reads only."""

from painlog.analysis.glance import Glance, glance, last_days
from painlog.analysis.summary import DAILY
from painlog.cli.look.due import WAIT_SECONDS, due_lines, due_now
from painlog.cli.session import Session
from painlog.domain.kinds.activity import FLARE
from painlog.domain.periods import Period
from painlog.domain.variables import variables
from painlog.errors import PainlogError
from painlog.storage.journal import Journal
from painlog.view.screens.glance import closing_lines, glance_lines, welcome_lines
from painlog.view.terminal import show, width

LEAST_WIDTH = 40


def print_glance(session: Session) -> None:
    """Show today and the last seven days; a journal that cannot be read still leaves the way to help on the screen."""
    columns = max(LEAST_WIDTH, width())
    try:
        if not session.has_journal:
            show(welcome_lines(columns), plain=session.plain)
            return
        with session.reading(wait=WAIT_SECONDS) as journal:
            found = _found(journal, session)
            due = due_lines(due_now(journal, session), session.today)
    except PainlogError:
        show(closing_lines(columns), plain=session.plain)
        raise
    show(glance_lines(found, due, columns), plain=session.plain)


def _found(journal: Journal, session: Session) -> Glance:
    today = session.today
    known = [variables()[name] for name in DAILY]
    return glance(
        today,
        journal.entries(Period(today, today)),
        {variable: journal.day_values(variable, last_days(today)) for variable in known},
        journal.entries(kinds=[FLARE.name], until=today),
    )
