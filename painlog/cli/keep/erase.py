"""``erase``: remove everything that painlog ever wrote."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from painlog.cli.places import usual_place
from painlog.cli.reminding import reminder_files, reminds_of, switch_off
from painlog.cli.session import Session
from painlog.cli.snapshots import mirrors, second_place
from painlog.cli.talk import confirm, say, say_notes, tell
from painlog.errors import FileRefused, JournalLocked, PartMissing, reason
from painlog.exchange.reminder_files import FOLDER
from painlog.storage import connection, files
from painlog.storage.companions import draft_folders, drafts, unfinished_files, with_sides
from painlog.storage.encryption.keys import forget
from painlog.storage.recovery import backups
from painlog.view.terminal import term, times

_OWN_FOLDERS = ("painlog", "backups", FOLDER)
_OFFSET, _LENGTH = 68, 4  # where SQLite keeps whose file it is


def erase_(
    ctx: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list what would be removed.")] = False,
) -> None:
    """Remove the journal, its backups and what lies beside it.

    \b
      painlog erase --dry-run
      painlog erase

    The journal, its backups in both places, files set aside, drafts, what was never finished and its reminder. The
    settings, which all your journals share, go only with the journal at its usual place, not with one that --journal
    or PAINLOG_JOURNAL names. Nothing brings them back. Not touched: what you exported, the folder of painlog sync, the
    completion script of your shell, what your editor keeps elsewhere, and copies that other programs made.
    """
    session: Session = ctx.obj
    doomed = list(_files(session))
    if not doomed:
        tell("there is nothing to remove")
        return
    for each in doomed:
        tell(term(str(each)))
    if stay := [each for each in _settings(session) if each not in doomed]:
        say_notes([f"the settings stay, for your other journals: {', '.join(term(str(each)) for each in stay)}"])
    if dry_run:
        say("nothing was removed (--dry-run)")
        return
    if not yes and not confirm(f"Remove {times(len(doomed), 'file')} for good?"):
        say("nothing was removed")
        raise typer.Exit(1)
    salt = connection.salt_of(session.path) if session.has_journal else b""
    folders = list(draft_folders(session.path))
    if not {*reminder_files()}.isdisjoint(doomed):
        switch_off()
    _remove(doomed)
    for each in folders:
        shutil.rmtree(each, ignore_errors=True)
    if salt:
        forget(salt)
    tell(f"{times(len(doomed), 'file')} removed")
    say_notes(["exports, and copies that a sync or a backup of your machine made, are still where they are"])


def _files(session: Session) -> Iterator[Path]:
    """Every file of painlog's, the journal last, so that one who is interrupted can go on. Raises PainlogError."""
    path = session.path
    if session.has_journal:
        _check_own(path)
    for place in (backups.folder(path), *_mirrors(session)):
        yield from backups.snapshot_files(path, place)
    for damaged in backups.damaged_files(path):
        yield from with_sides(damaged)
    if os.path.abspath(session.place) == os.path.abspath(usual_place()):  # noqa: PTH100  (a link is refused, not followed)
        yield from _settings(session)
    if reminds_of(session):
        yield from reminder_files()
    yield from drafts(path)
    yield from unfinished_files(path)
    yield from with_sides(path)


def _settings(session: Session) -> list[Path]:
    """The files of settings that are there."""
    own = (session.config_path.with_name("imports.json"), session.config_path)
    return [each for each in own if os.path.lexists(each)]


def _check_own(path: Path) -> None:
    """Refuse to remove what is not painlog's, or would stay under a second name. Raises JournalRefused."""
    connection.refuse_links(path)
    with path.open("rb") as opened:
        head = opened.read(_OFFSET + _LENGTH)
    marked = head[_OFFSET:] == connection.APPLICATION_ID.to_bytes(_LENGTH)
    if (
        head and not marked and not backups.find_snapshots(path)
    ):  # a damaged journal has backups, another program's file none
        raise connection.no_journal(path)


def _mirrors(session: Session) -> list[Path]:
    """This journal's folder in the second place, where other machines may have theirs."""
    if not session.settings.backup_mirror:
        return []
    if device := _device(session):
        return [backups.mirror_folder(second_place(session.settings), device)]
    path = session.path
    own = {each.path.name for each in backups.find_snapshots(path)}
    return [
        each
        for each in mirrors(session.settings)
        if {found.path.name for found in backups.find_snapshots(path, each)} & own
    ]


def _device(session: Session) -> str:
    """This device's name, from the journal or else from the newest backup that can be read; empty where none says."""
    from painlog.storage.recovery.restoring import read_copy

    with files.without_asking(session.keys):  # who forgot the passphrase can still remove it all
        for each in (session.path, *(found.path for found in backups.find_snapshots(session.path))):
            with suppress(FileRefused, JournalLocked, PartMissing):
                return read_copy(each, session.keys).meta.get("device", "")
    return ""


def _remove(doomed: Sequence[Path]) -> None:
    """Remove files, and the folders that are empty then. Raises FileRefused at the first that stays."""
    for each in doomed:
        try:
            each.unlink(missing_ok=True)
        except OSError as error:
            raise FileRefused(f"cannot remove {each}: {reason(error)}; what is listed before it is removed") from error
    for folder in dict.fromkeys(each.parent for each in doomed):
        if folder.name.startswith(_OWN_FOLDERS) and not any(folder.iterdir()):
            folder.rmdir()
