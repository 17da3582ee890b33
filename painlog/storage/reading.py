"""Reading a journal: entries, and the person's own measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import cached_property, lru_cache
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from painlog.domain.entries import Entry
from painlog.domain.kinds.declaration import matched
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.dates import day_of
from painlog.domain.periods import Period
from painlog.domain.variables import Variable, variables, variables_of
from painlog.errors import BadInput
from painlog.storage import connection
from painlog.storage.daily import DayReading
from painlog.storage.day_queries import DayQueries
from painlog.storage.log.changes import EntryRow, fold, from_json, to_json

if TYPE_CHECKING:
    from painlog.domain.observations import Alike, Noted, Told
    from painlog.storage.log.conflicts import Conflict
    from painlog.storage.outcomes import Past

SHORT_ID = 4
CLOCK_SLACK = timedelta(minutes=10)
_TRACKED = "tracked"
_LATELY = 500
_COLUMNS = "id, kind, day, at, utc_offset, zone, data, recorded_at, deleted"
_UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def secrets_in(said: str) -> list[bytes]:
    """Read the secrets that a journal's file says, one beside the other; what is none is passed over."""
    return [bytes.fromhex(each) for each in said.split() if matched("[0-9a-f]{40}", each)]


class Reading(DayReading):
    """An open journal, to read. Use it as a context manager; it closes the file at the end."""

    @cached_property
    def own(self) -> Mapping[str, Kind]:
        """The kinds of the person's own measures, by the id of the entry that declares each; retired ones too."""
        from painlog.domain.kinds.measures import MEASURE, own_kind, slug

        kinds: dict[str, Kind] = {}
        taken = set(variables())
        for id_, text in self._rows(
            "SELECT id, data FROM entries WHERE kind = ? AND deleted = 0 ORDER BY id", MEASURE.name
        ):
            data = from_json(text)
            if matched(_UUID, id_) and "name" in data:
                name = _free(slug(data["name"]), taken)
                taken.add(name)
                kinds[id_] = own_kind(id_, data, name)
        return kinds

    def variables(self) -> dict[str, Variable]:
        """Every variable that days of this journal may have, those of its own measures last."""
        return variables() | variables_of(self.own.values())

    def kind_named(self, name: str) -> Kind:
        """Return a kind by its name, or one of the person's own measures by its own. Raises BadInput."""
        clean = " ".join(name.lower().replace("_", " ").replace("-", " ").split())
        known = {kind.title.lower().replace("-", " "): kind for kind in (*self.own.values(), *KINDS.values())}
        known |= {kind.name.replace("-", " "): kind for kind in KINDS.values()}
        if clean not in known:
            names = [*(n for n in KINDS if n != _TRACKED), *(kind.label for kind in self.own.values())]
            raise BadInput(f"{name!r} is not a kind of entry; there are {', '.join(names)}")
        return known[clean]

    def _declared(self, kind: str, data: Mapping[str, Any]) -> Kind | None:
        if kind != _TRACKED:
            if kind not in self._known:
                self._known[kind] = KINDS.get(kind)
            return self._known[kind]
        measure = data.get("measure", "")
        if measure not in self.own and measure not in self._lost:
            self._lost[measure] = self._lost_kind(measure)
        return self.own.get(measure) or self._lost[measure]

    @cached_property
    def _known(self) -> dict[str, Kind | None]:
        return {}

    @cached_property
    def _lost(self) -> dict[str, Kind]:
        return {}

    def _lost_kind(self, measure: str) -> Kind:
        """The kind of a measure that was deleted since; a nameless one where it never arrived here."""
        from painlog.domain.kinds.measures import TRACKED, own_kind

        text = self._value("SELECT data FROM entries WHERE id = ?", measure)
        return own_kind(measure, from_json(text), "") if text else TRACKED

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
        rows = self._rows(sql, *given, -1 if newest is None else newest)
        while rows:
            yield self._entry(rows.pop())

    def alike(self, kind: str, period: Period) -> list[Alike]:
        """Return a kind's entries of a period, those that say the same as one; what was said first comes first."""
        from painlog.domain.observations import Alike

        found: dict[str, Alike] = {}
        rows = self._passing(
            "SELECT data, day FROM entries WHERE kind = ? AND deleted = 0 AND day BETWEEN ? AND ? ORDER BY day, at, id",
            *(kind, period.start.isoformat(), period.end.isoformat()),
        )
        days: dict[str, list[date]] = {}
        for text, day in rows:
            if text not in days:
                days[text] = []
                data = from_json(text)
                found[text] = Alike(kind, data, days[text], self._declared(kind, data))
            days[text].append(_date(day))
        return list(found.values())

    def told(self, kind: str, period: Period) -> Iterator[Told]:
        """Go through what a kind's entries of a period say, in the order of their days; to be gone through at once."""
        rows = self._passing(
            "SELECT day, variant, value, data FROM entries WHERE kind = ? AND deleted = 0 AND day BETWEEN ? AND ? "
            "ORDER BY day",
            *(kind, period.start.isoformat(), period.end.isoformat()),
        )
        return ((_date(day), variant, value, _data(text)) for day, variant, value, text in rows)

    def notes(self, period: Period) -> Iterator[Noted]:
        """Go through the period's notes, in the order of their days; to be gone through at once."""
        from painlog.domain.observations import Noted

        rows = self._passing(
            "SELECT kind, day, json_extract(data, '$.note') AS note FROM entries WHERE deleted = 0 "
            "AND day BETWEEN ? AND ? AND instr(data, '\"note\"') AND note IS NOT NULL ORDER BY day, at, id",
            *(period.start.isoformat(), period.end.isoformat()),
        )
        return (Noted(kind, _date(day), note) for kind, day, note in rows)

    def count_of(self, measure: str) -> int:
        """Return how many entries a measure of the person's own has."""
        return int(
            self._value(
                "SELECT count(*) FROM entries WHERE kind = ? AND variant = ? AND deleted = 0", _TRACKED, measure
            )
        )

    def names(self, kind: str, field: str = "name") -> list[str]:
        """Return the names or words that a kind's newest entries hold in a field, as ``lately`` does."""
        from painlog.storage import recent_names

        with connection.translated(self._place):
            return recent_names.names(self._conn, kind, field)

    def newest(self, kind: Kind, field: str, variant: str = "") -> dict[str, Any]:
        """Return the data of the newest entry of a kind, and of a variant if one is named, that holds a field."""
        wanted = str(kind.given.get(kind.variant, variant))
        text = self._value(
            "SELECT data FROM entries WHERE kind = ? AND (? = '' OR variant = ?) AND deleted = 0 "
            "AND json_extract(data, ?) IS NOT NULL ORDER BY day DESC, id DESC LIMIT 1",
            *(kind.name, wanted, wanted, f"$.{field}"),
        )
        data: dict[str, Any] = from_json(text) if text else {}
        return data

    def last_day(self, kind: str, until: date = date.max) -> date | None:
        """Return the last day with an entry of a kind, none after ``until``."""
        with connection.translated(self._place):
            return DayQueries(self._conn).last_day(kind, until)

    def has_answer(self, kind: str, field: str, variant: str, day: date) -> bool:
        """Return whether an entry of a day, of a kind and of a variant if one is named, holds a field."""
        with connection.translated(self._place):
            return DayQueries(self._conn).has_answer(kind, field, variant, day)

    def find(self, short: str) -> Entry:
        """Return the entry whose short id begins so, or whose whole id it is. Raises BadInput."""
        clean = short.strip().lower().removeprefix("[").removesuffix("]")
        if not clean or set(clean) - set("0123456789abcdef-"):
            raise BadInput(f"{short!r} is not an id; painlog list shows them")
        rows = self._rows(f"SELECT {_COLUMNS} FROM entries WHERE id = ?", clean)  # noqa: S608
        rows = rows or self._rows(
            f"SELECT {_COLUMNS} FROM entries WHERE substr(id, -12) >= ? AND substr(id, -12) < ? "  # noqa: S608
            "ORDER BY deleted LIMIT 4",
            *(clean, clean + "g"),
        )
        alive = [row for row in rows if not row[8]] or rows
        if not alive:
            raise BadInput(f"no entry has the id {short!r}; painlog list shows them")
        if len(alive) > 1:
            longer = ", ".join(row[0][-12:][: len(clean) + 2] for row in alive)
            raise BadInput(f"{short!r} stands for several entries; add a letter or two: {longer}")
        return self._entry(alive[0])

    def history(self, entry: Entry) -> list[Past]:
        """Return each change of an entry, the first one first, with the entry as it was after it."""
        from painlog.storage.outcomes import Past

        changes = self._rows("SELECT data, recorded_at, source FROM ops WHERE entry = ? ORDER BY hlc", entry.id)
        folded = [fold(entry.id, [row[:2] for row in changes[: i + 1]]) for i in range(len(changes))]
        return [
            Past(datetime.fromisoformat(recorded_at), source.partition(":")[0], after)
            for (_, recorded_at, source), after in zip(changes, self._entries(folded), strict=True)
        ]

    @property
    def device(self) -> str:
        """The name that this journal writes under."""
        return str(self._value("SELECT value FROM meta WHERE name = 'device'"))

    @property
    def sharing_secrets(self) -> list[bytes]:
        """The secrets of sealed change files that this journal knows, the one that it writes with first."""
        return secrets_in(str(self._value("SELECT value FROM meta WHERE name = 'sharing'") or ""))

    def origin(self, entry: Entry) -> dict[str, str]:
        """Return which app's file an entry was imported from (``from``), and what that ``said``; else nothing."""
        first = self._value("SELECT data FROM ops WHERE entry = ? ORDER BY hlc LIMIT 1", entry.id)
        found: dict[str, str] = from_json(first).get("origin", {}) if first else {}
        return found

    def ops(self) -> list[tuple[str, ...]]:
        """Return every change of every entry, all columns of each, in the order of their clocks."""
        return [*self.each_op()]

    def each_op(self) -> Iterator[tuple[str, ...]]:
        """Go through ``ops`` one by one, at once."""
        return self._passing("SELECT * FROM ops ORDER BY hlc")

    def conflicts(self, among: Sequence[str] | None = None) -> list[tuple[Entry, list[Conflict]]]:
        """Return entries, of some or of all, in which values stand side by side that two devices gave unseen."""
        from painlog.storage.log.conflicts import conflicts, standing

        several = "GROUP BY entry HAVING count(DISTINCT substr(hlc, 17)) > 1"
        if among is None:
            by_several = self._rows(f"SELECT entry FROM ops {several}")  # noqa: S608
        else:
            by_several = self._among("SELECT entry FROM ops WHERE entry", among, several)
        found = []
        for (id_,) in by_several:
            if here := conflicts(standing(self._changes_of(id_))):
                (row,) = self._rows(f"SELECT {_COLUMNS} FROM entries WHERE id = ?", id_)  # noqa: S608
                found.append((self._entry(row), here))
        return sorted(found, key=lambda each: (each[0].day, each[0].id))

    def _changes_of(self, entry: str) -> list[tuple[str, str]]:
        return self._rows("SELECT hlc, data FROM ops WHERE entry = ? ORDER BY hlc", entry)

    def clock_was(self) -> datetime | None:
        """When the last change was written down, if that is still ahead: the machine's clock was moved back."""
        written = self._value("SELECT recorded_at FROM ops ORDER BY hlc DESC LIMIT 1")
        before = datetime.fromisoformat(written) if written else self.present_at
        return before if before - self.present_at > CLOCK_SLACK else None

    def short_ids(self, entries: Sequence[Entry]) -> dict[str, str]:
        """Return for each entry's id the shortest beginning, of ``SHORT_ID`` or more, that no other entry shares."""
        beside = "SELECT substr(id, -12) FROM entries WHERE id <> asked.value AND substr(id, -12)"
        rows = self._rows(
            f"SELECT asked.value, ({beside} <= substr(asked.value, -12) ORDER BY substr(id, -12) DESC LIMIT 1), "  # noqa: S608
            f"({beside} >= substr(asked.value, -12) ORDER BY substr(id, -12) LIMIT 1) FROM json_each(?) AS asked",
            to_json([entry.id for entry in entries]),
        )
        return {
            id_: id_[-12:][: max(SHORT_ID, *(_shared(id_[-12:], other) + 1 for other in both))] for id_, *both in rows
        }

    def _entries(
        self, rows: Iterable[EntryRow], said: Mapping[str, dict[str, Any]] = MappingProxyType({})
    ) -> list[Entry]:
        """Make entries of rows; of ``said``, what they say is known by how that is written."""
        return [
            self._entry(
                (r.id, r.kind, r.day, r.at, r.utc_offset, r.zone, r.data, r.recorded_at, r.deleted), said.get(r.data)
            )
            for r in rows
        ]

    def _entry(self, row: Sequence[Any], said: dict[str, Any] | None = None) -> Entry:
        id_, kind, day, at, utc_offset, zone, text, recorded_at, deleted = row
        data = from_json(text) if said is None else said
        recorded = datetime.fromisoformat(recorded_at)
        return Entry(
            id_,
            kind,
            _date(day),
            datetime.fromisoformat(at).astimezone(_zone(utc_offset)) if at else None,
            zone,
            data,
            recorded,
            day_of(recorded, self.day_starts),
            self._declared(kind, data),
            bool(deleted),
        )

    def _now(self, ids: Iterable[str]) -> list[Entry]:
        """Entries as they are, by their ids and in that order."""
        wanted = [*ids]
        found = {row[0]: row for row in self._among(f"SELECT {_COLUMNS} FROM entries WHERE id", wanted)}  # noqa: S608
        return [self._entry(found[id_]) for id_ in wanted]


_date = lru_cache(_LATELY)(date.fromisoformat)


@lru_cache(_LATELY)
def _data(text: str) -> Mapping[str, Any]:
    """What an entry says; for entries that say the same it is the same object."""
    data: dict[str, Any] = from_json(text)
    return data


@lru_cache(_LATELY)
def _zone(offset: int) -> tzinfo:
    """The zone so many minutes east of UTC."""
    return timezone(timedelta(minutes=offset))


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number where two devices gave two measures the same one."""
    return next(free for i in count(1) if (free := name if i == 1 else f"{name}_{i}") not in taken)


def _shared(code: str, other: str | None) -> int:
    """How many characters two codes begin with alike."""
    return next((i for i, (a, b) in enumerate(zip(code, other or "", strict=False)) if a != b), len(other or ""))
