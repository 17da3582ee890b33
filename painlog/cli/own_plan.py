"""What a person wrote down when calm: read for what shows it, and shown when a flare begins."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from painlog.analysis.flare_lengths import measure_flares
from painlog.analysis.report.care import MatterDays, count_matters
from painlog.cli.session import Session
from painlog.domain.flares import flares
from painlog.domain.kinds.activity import FLARE, FOR_FLARES, MATTERED, MATTERS, OWN_PLAN, PAUSE, SIGNS
from painlog.domain.own_plan import last_day, lines_of, pause_on
from painlog.domain.periods import Period
from painlog.domain.variables import variables
from painlog.storage.journal import Journal
from painlog.view.screens.own_plan import flare_plan_lines
from painlog.view.terminal import line_room

NEWEST_WORDS = 3  # notes of the flares before, on what helped


def fetch_flare_plan(session: Session, journal: Journal) -> Iterator[str]:
    """Yield what helps a person as a flare begins: their own plan, how long the past ones lasted, what they wrote.

    The lines are of the width of standard error.
    """
    sheets = journal.entries(kinds=[OWN_PLAN.name])
    events = journal.entries(kinds=[FLARE.name], until=session.today)
    ends = [str(event.data["note"]) for event in events if event.data["event"] == "end" and "note" in event.data]
    lengths = measure_flares(flares(events), session.today)
    return flare_plan_lines(lines_of(FOR_FLARES, sheets), lengths, ends[-NEWEST_WORDS:], line_room(sys.stderr))


class Paused(NamedTuple):
    """A pause: its first and last day, and what it is for, empty where that was not said."""

    start: date
    end: date
    note: str


class OwnPlan(NamedTuple):
    """What a person wrote down when calm, each empty where nothing was; and the pause of the day, None in none."""

    flare: Sequence[str]
    signs: Sequence[str]
    matters: Sequence[MatterDays]
    pause: Paused | None


def fetch_own_plan(session: Session, journal: Journal, period: Period) -> OwnPlan:
    """Return the plan for flares, the signs, what matters with its days of a period, and today's pause."""
    sheets = journal.entries(kinds=[OWN_PLAN.name])
    matters: Sequence[MatterDays] = ()
    if names := lines_of(MATTERS, sheets, period.end):
        pain = journal.days.values(variables()["pain"], period)
        matters = count_matters(names, journal.entries(period, kinds=[MATTERED.name]), pain, period)
    pause = pause_on(journal.entries(kinds=[PAUSE.name], until=session.today), session.today)
    paused = Paused(pause.day, last_day(pause), str(pause.data.get("note", ""))) if pause else None
    return OwnPlan(lines_of(FOR_FLARES, sheets), lines_of(SIGNS, sheets), matters, paused)
