"""``forget``: remove the words of an entry for good."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from painlog.cli.forgotten import clear_folder
from painlog.cli.options import OneId
from painlog.cli.picking import pick_one
from painlog.cli.places import own_path
from painlog.cli.session import Session
from painlog.cli.snapshots import exports_nearby, mirrors, other_copies
from painlog.cli.talk import confirm, say, say_notes, tell
from painlog.domain.entries import Entry
from painlog.errors import BadInput, FileRefused, NothingToDo, PartMissing
from painlog.storage.journal import Journal
from painlog.storage.log.changes import LINE
from painlog.storage.log.forgetting import marks_in, words_of
from painlog.storage.recovery import backups
from painlog.storage.recovery.withdrawing import find_holding, write_without_words
from painlog.view.screens.capture import show_entry, when
from painlog.view.terminal import fit, line_room, term, times

_REMAINS = (
    "old blocks of the disk, old versions in a cloud, backups of this machine and what you gave to others may hold "
    "them too; nothing of painlog reaches those"
)


def forget_(
    ctx: typer.Context,
    id: OneId = None,
    field: Annotated[
        list[str] | None, typer.Option(metavar="FIELD", help="Only this field's words, such as note.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask, for the backups neither.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would go.")] = False,
) -> None:
    """Remove an entry's words for good; nothing brings them back.

    \b
      painlog forget 7f3a --dry-run
      painlog forget 7f3a --field note

    Notes, words of your own and the line you typed go, from the entry and from all that it ever was; the line from the
    other entries of it too. Numbers stay, and so do names unless --field names one. An entry that is nothing without
    its words is deleted. A mark stays that something was removed.

    Backups that hold the words are named, and written anew without them if you agree. What this device wrote to the
    folder in sync_dir is too; your other devices forget them when they sync, with what was written there before.
    """
    session: Session = ctx.obj
    entry = pick_one(session, id or [])
    with session.reading() as journal:
        words = _words(journal, entry, field or ())
        if not words and not journal.history.find_forgetting([entry.id]):
            raise NothingToDo(f"there are no such words of yours in it: {entry.text}")
    tell(f"{show_entry(entry)}   {when(entry, session.today)}")
    for line in _list_words(words):
        tell(line)
    if dry_run:
        say("nothing was forgotten (--dry-run)")
        return
    if words and not yes and not confirm("Remove these words for good?"):
        say("nothing was forgotten")
        raise typer.Exit(1)
    if words:
        with session.changing() as journal:
            journal.forget(entry, words)
    tell("forgotten" if words else "its words are forgotten already")
    _clear_backups(session, yes=yes)
    say_notes([*_clear_folder(session), *_beside(session), _REMAINS])


def _words(journal: Journal, entry: Entry, fields: Sequence[str]) -> dict[str, list[str]]:
    """The words that are to go, by field. Raises BadInput."""
    kind = entry.declaration
    if kind is None:
        raise BadInput(f"this entry is {entry.text}; update painlog to forget its words")
    names = [name.strip().lower().replace("-", "_").replace(" ", "_") for name in fields]
    if wrong := [name for name in names if name not in kind.wordy and name != LINE]:
        has = ", ".join(name for name in kind.by_name if name in kind.wordy)
        raise BadInput(f"{kind.title} has no words in a field {wrong[0]!r}; it has {has}")
    return words_of(journal.history.past([entry.id])[entry.id], kind, names)


def _list_words(words: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for name, texts in words.items():
        for text in texts:
            yield f"  {name}: {fit(term(text), line_room() - len(name) - 4)}"


def _clear_backups(session: Session, *, yes: bool) -> None:
    """Name the backups that hold forgotten words, and write them anew without if the person agrees."""
    places = [backups.folder(session.path), *mirrors(session.settings)]
    copies = [each.path for place in places for each in backups.find_snapshots(session.path, place)]
    with session.reading() as journal:
        marks = marks_in(journal.history.find_forgetting())
    holding, unread = find_holding(copies, marks, session.keys)
    if unread:
        say_notes([f"{times(len(unread), 'backup')} cannot be read and may hold them, such as {term(str(unread[0]))}"])
    if not holding:
        return
    say(f"{times(len(holding), 'backup holds', 'backups hold')} them:")
    for each in holding:
        say(f"  {term(str(each))}")
    if not yes and not confirm("Write these anew without the words?"):
        say("they stay as they are; painlog forget with the same id asks again")
        return
    for each in holding:
        write_without_words(each, marks, session.now, session.keys)
    tell(f"{times(len(holding), 'backup')} written anew without them")


def _clear_folder(session: Session) -> Iterator[str]:
    """Take the words out of what this device shares; say where that is not done."""
    with session.reading() as journal:
        shares = any(change[0][16:] != journal.meta.device for change in journal.history.each())
        if not session.settings.sync_dir:
            if shares:
                yield "your other devices and the folder you share hold them until each has run painlog sync FOLDER"
            return
        try:
            clear_folder(journal, own_path(Path(session.settings.sync_dir)))
        except (FileRefused, PartMissing) as error:
            yield f"{term(str(error))}; painlog sync takes the words out of your files there"


def _beside(session: Session) -> Iterator[str]:
    """What else may hold the words."""
    for each in dict.fromkeys(map(Path.absolute, [*other_copies(session.path), *exports_nearby(session.path)])):
        yield f"{term(str(each))} may hold them"
