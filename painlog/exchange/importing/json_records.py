"""A plain list of records in JSON as a table: a row a record, a column for each name in any of them. Pure.

A record within a record has its names behind that of the whole: ``sleep hours``. A list of words is joined by
semicolons. A list of lists or of records is no plain one, and not read.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from painlog.errors import FileRefused
from painlog.exchange.importing.source import MOST_COLUMNS, Source

_OPENING = re.compile(r"\s*\[\s*\{")
_MOST = 50_000_000  # bytes


def are_records(source: Source) -> bool:
    """Whether a file is a plain list of records."""
    return bool(_records(source))


def record_rows(source: Source) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table of records by number, the header first."""
    records = _records(source)
    names = list(dict.fromkeys(name for record in records for name in record))
    if len(names) > MOST_COLUMNS:
        raise FileRefused(f"{source.path} has {len(names):,} names in its records; no diary has")
    yield 1, names
    for number, record in enumerate(records, 2):
        yield number, [record.get(name, "") for name in names]


@lru_cache(2)
def _records(source: Source) -> tuple[dict[str, str], ...]:
    """The records as texts by name; none where it is another file."""
    if source.is_zip or source.size > _MOST or not _OPENING.match(source.start()):
        return ()
    try:
        found = source.json()
    except FileRefused:
        return ()
    if not isinstance(found, list) or not all(isinstance(record, dict) and _is_plain(record) for record in found):
        return ()
    return tuple(_flat(record) for record in found)


def _is_plain(record: dict[str, Any]) -> bool:
    inside = [one for value in record.values() if isinstance(value, dict) for one in value.values()]
    return all(
        not isinstance(one, dict | list) or (isinstance(one, list) and not any(isinstance(e, dict | list) for e in one))
        for one in (*inside, *(value for value in record.values() if not isinstance(value, dict)))
    )


def _flat(record: dict[str, Any], above: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in record.items():
        called = " ".join(f"{above} {name}".split())
        found |= _flat(value, called) if isinstance(value, dict) else {called: _cell(value)}
    return found


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(filter(None, map(_cell, value)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value).strip()
