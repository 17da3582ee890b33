"""The medicines that the plan has for a day, and those as needed, with what was recorded of them."""

from datetime import date, timedelta

from painlog.domain.due import Medicines
from painlog.domain.entries import Entry
from painlog.domain.kinds.care import DOSE, PLAN, STOCK
from painlog.domain.periods import Period
from painlog.domain.scheduled import RARELY, AsNeeded, Scheduled, as_needed_up_to, days_back, scheduled_on
from painlog.domain.stock import Stock, list_stocks
from painlog.storage.journal import Journal


def fetch_scheduled(journal: Journal, day: date) -> list[Scheduled]:
    """Return what is due on a day by the plan, with what was recorded of it."""
    changes = journal.entries(kinds=[PLAN.name], until=day)
    return scheduled_on(changes, _doses(journal, day, days_back(changes, day)), day) if changes else []


def count_medicines(journal: Journal, day: date) -> Medicines | None:
    """Return how many of a day's medicines have a dose that is not recorded, and how many end by the plan soon.

    None where none is scheduled and none ends.
    """
    due = fetch_scheduled(journal, day)
    ending = sum(stock.is_ending(day) for stock in fetch_stocks(journal, day))
    found = Medicines(sum(each.unrecorded > 0 for each in due), len(due), ending)
    return found if due or ending else None


def fetch_as_needed(journal: Journal, day: date) -> list[AsNeeded]:
    """Return what the plan has as needed on a day, with when and how often it was taken up to it."""
    changes = journal.entries(kinds=[PLAN.name], until=day)
    return as_needed_up_to(changes, _doses(journal, day, RARELY), day) if changes else []


def fetch_stocks(journal: Journal, day: date) -> list[Stock]:
    """Return how long each medicine of the plan lasts that was counted up to a day."""
    counts = journal.entries(kinds=[STOCK.name], until=day)
    return list_stocks(counts, journal.entries(kinds=[PLAN.name]), day) if counts else []


def _doses(journal: Journal, day: date, back: int) -> list[Entry]:
    return journal.entries(Period(day - timedelta(days=back), day), kinds=[DOSE.name])
