"""Measures of one's own: what ``track add`` declares, and the kind that follows from it. Pure.

A measure is an entry like any other, so it travels with the journal and every change of it can be undone. Its values
are entries of the kind ``tracked`` that name it by id; renaming a measure leaves them as they are.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NoReturn

from painlog.domain.entries import Draft, Entry, Event
from painlog.domain.kinds.fields import Better, Choice, Field, Flag, Minutes, Name, Number, YesNo
from painlog.domain.kinds.kind import NOTE, Daily, Kind, declare_rating
from painlog.errors import BadInput

SCALES = ("rating", "count", "minutes", "yes-no", "number")
EXAMPLES = {"minutes": "20m", "yes-no": "yes"}
LOW, HIGH = "None", "As much as can be"
_LARGEST = 1_000_000


def _checked(data: dict[str, Any]) -> dict[str, Any]:
    """Nothing is derived; labels belong to a rating, a unit to a number. Raises BadInput."""
    scale = data.get("scale", SCALES[0])
    if scale != "rating" and ("low" in data or "high" in data):
        raise BadInput(f"--low and --high are the two ends of a 0-10 rating, and do not go with {scale}")
    if "unit" in data and scale not in ("number", "count"):
        raise BadInput(f"--unit goes with number or count, not with {scale}")
    if "name" in data and not slug(data["name"]):
        raise BadInput(f"a measure needs a letter in its name, not {data['name']!r}")
    return {}


def scale_text(data: Mapping[str, Any]) -> str:
    """``0 none … 10 cannot think``, ``number (kg)``."""
    scale = data.get("scale", SCALES[0])
    if scale == "rating":
        return f"0 {data.get('low', LOW).lower()} … 10 {data.get('high', HIGH).lower()}"
    return f"{scale} ({data['unit']})" if "unit" in data else str(scale)


def _line(data: Mapping[str, Any]) -> str:
    better = f", {data['better']} is better" if "better" in data else ""
    return f"measure {data['name']}: {scale_text(data)}{better}{', retired' if data.get('retired') else ''}"


MEASURE = Kind(
    name="measure",
    help="A measure of your own.",
    by_hand="track add",
    example='"brain fog" --low none --high "cannot think" --better low',
    lasting=True,
    declares=True,
    fields=(
        Name(name="name", help="What to call it.", limit=30),
        Choice(
            name="scale",
            options=SCALES,
            option_help=(
                "0 to 10 (as without any).",
                "How many; a day's are added up.",
                "How long; a day's are added up.",
                "Yes or no.",
                "A number with a unit.",
            ),
        ),
        Name(name="low", label="meaning of 0", help="What 0 means.", limit=40),
        Name(name="high", label="meaning of 10", help="What 10 means.", limit=40),
        Choice(
            name="better",
            options=("low", "high"),
            option_help=("Low is better.", "High is better."),
            has_no_default=True,
        ),
        Name(name="unit", help="The unit of a number.", limit=12),
        Flag(name="retired", help="No longer asked for or offered."),
        NOTE,
    ),
    formula=_checked,
    line=_line,
)
TRACKED = Kind(
    name="tracked",
    help="A value of a measure of your own.",
    example="6",
    variant="measure",
    value="value",
    fields=(
        Number(name="value", low=-_LARGEST, high=_LARGEST),
        Name(name="measure"),
        NOTE,
    ),
)
DECLARED = (MEASURE, TRACKED)


def own_kind(id_: str, data: Mapping[str, Any], variable: str) -> Kind:
    """Return the kind of a measure's entries; ``id_`` and ``data`` are those of the entry that declares it."""
    name = data["name"]
    return Kind(
        name=TRACKED.name,
        label=name,
        help=f"{name}, a measure of your own.",
        example=EXAMPLES.get(data.get("scale", ""), "6"),
        heads=() if data.get("retired") else (name.lower(),),
        variant="measure",
        value="value",
        days=(Daily(variable, name, f"own_{variable}", (id_,), _combine(data)),),
        fields=(_value_field(name, data), NOTE),
        constants={"measure": id_},
    )


def check_new(draft: Draft, measures: Iterable[Event]) -> None:
    """Refuse a measure whose name one of the person's measures has. Raises BadInput."""
    check_free(draft.data["name"], measures)


def check_changed(fields: Collection[str]) -> None:
    """Refuse to change some fields of a measure that has entries. Raises BadInput."""
    if "scale" in fields or "unit" in fields:
        raise BadInput("a measure with entries keeps its scale and its unit; painlog track add adds another")


def refuse_in_use(measure: Entry) -> NoReturn:
    """Refuse to delete a measure that has entries. Raises BadInput."""
    name = measure.data["name"]
    raise BadInput(f"{name!r} has entries; painlog track retire {name} keeps them and no longer asks for it")


def check_free(name: str, measures: Iterable[Event]) -> None:
    """Refuse a name that one of the person's measures has. Raises BadInput."""
    for measure in measures:
        if slug(measure.data["name"]) == slug(name):
            known = f"{name!r} is a measure of your own already"
            if not measure.data.get("retired"):
                raise BadInput(f"{known}; painlog track list shows them")
            raise BadInput(f"{known}, but retired; painlog edit {measure.id[-12:]} --clear retired brings it back")


def slug(name: str) -> str:
    """Return the name of a measure's variable: small letters, digits and underscores."""
    return "_".join("".join(c if c.isalnum() else " " for c in name.lower()).split())


def _value_field(name: str, data: Mapping[str, Any]) -> Field:
    scale, better = data.get("scale", SCALES[0]), data.get("better", "")
    if scale == "rating":
        low, high = data.get("low", LOW), data.get("high", HIGH)
        return declare_rating("value", low, high, better=better, label=name, variable="")
    return _open_field(scale, name, better, data.get("unit", ""))


def _open_field(scale: str, name: str, better: Better, unit: str) -> Field:
    if scale == "count":
        return Number(name="value", label=name, better=better, high=100_000, whole=True, unit=unit)
    if scale == "minutes":
        return Minutes(name="value", label=name, better=better, high=24 * 60)
    if scale == "yes-no":
        return YesNo(name="value", label=name, better=better)
    return Number(name="value", label=name, better=better, low=-_LARGEST, high=_LARGEST, unit=unit, alike=0)


def _combine(data: Mapping[str, Any]) -> Any:
    return {"count": "sum", "minutes": "sum", "yes-no": "max"}.get(data.get("scale", ""), "mean")
