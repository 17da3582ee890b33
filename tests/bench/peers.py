"""What people would use instead: how each tool's file of so many entries is made, and how it records and reports.

All hold the same entries on the same days, each in a home of its own. A tool that is not installed is left out, and one
that would take minutes for a report stops at ``most`` entries.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

Diary = Iterable[tuple[datetime, str, str]]  # when, of what kind, and the text
TAKES = timedelta(seconds=30)
TABLE = "CREATE TABLE IF NOT EXISTS entry (id INTEGER PRIMARY KEY, day TEXT, at TEXT, kind TEXT, value REAL, note TEXT)"
INDEX = "CREATE INDEX IF NOT EXISTS entry_day ON entry (kind, day, value)"
INSERT = "INSERT INTO entry (day, at, kind, value, note) VALUES (date('now'), datetime('now'), 'pain', 6, 'x')"
MEANS = "SELECT day, avg(value), count(*) FROM entry WHERE kind = 'pain' AND day >= '{since}' GROUP BY day"
_JRNL = """\
colors: {body: none, date: none, tags: none, title: none}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: false
indent_character: '|'
journals: {default: {journal: PLACE/jrnl.txt}}
linewrap: 79
tagsymbols: '@'
template: false
timeformat: '%F %H:%M'
version: 4.6.0
"""


class Peer(NamedTuple):
    """A tool: its program, how its files are made in a place, its settings, and its command lines by what they do.

    In the latter ``{week}``, ``{month}`` and ``{all}`` are first days, ``{place}`` is where its files are.
    """

    name: str
    program: str
    fill: Callable[[Path, Diary], None]
    does: Mapping[str, str]
    settings: Mapping[str, str] = {}
    most: int = 100_000


def _jrnl(mark: str) -> Callable[[Path, Diary], None]:
    def fill(place: Path, diary: Diary) -> None:
        (place / "jrnl.yaml").write_text(_JRNL.replace("PLACE", str(place)))
        with (place / "jrnl.txt").open("w") as file:
            file.writelines(f"[{at:%Y-%m-%d %H:%M}] {text}{mark and f' {mark}{kind}'}\n\n" for at, kind, text in diary)

    return fill


def _watson(place: Path, diary: Diary) -> None:
    frames = [
        (at := int(when.timestamp()), at + 30, kind, f"{i:032x}", [text], at)
        for i, (when, kind, text) in enumerate(diary)
    ]
    (place / "frames").write_text(json.dumps(frames))


def _task(place: Path, diary: Diary) -> None:
    with (place / "completed.data").open("w") as file:
        for i, (when, kind, text) in enumerate(diary):
            at = int(when.timestamp())
            times = f'end:"{at}" entry:"{at}" modified:"{at}" status:"completed"'
            file.write(f'[description:"{text}" project:"{kind}" {times} uuid:"00000000-0000-4000-8000-{i:012x}"]\n')


def _timew(place: Path, diary: Diary) -> None:
    (place / "data").mkdir()
    (place / "timewarrior.cfg").touch()
    counts: dict[str, int] = {}
    for month, entries in groupby(diary, lambda entry: f"{entry[0].astimezone(UTC):%Y-%m}"):
        with (place / "data" / f"{month}.data").open("w") as file:
            for when, kind, _ in entries:
                at = when.astimezone(UTC)
                file.write(f"inc {at:%Y%m%dT%H%M%SZ} - {at + TAKES:%Y%m%dT%H%M%SZ} # {kind}\n")
                counts[kind] = counts.get(kind, 0) + 1
    (place / "data" / "tags.data").write_text(json.dumps({kind: {"count": count} for kind, count in counts.items()}))


def _hledger(place: Path, diary: Diary) -> None:
    with (place / "hledger.journal").open("w") as file:
        file.writelines(f"{at:%Y-%m-%d} {text}\n    ({kind})  6\n\n" for at, kind, text in diary)
    (place / "add.txt").write_text(f"{datetime.now().date()}\npain\n(pain)\n6\n.\ny\n")  # noqa: DTZ005


def _sqlite(place: Path, diary: Diary) -> None:
    (place / "row.json").write_text(json.dumps({"day": "2026-01-01", "at": "x", "kind": "pain", "value": 6}))
    with closing(sqlite3.connect(place / "peer.db")) as conn, conn:
        conn.execute(TABLE)
        conn.execute(INDEX)
        rows = ((f"{at:%Y-%m-%d}", f"{at:%Y-%m-%dT%H:%M}", kind, 6, text) for at, kind, text in diary)
        conn.executemany("INSERT INTO entry (day, at, kind, value, note) VALUES (?, ?, ?, ?, ?)", rows)


def _reports(line: str, everything: str = "") -> dict[str, str]:
    return {
        "week": line.replace("{since}", "{week}"),
        "month": line.replace("{since}", "{month}"),
        "all": everything or line.replace("{since}", "{all}"),
    }


_CONFIG = "jrnl --config-file {place}/jrnl.yaml "
_SHOWN = _reports(_CONFIG + "-from {since} --short", _CONFIG + "--format dates")
PEERS = (
    Peer(
        "jrnl, tagged", "jrnl", _jrnl("@"), {"record": _CONFIG + "today at 9am: pain 6, x @pain"} | _SHOWN, most=10_000
    ),
    Peer("jrnl, no tags", "jrnl", _jrnl(""), {"record": _CONFIG + "today at 9am: pain 6, x"} | _SHOWN),
    Peer(
        "td-watson",
        "watson",
        _watson,
        {"record": "watson add -f {week}T10:00 -t {week}T10:01 pain +x"}
        | _reports("watson report -G --from {since}", "watson report -G --all"),
        {"WATSON_DIR": "{place}"},
    ),
    Peer(
        "taskwarrior",
        "task",
        _task,
        {"record": "task rc.confirmation=no log pain 6 x"}
        | _reports("task rc.confirmation=no end.after:{since} completed", "task history.monthly"),
        {"TASKRC": "/dev/null", "TASKDATA": "{place}"},
    ),
    Peer(
        "timewarrior",
        "timew",
        _timew,
        {"record": "timew :yes :adjust track {now} - {soon} pain"}
        | _reports("timew summary {since} - tomorrow", "timew summary 1970-01-01 - tomorrow"),
        {"TIMEWARRIORDB": "{place}"},
    ),
    Peer(
        "hledger",
        "hledger",
        _hledger,
        {"record": "sh -c 'hledger -f {place}/hledger.journal add < {place}/add.txt'"}
        | _reports(
            "hledger -f {place}/hledger.journal balance -D -b {since}",
            "hledger -f {place}/hledger.journal balance -M",
        ),
    ),
    Peer(
        "sqlite3 shell",
        "sqlite3",
        _sqlite,
        {"record": f'sqlite3 {{place}}/peer.db "{INSERT}"'} | _reports(f'sqlite3 {{place}}/peer.db "{MEANS}"'),
        most=1_000_000,
    ),
    Peer(
        "sqlite-utils",
        "sqlite-utils",
        _sqlite,
        {"record": "sqlite-utils insert {place}/peer.db entry {place}/row.json"}
        | _reports(f'sqlite-utils query {{place}}/peer.db "{MEANS}"'),
        most=1_000_000,
    ),
)
