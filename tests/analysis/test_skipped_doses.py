"""A dose that was skipped is no dose taken, wherever doses are counted."""

from tests.conftest import Run


def test_a_skipped_dose_is_counted_nowhere_as_taken(run: Run) -> None:
    run("plan", "start", "gabapentin", "300mg", "daily", "--at", "mon")
    run("dose", "gabapentin", "--at", "mon 08:00")
    run("log", "skipped gabapentin yesterday")
    assert "dose skipped gabapentin" in run("list", "--period", "week").out
    assert "1 of 4 due, 1 skipped, 2 not recorded" in " ".join(run("plan").out.replace("once a day", "").split())
    daily = run("export", "csv", "--layout", "daily", "--period", "week").out.splitlines()
    doses = daily[0].split(",").index("doses")
    assert [row.split(",")[doses] for row in daily[1:]].count("1") == 1


def test_how_it_was_since_belongs_to_a_dose_that_was_taken(run: Run) -> None:
    run("dose", "gabapentin", "300mg", "--at", "12:00")
    run("log", "skipped gabapentin")
    assert "changed: dose gabapentin, 300 mg, after 4" in run("dose", "--after", "4").out
