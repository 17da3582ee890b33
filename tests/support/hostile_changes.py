"""Changes that nobody wrote with painlog, each with a checksum that is right: whole ones with one thing in them wrong.

``SHAPES`` are named; ``drawn`` puts any of ``EVIL`` into any place of a change of any kind.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from painlog.exchange.sync import change_files
from painlog.storage.log.changes import Change, checksum

LAST = "0699e99107ff"  # the last millisecond before the year 2200
RECORDS = [
    *("pain 6 --where knee_l --quality burning --trigger stress --note words", "mood 4 --worry 3", "sleep 23:00-06:30"),
    *(
        "dose ibuprofen 400mg --note words",
        "activity walking 30m --steps 900",
        "treatment physio 20m",
        "note some words",
    ),
    *("flare start", "plan start duloxetine 60mg daily", "plan start yoga --therapy", "plan goal walk", "visit Weber"),
    *(
        "track add fog",
        "log fog 5",
        "ask peg --answers 1,2,3",
        "ask-doctor what now",
        "interference 4",
        "goal walk done",
    ),
]
Columns = tuple[Any, ...]


def sealed(columns: Mapping[str, Any]) -> Columns:
    """A change with the checksum that it would have."""
    six = [columns[name] for name in Change._fields[:6]]
    try:
        return (*six, checksum(*map(str, six)))
    except UnicodeEncodeError:
        return (*six, "00000000")


def shaped(
    data: dict[str, Any] | None = None, fields: dict[str, Any] | None = None, **columns: Any
) -> Callable[[Change], Columns]:
    """Make a change of another one, with some of its data, fields or columns replaced."""

    def make(op: Change) -> Columns:
        whole = json.loads(op.data)
        whole["fields"] = whole.get("fields", {}) | (fields or {})
        text = json.dumps(whole | (data or {}), ensure_ascii=False, separators=(",", ":"))
        return sealed(op._asdict() | {"data": text} | columns)

    return make


def spelt(old: str, new: str) -> Callable[[Change], Columns]:
    """Make a change of another one by writing its data in another way."""
    return lambda op: sealed(op._asdict() | {"data": op.data.replace(old, new)})


DEEP = json.loads("[" * 900 + "]" * 900)
SHAPES: dict[str, Callable[[Change], Columns]] = {
    "the last clock before 2200": shaped(hlc=f"{LAST}fffffeedbeef"),
    "a clock days before 2200": shaped(hlc="0699e3aee3ff0000feedbeef"),
    "a line that is no text": shaped({"line": ["pain 6"]}),
    "a line of two million characters": shaped({"line": "x" * 2_000_000}),
    "a full counter": shaped(hlc="019a9bc5c200fffffeedbeef"),
    "a clock of 1970": shaped(hlc="000000000000ffff00000000"),
    "recorded at the beginning of time": shaped(recorded_at="0001-01-01T00:00:00+23:59"),
    "recorded at the end of time": shaped(recorded_at="9999-12-31T23:59:59-23:59"),
    "recorded in a week": shaped(recorded_at="2026-W47-4T10:00:00+01:00"),
    "recorded without dashes": shaped(recorded_at="20261119T100000+0100"),
    "recorded to the microsecond": shaped(recorded_at="2026-11-19T10:00:00.000001+01:00"),
    "recorded with an offset of seconds": shaped(recorded_at="2026-11-19T10:00:00+01:00:30"),
    "recorded in 1000": shaped(recorded_at="1000-01-01T00:00:00+00:00"),
    "an integer of 400 digits": spelt('"score":6', f'"score":{"9" * 400}'),
    "an integer of 5,000 digits": spelt('"score":6', f'"score":{"9" * 5000}'),
    "an unknown integer of 400 digits": shaped(data={"novel": 10**400}),
    "an offset of 400 digits": spelt('"utc_offset":60', f'"utc_offset":{"9" * 400}'),
    "deleted by 400 digits": shaped(data={"deleted": 10**400}),
    "a number too large": spelt('"score":6', '"score":1e999'),
    "a tiny number": spelt('"score":6', '"score":5e-324'),
    "minus nothing": spelt('"score":6', '"score":-0.0'),
    "yes for a number": shaped(fields={"score": True}),
    "a note that is null": shaped(fields={"note": None}),
    "a note of nothing": shaped(fields={"note": ""}),
    "a note that is a number": shaped(fields={"note": 7}),
    "a note that is a list": shaped(fields={"note": ["a", "b"]}),
    "a note of controls": shaped(fields={"note": "\x1b[31m\x07\x00\u202e\x85\u2028[/b]"}),
    "a note of 17 MB": shaped(fields={"note": "x" * 17_000_000}),
    "a note of 2 MB": shaped(fields={"note": "word " * 400_000}),
    "a field of 17 MB that nobody knows": shaped(fields={"novel": "x" * 17_000_000}),
    "an attribute of 17 MB": shaped(data={"novel": "x" * 17_000_000}),
    "an origin of 17 MB": shaped(data={"origin": {"from": "x" * 17_000_000}}),
    "an origin of many words": shaped(data={"origin": {f"w{i}": "x" for i in range(50_000)}}),
    "a source of controls": shaped(source="cli\u200b\u202e"),
    "a source of an undo": shaped(source="undo:019a9bc5c2000000feedbeef"),
    "a source of an undo of itself": lambda op: sealed(op._asdict() | {"source": f"undo:{op.command}"}),
    "a million regions": shaped(fields={"where": {f"other:{i}": 1 for i in range(100_000)}}),
    "a region without a name": shaped(fields={"where": {"": 5}}),
    "a list for regions": shaped(fields={"where": ["knee_l"]}),
    "a text for regions": shaped(fields={"where": "knee_l"}),
    "a hundred thousand words": shaped(fields={"quality": [f"q{i}" for i in range(100_000)]}),
    "a hundred thousand fields": shaped(fields={f"f{i}": i for i in range(100_000)}),
    "fields that are a list": shaped(data={"fields": [1]}),
    "fields in circles": shaped(data={"fields": {"note": {"a": {"b": 1}}}}),
    "an attribute nine hundred deep": shaped(data={"novel": DEEP}),
    "what it replaces, a hundred thousand": shaped(data={"over": [f"{i:024x}" for i in range(100_000)]}),
    "what it replaces, itself": lambda op: shaped(data={"over": [op.hlc]})(op),
    "a kind that is none": shaped(data={"kind": "no"}),
    "a kind called none": shaped(data={"kind": "none"}),
    "a kind called daily": shaped(data={"kind": "daily"}),
    "a kind of forty dashes": shaped(data={"kind": "a" + "-" * 39}),
    "a kind that is a file": shaped(data={"kind": "con"}),
    "a kind that is null": shaped(data={"kind": None}),
    "a kind that nobody knows": shaped(data={"kind": "nausea"}, fields={"score": 5, "text": "x"}),
    "a day of 1899": shaped(data={"day": "1899-01-01", "at": None}),
    "a day of 2200": shaped(data={"day": "2200-12-31", "at": "2200-12-31T23:59:59Z"}),
    "a day of 1899 and an instant of 2200": shaped(data={"day": "1899-01-01", "at": "2200-12-31T23:59:59Z"}),
    "an offset of a day": shaped(data={"utc_offset": 1439, "at": "2200-12-31T23:59:59Z"}),
    "an offset of a day back": shaped(data={"utc_offset": -1439, "at": "1899-01-01T00:00:00Z"}),
    "an instant without a day": shaped(data={"day": None}),
    "a zone that is a path": shaped(data={"zone": "../../../../etc/passwd"}),
    "a zone of controls": shaped(data={"zone": "Europe/\x1b[31m\u202eBerlin"}),
    "a zone that is null": shaped(data={"zone": None}),
    "deleted by yes": shaped(data={"deleted": True}),
    "another kind's fields": shaped(data={"kind": "sleep"}),
    "a field called kind": shaped(fields={"kind": "x", "day": "y", "at": 1, "id": 2, "deleted": 1}),
    "words forgotten that are there": shaped(data={"forgotten": ["note"]}),
    "a number that is forgotten": shaped(data={"forgotten": ["score"]}, fields={"score": None}),
    "forgotten by a text": shaped(data={"forgotten": "note"}),
    "forgotten things of no name": shaped(data={"forgotten": [None, 1]}),
    "an entry of which all is forgotten": shaped(data={"forgotten": ["note", "score", "trigger"], "fields": {}}),
    "a mark that is the beginning": shaped(data={"forgotten": ["note"]}, source="forget"),
    "a number in a text's place": spelt('"score":6', '"score":"six"'),
    "half a character": spelt("words", "\\ud800"),
    "an entry of another version": lambda op: sealed(op._asdict() | {"entry": "ffffffff-ffff-ffff-ffff-ffffffffffff"}),
}
EVIL: list[Any] = [
    *(None, True, False, 0, -1, 11, 0.5, -0.0, 5e-324, 1e308, 2**53, 2**63, 10**400, "", "x", "x" * 201, "x" * 5000),
    *("\x1b[31m", "\u202e", "\u0085", "none", "9999-12-31", "0001-01-01", "25:00/26:00", "2026-11-19T99", "NaN", "60"),
    *([], [1], ["a"], ["a", None], [[1]], {}, {"a": 1}, {"a": None}, {"knee_l": 11}, {"": ""}, {"a": {"b": 1}}),
    *("low\nhigh", "=cmd", "a" * 81, "knee_l", "undo:x", "P1D", "1899-12-31", "2026-02-30", "2200-01-01", "-5m"),
]


def drawn(op: Change, chance: Random) -> Columns:
    """A change with something else in one, two or three places of it."""
    columns: dict[str, Any] = op._asdict()
    data = json.loads(op.data)
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        where = chance.random()
        evil = chance.choice(EVIL)
        if where < 0.1:
            columns[chance.choice(["recorded_at", "source", "entry", "command"])] = str(evil)
        elif where < 0.35:
            data[chance.choice([*data, "deleted", "over", "origin", "novel"])] = evil
        elif isinstance(data.get("fields"), dict):
            names = [*data["fields"], "note", "novel", "text", "start", "end", "minutes", "score", "amount", "name"]
            data["fields"][chance.choice(names)] = evil
    columns["data"] = json.dumps(data, ensure_ascii=chance.random() < 0.05, separators=(",", ":"))
    return sealed(columns)


def anew(op: Change, number: int) -> Change:
    """The same change as another device's, of an entry of its own, later than all others."""
    hlc = f"{int(op.hlc[:12], 16) + 1000 + number:012x}{number % 4096:04x}feedbeef"
    entry = f"{hlc[:8]}-{hlc[8:12]}-7000-8000-{number:012x}"
    return Change(*sealed(op._asdict() | {"hlc": hlc, "command": hlc, "entry": entry}))


def change_file(changes: Sequence[Columns]) -> bytes:
    """A change file of changes, its own sums right."""
    lines = [
        json.dumps([*change], ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")
        for change in changes
    ]
    return next(change_files.pack(lines))[1]


def exported(changes: Sequence[Columns]) -> str:
    """The same changes as what ``export jsonl`` writes."""
    rows = [json.dumps(dict(zip(Change._fields, change, strict=True)), ensure_ascii=False) for change in changes]
    return "\n".join(['{"painlog-journal":1}', *rows, f'{{"changes":{len(rows)}}}', ""])
