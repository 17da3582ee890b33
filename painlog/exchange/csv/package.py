"""``datapackage.json``: what the tables of an export are, in the words of Frictionless Data."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from painlog.domain.periods import Period
from painlog.exchange.csv.cells import Form
from painlog.exchange.csv.dictionary import Column

DESCRIPTOR = "datapackage.json"
_KEYS = {"long": ["record_id", "variable", "text_value", "body_region"], "daily": ["day"]}


def descriptor(tables: Mapping[str, tuple[str, Sequence[Column]]], period: Period, form: Form) -> str:
    """Describe the files of a package, by table: the file's name and its columns."""
    package = {
        "profile": "tabular-data-package",
        "name": f"painlog-{period.start}-to-{period.end}",
        "title": f"painlog, {period}: recorded by the person, not a diagnosis",
        "resources": [_resource(name, path, columns, form) for name, (path, columns) in tables.items()],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(name: str, path: str, columns: Sequence[Column], form: Form) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column, form) for column in columns], "missingValues": [""]}
    if name in _KEYS:
        schema["primaryKey"] = _KEYS[name]
    return {
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": form.delimiter, "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n"},
        "schema": schema,
    }


def _field(column: Column, form: Form) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.column, "type": column.type}
    if column.meaning:
        field["description"] = column.meaning
    if column.type == "number" and form.european:
        field["decimalChar"] = form.decimal
    ends = {"minimum": column.min, "maximum": column.max}
    if constraints := {name: end for name, end in ends.items() if end is not None}:
        field["constraints"] = constraints
    return field
