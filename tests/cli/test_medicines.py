"""The medicines of the day: counted without a name, named on a terminal alone, asked for with one key."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.exports import exported
from tests.support.terminals import typed


@pytest.fixture
def plan(run: Run) -> None:
    """Two medicines a day, a weekly one that is not due today, and two as needed."""
    for line in (
        "duloxetine 60mg daily", "pregabalin 75mg twice a day", "methotrexate 10mg weekly", "ibuprofen 400mg prn",
        "tramadol 50mg prn",
    ):  # fmt: skip
        assert run("plan", "start", *line.split(), "--at", "16 nov").code == 0
    for line in ("17 nov 14:05", "17 nov 20:00", "18 nov 09:00", "1 oct"):
        assert run("dose", "ibuprofen", "--at", line).code == 0


def due(run: Run) -> str:
    return " ".join(run("due").out.split())


@pytest.mark.usefixtures("plan")
def test_due_counts_what_is_not_recorded_and_names_nothing(run: Run) -> None:
    words = "{} not recorded, which is not the same as not taken (painlog due --medicines)"
    assert words.format("2 of 2 scheduled medicines") in due(run)
    run("dose", "duloxetine")
    run("dose", "pregabalin")
    assert words.format("1 of 2 scheduled medicines") in due(run)  # of two doses one is missing
    assert json.loads(run("due", "--json").out)["due"]["medicines"] == {"unrecorded": 1, "scheduled": 2, "ending": 0}
    run("log", "skipped pregabalin")
    assert "medicine" not in due(run)


@pytest.mark.usefixtures("plan")
def test_on_a_terminal_they_are_named_and_those_as_needed_with_the_last_one(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("dose", "pregabalin")
    with monkeypatch.context() as patched:
        patched.setattr(sys.stdout, "isatty", lambda: True)
        shown = run("due", "--medicines").out
    assert shown.splitlines() == [
        "duloxetine 60 mg: not recorded today",
        "pregabalin 75 mg: 1 of 2 taken today",
        "ibuprofen, as needed: last Wed 18 Nov 09:00, on 2 of the last 28 days",
        "tramadol, as needed: no dose recorded",
    ]


@pytest.mark.usefixtures("plan")
def test_a_dose_alone_takes_the_amount_of_the_plan_and_says_so(run: Run) -> None:
    for line in (("dose", "duloxetine"), ("log", "took duloxetine yesterday")):
        ran = run(*line)
        assert ran.out.startswith("dose duloxetine, 60 mg "), ran
        assert "duloxetine 60 mg, as in your plan" in ran.err


@pytest.mark.usefixtures("plan")
def test_one_key_asks_for_those_that_are_not_recorded(path: Path, run: Run) -> None:
    run("dose", "pregabalin")
    run("dose", "pregabalin", "--at", "09:00")
    code, screen = typed(path, [("d medicines, r repeat", "d"), ("duloxetine 60 mg, scheduled today", "t")])
    assert (code, "dose duloxetine, 60 mg, scheduled" in screen) == (0, True), screen


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("line", "doses"),
    [
        ("ts", ["duloxetine, 60 mg, scheduled", "skipped pregabalin, scheduled"]),
        ("lt", ["pregabalin, 75 mg, scheduled"]),
        ("", []),  # Enter never means taken
    ],
)
def test_letters_of_one_line_answer_for_several_in_their_order(
    line: str, doses: list[str], run: Run, type_lines: Callable[..., None]
) -> None:
    """A usual evening with two medicines, each answer a line: under 15 keys."""
    run("dose", "pregabalin", "--at", "09:00")
    before = run("list").out.count("dose")
    evening = ["3", "6", "4", "5", "3", "", line]
    assert sum(len(each) + 1 for each in evening) < 15
    type_lines(*evening)
    ran = run("checkin", "evening")
    assert ran.code == 0
    assert "answer the next too: pregabalin 75 mg" in " ".join(ran.err.split())
    listed = run("list").out
    assert listed.count("dose") - before == len(doses)
    assert all(f"dose {each}" in listed for each in doses), listed


@pytest.mark.usefixtures("plan")
def test_more_letters_than_medicines_are_refused_and_nothing_is_recorded(
    run: Run, type_lines: Callable[..., None]
) -> None:
    for name in ("duloxetine", "pregabalin"):
        run("dose", name, "--at", "09:00")
    before = run("list").out
    type_lines("", "", "", "", "", "", "tt")
    ran = run("checkin", "evening")
    assert (ran.code, "'tt' is none of t (taken)" in " ".join(ran.err.split())) == (1, True), ran.err
    assert run("list").out == before


@pytest.mark.parametrize(
    ("said", "name", "sort"),
    [
        ("medicine cetirizine 10mg daily", "cetirizine", "medicine"),
        ("Medication cetirizine 10mg daily", "cetirizine", "medicine"),
        ("therapy feldenkrais weekly", "feldenkrais", "therapy"),
        ("support choir weekly", "choir", "support"),
        ("support group weekly", "support group", "support"),  # which is its name
    ],
)
def test_a_sort_before_a_name_is_no_part_of_it(said: str, name: str, sort: str, run: Run) -> None:
    assert run("plan", "start", *said.split()).code == 0
    (item,) = (each["item"] for each in json.loads(run("plan", "show", "--json").out)["plan"]["followed"])
    assert (item["name"], item["sort"]) == (name, sort)


@pytest.mark.parametrize(
    ("said", "stored", "shown"),
    [
        ("tramadol 50mg prn class opioid", ["opioid"], "tramadol 50 mg, as needed, class opioid"),
        (
            "tramadol 50mg twice a day class opioids for migraine",
            ["opioid"],
            "twice a day, class opioid, migraine",
        ),
        ("aceclofenac 100mg prn class simple analgesic", ["simple-analgesic"], "as needed, class simple-analgesic"),
        ("aceclofenac 100mg class NSAID prn at most 2 a day", ["nsaid"], "at most 2 a day, class nsaid"),
        ("targin 10mg prn class opioid, combination", ["opioid", "combination"], "class opioid, combination"),
        ("pregabalin 75mg daily --class gabapentinoid", ["gabapentinoid"], "once a day, class gabapentinoid"),
        ("opioid 10mg daily", None, "plan start: opioid 10 mg, once a day"),  # a word alone names no class
    ],
)
def test_the_class_of_a_medicine_is_what_the_plan_names_and_goes_wherever_the_plan_goes(
    said: str, stored: list[str] | None, shown: str, run: Run
) -> None:
    assert shown in " ".join(run("plan", "start", *said.split()).out.split())
    (entry,) = json.loads(run("list", "--kind", "plan", "--json").out)["entries"]
    assert entry["fields"].get("class") == stored
    (item,) = (each["item"] for each in json.loads(run("plan", "show", "--json").out)["plan"]["followed"])
    assert item["classes"] == (stored or [])
    rows = [row for row in exported(run) if row["variable"] == "class"]
    assert [row["text_value"] for row in rows] == (stored or [])
    assert (f"class {', '.join(stored or [])}" in run("plan").out) == bool(stored)
    fhir = run("export", "fhir").out
    assert ("as the person names it" in fhir) == bool(stored)


def test_a_class_that_is_named_later_changes_nothing_else(run: Run) -> None:
    run("plan", "start", "tramadol", "50mg", "prn", "--at", "10 nov")
    assert run("plan", "change", "tramadol", "class", "opioid").code == 0
    (item,) = (each["item"] for each in json.loads(run("plan", "show", "--json").out)["plan"]["followed"])
    assert (item["amount"], item["schedule"], item["classes"]) == ("50 mg", "as needed", ["opioid"])


@pytest.mark.parametrize("said", [("daily", "on", "tue"), ("daily", "2", "days", "ago"), ("daily", "--at", "17 nov")])
def test_a_step_of_the_plan_is_of_the_day_that_its_words_say(said: tuple[str, ...], run: Run) -> None:
    assert run("plan", "start", "duloxetine", "60mg", *said).code == 0
    (entry,) = json.loads(run("list", "--kind", "plan", "--json").out)["entries"]
    assert (entry["day"], entry["fields"]["schedule"]) == ("2026-11-17", "1 a day")


@pytest.mark.parametrize("period", ["week", "2026-11"])
def test_what_the_daily_table_says_was_due_adds_up_to_the_page_on_days_without_an_entry_too(
    period: str, run: Run
) -> None:
    """Of a plan with rhythms of several sorts, one of which ended; nothing is due after today, the 19th."""
    for line in (
        "duloxetine 60mg twice a day",
        "methotrexate 10mg weekly",
        "b12 1mg every tue",
        "vitamin 1mg every 3 days",
    ):
        assert run("plan", "start", *line.split(), "--at", "2 nov").code == 0
    run("plan", "start", "ibuprofen", "400mg", "prn", "--at", "1 nov")
    run("plan", "stop", "duloxetine", "--at", "12 nov")
    for line in ("methotrexate on 3 nov", "b12 on 4 nov", "b12 on 10 nov", "b12 on 11 nov", "ibuprofen on 5 nov"):
        assert run("log", f"took {line}").code == 0
    page = json.loads(run("report", "--period", period, "--json").out)["report"]
    rows = exported(run, "--layout", "daily", "--all-columns", "--period", period)
    due = {row["day"]: int(row["scheduled_due"]) for row in rows if row["scheduled_due"]}
    assert sum(due.values()) == sum(each["due"] or 0 for each in page["plan"]["followed"])
    assert [*due] == [row["day"] for row in rows if "2026-11-02" <= row["day"] <= "2026-11-19"]
