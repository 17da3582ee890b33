"""The one gate for changes that arrive from elsewhere: bounds on each of their attributes. Pure.

What passes can be read, counted, shown and backed up by every command, and leaves this journal's own clock room. What a
newer painlog may have added passes too, within the same bounds. What the journal holds already is not asked.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from painlog.domain.kinds.fields import NOTE_LIMIT, Text
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.dates import FIRST_YEAR
from painlog.errors import BadInput
from painlog.storage.log.changes import FORGOTTEN, LATEST, ROOM, ReadChange

_LEAST = int(LATEST, 16) - ROOM
_CLOSELY = 10  # milliseconds: some 40,000 changes that were damaged or have not come yet
_LAST_YEAR = 9000  # that a clock which is wrong may show; every zone can show it too
_MOST_BYTES = 8_000_000  # of one change; half of what SQLite is asked to take as one text
_MOST_ITEMS, _MOST_FIELDS, _MOST_CLOCKS, _DEEPEST = 2_000, 500, 10_000, 8
_LARGEST = 2**53
_FIRST_DAY = f"{FIRST_YEAR}-01-01"
_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?")
_FAR = timedelta(days=2)  # between an entry's day and its instant


def admit(arrived: Iterable[ReadChange], first: int = 1) -> None:
    """Let changes in, ``first`` being the number of the first. Raises BadInput, which names the first bad one."""
    for number, each in enumerate(arrived, first):
        if why := _what_is_wrong(each):
            raise BadInput(f"change {number:,} {why}")


def late_stamps(arrived: Iterable[ReadChange], first: int = 1) -> list[tuple[int, int]]:
    """Return the stamps, in milliseconds, beyond the latest that a clock gives, each with the number of its change."""
    stamps = ((int(each.change.hlc[:12], 16), number) for number, each in enumerate(arrived, first))
    return [found for found in stamps if found[0] > _LEAST]


def out_of_reach(ahead: Mapping[str, Sequence[tuple[int, int]]], last: str) -> dict[str, int]:
    """Return which of some named files have a stamp that is out of reach, with the number of its change.

    ``ahead`` are their late stamps, ``last`` is the greatest clock of the journal. Beyond the latest that a clock
    gives, only what follows closely on another comes in, in whichever of the files or in the journal that is. So nobody
    takes the room that is left to count on, whoever counts on there is heard, and what came into one journal comes into
    every other.
    """
    found: dict[str, int] = {}
    while True:
        limit = max(_LEAST, int(last[:12], 16) if last else 0) + _CLOSELY
        for stamp in sorted({stamp for name, stamps in ahead.items() if name not in found for stamp, _ in stamps}):
            if stamp <= limit:
                limit = max(limit, stamp + _CLOSELY)
        limit = min(limit, _LEAST + ROOM // 2)
        more = {
            name: number
            for name, stamps in ahead.items()
            if name not in found and (number := next((count for stamp, count in stamps if stamp > limit), 0))
        }
        if not more:
            return found
        found |= more


def _what_is_wrong(each: ReadChange) -> str:
    change, data = each
    if len(change.data.encode()) > _MOST_BYTES:
        return "holds more than any entry"
    if not _is_written(change.recorded_at):
        return "was written down at a time that no clock shows"
    if not _is_modest(data, 0):
        return "holds a value that is out of all bounds"
    if len(data.get("fields", {})) > _MOST_FIELDS or len(data.get("over", ())) > _MOST_CLOCKS:
        return "holds more values than any entry"
    if data.get("day", _FIRST_DAY) < _FIRST_DAY:
        return f"is of a day before {FIRST_YEAR}"
    if "day" in data and data["day"] > _last_day(change.hlc):
        return "is of a day ahead of when it was written down"
    if not _fits_together(data):
        return "says of an entry what does not go together"
    return ""


def _last_day(hlc: str) -> str:
    """Return the last day that a change may speak of: by the log's clock, as that of a device may have gone back."""
    return (datetime.fromtimestamp(int(hlc[:12], 16) / 1000, UTC) + _FAR).date().isoformat()


def _is_written(recorded_at: str) -> bool:
    """Whether a time is written as painlog writes it, in a year that every zone can show."""
    return (
        _WRITTEN.fullmatch(recorded_at) is not None
        and FIRST_YEAR - 1 <= datetime.fromisoformat(recorded_at).year <= _LAST_YEAR
    )


def is_countable(number: float) -> bool:
    """Whether a number is finite, and small enough that a float holds it exactly where it is whole."""
    return -_LARGEST <= number <= _LARGEST


def _is_modest(value: Any, depth: int) -> bool:
    """Whether a value of JSON is within the bounds of all that painlog counts with, and so is everything within it."""
    if isinstance(value, bool) or value is None:
        return True
    if isinstance(value, int | float):
        return is_countable(value)
    if isinstance(value, str):
        return len(value) <= NOTE_LIMIT
    inner: Sequence[Any] = [*value.values()] if isinstance(value, dict) else value
    most = _MOST_CLOCKS if depth <= 1 else _MOST_ITEMS
    return depth < _DEEPEST and len(inner) <= most and all(_is_modest(each, depth + 1) for each in inner)


def _fits_together(data: Mapping[str, Any]) -> bool:
    """Whether a zone can be shown, a day and an instant are near each other, and a beginning says something."""
    if not str(data.get("zone", "")).isprintable():
        return False
    if (at := data.get("at")) and "day" in data:
        day = datetime.fromisoformat(data["day"])
        if abs(datetime.fromisoformat(at).replace(tzinfo=None) - day) > _FAR:
            return False
    kind = KINDS.get(str(data.get("kind")))
    return kind is None or FORGOTTEN in data or _says_something(kind, data.get("fields", {}))


def _says_something(kind: Kind, fields: Mapping[str, Any]) -> bool:
    """Whether the fields of a beginning make an entry of its kind: of one that is a text, that text."""
    told = {name for name, value in fields.items() if value is not None}
    if isinstance(kind.main, Text):
        return kind.main.name in told
    return bool(told - ({kind.variant, "note"} - {kind.main.name}))
