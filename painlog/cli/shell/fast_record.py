"""Reads record commands that are plainly written without Typer, whose import costs more than all else that they do.

What is read here goes where Typer's commands go: the registry says what the options are, and the same functions check,
write and answer. Whatever is not certainly read as Typer reads it is left to Typer.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from painlog.cli.capture import gather_texts, options_of, record
from painlog.cli.sections import MODULES
from painlog.cli.session import begin_session
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.registry import KINDS


def try_to_record(words: Sequence[str]) -> bool:
    """Run a record command that is plainly written; return false, with nothing done, for any other line.

    Raises PainlogError.
    """
    if "_PAINLOG_COMPLETE" in os.environ or os.name == "nt":  # on Windows Typer expands words
        return False
    place, name, rest = _split(words)
    if MODULES.get(name) != "kind_commands" or name not in KINDS:
        return False
    kind = KINDS[name]
    typed = _read(kind, rest)
    if typed is None:
        return False
    values, options = typed
    at, second = options.pop("at"), options.pop("second")
    session = begin_session(place, plain=False)
    moment = session.moment(at, second=bool(second))
    record(session, kind, gather_texts(session, kind, values, options, moment))
    return True


def _split(words: Sequence[str]) -> tuple[str | None, str, Sequence[str]]:
    """Return the journal that is named before a command, the command, and the rest; no command for an odd line."""
    if len(words) > 2 and words[0] == "--journal" and words[1][:1] not in ("", "-"):
        return words[1], words[2], words[3:]
    return None, words[0] if words else "", words[1:]


def _read(kind: Kind, words: Sequence[str]) -> tuple[list[str], dict[str, Any]] | None:
    """Return the values and the options that follow a kind's command; None for what is Typer's to read."""
    known = {option.flag: option for option in options_of(kind)}
    names = {flag: option.name for flag, option in known.items()} | {"--at": "at", "--second": "second"}
    values: list[str] = []
    options: dict[str, Any] = dict.fromkeys(names.values())
    left = iter(words)
    for word in left:
        flag, equals, value = word.partition("=")
        if word[:1] != "-":
            values.append(word)
            continue
        if flag not in names:
            return None
        if flag == "--second" or (flag in known and not known[flag].valued):
            if equals:
                return None
            options[names[flag]] = True
            continue
        if not equals:
            value = next(left, "-")
        if value[:1] == "-":
            return None
        many = flag in known and known[flag].field.many
        options[names[flag]] = [*(options[names[flag]] or ()), value] if many else value
    return values, options
