"""Trackers that a person named in another app: painlog's own variable, or a measure of the same name. Pure.

A name that is also a variable of painlog's (pain, mood, steps) is asked about, with the scales that its values fit on;
unanswered, it stays a measure of its own, whose numbers are kept as they are.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from painlog.domain.kinds.fields import Minutes, Number
from painlog.domain.kinds.registry import VERBS
from painlog.domain.variables import Variable, variable_name, variables
from painlog.exchange.importing.column_meanings import Meaning, measure_names, read_meaning
from painlog.exchange.importing.contract import Query

OWN = "own"
_SCALES = ((0, 3), (0, 4), (0, 5), (1, 5), (0, 10), (1, 10), (0, 100))


class Tracker(NamedTuple):
    """What a file shows of a tracker: its sort (as a measure's scale), its lowest and highest value."""

    sort: str = "number"
    low: float = 0
    high: float = 0


def sum_up(values: Iterable[float], *, timed: bool) -> Tracker:
    """Sum up the values of a tracker: lengths of time, a count where all are 1, else numbers."""
    found = list(values) or [0.0]
    sort = "minutes" if timed else "count" if set(found) == {1} else "number"
    return Tracker(sort, min(found), max(found))


def tracker_queries(features: Mapping[str, Tracker]) -> tuple[Query, ...]:
    """Return a question for each name that painlog uses too."""
    found = []
    for name, feature in sorted(features.items()):
        variable = _variable(name)
        options = _options(variable, feature) if variable else ()
        if variable and options:
            runs = f"{name} in your file runs from {feature.low:g} to {feature.high:g}"
            text = f"{runs}: is it painlog's {variable.in_sentence}, and on which scale?"
            if feature.sort == "minutes":
                text = f"{name} in your file is written in lengths of time: is it painlog's {variable.in_sentence}?"
            found.append(Query(f"scale {name}", text, (*options, OWN), OWN))
    return tuple(found)


def tracker_meanings(features: Mapping[str, Tracker], app: str, answers: Mapping[str, str]) -> dict[str, Meaning]:
    """Return what each tracker is to painlog."""
    own = measure_names(list(features), app)
    return {name: _meaning(name, feature, own[name], answers) for name, feature in features.items()}


def _meaning(name: str, feature: Tracker, own: str, answers: Mapping[str, str]) -> Meaning:
    variable, answer = _variable(name), answers.get(f"scale {name}", OWN)
    if variable and answer in _options(variable, feature):
        return read_meaning(variable.name if answer in ("yes", "0-10") else f"{variable.name}:{answer}")
    return Meaning("", own, hint=feature.sort)


def _variable(name: str) -> Variable | None:
    found = variables().get(variable_name(name))
    return found if found and found.kind in VERBS and not (found.field.derived and found.name != "sleep") else None


def _options(variable: Variable, feature: Tracker) -> tuple[str, ...]:
    if isinstance(variable.field, Minutes):
        return ("yes",) if feature.sort == "minutes" else ()
    if not isinstance(variable.field, Number) or feature.sort == "minutes":
        return ()
    if variable.span != (0, 10):
        return ("yes",)
    return tuple(f"{low}-{high}" for low, high in _SCALES if low <= feature.low and feature.high <= high)
