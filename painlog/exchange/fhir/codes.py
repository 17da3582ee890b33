"""What things are called in FHIR: LOINC where it fits, painlog's own codes for the rest, and what must be said of both.

Addresses here are names that a receiver knows; nothing is ever asked of them. painlog's own code systems are named by
UUIDs drawn once, since an address would have to belong to somebody. The sleep codes of HL7's PHR guide are left out:
they and the address of their system still change from ballot to ballot.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from painlog.domain.kinds.fields import Field, Number
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.measures import TRACKED
from painlog.domain.kinds.pain_mood import PAIN
from painlog.domain.kinds.registry import KINDS
from painlog.domain.kinds.sleep import SLEEP
from painlog.domain.questionnaires import QUESTIONNAIRES, Questionnaire
from painlog.domain.regions import region_of, show_region
from painlog.exchange.fhir.elements import Json, Named, Names, fhir_text, words

URI = "urn:ietf:rfc:3986"  # the system of an identifier that is a URI
LOINC, UCUM = "http://loinc.org", "http://unitsofmeasure.org"
VARIABLES = "urn:uuid:4b3588d0-4688-42c4-b4c3-367b4e7cf764"
REGIONS = "urn:uuid:d97f4a2c-3109-449e-a349-8296f70bcc0b"
CODES_USED = "urn:uuid:8cdeb094-ca02-4af9-8774-e3f77b0776d5"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
MASKED = {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "masked"}
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
DISPLAY = "http://hl7.org/fhir/StructureDefinition/display"
FORM = "http://loinc.org/q/{}"
NOTICE = (
    "This material contains content from LOINC (http://loinc.org). LOINC is copyright (c) 1995-2026, Regenstrief "
    "Institute, Inc. and the LOINC Committee and is available at no cost under the license at "
    "http://loinc.org/license. LOINC(R) is a registered United States trademark of Regenstrief Institute, Inc."
)
NOW, IN_GENERAL, ASLEEP, STEPS = "72514-3", "38208-5", "93832-4", "41950-7"
_DISPLAYS = {
    NOW: "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
    IN_GENERAL: "Pain severity - Reported",
    ASLEEP: "Sleep duration",
}
PAIN_CODES = {
    "pain": "pain",
    "pain-now": "pain now",
    "pain-avg-day": "pain, average of the day",
    "pain-worst-day": "pain, worst of the day",
    "pain-least-day": "pain, least of the day",
}
_SYSTEMS = (
    (VARIABLES, "PainlogVariables", "What painlog records"),
    (REGIONS, "PainlogRegions", "Body regions of painlog"),
)


def coding(system: str, code: str, display: str = "") -> Json:
    """A Coding."""
    return {"system": system, "code": code} | ({"display": display} if display else {})


def loinc(code: str) -> Json:
    """A Coding of LOINC, with its name where that was looked up."""
    return coding(LOINC, code, _DISPLAYS.get(code, ""))


def own(code: str, display: str) -> Json:
    """A Coding of painlog's own."""
    return coding(VARIABLES, code, fhir_text(display))


def concept(text: str, *codings: Json) -> Json:
    """A CodeableConcept: what it is in words, and its codes, if any."""
    return ({"coding": list(codings)} if codings else {}) | words(text)


def code_of(kind: Kind, field: Field) -> str:
    """Return painlog's own code for a field of a kind."""
    name = field.variable or (kind.name if field.name == kind.value else field.name)
    return name.replace("_", "-")


def field_concept(kind: Kind, field: Field) -> Json:
    """What a field is. A measure of the person's own has no code, but its scale in words."""
    if kind.name == TRACKED.name:
        return words(kind.title + _scale(field))
    return concept(field.title, own(code_of(kind, field), field.title))


def pain_concept(code: str, *, exactly: str = "", broadly: str = "") -> Json:
    """What a pain rating is about: painlog's own code after LOINC's of the same meaning, or before a wider one."""
    known = [loinc(exactly)] if exactly else []
    wider = [loinc(broadly)] if broadly else []
    return concept(PAIN_CODES[code], *known, own(code, PAIN_CODES[code]), *wider)


def place(id_: str) -> Json:
    """A body region, always the person's own left and right, or neither where that was not said.

    A place in the person's words is a text alone.
    """
    return concept(show_region(id_), *([coding(REGIONS, id_, show_region(id_))] if region_of(id_) else []))


def score_code(questionnaire: Questionnaire, *, estimated: bool) -> str:
    """Return painlog's own code for a score, or for one that is estimated."""
    return f"{questionnaire.id}-score" + ("-estimated" if estimated else "")


def _meanings() -> dict[str, str]:
    """What painlog's own codes mean, beyond what they are called: the ends of their scales."""
    found = dict.fromkeys(PAIN_CODES, _scale(PAIN.main).strip(" ()"))
    found["nap"] = "apart from the night's sleep"
    for kind in KINDS.values():
        for field in kind.fields if kind.value and kind.name not in QUESTIONNAIRES else ():
            summed = field.combine == "sum" or (field.name == kind.value and any(d.combine == "sum" for d in kind.days))
            several = "a day's are added up" if summed and kind.name != SLEEP.name else ""
            meaning = "; ".join(filter(None, (_scale(field).strip(" ()"), several)))
            found.setdefault(code_of(kind, field), meaning)
    return found


def ends(field: Field) -> str:
    """``0 No pain … 10 Pain as bad as you can imagine``; empty where a field is no such scale."""
    if not (isinstance(field, Number) and field.low_label):
        return ""
    return f"{field.low:g} {field.low_label} … {field.high:g} {field.high_label}"


def _scale(field: Field) -> str:
    """`` (0 No pain … 10 Pain as bad as you can imagine; low is better)``, as far as there is such a thing."""
    scale = "; ".join(filter(None, (ends(field), f"{field.better} is better" if field.better else "")))
    return f" ({scale})" if scale else ""


def code_resources(resources: list[Json], licences: list[str], names: Names) -> Iterator[Named]:
    """What the codes of a Bundle mean: its own ones with their words, and all of them with the notices they come with.

    A ValueSet's ``copyright`` is where HL7's guides put LOINC's notice; a Bundle has no place for one.
    """
    used: dict[str, dict[str, str]] = {LOINC: {}, VARIABLES: {}, REGIONS: {}}
    for system, code, display in _codings(resources):
        used.setdefault(system, {})[code] = display
    for system, name, title in _SYSTEMS:
        if used[system]:
            yield names.url("CodeSystem", system), _code_system(system, name, title, used[system])
    kept = {system: used[system] for system in (LOINC, VARIABLES, REGIONS) if used[system]}
    if kept:
        yield names.url("ValueSet"), _value_set(kept, [*([NOTICE] if LOINC in kept else []), *licences])


def _code_system(url: str, name: str, title: str, used: Mapping[str, str]) -> Json:
    meanings = _meanings() if url == VARIABLES else {}
    concepts = [
        {"code": code, "display": display} | ({"definition": meanings[code]} if meanings.get(code) else {})
        for code, display in sorted(used.items())
    ]
    return {
        "resourceType": "CodeSystem",
        "url": url,
        "name": name,
        "title": title,
        "status": "active",
        "caseSensitive": True,
        "content": "fragment",
        "concept": concepts,
    }


def _value_set(used: Mapping[str, Mapping[str, str]], notices: Sequence[str]) -> Json:
    include = [
        {"system": system, "concept": [{"code": c} | ({"display": d} if d else {}) for c, d in sorted(codes.items())]}
        for system, codes in used.items()
    ]
    return {
        "resourceType": "ValueSet",
        "url": CODES_USED,
        "name": "PainlogCodesUsed",
        "title": "The codes of this export",
        "status": "active",
        **({"copyright": "\n\n".join(notices)} if notices else {}),
        "compose": {"include": include},
    }


def _codings(node: Any) -> Iterator[tuple[str, str, str]]:
    """Every system, code and display that stands somewhere within."""
    if isinstance(node, dict):
        if "system" in node and "code" in node:
            yield node["system"], node["code"], node.get("display", "")
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from _codings(each)
