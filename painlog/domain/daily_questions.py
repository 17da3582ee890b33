"""The day's questions: what each name in the settings stands for, and which of them are answered. Pure."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from painlog.domain.entries import Entry
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
        if self.field is self.kind.main and not self.kind.given:
            return self.kind.variant_of(dict(self.beside))
        return ""


def known_questions(names: Iterable[str], own: Sequence[Kind]) -> tuple[dict[str, Question], list[str]]:
    """Return what names stand for, but for retired measures, and the names that stand for nothing here."""
    found: dict[str, Question] = {}
    unknown = []
    for name in names:
        try:
            found[name] = about(name, own)
        except BadInput:
            unknown.append(name)
    return {name: asked for name, asked in found.items() if asked.kind.heads}, unknown


def about(name: str, own: Sequence[Kind]) -> Question:
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
    for one in (*KINDS.values(), *own):
        variable = variables_of([one]).get(clean) if one.heads or one.given else None
        if variable and (variable.source == "value" or not variable.field.derived):
            return _about_variable(one, variable)
    raise BadInput(f"{name!r} is not a question painlog can ask; there are {', '.join(askable(own))}")


def _about_variable(kind: Kind, variable: Variable) -> Question:
    """A question on a variable; of a sort of entry such as a nap where it is not the one that goes without saying."""
    if variable.source != "value":
        return Question(kind, variable.field, variable.label)
    sort = variable.variants[0] if variable.variants and not kind.given else ""
    beside = ((kind.variant, sort),) if sort and sort != kind.variant_of({}) else ()
    return Question(kind, kind.main, variable.label, beside)


def answered(asked: Question, entries: Iterable[Entry]) -> bool:
    """Whether one of a day's entries answers a question."""
    return any(
        entry.kind == asked.kind.name
        and asked.field.name in entry.data
        and asked.kind.given.items() <= entry.data.items()
        and (not asked.kind.variant or asked.variant in ("", asked.kind.variant_of(entry.data)))
        for entry in entries
    )


def askable(own: Sequence[Kind]) -> list[str]:
    """Return the name of every question, those on the person's own measures last."""
    numbers = variables_of(kind for kind in (*KINDS.values(), *own) if kind.heads).values()
    named = [variable.name for variable in numbers if variable.source == "value" or not variable.field.derived]
    return list(
        dict.fromkeys([*(f"pain_{sort}" for sort in _OF_THE_DAY), "dose", "note", "went-well", "setback", *named])
    )
