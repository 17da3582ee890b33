"""The whole journal as JSON Lines: every change ever made, in the order of their clocks. The format to keep for ever.

The first line says what the file is and its version, the last one how many changes it holds, so that a file that was
cut short is noticed. Between them is a change a line: ``hlc`` (its clock), ``command``, ``entry``, ``data`` (what it
changed), ``recorded_at``, ``source``, ``checksum`` (CRC-32 over the columns before it). Writing what was read gives the
same bytes. Pure: knows texts and no journal.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from painlog.errors import FileRefused

VERSION = 1
_FORMAT = "painlog-journal"
_COLUMNS = ("hlc", "command", "entry", "data", "recorded_at", "source", "checksum")
compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def is_journal(head: str) -> bool:
    """Whether the beginning of a file says that it is one of these."""
    return head.lstrip("\ufeff").startswith(f'{{"{_FORMAT}":')


def lines(changes: Iterable[Sequence[str]]) -> Iterator[str]:
    """Write changes, each given as its columns, a line each."""
    count = 0
    yield compact({_FORMAT: VERSION}) + "\n"
    for change in changes:
        count += 1
        yield compact(dict(zip(_COLUMNS, change, strict=True)) | {"data": _as_object(change[3])}) + "\n"
    yield compact({"changes": count}) + "\n"


def parse_changes(lines: Iterable[str], name: str) -> Iterator[tuple[str, ...]]:
    """Yield the columns of every change, of the lines of a file, which end at line feeds alone, as JSON has it.

    Raises FileRefused for a file of a newer painlog or a damaged one, if only at its end.
    """
    left = enumerate(lines, 1)
    version = _object(next(left, (1, ""))[1], name, 1).get(_FORMAT)
    if not isinstance(version, int) or isinstance(version, bool):
        raise FileRefused(f"{name} is not a journal that painlog exported")
    if version > VERSION:
        raise FileRefused(f"{name} was written by a newer painlog; update painlog to read it")
    number, last = next(left, (1, ""))
    for following, line in left:
        yield _columns(_object(last, name, number), name, number)
        number, last = following, line
    if number == 1 or _object(last, name, number) != {"changes": number - 2}:
        raise FileRefused(f"{name} was cut short; its last line is missing")


def _as_object(data: str) -> Any:
    """The data as an object where writing that gives the same text, else the text."""
    try:
        found = json.loads(data)
        return found if isinstance(found, dict) and compact(found) == data else data
    except (ValueError, RecursionError):
        return data


def _columns(change: dict[str, Any], name: str, number: int) -> tuple[str, ...]:
    data = change.get("data")
    change["data"] = compact(data) if isinstance(data, dict) else data
    if change.keys() != set(_COLUMNS) or not all(isinstance(value, str) for value in change.values()):
        raise FileRefused(f"{name} is damaged in line {number}")
    return tuple(change[column] for column in _COLUMNS)


def _object(line: str, name: str, number: int) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise FileRefused(f"{name} is damaged in line {number}") from error
    if not isinstance(found, dict):
        raise FileRefused(f"{name} is damaged in line {number}")
    return found
