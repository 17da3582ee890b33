"""Types of fields: what may be typed, what is stored, how it reads back. Pure.

``parse`` reads what a person typed, ``check`` looks over a value that is already typed (from a file or another device);
both raise BadInput with one sentence that names the value and the range. ``show`` writes a value for people. Stored
values are JSON: numbers, texts, true, lists of texts, and for regions an object of id → score or null.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from painlog.domain.kinds.declaration import Declared, clean_text, either, is_number, match_whole
from painlog.domain.language.dates import Moment
from painlog.domain.language.durations import parse_minutes, refuse_thousands, show_minutes
from painlog.errors import BadInput

Value: TypeAlias = "Any"  # JSON: float | int | bool | str | list[str] | dict[str, float | None]
Better: TypeAlias = "Literal['low', 'high', '']"
NOTE_LIMIT = 1_000_000
WORD_LIMIT = 200
NAME_LIMIT = 80
Combine: TypeAlias = "Literal['mean', 'last', 'sum', 'max', 'min', 'night']"
_YES, _NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "0"}


class Field(Declared):
    """One thing an entry can hold.

    ``variable`` is the name by which days and charts know its numbers; empty where they do not. ``column`` heads it in
    tables for others, the variable's name where empty. Means that differ by less than ``alike`` are similar. ``bare``
    means that a clause may say its words without naming the field. ``derived`` means computed, never typed. ``many``
    means that an option may be given several times. ``phrase`` is how a value is said in a line where not after its
    name: ``{} later``. ``how_much`` is an example of a value that follows a name and says how much of it there was;
    empty for a field that says something else. An entry whose main field is ``required`` is none without it, one whose
    main field ``spans`` a time was when that says. ``feelings`` are adjectives that with a number mean it (``tired
    7``) and without one nothing that is recorded; ``alike_words`` are only near it, and asked about.
    """

    name: str
    help: str = ""
    label: str = ""
    aliases: tuple[str, ...] = ()
    variable: str = ""
    column: str = ""
    unit: str = ""
    alike: float = 1
    better: Better = ""
    low_label: str = ""
    high_label: str = ""
    bare: bool = False
    derived: bool = False
    many: bool = False
    required: bool = False
    phrase: str = ""
    how_much: str = ""
    spans: bool = False
    feelings: tuple[str, ...] = ()
    alike_words: tuple[str, ...] = ()
    combine: Combine = "mean"

    @property
    def title(self) -> str:
        """The field's name in a sentence."""
        return self.label or self.name.replace("_", " ")

    @property
    def need(self) -> str:
        """What is asked for where it is missing."""
        return "a value"

    @property
    def metavar(self) -> str:
        """What stands for a value in help texts."""
        return "TEXT"

    def parse(self, text: str, moment: Moment) -> Value:
        """Read one typed value; ``moment`` is what the entry is about."""
        return self.check(text)

    def accepts(self, phrase: str) -> bool:
        """Whether a bare phrase in a clause is certainly meant for this field."""
        return False

    def check(self, value: Value) -> Value:
        """Look over a typed value and return it as stored."""
        raise NotImplementedError

    def show(self, value: Value) -> str:
        """Write a value for people, on one line."""
        return str(value)

    def show_named(self, value: Value) -> str:
        """Write a value as a part of a line: after its name, as its phrase has it, or alone where it needs no name."""
        shown = self.show(value)
        return self.phrase.format(shown) if self.phrase else shown if self.bare else f"{self.title} {shown}"

    def join(self, values: list[Value]) -> Value:
        """Make one value of several, where an option was given more than once."""
        return values[-1]

    def span(self, value: Value) -> tuple[datetime, datetime] | None:
        """Return the two ends of a value that is a span of time; None for any other."""
        return None

    def as_typed(self, value: Value) -> list[str]:
        """Write a stored value as it could have been typed: what ``parse`` and ``join`` turn back into it."""
        return [str(value)]

    def own_words(self, value: Value) -> list[str]:
        """Return what of a stored value is in the person's own words, not one of those that painlog offers."""
        return []


class Number(Field):
    """A number within ``low`` to ``high``. Ratings are numbers with two end labels; fractions are kept as given.

    ``negatable`` means that none of it is said for its low end (no pain); ``counts`` are words that may follow it.
    """

    low: float = 0
    high: float = 10
    whole: bool = False
    negatable: bool = False
    counts: tuple[str, ...] = ()

    @property
    def metavar(self) -> str:
        return f"{self.low:g}-{self.high:g}" if self.high <= 100 else "NUMBER"

    @property
    def range(self) -> str:
        """``0 to 10``, with the unit."""
        return f"{self.low:,.10g} to {self.high:,.10g}{' ' + self.unit if self.unit else ''}"

    def parse(self, text: str, moment: Moment) -> Value:
        text = text.strip()
        clean = text.removesuffix(f"/{self.high:g}").removesuffix(self.unit or " ").strip()
        if not _is_written_number(clean):
            if clean.lower().lstrip("+-") in ("nan", "inf", "infinity"):
                raise BadInput(f"{self.title} is {self.range}, not {text}")
            raise BadInput(f"{self.title} is a number, {self.range}; {text!r} is not one")
        if self.high > 100:
            refuse_thousands(self.title, clean)
        return self.check(float(clean.replace(",", ".")))

    def check(self, value: Value) -> Value:
        if not is_number(value):
            raise BadInput(f"{self.title} is a number, {self.range}; {value!r} is not one")
        if not self.low <= value <= self.high:
            raise BadInput(f"{self.title} is {self.range}, not {value:,.10g}")
        if self.whole and value != int(value):
            raise BadInput(f"{self.title} is a whole number, {self.range}, not {value:.12g}")
        return int(value) if value == int(value) else round(float(value), 3)

    def show(self, value: Value) -> str:
        return f"{value:.10g}{' ' + self.unit if self.unit else ''}"


def _is_written_number(text: str) -> bool:
    """Whether a text is a number as people write it. Most are a digit or two, which takes no pattern to tell."""
    if len(text) < 3 and text.isascii() and text.isdecimal():
        return True
    return bool(match_whole(r"[+-]?\d{1,300}(?:[.,]\d{1,300})?", text))


class Minutes(Field):
    """A length of time, stored in minutes. ``bare_unit`` is that of a number typed without one."""

    unit: str = "min"
    high: float = 16 * 60
    alike: float = 15
    how_much: str = "45m"
    bare_unit: str = "m"

    @property
    def metavar(self) -> str:
        return "DURATION"

    def accepts(self, phrase: str) -> bool:
        try:
            return phrase[:1].isdigit() and parse_minutes(phrase) >= 0
        except BadInput:
            return False

    def parse(self, text: str, moment: Moment) -> Value:
        return self.check(self._minutes(text.strip()), text.strip())

    def check(self, value: Value, said: str = "") -> Value:
        if not is_number(value):
            raise BadInput(f"{self.title} is a length of time in minutes; {value!r} is not one")
        if not 0 <= value <= self.high:
            long = f"{value / 60:,.10g} h" if value % 60 == 0 else show_minutes(value)
            raise BadInput(f"{self.title} is 0 to {self.high / 60:g} h, not {said or long}")
        return int(value) if value == int(value) else round(float(value), 1)

    def show(self, value: Value) -> str:
        return show_minutes(value)

    def as_typed(self, value: Value) -> list[str]:
        return [f"{value}m"]

    def _minutes(self, text: str) -> float:
        try:
            return parse_minutes(text, bare=self.bare_unit)
        except BadInput as error:
            raise BadInput(f"{self.title}: {error}") from None


def check_lengths(title: str, words: Iterable[str]) -> None:
    """Raise BadInput where one of the words of a field is longer than ``WORD_LIMIT``."""
    if any(len(word) > WORD_LIMIT for word in words):
        raise BadInput(f"{title} is at most {WORD_LIMIT} characters; use --note for more")


class Words(Field):
    """Words from a list that the person may add to; kept as typed, in small letters.

    ``leads`` are what people say before one of the list where its name is not said: ``after sitting``. ``synonyms``
    are other words for one of them.
    """

    words: tuple[str, ...] = ()
    many: bool = True
    leads: tuple[str, ...] = ()
    synonyms: Mapping[str, str] = MappingProxyType({})

    @property
    def metavar(self) -> str:
        return "WORD"

    def accepts(self, phrase: str) -> bool:
        return phrase.lower().replace(" ", "-") in self.words

    def parse(self, text: str, moment: Moment) -> Value:
        return self.check([part for part in text.split(",") if part.strip()])

    def check(self, value: Value) -> Value:
        if (
            not isinstance(value, list)
            or not all(isinstance(word, str) and word.strip() for word in value)
            or not value
        ):
            raise BadInput(f"{self.title} is one word or several{f', not {value!r}' if value else '; none is given'}")
        check_lengths(self.title, value)
        clean = (" ".join(clean_text(word).lower().split()) for word in value)
        known = {word.replace("-", " "): word for word in self.words}
        return list(dict.fromkeys(known.get(word.replace("-", " "), word) for word in clean))

    def show(self, value: Value) -> str:
        return ", ".join(value)

    def join(self, values: list[Value]) -> Value:
        return list(dict.fromkeys(word for part in values for word in part))

    def as_typed(self, value: Value) -> list[str]:
        return list(value)

    def own_words(self, value: Value) -> list[str]:
        return [word for word in value if word not in self.words]


class Name(Field):
    """A name in the person's own spelling, such as that of a medicine: one line, at most ``limit`` characters.

    ``words`` are names to begin with, for completion; ``many`` words make one name. ``synonyms`` are others for one
    of them, ``spellings`` names that are known to tell a slip of the fingers, and for nothing else.
    """

    required: bool = True
    words: tuple[str, ...] = ()
    limit: int = NAME_LIMIT
    synonyms: Mapping[str, str] = MappingProxyType({})
    spellings: tuple[str, ...] = ()

    @property
    def need(self) -> str:
        return f"a {self.title}"

    @property
    def metavar(self) -> str:
        return "NAME"

    def check(self, value: Value) -> Value:
        clean = " ".join(clean_text(value).split()) if isinstance(value, str) else ""
        if not clean:
            raise BadInput(f"the {self.title} is empty; write one")
        if len(clean) > self.limit:
            raise BadInput(f"{self.title} is at most {self.limit} characters, not {len(clean):,}")
        return clean

    def own_words(self, value: Value) -> list[str]:
        return [value]


class Choice(Field):
    """One of a few words; each is an option of its own on the command line (``--worst``).

    The first one goes without saying, unless ``has_no_default``. ``synonyms`` are other words for an option,
    the first of which people read in its place. ``opens``: an option's words open an entry (``skipped NAME``).
    """

    required: bool = True
    options: tuple[str, ...] = ()
    option_help: tuple[str, ...] = ()
    has_no_default: bool = False
    opens: bool = False
    synonyms: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    @property
    def need(self) -> str:
        return either(self.options)

    @property
    def metavar(self) -> str:
        return "|".join(self.options)

    def accepts(self, phrase: str) -> bool:
        return self._find_option(phrase) in self.options

    def check(self, value: Value) -> Value:
        clean = self._find_option(value) if isinstance(value, str) else value
        if clean not in self.options:
            raise BadInput(f"{self.title} is {either(self.options)}, not {value!r}")
        return clean

    def show(self, value: Value) -> str:
        return self.synonyms.get(value, (str(value),))[0]

    def _find_option(self, said: str) -> str:
        """The option that some words stand for; the words themselves where they are none of its."""
        clean = " ".join(said.lower().split())
        return next((option for option, words in self.synonyms.items() if clean in words), clean)


class Flag(Field):
    """Yes, or not said. There is no stored "no" that nobody gave."""

    def parse(self, text: str, moment: Moment) -> Value:
        clean = text.strip().lower()
        if clean not in _YES | _NO:
            raise BadInput(f"{self.title} is yes, or no to leave it out, not {text.strip()!r}")
        return self.check(clean in _YES)

    def is_denied(self, text: str) -> bool:
        """Whether a typed text says no, which leaves the field out."""
        return text.strip().lower() in _NO

    def check(self, value: Value) -> Value:
        if value is not True:
            raise BadInput(f"{self.title} is yes, or left out")
        return True

    def show(self, value: Value) -> str:
        return "yes"

    def show_named(self, value: Value) -> str:
        return self.title

    def as_typed(self, value: Value) -> list[str]:
        return ["yes"]


class YesNo(Field):
    """An answer, where no is one too: true or false; a day's value is 1 or 0."""

    alike: float = 0.1
    combine: Combine = "max"

    @property
    def metavar(self) -> str:
        return "yes|no"

    def parse(self, text: str, moment: Moment) -> Value:
        clean = text.strip().lower()
        if clean not in _YES | _NO:
            raise BadInput(f"{self.title} is yes or no, not {text.strip()!r}")
        return clean in _YES

    def accepts(self, phrase: str) -> bool:
        return phrase.lower() in _YES | _NO

    def check(self, value: Value) -> Value:
        if not isinstance(value, bool):
            raise BadInput(f"{self.title} is yes or no, not {value!r}")
        return value

    def show(self, value: Value) -> str:
        return "yes" if value else "no"

    def as_typed(self, value: Value) -> list[str]:
        return [self.show(value)]


class Text(Field):
    """The person's own words, at most ``NOTE_LIMIT`` characters, line breaks kept."""

    phrase: str = "{}"

    @property
    def need(self) -> str:
        return "some words"

    def check(self, value: Value) -> Value:
        if not isinstance(value, str) or not value.strip():
            raise BadInput(f"{self.title} is empty; write the text after it")
        if len(value) > NOTE_LIMIT:
            raise BadInput(f"{self.title} is {len(value):,} characters long; at most {NOTE_LIMIT:,} are kept")
        return clean_text(value.strip())

    def own_words(self, value: Value) -> list[str]:
        return [value]
