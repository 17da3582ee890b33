"""``due``: what is not recorded yet today, and which questionnaires are due. For a prompt, cron or a timer."""

from datetime import date
from typing import Annotated, NamedTuple

import typer

from painlog.cli.options import AsJson
from painlog.cli.session import Session
from painlog.domain.daily_questions import answered, known_questions
from painlog.domain.kinds.care import DOSE
from painlog.domain.kinds.fields import Text
from painlog.domain.language.dates import Moment, show_day
from painlog.domain.periods import Period
from painlog.domain.questionnaires import QUESTIONNAIRES
from painlog.domain.settings import form_is_due, is_late, names_for
from painlog.errors import JournalLocked
from painlog.storage.journal import Journal
from painlog.view.as_json import as_json
from painlog.view.terminal import PAGE_WIDTH, term, wrapped

WAIT_SECONDS = 1.0


class DueForm(NamedTuple):
    """A questionnaire that is due; ``last`` is None where it was never filled in."""

    questionnaire: str
    title: str
    last: date | None


class Due(NamedTuple):
    """What is due: questions of the day without an answer, and questionnaires by their rhythm."""

    questions: list[str]
    forms: list[DueForm]


def due_(
    ctx: typer.Context,
    short: Annotated[bool, typer.Option("--short", help="A few words, for a status bar or a prompt.")] = False,
    json: AsJson = False,
) -> None:
    """Say what is not recorded yet today; silent where nothing is due.

    \b
      painlog due
      painlog due --short

    The morning's questions are due from the day's start, the evening's from painlog config get evening on. Medicines
    are never named: nothing recorded is not the same as nothing taken.
    """
    session: Session = ctx.obj
    try:
        due = _due(session, asks=not short) if session.has_journal else Due([], [])
    except JournalLocked:
        if not short:
            raise
        return
    if json:
        print(as_json("due", due))
    elif short:
        names = [*due.questions, *(form.title for form in due.forms)]
        print(*([term(", ".join(names))] if names else []), sep="\n", end="\n" if names else "")
    else:
        for line in due_lines(due, session.today):
            print(line)


def _due(session: Session, *, asks: bool) -> Due:
    session.keys.asks = asks
    with session.reading(wait=WAIT_SECONDS) as journal:
        return due_now(journal, session)


def due_now(journal: Journal, session: Session) -> Due:
    """Find what is due at present."""
    moment = session.moment(None)
    late = is_late(session.settings, moment.at, moment.day)
    return Due(
        _open_questions(journal, names_for(session.settings, moment.at, moment.day, evening=late), moment),
        _forms(journal, session),
    )


def _open_questions(journal: Journal, names: list[str], moment: Moment) -> list[str]:
    asked = known_questions(names, list(journal.own.values()))[0].values()
    today = journal.entries(Period(moment.day, moment.day))
    due = (one for one in asked if one.kind is not DOSE and not isinstance(one.field, Text))
    return [one.label.removesuffix(" (now)") for one in due if not answered(one, today)]


def _forms(journal: Journal, session: Session) -> list[DueForm]:
    found = []
    for id_ in session.settings.questionnaires:
        questionnaire = QUESTIONNAIRES[id_]
        if questionnaire.safety_item is not None and not session.settings.phq9:
            continue
        last = journal.last_day(id_)
        if form_is_due(questionnaire.every_days, last, session.today):
            found.append(DueForm(id_, questionnaire.title, last))
    return found


def due_lines(due: Due, today: date) -> list[str]:
    """Say what is due, safe for a terminal."""
    lines = []
    if due.questions:
        lines += wrapped(f"not recorded today: {term(', '.join(due.questions))} (painlog checkin)", PAGE_WIDTH)
    for form in due.forms:
        last = f"last {show_day(form.last, today)}" if form.last else "not filled in yet"
        lines.append(f"{form.title} is due: {last} (painlog ask {form.questionnaire})")
    return lines
