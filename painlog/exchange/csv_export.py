"""CSV for a clinician: a long table of facts, or one row a calendar day.

RFC 4180, comma, CRLF, decimal point, UTF-8. A missing value is an empty cell, never 0. Times are ISO 8601 with their
offset. Free text passes through ``csv_text``, so that no spreadsheet takes it for a formula; the notes themselves are
written only when asked for.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from painlog.domain.entries import Entry, days_late
from painlog.domain.fields import Choice, Field, Flag, Minutes, Night, Number, Text, Where, Words, span_ends
from painlog.domain.kinds import KINDS, Kind
from painlog.domain.periods import Period
from painlog.domain.series import DayValue, Variable

BOM = "\ufeff"
DANGEROUS = tuple("=+-@\t\r\n\0＝＋－＠")
LONG_COLUMNS = (
    *("record_id", "day", "kind", "variable", "value", "unit", "text_value", "body_region", "started_at", "ended_at"),
    *("tz", "recorded_at", "entry_timing", "recall", "low_label", "high_label", "note"),
)


def csv_text(text: str) -> str:
    """Make a text safe as a cell: one line, and a leading ``'`` where a spreadsheet would take it for a formula.

    The mark goes wherever the text, leading ``'`` aside, opens with a dangerous character, so taking one ``'`` away
    gives every text back (OWASP ASVS 1.2.10).
    """
    guarded = f"'{text}" if text.lstrip("'").startswith(DANGEROUS) else text
    return " / ".join(guarded.splitlines()).replace("\0", "\ufffd")


def number(value: float | None) -> str:
    """Write a number with at most three decimals and a decimal point; None as an empty cell."""
    return "" if value is None else f"{value:.3f}".rstrip("0").rstrip(".")


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[str]], *, bom: bool) -> str:
    """Write a table as one text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return (BOM if bom else "") + out.getvalue()


def long_rows(entries: Iterable[Entry], *, with_notes: bool) -> Iterator[list[str]]:
    """One fact a row; the rows of one entry share its ``record_id``. A note stands on its entry's first row."""
    for entry in entries:
        kind = KINDS.get(entry.kind)
        note = csv_text(str(entry.data.get("note", ""))) if with_notes else ""
        facts = [cells for field in kind.fields for cells in _facts(kind, field, entry)] if kind else []
        if not facts and note:
            facts = [{"variable": "note"}]
        common = _common(entry, kind)
        for cells in facts:
            row = common | cells | {"note": note}
            note = ""
            yield [row.get(column, "") for column in LONG_COLUMNS]


def daily_columns(variables: Sequence[Variable]) -> list[str]:
    """Column names of the daily table."""
    return ["day", "weekday", "days_late", *(variable.column for variable in variables), "regions", "notes"]


def daily_rows(
    period: Period, values: Mapping[Variable, Mapping[date, DayValue]], entries: Iterable[Entry], *, with_notes: bool
) -> Iterator[list[str]]:
    """One row a calendar day of the period, days without an entry included."""
    of_day: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        of_day[entry.day].append(entry)
    for day in period.days():
        here = of_day[day]
        late = max((days_late(day, entry.recorded_at) for entry in here), default=None)
        regions = dict.fromkeys(id_ for entry in here for id_ in entry.data.get("where", {}))
        notes = [str(entry.data["note"]) for entry in here if with_notes and "note" in entry.data]
        measured = [number(known[day].value) if day in known else "" for known in values.values()]
        yield [
            *(day.isoformat(), f"{day:%a}", number(late)),
            *measured,
            csv_text(";".join(regions)),
            csv_text("\n".join(notes)),
        ]


def _common(entry: Entry, kind: Kind | None) -> dict[str, str]:
    started, ended = _instants(kind, entry)
    return {
        "record_id": entry.id,
        "day": entry.day.isoformat(),
        "kind": csv_text(entry.kind),
        "started_at": started,
        "ended_at": ended,
        "tz": csv_text(entry.zone),
        "recorded_at": entry.recorded_at.isoformat(timespec="seconds"),
        "entry_timing": entry.timing,
        "recall": csv_text(kind.variant_of(entry.data)) if kind else "",
    }


def _instants(kind: Kind | None, entry: Entry) -> tuple[str, str]:
    """When what an entry describes began and ended; a length of sleep says neither."""
    if kind and isinstance(kind.main, Night):
        night = entry.data.get(kind.main.name)
        if not isinstance(night, str):
            return "", ""
        started, ended = span_ends(night)
        return started.isoformat(timespec="seconds"), ended.isoformat(timespec="seconds")
    at = entry.at.isoformat(timespec="seconds") if entry.at else ""
    return at, at


def _facts(kind: Kind, field: Field, entry: Entry) -> Iterator[dict[str, str]]:
    value = entry.data.get(field.name)
    if value is None or isinstance(field, Choice | Text):
        return
    if isinstance(field, Night):
        if isinstance(value, str):
            yield {"variable": "span", "text_value": field.show(value)}
    elif isinstance(field, Where):
        for id_, score in value.items():
            yield {"variable": field.name, "body_region": csv_text(id_), "value": number(score)}
    elif isinstance(field, Words):
        for word in value:
            yield {"variable": field.name, "text_value": csv_text(word)}
    else:
        yield {"variable": _variable_name(kind, field), **_value_cells(field, value)}


def _value_cells(field: Field, value: Any) -> dict[str, str]:
    if isinstance(field, Flag):
        return {"value": "1"}
    if isinstance(field, Number | Minutes):
        ends = {"low_label": field.low_label, "high_label": field.high_label}
        return {"value": number(value), "unit": field.unit} | ends
    return {"text_value": csv_text(str(value))}


def _variable_name(kind: Kind, field: Field) -> str:
    return kind.name if field.name == kind.value else field.series or field.name
