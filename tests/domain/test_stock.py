"""How long what was counted lasts by the plan: tables worked out by hand."""

import json
import shlex
import sys
from datetime import date

import pytest

from painlog.domain.entries import Entry
from painlog.domain.stock import list_stocks
from tests.cli.test_care import change, day, entry
from tests.conftest import NOW, Run

MORE = change(5, "duloxetine", step="change", schedule="2 a day")


def planned(schedule: str, amount: str = "60 mg") -> Entry:
    return change(1, "Duloxetine", sort="medicine", schedule=schedule, amount=amount)


@pytest.mark.parametrize(
    ("changes", "amount", "last"),
    [
        ([planned("1 a day")], "28 dose", day(28)),
        ([planned("1 a day")], "28 tablet", day(28)),  # one a dose: the plan is in mg
        ([planned("2 a day", "2 tablet")], "28 tablet", day(7)),
        ([planned("1 a day", "0.5 tablet")], "7 tablet", day(14)),
        ([planned("at 08:00, 20:00", "10 ml")], "250 ml", day(12)),  # of the 13th day one dose is missing
        ([planned("1 a week")], "4 dose", day(28)),
        ([planned("1 a day"), MORE], "10 dose", day(7)),  # four days at one, three at two
        ([planned("1 a day")], "0.5 dose", day(0)),  # not one day
        ([planned("1 a day")], "500 ml", None),
        ([planned("as needed")], "20 dose", None),
        ([planned("1 a day"), change(9, "duloxetine", step="stop")], "28 dose", None),
    ],
)
def test_what_was_counted_lasts_as_long_as_the_plan_says(changes: list[Entry], amount: str, last: date | None) -> None:
    (found,) = list_stocks([entry("stock", day(1), name="duloxetine", amount=amount)], changes, day(3))
    assert (found.last, found.counted) == (last, day(1))


def test_it_is_ending_from_a_week_before_its_end_until_four_weeks_after() -> None:
    (found,) = list_stocks([entry("stock", day(1), name="duloxetine", amount="28 dose")], [planned("1 a day")], day(3))
    assert [found.is_ending(day(on)) for on in (20, 21, 28, 56, 57)] == [False, True, True, True, False]


def test_the_newest_count_stands_and_what_is_not_in_the_plan_is_left_out() -> None:
    counts = [
        entry("stock", day(3), name="Duloxetine", amount="10 dose"),
        entry("stock", day(1), name="duloxetine", amount="28 dose"),
        entry("stock", day(1), name="aspirin", amount="20 tablet"),
    ]
    assert [each.last for each in list_stocks(counts, [planned("1 a day")], day(4))] == [day(12)]
    assert list_stocks(counts, [planned("1 a day"), change(4, "duloxetine", step="stop")], day(4)) == []


def test_a_count_whose_amount_was_emptied_leaves_the_one_before_standing(run: Run) -> None:
    """Else nothing that shows the plan would work any more."""
    run("plan", "start", "sertraline", "50mg", "daily")
    run("plan", "stock", "sertraline", "20")
    run("plan", "stock", "sertraline", "30")
    assert run("edit", "last", "stock", "--clear", "amount").code == 0
    assert "20 doses" in run("plan").out
    assert run("due").code == 0


def test_it_is_said_as_the_plans_and_a_week_before_it_ends(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("plan", "start", "duloxetine", "60mg", "daily", "--at", "1 nov")
    run("plan", "start", "Lyrica", "2", "tablets", "twice", "a", "day", "--at", "1 nov")
    ran = run("plan", "stock", "duloxetine", "28", "--at", "1 nov")  # to the 28th
    assert ran.out.startswith("stock duloxetine, 28 doses ")
    lasts = "duloxetine: 28 doses counted Sun 1 Nov last until Sat 28 Nov by your plan, not by what was taken"
    assert lasts in " ".join(ran.err.split())
    assert lasts in " ".join(run("plan").out.split())
    assert "counted medicine" not in run("due").out
    assert "28 tablets" in run("plan", "stock", "lyrica", "28").out  # to the 25th: today is the 19th
    assert "by the plan 1 counted medicine ends within a week" in " ".join(run("due").out.split())
    assert "Lyrica" not in run("due").out + run("due", "--json").out + run("due", "--short").out
    with monkeypatch.context() as patched:
        patched.setattr(sys.stdout, "isatty", lambda: True)
        assert "Lyrica: 28 tablets counted Thu 19 Nov last until Wed 25 Nov" in run("due", "--medicines").out
    run("plan", "stock", "lyrica", "56 tablets")
    assert "counted medicine" not in run("due").out
    run("undo")
    assert "counted medicine" in run("due").out
    stocks = json.loads(run("plan", "show", "--json").out)["plan"]["stocks"]
    assert [(stock["name"], stock["last"]) for stock in stocks] == [
        ("duloxetine", "2026-11-28"),
        ("Lyrica", "2026-11-25"),
    ]


@pytest.mark.parametrize("words", ["aspirin 20", "duloxetine", "duloxetine -3", "duloxetine many", "duloxetine 0"])
def test_what_is_no_count_of_the_plan_is_refused_with_the_line_that_works(words: str, run: Run) -> None:
    run("plan", "start", "duloxetine", "60mg", "daily")
    ran = run("plan", "stock", *words.replace("-3", "−3").split())
    assert (ran.code, ran.out) == (2, ""), ran
    assert "painlog plan stock duloxetine 28" in ran.err or "amount is" in ran.err


def test_names_leave_a_count_as_they_leave_the_plan(run: Run) -> None:
    run("plan", "start", "duloxetine", "60mg", "daily")
    run("plan", "stock", "duloxetine", "28")
    assert NOW.date().isoformat() in run("export", "csv").out
    assert "duloxetine" not in run("export", "csv", "--redact", "names").out


def test_the_line_that_counts_anew_can_be_typed_whatever_the_name(run: Run) -> None:
    """The apostrophe of a name would open a quote in the shell, which waits for its end."""
    run("plan", "start", "St John's wort", "300mg", "daily", "--at", "1 nov")
    said = run("plan", "stock", "St John's wort", "3", "--at", "10 nov").err.replace("\n ", "")
    line = said.partition("; painlog ")[2].replace("NUMBER counts anew", "14").strip()
    assert "14 doses counted" in run(*shlex.split(line)).err
