"""The registry: every kind of entry, each declared once. Pure.

Capture, the clause grammar, lists, reports, charts, exports, completion and the SQL views read these declarations.
Adding a kind is a ``Kind`` in the ``DECLARED`` of a module here, and its line below. A declaration is loaded when it is
first asked for: recording a pain does not wait for the questionnaires.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from painlog.domain.kinds.kind import Kind

_COMMANDS = {  # the kinds with heads, each a command of its own, in the order of the help; and where each is declared
    "pain": "pain_mood",
    "mood": "pain_mood",
    "sleep": "sleep",
    "dose": "care",
    "treatment": "care",
    "flare": "activity",
    "activity": "activity",
    "goal": "care",
    "went-well": "activity",
    "setback": "activity",
    "note": "activity",
    "ask-doctor": "visits",
    "visit": "visits",
}
_OTHERS = {
    **dict.fromkeys(("peg", "phq2", "gad2", "phq4", "phq8", "phq9", "gad7"), "questionnaires"),
    "plan": "care",
    **dict.fromkeys(("appointment", "answer", "agreed"), "visits"),
    **dict.fromkeys(("own-plan", "mattered", "pause", "trial", "trial-day"), "activity"),
    "stock": "care",
    "measure": "measures",
    "tracked": "measures",
    "shortcut": "shortcuts",
}
VERBS = tuple(_COMMANDS)
QUESTIONNAIRES = tuple(name for name, module in _OTHERS.items() if module == "questionnaires")


class Registry(MutableMapping[str, "Kind"]):
    """Kinds by name, in the order of the lines above."""

    def __init__(self) -> None:
        self._kinds: dict[str, Kind | None] = dict.fromkeys((*_COMMANDS, *_OTHERS))

    def __getitem__(self, name: str) -> Kind:
        kind = self._kinds[name]
        if kind is None:
            module = __import__(f"painlog.domain.kinds.{(_COMMANDS | _OTHERS)[name]}", fromlist=["DECLARED"])
            self._kinds |= {kind.name: kind for kind in module.DECLARED}
            kind = next(kind for kind in module.DECLARED if kind.name == name)
        return kind

    def __setitem__(self, name: str, kind: Kind) -> None:
        self._kinds[name] = kind

    def __delitem__(self, name: str) -> None:
        del self._kinds[name]

    def __contains__(self, name: object) -> bool:
        return name in self._kinds

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)

    @property
    def lasting(self) -> tuple[str, ...]:
        """The names of the kinds that hold from then on, and say nothing of how a day was."""
        return tuple(kind.name for kind in self.values() if kind.lasting)


KINDS = Registry()


def tells_of_day(name: str) -> bool:
    """Whether entries of a kind tell of their day, and do not declare a name, as a measure that was imported does."""
    kind = KINDS.get(name)
    return kind is None or not kind.declares
