"""A diary, written as a table in any dress, is found again by what is proposed; or something is asked."""

import random
from collections.abc import Callable

from painlog.errors import BadInput, FileRefused
from tests.support.dressed_tables import Table, dress, facts_of, make_diary
from tests.support.importing_diaries import proposed

RUNS, MOST_ASKED = 60, 0.1


def test_a_dressed_diary_is_found_again_or_something_is_asked(runs: int, report: Callable[[str], None]) -> None:
    asked = 0
    for seed in range(RUNS * runs):
        chance = random.Random(seed)
        diary = make_diary(chance)
        if diary.records:
            asked += is_asked(diary.facts(), dress(diary, chance), seed)
    report(f"{RUNS * runs:,} tables, {asked:,} with a question, none read wrong")
    assert asked <= MOST_ASKED * RUNS * runs


def is_asked(facts: list[object] | object, table: Table, seed: int) -> bool:
    """Whether something is asked of a table; where nothing is, what is read must be the diary."""
    try:
        found = proposed(table.raw)
    except (BadInput, FileRefused, AssertionError) as error:
        raise AssertionError(f"seed {seed}: {error}; {table.dress}\n{shown(table)}") from error
    if found.asked:
        return True
    assert not found.found.problems, f"seed {seed}: {found.found.problems[:3]}; {table.dress}\n{shown(table)}"
    read = facts_of(found.facts)
    assert read == facts, f"seed {seed}: {difference(read, facts)}; {found.fields}; {table.dress}\n{shown(table)}"
    return False


def difference(read: object, facts: object) -> object:
    assert isinstance(read, list)
    assert isinstance(facts, list)
    return {
        "too much": [one for one in read if one not in facts][:4],
        "missing": [one for one in facts if one not in read][:4],
    }


def shown(table: Table) -> str:
    return "\n".join(table.raw.decode(table.dress["encoding"]).splitlines()[:6])
