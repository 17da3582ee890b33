"""The day's questions: what each name in the settings stands for, and which of them are answered. Pure."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import chain
from typing import NamedTuple, Protocol

from painlog.domain.kinds.care import DOSE, PRN
from painlog.domain.kinds.fields import Field, Text
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.pain_mood import PAIN
from painlog.domain.kinds.registry import KINDS
from painlog.domain.variables import Variable, variable_name, variables_of
from painlog.errors import BadInput

_OF_THE_DAY = {"average": "the day's average", "worst": "the day's worst", "least": "the day's least", "now": "now"}


class Question(NamedTuple):
    """What a question is about: a field of a kind, in the sort of entry ``beside`` says; ``label`` in a few words."""

    kind: Kind
    field: Field
    label: str
    beside: tuple[tuple[str, str], ...] = ()

    @property
    def variant(self) -> str:
        """The sort of entry that answers it, empty for any."""
        if self.field is self.kind.main and not self.kind.constants:
            return self.kind.variant_of(dict(self.beside))
        return ""


class Answers(Protocol):
    """What a journal says of answers."""

    def has_answer(self, kind: str, field: str, variant: str, day: date) -> bool:
        """Return whether an entry of a day, of a kind and of a variant if one is named, holds a field."""

    def is_paused(self, day: date) -> bool:
        """Return whether a day lies in a pause, on which no question is asked."""

    def first_change(self) -> datetime | None:
        """Return when the first change was written down, None where there is none."""

    def last(self, kind: str) -> date | None:
        """Return the last day with an entry of a kind."""


def find_questions(names: Iterable[str], own: Iterable[Kind]) -> tuple[dict[str, Question], list[str]]:
    """Return what names stand for, but for retired measures, and the names that stand for nothing here."""
    found: dict[str, Question] = {}
    unknown = []
    for name in names:
        try:
            found[name] = find_question(name, own)
        except BadInput:
            unknown.append(name)
    return {name: asked for name, asked in found.items() if asked.kind.heads}, unknown


def find_question(name: str, own: Iterable[Kind]) -> Question:
    """Return what a question's name stands for: ``pain_average``, ``dose``, ``note``, a variable. Raises BadInput."""
    clean = variable_name(name)
    if clean.startswith("pain_") and (sort := clean.removeprefix("pain_")) in _OF_THE_DAY:
        beside = (("rating", sort),) if sort != "now" else ()
        return Question(PAIN, PAIN.main, f"pain ({_OF_THE_DAY[sort]})", beside)
    if clean == "dose":
        return Question(DOSE, DOSE.main, "medicine taken as needed", (("schedule", PRN),))
    kind = KINDS.get(clean.replace("_", "-"))
    if kind and isinstance(kind.main, Text):
        return Question(kind, kind.main, kind.main.title)
    for one in chain(KINDS.values(), own):
        variable = variables_of([one]).get(clean) if one.heads or one.constants else None
        if variable and (variable.source == "value" or not variable.field.derived):
            return _about_variable(one, variable)
    raise BadInput(f"{name!r} is not a question painlog can ask; there are {', '.join(question_names(own))}")


def _about_variable(kind: Kind, variable: Variable) -> Question:
    """A question on a variable; of a sort of entry such as a nap where it is not the one that goes without saying."""
    if variable.source != "value":
        return Question(kind, variable.field, variable.label)
    sort = variable.variants[0] if variable.variants and not kind.constants else ""
    beside = ((kind.variant, sort),) if sort and sort != kind.variant_of({}) else ()
    return Question(kind, kind.main, variable.label, beside)


def is_answered(question: Question, answers: Answers, day: date) -> bool:
    """Whether an entry of the day answers a question."""
    kind = question.kind
    variant = str(kind.constants.get(kind.variant, question.variant))
    return answers.has_answer(kind.name, question.field.name, variant, day)


def question_names(own: Iterable[Kind]) -> list[str]:
    """Return the name of every question, those on the person's own measures last."""
    numbers = variables_of(kind for kind in (*KINDS.values(), *own) if kind.heads).values()
    named = [variable.name for variable in numbers if variable.source == "value" or not variable.field.derived]
    return list(
        dict.fromkeys([*(f"pain_{sort}" for sort in _OF_THE_DAY), "dose", "note", "went-well", "setback", *named])
    )
