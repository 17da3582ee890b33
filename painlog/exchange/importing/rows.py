"""Reads the rows of one table whose columns are known: what is decided over all of it, then entry by entry. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import cached_property
from typing import NamedTuple

from painlog.domain.entries import Draft
from painlog.domain.kinds.registry import KINDS
from painlog.errors import BadInput
from painlog.exchange.importing.column_meanings import Meaning, Reading, read_meaning
from painlog.exchange.importing.contract import CellProblem, Context, Keys, Problem, Query, Repeated, read_rows
from painlog.exchange.importing.date_order import are_days, date_queries, read_order
from painlog.exchange.importing.date_words import fold
from painlog.exchange.importing.day_numbers import (
    are_parts_of_days,
    day_number_queries,
    is_some_day,
    numbered_days,
    read_part_of_day,
)
from painlog.exchange.importing.guesses import Look, guess_meaning, guess_queries
from painlog.exchange.importing.merge_cells import Place, make_drafts, merge_readings
from painlog.exchange.importing.source import Row, Source
from painlog.exchange.importing.tables import FoundTable
from painlog.exchange.importing.typed_cells import is_empty, match_number
from painlog.exchange.importing.word_scales import NONE, is_known_word, propose_numbers, read_numbers
from painlog.exchange.importing.written_dates import make_aware, moment_of, read_clock, read_stamp
from painlog.exchange.importing.written_lengths import is_as_long
from painlog.exchange.importing.yearless_dates import refuse_new_year, with_year, year_queries

MOST_WORDS, LONGEST_WORD = 12, 30
EMPTY_DAYS, DAY_ABOVE = "empty days", "of the day above"
_SHORT, _MOST_KNOWN = 40, 20_000  # characters of a cell, and how many cells are remembered
_MOST_KEPT = 2_000  # cells of a column that are looked at
_REMARKED = re.compile(r"(.*\d.*?) ?\(([^()]+)\)")
_ZERO = re.compile(r"0+(?:[.,]0+)?", re.ASCII)
Roles = Mapping[str, str]
_RowRead = tuple[Sequence[Reading], Sequence[tuple[str, str]]]  # what cells say, and of which columns why they do not


class _Facts(NamedTuple):
    """What all rows show: stamps and times as written, the words of rated columns, the cells of each name."""

    stamps: dict[str, None]
    clocks: dict[str, None]
    words: dict[str, dict[str, None]]
    named: dict[str, dict[str, None]]
    without_day: list[int]


class Scan:
    """A table of a file and what its columns are: by repeat of their names the roles, and the others' meanings."""

    def __init__(
        self,
        source: Source,
        table: FoundTable,
        roles: tuple[Roles, ...],
        meanings: tuple[Mapping[str, Meaning], ...],
        *,
        no_zeros: bool,
    ) -> None:
        self.source, self.table, self.roles, self.meanings, self.no_zeros = source, table, roles, meanings, no_zeros

    def rows(self) -> Iterator[Row]:
        """The rows of the table."""
        return self.table.rows(self.source)

    def cell(self, row: Row, column: str) -> str:
        """Return what stands in a column; nothing where none is named."""
        cell = row.cells.get(column, "") if column else ""
        return "" if self.no_zeros and _ZERO.fullmatch(cell) else cell

    def lacks_day(self, row: Row, roles: Roles, meanings: Iterable[str]) -> bool:
        """Whether a row says something, but not of which day."""
        has_day = not roles["day"] or row.cells.get(roles["day"], "")
        return not has_day and any(row.cells.get(column, "") for column in (*meanings, roles["value"]) if column)

    @cached_property
    def facts(self) -> _Facts:
        """What a pass over the whole table shows."""
        facts = _Facts({}, {}, defaultdict(dict), defaultdict(dict), [])
        rated = [column for of in self.meanings for column, meaning in of.items() if meaning.rating]
        parts = [
            (list(filter(None, (stamp_column(roles), roles["sleep_from"]))), roles, meanings)
            for roles, meanings in zip(self.roles, self.meanings, strict=True)
        ]
        for row in self.rows():
            for stamped, roles, meanings in parts:
                day = "" if roles["month"] else row.cells.get(roles["day"], "")
                if day and not is_some_day(day):
                    continue
                for column in stamped:
                    if cell := row.cells.get(column, ""):
                        facts.stamps[cell] = None
                if facts.stamps and not facts.without_day and self.lacks_day(row, roles, meanings):
                    facts.without_day.append(row.number)
                if clock := self.cell(row, roles["time"]):
                    facts.clocks[clock] = None
                if (name := self.cell(row, roles["name"])) and len(facts.named[name]) < _MOST_KEPT:
                    facts.named[name][self.cell(row, roles["value"])] = None
            for column in rated:
                cell = row.cells.get(column, "")
                if (
                    cell
                    and match_number(cell) is None
                    and not cell[0].isdecimal()
                    and len(facts.words[column]) <= MOST_WORDS
                ):
                    facts.words[column][cell] = None
        return facts

    def looks(self) -> list[Look]:
        """What each name of a long table shows; a scale is what all numbers together need."""
        cells = (cell for each in self.facts.named.values() for cell in each)
        highest = max((found[0] for cell in cells if (found := match_number(cell))), default=0)
        shared = "0-10" if 5 < highest <= 10 else ""
        return [Look(name, cells, shared) for name, cells in self.facts.named.items()]

    def queries(self) -> Iterator[Query]:
        """Yield what has to be asked. Raises BadInput where dates are written in several orders."""
        yield from date_queries(self.facts.stamps)
        yield from year_queries(self.facts.stamps)
        yield from day_number_queries(self.facts.stamps)
        if rows := self.facts.without_day:
            text = f"rows without a day, such as row {rows[0]}: are they of the day above?"
            yield Query(EMPTY_DAYS, text, (DAY_ABOVE, "left out"), DAY_ABOVE)
        for of in self.meanings:
            for column, meaning in of.items():
                yield from word_queries(column, meaning, self.facts.words.get(column, ()))
        for look in self.looks():
            yield from guess_queries(look)
            words = [*look.nones, *(cell for cell in look.cells if match_number(cell) is None)]
            yield from word_queries(look.label, read_meaning(guess_meaning(look, {})), words)

    def read(self, context: Context) -> Iterator[Draft | Problem]:
        """Yield the entries of all rows, and what is not understood. Raises BadInput for an order that is not known."""
        reader = _Reader(self, context)
        return read_rows(self.rows(), reader.read)


def stamp_column(roles: Roles) -> str:
    """Return the column whose dates say the order of day and month: the day's, or the waking's."""
    return "" if roles["month"] else roles["day"] or roles["sleep_to"]


def word_queries(column: str, meaning: Meaning, words: Iterable[str]) -> Iterator[Query]:
    """Yield the question for a rating's words, with a proposal, where they are words of a scale."""
    rating = meaning.rating
    if rating is None:
        return
    zeros = rating.better != "high"
    asked = [word for word in words if not is_empty(word) or (zeros and fold(word) in NONE)]
    once = list({fold(word): word for word in asked if len(word) <= LONGEST_WORD}.values())
    if once and len(once) <= MOST_WORDS and any(is_known_word(word) for word in once):
        proposal = propose_numbers(once, better=rating.better)
        text = f"{column} in your file is also in words; as numbers of 0-10 (- for no entry):"
        yield Query(f"words {column}", f"{text} {proposal}?", (), proposal, lambda said: read_numbers(said, once))


class _Reader:
    """Reads rows of one table."""

    def __init__(self, scan: Scan, context: Context) -> None:
        self.scan, self.context, self.keys = scan, context, Keys()
        self._known_rows: dict[tuple[int, tuple[str, ...], tuple[str, ...]], _RowRead] = {}
        self._known: dict[tuple[str, str], list[Reading] | str] = {}
        kinds = {meaning.kind for of in scan.meanings for meaning in of.values()}
        self.of_sleep_alone = kinds <= {"sleep", "note", ""}
        self._sleeps: dict[tuple[object, ...], int] = {}  # what is said of each day's sleep, and by which row first
        self.order = read_order(scan.facts.stamps, context.answers)
        refuse_new_year(scan.facts.stamps, self.order)
        self.no_clocks = are_days(scan.facts.stamps, self.order)
        self.fills_days = context.answers.get(EMPTY_DAYS) == DAY_ABOVE
        self._last_day = ""
        self.numbered = numbered_days(scan.facts.stamps, context.answers)
        self.has_parts_of_days = are_parts_of_days(scan.facts.clocks)
        self.no_times = bool(scan.facts.clocks) and all(map(_is_midnight, scan.facts.clocks))
        self.named = {look.label: guess_meaning(look, context.answers) for look in scan.looks()}

    def read(self, row: Row) -> Iterator[Draft | Problem]:
        """Yield the entries of a row, and a problem for each cell that is not understood. Raises BadInput."""
        for roles, meanings in zip(self.scan.roles, self.scan.meanings, strict=True):
            if len(self.scan.roles) == 1 or any(row.cells.get(each, "") for each in (roles["day"], *meanings)):
                yield from self._read(row, roles, meanings)

    def _read(self, row: Row, roles: Roles, meanings: Mapping[str, Meaning]) -> Iterator[Draft | Problem]:
        stamp, remarks = self._stamp(row, roles)
        clock = "" if self.no_times else self.scan.cell(row, roles["time"])
        if clock and roles["am_pm"]:
            clock = f"{clock} {self.scan.cell(row, roles['am_pm'])}".strip()
        if self.has_parts_of_days and clock:
            clock = read_part_of_day(clock).isoformat()
        is_time = is_empty(clock) or isinstance(stamp, datetime) or _is_clock(clock)
        moment = moment_of(self.context, stamp, clock if is_time and not is_empty(clock) else "")
        remarks += () if is_time else (f"{roles['time']}: {clock}",)
        merged, problems = self._read_cells(row, roles, meanings, remarks)
        for column, why in problems:
            yield CellProblem(f"row {row.number}, {column}", why)
        place = Place(row.number, moment, f"{stamp.isoformat()} {clock}")
        once = [self._once(reading, place) for reading in merged]
        yield from (each for each in once if isinstance(each, Problem))
        yield from make_drafts([each for each in once if isinstance(each, Reading)], place, self.context, self.keys)

    def _once(self, reading: Reading, place: Place) -> Reading | Repeated:
        """A reading without what a row above says of the same day's sleep, which many tables write in each row."""
        if reading.kind.name != "sleep" or reading.texts.get("type") == ["nap"]:
            return reading
        when = place.when if self.of_sleep_alone else place.moment.day  # where rows say nothing else, each is a sleep
        said = {name: (when, name, *texts) for name, texts in reading.texts.items()}
        new = {name: reading.texts[name] for name, key in said.items() if key not in self._sleeps}
        first = next((self._sleeps[key] for key in said.values() if key in self._sleeps), 0)
        self._sleeps |= {key: place.row for key in said.values() if key not in self._sleeps}
        if not new:
            return Repeated(f"row {place.row}", f"the sleep of the day is the one of row {first}, taken once")
        return reading._replace(texts=new)

    def _read_cells(
        self, row: Row, roles: Roles, meanings: Mapping[str, Meaning], remarks: tuple[str, ...]
    ) -> _RowRead:
        """What a row says, joined; of rows whose cells are short, and so may come again as the same, it is remembered.

        The times of a night, and until when something lasted, are read anew in each row.
        """
        name, value = self.scan.cell(row, roles["name"]), self.scan.cell(row, roles["value"])
        cells = (name, value, *[self.scan.cell(row, column) for column in meanings])
        if (known := self._known_rows.get(key := (id(meanings), cells, remarks))) is not None:
            return known
        readings = [Reading(KINDS["note"], {"note": [remark]}) for remark in remarks]
        problems: list[tuple[str, str]] = []
        named = [(name, value, read_meaning(words))] if (words := self.named.get(name, "")) else []
        of_pain = all(meaning.kind == "pain" for *_, meaning in named)
        for column, cell, meaning in [*zip(meanings, cells[2:], meanings.values(), strict=True), *named]:
            if not of_pain and meaning.kind == "pain":  # the place of a stiffness, say
                readings += Meaning("note", "note", hint=column).read(self.context, column, cell)
                continue
            of_cell = self._cell(column, cell, meaning) if cell else []
            if isinstance(of_cell, str):
                problems.append((column, of_cell))
            else:
                readings += of_cell
        is_alone = not roles["sleep_to"] and not roles["end"]
        if not is_alone:
            readings = _with_one_night(readings, self._span(row, roles, problems, is_empty=not readings), problems)
        of_row = merge_readings(readings), problems
        if is_alone and sum(map(len, cells)) <= _SHORT and len(self._known_rows) < _MOST_KNOWN:
            self._known_rows[key] = of_row
        return of_row

    def _cell(self, column: str, cell: str, meaning: Meaning) -> list[Reading] | str:
        """What a cell says, or why it is not understood; of short ones, which come again, it is remembered."""
        if (known := self._known.get((column, cell))) is not None:
            return known
        try:
            found: list[Reading] | str = meaning.read(self.context, column, cell)
        except BadInput as error:
            found = str(error)
        if len(cell) <= _SHORT and len(self._known) < _MOST_KNOWN:
            self._known[column, cell] = found
        return found

    def _stamp(self, row: Row, roles: Roles) -> tuple[date | datetime, tuple[str, ...]]:
        """The day, or the instant, of a row, and what stands in brackets beside it. Raises BadInput."""
        day = row.cells.get(roles["day"], "") if roles["day"] else ""
        if self.fills_days:
            day = self._last_day = day or self._last_day
        if roles["month"] or roles["year"]:
            month, year = (row.cells.get(roles[name], "") for name in ("month", "year"))
            text = f"{year}-{month}-{day}" if month.isdecimal() else f"{day} {month} {year}"
            return read_stamp(text), ()
        found, remarks = self._read_remarked(day or self.scan.cell(row, roles["sleep_to"]))
        return found.date() if self.no_clocks and isinstance(found, datetime) else found, remarks

    def _read_remarked(self, cell: str) -> tuple[date | datetime, tuple[str, ...]]:
        """A day or an instant, and words in brackets behind it that are no part of it. Raises BadInput."""
        try:
            return self._read_stamp(cell), ()
        except BadInput:
            if not (found := _REMARKED.fullmatch(cell)):
                raise
            return self._read_stamp(found[1]), (found[2],)

    def _span(self, row: Row, roles: Roles, problems: list[tuple[str, str]], *, is_empty: bool) -> list[Reading]:
        """What the columns of a night's times, or of an end, say; what is wrong with them is added to the problems."""
        readings: list[Reading] = []
        if roles["sleep_to"]:
            try:
                readings = self._night(row, roles)
            except BadInput as error:
                problems.append((roles["sleep_to"], str(error)))
        if roles["end"] and (readings or not is_empty):
            readings += self._until(row, roles)
        return readings

    def _night(self, row: Row, roles: Roles) -> list[Reading]:
        """The span of sleep that two columns say, as times or as stamps. Raises BadInput."""
        ends = [self.scan.cell(row, roles[name]) for name in ("sleep_from", "sleep_to")]
        if any(map(is_empty, ends)):
            return []
        stamps = [self._as_stamp(end) for end in ends]
        if all(isinstance(stamp, datetime) for stamp in stamps):
            instants = [make_aware(stamp) for stamp in stamps if isinstance(stamp, datetime)]
            span = "/".join(instant.isoformat(timespec="minutes") for instant in instants)
        else:
            span = "-".join(f"{read_clock(end):%H:%M}" for end in ends)
        return [Reading(KINDS["sleep"], {"night": [span]})]

    def _read_stamp(self, cell: str) -> date | datetime:
        return self.numbered.get(cell) or read_stamp(with_year(cell, self.context.answers), self.order)

    def _as_stamp(self, cell: str) -> date | None:
        try:
            return self._read_stamp(cell)
        except BadInput:
            return None

    def _until(self, row: Row, roles: Roles) -> list[Reading]:
        end = self.scan.cell(row, roles["end"])
        return [] if is_empty(end) else [Reading(KINDS["note"], {"note": [f"until {end}"]})]


def _with_one_night(readings: list[Reading], spans: list[Reading], problems: list[tuple[str, str]]) -> list[Reading]:
    """The same with the span of a night in place of its length, and a problem where the two differ."""
    span = next((one.texts["night"][0] for one in spans if one.kind.name == "sleep"), "")
    kept = []
    for one in readings:
        is_length = one.kind.name == "sleep" and "night" in one.texts and "type" not in one.texts
        if span and is_length:
            (length,) = one.texts["night"]
            if not is_as_long(span, length):
                problems.append(("sleep", f"{length} is another length than its times make; the times are taken"))
            others = {name: texts for name, texts in one.texts.items() if name != "night"}
            kept += [one._replace(texts=others)] if others else []
        else:
            kept.append(one)
    return kept + spans


def _is_clock(text: str) -> bool:
    try:
        return read_clock(text) is not None
    except BadInput:
        return False


def _is_midnight(clock: str) -> bool:
    try:
        return is_empty(clock) or read_clock(clock) == time.min
    except BadInput:
        return False
