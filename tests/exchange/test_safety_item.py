"""Whether an answer to the item on thoughts of death leaves is the person's choice, now and later, in every form."""

import json
import re
from pathlib import Path

import pytest

from painlog.cli.safety_items import HOLDS_EVERY_SAFETY_ITEM
from tests.conftest import Run
from tests.exchange.test_fhir import bundle, resources
from tests.support.exports import exported

ANSWERS = "1,0,1,0,1,0,1,0,3"
SAID = "an answer to PHQ-9's item 9"
WRITERS = (
    ("export", "csv", "out"),
    ("export", "fhir", "out"),
    ("report", "p.md"),
    ("report", "--json", "p.json"),
    ("visit", "prepare", "v.html"),
)
OFFER = re.compile(r"^  painlog (edit \w+ --set item_9_private=yes)$", re.MULTILINE)


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
        **{" ".join(words): SAID in run(*words, "-o", str(folder / name), "--force").err for *words, name in WRITERS},
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
    assert SAID not in run("export", "csv", "--layout", "daily").err
    assert HOLDS_EVERY_SAFETY_ITEM in run("export", "jsonl").err


@pytest.mark.parametrize("words", [words for *words, _ in WRITERS], ids=" ".join)
def test_the_lines_offered_keep_every_answer_of_the_file_and_no_other(
    run: Run, tmp_path: Path, words: list[str]
) -> None:
    """The form recorded last may be an older one, or a milder: what is shown must not stay because of that."""
    run("config", "set", "phq9", "yes")
    assert run("ask", "phq9", "--answers", "0,0,0,0,0,0,0,0,1", "--at", "400 days ago").code == 0
    for answers, at in (("2,1,1,2,1,0,0,1,3", "9 days ago"), ("1,1,1,1,1,0,0,1,1", "2 days ago"), (ANSWERS, "now")):
        assert run("ask", "phq9", "--answers", answers, "--at", at).code == 0
    assert run("ask", "phq9", "--answers", "1,1,1,1,1,0,0,1,0", "--at", "5 days ago", "--keep-private").code == 0
    about = [] if words[0] == "visit" else ["--period", "28d"]

    said = run(*words, *about, "-o", str(tmp_path / "one")).err
    assert "3 answers to PHQ-9's item 9" in said
    offered = OFFER.findall(said)
    assert len(offered) == 3
    for line in offered:
        assert run(*line.split()).code == 0
    assert "item 9" not in run(*words, *about, "-o", str(tmp_path / "one"), "--force").err
    assert "an answer to PHQ-9's item 9" in run("report", "--period", "all", "-o", str(tmp_path / "all.md")).err
