"""What a person wrote down when calm: a plan for flares, their warning signs, and what matters to them. Pure.

Each sheet is as it was written last. Signs are shown as they stand, and nothing is worked out of them.
"""

from collections.abc import Iterable
from datetime import date

from painlog.domain.entries import Draft, Event
from painlog.domain.kinds.activity import MATTERED, MATTERS


def lines_of(sheet: str, entries: Iterable[Event], until: date | None = None) -> tuple[str, ...]:
    """Return the lines of a sheet as it was written last, up to a day if one is named; none where it never was."""
    written = [each for each in entries if each.data.get("sheet") == sheet and (until is None or each.day <= until)]
    last = max(written, key=lambda each: (each.day, getattr(each, "id", "")), default=None)
    return tuple(last.data.get("own_lines", ())) if last else ()


def fit_mattered(draft: Draft, sheets: Iterable[Event]) -> Draft:
    """Return a draft of something done as one of what matters, where its name is a line of that sheet."""
    mattering = {line.casefold(): line for line in lines_of(MATTERS, sheets)}
    name = mattering.get(str(draft.data.get("name", "")).casefold())
    if name is None or not draft.data.keys() <= MATTERED.by_name.keys():
        return draft
    return draft._replace(kind=MATTERED, data=draft.data | {"name": name})
