"""The journal as FHIR: what each record becomes, that nothing in it is wrong, and what does not leave."""

import copy
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from painlog.domain.kinds.registry import KINDS, VERBS
from painlog.domain.questionnaires import QUESTIONNAIRES
from painlog.domain.regions import all_regions
from painlog.exchange.fhir import codes
from painlog.exchange.fhir.elements import fhir_text, instant
from tests.cli.test_month import live
from tests.conftest import NOW, Run
from tests.support.fhir_checks import INSTANT, KNOWN_LOINC, PANELS, check_digit, problems
from tests.support.pages import CASES, HOSTILE, recorded

Found = dict[str, Any]


def bundle(run: Run, *asked: str) -> Found:
    """What is exported, which is looked over whatever it is."""
    ran = run("export", "fhir", *asked)
    assert ran.code == 0, ran.err
    made: Found = json.loads(ran.out)
    assert problems(made) == []
    return made


def resources(made: Found, kind: str) -> list[Found]:
    return [entry["resource"] for entry in made["entry"] if entry["resource"]["resourceType"] == kind]


def observed(made: Found, text: str) -> list[Found]:
    return [each for each in resources(made, "Observation") if each["code"]["text"] == text]


def names_of(concept: Found) -> list[str]:
    return [coding["code"] for coding in concept.get("coding", ())]


# Nothing in it is wrong


def test_a_month_of_everything_is_valid_and_complete(
    run: Run, at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    live(run, at, monkeypatch)
    counted = Counter(entry["resource"]["resourceType"] for entry in bundle(run, "--detail")["entry"])
    assert counted == {
        "Patient": 1,
        "Observation": 44,
        "QuestionnaireResponse": 4,
        "MedicationStatement": 3,
        "MedicationAdministration": 8,
        "Procedure": 3,
        "Goal": 1,
        "CodeSystem": 2,
        "ValueSet": 1,
    }
    assert not resources(bundle(run), "MedicationAdministration")


@pytest.mark.parametrize("name", ["empty", "names", "hostile", "crowded", "changes", "long notes"])
def test_hard_journals_are_valid(name: str, run: Run, tmp_path: Path) -> None:
    recorded(CASES[name], run, tmp_path)
    bundle(run, "--detail")
    bundle(run, "--period", "week")


@pytest.mark.parametrize("kind", [name for name in VERBS if KINDS[name].value])
def test_every_kind_with_a_number_leaves(kind: str, run: Run) -> None:
    assert run("log", f"{kind} {KINDS[kind].example.split(' -')[0]}").code == 0
    assert resources(bundle(run), "Observation")


BREAK = {
    "a status": lambda each: each.update(status="done"),
    "a reference": lambda each: each["subject"].update(reference="urn:uuid:00000000-0000-5000-8000-000000000000"),
    "a time without offset": lambda each: each.update(issued="2026-11-19T14:05:00"),
    "a code": lambda each: each["code"]["coding"][0].update(code="91145-1"),
    "a system": lambda each: each["code"]["coding"][0].update(system="http://snomed.info/sct"),
    "two values": lambda each: each.update(valueBoolean=True),
    "no value": lambda each: each.pop("valueQuantity"),
}


@pytest.mark.parametrize("broken", BREAK)
def test_what_is_broken_is_noticed(broken: str, run: Run) -> None:
    """The checks that the other tests rest on can fail."""
    run("pain", "6")
    made = copy.deepcopy(bundle(run))
    BREAK[broken](resources(made, "Observation")[0])
    try:
        found: object = problems(made)
    except ValueError as error:  # the models refuse it
        found = error
    assert found


def test_a_full_url_twice_is_noticed(run: Run) -> None:
    run("pain", "6")
    made = bundle(run)
    assert problems(made | {"entry": [*made["entry"], made["entry"][1]]})


def test_every_code_is_one_that_was_looked_up() -> None:
    asked = {item.code for form in QUESTIONNAIRES.values() for item in form.items}
    chosen = {option.code for form in QUESTIONNAIRES.values() for option in form.options}
    totals = {form.total for form in QUESTIONNAIRES.values()} - {""}
    assert asked | chosen | totals | {codes.NOW, codes.IN_GENERAL, codes.ASLEEP, codes.STEPS} <= KNOWN_LOINC
    assert {form.panel for form in QUESTIONNAIRES.values()} - {""} == PANELS
    for code in filter(lambda code: code[0].isdigit(), KNOWN_LOINC | PANELS):
        assert check_digit(code[:-2]) == code[-1], code
    assert check_digit("91145") != "1"


def test_own_codes_and_regions_never_mean_two_things() -> None:
    named: dict[str, set[str]] = {}
    for kind in KINDS.values():
        for field in kind.fields if kind.value and kind.name not in QUESTIONNAIRES else ():
            named.setdefault(codes.code_of(kind, field), set()).add(field.title)
    assert {code: titles for code, titles in named.items() if len(titles) > 1} == {}
    assert codes.PAIN_CODES.keys() & named.keys() == {"pain"}
    assert all(codes.place(id_)["coding"][0]["code"] == id_ for id_ in all_regions())


# What things become


@pytest.mark.parametrize(
    ("line", "text", "coded", "when"),
    [
        ("pain 6", "pain now", ["72514-3", "pain-now"], {"effectiveDateTime": "2026-11-19T14:05:00+01:00"}),
        ("yesterday pain 6", "pain", ["pain", "38208-5"], {"effectivePeriod": ("2026-11-18", "2026-11-18")}),
        (
            "pain average 5",
            "pain, average of the day",
            ["pain-avg-day", "38208-5"],
            {"effectivePeriod": ("2026-11-19", "2026-11-19")},
        ),
        (
            "pain worst 8",
            "pain, worst of the day",
            ["pain-worst-day"],
            {"effectivePeriod": ("2026-11-19", "2026-11-19")},
        ),
        ("mood 4", "mood", ["mood"], {"effectiveDateTime": "2026-11-19T14:05:00+01:00"}),
        ("interference 4", "interference", ["interference"], {"effectivePeriod": ("2026-11-19", "2026-11-19")}),
        ("activity 45m", "active", ["activity"], {"effectivePeriod": ("2026-11-19", "2026-11-19")}),
        (
            "sleep 23:20-06:50",
            "night",
            ["93832-4", "sleep"],
            {"effectivePeriod": ("2026-11-18T23:20:00+01:00", "2026-11-19T06:50:00+01:00")},
        ),
        ("slept 6h", "night", ["93832-4", "sleep"], {"effectivePeriod": (None, "2026-11-19")}),
        ("nap 20m", "nap", ["nap"], {"effectiveDateTime": "2026-11-19T14:05:00+01:00"}),
    ],
)
def test_a_rating_has_its_code_and_its_time(line: str, text: str, coded: list[str], when: Found, run: Run) -> None:
    assert run("log", line).code == 0
    (found,) = observed(bundle(run), text)
    assert names_of(found["code"]) == coded
    if period := when.get("effectivePeriod"):
        when = {"effectivePeriod": {k: v for k, v in zip(("start", "end"), period, strict=True) if v}}
    assert {key: value for key, value in found.items() if key.startswith("effective")} == when
    assert found["issued"] == "2026-11-19T14:05:00+01:00"


def test_a_night_has_hours_and_its_parts(run: Run) -> None:
    run("sleep", "23:20-06:50", "--sol", "45m", "--waso", "60m", "--woke", "3", "--quality", "2", "--bed", "23:00")
    (night,) = observed(bundle(run), "night")
    assert (night["valueQuantity"]["value"], night["valueQuantity"]["code"]) == (5.75, "h")
    parts = {names_of(part["code"])[0]: part for part in night["component"]}
    assert {name: part["valueQuantity"]["value"] for name, part in parts.items() if "valueQuantity" in part} == {
        "sol": 45,
        "waso": 60,
        "awakenings": 3,
        "sleep-quality": 2,
        "sleep-efficiency": 76.7,
    }
    assert parts["bed"]["valueTime"] == "23:00:00"


def test_the_days_worst_and_least_go_along_with_its_average(run: Run) -> None:
    run("log", "pain average 5, pain worst 8, pain least 2")
    (found,) = resources(bundle(run), "Observation")
    assert [(names_of(p["code"]), p["valueQuantity"]["value"]) for p in found["component"]] == [
        (["pain-worst-day"], 8),
        (["pain-least-day"], 2),
    ]
    run("pain", "9", "--worst", "--where", "neck")
    made = bundle(run)
    alone = observed(made, "pain, worst of the day")
    assert [each["valueQuantity"]["value"] for each in alone] == [8, 9]
    assert alone[1]["bodySite"]["coding"][0]["code"] == "neck"
    assert {p["valueQuantity"]["value"] for p in observed(made, "pain, average of the day")[0]["component"]} == {2}


def test_a_place_is_the_body_site_and_each_rated_one_an_observation(run: Run) -> None:
    run("pain", "6", "--where", "low back left", "--where", "knee_r:4", "--where", "neck:7", "--quality", "burning")
    whole, *rated = resources(bundle(run), "Observation")
    assert (whole["valueQuantity"]["value"], whole["bodySite"]["text"]) == (6, "low back LEFT")
    assert [part["valueCodeableConcept"]["text"] for part in whole["component"]] == ["burning"]
    assert {each["bodySite"]["coding"][0]["code"]: each["valueQuantity"]["value"] for each in rated} == {
        "knee_r": 4,
        "neck": 7,
    }


def test_several_places_without_scores_are_components(run: Run) -> None:
    run("pain", "6", "--where", "neck", "--where", "other:behind the left ear")
    (found,) = resources(bundle(run), "Observation")
    assert "bodySite" not in found
    assert [p["valueCodeableConcept"]["text"] for p in found["component"]] == ["neck", "behind the left ear"]
    assert "coding" not in found["component"][1]["valueCodeableConcept"]


def test_words_without_a_number_say_that_there_is_none(run: Run) -> None:
    run("activity", "--did", "walk")
    (found,) = resources(bundle(run), "Observation")
    assert found["dataAbsentReason"]["coding"][0]["code"] == "unknown"
    assert "valueQuantity" not in found


def test_the_highest_step_count_of_a_day_is_the_days(run: Run) -> None:
    run("log", "active steps 3000")
    run("log", "active steps 5000")
    assert [names_of(each["code"]) for each in observed(bundle(run), "steps")] == [["steps"], ["41950-7", "steps"]]


def test_a_measure_of_ones_own_has_its_words_and_no_code(run: Run) -> None:
    run("track", "add", "fog", "--low", "none", "--high", "cannot think", "--better", "low")
    run("track", "add", "weight", "--scale", "number", "--unit", "stone")
    run("log", "fog 3, weight 11")
    fog, weight = resources(bundle(run), "Observation")
    assert fog["code"] == {"text": "fog (0 none … 10 cannot think; low is better)"}
    assert weight["valueQuantity"] == {"value": 11, "unit": "stone"}


def test_what_was_late_says_so(run: Run) -> None:
    run("pain", "6", "--at", "3 days ago 10:00")
    run("treatment", "physio", "--at", "yesterday")
    made = bundle(run)
    (pain,) = resources(made, "Observation")
    assert (pain["effectiveDateTime"], pain["issued"]) == ("2026-11-16T10:00:00+01:00", "2026-11-19T14:05:00+01:00")
    assert pain["note"] == [{"text": "written down 3 days after"}]
    assert resources(made, "Procedure")[0]["note"] == [{"text": "written down the day after"}]


def test_a_flare_is_an_observation_that_may_go_on(run: Run) -> None:
    for event, when in (("start", "10 days ago"), ("end", "8 days ago"), ("start", "yesterday")):
        run("flare", event, "--at", when, *(("--trigger", "stress") if event == "start" else ()))
    first, second = observed(bundle(run), "flare")
    assert first["effectivePeriod"] == {"start": "2026-11-09", "end": "2026-11-11"}
    assert second["effectivePeriod"] == {"start": "2026-11-18"}
    assert first["component"][0]["valueCodeableConcept"] == {"text": "stress"}
    assert [each["effectivePeriod"] for each in observed(bundle(run, "--period", "3d"), "flare")] == [
        second["effectivePeriod"]
    ]


# Questionnaires


def test_a_form_has_its_answers_and_a_score_that_rests_on_them(run: Run) -> None:
    run("ask", "gad7", "--answers", "0,2,3,2,1,0,1")
    made = bundle(run)
    form, score = resources(made, "QuestionnaireResponse")[0], resources(made, "Observation")[0]
    assert form["questionnaire"] == "http://loinc.org/q/69737-5"
    first, second, *_ = form["item"]
    assert (first["linkId"], first["text"]) == ("/69725-0", "Feeling nervous, anxious or on edge")
    assert first["answer"][0]["valueCoding"]["code"] == "LA6568-5"
    assert second["answer"][0]["valueCoding"]["code"] == "LA18938-3"
    assert form["item"][3]["answer"][0]["valueCoding"]["code"] == "LA6570-1"
    assert [item["answer"][0]["valueCoding"]["extension"][0]["valueDecimal"] for item in form["item"]] == [
        *(0, 2, 3, 2, 1, 0, 1)
    ]
    assert (names_of(score["code"]), score["valueQuantity"]["value"]) == (["70274-6", "gad7-score"], 9)
    assert score["interpretation"] == [{"text": "mild"}]
    url = next(e["fullUrl"] for e in made["entry"] if e["resource"] is form)
    assert score["derivedFrom"] == [{"reference": url}]


@pytest.mark.parametrize("form", QUESTIONNAIRES)
def test_an_incomplete_form_never_has_loincs_total(form: str, run: Run) -> None:
    wanted = QUESTIONNAIRES[form]
    run("config", "set", "phq9", "yes")
    answers = ["-", *("1" for _ in wanted.items[1:])]
    assert run("ask", form, "--answers", ",".join(answers)).code == 0
    made = bundle(run)
    (response,) = resources(made, "QuestionnaireResponse")
    assert "answer" not in response["item"][0]
    scores = resources(made, "Observation")
    assert [names_of(score["code"]) for score in scores] == (
        [[f"{form}-score-estimated"]] if wanted.max_missing else []
    )
    assert all(score["note"][0]["text"].startswith("estimated: ") for score in scores)


def test_peg_answers_are_numbers(run: Run) -> None:
    run("ask", "peg", "--answers", "6,5,7")
    (form,) = resources(bundle(run), "QuestionnaireResponse")
    assert [item["answer"] for item in form["item"]] == [[{"valueInteger": n}] for n in (6, 5, 7)]


def test_answers_stay_where_the_safety_item_is_private(run: Run) -> None:
    run("config", "set", "phq9", "yes")
    ran = run("ask", "phq9", "--answers", "1,1,1,1,1,1,1,1,2", "--keep-private")
    assert ran.code == 0, ran.err
    made = bundle(run)
    (form,) = resources(made, "QuestionnaireResponse")
    masked = [{"extension": [codes.MASKED]}]
    assert [item["answer"] for item in form["item"]] == [masked] * 9
    (score,) = resources(made, "Observation")
    assert (score["valueQuantity"]["value"], names_of(score["code"])) == (10, ["44261-6", "phq9-score"])
    assert "item 9 is kept private by choice" in score["note"][0]["text"]


# Medicines, treatments, goals


def test_a_medicine_is_as_planned_until_it_changes(run: Run) -> None:
    for line in (
        ("plan", "start", "duloxetine", "30mg", "daily", "--at", "20 days ago"),
        ("plan", "change", "duloxetine", "60mg", "--at", "10 days ago"),
        ("plan", "start", "ibuprofen", "400mg", "as needed", "--at", "20 days ago"),
        ("plan", "stop", "ibuprofen", "--at", "5 days ago"),
        ("dose", "Duloxetine", "30mg", "--at", "15 days ago"),
        ("dose", "duloxetine", "60mg", "--at", "4 days ago"),
        ("dose", "duloxetine", "60mg", "--at", "3 days ago"),
        ("dose", "ibuprofen", "400mg", "--at", "2 days ago"),
        ("dose", "paracetamol", "1g", "--at", "2 days ago"),
    ):
        assert run(*line).code == 0
    made = bundle(run)
    found = resources(made, "MedicationStatement")
    assert [
        (each["medicationCodeableConcept"]["text"], each["status"], each["dosage"][0]["text"], each["effectivePeriod"])
        for each in found
    ] == [
        ("duloxetine", "completed", "30 mg, once a day", {"start": "2026-10-30", "end": "2026-11-08"}),
        ("ibuprofen", "stopped", "400 mg, as needed", {"start": "2026-10-30", "end": "2026-11-13"}),
        ("duloxetine", "active", "60 mg, once a day", {"start": "2026-10-30"}),  # of the whole course
        ("ibuprofen", "unknown", "400 mg", {"start": "2026-11-17", "end": "2026-11-17"}),
        ("paracetamol", "unknown", "1 g", {"start": "2026-11-17", "end": "2026-11-17"}),
    ]
    assert found[2]["dosage"][0]["timing"] == {"repeat": {"boundsPeriod": {"start": "2026-11-09"}}}
    assert ["asNeededBoolean" in each["dosage"][0] for each in found] == [False, True, False, False, False]
    due = "due by the plan 10: taken 1, skipped 0, not written down 9, which does not mean not taken; taken beyond it 0"
    assert found[0]["note"] == [{"text": "4 Nov 2026: doses written down 1, days 1"}, {"text": due}]
    assert found[2]["note"][0] == {"text": "15 – 16 Nov 2026: doses written down 2, days 2"}
    assert found[2]["note"][1]["text"].startswith("due by the plan 9: taken 2, skipped 0, not written down 7, ")
    assert "does not mean that none was taken" in found[1]["note"][0]["text"]
    urls = {e["fullUrl"] for e in made["entry"] if e["resource"]["resourceType"] == "MedicationStatement"}
    again = {e["fullUrl"] for e in bundle(run, "--period", "week")["entry"]}
    assert len(urls & again) == 4  # the first one ended before that week, and goes by the name it has here


@pytest.mark.parametrize(
    ("amount", "dosage"),
    [
        ("400mg", {"dose": {"value": 400, "unit": "mg", "system": codes.UCUM, "code": "mg"}}),
        ("2 tablets", {"dose": {"value": 2, "unit": "tablet"}}),
        ("25mcg/h", {"rateQuantity": {"value": 25, "unit": "mcg/h", "system": codes.UCUM, "code": "ug/h"}}),
        ("0.5ml", {"dose": {"value": 0.5, "unit": "ml", "system": codes.UCUM, "code": "mL"}}),
    ],
)
def test_a_dose_has_its_amount(amount: str, dosage: Found, run: Run) -> None:
    run("dose", "pill", *amount.split())
    (found,) = resources(bundle(run, "--detail"), "MedicationAdministration")
    assert found["dosage"] == dosage


def test_a_dose_without_an_amount_has_no_dosage(run: Run) -> None:
    run("dose", "pill", "--route", "oral")
    (found,) = resources(bundle(run, "--detail"), "MedicationAdministration")
    assert "dosage" not in found


@pytest.mark.parametrize(
    ("option", "status"), [((), "completed"), (("--cancelled",), "not-done"), (("--planned",), "unknown")]
)
def test_a_session_has_its_status(option: tuple[str, ...], status: str, run: Run) -> None:
    run("treatment", "physio", *option)
    (found,) = resources(bundle(run), "Procedure")
    assert (found["status"], found["code"]) == (status, {"text": "physio"})
    assert ("statusReason" in found) == bool(option)
    assert found["performedPeriod"] == {"start": "2026-11-19", "end": "2026-11-19"}


def test_a_goal_is_in_the_persons_words(run: Run) -> None:
    run("plan", "goal", "Walk to the shop", "--at", "7 days ago")
    run("goal", "done")
    (found,) = resources(bundle(run), "Goal")
    assert (found["description"]["text"], found["lifecycleStatus"]) == ("Walk to the shop", "active")
    assert found["note"] == [{"text": "12 – 19 Nov 2026: done 1, in part 0, not 0"}]
    run("plan", "stop", "Walk to the shop")
    assert resources(bundle(run), "Goal")[0]["lifecycleStatus"] == "completed"


# What leaves, and under which name


def test_notes_and_questions_stay(run: Run) -> None:
    for line in (
        ("pain", "6", "--note", "Secret 1"),
        ("note", "Secret 2"),
        ("went-well", "Secret 3"),
        ("setback", "Secret 4"),
        ("ask-doctor", "Secret 5"),
        ("visit", "Dr Secret", "--note", "Secret 6"),
        ("flare", "start", "--note", "Secret 7"),
        ("dose", "pill", "5mg", "--note", "Secret 8"),
        ("plan", "start", "pill", "5mg", "daily", "--note", "Secret 9"),
        ("treatment", "physio", "--note", "Secret 10"),
        ("ask", "peg", "--answers", "1,1,1"),
    ):
        assert run(*line).code == 0
    assert "Secret" not in json.dumps(bundle(run, "--detail"))


def test_it_names_nobody_unless_asked(run: Run) -> None:
    run("pain", "6")
    (patient,) = resources(bundle(run), "Patient")
    assert patient == {"resourceType": "Patient", "id": patient["id"], "active": True}
    named = bundle(run, "--name", "Kim \x1b[1mDoe", "--born", "1980-02-29")
    assert resources(named, "Patient") == [
        {
            "resourceType": "Patient",
            "id": patient["id"],
            "active": True,
            "name": [{"text": "Kim \ufffd[1mDoe"}],
            "birthDate": "1980-02-29",
        }
    ]
    assert "identifier" not in json.dumps(named["entry"])


@pytest.mark.parametrize("said", ["1980-02-30", "30.2.1980", "2027-01-01", "1890-01-01", "yesterday", "1 mar", "1980"])
def test_a_birth_date_is_one_with_its_year(said: str, run: Run) -> None:
    for command in (("export", "fhir"), ("report",)):
        ran = run(*command, "--born", said)
        assert (ran.code, ran.out, "--born is" in ran.err) == (2, "", True)


def test_a_birth_date_is_read_as_every_date_is(run: Run) -> None:
    assert '"birthDate": "1980-02-29"' in run("export", "fhir", "--born", "29 feb 1980").out
    run("pain", "4")
    assert "Born 29 Feb 1980" in run("report", "--born", "29.2.1980").out


def test_the_notices_of_what_is_used_go_along(run: Run) -> None:
    ran = run("export", "fhir")
    assert ran.err.split() == codes.NOTICE.split()
    assert max(map(len, ran.err.splitlines())) <= 80
    run("log", "pain 6")
    run("ask", "phq4", "--answers", "0,1,2,3")
    run("ask", "peg", "--answers", "1,1,1")
    (used,) = resources(bundle(run), "ValueSet")
    assert codes.NOTICE in used["copyright"]
    assert "educational grant from Pfizer" in used["copyright"]
    assert "cite Krebs EE" in used["copyright"]
    meant = {c["code"]: c.get("definition") for c in resources(bundle(run), "CodeSystem")[0]["concept"]}
    assert meant["pain-now"] == "0 No pain … 10 Pain as bad as you can imagine; low is better"


def test_a_second_export_has_the_same_names_and_another_journal_others(run: Run, path: Path) -> None:
    def urls(*asked: str) -> set[str]:
        return {entry["fullUrl"] for entry in bundle(run, *asked)["entry"]}

    run("log", "yesterday pain 5")
    run("log", "pain 6 knee left, mood 4")
    first = bundle(run)
    assert bundle(run) == first
    assert urls("--period", "today") < urls()
    kept = urls()
    run("edit", "--set", "score=7", newest(run))
    assert urls() == kept
    raw = path.read_bytes()
    path.unlink()
    run("pain", "6")
    other = urls()
    assert other & kept == set()
    path.write_bytes(raw)
    assert urls() == kept


def newest(run: Run) -> str:
    return str(max(entry["id"] for entry in json.loads(run("list", "--json").out)["entries"]))


def test_the_name_of_the_journal_is_drawn_once_and_by_this_alone(run: Run, path: Path) -> None:
    def drawn() -> list[tuple[str, ...]]:
        conn = sqlite3.connect(path)
        rows = conn.execute("SELECT value FROM meta WHERE name = 'export_namespace'").fetchall()
        ops = conn.execute("SELECT count(*) FROM ops").fetchone()
        version = conn.execute("PRAGMA user_version").fetchone()
        conn.close()
        assert (ops, version) == ((1,), (3,))
        return rows

    run("pain", "6")
    run("export", "csv")
    assert drawn() == []
    bundle(run)
    first = drawn()
    bundle(run)
    assert (drawn(), len(first)) == (first, 1)
    assert run("undo").code == 0


def test_it_goes_to_a_file_for_the_person_alone(run: Run, tmp_path: Path) -> None:
    run("pain", "6")
    ran = run("export", "fhir", "-o", str(tmp_path))
    target = tmp_path / "painlog-fhir-2026-11-19-to-2026-11-19.json"
    assert ran.err.startswith("4 resources of 19 Nov 2026 written to ")
    assert (ran.out, target.stat().st_mode & 0o777) == ("", 0o600)
    assert problems(json.loads(target.read_text("ascii"))) == []
    assert run("export", "fhir", "-o", str(target)).code == 1


# Texts and times


@given(st.text(st.characters(exclude_categories=())))
@example("\ud800 a\x1b")
@example(" \x00\x0b ")
def test_any_text_is_made_a_fhir_string(text: str) -> None:
    made = fhir_text(text)
    assert made.strip() == made != ""
    assert all(c in "\t\n\r" or ord(c) >= 32 for c in made)
    made.encode()
    assert fhir_text(made) == made


@given(st.datetimes(min_value=NOW.replace(tzinfo=None, year=1900)), st.integers(-24 * 3600 + 1, 24 * 3600 - 1))
def test_any_instant_keeps_its_place_in_time(at: datetime, seconds: int) -> None:
    aware = at.replace(microsecond=0, year=min(at.year, 9000), tzinfo=timezone(timedelta(seconds=seconds)))
    made = instant(aware)
    assert re.fullmatch(INSTANT, made)
    assert datetime.fromisoformat(made).astimezone(UTC) == aware.astimezone(UTC)


def test_hostile_words_arrive_as_words(run: Run, tmp_path: Path) -> None:
    recorded(CASES["hostile"], run, tmp_path)
    made = bundle(run, "--detail")
    assert fhir_text(HOSTILE[:60]) in {
        each["medicationCodeableConcept"]["text"] for each in resources(made, "MedicationStatement")
    }
    assert run("export", "fhir").out.isascii()
