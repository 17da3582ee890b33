"""What a person wrote down when calm, in lines for a terminal. Shows values only."""

from collections.abc import Iterator, Sequence
from datetime import date

from painlog.analysis.flare_lengths import FlareLengths
from painlog.analysis.report.care import MatterDays
from painlog.domain.kinds.activity import FOR_FLARES, MATTERS, SHEETS, SIGNS
from painlog.domain.language.dates import show_day
from painlog.view.terminal import line_room, term, times, wrap_text
from painlog.view.values import matter_facts

_EXAMPLES = {
    FOR_FLARES: '"heat" "half the walk" "text M."',
    SIGNS: '"sleep under 5 h"',
    MATTERS: '"time with the children"',
}


def sheet_lines(sheet: str, lines: Sequence[str]) -> Iterator[str]:
    """Yield a sheet under its heading; nothing where it was never written."""
    if lines:
        yield SHEETS[sheet].upper()
    for line in lines:
        yield from _indent(line)


def _indent(text: str, room: int = 0) -> Iterator[str]:
    yield from wrap_text(term(text), room or line_room(), "  ", "    ")


def own_plan_lines(flare: Sequence[str], signs: Sequence[str], matters: Sequence[MatterDays]) -> Iterator[str]:
    """Yield the plan for flares and where it is shown, the signs, and what matters, where they were written."""
    yield from sheet_lines(FOR_FLARES, flare)
    if flare:
        yield from _indent("painlog plan flare shows it alone and takes more lines; painlog flare start shows it first")
    yield from sheet_lines(SIGNS, signs)
    yield from matter_lines(matters)


def pause_lines(end: date, note: str, today: date) -> Iterator[str]:
    """Yield until when there is a pause, and what it is for."""
    why = f" ({term(note)})" if note else ""
    yield from wrap_text(f"Paused until {show_day(end, today)}{why}; painlog pause end goes on.", line_room())


def matter_lines(matters: Sequence[MatterDays]) -> Iterator[str]:
    """Yield what matters, the days that had it, and how pain was then and else."""
    if matters:
        yield SHEETS[MATTERS].upper()
    for each in matters:
        yield from _indent(f"{each.name}: {'; '.join(matter_facts(each))}")


def flare_plan_lines(plan: Sequence[str], lengths: FlareLengths, words: Sequence[str], room: int) -> Iterator[str]:
    """Yield the plan for flares, how long the past ones lasted, and what was written at their ends.

    Its lines are of at most ``room`` columns.
    """
    if plan:
        yield "Your plan for a flare:"
    for i, line in enumerate(plan, 1):
        yield from _indent(f"{i}. {line}", room)
    if lengths.median and lengths.longest:
        half = f"half of them up to {lengths.median:g} {'day' if lengths.median == 1 else 'days'}"
        lasted = f"{lengths.shortest} to {times(lengths.longest, 'day')}, {half}"
        yield from wrap_text(f"Your {lengths.ended} past flares lasted {lasted}.", room)
    if words:
        yield "What you wrote at the end of the last ones:"
    for line in words:
        yield from _indent(line, room)


def no_sheet(sheet: str) -> str:
    """Say how a sheet is begun."""
    return f"nothing is written there yet; painlog plan {sheet} {_EXAMPLES[sheet]} begins it"
