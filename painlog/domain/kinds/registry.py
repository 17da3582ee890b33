"""The registry: every kind of entry, each declared once. Pure.

Capture, the clause grammar, lists, reports, charts, exports, completion and the SQL views read these declarations.
Adding a kind is one more ``Kind``, its line here, and a migration that rebuilds the views. A declaration is loaded when
it is first asked for: recording a pain does not wait for the questionnaires.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from painlog.domain.kinds.kind import Kind

_VERBS = {
    **dict.fromkeys(("pain", "mood"), "pain_mood"),
    "sleep": "sleep",
    **dict.fromkeys(("dose", "treatment"), "care"),
    **dict.fromkeys(("flare", "activity"), "activity"),
    "goal": "care",
    **dict.fromkeys(("went-well", "setback", "note"), "activity"),
    **dict.fromkeys(("ask-doctor", "visit"), "visits"),
}
QUESTIONNAIRES = ("peg", "phq2", "gad2", "phq4", "phq8", "phq9", "gad7")
_OTHERS = {
    **dict.fromkeys(QUESTIONNAIRES, "questionnaires"),
    "plan": "care",
    **dict.fromkeys(("measure", "tracked"), "measures"),
}
VERBS = tuple(_VERBS)  # kinds with heads, each a command of its own
LASTING = ("plan", "measure", "ask-doctor", "visit")  # what holds from then on, and says nothing of how a day was


class Registry(MutableMapping[str, "Kind"]):
    """Kinds by name, in the order of their declaration here."""

    def __init__(self) -> None:
        self._kinds: dict[str, Kind | None] = dict.fromkeys((*_VERBS, *_OTHERS))

    def __getitem__(self, name: str) -> Kind:
        kind = self._kinds[name]
        if kind is None:
            module = __import__(f"painlog.domain.kinds.{(_VERBS | _OTHERS)[name]}", fromlist=["DECLARED"])
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


KINDS = Registry()
