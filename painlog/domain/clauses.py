"""The grammar of ``painlog log``: one line, one or several entries. Pure.

A line is an optional date and time, then clauses with a comma or semicolon between them. A clause opens with a kind
(``pain``, ``slept``) or a rating (``worry``), and goes on with its value and words in any order:

    yesterday 22:00  pain 6 low back left burning after sitting, mood 4 worry 6, slept 5h30 quality 2
    took ibuprofen 400mg before 7, did physio 45m helped 6, brain fog 4

The names of medicines and treatments run to their amount or to the next word that means something. A comma only ends a
clause where the next word opens one; a note runs to such a place or to the end of the line, and quotes keep anything
together. What is not understood is refused, never guessed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from painlog.domain.amounts import FORMS, Schedule
from painlog.domain.dates import Moment, parse_at
from painlog.domain.declared import clean_text, either
from painlog.domain.entries import ANY_MOMENT, Draft, draft, read_said
from painlog.domain.fields import Choice, Field, Flag, Name, Number, Text, Value, Where
from painlog.domain.grammar import (
    SKIPPED,
    WHEN,
    Grammar,
    Token,
    begins_a_number,
    builtin,
    field_names,
    shortened,
    tokens_of,
)
from painlog.domain.kind import Kind
from painlog.domain.kinds import VERBS
from painlog.domain.near import did_you_mean, near
from painlog.domain.nights import Night
from painlog.domain.regions import check_sides, near_misses
from painlog.errors import BadInput, BadLines

_LONGEST_PHRASE = 5
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
    grammar = grammar or builtin()
    when, clauses = _parted(line, grammar)
    moment = parse_at(when, present_at, day_starts=base.day_starts, second=second) if when else base
    return _drafts(clauses, moment, present_at, grammar)


def read_words(kind: Kind, words: Sequence[str], moment: Moment) -> dict[str, list[str]]:
    """Read a command's words as the clause of a kind: texts by field. Words with a space keep together."""
    clean = [word.replace('"', "'") for word in words]
    line = " ".join(f'"{word}"' if re.search(r"[\s;]|,(?!\d)|(?<!\d),", word) else word for word in clean)
    return _ClauseReader(kind, tokens_of(line), line, moment).read(kind.main)


def _parted(line: str, grammar: Grammar) -> tuple[str, tuple[_Clause, ...]]:
    """What a line says of when it was, and its clauses. Raises BadInput where none opens."""
    if '"' in line:
        tokens_of(line)  # refuses a quote that is not closed, wherever it is opened
    for start in grammar.openings(line):
        text = line[start:]
        if clauses := (_clauses_in if len(text) <= _LONG else _clauses_in.__wrapped__)(text, grammar):
            return line[:start].strip(" ,;:"), clauses
    raise BadInput(f"no entry found in {shortened(line)!r}; begin with {', '.join(VERBS)} or a rating such as worry")


@lru_cache(_LATELY)
def _clauses_in(text: str, grammar: Grammar) -> tuple[_Clause, ...]:
    """The clauses of a text that opens with one; none where it does not."""
    tokens = tokens_of(text)
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
    if field is kind.main and not kind.given:
        in_words = isinstance(opened, Text) or any(token.text.lower() == "note" for token in clause)
        return not (in_words and isinstance(kind.main, Name)) or _says_how_much(tokens, place)
    value = "".join(token.text for token in tokens[place + head.count(" ") + 1 :][:1])
    return (kind is not present or field is kind.main) and (begins_a_number(value) or field.accepts(value))


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
            if drafts and "note" in drafts[-1].data:
                raise BadInput(
                    f"{error}; a note with a comma goes in quotes: log 'note \"tired, sleep was bad\"'"
                ) from None
            raise
    return drafts


def _draft(clause: _Clause, moment: Moment, present_at: datetime, grammar: Grammar) -> Draft:
    kind, _ = grammar.heads[clause.head]
    if isinstance(kind.main, Night) or len(clause.text) > _LONG:
        return draft(kind, _said(clause, moment, grammar), moment, present_at)
    return Draft(kind, moment, _data(clause, grammar))


@lru_cache(_LATELY)
def _data(clause: _Clause, grammar: Grammar) -> dict[str, Value]:
    """What a clause says that says the same at any moment, unlike the span of a night. Raises BadInput."""
    kind, _ = grammar.heads[clause.head]
    return read_said(kind, _said(clause, ANY_MOMENT, grammar), ANY_MOMENT)


def _said(clause: _Clause, moment: Moment, grammar: Grammar) -> dict[str, list[str]]:
    """Typed texts by field. Raises BadInput."""
    head, text = clause
    kind, opened = grammar.heads[head]
    reader = _ClauseReader(kind, tokens_of(text)[head.count(" ") + 1 :], text, moment, grammar)
    if kind.variant and kind.variant in kind.by_name and kind.by_name[kind.variant].accepts(head):
        reader.said[kind.variant] = [head]
    return reader.read(opened)


class _ClauseReader:
    """Walks the words of one clause and says which field each belongs to."""

    def __init__(
        self, kind: Kind, tokens: list[Token], line: str, moment: Moment, grammar: Grammar | None = None
    ) -> None:
        self.kind, self.tokens, self.line, self.moment = kind, tokens, line, moment
        self.grammar = grammar or builtin()
        self.said: dict[str, list[str]] = {}
        self.place = 0
        self.last: Field | None = None

    def read(self, opened: Field) -> dict[str, list[str]]:
        """Return typed texts by field; ``opened`` is the field whose value the clause's first word announced."""
        if isinstance(opened, Text):
            self._take_rest(opened)
        elif isinstance(opened, Name):
            self._take_name(opened)
        elif isinstance(opened, Choice) and self.tokens and not opened.accepts(word := self.tokens[0].text):
            raise BadInput(f"{self.kind.title} is {either(opened.options)}, not {word!r}")
        while self.place < len(self.tokens):
            if self.tokens[self.place].comma:
                self.place += 1
                self._go_on_listing()
                continue
            named = self._named_field()
            if named:
                self._take_value(named)
            elif not (self._take_main(opened) or self._take_bare()):
                self._pass_over(opened)
        self._ask_for_sides()
        return self.said

    def _ask_for_sides(self) -> None:
        for field in self.kind.typed:
            if isinstance(field, Where):
                check_sides([phrase.partition(":")[0] for phrase in self.said.get(field.name, ())])

    def _go_on_listing(self) -> None:
        """After a comma or an and, a word of the list that was being given: ``after sitting, stress``."""
        if self.last and self.last.many:
            for length in self._lengths():
                if (phrase := self._phrase(length)) and self.last.accepts(phrase):
                    self._add(self.last, phrase, length)
                    return

    def _previous(self) -> str:
        return self.tokens[self.place - 1].text.lower() if self.place else ""

    def _phrase(self, length: int) -> str:
        """The next ``length`` words; empty where there are fewer, or a quote or comma stands among them."""
        tokens = self.tokens[self.place : self.place + length]
        if len(tokens) < length or any(token.comma or (length > 1 and token.quoted) for token in tokens):
            return ""
        return " ".join(token.text for token in tokens)

    def _lengths(self) -> range:
        return range(min(_LONGEST_PHRASE, len(self.tokens) - self.place), 0, -1)

    def _named_field(self) -> Field | None:
        if self.tokens[self.place].quoted:
            return None
        for length in self._lengths():
            field = field_names(self.kind).get(self._phrase(length).lower().rstrip(":"))
            if field:
                self.place += length
                return field
        return None

    def _take_name(self, field: Name) -> None:
        """A name runs to a comma, to a word that names a field, or to what is certainly another field's value."""
        while self.place < len(self.tokens) - 1 and self._is_small(self.tokens[self.place]):
            self.place += 1
        start = self.place
        if value := self._bare_value():
            raise BadInput(f"{value!r} is no {field.title}; write the name first, in quotes if that is the name")
        while self.place < len(self.tokens) and not self._name_ends(opening=self.place == start):
            self.place += 1
        named = self.tokens[start : self.place]
        self._check_name(named)
        if named:
            self._add(field, " ".join(token.text for token in named), 0)

    def _is_small(self, token: Token) -> bool:
        return not token.quoted and token.text.lower() in ("my", "the", "a", "an")

    def _check_name(self, named: list[Token]) -> None:
        """Refuse in a name what looks like something else, unless it is in quotes or the rest makes it clear."""
        loose = [token.text for token in named if not token.quoted]
        beside = loose if len(named) == 1 else loose[1:]
        if joined := next((word for word in beside if word.lower() in ("and", "+", *WHEN, "tomorrow")), ""):
            told = (
                "say each on its own, with a comma between" if joined.lower() in ("and", "+") else "say when with --at"
            )
            raise BadInput(f"{joined!r} in the name of a {self.kind.title}: {told}, or quote the whole name")
        amounts = [f for f in self.kind.typed[1:] if f.bare and f.name in ("amount", "minutes")]
        if len(loose) > 1 and loose[0].isdecimal() and amounts:
            raise BadInput(f"{loose[0]!r} before a name: write how much after it, or quote the whole name")
        goes_on = self.place < len(self.tokens) and any(
            f.accepts(self._phrase(n)) for f in amounts for n in self._lengths()
        )
        number = next((word for word in loose if begins_a_number(word)), "")
        if number and amounts and not goes_on:
            example = "400mg" if amounts[0].name == "amount" else "45m"
            raise BadInput(f"{number!r} is not understood; write how much as in {example}, or quote the whole name")

    def _name_ends(self, *, opening: bool) -> bool:
        place = self.place
        named = not self.tokens[place].comma and self._named_field()
        self.place = place
        return bool(named) or self.tokens[place].comma or (not opening and bool(self._bare_value()))

    def _bare_value(self) -> str:
        """The words here that are certainly the value of a field that needs no name, unless they are in quotes."""
        if self.place >= len(self.tokens) or self.tokens[self.place].quoted:
            return ""
        phrases = (self._phrase(length) for length in self._lengths())
        bare = [field for field in self.kind.typed[1:] if field.bare]
        return next((phrase for phrase in phrases if phrase and any(field.accepts(phrase) for field in bare)), "")

    def _take_value(self, field: Field) -> None:
        if isinstance(field, Flag):
            self._add(field, "yes", 0)
        elif isinstance(field, Text):
            self._take_rest(field)
        elif self.place >= len(self.tokens):
            raise BadInput(f"{field.title} needs a value after it")
        else:
            while field.many and self._phrase(1).lower() in SKIPPED and self.place < len(self.tokens) - 1:
                self.place += 1
            length = next((n for n in self._lengths() if field.accepts(self._phrase(n))), 0)
            if not field.many:
                length = length or next((n for n in self._lengths() if n > 1 and self._reads(field, n)), 1)
            length = length or 1
            self._add(field, self._phrase(length), length)

    def _take_main(self, opened: Field) -> bool:
        if opened.name in self.said:
            return False
        for length in self._lengths():
            if opened.accepts(self._phrase(length)) or self._reads(opened, length):
                self._add(opened, self._phrase(length), length)
                return True
        return False

    def _take_bare(self) -> bool:
        for length in self._lengths():
            phrase = self._phrase(length)
            for field in self.kind.typed:
                if phrase and field.bare and field.accepts(phrase):
                    if isinstance(field, Choice) and self._previous() == "at":
                        raise BadInput(f"'at {phrase}' is not understood; {field.title} {phrase} is said without at")
                    self._add(field, phrase, length)
                    return True
        return self._take_bare_name()

    def _take_bare_name(self) -> bool:
        for field in self.kind.typed[1:]:
            if isinstance(field, Name) and field.bare and field.name not in self.said:
                self._take_name(field)
                return True
        return False

    def _pass_over(self, opened: Field) -> None:
        """Skip a small word; anything else is not understood."""
        word = self.tokens[self.place].text
        if word.lower() == "and":
            self.place += 1
            self._go_on_listing()
        elif word.lower() in SKIPPED or (word.lower() == "times" and isinstance(self.last, Number)):
            self.place += 1
        elif opened.name not in self.said and self.place == 0:
            opened.parse(word, self.moment)
            raise BadInput(f"{opened.title}: {word!r} is not understood")
        else:
            sided = self._phrase(2) if word.lower() in ("left", "right", "both") else ""
            word = sided or word
            raise BadInput(f"{word!r} is not understood after {self.kind.title}{self._advice(word)}")

    def _advice(self, word: str) -> str:
        if word.lower().rstrip(":") in self.grammar.heads:
            return f"; put a comma before {word} if it is an entry of its own"
        if isinstance(self.last, Where) and word.isdigit():
            return f"; a region's own score goes with a colon, as in knee_l:{word}"
        if word.lower() in WHEN or re.fullmatch(r"\d{1,2}:\d\d", word):
            return f"; say when first, as in: {word} {self.kind.name} …, or use --at"
        if self.place and self.tokens[self.place - 1].comma and isinstance(self.kind.main, Name):
            return f"; put {self.kind.heads[0]} before {word} if it is one more"
        if any(isinstance(field, Schedule) for field in self.kind.typed):
            return f"; how often is {FORMS}"
        return _near(word, self.kind)

    def _take_rest(self, field: Field) -> None:
        rest = self.tokens[self.place :]
        if len(rest) == 1 and rest[0].quoted:
            text = rest[0].text
        else:
            text = self.line[rest[0].start : rest[-1].end] if rest else ""
        self._add(field, text, len(rest))

    def _reads(self, field: Field, length: int) -> bool:
        phrase = self._phrase(length)
        if not phrase or isinstance(field, Text) or not begins_a_number(phrase):
            return False
        try:
            field.parse(phrase, self.moment)
        except BadInput:
            return length == 1
        return True

    def _add(self, field: Field, text: str, length: int) -> None:
        if field.name in self.said and not field.many:
            raise BadInput(f"{field.title} is given twice")
        self.said.setdefault(field.name, []).append(text)
        self.place += length
        self.last = field


def _near(word: str, kind: Kind) -> str:
    known = [*field_names(kind), *(w for f in kind.typed if f.bare for w in getattr(f, "words", ()))]
    if hint := did_you_mean(near(word.lower(), known, most=2, cutoff=0.75)):
        return hint
    return near_misses(word) if "where" in kind.by_name else ""
