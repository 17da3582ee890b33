"""What the columns of an unknown table may be, by their names and by what stands in them: proposed, never taken. Pure.

The person sees the proposal, and rows as they would be recorded, before anything is.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from painlog.errors import BadInput
from painlog.exchange.importing.column_meanings import read_meaning
from painlog.exchange.importing.contract import Query
from painlog.exchange.importing.date_words import fold, is_weekday
from painlog.exchange.importing.day_numbers import are_day_numbers, are_parts_of_days, is_some_day
from painlog.exchange.importing.guesses import (
    AMOUNT,
    COUNT,
    MAYBE,
    RATINGS,
    Look,
    guess_meaning,
    guess_own,
    guess_queries,
)
from painlog.exchange.importing.header_words import PARTED, is_left_out, read_header
from painlog.exchange.importing.mapping import ColumnMapping, check_table_mapping
from painlog.exchange.importing.source import Row, Source
from painlog.exchange.importing.tables import FoundTable, find_tables, is_clock, is_date, read_rows, repeat_of
from painlog.exchange.importing.turned import refuse_days_across
from painlog.exchange.importing.yearless_dates import lacks_year, refuse_bare_numbers

SLEEP, ATTACKS = "sleep", "attacks"
SPANS = "start and end"
_WEEK = re.compile(r"\bweek(?!day)|(?<!day of )week\b|woche(?!ntag)|semaine|semana|settimana")
_MOST_CELLS, _MOST, _HALF = 2_000, 0.8, 0.5
_FIVE, _TEN = 5, 10
_ENDS_OF_PAIN = {
    **dict.fromkeys(("worst", "highest", "peak", "max"), "pain_worst"),
    **dict.fromkeys(("least", "lowest"), "pain_least"),
}
_NIGHT = ("sleep_from", "sleep_to")
_Says = Callable[[Row], bool]
_HALVES = frozenset(("am", "pm", "a.m.", "p.m.", "a. m.", "p. m."))
_STARTS = frozenset([
    "start",
    "begin",
    "from",
    "started",
    "started at",
    "start time",
    "start date",
    "beginn",
    "von",
    "debut",
    "inicio",
    "inizio",
])
_ENDS = frozenset([
    "end",
    "stop",
    "to",
    "until",
    "ended",
    "ended at",
    "end time",
    "end date",
    "ende",
    "bis",
    "fin",
    "fim",
    "fine",
    "einde",
    "eind",
])
_STRENGTHS = frozenset(("intensity", "severity", "starke", "intensitat", "intensite", "intensidad", "intensita"))
_QUALITIES = frozenset(("quality", "rating", "qualitat", "qualite", "calidad", "qualidade", "qualita"))


class Proposal(NamedTuple):
    """A table and the roles found in it, with what stands in the other columns."""

    table: FoundTable
    others: tuple[FoundTable, ...]
    roles: Mapping[str, str]
    looks: Mapping[str, Look]
    spans: tuple[str, str] = ("", "")

    def queries(self) -> Iterator[Query]:
        """Yield what has to be asked before the columns are known."""
        if all(self.spans):
            start, end = self.spans
            text = f"{start} and {end} in your file: are they sleep, or attacks of pain?"
            yield Query(SPANS, text, (SLEEP, ATTACKS))
        for look in self.looks.values():
            yield from guess_queries(look)

    def mapping(self, answers: Mapping[str, str]) -> ColumnMapping:
        """Return what the columns are. Raises BadInput where that makes no diary."""
        fields = dict(self.roles)
        if all(self.spans):
            pair = ("sleep_from", "sleep_to") if answers.get(SPANS) == SLEEP else ("day", "end")
            fields |= dict(zip(self.spans, pair, strict=True))
        taken: set[object] = set()
        for column, look in self.looks.items():
            words = guess_meaning(look, answers)
            about = read_meaning(words)._replace(scale=None, hint="") if words else None
            is_apart = about is not None and about.kind in ("note", "dose") and ":" in words
            if about and about in taken and not is_apart and about.kind != "note":
                words = guess_own(look)
            if words:
                taken.add(about)
                fields[column] = words
        return check_table_mapping(self.table, fields)

    def left_out(self, columns: ColumnMapping) -> list[str]:
        """The names of columns that are not read."""
        return [column for column in self.table.columns if column not in columns.fields]


def propose(source: Source) -> Proposal | None:
    """Propose what the columns of a file's largest table are; None where there is no table with a day in it.

    Raises BadInput for days such as ``11/24``.
    """
    tables = find_tables(source)
    for table in tables:
        looks = _look(source, table)
        roles, spans = _roles(looks)
        if "day" in roles.values() or all(spans) or "sleep_to" in roles.values():
            _refuse_weeks(roles, looks)
            others = tuple(other for other in tables if other is not table)
            looks = _look(source, table, _rows_of_days(looks, roles, spans))
            return Proposal(table, others, roles, _rest(looks, roles, spans), spans)
        refuse_bare_numbers(look.cells for look in looks.values() if look.header.word == "day")
    refuse_days_across(read_rows(source))
    return None


def _refuse_weeks(roles: Mapping[str, str], looks: Mapping[str, Look]) -> None:
    """Raise BadInput where each row is of a week."""
    week = next((column for column, role in roles.items() if role == "day" and _WEEK.search(fold(column))), "")
    if not week:
        return
    others = [column for column in looks if column not in roles]
    if days := [column for column in others if is_weekday(column)]:
        raise BadInput(
            f"each row of {week} is of a week, and its days stand across the columns ({', '.join(days[:3])} …); "
            "give each day a row in the file, with its whole date, as in 2026-11-24"
        )
    rated = next((column for column in others if looks[column].is_numeric), others[0] if others else "Pain")
    raise BadInput(
        f"each row of {week} is of a week, and painlog keeps days; to record each on that day alone, say what the "
        f'columns are, as in --map "{week}=day" --map "{rated}=pain_average"'
    )


def _rows_of_days(looks: Mapping[str, Look], roles: Mapping[str, str], spans: tuple[str, str]) -> _Says:
    """What tells whether a row has a day: a total or a target below the days says nothing of what they are."""
    day = next((each for each, role in roles.items() if role in ("day", "sleep_to")), spans[0])
    if {"month", "year"} & set(roles.values()):
        return lambda row: row.cells.get(day, "").isdecimal()
    if not any(map(is_some_day, looks[day].cells)):  # two times of a night alone
        return lambda _row: True
    return lambda row: not (cell := row.cells.get(day, "")) or is_some_day(cell)


def _look(source: Source, table: FoundTable, says: _Says = lambda _row: True) -> dict[str, Look]:
    cells: dict[str, Counter[str]] = {column: Counter() for column in table.columns}
    alike = {column: {column, repeat_of(column, table.columns)[0]} for column in table.columns}
    for row in filter(says, table.rows(source)):
        for column, cell in row.cells.items():
            for each in alike[column] if cell else ():
                if cell in cells[each] or len(cells[each]) < _MOST_CELLS:
                    cells[each][cell] += 1
    return {column: Look(column, of.elements()) for column, of in cells.items()}


def _roles(looks: Mapping[str, Look]) -> tuple[dict[str, str], tuple[str, str]]:
    """The columns that say when, or what a row is about; and two whose stamps are the ends of something."""
    words = {column: look.header.word for column, look in looks.items()}
    dates = [column for column, look in looks.items() if _are_dates(look)]
    roles: dict[str, str] = {}
    spans = _spans(looks, dates)
    if all(spans):
        kind = _kind_of_spans(words, looks)
        if kind:
            roles |= dict(zip(spans, ("sleep_from", "sleep_to") if kind == SLEEP else ("day", "end"), strict=True))
            spans = ("", "")
        dates = [column for column in dates if column not in (*spans, *roles)]
    if not roles and not all(spans):
        roles |= _night(words, looks, dates)
        dates = [column for column in dates if column not in roles]
        if day := next((column for column in dates if words[column] == "day"), dates[0] if dates else ""):
            roles[day] = "day"
        elif not roles:
            roles |= _three_columns(looks)
    if "day" in roles.values():
        roles |= _times(words, looks, roles)
    if not {"pain", "mood"} & set(words.values()) or {"name", "value"} <= set(words.values()):
        roles |= _long(words, looks, roles)
    return roles, spans


def _plain(column: str) -> str:
    return fold(column.replace("_", " "))


def _spans(looks: Mapping[str, Look], dates: list[str]) -> tuple[str, str]:
    start = next((column for column in dates if _plain(column) in _STARTS and _has_clock(looks[column])), "")
    end = next((column for column in dates if _plain(column) in _ENDS and _has_clock(looks[column])), "")
    return (start, end) if start and end else ("", "")


def _night(words: Mapping[str, str], looks: Mapping[str, Look], dates: list[str]) -> dict[str, str]:
    """Two columns of whole stamps that are called after the ends of a night."""
    found = {words[each]: each for each in dates if words[each] in _NIGHT and _has_clock(looks[each])}
    return {column: role for role, column in found.items()} if len(found) == len(_NIGHT) else {}


def _has_clock(look: Look) -> bool:
    return any(":" in cell or "h" in cell.lower() for cell in look.cells)


def _kind_of_spans(words: Mapping[str, str], looks: Mapping[str, Look]) -> str:
    """What two stamps are the ends of, where other columns say it; empty where they do not."""
    if any(word.startswith("pain") for word in words.values()):
        return ATTACKS
    sleeps = any(word.startswith("sleep") for word in words.values()) or any(fold(name) in _QUALITIES for name in looks)
    return SLEEP if sleeps else ""


def _three_columns(looks: Mapping[str, Look]) -> dict[str, str]:
    found = {look.header.word: column for column, look in looks.items() if look.header.word in ("day", "month", "year")}
    return {column: role for role, column in found.items()} if len(found) == 3 else {}


def _times(words: Mapping[str, str], looks: Mapping[str, Look], roles: Mapping[str, str]) -> dict[str, str]:
    free = {column: look for column, look in looks.items() if column not in roles}
    clocks = {words[each]: each for each, look in free.items() if _are_clocks(look) or _are_parts(look)}
    found = {clocks["time"]: "time"} if "time" in clocks else {}
    is_attack = "pain" in words.values() or any(_plain(each) in _STRENGTHS for each in looks)
    if not found and is_attack:  # attacks: a day, and when they began and ended
        for role, names in (("time", _STARTS), ("end", _ENDS)):
            named = (each for each, look in free.items() if _plain(each) in names and _are_clocks(look))
            found |= {each: role for each in [next(named, "")] if each}
        found = found if "time" in found.values() else {}
    half = next((each for each, look in free.items() if look.cells and set(map(fold, look.cells)) <= _HALVES), "")
    if found and half:
        found[half] = "am_pm"
    for word in ("bed", "sleep"):
        if "sleep_from" not in clocks and _is_before(clocks.get(word, ""), clocks.get("sleep_to", ""), looks):
            clocks["sleep_from"] = clocks[word]
    if "sleep_from" in clocks and "sleep_to" in clocks:
        found |= {clocks["sleep_from"]: "sleep_from", clocks["sleep_to"]: "sleep_to"}
    return found


def _is_before(bed: str, woke: str, looks: Mapping[str, Look]) -> bool:
    """Whether times of going to bed, or under sleep, are of the nights that end at a waking.

    Behind the waking they may be of the evening of that day; under sleep they may be lengths.
    """
    columns = list(looks)
    if not bed or not woke or columns.index(bed) > columns.index(woke):
        return False
    return looks[bed].are_evenings if looks[bed].header.word == "sleep" else looks[bed].are_clocks


def _long(words: Mapping[str, str], looks: Mapping[str, Look], roles: Mapping[str, str]) -> dict[str, str]:
    """The two columns of a long table: names, and a value for each."""
    free = [column for column in looks if column not in roles]
    name = next((c for c in free if words[c] == "name" and looks[c].cells and not looks[c].is_numeric), "")
    value = next((c for c in free if words[c] == "value" and looks[c].cells), "")
    if value and not name:
        name = next((c for c in free if c != value and not words[c] and _mostly(looks[c], _is_subject)), "")
    if name and not value and any(read_header(cell).word for cell in looks[name].cells):
        values = [c for c in free if looks[c].is_numeric and not words[c] and not _counts(looks[c])]
        if len(values) > 1:
            columns = f"--map {name}=name --map {values[0]}=value"
            raise BadInput(f"each row is of another {name}; say which column holds its value, as in {columns}")
        value = values[0] if values else ""
    return {name: "name", value: "value"} if name and value else {}


def _is_subject(cell: str) -> bool:
    return read_header(cell).word in (*RATINGS, "sleep", "steps")


def _rest(looks: Mapping[str, Look], roles: Mapping[str, str], spans: tuple[str, str]) -> dict[str, Look]:
    """What is left to be given a meaning: no index, no weekday, no second date, no repeat of a name before it."""
    is_sleep = "sleep_to" in roles.values()
    found = {}
    for column, look in looks.items():
        if column in roles or column in spans or not look.cells or is_left_out(column):
            continue
        is_repeat = repeat_of(column, list(looks))[1] > 1
        if _mostly(look, is_date) or all(map(is_weekday, look.cells)) or is_repeat or _counts(look):
            continue
        is_quality = is_sleep and fold(column) in _QUALITIES
        found[column] = Look(column, look.cells, called="sleep quality") if is_quality else look
    ends_nights = is_sleep or any(look.header.word == "up" for look in found.values())
    if not ends_nights:  # it may be the evening of that day
        found |= {
            each: Look(each, look.cells, called="a bedtime") for each, look in found.items() if look.word == "bed"
        }
    if any(look.header.word == "dose" and not look.is_numeric for look in found.values()):
        amounts = {each: look for each, look in found.items() if look.header.word in (AMOUNT, "value")}
        amounts = {each: look for each, look in amounts.items() if look.may_be_amounts}
        found |= {each: Look(each, look.cells, called=AMOUNT) for each, look in amounts.items()}
        if amounts or any(look.names_amounts for look in found.values()):
            counts = [each for each, look in found.items() if look.may_count_doses]
            found |= {each: Look(each, found[each].cells, called=COUNT) for each in counts}
    if "name" not in roles.values() and not any(look.word.startswith("pain") for look in found.values()):
        rated = {each: look for each, look in found.items() if look.header.word == "value" and look.is_rating}
        found |= {each: Look(each, look.cells, called=MAYBE) for each, look in rated.items()}
    return _with_one_scale(_told_apart(_with_worst(found)))


def _with_worst(looks: dict[str, Look]) -> dict[str, Look]:
    """Take columns that are called worst or least alone, beside a pain, for its worst and least."""
    if not any(look.word.startswith("pain") for look in looks.values()):
        return looks
    named = {each: _ENDS_OF_PAIN.get(fold(each.partition("(")[0]), "") for each in looks if looks[each].is_rating}
    return looks | {each: Look(each, looks[each].cells, called=word) for each, word in named.items() if word}


def _told_apart(looks: dict[str, Look]) -> dict[str, Look]:
    """Tell columns of one thing apart by what stands in their brackets, as in Pain (work) and Pain (home)."""
    headers = {each: look.header for each, look in looks.items() if look.header.word in PARTED}
    many = Counter((header.word, header.place, header.part) for header in headers.values())
    alike = [each for each, header in headers.items() if many[header.word, header.place, header.part] > 1]
    return looks | {each: looks[each].apart() for each in alike if headers[each].beside}


def _with_one_scale(looks: dict[str, Look]) -> dict[str, Look]:
    """Give pains of several times or places the scale that one of them says, or that all of them together need."""
    pains = {each: look for each, look in looks.items() if look.word.startswith("pain") and look.is_rating}
    open_ = {each: look for each, look in pains.items() if look.numbers and not (look.own_scale or look.may_be_pain)}
    said = {look.own_scale for look in pains.values() if look.own_scale}
    highest = max((max(look.numbers) for look in open_.values()), default=0)
    needs_ten = not said and len(open_) > 1 and _FIVE < highest <= _TEN
    if needs_ten or (said == {"0-10"} and highest <= _TEN):
        looks |= {each: look.of_scale("0-10") for each, look in open_.items()}
    return looks


def _are_dates(look: Look) -> bool:
    """Whether most cells are dates; half of them do in a column that is called so, as below stand notes and totals."""
    most = _HALF if look.header.word == "day" else _MOST
    lack_years = look.header.word == "day" and _mostly(look, lambda cell: is_date(cell) or lacks_year(cell), most)
    return _mostly(look, is_date, most) or lack_years or _numbers_dates(look)


def _are_clocks(look: Look) -> bool:
    """Whether most cells are times of day; half of them do in a column that is called so, and the others are slips."""
    return _mostly(look, is_clock, _HALF if look.header.word == "time" and not look.is_numeric else _MOST)


def _numbers_dates(look: Look) -> bool:
    """Whether a column that is called a date holds seconds since 1970, or numbers of days."""
    if look.header.word != "day":
        return False
    days = list(filter(is_some_day, look.cells))
    are_most = len(days) > _HALF * len(look.cells)
    return are_most and (all(len(cell) in (10, 13) and cell.isdecimal() for cell in days) or are_day_numbers(days))


def _are_parts(look: Look) -> bool:
    return look.header.word == "time" and are_parts_of_days(look.cells)


def _counts(look: Look) -> bool:
    """Whether the cells only number the rows."""
    numbers = look.numbers
    return len(numbers) > 2 and numbers == [numbers[0] + at for at in range(len(numbers))] and not look.header.word


def _mostly(look: Look, says: Callable[[str], bool], most: float = _MOST) -> bool:
    return bool(look.cells) and sum(bool(says(cell)) for cell in look.cells) >= most * len(look.cells)
