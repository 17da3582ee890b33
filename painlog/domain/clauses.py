"""The grammar of ``painlog log``: one line, one or several entries. Pure.

A line is an optional date and time, then clauses with a comma or semicolon between them. A clause opens with a kind
(``pain``, ``slept``) or a rating (``worry``), and goes on with its value and words in any order:

    yesterday 22:00  pain 6 low back left burning after sitting, mood 4 worry 6, slept 5h30 quality 2

A comma only ends a clause where the next word opens one; a note runs to such a place or to the end of the line, and
quotes keep anything together. What is not understood is refused, never guessed.
"""

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from painlog.domain.dates import WEEKDAYS, Moment, parse_at
from painlog.domain.entries import Draft, draft
from painlog.domain.fields import Choice, Field, Flag, Number, Text, Where, clean_text
from painlog.domain.kinds import KINDS, Kind
from painlog.domain.regions import check_sides, near_misses
from painlog.errors import BadInput, BadLines

_TOKEN = re.compile(r'((?:\w+:)?)"([^"]*)"|(\d+,\d+(?=[\s,;:/%hm]|$)|[^\s,;"]+)|([,;])|(")')
_LONGEST_PHRASE = 5
_WHEN = {"yesterday", "today", "ago", "noon", "am", "pm", *WEEKDAYS, *(day[:3] for day in WEEKDAYS)}
_SKIPPED = {"in", "my", "the", "at", "on", "of", "with", "was", "is", "for", "from", "a", "an"}


@dataclass(frozen=True)
class _Token:
    text: str
    start: int
    end: int
    quoted: bool = False
    comma: bool = False


def parse_text(text: str, base: Moment, present_at: datetime, step: Callable[[], None] = lambda: None) -> list[Draft]:
    """Read a whole text, a line an entry or several; empty lines and lines that open with # are passed over.

    A line without a date of its own is about ``base``; ``step`` is called after each line. All or nothing: raises
    BadLines with every line that is not understood.
    """
    drafts, problems, count = [], [], 0
    for number, line in enumerate(clean_text(text).split("\n"), 1):
        step()
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        count += 1
        try:
            drafts += parse_line(line, base, present_at)
        except BadInput as error:
            problems.append((number, str(error)))
    if problems:
        raise BadLines(problems, count)
    return drafts


def parse_line(line: str, base: Moment, present_at: datetime, *, second: bool = False) -> list[Draft]:
    """Read one line. Raises BadInput with the first thing that is not understood."""
    tokens = _tokens(line)
    opens = next((i for i, token in enumerate(tokens) if _is_head(token)), None)
    if opens is None:
        raise BadInput(
            f"no entry found in {_shortened(line)!r}; begin with {', '.join(KINDS)} or a rating such as worry"
        )
    moment = base
    if opens:
        when = line[: tokens[opens].start].strip(" ,;:")
        moment = parse_at(when, present_at, second=second) if when else base
    return _clauses(_split(tokens[opens:]), line, moment, present_at)


def _tokens(line: str) -> list[_Token]:
    tokens = []
    for found in _TOKEN.finditer(line):
        prefix, quoted, word, comma, open_quote = found.groups()
        if open_quote:
            raise BadInput(f"a quote is opened and not closed in {_shortened(line)!r}; close it or leave it out")
        text = prefix + quoted if quoted is not None else word or comma
        tokens.append(_Token(text, found.start(), found.end(), quoted is not None, comma is not None))
    return tokens


def _is_head(token: _Token) -> bool:
    return not token.quoted and not token.comma and _word(token) in _heads()


@cache
def _heads() -> dict[str, tuple[Kind, Field]]:
    """Words that open a clause: those of the kinds, and the ratings that are no other kind's words."""
    heads: dict[str, tuple[Kind, Field]] = {}
    for kind in KINDS.values():
        for head in kind.heads:
            heads[head] = (kind, kind.main)
    for kind in KINDS.values():
        for field in kind.typed:
            for name in (field.name, *field.aliases) if field.series == field.name else ():
                heads.setdefault(name, (kind, field))
    return heads


def _split(tokens: list[_Token]) -> list[list[_Token]]:
    clauses: list[list[_Token]] = [[]]
    for i, token in enumerate(tokens):
        if token.comma and _opens_clause(tokens[i + 1 : i + 3], clauses[-1]):
            clauses.append([])
        else:
            clauses[-1].append(token)
    return clauses


def _opens_clause(following: list[_Token], clause: list[_Token]) -> bool:
    """Whether what follows a comma is a clause of its own: a kind, or another kind's rating with its number."""
    if not following or not _is_head(following[0]):
        return False
    kind, field = _heads()[_word(following[0])]
    if field is kind.main:
        return True
    present = _heads()[_word(clause[0])][0]
    return kind is not present and len(following) > 1 and following[1].text[:1].isdigit()


def _word(token: _Token) -> str:
    return token.text.lower().rstrip(":")


def _clauses(clauses: list[list[_Token]], line: str, moment: Moment, present_at: datetime) -> list[Draft]:
    drafts: list[Draft] = []
    for clause in clauses:
        try:
            drafts.append(_clause(clause, line, moment, present_at))
        except BadInput as error:
            if drafts and "note" in drafts[-1].data:
                raise BadInput(
                    f"{error}; a note with a comma goes in quotes: log 'note \"tired, sleep was bad\"'"
                ) from None
            raise
    return drafts


def _clause(tokens: list[_Token], line: str, moment: Moment, present_at: datetime) -> Draft:
    kind, opened = _heads()[_word(tokens[0])]
    reader = _ClauseReader(kind, tokens[1:], line, moment)
    if kind.variant and kind.by_name[kind.variant].accepts(_word(tokens[0])):
        reader.said[kind.variant] = [_word(tokens[0])]
    return draft(kind.name, reader.read(opened), moment, present_at)


class _ClauseReader:
    """Walks the words of one clause and says which field each belongs to."""

    def __init__(self, kind: Kind, tokens: list[_Token], line: str, moment: Moment) -> None:
        self.kind, self.tokens, self.line, self.moment = kind, tokens, line, moment
        self.said: dict[str, list[str]] = {}
        self.place = 0
        self.last: Field | None = None

    def read(self, opened: Field) -> dict[str, list[str]]:
        """Return typed texts by field; ``opened`` is the field whose value the clause's first word announced."""
        if isinstance(opened, Text):
            self._take_rest(opened)
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
            field = _field_names(self.kind.name).get(self._phrase(length).lower().rstrip(":"))
            if field:
                self.place += length
                return field
        return None

    def _take_value(self, field: Field) -> None:
        if isinstance(field, Flag):
            self._add(field, "yes", 0)
        elif isinstance(field, Text):
            self._take_rest(field)
        elif self.place >= len(self.tokens):
            raise BadInput(f"{field.title} needs a value after it")
        else:
            while field.many and self._phrase(1).lower() in _SKIPPED and self.place < len(self.tokens) - 1:
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
            if self._reads(opened, length):
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
        return False

    def _pass_over(self, opened: Field) -> None:
        """Skip a small word; anything else is not understood."""
        word = self.tokens[self.place].text
        if word.lower() == "and":
            self.place += 1
            self._go_on_listing()
        elif word.lower() in _SKIPPED or (word.lower() == "times" and isinstance(self.last, Number)):
            self.place += 1
        elif opened.name not in self.said and self.place == 0:
            opened.parse(word, self.moment)
            raise BadInput(f"{opened.title}: {word!r} is not understood")
        else:
            sided = self._phrase(2) if word.lower() in ("left", "right", "both") else ""
            word = sided or word
            raise BadInput(f"{word!r} is not understood after {self.kind.name}{self._advice(word)}")

    def _advice(self, word: str) -> str:
        if word.lower().rstrip(":") in _heads():
            return f"; put a comma before {word} if it is an entry of its own"
        if isinstance(self.last, Where) and word.isdigit():
            return f"; a region's own score goes with a colon, as in knee_l:{word}"
        if word.lower() in _WHEN or re.fullmatch(r"\d{1,2}:\d\d", word):
            return f"; say when first, as in: {word} {self.kind.name} …, or use --at"
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
        if not phrase or isinstance(field, Text) or not phrase[0].isdigit():
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


@cache
def _field_names(kind_name: str) -> dict[str, Field]:
    kind = KINDS[kind_name]
    names = {}
    for field in kind.typed[1:]:
        if not (isinstance(field, Choice) and field.bare):
            for name in (field.name, *field.aliases):
                names[name] = names[name.replace("_", " ")] = field
    return names


def _near(word: str, kind: Kind) -> str:
    known = [*_field_names(kind.name), *(w for f in kind.typed if f.bare for w in getattr(f, "words", ()))]
    near = difflib.get_close_matches(word.lower(), known, n=2, cutoff=0.75)
    if near:
        return f"; did you mean {', '.join(near)}?"
    return near_misses(word) if "where" in kind.by_name else ""


def _shortened(text: str) -> str:
    clean = " ".join(text.split())
    return clean if len(clean) <= 60 else clean[:59] + "…"
