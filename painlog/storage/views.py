"""The SQL views of a journal: one for each kind with a column for each field, and ``daily`` with one for each variable.

They are for other programs. painlog reads none of them, so that it reads and writes a journal whatever its views are.

They follow the declarations. ``meta`` says which painlog made them, and has for each kind a digest of what it adds to
them. Whatever writes entries compares the digests of their kinds. Where one differs, or an earlier painlog made the
views, all are made anew in the same transaction. What a later painlog made is left as it is, so that two that take
turns do not undo each other's work. What only reads compares nothing.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Iterable, Mapping

from painlog import __version__
from painlog.domain.kinds.fields import Field, Flag, Minutes, Number, Words, YesNo
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.registry import KINDS
from painlog.domain.kinds.where import Where
from painlog.domain.variables import Variable, variables_of
from painlog.storage.days import day_values_sql

META = "views"  # the row of ``meta``: ``0.1.0 pain:1a2b3c4d mood:…``
_COMMON = "SELECT id, day, at, strftime('%Y-%m-%d %H:%M', at, utc_offset || ' minutes') AS local_time, "  # a kind's


def follow(conn: sqlite3.Connection, kinds: Iterable[str]) -> None:
    """Make the views anew, within a transaction, where those of some kinds are not as this painlog declares them."""
    made_by, *digests = _stamp_of(conn).split() or [""]
    if made_by == __version__:
        if all(_digest(KINDS[name]) in digests for name in kinds if name in KINDS):
            return
    elif _order(made_by) > _order(__version__):
        return
    rebuild(conn)


def rebuild(conn: sqlite3.Connection) -> None:
    """Make every view as it is declared, and take away those of kinds that are not any more; within a transaction.

    A name that a table of the person's has is left to it.
    """
    there = dict(conn.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'view'").fetchall())
    taken = {name for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type != 'view'").fetchall()}
    wanted = {name: f'CREATE VIEW "{name}" AS {select}' for name, select in definitions().items()}
    before = {_view_name(digest.partition(":")[0]) for digest in _stamp_of(conn).split()[1:]}
    for name in (wanted.keys() | before) & there.keys():
        if there[name] != wanted.get(name):
            conn.execute(f'DROP VIEW "{name}"')
    for name, sql in wanted.items():
        if name not in taken and there.get(name) != sql:
            conn.execute(sql)
    conn.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (META, _stamp()))


def are_present(conn: sqlite3.Connection) -> bool:
    """Whether the views are said to be those that this painlog makes."""
    return _stamp_of(conn) == _stamp()


def definitions() -> dict[str, str]:
    """Return what every view selects, by name."""
    views = {_view_name(kind.name): _of_kind(kind) for kind in KINDS.values()}
    return views | {"daily": _daily(variables_of(KINDS.values()))}


def is_own(name: str, sql: str) -> bool:
    """Whether a view, its blanks made single, is one that a painlog of any version has made."""
    return name in definitions() or sql.startswith(f'CREATE VIEW "{name}" AS {_COMMON}')


def _stamp_of(conn: sqlite3.Connection) -> str:
    """What the journal says of its views; empty where it says nothing."""
    found = conn.execute("SELECT value FROM meta WHERE name = ?", (META,)).fetchone()
    return str(found[0]) if found else ""


def _stamp() -> str:
    return " ".join((__version__, *(_digest(kind) for kind in KINDS.values())))


def _digest(kind: Kind) -> str:
    """A kind and a CRC-32 of all that it adds to the views."""
    return f"{kind.name}:{zlib.crc32((_of_kind(kind) + _daily(variables_of([kind]))).encode()):08x}"


def _view_name(kind: str) -> str:
    return kind.replace("-", "_")


def _order(version: str) -> list[int]:
    """The numbers of a version, by which a later one comes after an earlier one."""
    return [int(number) for number in re.findall(r"\d+", version)]


def _daily(variables: Mapping[str, Variable]) -> str:
    values = {name: day_values_sql(variable, "days.day", "days.day") for name, variable in variables.items()}
    columns = ", ".join(f"(SELECT round(value, 3) FROM ({sql})) AS {name}" for name, sql in values.items())
    return f"SELECT day, {columns} FROM (SELECT DISTINCT day FROM entries WHERE deleted = 0) AS days"


def _of_kind(kind: Kind) -> str:
    expressions = {field.name: "variant" if field.name == kind.variant else _column(field) for field in kind.fields}
    columns = ", ".join(f'{expression} AS "{name}"' for name, expression in expressions.items())
    return f"{_COMMON}{columns}, recorded_at FROM entries WHERE kind = '{kind.name}' AND deleted = 0"


def _column(field: Field) -> str:
    path = f"'$.{field.name}'"
    if isinstance(field, Where):
        return f"(SELECT group_concat(key, ';') FROM json_each(data, {path}))"
    if isinstance(field, Words):
        return f"(SELECT group_concat(value, ';') FROM json_each(data, {path}))"
    if isinstance(field, Flag | YesNo | Number | Minutes):
        return f"json_extract(data, {path})"
    return f"CAST(json_extract(data, {path}) AS TEXT)"
