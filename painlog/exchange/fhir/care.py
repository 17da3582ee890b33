"""Medicines, doses, treatments and goals: what was planned and what was recorded of it, in names and words alone.

No codes of medicines: they are the person's own names for them. What was not written down is never said not to have
been taken.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from painlog.analysis.adherence import count_adherence
from painlog.analysis.report.care import GoalReview, sum_up_medicines
from painlog.domain.entries import Entry
from painlog.domain.kinds.care import CLASS, DOSE, MEDICINE, PLAN, PRN, was_done
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.amounts import AS_NEEDED, parts
from painlog.domain.language.dates import show_range
from painlog.domain.periods import Period
from painlog.domain.plan import Item, Stretch, in_force, stretches
from painlog.exchange.fhir import codes
from painlog.exchange.fhir.elements import Json, Named, Names, days, lateness, moment, notes, plain, words
from painlog.exchange.fhir.ratings import UNITS

_STATUS = {"done": ("completed", ""), "planned": ("unknown", "planned; painlog does not know whether it took place")}
_CANCELLED = ("not-done", "cancelled")
_UNITS = {**UNITS, "IU": "[iU]", "mmol": "mmol", "mcg": "ug", "mg/h": "mg/h", "mcg/h": "ug/h", "mg/ml": "mg/mL"}
_OF_SESSION = ("minutes", "schedule", "before", "after", "after_minutes", "helped", "felt", "felt_next", "side_effects")


def statements(
    doses: Sequence[Entry], changes: Sequence[Entry], period: Period, names: Names, today: date
) -> Iterator[Named]:
    """A MedicationStatement for each medicine as it was planned, and for each one taken outside of the plan.

    Nothing is due after ``today`` yet.
    """
    planned = [part for part in stretches(changes, period) if part.item.sort == MEDICINE]
    present = {item.key: item.since for item in in_force(changes, period.end)}
    loose: dict[str, list[Entry]] = {}
    for dose in filter(lambda dose: was_done(dose.data), doses):
        loose.setdefault(dose.data["name"].casefold(), []).append(dose)
    for part in planned:
        item = part.item
        known = loose.get(item.key, [])
        here = [dose for dose in known if part.period.holds(dose.day)]
        loose[item.key] = [dose for dose in known if not part.period.holds(dose.day)]
        status = "active" if present.get(item.key) == item.since else _name_end(part, planned)
        end = None if status == "active" else part.period.end
        counts = [*_counts(here, changes), _say_followed(part, doses, today)]
        named = f"{CLASS.show_named(item.classes)}, as the person names it" if item.classes else ""
        made = _statement(item.name, status, days(item.started, end), [named, *counts], names)
        yield names.url("medicine", item.key, item.since.isoformat()), made | _as_planned(item, end)
    for name, here in loose.items():
        if here:
            yield names.url("medicine", name), _beside_the_plan(here, changes, names)


def administrations(doses: Sequence[Entry], names: Names) -> Iterator[Named]:
    """A MedicationAdministration for each dose."""
    for dose in doses:
        made = {
            "resourceType": "MedicationAdministration",
            "status": "completed" if was_done(dose.data) else "not-done",
            "medicationCodeableConcept": words(dose.data["name"]),
            "subject": names.patient,
            "effectiveDateTime": moment(dose),
            "performer": [{"actor": names.patient}],
            **_reasons(dose.data.get("reason", ())),
            **_dosage(dose),
            **notes([
                _fields(dose, ("schedule", "before", "after", "after_minutes", "side_effects")),
                lateness(dose),
            ]),
        }
        yield names.url(dose.id, "dose"), made


def procedures(sessions: Sequence[Entry], names: Names) -> Iterator[Named]:
    """A Procedure for each session. Its time is its day: whether the hour noted began or ended it was not asked."""
    for session in sessions:
        status, reason = _STATUS.get(session.data.get("status", "done"), _CANCELLED)
        made = {
            "resourceType": "Procedure",
            "status": status,
            **({"statusReason": words(reason)} if reason else {}),
            "code": words(session.data["name"]),
            "subject": names.patient,
            "performedPeriod": days(session.day, session.day),
            "recorder": names.patient,
            "asserter": names.patient,
            **notes([
                _fields(session, _OF_SESSION),
                lateness(session),
            ]),
        }
        yield names.url(session.id, "session"), made


def goals(kept: Sequence[GoalReview], period: Period, names: Names) -> Iterator[Named]:
    """A Goal for each of the period, in the person's words."""
    for goal in kept:
        checks = f"{period}: done {goal.done}, in part {goal.partly}, not {goal.missed}"
        made = {
            "resourceType": "Goal",
            "lifecycleStatus": "active" if goal.in_force else "completed",
            "description": words(goal.item.name),
            "subject": names.patient,
            "startDate": goal.item.started.isoformat(),
            "expressedBy": names.patient,
            **notes([checks if goal.done + goal.partly + goal.missed else ""]),
        }
        yield names.url("goal", goal.item.key, goal.item.started.isoformat()), made


def _statement(name: str, status: str, when: Json, counts: Sequence[str], names: Names) -> Json:
    return {
        "resourceType": "MedicationStatement",
        "status": status,
        "medicationCodeableConcept": words(name),
        "subject": names.patient,
        "effectivePeriod": when,
        "informationSource": names.patient,
        **notes(counts),
    }


def _beside_the_plan(doses: Sequence[Entry], changes: Sequence[Entry], names: Names) -> Json:
    """What the doses of a medicine say where the plan says nothing; whether it is still taken is not known."""
    when = days(doses[0].day, doses[-1].day)
    amounts = dict.fromkeys(DOSE.by_name["amount"].show(d.data["amount"]) for d in doses if "amount" in d.data)
    dosage = words(", ".join(amounts)) if amounts else {}
    if all(dose.data.get("schedule") == PRN for dose in doses):
        dosage["asNeededBoolean"] = True
    more = {"dosage": [dosage]} if dosage else {}
    return _statement(doses[-1].data["name"], "unknown", when, _counts(doses, changes), names) | more


def _name_end(part: Stretch, planned: Sequence[Stretch]) -> str:
    """``completed`` where the medicine went on otherwise, ``stopped`` where it ended."""
    later = [each for each in planned if each.item.key == part.item.key and each.period.start > part.period.end]
    return "completed" if any((each.period.start - part.period.end).days == 1 for each in later) else "stopped"


def _as_planned(item: Item, end: date | None) -> Json:
    """How much and how often was planned, and what for; from when on, where its course began otherwise."""
    amount = DOSE.by_name["amount"].show(item.amount) if item.amount else ""
    often = PLAN.by_name["schedule"].show(item.schedule) if item.schedule else ""
    limits = [PLAN.by_name[name].show(value) for name in ("most", "spacing") if (value := getattr(item, name))]
    dosage = words(", ".join(filter(None, (amount, often, *limits)))) if amount or often or limits else {}
    if dosage and item.schedule == AS_NEEDED:
        dosage["asNeededBoolean"] = True
    if dosage and item.since != item.started:
        dosage["timing"] = {"repeat": {"boundsPeriod": days(item.since, end)}}
    return ({"dosage": [dosage]} if dosage else {}) | _reasons(item.reason)


def _counts(doses: Sequence[Entry], changes: Sequence[Entry]) -> list[str]:
    """How often it was taken as far as that was written down, and what else it did."""
    if not doses:
        return ["no dose was written down, which does not mean that none was taken"]
    use = sum_up_medicines(doses, changes)[0]
    counted = f"{show_range(doses[0].day, doses[-1].day)}: doses written down {use.doses}, days {use.days}"
    effects = ", ".join(f"{word} ({times})" for word, times in use.side_effects.items())
    return [counted, f"side effects, as the person sees it: {effects}" if effects else ""]


def _say_followed(part: Stretch, doses: Sequence[Entry], today: date) -> str:
    """What was due by the plan and what was written down of it, for a medicine with a rhythm."""
    lived = part._replace(period=Period(part.period.start, min(part.period.end, today)))
    count = count_adherence([lived], doses) if lived.period.length > 0 else None
    if count is None or not count.due:
        return ""
    return (
        f"due by the plan {count.due}: taken {count.taken}, skipped {count.skipped}, not written down "
        f"{count.unrecorded}, which does not mean not taken; taken beyond it {count.extra}"
    )


def _reasons(reasons: Sequence[str]) -> Json:
    return {"reasonCode": [words(reason) for reason in reasons]} if reasons else {}


def _dosage(dose: Entry) -> Json:
    """The amount of a dose; that of a patch is a rate. FHIR has no dosage without one."""
    if "amount" not in dose.data:
        return {}
    amount, unit = parts(dose.data["amount"])
    code = {"system": codes.UCUM, "code": _UNITS[unit]} if unit in _UNITS else {}
    quantity = {"value": plain(amount), "unit": unit} | code
    route = {"route": words(", ".join(dose.data["route"]))} if "route" in dose.data else {}
    return {"dosage": route | {"rateQuantity" if unit.endswith("/h") else "dose": quantity}}


def _fields(entry: Entry, fields: Sequence[str]) -> str:
    """Some fields of an entry as a line has them, with the ends of their scales."""
    by_name = KINDS[entry.kind].by_name
    found = []
    for name in fields:
        if name in entry.data:
            field = by_name[name]
            ends = codes.ends(field)
            found.append(field.show_named(entry.data[name]) + (f" ({ends})" if ends else ""))
    return ", ".join(found)
