"""CrisisCore's pain tracker: its full table, a check-in a row.

A row is a pain of 0-10 with its places, and symptoms as its qualities; sleep quality is painlog's, how much the mood
suffered a rating of the person's own, and missed days of work a count. Activities that were limited go to the note.
"""

from painlog.exchange.importing.mapping import app_importer

_FIELDS = {
    "Date": "day",
    "Time": "time",
    "Pain Level": "pain:0-10",
    "Locations": "where",
    "Symptoms": "quality",
    "Limited Activities": "note:limited",
    "Sleep Quality": "sleep quality:0-10",
    "Mood Impact": "mood impact:0-10",
    "Missed Work Days": "missed work days:count",
    "Notes": "note",
}

IMPORTER = app_importer(
    "crisiscore", "CrisisCore", _FIELDS, ("sleep quality of 0-10 is taken to 1-5, by a straight line",)
)
