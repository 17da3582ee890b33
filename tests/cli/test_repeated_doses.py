"""The same dose twice within minutes is asked about, and nothing of it is lost where nobody can answer."""

from pathlib import Path

import pytest

from painlog.storage.journal import Journal
from tests.conftest import NOW, Run
from tests.support.terminals import PROMPT, typed

QUESTION = "[y/n]: "


def doses(path: Path) -> list[str]:
    with Journal.look(path, NOW) as journal:
        return [entry.text for entry in journal.entries() if entry.kind == "dose"]


@pytest.mark.parametrize(
    "again", ["dose ibuprofen 400mg", "log took Ibuprofen 400 mg", "log pain 5, took ibuprofen 400mg"]
)
def test_in_a_pipe_both_are_recorded_and_undo_is_named(again: str, run: Run, path: Path) -> None:
    """Two may have been taken; a dose that was typed and is not there is worse than one too many."""
    run("dose", "ibuprofen", "400mg", "--at", "13:59")
    ran = run(*again.split())
    assert ran.code == 0
    said = " ".join(ran.err.split())
    assert (
        "ibuprofen, 400 mg is recorded at 13:59 already (6 min before); if this is the same one: painlog undo" in said
    )
    assert len(doses(path)) == 2
    run("undo")
    assert len(doses(path)) == 1


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("dose ibuprofen 400mg --at 13:54", "dose ibuprofen 400mg"),
        ("dose ibuprofen 400mg", "dose ibuprofen 200mg"),
        ("dose ibuprofen 400mg", "dose tramadol 400mg"),
        ("dose ibuprofen 400mg", "log skipped ibuprofen"),
        ("log skipped ibuprofen", "log skipped ibuprofen"),
        ("dose ibuprofen 400mg --at yesterday", "dose ibuprofen 400mg --at yesterday"),
        ("dose ibuprofen 400mg --at 2026-11-18T14:05", "dose ibuprofen 400mg"),
        ("treatment physio 45m", "treatment physio 45m"),
    ],
)
def test_what_is_another_dose_is_not_asked_about(first: str, then: str, run: Run) -> None:
    """More minutes, another amount, another medicine, one that was not taken, and days without a clock time."""
    assert run("plan", "start", "ibuprofen", "400mg").code == 0
    assert run(*first.split()).code == 0
    ran = run(*then.split())
    assert (ran.code, "already" in ran.err) == (0, False), ran


def test_over_midnight_it_is_noticed_too(run: Run) -> None:
    run("dose", "ibuprofen", "400mg", "--at", "2026-11-18T23:57")
    ran = run("dose", "ibuprofen", "400mg", "--at", "2026-11-19T00:03")
    assert "(6 min before)" in ran.err
    ran = run("dose", "ibuprofen", "400mg", "--at", "2026-11-18T23:50")
    assert "(7 min after)" in ran.err


@pytest.fixture
def own_config(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.parent.mkdir()
    monkeypatch.setenv("PAINLOG_CONFIG", str(path.with_name("config.toml")))


@pytest.mark.usefixtures("own_config")
@pytest.mark.parametrize(
    ("answers", "code", "left"), [(["y\r"], 0, 2), (["n\r"], 1, 1), (["perhaps\r", "yes\r"], 0, 2), (["\x04"], 1, 1)]
)
@pytest.mark.parametrize("words", ["dose ibuprofen 400mg", "log took ibuprofen 400mg"])
def test_a_person_is_asked(words: str, answers: list[str], code: int, left: int, path: Path) -> None:
    typed(path, [], *words.split())
    found, screen = typed(path, [(QUESTION, answer) for answer in answers], *words.split())
    assert (found, len(doses(path))) == (code, left), screen
    if code:
        assert "nothing was recorded: " in screen
        assert "ibuprofen" in screen.partition("nothing was recorded: ")[2], "the words are not lost"


@pytest.mark.usefixtures("own_config")
def test_the_prompt_goes_on_after_a_no(path: Path) -> None:
    keys = [
        (PROMPT, "took ibuprofen 400mg\r"), (PROMPT, "pain 5, took ibuprofen 400mg\r"), (QUESTION, "n\r"),
        (PROMPT, "mood 4\r"), (PROMPT, "\r"),
    ]  # fmt: skip
    code, screen = typed(path, keys, "log")
    assert code == 0, screen
    with Journal.look(path, NOW) as journal:
        assert sorted(entry.text for entry in journal.entries()) == ["dose ibuprofen, 400 mg", "mood 4"]
