"""Whether an answer to the item on thoughts of death leaves is the person's choice, now and later, in every form."""

import json
from pathlib import Path

import pytest

from painlog.cli.talk import HOLDS_EVERY_SAFETY_ITEM, HOLDS_SAFETY_ITEM
from tests.conftest import Run
from tests.exchange.test_fhir import bundle, resources
from tests.support.exports import exported

ANSWERS = "1,0,1,0,1,0,1,0,3"


def _hold(run: Run, folder: Path) -> dict[str, bool]:
    """Which forms hold the answer, each as far as its own words go."""
    long = [row for row in exported(run, "--with-notes") if row["variable"] == "phq9_item_9"]
    (form,) = resources(bundle(run), "QuestionnaireResponse")
    page = json.loads(run("report", "--json").out)["report"]["safety"]
    run("report", "-o", str(folder / "page.html"), "--force")
    return {
        "csv": [row["value"] for row in long] == ["3"],
        "fhir": "valueCoding" in form["item"][8]["answer"][0],
        "json": page["highest"] is not None,
        "html": "nearly every day" in (folder / "page.html").read_text().lower(),
        **{
            " ".join(words): HOLDS_SAFETY_ITEM in run(*words, "-o", str(folder / "out"), "--force").err
            for words in (["export", "csv"], ["export", "fhir"])
        },
        "report": HOLDS_SAFETY_ITEM.removeprefix("it holds ")
        in run("report", "-o", str(folder / "p.md"), "--force").err,
    }


@pytest.mark.parametrize("kept_at_first", [True, False])
def test_every_form_follows_the_choice_and_says_what_it_holds(run: Run, tmp_path: Path, *, kept_at_first: bool) -> None:
    run("config", "set", "phq9", "yes")
    assert run("ask", "phq9", "--answers", ANSWERS, *["--keep-private"] * kept_at_first).code == 0
    for is_kept in (kept_at_first, not kept_at_first):
        if is_kept != kept_at_first:
            change = ("--set", "item_9_private=yes") if is_kept else ("--clear", "item_9_private")
            assert run("edit", "last", "phq9", *change).code == 0
        held = _hold(run, tmp_path)
        assert set(held.values()) == {not is_kept}, held
    assert HOLDS_SAFETY_ITEM not in run("export", "csv", "--layout", "daily").err
    assert HOLDS_EVERY_SAFETY_ITEM in run("export", "jsonl").err
