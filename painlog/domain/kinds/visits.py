"""Appointments: questions that wait for the next one, visits that have been, and what lies ahead; declared. Pure.

What lies ahead is an entry of the day on which it was arranged, which says when it will be. So no entry is ever about a
day to come, and nothing that counts days, visits or sessions can take one for lived.

A question is open until a visit was after it: by the instants where both have a time, else by the days. On one day
where either has no time it stays open, since one already asked does less harm on the page than one forgotten.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from painlog.domain.entries import Entry, Event
from painlog.domain.kinds.declaration import match_whole
from painlog.domain.kinds.fields import Choice, Field, Name, Number, Text, Value
from painlog.domain.kinds.kind import NOTE, Kind
from painlog.domain.language.dates import show_day
from painlog.errors import BadInput

ONCE, CANCELLED = "arranged", "cancelled"
MEETING, SESSION = "visit", "session"

ASK_DOCTOR = Kind(
    name="ask-doctor",
    help="Keep a question for your next visit; alone: those still open.",
    example='"Can I take the evening dose earlier?"',
    heads=("ask-doctor", "ask doctor"),
    lasting=True,
    openings={
        f"{asking} {whom}{who}": {}
        for asking in ("ask", "question for", "questions for")
        for whom in ("", "the ", "my ")
        for who in ("doctor", "dr", "doc", "gp", "consultant", "specialist")
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


class Appointed(Field):
    """When something will be, by the clock of the place: ``2026-12-20 10:30``, or a day alone."""

    @property
    def metavar(self) -> str:
        return "WHEN"

    def check(self, value: Value) -> Value:
        form = r"\d{4}-\d\d-\d\d( \d\d:\d\d)?"
        if isinstance(value, str) and match_whole(form, clean := " ".join(value.split())):
            try:
                datetime.fromisoformat(clean)
            except ValueError:
                pass
            else:
                return clean
        raise BadInput(f"{self.title} is a day, with a time if there is one, such as 2026-12-20 10:30, not {value!r}")

    def show(self, value: Value) -> str:
        return f"{show_day(date.fromisoformat(value[:10]))} {value[11:]}".rstrip()


def _appointment_line(data: Mapping[str, Any]) -> str:
    """``ahead: Dr Weber, Sun 20 Dec 2026 10:30``."""
    fields = APPOINTMENT.by_name
    shown = [fields[name].show(data[name]) for name in ("name", "appointed", "repeats", "note") if name in data]
    return f"{'cancelled' if data.get('step') == CANCELLED else 'ahead'}: {', '.join(shown)}"


class _Weeks(Number):
    """Every so many weeks."""

    def show(self, value: Value) -> str:
        return "every week" if value == 1 else f"every {value:g} weeks"


APPOINTMENT = Kind(
    name="appointment",
    help="A visit or a session that lies ahead.",
    by_hand="visit plan",
    example='"Dr Weber" "20 dec 10:30"',
    variant="step",
    lasting=True,
    fields=(
        Name(name="name", help="Who it is with, or what."),
        Choice(
            name="step",
            options=(ONCE, CANCELLED),
            option_help=("It will be (as without any).", "It will not be."),
        ),
        Choice(
            name="meeting",
            options=(MEETING, SESSION),
            option_help=("A visit (as without any).", "A session of a treatment."),
        ),
        Appointed(name="appointed", help="When it will be: 2026-12-20 10:30, or a day."),
        _Weeks(name="repeats", help="Every so many weeks.", low=1, high=52, whole=True, unit="weeks", variable=""),
        NOTE,
    ),
    line=_appointment_line,
)
ANSWER = Kind(
    name="answer",
    help="What was answered to a question, at a visit.",
    by_hand="visit done",
    example="",
    lasting=True,
    fields=(
        Text(name="note", label="answer", help="What was answered."),
        Name(name="question_id", help="The whole id of the question."),
    ),
    line=lambda data: f"answer: {data.get(NOTE.name)}",
)
AGREED = Kind(
    name="agreed",
    help="What was agreed at a visit.",
    by_hand="visit done",
    example="",
    lasting=True,
    fields=(Text(name="note", label="agreed", help="What was agreed."),),
)
DECLARED = (ASK_DOCTOR, VISIT, APPOINTMENT, ANSWER, AGREED)


def open_questions(questions: Iterable[Entry], visits: Sequence[Event]) -> list[Entry]:
    """Return the questions that none of the visits was after, in the order given."""
    return [question for question in questions if not any(_is_after(visit, question) for visit in visits)]


def last_visit(visits: Iterable[Entry], until: date) -> Entry | None:
    """Return the last visit up to a day, of visits in the order of their days; None where there is none."""
    return next((visit for visit in reversed(list(visits)) if visit.day <= until), None)


def answers_of(
    visit: Entry, questions: Iterable[Entry], answers: Iterable[Entry], agreed: Iterable[Entry]
) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the questions of a visit with their answers, and what was agreed then, in the person's words."""
    texts = {question.id: str(question.data.get(NOTE.name, "")) for question in questions}
    of_it = [entry for entry in answers if (entry.day, entry.at) == (visit.day, visit.at) and NOTE.name in entry.data]
    pairs = [(texts.get(str(entry.data.get("question_id")), ""), str(entry.data[NOTE.name])) for entry in of_it]
    same = (entry for entry in agreed if (entry.day, entry.at) == (visit.day, visit.at))
    return pairs, [str(entry.data[NOTE.name]) for entry in same if NOTE.name in entry.data]


def _is_after(visit: Event, question: Entry) -> bool:
    if visit.at and question.at == visit.at:  # what is kept for the next visit is asked again at once, and later
        return not isinstance(visit, Entry) or visit.id > question.id
    if visit.at and question.at:
        return visit.at > question.at
    return visit.day > question.day
