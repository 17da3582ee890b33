"""Every command on terminals of 40, 50, 80 and 120 columns: no line is wider, whatever the journal holds.

Three things stay whole, so that they can be copied: a line to be run, a path, and what is written for programs (JSON,
Markdown, CSV). Wide characters count as the two columns that they take.
"""

import os
import pty
import re
import shlex
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from painlog.view.terminal import columns as columns_of
from painlog.view.terminal import wrap_text
from tests.cli.test_processes import environment
from tests.conftest import Once, Run
from tests.support import warm
from tests.support.command_lines import commands
from tests.support.terminals import ESCAPE, read_to_close

WIDTHS = (40, 50, 80, 120)
CLOCK = "2026-11-19T14:09:00+01:00"
HARD = {
    "long": "a mixture of the pharmacist's own making for the evenings",
    "wide": "漢方薬の葛根湯と芍薬甘草湯",
    "own": "heaviness of arms and shoulder",
    "word": "Donaudampfschifffahrtsgesellschaftskapitänswitwe",
    "line": "It began on the way back from the shop and did not stop before I lay down",
    "note": "It began on the way back from the shop and did not stop before I lay down. " * 6,
    "unbroken": "漢方薬の葛根湯と芍薬甘草湯の記録を毎日つけることにしましたがなかなか続きません" * 3,
}
SETTINGS = 'country = "DE"\nphq9 = true\n'
JOURNAL = """
track add {own} --low 'nothing of it at all, as on a good day' --high 'so much that nothing else is left' --better low
track add {wide} --unit 杯
track add donaudampfschifffahrtskapitäne --scale yes-no
pain 6 --where 'low back left:7, knee_r, other:{long}' --quality burning --trigger {long} --relief {long} --note {note}
mood 4 --worry 6 --hopeless 8 --interest 5 --note {unbroken}
sleep 23:20-06:50 --sol 45m --waso 1h --woke 4 --quality 2 --note '{word} {word}'
dose {long} 400mg --prn --before 7 --reason {long}
dose {wide} 2g
dose {wide} 2g --at 'yesterday 10:00'
treatment {long} 45m --helped 7
treatment {long} 30m --at 'yesterday 10:00'
treatment {wide} --ahead 'tue 10:00'
log '{wide} 3, donaudampfschifffahrtskapitäne yes, {own} 4'
note '{note}{unbroken}{word}'
went-well {note}
setback {unbroken}
ask-doctor {note}
ask-doctor {unbroken}
visit 'Dr {long}' --at '3 nov 10:30'
visit plan 'Dr {wide}' '20 dec 10:30'
plan start {long} 400mg 'twice a day' --reason {long}
plan start {wide} 2g daily
plan start '{long} group' 'every 2 weeks' --support
plan goal {line} --often 'twice a week'
plan goal 漢方薬の記録を毎日つけることにしました --on sun
plan matters 'time with {long}'
plan signs {line} {wide}
plan flare {line} {wide} 'text M.'
plan stock {wide} 9
flare start --note {note}
ask peg --answers 6,7,8
ask phq9 --answers 1,2,1,0,1,2,1,0,2 --note {note}
short add dul took {long} 400mg
trial start 'a stroll down to the village pond, round it and home' --on pain --days 56
pause 2d {note}
"""
WORK = """
pain 6 --where 'low back left:7, knee_r, other:{long}' --quality burning --trigger {long} --note {note}
mood 4 --worry 6 --note {unbroken}
sleep 5h30 --note {note}
treatment {long} 45m --helped 7
activity 45m --steps 5200 --work-affected no --did walk
went-well {note}
setback {unbroken}
note {note}
note '{word}{word}{word}'
ask-doctor
visit
visit 'Dr {long}' --at 'yesterday 10:30'
visit plan 'Dr {long}' '21 dec 10:30'
visit prepare -o {out}/page.html --force
interference 5
log
log 'pain 6 {word} and {line} 7 and {unbroken} no'
log 'took no {long}'
same
same pain 8
checkin
checkin evening --at yesterday
ask peg
ask gad7
short remove dul
track rename {wide} herbs
track retire {own}
trial
trial today done
pause
pause end
today
list
list --text shop
show last pain
show last note
show last phq9
week --period last-week
report
report --period 3m --for 'Dr {long}'
report --period 28d -o {out}/page28.html
chart pain mood --period 28d
chart pain mood sleep worry {wide} --panels
chart pain --by weekday
calendar
calendar {wide}
body --period 3m --by score
link
link pain worry --period 3m
link sleep fatigue --explain
helps {wide} --on mood
helps --since '9 nov'
plan show --period 28d
plan start '{long} b' 60mg daily
plan stock {wide} 28
plan change {wide} 3g
plan stop {wide} --note {note}
plan flare
plan signs
plan goal 'call {long}' --on sun
due
due --short
due --medicines
undo
edit last pain --set score=5
history last pain
delete last
delete last pain
forget last --dry-run
export csv --layout daily --period 28d -o {out}/d.csv
export csv --package -o {out}/p
export fhir --period 28d -o {out}/f.json
export parquet -o {out}/p.parquet
export jsonl -o {out}/j.jsonl
import
import {table} --dry-run
backup
backup --list
doctor
doctor --repair
erase --dry-run
sync {out}/shared
merge {copy}
conflicts
config
config list
config set day_starts 04:00
config set evening_questions 'pain_average, mood'
config unset country
config path
remind
remind on 8:30 --medicines --dry-run
remind now
demo chart pain mood
help
help log
help times
help manual
help regions
help-now
flare end
--version
trial pause
trial stop
demo
short list
track list
plan matters
config get country
remind off
"""
REFUSED = """
dose {wide} 3
goal done '{line}'
visit done
log --file {diary} --dry-run
short add knee pain in my knee and {long}
track add '{own} b' --low {line}
trial resume
trial result
plan stock
redo
edit
export
restore
encrypt
rekey
decrypt
erase
sync
flare start
'{long} {line}'
pian 6
pain 12
pain 6 --wher {long}
pain 6 --where {long}
import {out}/{word}.csv
dose {long} 400mg --reason {long}
log 'pain 6 low back left burning, {wide} 3, took {long} 400mg'
inbox {diary}
"""
DIARY = "1 nov pain 6 and {line}\n2 nov took {wide} 2g, {unbroken}\n"
_HALF = re.compile(
    rb"(?:\x1b\[?[0-9;?]*|[\xc2-\xf4]|[\xe0-\xf4][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{2})\Z"
)  # a style or character
_ENTERS = 14  # Enter is the answer to so many questions, the end of the input to the next


class Shown(NamedTuple):
    """What a command showed on a terminal, without styles."""

    code: int
    lines: list[str]


@pytest.fixture
def place(
    path: Path, tmp_path: Path, run: Run, recorded_once: Once, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Path]:
    """A journal that is hard to show, its settings, and files that the lines name."""
    place = {name: tmp_path / name for name in ("out", "diary", "table", "copy", "settings")}
    monkeypatch.setenv("PAINLOG_CONFIG", str(place["settings"]))
    place["settings"].write_text(SETTINGS)
    recorded_once("hard to show", lambda: _record_all(run, tmp_path))
    (place["out"] / "shared").mkdir(parents=True)
    place["table"].write_text(f"Date,Pain level out of ten as I felt it,{HARD['wide']}\n2026-11-01,5,{HARD['note']}\n")
    place["copy"].write_bytes(path.read_bytes())
    return place


@pytest.mark.parametrize("columns", WIDTHS)
def test_no_line_is_wider_than_the_terminal(columns: int, path: Path, place: dict[str, Path], runs: int) -> None:
    """At 40 columns every line and every help, at the others a third of the lines by turns, all in a long run."""
    works, refused = (_all_words(text, place) for text in (WORK, REFUSED))
    lines = [*works, *refused, *([*words, "--help"] for words in commands())]
    if columns != WIDTHS[0] and runs == 1:
        lines = [*works, *refused][WIDTHS.index(columns) % 3 :: 3]
    problems = []
    for line in lines:
        path.write_bytes(place["copy"].read_bytes())
        place["settings"].write_text(SETTINGS)
        place["diary"].write_text(DIARY.format(**HARD))
        shown = _show(path, place["settings"], line, columns)
        wide = [each for each in shown.lines if _is_too_wide(each, columns)]
        if wide or (shown.code != 0) != (line in refused) or any("Traceback" in each for each in shown.lines):
            problems.append((" ".join(line)[:60], shown.code, wide or shown.lines[-5:]))
    assert problems == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("pain in the left knee", ["pain in the", "  left knee"]),
        ("痛みが続いてなかなか眠れない", ["痛みが続いて", "  なかなか眠", "  れない"]),
        ("and 痛みが続いて so", ["and 痛みが続", "  いて so"]),
        ("Schifffahrtskapitän", ["Schifffahrtsk", "  apitän"]),
        ("it is in /home/kim/journal.db now", ["it is in", "  /home/kim/journal.db", "  now"]),
        ("  indented as it was", ["  indented as", "  it was"]),
        ("", []),
    ],
)
def test_a_text_is_broken_between_words_or_where_its_script_may_be(text: str, lines: list[str]) -> None:
    assert wrap_text(text, 13) == lines


def test_every_command_is_tried() -> None:
    tried = [shlex.split(line) for line in f"{JOURNAL}{WORK}{REFUSED}".splitlines()]
    assert [words for words in commands() if not any((*line[: len(words)],) == words for line in tried)] == []


@pytest.mark.parametrize("columns", WIDTHS)
def test_no_word_that_was_typed_is_missing_from_today(columns: int, path: Path, place: dict[str, Path]) -> None:
    shown = "".join("".join(_show(path, place["settings"], ["today"], columns).lines).split())
    for name in ("note", "unbroken", "long", "word"):
        assert "".join(HARD[name].split()) in shown


@pytest.mark.parametrize("words", [("export", "fhir"), ("plan", "stock", "duloxetine", "20"), ("ask", "phq9")])
def test_what_is_said_beside_the_data_is_as_wide_as_where_it_goes(
    words: tuple[str, ...], path: Path, place: dict[str, Path], tmp_path: Path, run: Run
) -> None:
    """Standard error is a terminal of 40 columns, and standard output a file."""
    run("plan", "start", "duloxetine", "60mg", "daily")
    with (tmp_path / "data").open("w") as data:
        shown = _show(path, place["settings"], words, 40, data.fileno())
    assert [line for line in shown.lines if _is_too_wide(line, 40)] == []
    assert [line for line in shown.lines if columns_of(line) > 20] != []


def _record_all(run: Run, tmp_path: Path) -> None:
    diary = tmp_path / "days.txt"
    days = (
        f"{n} days ago pain {n * 7 % 11} low back left, mood {n * 5 % 11} worry {n % 10}, slept {4 + n % 5}h"
        for n in range(1, 90)
    )
    diary.write_text("\n".join(days))
    for words in (*_all_words(JOURNAL, {}), ["log", "--file", str(diary)]):
        ran = run(*words)
        assert ran.code == 0, (words, ran.err)


def _all_words(text: str, place: Mapping[str, Path]) -> list[list[str]]:
    return [[word.format(**HARD, **place) for word in shlex.split(line)] for line in text.strip().splitlines()]


def _show(path: Path, settings: Path, words: Sequence[str], columns: int, output: int | None = None) -> Shown:
    """Run a command on a terminal of so many columns, which its output may not go to; all that is pressed is Enter."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(ours, (24, columns))
    more = {"TERM": "xterm-256color", "PAGER": "cat", "PAINLOG_CONFIG": str(settings)}
    streams = (theirs, theirs if output is None else output, theirs)
    worker = warm.start(words, environment(path) | more, streams, terminal=True, clock=CLOCK)
    os.close(theirs)
    written, pressed = b"", 0
    for read in read_to_close(ours):
        written += read
        if _HALF.search(written):
            continue  # what Enter echoes would part it
        if not read.endswith(b"\n") or b"Enter goes on" in read[-30:]:
            pressed += 1
            os.write(ours, b"\n" if pressed < _ENTERS else b"\x04")
    os.close(ours)
    text = ESCAPE.sub(b"", written).decode().replace("\r\n", "\n")
    return Shown(worker.wait(30), [line.rpartition("\r")[2] for line in text.split("\n")])


def _is_too_wide(line: str, columns: int) -> bool:
    before, command, _ = line.partition("painlog ")
    is_to_run = bool(command) and (before.isspace() or before.endswith(": "))
    has_path = any("/" in word and columns_of(word) > columns - 6 for word in line.split())
    return columns_of(line) > columns and not (is_to_run or has_path)
