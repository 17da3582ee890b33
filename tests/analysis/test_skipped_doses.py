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


def test_a_skipped_dose_that_was_not_due_stands_in_the_pages_days_and_among_its_medicines(
    run: Run, tmp_path: Path
) -> None:
    """Nothing of it stood on the HTML page, and its medicine was said to be taken alone."""
    run("dose", "naproxen", "250mg", "--at", "yesterday 08:00")
    run("log", "skipped naproxen")
    run("dose", "colchicine", "500mg", "--skipped", "--at", "yesterday 09:00")
    run("plan", "start", "gabapentin", "300mg", "daily", "--at", "today")
    run("log", "skipped gabapentin yesterday")
    rows = " ".join(run("week").out.partition("MEDICINES")[2].split())
    assert rows.startswith("naproxen 250 mg: 1 dose on 1 day, 1 skipped ")
    assert "colchicine 500 mg: 1 skipped" in rows
    assert "gabapentin 300 mg: 1 skipped; none recorded of" in rows
    assert run("report", "-o", str(tmp_path / "week.html")).code == 0
    page = (tmp_path / "week.html").read_text()
    assert "box with a line: skipped" in page
    for lane in ("naproxen: 1 day, skipped on 1 day", "colchicine: 0 days, skipped on 1 day"):
        drawn = page.partition(f"<title>{lane}</title>")[2].partition("</svg>")[0]
        assert drawn.count('stroke-dasharray="2 1.5"') == 1


def test_a_dose_that_the_words_on_what_was_due_count_as_skipped_is_said_once(run: Run) -> None:
    run("plan", "start", "gabapentin", "300mg", "daily", "--at", "yesterday")
    run("dose", "gabapentin", "300mg", "--at", "yesterday 08:00")
    run("log", "skipped gabapentin")
    assert run("week").out.partition("MEDICINES")[2].count("skipped") == 2  # and what s means
