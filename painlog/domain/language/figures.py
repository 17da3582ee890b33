"""Numbers as people write them, at a place among tokens: plain ones, scores out of ten, lengths, amounts, ranges. Pure.

Each function returns what stands at a place and the place after it, or None.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from painlog.domain.language.medicine_units import COUNTED, unit_of
from painlog.domain.language.small_words import TIME_UNITS
from painlog.domain.language.tokens import Token

_SHARES = {"half": 0.5, "quarter": 0.25}
Tokens: TypeAlias = "Sequence[Token]"
_MINUTES = {"half": 30, "quarter": 15, "five": 5, "ten": 10, "twenty": 20}  # past an hour, or before it


class Figure(NamedTuple):
    """A number. ``out_of`` is the scale that was said with it, 0 for none; ``text`` the number as typed.

    ``sign`` is what stood before it: -, + or nothing.
    """

    value: float
    out_of: float = 0
    text: str = ""
    sign: str = ""


class Range(NamedTuple):
    """Two numbers or times of which one, or all between them, may be meant; ``unit`` as typed behind them.

    ``is_open`` says that a time in it was said without its half of the day: from half past ten to six.
    """

    low: str
    high: str
    unit: str = ""
    is_open: bool = False


def low_at(tokens: Tokens, place: int) -> str:
    """Return the word at a place in small letters; empty past the end."""
    return tokens[place].low if 0 <= place < len(tokens) else ""


def sort_at(tokens: Tokens, place: int) -> str:
    """Return the sort of the token at a place; empty past the end."""
    return tokens[place].sort if 0 <= place < len(tokens) else ""


def says(tokens: Tokens, place: int, *words: str) -> bool:
    """Whether these words stand there, one after the other."""
    first, *others = words
    return low_at(tokens, place) == first and all(low_at(tokens, place + i) == word for i, word in enumerate(others, 1))


def plain_number(tokens: Tokens, place: int) -> tuple[float, int] | None:
    """Read a number without scale or unit: ``7``, ``7,5``, ``1 1/2``, ``1½``, ``five and a half``, ``half``."""
    if place >= len(tokens):
        return None
    token = tokens[place]
    if token.low == "half":
        after = place + 1 + (low_at(tokens, place + 1) in ("a", "an"))
        return (0.5, after) if sort_at(tokens, after) == "word" or after > place + 1 else None
    if token.number is None:
        return None
    value, after = token.number, place + 1
    if token.number == int(token.number):
        if sort_at(tokens, after) == "number" and tokens[after].low in "½¼¾":
            return value + (tokens[after].number or 0), after + 1
        if (part := fraction_at(tokens, after)) and not tokens[after].glued:
            return value + part, after + 3
        if behind := part_behind(tokens, after):
            return value + behind[0], behind[1]
    return value, after


def part_behind(tokens: Tokens, place: int) -> tuple[float, int] | None:
    """Read the part of a whole behind its number: ``and a half``, ``and three quarters``, ``and half hrs``."""
    if low_at(tokens, place) not in ("and", "an"):
        return None
    at = place + 1 + (low_at(tokens, place + 1) in ("a", "one"))
    if low_at(tokens, at) in ("three", "3") and low_at(tokens, at + 1) in ("quarter", "quarters"):
        return 0.75, at + 2
    part = _SHARES.get(low_at(tokens, at))
    follows = low_at(tokens, at + 1)
    is_own = at == place + 1 and not (at + 1 == len(tokens) or follows in ("hours", "hrs", "h"))
    return None if part is None or is_own else (part, at + 1)


def fraction_at(tokens: Tokens, place: int) -> float:
    """Return the part that stands there, as in 1/2; 0 where none does."""
    if sort_at(tokens, place) != "number" or low_at(tokens, place + 1) != "/" or sort_at(tokens, place + 2) != "number":
        return 0
    top, bottom = tokens[place].number or 0, tokens[place + 2].number or 0
    glued = tokens[place + 1].glued and tokens[place + 2].glued
    return round(top / bottom, 4) if glued and 0 < top < bottom <= 8 and bottom >= 2 else 0


def share_at(tokens: Tokens, place: int) -> tuple[float, int] | None:
    """Read a part of one thing, as stands before its name: ``1/2``, ``half``, ``quarter``, ``three quarters``."""
    if part := fraction_at(tokens, place):
        return part, place + 3
    if low_at(tokens, place) in ("three", "3") and low_at(tokens, place + 1) in ("quarter", "quarters"):
        return 0.75, place + 2
    share = _SHARES.get(low_at(tokens, place))
    return (share, place + 1) if share else None


def number_at(tokens: Tokens, place: int) -> tuple[Figure, int] | None:
    """Read a number, with its scale where one is said: ``7/10``, ``7 out of 10``."""
    found = plain_number(tokens, place)
    if not found or (tokens[place].low == "half"):
        return None
    value, after = found
    text = tokens[place].low if after == place + 1 else f"{value:g}"
    signed = bool(place) and tokens[place].glued and tokens[place - 1].low in "-–+" and not tokens[place - 1].glued
    sign = tokens[place - 1].low if signed else ""
    for words in (("/",), ("out", "of"), ("outta",), ("of",)):
        scale = after + len(words)
        if says(tokens, after, *words) and (sort_at(tokens, scale) == "number" or low_at(tokens, scale) == "ten"):
            out_of = tokens[scale].number or 0
            if words != ("of",) or out_of == 10:
                return Figure(value, out_of, text, sign), scale + 1
    return Figure(value, 0, text, sign), after


def length_at(tokens: Tokens, place: int) -> tuple[float, int] | None:
    """Read a length of time in minutes: ``5h30``, ``6,5 h``, ``45 min``, ``half an hour``, ``an hour and a half``."""
    found = _length_number(tokens, place)
    if not found:
        return None
    value, after = found
    per = TIME_UNITS.get(low_at(tokens, after))
    if per is None or (
        low_at(tokens, after) == "m" and sort_at(tokens, after + 1) == "mark" and low_at(tokens, after + 1) == "/"
    ):
        return None
    minutes, after = value * per, after + 1
    if per == 60:
        if part := part_behind(tokens, after):
            return minutes + 60 * part[0], part[1]
        start = after + (low_at(tokens, after) == "and")
        more = plain_number(tokens, start)
        if more and more[0] < 60 and more[0] == int(more[0]) and value == int(value):
            if TIME_UNITS.get(low_at(tokens, more[1])) == 1 and not says(tokens, more[1] + 1, "ago"):
                return minutes + more[0], more[1] + 1
            ends = sort_at(tokens, more[1]) in ("", "stop", "joint") and more[0] >= 10
            is_glued = start == after and tokens[after].glued
            if (is_glued or ends) and (len(tokens[start].low) == 2 or tokens[start].sort == "word"):
                return minutes + more[0], more[1]
    return round(minutes, 1), after


def _length_number(tokens: Tokens, place: int) -> tuple[float, int] | None:
    if low_at(tokens, place) in ("a", "an") and low_at(tokens, place + 1) in ("hour", "hr", "minute", "min"):
        return 1.0, place + 1
    if low_at(tokens, place) in ("a", "an") and says(tokens, place + 1, "half", "hour"):
        return 0.5, place + 2
    if share := share_at(tokens, place):
        after = share[1] + 2 * says(tokens, share[1], "of", "an")
        if low_at(tokens, after) in TIME_UNITS:
            return share[0], after
    return plain_number(tokens, place)


def range_at(tokens: Tokens, place: int) -> tuple[Range, int] | None:
    """Read ``5-6``, ``5 to 6``, ``5 or 6``, ``between 5 and 6``, ``11pm-6am``, ``from 23:30 to 6:15``."""
    opened = low_at(tokens, place) in ("between", "from")
    joints = ("-", "–", "—", "to", "till", "til", "until", "or", *(["and"] * (low_at(tokens, place) == "between")))
    first = _end(tokens, place + opened)
    if not first or low_at(tokens, first[1]) not in joints:
        return None
    second = _end(tokens, first[1] + 1)
    if not second:
        return None
    if second[0] in ("noon", "midnight") and not opened and first[0].isdecimal():
        return None  # six until noon
    after, unit = second[1], ""
    if low_at(tokens, after) in TIME_UNITS or unit_of(low_at(tokens, after)):
        unit, after = tokens[after].low, after + 1
    elif low_at(tokens, after) == "/" and sort_at(tokens, after + 1) == "number":
        after += 2
    is_spoken = any(low_at(tokens, at) in ("half", "quarter") for at in (place + opened, first[1] + 1))
    is_open = is_spoken and not (first[0].endswith("m") and second[0].endswith("m"))
    return Range(first[0], second[0], unit, is_open), after


def past_the_hour(tokens: Tokens, place: int, *, led: bool) -> tuple[int, int, int] | None:
    """Read half past nine, quarter to ten and, where it is ``led`` to, half nine or ten to nine: hour and minute."""
    first, joint = low_at(tokens, place), low_at(tokens, place + 1)
    minutes = _MINUTES.get(first, 0)
    stated = joint == "past" or (joint == "to" and first != "half")
    if not minutes or not (stated or (led and first == "half")) or not (led or first in ("half", "quarter")):
        return None
    at = place + 1 + stated
    hour = tokens[at].number if at < len(tokens) else None
    if hour is None or hour != int(hour) or not 1 <= hour <= 12:
        return None
    after = low_at(tokens, at + 1)
    if after in (*TIME_UNITS, "/") or unit_of(after):
        return None  # half 2 tablets, for ten to 12 hours
    if joint == "to":
        return (int(hour) - 2) % 12 + 1, 60 - minutes, at + 1
    return int(hour), minutes, at + 1


def is_wall_time(text: str) -> bool:
    """Whether digits are a time of day as 0830 is."""
    return len(text) == 4 and text.isdecimal() and int(text[:2]) < 24 and int(text[2:]) < 60


def _end(tokens: Tokens, place: int) -> tuple[str, int] | None:
    """One end of a range as typed, am and pm with it."""
    token = tokens[place] if place < len(tokens) else None
    if (spoken := past_the_hour(tokens, place, led=True)) and low_at(tokens, place) in ("half", "quarter"):
        half = low_at(tokens, spoken[2]) if low_at(tokens, spoken[2]) in ("am", "pm") else ""
        return f"{spoken[0]}:{spoken[1]}{half}", spoken[2] + bool(half)
    if token is None or (token.sort != "clock" and token.number is None and token.low not in ("midnight", "noon")):
        return None
    after = place + 1
    if low_at(tokens, after) in ("am", "pm"):
        return f"{_with_colon(token.low)}{tokens[after].low}", after + 1
    if token.sort == "word" and token.number is not None:
        return f"{token.number:g}", after
    if low_at(tokens, after) == "h" and tokens[after].glued and low_at(tokens, after + 1) in ("-", "–", "to"):
        return token.low, after + 1
    return token.low, after


def _with_colon(text: str) -> str:
    """A time that was typed with a point, as in 11.30pm."""
    hours, point, minutes = text.partition(".")
    return f"{hours}:{minutes}" if point and len(minutes) == 2 else text


def amount_at(tokens: Tokens, place: int) -> tuple[str, int] | None:
    """Read an amount with its unit as it is stored: ``400mg``, ``half a tablet``, ``2 x 200 mg``."""
    found = plain_number(tokens, place)
    if low_at(tokens, place) in ("a", "an"):
        found = (1.0, place + 1)
    elif (share := share_at(tokens, place)) and (not found or found[1] == place + 1):
        found = (share[0], share[1] + (2 * says(tokens, share[1], "of", "a")))
    if not found:
        return None
    number, after = found
    if low_at(tokens, after) in ("x", "×", "*") and (other := plain_number(tokens, after + 1)):
        number, after = round(number * other[0], 6), other[1]
    said = low_at(tokens, after)
    for length in (3, 1):  # mg/h is three tokens
        joined = "".join(low_at(tokens, after + i) for i in range(length))
        if (length == 1 or low_at(tokens, after + 1) == "/") and (unit := unit_of(joined)):
            break
    else:
        return None
    if low_at(tokens, place) in ("a", "an", "half", "quarter", "one") and unit not in COUNTED:
        return None
    if said == "%" or (said == "l" and not tokens[after].glued):
        return None
    return f"{number:.10g} {unit}", after + length
