"""Limits that a person's own plan sets: read in the one language, recalled when a dose goes beyond, never before."""

import json

import pytest

from painlog.domain.kinds.care import PLAN
from painlog.domain.language.dates import present
from painlog.errors import BadInput
from tests.conftest import NOW, Run

START = ("plan", "start", "ibuprofen", "400mg", "prn", "--at", "16 nov")
HELP = "If you took more than you meant to: painlog help-now"


@pytest.mark.parametrize(
    ("words", "most", "apart"),
    [
        ("at most 3 a day at least 6h apart", 3, 360),
        ("max 3 per day, 6 hours apart", 3, 360),
        ("no more than four times a day and at least 90 min between doses", 4, 90),
        ("up to 2x a day", 2, None),
        ("at least 8h apart", None, 480),
    ],
)
def test_a_limit_is_read_as_people_say_it(words: str, most: int | None, apart: int | None, run: Run) -> None:
    assert run(*START, *words.split()).code == 0
    (entry,) = json.loads(run("list", "--json").out)["entries"]
    assert (entry["fields"].get("most"), entry["fields"].get("spacing")) == (most, apart)
    assert entry["fields"]["name"] == "ibuprofen"


@pytest.mark.parametrize(("field", "value"), [("most", 3), ("spacing", 360), ("spacing", 90)])
def test_a_limit_reads_back_as_it_is_shown_and_typed(field: str, value: int) -> None:
    declared = PLAN.by_name[field]
    assert declared.check(declared.show(value)) == value
    assert [declared.parse(text, present(NOW)) for text in declared.as_typed(value)] == [value]
    for wrong in (0, True, 10**6, "often", 1.5):
        with pytest.raises(BadInput):
            declared.check(wrong)


def said(run: Run, line: str) -> str:
    ran = run(*line.split())
    assert ran.code == 0, ran
    words = " ".join(ran.err.split())
    assert words.count("your plan says") <= 1
    start = words.find("your plan says")
    return words[start:] if start >= 0 else ""


def test_a_dose_beyond_the_plan_is_said_in_one_line_and_none_below_it(run: Run) -> None:
    run(*START, "at", "most", "3", "a", "day", "at", "least", "4h", "apart")
    for line in ("dose ibuprofen --at 03:10", "log 07:10 took ibuprofen", "log skipped ibuprofen at 8:00"):
        assert said(run, line) == ""
    close = f"your plan says at least 4 h apart; this is 3 h 50 from another one recorded. {HELP}"
    assert said(run, "dose ibuprofen --at 11:00") == close
    fourth = f"your plan says at most 3 in a day; this is the 4th recorded. {HELP}"
    assert said(run, "log pain 6, took ibuprofen at 13:30") == fourth
    assert said(run, "dose ibuprofen 400mg --at yesterday") == ""  # of a day without a time
    assert said(run, "dose ibuprofen --at 2026-11-15") == ""  # before the plan had it
    assert "plan says" not in run("undo").err
    assert "plan says" not in run("list").out + run("today").out + run("due").out


def test_a_limit_is_shown_with_the_plan_and_changed_alone(run: Run) -> None:
    run(*START, "at", "most", "3", "a", "day")
    run("plan", "change", "ibuprofen", "at", "most", "2", "a", "day", "--at", "17 nov")
    run("plan", "change", "ibuprofen", "at", "least", "6h", "apart")
    assert "    at most 2 a day, at least 6 h apart\n" in run("plan").out
    assert '"most": 2' in run("plan", "show", "--json").out
    made = run("export", "fhir", "--period", "28d").out
    assert "400 mg, as needed, at most 2 a day, at least 6 h apart" in made
    run("plan", "stop", "ibuprofen")
    run(*START[:-1], "today")
    assert "at most" not in run("plan").out
