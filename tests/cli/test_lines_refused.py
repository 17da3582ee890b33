"""A line of which the journal refuses a part: the rest is offered, with that part as a note."""

import json
import shlex

import pytest

from tests.conftest import Run


@pytest.mark.parametrize("line", ["flare over, pain 3, mood 7", "pain 3, mood 7, flare is over"])
def test_what_goes_with_the_journal_is_offered_without_the_end_of_a_flare_that_never_began(line: str, run: Run) -> None:
    ran = run("log", line)
    offer = next(each for each in ran.err.splitlines() if "painlog log" in each)
    assert ran.code == 2
    assert run(*shlex.split(offer)[1:]).code == 0
    kept = {each["kind"]: each["fields"] for each in json.loads(run("list", "--json").out)["entries"]}
    assert (kept["pain"]["score"], kept["mood"]["score"]) == (3, 7)
    assert (set(kept), "flare" in kept["note"]["note"]) == ({"pain", "mood", "note"}, True)
