"""Values that two devices gave unseen by each other, side by side."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from painlog.domain.entries import Entry
from painlog.domain.language.dates import show_day
from painlog.view.screens.capture import when
from painlog.view.terminal import columns, line_room, pad, term, wrap_text

_LABELS, _VALUES = 16, 24


class Side(NamedTuple):
    """A value in words, when it was written by the clock of its device, and whether that is this one."""

    text: str
    written: datetime
    here: bool


def conflict_lines(entry: Entry, short: str, parts: Mapping[str, Sequence[Side]], today: date) -> Iterator[str]:
    """The entry, and below it each field with its values, the one that counts first; each value whole."""
    yield from wrap_text(f"{term(entry.text)}   {when(entry, today)}   [{short}]", line_room())
    for title, sides in parts.items():
        for number, side in enumerate(sides):
            label = pad(term(title) if number == 0 else "", _LABELS)
            local = side.written.astimezone()
            where = "here" if side.here else "on another device"
            written = f"{show_day(local.date(), today)} {local:%H:%M} {where}"
            text = term(side.text)
            if columns(text) <= _VALUES:
                yield f"  {label}{pad(text, _VALUES)}  {written}"
            else:
                yield from wrap_text(text, line_room(), f"  {label}", " " * (_LABELS + 2))
                yield f"{' ' * (_LABELS + 2)}{written}"
