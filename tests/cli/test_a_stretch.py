"""Half a year of one person, worked out by hand: what lies ahead, two flares, a pause, clocks and zones, every dose.

Undone one by one to nothing, redone the same, and the same on another device by a file and by a shared folder.
"""

import csv
import io
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Device, Ran, Run

Type = Callable[..., None]
Travel = Callable[[str], None]
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
    (
        "2026-08-06T20:05:00+02:00",
        "log -" + "".join(f"|{when}:00 took duloxetine 30mg" for when in ("3 aug 8", "4 aug 8", "4 aug 20", "5 aug 8"))
        + "|skipped duloxetine",
    ),
    ("2026-08-09T20:00:00+02:00", "flare end --note heat"),
    ("2026-08-09T20:01:00+02:00", "ask-doctor May-I-drive?"),
    ("2026-08-09T20:02:00+02:00", "ask-doctor Why-at-night?"),
    ("2026-08-10T20:00:00+02:00", "treatment physio --ahead 11-aug --cancelled"),
    ("2026-08-20T11:30:00+02:00", "visit done|Yes||change duloxetine 60mg|more walking|"),
    ("2026-08-20T11:35:00+02:00", "visit plan Lee 30-oct-9:00"),
    ("2026-09-01T08:00:00+02:00", "pause 10d holiday"),
    ("2026-09-12T20:00:00+02:00", "checkin evening|||||||t||p"),
    (
        "2026-09-19T21:00:00+02:00",
        "log -" + "".join(f"|{day} sep 08:00 took duloxetine 60mg" for day in range(13, 20))
        + "".join(f"|{day} sep 20:00 took duloxetine 60mg" for day in (15, 17)),
    ),
    ("2026-10-04T09:00:00+02:00", "plan stop duloxetine"),
    ("2026-10-08T09:00:00+02:00", "plan start duloxetine 60mg daily"),
    ("2026-10-24T22:00:00+02:00", "flare start"),  # before the clocks go back
    ("2026-10-25T02:30:00+02:00", "dose duloxetine"),  # belongs to the evening of the 24th
    ("2026-10-25T23:30:00+01:00", "dose duloxetine"),
    ("2026-10-26T22:00:00+01:00", "flare end"),
    ("2026-10-26T22:01:00+01:00", "dose duloxetine"),
    ("2026-10-30T14:00:00+09:00", "visit done Lee||no change|"),  # in Tokyo, at 06:00 of Berlin's
    ("2026-10-30T14:01:00+09:00", "dose duloxetine"),
    ("2026-10-31T07:00:00+09:00", "dose duloxetine"),  # in Berlin it is the 30th still
    ("2026-11-01T09:00:00+01:00", "plan start pregabalin 75mg twice a day"),
    ("2026-11-02T20:00:00+01:00", "visit plan Weber 1-dec-9:00"),
    (
        "2026-11-05T21:00:00+01:00",
        "log -" + "".join(
            f"|{day} nov {hour}:00 took pregabalin 75mg"
            for day, hour in ((2, 8), (2, 20), (3, 8), (4, 8), (4, 14), (4, 20))
        ) + "|skipped pregabalin",
    ),
    ("2026-11-10T09:00:00+01:00", "plan start ibuprofen 400mg prn at most 3 a day"),
    ("2026-11-15T16:00:00+01:00", "log -|08:00 took ibuprofen|12:00 took ibuprofen|16:00 took ibuprofen"),
    ("2026-11-15T20:00:00+01:00", "dose ibuprofen --note late"),
    ("2026-11-18T20:00:00+01:00", "log did choir, pain 4"),
    ("2026-11-18T20:01:00+01:00", "plan stop walk --let-go --note knees"),
    ("2026-12-01T09:30:00+01:00", "visit done|Nerves|change pregabalin daily|sleep diary|"),
    (
        "2026-12-13T21:00:00+01:00",
        "log -" + "".join(f"|{day} dec 09:00 took duloxetine 60mg" for day in range(1, 11))
        + "|3 dec 20:00 took duloxetine 60mg|12 dec skipped duloxetine|skipped duloxetine"
        "|1 dec 08:00 took pregabalin 75mg|1 dec 20:00 took pregabalin 75mg|2 dec 08:00 took pregabalin 75mg",
    ),
    ("2027-01-10T09:00:00+01:00", "plan stock duloxetine 30"),
    ("2027-01-20T09:00:00+01:00", "plan stop pregabalin"),
    ("2027-01-20T09:01:00+01:00", "visit plan Lee 12-mar-9:00"),
    ("2027-02-02T20:00:00+01:00", "log took duloxetine 60mg, pain 5"),
)  # fmt: skip
# after the line typed at an instant: medicines with a dose not recorded, of how many, boxes that end; what is ahead
DUE = {
    "2026-08-10T20:00:00+02:00": (1, 1, 0, ["physio 2026-08-18 10:00", "Weber 2026-08-20 10:30"]),  # the 11th is off
    "2026-08-20T11:35:00+02:00": (1, 1, 0, ["physio 2026-08-25 10:00", "Lee 2026-10-30 09:00"]),
    "2026-09-01T08:00:00+02:00": (1, 1, 0, ["physio 2026-09-01 10:00", "Lee 2026-10-30 09:00"]),  # in the pause too
    "2026-10-04T09:00:00+02:00": (0, 0, 0, ["physio 2026-10-06 10:00", "Lee 2026-10-30 09:00"]),
    "2026-10-31T07:00:00+09:00": (0, 1, 0, ["physio 2026-11-03 10:00"]),
    "2026-11-05T21:00:00+01:00": (2, 2, 0, ["physio 2026-11-10 10:00", "Weber 2026-12-01 09:00"]),
    "2026-12-01T09:30:00+01:00": (2, 2, 0, ["physio 2026-12-01 10:00"]),
    "2027-01-10T09:00:00+01:00": (2, 2, 0, ["physio 2027-01-12 10:00"]),
    "2027-02-02T20:00:00+01:00": (
        0,
        1,
        1,
        ["physio 2027-02-02 10:00", "Lee 2027-03-12 09:00"],
    ),  # that day is ahead to its end
}
# name, first and last day, due, taken, extra, skipped, not recorded
COURSES = [
    # 3 Aug to 3 Oct: 29 + 30 + 3. Taken on 3, 4 and 5 Aug and from 12 to 19 Sep, twice on 4 Aug, 15 and 17 Sep
    ("duloxetine", "2026-08-03", "2026-10-03", 62, 11, 3, 1, 50),
    # 8 Oct to 2 Feb: 24 + 30 + 31 + 31 + 2. 24, 25, 26, 30, 31 Oct, 1 to 10 Dec (the 3rd twice), 2 Feb
    ("duloxetine", "2026-10-08", "2027-02-02", 118, 16, 1, 2, 100),
    # November 30 times two, then 31 + 19 once. 2, 1 and 3 doses on 2 to 4 Nov, 2 and 1 on 1 and 2 Dec
    ("pregabalin", "2026-11-01", "2027-01-19", 110, 7, 2, 1, 102),
]
NOTICES = {
    "2026-10-24T22:00:00+02:00": "1. heat 2. rest What you wrote at the end of the last ones: heat",
    "2026-11-15T20:00:00+01:00": "your plan says at most 3 in a day; this is the 4th recorded.",
    "2027-01-10T09:00:00+01:00": "last until Mon 8 Feb by your plan, not by what was taken",
}


@pytest.fixture
def travel(at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> Travel:
    """Be somewhere at an instant: in Tokyo where its offset is Tokyo's, else in Berlin."""

    def go(clock: str) -> None:
        monkeypatch.setenv("TZ", "Asia/Tokyo" if clock.endswith("+09:00") else "Europe/Berlin")
        time.tzset()
        at(clock)

    return go


def live_it(run: Run, travel: Travel, type_lines: Type) -> None:
    """Type all of it, and look at what is due on the way."""
    for clock, typed in STEPS:
        words, *answers = typed.split("|")
        travel(clock)
        type_lines(*answers)
        ran = run(
            *(word if word[0] == "-" or word == "ask-doctor" else word.replace("-", " ") for word in words.split())
        )
        assert ran.code == 0, (typed, ran.err)
        if clock in DUE:
            assert due_now(run) == DUE[clock], clock
        words_said = NOTICES.get(clock, "")
        assert words_said in " ".join(ran.err.split()), clock


def due_now(run: Run) -> tuple[int, int, int, list[str]]:
    """Return what ``due`` counts of medicines, and what it has ahead."""
    due = json.loads(run("due", "--json").out)["due"]
    assert due["passed"] == []
    counts = due["medicines"] or {"unrecorded": 0, "scheduled": 0, "ending": 0}
    ahead = [f"{each['name']} {each['day']} {each['clock']}" for each in due["ahead"]]
    return counts["unrecorded"], counts["scheduled"], counts["ending"], ahead


def figures(run: Run) -> dict[str, Any]:
    """What is shown of all of it."""
    page = json.loads(run("report", "--period", "all", "--json").out)["report"]
    lines = {line: run(*line.split()).out for line in ("plan", "due --json")}
    tables = {layout: run("export", "csv", "--layout", layout, "--period", "all").out for layout in ("long", "daily")}
    return {"page": page, **lines, **tables}


def test_every_figure_is_the_one_worked_out_by_hand(
    run: Run, other: Device, travel: Travel, type_lines: Type, shared: Path, tmp_path: Path
) -> None:
    live_it(run, travel, type_lines)
    travel("2027-02-03T14:05:00+01:00")
    found = figures(run)
    check_page(found["page"])
    assert due_now(run) == (1, 1, 1, ["physio 2027-02-09 10:00", "Lee 2027-03-12 09:00"])
    assert "by the plan 1 counted medicine ends within a week" in run("due").out
    assert run("ask-doctor").out == ""
    days = [*csv.DictReader(io.StringIO(found["daily"]))]
    beyond = [sum(int(day[f"scheduled_{name}"] or 0) for day in days) for name in ("extra", "skipped", "not_recorded")]
    assert beyond == [6, 4, 252]  # of the three courses together
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

    def third(*words: str) -> Ran:
        return run("--journal", str(tmp_path / "third.db"), *words)

    for device in (run, third):
        assert device("sync", str(shared)).code == 0
    assert figures(third) == found


def check_page(page: dict[str, Any]) -> None:
    """Hold every figure of the page against the table."""
    followed = [each for each in page["plan"]["followed"] if each["adherence"]]
    courses = [
        (each["item"]["name"], *each["adherence"]["period"].values(),
         *(each["adherence"][name] for name in ("due", "taken", "extra", "skipped", "unrecorded")))
        for each in followed
    ]  # fmt: skip
    assert sorted(courses) == COURSES
    # 29 + 30 + 31 + 30 + 31 + 31 + 2 days; lived ones 5 in Aug, 8 in Sep, 5 in Oct, 6 in Nov, 12 in Dec, 2 Feb
    kept = {
        "days": 37,
        "of": 184,
        "same_day": 16,
        "next_day": 3,
        "later": 18,
        "paused": 10,
        "repeated": 0,
        "imported": 0,
    }
    assert page["kept"] == kept
    assert [(each["start"], each["end"]) for each in page["flares"]] == [
        ("2026-08-06", "2026-08-09"),
        ("2026-10-24", "2026-10-26"),
    ]
    lengths = page["shape"]["flares"]
    assert (lengths["ended"], lengths["shortest"], lengths["longest"], lengths["median"]) == (2, 3, 4, None)
    pain = page["measured"]["pain"]["figures"]
    assert (pain["days"], pain["mean"], pain["low"], pain["high"]) == (4, 4.5, 3, 6)
    assert [band["days"] for band in page["shape"]["bands"]] == [1, 3, 0]
    assert [(each["name"], each["doses"], each["days"]) for each in page["medicines"]] == [
        ("duloxetine", 31, 27),
        ("pregabalin", 9, 5),
        ("ibuprofen", 4, 1),
    ]
    assert (page["matters"][0]["name"], page["matters"][0]["days"]) == ("choir", 2)
    assert [(each["name"], each["done"], each["planned"]) for each in page["treatments"]] == [("physio", 1, 0)]
    assert [each["text"] for each in page["events"] if each["sort"] == "visit"] == [
        "visit Weber",
        "visit Lee",
        "visit Weber",
    ]
    assert page["answered"] == [{"question": "Why at night?", "answer": "Nerves"}]
    assert page["agreed"] == ["change pregabalin daily", "sleep diary"]
    goal = page["plan"]["goals"][0]
    assert (goal["item"]["name"], goal["partly"], goal["in_force"]) == ("Walk", 1, False)
