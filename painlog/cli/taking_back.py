"""Taking back the last command and bringing it back, as ``undo`` and ``redo`` and the prompt of lines do."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from painlog.cli.session import Session
from painlog.cli.talk import say, tell, tell_paragraph
from painlog.domain.entries import INBOX_SOURCE, Entry
from painlog.view.screens.capture import LISTED, show_entry, summary, when

if TYPE_CHECKING:
    from painlog.storage.outcomes import UndoResult

_UNDONE = {"recorded": "taken back", "deleted": "brought back", "changed": "changed back"}
_REDONE = {"recorded": "recorded again", "deleted": "deleted again", "changed": "changed again"}


def take_back(session: Session) -> None:
    """Take back the last command, and say what it was. Raises NothingToDo."""
    with session.changing() as journal:
        change = journal.undo()
    _say_change(_UNDONE, change, session)
    tell("again: painlog redo")
    if change.source == INBOX_SOURCE:
        say("what the inbox held stays in the file beside it whose name ends in -recorded")


def bring_back(session: Session) -> None:
    """Bring back the last command that was taken back, and say what it was. Raises NothingToDo."""
    with session.changing() as journal:
        change = journal.redo()
    _say_change(_REDONE, change, session)


def _say_change(verbs: Mapping[str, str], change: "UndoResult", session: Session) -> None:
    for line in entry_lines(change.entries, session):
        tell_paragraph(f"{verbs[change.done]}: {line}")


def entry_lines(entries: list[Entry], session: Session) -> list[str]:
    """Return a line for each entry, or one that counts them where they are many."""
    if len(entries) > LISTED:
        return [", ".join(summary(entries))]
    return [f"{show_entry(entry)}   {when(entry, session.today)}" for entry in entries]
