"""What a journal allows beside what it holds: rules that one entry alone cannot know. Pure.

The store asks here within the transaction that writes, so every way of recording, changing and deleting keeps the same
rules, and two terminals cannot both pass. What two devices wrote unseen by each other is not refused when it is merged;
what reads it bears that. Which kinds have such a rule is said here; what the rule is, where their fields are known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from painlog.domain.entries import Draft, Entry
from painlog.errors import BadInput

if TYPE_CHECKING:

    class Known(Protocol):
        """What a journal says of itself: living entries of some kinds, and how many values a measure has."""

        def entries(self, *, kinds: Sequence[str]) -> list[Entry]: ...

        def count_of(self, measure: str) -> int: ...


class Held:
    """What a journal holds of some kinds, each fetched once, with what a command has added so far."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._of: dict[str, list[Entry | Draft]] = {}

    def of(self, kind: str) -> list[Entry | Draft]:
        """Everything of a kind."""
        if kind not in self._of:
            self._of[kind] = list(self._known.entries(kinds=[kind]))
        return self._of[kind]


def fit_drafts(drafts: Iterable[Draft], known: Known) -> Iterator[Draft]:
    """Yield drafts as they are to be recorded: what they leave out or say in short comes from the journal.

    A draft may rest on those before it, and whoever takes one may write it before asking for the next. Raises BadInput
    at the end where one does not go with what is there, so that what is wrong with making any of them is said before.
    """
    held, refused = Held(known), None
    marked: list[Draft] = []
    for draft in drafts:
        if draft.kind.name == "flare":
            held.of("flare")  # as it was before any of these
            marked.append(draft)
        try:
            if refused is None:
                yield _FITTED[draft.kind.name](draft, held) if draft.kind.name in _FITTED else draft
        except BadInput as error:
            refused = error
    if marked:
        from painlog.domain.flares import check_flares

        check_flares(marked, held.of("flare"))
    if refused:
        raise refused


def check_edit(before: Entry, new: Draft, known: Known) -> Draft:
    """Return what an entry is to become, as ``fit_drafts`` does. Raises BadInput where that does not go."""
    changed = {name for name in before.data.keys() | new.data.keys() if before.data.get(name) != new.data.get(name)}
    if before.kind == "measure" and known.count_of(before.id):
        from painlog.domain.kinds.measures import check_changed

        check_changed(changed)
    if before.kind == "plan":
        from painlog.domain.plan import check_renamed

        check_renamed(changed)
    if before.kind == "shortcut":
        from painlog.domain.kinds import shortcuts

        shortcuts.check_renamed(changed)
    if before.kind == "trial":
        from painlog.domain.trials import refuse_edit

        refuse_edit()
    if before.kind == "flare":
        from painlog.domain.flares import check_moved_flare

        check_moved_flare(before, new, known.entries(kinds=["flare"]))
    return _name_goal(new, Held(known)) if before.kind == "goal" else new


def check_delete(gone: Sequence[Entry], known: Known) -> None:
    """Refuse to delete what others rest on. Raises BadInput."""
    if any(entry.kind == "flare" for entry in gone):
        from painlog.domain.flares import check_left_flares

        check_left_flares([entry.id for entry in gone], known.entries(kinds=["flare"]))
    for entry in gone:
        if entry.kind == "measure" and known.count_of(entry.id):
            from painlog.domain.kinds.measures import refuse_in_use

            refuse_in_use(entry)


def check_not_deleted(entry: Entry) -> None:
    """Refuse to do anything to an entry that is deleted. Raises BadInput."""
    if entry.deleted:
        raise BadInput(f"this entry is deleted: {entry.text} (painlog undo may bring it back)")


def _name_goal(draft: Draft, held: Held) -> Draft:
    from painlog.domain.plan import check_goal

    return draft._replace(data=draft.data | check_goal(draft, held.of("plan")))


def _fit_step(draft: Draft, held: Held) -> Draft:
    from painlog.domain.plan import check_step

    made = draft._replace(data=draft.data | check_step(draft, held.of("plan")))
    held.of("plan").append(made)
    return made


def _fit_measure(draft: Draft, held: Held) -> Draft:
    from painlog.domain.kinds.measures import check_new

    check_new(draft, held.of("measure"))
    held.of("measure").append(draft)
    return draft


def _name_what_matters(draft: Draft, held: Held) -> Draft:
    """A session of what the person says matters is no treatment; one that says more than how long it was stays one."""
    from painlog.domain.own_plan import fit_mattered

    return draft if draft.id else fit_mattered(draft, held.of("own-plan"))


def _fit_trial(draft: Draft, held: Held) -> Draft:
    from painlog.domain.trials import check_step

    made = draft if draft.id else check_step(draft, held.of("trial"))
    held.of("trial").append(made)
    return made


def _name_trial(draft: Draft, held: Held) -> Draft:
    from painlog.domain.trials import check_mark

    return draft if draft.id else check_mark(draft, held.of("trial"))


_FITTED: Mapping[str, Callable[[Draft, Held], Draft]] = {
    "goal": _name_goal,
    "plan": _fit_step,
    "measure": _fit_measure,
    "treatment": _name_what_matters,
    "trial": _fit_trial,
    "trial-day": _name_trial,
}
