"""The journal: one open file, its parts, and the commands that change it.

``kinds``, ``reader``, ``days`` and ``history`` read; ``meta`` is what the file knows of itself. What changes something
is a verb of ``Transaction``. ``changing`` begins one for a command that also reads what it changes; a command of a
single verb calls that here, which is a transaction of its own.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from painlog.domain.entries import Draft, Entry
from painlog.domain.language.dates import DAY_STARTS, day_of
from painlog.errors import JournalBusy, JournalFailed, PainlogError
from painlog.storage import connection
from painlog.storage.daily import Days
from painlog.storage.kinds import Kinds
from painlog.storage.log.changes import ANY_CHANGE, Change, local_instant_of
from painlog.storage.log.history import History
from painlog.storage.meta import Meta
from painlog.storage.reading import Reader
from painlog.storage.rows import Rows
from painlog.storage.transaction import Transaction
from painlog.storage.writing import Writer

if TYPE_CHECKING:
    from pathlib import Path

    from painlog.storage.completing import Known
    from painlog.storage.encryption.keys import Keys
    from painlog.storage.outcomes import ImportResult, UndoResult
    from painlog.storage.recovery.backups import Snapshot


class Journal:
    """An open journal. Use it as a context manager; it closes the file at the end.

    ``cleared`` names what a command that was interrupted had left beside it, and is removed.
    """

    def __init__(
        self,
        conn: sqlite3.Connection,
        place: Path | str,
        present_at: datetime,
        day_starts: time = DAY_STARTS,
        keys: Keys | None = None,
    ) -> None:
        self.present_at, self.day_starts, self._keys = present_at, day_starts, keys
        self.cleared: list[Path] = []
        self.rows = Rows(conn, place)
        self.meta = Meta(self.rows)
        self.kinds = Kinds(self.rows)
        self.days = Days(self.rows, day_starts)
        self.reader = Reader(self.rows, self.kinds, day_starts)
        self.history = History(self.rows, self.reader)
        # what is asked for most
        self.entries, self.find, self.short_ids = self.reader.entries, self.reader.find, self.reader.short_ids

    @classmethod
    def open(
        cls,
        path: Path | str,
        present_at: datetime,
        day_starts: time = DAY_STARTS,
        *,
        keys: Keys | None = None,
        first_of_day: Callable[[Journal], None] | None = None,
    ) -> Journal:
        """Open a journal to read and write, creating it where there is none. Raises PainlogError.

        ``first_of_day`` is called before anything is written to a journal that was not changed on the present day.
        """
        if not connection.is_there(path):
            _refuse_lost(path, keys)
            from pathlib import Path

            from painlog.storage import files

            files.create(Path(path))
        journal = cls._open(path, present_at, day_starts, keys)
        try:
            if first_of_day and journal._rested():
                first_of_day(journal)
        except BaseException:
            journal.close()
            raise
        return journal

    @classmethod
    def look(
        cls,
        path: Path | str,
        present_at: datetime,
        day_starts: time = DAY_STARTS,
        wait: float = connection.WAIT_SECONDS,
        *,
        keys: Keys | None = None,
    ) -> Journal:
        """Open a journal to read; where there is none, an empty one in memory stands for it."""
        if connection.is_there(path):
            return cls._open(path, present_at, day_starts, keys, wait)
        _refuse_lost(path, keys)
        from painlog.storage import schema

        conn = sqlite3.connect(":memory:", isolation_level=None)
        schema.create_tables(conn)
        return cls(conn, path, present_at, day_starts)

    @classmethod
    def peek(cls, path: Path | str, present_at: datetime, wait: float, *, keys: Keys | None = None) -> Journal | None:
        """Open a journal of the present version to read a little and change nothing of the file; else None."""
        if not connection.is_there(path):
            return None
        conn = connection.connect(path, wait, keys=keys, write=False)
        try:
            known = connection.is_present(conn)
        except BaseException:
            conn.close()
            raise
        if not known:
            conn.close()
            return None
        return cls(conn, path, present_at, keys=keys)

    @classmethod
    def _open(
        cls,
        path: Path | str,
        present_at: datetime,
        day_starts: time,
        keys: Keys | None,
        wait: float = connection.WAIT_SECONDS,
    ) -> Journal:
        conn = connection.connect(path, wait, keys=keys)
        try:
            if connection.is_empty(path):
                _refuse_lost(path, keys)
            with connection.translate_errors(path):
                present = connection.is_present(conn)
            if not present:
                from painlog.storage import schema

                schema.prepare(conn, path, present_at, keys)
            journal = cls(conn, path, present_at, day_starts, keys)
            if journal.is_empty:
                _refuse_lost(path, keys, is_there=True)
            journal.cleared = _clear(conn, path)
            if journal.meta.is_unswept:
                with suppress(PainlogError):  # whoever can write does it
                    journal.sweep()
        except BaseException:
            conn.close()
            raise
        return journal

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.rows.conn.close()

    @property
    def path(self) -> Path:
        """Where the file is."""
        from pathlib import Path

        return Path(self.rows.place)

    def clock_was(self) -> datetime | None:
        """Return when the last change was written down, if that is ahead of now: the machine's clock was moved back."""
        return self.history.clock_was(self.present_at)

    # Backing up

    def _rested(self) -> bool:
        """Whether the last change was made on another day than the present one, by both of its clocks.

        One of them may be far ahead where the machine's clock was once, the other is an import's own.
        """
        last = self.rows.select("SELECT recorded_at, hlc FROM ops ORDER BY hlc DESC LIMIT 1")
        if not last:
            return False
        recorded_at, hlc = last[0]
        instants = datetime.fromisoformat(recorded_at), local_instant_of(hlc, self.present_at)
        days = {instant and day_of(instant, self.day_starts) for instant in instants}
        return day_of(self.present_at, self.day_starts) not in days

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever written into the journal."""
        return self.rows.value(ANY_CHANGE) is None

    def back_up(self, why: str, place: Path | None = None) -> Snapshot:
        """Make a snapshot of the journal. Raises BackupFailed."""
        from painlog.storage.recovery import backups

        made = backups.take(self.rows.conn, self.path, self.present_at, why, self._keys, place)
        if place is None:
            backups.rotate(self.path, self.present_at, keys=self._keys, made=[made])
        return made

    def compare(self, drafts: Iterable[Draft]) -> Iterator[Draft | Known]:
        """Yield what an import's drafts are beside what is there, as ``completing`` says."""
        from painlog.storage.completing import compare

        return compare(drafts, self.rows, self.history)

    # Changing

    @contextmanager
    def changing(self) -> Iterator[Transaction]:
        """Let everything that a block reads and writes be one transaction, all of it or nothing."""
        with self.rows.transaction():
            yield Transaction(self.rows, self.reader, self.history, self.meta, self.present_at)

    def record(self, drafts: Iterable[Draft], source: str = "cli") -> list[Entry]:
        """Add entries, as ``Transaction`` does."""
        with self.changing() as transaction:
            return transaction.record(drafts, source)

    def record_many(self, drafts: Iterable[Draft], source: str = "cli") -> int:
        """Add any number of entries, as ``Transaction`` does."""
        with self.changing() as transaction:
            return transaction.record_many(drafts, source)

    def bring_in(self, drafts: Iterable[Draft], source: str) -> ImportResult:
        """Record an import's drafts, as ``Transaction`` does."""
        with self.changing() as transaction:
            return transaction.bring_in(drafts, source)

    def delete(self, entries: Sequence[Entry]) -> list[Entry]:
        """Take entries away, as ``Transaction`` does."""
        with self.changing() as transaction:
            return transaction.delete(entries)

    def undo(self) -> UndoResult:
        """Take back the last command, as ``Transaction`` does."""
        with self.changing() as transaction:
            return transaction.undo()

    def redo(self) -> UndoResult:
        """Bring back the last command that was undone, as ``Transaction`` does."""
        with self.changing() as transaction:
            return transaction.redo()

    def forget(self, entry: Entry, fields: Iterable[str]) -> None:
        """Remove words for good, as ``Transaction`` does, from what nothing reads any more too."""
        with self.changing() as transaction:
            transaction.forget(entry, fields)
        self.sweep()

    def sweep(self) -> None:
        """Write the file anew without what nothing reads any more, if forgotten words may be there.

        Raises JournalFailed; the next that opens the journal does it then.
        """
        if not self.meta.is_unswept:
            return
        try:
            with connection.translate_errors(self.rows.place):
                connection.vacuum(self.rows.conn, self.rows.place)
            with self.rows.transaction():
                self.meta.note_unswept(unswept=False)
        except (JournalBusy, JournalFailed) as error:
            why, *_ = str(error).partition(";")
            raise JournalFailed(
                f"the words are out of the entry, but still in free space of the file: {why}; that is cleared when the "
                "journal is next opened"
            ) from error

    def hold(self, changes: Iterable[Change], meta: Mapping[str, str]) -> None:
        """Fill a new journal with changes as they are, as ``Writer`` does."""
        with self.rows.transaction():
            Writer(self.rows, self.history, self.meta, self.present_at).hold(changes, meta)


def _refuse_lost(path: Path | str, keys: Keys | None, *, is_there: bool = False) -> None:
    """Begin no new journal where one is lost. Raises JournalRefused."""
    from pathlib import Path

    from painlog.storage.recovery.loss import refuse_lost

    refuse_lost(Path(path), keys, is_there=is_there)


def _clear(conn: sqlite3.Connection, path: Path | str) -> list[Path]:
    """Remove what a command that was interrupted left in the making of this journal, while nobody can be making one."""
    if not os.path.lexists(f"{path}.new"):
        return []
    from pathlib import Path

    from painlog.storage.companions import clear

    with suppress(PainlogError), connection.write(conn, path):
        return clear(Path(path))
    return []
