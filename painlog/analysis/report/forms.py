"""Questionnaires over time: each score of a period, and its change from the one before. Pure.

A change matters from the questionnaire's own important change on, as published; where there is none, or where one of
the two scores is estimated from an incomplete form, it has no word. A score is compared with the form before it and
with the last one up to the last visit.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from painlog.domain.entries import Entry
from painlog.domain.periods import Period
from painlog.domain.questionnaires import QUESTIONNAIRES, Questionnaire, band, subscales


class FilledForm(NamedTuple):
    """One filled-in form. ``score`` is None where too much was left out, estimated where not all was answered.

    ``at_cut_off`` says whether the score, or a subscale, is at or above its usual cut-off.
    """

    day: date
    score: float | None
    band: str
    answered: int
    of: int
    subscales: dict[str, int]
    at_cut_off: bool


class SafetyItem(NamedTuple):
    """The answer to the item on thoughts of death, with its words; both None where the person keeps it private."""

    day: date
    number: int
    answer: int | None
    label: str | None


class FormChange(NamedTuple):
    """The last score less the one before; ``word`` names it by the ``important`` change, as far as that is known."""

    since: date
    before: float
    difference: float
    important: float | None
    word: str

    @property
    def matters(self) -> bool:
        """Whether it reaches the important change."""
        return self.word in ("better", "worse")


class FormHistory(NamedTuple):
    """A questionnaire in a period: every time it was filled in with its safety item, and the last one's change.

    ``change`` is that from the form before, ``since_start`` that from the last one before the period, ``since_visit``
    that from the last one up to the last visit.
    """

    questionnaire: str
    title: str
    filled: tuple[FilledForm, ...]
    change: FormChange | None
    safety: tuple[SafetyItem, ...]
    overlaps: bool
    since_visit: FormChange | None = None
    since_start: FormChange | None = None

    @property
    def last(self) -> FilledForm:
        """The last one of the period."""
        return self.filled[-1]

    @property
    def changes(self) -> tuple[FormChange, ...]:
        """What the last one is compared with, each form once: that at the last visit first, then those before it."""
        compared = (self.since_visit, self.since_start, self.change)
        return tuple({change.since: change for change in compared if change}.values())

    @property
    def stands_out(self) -> bool:
        """Whether one of the period is at its cut-off, or the last one's change matters."""
        return any(each.at_cut_off for each in self.filled) or any(change.matters for change in self.changes)


class SafetyAnswer(NamedTuple):
    """The highest and the latest answer to the item on thoughts of death in a period; both None if all are private.

    ``kept_private`` are the days on which one was filled in whose answer the person keeps to themselves.
    """

    title: str
    highest: SafetyItem | None
    latest: SafetyItem | None
    kept_private: tuple[date, ...]

    @property
    def is_grave(self) -> bool:
        """Whether an answer is above "not at all"."""
        return bool(self.highest and self.highest.answer)


def sum_up_safety(histories: Sequence[FormHistory]) -> SafetyAnswer | None:
    """Return the period's answers to the safety item in short; None where it was not asked."""
    with_item = [history for history in histories if history.safety]
    if not with_item:
        return None
    items = [item for history in with_item for item in history.safety]
    open_items = [item for item in items if item.label is not None]
    return SafetyAnswer(
        title=with_item[0].title,
        highest=max(open_items, key=lambda item: (-1 if item.answer is None else item.answer, item.day), default=None),
        latest=max(open_items, key=lambda item: item.day, default=None),
        kept_private=tuple(item.day for item in items if item.label is None),
    )


def tells_safety(entry: Entry) -> bool:
    """Whether an entry has an answer to the item on thoughts of death that the person does not keep private."""
    questionnaire = QUESTIONNAIRES.get(entry.kind)
    if questionnaire is None or questionnaire.safety_item is None:
        return False
    return _safety(questionnaire, entry).answer is not None


def list_histories(entries: Sequence[Entry], period: Period, visited: date | None = None) -> tuple[FormHistory, ...]:
    """Return a history for each questionnaire filled in within the period; earlier entries serve to compare.

    The last visit was on the day ``visited``, None where there was none.
    """
    found = []
    for id_, questionnaire in QUESTIONNAIRES.items():
        own = sorted((entry for entry in entries if entry.kind == id_), key=lambda entry: (entry.day, entry.id))
        if any(period.holds(entry.day) for entry in own):
            found.append(_history(questionnaire, own, period, visited))
    return tuple(found)


def _history(
    questionnaire: Questionnaire, entries: Sequence[Entry], period: Period, visited: date | None
) -> FormHistory:
    here = [entry for entry in entries if period.holds(entry.day)]
    upto = [entry for entry in entries if entry.day <= period.end and "score" in entry.data]
    scored = [read_form(questionnaire, entry) for entry in upto]
    is_scored = len(scored) > 1 and "score" in here[-1].data
    at_visit = [form for form in scored[:-1] if visited and form.day <= visited]
    before = [form for form in scored if form.day < period.start]
    return FormHistory(
        questionnaire=questionnaire.id,
        title=questionnaire.title,
        filled=tuple(read_form(questionnaire, entry) for entry in here),
        change=_change(questionnaire, scored[-2], scored[-1]) if is_scored else None,
        safety=tuple(_safety(questionnaire, entry) for entry in here if questionnaire.safety_item is not None),
        overlaps=questionnaire.overlaps,
        since_visit=_change(questionnaire, at_visit[-1], scored[-1]) if is_scored and at_visit else None,
        since_start=_change(questionnaire, before[-1], scored[-1]) if is_scored and before else None,
    )


def read_form(questionnaire: Questionnaire, entry: Entry) -> FilledForm:
    """Return what one filled-in form says."""
    answers, value = entry.data.get("answers", []), entry.data.get("score")
    parts = subscales(questionnaire, answers)
    cut_off, part_cut_off = questionnaire.cut_off, questionnaire.part_cut_off
    return FilledForm(
        day=entry.day,
        score=value,
        band="" if value is None else band(questionnaire, value),
        answered=sum(answer is not None for answer in answers),
        of=len(answers),
        subscales=parts,
        at_cut_off=(cut_off is not None and value is not None and value >= cut_off)
        or (part_cut_off is not None and any(part >= part_cut_off for part in parts.values())),
    )


def compare_forms(questionnaire: Questionnaire, before: Entry, now: Entry) -> FormChange | None:
    """Compare two filled-in forms; None where one has no score."""
    both = [read_form(questionnaire, entry) for entry in (before, now)]
    return _change(questionnaire, both[0], both[1]) if None not in (both[0].score, both[1].score) else None


def _change(questionnaire: Questionnaire, before: FilledForm, now: FilledForm) -> FormChange:
    from painlog.analysis.report.change import name_form_change  # an export reads forms too, and does not wait for it

    difference = round((now.score or 0) - (before.score or 0), 1)
    important = questionnaire.important_change
    whole = before.answered == before.of and now.answered == now.of
    word = name_form_change(difference, important) if whole else ""
    return FormChange(before.day, before.score or 0, difference, important, word)


def _safety(questionnaire: Questionnaire, entry: Entry) -> SafetyItem:
    place = questionnaire.safety_item or 0
    answer = dict(enumerate(entry.data.get("answers", []))).get(place)
    if entry.data.get("item_9_private"):
        return SafetyItem(entry.day, place + 1, None, None)
    label = next((option.label for option in questionnaire.options if option.value == answer), "not answered")
    return SafetyItem(entry.day, place + 1, answer, label)
