"""What a person wrote down when calm: read for what shows it, and shown when a flare begins."""

from collections.abc import Iterator

from painlog.analysis.flare_lengths import measure_flares
from painlog.analysis.report.care import count_matters
from painlog.cli.session import Session
from painlog.domain.flares import flares
from painlog.domain.kinds.activity import FLARE, FOR_FLARES, MATTERED, MATTERS, OWN_PLAN, SIGNS
from painlog.domain.own_plan import lines_of
from painlog.domain.periods import Period
from painlog.domain.variables import variables
from painlog.storage.journal import Journal
from painlog.view.screens.own_plan import flare_plan_lines, matter_lines, sheet_lines

NEWEST_WORDS = 3  # notes of the flares before, on what helped


def fetch_flare_plan(session: Session, journal: Journal) -> Iterator[str]:
    """Yield what helps a person as a flare begins: their own plan, how long the past ones lasted, what they wrote."""
    sheets = journal.entries(kinds=[OWN_PLAN.name])
    events = journal.entries(kinds=[FLARE.name], until=session.today)
    ends = [str(event.data["note"]) for event in events if event.data["event"] == "end" and "note" in event.data]
    lengths = measure_flares(flares(events))
    return flare_plan_lines(lines_of(FOR_FLARES, sheets), lengths, ends[-NEWEST_WORDS:])


def fetch_sheets(journal: Journal, period: Period) -> Iterator[str]:
    """Yield the plan for flares, the signs, and what matters with its days of a period, where they were written."""
    sheets = journal.entries(kinds=[OWN_PLAN.name])
    for sheet in (FOR_FLARES, SIGNS):
        yield from sheet_lines(sheet, lines_of(sheet, sheets))
    if names := lines_of(MATTERS, sheets, period.end):
        pain = journal.days.values(variables()["pain"], period)
        marked = journal.entries(period, kinds=[MATTERED.name])
        yield from matter_lines(count_matters(names, marked, pain, period))
