"""Days of medicines by class, and the counts of ICHD-3: worked out by hand."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from painlog.analysis.report.medicine_days import MONTHS, count_medicines, find_headache_days, months_before
from painlog.domain.entries import Entry
from painlog.domain.periods import Period
from painlog.view.page.care import class_rows
from tests.cli.test_care import change, day, entry

END = day(1) + timedelta(days=27)
TRIPTAN = {"schedule": "as needed", "class": ["triptan"], "reason": ["migraine"]}


def plan(name: str, **data: Any) -> list[Entry]:
    return [entry("plan", END - timedelta(days=200), name=name, sort="medicine", **data)]


def monthly(name: str, *counts: int, **data: Any) -> list[Entry]:
    """Doses on the first so many days of each of the last months, the latest last."""
    starts = [month.start for month in months_before(END)]
    return [
        entry("dose", start + timedelta(days=i), name=name, **data)
        for start, count in zip(starts, counts, strict=True)
        for i in range(count)
    ]


@pytest.mark.parametrize(
    ("planned", "doses", "found"),
    [
        pytest.param(plan("a", **TRIPTAN), monthly("a", 10, 12, 10, 11), [("triptan", (10, 12, 10, 11), 10)], id="ten"),
        pytest.param(plan("a", **TRIPTAN), monthly("a", 10, 9, 28, 28), [], id="one month under"),
        pytest.param(plan("a", **TRIPTAN), monthly("a", 0, 15, 15, 15), [], id="three months are not more than three"),
        pytest.param(plan("a", **TRIPTAN), 2 * monthly("a", 5, 5, 5, 5), [], id="two doses are one day"),
        pytest.param(plan("a", **TRIPTAN | {"class": ["nsaid"]}), monthly("a", 14, 20, 20, 20), [], id="NSAID, 14"),
        pytest.param(
            plan("a", **TRIPTAN | {"class": ["simple-analgesic"]}),
            monthly("a", 15, 15, 15, 15),
            [("simple-analgesic", (15, 15, 15, 15), 15)],
            id="a simple analgesic, 15",
        ),
        pytest.param(plan("a", **TRIPTAN | {"class": ["my own"]}), monthly("a", 28, 28, 28, 28), [], id="own class"),
        pytest.param(plan("a", schedule="as needed", reason=["migraine"]), monthly("a", *[28] * 4), [], id="no class"),
        pytest.param(plan("a", **TRIPTAN | {"reason": ["back pain"]}), monthly("a", *[28] * 4), [], id="not the head"),
        pytest.param(
            plan("a", **TRIPTAN | {"reason": ["back pain"]}),
            monthly("a", 10, 10, 10, 10, reason=["tension headache"]),
            [("triptan", (10, 10, 10, 10), 10)],
            id="the dose says what for",
        ),
        pytest.param(
            plan("a", **TRIPTAN | {"class": ["opioid"], "schedule": "2 a day"}),
            monthly("a", *[28] * 4) + monthly("a", *[28] * 4, schedule="prn"),
            [],
            id="a scheduled opioid, whatever its doses say",
        ),
        pytest.param(
            [*plan("a", **TRIPTAN), *plan("b", **TRIPTAN)],
            monthly("a", 5, 5, 5, 5) + monthly("b", 10, 10, 10, 10),
            [("triptan", (10, 10, 10, 10), 10)],
            id="a day with two of a class is one",
        ),
        pytest.param(plan("a", **TRIPTAN), monthly("a", *[28] * 4, status="skipped"), [], id="skipped"),
    ],
)
def test_counts_of_ichd_3_take_a_headache_a_named_class_and_every_month(
    planned: Sequence[Entry], doses: Sequence[Entry], found: object
) -> None:
    seen = find_headache_days([], planned, END), find_headache_days(doses, planned, END)
    assert seen[0] == ()
    assert [(each.name, each.months, each.least) for each in seen[1]] == found


def test_months_end_with_the_period_and_do_not_overlap() -> None:
    months = months_before(END)
    assert (len(months), months[-1], {month.length for month in months}) == (MONTHS, Period(day(1), END), {28})
    assert [(later.start - month.end).days for month, later in pairwise(months)] == [1, 1, 1]


def test_days_of_a_class_count_each_day_once_and_tell_as_needed_from_scheduled() -> None:
    changes = [
        change(1, "Morphine", sort="medicine", schedule="2 a day", **{"class": ["opioid"]}),
        change(1, "tramadol", sort="medicine", schedule="as needed"),
        change(9, "tramadol", step="change", **{"class": ["opioid"]}),  # what it is, it was before
        change(1, "ibuprofen", sort="medicine", schedule="as needed"),
    ]
    taken = {"morphine": (1, 2, 3), "tramadol": (3, 4), "Ibuprofen": (4, 5), "rescue": (7,)}
    doses = [entry("dose", day(on), name=name) for name, days in taken.items() for on in days]
    before = [entry("dose", day(1) - timedelta(days=2), name="Tramadol", schedule="prn")]
    counted = count_medicines(doses, before, (), changes, Period(day(1), day(14)), 5)
    anything, opioid = counted.classes
    assert anything[:6] == ("", ("tramadol", "Ibuprofen"), 3, 14, 6.0, 3)
    assert opioid == ("opioid", ("morphine", "tramadol"), 4, 14, 8.0, 2, 1, 1, 5)
    assert [each.text for each in class_rows(counted.classes)] == [
        "any as needed: 3 of 14 days; before: 1 of 5 days with entries",
        "opioid (morphine, tramadol): 4 of 14 days, as needed on 2; before: 1 of 5 days with entries",
    ]
    longer = count_medicines(doses, (), (), changes, Period(day(1), day(56)), 0).classes
    (row,) = class_rows(longer[1:])
    assert row.text == "opioid (morphine, tramadol): 4 of 56 days, 2.0 in 28, as needed on 2"
    assert [each[:4] for each in counted.medicines] == [
        ("Ibuprofen", 2, 14, 0),
        ("tramadol", 2, 14, 1),
        ("rescue", 1, 14, 0),
    ]
