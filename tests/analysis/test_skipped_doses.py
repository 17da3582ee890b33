"""A dose that was skipped is no dose taken, wherever doses are counted."""

from pathlib import Path

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


def test_a_day_that_was_skipped_is_not_one_of_which_nothing_is_recorded(run: Run, tmp_path: Path) -> None:
    run("plan", "start", "gabapentin", "300mg", "daily", "--at", "yesterday")
    run("log", "skipped gabapentin")
    run("pain", "5", "--at", "yesterday")
    rows = {
        name: next(line for line in run(name).out.splitlines() if line.startswith("gabapentin"))
        for name in ("week", "chart")
    }
    assert rows["week"].split()[-2:] == ["o", "s"]
    assert rows["chart"].split()[-2:] == ["□", "s"]
    assert "o = due, not recorded, s = skipped." in " ".join(run("week").out.split())
    assert "s skipped, □ due and not recorded." in run("chart").out
    for name in ("week", "chart"):
        words = run(name, "--plain").out
        assert words.count("due and not recorded") == 1
        assert words.count("gabapentin, Thu 19 Nov: skipped") == 1
    drawn = run("report", "-o", str(tmp_path / "week.html"))
    assert drawn.code == 0
    for name in ("week", "chart"):
        assert '"skipped": [\n' in run(name, "--json").out
    assert "box with a line: skipped" in (tmp_path / "week.html").read_text()
