"""What is due: the day's questions without an answer, and questionnaires by their rhythm. Pure.

``due``, ``painlog`` alone and a prompt all ask ``find_due``. A prompt waits for every module that is imported here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from painlog.domain.clock import day_of
from painlog.domain.daily_questions import Answers, find_questions, is_answered
from painlog.domain.kinds.care import DOSE
from painlog.domain.kinds.fields import Text
from painlog.domain.kinds.kind import Kind
from painlog.domain.questionnaires import QUESTIONNAIRES
from painlog.domain.settings import Settings, form_is_due, is_late, names_for


class DueForm(NamedTuple):
    """A questionnaire that is due; ``last`` is None where it was never filled in."""

    questionnaire: str
    title: str
    last: date | None


class Due(NamedTuple):
    """What is due: questions of the day without an answer, and questionnaires by their rhythm."""

    questions: list[str]
    forms: list[DueForm]

    @property
    def short(self) -> str:
        """All of it in one line, for a prompt; empty where nothing is due."""
        return ", ".join([*self.questions, *(form.title for form in self.forms)])


def find_due(answers: Answers, own: Iterable[Kind], settings: Settings, now: datetime) -> Due:
    """Return what is due at an instant; ``own`` holds the kinds of the person's own measures."""
    today = day_of(now, settings.day_starts)
    names = names_for(settings, now, today, evening=is_late(settings, now, today))
    return Due([*_open_questions(answers, own, names, today)], [*_due_forms(answers, settings, today)])


def _open_questions(answers: Answers, own: Iterable[Kind], names: Iterable[str], today: date) -> Iterator[str]:
    """Yield the label of each question without an answer; a medicine or a text is never due."""
    for question in find_questions(names, own)[0].values():
        can_be_due = question.kind is not DOSE and not isinstance(question.field, Text)
        if can_be_due and not is_answered(question, answers, today):
            yield question.label.removesuffix(" (now)")


def _due_forms(answers: Answers, settings: Settings, today: date) -> Iterator[DueForm]:
    for id_ in settings.questionnaires:
        form = QUESTIONNAIRES[id_]
        if form.safety_item is None or settings.phq9:
            last = answers.last(id_)
            if form_is_due(form.every_days, last, today):
                yield DueForm(id_, form.title, last)
