"""``link``, ``helps`` and the way in from Python: what a person sees, and where it cannot tell."""

import json
import re
import shlex
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from painlog.analysis.frame import RatedBefore, patterns_of
from painlog.cli.manual import read_page
from painlog.errors import BadInput
from painlog.storage.journal import Journal
from painlog.view.manual import Code
from painlog.view.sentences import NOT_PROOF
from tests.conftest import NOW, Run, Write

TODAY = NOW.date()


def series(length: int, seed: int = 1, *, carry: float = 0.5, link: float = -0.6) -> list[tuple[int, int]]:
    """Made-up days of pain and mood, whole numbers from 0 to 10, whose errors carry over."""
    rng = np.random.default_rng(seed)
    pain, mood, days = 0.0, 0.0, []
    for _ in range(length):
        pain = carry * pain + rng.normal()
        mood = carry * mood + rng.normal()
        days.append((round(float(np.clip(5 + pain, 0, 10))), round(float(np.clip(5 + link * pain + mood, 0, 10)))))
    return days


def diary(days: Sequence[tuple[int, int]], *, every: int = 1) -> list[str]:
    """The same as lines of a diary that ends today."""
    dated = ((TODAY - timedelta(days=every * i), pain, mood) for i, (pain, mood) in enumerate(reversed(days)))
    return [f"{day} pain {pain}, mood {mood}" for day, pain, mood in dated]


# What a person sees


def test_link_says_what_moves_together_on_how_many_days_and_once_that_it_is_no_proof(run: Run, write: Write) -> None:
    write(diary(series(90)))
    shown = run("link")
    assert shown.code == 0
    assert re.search(r"Same day +Clear\. On days with pain 1 point higher, mood was about 0\.\d", shown.out)
    assert "(90 days)" in shown.out
    assert shown.out.count(NOT_PROOF) == 1
    assert "● pain [0 none - 10 worst]   ○ mood [0 low - 10 good]" in shown.out
    assert len(re.findall(r"├.*●.*┤", shown.out)) == 7
    assert "Logged of 90 days: pain 90, mood 90, worry 0, sleep 0." in shown.out


@pytest.mark.parametrize("command", [("link",), ("link", "--explain"), ("link", "sleep", "pain"), ("helps",)])
def test_nothing_is_wider_than_the_page(command: tuple[str, ...], run: Run, write: Write) -> None:
    write(diary(series(60)))
    write([f"{TODAY - timedelta(days=i)} took ibuprofen 400mg" for i in range(1, 60, 3)])
    assert [line for line in run(*command).out.splitlines() if len(line) > 80] == []


def test_both_directions_stand_side_by_side_and_a_night_before_its_day(run: Run, write: Write) -> None:
    write(diary(series(40)))
    out = run("link", "mood", "pain").out
    assert out.index("Mood → next pain") < out.index("Pain → next mood")
    assert "no entries of sleep in this period (" in run("link", "pain", "sleep").err
    run("sleep", "6h")
    out = run("link", "pain", "sleep").out
    assert out.index("Sleep → pain") < out.index("Pain → next sleep")
    assert "Same day" not in out


def test_one_name_is_set_beside_pain_and_a_measure_of_ones_own_is_one_too(run: Run, write: Write) -> None:
    run("track", "add", "brain fog", "--better", "low")
    write([f"{line}, brain fog {int(line.split()[2].strip(',')) // 2}" for line in diary(series(40))])
    shown = " ".join(run("link", "brain fog").out.split())
    assert "PAIN AND BRAIN FOG" in shown
    assert re.search(r"brain fog was about 0\.\d higher \(worse\)", shown)


def test_explain_gives_this_persons_numbers_and_a_line_for_the_clinician(run: Run, write: Write) -> None:
    write(diary(series(90)))
    shown = " ".join(run("link", "--explain").out.split())
    found = json.loads(run("link", "--json").out)["patterns"]["links"][0]["estimate"]
    assert f"mood on pain: {found['value']:+.2f} (95 % CI {found['low']:+.2f} to {found['high']:+.2f})" in shown
    assert f"phi {found['phi']:.2f}" in shown
    assert "The 3 results on this screen are judged together" in shown
    assert "├" not in shown


def test_json_is_the_whole_value(run: Run, write: Write) -> None:
    write(diary(series(60)))
    found = json.loads(run("link", "pain", "mood", "--json").out)
    assert found["painlog"] == 1
    assert list(found["patterns"]) == ["period", "days", "coverage", "links", "profiles", "comparisons", "turns"]
    first = found["patterns"]["links"][0]
    assert (first["question"], first["x"], first["y"], first["per"]) == ("same day", "pain", "mood", 1)
    assert set(first["estimate"]) == {"value", "low", "high", "p", "q", "df", "phi", "partial_r"}
    assert first["basis"] == {"used": 60, "of": 60, "needed": 14, "more_days": None}


def test_changing_an_unrelated_day_does_not_change_the_words(run: Run, write: Write) -> None:
    write(diary(series(120)))
    before = re.findall(r"(Clear|Early sign|No clear pattern|No difference)", run("link").out)
    write([f"{TODAY - timedelta(days=60)} pain 10"])
    assert re.findall(r"(Clear|Early sign|No clear pattern|No difference)", run("link").out) == before


# Where it cannot tell


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            diary(series(5)),
            "Not enough days yet: 5 of 14 days with both pain and mood; about 9 days more at your pace.",
        ),
        (diary(series(30), every=2), "0 of 28 pairs of neighbouring days with pain on the first and mood on both."),
        (diary([(5, mood) for _, mood in series(40)]), "Pain hardly changed on these 40 days"),
        (diary([(pain, pain) for pain, _ in series(40)]), "One of the two follows from the other"),
        (diary([(pain, 10 - pain) for pain, _ in series(40)]), "One of the two follows from the other"),
        (diary(series(6), every=30), "Not enough days yet: 6 of 14 days"),
        ([line for line in diary(series(60)) if int(line[8:10]) % 5 < 3], "days)"),
    ],
    ids=["five days", "alternate days", "constant", "copies", "mirrored", "once a month", "two of five missing"],
)
def test_days_that_cannot_tell_get_a_sentence(lines: list[str], said: str, run: Run, write: Write) -> None:
    write(lines)
    shown = run("link", "pain", "mood")
    assert shown.code == 0
    assert said in " ".join(shown.out.split())
    assert not re.search(r"\bnan\b|\binf\b", shown.out)


def test_an_infinite_value_is_left_out_and_counted(run: Run, write: Write, path: Path) -> None:
    write(diary(series(40)))
    with Journal.open(path, NOW) as journal:
        journal.rows.conn.execute("UPDATE entries SET value = 9e999 WHERE kind = 'pain' AND day = ?", (str(TODAY),))
    shown = " ".join(run("link").out.split())
    assert "(39 days)" in shown
    assert "Left out, as no numbers: pain 1." in shown


def test_an_empty_stretch_says_where_there_is_something(run: Run) -> None:
    assert run("link").err.startswith("no entries of pain, mood, worry or sleep in this period (")
    run("pain", "5", "--at", "2024-03-01")
    shown = run("link")
    assert (shown.code, shown.out) == (0, "")
    assert "painlog link --period 2024" in shown.err
    assert run("link", "--period", "2024").err.startswith("only pain is recorded in this period (")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("link", "pain", "pain"), "two different things"),
        (("link", "pain", "mood", "sleep"), "two different things"),
        (("link", "pian"), "did you mean pain"),
        (("link", "--period", "2030"), "is ahead"),
        (("helps", "xyz"), "'xyz' is not recorded as taken, done or planned"),
        (("helps", "ibuprofn"), "did you mean ibuprofen?"),
        (("helps", "--since", "tomorrow"), "is ahead"),
        (("helps", "--since", "2020-01-01"), "name a longer --period"),
        (("helps", "ibuprofen", "--since", "today"), "takes no name"),
        (("helps", "--on", "pian"), "did you mean pain"),
    ],
)
def test_what_is_not_understood_gets_one_sentence(command: tuple[str, ...], said: str, run: Run) -> None:
    run("log", "pain 5, took ibuprofen 400mg")
    shown = run(*command)
    assert shown.code in {1, 2}
    assert said in shown.err
    assert len(shown.err.splitlines()) == 1


def test_more_than_a_year_loses_its_beginning_and_says_so(run: Run, write: Write) -> None:
    write(diary(series(20), every=40))
    shown = run("link", "--period", "all")
    assert "a year at most is looked at" in shown.err
    assert "of 366 days" in shown.out


# What was tried


def test_helps_compares_days_with_and_without_and_an_as_needed_one_the_day_after(run: Run, write: Write) -> None:
    days = series(90)
    write(diary(days))
    bad = [TODAY - timedelta(days=i) for i, (pain, _) in enumerate(reversed(days)) if pain >= 6]
    write([f"{day} took ibuprofen 400mg prn" for day in bad])
    write([f"{TODAY - timedelta(days=i)} did swimming 30m" for i in range(90) if i * 7 % 10 < 4])
    shown = " ".join(run("helps").out.split())
    assert re.search(r"swimming [A-Z].* \(36 days with, 54 without\)|On 36 days with it", shown)
    assert "ibuprofen What is taken as needed is taken on bad days" in shown
    found = json.loads(run("helps", "--json").out)["patterns"]["comparisons"]
    assert [(each["name"], each["as_needed"]) for each in found] == [("swimming", False), ("ibuprofen", True)]
    assert found[1]["verdict"] not in ("clear", "possible")


def test_a_medicine_is_scheduled_only_where_the_dose_or_the_plan_says_so(run: Run) -> None:
    run("plan", "start", "duloxetine", "30mg", "daily", "--at", "1 nov")
    for line in ("took duloxetine 30mg, pain 4", "took paracetamol 1g", "took tramadol 50mg scheduled"):
        run("log", line)
    run("log", "took tramadol 50mg prn")
    found = json.loads(run("helps", "--json").out)["patterns"]["comparisons"]
    assert {each["name"]: each["as_needed"] for each in found} == {
        "duloxetine": False,
        "paracetamol": True,
        "tramadol": True,
    }


def test_a_day_without_any_entry_is_unknown_and_days_beyond_the_last_use_are_not_without(run: Run) -> None:
    for day in ("1 nov", "2 nov", "4 nov", "6 nov", "8 nov"):
        run("pain", "5", "--at", day)
    for day in ("2 nov", "6 nov"):
        run("treatment", "heat", "--at", day)
    found = json.loads(run("helps", "--json").out)["patterns"]["comparisons"][0]
    assert (found["days_with"], found["days_without"]) == (2, 1)
    run("plan", "start", "heat", "--therapy", "--at", "1 nov")
    found = json.loads(run("helps", "--json").out)["patterns"]["comparisons"][0]
    assert (found["days_with"], found["days_without"]) == (2, 3)


def test_a_change_of_the_plan_is_compared_by_weeks_and_names_what_else_changed(run: Run, write: Write) -> None:
    start = TODAY - timedelta(days=56)
    write(
        diary([(min(10, pain + 3) if i < 56 else max(0, pain - 1), mood) for i, (pain, mood) in enumerate(series(112))])
    )
    run("plan", "start", "duloxetine", "30mg", "daily", "--at", str(start))
    run("plan", "start", "yoga", "--therapy", "--at", str(start + timedelta(days=10)))
    shown = " ".join(run("helps", "duloxetine").out.split())
    assert "duloxetine started (30 mg, once a day)" in shown
    assert re.search(r"Pain averaged \d\.\d in the 8 weeks before and \d\.\d in the 8 weeks from that day on\.", shown)
    assert re.search(r"likely \d\.\d to \d\.\d: (much )?better, [a-z ]+ at the cautious end", shown)
    assert "In the same weeks: yoga started" in shown
    assert "Other things may have changed too." in shown
    assert "Since Fri 25 Sep" in run("helps", "--since", "2026-09-25").out


def test_helps_with_nothing_tried_says_how_to_begin(run: Run) -> None:
    run("pain", "5")
    assert "no entries of what was taken, done or changed in this period (" in run("helps").err


@pytest.mark.parametrize("name", ["evil[/b]", "a\x1b[31mred", "=cmd|x", "zero\u202ewidth"])
def test_a_hostile_name_comes_out_as_it_is_and_harmless(name: str, run: Run) -> None:
    run("pain", "5")
    run("treatment", name)
    shown = run("helps")
    assert shown.code == 0
    assert "\x1b[31m" not in shown.out
    assert "\u202e" not in shown.out


# From Python


def frame(length: int = 90) -> pd.DataFrame:
    days = series(length)
    index = pd.date_range(end=pd.Timestamp(TODAY), periods=length)
    return pd.DataFrame(days, columns=["pain", "mood"], index=index).astype(float)


def test_a_table_of_days_gives_what_the_journal_gives(run: Run, write: Write) -> None:
    write(diary(series(90)))
    printed = json.loads(run("link", "pain", "mood", "--json").out)["patterns"]
    found = patterns_of(frame(), pairs=[("pain", "mood")])
    for link, known in zip(found.links, printed["links"], strict=True):
        assert link.estimate is not None
        assert link.estimate.value == pytest.approx(known["estimate"]["value"], abs=1e-6)
        assert link.estimate.q == pytest.approx(known["estimate"]["q"], abs=1e-6)
        assert link.verdict == known["verdict"]
    assert len(found.profiles[0].lags) == 7


def test_a_table_takes_treatments_changes_and_columns_of_any_name() -> None:
    days = frame()
    days["vas"] = days["pain"] * 10 + np.arange(90) % 7
    days["swimming"] = (np.arange(90) * 7 % 10 < 4).astype(float)
    days.loc[days.index[3], "swimming"] = np.nan
    found = patterns_of(
        days,
        pairs=[("vas", "mood")],
        treatments={"swimming": "chosen"},
        changes={days.index[45].date(): "new bed"},
    )
    assert (found.comparisons[0].days_with, found.comparisons[0].days_without) == (35, 54)
    assert found.turns[0].changes == ("new bed",)
    assert found.links[0].per == 5
    assert found.links[0].verdict == "clear"


def test_a_table_takes_ratings_before_a_treatment_and_how_many_a_day_rests_on() -> None:
    days = frame(120)
    chance = np.random.default_rng(5)
    days["began"] = np.clip(days["pain"] + chance.integers(-1, 2, 120), 0, 10)
    days["heat"] = (days["began"] + chance.normal(size=120) > 5.5).astype(float)
    days["ratings"] = chance.integers(1, 5, 120).astype(float)
    rated, plain = (
        patterns_of(days, pairs=[("pain", "mood")], treatments={"heat": how}, counts={"pain": "ratings"}).comparisons[0]
        for how in (RatedBefore("began"), "chosen")
    )
    assert (rated.rated_before, plain.rated_before, rated.days_with) == (True, False, plain.days_with)
    assert rated.estimate is not None
    assert plain.estimate is not None
    assert rated.estimate.value + 0.5 < plain.estimate.value, "worse mornings pass for worse days with it"
    assert plain.verdict != "clear"
    with pytest.raises(BadInput, match="began is 0 to 10, not"):
        patterns_of(days.assign(began=99.0), treatments={"heat": RatedBefore("began")})


def test_gaps_and_the_order_of_rows_do_not_matter() -> None:
    days = frame().drop(frame().index[10:20])
    shuffled = days.sample(frac=1, random_state=3)
    shuffled.index = pd.Index([stamp.date() for stamp in shuffled.index])
    assert patterns_of(shuffled, pairs=[("pain", "mood")]) == patterns_of(days, pairs=[("pain", "mood")])
    assert patterns_of(days).links[0].basis.used == 80


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda f: f.reset_index(drop=True), "not of calendar days"),
        (lambda f: f.iloc[:0], "not of calendar days"),
        (lambda f: pd.concat([f, f.iloc[:1]]), "a day twice"),
        (lambda f: f.assign(pain="much"), "holds what is not a number"),
        (lambda f: f.drop(columns="pain"), "'pain' is not a column"),
        (lambda f: f.assign(swim=2.0), "'swim' is a treatment, so it holds 1, 0 and gaps only"),
        (lambda f: f.assign(pain=f["pain"] * 10), "pain is 0 to 10, not"),
    ],
)
def test_a_table_that_is_not_of_days_is_refused(spoil: Callable[[pd.DataFrame], pd.DataFrame], said: str) -> None:
    spoiled = spoil(frame())
    with pytest.raises(BadInput, match=said):
        patterns_of(spoiled, pairs=[("pain", "mood")], treatments={"swim": "chosen"} if "swim" in spoiled else None)


def test_how_a_treatment_was_taken_and_when_something_changed_have_to_be_understood() -> None:
    days = frame().assign(swim=1.0, note="text is no matter")
    with pytest.raises(BadInput, match="'swim' is chosen or as needed, not 'prn'"):
        patterns_of(days, treatments={"swim": "prn"})  # type: ignore[dict-item]
    with pytest.raises(BadInput, match="'soon' is not a day"):
        patterns_of(days, changes={"soon": "new bed"})  # type: ignore[dict-item]
    with pytest.raises(BadInput, match="NaT is not a day"):
        patterns_of(days, changes={pd.NaT: "new bed"})  # type: ignore[dict-item]
    assert patterns_of(days, changes={pd.Timestamp("2026-10-10"): "new bed"}).turns[0].changes == ("new bed",)


def test_the_manuals_lines_of_python_run(capsys: pytest.CaptureFixture[str]) -> None:
    days = frame().assign(swimming=(np.arange(90) % 3 == 0), ibuprofen=(np.arange(90) % 5 == 0))
    block = next(each for each in read_page("python") if isinstance(each, Code))
    exec("\n".join(block.lines), {"days": days})
    assert capsys.readouterr().out.startswith("pain mood same day clear Estimate(value=-0.")


@pytest.mark.parametrize(
    "command",
    [
        ["link", "pain", "mood", "--period", "28d"],
        ["link", "--from", "1 oct", "--to", "today"],
        ["helps", "--on", "mood", "--period", "3m"],
        ["helps", "--since", "1 nov"],
    ],
)
def test_the_way_to_the_computation_asks_the_same_again(command: list[str], run: Run, write: Write) -> None:
    write([*diary(series(90)), "1 nov did physio", "2 nov did physio"])
    how = run(*command).out.rpartition("How: ")[2].split()
    assert shlex.split(" ".join(how)) == ["painlog", *command, "--explain"]


def test_each_line_that_is_offered_where_nothing_is_can_be_run(run: Run, path: Path) -> None:
    """Names of two words stood in them without quotes, so that the shell gave painlog two names."""
    run("track", "add", "brain", "fog")
    run("log", "brain", "fog", "4")
    early = ("--from", "2026-01-01", "--to", "2026-02-01")
    offered = [run("helps", "--on", "brain fog", *early).err, run("link", "pain", "brain fog", *early).err]
    lines = [re.findall(r"\(painlog (.*)\)", text.replace("\n", " ")) for text in offered]
    svg = run("chart", "brain fog", "-o", "fog.png").err.replace("\n", " ")
    lines.append([svg.partition(".svg: painlog ")[2].replace("chart.svg", str(path.with_name("chart.svg")))])
    for found in lines:
        assert len(found) == 1
        assert run(*shlex.split(found[0])).code == 0, found


def test_figures_count_one_day_as_one(run: Run) -> None:
    run("log", "pain 4, mood 5")
    assert "not computed (too few), n = 1 day\n" in run("link", "pain", "mood", "--explain").out
