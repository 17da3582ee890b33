"""Lines of one's own under short names, and lines that are typed without a command."""

import json
from pathlib import Path

import pytest

from tests.conftest import Device, Run


def listed(run: Run) -> list[str]:
    entries = json.loads(run("list", "--period", "all", "--json").out)["entries"]
    return [entry["kind"] for entry in entries if entry["kind"] != "shortcut"]


def test_a_shortcut_is_recorded_alone_in_a_line_and_undone(run: Run) -> None:
    assert "record it with: painlog dul" in run("short", "add", "Dul", "took", "duloxetine", "60mg").err
    assert run("short").out == "dul           took duloxetine 60mg\n"
    assert run("dul").out.startswith("dose duloxetine, 60 mg ")
    assert run("log", "DUL, pain 5").out.startswith("dose duloxetine, 60 mg ")
    assert listed(run) == ["dose", "dose", "pain"]
    assert run("short", "remove", "dul").out == "removed: shortcut dul: took duloxetine 60mg\nundo: painlog undo\n"
    assert (run("dul").code, listed(run)) == (2, ["dose", "dose", "pain"])
    run("undo")
    assert run("dul").code == 0


def test_a_shortcut_that_leans_on_the_plan_or_keeps_words_runs_by_its_name(run: Run) -> None:
    run("plan", "start", "sertraline", "50mg", "daily")
    for name, line in {"ser": "took sertraline", "awful": "pain 8 all over, stuff"}.items():
        assert run("short", "add", name, line).code == 0
        assert run(name).code == 0, name
    assert listed(run) == ["plan", "dose", "pain"]


def test_a_shortcut_travels_to_other_devices(run: Run, other: Device, shared: Path) -> None:
    run("short", "add", "usual", "pain", "4,", "mood", "5")
    run("sync", str(shared))
    other("sync", str(shared))
    assert other("usual").code == 0
    assert listed(other) == ["pain", "mood"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("pain pain 5", "'pain' means something else to painlog already"),
        ("undo pain 5", "'undo' means something else to painlog already"),
        ("fog pain 5", "'fog' means something else to painlog already"),
        ("knee pain 5", "'knee' means something else to painlog already"),
        ("5 pain 5", "a shortcut's name is one word, such as dul, not '5'"),
        ("a,b pain 5", "a shortcut's name is one word"),
        ("dul pain 12", "pain is 0 to 10, not 12"),
        ("dul blue elephants", "no entry is in this line"),
        ("mine mood 3", "there is a shortcut 'mine' already; painlog short remove mine removes it"),
    ],
)
def test_what_would_be_in_the_way_or_is_not_clear_is_no_shortcut(words: str, says: str, run: Run) -> None:
    run("track", "add", "fog")
    run("short", "add", "mine", "pain", "4")
    ran = run("short", "add", *words.split())
    assert (ran.code, ran.out) == (2, "")
    assert says in " ".join(ran.err.split())


def test_words_without_a_command_are_recorded_only_where_every_one_is_understood(run: Run, path: Path) -> None:
    assert run("headache", "6").out.startswith("pain 6, head ")
    before = path.read_bytes()
    for words, says in {
        "slept badly 4h": "painlog log slept badly 4h",
        "weeek": "did you mean week?",
        "remove pain 5": "painlog log remove pain 5",
        "pian 12": "is not a command",
        "headache 6 --note x": "is not a command",
    }.items():
        ran = run(*words.split())
        assert (ran.code, says in ran.err, ran.out) == (2, True, ""), ran.err
    assert path.read_bytes() == before


@pytest.mark.parametrize("raw", [b"no journal at all", b"SQLite format 3\0" + b"x" * 500, bytes(range(256)) * 64])
def test_a_mistyped_command_is_named_whatever_the_journal_is(raw: bytes, run: Run, path: Path) -> None:
    """An encrypted one, which the last looks like, is asked no passphrase for."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(raw)
    ran = run("weeek")
    assert (ran.code, ran.err) == (2, "painlog: 'weeek' is not a command; did you mean week?\n")


def test_a_shortcut_without_its_words_stands_for_nothing_and_is_in_nobodys_way(run: Run) -> None:
    """Else no line could be read any more once its words were forgotten."""
    ways = {"mine": ("forget", "last", "shortcut", "--yes"), "usual": ("edit", "last", "shortcut", "--clear", "words")}
    for name, way in ways.items():
        run("short", "add", name, "pain", "4")
        assert run(*way).code == 0, name
    assert run("short").out == "mine          (no words)\nusual         (no words)\n"
    assert run("mine").code == 2
    assert run("log", "pain", "5").code == 0
    assert run("short", "remove", "mine").out == "removed: shortcut mine: (no words)\nundo: painlog undo\n"


def test_an_edit_gives_no_shortcut_a_name_that_nobody_checked(run: Run) -> None:
    """Else it could be called as something else, or be one that cannot be removed by its name."""
    run("short", "add", "dul", "took", "duloxetine", "60mg")
    assert "a shortcut keeps its name; " in run("edit", "last", "shortcut", "--set", "name=Pain").err
    assert run("edit", "last", "shortcut", "--set", "words=took duloxetine 30mg").code == 0
    assert run("short").out == "dul           took duloxetine 30mg\n"


def test_a_shortcut_is_the_persons_own_words_in_what_goes_to_others(run: Run) -> None:
    run("short", "add", "sec", "took", "secretol", "5mg")
    for how in (["--redact", "names"], ["--redact", "notes"], []):
        assert "secretol" not in run("export", "csv", "--period", "all", *how).out, how
    assert "secretol" in run("export", "jsonl").out
