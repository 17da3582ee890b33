"""Reading changes out of a damaged file, page by page, without SQLite, which gives up at the first bad page.

Follows SQLite's file format (sqlite.org/fileformat2.html): a leaf of a table holds records; one of seven texts may be a
change, and its checksum says whether it is. What is not one costs nothing.
"""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from painlog.storage.ops import Op

KEEPING_BYTES = "surrogateescape"
_LEAF = 0x0D
_USUAL_PAGE = 4096
_TEXT_FROM = 13
_HEX = re.compile(r"[0-9a-f]{8}")
_MOST_MENDED = 1500


def carved(path: Path) -> list[tuple[str, ...]]:
    """Return every row of seven texts that a file's table pages hold, right or wrong. Raises OSError."""
    raw = path.read_bytes()
    rows: list[tuple[str, ...]] = []
    for size in {_USUAL_PAGE, _page_size(raw)}:
        for start in range(0, len(raw), size):
            rows += _rows(raw, start, size)
    return rows


def _page_size(raw: bytes) -> int:
    said = int.from_bytes(raw[16:18])
    return said if said in {1 << power for power in range(9, 16)} else _USUAL_PAGE


def _rows(raw: bytes, start: int, size: int) -> Iterator[tuple[str, ...]]:
    head = start + (100 if start == 0 else 0)
    if raw[head : head + 1] != bytes([_LEAF]):
        return
    for i in range(int.from_bytes(raw[head + 3 : head + 5])):
        place = head + 8 + 2 * i
        try:
            if row := _record(_payload(raw, start + int.from_bytes(raw[place : place + 2]), size)):
                yield row
        except IndexError:
            continue


def _payload(raw: bytes, at: int, size: int) -> bytes:
    """A cell's bytes, those on overflow pages too. Raises IndexError."""
    length, at = _varint(raw, at)
    if length > len(raw):
        raise IndexError
    _, at = _varint(raw, at)
    if length <= size - 35:
        return raw[at : at + length]
    least = (size - 12) * 32 // 255 - 23
    here = least + (length - least) % (size - 4)
    here = here if here <= size - 35 else least
    found, further = bytearray(raw[at : at + here]), int.from_bytes(raw[at + here : at + here + 4])
    while further and len(found) < length and further * size <= len(raw):
        begin = (further - 1) * size
        found += raw[begin + 4 : begin + size]
        further = int.from_bytes(raw[begin : begin + 4])
    return bytes(found[:length])


def _record(payload: bytes) -> tuple[str, ...] | None:
    """The texts of a record that has seven of them and nothing else. Raises IndexError.

    Bytes that are no UTF-8 are kept as half a character each, so that ``mended`` can put one right.
    """
    end, at = _varint(payload, 0)
    lengths: list[int] = []
    while at < end:
        sort, at = _varint(payload, at)
        if sort < _TEXT_FROM or sort % 2 == 0 or len(lengths) == len(Op._fields):
            return None
        lengths.append((sort - _TEXT_FROM) // 2)
    if len(lengths) != len(Op._fields) or end + sum(lengths) > len(payload):
        return None
    texts: list[str] = []
    for length in lengths:
        texts.append(payload[end : end + length].decode(errors=KEEPING_BYTES))
        end += length
    return tuple(texts)


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
    for i in range(len(raw)):
        if found := _with_other_byte(raw, i, int(stored, 16)):
            parts = found.split(chr(31))
            return Op._make([*parts, stored]) if len(parts) == len(columns) else None
    return None


def _with_other_byte(text: bytes, i: int, right: int) -> str:
    """The text with another byte at a place, so that its CRC-32 is the right one; empty where none is."""
    begun, rest, old = zlib.crc32(text[:i]), text[i + 1 :], text[i]
    for byte in range(256):
        if byte != old and zlib.crc32(rest, zlib.crc32(bytes([byte]), begun)) == right:
            try:
                return (text[:i] + bytes([byte]) + text[i + 1 :]).decode()
            except UnicodeDecodeError:
                return ""
    return ""
