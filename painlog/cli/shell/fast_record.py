"""Reads record commands that are plainly written without Typer, whose import costs more than all else that they do.

What is read here goes where Typer's commands go: the registry says what the options are, and the same functions check,
write and answer. Whatever is not certainly read as Typer reads it is left to Typer.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from painlog.cli.capture import Option, gather_texts, options_of, record
from painlog.cli.sections import MODULES
from painlog.cli.session import Session, begin_session
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.dates import Moment


def try_to_record(words: Sequence[str]) -> bool:
    """Run a record command that is plainly written; return false, with nothing done, for any other line.

    Raises PainlogError.
    """
    if "_PAINLOG_COMPLETE" in os.environ or os.name == "nt":  # on Windows Typer expands words
        return False
    place, name, rest = _split(words)
    kind = KINDS.get(name)
    if name != "log" and not (kind and _is_plain(name, rest)):
        return False
    typed = _read([*options_of(kind)] if kind else [], rest)
    if typed is None or (kind is None and not "".join(typed[0])):
        return False
    values, options = typed
    at, second = options.pop("at"), bool(options.pop("second"))
    session = begin_session(place, plain=False)
    moment = session.moment(at, second=second)
    if kind:
        record(session, kind, gather_texts(session, kind, values, options, moment))
    else:
        _record_line(session, " ".join(values), moment, second=second)
    return True


def _is_plain(name: str, words: Sequence[str]) -> bool:
    """Whether a command only records an entry of its kind; a dose with what was after it may close the one before."""
    return MODULES.get(name) == "kind_commands" or (name == "dose" and "after" not in " ".join(words).lower())


def _record_line(session: Session, line: str, moment: Moment, *, second: bool) -> None:
    from painlog.cli.record_line import record_line
    from painlog.domain.language.understanding import Present

    record_line(session, line, Present(moment, session.now, second))


def _split(words: Sequence[str]) -> tuple[str | None, str, Sequence[str]]:
    """Return the journal that is named before a command, the command, and the rest; no command for an odd line."""
    if len(words) > 2 and words[0] == "--journal" and words[1][:1] not in ("", "-"):
        return words[1], words[2], words[3:]
    return None, words[0] if words else "", words[1:]


def _read(listed: Sequence[Option], words: Sequence[str]) -> tuple[list[str], dict[str, Any]] | None:
    """Return the values and the listed options that follow a command; None for what is Typer's to read."""
    known = {option.flag: option for option in listed}
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
        if options[names[flag]] is not None and not many:
            return None  # said twice
        options[names[flag]] = [*(options[names[flag]] or ()), value] if many else value
    return values, options
