"""Backups that painlog makes by itself: one a day, and before what cannot be taken back. And those that there are."""

from pathlib import Path
from typing import TYPE_CHECKING

from painlog.cli.places import own_path
from painlog.cli.talk import say_notes
from painlog.domain.settings import Settings
from painlog.errors import BackupFailed
from painlog.storage.companions import drafts, unfinished_files
from painlog.storage.journal import Journal
from painlog.storage.recovery import backups
from painlog.storage.recovery.backups import Snapshot
from painlog.storage.sync_folders import conflict_copies
from painlog.view.terminal import term

if TYPE_CHECKING:
    from painlog.storage.encryption.keys import Keys

_NEARBY = ("painlog-*", "*/painlog-*", "painlog-*/*")  # names of exports, two folders deep at most


def back_up(settings: Settings, journal: Journal, why: str) -> Snapshot:
    """Make a snapshot, in the second place too if there is one; say so where that fails. Raises BackupFailed."""
    made = journal.back_up(why)
    if settings.backup_mirror:
        try:
            backups.mirror(made, journal.path, second_place(settings), journal.meta.device)
        except BackupFailed as error:
            say_notes([term(str(error))])
    return made


def back_up_before(settings: Settings, journal: Journal, why: str, *, needed: bool) -> None:
    """Make a snapshot before what is risky, if there is anything to lose. Raises BackupFailed."""
    if not needed or journal.is_empty:
        return
    try:
        back_up(settings, journal, why)
    except BackupFailed as error:
        raise BackupFailed(f"nothing was done: {error}, or go on without with --no-backup") from error


def back_up_daily(settings: Settings, journal: Journal) -> None:
    """Make the day's snapshot; where that fails, say so and go on: what is to be recorded comes first."""
    try:
        back_up(settings, journal, backups.DAILY)
    except BackupFailed as error:
        say_notes([f"no backup was made today: {term(str(error))}"])


def snapshots(path: Path, settings: Settings, keys: "Keys | None") -> list[Snapshot]:
    """Return every backup of the journal at ``path``, that of the latest changes first; one in both places once."""
    own = backups.find_snapshots(path)
    named = {each.path.name for each in own}
    for place in mirrors(settings):
        own += [each for each in backups.find_snapshots(path, place) if each.path.name not in named]
    return backups.by_content(own, keys)


def other_copies(path: Path) -> list[Path]:
    """Return what else of a journal's own may hold its words: files set aside, second copies, what was left."""
    return [*backups.damaged_files(path), *conflict_copies(path), *unfinished_files(path), *drafts(path)]


def exports_nearby(path: Path) -> list[Path]:
    """Return files that bear a name as painlog gives to exports, beside a journal and where one is; of any journal."""
    found: list[Path] = []
    for place in (path.parent, Path.cwd()):
        found += sorted({each for near in _NEARBY for each in place.glob(near)})
    return found


def mirrors(settings: Settings) -> list[Path]:
    """Return every journal's folder in the second place; none where there is no such place."""
    return sorted(second_place(settings).glob("painlog-*")) if settings.backup_mirror else []


def second_place(settings: Settings) -> Path:
    """Return where each backup is copied to."""
    return own_path(Path(settings.backup_mirror))
