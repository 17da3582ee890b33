"""Naming an entry without its id: ``last``, or picked from a short list; and changing it field by field."""

import io
import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.terminals import typed


@pytest.fixture(autouse=True)
def four_entries(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four entries, of which the one recorded last was the first of the day; no editor is set."""
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    path.parent.mkdir(exist_ok=True)
    monkeypatch.setenv("PAINLOG_CONFIG", str(path.with_name("config.toml")))
    for line in ("track add fog", "pain 6 --where knee_l --note words", "mood 4", "log fog 3", "pain 7 --at 08:00"):
        assert run(*line.split()).code == 0, line


def test_last_is_the_entry_that_was_recorded_last_not_the_latest_hour(run: Run) -> None:
    assert run("show", "last").out.startswith("pain  [")
    assert "score" not in run("show", "last", "mood").err
    assert run("edit", "last", "pain", "--set", "score=2").out.startswith("changed: pain 2")
    assert run("history", "last").out.count("pain 2") == 1
    assert run("delete", "last", "fog").out.startswith("deleted: fog 3")
    assert run("delete", "last").out.startswith("deleted: pain 2")
    assert run("delete", "last", "pain").out.startswith("deleted: pain 6")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["delete", "last", "dose"], "there is no entry of dose yet"),
        (["edit", "last", "pian"], "'pian' is not a kind of entry"),
        (["show"], "which entry? painlog list shows their ids; last,"),
        (["delete"], "which entry? painlog list shows their ids; last,"),
        (["history", "last", "pain", "mood"], "'pain mood' is not a kind of entry"),
    ],
)
def test_what_names_no_entry_is_refused_and_changes_nothing(
    words: list[str], says: str, run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"1\n")))
    before = path.read_bytes()
    ran = run(*words)
    assert (ran.code, path.read_bytes()) == (2, before)
    assert says in " ".join(ran.err.split())


def test_a_person_picks_from_a_list(path: Path) -> None:
    code, screen = typed(path, "x3\n", "delete")
    assert code == 0, screen
    assert "  1  Thu 19 Nov 08:00  pain 7" in screen.replace("\x1b[0m", "")
    assert "deleted: mood 4" in screen
    code, screen = typed(path, "\n", "delete")
    assert (code, "nothing was picked; nothing was changed" in screen) == (2, True)


def test_each_field_is_asked_and_only_what_was_answered_anew_is_changed(run: Run, path: Path) -> None:
    """Enter leaves a field, - empties it, a wrong value is asked again; one undo takes all of it back."""
    code, screen = typed(path, "12\n5\n\nneck:3\nburning\n\4", "edit", "last", "pain")
    assert (code, "12" in screen) == (0, True)
    assert "changed: pain 5, neck 3, burning   Thu 19 Nov 08:00" in screen
    code, screen = typed(path, "4\n\n-\n\4", "edit", "last", "pain")
    assert (code, "changed: pain 4, burning " in screen) == (0, True), screen
    run("undo")
    run("undo")
    assert run("show", "last").out.startswith("pain  [")
    assert json.loads(run("show", "last", "--json").out)["entry"]["fields"] == {"score": 7}


def test_answers_from_a_pipe_change_an_entry_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"3\n\nneck\n" + b"\n" * 6 + b"07:00\n")))
    assert run("edit", "last").out.startswith("changed: pain 3, neck   Thu 19 Nov 07:00")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\n\n")))
    ran = run("edit", "last")
    assert (ran.code, ran.out, "nothing was changed" in ran.err) == (0, "", True)
