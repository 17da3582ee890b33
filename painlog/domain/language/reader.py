"""The grammar of ``painlog log``: how one clause is read. Pure.

A line (``lines``) is an optional date and time, then clauses with a comma or semicolon between them. A clause opens
with a kind (``pain``, ``slept``) or a rating (``worry``), and goes on with its value and words in any order:

    yesterday 22:00  pain 6 low back left burning after sitting, mood 4 worry 6, slept 5h30 quality 2
    took ibuprofen 400mg before 7, did physio 45m helped 6, brain fog 4

The names of medicines and treatments run to their amount or to the next word that means something. A comma only ends a
clause where the next word opens one; a note runs to such a place or to the end of the line, and quotes keep anything
together. What is not understood is refused, never guessed.
"""

import re
from collections.abc import Sequence

from painlog.domain.kinds.declaration import either
from painlog.domain.kinds.fields import Choice, Field, Flag, Name, Number, Text, Where
from painlog.domain.kinds.kind import Kind
from painlog.domain.language.amounts import FORMS, Schedule
from painlog.domain.language.dates import Moment
from painlog.domain.language.lexicon import (
    SKIPPED,
    WHEN,
    Grammar,
    Token,
    begins_a_number,
    built_in_grammar,
    field_names,
    tokenize,
)
from painlog.domain.language.suggestions import did_you_mean, suggest
from painlog.domain.regions import check_sides, near_misses
from painlog.errors import BadInput

_LONGEST_PHRASE = 5


def read_words(kind: Kind, words: Sequence[str], moment: Moment) -> dict[str, list[str]]:
    """Read a command's words as the clause of a kind: texts by field. Words with a space keep together."""
    clean = [word.replace('"', "'") for word in words]
    line = " ".join(f'"{word}"' if re.search(r"[\s;]|,(?!\d)|(?<!\d),", word) else word for word in clean)
    return ClauseReader(kind, tokenize(line), line, moment).read(kind.main)


class ClauseReader:
    """Walks the words of one clause and says which field each belongs to."""

    def __init__(
        self, kind: Kind, tokens: list[Token], line: str, moment: Moment, grammar: Grammar | None = None
    ) -> None:
        self.kind, self.tokens, self.line, self.moment = kind, tokens, line, moment
        self.grammar = grammar or built_in_grammar()
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
        for field in self.kind.typed_fields:
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
        amounts = [field for field in self.kind.typed_fields[1:] if field.bare and field.how_much]
        if len(loose) > 1 and loose[0].isdecimal() and amounts:
            raise BadInput(f"{loose[0]!r} before a name: write how much after it, or quote the whole name")
        goes_on = self.place < len(self.tokens) and any(
            field.accepts(self._phrase(n)) for field in amounts for n in self._lengths()
        )
        number = next((word for word in loose if begins_a_number(word)), "")
        if number and amounts and not goes_on:
            example = amounts[0].how_much
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
        bare = [field for field in self.kind.typed_fields[1:] if field.bare]
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
            for field in self.kind.typed_fields:
                if phrase and field.bare and field.accepts(phrase):
                    if isinstance(field, Choice) and self._previous() == "at":
                        raise BadInput(f"'at {phrase}' is not understood; {field.title} {phrase} is said without at")
                    self._add(field, phrase, length)
                    return True
        return self._take_bare_name()

    def _take_bare_name(self) -> bool:
        for field in self.kind.typed_fields[1:]:
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
        if any(isinstance(field, Schedule) for field in self.kind.typed_fields):
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
    known = [*field_names(kind), *(w for f in kind.typed_fields if f.bare for w in getattr(f, "words", ()))]
    if hint := did_you_mean(suggest(word.lower(), known, most=2, cutoff=0.75)):
        return hint
    return near_misses(word) if any(isinstance(field, Where) for field in kind.typed_fields) else ""
