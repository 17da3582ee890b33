"""Cluster headache tracker: a table of attacks. Each is a pain where it began; a day without one says nothing.

Its intensity is painlog's 0-10; medicines, triggers and notes are what they are called, and the end goes to the note.
"""

from painlog.exchange.importing.contract import Importer
from painlog.exchange.importing.mapping import Columns, importer_for
from painlog.exchange.importing.source import Source

_FIELDS = {
    "start_time": "day",
    "end_time": "end",
    "intensity": "pain",
    "medication": "dose",
    "triggers": "trigger",
    "notes": "note",
}


def _recognises(source: Source) -> bool:
    return set(source.columns()) >= _FIELDS.keys()


IMPORTER: Importer = importer_for(Columns(tuple(_FIELDS), _FIELDS), "cluster-headache-tracker")._replace(
    title="Cluster headache tracker", recognises=_recognises
)
