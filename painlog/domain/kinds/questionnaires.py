"""Filled-in questionnaires as kinds of entries, one for each of ``QUESTIONNAIRES``. Pure."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from painlog.domain.kinds.fields import Field, Flag, Number, Value
from painlog.domain.kinds.kind import NOTE, Daily, Kind
from painlog.domain.language.dates import Moment
from painlog.domain.questionnaires import (
    ANSWERS_HELP,
    QUESTIONNAIRES,
    Questionnaire,
    check_answers,
    parse_answers,
    score,
    show_score,
)


class Answers(Field):
    """The answers to a questionnaire's items in order, null for one that was skipped."""

    required: bool = True
    questionnaire: Questionnaire

    @property
    def metavar(self) -> str:
        return "ANSWERS"

    @property
    def need(self) -> str:
        return "its answers"

    def parse(self, text: str, moment: Moment) -> Value:
        return parse_answers(self.questionnaire, text)

    def check(self, value: Value) -> Value:
        return check_answers(self.questionnaire, value)

    def show(self, value: Value) -> str:
        return ", ".join("-" if answer is None else str(answer) for answer in value)

    def as_typed(self, value: Value) -> list[str]:
        return [self.show(value)]


def _form(questionnaire: Questionnaire) -> Kind:
    title, id_ = questionnaire.title, questionnaire.id
    answers = Answers(name="answers", questionnaire=questionnaire, help=ANSWERS_HELP)
    total = Number(
        name="score",
        label=title,
        low=questionnaire.low,
        high=questionnaire.high,
        better="low",
        alike=questionnaire.important_change or 1,
        derived=True,
    )
    own = (Number(name="difficulty", high=3, whole=True), Flag(name="item_9_private"))
    return Kind(
        name=id_,
        label=title,
        help=f"{title}, filled in.",
        by_hand=f"ask {id_}",
        example=f"--answers {','.join('1' for _ in questionnaire.items)}",
        value="score",
        days=(Daily(id_, title, f"{id_}_score", combine="last"),),
        formula=partial(_scored, questionnaire),
        fields=(answers, total, *(own if questionnaire.difficulty else ()), NOTE),
        line=partial(_line, questionnaire),
    )


def _scored(questionnaire: Questionnaire, data: dict[str, Any]) -> dict[str, Any]:
    value = score(questionnaire, data["answers"]).value if "answers" in data else None
    return {} if value is None else {"score": value}


def _line(questionnaire: Questionnaire, data: Mapping[str, Any]) -> str:
    answered = sum(answer is not None for answer in data.get("answers", ()))
    return f"{questionnaire.title} {show_score(questionnaire, data.get('score'), answered)}" + (
        f", {data['note']}" if "note" in data else ""
    )


DECLARED = tuple(_form(questionnaire) for questionnaire in QUESTIONNAIRES.values())
