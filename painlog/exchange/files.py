"""Reading and writing files that are not the journal: whole or not at all, for the person's eyes alone."""

import contextlib
import os
import secrets
from pathlib import Path

from painlog.errors import FileRefused


def read_text(path: Path) -> str:
    """Read a text file as UTF-8 (with or without a byte order mark), UTF-16 or, failing both, Windows-1252."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise FileRefused(f"cannot read {path}: {_reason(error)}") from error
    return decode(raw, str(path))


def decode(raw: bytes, name: str) -> str:
    """Decode what a file or standard input holds. Raises FileRefused for what is no text."""
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if wide else ["utf-8-sig", "cp1252"]
    if wide or b"\0" not in raw:
        for encoding in encodings:
            with contextlib.suppress(UnicodeDecodeError):
                return raw.decode(encoding)
    raise FileRefused(f"{name} is not a text file")


def write_text(path: Path, text: str, *, force: bool) -> None:
    """Write a file of mode 0600 beside its place and move it there. Raises FileRefused, also where one is in the way.

    A link at the place is replaced, never followed.
    """
    if not force and os.path.lexists(path):
        raise FileRefused(f"{path} is already there; --force writes over it")
    temporary = path.with_name(f".{path.name[:40]}.{secrets.token_hex(4)}.tmp")
    try:
        descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="", errors="replace") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise FileRefused(f"cannot write {path}: {_reason(error)}; nothing was written") from error


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
