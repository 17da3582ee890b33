"""What TAB offers of a person's own: the names and words that they used last. Imports nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_NEWEST = 500


def names(conn: sqlite3.Connection, kind: str, field: str) -> list[str]:
    """Return the names or words that a kind's newest 500 entries hold in a field, the last ones first."""
    rows = conn.execute(
        "SELECT word.value, max(day) FROM (SELECT id, day, data FROM entries WHERE kind = ? AND deleted = 0 "
        "ORDER BY day DESC LIMIT ?) AS lately, json_each(lately.data, ?) AS word "
        "GROUP BY lower(word.value) ORDER BY max(day) DESC, max(lately.id) DESC",
        (kind, _NEWEST, f"$.{field}"),
    ).fetchall()
    return [row[0] for row in rows if isinstance(row[0], str)]
