"""What a Bundle must be, also where fhir.resources is content: status codes, references, times, names (FHIR 4.0.1)."""

import json
import re
import warnings
from collections.abc import Iterator
from typing import Any

from painlog.exchange.fhir import codes

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from fhir.resources.R4B.bundle import Bundle

STATUSES = {
    "Observation": {"registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error"},
    "QuestionnaireResponse": {"in-progress", "completed", "amended", "entered-in-error", "stopped"},
    "MedicationStatement": {
        *("active", "completed", "entered-in-error", "intended", "stopped", "on-hold", "unknown", "not-taken")
    },
    "MedicationAdministration": {
        *("in-progress", "not-done", "on-hold", "completed", "entered-in-error", "stopped", "unknown")
    },
    "Procedure": {
        *("preparation", "in-progress", "not-done", "on-hold", "stopped", "completed", "entered-in-error", "unknown")
    },
    "CodeSystem": {"draft", "active", "retired", "unknown"},
    "ValueSet": {"draft", "active", "retired", "unknown"},
}
GOAL_STATUSES = {
    *("proposed", "planned", "accepted", "active", "on-hold", "completed", "cancelled", "entered-in-error", "rejected")
}
SYSTEMS = {codes.LOINC, codes.UCUM, codes.VARIABLES, codes.REGIONS, codes.CATEGORY, codes.ABSENT}
KNOWN_LOINC = {  # clinical.md 2.1 and 5.1, as they stand there
    *("72514-3", "38208-5", "75893-8", "91145-3", "91146-1", "91147-9", "93832-4", "41950-7"),
    *("44261-6", "69722-7", "55758-7", "70272-0", "70274-6"),
    *("44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8"),
    *("69725-0", "68509-9", "69733-4", "69734-2", "69735-9", "69689-8", "69736-7"),
    *("LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9", "LA18938-3", "LA6572-7", "LA6573-5", "LA6575-0", "LA6574-3"),
}
PANELS = {"91148-7", "44249-1", "55757-9", "69724-3", "69737-5"}
TARGETS = {
    **dict.fromkeys(("subject", "performer", "author", "source", "recorder", "asserter", "actor"), "Patient"),
    **dict.fromkeys(("informationSource", "expressedBy"), "Patient"),
    "derivedFrom": "QuestionnaireResponse",
}
_DAY = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_OFFSET = r"(Z|[+-]((0\d|1[0-3]):[0-5]\d|14:00))"
INSTANT = rf"{_DAY}T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?{_OFFSET}"
DATE_TIME = rf"{_DAY}|{INSTANT}"
TIMES = {
    **dict.fromkeys(("effectiveDateTime", "authored", "start", "end"), DATE_TIME),
    **dict.fromkeys(("issued", "timestamp"), INSTANT),
    **dict.fromkeys(("birthDate", "startDate"), _DAY),
    "valueTime": r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d",
}
UUID = r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"


def nodes(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every element of a resource with its name."""
    yield name, value
    if isinstance(value, dict):
        for key, each in value.items():
            yield from nodes(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from nodes(each, name)


def check_digit(code: str) -> str:
    """The last digit of a LOINC number, by its mod 10 rule; answer codes (LA) have another one."""
    total = 0
    for i, digit in enumerate(reversed(code)):
        doubled = int(digit) * (2 if i % 2 == 0 else 1)
        total += doubled // 10 + doubled % 10
    return str(-total % 10)


def problems(bundle: dict[str, Any]) -> list[str]:
    """Everything that is wrong with a Bundle."""
    found = _models(bundle)
    entries = bundle["entry"]
    urls = [entry["fullUrl"] for entry in entries]
    found += [f"twice: {url}" for url in urls if urls.count(url) > 1] if len(set(urls)) < len(urls) else []
    ids = [entry["resource"]["id"] for entry in entries]
    found += [] if [f"urn:uuid:{id_}" for id_ in ids] == urls else ["an id that is not that of its fullUrl"]
    found += [] if re.fullmatch(UUID, bundle["identifier"]["value"]) else ["no identifier"]
    found += [f"no uuid5: {url}" for url in urls if not re.fullmatch(UUID, url)]
    types = {entry["fullUrl"]: entry["resource"]["resourceType"] for entry in entries}
    found += [] if list(types.values()).count("Patient") == 1 else ["not one patient"]
    for entry in entries:
        found += [f"{entry['resource']['resourceType']}: {each}" for each in _resource(entry["resource"], types)]
    return [*found, *_code_problems(bundle)]


def _models(bundle: dict[str, Any]) -> list[str]:
    """The models read it and give it back as it was."""
    read = Bundle.model_validate(bundle)
    same = json.loads(read.model_dump_json(exclude_none=True)) == bundle
    return ([] if bundle["type"] == "collection" else ["no collection"]) + ([] if same else ["read back otherwise"])


def _resource(resource: dict[str, Any], types: dict[str, str]) -> Iterator[str]:
    kind = resource["resourceType"]
    if kind in STATUSES and resource["status"] not in STATUSES[kind]:
        yield f"status {resource['status']}"
    if kind == "Goal" and resource["lifecycleStatus"] not in GOAL_STATUSES:
        yield f"status {resource['lifecycleStatus']}"
    if kind == "Observation":
        yield from _observation(resource)
    if (
        "dosage" in resource
        and kind == "MedicationAdministration"
        and not {"dose", "rateQuantity"} & {*resource["dosage"]}
    ):
        yield "mad-1: a dosage without a dose or a rate"
    for name, value in nodes(resource):
        if isinstance(value, dict) and "reference" in value and types.get(value["reference"]) != TARGETS[name]:
            yield f"{name} leads to {types.get(value['reference'])}"
        if name in TIMES and not re.fullmatch(TIMES[name], value):
            yield f"{name} {value}"
        if isinstance(value, dict) and {"start", "end"} <= value.keys() and value["start"][:10] > value["end"][:10]:
            yield f"{name} ends before it starts"
        if isinstance(value, str) and (
            not value.strip() or re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", value)
        ):
            yield f"{name} {value!r}"
        if value is None or value in ([], {}):
            yield f"{name} is empty"


def _observation(resource: dict[str, Any]) -> Iterator[str]:
    for part in (resource, *resource.get("component", ())):
        if sum(key.startswith("value") or key == "dataAbsentReason" for key in part) != 1:
            yield f"not one value: {part}"
    coded = {each["code"] for each in resource["code"].get("coding", ())}
    if coded & {codes.STEPS, codes.ASLEEP} and resource["category"][0]["coding"][0]["code"] != "activity":
        yield "a night or steps that are no activity"
    if sum(key.startswith("effective") for key in resource) != 1 or "issued" not in resource:
        yield "no time"


def _code_problems(bundle: dict[str, Any]) -> Iterator[str]:
    declared = {
        (resource["url"], concept["code"])
        for resource in (entry["resource"] for entry in bundle["entry"])
        if resource["resourceType"] == "CodeSystem"
        for concept in resource["concept"]
    }
    for name, value in nodes(bundle):
        if name == "coding" and isinstance(value, dict) and value["system"] not in SYSTEMS:
            yield f"system {value['system']}"
        if isinstance(value, dict) and value.get("system") == codes.LOINC and "code" in value:
            number, _, digit = value["code"].partition("-")
            if value["code"] not in KNOWN_LOINC or (number.isdigit() and check_digit(number) != digit):
                yield f"LOINC {value['code']}"
        own = isinstance(value, dict) and value.get("system") in (codes.VARIABLES, codes.REGIONS) and "code" in value
        if own and (value["system"], value["code"]) not in declared:
            yield f"undeclared {value['code']}"
        if (
            name == "questionnaire"
            and value.startswith(codes.LOINC)
            and value.removeprefix("http://loinc.org/q/") not in PANELS
        ):
            yield f"form {value}"
        if isinstance(value, str) and "snomed" in value.lower():
            yield "SNOMED"
