"""``visit done``: goes through the open questions for answers, asks what was agreed, and records all of it at once."""

import shlex
from collections.abc import Sequence
from datetime import datetime, time
from typing import NamedTuple

from painlog.cli.capture import record_drafts
from painlog.cli.fetch.agenda import fetch_agenda
from painlog.cli.prompts import Prompt, Source, answers_from, ask
from painlog.cli.session import Session
from painlog.cli.talk import say
from painlog.cli.typed_words import read_clause
from painlog.domain.ahead import Ahead
from painlog.domain.entries import Draft, Entry
from painlog.domain.kinds.care import GOAL, PLAN
from painlog.domain.kinds.visits import AGREED, ANSWER, ASK_DOCTOR, VISIT, open_questions
from painlog.domain.language.dates import Moment, localize
from painlog.domain.plan import check_step
from painlog.errors import BadInput, Unclear
from painlog.view.terminal import term

DROPPED = "-"
_STEPS = ("start", "change", "stop", GOAL)
_AGREED = "What was agreed? One thing a line; Enter ends. start, change, stop or goal changes your plan"
_WHO = "Who was it with? Such as Dr Weber"


class _Asked(NamedTuple):
    """What goes into the journal: answers by question, who it was with, and what was agreed, line by line."""

    who: str
    answers: dict[str, str]
    agreed: list[str]


def go_through_visit(session: Session, who: str, moment: Moment, *, is_timed: bool) -> None:
    """Ask for the answers of a visit and what was agreed; record the visit and all of it as one command.

    A question without an answer waits for the next visit. Raises BadInput.
    """
    with session.reading() as journal:
        questions = open_questions(journal.entries(kinds=[ASK_DOCTOR.name]), journal.entries(kinds=[VISIT.name]))
        changes: list[Draft | Entry] = [*journal.entries(kinds=[PLAN.name])]
        agenda = fetch_agenda(session, journal)
    planned = _find_planned(session, who, agenda.passed, agenda.ahead)
    if planned and not is_timed:
        moment = _moment_of(planned, session)
    later = open_questions(questions, [Draft(VISIT, moment, {})])
    questions = [each for each in questions if "note" in each.data and each not in later]
    steps: list[Draft] = []
    with answers_from() as source:
        who = who or (planned.name if planned else _ask_who(source))
        asked = _ask(session, source, who, questions, moment, changes, steps)
    record_drafts(session, [*_drafts(session, asked, questions, moment), *steps], source="visit")
    if left := [each for each in questions if each.id not in asked.answers]:
        say(f"{len(left)} without an answer: kept for the next visit")


def _find_planned(session: Session, who: str, passed: Sequence[Ahead], ahead: Sequence[Ahead]) -> Ahead | None:
    """The planned visit that this is: of the name if one was said, today's or else the last that passed."""
    visits = [*reversed(passed), *(each for each in ahead if each.is_visit and each.day == session.today)]
    named = [each for each in visits if who.casefold() in ("", each.name.casefold())]
    return named[-1] if named else None


def _moment_of(planned: Ahead, session: Session) -> Moment:
    """When a planned visit was; now where its time is still to come, its day alone where only a past day was said."""
    if planned.clock:
        at, notice = localize(datetime.combine(planned.day, time.fromisoformat(planned.clock)))
        if at <= session.now:
            return session.moment(None)._replace(day=planned.day, at=at, notice=notice)
    elif planned.day < session.today:
        return session.moment(None)._replace(day=planned.day, at=None)
    return session.moment(None)


def _ask_who(source: Source) -> str:
    """Ask who a visit was with. Raises BadInput where that is not said, before anything else is asked."""
    given: dict[str, str] = {}
    ask([Prompt("who", _WHO, VISIT.main.check)], source, given)
    if "who" not in given:
        raise BadInput('who was it with? For example: painlog visit done "Dr Weber"')
    return given["who"]


def _ask(
    session: Session,
    source: Source,
    who: str,
    questions: Sequence[Entry],
    moment: Moment,
    changes: list[Draft | Entry],
    steps: list[Draft],
) -> _Asked:
    prompts = [
        Prompt(question.id, f"{term(question.data['note'])} (Enter keeps it, {DROPPED} drops it)", ANSWER.main.check)
        for question in questions
    ]
    given: dict[str, str] = {}
    if prompts:
        ask(prompts, source, given)
    agreed: list[str] = []
    while line := _next_agreed(session, source, moment, changes, steps):
        agreed.append(line)
    return _Asked(who, given, agreed)


def _next_agreed(
    session: Session, source: Source, moment: Moment, changes: list[Draft | Entry], steps: list[Draft]
) -> str:
    """Ask for one more thing that was agreed; empty where none follows. A step of the plan is added to ``steps``."""
    found: dict[str, str] = {}
    made: list[Draft] = []

    def check(text: str) -> object:
        made[:] = _steps(session, text, moment, changes)
        return made

    ask([Prompt("agreed", _AGREED, check)], source, found)
    line = found.get("agreed", "")
    if line:
        steps += made
        changes += made
    return line


def _steps(session: Session, text: str, moment: Moment, changes: Sequence[Draft | Entry]) -> list[Draft]:
    """The step of the plan that a line says, checked beside those before it; none where it is only words.

    Raises BadInput.
    """
    AGREED.check({"note": text})
    verb, _, rest = text.strip().partition(" ")
    step = verb.lower()
    if step not in _STEPS or not rest.strip():
        return []
    if step in ("stop", GOAL):
        more = {"sort": GOAL, "step": "start"} if step == GOAL else {"step": step}
        data = {"name": rest.strip()} | more
    else:
        try:
            said, _, _ = read_clause(session, PLAN, _words(rest), moment, closes=True, also=(PLAN,))
        except Unclear as error:
            raise BadInput(f"{error}; or begin the line with another word to keep it as it is") from None
        data = PLAN.read(said, moment) | {"step": step}
    draft = Draft(PLAN, moment, PLAN.check(data))
    return [draft._replace(data=draft.data | check_step(draft, changes))]


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


def _drafts(session: Session, asked: _Asked, questions: Sequence[Entry], moment: Moment) -> list[Draft]:
    """The visit, the answers, what was agreed, and anew each question that nobody answered."""
    visit = VISIT.check({"who": asked.who})
    answers = [
        Draft(ANSWER, moment, ANSWER.check({"note": text, "question_id": id_}))
        for id_, text in asked.answers.items()
        if text != DROPPED
    ]
    agreed = [Draft(AGREED, moment, AGREED.check({"note": line})) for line in asked.agreed]
    now = session.moment(None)
    kept = [Draft(ASK_DOCTOR, now, {"note": each.data["note"]}) for each in questions if each.id not in asked.answers]
    return [Draft(VISIT, moment, visit), *answers, *agreed, *kept]
