"""Words that were forgotten, in the files of a shared folder: which lines hold them, and own files without them."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path

from painlog.cli.talk import say_notes
from painlog.errors import FileRefused
from painlog.exchange.sync import change_files, folder
from painlog.exchange.sync.folder import Folder
from painlog.storage.journal import Journal
from painlog.storage.log.forgetting import marks_in, read_changes, without_words
from painlog.storage.recovery.checkup import sound_changes
from painlog.view.terminal import times


def lines_with_words(journal: Journal, files: Mapping[str, Iterable[bytes]]) -> set[bytes]:
    """Return which lines of change files hold words that the journal was told to forget."""
    marks = marks_in(journal.history.find_forgetting())
    found: set[bytes] = set()
    for lines in files.values() if marks else ():
        some = [line for line in lines if any(entry.encode() in line for entry in marks)]
        with suppress(FileRefused):
            read = read_changes(sound_changes(change_files.parse_lines(some)))
            found |= {change_files.line(each.change) for each in read if without_words(each, marks) is not each}
    return found


def withdraw(shared: Path, device: str, found: Folder, words: AbstractSet[bytes], secrets: Sequence[bytes]) -> int:
    """Write a device's files anew without lines that hold words; return how many of others still hold some.

    What those lines are without the words is in the journal, which writes what no file holds. A file that is not sealed
    where others are is left to --compact: anyone may have put it there, and no seal may vouch for it.
    Raises FileRefused.
    """
    files = found.good
    holding = [name for name, lines in files.items() if not words.isdisjoint(lines)]
    own = [
        name
        for name in holding
        if name.startswith(f"{folder.PLACE}/{device}/") and (not secrets or name in found.secrets)
    ]
    for name in own:
        folder.write(shared, device, [line for line in files[name] if line not in words], *secrets[:1])
        folder.remove(shared, [name])
    return len(holding) - len(own)


def clear_folder(journal: Journal, shared: Path) -> None:
    """Take what is forgotten out of what this device wrote to a folder, and share that it is. Raises FileRefused."""
    device, secrets = journal.meta.device, journal.meta.sharing_secrets
    found = folder.decrypt_files(folder.read(shared), secrets)
    words = lines_with_words(journal, found.good)
    past = journal.history.past(marks_in(journal.history.find_forgetting()))
    own = [change_files.line(change) for changes in past.values() for change, _ in changes]
    held = {line for lines in found.good.values() for line in lines}
    folder.write(shared, device, [line for line in own if line not in held], *secrets[:1])
    say_others(withdraw(shared, device, found, words, secrets))


def say_others(files: int) -> None:
    """Say how many files of a folder still hold words that were forgotten here."""
    if files:
        what = times(files, "file of another device holds", "files of other devices hold")
        say_notes([
            f"{what} them still, until that syncs; where it never will, painlog sync --compact does away with it"
        ])
