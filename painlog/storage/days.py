"""From entries to days, in SQL: one value a day and variable.

The same statements serve reports, charts, exports and the ``daily`` view. They are built from the registry's own names;
no text of a person enters them.
"""

from collections.abc import Sequence

from painlog.domain.variables import Variable

WITHIN = "day BETWEEN :first AND :last"
IMPLIED = ("value", "waso")  # what entries may say between them without a field of that name
ALONE = ("last", "night")  # ways to combine that take a statement of their own


def day_values_sql(variable: Variable, first: str, last: str) -> str:
    """Select ``day``, ``value`` and ``n`` (entries the value rests on) from a ``first`` to a ``last`` day, in SQL."""
    if variable.combine == "night":
        from painlog.storage.night_parts import night_values_sql

        return night_values_sql(variable, first, last)
    value, of_kind = _source(variable)
    days = f"day BETWEEN {first} AND {last}"
    if variable.combine == "last":
        # The newest entry with a main number stands for the day, beside what was said apart; ids sort by recording.
        newest = f"SELECT max(id) FROM entries AS main WHERE main.day = entries.day AND {of_kind} AND value IS NOT NULL"
        return _days(
            variable, f"{days} AND {value} IS NOT NULL AND (entries.value IS NULL OR id >= coalesce(({newest}), ''))"
        )
    return _days(variable, f"{days} AND {value} IS NOT NULL")


def many_days_sql(variable: Variable) -> str:
    """Select what ``day_values_sql`` does of the days from ``:first`` to ``:last``, all of them at once."""
    if variable.source == "value" and variable.combine != "night":
        return _days(variable, f"{WITHIN} AND value IS NOT NULL")
    return day_values_sql(variable, ":first", ":last")


def _days(variable: Variable, where: str) -> str:
    value, of_kind = _source(variable)
    return f"SELECT day, {_combine(variable, value)} FROM entries WHERE {of_kind} AND {where} GROUP BY day ORDER BY day"


def together_sql(variables: Sequence[Variable], days: str) -> str:
    """Select ``day`` and the ``value`` and ``n`` of each of some variables of one kind, none of which is in ``ALONE``.

    The kind's entries are gone through once for all of them; a variable without a value on a day has NULL there.
    """
    columns = ", ".join(_combine(variable, _of_variant(variable)) for variable in variables)
    of_kind = f"kind = '{variables[0].kind}' AND deleted = 0"
    if all(variable.variants for variable in variables):
        names = dict.fromkeys(name for variable in variables for name in variable.variants)
        of_kind += f" AND variant IN ({', '.join(map(repr, names))})"
    return f"SELECT day, {columns} FROM entries WHERE {of_kind} AND {days} GROUP BY day ORDER BY day"


def presence_sql(variables: Sequence[Variable], days: str) -> str:
    """Select for each of some variables of one kind whether an entry may have it; what stands in quotes is a name."""
    columns = ", ".join("max(1)" if v.source in IMPLIED else f"max(instr(data, '\"{v.source}\"'))" for v in variables)
    return f"SELECT {columns} FROM entries WHERE kind = '{variables[0].kind}' AND deleted = 0 AND {days}"


def ratings_sql(variable: Variable, days: str) -> str:
    """Select ``day``, ``at``, ``utc_offset`` and the number of each single entry."""
    value, of_kind = _source(variable)
    return f"SELECT day, at, utc_offset, {value} FROM entries WHERE {of_kind} AND {days} AND {value} IS NOT NULL"


def times_of_day_sql(variable: Variable, days: str, starts: Sequence[int]) -> str:
    """Select for each time of day its first hour (NULL where none was said), days, entries, mean, lowest and highest.

    A time of day lasts from one of the ``starts``, hours by the clock of where it was written, to the next.
    """
    value, of_kind = _source(variable)
    utc = "CAST(substr(at, 12, 2) AS INTEGER) * 60 + CAST(substr(at, 15, 2) AS INTEGER)"
    minute = f"(({utc} + coalesce(utc_offset, 0) + 1440) % 1440)"
    hours = " ".join(f"WHEN {minute} >= {60 * start} THEN {start}" for start in sorted(starts, reverse=True))
    return (
        f"SELECT CASE WHEN at IS NULL THEN NULL {hours} END, count(DISTINCT day), count(*), avg({value}), "
        f"min({value}), max({value}) FROM entries WHERE {of_kind} AND {days} AND abs({value}) < 9e999 GROUP BY 1"
    )


def _source(variable: Variable) -> tuple[str, str]:
    """Where a variable's number stands in an entry, and which entries have it."""
    value = "value" if variable.source == "value" else f"json_extract(data, '$.{variable.source}')"
    of_kind = f"kind = '{variable.kind}' AND deleted = 0"
    if variable.variants:
        of_kind += f" AND variant IN ({', '.join(repr(v) for v in variable.variants)})"
    return value, of_kind


def _of_variant(variable: Variable) -> str:
    """A variable's number, NULL in an entry of another sort; where several sorts count, ``_combine`` sees to it."""
    value, _ = _source(variable)
    return f"CASE WHEN variant = '{variable.variants[0]}' THEN {value} END" if len(variable.variants) == 1 else value


def _combine(variable: Variable, value: str) -> str:
    if variable.combine == "last":
        # In SQLite a bare column beside max() comes from the row that holds the maximum (sqlite.org/lang_select.html).
        return f"{value} AS value, 1 AS n, max(id)"
    function = "avg" if variable.combine == "mean" else variable.combine
    if len(variable.variants) < 2:
        return f"{function}({value}) AS value, count({value}) AS n"
    first, *others = [f"CASE WHEN variant = '{name}' THEN {value} END" for name in variable.variants]
    values = ", ".join(f"{function}({case})" for case in (first, *others))
    counts = ", ".join(f"nullif(count({case}), 0)" for case in (first, *others))
    return f"coalesce({values}) AS value, coalesce({counts}) AS n"
