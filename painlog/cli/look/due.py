"""``due``: what is not recorded yet today, and which questionnaires are due. For a prompt, cron or a timer."""

import sys
from typing import Annotated

import typer

from painlog.cli.fetch.agenda import fetch_agenda
from painlog.cli.fetch.medicines import count_medicines, fetch_as_needed, fetch_scheduled, fetch_stocks
from painlog.cli.fetch.trials import fetch_draw
from painlog.cli.fetch.waiting import count_waiting_lines
from painlog.cli.options import AsJson
from painlog.cli.session import SHORT_WAIT, Session
from painlog.cli.talk import say, tell
from painlog.domain.ahead import SOON, Agenda
from painlog.domain.due import Due, find_due
from painlog.domain.trials import Draw
from painlog.errors import BadInput, JournalLocked
from painlog.view.as_json import as_json
from painlog.view.screens.ahead import ahead_lines
from painlog.view.screens.due import draw_lines, due_lines, medicine_lines
from painlog.view.terminal import term


def due_(
    ctx: typer.Context,
    short: Annotated[bool, typer.Option("--short", help="A few words, for a status bar or a prompt.")] = False,
    medicines: Annotated[
        bool, typer.Option("--medicines", help="Today's medicines by name, on a terminal only.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Say what is not recorded yet today; silent where nothing is due.

    \b
      painlog due
      painlog due --short

    The morning's questions are due from the day's start, the evening's from painlog config get evening on. Medicines
    are counted, and named only with --medicines on a terminal: nothing recorded is not the same as nothing taken.
    What a trial drew for today and what lies ahead today and tomorrow stands below.
    """
    session: Session = ctx.obj
    if medicines:
        _print_medicines(session, others=short or json)
        return
    try:
        due, agenda, draw = _find_due(session, asks=not short) if session.has_journal else (Due([], []), Agenda(), None)
    except JournalLocked:
        if not short:
            raise
        return
    due = due if short else due._replace(waiting=count_waiting_lines(session))
    if json:
        print(as_json("due", {**due._asdict(), **agenda._asdict()} | ({"trial": draw} if draw else {})))
    elif short:
        print(term(due.short), end="\n" if due.short else "")
    else:
        drawn = draw_lines(draw) if draw and draw.done is None else ()
        for line in (*due_lines(due, session.today), *drawn, *ahead_lines(agenda, session.today, within=SOON)):
            tell(line)


def _find_due(session: Session, *, asks: bool) -> tuple[Due, Agenda, Draw | None]:
    """Return what is due and, where a person asks who may type a passphrase, what lies ahead and what is drawn."""
    session.keys.asks = asks
    with session.reading(wait=SHORT_WAIT) as journal:
        due = find_due(journal.days, journal.kinds.own.values(), session.settings, session.now)
        if not asks:
            return due, Agenda(), None
        due = due._replace(medicines=count_medicines(journal, session.today))
        return due, fetch_agenda(session, journal), fetch_draw(session, journal)


def _print_medicines(session: Session, *, others: bool) -> None:
    """Name today's medicines to who sits at a terminal. Raises BadInput."""
    if others or not sys.stdout.isatty():
        raise BadInput("--medicines names your medicines, so it goes alone and only to a terminal")
    with session.reading() as journal:
        scheduled, as_needed = fetch_scheduled(journal, session.today), fetch_as_needed(journal, session.today)
        stocks = fetch_stocks(journal, session.today)
    if not (scheduled or as_needed or stocks):
        say("your plan has no medicine; painlog plan start duloxetine 60mg daily begins one")
    for line in medicine_lines(scheduled, as_needed, stocks, session.today):
        tell(line)
