"""Reading entries: by period and kind, by their ids, and what those of a kind say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from painlog.domain.entries import Entry
from painlog.domain.kinds.kind import Kind
from painlog.domain.language.dates import day_of
from painlog.domain.periods import Period
from painlog.errors import BadInput
from painlog.storage import connection
from painlog.storage.kinds import TRACKED, Kinds
from painlog.storage.log.changes import EntryState, from_json, to_json

if TYPE_CHECKING:
    from painlog.domain.observations import EqualEntries, NoteOnDay, Observation
    from painlog.storage.rows import Rows

SHORT_ID = 4
_REMEMBERED = 500
_COLUMNS = "id, kind, day, at, utc_offset, zone, data, recorded_at, deleted"


class Reader:
    """The entries of one open journal; a person's day begins at ``day_starts``."""

    def __init__(self, rows: Rows, kinds: Kinds, day_starts: time) -> None:
        self._rows, self._kinds, self._day_starts = rows, kinds, day_starts

    def entries(
        self,
        period: Period | None = None,
        *,
        kinds: Sequence[str] = (),
        newest: int | None = None,
        until: date | None = None,
    ) -> list[Entry]:
        """Return entries in the order of their days: of a period, ``until`` a day, of some kinds, the ``newest``."""
        return list(self.each(period, kinds=kinds, newest=newest, until=until))

    def each(
        self,
        period: Period | None = None,
        *,
        kinds: Sequence[str] = (),
        newest: int | None = None,
        until: date | None = None,
    ) -> Iterator[Entry]:
        """Go through ``entries`` one by one; each is made when its turn comes, which spares memory where all go out."""
        where, given = ["deleted = 0"], []
        if period:
            where.append("day BETWEEN ? AND ?")
            given += [period.start.isoformat(), period.end.isoformat()]
        if until:
            where.append("day <= ?")
            given.append(until.isoformat())
        if kinds:
            where.append(f"kind IN ({', '.join('?' * len(kinds))})")
            given += list(kinds)
        sql = f"SELECT {_COLUMNS} FROM entries WHERE {' AND '.join(where)} ORDER BY day DESC, at DESC, id DESC LIMIT ?"  # noqa: S608
        rows = self._rows.select(sql, *given, -1 if newest is None else newest)
        while rows:
            yield self._entry(rows.pop())

    def alike(self, kind: str, period: Period) -> list[EqualEntries]:
        """Return a kind's entries of a period, those that say the same as one; what was said first comes first."""
        from painlog.domain.observations import EqualEntries

        found: dict[str, EqualEntries] = {}
        rows = self._rows.each(
            "SELECT data, day FROM entries WHERE kind = ? AND deleted = 0 AND day BETWEEN ? AND ? ORDER BY day, at, id",
            *(kind, period.start.isoformat(), period.end.isoformat()),
        )
        days: dict[str, list[date]] = {}
        for text, day in rows:
            if text not in days:
                days[text] = []
                data = from_json(text)
                found[text] = EqualEntries(kind, data, days[text], self._kinds.of_entry(kind, data))
            days[text].append(_date(day))
        return list(found.values())

    def contents(self, kind: str, period: Period, fields: Sequence[str] = ()) -> Iterator[Observation]:
        """Go through what a kind's entries of a period say, in the order of their days; to be gone through at once.

        Where ``fields`` are named, those without any of them may be left out.
        """
        named = " OR ".join(f"instr(data, '\"{name}\"')" for name in fields) or "1"
        rows = self._rows.each(
            "SELECT day, variant, value, data FROM entries WHERE kind = ? AND deleted = 0 AND day BETWEEN ? AND ? "  # noqa: S608
            f"AND ({named}) ORDER BY day",
            *(kind, period.start.isoformat(), period.end.isoformat()),
        )
        return ((_date(day), variant, value, _data(text)) for day, variant, value, text in rows)

    def notes(self, period: Period) -> Iterator[NoteOnDay]:
        """Go through the period's notes, in the order of their days; to be gone through at once."""
        from painlog.domain.observations import NoteOnDay

        rows = self._rows.each(
            "SELECT kind, day, json_extract(data, '$.note') AS note FROM entries WHERE deleted = 0 "
            "AND day BETWEEN ? AND ? AND instr(data, '\"note\"') AND note IS NOT NULL ORDER BY day, at, id",
            *(period.start.isoformat(), period.end.isoformat()),
        )
        return (NoteOnDay(kind, _date(day), note) for kind, day, note in rows)

    def count_of(self, measure: str) -> int:
        """Return how many entries a measure of the person's own has."""
        sql = "SELECT count(*) FROM entries WHERE kind = ? AND variant = ? AND deleted = 0"
        return int(self._rows.value(sql, TRACKED, measure))

    def count_from(self, source: str, period: Period) -> int:
        """Return how many entries of a period are from a source, such as values that ``same`` took over."""
        sql = (
            "SELECT count(DISTINCT entries.id) FROM entries JOIN ops ON ops.entry = entries.id "
            "WHERE deleted = 0 AND day BETWEEN ? AND ? AND ops.source = ?"
        )
        return int(self._rows.value(sql, period.start.isoformat(), period.end.isoformat(), source))

    def names(self, kind: str, field: str = "name") -> list[str]:
        """Return the names or words that a kind's newest entries hold in a field, the last ones first."""
        from painlog.storage import recent_names

        with connection.translate_errors(self._rows.place):
            return recent_names.names(self._rows.conn, kind, field)

    def newest(self, kind: Kind, field: str, variant: str = "") -> dict[str, Any]:
        """Return the data of the newest entry of a kind, and of a variant if one is named, that holds a field."""
        wanted = str(kind.constants.get(kind.variant, variant))
        text = self._rows.value(
            "SELECT data FROM entries WHERE kind = ? AND (? = '' OR variant = ?) AND deleted = 0 "
            "AND json_extract(data, ?) IS NOT NULL ORDER BY day DESC, id DESC LIMIT 1",
            *(kind.name, wanted, wanted, f"$.{field}"),
        )
        data: dict[str, Any] = from_json(text) if text else {}
        return data

    def last_recorded(self, count: int, kind: Kind | None = None) -> list[Entry]:
        """Return the entries that were written down last, the last one first; of a kind if one is given.

        One that an import brought back begins anew with that.
        """
        columns = ", ".join(f"entries.{column}" for column in _COLUMNS.split(", "))
        begins = "json_extract({}.data, '$.kind') IS NOT NULL"
        rows = self._rows.select(
            f"SELECT {columns} FROM ops JOIN entries ON entries.id = ops.entry "  # noqa: S608
            f"WHERE {begins.format('ops')} AND entries.deleted = 0 AND NOT EXISTS (SELECT 1 FROM ops AS later "
            f"WHERE later.entry = ops.entry AND later.hlc > ops.hlc AND {begins.format('later')}) "
            "AND (? = '' OR entries.kind = ?) AND (? = '' OR variant = ?) ORDER BY hlc DESC LIMIT ?",
            *[kind.name if kind else ""] * 2,
            *[str(kind.constants.get(kind.variant, "")) if kind else ""] * 2,
            count,
        )
        return [self._entry(row) for row in rows]

    def find(self, short: str) -> Entry:
        """Return the entry whose short id begins so, or whose whole id it is. Raises BadInput."""
        clean = short.strip().lower().removeprefix("[").removesuffix("]")
        if not clean or set(clean) - set("0123456789abcdef-"):
            raise BadInput(f"{short!r} is not an id; painlog list shows them")
        if len(clean) < SHORT_ID:
            raise BadInput(f"{short!r} is too short for an id, of {SHORT_ID} letters or more; painlog list shows them")
        rows = self._rows.select(f"SELECT {_COLUMNS} FROM entries WHERE id = ?", clean)  # noqa: S608
        rows = rows or self._rows.select(
            f"SELECT {_COLUMNS} FROM entries WHERE substr(id, -12) >= ? AND substr(id, -12) < ? "  # noqa: S608
            "ORDER BY deleted LIMIT 4",
            *(clean, clean + "g"),
        )
        alive = [row for row in rows if not row[8]] or rows
        if not alive:
            raise BadInput(f"no entry has the id {short!r}; painlog list shows them")
        if len(alive) > 1:
            longer = ", ".join(self.short_ids([self._entry(row) for row in alive]).values())
            raise BadInput(f"{short!r} stands for several entries; add a letter or two: {longer}")
        return self._entry(alive[0])

    def short_ids(self, entries: Sequence[Entry]) -> dict[str, str]:
        """Return for each entry's id the shortest beginning, of ``SHORT_ID`` or more, that no other entry shares."""
        beside = "SELECT substr(id, -12) FROM entries WHERE id <> asked.value AND substr(id, -12)"
        rows = self._rows.select(
            f"SELECT asked.value, ({beside} <= substr(asked.value, -12) ORDER BY substr(id, -12) DESC LIMIT 1), "  # noqa: S608
            f"({beside} >= substr(asked.value, -12) ORDER BY substr(id, -12) LIMIT 1) FROM json_each(?) AS asked",
            to_json([entry.id for entry in entries]),
        )
        return {
            id_: id_[-12:][: max(SHORT_ID, *(_count_shared(id_[-12:], other) + 1 for other in both))]
            for id_, *both in rows
        }

    def by_ids(self, ids: Iterable[str]) -> list[Entry]:
        """Return entries as they are, by their ids and in that order."""
        wanted = [*ids]
        found = {row[0]: row for row in self._rows.among(f"SELECT {_COLUMNS} FROM entries WHERE id", wanted)}  # noqa: S608
        return [self._entry(found[id_]) for id_ in wanted]

    def known_among(self, ids: Iterable[str]) -> set[str]:
        """Return those of some ids that entries have, deleted ones included."""
        return {row[0] for row in self._rows.among("SELECT id FROM entries WHERE id", [*ids])}

    def entry_of(self, state: EntryState) -> Entry:
        """Return the entry that follows from its changes."""
        row = state.row
        columns = row.id, row.kind, row.day, row.at, row.utc_offset, row.zone, row.data, row.recorded_at, row.deleted
        return self._entry(columns, state.fields)

    def _entry(self, row: Sequence[Any], fields: dict[str, Any] | None = None) -> Entry:
        """The entry of a row; what its ``data`` says need not be read again where it is known."""
        id_, kind, day, at, utc_offset, zone, text, recorded_at, deleted = row
        data = from_json(text) if fields is None else fields
        instant = datetime.fromisoformat(at).astimezone(_zone(utc_offset)) if at else None
        recorded = datetime.fromisoformat(recorded_at)
        recorded_on, declared = day_of(recorded, self._day_starts), self._kinds.of_entry(kind, data)
        return Entry(id_, kind, _date(day), instant, zone, data, recorded, recorded_on, declared, bool(deleted))


_date = lru_cache(_REMEMBERED)(date.fromisoformat)


@lru_cache(_REMEMBERED)
def _data(text: str) -> Mapping[str, Any]:
    """What an entry says; for entries that say the same it is the same object."""
    data: dict[str, Any] = from_json(text)
    return data


@lru_cache(_REMEMBERED)
def _zone(offset: int) -> tzinfo:
    """The zone so many minutes east of UTC."""
    return timezone(timedelta(minutes=offset))


def _count_shared(code: str, other: str | None) -> int:
    """How many characters two codes begin with alike."""
    return next((i for i, (a, b) in enumerate(zip(code, other or "", strict=False)) if a != b), len(other or ""))
