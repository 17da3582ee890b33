"""More of pain's shape than its mean: figures worked out by hand, each with what it rests on."""

import json
from datetime import timedelta

from painlog.analysis.rhythm import by_hour
from painlog.domain.variables import variables
from painlog.storage.journal import Journal
from tests.conftest import NOW, Run


def test_the_shape_of_a_fortnight(run: Run) -> None:
    """Days from the 6th: 0, 3.9, none, 4, 6.9, 7, 10, none, 2, 2 and none since; the second is 3 and 4.8."""
    for line in (
        *("6 nov 08:00 pain 0", "7 nov 08:00 pain 3", "7 nov 23:30 pain 4.8", "9 nov 10:00 pain 4"),
        *("10 nov 08:30 pain 6.9", "11 nov pain 7", "12 nov 22:00 pain 10", "14 nov 06:00 pain 2"),
        *("15 nov pain average 2", "15 nov 13:00 pain 5", "15 nov pain worst 8"),
    ):
        assert run("log", line).code == 0, line
    for event, on in (("start", "1 nov"), ("end", "6 nov"), ("start", "9 nov"), ("end", "9 nov"), ("start", "14 nov")):
        assert run("flare", event, "--at", on).code == 0
    shape = json.loads(run("report", "--period", "fortnight", "--json").out)["report"]["shape"]
    assert (shape["days"], shape["of"], shape["free_days"], shape["mean"]) == (8, 14, 1, 4.475)
    assert shape["worst"] == {"score": 10, "day": "2026-11-12", "highest_day": 10}
    assert [(band["label"], band["days"]) for band in shape["bands"]] == [
        ("below 4", 4), ("4 to below 7", 2), ("7 and above", 2),
    ]  # fmt: skip
    # 0 and 3.9, 4 and 6.9, 6.9 and 7, 7 and 10, 2 and 2: no pair across a day without an entry
    assert shape["swing"] == {"pairs": 5, "mean": round((3.9 + 2.9 + 0.1 + 3 + 0) / 5, 6), "largest": 3.9}
    hours = {slot["label"].partition(" ")[0]: (slot["days"], slot["entries"], slot["mean"]) for slot in shape["hours"]}
    assert hours == {
        "00-06": (0, 0, None), "06-09": (4, 4, 2.975), "09-12": (1, 1, None), "12-15": (1, 1, None),
        "15-18": (0, 0, None), "18-21": (0, 0, None), "21-24": (2, 2, None),
    }  # fmt: skip
    assert shape["without_hour"] == 1
    # six days, of which one lies in the fortnight, and one day; the third goes on
    assert shape["flares"] == {"ended": 2, "still_open": 1, "median": None, "shortest": 1, "longest": 6}


def test_without_pain_there_is_no_shape(run: Run) -> None:
    run("mood", "5")
    assert json.loads(run("report", "--json").out)["report"]["shape"] is None


def test_times_of_day_are_those_of_the_rhythm_by_the_clock_of_the_place(run: Run, path: object) -> None:
    """Summed up by the journal itself and one by one they are the same, across midnight and offsets."""
    for i, clock in enumerate((
        "00:00",
        "05:59",
        "06:00",
        "08:59",
        "09:00",
        "20:59",
        "21:00",
        "23:59",
        "00:30",
        "12:00",
    )):
        day = NOW.date() - timedelta(days=i % 4 + 1)
        assert run("pain", str(i), "--at", f"{day}T{clock}").code == 0
    run("pain", "3", "--at", "yesterday")
    pain = variables()["pain"]._replace(variants=("now",))
    with Journal.look(str(path), NOW) as journal:
        period = journal.days.span()
        assert period is not None
        expected = by_hour(pain, journal.days.ratings(pain, period), period)
    shape = json.loads(run("report", "--json").out)["report"]["shape"]
    assert [tuple(slot.values()) for slot in shape["hours"]] == [
        (slot.label, slot.days, slot.entries, slot.mean and round(slot.mean, 6), slot.low, slot.high)
        for slot in expected.slots
    ]
    assert shape["without_hour"] == expected.left_out
