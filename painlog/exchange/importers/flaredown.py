"""Flaredown: a table of days, with a column for each condition, symptom and treatment of the person.

A column of numbers up to 4 is a condition or a symptom: a rating of the person's own by the same name, taken from 0-4
to 0-10; pain, also that of a place (Back pain), fatigue and stress are painlog's. Any other column is a treatment: a
dose where it was taken, with its amount where the cell is one. Tags are what one did, foods a note. The weather is left
out.
"""

from painlog.exchange.importing.column_meanings import measure_names
from painlog.exchange.importing.contract import Importer
from painlog.exchange.importing.header_words import read_header
from painlog.exchange.importing.mapping import ColumnMapping, mapping_importer
from painlog.exchange.importing.source import Source
from painlog.exchange.importing.typed_cells import find_number, is_empty

_FIXED = {"Date": "day", "Tags": "did", "Foods": "note:food"}
_PAINLOGS = ("pain", "fatigue", "stress")


def _recognises(source: Source) -> bool:
    columns = source.columns()
    return set(columns) >= _FIXED.keys() and any(column.startswith("Weather ") for column in columns)


def _importer(source: Source) -> Importer:
    return mapping_importer(_columns(source), "flaredown")


def _columns(source: Source) -> ColumnMapping:
    """What each column is, by what stands in it over the whole file."""
    table = source.table()
    own = [name for name in table.columns if name and name not in _FIXED and not name.startswith("Weather ")]
    rated = dict.fromkeys(own, True)
    for row in table.rows:
        for name in own:
            rated[name] = rated[name] and _is_rating(row.cells.get(name, ""))
    names = measure_names(own, "Flaredown")
    fields = {name: _rated(name, names[name]) if rated[name] else f"dose:{name}" for name in own}
    return ColumnMapping(table.columns, _FIXED | fields)


def _rated(name: str, own: str) -> str:
    header = read_header(name)
    if header.word == "pain" and header.place:
        return f"pain in {header.place}:0-4"
    return f"{name.lower() if name.lower() in _PAINLOGS else own}:0-4"


def _is_rating(cell: str) -> bool:
    number = find_number(cell)
    return is_empty(cell) or (number is not None and 0 <= number <= 4)


IMPORTER = Importer(
    "flaredown",
    "Flaredown",
    _recognises,
    lambda source, context: _importer(source).read(source, context),
    lambda source: _importer(source).asks(source),
    ("Flaredown's 0-4 is taken to 0-10, by a straight line", "The weather is left out."),
)
