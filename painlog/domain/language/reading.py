"""What a line was understood to say, as values: facts, words that are left over, and questions. Pure."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from painlog.domain.kinds.kind import Kind
from painlog.domain.language.when import When


class Fact(NamedTuple):
    """One entry that a line says.

    ``data`` are its checked values; ``late`` are texts by field whose value rests on the moment (the span of a night).
    ``when`` is None where the line does not say. ``notes`` are words left over beside it; ``filled`` says what came
    from the plan and was not said.
    """

    kind: Kind
    data: dict[str, Any]
    late: Mapping[str, str]
    when: When | None
    notes: tuple[str, ...] = ()
    filled: str = ""
    filled_fields: tuple[str, ...] = ()


class Edit(NamedTuple):
    """A piece of the line, and what may stand in its place."""

    start: int
    end: int
    text: str


class Question(NamedTuple):
    """What is not clear, in one sentence; edits of the line that would make it clear; commands that would help else.

    ``start`` and ``end`` are the clause that is in question.
    """

    text: str
    edits: tuple[Edit, ...] = ()
    commands: tuple[str, ...] = ()
    start: int = 0
    end: int = 0


class Reading(NamedTuple):
    """The best reading of a line. It is recorded only where there are no questions.

    ``spans`` are the clauses that are certain, as places in the line, behind the time that it opens with, which ends at
    ``front_end``. ``notes`` are words that no fact can hold, ``notices`` say what was read otherwise than typed,
    ``slips`` are the edits that write it so. Without facts and questions it is a note.
    """

    line: str
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    notices: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    slips: tuple[Edit, ...] = ()
    front_end: int = 0

    @property
    def left(self) -> tuple[str, ...]:
        """Every phrase that is kept as words."""
        return (*(note for fact in self.facts for note in fact.notes), *self.notes)


def is_it_a(name: str, what: str) -> str:
    """Return what is asked of a name that the journal does not know."""
    return f"{name} is not known here; is it a {what}?"
