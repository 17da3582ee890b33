"""Apple Health: ``export.xml``, or the ``export.zip`` it comes in; streamed, however large it is.

Sleep analysis → nights and naps, all sources merged (see ``exchange.importing.sleep_intervals``). Where a record
names its time zone (``HKTimeZone``) that is taken, else the offset in the file. Symptoms → see
``exchange.importing.apple_symptoms``. Everything else (heart rate, steps …) is passed over.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import IO
from xml.parsers import expat
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from painlog.domain.entries import Draft
from painlog.domain.language.dates import Moment
from painlog.errors import BadInput, FileRefused
from painlog.exchange.importing.apple_symptoms import (
    MIDDLES,
    OTHERS,
    PAINS,
    PLACE_ONLY,
    PRESENCE,
    PRESENT,
    spaced,
    symptom_fields,
)
from painlog.exchange.importing.contract import Context, Importer, Problem
from painlog.exchange.importing.nights import night_drafts, read_instant
from painlog.exchange.importing.sleep_intervals import ASLEEP, AWAKE, IN_BED, STAGE, SleepIntervals, state_of
from painlog.exchange.importing.source import Source
from painlog.exchange.importing.written_dates import moment_of

ROOT = b"<HealthData"
CHUNK, MOST_TAG = 262_144, 16_000_000
TYPE, SLEEP = "HKCategoryTypeIdentifier", "SleepAnalysis"
STATES = {
    "InBed": IN_BED,
    "Awake": AWAKE,
    **dict.fromkeys(("Asleep", "AsleepUnspecified"), ASLEEP),
    **dict.fromkeys(("AsleepCore", "AsleepDeep", "AsleepREM"), STAGE),
}
WANTED = {TYPE + name: name for name in (SLEEP, "Fatigue", *PAINS, *PRESENT, *OTHERS)}


def _member(source: Source) -> str | None:
    """The member with the records, empty for the file itself, None for neither; its name follows the language."""
    if not source.is_zip:
        return "" if _is_export(source.start()) else None
    found = (name for name in source.members if name.lower().endswith(".xml") and name.count("/") < 3)
    return next((name for name in found if _is_export(source.start(name))), None)


def _is_export(start: str) -> bool:
    return start.lstrip().startswith("<") and ("<HealthData" in start or "<!DOCTYPE HealthData" in start)


class _Records:
    """The wanted records of a stream of XML, with their metadata; no declaration of the file is let through."""

    def __init__(self, name: str) -> None:
        self._name, self._lines = name, 0
        self._found: list[dict[str, str]] = []
        self._record: dict[str, str] | None = None
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start

    def read(self, file: IO[bytes], step: Callable[[int], None]) -> Iterator[dict[str, str]]:
        """Raises FileRefused for what is no whole export."""
        chunk, read = self._after_prolog(file), 0
        while chunk:
            read += len(chunk)
            self._parse(chunk, last=False)
            if read - self._parser.CurrentByteIndex > MOST_TAG:
                raise FileRefused(f"{self._name} is damaged: a tag in it never ends")
            yield from self._found
            self._found.clear()
            step(read)
            chunk = file.read(CHUNK)
        self._parse(b"", last=True)

    def _after_prolog(self, file: IO[bytes]) -> bytes:
        """The file from its root on. What it declares before is left out: painlog needs none of it."""
        head = b""
        while (at := head.find(ROOT)) < 0 and (more := file.read(CHUNK)) and len(head) < MOST_TAG:
            head += more
        if at < 0 or b"<!ENTITY" in head[:at]:
            why = "it has no health data" if at < 0 else "it declares entities, which no export of the app does"
            raise FileRefused(f"{self._name} is left alone: {why}")
        self._lines = head.count(b"\n", 0, at)
        return head[at:]

    def _parse(self, chunk: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            line = self._lines + error.lineno
            raise FileRefused(f"{self._name} is damaged in line {line}; export it again, and whole") from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Record" and attributes.get("type") in WANTED:
            attributes["line"] = str(self._lines + self._parser.CurrentLineNumber)
            self._record = attributes
            self._parser.EndElementHandler = self._end
        elif name == "MetadataEntry" and self._record and attributes.get("key") == "HKTimeZone":
            self._record["zone"] = attributes.get("value", "")

    def _end(self, name: str) -> None:
        if name == "Record" and self._record:
            self._found.append(self._record)
            self._record, self._parser.EndElementHandler = None, None


def _read(source: Source, context: Context) -> Iterator[Draft | Problem]:
    member = _member(source) or ""
    intervals, seen = SleepIntervals(), set[str]()
    with source.open(member) as file:
        for record in _Records(member or str(source.path)).read(file, context.step):
            try:
                if WANTED[record["type"]] == SLEEP:
                    _take(record, intervals)
                elif (found := _symptom(record, context)).id not in seen:  # the same record twice is one fact
                    seen.add(found.id)
                    yield found
            except BadInput as error:
                yield Problem(f"line {record['line']}", str(error))
    yield from night_drafts(intervals.sleeps(), context)


def _take(record: dict[str, str], intervals: SleepIntervals) -> None:
    state = state_of(record.get("value", ""), STATES, "HKCategoryValueSleepAnalysis")
    intervals.add(_at(record, "startDate"), _at(record, "endDate"), state, _zone(record.get("zone", "")))


def _symptom(record: dict[str, str], context: Context) -> Draft:
    name, value = WANTED[record["type"]], record.get("value", "")
    level = value.removeprefix("HKCategoryValue").removeprefix("Severity").removeprefix("Presence").removeprefix(name)
    at = _at(record, "startDate")
    kind, texts = symptom_fields(name, level, context)
    zone = _zone(record.get("zone", ""))
    moment = context.moment(at, zone) if zone else moment_of(context, at)
    texts = {**texts, **_until(record, at, moment, texts.get("note", ()))}
    key = f"{name} {at.timestamp():.0f} {level} {record.get('sourceName', '')}"
    scale = "" if level in PRESENCE and name in PRESENT else " (not present, mild, moderate, severe)"
    return context.draft(kind, texts, moment, key=key, original=f"{spaced(name)}: {spaced(level).lower()}{scale}")


def _until(record: dict[str, str], start: datetime, moment: Moment, notes: Sequence[str]) -> dict[str, list[str]]:
    """The note that says when a symptom ended, under what is noted already; nothing where it has no length."""
    end = _at(record, "endDate") if record.get("endDate") else start
    if end <= start:
        return {}
    shown = end.astimezone(moment.at.tzinfo) if moment.at else end
    day = "" if shown.date() == moment.day else f"{shown:%Y-%m-%d} "
    return {"note": ["\n".join((*notes, f"until {day}{shown:%H:%M}"))]}


def _at(record: dict[str, str], name: str) -> datetime:
    return read_instant(record.get(name, "").replace(" +", "+").replace(" -", "-"))


@cache
def _zone(name: str) -> str:
    """The zone of a name; the empty one where this machine does not know it, so that the file's offset holds."""
    try:
        return ZoneInfo(name).key if name else ""
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""


IMPORTER = Importer(
    name="apple-health",
    title="Apple Health",
    recognises=lambda source: _member(source) is not None,
    read=_read,
    rules=(
        MIDDLES,
        PLACE_ONLY,
        "Sleep of several devices is merged: time that two of them call sleep is counted once.",
        "Time in bed alone is not sleep.",
    ),
)
