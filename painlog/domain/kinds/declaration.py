"""What declarations and values rest on: frozen values without generated code, numbers and texts as they are. Pure.

What every recording imports takes its named tuples from here, and names from ``typing`` for the type checker alone:
``typing`` and the checks of its ``NamedTuple`` cost half as much as SQLite.
"""

from __future__ import annotations

import sys
from collections import namedtuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterable
    from typing import Any, NamedTuple, dataclass_transform

    @dataclass_transform(kw_only_default=True, frozen_default=True)
    class _Frozen: ...

else:
    _Frozen = object

    class _Named(type):
        """Makes what ``typing.NamedTuple`` makes of a class body."""

        def __new__(cls, name, _bases, body):  # noqa: ANN001, ANN204
            fields = body.get("__annotations__", {})
            defaults = [body[each] for each in fields if each in body]
            made = namedtuple(name, fields, defaults=defaults)  # noqa: PYI024
            for each in body.keys() - fields:
                setattr(made, each, body[each])
            return made

    NamedTuple = type.__new__(_Named, "NamedTuple", (), {})

__all__ = ["UNREADABLE", "Declared", "NamedTuple", "clean_text", "either", "is_number", "matched"]
UNREADABLE = "\ufffd"


class Declared(_Frozen):
    """A frozen dataclass to the type checker, without the generated code: a dozen real ones cost as much as SQLite."""

    def __init__(self, **given: Any) -> None:
        vars(self).update(given)


def is_number(value: Any) -> bool:
    """Whether a value is a finite number; true and false are not."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def matched(pattern: str, text: str) -> re.Match[str] | None:
    """Match a whole text, in which digits and letters are those of ASCII; ``re`` is loaded when it is needed."""
    import re

    return re.fullmatch(pattern, text, re.ASCII)


def clean_text(text: str) -> str:
    """Replace what SQLite and UTF-8 cannot hold (NUL, lone surrogates) by U+FFFD; unify line breaks."""
    if text.isprintable():  # neither holds it line breaks
        return text
    import re

    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[\x00\ud800-\udfff]", UNREADABLE, text)


def either(words: Iterable[str]) -> str:
    """``pain, mood or sleep``; one word alone stays as it is."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
