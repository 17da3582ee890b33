"""What is answered with next to nothing loaded: ``--version``, ``due --short`` in a prompt, one's own words at TAB.

Nothing is decided here: what is asked stands in ``at_once_tables``, written from the registry, the file is opened as
``storage.file`` opens it, and whatever is not plain is left, with nothing done, to what answers all else. Plain is a
journal of the present version that nobody is writing to, and settings with nothing wrong about them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from painlog.domain.settings import Settings


def answered(words: list[str]) -> bool:
    """Answer a command line; false, with nothing done or printed, for one that takes more."""
    if "_PAINLOG_COMPLETE" in os.environ:
        lines = _looked_up(_own_words) if os.environ.get("_PAINLOG_ASKS") else None
    elif words == ["--version"]:
        from painlog import __version__

        lines = [f"painlog {__version__}"]
    else:
        lines = _looked_up(_due) if words == ["due", "--short"] else None
    if lines:
        print("\n".join(lines))
    return lines is not None


def _looked_up(read: Callable[[sqlite3.Connection], list[str] | None]) -> list[str] | None:
    """What the journal says, nothing where there is none; None where it takes more to read it."""
    import sqlite3

    from painlog.cli.places import JOURNAL, plain_place
    from painlog.errors import PainlogError
    from painlog.storage import connection

    path = os.environ.get("PAINLOG_JOURNAL") or plain_place(*JOURNAL)
    if not path or path[0] == "~":
        return None
    try:
        if not connection.is_there(path):
            return []
        if not connection.is_plain(path):
            return None
        conn = connection.connect(path, wait=0, write=False)
        try:
            return read(conn)
        finally:
            conn.close()
    except (PainlogError, OSError, ValueError, sqlite3.Error):
        return None


def _due(conn: sqlite3.Connection) -> list[str] | None:
    """The questions of the day that no entry answers, and the questionnaires whose time has come, in one line.

    None for settings with which something is wrong, and where they ask for what is not in the registry.
    """
    from painlog.cli.load_settings import chosen
    from painlog.cli.shell.fast_tables import QUESTIONS
    from painlog.domain import clock
    from painlog.domain.settings import is_late, names_for

    settings, problems = chosen()
    now = clock.now()
    today = clock.day_of(now, settings.day_starts)
    names = names_for(settings, now, today, evening=is_late(settings, now, today))
    if problems or not QUESTIONS.keys() >= {*names}:
        return None
    asked = (QUESTIONS[name] for name in names)
    due = [one[0] for one in asked if one and not _answered(conn, one, today)]
    due += _forms_due(conn, settings, today)
    return [", ".join(due)] if due else []


def _answered(conn: sqlite3.Connection, question: tuple[str, str, str, str], day: date) -> bool:
    _, kind, field, variant = question
    found = conn.execute(
        "SELECT 1 FROM entries WHERE deleted = 0 AND day = ? AND kind = ? AND ? IN ('', variant) "
        "AND json_extract(data, ?) IS NOT NULL LIMIT 1",
        (day.isoformat(), kind, variant, f"$.{field}"),
    )
    return found.fetchone() is not None


def _forms_due(conn: sqlite3.Connection, settings: Settings, today: date) -> Iterator[str]:
    from datetime import date

    from painlog.cli.shell.fast_tables import FORMS
    from painlog.domain.settings import form_is_due

    for name in settings.questionnaires:
        title, every, asks_of_harm = FORMS[name]
        if settings.phq9 or not asks_of_harm:
            sql = "SELECT max(day) FROM entries WHERE kind = ? AND deleted = 0"
            last = conn.execute(sql, (name,)).fetchone()[0]
            if form_is_due(every, date.fromisoformat(last) if last else None, today):
                yield title


def _own_words(conn: sqlite3.Connection) -> list[str] | None:
    """The person's own words that a shell's script asks for; None for what more than their entries say."""
    from painlog.cli.shell.offers import starting
    from painlog.storage.recent_names import names

    found: list[str] = []
    for asked in os.environ["_PAINLOG_ASKS"].split():
        kind, _, field = asked.partition(":")
        if field:
            found += names(conn, kind, field)
        elif conn.execute("SELECT 1 FROM entries WHERE kind = ? OR ? = 'ids' LIMIT 1", (kind, kind)).fetchone():
            return None
    start = os.environ.get("_PAINLOG_WORD", "")
    return [word for word in starting(found, start) if word.startswith(start)]
