"""What a column, or a name in a long table, may be to painlog: from what it is called and what stands in it. Pure.

A scale is what the header or the cells say (``(1-5)``, ``7/10``, ``83 %``), else the smallest of 0-10 and 0-100 that
its numbers need. Where none is above 5, it is asked. What painlog has no word for is a measure of the same name where
it holds numbers or yes and no, and else goes to the note.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import time
from functools import cached_property

from painlog.domain.kinds.medicine_names import MEDICINE_NAMES
from painlog.errors import BadInput
from painlog.exchange.importing.column_meanings import TIMES, measure_name, read_meaning
from painlog.exchange.importing.contract import Query
from painlog.exchange.importing.date_words import fold
from painlog.exchange.importing.header_words import Header, read_header, split_part
from painlog.exchange.importing.sleep_units import HOURS, SCORE, find_unit, unit_queries
from painlog.exchange.importing.typed_cells import (
    MISSING_MARKS,
    NO,
    YES,
    find_amount,
    is_empty,
    match_number,
    split_list,
    split_medicine,
)
from painlog.exchange.importing.word_scales import NONE, is_known_word
from painlog.exchange.importing.written_dates import read_clock
from painlog.exchange.importing.written_lengths import is_length, read_span

RATINGS = frozenset((
    "pain",
    "pain_worst",
    "pain_least",
    "pain_average",
    "mood",
    "worry",
    "stress",
    "fatigue",
    "sleep quality",
))
TEXTS = frozenset(("note", "where", "trigger", "quality", "relief", "dose", "treatment"))
_PARTS = "0-1"
_MARKS = frozenset(("0-10", "1-10", "0-5", "1-5", "1-6", "0-4", "1-4", "0-3", "1-3"))
_SCALES = ("0-10", "0-5", "1-5", "0-4", "0-3")
_FEW = 0.2  # of the numbers of a column are another scale's, or slips
_MOST = 0.8  # of the cells of a column say what it is
_MANY = 0.6  # of them say it where the heading does too: the others are odd ones, shown as not understood
_SPAN = re.compile(r"\d{1,2}[:.h]\d\d ?(?:-|–|to|bis) ?\d{1,2}[:.h]\d\d.*")
_TEN, _EVENING = 10, 18
_NEARLY = re.compile(r"\d{1,3}(?:[.,]\d)?(?: ?(?:-|–|to|bis) ?\d{1,3}(?:[.,]\d)?| ?[?+])")  # 4-6, 7?
_BEST_FIRST = re.compile(
    r"\b[01] ?[=:]? ?(?:is |means |ist )?(?:the )?(?:best|very good|excellent|good|sehr gut|gut)\b"
)
AMOUNT, MAYBE, COUNT = "amount", "may be pain", "count of doses"
_OF_ONE, _OF_ALL, _MOST_DOSES = "one", "all together", 20
_STRENGTHS = frozenset(("mg", "g", "ml", "mcg", "µg", "ug", "%", "iu"))
_HALF = re.compile(r"\b[ap]\.? ?m\b", re.IGNORECASE)
_PAIN, OWN = "pain ", "own"


class Look:
    """The cells of a column, or of a name: each once, and apart from them words for none.

    ``shared`` is the scale that it has in common with others, ``called`` painlog's word for it where the table says so.
    """

    def __init__(self, label: str, cells: Iterable[str], shared: str = "", called: str = "") -> None:
        self.label, self.shared, self._called = label, shared, called
        self._counts = once = Counter(iter(cells))  # a mapping, too, names each of its cells once
        self.cells = [cell for cell in once if not is_empty(cell)]
        self.nones = [cell for cell in once if is_empty(cell) and fold(cell) in NONE]

    def of_scale(self, shared: str) -> "Look":
        """The same with a scale that it has in common with others."""
        found = Look(self.label, self._counts.elements(), shared, self._called)
        found.header = self.header
        return found

    def apart(self) -> "Look":
        """The same with what stands in the brackets of its heading as its circumstance."""
        found = Look(self.label, self._counts.elements(), self.shared, self._called)
        found.header = self.header._replace(part=self.header.beside)
        return found

    @property
    def is_of_dose(self) -> bool:
        """Whether it is how much of the medicine in another column."""
        return self._called == AMOUNT

    @property
    def may_be_amounts(self) -> bool:
        """Whether it may be how much of the medicine in another column: with units, or in words of its own."""
        return self.are_amounts or bool(self.unit_of_amount) or (self.header.word == AMOUNT and not self.is_numeric)

    @property
    def names_amounts(self) -> bool:
        """Whether medicines stand in it with their amounts."""
        cells = self.cells if self.header.word == "dose" else ()
        return any("amount" in split_medicine(part) for cell in cells for part in split_list(cell))

    @property
    def may_count_doses(self) -> bool:
        """Whether it may say how many of a medicine's amount, which stands elsewhere, were taken."""
        is_named = self.header.word in (COUNT, "dose") and self.unit_of_amount.lower() not in _STRENGTHS
        return is_named and self.is_numeric and 0 <= min(self.numbers) <= max(self.numbers) <= _MOST_DOSES

    @property
    def counts_doses(self) -> bool:
        """Whether it is how many of the amount in another column."""
        return self._called == COUNT

    @cached_property
    def header(self) -> Header:
        """What the label says."""
        found = read_header(self.label)
        return found._replace(word="" if self._called == MAYBE else self._called) if self._called else found

    @property
    def are_amounts(self) -> bool:
        """Whether most cells are amounts of a medicine, with their unit."""
        return self._mostly(_is_amount, _MOST)

    @property
    def says_how_much(self) -> bool:
        """Whether it says how much of a medicine was taken, with the unit in most cells, or in its name, or in some."""
        is_in_unit = self.unit_of_amount.lower() in _STRENGTHS and "amount" not in split_medicine(self.label)
        if self.are_amounts or is_in_unit:
            return True
        plain = [_is_amount(cell) or match_number(cell) or cell.lower() in YES | NO for cell in self.cells]
        return all(plain) and any(map(_is_amount, self.cells))

    @property
    def unit_of_amount(self) -> str:
        """The unit of a medicine's amount in the heading of numbers, as in ``Dose (mg)``; empty for none."""
        unit = re.sub(r".*?\(([^()]*)\).*|.*[ _]", r"\1", self.label)
        return unit if self.is_numeric and find_amount(f"1 {unit}") else ""

    @property
    def are_clocks(self) -> bool:
        """Whether all cells are times of day; of going to bed some must say of which half of the day they are."""
        clocks = [_clock_of(cell) for cell in self.cells]
        halves = any(map(_HALF.search, self.cells)) or any(clock and not 0 < clock.hour < 13 for clock in clocks)
        return None not in clocks and (halves or self.header.word == "up")

    @property
    def are_evenings(self) -> bool:
        """Whether all cells are times of day, and not lengths of time: some are of the evening."""
        return self.are_clocks and any(clock and clock.hour >= _EVENING for clock in map(_clock_of, self.cells))

    @property
    def word(self) -> str:
        """Painlog's word for what it is called, or may be where it is called after a place or a time alone."""
        if self.header.word == "sleep" and self.own_scale in _MARKS:
            return "sleep quality"
        may_be = self.header.place or self.header.part or self._called == MAYBE
        return self.header.word or ("pain" if may_be else "")

    @property
    def may_be_pain(self) -> bool:
        """Whether it is called after a place or a time alone, and no side and numbers tell that they are of pain."""
        if self.header.word or not self.word or not self.is_numeric:
            return False
        says_side = self.header.place.partition(" ")[0] in ("left", "right", "both")
        return not says_side or (max(self.numbers) > _TEN and not self.own_scale)

    @cached_property
    def numbers(self) -> list[float]:
        """The numbers among the cells."""
        return [found[0] for found in map(match_number, self.cells) if found and found[0] not in self.marks]

    @cached_property
    def marks(self) -> frozenset[float]:
        """The number that may stand for no value, such as -99: the only one below zero; none where there are more."""
        numbers = {found[0] for found in map(match_number, self.cells) if found}
        below = {number for number in numbers if number < 0}
        is_mark = len(below) == 1 and self.word in RATINGS and max(numbers) > 3
        return frozenset(below & MISSING_MARKS if is_mark else ())

    @cached_property
    def own_scale(self) -> str:
        """The scale that the header or the cells say; empty for none."""
        ends = {found[1] for found in map(match_number, self.cells) if found and found[1]}
        return self.header.scale or (f"0-{ends.pop():g}" if len(ends) == 1 else "")

    @property
    def scale(self) -> str:
        """Its own scale, or else the one that it has in common with others."""
        return self.own_scale or self.shared

    @property
    def is_numeric(self) -> bool:
        """Whether most cells are numbers, and not of a scale each, as 4/6 and 5/7 would be."""
        ends = {found[1] for found in map(match_number, self.cells) if found and found[1]}
        if len(ends) > max(1, len(self.cells) / 2):
            return False
        return bool(self.numbers) and len(self.numbers) + len(self.marks) >= _MOST * len(self.cells)

    @property
    def is_rating(self) -> bool:
        """Whether many cells are numbers of the scale, or else most are words of one."""
        if not self.own_scale and self.numbers and not 0 <= min(self.numbers) <= max(self.numbers) <= 100:
            return False
        return self._mostly(self._is_rated, _MANY if self.numbers else _MOST)

    def _is_rated(self, cell: str) -> bool:
        found = match_number(cell)
        if found is None:
            return is_known_word(cell) or bool(_NEARLY.fullmatch(cell) and 2 * len(self.numbers) >= len(self.cells))
        ends = [float(end) for end in self.own_scale.split("-")] if self.own_scale else [found[0]]
        return found[0] in self.marks or min(ends) <= found[0] <= max(ends)

    @property
    def is_duration(self) -> bool:
        """Whether many cells are lengths of time, some of them plain numbers, whose unit is to be said."""
        return bool(self.numbers) and not self.own_scale and self._mostly(_is_duration, _MANY)

    @property
    def is_answer(self) -> bool:
        """Whether all cells are yes or no, and not only 1 and 0."""
        clean = {cell.strip().lower() for cell in self.cells}
        return bool(clean) and clean <= YES | NO and not self.is_numeric

    @property
    def are_nights(self) -> bool:
        """Whether most cells are lengths with their unit, or spans of time."""
        most = _MOST if self.numbers else _MANY
        return self._mostly(lambda cell: bool(is_length(cell) or read_span(cell) or _SPAN.fullmatch(cell)), most)

    def _mostly(self, says: Callable[[str], bool], most: float) -> bool:
        """Whether that part of the cells, each as often as it stands there, are so."""
        so = sum(self._counts[each] for each in self.cells if says(each))
        return bool(self.cells) and so >= most * sum(self._counts[each] for each in self.cells)


def guess_meaning(look: Look, answers: Mapping[str, str]) -> str:
    """Return what a column is in painlog's words, as ``read_meaning`` reads them."""
    word = look.word
    if look.may_be_pain and (said := answers.get(f"what {look.label}", "")).startswith(_PAIN):
        return f"{_named(look, word)}:{said.removeprefix(_PAIN)}"
    if word in RATINGS and look.is_rating and not look.may_be_pain and (look.header.word or look.numbers):
        scale = _scale(look, answers)
        return _named(look, word) if not scale else f"{_named(look, word)}:{scale}"
    if word == "sleep" and look.are_nights:
        return "sleep"
    if word == "sleep" and look.is_duration:
        unit = _unit(look) or answers.get(f"unit {look.label}", HOURS)
        return f"sleep quality:{unit.removeprefix(SCORE)}" if unit.startswith(SCORE) else f"sleep:{unit}"
    if word == "steps" and look.is_numeric:
        return "steps"
    if word == AMOUNT and look.is_of_dose:
        return f"dose amount:{look.unit_of_amount}" if look.unit_of_amount else "dose amount"
    if look.counts_doses:
        return f"note:{look.label}" if answers.get(f"amount {look.label}") == _OF_ALL else f"dose amount:{TIMES}"
    if word in ("bed", "up") and look.are_clocks:
        return word
    if not word and re.split("[ _]", look.label.lower())[0] in MEDICINE_NAMES and look.says_how_much:
        name, part = split_part(look.label)
        return f"dose ({part}):{name}" if part else f"dose:{name}"
    if word in TEXTS and not look.is_numeric and not (word in ("dose", "treatment") and look.is_answer):
        return _named(look, word)
    return guess_own(look)


def _named(look: Look, word: str) -> str:
    named = f"pain in {look.header.place}" if look.header.place else word
    return f"{named} ({look.header.part})" if look.header.part else named


def guess_own(look: Look) -> str:
    """Return the measure of its own that a column is, or the note that its words go to."""
    if _says_when(look) and (look.is_numeric or not look.cells):
        return ""
    if look.is_numeric:
        return f"{_own_name(look.label)}:{look.scale or 'number'}"
    if look.is_answer:
        return f"{_own_name(look.label)}:yes-no"
    return f"note:{look.label}" if look.cells else ""


def _own_name(label: str) -> str:
    """A name for a measure that is no word of a column's meanings, such as medicine, either."""
    name = measure_name(label, "my")
    return measure_name(f"my {label}", "my") if read_meaning(name).kind else name


def _says_when(look: Look) -> bool:
    """Whether a column is called after a time, which its cells are not."""
    return look.header.word in ("day", "time", "month", "year", "sleep_from", "sleep_to")


def guess_queries(look: Look) -> Iterator[Query]:
    """Yield what has to be asked before it is known what a column is."""
    word, numbers = look.word, look.numbers
    if look.may_be_pain and look.is_rating:
        scales = [scale] if (scale := _known_scale(look)) else _fitting(numbers)
        text = f"{look.label} in your file runs from {min(numbers):g} to {max(numbers):g}: is it pain?"
        yield Query(f"what {look.label}", text, (*(_PAIN + each for each in scales), OWN), _PAIN + scales[0])
    elif word in RATINGS and look.is_rating and numbers and not _known_scale(look):
        low, high = min(numbers), max(numbers)
        fitting = _fitting(numbers)
        if look.header.says_ends:
            fitting = _both_ways(look, fitting)
        text = f"{look.label} in your file runs from {low:g} to {high:g}{_lone_above(look)}: on which scale?"
        yield Query(f"scale {look.label}", text, tuple(fitting), fitting[0])
    if look.counts_doses and max(numbers) > 1:
        text = (
            f"{look.label} in your file counts what was taken: is the amount beside it that of one, or of all together?"
        )
        yield Query(f"amount {look.label}", text, (_OF_ONE, _OF_ALL), _OF_ONE)
    if word == "sleep" and look.is_duration and not look.are_nights:
        yield from unit_queries(look.label, look.header, look.cells, numbers)


def _both_ways(look: Look, fitting: list[str]) -> list[str]:
    """The scale that the heading says, or those that fit, either way round; the turned one first where 1 is best."""
    is_turned = bool(_BEST_FIRST.search(fold(look.label)) and look.word in ("mood", "sleep quality"))
    pairs = [(scale, "-".join(scale.split("-")[::-1])) for scale in ([look.scale] if look.scale else fitting)]
    return [each for pair in pairs for each in (pair[::-1] if is_turned else pair)]


def _fitting(numbers: list[float]) -> list[str]:
    """The scales that all numbers are of; of 0-1 are percents as a spreadsheet keeps them."""
    low, high = min(numbers), max(numbers)
    if low >= 0 and high <= 1 and any(0 < number < 1 for number in numbers):
        return [_PARTS, *_SCALES]
    return [scale for scale in _SCALES if _low(scale) <= low and high <= _high(scale)] or ["0-10", "0-100"]


def _scale(look: Look, answers: Mapping[str, str]) -> str:
    return _known_scale(look) or answers.get(f"scale {look.label}", "") if look.numbers else ""


def _known_scale(look: Look) -> str:
    """The scale that the table says, or that its numbers need; empty where several fit."""
    if look.header.says_ends and look.numbers:
        return ""
    if look.scale or not look.numbers:
        return look.scale
    low, high = min(look.numbers), max(look.numbers)
    if look.header.word == "sleep quality" and low >= 1 and high <= 5:
        return "1-5"
    if high <= 10:
        return "" if high <= 5 else "0-10"
    above = sum(number > 10 for number in look.numbers)
    return "0-100" if above >= _FEW * len(look.numbers) and not _lone_above(look) else ""


def _lone_above(look: Look) -> str:
    """What is said of a number that alone is above 10, a slip perhaps; empty where there are more, or no others."""
    above = [number for number in look.numbers if number > 10]
    if len(above) != 1 or len(look.numbers) == 1:
        return ""
    return f", and only {above[0]:g} is above 10, which may be a slip"


def _unit(look: Look) -> str:
    return find_unit(look.label, look.header, look.cells, look.numbers)


def _is_amount(cell: str) -> bool:
    return all(map(find_amount, split_list(cell)))


def _clock_of(cell: str) -> time | None:
    try:
        return read_clock(cell)
    except BadInput:
        return None


def _is_duration(cell: str) -> bool:
    return match_number(cell) is not None or is_length(cell)


def _low(scale: str) -> float:
    return float(scale.partition("-")[0])


def _high(scale: str) -> float:
    return float(scale.partition("-")[2])
