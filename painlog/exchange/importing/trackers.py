"""Trackers that a person named in another app: painlog's own variable, or a measure of the same name. Pure.

A name that is also a variable of painlog's (pain, mood, steps) is asked about, with the scales that its values fit on;
unanswered, it stays a measure of its own, whose numbers are kept as they are.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from painlog.domain.kinds.fields import Minutes, Number
from painlog.domain.kinds.registry import VERBS
from painlog.domain.variables import Variable, variable_name, variables
from painlog.exchange.importing.column_meanings import Target, measure_names, target_of
from painlog.exchange.importing.contract import Query

OWN = "own"
_SCALES = ((0, 3), (0, 4), (0, 5), (1, 5), (0, 10), (1, 10), (0, 100))


class Feature(NamedTuple):
    """What a file shows of a tracker: its sort (as a measure's scale), its lowest and highest value, its unit."""

    sort: str = "number"
    low: float = 0
    high: float = 0
    unit: str = ""


def feature_of(values: Iterable[float], *, timed: bool = False, unit: str = "") -> Feature:
    """Sum up the values of a tracker: lengths of time, a count where all are 1, else numbers."""
    found = list(values) or [0.0]
    sort = "minutes" if timed else "count" if set(found) == {1} else "number"
    return Feature(sort, min(found), max(found), unit if sort != "minutes" else "")


def queries(features: Mapping[str, Feature]) -> tuple[Query, ...]:
    """Return a question for each name that painlog uses too."""
    found = []
    for name, feature in sorted(features.items()):
        variable = _variable(name)
        options = _options(variable, feature) if variable else ()
        if variable and options:
            told = f"{name} in your file runs from {feature.low:g} to {feature.high:g}"
            text = f"{told}: is it painlog's {variable.spoken}, and on which scale?"
            found.append(Query(f"scale {name}", text, (*options, OWN), OWN))
    return tuple(found)


def targets(features: Mapping[str, Feature], app: str, answers: Mapping[str, str]) -> dict[str, Target]:
    """Return what each tracker is to painlog."""
    own = measure_names(list(features), app)
    return {name: _target(name, feature, own[name], answers) for name, feature in features.items()}


def _target(name: str, feature: Feature, own: str, answers: Mapping[str, str]) -> Target:
    variable, answer = _variable(name), answers.get(f"scale {name}", OWN)
    if variable and answer in _options(variable, feature):
        return target_of(variable.name if answer in ("yes", "0-10") else f"{variable.name}:{answer}")
    unit = (
        f" {feature.unit}" if feature.unit and len(feature.unit) <= 12 and feature.sort in ("number", "count") else ""
    )
    return Target("", own, hint=feature.sort + unit)


def _variable(name: str) -> Variable | None:
    found = variables().get(variable_name(name))
    return found if found and found.kind in VERBS and not (found.field.derived and found.name != "sleep") else None


def _options(variable: Variable, feature: Feature) -> tuple[str, ...]:
    if isinstance(variable.field, Minutes):
        return ("yes",) if feature.sort == "minutes" else ()
    if not isinstance(variable.field, Number) or feature.sort == "minutes":
        return ()
    if variable.span != (0, 10):
        return ("yes",)
    return tuple(f"{low}-{high}" for low, high in _SCALES if low <= feature.low and feature.high <= high)
