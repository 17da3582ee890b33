"""From entries to days, in SQL: one value a day and variable.

The same statements serve reports, charts, exports and the ``daily`` view. They are built from the registry's own names;
no text of a person enters them.
"""

from painlog.domain.series import Variable


def day_values_sql(variable: Variable, days: str) -> str:
    """Select ``day``, ``value`` and ``n`` (entries the value rests on) in the order of days; ``days`` says which."""
    value, of_kind = _source(variable)
    where = f"{of_kind} AND {days} AND {value} IS NOT NULL"
    if variable.combine == "last":
        # The newest entry with a main number stands for the day, beside what was said apart; ids sort by recording.
        newest = f"SELECT max(id) FROM entries AS main WHERE main.day = entries.day AND {of_kind} AND value IS NOT NULL"
        where += f" AND (entries.value IS NULL OR id >= coalesce(({newest}), ''))"
    return f"SELECT day, {_combined(variable, value)} FROM entries WHERE {where} GROUP BY day ORDER BY day"


def ratings_sql(variable: Variable, days: str) -> str:
    """Select ``day``, ``at``, ``utc_offset`` and the number of each single entry."""
    value, of_kind = _source(variable)
    return f"SELECT day, at, utc_offset, {value} FROM entries WHERE {of_kind} AND {days} AND {value} IS NOT NULL"


def _source(variable: Variable) -> tuple[str, str]:
    """Where a variable's number stands in an entry, and which entries have it."""
    value = "value" if variable.source == "value" else f"json_extract(data, '$.{variable.source}')"
    of_kind = f"kind = '{variable.kind}' AND deleted = 0"
    if variable.variants:
        of_kind += f" AND variant IN ({', '.join(repr(v) for v in variable.variants)})"
    return value, of_kind


def _combined(variable: Variable, value: str) -> str:
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
