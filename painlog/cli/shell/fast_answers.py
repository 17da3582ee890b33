"""Answers what a prompt and TAB ask with little loaded: ``due --short``, and the person's own words.

Nothing is decided here. What is due is found by the function that ``due`` asks, own words by the query that the journal
asks. Whatever is not plain is left, with nothing done, to the commands: plain is a journal of the present version that
nobody is writing to, settings with nothing wrong about them, and no question about a measure of the person's own.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Never

if TYPE_CHECKING:
    import sqlite3


class _TakesMore(Exception):
    """What is asked takes more than what is loaded here."""


def try_to_answer(words: list[str]) -> bool:
    """Answer a command line; return false, with nothing done or printed, for one that takes more."""
    try:
        lines = _answer(words)
    except _TakesMore:
        return False
    if lines:
        print("\n".join(lines))
    return True


def _answer(words: list[str]) -> list[str]:
    if "_PAINLOG_COMPLETE" in os.environ:
        if os.environ.get("_PAINLOG_ASKS"):
            return _look_up(_find_own_words)
    elif words == ["due", "--short"]:
        return _look_up(_say_what_is_due)
    raise _TakesMore


def _look_up(read: Callable[[sqlite3.Connection], list[str]]) -> list[str]:
    """Return what a function reads from the journal, nothing where there is none. Raises _TakesMore."""
    import sqlite3

    from painlog.cli.places import JOURNAL, plain_place
    from painlog.errors import PainlogError
    from painlog.storage import connection

    path = os.environ.get("PAINLOG_JOURNAL") or plain_place(*JOURNAL)
    if not path or path[0] == "~":
        raise _TakesMore
    try:
        if not connection.is_there(path):
            return []
        if not connection.is_plain(path):
            raise _TakesMore
        conn = connection.connect(path, wait=0, write=False)
        try:
            return read(conn)
        finally:
            conn.close()
    except (PainlogError, OSError, ValueError, sqlite3.Error) as error:
        raise _TakesMore from error


def _say_what_is_due(conn: sqlite3.Connection) -> list[str]:
    from painlog.cli.load_settings import load_settings
    from painlog.domain import clock
    from painlog.domain.due import find_due
    from painlog.storage.day_queries import DayQueries

    settings, problems = load_settings()
    if problems:
        raise _TakesMore
    due = find_due(DayQueries(conn), _OwnMeasures(), settings, clock.now()).short
    return [due] if due else []


class _OwnMeasures:
    """The person's own measures, which are left to the commands as soon as a question is about one."""

    def __iter__(self) -> Iterator[Never]:
        raise _TakesMore


def _find_own_words(conn: sqlite3.Connection) -> list[str]:
    """Return the person's own words that a script asks for. Raises _TakesMore where entries alone do not say them."""
    from painlog.cli.shell.offers import match_words
    from painlog.storage.recent_names import names

    found: list[str] = []
    for asked in os.environ["_PAINLOG_ASKS"].split():
        kind, _, field = asked.partition(":")
        if field:
            found += names(conn, kind, field)
        elif conn.execute("SELECT 1 FROM entries WHERE kind = ? OR ? = 'ids' LIMIT 1", (kind, kind)).fetchone():
            raise _TakesMore
    start = os.environ.get("_PAINLOG_WORD", "")
    return [word for word in match_words(found, start) if word.startswith(start)]
