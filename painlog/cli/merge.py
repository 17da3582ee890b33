"""Changes that come from another journal: taken over whole from a file, read from a shared folder."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from painlog.cli.places import own_path
from painlog.cli.session import Session
from painlog.cli.talk import say
from painlog.errors import BadInput, FileRefused, JournalRefused, PartMissing
from painlog.exchange.sync import change_files, folder
from painlog.storage.journal import Journal
from painlog.view.terminal import times


def merge_whole(session: Session, found: Sequence[Sequence[str]], before: Callable[[Journal], None]) -> None:
    """Take over changes, all or none, and say how many were new; ``before`` is done first. Raises BadInput."""
    with session.writing() as journal:
        before(journal)
        with journal.changing() as transaction:
            done = transaction.merge({"": found})
            for why in (*done.refused.values(), *done.waiting.values()):
                raise BadInput(why)
            unseen = len(journal.history.conflicts(done.entries))
    there = f" of {done.of:,}; the others were there already" if done.new < done.of else ""
    print(f"{times(done.new, 'change')} taken over{there}")
    say_unseen(unseen)


def changes_of_folder(place: Path, secrets: list[bytes]) -> Iterator[list[tuple[str, ...]]]:
    """Yield what each good file of a shared folder holds, sealed ones that a secret opens too."""
    with suppress(FileRefused, JournalRefused, PartMissing):
        for lines in folder.decrypt_files(folder.read(own_path(place)), secrets).good.values():
            with suppress(FileRefused):
                yield change_files.parse_lines(lines)


def say_unseen(count: int) -> None:
    """Say how many entries two devices changed unseen by each other."""
    if count:
        entries = times(count, "entry was", "entries were")
        say(f"{entries} changed on two devices unseen by each other; painlog conflicts shows both sides")
