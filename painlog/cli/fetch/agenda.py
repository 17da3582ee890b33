"""What lies ahead, read from a journal."""

from datetime import timedelta

from painlog.cli.session import Session
from painlog.domain.ahead import REMEMBERED, Agenda, make_agenda
from painlog.domain.entries import Entry
from painlog.domain.kinds.care import TREATMENT
from painlog.domain.kinds.visits import APPOINTMENT, VISIT
from painlog.domain.periods import Period
from painlog.storage.journal import Journal


def fetch_agenda(session: Session, journal: Journal) -> Agenda:
    """Return what lies ahead of the present day; empty, after one look, where nothing was ever arranged."""
    arranged = fetch_arranged(journal)
    if not arranged:
        return Agenda()
    around = Period(session.today - timedelta(days=REMEMBERED), session.today)
    lived = journal.entries(around, kinds=[VISIT.name, TREATMENT.name])
    closing = (entry for entry in lived if entry.data.get("status") != "planned")
    return make_agenda(arranged, closing, session.today)


def fetch_arranged(journal: Journal) -> list[Entry]:
    """Return everything that was ever arranged or cancelled, in the order it was recorded; not what was forgotten."""
    found = (entry for entry in journal.entries(kinds=[APPOINTMENT.name]) if entry.data.keys() >= {"name", "appointed"})
    return sorted(found, key=lambda entry: entry.id)
