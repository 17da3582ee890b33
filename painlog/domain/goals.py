"""Goals of the plan on their days: by the days of the week that were said, else by how often a week is wanted. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from painlog.domain.entries import Event
from painlog.domain.kinds.care import GOAL
from painlog.domain.language.amounts import weekday_numbers, weekdays_of
from painlog.domain.periods import DAYS_IN_WEEK
from painlog.domain.plan import Item, due_on, in_force


def goals_on(changes: Iterable[Event], checks: Sequence[Event], day: date) -> list[str]:
    """Return the goals that it is a day's turn to ask for, in the plan's order; one that is answered is not asked.

    With days of the week those are its days. With how often alone it is asked until it was done so often in seven days;
    what is rarer than once a week is asked every so many days from its beginning on. A goal with neither is never
    asked. ``checks`` are those of the seven days up to the day.
    """
    goals = [item for item in in_force(changes, day) if item.sort == GOAL]
    return [goal.name for goal in goals if _is_turn(goal, [c for c in checks if _is_of(c, goal)], day)]


def _is_turn(goal: Item, checks: Sequence[Event], day: date) -> bool:
    if any(check.day == day for check in checks):
        return False
    if days := weekday_numbers(goal.weekdays) or weekdays_of(goal.schedule):
        return day.weekday() in days
    rate = due_on(goal, 1)
    if rate is None:
        return False
    if rate * DAYS_IN_WEEK < 1:
        return (day - goal.since).days % round(1 / rate) == 0
    since = day - timedelta(days=DAYS_IN_WEEK - 1)
    done = sum(check.data.get("result") == "done" for check in checks if check.day >= since)
    return bool(done < round(rate * DAYS_IN_WEEK))


def _is_of(check: Event, goal: Item) -> bool:
    return str(check.data.get("goal", "")).casefold() == goal.key
