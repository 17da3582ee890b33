"""The figures of twelve pages computed anew with pandas: from what was typed, and from the daily table."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import NOW, Run

TODAY = NOW.date()

SPANS = [(0, 7), (5, 14), (10, 28), (0, 91), (3, 56), (20, 120)]
Once = Callable[[str, Callable[[], object]], None]
_EXPORTED: dict[str, pd.DataFrame] = {}


def day(back: int) -> str:
    return str(TODAY - timedelta(days=back))


def typed_days(name: str) -> pd.DataFrame:
    """What is typed of 240 days, by how many days ago each is; those without a line are not there."""
    days = pd.DataFrame({"back": range(240)})
    is_even = name == "even"
    uneven = (days.back * 7 % 11 + days.back * 3 % 5) / 2.5 + 2.8 * (days.back // 7 % 2)  # from week to week
    pain = uneven if is_even else 3 + days.back % 3 + 3 * (days.back < 30)
    days["pain"] = pain.clip(0, 10).round(1)
    days["mood"] = days.back * 5 % 9 if is_even else 6 - days.back % 4
    days["sleep"] = 60.0 * (5 + days.back % 4) + (0 if is_even else 45 * (days.back < 60))
    days["tramadol"] = (days.back % (5 if is_even else 3) == 1).astype(int)
    days["duloxetine"] = ((days.back % 4 != 3) * (1 + (days.back % 9 == 0))).astype(int)
    return days[days.back % 6 != 4].set_index("back") if is_even else days[days.back % 10 > 2].set_index("back")


def lines_of(back: int, row: "pd.Series[float]") -> str:
    """A line for a day, and one for each of its doses."""
    doses = ["took tramadol 50mg prn"] * int(row.tramadol) + ["took duloxetine 60mg"] * int(row.duloxetine)
    sleep = f"slept {row.sleep // 60:.0f}h{row.sleep % 60:02.0f}"
    return "".join(f"{day(back)} {said}\n" for said in (f"pain {row.pain:g}, mood {row.mood:.0f}, {sleep}", *doses))


def exported_days(name: str, run: Run) -> pd.DataFrame:
    """The same from the daily table, read once a worker."""
    if name not in _EXPORTED:
        text = run("export", "csv", "--layout", "daily", "--all-columns", "--no-bom", "--period", "all").out
        table = pd.read_csv(StringIO(text), parse_dates=["day"])
        table.index = (pd.Timestamp(TODAY) - table.day).dt.days.rename("back")
        named = {"sleep_tst_min": "sleep", "doses of tramadol": "tramadol", "doses of duloxetine": "duloxetine"}
        found = table.rename(columns=named)[["pain", "mood", "sleep", "tramadol", "duloxetine"]].dropna(how="all")
        _EXPORTED[name] = found.fillna(0).astype(float)
    return _EXPORTED[name]


def word_of(name: str, days: pd.DataFrame, back: int, length: int) -> tuple[str, float] | None:
    """The word of a change, and the mean before, by the one table; None where half of a period's days are missing."""
    here, past = _within(days, back, length)[name], _within(days, back + length, length)[name]
    if min(len(here), len(past)) < length / 2:
        return None
    weeks = [_within(days, back + length + 7 * i, 7)[name] for i in range(26)]
    means = [week.mean() for week in weeks if len(week) >= 4]
    mark = 30.0 if name == "sleep" else 1.0 if length >= 14 else 2.0
    if name != "sleep" and len(means) >= 6:
        mark = max(mark, 1.4 * pd.Series(means).std() * (28 / length) ** 0.5)
    before, difference = past.mean(), here.mean() - past.mean()
    if abs(difference) < mark - 1e-9:
        return "similar", before
    if name == "sleep":
        return "longer" if difference > 0 else "shorter", before
    word = "worse" if (difference > 0) == (name == "pain") else "better"
    share = abs(difference) / before
    size = "" if length < 14 or 0.3 <= share < 0.5 else "much " if share >= 0.5 else "a little "
    return size + word, before


def _within(days: pd.DataFrame, back: int, length: int) -> pd.DataFrame:
    return days[(days.index >= back) & (days.index < back + length)]


@pytest.mark.parametrize("name", ["even", "worse of late"])
@pytest.mark.parametrize(("back", "length"), SPANS)
def test_figures_agree_with_pandas_on_what_was_typed_and_on_the_daily_table(
    back: int, length: int, name: str, run: Run, recorded_once: Once, tmp_path: Path
) -> None:
    typed = typed_days(name)

    def record() -> None:
        diary = tmp_path / "diary.txt"
        diary.write_text("".join(lines_of(int(str(at)), row) for at, row in typed.iterrows()))
        run("plan", "start", "duloxetine", "60mg", "daily", "--at", day(239))
        assert run("log", "--file", str(diary)).code == 0

    recorded_once(f"240 days, {name}", record)
    days = exported_days(name, run)
    pd.testing.assert_frame_equal(days.sort_index(), typed.astype(float), check_names=False)
    asked = ("--from", day(back + length - 1), "--to", day(back))
    found = json.loads(run("report", *asked, "--json").out)["report"]
    here, past = _within(days, back, length), _within(days, back + length, length)
    assert (found["kept"]["days"], found["severe_days"]) == (len(here), (here.pain >= 7).sum())
    for measure in ("pain", "mood", "sleep"):
        figures, change = (found["measured"][measure][part] for part in ("figures", "change"))
        expected = here[measure].agg(["mean", "median", "min", "max"]).tolist()
        assert [figures[key] for key in ("mean", "median", "low", "high")] == pytest.approx(expected, abs=1e-5)
        assert figures["days"] == len(here)
        said = word_of(measure, days, back, length)
        assert (change and (change["word"], change["before"], change["days_before"])) == (
            said and (said[0], pytest.approx(said[1], abs=1e-5), len(past))
        )
    taken = {each["name"]: (each["days"], each["before"]) for each in found["medicine_days"]}
    assert taken == {"tramadol": (here.tramadol.sum(), past.tramadol.sum())}
    doses = here.duloxetine.reindex(range(back, back + length), fill_value=0)
    (kept,) = (each["adherence"] for each in found["plan"]["followed"])
    counted = length, doses.clip(upper=1).sum(), (doses - 1).clip(lower=0).sum(), (doses == 0).sum()
    assert (kept["due"], kept["taken"], kept["extra"], kept["unrecorded"]) == counted
    text = run("report", *asked).out
    bands = ((here.pain < 4).sum(), ((here.pain >= 4) & (here.pain < 7)).sum(), (here.pain >= 7).sum())
    if len(here) >= min(14, length / 2):
        assert "days below 4: {}, 4 to below 7: {}, 7 and above: {}".format(*bands) in text
    if 7 < length <= 35:
        digits = "".join(re.findall(r"^pain high=worse  (.*)$", text, re.MULTILINE)).replace("|", "").split()
        by_day = {at: str(int(pain)) if pain < 10 else "X" for at, pain in days.pain.items()}
        assert digits == [by_day.get(i, ".") for i in range(back + length - 1, back - 1, -1)]
        assert sum(digit in "789X" for digit in digits) == found["severe_days"]
