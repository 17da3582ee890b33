"""Record commands that are plainly written, read without Typer, whose import costs more than all else that they do.

What is read here goes where Typer's commands go: the registry says what the options are, and the same functions check,
write and answer. Whatever is not certainly read as Typer reads it is left to Typer.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from painlog.cli.record.entries import options_of, record, said_of
from painlog.cli.sections import MODULES
from painlog.cli.session import begun
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.registry import KINDS


def recorded(words: Sequence[str]) -> bool:
    """Carry out a plainly written record command; false, with nothing done, for any other. Raises PainlogError."""
    place, name, rest = _split(words)
    if MODULES.get(name) != "record.kinds" or name not in KINDS or "_PAINLOG_COMPLETE" in os.environ or os.name == "nt":
        return False  # on Windows Typer expands words
    kind = KINDS[name]
    typed = _read(kind, rest)
    if typed is None:
        return False
    said, options = typed
    at, second = options.pop("at"), options.pop("second")
    session = begun(place, plain=False)
    moment = session.moment(at, second=bool(second))
    record(session, kind, said_of(session, kind, said, options, moment))
    return True


def _split(words: Sequence[str]) -> tuple[str | None, str, Sequence[str]]:
    """The journal that is named before a command, the command, and the rest; no command where it is not plain."""
    if len(words) > 2 and words[0] == "--journal" and words[1][:1] not in ("", "-"):
        return words[1], words[2], words[3:]
    return None, words[0] if words else "", words[1:]


def _read(kind: Kind, words: Sequence[str]) -> tuple[list[str], dict[str, Any]] | None:
    """Read what follows a kind's command: the words of no option, and what each was given; None where it is Typer's."""
    known = {option.flag: option for option in options_of(kind)}
    names = {flag: option.name for flag, option in known.items()} | {"--at": "at", "--second": "second"}
    said: list[str] = []
    options: dict[str, Any] = dict.fromkeys(names.values())
    coming = iter(words)
    for word in coming:
        flag, equals, value = word.partition("=")
        if word[:1] != "-":
            said.append(word)
            continue
        if flag not in names:
            return None
        if flag == "--second" or (flag in known and not known[flag].valued):
            if equals:
                return None
            options[names[flag]] = True
            continue
        if not equals:
            value = next(coming, "-")
        if value[:1] == "-":
            return None
        many = flag in known and known[flag].field.many
        options[names[flag]] = [*(options[names[flag]] or ()), value] if many else value
    return said, options
