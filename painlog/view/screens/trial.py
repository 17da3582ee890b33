"""A trial by lot in sentences: where it stands, how long it takes, what it showed. Raw texts, safe once laid out.

No sentence says what brought something about, what to do, or that a day was missed.
"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from painlog.analysis.patterns.findings import step
from painlog.domain.language.dates import show_day
from painlog.domain.trials import Trial
from painlog.domain.variables import Variable
from painlog.view.sentences import amount, step_text
from painlog.view.terminal import TextLine, bold, line_room, term, times, wrap_text

if TYPE_CHECKING:
    from painlog.analysis.patterns.trials import TrialPlan, TrialResult

_EXPECTATION = "You knew which days they were, so part may be expectation."
_YOURS = "It says how these days were, and not what to do; that is yours to decide, with those who treat you."


def standing_text(trial: Trial, today: date) -> str:
    """Where a trial stands on which nothing is drawn today."""
    if trial.stopped is not None:
        return f"the trial of {trial.name} was ended on {show_day(trial.stopped, today)}; what you recorded stays"
    if trial.is_over(today):
        return f"the trial of {trial.name} is over; its result: painlog trial result"
    if trial.is_paused(today):
        return f"the trial of {trial.name} is paused; painlog trial resume goes on with the next pair of days"
    return f"the trial of {trial.name} has no draw today"


def plan_text(plan: "TrialPlan", outcome: Variable) -> str:
    """How long a trial would have to be, from a person's own days."""
    point = step_text(outcome, plan.unit)
    if plan.power is None:
        counted = f"{times(plan.rated, 'day')} with {outcome.in_sentence} {'is' if plan.rated == 1 else 'are'}"
        return (
            f"{counted} too few to say how long it takes on yours (28 are needed); on most people's days, 84 find 1 "
            "point in 8 of 10 trials."
        )
    opening = f"On your days of {outcome.in_sentence}, a difference of {point} would show in"
    now = f"{opening} {_of_ten(plan.power)} trials of {plan.days} days"
    if plan.needed is None:
        return f"{now}; even the longest trial, of 168 days, would find it in less than 8 of 10."
    return f"{now}; in 8 of 10 it takes {plan.needed} days."


def result_lines(trial: Trial, result: "TrialResult", outcome: Variable, end: date, today: date) -> Iterator[TextLine]:
    """What a trial showed."""
    span = f"{show_day(trial.start, today)} – {show_day(end, today)}"
    yield bold(term(f"Trial by lot: {trial.name} and {outcome.label}, {span}"))
    for text in (_say_result(trial, result, outcome), _say_kept(result), _EXPECTATION, _YOURS):
        yield from wrap_text(term(text), line_room())


def _say_result(trial: Trial, result: "TrialResult", outcome: Variable) -> str:
    counted = f"{times(result.days_with, 'day')} with {trial.name}"
    if result.estimate is None or result.p is None or result.low is None or result.high is None:
        return (
            f"{counted} and {result.days_without} without have {outcome.in_sentence}, or it hardly changed on them: "
            "too few to tell anything."
        )
    chance = max(1, round(100 * result.p))
    drawn = (
        f"Drawn by lot: {'after' if outcome.is_night else 'on'} {counted}, {outcome.in_sentence} was "
        f"{_by(result.estimate, outcome, result.unit)} than {'after' if outcome.is_night else 'on'} "
        f"{result.days_without} without (likely between {_by(result.low, outcome, result.unit)} and "
        f"{_by(result.high, outcome, result.unit)}). Chance alone would do this {times(chance, 'time')} in 100."
    )
    if result.stands_out:
        return drawn
    least = _say_least(result, outcome)
    return f"{drawn} So these days cannot tell it from chance, which is not the same as nothing. {least}"


def _say_least(result: "TrialResult", outcome: Variable) -> str:
    """What an effect would have had to look like."""
    if result.least is None or result.power is None:
        return ""
    return (
        f"A difference of {amount(result.least, outcome, result.unit)} or more either way would have stood out; an "
        f"effect of {step_text(outcome, result.unit)} would have shown in {_of_ten(result.power)} such trials."
    )


def _say_kept(result: "TrialResult") -> str:
    if not result.marked:
        return f"On none of the {result.days} days did you say whether it was done; all count as they were drawn."
    unsaid = result.days - result.marked
    rest = f", and {times(unsaid, 'day')} without a word" if unsaid else ""
    return f"Kept as drawn on {result.kept:,} of {times(result.marked, 'day')}{rest}; all count as they were drawn."


def _by(value: float, outcome: Variable, unit: float) -> str:
    """``0.9 lower``; a time is shorter or longer."""
    lower, higher = ("shorter", "longer") if outcome.is_time else ("lower", "higher")
    return f"{amount(value, outcome, unit)} {higher if value > 0 else lower}"


def _of_ten(share: float) -> str:
    tenths = round(10 * share)
    return "nearly all" if tenths >= 10 else "hardly any" if tenths == 0 else f"about {tenths} of 10"


def unit_of(outcome: Variable, values: list[float]) -> float:
    """Return the difference of an outcome that its sentences speak of, in its own unit."""
    middle = sum(values) / len(values) if values else 0.0
    return step(outcome, (sum((value - middle) ** 2 for value in values) / len(values)) ** 0.5 if values else 0.0)
