"""WHOOP: ``physiological_cycles.csv``, ``sleeps.csv`` or ``journal_entries.csv`` of the data export, or its zip.

Each row with a sleep → ``sleep`` from falling asleep to waking, and the time awake in it. Stamps are wall times in the
zone that the row gives. Scores, strain and heart rates are passed over. Each answer of the journal → a measure of the
person's own, yes or no, named as the question, of the day that the cycle goes through; its notes → note.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from painlog.domain.entries import Draft
from painlog.errors import BadInput
from painlog.exchange.importing.column_meanings import measure_names
from painlog.exchange.importing.contract import Context, Importer, Problem, read_rows
from painlog.exchange.importing.nights import Sleep, minutes_between, minutes_text, read_sleep_rows
from painlog.exchange.importing.shapes import as_number, required_number
from painlog.exchange.importing.source import Row, Source
from painlog.exchange.importing.written_dates import make_aware, read_stamp

COLUMNS = {"Cycle timezone", "Sleep onset", "Wake onset", "Asleep duration (min)"}
JOURNAL = {"Cycle start time", "Question text", "Answered yes"}
_HALF_A_DAY = timedelta(hours=12)  # from when a cycle begins, in the evening or at night, into its day
_ZONE = re.compile(r"UTC(?:([+-])(\d\d):(\d\d)|Z)?", re.ASCII)


def _member(source: Source) -> str | None:
    """The member with most of the sleeps, which names naps; None where there is none."""
    names = [name for name in source.candidates(".csv") if set(source.columns(name)) >= COLUMNS]
    return max(names, key=lambda name: "Nap" in source.columns(name), default=None)


def _journal(source: Source) -> str | None:
    """The member with the journal; None where there is none."""
    return next((name for name in source.candidates(".csv") if set(source.columns(name)) >= JOURNAL), None)


def _recognises(source: Source) -> bool:
    return _member(source) is not None or _journal(source) is not None


def _read(source: Source, context: Context) -> Iterator[Draft | Problem]:
    if (member := _member(source)) is not None:
        yield from read_sleep_rows(source.table(member).rows, _sleep, context)
    if (member := _journal(source)) is not None:
        yield from _read_journal(list(source.table(member).rows), context)


def _read_journal(rows: list[Row], context: Context) -> Iterator[Draft | Problem]:
    names = measure_names([question for row in rows if (question := row.cells.get("Question text", ""))], "WHOOP")
    return read_rows(rows, lambda row: _answer(row.cells, names, context))


def _answer(cells: Mapping[str, str], names: Mapping[str, str], context: Context) -> Iterator[Draft]:
    """What a question was answered, and the note beside it. Raises BadInput."""
    question, start = cells.get("Question text", ""), cells.get("Cycle start time", "")
    if not question:
        raise BadInput("it names no question")
    moment = context.day((_at(start, UTC) + _HALF_A_DAY).date())
    said = {"true": "yes", "false": "no"}.get(cells.get("Answered yes", "").lower(), "")
    original = f"{question} {said}, cycle from {start}"
    if not said:
        raise BadInput(f"{cells.get('Answered yes', '')!r:.60} is neither true nor false")
    kind = context.measure(names[question], scale="yes-no")
    yield context.draft(kind, {kind.main.name: [said]}, moment, key=f"{start} {question}", original=original)
    if notes := cells.get("Notes", ""):
        yield context.draft("note", {"note": [f"{question}: {notes}"]}, moment, key=f"{start} {question}")


def _sleep(cells: Mapping[str, str], place: str) -> Sleep | None:
    """The sleep of a row; None for a cycle without one. Raises BadInput."""
    if not cells.get("Sleep onset") or not cells.get("Wake onset"):
        return None
    zone = _zone(cells.get("Cycle timezone", ""))
    start, end = (_at(cells[name], zone) for name in ("Sleep onset", "Wake onset"))
    asleep = required_number(cells.get("Asleep duration (min)"), "Asleep duration")
    awake = as_number(cells.get("Awake duration (min)"), "Awake duration")
    fields = {} if awake is None else {"waso": minutes_text(60 * awake)}
    if asleep > minutes_between(start, end) + 1:
        raise BadInput(f"{asleep:g} minutes asleep do not fit between {start:%H:%M} and {end:%H:%M}")
    nap = {"true": True, "false": False}.get(cells.get("Nap", "").lower())
    return Sleep(start, end, asleep, f"{end:%Y-%m-%dT%H:%M}", place, fields, nap=nap or None)


def _at(cell: str, zone: tzinfo) -> datetime:
    stamp = read_stamp(cell)
    if not isinstance(stamp, datetime):
        raise BadInput(f"{cell!r} has no time")
    return make_aware(stamp.replace(tzinfo=zone))


def _zone(cell: str) -> timezone:
    found = _ZONE.fullmatch(cell.strip())
    if not found:
        raise BadInput(f"{cell!r:.60} is not a time zone as WHOOP writes it")
    minutes = int(found[2] or 0) * 60 + int(found[3] or 0)
    if minutes > 18 * 60:
        raise BadInput(f"{cell!r} is an offset that no place has")
    return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))


IMPORTER = Importer("whoop", "WHOOP (data export)", _recognises, _read)
