"""What is written in an editor: for nobody else to read, never left behind unsaid."""

import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_edit import editor, short
from tests.conftest import Run


@pytest.fixture
def drafts(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Path]]:
    """Everything that is readable anywhere and holds what was being written."""
    places = tmp_path / "temporary"
    places.mkdir()
    monkeypatch.setenv("TMPDIR", str(places))
    monkeypatch.setattr("tempfile.tempdir", str(places))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    (tmp_path / "runtime").mkdir(0o700)

    def readable() -> list[Path]:
        return [
            each for place in (path.parent, places, tmp_path / "runtime") for each in place.rglob("*")
            if each.is_file() and each != path and b"canary words" in each.read_bytes()
        ]  # fmt: skip

    return readable


LEFT = {
    "a failed editor": "exit 3",
    "a failed editor that wrote": 'cp "$1" "$1~"; cp "$1" "$(dirname "$1")/.entry.toml.swp"; exit 3',
    "a value that is none": """sed -i 's/"6"/"66"/' "$1" """,
    "a value that is none, and more": """sed -i 's/"6"/"66"/' "$1"; cp "$1" "$1~"; cp "$1" "$(dirname "$1")/.swp" """,
}


@pytest.mark.parametrize("how", LEFT)
def test_a_draft_that_is_given_up_at_the_end_of_input_is_removed_or_named(
    how: str, run: Run, tmp_path: Path, drafts: Callable[[], list[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("pain", "6", "--note", "canary words")
    editor(tmp_path, monkeypatch, LEFT[how])
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    ran = run("edit", short(run))
    assert ran.code != 0
    for left in drafts():
        assert str(left) in ran.err.replace("\n", ""), (left, ran.err)
        assert left.name == "entry.toml"


def test_a_draft_lies_beside_its_journal_and_nobody_else_can_read_it(
    run: Run, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drafts: Callable[[], list[Path]]
) -> None:
    run("pain", "6", "--note", "canary words")
    editor(
        tmp_path, monkeypatch, f'echo "$1" > {tmp_path}/where; stat -c "%a" "$1" "$(dirname "$1")" > {tmp_path}/modes'
    )
    before = os.umask(0)
    try:
        run("edit", short(run))
    finally:
        os.umask(before)
    where = Path((tmp_path / "where").read_text().strip())
    assert path.parent in where.parents
    assert (tmp_path / "modes").read_text().split() == ["600", "700"]
    assert drafts() == []
    assert not where.parent.exists()


def test_erase_lists_this_journals_drafts_and_no_others(
    run: Run, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "elsewhere" / "second.db"
    for journal in (path, other):
        assert run("--journal", str(journal), "pain", "6", "--note", "canary words").code == 0
        editor(tmp_path, monkeypatch, """sed -i 's/"6"/"66"/' "$1" """)
        monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
        listed = json.loads(run("--journal", str(journal), "list", "--json").out)["entries"][-1]["id"]
        ran = run("--journal", str(journal), "edit", listed)
        assert "kept in" in ran.err, ran.err
    mine = list(path.parent.rglob("entry.toml"))
    theirs = list(other.parent.rglob("entry.toml"))
    assert mine
    assert theirs
    said = run("erase", "--dry-run").out
    assert str(mine[0]) in said
    assert str(theirs[0]) not in said
    assert run("erase", "--yes").code == 0
    assert (mine[0].exists(), theirs[0].exists()) == (False, True)
