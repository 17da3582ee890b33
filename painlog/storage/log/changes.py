"""The op log: what was changed, in what order, and the entry that follows from it.

An op is one change to one entry. Its ``data`` holds the changed attributes only: ``kind``, ``day``, ``at``,
``utc_offset``, ``zone``, ``deleted``, ``origin`` (what an import took it from), under ``fields`` the changed fields,
null for one that was taken away, and under ``over`` the ops whose values it replaces (``seen``). An entry is the fold
of its ops in the order of their ``hlc``, the last writer of each attribute and field wins.

``hlc`` is a hybrid logical clock (Kulkarni et al. 2014): 12 hex digits of milliseconds, 4 of a counter, 8 of the
device; unique, sortable as text, and never going back where the wall clock does.
"""

from __future__ import annotations

import json
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.registry import KINDS
from painlog.errors import BadInput

_MOST_IN_A_MILLISECOND = 0xFFF  # what a UUIDv7 has room for
LATEST_YEAR = 2200  # fixed, so that a device whose clock is wrong refuses the same as all others
_LATEST_MILLISECONDS = int(datetime(LATEST_YEAR, 1, 1, tzinfo=UTC).timestamp() * 1000)
LATEST = f"{_LATEST_MILLISECONDS:012x}"
_ROOM = 86_400_000  # a day before that, so that stamps have room to count on

_MACHINE_IDS = ("/etc/machine-id", "/var/lib/dbus/machine-id")


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


class Meaning(NamedTuple):
    """What an entry's fields mean: three columns of its row, and what the last of them says."""

    variant: str
    value: float | None
    data: str
    said: dict[str, Any]


class LogicalClock:
    """Gives each op of a device its ``hlc``. ``last`` is the greatest one the journal holds, or empty."""

    def __init__(self, device: str, last: str) -> None:
        self.device = device
        self._milliseconds, self._count = (int(last[:12], 16), int(last[12:16], 16)) if last else (-1, 0)

    def tick(self, wall: datetime) -> str:
        """Return the next stamp: the wall clock's milliseconds, or the last stamp counted on if that is not later."""
        milliseconds = min(max(int(wall.timestamp() * 1000), 0), _LATEST_MILLISECONDS - _ROOM)
        if milliseconds > self._milliseconds:
            self._milliseconds, self._count = milliseconds, 0
        elif self._count < _MOST_IN_A_MILLISECOND:
            self._count += 1
        else:
            self._milliseconds, self._count = self._milliseconds + 1, 0
        return f"{self._milliseconds:012x}{self._count:04x}{self.device}"


def made_at(hlc: str, present_at: datetime) -> datetime | None:
    """Return the instant in an ``hlc``, in the zone of the present one; None for one that no clock shows."""
    try:
        return datetime.fromtimestamp(int(hlc[:12], 16) / 1000, present_at.tzinfo)
    except (ValueError, OverflowError, OSError):
        return None


def written_at(hlc: str) -> datetime:
    """Return the instant that a clock shows."""
    return datetime.fromtimestamp(int(hlc[:12], 16) / 1000, UTC)


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


def is_device(name: str) -> bool:
    """Whether a text is a device's name as ``new_device`` draws it."""
    return len(name) == 8 and not set(name) - set("0123456789abcdef")


def make_op(hlc: str, command: str, entry: str, data: dict[str, Any], recorded_at: str, source: str) -> Op:
    """Write an op with its checksum."""
    return op_of(hlc, command, entry, to_json(data), recorded_at, source)


def op_of(hlc: str, command: str, entry: str, text: str, recorded_at: str, source: str) -> Op:
    """Return an op, of which everything is written but the checksum."""
    return Op(hlc, command, entry, text, recorded_at, source, checksum(hlc, command, entry, text, recorded_at, source))


def checksum(*columns: str) -> str:
    """Return a CRC-32 over an op's columns, as hex: it notices every flipped bit, and has no secret to keep."""
    return f"{zlib.crc32(chr(31).join(columns).encode()):08x}"


def fold(entry: str, ops: Iterable[tuple[str, str]]) -> EntryRow:
    """Return the entry that follows from its ops, given as (data, recorded_at) in the order of their ``hlc``."""
    return fold_parsed(entry, ((json.loads(data), recorded_at) for data, recorded_at in ops))


def fold_parsed(entry: str, ops: Iterable[tuple[dict[str, Any], str]]) -> EntryRow:
    """Return the entry that follows from its ops, as ``fold`` does, where their data is parsed already."""
    ordered = list(ops)
    state, fields = _merged(data for data, _ in ordered)
    return made_row(entry, state, meaning(state["kind"], fields), recorded_at=ordered[0][1])


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
    return _merged(json.loads(data) for data in changes)


def _merged(changes: Iterable[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    state: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    for changed in changes:
        fields.update(changed.get("fields", {}))
        state.update(changed)
    state.pop("fields", None)
    return state, fields


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_DECODER = json.JSONDecoder()


def to_json(data: Any) -> str:
    """Write compact JSON that keeps every character as it is."""
    return _ENCODER.encode(data)


def from_json(text: str) -> Any:
    """Read JSON that the journal wrote itself, which has nothing around it to look for."""
    return _DECODER.raw_decode(text)[0]


def _derived(kind: Kind, said: dict[str, Any]) -> dict[str, Any]:
    """The derived fields; none where fields from several devices contradict each other, which must not stop a fold."""
    try:
        return kind.derive(said)
    except BadInput:
        return {}


def meaning(name: str, fields: dict[str, Any]) -> Meaning:
    """Return what the fields of an entry mean, by the name of its kind; a field that is null was taken away."""
    kind = KINDS.get(name)
    said = {name: value for name, value in fields.items() if value is not None}
    data = said | (_derived(kind, said) if kind else {})
    return Meaning(
        variant=kind.variant_of(data) if kind else "",
        value=kind.value_of(data) if kind else None,
        data=to_json(data),
        said=data,
    )


def made_row(entry: str, state: Mapping[str, Any], meant: Meaning, recorded_at: str) -> EntryRow:
    """Return the entry of some attributes and of what its fields mean."""
    return EntryRow(
        entry,
        state["kind"],
        state["day"],
        state["at"],
        state["utc_offset"],
        state["zone"],
        meant.variant,
        meant.value,
        meant.data,
        recorded_at,
        state.get("deleted", 0),
    )


@cache
def machine() -> str:
    """Return what stands for this machine, as hex; empty where that cannot be told.

    So a journal that was copied to another machine notices it: two copies that write under one name could give two
    changes the same clock. Only 32 bits of what the system calls the machine are kept.
    """
    named = _machine_name()
    return f"{zlib.crc32(f'painlog {named}'.encode()):08x}" if named else ""


def _machine_name() -> str:
    if sys.platform == "win32":
        return _in_the_registry()
    if sys.platform == "darwin":
        return _by_the_host()
    for place in _MACHINE_IDS:
        try:
            with open(place, encoding="utf-8") as said:  # noqa: PTH123  (pathlib would cost more than all of this)
                return said.read().strip()
        except (OSError, ValueError):
            continue
    return ""


def _in_the_registry() -> str:
    if sys.platform != "win32":
        return ""
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    except OSError:
        return ""


def _by_the_host() -> str:
    """What macOS calls the machine: ``gethostuuid(2)``, 16 bytes."""
    import ctypes

    id_, wait = ctypes.create_string_buffer(16), (ctypes.c_long * 2)(1, 0)
    try:
        failed = ctypes.CDLL(None).gethostuuid(id_, wait)
    except (OSError, AttributeError):
        return ""
    return "" if failed else id_.raw.hex()
