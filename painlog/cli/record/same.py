"""``same``: the ratings of the last day again, for a day on which little can be typed."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Any

import typer

from painlog.cli.capture import record_drafts
from painlog.cli.medicine_questions import doses_of, find_unrecorded, medicine_prompts
from painlog.cli.options import AtOption
from painlog.cli.prompts import NOTHING_ANSWERED, Prompt, answers_from, ask, is_there_somebody
from painlog.cli.record_line import understand_line
from painlog.cli.session import Session
from painlog.cli.shell import completion
from painlog.cli.talk import say
from painlog.domain.entries import SAME_SOURCE, Draft, Entry, place_in_time
from painlog.domain.kinds.fields import Number
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.where import Where
from painlog.domain.language.dates import Moment, show_day
from painlog.domain.language.understanding import Present
from painlog.domain.periods import Period
from painlog.domain.scheduled import Scheduled
from painlog.errors import BadInput
from painlog.storage.journal import Journal
from painlog.view.terminal import term

_LOOKS_BACK = 28  # days


def same_(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="CLAUSES", help="What was otherwise than then.", autocompletion=completion.heads),
    ] = None,
    at: AtOption = None,
) -> None:
    """Record the last day's ratings again, with what was otherwise.

    \b
      painlog same
      painlog same pain 8

    Of the last day that has ratings it takes the last of each: the evening's pain, not the morning's too. It shows them
    and asks first. Then each medicine that your plan has for today is asked for; Enter leaves it unrecorded. In a pipe
    only what you name is recorded, and no medicine.
    """
    session: Session = ctx.obj
    moment = session.moment(at)
    line, present = " ".join(words or []), Present(moment, session.now)
    new = [*understand_line(session, line, present, asks=False).drafts] if line else []
    if not is_there_somebody():
        if not new:
            raise BadInput("nobody is here to be asked; name the ratings, as in: painlog same pain 8")
        record_drafts(session, new)
        return
    with session.reading() as journal:
        repeated, day = _repeated(journal, moment, new, session)
        already = [entry for entry in journal.entries(Period(moment.day, moment.day)) if _ratings_of(entry)]
        due = find_unrecorded(journal, moment)
    if not new and not repeated and not due:
        raise BadInput(f"no rating is recorded in the last {_LOOKS_BACK} days; painlog pain 6 records one")
    if already:
        say(f"{show_day(moment.day, session.today)} has already: {term(', '.join(each.text for each in already))}")
    if day:
        say(f"As on {show_day(day, session.today)}: {term(', '.join(each.text for each in repeated))}")
    if new:
        say(f"{'Otherwise' if day else 'Now'}: {term(', '.join(each.text for each in new))}")
    drafts = [*new, *repeated, *_ask([*new, *repeated], due, moment)]
    if not drafts:
        raise BadInput(NOTHING_ANSWERED)
    record_drafts(session, drafts)


def _repeated(
    journal: Journal, moment: Moment, new: Sequence[Draft], session: Session
) -> tuple[list[Draft], date | None]:
    """The ratings of the last day before that has any, but of kinds of which something was said; and that day."""
    days = Period(moment.day - timedelta(days=_LOOKS_BACK), moment.day - timedelta(days=1))
    rated = [(entry, entry.declaration) for entry in journal.entries(days) if entry.declaration and _ratings_of(entry)]
    if not rated:
        return [], None
    day = rated[-1][0].day
    said = {each.kind.title for each in new}
    last: dict[object, list[tuple[Entry, Kind]]] = {}
    for entry, kind in rated:
        if entry.day == day and kind.title not in said:
            beside = last.setdefault((kind.title, kind.variant_of(entry.data)), [])
            last[kind.title, kind.variant_of(entry.data)] = [*_at_once(beside, entry), (entry, kind)]
    again = [_again(entry, kind, moment, session) for found in last.values() for entry, kind in found]
    return again, day if again else None


def _at_once(before: Sequence[tuple[Entry, Kind]], entry: Entry) -> list[tuple[Entry, Kind]]:
    """What of the entries before one was said at the same time of another place: knee 5, back 7."""
    places = set(_places_of(entry))
    return [
        (other, kind)
        for other, kind in before
        if other.at == entry.at and places and _places_of(other) and not places & set(_places_of(other))
    ]


def _places_of(entry: Entry) -> dict[str, Any]:
    """The places of an entry with their scores; empty where it has none."""
    fields = entry.declaration.typed_fields if entry.declaration else ()
    return next(
        (entry.data[field.name] for field in fields if isinstance(field, Where) and field.name in entry.data), {}
    )


def _ratings_of(entry: Entry) -> dict[str, float]:
    """The ratings of an entry whose main field is one, by field."""
    kind = entry.declaration
    rated = [field for field in kind.typed_fields if isinstance(field, Number) and field.low_label] if kind else []
    found = {field.name: entry.data[field.name] for field in rated if field.name in entry.data}
    return found if kind and kind.main.name in found else {}


def _again(entry: Entry, kind: Kind, moment: Moment, session: Session) -> Draft:
    """The ratings of an entry anew, each of the place that it was of, without its causes and words."""
    sort = {kind.variant: entry.data[kind.variant]} if kind.variant in entry.data else {}
    where = next((field.name for field in kind.typed_fields if isinstance(field, Where)), "")
    placed = {where: entry.data[where]} if where in entry.data else {}
    checked = kind.check(_ratings_of(entry) | placed | sort | dict(kind.constants))
    return Draft(kind, place_in_time(kind, checked, moment, session.now), checked, source=SAME_SOURCE)


def _ask(drafts: Sequence[Draft], due: Sequence[Scheduled], moment: Moment) -> list[Draft]:
    """Ask whether the ratings are right, then for each medicine; return the doses. Raises BadInput if they are not."""
    answers: dict[str, str] = {}
    right = [Prompt("right", "Enter records this, n leaves it.", _check_right, keys="yn")] if drafts else []
    with answers_from() as source:
        ask(right, source, answers)
        if answers.get("right") == "n":
            raise BadInput("nothing was recorded")
        ask([*medicine_prompts(due)], source, answers)
    return doses_of(answers, due, moment)


def _check_right(text: str) -> None:
    if text not in ("y", "n"):
        raise BadInput("y or Enter records it, n leaves it")
