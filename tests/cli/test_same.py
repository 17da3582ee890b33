"""The last day's ratings again, and the medicines that the plan has for a day."""

from pathlib import Path

import pytest

from painlog.storage.journal import Journal
from tests.conftest import NOW, Run
from tests.support.terminals import typed


@pytest.fixture(autouse=True)
def lived(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two days of ratings, the second with two pains, and two medicines in the plan, one of them twice a day."""
    path.parent.mkdir(exist_ok=True)
    monkeypatch.setenv("PAINLOG_CONFIG", str(path.with_name("config.toml")))
    for line in (
        *("track add fog", "plan start duloxetine 60mg daily --at 2026-11-10", "log mon mood 1, fog 9"),
        *(
            "plan start pregabalin 75mg twice a day --at 2026-11-10",
            "log tue 09:00 pain 3",
            "log tue 20:00 pain 6 neck",
        ),
        *("log tue mood 4 worry 3 hopeless 9", "log tue slept 5h", "dose pregabalin 75mg --at 08:00"),
    ):
        assert run(*line.split()).code == 0, line


def of_today(path: Path) -> list[str]:
    with Journal.look(path, NOW) as journal:
        return sorted(entry.text for entry in journal.entries() if entry.day == NOW.date() and entry.kind != "tracked")


BEFORE = ["dose pregabalin, 75 mg", "measure fog: 0 none … 10 as much as can be"]


def test_the_last_day_with_ratings_is_repeated_without_its_words(path: Path) -> None:
    """A rating stays that of its place; nights and what is older are not said of today; hopelessness shows help."""
    code, screen = typed(path, [("leaves it.", "\n"), ("duloxetine", "t"), ("pregabalin", "s")], "same")
    assert code == 0, screen
    assert "As on Tue 17 Nov: mood 4, worry 3, hopelessness 9, pain 6, neck" in " ".join(screen.split())
    assert of_today(path) == sorted([
        *BEFORE,
        "dose duloxetine, 60 mg, scheduled",
        "dose skipped pregabalin, scheduled",
        "mood 4, worry 3, hopelessness 9",
        "pain 6, neck",
    ])
    assert "painlog help-now" in screen
    with Journal.look(path, NOW) as journal:
        changes = journal.history.changes()
        last = [row for row in changes if row[1] == changes[-1][1]]
        assert sorted(row[5] for row in last) == ["cli", "cli", "same", "same"]  # two doses were said


def test_pains_of_several_places_stay_apart(path: Path, run: Run) -> None:
    assert run("log", "wed 09:00 knee 5, back 7").code == 0
    code, screen = typed(path, [("leaves it.", "\n"), ("duloxetine", "\n"), ("pregabalin", "\n")], "same")
    assert (code, of_today(path)) == (0, sorted([*BEFORE, "pain 5, knee", "pain 7, back"])), screen


def test_what_was_said_takes_the_place_of_its_kind(path: Path, run: Run) -> None:
    code, screen = typed(path, [("leaves it.", "\n"), ("duloxetine", "\n"), ("pregabalin", "l")], "same", "pain", "8")
    assert (code, of_today(path)) == (0, sorted([*BEFORE, "mood 4, worry 3, hopelessness 9", "pain 8"])), screen
    run("undo")
    assert of_today(path) == BEFORE


def test_a_shortcut_stands_for_its_line_here_too(path: Path, run: Run) -> None:
    run("short", "add", "awful", "pain", "9")
    assert run("same", "awful").code == 0
    assert "pain 9" in of_today(path)


def test_no_leaves_everything(path: Path) -> None:
    code, screen = typed(path, [("leaves it.", "n")], "same", "pain", "8")
    assert (code, of_today(path), "nothing was recorded" in screen) == (2, BEFORE, True)


def test_without_a_terminal_only_what_was_named_is_recorded(path: Path, run: Run) -> None:
    assert run("same", "pain", "8").code == 0
    assert of_today(path) == sorted([*BEFORE, "pain 8"])
    ran = run("same")
    assert (ran.code, "name the ratings, as in: painlog same pain 8" in ran.err) == (2, True)


def test_a_checkin_asks_for_each_dose_of_the_plan_and_enter_never_means_taken(path: Path) -> None:
    keys = [("1/8", "6\n\n\n\n\n\n"), ("duloxetine", "\n"), ("pregabalin", "t")]
    code, screen = typed(path, keys, "checkin", "evening")
    assert code == 0, screen
    assert "dose pregabalin, 75 mg, scheduled" in of_today(path)
    assert not [text for text in of_today(path) if "duloxetine" in text]


def test_what_is_due_rarely_is_asked_on_its_day(run: Run, path: Path) -> None:
    """A weekly medicine is due a week after it was last recorded, whenever that was."""
    run("plan", "stop", "duloxetine")
    run("plan", "stop", "pregabalin")
    run("plan", "start", "metoject", "15mg", "weekly", "--at", "2026-11-02")
    run("dose", "metoject", "15mg", "--at", "2026-11-11")
    code, screen = typed(path, [("leaves it.", "\n"), ("metoject", "l")], "same")
    assert (code, "metoject" in screen) == (0, True)
    run("dose", "metoject", "15mg", "--at", "2026-11-16")
    code, screen = typed(path, [("leaves it.", "\n")], "same")
    assert (code, "metoject" in screen) == (0, False)


def test_the_page_counts_values_taken_over_apart_and_none_that_was_said(run: Run, path: Path) -> None:
    """What is said in the line, and a dose that is answered, are as honest as any; counted, they would look copied."""
    assert "painlog same" not in run("week").out
    run("same", "pain", "8")
    assert "painlog same" not in run("week").out
    code, screen = typed(path, [("leaves it.", "\n"), ("duloxetine", "t"), ("pregabalin", "\n")], "same", "pain", "7")
    assert code == 0, screen
    assert {"mood 4, worry 3, hopelessness 9", "pain 7", "dose duloxetine, 60 mg, scheduled"} <= {*of_today(path)}
    assert "1 entry as on the last day recorded (painlog same)" in " ".join(run("week").out.split())
