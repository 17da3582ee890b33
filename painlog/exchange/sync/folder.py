"""A shared folder of change files: what is in it, and one more file for it. Knows files and no journal.

Every good file counts, wherever it lies and whatever it is called, so copies that a carrier renamed are read like all
others. What begins with a dot is the carrier's own business: its keepsakes reach no other device. Nothing is remembered
from one time to the next, so nothing that happens to the folder can mislead: what no good file holds is written again.
"""

import os
import re
import stat
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from painlog.errors import FileRefused, reason
from painlog.exchange.files import write_file
from painlog.exchange.sync import encrypted_files
from painlog.exchange.sync.change_files import MOST_BYTES, is_changes, pack, unpack

PLACE = "changes"
_HEAD = 64
_UNFINISHED = re.compile(r"\.[0-9a-f]{24}-[0-9a-f]{8}-")


class Folder(NamedTuple):
    """The change files of a folder by their names below it: lines of the good ones, what is wrong with the others.

    ``locked`` holds the bytes of sealed files that were not opened, ``secrets`` the secret of each sealed one among the
    good.
    """

    good: dict[str, list[bytes]]
    bad: dict[str, str]
    locked: dict[str, bytes]
    secrets: dict[str, bytes]

    def plain(self) -> list[str]:
        """Name the good files that anyone can read."""
        return [name for name in self.good if name not in self.secrets]

    def former(self, secrets: Sequence[bytes]) -> set[str]:
        """Name the good files that are sealed, but not with the first secret, which is the one in use."""
        return {name for name, secret in self.secrets.items() if secret != secrets[0]}


def is_missing(folder: Path) -> bool:
    """Whether nothing is there, in a folder that is."""
    try:
        folder.lstat()
    except FileNotFoundError:
        return folder.parent.is_dir()
    except OSError:
        return False  # which is said by what makes or reads it
    return False


def make_folder(folder: Path) -> Path:
    """Make a folder where its place is there. Raises FileRefused where it is not, or something else is."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except FileExistsError:
        raise FileRefused(f"{folder} is no folder; name one that your devices share") from None
    except OSError as error:
        raise FileRefused(f"cannot make the folder {folder}: {reason(error)}") from error
    return folder


def read(folder: Path) -> Folder:
    """Read a folder and all below it, sealed files unopened. Raises FileRefused where it cannot be listed."""
    found = Folder({}, {}, {}, {})
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        try:
            raw = _content(path)
            if raw is not None and raw.startswith(encrypted_files.MAGIC):
                found.locked[name] = raw
            elif raw is not None:
                found.good[name] = unpack(raw)
        except FileRefused as refused:
            found.bad[name] = str(refused)
        except OSError as error:
            if is_changes(b"", path.name):
                found.bad[name] = f"it cannot be read ({reason(error)})"
    return found


def decrypt_files(found: Folder, secrets: Iterable[bytes]) -> Folder:
    """Open the sealed files of a folder that one of the secrets opens. Raises PartMissing."""
    known = {encrypted_files.mark_of(secret): secret for secret in secrets}
    good, bad, by = dict(found.good), dict(found.bad), dict(found.secrets)
    locked: dict[str, bytes] = {}
    for name, raw in found.locked.items():
        try:
            if secret := known.get(encrypted_files.mark_in(raw)):
                good[name] = unpack(encrypted_files.decrypt(raw, secret))
                by[name] = secret
            else:
                locked[name] = raw
        except FileRefused as refused:
            bad[name] = str(refused)
    return Folder(good, bad, locked, by)


def write(folder: Path, device: str, lines: Iterable[bytes], secret: bytes | None = None) -> list[str]:
    """Write lines as new files of a device, sealed with a secret if there is one; return their names below the folder.

    Raises FileRefused, PartMissing.
    """
    place = folder / PLACE / device
    written = []
    for plain in pack(lines):
        name, content = encrypted_files.encrypt(plain[1], secret) if secret else plain
        try:
            place.mkdir(parents=True, exist_ok=True, mode=0o700)
        except (FileExistsError, NotADirectoryError):
            raise FileRefused(f"a file stands where the folder {place} is to be; move it away") from None
        except OSError as error:
            raise FileRefused(f"cannot write to {place}: {reason(error)}; your journal is safe") from error
        write_file(place / name, content, force=False)
        written.append((place / name).relative_to(folder).as_posix())
    return written


def find_covered(files: Mapping[str, list[bytes]], lines: Iterable[bytes]) -> list[str]:
    """Name the files under ``PLACE`` that hold nothing but these lines."""
    known = set(lines)
    return [name for name, held in files.items() if name.startswith(f"{PLACE}/") and known.issuperset(held)]


def find_unfinished(folder: Path) -> list[str]:
    """Name what a painlog that was stopped while it wrote left behind."""
    found = (folder / PLACE).glob("*/.*.tmp")
    return [path.relative_to(folder).as_posix() for path in found if _UNFINISHED.match(path.name)]


def remove(folder: Path, names: Iterable[str]) -> None:
    """Remove files. Raises FileRefused."""
    for name in names:
        try:
            (folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise FileRefused(f"cannot remove {folder / name}: {reason(error)}; nothing is lost by it") from error


def _files(folder: Path) -> Iterable[Path]:
    """Every file below a folder by name, but for what begins with a dot. Raises FileRefused for an unreadable one."""

    def refuse(error: OSError) -> None:
        if isinstance(error, FileNotFoundError) and error.filename != str(folder):
            return  # gone since its parent was listed
        raise FileRefused(f"cannot read the folder {error.filename}: {reason(error)}") from error

    for place, directories, names in os.walk(folder, onerror=refuse):
        directories[:] = sorted(each for each in directories if not each.startswith("."))
        yield from (Path(place, name) for name in sorted(names) if not name.startswith("."))


def _content(path: Path) -> bytes | None:
    """What a change file holds, None for another sort of file. Raises FileRefused for too large a one, OSError."""
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode):
        return None
    with path.open("rb") as file:
        if not is_changes(file.read(_HEAD), path.name):
            return None
        if found.st_size > MOST_BYTES:
            raise FileRefused(f"it is larger than {MOST_BYTES // 2**20} MB")
        file.seek(0)
        return file.read(MOST_BYTES + 1)
