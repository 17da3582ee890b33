"""What one change had seen of another, and so which values stand side by side. Pure.

Every change of an entry that is there names, under ``over``, the changes whose values it replaces: all that stood in
its journal when it was written. So a value stands until a change names it, and two that stand side by side in one
field were written by devices that had not seen each other's, whatever their clocks said (a multi-value register:
Shapiro et al. 2011). The last one counts; the others wait to be kept or taken. Nothing else needs to be known of the
devices, and nothing that was carried late, twice or in another order leads to another answer.

Changes of a painlog that did not name any are read as if they had seen all before them.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

WHEN, DELETED = "\0when", "\0deleted"  # no field is named so
_WHEN = ("day", "at", "utc_offset", "zone")
Standing = dict[str, dict[str, Any]]


class Conflict(NamedTuple):
    """A field of an entry, WHEN or DELETED, with the values that stand side by side by the clock of their change.

    The last one is what the entry says.
    """

    part: str
    values: Mapping[str, Any]


def standing_values(changes: Iterable[tuple[str, Mapping[str, Any]]]) -> Standing:
    """Return for each part of an entry the values that no change replaced, by clock; changes are (hlc, data)."""
    parts: Standing = {}
    for hlc, data in changes:
        over = data.get("over")
        for name, value in _parts(data).items():
            before = parts.get(name, {})
            if over is not None or "kind" in data:
                parts[name] = {one: other for one, other in before.items() if one not in (over or ())} | {hlc: value}
            else:
                parts[name] = {hlc: value}
    return parts


def replaced_clocks(data: Mapping[str, Any], stand: Standing) -> list[str]:
    """Return the clocks of the changes whose values a further change replaces, in order."""
    return sorted({hlc for part in _parts(data) for hlc in stand.get(part, ())})


def conflicts(stand: Standing) -> list[Conflict]:
    """Return the parts of an entry in which values stand side by side that differ."""
    return [
        Conflict(part, dict(sorted(values.items())))
        for part, values in stand.items()
        if any(value != next(iter(values.values())) for value in values.values())
    ]


def settling_change(found: Iterable[Conflict], *, take: bool) -> dict[str, Any]:
    """Return the change that says again what stands, or the newest of the other values, in every part."""
    changed: dict[str, Any] = {"fields": {}}
    for part, values in found:
        by_clock = list(values.values())
        last = by_clock[-1]
        value = next(other for other in reversed(by_clock) if other != last) if take else last
        if part == WHEN:
            changed |= value
        elif part == DELETED:
            changed["deleted"] = value
        else:
            changed["fields"][part] = value
    return changed


def _parts(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a change says, by part; one that makes an entry says that it is not deleted, too."""
    parts: dict[str, Any] = dict(data.get("fields", {}))
    if "deleted" in data or "kind" in data:
        parts[DELETED] = data.get("deleted", 0)
    if when := {name: data[name] for name in _WHEN if name in data}:
        parts[WHEN] = when
    return parts
