"""What can be set, and what is right for each. Pure.

``SETTINGS`` declares each setting once: how a value from the file is checked, how words from the command line are read,
how a value is shown and how it is stored. A bad value is never more than a sentence, and its default stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from typing import Any

from painlog.domain.kinds.declaration import Declared, clean_text, either
from painlog.domain.kinds.registry import QUESTIONNAIRES
from painlog.domain.language.dates import parse_clock
from painlog.domain.settings import LIFE, PAIN, Settings
from painlog.errors import BadInput

MOST_NAMES = 30
NAME_LIMIT = 60
LINE_LIMIT = 200
_SAID_LIMIT = 60
_ROOTED = r"/|~|[A-Za-z]:[\\/]|\\\\"


class Setting(Declared):
    """One thing to set. ``example`` is a value as it would be typed after ``painlog config set NAME``."""

    name: str
    help: str
    example: str

    @property
    def expected(self) -> str:
        """What a value in the file has to be, after ``NAME is``."""
        raise NotImplementedError

    @property
    def expected_words(self) -> str:
        """What the words on a command line have to be, after ``NAME is``."""
        return self.expected

    def check(self, value: Any) -> Any:
        """Return a value parsed from TOML as ``Settings`` holds it. Raises BadInput."""
        found = self._understood(value)
        if found is None:
            raise BadInput(f"{self.name} is {self.expected}, not {_said(value)}")
        return found

    def read(self, text: str) -> Any:
        """Return words from the command line as ``Settings`` holds them. Raises BadInput."""
        found = self._understood(self._split(text.strip()))
        if found is None:
            raise BadInput(
                f"{self.name} is {self.expected_words}, not {_said(text.strip()) if text.strip() else 'empty'}"
            )
        return found

    def show(self, value: Any) -> str:
        """Write a value on one line, so that ``read`` takes it back."""
        return str(value)

    def to_toml(self, value: Any) -> Any:
        """Return what TOML is to hold for a value."""
        return value

    def _understood(self, value: Any) -> Any:
        """Return the value as ``Settings`` holds it, None for one that is not right."""
        raise NotImplementedError

    def _split(self, text: str) -> Any:
        """Make of the words on a command line what the file would hold."""
        return text


class ClockTime(Setting):
    """A time of day up to ``latest``: HH:MM as a text, or a TOML local time."""

    latest: time = time(23, 59)

    @property
    def expected(self) -> str:
        return f"a time of day from 00:00 to {self.latest:%H:%M}"

    def show(self, value: Any) -> str:
        return f"{value:%H:%M}"

    def to_toml(self, value: Any) -> Any:
        return self.show(value)

    def _understood(self, value: Any) -> time | None:
        if isinstance(value, str):
            try:
                value = parse_clock(value.strip().lower())
            except BadInput:
                return None
        if not isinstance(value, time) or value != time(value.hour, value.minute):
            return None
        return value if value <= self.latest else None


class Names(Setting):
    """A list of names, each once, in the order given; any name, or only those ``among`` some."""

    among: tuple[str, ...] = ()

    @property
    def expected(self) -> str:
        quoted = ", ".join(f'"{name}"' for name in self.example.split(", "))
        return f"a list such as [{quoted}]{self._range()}"

    @property
    def expected_words(self) -> str:
        return f"a list such as {self.example}{self._range()}"

    def show(self, value: Any) -> str:
        return ", ".join(value)

    def to_toml(self, value: Any) -> Any:
        return list(value)

    def _understood(self, value: Any) -> tuple[str, ...] | None:
        if not isinstance(value, list) or len(value) > MOST_NAMES or not all(_is_name(name) for name in value):
            return None
        names = tuple(dict.fromkeys(" ".join(name.split()) for name in value))
        if not self.among:
            return names
        names = tuple(dict.fromkeys(name.lower() for name in names))
        return names if set(names) <= set(self.among) else None

    def _split(self, text: str) -> list[str]:
        return [part for part in text.split(",") if part.strip() and text.strip().lower() != "none"]

    def _range(self) -> str:
        if self.among:
            return f" (out of {', '.join(self.among)})"
        return f" (at most {MOST_NAMES} names of at most {NAME_LIMIT} letters)"


class YesNo(Setting):
    """True or false in the file, yes or no on the command line."""

    WORDS = {**dict.fromkeys(("yes", "true", "on"), True), **dict.fromkeys(("no", "false", "off"), False)}  # noqa: RUF012

    @property
    def expected(self) -> str:
        return "true or false"

    @property
    def expected_words(self) -> str:
        return "yes or no"

    def show(self, value: Any) -> str:
        return "yes" if value else "no"

    def _understood(self, value: Any) -> bool | None:
        return value if isinstance(value, bool) else None

    def _split(self, text: str) -> bool | None:
        return self.WORDS.get(text.lower())


class OneOf(Setting):
    """One of a few words."""

    words: tuple[str, ...]

    @property
    def expected(self) -> str:
        return either(self.words)

    def _understood(self, value: Any) -> str | None:
        clean = value.strip().lower() if isinstance(value, str) else ""
        return clean if clean in self.words else None


class Country(Setting):
    """A country as its two letters, or none."""

    @property
    def expected(self) -> str:
        return "the two letters of a country, or empty"

    def _understood(self, value: Any) -> str | None:
        if not isinstance(value, str) or not value.strip():
            return "" if isinstance(value, str) else None
        from painlog.domain.crisis import find_country

        try:
            return find_country(_cut(value.strip()))
        except BadInput as error:
            raise BadInput(f"{self.name}: {error}") from None


class Line(Setting):
    """The person's own words, on one line."""

    limit: int = LINE_LIMIT

    @property
    def expected(self) -> str:
        return f"one line of at most {self.limit} characters"

    def _understood(self, value: Any) -> str | None:
        line = clean_text(value).strip() if isinstance(value, str) else None
        return line if line is not None and len(line) <= self.limit and len(line.splitlines()) <= 1 else None


class Folder(Line):
    """A directory, from the root or from a home, so that it is the same one wherever painlog is run; or none."""

    limit: int = 1000

    @property
    def expected(self) -> str:
        return "a directory written from the root or from ~, or empty"

    def _understood(self, value: Any) -> str | None:
        line = super()._understood(value)
        return line if line == "" or (line and line.isprintable() and re.match(_ROOTED, line)) else None


class File(Folder):
    """A file, from the root or from a home; or none."""

    @property
    def expected(self) -> str:
        return "a file written from the root or from ~, or empty"


SETTINGS: dict[str, Setting] = {
    setting.name: setting
    for setting in (
        ClockTime(
            name="day_starts",
            help="When a new day begins, for what is noted late at night.",
            example="04:00",
            latest=time(12, 0),
        ),
        ClockTime(name="evening", help="From when on due names the evening's questions.", example="19:30"),
        Names(name="morning_questions", help="What checkin morning asks.", example="sleep, pain_now"),
        Names(name="evening_questions", help="What checkin evening asks.", example="pain_average, mood"),
        Names(
            name="questionnaires",
            help="Which questionnaires are due from time to time.",
            example="peg, phq4",
            among=QUESTIONNAIRES,
        ),
        YesNo(name="phq9", help="Offer the PHQ-9, which asks about thoughts of self-harm.", example="yes"),
        Country(name="country", help="Whose crisis lines help-now shows first.", example="DE"),
        Line(name="trusted_contact", help="Who to turn to, shown by help-now.", example="Anna, 0151 234567"),
        Folder(name="backup_mirror", help="A second directory that every backup is copied to.", example="~/Backups"),
        Folder(name="sync_dir", help="The folder that painlog sync uses.", example="~/Sync/painlog"),
        File(name="inbox", help="The text file whose lines painlog inbox records.", example="~/Sync/painlog.txt"),
        OneOf(name="begin_with", help="What check-in and the page begin with.", example=LIFE, words=(PAIN, LIFE)),
        Line(name="reminder_words", help="What a reminder says, and its timer.", example="Tea?"),
    )
}


def find_setting(name: str) -> Setting:
    """Return a setting. Raises BadInput, with a near miss, for a name that is none."""
    if name not in SETTINGS:
        raise BadInput(_unknown(name))
    return SETTINGS[name]


def make_settings(values: Mapping[str, Any]) -> tuple[Settings, list[tuple[str, str]]]:
    """Make settings of a parsed TOML file. What is unknown or wrong is a (key, sentence), and the default stands.

    The keys of a table that is no setting are named with it: ``table.key``. Raises nothing.
    """
    good: dict[str, Any] = {}
    problems = []
    for key, value in values.items():
        try:
            if key in SETTINGS:
                good[key] = SETTINGS[key].check(value)
            else:
                problems += [(name, _unknown(name)) for name in _keys(key, value)]
        except BadInput as error:
            problems.append((key, str(error)))
    return Settings(**good), problems


def _keys(key: str, value: Any) -> list[str]:
    """Name what an unknown key holds, one table deep."""
    return [f"{key}.{inner}" for inner in value] if isinstance(value, dict) and value else [key]


def _unknown(name: str) -> str:
    from painlog.domain.language.suggestions import did_you_mean, suggest

    table, _, key = name[:_SAID_LIMIT].rpartition(".")
    found = suggest(key.lower().replace("-", "_"), SETTINGS, most=1, cutoff=0.7)
    where = " above every [table]" if table else ""
    hint = did_you_mean(f"{each}{where}" for each in found) or "; painlog config lists them"
    return f"{_cut(name)!r} is not a setting{hint}"


def _is_name(name: Any) -> bool:
    return (
        isinstance(name, str)
        and bool(name.strip())
        and len(name) <= NAME_LIMIT
        and name.isprintable()
        and "," not in name
    )


def _said(value: Any) -> str:
    """Say what a TOML value is, in few words."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return repr(_cut(value))
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        words = all(isinstance(item, str) for item in value)
        return _cut(", ".join(map(_said, value))) if words and value else "such a list"
    return "so large a number" if isinstance(value, int) and abs(value) >= 10**18 else str(value)


def _cut(text: str) -> str:
    return text if len(text) <= _SAID_LIMIT else f"{text[:_SAID_LIMIT]}…"
