"""Questionnaires over time: each score of a period, and its change from the one before. Pure.

A change is said to matter from the questionnaire's own important change on, as published; where there is none, or where
one of the two scores is estimated from an incomplete form, nothing is said of its size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from painlog.domain.entries import Entry
from painlog.domain.periods import Period
from painlog.domain.questionnaires import QUESTIONNAIRES, Questionnaire, band, subscales

Size = Literal["", "matters", "smaller"]


@dataclass(frozen=True)
class FilledForm:
    """One filled-in form. ``score`` is None where too much was left out, estimated where not all was answered."""

    day: date
    score: float | None
    band: str
    answered: int
    of: int
    subscales: dict[str, int]


@dataclass(frozen=True)
class SafetyItem:
    """The answer to the item on thoughts of death, with its words; both None where the person keeps it private."""

    day: date
    number: int
    answer: int | None
    label: str | None


@dataclass(frozen=True)
class FormChange:
    """The last score less the one before; ``size`` says whether it reaches the ``important`` change."""

    since: date
    before: float
    difference: float
    important: float | None
    size: Size


@dataclass(frozen=True)
class FormHistory:
    """A questionnaire in a period: every time it was filled in with its safety item, and the last one's change."""

    questionnaire: str
    title: str
    filled: tuple[FilledForm, ...]
    change: FormChange | None
    safety: tuple[SafetyItem, ...]
    overlaps: bool


def list_histories(entries: Sequence[Entry], period: Period) -> tuple[FormHistory, ...]:
    """Return a history for each questionnaire filled in within the period; earlier entries serve to compare."""
    found = []
    for id_, questionnaire in QUESTIONNAIRES.items():
        own = sorted((entry for entry in entries if entry.kind == id_), key=lambda entry: (entry.day, entry.id))
        if any(period.holds(entry.day) for entry in own):
            found.append(_history(questionnaire, own, period))
    return tuple(found)


def _history(questionnaire: Questionnaire, entries: Sequence[Entry], period: Period) -> FormHistory:
    here = [entry for entry in entries if period.holds(entry.day)]
    scored = [read_form(questionnaire, entry) for entry in entries if entry.day <= period.end and "score" in entry.data]
    return FormHistory(
        questionnaire=questionnaire.id,
        title=questionnaire.title,
        filled=tuple(read_form(questionnaire, entry) for entry in here),
        change=_change(questionnaire, scored[-2], scored[-1]) if len(scored) > 1 and "score" in here[-1].data else None,
        safety=tuple(_safety(questionnaire, entry) for entry in here if questionnaire.safety_item is not None),
        overlaps=questionnaire.overlaps,
    )


def read_form(questionnaire: Questionnaire, entry: Entry) -> FilledForm:
    """Return what one filled-in form says."""
    answers, value = entry.data.get("answers", []), entry.data.get("score")
    return FilledForm(
        day=entry.day,
        score=value,
        band="" if value is None else band(questionnaire, value),
        answered=sum(answer is not None for answer in answers),
        of=len(answers),
        subscales=subscales(questionnaire, answers),
    )


def compare_forms(questionnaire: Questionnaire, before: Entry, now: Entry) -> FormChange | None:
    """Compare two filled-in forms; None where one has no score."""
    both = [read_form(questionnaire, entry) for entry in (before, now)]
    return _change(questionnaire, both[0], both[1]) if None not in (both[0].score, both[1].score) else None


def _change(questionnaire: Questionnaire, before: FilledForm, now: FilledForm) -> FormChange:
    difference = round((now.score or 0) - (before.score or 0), 1)
    important = questionnaire.important_change
    whole = before.answered == before.of and now.answered == now.of
    size: Size = "" if important is None or not whole else "matters" if abs(difference) >= important else "smaller"
    return FormChange(before.day, before.score or 0, difference, important, size)


def _safety(questionnaire: Questionnaire, entry: Entry) -> SafetyItem:
    place = questionnaire.safety_item or 0
    answer = dict(enumerate(entry.data.get("answers", []))).get(place)
    if entry.data.get("item_9_private"):
        return SafetyItem(entry.day, place + 1, None, None)
    label = next((option.label for option in questionnaire.options if option.value == answer), "not answered")
    return SafetyItem(entry.day, place + 1, answer, label)
