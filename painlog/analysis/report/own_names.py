"""A person's own names and words, replaced or left out of entries before they leave for others. Pure.

Names of treatments that painlog knows stay, as do its own words for what set off or eased pain, and units that everyone
uses. The same name is replaced by the same words everywhere.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from painlog.domain.entries import Entry
from painlog.domain.kinds.activity import MATTERED, OWN_PLAN, TRIAL
from painlog.domain.kinds.care import DOSE, GOAL, GOAL_CHECK, PLAN, STOCK, TREATMENT, TREATMENTS
from painlog.domain.kinds.fields import Field, Text, Words
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.measures import MEASURE, TRACKED
from painlog.domain.kinds.visits import APPOINTMENT, SESSION, VISIT
from painlog.domain.observations import AnyEntry, EqualEntries
from painlog.domain.regions import OTHER
from painlog.domain.units import UCUM
from painlog.domain.variables import Variable, variables
from painlog.errors import BadInput

NOTES, NAMES = "notes", "names"
REDACTED = (NOTES, NAMES)
OWN_WORDS_STAY = (
    "notes, questions and goals still stand in it in your own words; --redact notes,names leaves them out too"
)
PLACE = OTHER + "place"
_NAMED = {
    **dict.fromkeys((DOSE.name, TREATMENT.name, PLAN.name, STOCK.name, MATTERED.name), "name"),
    GOAL_CHECK.name: "goal",
}
_OWN_WORDS = (GOAL_CHECK.name, OWN_PLAN.name, MATTERED.name)
_PEOPLE = {VISIT.name: "who", APPOINTMENT.name: "name"}
_KNOWN = {name.casefold() for name in TREATMENTS}
_UNNAMED = "own measure"
_Said = TypeVar("_Said", Entry, EqualEntries)


@dataclass(frozen=True, eq=False)
class NeutralNames:
    """What stands for each name, by the name in small letters: of the plan and what was done, and of people.

    ``own`` has what stands for each measure of the person's own, by the id of the entry that declares it.
    """

    names: Mapping[str, str]
    people: Mapping[str, str]
    own: Mapping[str, str]


def read_redact(said: str) -> list[str]:
    """Read what is to be left out: ``notes``, ``names`` or both, joined by a comma. Raises BadInput."""
    parts = [part.strip() for part in said.lower().split(",") if part.strip()]
    if unknown := [part for part in parts if part not in REDACTED]:
        raise BadInput(f"--redact is {', '.join(REDACTED)} or both, not {unknown[0]!r}")
    return parts


def number_names(named: Iterable[AnyEntry], visits: Iterable[Entry], own: Iterable[str]) -> NeutralNames:
    """Number the names of doses, treatments, the plan and goals, of people, and of own measures, as they come up."""
    people = dict.fromkeys(visit.data["who"].casefold() for visit in visits if "who" in visit.data)
    return NeutralNames(
        names=_neutral(named),
        people={name: f"person {i}" for i, name in enumerate(people, 1)},
        own={id_: f"{_UNNAMED} {i}" for i, id_ in enumerate(own, 1)},
    )


def list_goals(changes: Iterable[Entry]) -> frozenset[str]:
    """The goals among changes of the plan, in small letters."""
    return frozenset(change.data["name"].casefold() for change in changes if change.data.get("sort") == GOAL)


def drop_own_words(entries: Iterable[Entry], goals: Collection[str]) -> Iterator[Entry]:
    """Leave out notes, and whatever is about one of the ``goals``, which have only the person's words for a name."""
    for entry in entries:
        of_goal = entry.kind == PLAN.name and entry.data["name"].casefold() in goals
        if not of_goal and entry.kind not in _OWN_WORDS:
            yield drop_note(entry)


def replace_names(entry: _Said, by: NeutralNames) -> _Said:
    """The entry with neutral names, no words but those that painlog offers, and other places of the body unnamed."""
    data, declared = dict(entry.data), entry.declaration
    is_session = data.get("meeting") == SESSION  # that lies ahead; else what lies ahead has a person's name
    if field := "name" if is_session else _NAMED.get(entry.kind):
        data |= {field: neutral_name(data[field], by.names)} if field in data else {}
    elif who := _PEOPLE.get(entry.kind):
        data |= {who: by.people.get(data[who].casefold(), "person")} if who in data else {}
    elif isinstance(entry, Entry) and entry.kind == MEASURE.name:
        kept = {key: value for key, value in data.items() if key not in ("low", "high", "unit")}
        unit = {"unit": data["unit"]} if data.get("unit") in UCUM else {}
        data = kept | {"name": by.own.get(entry.id, _UNNAMED)} | unit
    elif entry.kind == TRACKED.name and declared and declared.constants:
        declared = neutral_kind(declared, by)
    elif entry.kind == TRIAL.name and data.get("outcome") not in variables():
        data |= {"outcome": _UNNAMED} if "outcome" in data else {}
    if "where" in data:
        data["where"] = neutral_places(data["where"])
    return keep_known_words(entry._replace(data=data, declaration=declared))


def neutral_name(name: str, names: Mapping[str, str]) -> str:
    """The name of a treatment that painlog knows, else what stands for the name."""
    key = name.casefold()
    return name if key in _KNOWN else names.get(key, "other")


@lru_cache
def neutral_kind(kind: Kind, by: NeutralNames) -> Kind:
    """A measure of one's own under its neutral name, its scale without the person's labels."""
    label = by.own.get(kind.constants["measure"], _UNNAMED)
    fields = tuple(field if isinstance(field, Text) else _neutral_field(field, label) for field in kind.fields)
    return Kind(**{**_declared(kind), "label": label, "help": label, "heads": (), "fields": fields, "days": ()})


def neutral_variable(variable: Variable, by: NeutralNames) -> Variable:
    """A variable of a measure of one's own under its neutral name; any other as it is."""
    if variable.kind != TRACKED.name:
        return variable
    label = by.own.get(variable.variants[0], _UNNAMED)
    name = label.replace(" ", "_")
    field = _neutral_field(variable.field, label)
    return variable._replace(label=label, name=name, column=name, field=field)


def neutral_places(named: Mapping[str, Any]) -> dict[str, Any]:
    """Regions with their scores, those in the person's own words as one."""
    return {PLACE if id_.startswith(OTHER) else id_: score for id_, score in named.items()}


def drop_note(entry: _Said) -> _Said:
    """The entry without its note."""
    return entry._replace(data={key: value for key, value in entry.data.items() if key != "note"})


def keep_known_words(entry: _Said) -> _Said:
    """The entry with the words that painlog offers; a person's own are left out of every field of words."""
    fields = entry.declaration.fields if entry.declaration else ()
    known = {field.name: set(field.words) for field in fields if isinstance(field, Words)}
    data = {key: [w for w in value if w in known[key]] if key in known else value for key, value in entry.data.items()}
    return entry._replace(data={key: value for key, value in data.items() if value != []})


def _neutral(entries: Iterable[AnyEntry]) -> dict[str, str]:
    """A neutral name for each own one, by sort, in the order they come up."""
    names: dict[str, str] = {}
    counts = {"medicine": 0, "treatment": 0, "goal": 0}
    for entry in entries:
        key = str(entry.data.get(_NAMED[entry.kind], "")).casefold()
        if key and key not in names and key not in _KNOWN:
            is_goal = entry.data.get("sort") == GOAL or entry.kind == GOAL_CHECK.name
            sort = "goal" if is_goal else "medicine" if _is_medicine(entry) else "treatment"
            counts[sort] += 1
            names[key] = f"{sort} {counts[sort]}"
    return names


def _is_medicine(entry: AnyEntry) -> bool:
    return entry.kind == DOSE.name or "amount" in entry.data or entry.data.get("sort") == "medicine"


def _neutral_field(field: Field, label: str) -> Field:
    unit = field.unit if field.unit in UCUM else ""
    words = {"help": "", "label": label, "low_label": "", "high_label": "", "unit": unit}
    return type(field)(**{**_declared(field), **words})


def _declared(what: Kind | Field) -> dict[str, Any]:
    """What a declaration was made of, without what was worked out from it since."""
    return {key: value for key, value in vars(what).items() if key in what._fields}
