"""The tables of ``export csv``: what each is made of, fetched from the journal; and what was left out of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

from painlog.analysis.adherence import count_by_day
from painlog.analysis.report.care import count_care_days
from painlog.analysis.report.forms import tells_safety
from painlog.analysis.report.own_names import (
    OWN_WORDS_STAY,
    NeutralNames,
    drop_own_words,
    list_goals,
    neutral_kind,
    neutral_variable,
    number_names,
    replace_names,
)
from painlog.domain.clock import day_of
from painlog.domain.entries import Entry
from painlog.domain.flares import flares
from painlog.domain.kinds.activity import FLARE
from painlog.domain.kinds.care import DOSE, GOAL_CHECK, MEDICINE, PLAN, TREATMENT
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.registry import KINDS
from painlog.domain.kinds.visits import VISIT
from painlog.domain.periods import Period
from painlog.domain.plan import stretches
from painlog.domain.variables import DayValue, Variable
from painlog.errors import BadInput
from painlog.exchange.csv.cells import Form, Table, csv_parts, csv_text
from painlog.exchange.csv.daily import Counted, daily_columns, daily_rows, pick_columns
from painlog.exchange.csv.dictionary import (
    DICTIONARY_COLUMNS,
    DICTIONARY_NUMBERS,
    Column,
    daily_dictionary,
    dictionary,
    dictionary_rows,
    long_dictionary,
    own_dictionary,
    scale_words,
)
from painlog.exchange.csv.long import LONG_COLUMNS, LONG_NUMBERS, long_rows
from painlog.exchange.csv.package import DESCRIPTOR, descriptor
from painlog.storage.journal import Journal
from painlog.view.terminal import times

LONG, DAILY, DICTIONARY = "long", "daily", "dictionary"
LAYOUTS = (LONG, DAILY)
SORTS = {"average": "avg", "now": "now_mean"}


@dataclass(frozen=True)
class CsvOptions:
    """What an export is asked to be; no ``layout`` is the long one, and both in a package."""

    layout: str | None
    form: Form
    with_notes: bool
    redact: Sequence[str]
    package: bool
    dictionary: bool
    all_columns: bool = False
    labels: bool = False

    def __post_init__(self) -> None:
        if self.layout not in (None, *LAYOUTS):
            raise BadInput(f"{self.layout!r} is not a layout; there are {' and '.join(LAYOUTS)}")
        if self.with_notes and "notes" in self.redact:
            raise BadInput("--with-notes and --redact notes are opposites; leave out one of them")
        if self.dictionary and (self.layout or self.package):
            raise BadInput("--dictionary is a table of its own, and is in a --package anyway; leave out one of them")

        is_daily = self.layout == DAILY
        for option, is_given in (("--all-columns", self.all_columns), ("--labels", self.labels)):
            if is_given and (self.package or not is_daily):
                raise BadInput(f"{option} goes with the daily table alone: painlog export csv --layout daily {option}")

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables to write, in order."""
        if self.dictionary:
            return (DICTIONARY,)
        if self.package:
            return (*((self.layout,) if self.layout else LAYOUTS), DICTIONARY)
        return (self.layout or LONG,)


class Export:
    """One export of a period: its tables, each made once, and what was left out of them."""

    def __init__(self, journal: Journal, period: Period, options: CsvOptions) -> None:
        self._journal, self._period, self._options = journal, period, options
        self._rows: dict[str, int] = {}
        self._notes = self._unknown = 0
        self.holds_safety_item = False  # known once the long table is made

    @property
    def span(self) -> str:
        """The period in a file's name."""
        return f"{self._period.start}-to-{self._period.end}"

    def file_name(self, name: str) -> str:
        """Name a table's file, with the period it is about."""
        return f"painlog-{name}-{self.span}.csv"

    def summary(self) -> str:
        """Say how much was written, once it is."""
        return f"{', '.join(self._count_texts())} of {self._period} "

    def omissions(self) -> Iterator[str]:
        """Say what was left out, and what was not."""
        if self._notes and "notes" not in self._options.redact:
            yield f"{times(self._notes, 'note was', 'notes were')} left out; --with-notes takes them along"
        if self._unknown:
            yield f"{times(self._unknown, 'entry', 'entries')} of a newer painlog left out; update painlog"
        if self._by and self._options.with_notes:
            yield OWN_WORDS_STAY

    def table(self, name: str) -> Table:
        """Make a table; its rows are made as they are asked for, while the journal is open."""
        table = {LONG: self._long, DAILY: self._daily, DICTIONARY: self._dictionary}[name]()
        counted = self._count_rows(name, table.rows)
        return table._replace(rows=chain([self._label(table.columns)], counted) if self._options.labels else counted)

    def package(self) -> dict[str, Iterable[str]]:
        """Every file of a package by name, its description last."""
        named = {name: (self.file_name(name), self._columns(name)) for name in self._options.tables}
        files = {path: csv_parts(self.table(name), self._options.form) for name, (path, _) in named.items()}
        return files | {DESCRIPTOR: [descriptor(named, self._period, self._options.form)]}

    def _count_texts(self) -> Iterator[str]:
        for name, count in self._rows.items():
            if name != DICTIONARY or len(self._rows) == 1:
                yield times(count, "row" if len(self._rows) == 1 else f"{name} row")

    def _count_rows(self, name: str, rows: Iterable[list[str]]) -> Iterator[list[str]]:
        count = 0
        for count, row in enumerate(rows, 1):  # noqa: B007  (asked for after the loop)
            yield row
        self._rows[name] = count

    # Tables

    def _long(self) -> Table:
        entries = self._note_safety(self._count_omissions(self._journal.reader.each(self._period), every=True))
        rows = long_rows(self._with_lines(self._redact(entries)), with_notes=self._options.with_notes)
        return Table(LONG_COLUMNS, rows, LONG_NUMBERS)

    def _daily(self) -> Table:
        period, until = self._period, self._period.end
        about = (entry for entry in self._journal.reader.each(period) if entry.kind not in KINDS.lasting)
        counted = self._count_omissions(about, every=DAILY in self._options.tables[:1])
        entries = [*self._with_lines(self._redact(counted))]
        changes = list(self._redact(self._journal.reader.each(kinds=[PLAN.name], until=until)))
        marked = flares(self._journal.entries(kinds=[FLARE.name], until=until))
        values = dict(zip(self._variables(), map(self._of_days, self._sorts), strict=True))
        lived = Period(period.start, min(until, day_of(self._journal.present_at)))
        followed = count_by_day(stretches(changes, lived), [each for each in entries if each.kind == DOSE.name])
        care = count_care_days(entries, changes, marked, followed, period)
        named = self._medicines
        counts = Counted(values, care, followed, named)
        rows = daily_rows(period, counts, entries, with_notes=self._options.with_notes)
        numbers = frozenset(column.column for column in self._columns(DAILY) if column.type == "number")
        every = self._options.all_columns or self._options.package
        columns, arranged = pick_columns(daily_columns(list(values), named), rows, every=every)
        return Table(columns, arranged, numbers)

    def _label(self, columns: Sequence[str]) -> list[str]:
        """The scale and direction of each column of the daily table."""
        described = {column.column: column for column in self._columns(DAILY)}
        return [csv_text(scale_words(described[name])) for name in columns]

    def _dictionary(self) -> Table:
        own: Iterable[Kind] = self._journal.kinds.own.values()
        if self._by:
            own = [neutral_kind(kind, self._by) for kind in own]
        columns = dictionary(own, self._variables(), self._medicines)
        return Table(DICTIONARY_COLUMNS, dictionary_rows(columns), DICTIONARY_NUMBERS)

    def _columns(self, name: str) -> Sequence[Column]:
        if name == DAILY:
            return daily_dictionary(self._variables(), self._medicines)
        return long_dictionary() if name == LONG else own_dictionary()

    # Entries and days, as they may leave

    def _count_omissions(self, entries: Iterable[Entry], *, every: bool) -> Iterator[Entry]:
        """Pass on entries; if ``every`` one comes past here once, count what of them is left out."""
        for entry in entries:
            self._notes += every and not self._options.with_notes and "note" in entry.data
            self._unknown += every and entry.declaration is None
            yield entry

    def _note_safety(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Pass on entries, and keep in mind whether one of them answers the item on thoughts of death."""
        for entry in entries:
            self.holds_safety_item = self.holds_safety_item or tells_safety(entry)
            yield entry

    def _redact(self, entries: Iterable[Entry]) -> Iterable[Entry]:
        if not self._options.redact:
            return entries
        if "notes" in self._options.redact:
            goals = list_goals(self._journal.entries(kinds=[PLAN.name], until=self._period.end))
            entries = drop_own_words(entries, goals)
        by = self._by
        return (replace_names(entry, by) for entry in entries) if by else entries

    def _with_lines(self, entries: Iterable[Entry]) -> Iterable[Entry]:
        """Pass on entries, with the lines they were made from where notes leave and all names do."""
        leave = self._options.with_notes and not self._options.redact
        return self._journal.history.with_lines(entries) if leave else entries

    @cached_property
    def _by(self) -> NeutralNames | None:
        """What stands for each name, numbered as in a report of the same period; None where names stay."""
        if "names" not in self._options.redact:
            return None
        of_period = (self._journal.entries(self._period, kinds=[kind.name]) for kind in (DOSE, TREATMENT))
        changes = self._journal.entries(kinds=[PLAN.name], until=self._period.end)
        checks = self._journal.entries(self._period, kinds=[GOAL_CHECK.name])
        named = [*(entry for entries in of_period for entry in entries), *changes, *checks]
        return number_names(named, self._journal.entries(self._period, kinds=[VISIT.name]), self._journal.kinds.own)

    @cached_property
    def _medicines(self) -> list[str]:
        """The medicines of the period's plan, then others of which a dose was recorded, as their names may leave."""
        changes = self._redact(self._journal.entries(kinds=[PLAN.name], until=self._period.end))
        doses = self._redact(self._journal.entries(self._period, kinds=[DOSE.name]))
        planned = (part.item.name for part in stretches(changes, self._period) if part.item.sort == MEDICINE)
        names: dict[str, str] = {}
        for name in (*planned, *(str(dose.data["name"]) for dose in doses)):
            names.setdefault(name.casefold(), name)
        return [*names.values()]

    @cached_property
    def _sorts(self) -> list[Variable]:
        """Every variable; where a day is made of several sorts of ratings, each sort too, and how many there were."""
        found: list[Variable] = []
        for variable in self._journal.kinds.variables().values():
            found.append(variable)
            for sort, column in SORTS.items() if len(variable.variants) > 1 else ():
                part = variable._replace(column=f"{variable.column}_{column}", variants=(sort,))
                found.append(part)
                if sort == "now":
                    found.append(part._replace(column=f"{variable.column}_now_n"))
        return found

    def _variables(self) -> list[Variable]:
        """The variables under the names that leave."""
        if not self._by:
            return self._sorts
        return [neutral_variable(variable, self._by) for variable in self._sorts]

    def _of_days(self, variable: Variable) -> Mapping[date, DayValue]:
        values = self._journal.days.values(variable, self._period)
        if variable.column.endswith("_now_n"):
            return {day: DayValue(each.n, each.n) for day, each in values.items()}
        return values
