"""The changes of an open journal: all of them, an entry's, a command's; and where two devices contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from painlog.storage.log.changes import (
    AT_ONCE,
    EVERY,
    LINE,
    Change,
    ReadChange,
    fold_read,
    from_json,
    instant_of,
    local_instant_of,
    pieces,
)
from painlog.storage.meta import DEVICE

if TYPE_CHECKING:
    from painlog.domain.entries import Entry
    from painlog.storage.log.conflicts import Conflict
    from painlog.storage.outcomes import PastState
    from painlog.storage.reading import Reader
    from painlog.storage.rows import Rows

_OF_COMMAND = "command = ? AND substr(hlc, 17) = substr(command, 17)"  # no other device adds to it
CLOCK_SLACK = timedelta(minutes=10)
_HAS_LINE = """instr(data, '"line":')"""
FAR_AHEAD = timedelta(days=2)  # zones apart, and a day of a wrong date


def devices_ahead(stamps: Iterable[tuple[str, str]], present_at: datetime) -> dict[str, str]:
    """Return the devices whose clocks were far ahead, with the first stamp of each, of pairs of ``hlc`` and time.

    Ahead of now and of when every other device wrote, and no stamp before it to count on from: who has read one that is
    far ahead stamps what follows no less, and is not to blame.
    """
    written: dict[str, float] = {}
    ordered = sorted(stamps)
    for hlc, recorded_at in ordered:
        instant = datetime.fromisoformat(recorded_at).timestamp()
        written[hlc[16:]] = max(written.get(hlc[16:], instant), instant)
    found: dict[str, str] = {}
    before = 0.0
    for hlc, _ in ordered:
        stamp, device = int(hlc[:12], 16) / 1000, hlc[16:]
        seen = max(before, present_at.timestamp(), *(at for other, at in written.items() if other != device))
        if stamp > seen + FAR_AHEAD.total_seconds():
            found.setdefault(device, hlc)
        before = stamp
    return found


class History:
    """The table ``ops`` of an open journal, to read."""

    def __init__(self, rows: Rows, reader: Reader) -> None:
        self._rows, self._reader = rows, reader

    def changes(self) -> list[tuple[str, ...]]:
        """Return every change of every entry, all columns of each, in the order of their clocks."""
        return [*self.each()]

    def each(self) -> Iterator[tuple[str, ...]]:
        """Go through ``changes`` one by one, at once."""
        return self._rows.each(EVERY)

    @property
    def last_clock(self) -> str:
        """The greatest ``hlc`` that the journal holds; empty where it holds none."""
        return self._rows.value("SELECT max(hlc) FROM ops") or ""

    def clock_was(self, present_at: datetime) -> datetime | None:
        """Return when the last change was written down, if that is ahead: the machine's clock was moved back."""
        written = self._rows.value("SELECT recorded_at FROM ops ORDER BY hlc DESC LIMIT 1")
        before = datetime.fromisoformat(written) if written else present_at
        return before if before - present_at > CLOCK_SLACK else None

    def clocks_ahead(self, present_at: datetime, among: Iterable[str] | None = None) -> list[str]:
        """Say which devices, of some or of all, have stamps far ahead of every other clock that was seen."""
        if not (last := self.last_clock) or instant_of(last) <= present_at + FAR_AHEAD:
            return []
        found = devices_ahead(self._rows.select("SELECT hlc, recorded_at FROM ops"), present_at)
        named = {device: hlc for device, hlc in found.items() if among is None or device in among}
        own = self._rows.value(DEVICE)
        return [
            f"{'this device' if device == own else f'the device {device}'} wrote with a clock that was at "
            f"{local_instant_of(hlc, present_at):%Y-%m-%d %H:%M}, far ahead of all others seen; see to its clock: what "
            "it wrote counts as later than what others did"
            for device, hlc in named.items()
        ]

    # Of entries

    def of(self, entry: Entry) -> list[PastState]:
        """Return each change of an entry, the first one first, with the entry as it was after it."""
        from painlog.storage.outcomes import PastState

        changes = self.past([entry.id])[entry.id]
        begun = next(count for count, (_, data) in enumerate(changes, 1) if "kind" in data)
        return [
            PastState(
                datetime.fromisoformat(change.recorded_at),
                change.source.partition(":")[0],
                self._reader.entry_of(fold_read(changes[:count]))._replace(line=data.get(LINE, "")),
            )
            for count, (change, data) in enumerate(changes, 1)
            if count >= begun
        ]

    def with_lines(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield entries with the lines of words that they were made from."""
        for some in pieces(entries):
            sql = f"SELECT entry, data FROM ops WHERE {_HAS_LINE} AND entry"  # noqa: S608
            found = self._rows.among(sql, [each.id for each in some])
            lines = {entry: line for entry, data in found if (line := from_json(data).get(LINE))}
            yield from (each._replace(line=lines.get(each.id, "")) for each in some)

    def lines(self, newest: int) -> list[str]:
        """Return the lines of words among so many of the newest changes, the oldest of them first, each once."""
        rows = self._rows.select("SELECT data FROM ops ORDER BY hlc DESC LIMIT ?", newest)
        lines = (from_json(data).get(LINE) for (data,) in rows)
        return [*dict.fromkeys(line for line in lines if line)][::-1]

    def alike(self, entry: str) -> list[str]:
        """Return the other entries that were made from the same line of words as one."""
        found: dict[str, None] = {}
        for change, own in self.past([entry])[entry]:
            if line := own.get(LINE):
                rows = self._rows.each("SELECT entry, data FROM ops WHERE command = ?", change.command)
                found |= dict.fromkeys(other for other, data in rows if from_json(data).get(LINE) == line)
        return [other for other in found if other != entry]

    def origin(self, entry: Entry) -> dict[str, str]:
        """Return which app's file an entry was imported from (``from``), and what that ``said``; else nothing."""
        origin: dict[str, str] = self.first_said_of(entry.id).get("origin", {})
        return origin

    def first_said_of(self, entry: str) -> dict[str, Any]:
        """Return what the first change of an entry says; nothing where there is none."""
        text = self._rows.value("SELECT data FROM ops WHERE entry = ? ORDER BY hlc LIMIT 1", entry)
        data: dict[str, Any] = from_json(text) if text else {}
        return data

    def conflicts(self, among: Sequence[str] | None = None) -> list[tuple[Entry, list[Conflict]]]:
        """Return entries, of some or of all, in which values stand side by side that two devices gave unseen."""
        several = "GROUP BY entry HAVING count(DISTINCT substr(hlc, 17)) > 1"
        if among is None:
            rows = self._rows.select(f"SELECT entry FROM ops {several}")  # noqa: S608
        else:
            rows = self._rows.among("SELECT entry FROM ops WHERE entry", among, several)
        found = {id_: here for (id_,) in rows if (here := self.conflicts_of(id_))}
        with_entries = [(entry, found[entry.id]) for entry in self._reader.by_ids(found)]
        return sorted(with_entries, key=lambda each: (each[0].day, each[0].id))

    def conflicts_of(self, entry: str) -> list[Conflict]:
        """Return the parts of an entry in which values stand side by side that differ."""
        from painlog.storage.log.conflicts import conflicts, standing_values

        return conflicts(standing_values((change.hlc, data) for change, data in self.past([entry])[entry]))

    def past(self, entries: Iterable[str]) -> dict[str, list[ReadChange]]:
        """Return every change so far of those of some entries that are there, in the order of their clocks."""
        past: dict[str, list[ReadChange]] = {}
        if wanted := [*entries]:
            for row in self._rows.among("SELECT * FROM ops WHERE entry", wanted, "ORDER BY entry, hlc"):
                change = Change(*row)
                past.setdefault(change.entry, []).append(ReadChange(change, from_json(change.data)))
        return past

    def find_begun(self, entries: Sequence[str]) -> set[str]:
        """Return those of some entries of which there is any change."""
        return {entry for (entry,) in self._rows.among("SELECT DISTINCT entry FROM ops WHERE entry", entries)}

    def under(self, clocks: Sequence[str]) -> dict[str, Change]:
        """Return the changes that have some clocks."""
        return {row[0]: Change(*row) for row in self._rows.among("SELECT * FROM ops WHERE hlc", clocks)}

    def find_forgetting(self, among: Sequence[str] | None = None) -> list[ReadChange]:
        """Return the changes that say what is to be forgotten, of some entries or of all."""
        from painlog.storage.log.forgetting import FORGET, read_changes

        rows = self._rows.select("SELECT * FROM ops WHERE source = ? ORDER BY hlc", FORGET)
        wanted = rows if among is None else [row for row in rows if row[2] in set(among)]
        return read_changes(Change(*row) for row in wanted)

    # Of commands, for undo and redo

    def commands(self, device: str) -> Iterator[tuple[str, str]]:
        """Yield a device's commands, the newest first, with their sources."""
        below = "g"
        while found := self._rows.select(
            "SELECT command, source FROM ops WHERE hlc < ? AND substr(hlc, 17) = ? ORDER BY hlc DESC LIMIT 1",
            *(below, device),
        ):
            command, source = found[0]
            yield command, source
            below = self._rows.value(f"SELECT min(hlc) FROM ops WHERE {_OF_COMMAND}", command)  # noqa: S608

    def first_of(self, command: str) -> dict[str, Any]:
        """Return what the first change of a command says."""
        text = self._rows.value(f"SELECT data FROM ops WHERE {_OF_COMMAND} ORDER BY hlc LIMIT 1", command)  # noqa: S608
        data: dict[str, Any] = from_json(text)
        return data

    def of_command(self, command: str, *, newest_first: bool = False) -> Iterator[tuple[ReadChange, list[ReadChange]]]:
        """Yield each change of a command with those that its entry had before."""
        onward, back = (
            f"SELECT hlc, entry FROM ops WHERE {_OF_COMMAND} AND hlc > ? ORDER BY hlc LIMIT ?",  # noqa: S608
            f"SELECT hlc, entry FROM ops WHERE {_OF_COMMAND} AND hlc < ? ORDER BY hlc DESC LIMIT ?",  # noqa: S608
        )
        sql, last = (back, "g") if newest_first else (onward, "")
        while found := self._rows.select(sql, command, last, AT_ONCE):
            past = self.past({entry for _, entry in found})
            for hlc, entry in found:
                of_entry = past[entry]
                place = next(i for i, (change, _) in enumerate(of_entry) if change.hlc == hlc)
                yield of_entry[place], of_entry[:place]
            last = found[-1][0]
