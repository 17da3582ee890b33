"""Where a journal's file had better not be: in a folder that another program carries to other machines."""

from glob import escape
from itertools import chain
from pathlib import Path

_MARKS = {
    "Syncthing": (".stfolder",),
    "Dropbox": (".dropbox", ".dropbox.cache"),
    "Resilio Sync": (".sync/ID",),
    "Nextcloud": (".owncloudsync.log", ".sync_*.db", "._sync_*.db"),
    "Seafile": (".seafile-data",),
}
_NAMES = {
    "iCloud": ("mobile documents", "icloud drive", "icloudstorage"),
    "Dropbox": ("dropbox",),
    "OneDrive": ("onedrive",),
    "Google Drive": ("google drive", "googledrive", "my drive"),
    "Nextcloud": ("nextcloud", "owncloud"),
    "Syncthing": ("syncthing",),
    "pCloud": ("pclouddrive",),
    "MEGA": ("megasync",),
    "a cloud": ("cloudstorage",),
}


def synced_by(path: Path) -> str:
    """Return the name of the program that seems to carry a file's folder elsewhere; empty where none does."""
    folders = path.absolute().parents
    for folder in folders:
        name = folder.name.lower()
        for program, starts in _NAMES.items():
            if name.startswith(starts):
                return program
    return next((program for folder in folders for program in _marked(folder)), "")


def _marked(folder: Path) -> list[str]:
    try:
        return [program for program, marks in _MARKS.items() if any(chain(*(folder.glob(mark) for mark in marks)))]
    except OSError:
        return []


def conflict_copies(path: Path) -> list[Path]:
    """Return copies of a journal that such programs leave beside it when two machines changed it."""
    try:
        names = sorted(path.parent.glob(f"{escape(path.stem)}*{escape(path.suffix)}"))
    except OSError:
        return []
    return [each for each in names if each != path and "conflict" in each.name.lower()]
