"""Cells of other people's tables, as a person would have typed them into painlog. Pure.

A rating of another scale is taken to painlog's by a straight line between the two ends. An empty cell says nothing.
"""

import re
from datetime import datetime, time
from typing import NamedTuple

from painlog.domain.kinds.fields import Field, Flag, Minutes, Number, Words, YesNo
from painlog.domain.kinds.medicine_names import MEDICINE_NAMES
from painlog.domain.kinds.nights import Clock
from painlog.domain.kinds.where import Where
from painlog.domain.language.amounts import Quantity, parts
from painlog.domain.language.durations import could_be_thousands
from painlog.domain.regions import OTHER, lookup
from painlog.errors import BadInput
from painlog.exchange.importing.plain_cells import plain_number
from painlog.exchange.importing.written_dates import DAY_FIRST, quote, read_clock, read_stamp
from painlog.exchange.importing.written_lengths import PLAIN, read_length, read_span

EMPTY = frozenset(("", "-", "–", "—", ".", "n/a", "na", "nan", "null", "none", "undefined"))
YES = frozenset(("yes", "y", "true", "1", "1.0", "x", "✓", "✔", "taken", "ja", "oui", "sí", "si"))
NO = frozenset(("no", "n", "false", "0", "0.0", "not taken", "nein", "non"))
MISSING_MARKS = frozenset((-1.0, -9.0, -99.0, -999.0, -9999.0))  # as statistics programs write no value
_LIST = re.compile(r"[;|\n]|,(?!\d)|(?<!\d),")
_NUMBER = re.compile(
    r"([+-]?\d{1,15}(?:[.,]\d{1,20})?)\s*(?:(?:/|out of|of|von|sur|de|su|van)\s*(\d{1,3})|(%))?"
    r"(?:\s*(?:points?|pts|punkte?|puntos?|pontos?|punti))?",
    re.ASCII,
)
_NO_MEDICINE = re.compile(
    r"(?:no|none|without|kein\w*|ohne|aucune?|sans|sin|ning[uú]n\w*|nenhum\w*|sem|nessun\w*|senza|geen|nothing|nichts|nada"
    r"|rien|niente|nil|0)(?: (?:other|pain|andere|autre|otr[oa]|outr[oa]|altr[oa]))?"
    r"(?: (?:medications?|medicines?|meds?|drugs?|tablets?|pills?|painkillers?|medikamente?|medikation|tabletten?|"
    r"m[eé]dicaments?|medicamentos?|medicaci[oó]n|medicação|rem[eé]dios?|farmac[oi]|medicin[ae]|medicijn(?:en)?|"
    r"medicatie|treatments?|therap(?:y|ie)|taken|genommen|used))*",
    re.IGNORECASE,
)
_AMOUNT = Quantity(name="amount")
_TIMES_FIRST = re.compile(r"(\d{1,2}) ?[x×*] ?(\D.*|\d.* .+)")  # 2x400mg ibuprofen
_TIMES_WITHIN = re.compile(r"(.+) (\d{1,2}) ?[x×*] ?(\d.*)")  # ibuprofen 2x400mg
_TIMES_LAST = re.compile(r"(.+) (?:[x×*] ?(\d{1,2})|(\d{1,2}) ?[x×*])")  # ibuprofen 400mg x2
_TIMED = re.compile(
    r"(.+?)[ ,]+\(?(?:at |@ ?|um )?(\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\.?|\d{1,2}:\d\d(?: uhr)?)\)?", re.IGNORECASE
)
_COUNT_FIRST = re.compile(r"(\d{1,2}(?:[.,]\d)?|½) (\D+)")  # 2 ibuprofen
_NUMBER_LAST = re.compile(r"(\D+) (\d{1,4}(?:[.,]\d{1,2})?)")  # ibuprofen 400
_LEAST_STRENGTH = 20  # under it a number may belong to a name: vitamin B 12
_UNIT_BEHIND = re.compile(r"(.+?)[ _]\(?([^()\d\s_]+)\)?")  # Ibuprofen (mg)
_AND = re.compile(r" ?[&+/] ?| and ")
_JOINED = re.compile(r" ?\+ ?| and | und | et | & ")


class Scale(NamedTuple):
    """The two ends of a scale: what painlog's low and high ends are called there; 4-0 where low is better there."""

    low: float
    high: float

    def onto(self, value: float, field: Number) -> float:
        """Take a value to a field's range. Raises BadInput for what is not between the ends."""
        if not min(self) <= value <= max(self):
            raise BadInput(f"{value:g} is not within {self}")
        return field.low + (value - self.low) * (field.high - field.low) / (self.high - self.low)

    def __str__(self) -> str:
        return f"{self.low:g}-{self.high:g}"


def is_empty(cell: str) -> bool:
    """Whether a cell says nothing."""
    return cell.strip().lower() in EMPTY


def read_number(cell: str, end: float = 0) -> float:
    """Read a number, with a decimal point or comma; ``/10`` behind it only where 10 is its ``end``. Raises BadInput."""
    found = _NUMBER.fullmatch(plain_number(cell).strip().lower())
    if not found:
        raise BadInput(f"{quote(cell)} is not a number")
    scale_end = "100" if found[3] else found[2]
    if scale_end and float(scale_end) != end:
        raise BadInput(f"{quote(cell)} is of another scale than the one that was said")
    return float(found[1].replace(",", "."))


def match_number(cell: str) -> tuple[float, float] | None:
    """Return a number and the end of the scale that stands behind it, 0 for none; None for what is no number."""
    found = _NUMBER.fullmatch(plain_number(cell).strip().lower())
    if not found:
        return None
    number, end = float(found[1].replace(",", ".")), 100.0 if found[3] else float(found[2] or 0)
    return None if found[2] and number > end else (number, end)  # 120/80 is no number of a scale


def find_number(cell: str) -> float | None:
    """Read a number; None for what is none."""
    try:
        return read_number(cell)
    except BadInput:
        return None


def number_text(value: float) -> str:
    """Write a number as typed: at most three decimals, no exponent."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def cell_texts(field: Field, cell: str, scale: Scale | None = None, unit: str = "") -> list[str]:
    """Return what could have been typed for a field; nothing where the cell says nothing. Raises BadInput."""
    if is_empty(cell):
        return []
    if isinstance(field, Minutes):
        return [_length(cell, unit)]
    if isinstance(field, Number):
        return [_rating(field, cell, scale)]
    if isinstance(field, Where):
        return [place for part in split_list(cell) for place in region_texts(part)]
    if isinstance(field, Words):
        return [part.replace(",", " ") for part in split_list(cell)]
    if isinstance(field, Flag | YesNo):
        return _answer(field, cell)
    return [f"{clock_of(cell):%H:%M}"] if isinstance(field, Clock) else [cell]


def clock_of(cell: str) -> time:
    """Read a time of day, or that of a stamp. Raises BadInput."""
    try:
        return read_clock(cell)
    except BadInput:
        stamp = read_stamp(cell, DAY_FIRST)
        if isinstance(stamp, datetime):
            return stamp.time()
        raise


def split_list(cell: str) -> list[str]:
    """Split a list joined by semicolons, commas, bars or line breaks; a decimal comma joins nothing."""
    return [part for part in map(str.strip, _LIST.split(cell)) if not is_empty(part)]


def split_doses(cell: str) -> list[str]:
    """Split a list of medicines or treatments; words for none of them name none."""
    each_alone = [each for part in split_list(cell) for each in _split_joined(part)]
    return [part for part in each_alone if not names_none(part)]


def names_none(part: str) -> bool:
    """Whether a part of a list is a word for none, such as nothing or ``no medication``."""
    return bool(_NO_MEDICINE.fullmatch(part.strip(" .")))


def _split_joined(part: str) -> list[str]:
    """Split ``ibuprofen 400mg + codeine 30mg``, where each has its amount; a name may hold a plus too."""
    found = _JOINED.split(part)
    return found if all("amount" in split_medicine(each) for each in found) else [part]


def split_time(text: str) -> tuple[str, time | None]:
    """Divide ``ibuprofen 400mg at 8am`` from its time of day."""
    found = _TIMED.fullmatch(" ".join(text.split()))
    try:
        return (found[1], read_clock(found[2])) if found else (text, None)
    except BadInput:
        return text, None


def split_medicine(text: str) -> dict[str, list[str]]:
    """Split ``Ibuprofen 400mg``, ``400mg Ibuprofen`` or ``2x400mg Ibuprofen`` into a name and an amount, if any.

    How many times goes to the note where there is no amount.
    """
    clean = " ".join(text.split())
    if found := _TIMES_FIRST.fullmatch(clean):
        times, rest = found[1], found[2]
    elif found := _TIMES_WITHIN.fullmatch(clean):
        times, rest = found[2], f"{found[1]} {found[3]}"
    elif found := _TIMES_LAST.fullmatch(clean):
        times, rest = found[2] or found[3], found[1]
    else:
        return _name_and_amount(clean)
    medicine = _name_and_amount(rest)
    if "amount" not in medicine:
        return medicine | {"note": [f"{times}x"]}
    return medicine | {"amount": [multiply_amount(medicine["amount"][0], int(times))]}


def multiply_amount(amount: str, times: float) -> str:
    """Return so many times an amount. Raises BadInput for what is none."""
    number, unit = parts(f"{_AMOUNT.check(amount)}")
    return f"{number_text(times * number)} {unit}"


def _name_and_amount(clean: str) -> dict[str, list[str]]:
    if (held := re.fullmatch(r"(.+?) ?\(([^()]*)\)", clean)) and _AMOUNT.accepts(held[2]):
        return {"name": [held[1]], "amount": [held[2]]}
    words = clean.split(" ")
    for length in (3, 2, 1):
        if len(words) > length and _AMOUNT.accepts(amount := " ".join(words[-length:])):
            counted = _name_and_bare_number(" ".join(words[:-length]))
            if "amount" in counted:  # 2 Ibuprofen 400mg: of 400 mg each, or in all?
                return {"name": counted["name"], "note": [clean]}
            return {"name": [" ".join(words[:-length])], "amount": [amount]}
    for length in (2, 1):
        if len(words) > length and _AMOUNT.accepts(amount := " ".join(words[:length])):
            return {"name": [" ".join(words[length:])], "amount": [amount]}
    return _name_and_bare_number(clean)


def _name_and_bare_number(clean: str) -> dict[str, list[str]]:
    """Split ``2 Ibuprofen`` and ``Ibuprofen 400``: how many is an amount; of which unit the other is, nobody said."""
    found = _COUNT_FIRST.fullmatch(clean)
    amount = f"{found[1]} {'tablet' if found[1] == '1' else 'tablets'}" if found else ""
    if found and found[2].split()[0].lower() in MEDICINE_NAMES and _AMOUNT.accepts(amount):
        return {"name": [found[2]], "amount": [amount]}
    if found := _NUMBER_LAST.fullmatch(clean):
        is_strength = float(found[2].replace(",", ".")) >= _LEAST_STRENGTH
        if is_strength or found[1].split()[0].lower() in MEDICINE_NAMES:
            return {"name": [found[1]], "note": [found[2]]}
    return {"name": [clean]}


def find_amount(text: str) -> str:
    """Return the amount that a text is, as in ``2x400mg``; empty for any other."""
    found = split_medicine(f"it {text}")
    return found["amount"][0] if found["name"] == ["it"] and "amount" in found else ""


def read_taken(name: str, cell: str) -> dict[str, list[str]] | None:
    """Read the cell of a column that is a medicine's own: yes, an amount, or None where it was not taken.

    A number has the unit that stands in the name, as in ``Ibuprofen (mg)``; without one it goes to the note. Raises
    BadInput.
    """
    if is_empty(cell) or cell.strip().lower() in NO:
        return None
    is_of_strength = "amount" in split_medicine(name)  # Ibuprofen 400 mg
    if not is_of_strength and (held := _UNIT_BEHIND.fullmatch(name)) and (amount := find_amount(f"{cell} {held[2]}")):
        return {"name": [held[1]], "amount": [amount]}
    if cell.strip().lower() in YES:
        return split_medicine(name)
    if "amount" in (found := split_medicine(f"{split_medicine(name)['name'][0]} {cell}")):
        return found
    if _NUMBER.fullmatch(cell):
        of_name = split_medicine(name)
        return {"name": of_name["name"], "note": [cell if len(of_name) == 1 else f"{name}: {cell}"]}
    raise BadInput(f"{quote(cell)} says neither whether {name} was taken nor how much")


def region_texts(part: str) -> list[str]:
    """Return the body regions that a phrase names, else the phrase as a place that is not on the list."""
    bare = re.sub(r"[()\[\].]", " ", part)  # knee (R), R. knee
    each = [lookup(one) for one in _AND.split(bare)]
    several = [id_ for ids in each for id_ in ids] if all(each) else []
    return list(lookup(part) or lookup(bare)) or several or [OTHER + part.replace(":", " ").replace(",", " ")]


def _length(cell: str, unit: str) -> str:
    """A length as minutes; what is a span, or may be a time of day, is left to the field."""
    if span := read_span(cell):
        return span
    if unit == "hours.minutes" and PLAIN.fullmatch(cell):
        hours, _, minutes = cell.replace(",", ".").partition(".")
        return f"{hours}h{minutes or '0'}"
    may_be_clock = not unit and re.fullmatch(r"(?:1[2-9]|2[0-3]):\d\d", cell)
    if may_be_clock or (not unit and PLAIN.fullmatch(cell)):
        return cell
    try:
        return number_text(read_length(cell, unit)) + "m"
    except BadInput:
        return cell


def _rating(field: Number, cell: str, scale: Scale | None) -> str:
    if scale:
        return number_text(scale.onto(read_number(cell, max(scale)), field))
    if field.whole and could_be_thousands(cell):
        return re.sub(r"[.,]", "", cell.strip())
    return number_text(read_number(cell, field.high)) if field.high <= 100 else cell


def _answer(field: Field, cell: str) -> list[str]:
    clean = cell.strip().lower()
    if clean not in YES | NO:
        raise BadInput(f"{field.title} is yes or no, not {quote(cell)}")
    no = [] if isinstance(field, Flag) else ["no"]
    return ["yes"] if clean in YES else no
