"""Lengths of time as other apps write them: ``1h 30m``, ``8h30``, ``8:30``, ``1d 02h 15m``, ``PT7H30M``. Pure."""

import re
from datetime import datetime
from functools import cache

from painlog.errors import BadInput
from painlog.exchange.importing.date_words import fold
from painlog.exchange.importing.plain_cells import plain_number
from painlog.exchange.importing.written_dates import quote, read_clock

UNITS = {"seconds": 1 / 60, "minutes": 1.0, "hours": 60.0, "days": 24 * 60.0}
_NAMES = {
    24 * 60.0: "d day days tag tage tagen jour jours j dia dias giorno giorni dag dagen dagar",
    60.0: "h hr hrs hour hours std stunde stunden heure heures hora horas ora ore uur uren u timer timmar godz",
    1.0: "m min mins minute minutes minuten minuto minutos minuti minuut minuter",
    1 / 60: "s sec secs second seconds sek sekunde sekunden seconde secondes segundo segundos secondi seconden",
}
_PART = re.compile(r"(\d{1,9}(?:[.,]\d{1,20})?) ?([a-z]+)\.?,? ?(?:and |und |et |y |e |en )?", re.ASCII)
_CLOCK = re.compile(
    r"(\d{1,4}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?: ?(?:h|hrs?|hours|std\.?|stunden|heures|horas|ore|uur))?", re.ASCII
)
_END = r"(\d{1,2}(?:[:.h]\d\d)? ?(?:uhr|[ap]\.? ?m\.?)?|[012]\d[0-5]\d)"
_SPAN = re.compile(rf"{_END} ?(?:-|–|—|to|until|till|bis|a|hasta|tot|ate) ?{_END}", re.ASCII)
_EVENING, _SLACK = 18, 5  # of the clock; minutes
_HOURS_MINUTES = re.compile(r"(\d{1,3}) ?(?:h|std|u)\.? ?(\d\d)", re.ASCII)
PLAIN = re.compile(r"\d{1,9}(?:[.,]\d{1,20})?", re.ASCII)


def read_length(cell: str, unit: str = "") -> float:
    """Return minutes; ``unit`` is that of a number without one: seconds to days. Raises BadInput."""
    clean = fold(plain_number(cell))
    if PLAIN.fullmatch(clean):
        if unit not in UNITS:
            raise BadInput(f"{quote(cell)} has no unit; say it, as in sleep:minutes")
        return float(clean.replace(",", ".")) * UNITS[unit]
    if clock := _CLOCK.fullmatch(clean):
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        if minutes < 60 and seconds < 60:
            return hours * 60 + minutes + seconds / 60
    elif short := _HOURS_MINUTES.fullmatch(clean):
        if int(short[2]) < 60:
            return int(short[1]) * 60 + int(short[2])
    elif (parts := _parts(clean.removeprefix("p").removeprefix("t"))) is not None:
        return parts
    raise BadInput(f"{quote(cell)} is not a length of time")


def read_span(cell: str) -> str:
    """Return the times from when until when a cell says, as in ``23:20-06:50``; empty for any other.

    Two numbers with points are times only over midnight: ``6.30-7.30`` may be from six to seven hours.
    """
    found = _SPAN.fullmatch(fold(cell))
    try:
        ends = [read_clock(end) for end in found.groups()] if found else []
    except BadInput:
        return ""
    has_points = bool(found) and "." in re.sub(r"[ap]\.? ?m\.?", "", fold(cell))
    if not ends or (has_points and ends[0].hour < _EVENING):
        return ""
    return "-".join(f"{end:%H:%M}" for end in ends)


def is_as_long(span: str, length: str) -> bool:
    """Whether a span, of times or of instants, is as long as a length, to a few minutes."""
    if "/" in span:
        start, end = map(datetime.fromisoformat, span.split("/"))
        minutes = (end - start).total_seconds() / 60
    else:
        first, last = (60 * clock.hour + clock.minute for clock in map(read_clock, span.split("-")))
        minutes = (last - first) % (24 * 60)
    return is_length(length) and abs(read_length(length) - minutes) <= _SLACK


def is_length(cell: str) -> bool:
    """Whether a cell is a length of time that names its units or stands as ``8:30``."""
    try:
        return read_length(cell) >= 0
    except BadInput:
        return False


def _parts(clean: str) -> float | None:
    """The minutes of numbers with units, each unit once and the larger first; None where it is something else."""
    place, total, last = 0, 0.0, 10_000.0
    while found := _PART.match(clean, place):
        unit = _units().get(found[2], 0.0)
        if not 0 < unit < last:
            return None
        total, last, place = total + float(found[1].replace(",", ".")) * unit, unit, found.end()
    return total if place and place == len(clean) else None


@cache
def _units() -> dict[str, float]:
    return {name: minutes for minutes, names in _NAMES.items() for name in names.split()}
