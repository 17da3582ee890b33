"""``backup`` and ``restore``."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from painlog.cli.options import NoBackupOption
from painlog.cli.places import own_path
from painlog.cli.session import Session
from painlog.cli.snapshots import back_up, snapshots
from painlog.cli.talk import confirm, say, say_notes, tell, tell_paragraph
from painlog.domain.language.dates import show_day
from painlog.errors import BadInput, FileRefused
from painlog.storage.connection import salt_of
from painlog.storage.log.changes import instant_of
from painlog.storage.recovery import backups
from painlog.storage.recovery.backups import Snapshot
from painlog.view.terminal import term, times

ENTRY, ENTRIES = "entry", "entries"
_ONE_DAY = timedelta(days=1)
_MADE = {
    backups.ASKED: "asked for",
    backups.DAILY: "daily",
    backups.UPDATE: "before an update",
    backups.IMPORT: "before an import",
    backups.DELETE: "before a deletion",
    backups.SYNC: "before a sync",
    backups.RESTORE: "before a restore",
    backups.RESTORED: "as restored",
    backups.REPAIRED: "as repaired",
    backups.SEAL: "before a new key",
}


def backup_(
    ctx: typer.Context,
    directory: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Where to; beside the journal if none.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the backups, the newest first.")] = False,
) -> None:
    """Copy the journal, looked over and whole.

    \b
      painlog backup
      painlog backup /media/stick
      painlog backup --list

    painlog makes one by itself each day at the first entry, and before an update, a large import or deletion and a
    restore. It keeps the last ten, and one a day for two weeks, a week for eight, a month for two years. With
    painlog config set backup_mirror DIR each is copied to a second place.
    """
    session: Session = ctx.obj
    if list_:
        _list(session)
        return
    if not session.has_journal:
        raise FileRefused("there is no journal yet to back up; it begins with: painlog pain 6")
    with session.reading() as journal:
        if directory is None:
            made = back_up(session.settings, journal, backups.ASKED)
        else:
            made = journal.back_up(backups.ASKED, own_path(directory))
    tell(f"backed up {times(backups.count_entries(made.path, session.keys) or 0, ENTRY, ENTRIES)}")
    tell(term(str(made.path)))


def _list(session: Session) -> None:
    all_ = snapshots(session.path, session.settings, session.keys)
    if not all_:
        tell("no backups yet; painlog backup makes one")
        return
    for number, each in enumerate(all_, 1):
        living = backups.count_entries(each.path, session.keys)
        unread = "encrypted" if salt_of(each.path) else "not readable"
        held = unread if living is None else times(living, ENTRY, ENTRIES)
        last = _last_change(each, session) if living else ""
        tell(f"{number:>3}  {_when(each, session.now):<21}  {_MADE.get(each.why, each.why):<17}  {held:>15}{last}")
    tell_paragraph(f"in {term(str(all_[0].path.parent))}; painlog restore 1 brings back the first")


def _last_change(snapshot: Snapshot, session: Session) -> str:
    """Say when the last change in a backup with entries was made, where that is another day than the backup's own."""
    made = instant_of(backups.content(snapshot, session.keys).clock)
    if abs(made - snapshot.made) < _ONE_DAY:
        return ""
    return f"  last change {show_day(made.astimezone(session.now.tzinfo).date(), session.now.date())}"


def _when(snapshot: Snapshot, now: datetime) -> str:
    made = snapshot.made.astimezone(now.tzinfo)
    return f"{show_day(made.date(), now.date())} {made:%H:%M}"


def restore_(
    ctx: typer.Context,
    backup: Annotated[
        str | None,
        typer.Argument(metavar="BACKUP", help="A number from backup --list, or a file; the newest if none."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    no_backup: NoBackupOption = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look the backup over.")] = False,
    mine: Annotated[bool, typer.Option("--mine", help="Take a file from elsewhere as it is.")] = False,
) -> None:
    """Bring the journal back as it was in a backup.

    \b
      painlog restore --dry-run
      painlog restore 3
      painlog restore /media/stick/journal-20261119T130500Z-asked-7982.db

    The backup is looked over first, and the journal as it is now is backed up. Either all of it is brought back or
    nothing. A journal that cannot be read any more is moved aside and stays. A file that is no backup of this journal
    must hold nothing that sync would not take; with --mine it is brought back whatever it holds.
    """
    from painlog.storage.recovery.restoring import check_strange, read_copy, restore

    session: Session = ctx.obj
    source = _choose(session, backup)
    there = read_copy(source, session.keys)
    own = {each.path.absolute() for each in snapshots(session.path, session.settings, session.keys)}
    if not mine and source.absolute() not in own:
        check_strange(source, there)
    tell_paragraph(f"{term(str(source))}: {times(there.living, ENTRY, ENTRIES)}, whole")
    if dry_run:
        say("nothing was restored (--dry-run)")
        return
    if not yes and not confirm("Put this in the place of your journal?"):
        say("nothing was restored")
        raise typer.Exit(1)
    done = restore(session.path, source, session.now, session.keys, back_up=not no_backup)
    tell(f"{times(there.living, ENTRY, ENTRIES)} restored")
    if done.aside:
        say_notes([f"the journal that could not be read is kept as {term(str(done.aside))}"])
    if done.before:
        tell(f"undo: painlog restore {term(done.before.path.name)}")


def _choose(session: Session, said: str | None) -> Path:
    """The file that a person means: a number of the list, a backup's name, or a path. Raises BadInput, FileRefused."""
    all_ = snapshots(session.path, session.settings, session.keys)
    if said is None or said.isdecimal():
        if not all_:
            raise FileRefused("there are no backups to restore; name a file, as in: painlog restore FILE")
        if not 1 <= int(said or 1) <= len(all_):
            raise BadInput(f"there is no backup {said}; painlog backup --list numbers them from 1 to {len(all_)}")
        return all_[int(said or 1) - 1].path
    named = next((each.path for each in all_ if each.path.name == said), None)
    return named or own_path(Path(said))
