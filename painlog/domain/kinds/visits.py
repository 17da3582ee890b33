"""Appointments: questions that wait for the next one, and visits that have been; declared, and which are open. Pure.

A question is open until a visit was after it: by the instants where both have a time, else by the days. On one day
where either has no time it stays open, since one already asked does less harm on the page than one forgotten.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from painlog.domain.entries import Entry
from painlog.domain.kinds.fields import Name, Text
from painlog.domain.kinds.kind import NOTE, Kind

ASK_DOCTOR = Kind(
    name="ask-doctor",
    help="Keep a question for your next visit; alone: those still open.",
    example='"Can I take the evening dose earlier?"',
    heads=("ask-doctor", "ask doctor"),
    lasting=True,
    openings={
        phrase: {}
        for phrase in ("ask the doctor", "ask my doctor", "ask dr", "question for the doctor", "question for doctor")
    },
    fields=(Text(name="note", label="question", help="Your question, or - to read it from standard input."),),
)
VISIT = Kind(
    name="visit",
    help="Record a visit that has been; alone: say when the last was.",
    example='"Dr Weber" --at "yesterday 10:30"',
    heads=("visit",),
    lasting=True,
    fields=(Name(name="who", label="name", help="Who it was with, such as Dr Weber."), NOTE),
)
DECLARED = (ASK_DOCTOR, VISIT)


def open_questions(questions: Iterable[Entry], visits: Sequence[Entry]) -> list[Entry]:
    """Return the questions that none of the visits was after, in the order given."""
    return [question for question in questions if not any(_is_after(visit, question) for visit in visits)]


def last_visit(visits: Iterable[Entry], until: date) -> Entry | None:
    """Return the last visit up to a day, of visits in the order of their days; None where there is none."""
    return next((visit for visit in reversed(list(visits)) if visit.day <= until), None)


def _is_after(visit: Entry, question: Entry) -> bool:
    if visit.at and question.at:
        return visit.at > question.at
    return visit.day > question.day
