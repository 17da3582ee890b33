"""The daily table: one row a calendar day, days without an entry included."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from painlog.analysis.adherence import Outcome
from painlog.analysis.report.care import CareDay
from painlog.domain.entries import Entry
from painlog.domain.periods import Period
from painlog.domain.variables import DayValue, Variable
from painlog.exchange.csv.cells import csv_text, number

OPENING: Mapping[str, tuple[str, str]] = {
    "day": ("date", "The calendar day."),
    "weekday": ("string", "Its weekday."),
    "days_late": ("integer", "Days until the last entry about it was written down."),
}
CARE: Mapping[str, tuple[str, str]] = {
    "flare": ("integer", "1 where the person marked the day as part of a flare, else 0."),
    "doses": ("integer", "Doses recorded; empty is none recorded, not none taken."),
    "prn_doses": ("integer", "Of them as needed; empty where not known of each."),
    "scheduled_taken": ("integer", "Of them as scheduled; empty where not known of each."),
    "scheduled_due": ("number", "Doses due by the plan of that day."),
    "treatments": ("string", "Treatments done, joined by ;."),
}
FOLLOWED: Mapping[str, tuple[str, str]] = {
    "scheduled_extra": (
        "integer",
        "Doses taken beyond what was due; they make up for no other day.",
    ),
    "scheduled_skipped": ("integer", "Doses due of which it was recorded that they were skipped."),
    "scheduled_not_recorded": (
        "integer",
        "Doses due and not recorded, which is not the same as not taken; of a rarer rhythm on its turn's last day.",
    ),
}
_OUTCOMES: tuple[Outcome, ...] = ("extra", "skipped", "unrecorded")
CLOSING: Mapping[str, tuple[str, str]] = {
    "regions": ("string", "Body regions named, joined by ;. One without _l or _r may have a side that was not said."),
    "notes": ("string", "The day's notes, each of a line."),
    "said": ("string", "The lines of words that the day's entries were made from, each of a line."),
}


def daily_columns(variables: Sequence[Variable]) -> list[str]:
    """Column names of the daily table."""
    return [*OPENING, *(csv_text(variable.column) for variable in variables), *CareDay._fields, *FOLLOWED, *CLOSING]


def daily_rows(
    period: Period,
    values: Mapping[Variable, Mapping[date, DayValue]],
    care: Mapping[date, CareDay],
    followed: Mapping[date, Counter[Outcome]],
    entries: Iterable[Entry],
    *,
    with_notes: bool,
) -> Iterator[list[str]]:
    """One row a calendar day of the period, days without an entry included."""
    of_day: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        of_day[entry.day].append(entry)
    for day in period.days():
        here = of_day.get(day, ())
        late = max((entry.days_late for entry in here), default=None)
        regions = dict.fromkeys(id_ for entry in here for id_ in entry.data.get("where", {}))
        notes = [str(entry.data["note"]) for entry in here if with_notes and "note" in entry.data]
        said = dict.fromkeys(entry.line for entry in here if with_notes and entry.line)
        measured = [number(known[day].value) if day in known else "" for known in values.values()]
        yield [
            *(day.isoformat(), f"{day:%a}", number(late)),
            *measured,
            *(csv_text(cell) if isinstance(cell, str) else number(cell) for cell in care.get(day, CareDay())),
            *(number(followed[day][outcome]) if day in followed else "" for outcome in _OUTCOMES),
            csv_text(";".join(regions)),
            csv_text("\n".join(notes)),
            csv_text("\n".join(said)),
        ]
