"""What is answered with next to nothing loaded: ``--version``, ``due --short`` in a prompt, one's own words at TAB.

Nothing is decided here: what is asked stands in ``at_once_tables``, written from the registry, the file is opened as
``storage.file`` opens it, and whatever is not plain is left, with nothing done, to what answers all else. Plain is a
journal of the present version that nobody is writing to, where no settings are made.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable


def answered(words: list[str]) -> bool:
    """Answer a command line; false, with nothing done or printed, for one that takes more."""
    if "_PAINLOG_COMPLETE" in os.environ:
        lines = _looked_up(_own_words) if os.environ.get("_PAINLOG_ASKS") else None
    elif words == ["--version"]:
        from painlog import __version__

        lines = [f"painlog {__version__}"]
    else:
        lines = _looked_up(_due) if words == ["due", "--short"] and _without_settings() else None
    if lines:
        print("\n".join(lines))
    return lines is not None


def _looked_up(read: Callable[[sqlite3.Connection], list[str] | None]) -> list[str] | None:
    """What the journal says, nothing where there is none; None where it takes more to read it."""
    import sqlite3

    from painlog.cli.at_once_tables import VERSION
    from painlog.errors import PainlogError
    from painlog.storage import file

    path = os.environ.get("PAINLOG_JOURNAL") or file.plain_place(*file.JOURNAL)
    if not path or path[0] == "~":
        return None
    try:
        if not file.is_there(path):
            return []
        if not file.is_plain(path, VERSION):
            return None
        conn = file.connect(path, wait=0, write=False)
        try:
            return read(conn)
        finally:
            conn.close()
    except (PainlogError, OSError, ValueError, sqlite3.Error):
        return None


def _without_settings() -> bool:
    from painlog.storage import file

    place = "" if os.environ.get("PAINLOG_CONFIG") else file.plain_place(*file.CONFIG)
    try:
        os.lstat(place)
    except FileNotFoundError:
        return bool(place)
    except (OSError, ValueError):
        return False
    return False


def _due(conn: sqlite3.Connection) -> list[str]:
    """The questions of the day that no entry answers, and the questionnaires whose time has come, in one line."""
    from datetime import date, timedelta

    from painlog.cli.at_once_tables import DAY_STARTS, FORMS, HOURS, QUESTIONS
    from painlog.domain import clock

    now = clock.now()
    today = (now - timedelta(minutes=DAY_STARTS)).date()
    due = []
    for label, kind, field, variant in (QUESTIONS[number] for number in HOURS[now.hour]):
        found = conn.execute(
            "SELECT 1 FROM entries WHERE deleted = 0 AND day = ? AND kind = ? AND ? IN ('', variant) "
            "AND json_extract(data, ?) IS NOT NULL LIMIT 1",
            (today.isoformat(), kind, variant, f"$.{field}"),
        )
        due += [] if found.fetchone() else [label]
    for kind, title, every in FORMS:
        last = conn.execute("SELECT max(day) FROM entries WHERE kind = ? AND deleted = 0", (kind,)).fetchone()[0]
        due += [title] if not last or today - date.fromisoformat(last) >= timedelta(days=every) else []
    return [", ".join(due)] if due else []


def _own_words(conn: sqlite3.Connection) -> list[str] | None:
    """The person's own words that a shell's script asks for; None for what more than their entries say."""
    from painlog.cli.offered import starting
    from painlog.storage.lately import names

    found: list[str] = []
    for asked in os.environ["_PAINLOG_ASKS"].split():
        kind, _, field = asked.partition(":")
        if field:
            found += names(conn, kind, field)
        elif conn.execute("SELECT 1 FROM entries WHERE kind = ? OR ? = 'ids' LIMIT 1", (kind, kind)).fetchone():
            return None
    start = os.environ.get("_PAINLOG_WORD", "")
    return [word for word in starting(found, start) if word.startswith(start)]
