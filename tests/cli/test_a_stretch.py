"""Four months of one person, worked out by hand: what lies ahead, two flares, a pause, clocks and zones.

Undone one by one to nothing, redone the same, and the same on another device.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import Device, Run

At = Callable[[str], None]
Type = Callable[..., None]
STEPS: tuple[tuple[str, str], ...] = (  # when, and what is typed; what stands after a bar is answered
    ("2026-08-03T09:00:00+02:00", "plan start duloxetine 30mg daily"),
    ("2026-08-03T09:01:00+02:00", "plan flare heat rest"),
    ("2026-08-03T09:02:00+02:00", "plan signs shortsleep"),
    ("2026-08-03T09:03:00+02:00", "plan matters choir"),
    ("2026-08-03T09:04:00+02:00", "plan goal Walk --often daily"),
    ("2026-08-03T09:05:00+02:00", "treatment physio --ahead every-tue-10:00"),
    ("2026-08-03T09:06:00+02:00", "visit plan Weber 20-aug-10:30"),
    ("2026-08-04T12:00:00+02:00", "log did physio 45m, pain 6"),
    ("2026-08-05T20:00:00+02:00", "log did choir 2h, pain 3"),
    ("2026-08-06T20:00:00+02:00", "flare start"),
    ("2026-08-09T20:00:00+02:00", "flare end --note heat"),
    ("2026-08-09T20:01:00+02:00", "ask-doctor May-I-drive?"),
    ("2026-08-09T20:02:00+02:00", "ask-doctor Why-at-night?"),
    ("2026-08-10T20:00:00+02:00", "treatment physio --ahead 11-aug --cancelled"),
    ("2026-08-20T11:30:00+02:00", "visit done|Yes||change duloxetine 60mg|more walking|"),
    ("2026-08-20T11:35:00+02:00", "visit plan Lee 30-oct-9:00"),
    ("2026-09-01T08:00:00+02:00", "pause 10d holiday"),
    ("2026-09-12T20:00:00+02:00", "checkin evening|||||||t||p"),
    ("2026-10-24T22:00:00+02:00", "flare start"),  # before the clocks go back
    ("2026-10-26T22:00:00+01:00", "flare end"),
    ("2026-10-30T14:00:00+09:00", "visit done Lee||no change|"),  # in Tokyo that day, at 06:00 of Berlin's
    ("2026-11-02T20:00:00+01:00", "visit plan Weber 1-dec-9:00"),
    ("2026-11-18T20:00:00+01:00", "log did choir, pain 4"),
    ("2026-11-18T20:01:00+01:00", "plan stop walk --let-go --note knees"),
)


def live_it(run: Run, at: At, type_lines: Type) -> None:
    for clock, typed in STEPS:
        words, *answers = typed.split("|")
        at(clock)
        type_lines(*answers)
        ran = run(
            *(word.replace("-", " ") if word[:2] != "--" and word[:3] != "ask" else word for word in words.split())
        )
        assert ran.code == 0, (typed, ran.err)


def figures(run: Run) -> dict[str, Any]:
    """What is shown of all of it."""
    page = json.loads(run("report", "--period", "all", "--json").out)["report"]
    lines = {line: run(*line.split()).out for line in ("plan", "due --json", "ask-doctor", "plan flare")}
    return {"page": page, **lines, "table": run("export", "csv", "--layout", "long", "--period", "all").out}


def test_every_figure_is_the_one_worked_out_by_hand(
    run: Run, other: Device, at: At, type_lines: Type, tmp_path: Path
) -> None:
    live_it(run, at, type_lines)
    at("2026-11-19T14:05:00+01:00")
    found = figures(run)
    page = found["page"]
    # 4 Aug to 18 Nov are 28 + 30 + 31 + 18 days; lived ones are 4, 5, 6 and 9 Aug, 12 Sep, 24 and 26 Oct, 18 Nov
    assert (page["kept"]["of"], page["kept"]["days"], page["kept"]["paused"]) == (107, 8, 10)
    assert [(each["start"], each["end"]) for each in page["flares"]] == [
        ("2026-08-06", "2026-08-09"),
        ("2026-10-24", "2026-10-26"),
    ]
    assert page["matters"][0]["days"] == 2
    assert [(each["name"], each["done"], each["planned"]) for each in page["treatments"]] == [("physio", 1, 0)]
    assert page["agreed"] == ["no change"]
    goal = page["plan"]["goals"][0]
    assert (goal["item"]["name"], goal["partly"], goal["in_force"]) == ("Walk", 1, False)
    assert page["plan"]["followed"][0]["item"]["amount"] == "60 mg"
    due = json.loads(found["due --json"])["due"]
    assert [(each["name"], each["day"], each["clock"]) for each in due["ahead"]] == [
        ("physio", "2026-11-24", "10:00"),
        ("Weber", "2026-12-01", "09:00"),
    ]
    assert due["passed"] == []
    assert [line[-13:] for line in found["ask-doctor"].splitlines()] == ["Why at night?"]
    count = 0
    while run("undo").code == 0:
        count += 1
    assert (count, run("list", "--period", "all").out) == (len(STEPS), "")
    while run("redo").code == 0:
        count -= 1
    assert (count, figures(run)) == (0, found)
    whole = tmp_path / "whole.jsonl"
    run("export", "jsonl", "-o", str(whole))
    assert other("import", str(whole), "--yes").code == 0
    assert figures(other) == found
