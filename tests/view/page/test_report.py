"""The report: its values against pandas and by hand, its words against the rules, its lines within 80 columns."""

import json
import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from rich.cells import cell_len

from painlog.analysis.chart import make_chart
from painlog.analysis.report import change
from painlog.analysis.report.change import compare_periods, find_run, weekly_spread
from painlog.analysis.summary import Summary, days_needed, summarize
from painlog.domain.periods import Period
from painlog.domain.variables import DayValue, variables
from painlog.view.screens.charts import chart_lines
from tests.conftest import Run

PAIN, MOOD, SLEEP = (variables()[name] for name in ("pain", "mood", "sleep"))
START = date(2026, 10, 23)


def values(numbers: Sequence[float | None], start: date = START) -> dict[date, DayValue]:
    return {start + timedelta(days=i): DayValue(v, 1) for i, v in enumerate(numbers) if v is not None}


def period(length: int, start: date = START) -> Period:
    return Period(start, start + timedelta(days=length - 1))


def report(run: Run, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("report", "--json", *arguments).out)["report"]
    return found


# Against pandas


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    """Two years of a made-up diary like a real one: several ratings a day, fractions, gaps, hours after midnight."""
    chance, lines = random.Random(3), []
    for index in range(730):
        day = datetime(2024, 1, 1) + timedelta(days=index)
        if chance.random() < 0.4:
            continue
        at = day + timedelta(hours=chance.choice((9, 19, 22, 25)), minutes=chance.randrange(60))
        places = chance.sample(("knee", "head", "low back left", "both hands", "abdomen"), chance.randrange(1, 5))
        scores = [(place, chance.choice((1, 2, 3.2, 3.4, 4.5, 6, 8, 9.5))) for place in places]
        lines += [f"{at:%Y-%m-%d %H:%M} pain {score} {place}" for place, score in scores]
        lines.append(f"{at:%Y-%m-%d %H:%M} mood {chance.randrange(2, 10)}")
        lines += [f"{at:%Y-%m-%d %H:%M} note Tired"] * (chance.random() < 0.3)
    path = tmp_path / "diary.txt"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_every_month_agrees_with_pandas_on_the_text_file(diary: Path, run: Run) -> None:
    """The mean of daily means, days turning over at 03:00, computed from the file by other means altogether."""
    rated = [line.split()[:4] for line in diary.read_text().splitlines() if " note " not in line]
    frame = pd.DataFrame(rated)
    frame["day"] = (pd.to_datetime(frame[0] + " " + frame[1]) - pd.Timedelta(hours=3)).dt.normalize()
    frame["value"] = frame[3].astype(float)
    assert run("log", "--file", str(diary)).code == 0
    for kind in ("pain", "mood"):
        daily = frame[frame[2] == kind].groupby("day")["value"].mean()
        for month, days in daily.groupby(daily.index.to_period("M")):  # type: ignore[attr-defined]
            found = report(run, "--period", str(month))["measured"][kind]["figures"]
            expected = {"mean": days.mean(), "median": days.median(), "low": days.min(), "high": days.max()}
            assert {name: found[name] for name in expected} == pytest.approx(expected, abs=1e-6)
            assert found["days"] == len(days)
    assert run("undo").code == 0
    assert report(run, "--period", "2024-03")["kept"]["days"] == 0


# By hand


def test_a_week_by_hand(run: Run) -> None:
    for day, clauses in {
        "12 nov": "pain 6",
        "10 nov": "pain 6",
        "9 nov": "pain 8",
        "8 nov": "pain 6",
        "13 nov": "pain 4 low back left, mood 5, slept 6h",
        "14 nov": "pain 5 low back left, pain 7 neck, mood 4",
        "16 nov": "pain worst 9 low back left, pain average 7, mood 3, note Long drive",
        "18 nov": "pain 2, mood 6, note Long drive",
        "19 nov": "note Rest",
    }.items():
        assert run("log", day, clauses).code == 0
    found = report(run)
    assert found["period"] == {"start": "2026-11-13", "end": "2026-11-19"}
    assert found["kept"] == {
        "days": 5,
        "of": 7,
        "same_day": 1,
        "next_day": 1,
        "later": 3,
        "paused": 0,
        "repeated": 0,
        "imported": 0,
    }
    pain = found["measured"]["pain"]
    assert pain["figures"]["by_day"] == [4, 6, None, 7, None, 2, None]
    assert (pain["figures"]["days"], pain["figures"]["entries"], pain["figures"]["enough"]) == (4, 5, True)
    assert (pain["figures"]["mean"], pain["figures"]["median"]) == (4.75, 5)
    assert pain["change"] == {
        "before": 6.5,
        "now": 4.75,
        "difference": -1.75,
        "percent": pytest.approx(-26.923077),
        "word": "similar",
        "days_before": 4,
        "own_range": None,
    }
    assert found["highest"] == {"score": 9, "day": "2026-11-16"}
    assert (found["severe_days"], found["own_averages"]) == (1, 1)
    assert found["regions"] == {"low_back_l": 3, "neck": 1}
    assert found["notes"] == [
        {"text": "Long drive", "days": ["2026-11-16", "2026-11-18"], "marked": False, "about": ""},
        {"text": "Rest", "days": ["2026-11-19"], "marked": False, "about": ""},
    ]
    assert found["measured"]["sleep"]["figures"]["enough"] is False
    assert found["measured"]["mood"]["change"] is None
    assert run("report").out == WEEK
    assert run("week").out == WEEK


WEEK = """\
PAIN, MOOD AND SLEEP DIARY  13 – 19 Nov 2026 (7 days)
Printed Thu 19 Nov 2026. Recorded by me with painlog, not a diagnosis.
WORTH TALKING ABOUT  (by fixed rules, most serious first)
Nothing in this period reached a rule.
LOGGED        5 of 7 days logged: 1 the same day, 1 the next day, 3 entered
                later
MEASURES
0 to 10,     higher       7 days  since           days,
unless said  is      now  before  then     range  forms
pain         worse   4.8     6.5  similar    2-7      4
mood         better  4.5                     3-6      4
no mean of fewer than 4 of 7 days: worst pain 9 (Mon 16 Nov)
sleep 6:00 (Fri 13 Nov)
PAIN          days below 4: 1, 4 to below 7: 2, 7 and above: 1
              highest rating 9 on Mon 16 Nov
              a day's pain is my own average (1 day), else the mean of its
                ratings (3)
BY DAY
                   Fri 13  Sat 14  Sun 15  Mon 16  Tue 17  Wed 18  Thu 19
pain high=worse         4       6       .       7       .       2       .
mood high=better        5       4       .       3       .       6       .
sleep, hours         6:00       .       .       .       .       .       .
WHERE         low back LEFT 3 days; neck 1 day
MY NOTES      2 days  Long drive
              Thu 19 Nov  Rest
. = no entry (not zero). Means of days with entries only.
"""


def test_a_page_says_by_which_rule_it_has_no_mean_where_a_shorter_period_has_one(run: Run) -> None:
    for n in range(1, 10):
        run("log", f"{n} days ago pain {n % 5 + 3}")
    assert "9 of 10 days, mean" in run("chart").out
    assert "no mean of fewer than 14 of 28 days: pain 7 (" in " ".join(run("report", "--from", "23 oct").out.split())


def test_the_first_days_of_a_journal_are_a_short_page(run: Run) -> None:
    """Else it is mostly days on which nobody had begun yet, and a mean of two days."""
    run("log", "2 days ago pain 7 knee left, mood 4 worry 3")
    run("log", "pain 6.5")
    week, month = (" ".join(run("report", "--period", period).out.split()) for period in ("week", "28d"))
    assert week == month
    assert "17 – 19 Nov 2026 (3 days, since the first entry)" in week
    assert "2 of 3 days logged" in week
    assert "The first 2 days of this diary: in its second week, the page begins to say what changed" in week
    assert "MEASURES no mean of fewer than 4 days: worry 3 (Tue 17 Nov) PAIN highest" in week
    assert "Tue 17 Wed 18 Thu 19 pain high=worse 7 . 6.5 mood high=better 4 . ." in week
    assert "22 Oct – 19 Nov 2026 (29 days)" in run("report", "--from", "22 oct").out  # as it was asked
    run("ask", "gad2", "--answers", "2,2")
    assert "Thu 19 Nov The first 2 days of this diary" in " ".join(run("report").out.split())


def test_words_left_over_of_a_line_are_notes_with_what_they_are_about(run: Run) -> None:
    """``tonight`` alone says nothing; nothing of what was typed is hidden."""
    run("log", "pain 6 burning tonight")
    run("log", "slept 5h bad")
    run("note", "tonight")
    run("went-well", "a bit")
    page = run("report").out
    assert "went well     thu 19 nov  a bit" in page.lower()
    assert "MY NOTES      Thu 19 Nov  pain: tonight\n              Thu 19 Nov  sleep: bad\n" in page
    assert "              Thu 19 Nov  tonight\n" in page
    assert "Thu 19 Nov: pain: tonight" in run("report", "--plain").out
    assert "<li>Thu 19 Nov  pain: tonight</li>" in run("report", "--format", "html").out
    assert "- Thu 19 Nov  pain: tonight" in run("report", "--format", "markdown").out


def test_each_fact_is_a_line_of_its_own_whatever_its_words_hold(run: Run) -> None:
    """Signs of a person's own do not part a line, and a bracket holds nothing back."""
    run("plan", "goal", "swim: once; or twice")
    run("goal", "done", "1")
    run("plan", "matters", "music (loud; or not)")
    for back in range(8):
        run("log", f"{back} days ago pain {back}" + (", did music (loud; or not)" if back < 3 else ""))
    shown = run("report", "--period", "28d", "--plain").out.splitlines()
    assert "swim: once; or twice: done 1 of 1" in shown
    assert "music (loud; or not): on 3 of 8 days" in shown


def test_a_page_of_one_day_has_its_values_in_every_medium(run: Run) -> None:
    """It has no picture of days; on paper, tables of the picture's numbers are left out."""
    run("log", "pain 6.5, mood 4")
    for form in ("text", "html"):
        shown = run("report", "--format", form).out
        assert "no mean of fewer than 4 days: pain 6.5 (Thu 19 Nov)" in shown
        assert "mood 4 (Thu 19 Nov)" in shown


def test_what_was_recorded_of_days_before_the_first_rating_is_on_the_page(run: Run) -> None:
    run("plan", "start", "duloxetine", "60mg", "daily", "--at", "10 nov")
    run("pain", "6")
    page = " ".join(run("report", "--period", "28d").out.split())
    assert "10 – 19 Nov 2026 (10 days, since the first entry)" in page
    assert "Tue 10 Nov plan start: duloxetine 60 mg" in page


def test_the_report_is_written_to_a_file_as_it_is_shown(run: Run, tmp_path: Path) -> None:
    run("pain", "6")
    target = tmp_path / "week.txt"
    assert run("report", "-o", str(target)).err.startswith(f"written to {target}")
    assert target.read_text() == run("report").out
    assert run("report", "-o", str(target)).code == 1


def test_a_single_day_is_said_as_one(run: Run) -> None:
    run("pain", "4")
    assert "mean of 1 of 1 day<" in run("report", "--period", "today", "--format", "html", "-o", "-").out
    assert "None that 1 day can show" in " ".join(run("report", "--links").out.split())


def test_a_hyphen_is_standard_output_as_of_exports(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was a file of that name, and what a pipe waited for never came."""
    monkeypatch.chdir(tmp_path)
    run("pain", "4")
    assert run("report", "--format", "markdown", "-o", "-").out == run("report", "--format", "markdown").out
    assert "a PDF is not for the screen" in run("report", "--format", "pdf", "-o", "-").err
    assert not (tmp_path / "-").exists()


def test_an_empty_period_says_where_there_are_entries(run: Run) -> None:
    empty = run("report", "--period", "2020-03")
    assert (empty.code, empty.out, empty.err) == (0, "", "no entries yet; painlog pain 6 records the first\n")
    run("log", "2 oct", "pain 6")
    assert "there are some from 2 Oct 2026 (painlog report --period 2026-10)" in run("week").err


@pytest.mark.parametrize("asked", ["week", "fortnight", "28d", "2026-10", "3m", "1y", "5y", "all"])
def test_every_period_fits_80_columns(asked: str, run: Run, tmp_path: Path) -> None:
    chance = random.Random(asked)
    lines = []
    for index in range(400):
        day = date(2026, 11, 19) - timedelta(days=index)
        if chance.random() < 0.85:
            lines.append(
                f"{day} pain {chance.choice(('', 'average ', 'worst '))}{chance.choice((0, 3, 5.25, 10))} "
                f"low back left upper back right back of thigh left, "
                f"mood {chance.randrange(11)} worry 10 hopeless 10 confidence 10, interference 10, "
                f"sleep 23:20-06:50 sol 45m waso {chance.randrange(60)}m woke 3 quality 2 bed 23:00 up 07:15, "
                f"note {'Wide 疼痛 words and more of them ' * 4} {index % 9}"
            )
    diary = tmp_path / "diary.txt"
    diary.write_text("\n".join(lines))
    assert run("log", "--file", str(diary)).code == 0
    shown = run("report", "--period", asked).out
    assert shown.count("\n") > 12
    assert [line for line in shown.splitlines() if cell_len(line) > 80] == []
    assert [line for line in run("today").out.splitlines() if cell_len(line) > 80] == []


# Rules


@pytest.mark.parametrize(("length", "needed"), [(1, 1), (7, 4), (14, 7), (28, 14), (31, 14), (365, 14)])
def test_averages_need_half_of_a_period(length: int, needed: int) -> None:
    assert days_needed(length) == needed
    few = summarize(PAIN, values([5] * (needed - 1)), period(length))
    many = summarize(PAIN, values([5] * needed), period(length))
    assert (few.enough, many.enough) == (False, True)


def compare(now: float, before: float, length: int = 28, variable: Any = PAIN, spread: float | None = None) -> str:
    def steady(value: float) -> Summary:
        return summarize(variable, values([value] * length), period(length))

    found = compare_periods(variable, steady(now), steady(before), spread)
    assert found is not None
    return found.word


@pytest.mark.parametrize(
    ("now", "before", "word"),
    [
        (5, 5, "similar"),
        (4.01, 5, "similar"),
        (4, 5, "a little better"),
        (6, 5, "a little worse"),
        (6, 8, "a little better"),
        (4.9, 7, "better"),
        (6.5, 5, "worse"),
        (3.5, 7, "much better"),
        (8, 5, "much worse"),
        (5, 0, "much worse"),
        (0, 5, "much better"),
    ],
)
def test_changes_of_pain_are_named_by_one_table(now: float, before: float, word: str) -> None:
    assert compare(now, before) == word


@pytest.mark.parametrize(
    ("now", "word"), [(5, "similar"), (6.9, "similar"), (7, "worse"), (3, "better"), (1, "better")]
)
def test_under_two_weeks_only_two_points_count(now: float, word: str) -> None:
    assert compare(now, 5, length=7) == word
    assert compare(now, 5, length=13) == word


def test_a_change_within_the_person_s_own_range_is_similar() -> None:
    """1.4 times the spread of weekly means, in 28 days; in a fortnight by the root of two more."""
    assert compare(6.3, 5, spread=1) == "similar"
    assert compare(6.5, 5, spread=1) == "worse"
    assert compare(6.9, 5, length=14, spread=1) == "similar"
    assert compare(7.1, 5, length=14, spread=1) == "worse"
    assert compare(6.0, 5, spread=0.1) == "a little worse"


def test_better_is_higher_where_the_scale_says_so() -> None:
    assert compare(6, 4, variable=MOOD) == "much better"
    assert compare(400, 300, variable=SLEEP) == "longer"
    assert compare(300, 329, variable=SLEEP) == "similar"
    assert compare(300, 330, variable=SLEEP) == "shorter"


def test_what_counts_as_similar_depends_on_the_scale() -> None:
    assert compare(5, 1, variable=variables()["awakenings"]) == "worse"
    assert compare(3.4, 3.2, variable=variables()["sleep_quality"]) == "similar"
    assert compare(80, 75, variable=variables()["sleep_efficiency"]) == "better"


def test_a_relapse_in_the_last_weeks_is_found_and_steady_days_are_not() -> None:
    chance = random.Random(4)
    steady = [float(chance.randrange(3, 7)) for _ in range(91)]
    worse = [value + (3 if i >= 63 else 0) for i, value in enumerate(steady)]
    for numbers, expected in ((steady, None), (worse, (63, 91))):
        found = find_run(PAIN, summarize(PAIN, values(numbers), period(91)), period(91), 0.4)
        assert (found is None) == (expected is None)
        if found and expected:
            assert found.change.is_worse
            assert found.period.start == START + timedelta(days=expected[0])
            assert found.period.end == START + timedelta(days=expected[1] - 1)
            assert found.change.now == pytest.approx(pd.Series(numbers[63:]).mean())
            assert found.change.before == pytest.approx(pd.Series(numbers[:63]).mean())


def test_stretches_passed_over_are_none_that_stands_out_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """With gaps, with several shifts, in months and in years: as where each is weighed to the end."""
    chance, runs = random.Random(4), list[change.Run | None]()
    for length in [*(chance.randrange(42, 250) for _ in range(60)), 900, 2500]:
        level, numbers = 4.0, list[float | None]()
        for _ in range(length):
            level = chance.choice((2.0, 4.0, 7.0)) if chance.random() < 0.02 else level
            numbers.append(None if chance.random() < 0.2 else min(10, max(0, round(chance.gauss(level, 2)))))
        figures, spread = summarize(PAIN, values(numbers), period(length)), chance.choice((None, 0.4))
        with monkeypatch.context() as patched:
            patched.setattr(change, "_ROUNDED", -1)  # below what any stretch is apart
            weighed = find_run(PAIN, figures, period(length), spread)
        runs.append(find_run(PAIN, figures, period(length), spread))
        assert runs[-1] == weighed
    assert 20 < sum(run is not None for run in runs) < len(runs)


def test_the_own_range_is_the_spread_of_six_weeks_or_more() -> None:
    chance = random.Random(5)
    numbers = [float(chance.randrange(11)) for _ in range(70)]
    end = START + timedelta(days=69)
    weeks = pd.Series(numbers).groupby([i // 7 for i in range(70)]).mean()
    assert weekly_spread(values(numbers), end) == pytest.approx(weeks.std())
    assert weekly_spread(values(numbers[:35]), START + timedelta(days=34)) is None


def test_both_sides_are_only_said_of_days_that_had_both(run: Run) -> None:
    run("log", "mon pain 4 left knee")
    run("log", "tue pain 4 right knee")
    run("log", "wed pain 4 both knees, pain 3 neck")
    assert report(run)["regions"] == {"knee_both": 1, "knee_l": 1, "knee_r": 1, "neck": 1}
    assert "knee both 1 day; knee LEFT 1 day; knee RIGHT 1 day; neck 1 day" in run("report").out


def test_periods_with_too_few_days_are_not_compared() -> None:
    full, thin = summarize(PAIN, values([5] * 7), period(7)), summarize(PAIN, values([5] * 3), period(7))
    assert compare_periods(PAIN, full, thin) is None
    assert compare_periods(PAIN, thin, full) is None
    assert compare_periods(PAIN, full, None) is None
    quarters = [
        summarize(PAIN, values([5] * days), period(91)) for days in (46, 45)
    ]  # a mean takes 14 days, a word half
    assert compare_periods(PAIN, quarters[0], quarters[0]) is not None
    assert quarters[1].enough
    assert compare_periods(PAIN, quarters[0], quarters[1]) is compare_periods(PAIN, quarters[1], quarters[0]) is None


# Charts


def test_a_chart_has_no_more_points_than_there_is_room() -> None:
    drawn = make_chart({PAIN: values([5.0] * 365)}, period(365), room=68)
    assert drawn.step == 6
    assert len(drawn.lines[0].points) == 61


def test_gaps_stay_gaps() -> None:
    drawn = make_chart({PAIN: values([4, None, None, 6])}, period(4), room=68)
    assert drawn.lines[0].points == (4, None, None, 6)


def test_a_rolling_mean_needs_four_of_seven_days_and_reaches_back() -> None:
    known = values([2, 4, 6, 8, None, None, None, 5], START - timedelta(days=7))
    drawn = make_chart({PAIN: known}, period(1), room=68, rolling=7)
    assert drawn.lines[0].points == ((4 + 6 + 8 + 5) / 4,)
    known.pop(START)
    assert make_chart({PAIN: known}, period(1), room=68, rolling=7).lines[0].points == (None,)


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize(
    "names", [["pain"], ["pain", "mood", "sleep"], ["sleep", "sol"], ["sleep_efficiency"], ["awakenings"]]
)
def test_a_chart_fits_its_width(width: int, names: list[str]) -> None:
    wanted = [variables()[name] for name in names]
    known = {v: values([(i % 7) * (60 if v.is_time else 1) for i in range(28)]) for v in wanted}
    lines = [str(line) for line in chart_lines(make_chart(known, period(28), room=width - 12), width, 20)]
    assert all(len(line) <= width for line in lines)
    if width >= 80:
        assert 2 + 16 + len(names) <= len(lines) <= 2 + 20 + len(names)  # fewer rows where marks stand evenly so


def test_a_chart_says_in_words_what_it_shows(run: Run) -> None:
    run("log", "10 nov pain 4")
    run("log", "12 nov pain 7, slept 5h30")
    ran = run("chart", "pain", "sleep", "mood")
    assert ran.out.splitlines()[-4:] == [
        "pain: 2 of 10 days, too few to average, 4 to 7.",
        "sleep: 1 of 10 days, too few to average, 5 h 30 on that day.",
        "mood: no entries.",
        "Gaps are days without an entry.",
    ]
    assert ran.out.splitlines()[1:3] == [
        "● pain [0 none - 10 worst]   ○ sleep [hours, higher is better, right]",
        "× mood [0 low - 10 good]",
    ]
    empty = run("chart", "mood", "--period", "2020")
    assert (empty.code, empty.out, empty.err) == (0, "", "no entries of mood in this period (1 Jan – 31 Dec 2020)\n")
