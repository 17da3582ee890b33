"""Which kinds of entries a journal has: painlog's, and the measures of the person's own that it declares."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Any

from painlog.domain.kinds.declaration import match_whole
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.registry import KINDS
from painlog.domain.variables import Variable, variables, variables_of
from painlog.errors import BadInput
from painlog.storage.log.changes import from_json

if TYPE_CHECKING:
    from painlog.storage.rows import Rows

TRACKED = "tracked"
_UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


class Kinds:
    """The kinds of one open journal. Own measures are read when they are first asked for."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._lost: dict[str, Kind] = {}

    @cached_property
    def own(self) -> Mapping[str, Kind]:
        """The kinds of the person's own measures, by the id of the entry that declares each; retired ones too."""
        from painlog.domain.kinds.measures import MEASURE, own_kind, slug

        kinds: dict[str, Kind] = {}
        taken = set(variables())
        for id_, text in self._rows.select(
            "SELECT id, data FROM entries WHERE kind = ? AND deleted = 0 ORDER BY id", MEASURE.name
        ):
            data = from_json(text)
            if match_whole(_UUID, id_) and "name" in data:
                name = _free(slug(data["name"]), taken)
                taken.add(name)
                kinds[id_] = own_kind(id_, data, name)
        return kinds

    def variables(self) -> dict[str, Variable]:
        """Return every variable that days of this journal may have, those of its own measures last."""
        return variables() | variables_of(self.own.values())

    def find(self, name: str) -> Kind:
        """Return a kind by its name, or one of the person's own measures by its own. Raises BadInput."""
        clean = " ".join(name.lower().replace("_", " ").replace("-", " ").split())
        known = {kind.title.lower().replace("-", " "): kind for kind in (*self.own.values(), *KINDS.values())}
        known |= {kind.name.replace("-", " "): kind for kind in KINDS.values()}
        if clean not in known:
            names = [*(n for n in KINDS if n != TRACKED), *(kind.label for kind in self.own.values())]
            raise BadInput(f"{name!r} is not a kind of entry; there are {', '.join(names)}")
        return known[clean]

    def of_entry(self, kind: str, data: Mapping[str, Any]) -> Kind | None:
        """Return the kind of an entry, that of its own measure by what the entry says; None for a newer painlog's."""
        if kind != TRACKED:
            return KINDS.get(kind)
        measure = data.get("measure", "")
        if measure not in self.own and measure not in self._lost:
            self._lost[measure] = self._lost_kind(measure)
        return self.own.get(measure) or self._lost[measure]

    def _lost_kind(self, measure: str) -> Kind:
        """Return the kind of a measure that was deleted since; a nameless one where it never arrived here."""
        from painlog.domain.kinds.measures import TRACKED as NAMELESS
        from painlog.domain.kinds.measures import own_kind

        text = self._rows.value("SELECT data FROM entries WHERE id = ?", measure)
        return own_kind(measure, from_json(text), "") if text else NAMELESS


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number where two devices gave two measures the same one."""
    return next(free for i in count(1) if (free := name if i == 1 else f"{name}_{i}") not in taken)
