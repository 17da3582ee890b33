"""Reading changes out of a damaged file, page by page, without SQLite, which gives up at the first bad page.

Follows SQLite's file format (sqlite.org/fileformat2.html): a leaf of a table holds records; one of seven texts may be a
change, and its checksum says whether it is. What is not one costs nothing.
"""

from collections.abc import Iterator
from itertools import accumulate, pairwise
from pathlib import Path

from painlog.storage.log.changes import Change

KEEPING_BYTES = "surrogateescape"
_LEAF = bytes([0x0D])
_USUAL_PAGE = 4096
_TEXT_FROM = 13
_SHORTEST = 24 + 36


def carve(path: Path) -> Iterator[tuple[str, ...]]:
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

        Its own header says how long it is. Bytes that are no UTF-8 are kept as half a character each: such a row is
        no change, but it may say which entry has lost one.
        """
        self._take(_SHORTEST)
        _, at = _varint(self._raw, at)
        _, begin = _varint(self._raw, at)
        end, at = _varint(self._raw, begin)
        lengths: list[int] = []
        while at < begin + end:
            sort, at = _varint(self._raw, at)
            if sort < _TEXT_FROM or sort % 2 == 0 or len(lengths) == len(Change._fields):
                return None
            lengths.append((sort - _TEXT_FROM) // 2)
        if len(lengths) != len(Change._fields):
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
