"""Reading and writing files that are not the journal: whole or not at all, for the person's eyes alone."""

import codecs
import contextlib
import io
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from painlog.errors import FileRefused, reason

STANDARD_OUTPUT = Path("-")
_BLOCK = 2**20


def refuse_endless(path: Path) -> None:
    """Refuse what is there and no plain file: a pipe or a device may never end. Raises FileRefused, OSError."""
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        sort = "a folder" if stat.S_ISDIR(mode) else "a pipe" if stat.S_ISFIFO(mode) else "a device"
        raise FileRefused(f"{path} is {sort}, not a file; save it as one first")


def read_text(path: Path) -> str:
    """Read a text file; see ``decode``."""
    try:
        refuse_endless(path)
        raw = path.read_bytes()
    except OSError as error:
        raise FileRefused(f"cannot read {path}: {reason(error)}") from error
    return decode(raw, str(path))


def decode(raw: bytes, name: str) -> str:
    """Decode UTF-8 (with or without a byte order mark), UTF-16 or, failing both, Windows-1252.

    Raises FileRefused for what is no text.
    """
    return raw.decode(_find_encoding(io.BytesIO(raw), name))


def text_lines(file: IO[bytes], name: str) -> Iterator[str]:
    """Go through the lines of an open file, which end at line feeds alone, decoded as ``decode`` does.

    Raises FileRefused for what is no text.
    """
    with io.TextIOWrapper(file, _find_encoding(file, name), newline="\n") as text:
        for line in text:
            yield line.removesuffix("\n")


def _find_encoding(file: IO[bytes], name: str) -> str:
    """Which encoding a whole file can be read in; it is then at its start. Raises FileRefused for what is no text."""
    file.seek(0)
    wide = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    for encoding in ["utf-16"] if wide else ["utf-8-sig", "cp1252"]:
        decoder = codecs.getincrementaldecoder(encoding)()
        with contextlib.suppress(UnicodeDecodeError):
            file.seek(0)
            while block := file.read(_BLOCK):
                if not wide and b"\0" in block:
                    raise FileRefused(f"{name} is not a text file")
                decoder.decode(block)
            decoder.decode(b"", final=True)
            file.seek(0)
            return encoding
    raise FileRefused(f"{name} is not a text file")


def in_place(output: Path, usual: str) -> Path:
    """Return the file to write: ``output`` itself, or the file named as ``usual`` where it is a directory."""
    return output / usual if is_folder(output) else output


def is_folder(path: Path) -> bool:
    """Whether a directory is there; not where that cannot be told, which is said by what opens it."""
    with contextlib.suppress(OSError):
        return path.is_dir()
    return False


Content = str | bytes | Iterable[str]


def write_directory(path: Path, files: Mapping[str, Content], *, force: bool) -> None:
    """Write files into a directory of mode 0700, made with all of them at once where there is none.

    Where there is one, nothing of it is written over unless ``force`` says so. Raises FileRefused.
    """
    taken = [path / name for name in files if os.path.lexists(path / name)] if is_folder(path) else []
    if os.path.lexists(path) and not is_folder(path):
        raise FileRefused(f"{path} is not a directory")
    if taken and not force:
        raise FileRefused(_in_the_way(taken[0]))
    made = path.with_name(f".{path.name[:40]}.{os.urandom(4).hex()}.tmp")
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        made.mkdir(mode=0o700)
        for name, content in files.items():
            write_file(made / name, content, force=force)
        _move(made, files, path)
    except OSError as error:
        raise FileRefused(f"cannot write {path}: {reason(error)}") from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _move(made: Path, names: Iterable[str], path: Path) -> None:
    """Move a directory to its place, or its files into the one that is there."""
    if not path.is_dir():
        made.replace(path)
        return
    for name in names:
        (made / name).replace(path / name)


def _in_the_way(path: Path) -> str:
    return f"{path} is already there; --force writes over it"


def write_file(path: Path, content: Content, *, force: bool) -> None:
    """Write a file of mode 0600 beside its place and move it there. Raises FileRefused, also where one is in the way.

    A link at the place is replaced, never followed. Parts of a text are written as they come.
    """
    if not force and os.path.lexists(path):
        raise FileRefused(_in_the_way(path))
    temporary = path.with_name(f".{path.name[:40]}.{os.urandom(4).hex()}.tmp")
    try:
        if path.exists() and not path.is_file():
            raise FileRefused(f"{path} is not a plain file; leave out -o to write to standard output")
        descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                for part in [content] if isinstance(content, str | bytes) else content:
                    file.write(part if isinstance(part, bytes) else part.encode("utf-8", errors="replace"))
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise FileRefused(f"cannot write {path}: {reason(error)}; nothing was written") from error
