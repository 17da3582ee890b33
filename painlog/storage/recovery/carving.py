"""Reading changes out of a damaged file, page by page, without SQLite, which gives up at the first bad page.

Follows SQLite's file format (sqlite.org/fileformat2.html): a leaf of a table holds records; one of seven texts may be a
change, and its checksum says whether it is. What is not one costs nothing.
"""

import re
import zlib
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path

from painlog.storage.log.changes import Op

KEEPING_BYTES = "surrogateescape"
_LEAF = bytes([0x0D])
_USUAL_PAGE = 4096
_TEXT_FROM = 13
_SHORTEST = 24 + 36
_HEX = re.compile(r"[0-9a-f]{8}")
_MOST_MENDED = 1500


def carved(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield every row of seven texts that a file's table pages hold, right or wrong. Raises OSError."""
    raw = path.read_bytes()
    for size in {_USUAL_PAGE, _page_size(raw)}:
        yield from _Pages(raw, size).rows()


def _page_size(raw: bytes) -> int:
    said = int.from_bytes(raw[16:18])
    return said if said in {1 << power for power in range(9, 16)} else _USUAL_PAGE


class _Pages:
    """The pages of a file, and how many bytes of records may still be taken from them.

    In a sound file no two records share a byte. So the records of a page, with two ids in each, are at most as long as
    it is (here twice, so that wrong ones leave room for right ones), and the long ones together as the file.
    """

    def __init__(self, raw: bytes, size: int) -> None:
        self._raw, self._size = raw, size
        self._room, self._room_for_long = 0, len(raw)

    def rows(self) -> Iterator[tuple[str, ...]]:
        for start in range(0, len(self._raw), self._size):
            head = start + (100 if start == 0 else 0)
            if self._raw[head : head + 1] == _LEAF:
                self._room = 2 * self._size
                yield from self._of_page(start, head)

    def _of_page(self, start: int, head: int) -> Iterator[tuple[str, ...]]:
        """The rows of one page. A pointer takes two bytes, so there are as many as fit on the page."""
        end = head + 8 + 2 * int.from_bytes(self._raw[head + 3 : head + 5])
        for place in range(head + 8, min(end, start + self._size), 2):
            if self._room < 0:
                return
            try:
                row = self._row(start + int.from_bytes(self._raw[place : place + 2]))
            except IndexError:
                continue
            if row:
                yield row

    def _row(self, at: int) -> tuple[str, ...] | None:
        """The texts of a record that has seven of them and nothing else. Raises IndexError.

        Its own header says how long it is. Bytes that are no UTF-8 are kept as half a character each, so that
        ``mended`` can put one right.
        """
        self._take(_SHORTEST)
        _, at = _varint(self._raw, at)
        _, begin = _varint(self._raw, at)
        end, at = _varint(self._raw, begin)
        lengths: list[int] = []
        while at < begin + end:
            sort, at = _varint(self._raw, at)
            if sort < _TEXT_FROM or sort % 2 == 0 or len(lengths) == len(Op._fields):
                return None
            lengths.append((sort - _TEXT_FROM) // 2)
        if len(lengths) != len(Op._fields):
            return None
        record = self._record(begin, end + sum(lengths))
        ends = accumulate(lengths, initial=end)
        return tuple(record[a:b].decode(errors=KEEPING_BYTES) for a, b in pairwise(ends))

    def _record(self, at: int, length: int) -> bytes:
        """So many bytes from a place on, those on overflow pages too. Raises IndexError where they are not there."""
        here = min(length, self._on_its_page(length))
        self._take(here, length - here)
        found = bytearray(self._raw[at : at + here])
        further = int.from_bytes(self._raw[at + here : at + here + 4])
        while further and len(found) < length and further * self._size <= len(self._raw):
            begin = (further - 1) * self._size
            found += self._raw[begin + 4 : begin + self._size]
            further = int.from_bytes(self._raw[begin : begin + 4])
        if len(found) < length:
            raise IndexError
        return bytes(found[:length])

    def _take(self, here: int, further: int = 0) -> None:
        self._room -= here
        self._room_for_long -= further
        if self._room < 0 or self._room_for_long < 0:
            raise IndexError

    def _on_its_page(self, length: int) -> int:
        """How many bytes of a record stand on the page of its cell."""
        if length <= self._size - 35:
            return length
        least = (self._size - 12) * 32 // 255 - 23
        here = least + (length - least) % (self._size - 4)
        return here if here <= self._size - 35 else least


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    value = 0
    for i in range(9):
        byte = raw[at + i]
        value = value << (8 if i == 8 else 7) | (byte if i == 8 else byte & 0x7F)
        if byte < 0x80 or i == 8:
            return value, at + i + 1
    raise IndexError


def mended(row: tuple[str, ...]) -> Op | None:
    """Put right a change of which one byte is wrong, as its checksum tells; None where that is not what happened.

    Of the 255 other values of each of some hundred bytes, one fits a CRC-32 by chance once in ten thousand rows.
    """
    *columns, stored = row
    raw = chr(31).join(columns).encode(errors=KEEPING_BYTES)
    wanted = f"{zlib.crc32(raw):08x}"
    if len(stored) == len(wanted) and sum(a != b for a, b in zip(stored, wanted, strict=True)) == 1:
        return Op._make([*columns, wanted])
    if len(raw) > _MOST_MENDED or not _HEX.fullmatch(stored):
        return None
    for i, byte in _wrong_bytes(raw, zlib.crc32(raw) ^ int(stored, 16)):
        try:
            parts = (raw[:i] + bytes([byte]) + raw[i + 1 :]).decode().split(chr(31))
        except UnicodeDecodeError:
            continue
        if len(parts) == len(columns):
            return Op._make([*parts, stored])
    return None


def _wrong_bytes(raw: bytes, difference: int) -> Iterator[tuple[int, int]]:
    """Yield each place with the byte that would change a text's CRC-32 by a difference, the last place first.

    A CRC is linear: what one byte changes in it depends on that byte's own change and on how many bytes follow, not on
    what they are. So the difference is taken back byte by byte from the end, until one change explains it.
    """
    steps = _steps()
    for i in range(len(raw) - 1, -1, -1):
        changed = steps.get(difference >> 24, (0, 0))
        if changed[1] == difference:
            yield i, raw[i] ^ changed[0]
        difference = ((difference ^ changed[1]) << 8 | changed[0]) & 0xFFFFFFFF


@cache
def _steps() -> dict[int, tuple[int, int]]:
    """Each change of a last byte, and what it changes in a CRC-32, by the highest byte of that, which none shares."""
    table = {byte: zlib.crc32(bytes([byte])) ^ zlib.crc32(b"\0") for byte in range(256)}
    return {value >> 24: (byte, value) for byte, value in table.items()}
