"""What a page is made of, with free words left out or a person's own names replaced, before anything is built. Pure.

Everything that a person could have written is gone from every rendering, JSON too; see ``own_names`` for what stays.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from painlog.analysis.report.own_names import (
    NAMES,
    NOTES,
    NeutralNames,
    drop_note,
    drop_own_words,
    keep_known_words,
    list_goals,
    neutral_places,
    neutral_variable,
    number_names,
    replace_names,
)
from painlog.analysis.report.page import ReportInput
from painlog.domain.kinds.kind import TRIGGER
from painlog.domain.kinds.measures import TRACKED
from painlog.domain.kinds.pain_mood import PAIN
from painlog.domain.variables import DayValue, Variable

_KNOWN = {word for field in (TRIGGER, PAIN.by_name["relief"]) for word in getattr(field, "words", ())}


def redact(facts: ReportInput, parts: Iterable[str]) -> ReportInput:
    """Leave out ``notes`` (notes, ups and downs, goals and questions in own words), and replace ``names``."""
    wanted = set(parts)
    if NOTES in wanted:
        facts = _without_notes(facts)
    return _without_names(facts) if NAMES in wanted else facts


def _without_notes(facts: ReportInput) -> ReportInput:
    plan = list(drop_own_words(facts.plan_changes, list_goals(facts.plan_changes)))
    flares = [drop_note(event) for event in facts.flare_events]
    return facts._replace(
        noted=(),
        questions=(),
        doses=[drop_note(dose) for dose in facts.doses],
        goal_checks=(),
        goal_checks_before=(),
        plan_changes=plan,
        flare_events=flares,
        answered=(),
        agreed=(),
        mattering=(),
        trials=(),
    )


def _without_names(facts: ReportInput) -> ReportInput:
    own = (v.variants[0] for v in facts.values if v.kind == TRACKED.name)
    checks = [*facts.goal_checks, *facts.goal_checks_before]
    by = number_names([*facts.doses, *facts.doses_before, *facts.sessions, *facts.plan_changes, *checks], (), own)
    return facts._replace(
        recipient="",
        mattering=(),
        trials=(),
        name="",
        born=None,
        visits=[visit._replace(data={}) for visit in facts.visits],
        doses_before=[replace_names(entry, by) for entry in facts.doses_before],
        doses_of_months=[replace_names(entry, by) for entry in facts.doses_of_months],
        doses=[replace_names(entry, by) for entry in facts.doses],
        sessions=[replace_names(entry, by) for entry in facts.sessions],
        plan_changes=[replace_names(entry, by) for entry in facts.plan_changes],
        goal_checks=[replace_names(entry, by) for entry in facts.goal_checks],
        goal_checks_before=[replace_names(entry, by) for entry in facts.goal_checks_before],
        flare_events=[keep_known_words(drop_note(event)) for event in facts.flare_events],
        values=_relabel(facts.values, by),
        values_before=_relabel(facts.values_before, by),
        values_visit=_relabel(facts.values_visit, by),
        regions={day: neutral_places(named) for day, named in facts.regions.items()},
        set_off=_only_known(facts.set_off),
        helped=_only_known(facts.helped),
    )


def _only_known(counted: Mapping[str, int]) -> dict[str, int]:
    return {word: days for word, days in counted.items() if word in _KNOWN}


def _relabel(
    values: Mapping[Variable, Mapping[date, DayValue]], by: NeutralNames
) -> dict[Variable, Mapping[date, DayValue]]:
    return {neutral_variable(variable, by): days for variable, days in values.items()}
