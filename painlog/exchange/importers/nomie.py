"""Nomie 5 and 6: the backup as JSON of both, the detailed table of notes, and the wide table of a column a tag.

``#pain(6)`` in a note is a value of the tracker ``pain``; a tag alone counts as 1. A tracker becomes a measure of the
person's own by the same name: lengths of time are minutes, one that is always 1 a count, any other a number. One
named as a variable of painlog's is that variable where the person says its scale. What a note says beside its tags is
a note, as it stands. Places and Nomie's own score are left out.

The wide table, whose tags are marked by ``#``, writes 0 for days without a value, so 0 says nothing there. It holds
sums of days of what the others hold one by one; the two are not the same entries.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from painlog.domain.entries import Draft
from painlog.domain.language.dates import Moment
from painlog.errors import BadInput, FileRefused
from painlog.exchange.importing import date_order, trackers, written_dates
from painlog.exchange.importing.column_meanings import Meaning
from painlog.exchange.importing.contract import CellProblem, Context, Importer, Keys, Problem, Query, read_rows
from painlog.exchange.importing.source import Row, Source
from painlog.exchange.importing.trackers import Tracker
from painlog.exchange.importing.typed_cells import find_number

_DETAILED = {"epoch", "start", "end", "offset", "note"}
_TAG = re.compile(r"(?<!\S)#([^\s()#@+]{1,80})(?:\(([^()]{0,40})\))?")
_LENGTH = re.compile(r"(\d{1,4}):(\d\d):(\d\d)", re.ASCII)
_VERSION = re.compile(r'\{\s*"(?:version|created|files|nomie|goals|boards|events|trackers)"')


class _Log(NamedTuple):
    """One note: where it stands in the file, its instant as the file has it, and its words."""

    place: str
    when: Any
    note: str


def _recognises(source: Source) -> bool:
    start = source.start().lstrip()
    if start.startswith("{"):
        return bool(_VERSION.match(start)) and ('"files"' in start or '"events"' in start or '"nomie"' in start)
    columns = source.columns()
    return set(columns) >= _DETAILED or _is_wide(columns)


def _is_wide(columns: tuple[str, ...]) -> bool:
    return len(columns) > 1 and columns[0] == "date" and all(name.startswith(("#", "@", "+")) for name in columns[1:])


def _asks(source: Source) -> tuple[Query, ...]:
    if _is_wide(source.columns()):
        days = (row.cells.get("date", "") for row in source.table().rows)
        return (*date_order.date_queries(days), *trackers.tracker_queries(_trackers(_wide_pairs(source))))
    return trackers.tracker_queries(_trackers(_pairs(source)))


def _read(source: Source, context: Context) -> Iterator[Draft | Problem]:
    if _is_wide(source.columns()):
        yield from _wide(source, context)
        return
    meanings = trackers.tracker_meanings(_trackers(_pairs(source)), "Nomie", context.answers)
    keys = Keys()
    for log in _logs(source):
        try:
            moment = _moment(log.when, context)
        except BadInput as error:
            yield Problem(log.place, str(error))
            continue
        yield from _drafts(log, moment, meanings, context, keys)


def _drafts(
    log: _Log, moment: Moment, meanings: Mapping[str, Meaning], context: Context, keys: Keys
) -> Iterator[Draft | Problem]:
    for name, value in _tags(log.note):
        try:
            for reading in meanings[name].read(context, f"#{name}", value):
                key = keys.of(str(log.when), name)
                yield context.draft(reading.kind, reading.texts, moment, key=key, original=reading.original)
        except BadInput as error:
            yield CellProblem(f"{log.place}, #{name}", str(error))
    if _TAG.sub("", log.note).strip():
        yield context.draft("note", {"note": [log.note]}, moment, key=keys.of(str(log.when), "note"))


def _tags(note: str) -> list[tuple[str, str]]:
    return [(name.lower(), (value or "").strip() or "1") for name, value in _TAG.findall(note)]


def _moment(when: Any, context: Context) -> Moment:
    if isinstance(when, str) and not re.fullmatch(r"-?\d{1,16}(?:\.\d+)?", when):
        return written_dates.moment_of(context, written_dates.read_stamp(when))
    if isinstance(when, bool) or not isinstance(when, int | float | str):
        raise BadInput("its time is missing")
    try:
        return context.moment(written_dates.read_epoch(float(when)))
    except OverflowError:
        raise BadInput("its time is no point in time") from None


def _logs(source: Source) -> Iterator[_Log]:
    if source.start().lstrip().startswith("{"):
        yield from _of_backup(source)
        return
    for row in source.table().rows:
        yield _Log(f"row {row.number}", row.cells.get("epoch") or row.cells.get("end"), row.cells.get("note", ""))


def _of_backup(source: Source) -> Iterator[_Log]:
    """The notes of a backup: ``events``, and every file in ``files`` that is a list of notes. Raises FileRefused."""
    data = source.json()
    if not isinstance(data, dict) or not any(isinstance(data.get(name), dict | list) for name in ("files", "events")):
        raise FileRefused(f"{source.path} is damaged: no backup of Nomie")
    files = data.get("files")
    books = [("events", data.get("events")), *(files.items() if isinstance(files, dict) else ())]
    for name, content in books:
        for number, log in enumerate(_list_in(content), 1):
            if isinstance(log, dict) and isinstance(log.get("note"), str) and ("end" in log or "start" in log):
                yield _Log(f"{name}, entry {number}", log.get("end") or log.get("start"), log["note"])
            elif name == "events":
                yield _Log(f"{name}, entry {number}", None, "")


def _list_in(content: Any) -> list[Any]:
    """A file's list, which may itself be JSON in a text; nothing for what is no list."""
    if isinstance(content, str) and content.lstrip().startswith("["):
        try:
            content = json.loads(content)
        except (ValueError, RecursionError):
            raise FileRefused("a file within the backup of Nomie is damaged") from None
    return content if isinstance(content, list) else []


def _pairs(source: Source) -> Iterator[tuple[str, str]]:
    return (pair for log in _logs(source) for pair in _tags(log.note))


def _wide_pairs(source: Source) -> Iterator[tuple[str, str]]:
    return (pair for row in source.table().rows for pair in _wide_values(row))


def _trackers(pairs: Iterable[tuple[str, str]]) -> dict[str, Tracker]:
    """Sum up what is said of each tracker, from its name and a value each."""
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return {name: _tracker(each) for name, each in values.items()}


def _tracker(values: list[str]) -> Tracker:
    timed = all(_LENGTH.fullmatch(value) for value in values)
    numbers = (find_number(value) for value in values)
    return trackers.sum_up([number for number in numbers if number is not None], timed=timed)


def _wide_values(row: Row) -> list[tuple[str, str]]:
    """A day's values; 0 is what Nomie writes for none."""
    cells = ((name.lstrip("#").lower(), cell) for name, cell in row.cells.items() if name.startswith("#"))
    return [(name, cell) for name, cell in cells if cell and find_number(cell) != 0]


def _wide(source: Source, context: Context) -> Iterator[Draft | Problem]:
    meanings = trackers.tracker_meanings(_trackers(_wide_pairs(source)), "Nomie", context.answers)
    order = date_order.read_order((row.cells.get("date", "") for row in source.table().rows), context.answers)
    return read_rows(source.table().rows, lambda row: _wide_day(row, order, meanings, context))


def _wide_day(row: Row, order: str, meanings: Mapping[str, Meaning], context: Context) -> Iterator[Draft]:
    day = written_dates.read_stamp(row.cells.get("date", ""), order)
    moment = written_dates.moment_of(context, day)
    for name, value in _wide_values(row):
        for reading in meanings[name].read(context, f"#{name}", value):
            key = f"day\x1f{day}\x1f{name}"
            yield context.draft(reading.kind, reading.texts, moment, key=key, original=reading.original)


IMPORTER = Importer("nomie", "Nomie", _recognises, _read, _asks, ("in the wide table of Nomie, 0 is taken as nothing",))
