"""The words of ``painlog log``: how a line falls into tokens, and which of them open a clause. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from painlog.domain.kinds.fields import Choice, Field
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.registry import KINDS, VERBS
from painlog.domain.language.dates import WEEKDAYS
from painlog.domain.regions import lookup
from painlog.errors import BadInput

_TOKEN = re.compile(r'((?:\w+:)?)"([^"]*)"|(\d+,\d+(?=[\s,;:/%hm]|$)|[^\s,;"]+)|([,;])|(")')
WHEN = {"yesterday", "today", "ago", "noon", "am", "pm", *WEEKDAYS, *(day[:3] for day in WEEKDAYS)}
SKIPPED = {"in", "my", "the", "at", "on", "of", "with", "was", "is", "for", "from", "a", "an"}


class Token(NamedTuple):
    """A word, a quoted text or a comma, and where it stands in its line."""

    text: str
    start: int
    end: int
    quoted: bool = False
    comma: bool = False


class Grammar:
    """The words that open a clause: those of the kinds, and the ratings that are no other kind's words.

    ``own`` are a journal's measures, each opened by its name. A head may be several words.
    """

    def __init__(self, own: Iterable[Kind] = ()) -> None:
        self.heads: dict[str, tuple[Kind, Field]] = {}
        kinds = [*KINDS.values(), *own]
        for kind in kinds:
            for head in kind.heads:
                self.heads.setdefault(head, (kind, kind.main))
        for kind in kinds:
            for field in kind.typed_fields:
                names = (field.name, field.name.replace("_", " "), *field.aliases)
                for name in names if kind.heads and field.variable == field.name else ():
                    self.heads.setdefault(name, (kind, field))
        self._lengths: dict[str, list[int]] = {}  # by first word, the longest first
        for head in sorted(self.heads, key=len, reverse=True):
            words = head.split()
            self._lengths.setdefault(words[0], []).append(len(words))

    def openings(self, line: str) -> Iterator[int]:
        """Yield the places in a line where a word stands that may begin a head."""
        for found in _TOKEN.finditer(line):
            if (word := found[3]) and word.lower().rstrip(":") in self._lengths:
                yield found.start()

    def head_at(self, tokens: Sequence["Token"], place: int) -> str:
        """Return the head that stands there, the longest that does; empty where none does."""
        for length in self._lengths.get(tokens[place].text.lower().rstrip(":"), ()) if place < len(tokens) else ():
            here = tokens[place : place + length]
            words = " ".join(token.text.lower() for token in here).rstrip(":")
            if words in self.heads and not any(token.quoted or token.comma for token in here):
                return words
        return ""


@cache
def built_in_grammar() -> Grammar:
    """The grammar of a journal without measures of its own."""
    return Grammar()


def tokenize(line: str) -> list[Token]:
    """Return a line's words, quoted texts and commas. Raises BadInput for a quote that is not closed."""
    tokens = []
    for found in _TOKEN.finditer(line):
        prefix, quoted, word, comma, open_quote = found.groups()
        if open_quote:
            raise BadInput(f"a quote is opened and not closed in {shorten(line)!r}; close it or leave it out")
        text = prefix + quoted if quoted is not None else word or comma
        tokens.append(Token(text, found.start(), found.end(), quoted is not None, comma is not None))
    return tokens


def means_something(name: str) -> bool:
    """Whether a measure of the person's own could not be told by this name: a number, or a word of the grammar."""
    words = name.split()
    wordy = any(sum(letter.isalpha() for letter in word) > 1 for word in words)
    if name in built_in_grammar().heads or lookup(name) or not wordy:
        return True
    if len(words) == 1 and name in {*SKIPPED, *WHEN, "and", "days", "weeks", "hours", "minutes", "min", "yes", "no"}:
        return True
    kinds = [KINDS[verb] for verb in VERBS]
    chosen = [field for kind in kinds for field in kind.typed_fields if isinstance(field, Choice)]
    return any(name in field_names(kind) for kind in kinds) or any(field.accepts(name) for field in chosen)


def begins_a_number(phrase: str) -> bool:
    """Whether a phrase opens with a digit, after a sign if there is one."""
    return phrase.removeprefix("-").removeprefix("+")[:1].isdigit()


@cache
def field_names(kind: Kind) -> dict[str, Field]:
    """Return the fields of a kind by every word that announces one."""
    names = {}
    for field in kind.typed_fields[1:]:
        if not (isinstance(field, Choice) and field.bare):
            for name in (field.name, *field.aliases):
                names[name] = names[name.replace("_", " ")] = field
    return names


def shorten(text: str) -> str:
    """Return a text on one line, cut to what fits a sentence."""
    clean = " ".join(text.split())
    return clean if len(clean) <= 60 else clean[:59] + "…"
