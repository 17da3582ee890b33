"""What lies beside a journal and is not the journal: files that were never finished, and drafts of an editor.

Each is named after its journal, so that a journal finds its own and no other's.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

DRAFT = "entry.toml"
SIDE_FILES = ("-journal", "-wal", "-shm")
ASIDE = "-damaged-"  # stands behind that name where a file was kept aside
BACKUP = r"-(\d{8}T\d{6})Z?-([a-z]+)\d*-[0-9a-f]{4}"  # what stands behind the journal's own name: when, and why
_IN_MEMORY = ("tmpfs", "ramfs")


def stem(path: Path) -> str:
    """Return how the names of a journal's own files begin, which no other journal beside it shares."""
    return path.stem if path.suffix == ".db" else path.name if path.suffix else f"{path.name}."


def unfinished(path: Path) -> Path:
    """Where a journal is written anew; what stands there was never finished."""
    return path.with_name(f"{path.name}.new")


def unfinished_files(path: Path) -> list[Path]:
    """Return what commands that were interrupted left of a journal: whole or half copies of it, of use to nobody."""
    in_backups = unfinished_backups(path, path.parent / "backups")
    return [*with_sides(unfinished(path)), *in_backups, *_unfinished_aside(path)]


def clear(path: Path) -> list[Path]:
    """Remove what was to become this journal and was never finished; return what is gone."""
    return remove(with_sides(unfinished(path)))


def remove(files: Iterable[Path]) -> list[Path]:
    """Remove files as far as the system lets one, and return which are gone."""
    gone = []
    for each in files:
        with suppress(OSError):
            each.unlink()
            gone.append(each)
    return gone


def with_sides(path: Path) -> list[Path]:
    """Return a file, after those that SQLite keeps beside one, as far as they are there."""
    return [each for side in (*SIDE_FILES, "") if os.path.lexists(each := path.with_name(path.name + side))]


def unfinished_backups(path: Path, folder: Path) -> list[Path]:
    """Return what was to become a backup of a journal in a folder, with the files that SQLite kept beside it."""
    named = re.compile(rf"{re.escape(stem(path))}{BACKUP}\.tmp(?:{'|'.join(SIDE_FILES)})?")
    return sorted(each for each in _names(folder) if named.fullmatch(each.name))


def _unfinished_aside(path: Path) -> list[Path]:
    """Parts of a journal that was to be copied aside."""
    begins = f"{stem(path)}{ASIDE}"
    aside = [each for each in _names(path.parent) if each.name.startswith(begins) and each.suffix != ".db"]
    return sorted(each for each in aside if each.suffix == ".new" or not each.with_suffix(".db").exists())


def _names(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def draft_folders(path: Path) -> Iterator[Path]:
    """Yield the folders in which drafts of a journal's entries lie."""
    for place, begins in ((path.parent, _beside(path)), *((each, _elsewhere(path)) for each in memory_places())):
        try:
            yield from sorted(each for each in place.iterdir() if each.name.startswith(begins))
        except OSError:
            continue


def drafts(path: Path) -> list[Path]:
    """Return every file that an editor, or painlog for it, left of a journal's entries."""
    return [each for folder in draft_folders(path) for each in sorted(folder.rglob("*")) if not each.is_dir()]


def new_draft_folder(path: Path, *, in_memory: bool) -> Path:
    """Make a folder for a draft that nobody else can look into. Raises OSError.

    ``in_memory``: where nothing reaches a disk, if the machine has such a place.
    """
    place = next(iter(memory_places()), None) if in_memory else None
    name = _elsewhere(path) if place else _beside(path)
    folder = (place or path.parent) / f"{name}{os.urandom(4).hex()}"
    folder.mkdir(mode=0o700)
    return folder


def memory_places() -> list[Path]:
    """Return folders that are kept in memory, where there are any; the person's own first."""
    if sys.platform != "linux":
        return []
    named = [os.environ.get("XDG_RUNTIME_DIR", ""), "/dev/shm"]  # noqa: S108  (a folder of one's own is made in it)
    return [Path(each) for each in dict.fromkeys(named) if each[:1] == "/" and is_in_memory(Path(each))]


def is_in_memory(place: Path) -> bool:
    """Whether a folder that may be written to lies on a file system that the machine keeps in memory."""
    try:
        mounts = [line.split() for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()]
        whole = place.resolve(strict=True)
    except (OSError, ValueError):
        return False
    over = [each for each in mounts if len(each) > 2 and whole.is_relative_to(each[1].replace("\\040", " "))]
    nearest = max(over, key=lambda each: len(each[1]), default=None)
    return bool(nearest and nearest[2] in _IN_MEMORY and os.access(place, os.W_OK | os.X_OK))


def _beside(path: Path) -> str:
    return f"{path.name}.draft-"


def _elsewhere(path: Path) -> str:
    return f"painlog-draft-{sha256(os.fsencode(path.absolute())).hexdigest()[:12]}-"
