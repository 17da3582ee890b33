"""Change files: how devices hand each other changes through a folder that something else carries. Pure.

A file is written once and never changed. Its first line says its version, how many changes it holds, how many bytes
follow and their SHA-256, so that one that was cut short, mixed up or arrived in part is noticed. Each further line is a
change: a JSON array of the columns of ``jsonl``, its data as a text, to the byte as the journal holds it. The name says
what is in it too (the first clock, random digits, the hash), but nothing goes by the name.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence, Sized
from hashlib import sha256
from typing import Any

from painlog.errors import FileRefused
from painlog.exchange.jsonl import compact

VERSION = 1
MOST_BYTES = 64 * 2**20
_ENOUGH = 16 * 2**20  # from here on another file is begun
_LONGEST_HEAD = 300
_TOGETHER = 500  # changes that are read at a time
_MAGIC = b'{"painlog":'
_NAME = re.compile(r"[0-9a-f]{24}-[0-9a-f]{8}-[0-9a-f]{16}")
HEAD_DAMAGED = "its first line is damaged"
ALTERED = "its bytes are not those that were written"
_NO_CHANGES = "its lines are no changes"


def is_changes(head: bytes, name: str = "") -> bool:
    """Whether the beginning of a file, or its name, says that it is one of these."""
    return head.startswith(_MAGIC) or _NAME.match(name) is not None


def line(change: Sequence[str]) -> bytes:
    """Write one change; equal changes give equal lines."""
    return compact(list(change)).encode()


def pack(lines: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """Put lines into files, of some megabytes at most; return each file's name and content."""
    held: list[bytes] = []
    size = 0
    for each in lines:
        held.append(each)
        size += len(each)
        if size >= _ENOUGH:
            yield _one_file(held)
            held, size = [], 0
    if held:
        yield _one_file(held)


def unpack(raw: bytes) -> list[bytes]:
    """Return the lines of a whole file. Raises FileRefused, which says what is wrong with it, for any other."""
    if not raw:
        raise FileRefused("it is empty")
    head, *lines = raw.split(b"\n")
    count, size, hashed = _read_head(head)
    body = memoryview(raw)[len(head) + 1 :]
    check_length(body, size)
    if sha256(body).hexdigest() != hashed or len(body) > size:
        raise FileRefused(ALTERED)
    if len(lines) > 1 and not lines[-1]:
        lines.pop()
    if len(lines) != count:
        raise FileRefused(HEAD_DAMAGED)
    return lines


def check_length(body: Sized, size: int) -> None:
    """Raise FileRefused where less is here than the first line says."""
    if len(body) < size:
        raise FileRefused(f"{len(body):,} of {size:,} bytes are here")


def parse_lines(lines: Iterable[bytes]) -> list[tuple[str, ...]]:
    """Read lines as changes, each as its columns. Raises FileRefused."""
    try:
        found = json.loads(b"[" + b",".join(lines) + b"]")
    except (ValueError, RecursionError) as error:
        raise FileRefused(_NO_CHANGES) from error
    if not all(isinstance(change, list) for change in found):
        raise FileRefused(_NO_CHANGES)
    return [tuple(change) for change in found]


class LineChanges:
    """The changes that lines hold, each as its columns; read anew each time, so that few are in memory at once.

    Going through them raises FileRefused.
    """

    def __init__(self, lines: Sequence[bytes]) -> None:
        self._lines = lines

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        for start in range(0, len(self._lines), _TOGETHER):
            yield from parse_lines(self._lines[start : start + _TOGETHER])


def _one_file(lines: Sequence[bytes]) -> tuple[str, bytes]:
    body = b"".join(each + b"\n" for each in lines)
    hashed = sha256(body).hexdigest()
    head = {"painlog": VERSION, "changes": len(lines), "size": len(body), "sha256": hashed}
    first = json.loads(lines[0])[0]
    return f"{first}-{os.urandom(4).hex()}-{hashed[:16]}.jsonl", compact(head).encode() + b"\n" + body


def _read_head(head: bytes) -> tuple[int, int, str]:
    """How many changes and bytes the first line says that there are, and their hash. Raises FileRefused."""
    try:
        head_data: Any = json.loads(head[:_LONGEST_HEAD])
        version, count, size, hashed = (head_data.get(name) for name in ("painlog", "changes", "size", "sha256"))
    except (ValueError, AttributeError, RecursionError) as error:
        raise FileRefused(HEAD_DAMAGED) from error
    if type(version) is int and version > VERSION:
        raise FileRefused("a newer painlog wrote it; update painlog to read it")
    if [type(each) for each in (version, count, size, hashed)] != [int, int, int, str]:
        raise FileRefused(HEAD_DAMAGED)
    return count, size, hashed
