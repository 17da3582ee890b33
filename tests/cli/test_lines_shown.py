"""``show`` and ``history`` say which words an entry was made from."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.terminals import PROMPT, typed

LINE = "yesterday pain 6 knee, mood 4"


def test_show_says_what_was_said(run: Run) -> None:
    run("log", LINE)
    for kind in ("pain", "mood"):
        assert f"  said      {LINE}" in run("show", "last", kind).out.splitlines()
        assert json.loads(run("show", "last", kind, "--json").out)["entry"]["said"] == LINE
    run("mood", "5")
    assert "said" not in run("show", "last", "mood").out
    assert "said" not in json.loads(run("show", "last", "mood", "--json").out)["entry"]


def test_history_says_it_beside_the_change_that_it_made(run: Run) -> None:
    run("log", LINE)
    run("edit", "last", "mood", "--set", "score=5")
    first, said, then = run("history", "last", "mood").out.splitlines()
    assert ("recorded:" in first, said, "changed:" in then) == (True, f"  said: {LINE}", True)


def test_what_a_terminal_would_obey_is_shown_and_not_obeyed(run: Run) -> None:
    assert run("log", "pain 6, note \x1b[2Jred").code == 0
    for command in ("show", "history"):
        ran = run(command, "last", "pain")
        assert (ran.code, "\x1b" in ran.out, "[2J" in ran.out) == (0, False, True), ran


def test_a_line_of_an_inbox_is_kept_without_its_bullet(run: Run, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox.txt"
    inbox.write_text("2026-11-18:\n- pain six in my lower back, slept badly five hours\n")
    assert run("inbox", str(inbox)).code == 0
    shown = run("show", "last", "sleep", "--json").out
    assert json.loads(shown)["entry"]["said"] == "pain six in my lower back, slept badly five hours"


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ([("nothing: ", "n\r")], "knee hurts 6 maybe7"),
        ([("nothing: ", "\r"), ("nothing is chosen yet", "n\r")], "knee hurts 6 maybe7"),
    ],
    ids=["n", "Enter, then n"],
)
def test_what_was_asked_about_is_kept_as_it_was_typed(
    keys: list[tuple[str, str]], said: str, path: Path, run: Run
) -> None:
    path.parent.mkdir()
    code, screen = typed(path, keys, "log", said)
    assert code == 0, screen
    assert f"said      {said}" in run("show", "last").out


def test_the_arrow_brings_back_the_line_that_was_typed(path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not what painlog made of it, and each once, however many entries it made."""
    path.parent.mkdir()
    monkeypatch.setenv("PAINLOG_CONFIG", str(path.with_name("config.toml")))
    run("log", "my knee hurts 5, mood 4")
    run("log", "pain 3")
    code, screen = typed(path, [(PROMPT, "\x1b[A\x1b[A\r"), (PROMPT, "\r")], "log")
    assert code == 0, screen
    assert run("list").out.count("mood 4") == 2
