"""What an importer is, and what it is given: the contract between a file of another app and entries. Pure.

An importer never writes. It yields drafts, and a ``Problem`` for each row that it does not understand. Each draft has
an id that follows from its row, so that importing a file again finds the same entries; and beside what was understood
it keeps what the file said.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from painlog.domain.entries import LAST_MINUTE, Draft, place_in_time, read_texts
from painlog.domain.kinds.kind import Kind, TypedTexts
from painlog.domain.kinds.measures import MEASURE, own_kind, slug
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.dates import FIRST_YEAR, Moment, day_of, localize, steady_offset, zone_name
from painlog.errors import BadInput
from painlog.exchange.importing.source import Row, Source

_ZONES_APART = timedelta(days=2)  # no more lies between the dates of one instant


class Problem(NamedTuple):
    """A row that was not understood: where it stands in the file (``row 12``), and why."""

    place: str
    why: str


class CellProblem(Problem):
    """Something of a row that was not understood; what else the row says is read."""


class Repeated(Problem):
    """What a row says of a day as one above it did: it is taken once."""


class Query(NamedTuple):
    """What a file does not say and the person must: ``key`` names the answer, which is kept for the next time.

    One of ``options`` is the answer, any text that ``check`` lets pass where there are none; ``usual`` is taken at
    Enter.
    """

    key: str
    text: str
    options: tuple[str, ...] = ()
    usual: str = ""
    check: Callable[[str], object] = str

    def option(self, said: str) -> str:
        """Return the one option that an answer is or begins, in letters of any size; else the answer as it is."""
        wanted = said.strip().casefold()
        if said in self.options or not wanted:
            return said
        begun = [option for option in self.options if re.match(rf"{re.escape(wanted)}(?!\d)", option.casefold())]
        return next((option for option in begun if option.casefold() == wanted), begun[0] if len(begun) == 1 else said)


class Context:
    """What an importer may know besides its file: the present, the person's own measures and answers.

    An importer of large files calls ``step`` with the number of bytes read so far, for whoever shows progress.
    ``notes_alone`` has, by the id of an entry that took a row's note, the id that the note alone would have had: where
    that is there from another import, the entry does without.
    """

    def __init__(
        self,
        source: str,
        present_at: datetime,
        day_starts: time,
        own: Mapping[str, Kind],
        answers: Mapping[str, str],
    ) -> None:
        self.source, self.present_at, self.day_starts, self.answers = source, present_at, day_starts, answers
        self._origin = {"from": source}
        self._zone_name = zone_name()
        self._today = present_at.date()
        self._lately, self._last_day = self._today - _ZONES_APART, self._today + _ZONES_APART
        self._offsets: dict[date, tzinfo | None] = {}
        self._own = {slug(kind.label): kind for kind in own.values()}
        self.new_measures: list[Draft] = []
        self.notes_alone: dict[str, str] = {}
        self.step: Callable[[int], None] = _no_progress

    def moment(self, wall: datetime, zone: str = "") -> Moment:
        """Return the moment of a wall time (of the machine's zone, or of a named one) or of an aware instant.

        Raises BadInput for what is ahead or before ``FIRST_YEAR``.
        """
        self._check(day := wall.date(), ahead=day > self._last_day)  # first, as no zone reaches the calendar's ends
        at = wall.astimezone(_zone(zone)) if wall.tzinfo else self._aware(wall, day, zone)
        if day >= self._lately or day.year <= FIRST_YEAR:
            self._check(at.date(), ahead=at > self.present_at)
        return Moment(day_of(at, self.day_starts), at, zone or self._zone_name, "", self.day_starts)

    def day(self, day: date) -> Moment:
        """Return the moment of a day without a time. Raises BadInput for what is ahead or before ``FIRST_YEAR``."""
        self._check(day, ahead=day > self._today)
        return Moment(day, None, self._zone_name, "", self.day_starts)

    def draft(self, kind: Kind | str, texts: TypedTexts, moment: Moment, *, key: str, original: str = "") -> Draft:
        """Make a draft of texts by field, as they could have been typed. Raises BadInput.

        ``key`` tells this entry from all others of the file, today and in a later export of the same app; ``original``
        is what the file said where it was not the same, scale included: ``mood rad (5 of 5)``. No file says when it was
        written down: it is dated as if at once, by which ``Entry.is_undated`` knows it.
        """
        made = KINDS[kind] if isinstance(kind, str) else kind
        data = read_texts(made, texts, moment)
        when = place_in_time(made, data, moment, self.present_at)
        origin = self._origin | {"said": original} if original else self._origin
        written = when.at or localize(datetime.combine(when.day, LAST_MINUTE))[0]
        if when.day >= self._lately:
            written = min(written, self.present_at)
        return Draft(made, when, data, written, entry_id(self.source, made.name, key), origin)

    def measure(self, name: str, **declared: str) -> Kind:
        """Return the person's own measure of a name; one that is not there yet is declared along with the import.

        ``declared`` are the options of ``painlog track add``: scale, low, high, better, unit. Raises BadInput.
        """
        found = self._own.get(slug(name))
        if found is None:
            moment = Moment(day_of(self.present_at, self.day_starts), None, zone_name(), "", self.day_starts)
            data = MEASURE.read({"name": [name]} | {key: [text] for key, text in declared.items()}, moment)
            id_ = entry_id("measure", slug(data["name"]))
            self.new_measures.append(Draft(MEASURE, moment, data, None, id_, self._origin))
            found = self._own[slug(name)] = own_kind(id_, data, slug(data["name"]))
        return found

    def _aware(self, wall: datetime, day: date, zone: str) -> datetime:
        """A wall time in a zone, or in the machine's own, whose offset is found once for a day that has one."""
        if zone:
            return wall.replace(tzinfo=_zone(zone))
        if day not in self._offsets:
            self._offsets[day] = steady_offset(day)
        offset = self._offsets[day]
        return wall.replace(tzinfo=offset, fold=0) if offset else localize(wall)[0]

    def _check(self, day: date, *, ahead: bool) -> None:
        if ahead:
            raise BadInput(f"{day} is ahead")
        if day.year < FIRST_YEAR:
            raise BadInput(f"{day} is before {FIRST_YEAR}")


def _no_progress(_read: int) -> None:
    pass


def _nothing_to_ask(_source: Source) -> Sequence[Query]:
    return ()


class Importer(NamedTuple):
    """An app's way of writing files.

    ``recognises`` looks at the header only. ``read`` yields an entry, or a problem, for what the file holds; it may
    raise BadInput or FileRefused for a file that is damaged as a whole. ``asks`` says what the person has to answer
    first. ``rules`` say in a sentence each how scales were turned into painlog's.
    """

    name: str
    title: str
    recognises: Callable[[Source], bool]
    read: Callable[[Source, Context], Iterator[Draft | Problem]]
    asks: Callable[[Source], Sequence[Query]] = _nothing_to_ask
    rules: tuple[str, ...] = ()


def has_columns(names: Collection[str]) -> Callable[[Source], bool]:
    """Return what tells whether a table has these columns, and maybe others."""
    return lambda source: set(source.columns()) >= set(names)


def read_rows(rows: Iterable[Row], read: Callable[[Row], Iterable[Draft | Problem]]) -> Iterator[Draft | Problem]:
    """Yield what is read of each row of a table, and a problem for a row that is not understood."""
    for row in rows:
        try:
            yield from read(row)
        except BadInput as error:
            yield Problem(f"row {row.number}", str(error))


class Keys:
    """Keys made of texts; the same texts again in one file are a second thing, with a key of its own."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def of(self, *parts: str) -> str:
        """Return the key of the next entry that these texts identify."""
        key = "\x1f".join(parts)
        count = self._seen[key] = self._seen.get(key, 0) + 1
        return key if count == 1 else f"{key}\x1f#{count}"


def entry_id(*parts: str) -> str:
    """Return the id that follows from texts: a UUIDv8 (RFC 9562) whose first half is nil.

    It sorts before every id that painlog draws, so an entry of the person's own stands before an imported one.
    """
    digits = hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()
    return f"00000000-0000-8{digits[:3]}-8{digits[3:6]}-{digits[6:18]}"


def _zone(name: str) -> ZoneInfo | None:
    """The zone of a name; None, the machine's own, without one. Raises BadInput."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadInput(f"{name!r} is not a time zone") from None
