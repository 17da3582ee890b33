"""Withings: ``sleep.csv`` of one's data, alone or in the zip, with English or German column names.

Each row → ``sleep`` from lying down to the last waking: asleep are its stages together, with the time to fall asleep
and awake beside it. Snoring and heart rates are passed over.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from painlog.domain.entries import Draft
from painlog.exchange.importing.contract import Context, Importer, Problem
from painlog.exchange.importing.nights import Sleep, minutes_text, read_sleep_rows
from painlog.exchange.importing.shapes import as_number
from painlog.exchange.importing.source import Source
from painlog.exchange.importing.written_dates import read_local

_STAGES = (("light (s)", "leicht (s)"), ("deep (s)", "tief (s)"), ("rem (s)",))
_FROM, _TO, _AWAKE, _WAKINGS = ("from", "von"), ("to", "bis"), ("awake (s)", "wach (s)"), ("wake up", "Aufwachen")
_BEFORE, _AFTER = "Duration to sleep (s)", "Duration to wake up (s)"


def _member(source: Source) -> str | None:
    return next((name for name in source.candidates(".csv") if _is_sleep(set(source.columns(name)))), None)


def _is_sleep(columns: set[str]) -> bool:
    return {_BEFORE, _AFTER} <= columns and all(columns & set(names) for names in (_FROM, _TO, *_STAGES[:2]))


def _read(source: Source, context: Context) -> Iterator[Draft | Problem]:
    return read_sleep_rows(source.table(_member(source) or "").rows, _sleep, context)


def _sleep(cells: Mapping[str, str], place: str) -> Sleep | None:
    """The sleep of a row; None where no stage of sleep was measured. Raises BadInput."""
    lain, risen = (read_local(_cell(cells, names)) for names in (_FROM, _TO))
    asleep = sum(as_number(_cell(cells, names), names[0]) or 0 for names in _STAGES)
    if not asleep:
        return None
    before, after = (as_number(cells.get(name), name) or 0 for name in (_BEFORE, _AFTER))
    start, end = lain, risen - timedelta(seconds=after)
    awake = as_number(_cell(cells, _AWAKE), _AWAKE[0])
    span = (end - start).total_seconds()
    fields = {"sol": minutes_text(before)} if before else {}
    if awake is not None and span - asleep - before >= 0:
        fields["waso"] = minutes_text(span - asleep - before)
    wakings = as_number(_cell(cells, _WAKINGS), _WAKINGS[0])
    fields |= {"woke": f"{wakings:g}"} if wakings is not None and wakings <= 50 else {}
    return Sleep(start, end, asleep / 60, f"{risen.timestamp():.0f}", place, fields)


def _cell(cells: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((cells[name] for name in names if name in cells), "")


IMPORTER = Importer("withings", "Withings (export of your data)", lambda source: _member(source) is not None, _read)
