"""Changes that come from another journal: taken over whole from a file, read from a shared folder."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from painlog.cli.places import own_path
from painlog.cli.session import Session
from painlog.cli.talk import say, say_notes, tell
from painlog.errors import BadInput, FileRefused, JournalRefused, PartMissing
from painlog.exchange.sync import change_files, folder
from painlog.storage.journal import Journal
from painlog.view.terminal import times


def merge_whole(
    session: Session,
    file: Path,
    found: change_files.LineChanges,
    before: Callable[[Journal], None],
    verb: str = "merge",
) -> None:
    """Take over a file's changes, all or none, and say how many were new; ``before`` is done first. Raises BadInput.

    ``verb`` is the command that does.
    """
    with session.writing() as journal:
        before(journal)
        with journal.changing() as transaction:
            done = transaction.merge({"": found}, verb)
            for why in (*done.refused.values(), *done.waiting.values()):
                raise BadInput(f"{file} was not taken over: {in_line(why, range(2, len(found) + 2))}")
            unseen = len(journal.history.conflicts(done.several))
        say_forgotten(journal, done.forgotten)
    there = f" of {done.of:,}; the others were there already" if done.new < done.of else ""
    tell(f"{times(done.new, 'change')} taken over{there}")
    say_unseen(unseen)


def in_line(why: str, numbers: Sequence[int]) -> str:
    """Say in which line of its file a change stands that was not taken; ``numbers`` are those of all that were read."""
    return re.sub(r"^change ([\d,]+)", lambda found: f"line {numbers[int(found[1].replace(',', '')) - 1]:,}", why)


def changes_of_folder(place: Path, secrets: list[bytes]) -> Iterator[list[tuple[str, ...]]]:
    """Yield what each good file of a shared folder holds: where there are secrets, of those that one opens."""
    with suppress(FileRefused, JournalRefused, PartMissing):
        found = folder.decrypt_files(folder.read(own_path(place)), secrets)
        for name in found.secrets if secrets else found.good:
            with suppress(FileRefused):
                yield change_files.parse_lines(found.good[name])


def say_forgotten(journal: Journal, entries: Sequence[str]) -> None:
    """Say whose words went here, as another device forgot them, and clear what is left of them in the file."""
    if entries:
        found = journal.reader.by_ids(entries)
        short = journal.short_ids(found)[found[0].id]
        say(f"words of {times(len(entries), 'entry', 'entries')} were forgotten on another device, and now here too")
        say_notes([f"backups of this journal may still hold them; painlog forget {short} removes them there"])
    journal.sweep()


def say_unseen(count: int) -> None:
    """Say how many entries two devices changed unseen by each other."""
    if count:
        entries = times(count, "entry was", "entries were")
        say(f"{entries} changed on two devices unseen by each other; painlog conflicts shows both sides")
