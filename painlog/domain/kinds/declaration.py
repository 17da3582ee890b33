"""What declarations and values rest on: checked values that stay as they are, numbers and texts. Pure."""

import re
import sys
from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn, dataclass_transform

UNREADABLE = "\ufffd"
_NO_DECIMALS = 2.0**53  # from here on a float has none


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Declared:
    """A frozen dataclass to the type checker, without the generated code: a dozen real ones cost as much as SQLite.

    Its fields are the annotated names of its class and of those above it; one that has a value there may be left out.
    Raises TypeError for a field that the class does not have and for one that is missing. Two are equal where their
    class and all their values are; the hash is that of the first field, the name.
    """

    _fields: ClassVar[tuple[str, ...]] = ()
    _required: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        cls._fields = tuple(dict.fromkeys((*cls._fields, *cls.__annotations__)))
        cls._required = frozenset(name for name in cls._fields if not hasattr(cls, name))

    def __init__(self, **values: Any) -> None:
        if not self._required <= values.keys() or not values.keys() <= {*self._fields}:
            self._refuse(values)
        vars(self).update(values)

    def _refuse(self, values: dict[str, Any]) -> NoReturn:
        unknown = [name for name in values if name not in self._fields]
        what = f"has no field {unknown[0]!r}" if unknown else f"needs {min(self._required - values.keys())!r}"
        raise TypeError(f"{type(self).__name__} {values.get(self._fields[0], '')!r} {what}")

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(f"{name!r} of {type(self).__name__} is declared, and stays as it is")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{name!r} of {type(self).__name__} is declared, and stays as it is")

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return type(self) is type(other) and all(getattr(self, n) == getattr(other, n) for n in self._fields)

    def __hash__(self) -> int:
        return hash(getattr(self, self._fields[0]))

    def __repr__(self) -> str:
        values = (f"{name}={value!r}" for name, value in vars(self).items() if name in self._fields)
        return f"{type(self).__name__}({', '.join(values)})"


def is_number(value: Any) -> bool:
    """Whether a value is a finite number; true and false are not."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def round_half_up(value: float, places: int = 0) -> float:
    """Round to so many decimals as people expect, halves away from zero: 4.25 to 4.3. Zero has no sign.

    A mean of 4.35 is held as 4.3499999999999996; it goes up too. What has no decimals that could be seen is as it is.
    """
    if not abs(value) < _NO_DECIMALS:
        return value
    scale = float(10**places)
    rounded = int(round(abs(value) * scale, 6) + 0.5) / scale
    return -rounded if value < 0 and rounded else rounded


def tenths(value: float) -> str:
    """``4.3``, ``-0.5``, ``5.0``; halves go up."""
    return f"{round_half_up(value, 1):.1f}"


def whole(value: float) -> str:
    """``77``, ``9,500``; halves go up."""
    return f"{round_half_up(value):,.0f}"


def match_whole(pattern: str, text: str) -> re.Match[str] | None:
    """Match a whole text, in which digits and letters are those of ASCII."""
    return re.fullmatch(pattern, text, re.ASCII)


def clean_text(text: str) -> str:
    """Replace what SQLite and UTF-8 cannot hold (NUL, lone surrogates) by U+FFFD; unify line breaks.

    Bytes of a command line that are no UTF-8 are read as Windows-1252, as those of a file are.
    """
    if text.isprintable():  # neither holds it line breaks
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"[\udc80-\udcff]+", _read_bytes, text)
    return re.sub(r"[\x00\ud800-\udfff]", UNREADABLE, text)


def _read_bytes(found: re.Match[str]) -> str:
    return found[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def either(words: Iterable[str]) -> str:
    """``pain, mood or sleep``; one word alone stays as it is."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
