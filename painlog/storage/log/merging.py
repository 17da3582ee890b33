"""Changes that come from elsewhere: looked over one by one before any is written, then folded like one's own. Pure.

A change carries its own checksum, so what was damaged on its way is noticed. Its shape is checked too, since a checksum
is no proof of who wrote it: what passes here can be folded, shown, sorted and written to the tables. What a newer
painlog may have added (a kind, a field, an attribute) passes, and waits for the update.
"""

import itertools
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.dates import FIRST_YEAR
from painlog.errors import BadInput, FileRefused
from painlog.storage.log.changes import (
    FORGOTTEN,
    LATEST,
    LATEST_YEAR,
    LINE,
    TOO_LATE,
    Change,
    ReadChange,
    can_hold,
    checksum,
    from_json,
    pieces,
    to_json,
)
from painlog.storage.log.forgetting import FORGET, may_forget
from painlog.storage.log.gate import admit, is_countable, late_stamps, out_of_reach


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
_NONE: AbstractSet[str] = frozenset()
_MADE = {"kind", "day", "at", "utc_offset", "zone"}
_DAMAGED = "is damaged: it is not what painlog writes"


Batch: TypeAlias = Iterable[Sequence[str]]  # changes, which can be gone through again and are then the same
KindsOf: TypeAlias = Mapping[str, AbstractSet[str]]  # by entry: the kind of each beginning, nearly always one


class Sorting(NamedTuple):
    """Names of batches that can be taken over, and of the others why not: refused, or waiting for what is missing.

    ``forgetting`` are the changes of the good ones that say what is to be forgotten.
    """

    good: list[str]
    refused: dict[str, str]
    waiting: dict[str, str]
    forgetting: list[ReadChange]


def sort_out(batches: Mapping[str, Batch], kinds: Callable[[Sequence[str]], KindsOf], last: str = "") -> Sorting:
    """Look over named batches of changes, some thousands at a time; each is taken whole or not at all.

    ``kinds`` gives those of some entries, as far as they are there; ``last`` is the greatest clock that is.

    What one journal has taken every other takes, whatever it holds already: what an honest device writes may stand in
    one file with what a hostile one planted there.
    """
    made: dict[str, KindsOf] = {}
    forgetting: dict[str, list[ReadChange]] = {}
    ahead: dict[str, list[tuple[int, int]]] = {}
    refused: dict[str, str] = {}
    waiting: dict[str, str] = {}
    for name, changes in batches.items():
        try:
            made[name], forgetting[name], ahead[name] = _look_over(changes)
        except (BadInput, FileRefused) as error:
            refused[name] = str(error)
    for name, number in out_of_reach(ahead, last).items():
        refused[name] = f"change {number:,} {TOO_LATE}"
        del made[name]
    while True:
        known: dict[str, AbstractSet[str]] = {}
        for of_batch in made.values():
            _add_kinds(known, of_batch)
        unfit = {name: found for name in made if (found := _unfit(batches[name], known, kinds))}
        if not unfit:
            break
        for name, (why, is_known) in unfit.items():
            (refused if is_known else waiting)[name] = why
            del made[name]
    return Sorting([*made], refused, waiting, [each for name in made for each in forgetting[name]])


def _look_over(batch: Batch) -> tuple[KindsOf, list[ReadChange], list[tuple[int, int]]]:
    """The kinds of the entries that a batch makes, what of it says what is to be forgotten, and which stamps are late.

    Those are given with the numbers of their changes. Raises BadInput.
    """
    made: dict[str, AbstractSet[str]] = {}
    forgetting: list[ReadChange] = []
    ahead: list[tuple[int, int]] = []
    first = 1
    for some in pieces(batch):
        checked = check_changes(some, first)
        admit(checked, first)
        _add_kinds(made, {change.entry: _only(data["kind"]) for change, data in checked if "kind" in data})
        forgetting += [each for each in checked if each.change.source == FORGET]
        ahead += late_stamps(checked, first)
        first += len(some)
    return made, forgetting, ahead


@lru_cache
def _only(kind: str) -> AbstractSet[str]:
    return frozenset((kind,))


def _add_kinds(known: dict[str, AbstractSet[str]], more: KindsOf) -> None:
    for entry, kinds in more.items():
        known[entry] = known[entry] | kinds if known.get(entry, kinds) != kinds else kinds


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
    try:
        return all(
            to_json([data for _, data in some]) == f"[{','.join([change.data for change, _ in some])}]" for some in many
        )
    except RecursionError:  # writing gives up at less depth than reading
        return False


def tell_apart(
    arrived: Iterable[ReadChange], under: Callable[[Sequence[str]], Mapping[str, Change]]
) -> list[ReadChange]:
    """Return changes that are not there yet in the order of their clocks, each with one of its own.

    Two copies of one device may give two changes the same clock. On every device the greater of the two keeps it, and
    the other one gets one that follows from what it says, so that all end with the same two. Where that is another's
    already, as somebody may have meant it to be, they part in the same way: none is ever written over.
    ``under`` gives the changes that are there with some clocks.
    """
    there: dict[str, Change] = {}
    placed: dict[str, ReadChange] = {}
    coming = [*arrived]
    for count in itertools.count():
        there |= under([change.hlc for change, _ in coming])
        moved: list[ReadChange] = []
        for each in coming:
            clock = each.change.hlc
            if clock in placed or clock in there:
                other = placed.get(clock) or ReadChange(there[clock], from_json(there[clock].data))
                less, placed[clock] = sorted((each, other), key=itemgetter(0))
                if less.change != placed[clock].change:
                    moved.append(_under_new_clock(less, count))
            else:
                placed[clock] = each
        if not moved:
            break
        coming = moved
    return [placed[clock] for clock in sorted(placed) if placed[clock].change != there.get(clock)]


def _under_new_clock(each: ReadChange, count: int) -> ReadChange:
    """A change under the clock that it has where another change has its own, found so for the ``count``-th time.

    Whoever makes changes so that their checksums are clocks of others cannot do so with these for ever.
    """
    change, data = each
    suffix = sha256(f"{count}{chr(31).join(change)}".encode()).hexdigest()[:8] if count else change.checksum
    six = (change.hlc[:16] + suffix, *change[1:-1])
    return ReadChange(Change(*six, checksum(*six)), data)


def _unfit(batch: Batch, made: KindsOf, kinds: Callable[[Sequence[str]], KindsOf]) -> tuple[str, bool] | None:
    """Why a batch cannot be taken, and whether the entry that it cannot change is known; None where it fits."""
    fine: set[tuple[str, str, int] | None] = set()
    number = 0
    for some in pieces(batch):
        there = kinds([entry for _, _, entry, *_ in some])
        for _, _, entry, text, *_ in some:
            number += 1
            named, coming = there.get(entry, _NONE), made.get(entry, _NONE)
            if not (named := named | coming if named and coming else named or coming):
                why = f"change {number:,}: entry {entry} has no beginning here; its first change is missing"
                return why, False
            data = from_json(text)
            if not _fits(data, [KINDS.get(kind) for kind in ([data["kind"]] if "kind" in data else named)], fine):
                return f"change {number:,} does not fit its entry; update painlog, which may know it by then", True
    return None


def _fits(data: Mapping[str, Any], kinds: Sequence[Kind | None], fine: set[tuple[str, str, int] | None]) -> bool:
    """Whether the fields hold what one of some kinds may hold, None for one that this painlog does not know.

    ``fine`` holds whole numbers that do.
    """
    known = [kind for kind in kinds if kind]
    if len(known) < len(kinds):
        return True
    lost = data.get(FORGOTTEN, ())
    if not any(may_forget(lost, kind) and _keeps_main(data, kind) for kind in known):
        return False
    for name, value in data.get("fields", {}).items():
        if value is not None and not any(_holds(kind, name, value, fine) for kind in known):
            return False
    return True


def _keeps_main(data: Mapping[str, Any], kind: Kind) -> bool:
    """Whether a beginning has the field without which its kind is nothing, and no later change takes it away."""
    fields, main = data.get("fields", {}), kind.main
    needed = main.required and main.name not in data.get(FORGOTTEN, ()) and ("kind" in data or main.name in fields)
    return not needed or fields.get(main.name) is not None


def _holds(kind: Kind, name: str, value: Any, fine: set[tuple[str, str, int] | None]) -> bool:
    key = (kind.name, name, value) if type(value) is int else None
    if key in fine:
        return True
    if not can_hold(kind, name, value):
        return False
    if key:
        fine.add(key)
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
