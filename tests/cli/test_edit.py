"""Changing entries: by options, in an editor, and what the history says of it."""

import json
import re
import stat
import time
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.storage.test_journal import folds


def newest(run: Run) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("list", "--period", "all", "--json").out)["entries"][-1]
    return found


def short(run: Run) -> str:
    return str(newest(run)["id"])[-12:][:6]


def test_options_change_an_entry_and_undo_changes_it_back(run: Run, path: Path) -> None:
    run("pain", "6", "--where", "left knee:7", "--trigger", "sitting", "--note", "one")
    before = newest(run)
    ran = run(
        "edit",
        short(run),
        "--set",
        "pain=4.5",
        "--set",
        "where=neck, right hip:3",
        "--clear",
        "trigger",
        "--at",
        "mon 08:00",
    )
    assert ran.out == "changed: pain 4.5, neck, hip RIGHT 3, one   Mon 16 Nov 08:00\nundo: painlog undo\n"
    assert newest(run)["fields"] == {"score": 4.5, "where": {"neck": None, "hip_r": 3}, "note": "one"}
    assert newest(run)["recorded_at"] == before["recorded_at"]
    assert run("undo").out.startswith("changed back: pain 6, knee LEFT 7, trigger sitting, one")
    assert newest(run) == before
    run("redo")
    assert newest(run)["fields"]["score"] == 4.5
    assert folds(path)


def test_a_night_is_computed_anew(run: Run) -> None:
    run("sleep", "23:20-06:50", "--sol", "45m")
    run("edit", short(run), "--set", "waso=1h")
    assert newest(run)["fields"]["tst"] == 345
    assert newest(run)["fields"]["efficiency"] == 76.7
    run("edit", short(run), "--set", "night=5h")
    assert "efficiency" in newest(run)["fields"]
    assert newest(run)["fields"]["tst"] == 300


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (["--set", "score=12"], "pain is 0 to 10, not 12"),
        (["--set", "score"], "is not FIELD=VALUE"),
        (["--set", "worry=5"], "pain has no field 'worry'; it has score, rating, where"),
        (["--clear", "score"], "pain needs a value"),
        (["--at", "tomorrow"], "ahead"),
        (["--at", ""], "--at is empty"),
        (["--set", "score=3", "--set", "pain=4"], "given twice"),
        (["--set", "score=3", "--clear", "score"], "given twice"),
    ],
)
def test_a_wrong_change_is_refused_and_changes_nothing(change: list[str], says: str, run: Run, path: Path) -> None:
    run("pain", "6")
    before = path.read_bytes()
    ran = run("edit", short(run), *change)
    assert (ran.code, ran.out, says in ran.err) == (2, "", True)
    assert path.read_bytes() == before


def test_a_change_that_changes_nothing_is_no_command(run: Run, path: Path) -> None:
    run("pain", "6")
    before = path.read_bytes()
    assert run("edit", short(run), "--set", "score=6").err == "nothing was changed\n"
    assert path.read_bytes() == before


def test_a_night_keeps_its_day_when_its_waking_is_put_right(run: Run) -> None:
    run("sleep", "23:20-06:50", "--sol", "45m")
    run("edit", short(run), "--set", "night=23:20-07:10")
    assert newest(run)["day"] == "2026-11-19"
    assert newest(run)["fields"]["night"] == "2026-11-18T23:20+01:00/2026-11-19T07:10+01:00"
    refused = run("edit", short(run), "--at", "yesterday 06:00")
    assert (refused.code, "is moved by them" in refused.err) == (2, True)


def test_an_edit_elsewhere_in_the_world_touches_only_what_was_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for command in (("sleep", "23:20-06:50", "--sol", "45m"), ("pain", "6", "--at", "yesterday 22:00")):
        run(*command)
        before = newest(run) if command[0] == "sleep" else json.loads(run("list", "--json").out)["entries"][0]
        monkeypatch.setenv("TZ", "America/New_York")
        time.tzset()
        id_ = str(before["id"])
        assert run("edit", id_, "--set", "quality=3" if command[0] == "sleep" else "quality=dull").code == 0
        after = json.loads(run("show", id_, "--json").out)["entry"]
        assert {k: v for k, v in after["fields"].items() if k != "quality"} == before["fields"]
        assert {k: v for k, v in after.items() if k != "fields"} == {k: v for k, v in before.items() if k != "fields"}
        monkeypatch.setenv("TZ", "Europe/Berlin")
        time.tzset()


@pytest.mark.parametrize(
    ("said", "new"),
    [
        (["note", "warm and/or cold"], "note=this/that"),
        (["dose", "oxycodone/naloxone", "10mg"], "name=paracetamol/codeine"),
        (["treatment", "tens", "20m"], "name=TENS/heat"),
    ],
)
def test_a_slash_in_an_entrys_words_makes_no_night_of_it(said: list[str], new: str, run: Run) -> None:
    """An interval is stored with a slash too; taken for one, the words lost their time, or could not be moved."""
    run(*said, "--at", "07:30")
    assert "08:15" in run("edit", "last", "--set", new, "--at", "08:15").out
    assert "08:15" in run("edit", "last", "--set", new.replace("/", " / ")).out
    assert newest(run)["at"] is not None


def test_regions_can_be_put_in_another_order(run: Run) -> None:
    run("pain", "6", "--where", "left knee", "--where", "neck:3")
    run("edit", short(run), "--set", "where=neck:3", "--set", "where=left knee")
    assert list(newest(run)["fields"]["where"]) == ["neck", "knee_l"]


def test_a_deleted_entry_is_not_edited_back_to_life(run: Run) -> None:
    run("pain", "6")
    id_ = short(run)
    run("delete", id_)
    assert "this entry is deleted: pain 6" in run("edit", id_, "--set", "score=4").err
    assert run("list").out == ""


def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """An editor that runs a shell script on the file."""
    program = tmp_path / "my editor"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{program}'")


def test_the_editor_shows_the_entry_and_its_changes_are_taken(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("pain", "6", "--where", "left knee:7", "--quality", "burning,stiff", "--note", 'say "ouch"\nüber')
    editor(tmp_path, monkeypatch, f'cp "$1" {tmp_path}/seen; sed -i \'s/score = "6"/score = 4/; /quality/d\' "$1"')
    assert run("edit", short(run)).code == 0
    seen = (tmp_path / "seen").read_text()
    assert (
        'when = "2026-11-19 14:05+01:00"\nscore = "6"\nwhere = ["knee_l:7"]\nquality = ["burning", "stiff"]\n' in seen
    )
    assert newest(run)["fields"] == {"score": 4, "where": {"knee_l": 7}, "note": 'say "ouch"\nüber'}


def test_an_editor_left_without_a_change_changes_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for command in (
        ("sleep", "23:20-06:50", "--sol", "45m", "--woken-by-pain"),
        ("pain", "6", "--at", "mon", "--worst"),
    ):
        run(*command)
        editor(tmp_path, monkeypatch, "true")
        assert run("edit", short(run)).err == "nothing was changed\n"


def test_what_the_editor_left_wrong_is_asked_about_and_nothing_is_lost(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    run("pain", "6")
    twice = (
        f'if [ -e {tmp_path}/again ]; then sed -i s/12/3/ "$1"; else sed -i s/6/12/ "$1"; touch {tmp_path}/again; fi'
    )
    editor(tmp_path, monkeypatch, twice.replace("s/6/12/", '\'s/"6"/"12"/\'').replace("s/12/3/", '\'s/"12"/"3"/\''))
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    ran = run("edit", short(run))
    assert "painlog: pain is 0 to 10, not 12" in ran.err
    assert newest(run)["fields"] == {"score": 3}
    editor(tmp_path, monkeypatch, 'echo "[" > "$1"')
    monkeypatch.setattr("sys.stdin", io.StringIO("n\nn\n"))
    assert run("edit", short(run)).code == 2
    kept = Path(run("edit", short(run)).err.split("kept in ")[1].strip())
    assert kept.read_text() == "[\n"
    editor(tmp_path, monkeypatch, "exit 3")
    assert "nothing was changed" in run("edit", short(run)).err
    assert newest(run)["fields"] == {"score": 3}


def test_the_history_tells_each_change(run: Run) -> None:
    run("pain", "6")
    id_ = short(run)
    run("edit", id_, "--set", "score=5")
    run("undo")
    run("redo")
    run("edit", id_, "--at", "mon")
    run("delete", id_)
    told = [re.sub(r"^Thu 19 Nov 14:05  ", "", line) for line in run("history", id_).out.splitlines()]
    assert told == [
        "recorded:  pain 6",
        "changed:  pain 5",
        "changed back:  pain 6",
        "changed again:  pain 5",
        "changed:  pain 5   Mon 16 Nov 2026, no time given",
        "deleted:  pain 5",
    ]
