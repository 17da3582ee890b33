"""Sleep Cycle: ``sleepdata.csv``, separated by semicolons or commas.

Each row → ``sleep`` from start to end; newer exports tell the time asleep and before it, the rest of the span is time
awake. Notes → note. The app's own quality in per cent and its moods are kept as the original only: nobody rated them
on a scale of painlog's.
"""

from collections.abc import Mapping

from painlog.exchange.importing.contract import Importer
from painlog.exchange.importing.nights import Sleep, minutes_between, minutes_text, read_sleep_rows
from painlog.exchange.importing.shapes import as_number
from painlog.exchange.importing.source import Source
from painlog.exchange.importing.written_dates import read_local

OLD = ("Start", "End", "Sleep quality", "Time in bed")


def _recognises(source: Source) -> bool:
    columns = tuple(name.lower() for name in source.columns())
    return columns[:3] == tuple(name.lower() for name in OLD[:3]) and any(
        name.startswith(OLD[3].lower()) for name in columns
    )


def _sleep(row: Mapping[str, str], place: str) -> Sleep:
    cells = {name.lower(): cell for name, cell in row.items()}
    start, end = read_local(cells.get("start", "")), read_local(cells.get("end", ""))
    span = minutes_between(start, end)
    seconds = as_number(cells.get("time asleep (seconds)"), "Time asleep")
    asleep = seconds / 60 if seconds else span
    before = (as_number(cells.get("time before sleep (seconds)"), "Time before sleep") or 0) / 60
    fields = {"waso": minutes_text(60 * (span - asleep - before))} if asleep < span else {}
    fields |= {"sol": minutes_text(60 * before)} if 0 < before <= span - asleep + 1 else {}
    note = cells.get("sleep notes") or cells.get("notes") or ""
    fields |= {"note": note} if note else {}
    said = {name: cells.get(name, "") for name in ("sleep quality", "wake up", "mood")}
    original = ", ".join(f"{name} {cell}" for name, cell in said.items() if cell)
    return Sleep(start, end, asleep, cells.get("start", ""), place, fields, original=original)


IMPORTER = Importer(
    name="sleep-cycle",
    title="Sleep Cycle",
    recognises=_recognises,
    read=lambda source, context: read_sleep_rows(source.table().rows, _sleep, context),
    rules=(
        "The quality that the app computes in per cent, and how one woke, are kept as the original, not as ratings.",
    ),
)
