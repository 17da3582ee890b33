"""The whole journal of a period as one Bundle. A ``collection``: a ``document`` would ask to be filed as one."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from painlog.analysis.report.care import review_plan
from painlog.domain.entries import Entry
from painlog.domain.kinds.care import DOSE, GOAL_CHECK, TREATMENT
from painlog.domain.periods import Period
from painlog.domain.questionnaires import QUESTIONNAIRES
from painlog.exchange.fhir import codes
from painlog.exchange.fhir.care import administrations, goals, procedures, statements
from painlog.exchange.fhir.codes import code_resources
from painlog.exchange.fhir.elements import UUID_URN, Json, Named, Names, fhir_text, instant
from painlog.exchange.fhir.forms import licences, responses
from painlog.exchange.fhir.ratings import flare_observations, ratings


class Recorded(NamedTuple):
    """What a Bundle is made of: a period's entries, the plan's changes up to its end, and every flare event."""

    period: Period
    entries: Sequence[Entry]
    changes: Sequence[Entry]
    flare_events: Sequence[Entry]


class Person(NamedTuple):
    """What is said of the person: nothing, unless they want it."""

    name: str = ""
    born: date | None = None


def bundle(recorded: Recorded, namespace: UUID, at: datetime, person: Person, *, detail: bool = False) -> Json:
    """Return a Bundle of FHIR R4; with ``detail`` a resource for each dose too.

    ``namespace`` is the journal's own: the names of resources follow from it, so the same entry has the same one in
    every export, and nothing ties two journals together. ``at`` is when it is made.
    """
    names = Names(namespace)
    found: list[Named] = [
        (names.url("patient"), _patient(person)),
        *_resources(recorded, names, at.date(), detail=detail),
    ]
    found += code_resources([resource for _, resource in found], licences(recorded.entries), names)
    entries = [{"fullUrl": url, "resource": _with_id(resource, url)} for url, resource in found]
    span = (recorded.period.start.isoformat(), recorded.period.end.isoformat())
    return {
        "resourceType": "Bundle",
        "identifier": {"system": codes.URI, "value": names.url("bundle", *span, instant(at))},
        "type": "collection",
        "timestamp": instant(at),
        "entry": entries,
    }


def _resources(recorded: Recorded, names: Names, today: date, *, detail: bool) -> Iterator[Named]:
    entries, changes, period = recorded.entries, recorded.changes, recorded.period
    doses, sessions, checks = (
        [entry for entry in entries if entry.kind == kind.name] for kind in (DOSE, TREATMENT, GOAL_CHECK)
    )
    yield from ratings([entry for entry in entries if entry.kind not in QUESTIONNAIRES], names)
    yield from flare_observations(recorded.flare_events, period, names)
    yield from responses(entries, names)
    yield from statements(doses, changes, period, names, today)
    if detail:
        yield from administrations(doses, names)
    yield from procedures(sessions, names)
    yield from goals(review_plan(changes, doses, sessions, checks, period).goals, period, names)


def _with_id(resource: Json, url: str) -> Json:
    """A resource with the id that its ``fullUrl`` ends in."""
    return {"resourceType": resource["resourceType"], "id": url.removeprefix(UUID_URN), **resource}


def _patient(person: Person) -> Json:
    name = {"name": [{"text": fhir_text(person.name)}]} if person.name.strip() else {}
    born = {"birthDate": person.born.isoformat()} if person.born else {}
    return {"resourceType": "Patient", "active": True, **name, **born}
