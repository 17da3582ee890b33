"""The op log: what was changed, in what order, and the entry that follows from it.

An op is one change to one entry. Its ``data`` holds the changed attributes only: ``kind``, ``day``, ``at``,
``utc_offset``, ``zone``, ``deleted``, ``origin`` (what an import took it from), and under ``fields`` the changed
fields, null for one that was taken away. An entry is the fold of its ops in the order of their ``hlc``, the last writer
of each attribute and field wins.

``hlc`` is a hybrid logical clock (Kulkarni et al. 2014): 12 hex digits of milliseconds, 4 of a counter, 8 of the
device; unique, sortable as text, and never going back where the wall clock does.
"""

import json
import os
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from painlog.domain.kind import Kind
from painlog.domain.kinds import KINDS
from painlog.errors import BadInput

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_MOST_IN_A_MILLISECOND = 0xFFF  # what a UUIDv7 has room for


class Op(NamedTuple):
    """One row of ``ops``, in the order of its columns."""

    hlc: str
    command: str
    entry: str
    data: str
    recorded_at: str
    source: str
    checksum: str


class EntryRow(NamedTuple):
    """One row of ``entries``, in the order of its columns."""

    id: str
    kind: str
    day: str
    at: str | None
    utc_offset: int
    zone: str
    variant: str
    value: float | None
    data: str
    recorded_at: str
    deleted: int


class LogicalClock:
    """Gives each op of a device its ``hlc``. ``last`` is the greatest one the journal holds, or empty."""

    def __init__(self, device: str, last: str) -> None:
        self.device, self.last = device, last

    def tick(self, wall: datetime) -> str:
        """Return the next stamp: the wall clock's milliseconds, or the last stamp counted on if that is not later."""
        milliseconds, counter = int(wall.timestamp() * 1000), 0
        if self.last:
            before, count = int(self.last[:12], 16), int(self.last[12:16], 16)
            if milliseconds <= before:
                milliseconds, counter = before, count + 1
            if counter > _MOST_IN_A_MILLISECOND:
                milliseconds, counter = before + 1, 0
        self.last = f"{milliseconds:012x}{counter:04x}{self.device}"
        return self.last


def new_id(hlc: str) -> str:
    """Return a UUIDv7 (RFC 9562, method 1) with an op's milliseconds and counter, the rest random.

    So the ids of a device sort in the order its entries were made, also those of one command.
    """
    noise = os.urandom(8).hex()
    variant = "89ab"[int(noise[0], 16) & 3]
    return f"{hlc[:8]}-{hlc[8:12]}-7{hlc[13:16]}-{variant}{noise[1:4]}-{noise[4:]}"


def new_device() -> str:
    """Return a random device name of 8 hex digits."""
    return os.urandom(4).hex()


def make_op(hlc: str, command: str, entry: str, data: dict[str, Any], recorded_at: str, source: str) -> Op:
    """Write an op with its checksum."""
    text = to_json(data)
    return Op(hlc, command, entry, text, recorded_at, source, checksum(hlc, command, entry, text, recorded_at, source))


def checksum(*columns: str) -> str:
    """Return a CRC-32 over an op's columns, as hex: it notices every flipped bit, and has no secret to keep."""
    return f"{zlib.crc32(chr(31).join(columns).encode()):08x}"


def fold(entry: str, ops: Iterable[tuple[str, str]]) -> EntryRow:
    """Return the entry that follows from its ops, given as (data, recorded_at) in the order of their ``hlc``."""
    ordered = list(ops)
    state, fields = merged(data for data, _ in ordered)
    said = {name: value for name, value in fields.items() if value is not None}
    return _row(entry, state, said, recorded_at=ordered[0][1])


def folded(changes: Iterable[tuple[str, str, str]]) -> Iterator[EntryRow]:
    """Yield the entries that follow from (entry, data, recorded_at) in the order of entries and their clocks.

    An entry whose beginning is missing is left out.
    """
    for entry, rows in groupby(changes, key=itemgetter(0)):
        try:
            yield fold(entry, [row[1:] for row in rows])
        except KeyError:
            continue


def merged(changes: Iterable[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the attributes and the fields that ops' data lead to, the last writer of each winning."""
    state: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    for data in changes:
        changed = json.loads(data)
        fields.update(changed.pop("fields", {}))
        state.update(changed)
    return state, fields


def to_json(data: dict[str, Any]) -> str:
    """Write compact JSON that keeps every character as it is."""
    return _ENCODER.encode(data)


def _derived(kind: Kind, said: dict[str, Any]) -> dict[str, Any]:
    """The derived fields; none where fields from several devices contradict each other, which must not stop a fold."""
    try:
        return kind.derive(said)
    except BadInput:
        return {}


def _row(entry: str, state: dict[str, Any], said: dict[str, Any], recorded_at: str) -> EntryRow:
    kind = KINDS.get(state["kind"])
    data = said | _derived(kind, said) if kind else said
    return EntryRow(
        id=entry,
        kind=state["kind"],
        day=state["day"],
        at=state["at"],
        utc_offset=state["utc_offset"],
        zone=state["zone"],
        variant=kind.variant_of(data) if kind else "",
        value=kind.value_of(data) if kind else None,
        data=to_json(data),
        recorded_at=recorded_at,
        deleted=state.get("deleted", 0),
    )
