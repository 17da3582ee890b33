"""Asks for the medicines that the plan has for a day, a key each: taken, skipped, or later, which records nothing."""

from collections.abc import Iterator, Sequence

from painlog.cli.capture import record_drafts
from painlog.cli.fetch.medicines import fetch_scheduled
from painlog.cli.prompts import NOTHING_ANSWERED, Prompt, answers_from, ask, read_key
from painlog.cli.session import Session
from painlog.cli.talk import say
from painlog.domain.entries import Draft
from painlog.domain.kinds.care import DOSE, SCHEDULED, SKIPPED
from painlog.domain.language.dates import Moment
from painlog.domain.scheduled import Scheduled
from painlog.storage.journal import Journal
from painlog.view.terminal import term

_KEYS = {"t": "taken", "s": "skipped", "l": "later"}
_PREFIX = "scheduled "


def find_unrecorded(journal: Journal, moment: Moment) -> list[Scheduled]:
    """Return each dose that the plan has for a day and of which nothing is recorded."""
    return [each for each in fetch_scheduled(journal, moment.day) for _ in range(each.unrecorded)]


def ask_medicines(session: Session) -> None:
    """Ask for each dose of today of which nothing is recorded, and record what is answered."""
    moment = session.moment(None)
    with session.reading() as journal:
        due = find_unrecorded(journal, moment)
    answers: dict[str, str] = {}
    with answers_from() as source:
        ask([*medicine_prompts(due)], source, answers)
    if drafts := doses_of(answers, due, moment):
        record_drafts(session, drafts, source="checkin")
    else:
        say(NOTHING_ANSWERED)


def medicine_prompts(due: Sequence[Scheduled]) -> Iterator[Prompt]:
    """Yield a question for each dose; its key is the dose's place. Enter leaves it unrecorded.

    The first one names the others: letters in this order answer several, in one line too.
    """
    names = [term(f"{each.item.name} {each.item.amount}".strip()) for each in due]
    for i, name in enumerate(names):
        text = f"{name}, scheduled today: t taken, s skipped, l or Enter later (nothing is recorded)"
        if i == 0 and names[1:]:
            text += f"; two or more letters, such as ts, answer the next too: {', '.join(names[1:])}"
        yield Prompt(f"{_PREFIX}{i}", text, _check, keys="".join(_KEYS), together=len(names) - i)


def doses_of(answers: dict[str, str], due: Sequence[Scheduled], moment: Moment) -> list[Draft]:
    """Return the doses that were answered as taken or skipped, with the plan's amount."""
    said = {key: _check(text) for key, text in answers.items() if key.startswith(_PREFIX)}
    return [
        _dose(due[int(key.removeprefix(_PREFIX))], status, moment) for key, status in said.items() if status != "later"
    ]


def _check(text: str) -> str:
    return read_key(text, _KEYS)


def _dose(each: Scheduled, status: str, moment: Moment) -> Draft:
    data = {"name": each.item.name, "schedule": SCHEDULED}
    if status == SKIPPED:
        data |= {"status": SKIPPED}
    elif each.item.amount:
        data |= {"amount": each.item.amount}
    return Draft(DOSE, moment, DOSE.check(data))
