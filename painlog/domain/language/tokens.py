"""A line as tokens: words, numbers, separators and marks, each with its place in the line. Pure."""

import re
from functools import cache
from typing import NamedTuple

from painlog.domain.language.small_words import AND, NUMBERS

_FORMS = r"""(?P<quote>"[^"\n]*")
    |(?P<iso>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}
        (?:[T\ ][0-9][0-9]:[0-9][0-9](?::[0-9][0-9])?(?:\ ?(?:Z|[+-][0-9][0-9]:?[0-9][0-9]))?(?!\ ?[ap]\.?m))?(?![\w-]))
    |(?P<date>[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{4}|[0-9][0-9](?![0-9]))?(?![0-9])|[0-9]{1,4}/[0-9]{1,2}/[0-9]{2,4}(?![0-9]))
    |(?P<clock>[0-9]{1,2}:[0-9][0-9](?::[0-9][0-9])?(?![0-9]))
    |(?P<day>(?<![\w.,])2(?:day|nite|night|moro|morrow|mrw)(?!\w))
    |(?P<number>[0-9]+(?:[.,][0-9]+)?|(?<![\w.,])[.,][0-9]+|[½¼¾])
    |(?P<unit>(?<=[0-9])[hx×](?=[0-9])|(?<![^\W_])x(?=[0-9]))
    |(?P<id>[^\W\d_]+(?:_[^\W\d_]+)+)
    |(?P<half>[ap]\.m\.|[ap]\.m(?!\w))
    |(?P<word>(?<![^\W_])[^\W\d_]&[^\W\d_](?![^\W_])|[^\W\d_]{1,3}[0-9]{1,4}(?![0-9])|(?:[^\W\d_]|[\ud800-\udfff])+(?:['’`][^\W\d_]+)*)
    |(?P<dots>\.{2,}(?=\ ?[0-9]))
    |(?P<mark>\n|[^\w\s]|_)
    |(?P<odd>\S)"""
_MOST = 1e15  # a longer number is out of every range
_PARTS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_STOPS = frozenset(";.\n!?…")
_JOINTS = frozenset((",", *AND))
_APOSTROPHES = frozenset("'’`")
_QUOTES = str.maketrans("", "", "'’`")


class Token(NamedTuple):
    """One word, number or mark.

    ``sort`` is word, number, clock, date, quote, stop (ends a clause), joint (comma, and) or mark. ``low`` is the word
    in small letters without apostrophes, ``number`` the value of a number or a number word. ``glued`` means that
    nothing stands between it and the token before.
    """

    sort: str
    low: str
    start: int
    end: int
    number: float | None = None
    glued: bool = False


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_FORMS, re.VERBOSE | re.IGNORECASE)


def tokenize(line: str) -> list[Token]:
    """Return the tokens of a line, in order; between them stands nothing but blanks."""
    tokens: list[Token] = []
    before = -1
    for found in _pattern().finditer(line):
        group, text = found.lastgroup or "", found[0]
        start, end = found.span()
        tokens.append(_token(group, text, start, end, line, glued=start == before))
        before = end
    return tokens


def _token(group: str, text: str, start: int, end: int, line: str, *, glued: bool) -> Token:
    low = text.lower()
    if group == "word":
        if text == "n":
            return Token("joint", AND[0], start, end, None, glued)  # N is a number that is not known yet
        low = (low[:-2] if len(low) > 3 and low[-2:-1] in _APOSTROPHES and low[-1] == "s" else low).translate(_QUOTES)
        number = NUMBERS.get(low)
        return Token("joint" if low in _JOINTS else "word", low, start, end, number, glued)
    if group == "number":
        value = _PARTS.get(text)
        return Token(
            "number", low, start, end, min(float(text.replace(",", ".")), _MOST) if value is None else value, glued
        )
    if group == "half":
        return Token("word", low.replace(".", ""), start, end, None, glued)
    if group == "id":
        return Token("word", low, start, end, None, glued)
    if group in ("unit", "day"):
        return Token("word", low, start, end, None, glued)
    if group == "dots":
        return Token("mark", ":", start, end, None, glued)
    if group in ("iso", "date"):
        return Token("date", low, start, end, None, glued)
    if group != "mark":
        return Token(group, low, start, end, None, glued)
    if low in _STOPS and not (low == "." and _is_in_word(line, start, end)):
        return Token("stop", low, start, end, None, glued)
    return Token("joint" if low in _JOINTS else "mark", low, start, end, None, glued)


def _is_in_word(line: str, start: int, end: int) -> bool:
    """Whether a point stands within a word such as co.uk, and ends none: hrs.Pain 5.Mood 6."""
    if not (start and end < len(line) and line[start - 1].isalnum() and line[end].isalnum()):
        return False
    return not (line[end].isalpha() and (line[start - 1].isdigit() or line[end].isupper()))
