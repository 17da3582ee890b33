"""A trial by lot from its start to its one look: what is drawn, what is refused, and that days ahead stay unknown."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from painlog.cli.record import trial
from painlog.domain.entries import Draft
from painlog.domain.kinds.activity import TRIAL
from painlog.domain.language.dates import Moment
from painlog.domain.trials import find_trials
from tests.conftest import Device, Run, Write

At = Callable[[str], None]
FIRST = date(2026, 11, 19)


def words(text: str) -> str:
    return " ".join(text.split())


def noon(day: date) -> str:
    return f"{day}T12:00:00+01:00"


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lot 0b101101 for six pairs: with, without; without, with; with, without; with, without; …"""
    monkeypatch.setattr(trial, "randbits", lambda pairs: 0b101101 & ((1 << pairs) - 1))


def test_a_trial_runs_to_its_one_look(run: Run, at: At) -> None:
    """Pain is 3 on days with and 5 on days without, but for one of each; the lot is the one above."""
    started = run("trial", "start", "Evening walk", "--days", "12")
    assert "trial start: Evening walk, on pain, 12 days" in started.out
    assert "0 days with pain are too few to say how long it takes on yours" in words(started.err)
    ways = []
    for number in range(12):
        at(noon(FIRST + timedelta(number)))
        shown = run("trial").out
        assert f"day {number + 1} of 12" in shown
        with_it = "with Evening walk" in shown
        ways.append(with_it)
        if number in (0, 11):
            assert words(shown) in words(run("due").out)
        run("trial", "today", "done" if with_it and number else "not")
        run("pain", "4" if number in (2, 3) else "3" if with_it else "5")
        if number in (0, 11):
            assert "(then painlog" not in words(run("trial").out)
            assert "by lot" not in run("due").out
            refused = run("trial", "result")
            assert (refused.code, refused.out) == (2, "")
            assert "the result is there on Tue 1 Dec" in refused.err
    assert ways == [True, False, False, True, True, False, True, False, False, True, True, False]
    at(noon(FIRST + timedelta(12)))
    assert "is over; its result: painlog trial result" in words(run("trial").out)
    found = run("trial", "result")
    assert found.out == run("trial", "result").out  # the redraws too are part of the lot
    said = words(found.out)
    assert "Trial by lot: Evening walk and pain, Thu 19 Nov – Mon 30 Nov" in said
    assert re.search(r"Drawn by lot: on 6 days with Evening walk, pain was 1\.\d lower than on 6 without", said)
    assert re.search(r"Chance alone would do this [1-9] times in 100\.", said)
    assert "Kept as drawn on 11 of 12 days" in said
    assert "You knew which days they were, so part may be expectation." in said
    assert not re.search(r"cause|because|helps|works|should|missed|failed", said)
    as_json = json.loads(run("trial", "result", "--json").out)["trial"]
    assert (as_json["mean_with"], as_json["days_with"], as_json["kept"]) == (pytest.approx(19 / 6), 6, 11)
    page = words(run("report", "--period", "28d").out)
    assert "Trial to decide: Evening walk, by lot, on pain, 12 days until Mon 30 Nov" in page.replace("TRIAL", "Trial")
    assert "Evening walk" not in run("report", "--period", "28d", "--redact", "notes").out
    assert run("trial", "start", "stretching").code == 0


def test_days_ahead_are_not_shown_and_the_lot_is_one_entry(run: Run, other: Device, shared: Path) -> None:
    """It is undone as one, travels as it was drawn, and no screen writes a day ahead."""
    run("pain", "5")
    assert run("trial").err.startswith("there is no trial; painlog trial start")
    run("trial", "start", "evening walk")
    run("undo")
    assert "there is no trial" in run("trial").err
    run("redo")
    today = run("trial").out
    for line in ("list", "show last trial", "history last trial", "plan", "report"):
        ran = run(*line.split())
        assert ran.code == 0, line
        assert not re.search(r"lot [0-9a-f]{2}|without evening walk", ran.out), line
    run("sync", str(shared))
    other("sync", str(shared))
    assert other("trial").out == today
    other("trial", "today", "done")
    other("sync", str(shared))
    run("sync", str(shared))
    assert "; done" in run("trial").out
    wide, table = run("export", "jsonl").out, run("export", "csv", "--layout", "long", "--period", "all").out
    assert '"lot": "2d"' in wide or '"lot":"2d"' in wide
    assert "evening walk" not in table
    assert run("edit", "last", "trial", "--set", "outcome=mood").code != 0
    assert run("trial", "today", "done", "--at", "18 nov").err.startswith(
        "painlog: Wed 18 Nov 2026 is no day of a trial"
    )


def test_a_pause_begins_with_the_next_pair_and_moves_the_end(run: Run, at: At) -> None:
    run("pain", "5")
    run("trial", "start", "box", "breathing", "--days", "12")
    assert "the pair of days under way counts as drawn" in words(run("trial", "pause").err)
    assert run("trial", "pause").code == 2
    assert "day 1 of 12" in run("trial").out
    at(noon(FIRST + timedelta(1)))
    assert "day 2 of 12" in run("trial").out  # else bad days with would be left out
    at(noon(FIRST + timedelta(4)))
    assert "is paused; painlog trial resume" in words(run("trial").out)
    assert "after its last day (it is paused)" in run("trial", "result").err
    assert "day 3 of 12" in run("trial", "resume").out
    assert "the result is there on Thu 3 Dec" in run("trial", "result").err  # 1 Dec and two days later
    ended = run("trial", "stop")
    assert (ended.code, ended.err) == (0, "")
    assert "was ended on Mon 23 Nov; what you recorded stays" in words(run("trial").out)
    assert (run("trial", "result").code, run("trial", "result").out) == (2, "")
    assert "TRIAL" not in run("report").out


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("walk --days 10", "6 pairs are the least, so: --days 12"),
        ("walk --days 8d", "painlog: 8 days are too few to tell anything"),
        ("walk --days 57", "an even number of days, 12 to 168, not 57"),
        ("walk --days 170", "an even number of days"),
        ("walk --days soon", "an even number of days"),
        ("walk --on nonsense", "'nonsense' is not something painlog keeps numbers of"),
        ("walk --over-days", "days drawn one by one would hide it"),
        ("pacing", "days drawn one by one would hide it"),
        ("bedtime routine", "only the night after can show it: --on sleep"),
        ("heat pack", "numb, has a poor blood supply, or has a medicine's patch"),
        ("gardening", "painlog does not know these words"),
        ("ibuprofen", "please talk to your doctor or pain team about it"),
    ],
)
def test_what_a_trial_cannot_tell_or_must_not_draw_is_refused_with_what_would_do(
    line: str, says: str, run: Run
) -> None:
    refused = run("trial", "start", *line.split())
    assert (refused.code, refused.out) == (2, ""), refused
    assert says in words(refused.err)
    assert refused.err.count("\n") == 1
    assert run("trial").err.startswith("there is no trial")


def test_heat_is_asked_about_and_refused_beside_a_patch(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("trial", "start", "heat", "--checked", "--dry-run").code == 0
    asked: list[str] = []
    monkeypatch.setattr(trial, "is_there_somebody", lambda: True)
    monkeypatch.setattr(trial, "decide", lambda question: asked.append(question) or False)  # type: ignore[func-returns-value]
    assert run("trial", "start", "heat").code == 2
    assert "poor blood supply" in asked[0]
    run("trial", "start", "heat", "--checked")
    run("dose", "lidocaine patch", "700mg")
    held = run("trial")
    assert (held.out, "a patch is recorded here" in words(held.err)) == ("", True)
    assert "by lot" not in run("due").out
    run("trial", "stop")
    assert "a patch is recorded here" in run("trial", "start", "cold pack", "--checked").err
    run("dose", "fentanyl", "--route", "patch", "25mcg")
    assert "a patch is recorded here" in run("trial", "start", "warm bath", "--checked").err
    assert run("trial", "start", "evening walk").code == 0
    again = run("trial", "start", "stretching")
    assert "a trial of evening walk is under way" in again.err


def test_what_was_recorded_or_planned_is_never_drawn(run: Run) -> None:
    run("dose", "Vitamorphin forte", "2 sachets")
    run("plan", "start", "nordic walking", "twice a week", "--therapy")
    run("plan", "goal", "Tai chi in the park")
    run("treatment", "aquajogging")
    for name in ("vitamorhpin at night", "morning nordic", "evening walk", "tai chi", "aqua jogging"):
        refused = run("trial", "start", name, "--checked")
        assert (refused.code, refused.out) == (2, ""), name
        assert "talk to your doctor" in refused.err, name
    run("log", "did meditation")  # a listed thing that was only done
    assert run("trial", "start", "meditation").code == 0


def test_the_length_is_planned_from_ones_own_days(run: Run, write: Write) -> None:
    """Restless days need a longer trial than quiet ones."""
    days = [datetime.fromisoformat("2026-09-20").date() + timedelta(i) for i in range(60)]
    write([f"{day} pain {4 + (i * i + i // 3) % 3}" for i, day in enumerate(days)])
    quiet = words(run("trial", "start", "walk", "--dry-run").err)
    write([f"{day} mood {(i * i + i // 3) % 5 * 2}" for i, day in enumerate(days)])
    restless = words(run("trial", "start", "walk", "--on", "mood", "--dry-run").err)
    found = [re.search(r"in 8 of 10 it takes (\d+) days", said) for said in (quiet, restless)]
    assert "On your days of pain, a difference of 1 point would show in" in quiet
    assert "nothing was recorded (--dry-run)" in quiet
    assert found[0]
    assert found[1] is None or int(found[1][1]) > int(found[0][1])


def test_where_days_cannot_tell_a_trial_is_offered_and_never_of_a_medicine(run: Run) -> None:
    for day in ("10 nov", "12 nov", "14 nov"):
        run("log", f"{day} took walkazepam 5mg, pain 5, mood 5")
    assert "trial" not in run("helps").out
    run("log", "10 nov did physio")
    assert "trial" not in run("helps").out
    run("treatment", "box breathing", "--at", "12 nov")
    assert "tell more of box breathing: painlog trial start 'box breathing' --on pain" in words(run("helps").out)
    assert "days drawn by lot can tell: painlog trial" in words(run("link", "pain", "mood").out + run("link").out)


def test_what_another_device_left_half_begins_no_trial() -> None:
    whole = {"name": "walk", "step": "start", "outcome": "pain", "lasts": 12, "lot": "2d"}
    moment = Moment(FIRST, None, "")
    assert [each.pairs for each in find_trials([Draft(TRIAL, moment, whole)])] == [6]
    for name, value in (("lot", 5), ("lot", "zz"), ("lasts", "x"), ("lasts", 1e9), ("name", None), ("outcome", [])):
        assert find_trials([Draft(TRIAL, moment, whole | {name: value})]) == [], name
    assert find_trials([Draft(TRIAL, moment, {"name": "walk", "step": "start"})]) == []
