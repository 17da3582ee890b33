"""Changes that come from elsewhere: looked over one by one before any is written, then folded like one's own. Pure.

A change carries its own checksum, so what was damaged on its way is noticed. Its shape is checked too, since a checksum
is no proof of who wrote it: what passes here can be folded, shown, sorted and written to the tables. What a newer
painlog may have added (a kind, a field, an attribute) passes, and waits for the update.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from sys import intern
from typing import Any, NamedTuple, TypeAlias

from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.dates import FIRST_YEAR
from painlog.errors import BadInput, FileRefused
from painlog.storage.log.changes import (
    LATEST,
    LATEST_YEAR,
    LINE,
    TOO_LATE,
    Change,
    ReadChange,
    checksum,
    from_json,
    pieces,
    to_json,
)
from painlog.storage.log.forgetting import FORGET, FORGOTTEN, may_forget
from painlog.storage.log.gate import admit, is_countable


def _no_number(name: str) -> Any:
    raise ValueError(name)


_HLC = re.compile(r"[0-9a-f]{24}")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_KIND = re.compile(r"[a-z][a-z0-9-]{0,39}")
_FIELD = re.compile(r"[a-z][a-z0-9_]{0,39}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AT = re.compile(_DAY.pattern + r"T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_DECODER = json.JSONDecoder(parse_constant=_no_number)
_TEXTS = [str] * len(Change._fields)
_TOGETHER = 500
_MOST_OFFSET = 24 * 60
_MOST_TEXT = 200
_OWN = "tracked"  # a value of a measure of one's own, which may be answered by yes or no
_MADE = {"kind", "day", "at", "utc_offset", "zone"}
_DAMAGED = "is damaged: it is not what painlog writes"


Batch: TypeAlias = Iterable[Sequence[str]]  # changes, which can be gone through again and are then the same


class Sorting(NamedTuple):
    """Names of batches that can be taken over, and of the others why not: refused, or waiting for what is missing.

    ``forgetting`` are the changes of the good ones that say what is to be forgotten.
    """

    good: list[str]
    refused: dict[str, str]
    waiting: dict[str, str]
    forgetting: list[ReadChange]


def sort_out(
    batches: Mapping[str, Batch], kinds: Callable[[Sequence[str]], Mapping[str, str]], last: str = ""
) -> Sorting:
    """Look over named batches of changes, some thousands at a time; each is taken whole or not at all.

    ``kinds`` gives those of some entries, as far as they are there; ``last`` is the greatest clock that is.
    """
    made: dict[str, dict[str, str]] = {}
    forgetting: dict[str, list[ReadChange]] = {}
    refused: dict[str, str] = {}
    waiting: dict[str, str] = {}
    for name, changes in batches.items():
        try:
            made[name], forgetting[name] = _look_over(changes, last)
        except (BadInput, FileRefused) as error:
            refused[name] = str(error)
    while True:
        known = {entry: kind for of_batch in made.values() for entry, kind in of_batch.items()}
        unfit = {name: found for name in made if (found := _unfit(batches[name], known, kinds))}
        if not unfit:
            break
        for name, (why, is_known) in unfit.items():
            (refused if is_known else waiting)[name] = why
            del made[name]
    return Sorting([*made], refused, waiting, [each for name in made for each in forgetting[name]])


def _look_over(batch: Batch, last: str) -> tuple[dict[str, str], list[ReadChange]]:
    """The kinds of the entries that a batch makes, and what of it says what is to be forgotten. Raises BadInput."""
    made: dict[str, str] = {}
    forgetting: list[ReadChange] = []
    first = 1
    for some in pieces(batch):
        checked = check_changes(some, first)
        admit(checked, last, first)
        made |= {change.entry: intern(data["kind"]) for change, data in checked if "kind" in data}
        forgetting += [each for each in checked if each.change.source == FORGET]
        first += len(some)
    return made, forgetting


def check_changes(rows: Iterable[Sequence[str]], first: int = 1) -> list[ReadChange]:
    """Return changes with their data, in the order given. Raises BadInput for one that is none.

    ``first`` is the number of the first one.
    """
    arrived = []
    for number, columns in enumerate(rows, first):
        if [*map(type, columns)] != _TEXTS:
            raise BadInput(f"change {number:,} {_DAMAGED}")
        change = Change(*columns)
        if not _is_whole(change):
            raise BadInput(f"change {number:,} is damaged: its checksum differs")
        data = _data_of(change)
        if data is None:
            raise BadInput(f"change {number:,} {_DAMAGED}")
        if change.hlc >= LATEST:
            raise BadInput(f"change {number:,} {TOO_LATE}")
        arrived.append(ReadChange(change, data))
    if not _are_as_written(arrived):
        number = next(i for i, each in enumerate(arrived, first) if not _are_as_written([each]))
        raise BadInput(f"change {number:,} {_DAMAGED}")
    return arrived


def _are_as_written(arrived: Sequence[ReadChange]) -> bool:
    """Whether every data is written as painlog writes it: no name twice, no space, no half of a character.

    Each is one JSON object from its first to its last character, so equal texts of many mean that each is equal.
    """
    many = (arrived[i : i + _TOGETHER] for i in range(0, len(arrived), _TOGETHER))
    return all(
        to_json([data for _, data in some]) == f"[{','.join([change.data for change, _ in some])}]" for some in many
    )


def clashing_clocks(arrived: Iterable[ReadChange], there: Mapping[str, Change]) -> list[str]:
    """Return the clocks that changes may get, as another one, that arrived too or is there, has theirs."""
    first = dict(there)
    clashing = [(change, other) for change, _ in arrived if (other := first.setdefault(change.hlc, change)) != change]
    return [_under_new_clock(change).hlc for both in clashing for change in both]


def tell_apart(arrived: Iterable[ReadChange], there: Mapping[str, Change]) -> list[ReadChange]:
    """Return changes in the order of their clocks, each with one of its own.

    Two copies of one device may give two changes the same clock. On every device the greater of the two keeps it, and
    the other one gets one that follows from what it says, so that all end with the same two.
    """
    placed: dict[str, ReadChange] = {}
    for each in arrived:
        change = each.change
        other = placed[change.hlc].change if change.hlc in placed else there.get(change.hlc)
        if other is None or other == change:
            placed[change.hlc] = each
            continue
        less, greater = sorted((change, other))
        placed[greater.hlc] = ReadChange(greater, json.loads(greater.data))
        moved = _under_new_clock(less)
        placed[moved.hlc] = ReadChange(moved, json.loads(moved.data))
    return [placed[hlc] for hlc in sorted(placed)]


def _under_new_clock(change: Change) -> Change:
    """A change under the clock that it has where another change has its own."""
    six = (change.hlc[:16] + change.checksum, *change[1:-1])
    return Change(*six, checksum(*six))


def _unfit(
    batch: Batch, made: Mapping[str, str], kinds: Callable[[Sequence[str]], Mapping[str, str]]
) -> tuple[str, bool] | None:
    """Why a batch cannot be taken, and whether the entry that it cannot change is known; None where it fits."""
    fine: set[tuple[str, str, int] | None] = set()
    number = 0
    for some in pieces(batch):
        there = kinds([entry for _, _, entry, *_ in some])
        for _, _, entry, text, *_ in some:
            number += 1
            if (named := there.get(entry) or made.get(entry)) is None:
                why = f"change {number:,}: entry {entry} has no beginning here; its first change is missing"
                return why, False
            data, kind = from_json(text), KINDS.get(named)
            if data.get("kind", named) != named or (kind and not _fits(data, kind, fine)):
                return f"change {number:,} does not fit its entry; update painlog, which may know it by then", True
    return None


def _fits(data: Mapping[str, Any], kind: Kind, fine: set[tuple[str, str, int] | None]) -> bool:
    """Whether the fields that this painlog knows hold what they may hold; ``fine`` holds whole numbers that do."""
    fields, main = data.get("fields", {}), kind.main
    lost = data.get(FORGOTTEN, ())
    needed = main.required and main.name not in lost and ("kind" in data or main.name in fields)
    if not may_forget(lost, kind) or (needed and fields.get(main.name) is None):
        return False
    try:
        for name, value in fields.items():
            key = (kind.name, name, value) if type(value) is int else None
            if value is None or key in fine or (isinstance(value, bool) and kind.name == _OWN):
                continue
            if field := kind.by_name.get(name):
                field.check(value)
            if key:
                fine.add(key)
    except (BadInput, ArithmeticError, LookupError, TypeError, ValueError, AttributeError):
        return False
    return True


def _is_whole(change: Change) -> bool:
    try:
        return change.checksum == checksum(*change[:-1])
    except UnicodeEncodeError:
        return False


def _data_of(change: Change) -> dict[str, Any] | None:
    """A change's data, None where the change is not one that painlog writes and its fold can read."""
    if not (_HLC.fullmatch(change.hlc) and _HLC.fullmatch(change.command) and _ID.fullmatch(change.entry)):
        return None
    if not 0 < len(change.source) <= _MOST_TEXT or not change.source.isprintable():
        return None
    try:
        data, end = _DECODER.raw_decode(change.data)
        if datetime.fromisoformat(change.recorded_at).utcoffset() is None or len(change.recorded_at) > _MOST_TEXT:
            return None
        if not isinstance(data, dict) or end != len(change.data) or "\\u0000" in change.data:
            return None
        return data if _is_change(data) else None
    except (ValueError, RecursionError):
        return None


def _is_change(data: dict[str, Any]) -> bool:
    if "kind" in data and not (data.keys() >= _MADE and _is_kind(data["kind"])):
        return False
    if "deleted" in data and (type(data["deleted"]) is not int or data["deleted"] not in (0, 1)):
        return False
    if not _are_all(_HLC, data.get("over", [])) or not _are_all(_FIELD, data.get(FORGOTTEN, [])):
        return False
    if not isinstance(data.get(LINE, ""), str):
        return False
    return _are_texts(data.get("origin", {})) and _are_fields(data.get("fields", {})) and _is_when(data)


def _is_kind(name: Any) -> bool:
    return isinstance(name, str) and _KIND.fullmatch(name) is not None


def _are_all(sort: re.Pattern[str], names: Any) -> bool:
    return isinstance(names, list) and all(isinstance(name, str) and sort.fullmatch(name) for name in names)


def _are_texts(origin: Any) -> bool:
    return isinstance(origin, dict) and all(isinstance(text, str) for text in origin.values())


def _are_fields(fields: Any) -> bool:
    return isinstance(fields, dict) and all(
        _FIELD.fullmatch(name) and (_is_atom(value) or _is_group(value)) for name, value in fields.items()
    )


def _is_group(value: Any) -> bool:
    """Whether a value is a list or an object of simple ones."""
    inner = value if isinstance(value, list) else value.values() if isinstance(value, dict) else [value]
    return all(map(_is_atom, inner))


def _is_atom(value: Any) -> bool:
    if isinstance(value, int | float):
        return is_countable(value)
    return value is None or isinstance(value, str)


def _is_when(data: dict[str, Any]) -> bool:
    """Whether the attributes that say when an entry was are as painlog writes them. Raises ValueError."""
    if "utc_offset" in data and not (
        type(data["utc_offset"]) is int and -_MOST_OFFSET < data["utc_offset"] < _MOST_OFFSET
    ):
        return False
    if "zone" in data and not (isinstance(data["zone"], str) and len(data["zone"]) <= _MOST_TEXT):
        return False
    if "day" in data and not (isinstance(data["day"], str) and _is_day(data["day"])):
        return False
    at = data.get("at")
    return at is None or (isinstance(at, str) and _AT.fullmatch(at) is not None and _is_time(at))


@lru_cache
def _is_day(day: str) -> bool:
    return _DAY.fullmatch(day) is not None and _is_near(date.fromisoformat(day))


def _is_time(at: str) -> bool:
    return _is_near(datetime.fromisoformat(at))


def _is_near(when: date) -> bool:
    """Whether a date is in a year that painlog can count with."""
    return FIRST_YEAR - 1 <= when.year <= LATEST_YEAR
