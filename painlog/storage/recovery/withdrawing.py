"""Taking words that were forgotten out of backups: each is written anew beside itself, looked over, and renamed in."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from painlog.errors import FileRefused, JournalFailed, PainlogError
from painlog.storage import companions, connection, files
from painlog.storage.journal import Journal
from painlog.storage.log.changes import Change, ReadChange, to_json
from painlog.storage.log.forgetting import Marks, read_changes, without_words
from painlog.storage.recovery import backups
from painlog.storage.recovery.replacing import copy_of

if TYPE_CHECKING:
    from painlog.storage.encryption.keys import Keys


def find_holding(copies: Iterable[Path], marks: Marks, keys: "Keys | None") -> tuple[list[Path], list[Path]]:
    """Return which copies of a journal hold words that were forgotten, and which cannot be read."""
    holding: list[Path] = []
    unread: list[Path] = []
    for each in copies:
        try:
            with files.without_asking(keys), files.open_strange(each, keys) as conn:
                if _changes_without(conn, marks):
                    holding.append(each)
        except (OSError, ValueError, sqlite3.Error, PainlogError):
            unread.append(each)
    return holding, unread


def write_without_words(copy: Path, marks: Marks, present_at: datetime, keys: "Keys | None") -> None:
    """Put a copy of a journal without words that were forgotten in its own place. Raises FileRefused; it stays then."""
    new = copy.with_suffix(".tmp")
    try:
        copy_of(copy, new)
        with Journal(connection.connect(new, keys=keys), new, present_at, keys=keys) as journal:
            with journal.changing() as transaction:
                transaction.obey(marks)
            journal.sweep()
        backups.look_through(new, keys)
        if find_holding([new], marks, keys) != ([], []):
            raise sqlite3.DatabaseError("the copy is damaged")
        files.to_disk(new)
        files.take_place(new, copy)
    except (OSError, sqlite3.Error, JournalFailed) as error:
        cause = error.__cause__ if isinstance(error, JournalFailed) else error
        why = backups.why_not(cause, copy.parent) if isinstance(cause, OSError | sqlite3.Error) else str(error)
        raise FileRefused(f"the words are gone from the journal, but not from {copy}: {why}; try again") from error
    finally:
        companions.remove(companions.with_sides(new))


def _changes_without(conn: sqlite3.Connection, marks: Marks) -> list[ReadChange]:
    """The changes of an open journal that hold what is to be forgotten, without that."""
    sql = "SELECT * FROM ops WHERE entry IN (SELECT value FROM json_each(?))"
    found = read_changes(Change(*row) for row in conn.execute(sql, (to_json([*marks]),)).fetchall())
    return [new for each in found if (new := without_words(each, marks)) is not each]
