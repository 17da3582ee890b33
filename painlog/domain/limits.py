"""The limits that a person's own plan sets for a medicine, and what is said when a recorded dose goes beyond. Pure.

Below a limit nothing is said, and never how much of it is left: no words of painlog's say that more may be taken.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from painlog.domain.entries import Event
from painlog.domain.kinds.care import PLAN, was_done
from painlog.domain.language.durations import show_minutes
from painlog.domain.plan import Item, in_force

_TO_HELP = "If you took more than you meant to: painlog help-now"


def say_beyond(dose: Event, doses: Iterable[Event], changes: Iterable[Event]) -> str:
    """Say that a dose is beyond a limit of the plan of its day, set beside all ``doses``; empty where it is not.

    A day's doses are counted as they are recorded, whatever their amounts; doses without a clock time are never too
    close.
    """
    name = str(dose.data["name"]).casefold()
    item = next((each for each in in_force(changes, dose.day) if each.key == name), None)
    if item is None or not was_done(dose.data):
        return ""
    own = [each for each in doses if str(each.data["name"]).casefold() == name and was_done(each.data)]
    beyond = _too_many(item, dose, own) or _too_close(item, dose, own)
    return f"your plan says {beyond}. {_TO_HELP}" if beyond else ""


def _too_many(item: Item, dose: Event, own: Sequence[Event]) -> str:
    count = sum(each.day == dose.day for each in own)
    if not item.most or count <= item.most:
        return ""
    return f"at most {item.most} in a day; this is the {_ordinal(count)} recorded"


def _too_close(item: Item, dose: Event, own: Sequence[Event]) -> str:
    gaps = [abs(dose.at - each.at) for each in own if each.at and dose.at and each.id != dose.id]
    gap = min(gaps, default=timedelta.max)
    if not item.spacing or gap >= timedelta(minutes=item.spacing):
        return ""
    minutes = round(gap.total_seconds() / 60)
    return f"{PLAN.by_name['spacing'].show(item.spacing)}; this is {show_minutes(minutes)} from another one recorded"


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return f"{number}{ending}"
