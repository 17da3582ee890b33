"""The daily table: one row a calendar day, days without an entry included.

It begins with ``FIRST``, what a reader looks for, whatever is empty of it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from painlog.analysis.adherence import DoseCount, Outcome
from painlog.analysis.report.care import CareDay
from painlog.analysis.report.nights import NightTimes, read_nights
from painlog.domain.entries import Entry
from painlog.domain.kinds.care import DOSE, was_done
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.sleep import SLEEP
from painlog.domain.observations import Observation
from painlog.domain.periods import Period
from painlog.domain.variables import DayValue, Variable
from painlog.exchange.csv.cells import csv_text, number

FIRST = (
    "day",
    "weekday",
    "pain",
    "pain_worst",
    "interference",
    "mood",
    "sleep_tst_min",
    "activity_min",
    "flare",
    "doses",
)
OPENING: Mapping[str, tuple[str, str]] = {
    "day": ("date", "The calendar day."),
    "weekday": ("string", "Its weekday."),
    "days_late": (
        "integer",
        "Days until the last entry about it was written down; imports, whose files do not say it, are not counted.",
    ),
}
CARE: Mapping[str, tuple[str, str]] = {
    "flare": ("integer", "1 where the person marked the day as part of a flare, else 0."),
    "doses": ("integer", "Doses recorded; empty is none recorded, not none taken."),
    "prn_doses": ("integer", "Of them as needed; empty where not known of each."),
    "scheduled_taken": ("integer", "Of them as scheduled; empty where not known of each."),
    "scheduled_due": (
        "integer",
        "Doses due by the plan; of a rhythm rarer than daily on the day of the dose, else on its turn's last day.",
    ),
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
NIGHT: Mapping[str, tuple[str, str]] = {
    "sleep_bed": ("string", "When the person went to bed before waking on this day, else tried to sleep (HH:MM)."),
    "sleep_rise": ("string", "When the person got up on this day, else woke for the last time (HH:MM)."),
}
_NOON, _DAY = 12 * 60, 24 * 60
_OUTCOMES: tuple[Outcome, ...] = ("extra", "skipped", "unrecorded")
CLOSING: Mapping[str, tuple[str, str]] = {
    "regions": ("string", "Body regions named, joined by ;. One without _l or _r may have a side that was not said."),
    "notes": ("string", "The day's notes, each of a line."),
    "said": ("string", "The lines of words that the day's entries were made from, each of a line."),
}


class Counted(NamedTuple):
    """What was counted of days: values by variable, what was marked and done, what became of the plan's doses.

    ``medicines`` are the names of those that have a column of doses.
    """

    values: Mapping[Variable, Mapping[date, DayValue]]
    care: Mapping[date, CareDay]
    followed: Mapping[date, Counter[DoseCount]]
    medicines: Sequence[str]


def medicine_column(name: str) -> str:
    """Name the column of a medicine's doses."""
    return csv_text(f"doses of {name}")


def daily_columns(variables: Sequence[Variable], medicines: Iterable[str]) -> list[str]:
    """Column names of the daily table, as ``daily_rows`` has them."""
    measured = (csv_text(variable.column) for variable in variables)
    return [
        *(*OPENING, *measured, *CareDay._fields, *FOLLOWED, *CLOSING),
        *(*NIGHT, *map(medicine_column, medicines)),
    ]


def arrange(columns: Sequence[str]) -> list[str]:
    """Return the names of columns in the order in which they leave: the first ones, then medicines and nights."""
    looked_for = [name for name in FIRST if name in columns]
    known = {*FIRST, *OPENING, *CareDay._fields, *FOLLOWED, *CLOSING}
    medicines = [name for name in columns[columns.index("sleep_rise") + 1 :] if name not in known]
    before = [*looked_for, *medicines, *NIGHT]
    return [*before, *(name for name in columns if name not in before)]


def pick_columns(
    columns: Sequence[str], rows: Iterable[list[str]], *, every: bool
) -> tuple[list[str], list[list[str]]]:
    """Return columns and rows as they leave; unless ``every``, without those of no day beyond the first ones."""
    held = list(rows)
    used = [every or name in FIRST or any(row[i] for row in held) for i, name in enumerate(columns)]
    places = [place for name in arrange(columns) if used[place := columns.index(name)]]
    return [columns[place] for place in places], [[row[place] for place in places] for row in held]


def daily_rows(
    period: Period,
    counted: Counted,
    entries: Iterable[Entry],
    *,
    with_notes: bool,
) -> Iterator[list[str]]:
    """One row a calendar day of the period, days without an entry included."""
    values, care, followed, medicines = counted
    keys = [name.casefold() for name in medicines]
    of_day: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        of_day[entry.day].append(entry)
    nights = {night.day: night for night in read_nights(map(_night, _of_kind(of_day, SLEEP)), period)}
    for day in period.days():
        here = of_day.get(day, ())
        late = max((entry.days_late for entry in here if entry.days_late is not None), default=None)
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
            *(_clocks(nights[day]) if day in nights else ("", "")),
            *_doses(here, keys),
        ]


def _doses(here: Iterable[Entry], keys: Sequence[str]) -> Iterator[str]:
    """How many doses of each medicine were recorded as taken; 0 where only skipped ones were, else nothing."""
    taken: Counter[str] = Counter()
    for entry in here:
        if entry.kind == DOSE.name:
            taken[str(entry.data["name"]).casefold()] += was_done(entry.data)
    return (str(taken[key]) if key in taken else "" for key in keys)


def _of_kind(of_day: Mapping[date, Sequence[Entry]], kind: Kind) -> Iterator[Entry]:
    return (entry for here in of_day.values() for entry in here if entry.kind == kind.name)


def _night(entry: Entry) -> Observation:
    return entry.day, SLEEP.variant_of(entry.data), None, entry.data


def _clocks(night: NightTimes) -> tuple[str, str]:
    bed, rise = ("" if at is None else _clock(round(at + _NOON) % _DAY) for at in (night.bed, night.rise))
    return bed, rise


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
