"""What was done to a journal, for who asked for it. Recording does without."""

from datetime import datetime
from typing import Literal, NamedTuple

from painlog.domain.entries import Entry


class UndoResult(NamedTuple):
    """What an undo or redo did: entries as they were while they counted; changed ones as they are now.

    ``source`` is that of the command that was taken back; empty of a redo.
    """

    done: Literal["recorded", "deleted", "changed"]
    entries: list[Entry]
    source: str = ""


class ImportResult(NamedTuple):
    """What an import did: how many entries are new, were there already, had been deleted by the person, and changed."""

    new: int
    again: int
    deleted: int
    changed: int = 0


class MergeResult(NamedTuple):
    """What a merge did: how many changes were new of how many, what was left and why.

    ``several`` are entries that it changed and that follow from several changes now, ``forgotten`` those that lost
    words here because another device forgot them; ``devices`` are those that made what was new.
    """

    new: int
    of: int
    several: list[str]
    refused: dict[str, str]
    waiting: dict[str, str]
    forgotten: list[str]
    devices: set[str]


class PastState(NamedTuple):
    """One change of an entry: when it was written, by what (``cli``, ``undo``, ``redo`` …), and the entry after it."""

    written: datetime
    source: str
    entry: Entry
