"""The time in bed, which only who says more than the sleep has told."""

from tests.conftest import Run


def nights_of(run: Run, *options: str) -> str:
    shown = run("report", "--full", *options).out
    return " ".join(shown.partition("\nNIGHTS")[2].split())


def test_a_span_of_sleep_alone_says_nothing_of_the_time_in_bed(run: Run) -> None:
    """An efficiency of 100 % was made of the sleep over itself."""
    for day in ("yesterday", "today"):
        run("sleep", "22:45-06:15", "--at", day)
    shown = nights_of(run)
    assert shown.startswith("mean of 2 nights with times: to bed 22:45; up 6:15 ")
    assert "in bed" not in shown
    assert "%" not in nights_of(run, "--focus", "sleep")


def test_the_time_in_bed_rests_on_the_nights_whose_bed_or_rise_was_said(run: Run) -> None:
    run("sleep", "22:45-06:15", "--at", "3 days ago")
    run("sleep", "23:00-06:00", "--bed", "22:00", "--at", "yesterday")
    run("sleep", "23:00-06:00", "--up", "08:00", "--at", "today")
    shown = nights_of(run)
    assert "in bed 8:30 h (2 nights)" in shown
    assert "efficiency over time in bed 83 % (2 nights)" in shown
