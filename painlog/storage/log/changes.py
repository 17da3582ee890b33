"""The log of changes: what was changed, in what order, and the entry that follows from it.

A change is about one entry. Its ``data`` holds the changed attributes only: ``kind``, ``day``, ``at``, ``utc_offset``,
``zone``, ``deleted``, ``origin`` (what an import took it from), ``line`` (the line of words it was made from), under
``fields`` the changed fields, null for one that was taken away, under ``over`` the changes whose values it replaces
(``conflicts``), and under ``forgotten`` fields whose words are gone (``forgetting``). An entry is the fold of its
changes in the order of their ``hlc``; the last writer of each attribute and field wins. No row of an entry comes from
anywhere else.

``hlc`` is a hybrid logical clock (Kulkarni et al. 2014): 12 hex digits of milliseconds, 4 of a counter, 8 of the
device; unique, sortable as text, and never going back where the wall clock does.
"""

import json
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias, TypeVar

from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.registry import KINDS
from painlog.errors import BadInput

_MOST_IN_A_MILLISECOND = 0xFFF  # what a UUIDv7 has room for
AT_ONCE = 2_000  # changes that are in memory at a time
LINE, FORGOTTEN = "line", "forgotten"
LATEST_YEAR = 2200  # fixed, so that a device whose clock is wrong refuses the same as all others
_LATEST_MILLISECONDS = int(datetime(LATEST_YEAR, 1, 1, tzinfo=UTC).timestamp() * 1000)
ANY_CHANGE = "SELECT 1 FROM ops LIMIT 1"
EVERY = "SELECT * FROM ops ORDER BY hlc"  # every change, in the order of their clocks
TOO_LATE = f"is from a clock beyond the year {LATEST_YEAR}"
LATEST = f"{_LATEST_MILLISECONDS:012x}"
ROOM = 86_400_000  # a day before that, so that stamps have room to count on

_OWN = "tracked"  # a value of a measure of one's own, which may be answered by yes or no
_Each = TypeVar("_Each")
_MACHINE_IDS = ("/etc/machine-id", "/var/lib/dbus/machine-id")


class Change(NamedTuple):
    """One row of the table ``ops``, in the order of its columns."""

    hlc: str
    command: str
    entry: str
    data: str
    recorded_at: str
    source: str
    checksum: str


class ReadChange(NamedTuple):
    """A change and what its ``data`` says."""

    change: Change
    data: dict[str, Any]


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
    fields: dict[str, Any]


Means: TypeAlias = Callable[[str, Mapping[str, Any]], Meaning]


class EntryState(NamedTuple):
    """An entry as it follows from its changes: its row, and what the ``data`` of that says."""

    row: EntryRow
    fields: dict[str, Any]


def pieces(many: Iterable[_Each]) -> Iterator[list[_Each]]:
    """Yield some thousands at a time of what is never all in memory."""
    left = iter(many)
    while some := [*islice(left, AT_ONCE)]:
        yield some


class LogicalClock:
    """Gives each change of a device its ``hlc``. ``last`` is the greatest one the journal holds, or empty."""

    def __init__(self, device: str, last: str) -> None:
        self.device = device
        self._milliseconds, self._count = (int(last[:12], 16), int(last[12:16], 16)) if last else (-1, 0)
        self._wall: datetime | None = None
        self._now = 0

    def tick(self, wall: datetime) -> str:
        """Return the next stamp: the wall clock's milliseconds, or the last stamp counted on if that is not later."""
        if wall is not self._wall:  # of many changes it is the same
            self._wall, self._now = wall, min(max(int(wall.timestamp() * 1000), 0), _LATEST_MILLISECONDS - ROOM)
        milliseconds = self._now
        if milliseconds > self._milliseconds:
            self._milliseconds, self._count = milliseconds, 0
        elif self._count < _MOST_IN_A_MILLISECOND:
            self._count += 1
        else:
            self._milliseconds, self._count = self._milliseconds + 1, 0
        return f"{self._milliseconds:012x}{self._count:04x}{self.device}"


def local_instant_of(hlc: str, present_at: datetime) -> datetime | None:
    """Return the instant in an ``hlc``, in the zone of the present one; None for one that no clock shows."""
    try:
        return datetime.fromtimestamp(int(hlc[:12], 16) / 1000, present_at.tzinfo)
    except (ValueError, OverflowError, OSError):
        return None


def instant_of(hlc: str) -> datetime:
    """Return the instant that a clock shows."""
    return datetime.fromtimestamp(int(hlc[:12], 16) / 1000, UTC)


def new_id(hlc: str) -> str:
    """Return a UUIDv7 (RFC 9562, method 1) with a change's milliseconds and counter, the rest random.

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


def make_change(hlc: str, command: str, entry: str, data: dict[str, Any], recorded_at: str, source: str) -> Change:
    """Write a change with its checksum."""
    return write_change(hlc, command, entry, to_json(data), recorded_at, source)


def write_change(hlc: str, command: str, entry: str, data: str, recorded_at: str, source: str) -> Change:
    """Write a change, whose ``data`` is JSON already, with its checksum."""
    six = (hlc, command, entry, data, recorded_at, source)
    return Change(*six, checksum(*six))


def checksum(*columns: str) -> str:
    """Return a CRC-32 over a change's columns, as hex: it notices every flipped bit, and has no secret to keep."""
    return f"{zlib.crc32(chr(31).join(columns).encode()):08x}"


class Fold:
    """An entry's changes put together in the order of their clocks: the last writer of each attribute and field wins.

    ``recorded_at`` is that of the first change. Nobody gives an entry two kinds, but a device that means ill may: then
    it begins anew with each, and what follows counts as far as that kind can hold it. So whatever one journal took, in
    whatever order it came, is an entry in every other too.
    """

    def __init__(self, entry: str, recorded_at: str) -> None:
        self.entry, self.recorded_at = entry, recorded_at
        self.attributes: Mapping[str, Any] = {}
        self.fields: Mapping[str, Any] = {}
        self._has_several_kinds = False

    def add(self, data: Mapping[str, Any]) -> None:
        """Add what the next change says, of which nothing is altered."""
        before = self.attributes.get("kind")
        if not self.attributes or data.get("kind", before) != before:
            self._has_several_kinds |= bool(self.attributes)
            self.fields, self.attributes = data.get("fields", {}), data
            return
        fields = data.get("fields", {})
        if self._has_several_kinds and (kind := KINDS.get(self.attributes["kind"])):
            fields = {name: value for name, value in fields.items() if can_hold(kind, name, value)}
        self.fields = {**self.fields, **fields}
        self.attributes = {**self.attributes, **data}

    def state(self, means: Means | None = None) -> EntryState:
        """Return the entry that follows; ``means`` remembers what fields mean. Raises KeyError without a beginning."""
        said = self.attributes
        variant, value, data, fields = (means or meaning_of)(said["kind"], self.fields)
        day, at, utc_offset, zone = said["day"], said["at"], said["utc_offset"], said["zone"]
        deleted = 1 if FORGOTTEN in said and self._is_emptied() else said.get("deleted", 0)
        row = EntryRow(
            self.entry, said["kind"], day, at, utc_offset, zone, variant, value, data, self.recorded_at, deleted
        )
        return EntryState(row, fields)

    def _is_emptied(self) -> bool:
        """Whether what is left when words were forgotten is no entry any more."""
        kind = KINDS.get(self.attributes["kind"])
        return kind is not None and kind.lacks_main(self.fields)


def can_hold(kind: Kind, name: str, value: Any) -> bool:
    """Whether a field of a kind may hold a value, None for none, as far as this painlog knows the field."""
    field = kind.by_name.get(name)
    if value is None:
        return field is not kind.main or not kind.main.required
    if field is None or (isinstance(value, bool) and kind.name == _OWN):
        return True
    try:
        field.check(value)
    except (BadInput, ArithmeticError, LookupError, TypeError, ValueError, AttributeError):
        return False
    return True


def fold(entry: str, changes: Sequence[tuple[str, str]]) -> EntryRow:
    """Return the entry that follows from its changes, given as (data, recorded_at) in the order of their ``hlc``."""
    folding = Fold(entry, changes[0][1])
    for data, _ in changes:
        folding.add(json.loads(data))
    return folding.state().row


def fold_read(changes: Sequence[ReadChange], means: Means | None = None) -> EntryState:
    """Return the entry that follows from its changes, in the order of their ``hlc``."""
    first = changes[0].change
    folding = Fold(first.entry, first.recorded_at)
    for _, data in changes:
        folding.add(data)
    return folding.state(means)


def fold_all(changes: Iterable[tuple[str, str, str]]) -> Iterator[EntryRow]:
    """Yield the entries that follow from (entry, data, recorded_at) in the order of entries and their clocks.

    An entry whose beginning is missing is left out.
    """
    for entry, rows in groupby(changes, key=itemgetter(0)):
        try:
            yield fold(entry, [row[1:] for row in rows])
        except KeyError:
            continue


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_DECODER = json.JSONDecoder()


def to_json(data: Any) -> str:
    """Write compact JSON that keeps every character as it is."""
    return _ENCODER.encode(data)


def from_json(text: str) -> Any:
    """Read JSON that the journal wrote itself, which has nothing around it to look for."""
    return _DECODER.raw_decode(text)[0]


def meaning_of(name: str, fields: Mapping[str, Any]) -> Meaning:
    """Return what the fields of an entry mean, by the name of its kind; a field that is null was taken away.

    Fields from several devices may contradict each other; then nothing is derived, since that must not stop a fold.
    """
    kind = KINDS.get(name)
    data = {name: value for name, value in fields.items() if value is not None}
    if kind is None:
        return Meaning("", None, to_json(data), data)
    with suppress(BadInput):
        data |= kind.derive(data)
    return Meaning(kind.variant_of(data), kind.value_of(data), to_json(data), data)


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
