"""Values that two devices gave unseen by each other, side by side."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from painlog.domain.entries import Entry
from painlog.domain.language.dates import show_day
from painlog.view.screens.capture import when
from painlog.view.terminal import fit, line_room, pad, term

_LABELS, _VALUES = 16, 24


class Side(NamedTuple):
    """A value in words, when it was written by the clock of its device, and whether that is this one."""

    text: str
    written: datetime
    here: bool


def conflict_lines(entry: Entry, short: str, parts: Mapping[str, Sequence[Side]], today: date) -> Iterator[str]:
    """The entry, and below it each field with its values, the one that counts first."""
    head = f"{when(entry, today)}   [{short}]"
    yield f"{fit(term(entry.text), line_room() - len(head) - 3)}   {head}"
    for title, sides in parts.items():
        for number, side in enumerate(sides):
            label = pad(term(title) if number == 0 else "", _LABELS)
            local = side.written.astimezone()
            where = "here" if side.here else "on another device"
            written = f"{show_day(local.date(), today)} {local:%H:%M} {where}"
            yield f"  {label}{pad(term(side.text), _VALUES)}  {written}"
