"""Ops that come from elsewhere: looked over one by one before any is written, then folded like one's own. Pure.

An op carries its own checksum, so what was damaged on its way is noticed; its shape is checked too, since a checksum is
no proof of who wrote it.
"""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from painlog.errors import BadInput
from painlog.storage.ops import EntryRow, Op, checksum, fold

_HLC = re.compile(r"[0-9a-f]{24}")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOST_OFFSET = 24 * 60


def checked(found: Iterable[Sequence[str]]) -> list[Op]:
    """Return ops in the order of their clocks. Raises BadInput for one that is none."""
    ops = []
    for number, columns in enumerate(found, 1):
        if len(columns) != len(Op._fields) or not all(isinstance(column, str) for column in columns):
            raise BadInput(f"change {number:,} is damaged: it is not what painlog writes")
        op = Op(*columns)
        if op.checksum != checksum(*op[:-1]):
            raise BadInput(f"change {number:,} is damaged: its checksum differs")
        if not (_HLC.fullmatch(op.hlc) and _ID.fullmatch(op.entry) and _is_change(op)):
            raise BadInput(f"change {number:,} is damaged: it is not what painlog writes")
        ops.append(op)
    return sorted(ops)


def refolded(entry: str, changes: Sequence[tuple[str, str]]) -> EntryRow:
    """Return the entry that follows from ops, as ``fold`` does. Raises BadInput where its beginning is missing."""
    try:
        return fold(entry, changes)
    except KeyError:
        raise BadInput(f"entry {entry} has no beginning here; its first change is missing") from None


def _is_change(op: Op) -> bool:
    """Whether an op's data is what the fold can read."""
    try:
        data: Any = json.loads(op.data)
        datetime.fromisoformat(op.recorded_at)
    except (ValueError, RecursionError):
        return False
    return (
        isinstance(data, dict)
        and isinstance(data.get("fields", {}), dict)
        and isinstance(data.get("origin", {}), dict)
        and data.get("deleted", 0) in (0, 1)
        and all(isinstance(data.get(name, ""), str) for name in ("kind", "zone"))
        and _is_when(data)
    )


def _is_when(data: dict[str, Any]) -> bool:
    offset = data.get("utc_offset", 0)
    if not isinstance(offset, int) or isinstance(offset, bool) or not -_MOST_OFFSET < offset < _MOST_OFFSET:
        return False
    try:
        at = data.get("at")
        return date.fromisoformat(data.get("day", "2000-01-01")).isoformat() == data.get("day", "2000-01-01") and (
            at is None or datetime.fromisoformat(at).utcoffset() is not None
        )
    except (ValueError, TypeError):
        return False
