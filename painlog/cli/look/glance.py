"""``painlog`` alone: today at a glance on a terminal, the help elsewhere. Reads only."""

from painlog.analysis.glance import Glance, last_days, make_glance
from painlog.analysis.summary import DAILY
from painlog.cli.fetch.agenda import fetch_agenda
from painlog.cli.fetch.medicines import count_medicines
from painlog.cli.fetch.waiting import count_waiting_lines
from painlog.cli.session import SHORT_WAIT, Session
from painlog.domain.ahead import SOON
from painlog.domain.due import find_due
from painlog.domain.kinds.activity import FLARE
from painlog.domain.kinds.registry import tells_of_day
from painlog.domain.periods import Period
from painlog.domain.variables import variables
from painlog.errors import PainlogError
from painlog.storage.journal import Journal
from painlog.view.screens.ahead import ahead_lines
from painlog.view.screens.due import due_lines
from painlog.view.screens.glance import closing_lines, glance_lines, welcome_lines
from painlog.view.terminal import show, width

LEAST_WIDTH = 40


def print_glance(session: Session) -> bool:
    """Show today and the last seven days; a journal that cannot be read still leaves the way to help on the screen.

    Returns whether a scheduled medicine is not recorded yet.
    """
    columns = max(LEAST_WIDTH, width())
    try:
        if not session.has_journal:
            show(welcome_lines(columns), plain=session.plain)
            return False
        with session.reading(wait=SHORT_WAIT) as journal:
            week = _read_glance(journal, session)
            due = find_due(journal.days, journal.kinds.own.values(), session.settings, session.now)
            medicines = count_medicines(journal, session.today)
            due = due._replace(waiting=count_waiting_lines(session), medicines=medicines)
            agenda = fetch_agenda(session, journal)
    except PainlogError:
        show(closing_lines(columns), plain=session.plain)
        raise
    lines = [*due_lines(due, session.today), *ahead_lines(agenda, session.today, within=SOON)]
    show(glance_lines(week, lines, columns, plain=session.plain), plain=session.plain)
    return medicines is not None and medicines.unrecorded > 0


def _read_glance(journal: Journal, session: Session) -> Glance:
    today = session.today
    known = [variables()[name] for name in DAILY]
    return make_glance(
        today,
        [entry for entry in journal.entries(Period(today, today)) if tells_of_day(entry.kind)],
        {variable: journal.days.values(variable, last_days(today)) for variable in known},
        journal.entries(kinds=[FLARE.name], until=today),
    )
