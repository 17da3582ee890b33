"""The person's plan: what is in force on a day, and since when, from the changes that were recorded. Pure.

A name stands for one thing, whatever its capitals. A change of something that was never started starts it, so that
changes from several devices always make a plan.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from painlog.domain.entries import Draft, Event
from painlog.domain.kinds.care import GOAL, MEDICINE, PLAN, SUPPORT, THERAPY, TREATMENTS
from painlog.domain.language.amounts import per_day
from painlog.domain.language.dates import show_day
from painlog.domain.periods import Period
from painlog.errors import BadInput

_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
SORTS = (MEDICINE, THERAPY, SUPPORT, GOAL)
_SUPPORTING = ("peer support", "psychology", "support group", "self-help group")


class Item(NamedTuple):
    """One thing of the plan. ``started`` is its first day, ``since`` the day from which it is as it is now.

    ``weekdays`` are those of a goal, such as ``mon, thu``; empty where none were said. ``most`` is how many doses a day
    it has at most, ``spacing`` how many minutes are between two; 0 where it says none. ``classes`` are those of a
    medicine, as far as the person named them.
    """

    name: str
    sort: str
    amount: str
    schedule: str
    reason: tuple[str, ...]
    note: str
    started: date
    since: date
    weekdays: str = ""
    most: int = 0
    spacing: int = 0
    classes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from others."""
        return self.name.casefold()


class Stretch(NamedTuple):
    """An item as it was from one day to another, both included."""

    item: Item
    period: Period


def in_force(changes: Iterable[Event], day: date) -> list[Item]:
    """Return what is in force on a day, medicines first, goals last, each sort in the order it was started."""
    held: dict[str, Item] = {}
    for change in _in_order(changes):
        if change.day <= day:
            _apply(held, change)
    return sorted(held.values(), key=lambda item: (SORTS.index(item.sort), item.started))


def in_force_each(changes: Iterable[Event], days: Iterable[date]) -> dict[date, list[Item]]:
    """Return what is in force on each of some days; it is the same from one change to the next."""
    ordered = _in_order(changes)
    since = [change.day for change in ordered]
    at: dict[int, list[Item]] = {}
    found = {}
    for day in days:
        made = bisect_right(since, day)
        if made not in at:
            at[made] = in_force(ordered[:made], day)
        found[day] = at[made]
    return found


def in_force_over(changes: Iterable[Event], days: Iterable[date]) -> list[tuple[list[Item], int]]:
    """Return what is in force from one change to the next, each with how many of some days it was so."""
    ordered = _in_order(changes)
    since = [change.day for change in ordered]
    made = Counter(bisect_right(since, day) for day in days)
    return [(in_force(ordered[:count], date.max), held_on) for count, held_on in made.items()]


def stretches(changes: Iterable[Event], period: Period) -> list[Stretch]:
    """Return each item's stretches within a period: from the day of a change to the day before the next one."""
    held: dict[str, Item] = {}
    found: list[Stretch] = []
    ordered = _in_order(changes)
    for change in ordered:
        key = change.data["name"].casefold()
        if key in held:
            _close(found, held[key], change.day - timedelta(days=1), period)
        _apply(held, change)
    for item in held.values():
        _close(found, item, period.end, period)
    return found


def take_sort(words: Sequence[str]) -> tuple[str, list[str]]:
    """Return the sort that words begin with, as in medicine naproxen, empty where with none; and the words behind it.

    A name such as support group keeps its first word. Raises BadInput for a goal, which is set in words of its own.
    """
    sort = PLAN.by_name["sort"]
    first, rest = words[0].lower(), list(words[1:])
    if not rest or not sort.accepts(first) or f"{first} {rest[0].lower()}" in _SUPPORTING:
        return "", list(words)
    found = str(sort.check(first))
    if found == GOAL:
        raise BadInput(f"a goal is set with: painlog plan goal {' '.join(rest)}")
    return found, rest


def find_item(said: str, items: Sequence[Item]) -> Item:
    """Return the item of a name; a goal also by its number or by words that only it has. Raises BadInput."""
    clean = " ".join(said.split()).casefold()
    goals = [item for item in items if item.sort == GOAL]
    if clean.isdecimal() and clean.isascii() and 1 <= int(clean) <= len(goals):
        return goals[int(clean) - 1]
    exact = [item for item in items if item.key == clean]
    found = exact or [goal for goal in goals if clean and set(clean.split()) <= set(goal.key.split())]
    if len(found) == 1:
        return found[0]
    known = ", ".join(item.name for item in found or items)
    if found:
        raise BadInput(f"{said!r} could be several in your plan: {known}; say more of the name, or its number")
    raise BadInput(
        f"{said!r} is not in your plan on that day; {f'there are {known}' if known else 'your plan is empty then'}"
    )


def words_by_medicine(changes: Iterable[Event], field: str) -> dict[str, tuple[str, ...]]:
    """Return the words last named in a field (``class``, ``reason``) for each thing of the plan, by its key."""
    named = (change for change in _in_order(changes) if change.data.get(field))
    return {change.data["name"].casefold(): tuple(change.data[field]) for change in named}


def check_step(draft: Draft, changes: Sequence[Event]) -> dict[str, Any]:
    """Return the name and the sort of what a draft starts, changes or stops, as the plan has them. Raises BadInput."""
    items, step = in_force(changes, draft.moment.day), draft.data.get("step", "start")
    if step == "start":
        return {"sort": _check_start(draft.data, items)}
    item = find_item(draft.data["name"], items)
    if step == "stop":
        _check_stop(item, draft.moment.day, changes)
    elif not draft.data.keys() - {"name", "step", "sort"}:
        raise BadInput(f"what changes? For example: painlog plan change {item.name} twice a day")
    return {"name": item.name, "sort": item.sort}


def check_renamed(fields: Collection[str]) -> None:
    """Refuse a change of some fields that would give a thing of the plan another name. Raises BadInput."""
    if "name" in fields:
        raise BadInput("what is in the plan keeps its name; painlog plan stop ends it, start begins another")


def check_goal(draft: Draft, changes: Iterable[Event]) -> dict[str, Any]:
    """Return the goal that a draft is about, by the name it has in the plan. Raises BadInput.

    It may be named by its number, by some of its words, or not at all where there is only one.
    """
    goals = [item for item in in_force(changes, draft.moment.day) if item.sort == GOAL]
    if not goals:
        raise BadInput('there is no goal in your plan on that day; painlog plan goal "Walk to the shop" sets one')
    if "goal" not in draft.data and len(goals) > 1:
        numbered = ", ".join(f"{i} is {goal.name}" for i, goal in enumerate(goals, 1))
        raise BadInput(f"which goal? {numbered}; say which, as in: painlog goal done 1")
    goal = find_item(draft.data["goal"], goals) if "goal" in draft.data else goals[0]
    return {"goal": goal.name}


def _check_start(data: dict[str, Any], items: Iterable[Item]) -> str:
    sort = sort_of(data)
    if any(item.key == data["name"].casefold() for item in items):
        if sort == GOAL:
            raise BadInput(f"{data['name']!r} is in your plan already; painlog goal done says how it went")
        raise BadInput(f"{data['name']!r} is in your plan already; painlog plan change {data['name']} … changes it")
    return sort


def _check_stop(item: Item, day: date, changes: Iterable[Event]) -> None:
    """Refuse an end before a later change of the same thing, which would begin it anew. Raises BadInput."""
    later = [change for change in _in_order(changes) if change.day > day and change.data["name"].casefold() == item.key]
    if later and later[0].data.get("step") == "change":
        then = show_day(later[0].day, day)
        raise BadInput(f"{item.name} was changed later, on {then}; delete that change first (painlog list --kind plan)")


def sort_of(data: dict[str, Any]) -> str:
    """Tell medicines, therapies and support apart where it was not said. Raises BadInput where that is not clear."""
    if "sort" in data:
        return str(data["sort"])
    name = data["name"].casefold()
    if name in _SUPPORTING:
        return SUPPORT
    if "amount" in data:
        return MEDICINE
    if any(name == known.casefold() for known in TREATMENTS):
        return THERAPY
    raise BadInput(f"is {data['name']} a medicine, a therapy or support? Add --medicine, --therapy or --support")


def due_on(item: Item, days: int) -> float | None:
    """How often an item was due on so many days; None as needed or where no rhythm was said."""
    rate = per_day(item.schedule)
    return None if rate is None else rate * days


def _in_order(changes: Iterable[Event]) -> list[Event]:
    """By day and time; without a time a start opens its day, and a change or an end closes it.

    What was begun anew on the day of its end, and recorded after that, comes after it too, unless both have a time.
    """
    known = [*changes]
    ends: dict[tuple[date, str], list[Event]] = {}
    for each in known:
        if each.data.get("step") == "stop":
            ends.setdefault((each.day, each.data["name"].casefold()), []).append(each)

    def order(entry: Event) -> tuple[date, datetime, str]:
        recorded = entry.id or "~"  # what is about to be comes last
        if entry.data.get("step", "start") != "start":
            return entry.day, entry.at or _LAST, recorded
        same = ends.get((entry.day, entry.data["name"].casefold()), ())
        before = (end.at or _LAST for end in same if end.id < recorded and not (end.at and entry.at))
        return entry.day, max([entry.at or _FIRST, *before]), recorded

    return sorted(known, key=order)


def _apply(held: dict[str, Item], change: Event) -> None:
    data = change.data
    key = data["name"].casefold()
    before = held.get(key)
    if data.get("step") == "stop":
        held.pop(key, None)
        return
    if before and data.get("step", "start") == "start":
        before = before._replace(amount="", schedule="", reason=(), note="", weekdays="", most=0, spacing=0, classes=())
    held[key] = Item(
        name=data["name"],
        sort=data.get("sort") or (before.sort if before else MEDICINE),
        amount=data.get("amount") or (before.amount if before else ""),
        schedule=data.get("schedule") or (before.schedule if before else ""),
        reason=tuple(data.get("reason", before.reason if before else ())),
        note=data.get("note") or (before.note if before else ""),
        started=before.started if before else change.day,
        since=change.day,
        weekdays=data.get("weekdays") or (before.weekdays if before else ""),
        most=data.get("most") or (before.most if before else 0),
        spacing=data.get("spacing") or (before.spacing if before else 0),
        classes=tuple(data.get("class", before.classes if before else ())),
    )


def _close(found: list[Stretch], item: Item, last: date, period: Period) -> None:
    first, last = max(item.since, period.start), min(last, period.end)
    if first <= last:
        found.append(Stretch(item, Period(first, last)))
