"""What stands in other apps' JSON and cells, taken only where it has the shape expected. Pure."""

import math
import re
from collections.abc import Iterable, Iterator
from typing import Any

from painlog.errors import BadInput, FileRefused
from painlog.exchange.importing.source import Source


def holds_records(start: str, names: Iterable[str]) -> bool:
    """Whether a file that begins so is JSON in which all of these names stand; they come with their quotes."""
    return start.lstrip()[:1] in ("[", "{") and all(name in start for name in names)


def read_objects(found: Any, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a list, or a single one, with their numbers from 1. Raises FileRefused for anything else."""
    each = [found] if isinstance(found, dict) else found
    if not isinstance(each, list) or any(not isinstance(one, dict) for one in each):
        raise FileRefused(f"{name} is damaged: it is no list of records")
    yield from enumerate(each, 1)


def read_records(source: Source, members: Iterable[str], what: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The records of some members, each after its place: ``nights.json, night 3``, where ``what`` is a night."""
    for member in members:
        name = member.rpartition("/")[2] or source.path.name
        for at, record in read_objects(source.json(member), name):
            yield f"{name}, {what} {at}", record


def get_inside(found: Any, *names: str) -> Any:
    """What stands in an object, in objects within; None where there is no such thing."""
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def as_number(found: Any, what: str) -> float | None:
    """A number of JSON or of a cell: ``412``, ``1,440``, ``7.5``; None for nothing. Raises BadInput for what is none.

    A comma before three digits at the end parts thousands, any other is a decimal comma.
    """
    if isinstance(found, str):
        found = found.strip()
        if found.upper() in ("", "N/A", "NULL", "NONE", "--"):
            return None
        clean = re.sub(r"(?<=\d),(?=\d{3}(?:\D|$))", "", found).replace(",", ".")
        found = float(clean) if re.fullmatch(r"[+-]?\d{1,15}(?:\.\d{1,15})?", clean, re.ASCII) else clean
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int | float) or not math.isfinite(found) or abs(found) > 1e15:
        raise BadInput(f"{what} is a number, not {found!r:.60}")
    return float(found)


def required_number(found: Any, what: str) -> float:
    """A number that has to be there. Raises BadInput."""
    value = as_number(found, what)
    if value is None:
        raise BadInput(f"{what} is missing")
    return value


def as_text(found: Any) -> str:
    """A text, stripped; empty for anything else. A number is written out."""
    if isinstance(found, int) and not isinstance(found, bool) and abs(found) < 10**18:
        return str(found)
    return found.strip() if isinstance(found, str) else ""
