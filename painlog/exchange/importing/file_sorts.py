"""What sort of file something is, by how it begins, for files that no importer knows. Pure."""

import re

from painlog.exchange.csv.daily import FIRST
from painlog.exchange.csv.long import LONG_COLUMNS
from painlog.exchange.importing.source import Source

_SHEETS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
_TABLES = (".csv", ".tsv", ".txt", ".tab")
_AS_CSV = "save it as CSV, then import that"
_BRINGS_BACK = "painlog import brings back what painlog export jsonl -o journal.jsonl wrote"
_OWN_TABLES = (LONG_COLUMNS[:4], FIRST[:4], ("file", "column", "meaning", "type"))
_FIRST_BYTES = (
    (b"\xd0\xcf\x11\xe0", f"it is a file of an old Excel or Word; {_AS_CSV}"),
    (b"%PDF", "it is a PDF; ask the app for a table (CSV)"),
    (b"\x89PNG", "it is a picture"),
    (b"\xff\xd8\xff", "it is a picture"),
    (b"SQLite format 3\0", "it is a database of an app that painlog does not know; ask the app for a table (CSV)"),
    (b"\x1f\x8b", "it is packed (gzip); unpack it first"),
    (b"7z\xbc\xaf", "it is packed (7-Zip); unpack it first"),
    (b"Rar!", "it is packed (RAR); unpack it first"),
    (b"bplist", "it is a settings file of an Apple device; ask the app for a table (CSV)"),
    (b"{\\rtf", "it is a text document (RTF); painlog reads tables, such as CSV"),
)


def is_spreadsheet(source: Source) -> bool:
    """Whether a file is a spreadsheet of Excel (``.xlsx``) or of LibreOffice (``.ods``)."""
    return source.is_zip and any(source.find_member(name) == name for name in _SHEETS)


def table_member(source: Source) -> str | None:
    """Return the only table in a zip, the empty name for a file of text that may be one, None where there is none."""
    if source.is_zip:
        names = source.candidates(_TABLES)
        return names[0] if len(names) == 1 else None
    return None if name_sort(source) else ""


def name_sort(source: Source) -> str:
    """Say what sort of file something is and what would do; empty for text that may hold a table."""
    if not source.head.strip():
        return "it is empty"
    if found := next((says for beginning, says in _FIRST_BYTES if source.head.startswith(beginning)), ""):
        return found
    if is_spreadsheet(source):
        return ""
    if source.is_zip:
        tables = source.candidates(_TABLES)
        if len(tables) == 1:
            return ""
        what = f"a zip with {len(tables)} tables" if tables else "a zip without a table"
        return f"it is {what}; unpack it and import the table that is the diary"
    start = source.start().lstrip()
    if not start:
        return "it is no text"
    if _is_own_table(start.splitlines()[0]):
        return f"it is what painlog export csv wrote, for others to read; {_BRINGS_BACK}"
    if start[0] in "{[" and re.search(r'"resourceType"\s*:', start):
        return f"it is FHIR, which painlog writes for others to read; {_BRINGS_BACK}"
    if re.match(r'\{\s*"painlog"\s*:', start):
        return f"it is what painlog wrote with --json, for others to read; {_BRINGS_BACK}"
    if start[0] in "{[" and (start[1:].lstrip()[:1] in '"{[]}' or not start[1:].strip()):
        return "it is JSON that painlog does not know; ask the app for a table (CSV)"
    if start.startswith("<"):
        return (
            f"it is {'a web page' if '<html' in start[:2_000].lower() else 'XML'} that painlog does not know; {_AS_CSV}"
        )
    return ""


def _is_own_table(header: str) -> bool:
    """Whether a table's first line is that of one that painlog writes."""
    cells = tuple(cell.strip('"') for cell in re.split(r"[,;\t]", header))
    return any(cells[: len(own)] == own for own in _OWN_TABLES)
