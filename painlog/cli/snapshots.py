"""Backups that painlog makes by itself: one a day, and before what cannot be taken back. And those that there are."""

from pathlib import Path

from painlog.cli.session import Session, say_notes
from painlog.errors import BackupFailed
from painlog.storage.connection import own_path
from painlog.storage.journal import Journal
from painlog.storage.recovery import backups
from painlog.storage.recovery.backups import Snapshot
from painlog.view.terminal import term


def back_up(session: Session, journal: Journal, why: str) -> Snapshot:
    """Make a snapshot, in the second place too if there is one; say so where that fails. Raises BackupFailed."""
    made = journal.back_up(why)
    if session.settings.backup_mirror:
        try:
            backups.mirror(made, session.path, _second_place(session), journal.device)
        except BackupFailed as error:
            say_notes([term(str(error))])
    return made


def back_up_before(session: Session, journal: Journal, why: str, *, needed: bool) -> None:
    """Make a snapshot before what is risky, if there is anything to lose. Raises BackupFailed."""
    if not needed or journal.is_empty:
        return
    try:
        back_up(session, journal, why)
    except BackupFailed as error:
        raise BackupFailed(f"nothing was done: {error}, or go on without with --no-backup") from error


def back_up_daily(session: Session, journal: Journal) -> None:
    """Make the day's snapshot; where that fails, say so and go on: what is to be recorded comes first."""
    try:
        back_up(session, journal, backups.DAILY)
    except BackupFailed as error:
        say_notes([f"no backup was made today: {term(str(error))}"])


def snapshots(session: Session) -> list[Snapshot]:
    """Every backup of the journal, the newest first; what is in both places is named once."""
    own = backups.found(session.path)
    named = {each.path.name for each in own}
    second = session.settings.backup_mirror
    for place in sorted(_second_place(session).glob("painlog-*")) if second else ():
        own += [each for each in backups.found(session.path, place) if each.path.name not in named]
    return sorted(own, key=lambda each: each.made, reverse=True)


def _second_place(session: Session) -> Path:
    return own_path(Path(session.settings.backup_mirror))
