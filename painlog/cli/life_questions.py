"""Asks in the evening for what mattered that day and for the goals that are its turn, a key each."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from painlog.cli.prompts import Prompt, read_key
from painlog.domain.entries import Draft
from painlog.domain.goals import goals_on
from painlog.domain.kinds.activity import MATTERED, MATTERS, OWN_PLAN
from painlog.domain.kinds.care import GOAL_CHECK, PLAN
from painlog.domain.language.dates import Moment
from painlog.domain.own_plan import lines_of
from painlog.domain.periods import DAYS_IN_WEEK, Period
from painlog.storage.journal import Journal
from painlog.view.terminal import term

_RESULTS = {"d": "done", "p": "partly", "n": "not"}
_YES = {"y": "yes"}
_GOAL, _MATTER = "goal ", "matter "


def find_open_matters(journal: Journal, moment: Moment) -> list[str]:
    """Return what matters to the person and is not marked on the day."""
    names = lines_of(MATTERS, journal.entries(kinds=[OWN_PLAN.name]), moment.day)
    here = journal.entries(Period(moment.day, moment.day), kinds=[MATTERED.name]) if names else []
    marked = {str(entry.data.get("name", "")).casefold() for entry in here}
    return [name for name in names if name.casefold() not in marked]


def find_open_goals(journal: Journal, moment: Moment) -> list[str]:
    """Return the goals whose day it is and of which the day says nothing."""
    changes = journal.entries(kinds=[PLAN.name], until=moment.day)
    if not changes:
        return []
    week = Period(moment.day - timedelta(days=DAYS_IN_WEEK - 1), moment.day)
    return goals_on(changes, journal.entries(week, kinds=[GOAL_CHECK.name]), moment.day)


def matter_prompts(names: Sequence[str]) -> Iterator[Prompt]:
    """Yield a question for each thing that matters; Enter leaves it unsaid."""
    for i, name in enumerate(names):
        text = f"Was there {term(name)}: y yes, Enter leaves it unsaid"
        yield Prompt(f"{_MATTER}{i}", text, lambda text: read_key(text, _YES), keys="".join(_YES))


def goal_prompts(names: Sequence[str]) -> Iterator[Prompt]:
    """Yield a question for each goal; Enter leaves it unsaid."""
    for i, name in enumerate(names):
        text = f"{term(name)}: d done, p partly, n not this time, Enter leaves it unsaid"
        yield Prompt(f"{_GOAL}{i}", text, lambda text: read_key(text, _RESULTS), keys="".join(_RESULTS))


def drafts_of(answers: dict[str, str], matters: Sequence[str], goals: Sequence[str], moment: Moment) -> list[Draft]:
    """Return what was answered of what matters and of goals."""
    mattered = [name for i, name in enumerate(matters) if f"{_MATTER}{i}" in answers]
    found = [Draft(MATTERED, moment, MATTERED.check({"name": name})) for name in mattered]
    for i, name in enumerate(goals):
        if text := answers.get(f"{_GOAL}{i}"):
            data = GOAL_CHECK.check({"result": read_key(text, _RESULTS), "goal": name})
            found.append(Draft(GOAL_CHECK, moment, data))
    return found
