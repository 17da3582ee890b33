"""The power goes at any moment: what a person was told is saved is there, and all of a command or nothing of it."""

from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("apsw", reason="apsw logs what SQLite does to the disk; pip install 'painlog[dev]'")

from tests.support import power_cut

pytestmark = pytest.mark.migrates
COMMANDS, SUBSETS = 12, 3


def cut(settings: tuple[str, str], seed: int, subsets: int, tmp_path: Path) -> Counter[str]:
    made, run, place = (tmp_path / f"{name}{seed}" for name in ("made", "run", "place"))
    for each in (made, run, place):
        each.mkdir(exist_ok=True)
    sql = power_cut.statements(made / "journal.db", COMMANDS, seed)
    assert "PRAGMA synchronous=EXTRA" in sql
    log = power_cut.steps(sql, run / "journal.db", lambda statement: statement.replace(*settings))
    return power_cut.outcomes(log, place, seed, subsets)


def test_a_power_cut_loses_nothing_and_damages_nothing(runs: int, tmp_path: Path) -> None:
    found = sum((cut(("", ""), seed, SUBSETS, tmp_path) for seed in range(runs)), Counter[str]())
    print(dict(found))  # noqa: T201
    assert (found["lost"], found["damaged"]) == (0, 0)
    assert found["sound"] == found["states"] > 1000 * runs


@pytest.mark.parametrize(("synchronous", "harm"), [("FULL", "lost"), ("OFF", "damaged")])
def test_the_simulator_finds_what_weaker_settings_do(synchronous: str, harm: str, tmp_path: Path) -> None:
    """SQLite's own default loses what was acknowledged: the removal of the journal may be undone."""
    found = cut(("synchronous=EXTRA", f"synchronous={synchronous}"), 1, 1, tmp_path)
    print(synchronous, dict(found))  # noqa: T201
    assert found[harm] > found["states"] / 100
    assert synchronous == "OFF" or not found["damaged"]
