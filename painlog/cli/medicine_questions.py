"""Asks for the medicines that the plan has for a day, a key each: taken, skipped, or later, which records nothing."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from painlog.cli.prompts import Prompt
from painlog.domain.entries import Draft
from painlog.domain.kinds.care import DOSE, PLAN, SCHEDULED, SKIPPED
from painlog.domain.language.dates import Moment
from painlog.domain.periods import Period
from painlog.domain.scheduled import Scheduled, scheduled_on
from painlog.errors import BadInput
from painlog.storage.journal import Journal
from painlog.view.terminal import term

_KEYS = {"t": "taken", "s": "skipped", "l": "later"}
_PREFIX = "scheduled "
_RARELY = 400  # days between two doses, at most


def find_unrecorded(journal: Journal, moment: Moment) -> list[Scheduled]:
    """Return each dose that the plan has for a day and of which nothing is recorded."""
    changes = journal.entries(kinds=[PLAN.name], until=moment.day)
    if not changes:
        return []
    doses = journal.entries(Period(moment.day - timedelta(days=_RARELY), moment.day), kinds=[DOSE.name])
    return [each for each in scheduled_on(changes, doses, moment.day) for _ in range(each.unrecorded)]


def medicine_prompts(due: Sequence[Scheduled]) -> Iterator[Prompt]:
    """Yield a question for each dose; its key is the dose's place. Enter leaves it unrecorded."""
    for i, each in enumerate(due):
        name = term(f"{each.item.name} {each.item.amount}".strip())
        text = f"{name}, scheduled today: t taken, s skipped, l or Enter later (nothing is recorded)"
        yield Prompt(f"{_PREFIX}{i}", text, _check, keys="".join(_KEYS))


def doses_of(answers: dict[str, str], due: Sequence[Scheduled], moment: Moment) -> list[Draft]:
    """Return the doses that were answered as taken or skipped, with the plan's amount."""
    said = {key: _check(text) for key, text in answers.items() if key.startswith(_PREFIX)}
    return [
        _dose(due[int(key.removeprefix(_PREFIX))], status, moment) for key, status in said.items() if status != "later"
    ]


def _check(text: str) -> str:
    """Return what an answer means. Raises BadInput."""
    clean = text.strip().lower()
    meant = _KEYS.get(clean, clean)
    if meant not in _KEYS.values():
        raise BadInput(f"{text!r} is none of t (taken), s (skipped) and l (later)")
    return meant


def _dose(each: Scheduled, status: str, moment: Moment) -> Draft:
    data = {"name": each.item.name, "schedule": SCHEDULED}
    if status == SKIPPED:
        data |= {"status": SKIPPED}
    elif each.item.amount:
        data |= {"amount": each.item.amount}
    return Draft(DOSE, moment, DOSE.check(data))
