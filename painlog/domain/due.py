"""What is due: the day's questions without an answer, and questionnaires by their rhythm. Pure.

``due``, ``painlog`` alone and a prompt all ask ``find_due``. A prompt waits for every module that is imported here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from painlog.domain.clock import day_of
from painlog.domain.daily_questions import Answers, find_questions, is_answered
from painlog.domain.kinds.care import DOSE
from painlog.domain.kinds.fields import Text
from painlog.domain.kinds.kind import Kind
from painlog.domain.questionnaires import QUESTIONNAIRES, Questionnaire
from painlog.domain.settings import Settings, form_is_due, is_late, names_for

_FIRST_DAYS = 2  # of a journal, on which no questionnaire is due
_DAYS_APART = 7  # between two sets of one block


class DueForm(NamedTuple):
    """A questionnaire that is due; ``last`` is None where it was never filled in."""

    questionnaire: str
    title: str
    last: date | None


class Medicines(NamedTuple):
    """How many of the medicines that are scheduled on a day have a dose that is not recorded; which is never said.

    Those that were counted and that by the plan end within days, or have ended, are ``ending``.
    """

    unrecorded: int
    scheduled: int
    ending: int


class Due(NamedTuple):
    """What is due: questions of the day without an answer, questionnaires by their rhythm, lines that wait.

    ``medicines`` are those of the day by the plan, None where none is scheduled; no prompt has them.
    """

    questions: list[str]
    forms: list[DueForm]
    waiting: int = 0
    medicines: Medicines | None = None

    @property
    def short(self) -> str:
        """All of it in one line, for a prompt; empty where nothing is due."""
        return ", ".join([*self.questions, *(form.title for form in self.forms)])


def find_due(answers: Answers, own: Iterable[Kind], settings: Settings, now: datetime) -> Due:
    """Return what is due at an instant; ``own`` holds the kinds of the person's own measures."""
    today = day_of(now, settings.day_starts)
    if answers.is_paused(today):
        return Due([], [])
    names = names_for(settings, now, today, evening=is_late(settings, now, today))
    return Due([*_open_questions(answers, own, names, today)], [*_due_forms(answers, settings, today)])


def _open_questions(answers: Answers, own: Iterable[Kind], names: Iterable[str], today: date) -> Iterator[str]:
    """Yield the label of each question without an answer; a medicine or a text is never due."""
    for question in find_questions(names, own)[0].values():
        can_be_due = question.kind is not DOSE and not isinstance(question.field, Text)
        if can_be_due and not is_answered(question, answers, today):
            yield question.label.removesuffix(" (now)")


def _due_forms(answers: Answers, settings: Settings, today: date) -> Iterator[DueForm]:
    """Yield the questionnaires that are due, from a journal's third day on."""
    first = answers.first_change()
    if first is None or (today - day_of(first, settings.day_starts)).days < _FIRST_DAYS:
        return
    forms = [QUESTIONNAIRES[id_] for id_ in settings.questionnaires]
    lasts = {form: answers.last(form.id) for form in forms if form.safety_item is None or settings.phq9}
    for block in dict.fromkeys(form.block for form in lasts):
        yield from _due_set({form: last for form, last in lasts.items() if form.block == block}, today)


def _due_set(lasts: Mapping[Questionnaire, date | None], today: date) -> Iterator[DueForm]:
    """Yield what is due of one block's questionnaires, one set of equal rhythm at a time: the one that waited longest.

    A set waits until one of another rhythm was filled in a week ago.
    """
    recent = {form.every_days for form, last in lasts.items() if last and (today - last).days < _DAYS_APART}
    due = [
        form
        for form, last in lasts.items()
        if form_is_due(form.every_days, last, today) and recent <= {form.every_days}
    ]
    due.sort(key=lambda form: lasts[form] or date.min)
    for form in due:
        if form.every_days == due[0].every_days:
            yield DueForm(form.id, form.title, lasts[form])
