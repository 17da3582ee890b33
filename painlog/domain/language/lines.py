"""A line or a whole text of ``painlog log``: when it was, and the clauses that it falls into. Pure.

A diary says the same again and again, so clauses are remembered by their text: an equal one is read once.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from painlog.domain.entries import ANY_MOMENT, Draft, draft, read_texts
from painlog.domain.kinds.declaration import clean_text
from painlog.domain.kinds.fields import Name, Text, Value
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.registry import VERBS
from painlog.domain.language.dates import Moment, parse_at
from painlog.domain.language.lexicon import (
    Grammar,
    Token,
    begins_a_number,
    built_in_grammar,
    field_names,
    shorten,
    tokenize,
)
from painlog.domain.language.reader import ClauseReader
from painlog.errors import BadInput, BadLines

_LATELY, _LONG = 10_000, 200  # clauses that are remembered, and the characters of one that is not


class _Clause(NamedTuple):
    """A clause by its head, and its text from there."""

    head: str
    text: str


def parse_text(
    text: str,
    base: Moment,
    present_at: datetime,
    *,
    grammar: Grammar | None = None,
    step: Callable[[], None] = lambda: None,
) -> Iterator[Draft]:
    """Read a whole text, a line an entry or several; empty lines and lines that open with # are passed over.

    A line without a date of its own is about ``base``; ``step`` is called after each line. Yields entries up to the
    first line that is not understood, and raises BadLines with all of those at the end: nothing of it is to be kept.
    """
    problems: list[tuple[int, str]] = []
    count = 0
    for number, line in enumerate(clean_text(text).split("\n"), 1):
        step()
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        count += 1
        try:
            drafts = parse_line(line, base, present_at, grammar=grammar)
        except BadInput as error:
            problems.append((number, str(error)))
        else:
            yield from drafts if not problems else ()
    if problems:
        raise BadLines(problems, count)


def parse_line(
    line: str, base: Moment, present_at: datetime, *, second: bool = False, grammar: Grammar | None = None
) -> list[Draft]:
    """Read one line. Raises BadInput with the first thing that is not understood."""
    grammar = grammar or built_in_grammar()
    when, clauses = _parted(line, grammar)
    moment = parse_at(when, present_at, day_starts=base.day_starts, second=second) if when else base
    return _drafts(clauses, moment, present_at, grammar)


def _parted(line: str, grammar: Grammar) -> tuple[str, tuple[_Clause, ...]]:
    """What a line says of when it was, and its clauses. Raises BadInput where none opens."""
    if '"' in line:
        tokenize(line)  # refuses a quote that is not closed, wherever it is opened
    for start in grammar.openings(line):
        text = line[start:]
        if clauses := (_clauses_in if len(text) <= _LONG else _clauses_in.__wrapped__)(text, grammar):
            return line[:start].strip(" ,;:"), clauses
    raise BadInput(f"no entry found in {shorten(line)!r}; begin with {', '.join(VERBS)} or a rating such as worry")


@lru_cache(_LATELY)
def _clauses_in(text: str, grammar: Grammar) -> tuple[_Clause, ...]:
    """The clauses of a text that opens with one; none where it does not."""
    tokens = tokenize(text)
    if not grammar.head_at(tokens, 0):
        return ()
    clauses = _split(tokens, grammar)
    return tuple(_Clause(grammar.head_at(each, 0), text[each[0].start : each[-1].end]) for each in clauses)


def _split(tokens: list[Token], grammar: Grammar) -> list[list[Token]]:
    clauses: list[list[Token]] = [[]]
    for i, token in enumerate(tokens):
        if token.comma and _opens_clause(tokens, i + 1, clauses[-1], grammar):
            clauses.append([])
        else:
            clauses[-1].append(token)
    return clauses


def _opens_clause(tokens: list[Token], place: int, clause: list[Token], grammar: Grammar) -> bool:
    """Whether what follows a comma is a clause of its own: a kind, or another kind's rating with its number."""
    head = grammar.head_at(tokens, place)
    if not head:
        return False
    kind, field = grammar.heads[head]
    present, opened = grammar.heads[grammar.head_at(clause, 0)]
    if field is kind.main and not kind.constants:
        in_words = isinstance(opened, Text) or any(_begins_a_text(token, present) for token in clause)
        return not (in_words and isinstance(kind.main, Name)) or _says_how_much(tokens, place)
    value = "".join(token.text for token in tokens[place + head.count(" ") + 1 :][:1])
    return (kind is not present or field is kind.main) and (begins_a_number(value) or field.accepts(value))


def _begins_a_text(token: Token, kind: Kind) -> bool:
    """Whether a word names a field of the person's own words, such as ``note``."""
    return isinstance(field_names(kind).get(token.text.lower()), Text)


def _says_how_much(tokens: list[Token], place: int) -> bool:
    """Whether a number follows before the next comma, as in ``took ibuprofen 400mg`` but not ``took the bus``."""
    for token in tokens[place:]:
        if token.comma:
            return False
        if begins_a_number(token.text):
            return True
    return False


def _drafts(clauses: Iterable[_Clause], moment: Moment, present_at: datetime, grammar: Grammar) -> list[Draft]:
    drafts: list[Draft] = []
    for clause in clauses:
        try:
            drafts.append(_draft(clause, moment, present_at, grammar))
        except BadInput as error:
            if drafts and drafts[-1].kind.texts & drafts[-1].data.keys():
                raise BadInput(
                    f"{error}; a note with a comma goes in quotes: log 'note \"tired, sleep was bad\"'"
                ) from None
            raise
    return drafts


def _draft(clause: _Clause, moment: Moment, present_at: datetime, grammar: Grammar) -> Draft:
    kind, _ = grammar.heads[clause.head]
    if kind.main.spans or len(clause.text) > _LONG:
        return draft(kind, _said(clause, moment, grammar), moment, present_at)
    return Draft(kind, moment, _data(clause, grammar))


@lru_cache(_LATELY)
def _data(clause: _Clause, grammar: Grammar) -> dict[str, Value]:
    """What a clause says that says the same at any moment, unlike the span of a night. Raises BadInput."""
    kind, _ = grammar.heads[clause.head]
    return read_texts(kind, _said(clause, ANY_MOMENT, grammar), ANY_MOMENT)


def _said(clause: _Clause, moment: Moment, grammar: Grammar) -> dict[str, list[str]]:
    """Typed texts by field. Raises BadInput."""
    head, text = clause
    kind, opened = grammar.heads[head]
    reader = ClauseReader(kind, tokenize(text)[head.count(" ") + 1 :], text, moment, grammar)
    if kind.variant and kind.variant in kind.by_name and kind.by_name[kind.variant].accepts(head):
        reader.said[kind.variant] = [head]
    return reader.read(opened)
