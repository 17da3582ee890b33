"""What is checked and filled in by what the journal holds, before anything is written: flares, and goals by number."""

from collections.abc import Sequence

from painlog.domain.entries import Draft
from painlog.errors import BadInput
from painlog.storage.journal import Journal


def fitted(journal: Journal, drafts: Sequence[Draft]) -> list[Draft]:
    """Return drafts as they are to be written. Raises BadInput where one does not go with what is there."""
    if marked := [draft for draft in drafts if draft.kind.name == "flare"]:
        from painlog.domain.flares import check_flares

        check_flares(marked, journal.entries(kinds=["flare"]))
    return [_goal(journal, draft) if draft.kind.name == "goal" else draft for draft in drafts]


def _goal(journal: Journal, draft: Draft) -> Draft:
    """Name the goal in full: it may have been said by its number, by some words, or not at all where there is one."""
    from painlog.domain.care import GOAL, PLAN
    from painlog.domain.plan import in_force, item_named

    items = in_force(journal.entries(kinds=[PLAN.name]), draft.moment.day)
    goals = [item for item in items if item.sort == GOAL]
    if not goals:
        raise BadInput('there is no goal in your plan on that day; painlog plan goal "Walk to the shop" sets one')
    if "goal" not in draft.data and len(goals) > 1:
        raise BadInput(f"which goal? {', '.join(f'{i} {goal.name}' for i, goal in enumerate(goals, 1))}")
    goal = item_named(draft.data["goal"], goals) if "goal" in draft.data else goals[0]
    return draft._replace(data=draft.data | {"goal": goal.name})
