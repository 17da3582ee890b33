"""What is asked of clauses about medicines of the plan: started, stopped, taken otherwise now. Pure."""

from collections.abc import Sequence

from painlog.domain.language.amounts import Quantity
from painlog.domain.language.line_items import Item
from painlog.domain.language.reading import Question
from painlog.domain.language.roles import in_circumstance, passable
from painlog.domain.language.vocabulary import Vocabulary, named_kind, spellings

_CHANGED = ("upped", "increased", "raised", "reduced", "lowered", "dropped", "cut", "changed", "went", "now", "tapered")


class PlanQuestions:
    """Asks about what changes the plan, which no entry of a day does."""

    def __init__(self, line: str, vocabulary: Vocabulary) -> None:
        self.line, self.vocabulary = line, vocabulary

    def stopped(self, said: str, rest: Sequence[Item]) -> Question:
        """Return what is asked of a name that was stopped: only what the plan has can be stopped there."""
        if not self.vocabulary.is_planned(said):
            return Question(f"{said} is not in your plan, so it is only words")
        return Question(f"was {said} stopped for good?", (), (f"plan stop {said}{_at(rest)}",))

    def new_medicine(self, items: Sequence[Item]) -> Question | None:
        """Return what is asked of a medicine that was started: started pregabalin 75mg twice a day."""
        at = next((i for i, item in enumerate(items) if not passable(item)), len(items))
        rest = [each for each in items[at + 1 :] if not passable(each) and each.low not in ("taking", "on")]
        if at == len(items) or items[at].low not in ("started", "restarted") or not rest:
            return None
        kind = named_kind(Quantity)
        meant = rest[0].as_role("naming", kind) or rest[0].low in spellings()
        amount = next((i for i, each in enumerate(rest) if each.sort == "quantity"), 0)
        if not (meant or (0 < amount <= 2 and all(each.is_unknown for each in rest[:amount]))):
            return None
        told = next((i for i, each in enumerate(rest) if each.sort == "when"), len(rest))
        text = self.line[rest[0].start : rest[told - 1].end]
        return Question(f"is {rest[0].low} new in the plan?", (), (f"plan start {text}{_at(rest)}",))

    def changed_medicine(self, items: Sequence[Item]) -> Question | None:
        """Return what is asked of a medicine that is taken otherwise now: sertraline upped to 100mg."""
        kind = named_kind(Quantity)
        named = next((i for i in items if i.as_role("naming", kind) or i.low in spellings()), None)
        amount = next((item for item in items if item.sort == "quantity"), None)
        if named is None or amount is None or not any(item.low in _CHANGED for item in items):
            return None
        if in_circumstance(items, items.index(named)):
            return None  # pain dropped after it
        name, much = (self.line[each.start : each.end] for each in (named, amount))
        step = "plan change" if self.vocabulary.is_planned(name) else "plan start"
        return Question(f"is {name} {much} in the plan now?", (), (f"{step} {name} {much}{_at(items)}",))


def _at(items: Sequence[Item]) -> str:
    """The option for a time of one word said among items, such as yesterday."""
    when = next((each for each in items if each.sort == "when" and not each.value.problem), None)
    return f" --at {when.low}" if when is not None and " " not in when.low else ""
