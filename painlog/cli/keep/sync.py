"""Two devices: ``sync`` through a folder that both can reach, ``merge`` of another journal's file."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Annotated

import typer

from painlog.cli import pairing
from painlog.cli.forgotten import lines_with_words, say_others, withdraw
from painlog.cli.merge import in_line, merge_whole, say_forgotten, say_unseen
from painlog.cli.options import NoBackupOption
from painlog.cli.places import own_path
from painlog.cli.prompts import is_there_somebody
from painlog.cli.session import Session
from painlog.cli.snapshots import back_up_before
from painlog.cli.talk import decide, say, say_notes, say_paragraph, tell
from painlog.errors import BadInput, FileRefused, reason
from painlog.exchange.files import is_folder, refuse_endless, text_lines
from painlog.exchange.jsonl import is_journal, parse_changes
from painlog.exchange.sync import change_files, encrypted_files, folder
from painlog.exchange.sync.folder import Folder
from painlog.storage.journal import Journal
from painlog.storage.recovery import backups
from painlog.view.terminal import term, times

_HEAD = 400
_NOT_SEALED = "it is not sealed, so anyone may have made it; if it is yours: painlog sync --take-plain {}"
_MOST_SHOWN = 10
_KEEP_WORDS = (
    "what was written is sealed; painlog sync --words shows the words that open it on your other devices. Keep them: "
    "without them and this journal nobody reads it"
)
_VERSIONS = "what could be read there is sealed now, but for old versions that a cloud or a backup keeps of the folder"


def sync_(
    ctx: typer.Context,
    place: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="A folder that your devices share (or set sync_dir).")
    ] = None,
    compact: Annotated[bool, typer.Option("--compact", help="Put all change files there into one.")] = False,
    words: Annotated[bool, typer.Option("--words", help="Show the pairing words of what is sealed.")] = False,
    pair: Annotated[bool, typer.Option("--pair", help="Type the pairing words of another device.")] = False,
    take_plain: Annotated[
        list[Path] | None,
        typer.Option("--take-plain", metavar="FILE", help="Take over a file that is not sealed, though others are."),
    ] = None,
    no_backup: NoBackupOption = False,
) -> None:
    """Bring this journal and your other devices' together.

    \b
      painlog sync ~/Sync/painlog

    The folder can be carried by anything: Syncthing, Dropbox, iCloud, git, a memory stick. One that is not there is
    asked about on a terminal. painlog only ever adds small files to it, and takes over what others added. Run it on
    each device; the order does not matter, and once more does no harm. What a carrier damaged or has not brought yet
    is listed and left.

    An encrypted journal seals what it writes there. Another device asks once for the pairing words that --words shows.
    """
    session: Session = ctx.obj
    if words:
        pairing.show_words(session)
        return
    shared = _find_shared(session, place)
    first = all(each.why != backups.SYNC for each in backups.find_snapshots(session.path))
    with session.writing() as journal:
        sealed = bool(journal.meta.sharing_secrets)
        found, secrets = pairing.open_folder(journal, shared, encrypted=pairing.is_encrypted(session), pair=pair)
        if found.good and first:
            back_up_before(session.settings, journal, backups.SYNC, needed=not no_backup)
        unknown = {name for name in found.plain() if sealed and not _is_named(shared, name, take_plain or ())}
        beside, lost, new, doubtful = _take_over(journal, found, found.former(secrets), unknown)
        device = journal.meta.device
    try:
        written = folder.write(shared, device, beside, *secrets[:1])
        others = withdraw(shared, device, found, lost, secrets)
    except FileRefused as error:
        why = str(error).removesuffix("; nothing was written")
        taken = f"{times(new, 'change')} taken over into your journal" if new else "nothing was taken over"
        raise FileRefused(f"{taken}, and none of yours written to the folder: {why}; try again") from error
    tell(f"{times(new, 'change')} taken over, {len(beside):,} written to {term(str(shared))}")
    if compact or (pair and found.former(secrets)):
        _compact(session, shared, device, secrets)
    else:
        say_others(others)
    _say_left(found.bad | doubtful | dict.fromkeys(found.locked, pairing.OTHER_WORDS))
    _say_readable(shared, found, secrets, written=bool(written))


def merge_(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A copy of a journal, or what export jsonl or sync wrote.")
    ],
    no_backup: NoBackupOption = False,
) -> None:
    """Take over what another journal's file holds.

    \b
      painlog merge "journal (conflicted copy).db"

    Nothing is replaced: changes that are there already stay as they are, and of two values of a field the later one
    counts. The file is only read.
    """
    session: Session = ctx.obj
    if session.is_own(file):
        raise FileRefused(f"{file} is your journal itself; name the other file")
    merge_whole(
        session,
        file,
        _changes_of(session, file),
        lambda journal: back_up_before(session.settings, journal, backups.IMPORT, needed=not no_backup),
    )


def _find_shared(session: Session, place: Path | None) -> Path:
    """The folder to use. Raises BadInput, FileRefused."""
    if place is None and not session.settings.sync_dir:
        raise BadInput(
            "name the folder that your devices share: painlog sync FOLDER (or painlog config set sync_dir FOLDER)"
        )
    shared = own_path(place or Path(session.settings.sync_dir))
    if session.path.resolve().is_relative_to(shared.resolve()):
        raise FileRefused(
            f"the journal itself is in {shared}, where a carrier may damage it; name a folder that holds no journal"
        )
    if folder.is_missing(shared):
        _ask_to_make(shared)
    return folder.make_folder(shared)


def _ask_to_make(shared: Path) -> None:
    """Ask whether a folder that is not there is meant: one that was mistyped reaches no device. Raises FileRefused.

    Where nobody can answer it is made, and said.
    """
    if not is_there_somebody():
        say_notes([f"there was no folder {term(str(shared))}; it is made"])
    elif not decide(f"There is no folder {term(str(shared))}. Make it?"):
        raise FileRefused(f"there is no folder {shared}; nothing was written")


def _is_named(shared: Path, name: str, files: Sequence[Path]) -> bool:
    """Whether a file of the folder is one of those that the person named, by its path or its name below the folder."""
    return any(each in (Path(name), shared / name, (shared / name).absolute()) for each in files)


def _take_over(
    journal: Journal, found: Folder, former: AbstractSet[str], unknown: AbstractSet[str]
) -> tuple[list[bytes], set[bytes], int, dict[str, str]]:
    """Take over what is new; return lines to write, those with forgotten words, how many were new, what is wrong.

    Of files of ``unknown`` origin, which anyone may have made in a sealed folder, nothing is taken.
    To be written is what no file holds, but for those with a former secret, which other devices may not have.
    """
    doubtful: dict[str, str] = {}
    with journal.changing() as transaction:
        own = dict.fromkeys(change_files.line(change) for change in journal.history.each())
        unread = {name: [line for line in lines if line not in own] for name, lines in found.good.items()}
        new = {name: lines for name, lines in unread.items() if lines}
        doubtful |= {name: _NOT_SEALED.format(name) for name in new if name in unknown}
        done = transaction.merge({name: change_files.LineChanges(new[name]) for name in new if name not in doubtful})
        for name, why in (done.refused | done.waiting).items():
            doubtful[name] = in_line(why, [i for i, line in enumerate(found.good[name], 2) if line not in own])
        unseen = len(journal.history.conflicts(done.several))
        words = lines_with_words(journal, found.good)
        if former or words or done.forgotten:
            own = dict.fromkeys(
                change_files.line(change) for change in journal.history.each()
            )  # with what has just come from those, or lost words
        counting = found.good.keys() - doubtful.keys() - former
        held = {line for name in counting for line in found.good[name]}
    say_unseen(unseen)
    say_forgotten(journal, done.forgotten)
    say_notes(journal.history.clocks_ahead(journal.present_at, done.devices) if done.devices else ())
    return [line for line in own if line not in held], words, done.new, doubtful


def _compact(session: Session, shared: Path, device: str, secrets: Sequence[bytes]) -> None:
    """Write all changes as one file, read it back, and remove what it covers."""
    before = folder.decrypt_files(folder.read(shared), secrets)
    with session.reading() as journal:
        lines = [change_files.line(change) for change in journal.history.each()]
        words = lines_with_words(journal, before.good)
    if len(before.good) < 2 and not words and not (secrets and before.plain()):
        say("there is nothing to put together")
        return
    names = folder.write(shared, device, lines, *secrets[:1])
    again = folder.decrypt_files(folder.read(shared), secrets)
    if {line for name in names for line in again.good.get(name, ())} != set(lines):
        raise FileRefused(f"what was written to {shared} does not read back, so no file was removed; try again")
    old = [name for name in folder.find_covered(again.good, [*lines, *words]) if name not in names]
    folder.remove(shared, [*old, *folder.find_unfinished(shared)])
    tell(f"{times(len(old), 'file')} put into {len(names):,}")


def _changes_of(session: Session, file: Path) -> change_files.LineChanges:
    """The changes that a file of painlog's holds, whichever sort it is. Raises FileRefused, JournalRefused."""
    try:
        if not is_folder(file):
            refuse_endless(file)
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
            if change_files.is_changes(head):
                return _of_change_file(session, head + opened.read(change_files.MOST_BYTES), file)
            if is_journal(head.decode("utf-8", "replace")):
                read = parse_changes(text_lines(opened, str(file)), str(file))
                return change_files.LineChanges([change_files.line(change) for change in read])
    except OSError as error:
        raise FileRefused(f"cannot read {file}: {reason(error)}") from error
    from painlog.storage.recovery.restoring import read_copy

    return change_files.LineChanges([change_files.line(change) for change in read_copy(file, session.keys).changes])


def _of_change_file(session: Session, raw: bytes, file: Path) -> change_files.LineChanges:
    try:
        if raw.startswith(encrypted_files.MAGIC):
            raw = _unseal(session, raw)
        return change_files.LineChanges(change_files.unpack(raw))
    except FileRefused as refused:
        raise FileRefused(f"{file} was not taken over: {refused}") from None


def _unseal(session: Session, raw: bytes) -> bytes:
    """What a sealed change file holds, with the secrets of the journal. Raises FileRefused, PartMissing."""
    mark = encrypted_files.mark_in(raw)
    with session.reading() as journal:
        for secret in journal.meta.sharing_secrets:
            if encrypted_files.mark_of(secret) == mark:
                return encrypted_files.decrypt(raw, secret)
    raise FileRefused(pairing.OTHER_WORDS)


def _say_readable(shared: Path, found: Folder, secrets: Sequence[bytes], *, written: bool) -> None:
    """Say who can read what is in the folder, where that is news."""
    if not secrets:
        if written and not found.good:
            say("what is in the folder is readable for anyone who can open it")
        return
    if written and not found.secrets:
        say_notes([_KEEP_WORDS])
    plain = found.plain()
    left = [name for name in plain if (shared / name).exists()]
    if left:
        some = f"{times(len(left), 'file')} there can be read by anyone who opens the folder, such as {term(left[0])}"
        say_notes([f"{some}; painlog sync --compact seals what is in {folder.PLACE}"])
    elif plain:
        say_notes([_VERSIONS])


def _say_left(left: Mapping[str, str]) -> None:
    """Say which files were left as they are, and why."""
    for name, why in list(left.items())[:_MOST_SHOWN]:
        say_paragraph(f"left: {term(name)}: {term(why)}")
    if (more := len(left) - _MOST_SHOWN) > 0:
        say(f"and {more:,} more files were left")
