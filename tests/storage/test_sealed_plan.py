"""The plan that lives with the person, all of it once in an encrypted journal: nothing of it stands there in clear."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.encrypted import everything

pytest.importorskip("sqlcipher3", reason="takes the extra painlog[encryption]")
pytestmark = [pytest.mark.migrates, pytest.mark.usefixtures("ring", "terminal")]
STEPS = (
    "plan start duloxetine 60mg daily",
    "plan start ibuprofen 400mg prn at most 1 a day",
    "plan stock duloxetine 5",
    "plan flare heat-canary",
    "plan signs signs-canary",
    "plan matters choir-canary",
    "plan goal Walk-canary --often daily",
    "treatment physio --ahead tue-10:00",
    "ask-doctor question-canary",
    "visit plan Weber 19-nov-14:30",
    "visit done Weber|answer-canary|change duloxetine 30mg|agreed-canary|",
    "flare start",
    "flare end --note helped-canary",
    "log did choir-canary, pain 4",
    "log -|08:00 took ibuprofen|12:00 took ibuprofen",
    "pause 2w pause-canary",
    "checkin evening|||||||t|d",
)


def test_everything_of_the_plan_works_encrypted(
    sealed: Path, run: Run, at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = run("list", "--period", "all").out
    for typed in STEPS:
        words, *answers = typed.split("|")
        if words == "visit done Weber":
            at("2026-11-19T15:00:00+01:00")
        lines = "".join(f"{answer}\n" for answer in answers)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
        ran = run(
            *(word.replace("-", " ") if word[0].isdecimal() or word[:3] == "tue" else word for word in words.split())
        )
        assert ran.code == 0, (typed, ran.err)
    plan = json.loads(run("plan", "show", "--json").out)["plan"]
    assert (plan["flare"], plan["signs"]) == (["heat-canary"], ["signs-canary"])
    assert (plan["matters"][0]["days"], plan["pause"]["note"], plan["ahead"][0]["name"]) == (
        1,
        "pause-canary",
        "physio",
    )
    assert [(each["item"]["amount"], each["adherence"]["taken"]) for each in plan["followed"][:1]] == [("30 mg", 1)]
    assert plan["goals"][0]["done"] == 1
    due = json.loads(run("due", "--json").out)["due"]
    assert due["medicines"] == {"unrecorded": 0, "scheduled": 1, "ending": 1}
    page = json.loads(run("report", "--period", "all", "--json").out)["report"]
    assert page["answered"] == [{"question": "question-canary", "answer": "answer-canary"}]
    assert "agreed-canary" in page["agreed"]
    for name, content in everything(sealed.parent).items():
        assert b"canary" not in content, name
        assert b"duloxetine" not in content, name
    for _ in STEPS:
        assert run("undo").code == 0
    assert run("list", "--period", "all").out == before
