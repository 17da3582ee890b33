"""Command lines as no person would type them: every command with its own options, half words and hostile ones.

What a line may hold is read off the commands themselves, so that one that is added is tried too.
"""

import re
import shlex
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import typer

from painlog.cli.app import typer_app
from painlog.cli.sections import MODULES
from painlog.domain.kinds.registry import KINDS
from painlog.domain.setting_types import SETTINGS

Words = tuple[str, ...]
CANARY = "zebra-in-the-attic"  # a note of the journal, which no refusal may tell
EVIL = "[/b]\x1b[31mred\x1b]52;c;x\x07\x1b]8;;x:y\x1b\\\x9b1m\u202eevil\u2066\u200b =cmd <b onclick=x>"
BASE: list[Words] = [
    ("track", "add", "fog\u202eevil", "--low", EVIL[:40], "--high", EVIL[-40:], "--note", EVIL),
    ("log", "11 days ago", "fog\u202eevil 3"),
    *(("pain", str(day % 11), "--at", f"{day} days ago", "--note", f"{CANARY} {EVIL}") for day in range(11, 0, -1)),
    *(("mood", str(day % 7), "--worry", "3", "--at", f"{day} days ago") for day in range(11, 0, -1)),
    *(("dose", f"pill {EVIL}", "400mg", "--at", f"{day} days ago", "--note", CANARY) for day in range(4, 0, -1)),
    ("pain", "6", "--where", "knee_l", "--where", f"other:{EVIL}", "--quality", EVIL, "--trigger", EVIL),
    ("sleep", "23:00-07:00", "--note", CANARY),
    ("ask", "peg", "--answers", "1,2,3"),
    ("treatment", EVIL, "--note", CANARY),
    ("plan", "start", f"yoga {EVIL}", "--therapy", "--note", CANARY),
    ("plan", "goal", EVIL),
    ("visit", EVIL),
    ("note", f"{CANARY} {EVIL}"),
    ("undo",),
]
NAMES = [*KINDS, *SETTINGS, "fog_evil"]
HOSTILE = [  # no NUL, which no system lets into a word; ``TYPED`` has one
    *(EVIL, "[/b]", "\x1b", "\x1b[2J", "\x1b]52;c;aGk=\x07", "\x1b]8;;x:y\x1b\\", "\x07", "\x9b1m", "\x9d", "\x7f"),
    *("\u202e", "\u2066x", "\u200b", "\u2028", "\ufeff", "=cmd|' C calc'!A0", "@x", "\udc80\udcff"),
    *("x\udcff", "\udc80", "😀", "e\u0301", "<script>", "'; DROP TABLE ops; --", "%s", "{0}", "{x!r}", "$(x)", "\n"),
    *("a\nb", "\r", "\t", " ", "", "-", "--", "---", "=", "--=", ",", ":", "#", '"', "'", "\\", "*", ".", "..", "CON"),
]
USUAL = [
    *("6", "-1", "0", "10", "10.5", "1e999", "nan", "-inf", "1_0", "٣", "9" * 30, "2,500", "1.000", "30%", "400mg"),
    *(
        "yesterday",
        "today",
        "mon",
        "23:00-07:00",
        "5h30",
        "week",
        "28d",
        "3000y",
        "0d",
        "2026",
        "31 feb",
        "25 oct 02:30",
    ),
    *(
        "2026-11-19",
        "9999-12-31",
        "0000-01-01",
        "last",
        "all",
        "knee",
        "left",
        "low back left",
        "other:scar",
        "burning",
    ),
    *(
        "ibuprofen",
        "500 mg",
        "twice a day",
        "start",
        "end",
        "done",
        "partly",
        "not",
        "note",
        "html",
        "markdown",
        "json",
    ),
    *(
        "text",
        "daily",
        "long",
        "notes",
        "names",
        "both",
        "score=5",
        "note=x",
        "note",
        "day=day",
        "pain=pain",
        "=",
        "a=b",
    ),
    *("x", "x.csv", "copy.db", "other.jsonl", "sub", "no/such/place", "diary.csv", "diary.txt", "01:30", "DE", "1,2,3"),
]
RIGHT = [  # lines that do something where the files are that ``test_commands`` makes, beside those of each help
    *(
        "restore copy.db --yes",
        "merge other.jsonl",
        "merge copy.db",
        "sync sub",
        "sync sub --compact",
        "doctor --repair",
    ),
    *("import diary.csv --map day=day --map pain=pain --yes", "import other.jsonl --yes", "log --file diary.txt"),
    *(
        "edit <id> --set score=5",
        "delete <id> --yes",
        "erase --yes",
        "backup sub",
        "flare start",
        "export csv -o x.csv",
    ),
]
IDS = ["<id>", "<last>", "<short>", "<longer>", "<upper>"]  # ``told`` makes ids of entries of them
GLOBAL = ["--plain", "--version", "--journal", "--help", "-h", "-y", "-o", "--show-completion", "--no-such"]
TYPED = [
    b"",
    b"",
    b"y\n" * 9,
    b"1\n" * 9,
    EVIL.encode(),
    b"pain 6 note \0 \x9b\nnonsense\n",
    b"\xff\xfe\0\0",
    b"\x80\r\n",
]
_MEGABYTE = 2**20
_SELDOM = 1 / 200
_SHORT = re.compile("(?=.*[a-f])[0-9a-f]{4}")  # a short id in a help


def commands() -> dict[Words, Any]:
    """Every command, those of groups included, by its words."""
    root = typer.main.get_command(typer_app)
    return {words: command for words, command in _below(root, ()) if words}


def _below(command: Any, words: Words) -> Iterator[tuple[Words, Any]]:
    yield words, command
    for name in getattr(command, "commands", ()) if words else MODULES:
        yield from _below(command.get_command(None, name), (*words, name))


def options(command: Any) -> list[str]:
    """The options of a command."""
    return [name for each in command.params for name in each.opts if name.startswith("-")]


def examples(command: Any) -> list[list[str]]:
    """The lines that the help of a command shows, each as its words; about an entry that there is."""
    shown = [line.strip() for line in (command.help or "").splitlines()]
    lines = [shlex.split(re.split(" {2,}", line)[0])[1:] for line in shown if line.startswith("painlog ")]
    return [["<short>" if _SHORT.fullmatch(word) else word for word in line] for line in lines]


def _right(words: Words) -> list[list[str]]:
    return [line.split() for line in RIGHT if (*line.split()[: len(words)],) == words]


def told(line: Sequence[str], ids: Sequence[str]) -> list[str]:
    """A line with the ids of a journal's entries in the places of ``IDS``."""
    first, last = ids[0], ids[-1]
    ways = dict(zip(IDS, (first, last, last[-12:][:4], last[-12:][:6], first.upper()), strict=True))
    return [ways.get(word, word) for word in line]


class Lines:
    """Draws command lines: a command with what it may take, one that is right but for a word, sometimes anything."""

    def __init__(self) -> None:
        self.chance = Random(0)
        self.known = [(words, options(each), [*examples(each), *_right(words)]) for words, each in commands().items()]

    def one(self, chance: Random) -> list[str]:
        """Return a line."""
        self.chance = chance
        words, own, right = self.chance.choice(self.known)
        line = (
            self._changed(self.chance.choice(right), own)
            if right and self.chance.random() < 0.5
            else [*words, *self._some(own)]
        )
        if self.chance.random() < 0.1:
            line = self._some([*MODULES, *GLOBAL])
        elif self.chance.random() < 0.1:
            line.insert(0, self.chance.choice(GLOBAL))
        if self.chance.random() < _SELDOM:
            word = self.chance.choice([EVIL, "x", "6 ", "pain 6, ", "\x1b", "-", "note "])
            line.append(word * (_MEGABYTE // len(word)))
        return line

    def _some(self, own: Sequence[str]) -> list[str]:
        return [self._word(own) for _ in range(self.chance.choice([0, 1, 1, 1, 2, 2, 3, 6]))]

    def _changed(self, right: Sequence[str], own: Sequence[str]) -> list[str]:
        """A line that is right, with a word or two put in, left out or replaced."""
        line = list(right)
        for _ in range(self.chance.choice([0, 0, 1, 1, 2])):
            place = self.chance.randint(1, len(line))
            line[place : place + self.chance.randint(0, 1)] = self._some(own)[:1]
        return line

    def _word(self, own: Sequence[str]) -> str:
        kinds: list[Sequence[str]] = [USUAL, USUAL, HOSTILE, IDS, NAMES, [self._option(own)] * 2, [self._anything()]]
        return self.chance.choice(self.chance.choice(kinds))

    def _option(self, own: Sequence[str]) -> str:
        """An option, whole or half typed, alone or with a value that it may not take."""
        name = self.chance.choice(own or GLOBAL)
        end = self.chance.choice(["", "", "", "=", "=x", f"={EVIL}"])
        return f"{name[: self.chance.randint(2, len(name))] if self.chance.random() < 0.2 else name}{end}"

    def _anything(self) -> str:
        """Some characters of any sort, but none that leads out of the test's own directory."""
        highest = self.chance.choice([0x7F, 0x2FF, 0x2FFF, 0x10FFFF])
        drawn = (chr(self.chance.randint(1, highest)) for _ in range(self.chance.randint(1, 12)))
        return re.sub("[\ud800-\udfff]", "\udcff", "".join(drawn)).replace("/", "|")  # of halves, those of bad bytes
