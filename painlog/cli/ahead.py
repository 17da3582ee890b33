"""Visits and sessions that lie ahead, arranged and cancelled."""

from collections.abc import Sequence

from painlog.cli.capture import record_drafts
from painlog.cli.fetch.agenda import fetch_agenda, fetch_arranged
from painlog.cli.session import Session
from painlog.cli.talk import note_field
from painlog.domain.ahead import days_of, find_ahead
from painlog.domain.entries import Draft
from painlog.domain.kinds.visits import APPOINTMENT, CANCELLED, MEETING
from painlog.domain.language.dates import show_day
from painlog.domain.language.times_ahead import EXAMPLES, NoTime, TimeAhead, parse_ahead
from painlog.errors import BadInput
from painlog.storage.journal import Journal


def part_words(words: Sequence[str], session: Session) -> tuple[str, str]:
    """Return the name and when it will be, of words in one row: the longest end that says a time ahead.

    Raises BadInput.
    """
    refused: list[BadInput] = []
    for place in range(1, len(words)):
        when = " ".join(words[place:])
        try:
            parse_ahead(when, session.now)
        except BadInput as error:
            refused.append(error)
        else:
            return " ".join(words[:place]), when
    of_a_time = [error for error in refused if not isinstance(error, NoTime)]
    raise of_a_time[0] if of_a_time else BadInput(f"when will it be? Write it after the name: {EXAMPLES}")


def arrange(session: Session, name: str, when: str, *, meeting: str, note: str | None, cancelled: bool) -> None:
    """Record that something will be, or will not be after all. Raises BadInput."""
    found = parse_ahead(when, session.now)
    if cancelled:
        with session.reading() as journal:
            _check_arranged(journal, session, name, found)
    _record(session, name, found, meeting=meeting, note=note, cancelled=cancelled)


def cancel_next(session: Session, name: str, *, meeting: str, note: str | None) -> None:
    """Record that the next one of a name will not be. Raises BadInput where there is none."""
    with session.reading() as journal:
        agenda = fetch_agenda(session, journal)
    each = find_ahead(name, agenda.ahead)
    if each is None:
        raise _not_arranged(name, [each.name for each in agenda.ahead])
    _record(session, each.name, TimeAhead(each.day, None), meeting=meeting, note=note, cancelled=True)


def _check_arranged(journal: Journal, session: Session, name: str, found: TimeAhead) -> None:
    days = days_of(fetch_arranged(journal), name, session.today)
    if not days:
        raise _not_arranged(name, [each.name for each in fetch_agenda(session, journal).ahead])
    if not found.weeks and found.day not in days:
        listed = ", ".join(show_day(day, session.today) for day in days[:3])
        raise BadInput(f"{name} is not arranged for {show_day(found.day, session.today)}, but for {listed}")


def _not_arranged(name: str, known: Sequence[str]) -> BadInput:
    listed = f"what lies ahead is {', '.join(dict.fromkeys(known))}" if known else "nothing lies ahead"
    return BadInput(f"nothing is arranged with the name {name!r}; {listed}")


def _record(session: Session, name: str, found: TimeAhead, *, meeting: str, note: str | None, cancelled: bool) -> None:
    data = {"name": name, "appointed": found.text} | note_field(note)
    data |= {"step": CANCELLED} if cancelled else {}
    data |= {} if meeting == MEETING else {"meeting": meeting}
    numbers = {"repeats": found.weeks} if found.weeks else {}
    record_drafts(session, [Draft(APPOINTMENT, session.moment(None), APPOINTMENT.check(data | numbers))])
