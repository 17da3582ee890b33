"""The calendar: every day once and in its place, what the signs say, and the picture for a page."""

import calendar as calendar_module
import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from painlog.analysis.calendar import Calendar, Day, make_calendar
from painlog.domain.periods import Period
from painlog.view.screens.calendar import calendar_lines
from painlog.view.screens.cells import digit_cells, full_cells
from tests.cli.test_processes import environment
from tests.conftest import Run
from tests.support import warm
from tests.support.calendars import HOSTILE, V, laid_out, own
from tests.support.terminals import ESCAPE, check_colour_is_a_choice
from tests.test_static import loaded, recorded


def screen(found: Calendar, width: int = 80) -> list[str]:
    return [str(line) for line in calendar_lines(found, width)]


# The value

periods = st.builds(
    lambda start, length: Period(start, min(start + timedelta(days=length), date(2100, 12, 31))),
    st.dates(date(1990, 1, 1), date(2100, 12, 31)),
    st.integers(0, 1200),
)


@given(periods)
def test_each_day_stands_once_under_its_weekday(period: Period) -> None:
    found = make_calendar(V["pain"], {}, period)
    rows = [week for month in found.months for week in month.weeks]
    assert [day.day for week in rows for day in week if day] == list(period.days())
    assert all(len(week) == 7 for week in rows)
    assert all(day.day.weekday() == i for week in rows for i, day in enumerate(week) if day)
    assert all({day.day.isocalendar()[:2] for day in week if day} for week in rows)
    for week in rows:
        assert len({(day.day.isocalendar()[:2], day.day.month) for day in week if day}) == 1


def test_a_month_by_hand() -> None:
    found = laid_out("pain", [4, None, 6, 8], date(2026, 10, 30))
    october, november = found.months
    assert (october.first, october.days, october.of, october.mean) == (date(2026, 10, 1), 1, 2, 4)
    assert (november.days, november.of, november.mean) == (2, 2, 7)
    assert november.weeks == (
        (None, None, None, None, None, None, Day(date(2026, 11, 1), 6)),
        (Day(date(2026, 11, 2), 8), None, None, None, None, None, None),
    )
    assert (found.days, found.of, found.mean, found.low, found.high) == (3, 4, 6, 4, 8)
    assert found.worst == (8, date(2026, 11, 2), 1)


def test_a_mean_takes_enough_days() -> None:
    found = laid_out("pain", [4, None, None, None, 6], date(2026, 10, 5))
    assert (found.mean, found.months[0].mean) == (None, None)


@pytest.mark.parametrize(
    ("name", "numbers", "worst"),
    [
        ("pain", [3, 7, 7, 2], (7, date(2026, 11, 4), 2)),
        ("mood", [3, 7, 7, 2], (2, date(2026, 11, 5), 1)),
        ("sleep", [300, 420], (300, date(2026, 11, 2), 1)),
        ("pain", [5, 5], None),
        ("pain", [None], None),
    ],
)
def test_the_worst_day_is_at_the_worse_end(name: str, numbers: list[float | None], worst: object) -> None:
    assert laid_out(name, numbers, date(2026, 11, 2)).worst == worst


def test_what_is_no_number_is_left_out() -> None:
    found = laid_out("pain", [float("inf"), float("nan"), 5, 1e300, 3], date(2026, 11, 2))
    assert (found.days, found.high, found.worst) == (2, 5, (5, date(2026, 11, 4), 1))


# The screens


def test_three_months_side_by_side() -> None:
    numbers = [i % 11 if i % 9 else None for i in range(80)]
    assert "\n".join(screen(laid_out("pain", numbers, date(2026, 9, 1)))) == THREE_MONTHS


THREE_MONTHS = """\
pain [0 none - 10 worst]
1 Sep – 19 Nov 2026 (80 days)

    September 2026              October 2026                November 2026
    Mo Tu We Th Fr Sa Su        Mo Tu We Th Fr Sa Su        Mo Tu We Th Fr Sa Su
 1│     .  1  2  3  4  5     1│           8  9 10  0     1│                    6
 7│  6  7  8  . 10  0  1     5│  1  2  .  4  5  6  7     2│  7  .  9 10  0  1  2
14│  2  3  4  5  6  .  8    12│  8  9 10  0  .  2  3     9│  3  4  5  .  7  8  9
21│  9 10  0  1  2  3  4    19│  4  5  6  7  8  9  .    16│ 10  0  1  2
28│  .  6  7                26│  0  1  2  3  4  5           mean 4.9, 17 of 19
    mean 4.5, 26 of 30          mean 4.9, 28 of 31

pain: 71 of 80 days, mean 4.8, 0 to 10; worst day Mon 16 Nov and 5 other days
  (10).
In the cells: rounded to whole numbers; . is no entry."""


@pytest.mark.parametrize("name", ["sleep", "work_affected", "sleep_efficiency"])
def test_other_sorts_of_variables_are_read_by_eye(name: str) -> None:
    numbers: dict[str, list[float | None]] = {
        "sleep": [330, None, 612.4],
        "work_affected": [1, None, 0],
        "sleep_efficiency": [100, None, 77.6],
    }
    assert "\n".join(screen(laid_out(name, numbers[name], date(2026, 11, 6)))) == SORTS[name]


SORTS = {
    "sleep": """\
sleep [hours, higher is better]
6 – 8 Nov 2026 (3 days)

    November 2026
       Mo    Tu    We    Th    Fr    Sa    Su
 6│                          5:30     . 10:12
    mean 7:51, 2 of 3

sleep: 2 of 3 nights, mean 7 h 51, 5 h 30 to 10 h 12; worst night Fri 6 Nov (5 h
  30).
In the cells: hours:minutes; . is no entry.""",
    "work_affected": """\
work affected [yes 1, no 0]
6 – 8 Nov 2026 (3 days)

    November 2026
    Mo Tu We Th Fr Sa Su
 6│              y  .  n
    yes 50%, 2 of 3

work affected: 2 of 3 days, yes on 1 of them.
In the cells: y is yes, n is no; . is no entry.""",
    "sleep_efficiency": """\
sleep efficiency [% of the time trying to sleep, higher is better]
6 – 8 Nov 2026 (3 days)

    November 2026
     Mo  Tu  We  Th  Fr  Sa  Su
 6│                 100   .  78
    mean 88.8, 2 of 3

sleep efficiency: 2 of 3 nights, mean 88.8 %, 77.6 % to 100 %; worst night Sun 8
  Nov (77.6 %).
In the cells: %, rounded to whole numbers; . is no entry.""",
}


def test_a_leap_year_in_rows() -> None:
    numbers: list[float | None] = [None] * 366
    numbers[0], numbers[59], numbers[60], numbers[365] = 10, 4, 9.5, 0
    assert "\n".join(screen(laid_out("pain", numbers, date(2024, 1, 1)))) == LEAP_YEAR


LEAP_YEAR = """\
pain [0 none - 10 worst]
1 Jan – 31 Dec 2024 (366 days)

2024 1       5        10        15        20        25        30     mean  days
Jan  X . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .            1
Feb  . . . . . . . . . . . . . . . . . . . . . . . . . . . . 4                1
Mar  X . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .            1
Apr  . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .              0
May  . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .            0
Jun  . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .              0
Jul  . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .            0
Aug  . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .            0
Sep  . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .              0
Oct  . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .            0
Nov  . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .              0
Dec  . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . 0            1

pain: 4 of 366 days, too few to average, 0 to 10; worst day Mon 1 Jan (10).
In the cells: rounded to whole numbers, X is 10; . is no entry."""


# Layout


def first_of(month: str) -> date:
    name, _, year = month.partition(" ")
    return date(int(year), [*calendar_module.month_name].index(name), 1)


def grid_values(lines: list[str]) -> dict[date, str]:
    """Read grids back: what stands in the cell of each date."""
    found: dict[date, str] = {}
    heads: list[tuple[int, date]] = []
    cell = 3
    for line in lines:
        names = [*re.finditer(r"([A-Z][a-z]+ \d{4})", line)]
        if names and line.startswith("    "):
            heads = [(m.start() - 4, first_of(m[1])) for m in names]
            continue
        if " Mo " in line:
            cell = line.index("Tu") - line.index("Mo")
        for left, first in heads:
            row = line[left : left + 3 + 7 * cell]
            if "│" not in row:
                continue
            starts = first.replace(day=int(row[:2]))
            monday = starts - timedelta(days=starts.weekday())
            for i in range(7):
                text = row[3 + i * cell : 3 + (i + 1) * cell].strip()
                if text:
                    day = monday + timedelta(days=i)
                    assert day not in found
                    found[day] = text
    return found


def row_values(lines: list[str]) -> dict[date, str]:
    """Read rows back."""
    found: dict[date, str] = {}
    year = 0
    for line in lines:
        if re.match(r"\d{4} ", line):
            year = int(line[:4])
        elif re.match(r"[A-Z][a-z]{2} ", line) and year:
            month = "JanFebMarAprMayJunJulAugSepOctNovDec".index(line[:3]) // 3 + 1
            for i in range(31):
                if (text := line[4 + 2 * i : 6 + 2 * i].strip()) != "":
                    day = date(year, month, i + 1)
                    assert day not in found
                    found[day] = text
    return found


@given(st.dates(date(2015, 1, 1), date(2030, 1, 1)), st.integers(1, 88), st.sampled_from([60, 80, 81, 120, 200]))
def test_grids_hold_each_day_in_its_cell(start: date, length: int, width: int) -> None:
    numbers = [i % 10 if i % 4 else None for i in range(length)]
    found = laid_out("pain", numbers, start)
    lines = screen(found, width)
    expected = {start + timedelta(days=i): "." if v is None else str(v) for i, v in enumerate(numbers)}
    assert grid_values(lines) == expected
    assert max(map(cell_len, lines)) <= width


@given(st.dates(date(2015, 1, 1), date(2030, 1, 1)), st.integers(156, 1100))
def test_rows_hold_each_day_in_its_cell(start: date, length: int) -> None:
    numbers = [i % 11 for i in range(length)]
    lines = screen(laid_out("pain", numbers, start))
    expected = {start + timedelta(days=i): "X" if v == 10 else str(v) for i, v in enumerate(numbers)}
    assert row_values(lines) == expected
    assert max(map(cell_len, lines)) <= 80


@pytest.mark.parametrize("name", [*V, "count", "minutes", "yes-no", "number"])
@pytest.mark.parametrize("length", [1, 40, 400])
def test_every_variable_fits(name: str, length: int) -> None:
    variable = V[name] if name in V else own(name)
    low, high = (0, 1) if variable.is_answer else (0, getattr(variable.field, "high", 10))
    for numbers in ([high] * length, [(low + high) / 3] * length, [low if i % 2 else high for i in range(length)]):
        found = laid_out(variable, numbers, date(2025, 12, 30))
        lines = screen(found)
        assert max(map(cell_len, lines)) <= 80
        assert "\x1b" not in "".join(lines)


def test_below_nothing_there_are_digits_still() -> None:
    found = laid_out(own("number"), [-4.0, 0, 5] * 60, date(2026, 1, 1))
    assert [digit_cells(found).text(value) for value in (-4, 0, 5)] == ["0", "4", "9"]
    assert "0 to 9 from -4 to 5 in ten equal steps" in "\n".join(screen(found))
    assert [full_cells(found).text(value) for value in (-4, 0, 5)] == ["-4", "0", "5"]


# The command


def test_a_calendar_of_what_was_recorded(run: Run) -> None:
    for day, score in (("mon", "4"), ("tue", "8"), ("wed", "5")):
        run("pain", score, "--at", day)
    shown = run("calendar", "--from", "2026-11-01")
    assert (shown.code, shown.err) == (0, "")
    assert "16│  4  8  5  ." in shown.out
    assert "pain: 3 of 19 days, too few to average, 4 to 8; worst day Tue 17 Nov (8)." in shown.out
    assert "\x1b" not in shown.out
    days = grid_values(shown.out.splitlines())
    assert max(days) == date(2026, 11, 19), "the days ahead are blank"


def test_the_usual_calendar_is_this_month_and_the_two_before(run: Run) -> None:
    run("pain", "4", "--at", "2026-09-01")
    assert "1 Sep – 19 Nov 2026 (80 days)\n" in run("calendar").out
    assert run("calendar").out == run("calendar", "pain", "--from", "2026-09-01").out


def test_the_calendar_of_a_new_journal_begins_with_its_first_entry(run: Run) -> None:
    run("mood", "4", "--at", "2026-11-17 20:00")
    run("pain", "4")
    for options in ((), ("--period", "1y"), ("--period", "2026-11")):
        shown = run("calendar", *options).out
        assert "17 – 19 Nov 2026 (3 days, since your first entry)" in shown
        assert "pain: 1 of 3 days" in shown
        assert "October" not in shown
    assert "pain: 1 of 50 days" in run("calendar", "--from", "2026-10-01").out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("calendar",), 0, "no entries of pain in this period (1 Sep – 19 Nov 2026)\n"),
        (("calendar", "mood", "--period", "2025-02"), 0, "no entries of mood in this period (1 – 28 Feb 2025)\n"),
        (("calendar", "moood"), 2, "did you mean mood?"),
        (("calendar", "pain", "--period", "2027"), 2, "is ahead; periods look back"),
        (("calendar", "pain", "--period", "week", "--from", "mon"), 2, "--period does not go with --from and --to"),
    ],
)
def test_what_is_said_where_there_is_nothing_to_show(
    arguments: tuple[str, ...], code: int, said: str, run: Run, path: Path
) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert not path.exists()


def test_only_sleep_is_enough_for_a_calendar_of_sleep(run: Run) -> None:
    run("sleep", "5h30")
    assert "no entries of pain" in run("calendar").err
    assert "16│    .    .    . 5:30" in run("calendar", "sleep", "--from", "2026-11-01").out


def test_the_calendar_as_json(run: Run) -> None:
    run("pain", "4", "--at", "2026-11-01")
    run("pain", "7", "--at", "2026-11-02")
    shown = run("calendar", "--json", "--from", "2026-11-01", "--to", "2026-11-02")
    blank = [None] * 6
    assert json.loads(shown.out) == {
        "painlog": 1,
        "calendar": {
            "variable": "pain",
            "period": {"start": "2026-11-01", "end": "2026-11-02"},
            "days": 2,
            "of": 2,
            "mean": 5.5,
            "low": 4.0,
            "high": 7.0,
            "worst": {"value": 7.0, "day": "2026-11-02", "days": 1},
            "months": [
                {
                    "first": "2026-11-01",
                    "weeks": [
                        [*blank, {"day": "2026-11-01", "value": 4.0}],
                        [{"day": "2026-11-02", "value": 7.0}, *blank],
                    ],
                    "days": 2,
                    "of": 2,
                    "mean": 5.5,
                }
            ],
            "from_first": False,
        },
    }


@pytest.mark.usefixtures("any_name")
def test_a_hostile_name_is_harmless(run: Run) -> None:
    assert run("track", "add", HOSTILE, "--unit", "<i>\x1b[2J", "--scale", "number").code == 0
    name = json.loads(run("list", "--json").out)["entries"][0]["fields"]["name"].lower()
    assert run("log", name, "3").code == 0
    ran = run("calendar", "fog_b_31m_evil")
    assert ran.code == 0, ran.err
    assert not re.search("[\x1b\u202e]", ran.out)


# Terminals and libraries


def test_variables_and_measures_are_completed(run: Run, path: Path) -> None:
    from tests.cli.test_due import offered

    run("track", "add", "brain fog")
    assert offered(path, "painlog calendar bra") == ["brain_fog"]
    assert offered(path, "painlog calendar moo") == ["mood"]
    assert offered(path, "painlog body --by s") == ["score"]


def test_colour_is_for_terminals_that_want_it(path: Path) -> None:
    assert warm.run(("pain", "6"), environment(path)).returncode == 0
    check_colour_is_a_choice(path, "calendar")
    piped = warm.run(("calendar",), environment(path))
    assert piped.returncode == 0
    assert not ESCAPE.search(piped.stdout.encode())


@pytest.mark.parametrize("command", [("calendar",), ("body",), ("calendar", "--json"), ("body", "--json")])
def test_pictures_in_a_terminal_load_nothing_heavy(command: tuple[str, ...], tmp_path: Path) -> None:
    recorded("pain", "5", "--where", "neck", home=tmp_path)
    modules = loaded(*command, home=tmp_path)
    assert modules.isdisjoint({"pandas", "numpy", "sqlite_utils", "plotext", "jinja2"})
