"""A file to import from: bytes within limits, as text, as a table, as JSON, as the members of a zip.

Nothing here trusts the file: sizes are bounded, a zip that swells is refused, a quote that is never closed too.
"""

import codecs
import csv
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import IO, Any, NamedTuple

from painlog.errors import FileRefused, reason
from painlog.exchange.files import decode, refuse_endless, text_lines

HEAD = 65_536
MOST_COLUMNS = 2_000
MOST_TEXT = 256_000_000  # bytes that are read at once; what is larger is streamed
MOST_UNPACKED = 16_000_000_000
MOST_RATIO = 1_100  # of DEFLATE itself; beyond it something else is packed
MOST_MEMBERS = 200_000
_SEPARATORS = ",;\t"
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others unpack as much as they like at once
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error, NotImplementedError)


class Row(NamedTuple):
    """A row of a table by column names, and its number in the file, the header being row 1."""

    number: int
    cells: dict[str, str]


class Table(NamedTuple):
    """Column names, stripped of spaces, and the rows under them."""

    columns: tuple[str, ...]
    rows: Iterator[Row]


class Source:
    """One file, or bytes that came another way. ``member`` names a file within a zip; without it the whole is meant."""

    def __init__(self, path: Path, raw: bytes | None = None) -> None:
        self.path, self._raw = path, raw
        if raw is not None:
            self.size, self.head = len(raw), raw[:HEAD]
            return
        try:
            refuse_endless(path)
            self.size = path.stat().st_size
            with path.open("rb") as file:
                self.head = file.read(HEAD)
        except (OSError, ValueError) as error:  # a NUL in the name
            why = reason(error) if isinstance(error, OSError) else str(error)
            raise FileRefused(f"cannot read {path}: {why}") from error

    @cached_property
    def is_zip(self) -> bool:
        """Whether it is a zip that can be read. Raises FileRefused for a damaged one."""
        return self.head.startswith(b"PK\x03\x04") and bool(self.members)

    @cached_property
    def members(self) -> tuple[str, ...]:
        """Names of the files in a zip; none for another file. Raises FileRefused for a damaged one."""
        return tuple(self._members)

    @cached_property
    def _zip(self) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(self.path if self._raw is None else io.BytesIO(self._raw))
        except _DAMAGE as error:
            raise FileRefused(f"{self.path} is damaged: it opens as a zip and is none that can be read") from error

    @cached_property
    def _members(self) -> dict[str, zipfile.ZipInfo]:
        if not self.head.startswith(b"PK\x03\x04"):
            return {}
        found = self._zip.infolist()
        unpacked, packed = sum(each.file_size for each in found), sum(each.compress_size for each in found)
        if len(found) > MOST_MEMBERS or unpacked > MOST_UNPACKED or any(_swells(each) for each in found):
            raise FileRefused(f"{self.path} unpacks to more than any diary holds; it is left alone")
        if packed > self.size:
            raise FileRefused(f"{self.path} is damaged or made to mislead: its members overlap; it is left alone")
        return {each.filename: each for each in found if _is_a_file(each.filename)}

    @property
    def unpacked(self) -> int:
        """Bytes that there are to read: of a zip, those of all its members."""
        return sum(each.file_size for each in self._members.values()) if self.is_zip else self.size

    def candidates(self, ending: str | tuple[str, ...]) -> list[str]:
        """Return the members whose names end so, or in one of some ways, in small letters.

        Without a zip it is the empty name, the file itself.
        """
        return [name for name in self.members if name.lower().endswith(ending)] if self.is_zip else [""]

    def find_member(self, ending: str) -> str:
        """Return the first member whose name ends so, whatever its case; empty where there is none."""
        return next((name for name in self.members if name.lower().endswith(ending.lower())), "")

    def open(self, member: str = "") -> IO[bytes]:
        """Open the file, or a member of it, to read bytes. Raises FileRefused."""
        try:
            if not member:
                return self.path.open("rb") if self._raw is None else io.BytesIO(self._raw)
            packed = self._members[member]
            if packed.flag_bits & 1:
                raise FileRefused(f"{self.path} is locked with a password; unpack it first, then import what is in it")
            if packed.compress_type not in _PACKED:
                raise FileRefused(f"{self.path} is packed in a way that painlog does not read; unpack it first")
            return io.BufferedReader(_CheckedMember(self._zip.open(packed), self.path), HEAD)
        except (*_DAMAGE, KeyError, RuntimeError) as error:
            raise FileRefused(f"cannot read {member or self.path}: it is damaged") from error

    def read(self, member: str = "") -> bytes:
        """Return all bytes. Raises FileRefused for more than ``MOST_TEXT``."""
        with self.open(member) as file:
            raw = file.read(MOST_TEXT + 1)
        if len(raw) > MOST_TEXT:
            raise FileRefused(f"{member or self.path} is too large for a diary")
        return raw

    def text(self, member: str = "") -> str:
        """Return the file as text: UTF-8 with or without a mark, UTF-16, else Windows-1252. Raises FileRefused."""
        return decode(self.read(member), member or str(self.path))

    def lines(self) -> Iterator[str]:
        """Go through the file's lines of text, without holding all of it. Raises FileRefused as ``text`` does."""
        if self.size > MOST_TEXT:
            raise FileRefused(f"{self.path} is too large for a diary")
        return text_lines(self.open(), str(self.path))

    def start(self, member: str = "") -> str:
        """Return the beginning of the file as text, whatever its end; empty for what is no text."""
        if not member:
            return _start(self.head)
        with self.open(member) as file:
            return _start(file.read(HEAD))

    def json(self, member: str = "") -> Any:
        """Return what a JSON file holds. Raises FileRefused."""
        try:
            return json.loads(self.text(member))
        except (ValueError, RecursionError, MemoryError) as error:
            raise FileRefused(f"{member or self.path} is damaged: no whole JSON") from error

    def columns(self, member: str = "", *, skip: int = 0) -> tuple[str, ...]:
        """Return the column names in the line after ``skip`` lines; none where that is no table's header."""
        lines = _lines(self.start(member), skip + 1)[skip:]
        try:
            cells = next(csv.reader(lines, delimiter=_separator(lines[0])), []) if lines else []
        except csv.Error:
            return ()
        return tuple(cell.strip() for cell in cells)

    def table(self, member: str = "", *, skip: int = 0) -> Table:
        """Read a table with a header, after ``skip`` lines; empty rows are passed over. Raises FileRefused.

        A row's cells are stripped of spaces at their ends; a row that is too short lacks its last columns.
        """
        name = member or str(self.path)
        text = self.text(member)
        if skip:
            text = "\n".join(_lines(text)[skip:])
        return read_table(text, name, skip)

    def rows(self, member: str = "") -> Iterator[tuple[int, list[str]]]:
        """Every row of a file without one header for all, by its number; cells are as written. Raises FileRefused."""
        name, text = member or str(self.path), self.text(member)
        return _read(_reader(text), name, 0)


def _is_a_file(name: str) -> bool:
    """Whether a member's name in a zip is one that an app gives a file: no folder's, not empty, in one line.

    Beside each file macOS packs a shadow of it, which is none.
    """
    return bool(name) and name[-1] != "/" and min(name) >= " " and "__MACOSX" not in name


def read_table(text: str, name: str, skip: int = 0) -> Table:
    """Read a text as a table, see ``Source.table``. Raises FileRefused."""
    reader = _reader(text)
    try:
        header = tuple(cell.strip() for cell in next(reader, []))
    except csv.Error as error:
        raise FileRefused(f"{name} is damaged in its first row: {error}") from error
    if len(header) > MOST_COLUMNS:
        raise FileRefused(f"{name} has {len(header):,} columns; no diary has")
    return Table(header, _rows(reader, header, name, skip))


def _rows(reader: Any, header: tuple[str, ...], name: str, skip: int) -> Iterator[Row]:
    for number, cells in _read(reader, name, skip + 1):
        stripped = [cell.strip() for cell in cells]
        if any(stripped):
            yield Row(number, dict(zip(header, stripped, strict=False)))


def _reader(text: str) -> Any:
    csv.field_size_limit(MOST_TEXT)
    line = next(iter(_lines(text, 1)), "")
    return csv.reader(io.StringIO(text, newline=""), delimiter=_separator(line), strict=True)


def _read(reader: Any, name: str, number: int) -> Iterator[tuple[int, list[str]]]:
    try:
        for cells in reader:
            number += 1
            yield number, cells
    except csv.Error as error:
        raise FileRefused(f"{name} is damaged after row {number}: {error}") from error


def _lines(text: str, most: int = -1) -> list[str]:
    """The first ``most`` lines of a text; a line ends as csv has it, not at the rarer breaks of ``splitlines``."""
    ends = "\n" if "\n" in text else "\r"
    found = [line.removesuffix("\r") for line in text.split(ends, most)]
    return found[:most] if most >= 0 else found


def _separator(line: str) -> str:
    return max(_SEPARATORS, key=line.count)


def _start(raw: bytes) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        with suppress(UnicodeDecodeError):
            return raw[: len(raw) // 2 * 2].decode("utf-16", errors="ignore")
    if b"\0" in raw:
        return ""
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(raw)
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _swells(found: zipfile.ZipInfo) -> bool:
    return found.file_size > HEAD and found.file_size > MOST_RATIO * max(1, found.compress_size)


class _CheckedMember(io.RawIOBase):
    """A member of a zip whose damage is said in a sentence, wherever in it that shows."""

    def __init__(self, file: IO[bytes], path: Path) -> None:
        self._file, self._path = file, path

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        try:
            found = self._file.read(len(buffer))
        except _DAMAGE as error:
            raise FileRefused(f"{self._path} is damaged: its end, or a part of it, is missing") from error
        buffer[: len(found)] = found
        return len(found)

    def close(self) -> None:
        self._file.close()
        super().close()
