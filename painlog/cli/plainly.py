"""Record commands that are plainly written, read without Typer, whose import costs more than all else that they do.

What is read here goes where Typer's commands go: the registry says what the options are, and the same functions check,
write and answer. Whatever is not certainly read as Typer reads it is left to Typer.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from painlog.cli.recording import options_of, record, said_of
from painlog.cli.sections import MODULES
from painlog.cli.session import begun
from painlog.domain.declared import NamedTuple
from painlog.domain.kind import Kind
from painlog.domain.kinds import KINDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class _Typed(NamedTuple):
    """Words as they were typed: those that belong to no option, and what each option was given."""

    words: list[str]
    options: dict[str, Any]


def recorded(words: Sequence[str]) -> bool:
    """Carry out a plainly written record command; false, with nothing done, for any other. Raises PainlogError."""
    place, name, rest = _split(words)
    if MODULES.get(name) != "record" or name not in KINDS or "_PAINLOG_COMPLETE" in os.environ or os.name == "nt":
        return False  # on Windows Typer expands words
    kind = KINDS[name]
    typed = _read(kind, rest)
    if typed is None:
        return False
    at, second = typed.options.pop("at"), typed.options.pop("second")
    session = begun(place, plain=False)
    moment = session.moment(at, second=bool(second))
    record(session, kind, said_of(kind, typed.words, typed.options, moment), moment)
    return True


def _split(words: Sequence[str]) -> tuple[str | None, str, Sequence[str]]:
    """The journal that is named before a command, the command, and the rest; no command where it is not plain."""
    if len(words) > 2 and words[0] == "--journal" and words[1][:1] not in ("", "-"):
        return words[1], words[2], words[3:]
    return None, words[0] if words else "", words[1:]


def _read(kind: Kind, words: Sequence[str]) -> _Typed | None:
    """Read what follows a kind's command; None where that is Typer's."""
    known = {option.flag: option for option in options_of(kind)}
    names = {flag: option.name for flag, option in known.items()} | {"--at": "at", "--second": "second"}
    typed = _Typed([], dict.fromkeys(names.values()))
    coming = iter(words)
    for word in coming:
        flag, equals, value = word.partition("=")
        if word[:1] != "-":
            typed.words.append(word)
            continue
        if flag not in names:
            return None
        if flag == "--second" or (flag in known and not known[flag].valued):
            if equals:
                return None
            typed.options[names[flag]] = True
            continue
        if not equals:
            value = next(coming, "-")
        if value[:1] == "-":
            return None
        many = flag in known and known[flag].field.many
        typed.options[names[flag]] = [*(typed.options[names[flag]] or ()), value] if many else value
    return typed
