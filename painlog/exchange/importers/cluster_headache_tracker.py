"""Cluster headache tracker: a table of attacks. Each is a pain where it began; a day without one says nothing.

Its intensity is painlog's 0-10; medicines, triggers and notes are what they are called, and the end goes to the note.
"""

from painlog.exchange.importing.mapping import app_importer

_FIELDS = {
    "start_time": "day",
    "end_time": "end",
    "intensity": "pain",
    "medication": "dose",
    "triggers": "trigger",
    "notes": "note",
}

IMPORTER = app_importer("cluster-headache-tracker", "Cluster headache tracker", _FIELDS)
