"""Doses against the plan, dose by dose and day by day: tables worked out by hand."""

import csv
import io
import json
from collections import Counter
from typing import Any

import pytest

from painlog.analysis.adherence import Adherence, count_adherence, count_by_day, courses
from painlog.analysis.report.care import review_plan
from painlog.domain.entries import Entry
from painlog.domain.periods import Period
from painlog.domain.plan import stretches
from painlog.view.adherence_words import say_adherence
from tests.cli.test_care import change, day, entry
from tests.conftest import Run


def taken(*on: int, **data: Any) -> list[Entry]:
    return [entry("dose", day(number), name="duloxetine", **data) for number in on]


def skipped(*on: int, **data: Any) -> list[Entry]:
    return taken(*on, status="skipped", **data)


def planned(schedule: str, on: int = 1, **data: Any) -> Entry:
    return change(on, "Duloxetine", sort="medicine", schedule=schedule, **data)


def count(changes: list[Entry], doses: list[Entry], days: int) -> list[Adherence | None]:
    """What is counted of each course."""
    parts = stretches(changes, Period(day(1), day(days)))
    return [count_adherence(course, doses) for _, course in courses(parts)]


ONE_A_DAY, AS_NEEDED = [planned("1 a day")], [planned("as needed")]
TWICE = [planned("at 08:00, 20:00")]
STOP = change(4, "duloxetine", step="stop")
AGAIN = [*ONE_A_DAY, STOP, planned("1 a day", 8)]
MORE = [*ONE_A_DAY, change(4, "duloxetine", step="change", schedule="2 a day")]
WEEKLY, OTHER_DAY, TUESDAYS = ([planned(often)] for often in ("weekly", "every other day", "every tue"))
CHANGED_WEEKLY = [planned("weekly", amount="10 mg"), change(11, "duloxetine", step="change", amount="15 mg")]
TABLE = [
    # (changes, doses, days), of each course: due, taken, extra, skipped, not recorded, and the words
    (ONE_A_DAY, taken(1, 1, 3, 3), 4, [(4, 2, 2, 0, 2, "2 of 4 due, 2 extra, 2 not recorded (4 days)")]),
    (ONE_A_DAY, taken(*range(1, 11), 2, 5, 9), 10, [(10, 10, 3, 0, 0, "10 of 10 due, 3 extra (10 days)")]),
    (AGAIN, taken(1, 2, 3, 8, 9, 9, 11), 11, [
        (3, 3, 0, 0, 0, "3 of 3 due (3 days)"), (4, 3, 1, 0, 1, "3 of 4 due, 1 extra, 1 not recorded (4 days)"),
    ]),
    (ONE_A_DAY, taken(2, 6), 7, [(7, 2, 0, 0, 5, "mostly not recorded: 2 taken, 5 not recorded (7 days)")]),
    (ONE_A_DAY, [*taken(1), *skipped(2, reason=["nausea"]), *skipped(3, note="because\nof nausea"), *skipped(4)], 6, [
        (6, 1, 0, 3, 2, "1 of 6 due, 3 skipped (nausea; because of nausea), 2 not recorded (6 days)"),
    ]),
    (ONE_A_DAY, [*skipped(1), *taken(1)], 1, [(1, 1, 0, 0, 0, "1 of 1 due (1 day)")]),  # late, and taken after all
    (ONE_A_DAY, [], 7, [(7, 0, 0, 0, 7, "none recorded of 7 due (7 days)")]),
    (ONE_A_DAY, taken(1, 2, schedule="prn"), 2, [(2, 0, 0, 0, 2, "none recorded of 2 due (2 days)")]),
    (TWICE, taken(1, 1, 1, 2), 2, [(4, 3, 1, 0, 1, "3 of 4 due, 1 extra, 1 not recorded (2 days)")]),
    (MORE, taken(1, 2, 2, 4, 4, 5), 5, [(7, 5, 1, 0, 2, "5 of 7 due, 1 extra, 2 not recorded (5 days)")]),
    (AS_NEEDED, taken(1, 2, 2), 4, [None]),
    ([planned("weekly", 1), change(3, "x", sort="therapy", schedule="1 a day")], taken(1), 1, [
        (0, 1, 0, 0, 0, "1 dose (1 day)"),  # of a week that is not over nothing is missing yet
    ]),
    (WEEKLY, taken(1, 7, 15), 21, [(3, 3, 0, 0, 0, "3 of 3 due (21 days)")]),  # a day early is the next one's
    (WEEKLY, taken(1, 2), 14, [(2, 1, 1, 0, 1, "1 of 2 due, 1 extra, 1 not recorded (14 days)")]),
    (CHANGED_WEEKLY, taken(1, 8, 15, 22), 28, [(4, 4, 0, 0, 0, "4 of 4 due (28 days)")]),
    (OTHER_DAY, taken(1, 2, 5, 6, 7), 8, [(4, 3, 2, 0, 1, "3 of 4 due, 2 extra, 1 not recorded (8 days)")]),
    (TUESDAYS, taken(2, 9), 16, [(3, 2, 0, 0, 1, "2 of 3 due, 1 not recorded (16 days)")]),  # day 1 is a monday
    (TUESDAYS, taken(1, 10), 15, [(2, 2, 0, 0, 0, "2 of 2 due (15 days)")]),  # a day early or late is that tuesday's
    (TUESDAYS, taken(2, 3, 4), 8, [(1, 1, 2, 0, 0, "1 of 1 due, 2 extra (8 days)")]),
    (TUESDAYS, [], 1, [(0, 0, 0, 0, 0, "none recorded (1 day)")]),
    ([planned("every mon and thu")], taken(1, 5, 8), 11, [(4, 3, 0, 0, 1, "3 of 4 due, 1 not recorded (11 days)")]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "doses", "days", "expected"), TABLE)
def test_doses_are_counted_for_each_that_was_due_and_each_time_that_it_was_begun(
    changes: list[Entry], doses: list[Entry], days: int, expected: list[tuple[Any, ...] | None]
) -> None:
    """Two doses on a day hide none that is missing on another, and what was stopped is not mixed with what is begun."""
    found = [
        each and (each.due, each.taken, each.extra, each.skipped, each.unrecorded, say_adherence(each))
        for each in count(changes, doses, days)
        if each is None or each.period.start != day(3)
    ]
    assert found[: len(expected)] == expected


@pytest.mark.parametrize(("changes", "doses", "days", "expected"), TABLE)
def test_the_days_add_up_to_the_whole(changes: list[Entry], doses: list[Entry], days: int, expected: object) -> None:
    parts = stretches(changes, Period(day(1), day(days)))
    by_day: Counter[str] = Counter()
    for each in count_by_day(parts, doses).values():
        by_day.update(each)
    whole: Counter[str] = Counter()
    for found in filter(None, count(changes, doses, days)):
        whole.update({name: getattr(found, name) for name in ("due", "taken", "extra", "skipped", "unrecorded")})
    assert +by_day == +whole, expected


def test_every_way_out_says_the_same(run: Run) -> None:
    """Begun 6 days ago: 2 doses on the 14th, one on the 15th, one skipped on the 16th; today is the 19th."""
    run("plan", "start", "duloxetine", "60mg", "daily", "--at", "14 nov")
    for line in ("14 nov 08:00", "14 nov 20:00", "15 nov 08:00"):
        assert run("dose", "duloxetine", "--at", line).code == 0
    run("log", "16 nov skipped duloxetine for nausea")
    words = "2 of 6 due, 1 extra, 1 skipped (nausea), 3 not recorded (6 days)"
    assert words in " ".join(run("plan").out.replace("duloxetine 60 mg  once a day  Sat 14 Nov", "").split())
    assert words in " ".join(run("report", "--period", "28d").out.split())
    (followed,) = json.loads(run("report", "--period", "28d", "--json").out)["report"]["plan"]["followed"]
    counts = {"due": 6, "taken": 2, "extra": 1, "skipped": 1, "unrecorded": 3, "reasons": {"nausea": 1}, "days": 6}
    assert followed["adherence"] == counts | {"period": {"start": "2026-11-14", "end": "2026-11-19"}}
    rows = [
        *csv.DictReader(io.StringIO(run("export", "csv", "--layout", "daily", "--period", "28d").out.lstrip("\ufeff")))
    ]
    names = ("scheduled_extra", "scheduled_skipped", "scheduled_not_recorded")
    assert [sum(int(row[name] or 0) for row in rows) for name in names] == [1, 1, 3]
    made = json.loads(run("export", "fhir", "--period", "28d").out)["entry"]
    (notes,) = [each["resource"]["note"] for each in made if each["resource"]["resourceType"] == "MedicationStatement"]
    told = "due by the plan 6: taken 2, skipped 1, not written down 3, which does not mean not taken; taken beyond it 1"
    assert told in [note["text"] for note in notes]


def test_nothing_is_due_of_days_to_come() -> None:
    (followed,) = review_plan(ONE_A_DAY, taken(1), [], [], Period(day(1), day(9)), today=day(2)).followed
    assert (followed.due, followed.done) == (2, 1)
    (ahead,) = review_plan(ONE_A_DAY, [], [], [], Period(day(3), day(9)), today=day(2)).followed
    assert (ahead.due, ahead.days) == (0, 0)


def test_a_reason_in_own_words_leaves_with_the_notes_alone(run: Run) -> None:
    run("plan", "start", "duloxetine", "60mg", "daily", "--at", "18 nov")
    run("log", "skipped duloxetine because Anna was here")
    assert "Anna" in run("report", "--json").out
    assert "Anna" not in run("report", "--json", "--redact", "notes").out
    assert "Anna" not in run("report", "--json", "--redact", "names,notes").out
