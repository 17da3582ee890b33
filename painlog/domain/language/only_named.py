"""Clauses that name a medicine or a session and do not say that it was taken or done: 2 tramadol left. Pure.

What was said to be taken was taken, whatever stands beside it: took tramadol 50mg every 6 hours.
"""

from collections.abc import Sequence

from painlog.domain.kinds.kind import Kind
from painlog.domain.language.building import Building
from painlog.domain.language.line_items import Item
from painlog.domain.language.name_details import (
    counted_rhythm,
    is_taken,
    length_of,
    planned_kind,
    quantity_of,
    schedule_at,
)
from painlog.domain.language.reading import Edit, Question
from painlog.domain.language.roles import in_circumstance, passable
from painlog.domain.language.small_words import AWAY, CONTAINERS, RATES, RECALLED, SUPPLIES, Small
from painlog.domain.language.vocabulary import with_note

_IS_THERE = "is that {} that is there? what was taken can be recorded"
_HAD = "had"  # it may mean that it was taken, or that it was there


def ask_if_taken(built: Building, line: str) -> None:
    """Ask about a name with an amount or a length, where its words do not say that it was taken or done."""
    if built.kind.verbs and length_of(built.kind) is not None and (away := _away_at(built.items)):
        length = next(item for item in reversed(built.items[:away]) if item.sort == "length")
        _ask_instead(built, f"{line[length.start : built.items[away].end]} is not how long it was")
    if not is_taken(built.kind):
        return
    name = next((i for i, item in enumerate(built.items) if item.as_role("naming", built.kind)), built.anchor)
    if _is_open(built) and _is_there(built.items, name):
        _ask_instead(built, _IS_THERE.format(built.data[built.kind.main.name]))
    elif built.is_denied and any(_is_of_taking(item, built.kind) for item in built.items[name + 1 :]):
        start, end = built.items[built.anchor].start, built.items[name].end
        said = f"{built.kind.verbs[0]} {built.items[name].low}"
        _ask_instead(built, "was it taken after all?", Edit(start, end, said))
    elif not built.questions:
        _ask_how_often(built, line, name)


def _ask_instead(built: Building, text: str, *edits: Edit) -> None:
    """Ask this of a clause, and nothing else."""
    built.questions.clear()
    built.ask(text, *edits)


def _ask_how_often(built: Building, line: str, name: int) -> None:
    """Ask about a medicine that is due so often."""
    items, verb = built.items, built.kind.verbs[0]
    is_open = _is_open(built)
    if at := _rate_at(items, name, alone=is_open):
        first, rate, end = items[0].start, items[at].start, items[-1].end
        said = f"{verb if is_open else ''} {line[first:rate].strip()}"
        taken = Edit(first, end, f"{said}{with_note(line[rate:end])}")
        asked = f"is that how often {built.data[built.kind.main.name]} is due, or was it taken?"
        built.ask(asked, taken, commands=_as_planned(built, line, at))


def question_of_supply(items: Sequence[Item], built: Sequence[Building]) -> Question | None:
    """Return what is asked of a number in a box behind a medicine that is not said to be taken: 16 in the box."""
    last = built[-1] if built else None
    if last is None or last.verb is not None or not is_taken(last.kind):
        return None
    if not (any(item.sort == "number" for item in items) and any(item.low in CONTAINERS for item in items)):
        return None
    return Question(_IS_THERE.format(last.data[last.kind.main.name]))


def taken_after_all(line: str, core: Sequence[Item], built: Sequence[Building]) -> Question | None:
    """Return what is asked of words that take up the medicine before them: forgot gabapentin, took it at noon."""
    last = built[-1] if built else None
    if last is None or quantity_of(last.kind) is None or not core or not core[0].as_role("verb", last.kind):
        return None
    meant = next((each for each in (" it", " them") if line[core[0].end :].lower().startswith(each)), "")
    if not meant:
        return None
    if not (last.is_denied or any(item.sort == "when" for item in core)):
        return None
    text = f"{line[core[0].start : core[0].end]} {last.data[last.kind.main.name]}"
    end = core[0].end + len(meant)
    return Question("was it taken after all?", (Edit(last.span[0], end, text), Edit(core[0].start, end, text)))


def ask_amount_again(line: str, items: Sequence[Item], built: Sequence[Building]) -> Question | None:
    """Return what is asked of an amount and a time behind a medicine with its own: and 600mg at 10pm."""
    last = built[-1] if built else None
    core = [item for item in items if not passable(item)]
    quantity = quantity_of(last.kind) if last and is_taken(last.kind) else None
    if last is None or quantity is None or quantity.name not in last.data:
        return None
    if [item.sort for item in core] != ["quantity", "when"]:
        return None
    name = last.data[last.kind.main.name]
    said = line[core[0].start : core[-1].end]
    return Question(f"{said}: of {name} too?", (Edit(core[0].start, core[0].start, f"{name} "),))


def _is_of_taking(item: Item, kind: Kind) -> bool:
    """Whether a word behind what was skipped says that it was taken after all: then remembered, taken at 11am."""
    is_taken = any(m.role == "option" and m.kind is kind and getattr(m.field, "opens", False) for m in item.means)
    return is_taken or item.low in RECALLED


def _is_open(built: Building) -> bool:
    """Whether no word says that it was taken; had may also mean that it is there."""
    if built.verb is None:
        return True
    return built.verb.role == "verb" and built.items[built.anchor].low == _HAD


def _is_there(items: Sequence[Item], name: int) -> bool:
    """Whether words before or behind a name are of what there is, and not within a circumstance."""
    if any(item.low == "have" for item in items[:name]):
        return True
    for at in range(name + 1, len(items)):
        following = items[at + 1] if at + 1 < len(items) else None
        is_of_body = following is not None and (following.as_role("place") or following.low == "me")
        both = " ".join(item.low for item in items[at : at + 2])
        if (items[at].low in SUPPLIES or both in SUPPLIES) and not is_of_body and not in_circumstance(items, at):
            return True  # and no left knee, no empty stomach, and nothing that left me dizzy
    return False


def _away_at(items: Sequence[Item]) -> int:
    """The place of a word behind a length that says how far away it is; 0 where none stands."""
    for i in range(1, len(items)):
        near = items[max(i - 2, 0) if items[i].low == AWAY[0] else i - 1 : i]
        if items[i].low in AWAY and any(item.sort == "length" for item in near):
            return i
    return 0


def _rate_at(items: Sequence[Item], name: int, *, alone: bool) -> int:
    """The place of words behind a name that say how often: a day, and every ``alone``; 0 where none do."""
    for at in range(name + 1, len(items)):
        both = " ".join(item.low for item in items[at : at + 2])
        is_pair = " " in both and both in RATES
        is_rate = is_pair or (alone and items[at].low in RATES) or counted_rhythm(items, at)
        if is_rate and not in_circumstance(items, at):
            return at - (items[at - 1].is_small(Small.BOUND) or items[at - 1].as_role("option") is not None)  # up to
    return 0


def _as_planned(built: Building, line: str, at: int) -> tuple[str, ...]:
    """The command that plans a medicine so often; none where a plan has no such rhythm."""
    quantity = quantity_of(built.kind)
    field, end = schedule_at(built.items, planned_kind(), at)
    if quantity is None or quantity.name not in built.data or field is None:
        return ()
    often = line[built.items[at].start : built.items[end - 1].end]
    return (f"plan start {built.data[built.kind.main.name]} {built.data[quantity.name]} {often}",)
