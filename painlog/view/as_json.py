"""Values as JSON: one shape for every report value, with a version, UTC instants and nothing left out."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from painlog.domain.entries import Entry
from painlog.domain.language.dates import offset_minutes, utc_text
from painlog.domain.variables import Variable

VERSION = 1


def as_json(name: str, value: Any, **more: Any) -> str:
    """Write ``{"painlog": 1, name: value}``, indented, ``more`` within an object's value. Controls leave as escapes."""
    plain = _plain(value) | _plain(more) if more else _plain(value)
    return json.dumps({"painlog": VERSION, name: plain}, ensure_ascii=True, indent=2)


def _plain(value: Any) -> Any:
    if isinstance(value, Entry):
        return _entry(value)
    if isinstance(value, Variable):
        return value.name
    if hasattr(value, "_asdict"):
        return _plain(value._asdict())
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(each) for each in value]
    return _rounded(value) if isinstance(value, float) else value


def _rounded(value: float) -> float:
    """To six decimals; what is less than that to three digits, so that a small p-value is not nothing."""
    return round(value, 6) or float(f"{value:.3g}")


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "day": entry.day.isoformat(),
        "at": utc_text(entry.at) if entry.at else None,
        "utc_offset": offset_minutes(entry.at) if entry.at else None,
        "zone": entry.zone or None,
        "recorded_at": utc_text(entry.recorded_at),
        "deleted": entry.deleted,
        "fields": entry.data,
    }
