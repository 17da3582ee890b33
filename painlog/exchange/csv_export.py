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

from painlog.analysis.care import CareDay
from painlog.domain.amounts import Quantity, parts
from painlog.domain.care import GOAL
from painlog.domain.entries import Entry
from painlog.domain.fields import Choice, Field, Flag, Minutes, Number, Text, Where, Words, YesNo
from painlog.domain.kind import Kind
from painlog.domain.nights import Night, span_ends
from painlog.domain.periods import Period
from painlog.domain.questionnaire_kinds import Answers
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


def unguarded(cell: str) -> str:
    """Return what ``csv_text`` made a cell of; of its line breaks, the `` / `` that stands for one."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(DANGEROUS) else cell


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
        kind = entry.declared
        note = csv_text(str(entry.data.get("note", ""))) if with_notes else ""
        fields = [field for field in kind.fields if with_notes or not _is_own_words(entry, field)] if kind else []
        facts = [cells for field in fields for cells in _facts(kind, field, entry)] if kind else []
        if not facts and note:
            facts = [{"variable": "note"}]
        common = _common(entry, kind)
        for cells in facts:
            row = common | cells | {"note": note}
            note = ""
            yield [row.get(column, "") for column in LONG_COLUMNS]


def daily_columns(variables: Sequence[Variable]) -> list[str]:
    """Column names of the daily table."""
    measured = (csv_text(variable.column) for variable in variables)
    return ["day", "weekday", "days_late", *measured, *CareDay._fields, "regions", "notes"]


def daily_rows(
    period: Period,
    values: Mapping[Variable, Mapping[date, DayValue]],
    care: Mapping[date, CareDay],
    entries: Iterable[Entry],
    *,
    with_notes: bool,
) -> Iterator[list[str]]:
    """One row a calendar day of the period, days without an entry included."""
    of_day: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        of_day[entry.day].append(entry)
    for day in period.days():
        here = of_day[day]
        late = max((entry.days_late for entry in here), default=None)
        regions = dict.fromkeys(id_ for entry in here for id_ in entry.data.get("where", {}))
        notes = [str(entry.data["note"]) for entry in here if with_notes and "note" in entry.data]
        measured = [number(known[day].value) if day in known else "" for known in values.values()]
        yield [
            *(day.isoformat(), f"{day:%a}", number(late)),
            *measured,
            *(csv_text(cell) if isinstance(cell, str) else number(cell) for cell in care.get(day, CareDay())),
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
        "recall": csv_text(kind.variant_of(entry.data)) if kind and _sorts_are_recall(kind) else "",
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
    if value is None or isinstance(field, Text) or (isinstance(field, Choice) and _sorts_are_recall(kind)):
        return
    if isinstance(field, Night):
        if isinstance(value, str):
            yield {"variable": "span", "text_value": field.show(value)}
    elif isinstance(field, Where):
        for id_, score in value.items():
            yield {"variable": field.name, "body_region": csv_text(id_), "value": number(score)}
    elif isinstance(field, Answers):
        yield from _answers(field, value, withheld=bool(entry.data.get("item_9_private")))
    elif isinstance(field, Words):
        for word in value:
            yield {"variable": field.name, "text_value": csv_text(word)}
    else:
        yield {"variable": _variable_name(kind, field), **_value_cells(field, value)}


def _is_own_words(entry: Entry, field: Field) -> bool:
    """Whether a field holds a goal in the person's own words, which stay with the notes."""
    return (entry.kind == GOAL and field.name == "goal") or (entry.data.get("sort") == GOAL and field.name == "name")


def _answers(field: Answers, answers: Sequence[int | None], *, withheld: bool) -> Iterator[dict[str, str]]:
    """An item a row; none with its answer where the safety item is private, which the total would give away."""
    questionnaire = field.questionnaire
    for i, answer in enumerate(answers):
        cells = {"variable": f"{questionnaire.id}_item_{i + 1}", "value": number(answer)}
        if withheld:
            cells |= {"value": "", "text_value": "withheld"}
        if answer is not None:
            yield cells


def _sorts_are_recall(kind: Kind) -> bool:
    """Whether its sorts say what a number is about, such as the day's worst: those of kinds with a main number."""
    return bool(kind.value)


def _value_cells(field: Field, value: Any) -> dict[str, str]:
    if isinstance(field, Flag | YesNo):
        return {"value": "1" if value else "0"}
    if isinstance(field, Quantity):
        amount, unit = parts(value)
        return {"value": number(amount), "unit": csv_text(unit)}
    if isinstance(field, Number | Minutes):
        ends = {"low_label": csv_text(field.low_label), "high_label": csv_text(field.high_label)}
        return {"value": number(value), "unit": csv_text(field.unit)} | ends
    return {"text_value": csv_text(str(value))}


def _variable_name(kind: Kind, field: Field) -> str:
    if field.name != kind.value:
        return field.series or field.name
    return csv_text(kind.title) if kind.given else kind.name
