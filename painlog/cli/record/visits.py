"""``ask-doctor`` and ``visit``: what waits for the next visit, visits that have been, and those that lie ahead."""

from pathlib import Path
from typing import Annotated

import typer

from painlog.cli.ahead import arrange, cancel_next, part_words
from painlog.cli.capture import gather_texts, record
from painlog.cli.fetch.agenda import fetch_agenda
from painlog.cli.kind_commands import command
from painlog.cli.options import AtOption, ForceOption, NoteOption, OutOption, SecondOption
from painlog.cli.session import Session
from painlog.cli.shell import completion
from painlog.cli.talk import say, tell
from painlog.domain.kinds.kind import TypedTexts
from painlog.domain.kinds.visits import ASK_DOCTOR, MEETING, VISIT, last_visit, open_questions
from painlog.domain.language.dates import Moment
from painlog.errors import BadInput
from painlog.view.screens.ahead import ahead_lines
from painlog.view.screens.listing import question_lines, visit_lines
from painlog.view.terminal import show

PLANNED, PREPARED, DONE = "plan", "prepare", "done"


def _list_open(session: Session, said: TypedTexts, moment: Moment) -> bool:
    """List the open questions, where nothing was said."""
    if said or moment != session.moment(None):
        return False
    with session.reading() as journal:
        questions = open_questions(journal.entries(kinds=[ASK_DOCTOR.name]), journal.entries(kinds=[VISIT.name]))
        short = journal.short_ids(questions)
    if questions:
        show(question_lines(questions, short, session.today), plain=session.plain)
    else:
        say(f"no open questions; painlog ask-doctor {ASK_DOCTOR.example} keeps one for your next visit")
    return True


def _say_last(session: Session) -> None:
    """Say when the last visit was and with whom, and what lies ahead."""
    with session.reading() as journal:
        last = last_visit(journal.entries(kinds=[VISIT.name]), session.today)
        short = journal.short_ids([last] if last else [])
        agenda = fetch_agenda(session, journal)
    if last:
        show(visit_lines(last, short[last.id], session.today), plain=session.plain)
    else:
        say(f"no visit is recorded yet; painlog visit {VISIT.example} records one")
    for line in ahead_lines(agenda, session.today):
        tell(line)


def visit_(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME", help=VISIT.main.help, autocompletion=completion.values(VISIT, VISIT.main)),
    ] = None,
    note: NoteOption = None,
    at: AtOption = None,
    second: SecondOption = False,
    cancelled: Annotated[bool, typer.Option("--cancelled", help="With plan: it will not be after all.")] = False,
    output: OutOption = None,
    force: ForceOption = False,
) -> None:
    """Record a visit, or plan, prepare and go through one.

    \b
      painlog visit "Dr Weber" --at "yesterday 10:30"
      painlog visit plan "Dr Weber" "20 dec 10:30"
      painlog visit prepare
      painlog visit done

    Alone it says when the last one was and what lies ahead. plan arranges one, --cancelled takes it away; prepare lists
    your questions and what changed since the last visit, and writes the page to bring along (-o FILE); done asks for
    the answers and for what was agreed.
    """
    session: Session = ctx.obj
    verb = words[0] if words and words[0] in (PLANNED, PREPARED, DONE) else ""
    if (cancelled and verb != PLANNED) or ((output or force) and verb != PREPARED):
        raise BadInput(
            "--cancelled goes with painlog visit plan" if cancelled else "-o and --force go with painlog visit prepare"
        )
    rest = words[1:] if words and verb else []
    if verb == PLANNED:
        _plan(session, rest, note, at, cancelled=cancelled)
    elif verb == PREPARED:
        _prepare(session, rest, output, force=force)
    elif verb == DONE:
        _go_through(session, " ".join(rest), at, second=second)
    elif not words and note is None and at is None:
        _say_last(session)
    else:
        typed = gather_texts(session, VISIT, words or [], {"note": note}, session.moment(at, second=second))
        record(session, VISIT, typed)


def _plan(session: Session, words: list[str], note: str | None, at: str | None, *, cancelled: bool) -> None:
    if at is not None:
        raise BadInput('when it will be stands after the name: painlog visit plan "Dr Weber" "20 dec 10:30"')
    if not words:
        with session.reading() as journal:
            lines = [*ahead_lines(fetch_agenda(session, journal), session.today)]
        tell("\n".join(lines)) if lines else say("nothing lies ahead")
        return
    name = " ".join(words)
    if cancelled and not _says_when(words, session):
        cancel_next(session, name, meeting=MEETING, note=note)
        return
    name, when = part_words(words, session)
    arrange(session, name, when, meeting=MEETING, note=note, cancelled=cancelled)


def _says_when(words: list[str], session: Session) -> bool:
    try:
        return bool(part_words(words, session))
    except BadInput:
        return False


def _prepare(session: Session, words: list[str], output: Path | None, *, force: bool) -> None:
    from painlog.cli.visit_preparing import prepare_visit

    prepare_visit(session, " ".join(words), output, force=force)


def _go_through(session: Session, who: str, at: str | None, *, second: bool) -> None:
    from painlog.cli.visit_questions import go_through_visit

    go_through_visit(session, who, session.moment(at, second=second), is_timed=at is not None)


ask_doctor_ = command(ASK_DOCTOR, _list_open)
