"""Telling a journal that is lost from one that was never begun, so that no new one takes the place of an old one."""

from pathlib import Path
from typing import TYPE_CHECKING

from painlog.errors import JournalRefused
from painlog.storage.files import ask_copy
from painlog.storage.log.changes import ANY_CHANGE
from painlog.storage.recovery import backups

if TYPE_CHECKING:
    from painlog.storage.encryption.keys import Keys


def refuse_lost(path: Path, keys: "Keys | None", *, is_there: bool) -> None:
    """Raise JournalRefused where a journal is gone, or there and empty, and something of it stands beside it."""
    if not (beside := lost_beside(path, keys) if is_there else _beside(path)):
        return
    state = "holds nothing any more" if is_there else "is gone"
    raise JournalRefused(
        f"the journal {path} {state}, but {beside}; painlog restore brings back a backup, painlog erase removes them"
    )


def lost_beside(path: Path, keys: "Keys | None") -> str:
    """Say what stands beside an empty journal that held more; empty where nothing did, or an empty one was restored."""
    snapshots = backups.find_snapshots(path)
    if snapshots and snapshots[0].why == backups.RESTORED and not _holds_changes(snapshots[0].path, keys):
        return ""
    return _beside(path) if any(_holds_changes(each.path, keys) for each in snapshots) else ""


def _beside(path: Path) -> str:
    some = ["there are backups of it"] if backups.find_snapshots(path) else []
    aside = backups.damaged_files(path)
    some += [f"a damaged one was kept as {aside[-1].name}"] if aside else []
    return " and ".join(some)


def _holds_changes(snapshot: Path, keys: "Keys | None") -> bool:
    """Whether a backup holds any change; one that cannot be read may."""
    return ask_copy(snapshot, keys, lambda conn: conn.execute(ANY_CHANGE).fetchone() is not None, otherwise=True)
