"""The long table as a Parquet file, its columns typed: for DuckDB, pandas, R and others that read columns.

The same rows as the CSV's long layout. Days are dates, times are instants in UTC (``tz`` says where they were), values
are numbers; an empty cell is null. No spreadsheet reads this, so texts are as they were written.
"""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from painlog.domain.entries import Entry
from painlog.errors import PartMissing
from painlog.exchange.csv.cells import csv_plain
from painlog.exchange.csv.long import LONG_COLUMNS, long_rows

_MISSING = "Parquet takes pyarrow: pip install 'painlog[parquet]'; painlog export csv writes the same table without it"
_READ: Mapping[str, Callable[[str], Any]] = {
    "day": date.fromisoformat,
    "value": float,
    "started_at": datetime.fromisoformat,
    "ended_at": datetime.fromisoformat,
    "recorded_at": datetime.fromisoformat,
}


def write_parquet(entries: Iterable[Entry], *, with_notes: bool) -> tuple[bytes, int]:
    """Return the file and how many rows it has. Raises PartMissing without pyarrow."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise PartMissing(_MISSING) from error
    types = {"day": pa.date32(), "value": pa.float64()}
    types |= dict.fromkeys(("started_at", "ended_at", "recorded_at"), pa.timestamp("us", tz="UTC"))
    rows = list(long_rows(entries, with_notes=with_notes))
    columns = {name: _column(name, [row[i] for row in rows]) for i, name in enumerate(LONG_COLUMNS)}
    schema = pa.schema([(name, types.get(name, pa.string())) for name in LONG_COLUMNS])
    out = io.BytesIO()
    parquet.write_table(pa.table(columns, schema=schema), out)
    return out.getvalue(), len(rows)


def _column(name: str, cells: Sequence[str]) -> list[Any]:
    read = _READ.get(name, csv_plain)
    return [read(cell) if cell else None for cell in cells]
