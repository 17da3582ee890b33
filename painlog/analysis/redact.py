"""What a page is made of, with free words left out or a person's own names replaced, before anything is built. Pure.

Names of treatments that painlog knows stay, as do its own words for what set off or eased pain; everything else that a
person could have written is gone from every rendering, JSON too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from painlog.analysis.page import Facts
from painlog.domain.care import DOSE, GOAL, TREATMENTS
from painlog.domain.entries import Entry
from painlog.domain.fields import Words
from painlog.domain.kind import TRIGGER
from painlog.domain.kinds import KINDS
from painlog.domain.measures import TRACKED
from painlog.domain.regions import OTHER
from painlog.domain.series import DayValue, Variable
from painlog.domain.symptoms import PAIN

REDACTED = ("notes", "names")
_KNOWN = {word for field in (TRIGGER, PAIN.by_name["relief"]) for word in getattr(field, "words", ())}


def redacted(facts: Facts, parts: Iterable[str]) -> Facts:
    """Leave out ``notes`` (notes, ups and downs, goals and questions in own words), and replace ``names``."""
    wanted = set(parts)
    if "notes" in wanted:
        facts = _without_notes(facts)
    return _without_names(facts) if "names" in wanted else facts


def _without_notes(facts: Facts) -> Facts:
    goals = {change.data["name"].casefold() for change in facts.plan_changes if change.data.get("sort") == GOAL}
    plan = [_bare(change) for change in facts.plan_changes if change.data["name"].casefold() not in goals]
    flares = [_bare(event) for event in facts.flare_events]
    return replace(
        facts, noted=(), questions=(), goal_checks=(), goal_checks_before=(), plan_changes=plan, flare_events=flares
    )


def _without_names(facts: Facts) -> Facts:
    names = _neutral([*facts.doses, *facts.sessions, *facts.plan_changes])
    own = {v: f"own measure {i}" for i, v in enumerate((v for v in facts.values if v.kind == TRACKED.name), 1)}
    return replace(
        facts,
        recipient="",
        doses=[_renamed(entry, names) for entry in facts.doses],
        sessions=[_renamed(entry, names) for entry in facts.sessions],
        plan_changes=[_renamed(entry, names) for entry in facts.plan_changes],
        goal_checks=[_renamed(entry, names, "goal") for entry in facts.goal_checks],
        goal_checks_before=[_renamed(entry, names, "goal") for entry in facts.goal_checks_before],
        flare_events=[_known_words(_bare(event)) for event in facts.flare_events],
        values=_relabelled(facts.values, own),
        values_before=_relabelled(facts.values_before, own),
        regions={
            day: {OTHER + "place" if id_.startswith(OTHER) else id_: score for id_, score in named.items()}
            for day, named in facts.regions.items()
        },
        set_off=_only_known(facts.set_off),
        helped=_only_known(facts.helped),
    )


def _neutral(entries: Sequence[Entry]) -> dict[str, str]:
    """A neutral name for each own one, by sort, in the order they come up."""
    known = {name.casefold() for name in TREATMENTS}
    names: dict[str, str] = {}
    counts = {"medicine": 0, "treatment": 0, "goal": 0}
    for entry in entries:
        key = entry.data["name"].casefold()
        if key not in names and key not in known:
            sort = "goal" if entry.data.get("sort") == GOAL else "medicine" if _is_medicine(entry) else "treatment"
            counts[sort] += 1
            names[key] = f"{sort} {counts[sort]}"
    return names


def _is_medicine(entry: Entry) -> bool:
    return entry.kind == DOSE.name or "amount" in entry.data or entry.data.get("sort") == "medicine"


def _renamed(entry: Entry, names: Mapping[str, str], field: str = "name") -> Entry:
    name = entry.data.get(field, "")
    return _known_words(entry._replace(data={**entry.data, field: names.get(name.casefold(), name)}))


def _bare(entry: Entry) -> Entry:
    return entry._replace(data={key: value for key, value in entry.data.items() if key != "note"})


def _known_words(entry: Entry) -> Entry:
    """The entry with the words that painlog offers; a person's own are left out of every field of words."""
    known = {field.name: set(field.words) for field in KINDS[entry.kind].fields if isinstance(field, Words)}
    data = {key: [w for w in value if w in known[key]] if key in known else value for key, value in entry.data.items()}
    return entry._replace(data={key: value for key, value in data.items() if value != []})


def _only_known(counted: Mapping[str, int]) -> dict[str, int]:
    return {word: days for word, days in counted.items() if word in _KNOWN}


def _relabelled(
    values: Mapping[Variable, Mapping[date, DayValue]], own: Mapping[Variable, str]
) -> dict[Variable, Mapping[date, DayValue]]:
    return {
        v._replace(label=own[v], name=own[v].replace(" ", "_")) if v in own else v: days for v, days in values.items()
    }
