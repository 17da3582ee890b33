"""The daily table as a clinician opens it: what it begins with, what it leaves out, and what its columns mean."""

from painlog.exchange.csv.daily import FIRST
from tests.conftest import Run
from tests.support.exports import exported

DAILY = ("--layout", "daily", "--period", "week")


def test_it_begins_with_what_is_looked_for_and_leaves_out_what_is_empty(run: Run) -> None:
    for line in (
        ("plan", "start", "Duloxetine", "60mg", "daily", "--at", "17 nov"),
        ("dose", "duloxetine", "60mg", "--at", "17 nov 08:00"),
        ("log", "18 nov skipped duloxetine"),
        ("dose", "Ibuprofen", "1g"),
        ("sleep", "23:20-06:50", "--bed", "22:50", "--up", "07:15"),
        ("pain", "6"),
    ):
        assert run(*line).code == 0, line
    found = exported(run, *DAILY)
    medicines = ["doses of Duloxetine", "doses of Ibuprofen"]
    assert list(found[0])[:14] == [*FIRST, *medicines, "sleep_bed", "sleep_rise"]
    assert [row["doses of Duloxetine"] for row in found[-3:]] == ["1", "0", ""]  # taken, skipped, not recorded
    assert (found[-1]["sleep_bed"], found[-1]["sleep_rise"]) == ("22:50", "07:15")
    assert all(any(row[name] for row in found) for name in found[0] if name not in FIRST)
    every = exported(run, *DAILY, "--all-columns")
    assert {"worry", "phq8_score", "regions"} <= set(every[0]) - set(found[0])
    assert [{name: row[name] for name in found[0]} for row in every] == found
    assert [row["day"] for row in exported(run, *DAILY[:2], "--period", "2025-01-01")] == ["2025-01-01"]


def test_labels_are_a_second_line_and_only_there(run: Run) -> None:
    run("log", "pain 6, mood 4, slept 5h30")
    labels, *rest = exported(run, *DAILY, "--labels")
    assert rest == exported(run, *DAILY)
    assert (labels["mood"], labels["sleep_tst_min"]) == (
        "0 Very low … 10 Very good, high is better",
        "min, high is better",
    )
    assert labels["pain"].endswith("high is worse")
    assert "painlog export csv --layout daily --labels" in run("export", "csv", "--labels").err
