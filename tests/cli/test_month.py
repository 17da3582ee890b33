"""A month of a person's life, every recording command in it: what comes out is looked at once and kept word for word.

After a change that is meant, ``pytest tests/cli/test_month.py --snapshot-update`` writes what comes out now.
"""

import io
import json
import re
import shlex
import time
from collections.abc import Callable

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.conftest import Run

BERLIN, TOKYO = "Europe/Berlin", "Asia/Tokyo"
# (clock, zone, command line); ID is the newest entry's id, a second line is what standard input gives
MONTH = (
    ("2026-10-22T09:00:00+02:00", BERLIN, "plan start duloxetine 30mg daily --reason pain"),
    ("2026-10-22T09:01:00+02:00", BERLIN, "plan start physio twice a week"),
    ("2026-10-22T09:02:00+02:00", BERLIN, 'plan start "pain group" every 2 weeks --support'),
    ("2026-10-22T09:03:00+02:00", BERLIN, "plan start ibuprofen 400mg as needed"),
    ("2026-10-22T09:04:00+02:00", BERLIN, 'plan goal "Walk to the shop"'),
    ("2026-10-22T09:05:00+02:00", BERLIN, 'track add fog --low none --high "cannot think" --better low'),
    ("2026-10-22T09:06:00+02:00", BERLIN, "track add coffee --scale count"),
    ("2026-10-22T21:00:00+02:00", BERLIN, 'pain 6 --where "low back left" --quality burning --trigger sitting'),
    ("2026-10-22T21:01:00+02:00", BERLIN, "mood 4 --worry 6 --interest 5"),
    ("2026-10-22T21:02:00+02:00", BERLIN, "dose duloxetine 30mg --scheduled"),
    ("2026-10-22T21:03:00+02:00", BERLIN, "ask peg --answers 6,7,8"),
    ("2026-10-22T21:04:00+02:00", BERLIN, "ask phq8 --answers 2,2,2,2,1,1,1,1"),
    ("2026-10-24T07:30:00+02:00", BERLIN, "sleep 23:20-06:50 --sol 45m --waso 1h --quality 2"),
    ("2026-10-24T12:00:00+02:00", BERLIN, "dose ibuprofen 400mg --before 7 --at 10:00"),
    ("2026-10-24T12:01:00+02:00", BERLIN, "dose --after 4 --at 11:30"),
    ("2026-10-24T12:02:00+02:00", BERLIN, "dose Duloxetine 30mg"),
    ("2026-10-24T20:00:00+02:00", BERLIN, "log pain 7 low back left, mood 3 worry 7, fog 6, coffee 2, coffee 1"),
    ("2026-10-25T08:00:00+01:00", BERLIN, "sleep 23:00-06:30 --quality 3"),  # the clocks went back: 8 h 30
    ("2026-10-25T08:01:00+01:00", BERLIN, "pain 3 --at 02:30 --second"),
    ("2026-10-25T20:00:00+01:00", BERLIN, "flare start --trigger overdoing --at yesterday"),
    ("2026-10-26T19:00:00+01:00", BERLIN, "checkin evening\n6\n8\n7\n3\n6\nibuprofen 400mg\n"),
    ("2026-10-27T18:00:00+01:00", BERLIN, "flare end"),
    ("2026-10-27T18:01:00+01:00", BERLIN, "treatment physio 45m --helped 6 --felt 5"),
    ("2026-10-28T18:00:00+01:00", BERLIN, "log yesterday pain average 5, pain worst 8"),
    ("2026-10-28T18:01:00+01:00", BERLIN, "activity 30m --steps 4200 --work-affected yes --did walk"),
    ("2026-10-28T18:02:00+01:00", BERLIN, "interference 5"),
    ("2026-10-28T18:03:00+01:00", BERLIN, "went-well Walked to the shop and back"),
    ("2026-10-28T18:04:00+01:00", BERLIN, "goal done"),
    ("2026-10-29T18:00:00+01:00", BERLIN, "treatment CBT --cancelled"),
    ("2026-10-29T18:01:00+01:00", BERLIN, "setback Cancelled dinner"),
    ("2026-10-29T18:02:00+01:00", BERLIN, "note typed by mistake"),
    ("2026-10-29T18:03:00+01:00", BERLIN, "delete ID"),
    ("2026-10-30T18:00:00+01:00", BERLIN, 'ask-doctor "Is 60 mg safe beside ibuprofen?"'),
    ("2026-11-03T20:00:00+09:00", TOKYO, "log pain 5 neck, mood 5, slept 6h"),
    ("2026-11-03T20:01:00+09:00", TOKYO, "dose duloxetine 30mg --at 08:00"),
    ("2026-11-04T01:30:00+09:00", TOKYO, "pain 4"),  # belongs to the evening before
    ("2026-11-05T20:00:00+09:00", TOKYO, "log mood 5, pain 9 head"),
    ("2026-11-05T20:01:00+09:00", TOKYO, "edit ID --set score=6"),
    ("2026-11-09T08:59:00+01:00", BERLIN, 'visit "Dr Weber" --at "yesterday 16:30" --note "60 mg from now on"'),
    ("2026-11-09T09:00:00+01:00", BERLIN, "plan change duloxetine 60mg --at yesterday"),
    ("2026-11-09T09:01:00+01:00", BERLIN, 'plan stop "pain group"'),
    ("2026-11-10T20:00:00+01:00", BERLIN, "log took duloxetine 60mg, pain 4 low back left, mood 6 worry 4, fog 3"),
    ("2026-11-12T20:00:00+01:00", BERLIN, 'treatment "ketamine infusion" 40m --helped 7 --felt 6 --side-effects dizzy'),
    ("2026-11-13T20:00:00+01:00", BERLIN, "edit ID --set felt_next=7"),
    ("2026-11-14T20:00:00+01:00", BERLIN, "log pain 4, mood 6, took duloxetine 60mg, goal partly"),
    ("2026-11-15T20:00:00+01:00", BERLIN, "ask-doctor How long may I sit at a time?"),
    ("2026-11-16T20:00:00+01:00", BERLIN, 'track rename fog "brain fog"'),
    ("2026-11-16T20:01:00+01:00", BERLIN, "track retire coffee"),
    ("2026-11-17T20:00:00+01:00", BERLIN, "log pain 3, mood 7, slept 7h, brain fog 2"),
    ("2026-11-17T20:01:00+01:00", BERLIN, "short add dul took duloxetine 60mg"),
    ("2026-11-17T20:02:00+01:00", BERLIN, "dul"),
    ("2026-11-18T19:00:00+01:00", BERLIN, "same pain 4"),
    ("2026-11-18T20:00:00+01:00", BERLIN, "ask peg --answers 4,5,5"),
    ("2026-11-18T20:01:00+01:00", BERLIN, "ask phq8 --answers 1,1,1,1,1,0,1,-"),
    ("2026-11-19T14:00:00+01:00", BERLIN, "note -\nSlept well.\nFirst time in weeks.\n"),
)
SHOWN = {
    "list": ("list", "--period", "all"),
    "plan": ("plan", "show", "--period", "all"),
    "report": ("report", "--period", "28d"),
    "chart": ("chart", "brain fog", "pain", "--period", "28d"),
    "long": ("export", "csv", "--with-notes", "--no-bom"),
    "daily": ("export", "csv", "--layout", "daily", "--with-notes", "--no-bom"),
}


def live(run: Run, at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    for clock, zone, typed in MONTH:
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        at(clock)
        line, _, given = typed.partition("\n")
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
        arguments = [newest(run) if word == "ID" else word for word in shlex.split(line)]
        ran = run(*arguments)
        assert ran.code == 0, (line, ran.err)


def newest(run: Run) -> str:
    entries = json.loads(run("list", "--period", "all", "--json").out)["entries"]
    return str(max(entry["id"] for entry in entries))


def masked(text: str, order: list[str]) -> str:
    """Ids as the number of their entry, in the order of recording."""
    for i, id_ in enumerate(order):
        text = text.replace(id_, f"id{i:02d}")
    return re.sub(r"^(  (?:\d\d:\d\d(?:\+1)?|--:--) +)[0-9a-f]{4,12} {2,}", r"\1id    ", text, flags=re.MULTILINE)


def everything(run: Run) -> dict[str, str]:
    entries = json.loads(run("list", "--period", "all", "--json").out)["entries"]
    order = sorted(entry["id"] for entry in entries)
    return {name: masked(run(*command).out.replace("\r\n", "\n"), order) for name, command in SHOWN.items()}


@pytest.mark.usefixtures("steady_ids")
def test_a_month_ends_in_exactly_what_was_looked_over(
    run: Run, at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, snapshot: SnapshotAssertion
) -> None:
    live(run, at, monkeypatch)
    for name, text in everything(run).items():
        assert text == snapshot(name=name)


def test_every_command_is_one_undo_down_to_an_empty_journal_and_redo_brings_all_back(
    run: Run, at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    live(run, at, monkeypatch)
    before = run("list", "--period", "all", "--json").out
    for _ in MONTH:
        assert run("undo").code == 0
    assert json.loads(run("list", "--period", "all", "--json").out)["entries"] == []
    assert (run("undo").code, run("plan").out, run("track", "list").out) == (1, "", "")
    for _ in MONTH:
        assert run("redo").code == 0
    assert run("redo").code == 1
    assert run("list", "--period", "all", "--json").out == before


def test_the_month_has_every_command_that_records() -> None:
    """A command that is added and not lived with here is a gap in the month."""
    from painlog.cli.sections import SECTIONS

    lived = {shlex.split(typed.partition("\n")[0])[0] for _, _, typed in MONTH}
    assert set(SECTIONS["Record"]) - lived == {"inbox", "pause", "trial"}  # these have tests of their own
    assert {"edit", "delete"} <= lived
