"""What declarations and values rest on: frozen values without generated code, numbers and texts as they are. Pure."""

import re
import sys
from collections.abc import Iterable
from typing import Any, dataclass_transform

UNREADABLE = "\ufffd"


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Declared:
    """A frozen dataclass to the type checker, without the generated code: a dozen real ones cost as much as SQLite."""

    def __init__(self, **given: Any) -> None:
        vars(self).update(given)


def is_number(value: Any) -> bool:
    """Whether a value is a finite number; true and false are not."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def matched(pattern: str, text: str) -> re.Match[str] | None:
    """Match a whole text, in which digits and letters are those of ASCII."""
    return re.fullmatch(pattern, text, re.ASCII)


def clean_text(text: str) -> str:
    """Replace what SQLite and UTF-8 cannot hold (NUL, lone surrogates) by U+FFFD; unify line breaks."""
    if text.isprintable():  # neither holds it line breaks
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[\x00\ud800-\udfff]", UNREADABLE, text)


def either(words: Iterable[str]) -> str:
    """``pain, mood or sleep``; one word alone stays as it is."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
