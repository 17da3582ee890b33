"""``ask-doctor`` and ``visit``: what waits for the next visit, and the visits that have been."""

from painlog.cli.kind_commands import command
from painlog.cli.session import Session
from painlog.cli.talk import say
from painlog.domain.kinds.kind import TypedTexts
from painlog.domain.kinds.visits import ASK_DOCTOR, VISIT, last_visit, open_questions
from painlog.domain.language.dates import Moment
from painlog.view.screens.listing import question_lines, visit_lines
from painlog.view.terminal import show


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


def _say_last(session: Session, said: TypedTexts, moment: Moment) -> bool:
    """Say when the last visit was and with whom, where nothing was said."""
    if said or moment != session.moment(None):
        return False
    with session.reading() as journal:
        last = last_visit(journal.entries(kinds=[VISIT.name]), session.today)
        short = journal.short_ids([last] if last else [])
    if last:
        show(visit_lines(last, short[last.id], session.today), plain=session.plain)
    else:
        say(f"no visit is recorded yet; painlog visit {VISIT.example} records one")
    return True


ask_doctor_ = command(ASK_DOCTOR, _list_open)
visit_ = command(VISIT, _say_last)
