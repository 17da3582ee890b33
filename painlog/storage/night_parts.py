"""A day's night, in SQL: of entries that are parts of one night, what they say together.

- Spans of sleep that lie less than ``BROKEN_WITHIN`` minutes apart are parts of one night, which belongs to the day of
  its last waking. Of two that overlap the one recorded later counts. A night that is only a length stands alone.
- Sleep is the sum of the parts. Time awake is what was said of each, with the time between them, and what it took to
  fall asleep again. Times awake are those that were said, and one more between two parts. Quality is the mean.
- Efficiency is computed for several parts where time to fall asleep and time awake were said, as ``sleep_formulas`` has
  it; for one it stands in the entry.
- Where a day has several nights, the one with the entry recorded last counts. What was said apart, without a length or
  a span, counts where it was recorded after the night.
"""

from collections.abc import Sequence

from painlog.domain.kinds.sleep_formulas import BROKEN_WITHIN
from painlog.domain.variables import Variable

_FIELDS = ("sol", "waso", "woke", "tasafa", "quality", "efficiency")
_IS_SPAN = """instr(data, '"night":"')"""  # not only a length, which is a number
_AWAKE = (
    "coalesce(sum(gap), 0) + coalesce(sum(waso), 0) + coalesce(sum(CASE WHEN NOT opens THEN sol END), 0) "
    "+ coalesce(sum(CASE WHEN NOT closes THEN tasafa END), 0)"
)
_SOL = "sum(CASE WHEN opens THEN sol END)"
_TASAFA = "sum(CASE WHEN closes THEN tasafa END)"
_TOGETHER = {
    "value": "sum(value)",
    "sol": _SOL,
    "waso": f"CASE count(*) WHEN 1 THEN sum(waso) ELSE {_AWAKE} END",
    "woke": "CASE count(*) WHEN 1 THEN sum(woke) WHEN count(*) * (count(woke) > 0) THEN sum(woke) + count(*) - 1 END",
    "tasafa": _TASAFA,
    "quality": "avg(quality)",
    "efficiency": (
        "CASE count(*) WHEN 1 THEN max(efficiency) WHEN count(waso) THEN "
        f"round(100.0 * sum(value) / ({_SOL} + sum(value) + {_AWAKE} + coalesce({_TASAFA}, 0)), 1) END"
    ),
}


def night_values_sql(variable: Variable, first: str, last: str) -> str:
    """Select ``day``, ``value`` and ``n`` of the nights from a ``first`` to a ``last`` day, both in SQL."""
    source = variable.source
    apart = (
        f"SELECT day, json_extract(data, '$.{source}') AS value, 1 AS n, id FROM entries WHERE {_of_kind(variable)} "
        f"AND value IS NULL AND day BETWEEN {first} AND {last}"
    )
    chosen = "SELECT day, value, n, max(id) AS id FROM nights GROUP BY day"
    return (
        f"WITH {_nights([variable], ['value'], first, last)} "
        f"SELECT day, value, n, max(id) FROM ({chosen} UNION ALL {apart}) "
        f"WHERE value IS NOT NULL AND day BETWEEN {first} AND {last} GROUP BY 1 ORDER BY 1"
    )


def nights_sql(variables: Sequence[Variable], first: str, last: str) -> str:
    """Select ``day``, ``n`` and the values of some variables: a row a night, and one for each entry without a length.

    The nights are put together once for all of them. What was recorded later on a day comes later, and counts.
    """
    names = [f"of_{variable.source}" for variable in variables]
    apart = ", ".join(f"json_extract(data, '$.{variable.source}')" for variable in variables)
    return (
        f"WITH {_nights(variables, names, first, last)}, found AS ("
        f"SELECT day, n, max(id) AS id, {', '.join(names)} FROM nights GROUP BY day UNION ALL "
        f"SELECT day, 1, id, {apart} FROM entries WHERE {_of_kind(variables[0])} AND value IS NULL) "
        f"SELECT day, n, {', '.join(names)} FROM found WHERE day BETWEEN {first} AND {last} ORDER BY day, id"
    )


def _nights(variables: Sequence[Variable], names: Sequence[str], first: str, last: str) -> str:
    """The common tables that lead to ``nights``: one row a night, of the days asked for and those beside them.

    ``names`` are those of the columns of each variable's value.
    """
    together = ", ".join(f"{_TOGETHER[v.source]} AS {name}" for v, name in zip(variables, names, strict=True))
    alone = ", ".join("value" if v.source == "value" else f"json_extract(data, '$.{v.source}')" for v in variables)
    needed = [name for name in _FIELDS if any(name in _TOGETHER[variable.source] for variable in variables)]
    fields = "".join(f", json_extract(data, '$.{name}') AS {name}" for name in needed)
    around = f"day BETWEEN date({first}, '-1 day') AND date({last}, '+1 day')"
    begins, ends = (f"strftime('%s', {part}) / 60.0" for part in (_before_slash("night"), _after_slash("night")))
    said = "SELECT *, json_extract(data, '$.night') AS night FROM entries"
    return (
        f"parts AS (SELECT id, day, value, {begins} AS begins, {ends} AS ends{fields} FROM ({said} "
        f"WHERE {_of_kind(variables[0])} AND value IS NOT NULL AND {_IS_SPAN} AND {around})), "
        f"near AS ({_number_nights('parts')}), "
        f"counted AS (SELECT {', '.join(('id', 'day', 'value', 'begins', 'ends', *needed))} FROM near AS one "
        "WHERE NOT EXISTS (SELECT 1 FROM near AS newer WHERE newer.number = one.number AND newer.id > one.id "
        "AND newer.begins < one.ends AND one.begins < newer.ends)), "
        "joined AS (SELECT *, coalesce(lead(opens) OVER (ORDER BY begins, id), 1) AS closes "
        f"FROM ({_number_nights('counted')})), "
        f"nights AS (SELECT max(day) AS day, {together}, count(*) AS n, max(id) AS id "
        f"FROM joined GROUP BY number UNION ALL SELECT day, {alone}, 1, id FROM entries "
        f"WHERE {_of_kind(variables[0])} AND value IS NOT NULL AND NOT {_IS_SPAN} AND {around})"
    )


def _number_nights(table: str) -> str:
    """The rows of a table with the number of their night, and the ``gap`` before each that does not open one."""
    before = "ORDER BY begins, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
    since = f"SELECT *, begins - max(ends) OVER ({before}) AS since FROM {table}"
    opens = f"SELECT *, coalesce(since >= {BROKEN_WITHIN}, 1) AS opens FROM ({since})"
    return f"SELECT *, iif(opens, NULL, since) AS gap, sum(opens) OVER (ORDER BY begins, id) AS number FROM ({opens})"


def _of_kind(variable: Variable) -> str:
    variants = ", ".join(repr(name) for name in variable.variants)
    return f"kind = '{variable.kind}' AND deleted = 0 AND variant IN ({variants})"


def _before_slash(column: str) -> str:
    return f"substr({column}, 1, instr({column}, '/') - 1)"


def _after_slash(column: str) -> str:
    return f"iif(instr({column}, '/'), substr({column}, instr({column}, '/') + 1), NULL)"
