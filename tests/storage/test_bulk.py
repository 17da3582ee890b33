"""Many entries at once: what goes in by the thousand is what would go in one by one, wholly or not at all."""

import shlex
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from painlog.domain import entries
from painlog.domain.entries import Draft
from painlog.domain.kinds.nights import Night
from painlog.domain.kinds.registry import KINDS, VERBS
from painlog.domain.language import dates, lines
from painlog.domain.language.dates import present
from painlog.domain.language.understanding import Present, understand_words
from painlog.domain.language.vocabulary import built_in_vocabulary
from painlog.errors import BadInput, BadLines
from painlog.storage import writing
from painlog.storage.journal import Journal
from painlog.storage.log import changes, history
from painlog.storage.log.changes import Change, LogicalClock, fold, from_json, make_change, new_id, to_json
from painlog.storage.writing import Command
from tests.conftest import NOW, Run
from tests.storage.test_journal import folds
from tests.support.reading import parse_line, parse_text

BASE = present(NOW)
WHENS = ("", "2026-11-18 07:15 ", "yesterday ", "25 oct 02:30 ", "2026-10-25 08:00, ", "mon 23:00: ", "3 days ago ")
CLAUSES = (
    *("pain 6", "pain 4 low back left burning after sitting, stress", "mood 4 worry 6", "slept 5h30 quality 2"),
    *("slept 23:20-06:50", "nap 20m", "took ibuprofen 400mg before 7", "did physio 45m helped 6", "worst pain 9"),
    *("note tired", 'note "tired, and slow"', "went-well walked", "steps 4000", "worry 3", "pain 5,5 neck"),
)
LINES = st.tuples(st.sampled_from(WHENS), st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=3)).map(
    lambda said: said[0] + ", ".join(said[1])
)


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let three be many, so that every way of taking them in pieces is gone."""
    for module in (changes, writing, history):
        monkeypatch.setattr(module, "AT_ONCE", 3)


def forget() -> None:
    for remembered in (lines.read_line, dates.read_when, entries._read):
        remembered.cache_clear()


def read(line: str) -> list[Draft] | str:
    try:
        return parse_line(line, BASE, NOW)
    except BadInput as refused:
        return str(refused)


def held(path: Path) -> list[tuple[Any, ...]]:
    """What the entries say, in the order they were made, without their ids and clocks."""
    conn = sqlite3.connect(path)
    rows = conn.execute(
        "SELECT ops.data, ops.recorded_at, source, kind, day, at, utc_offset, zone, variant, value, entries.data, "
        "deleted FROM ops JOIN entries ON entry = id ORDER BY hlc"
    ).fetchall()
    conn.close()
    return rows


@given(st.lists(LINES, min_size=1, max_size=6))
def test_a_line_that_was_read_before_says_the_same_as_one_that_was_not(said: list[str]) -> None:
    forget()
    again = [read(line) for line in [*said, *said]][len(said) :]
    for line, found in zip(said, again, strict=True):
        forget()
        assert read(line) == found


@given(said=st.lists(LINES, min_size=1, max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=25)
def test_many_at_once_are_what_they_are_one_by_one(said: list[str], tmp_path: Path) -> None:
    fine = [line for line in said if not isinstance(read(line), str)]
    together, single = tmp_path / "together.db", tmp_path / "single.db"
    for path in (together, single):
        path.unlink(missing_ok=True)
    with Journal.open(together, NOW) as journal:
        journal.record_many(parse_text("\n".join(fine), BASE, NOW))
    with Journal.open(single, NOW) as journal:
        for line in fine:
            for draft in parse_line(line, BASE, NOW):
                journal.record([draft])
    assert held(together) == held(single)
    assert folds(together)
    conn = sqlite3.connect(together)
    assert conn.execute("SELECT count(DISTINCT command) FROM ops").fetchone()[0] <= 1
    assert conn.execute("SELECT hlc FROM ops ORDER BY entry").fetchall() == sorted(conn.execute("SELECT hlc FROM ops"))
    conn.close()


@given(
    LINES,
    st.sampled_from(["", new_id("0" * 24)]),
    st.sampled_from([None, {}, {"from": "a", "said": 'pain "5'}]),
)
def test_a_new_entry_is_the_fold_of_its_first_change(line: str, id_: str, origin: dict[str, str] | None) -> None:
    """As the doctor, undo and every other device fold it from what is written, which says no less and no more."""
    for draft in drafts if not isinstance(drafts := read(line), str) else ():
        command = Command(LogicalClock("0badcafe", ""), NOW, "cli")
        (change,), (state,) = command.carry_out([draft._replace(id=id_, origin=origin)], {})
        said = {"kind": draft.kind.name} | writing.moment_data(draft.moment, NOW) | {"fields": draft.data}
        said |= {"line": draft.line} if draft.line else {}
        assert change.data == to_json(said | ({"origin": origin or {}, "deleted": 0} if id_ else {}))
        assert state.row == fold(change.entry, [(change.data, NOW.isoformat())])
        assert state.fields == from_json(state.row.data)


@pytest.mark.parametrize("name", [name for name in VERBS if not isinstance(KINDS[name].main, Night)])
def test_only_a_night_says_something_else_at_another_moment(name: str) -> None:
    """Readings of all else are remembered whenever they were for."""
    kind, other = KINDS[name], present(NOW - timedelta(days=26, hours=9))
    words = " ".join(word.removeprefix("--").replace("-", "_") for word in shlex.split(kind.example))
    read = [understand_words(kind, words, built_in_vocabulary(), Present(moment, NOW)) for moment in (BASE, other)]
    assert [draft.data for draft in read[0].drafts] == [draft.data for draft in read[1].drafts] != []


def test_a_night_of_the_same_words_is_another_one_on_another_day() -> None:
    moments = [present(NOW - timedelta(days=i)) for i in (0, 1)]
    said = [entries.read_texts(KINDS["sleep"], {"night": ["23:20-06:50"]}, moment)["night"] for moment in moments]
    assert said == [f"2026-11-{18 - i}T23:20+01:00/2026-11-{19 - i}T06:50+01:00" for i in (0, 1)]


def text_of(count: int, *others: str) -> str:
    return "\n".join([*(f"pain {number % 11}" for number in range(count)), *others])


def test_one_wrong_line_far_behind_leaves_nothing_and_each_is_named(run: Run, path: Path, tmp_path: Path) -> None:
    run("mood", "4")
    before = path.read_bytes()
    diary = tmp_path / "diary.txt"
    diary.write_text(text_of(40, "pain 11", "mood 3", "mood fourish"))
    ran = run("log", "--file", str(diary))
    assert (ran.code, ran.out) == (2, "")
    assert "2 of 43 lines are not understood" in ran.err
    assert "line 41: pain is 0 to 10, not 11\n" in ran.err
    assert "line 43: " in ran.err
    assert path.read_bytes() == before


def test_a_refused_text_begins_no_journal(run: Run, path: Path, tmp_path: Path) -> None:
    diary = tmp_path / "diary.txt"
    for last in ("pain 11", "goal done"):
        diary.write_text(text_of(40, last))
        assert run("log", "--file", str(diary)).code == 2
        assert not path.exists()


def test_what_a_rule_refuses_is_said_after_what_is_not_understood(path: Path) -> None:
    with Journal.open(path, NOW) as journal:
        for last, error in (("", "there is no goal"), ("mood fourish", "1 of 8 lines is not understood")):
            with pytest.raises(BadInput, match=error) as refused:
                journal.record_many(parse_text(f"pain 1\ngoal done\n{text_of(5)}\n{last}", BASE, NOW))
            assert isinstance(refused.value, BadLines) == bool(last)
        assert journal.is_empty


def test_flares_of_one_text_are_looked_over_by_their_days(path: Path) -> None:
    text = f"2026-11-10 flare end\n{text_of(5)}\n2026-11-08 flare start\n{text_of(5)}\n2026-11-12 flare start"
    with Journal.open(path, NOW) as journal:
        assert journal.record_many(parse_text(text, BASE, NOW)) == 13
        with pytest.raises(BadInput, match="a flare has been open since"):
            journal.record_many(parse_text(f"{text_of(4)}\nflare start", BASE, NOW))
        assert len(journal.entries()) == 13


def test_what_fails_in_between_leaves_nothing(path: Path) -> None:
    def failing() -> Iterator[Draft]:
        yield from parse_text(text_of(10), BASE, NOW)
        raise KeyboardInterrupt

    with Journal.open(path, NOW) as journal:
        with pytest.raises(KeyboardInterrupt):
            journal.record_many(failing())
        assert journal.is_empty


def test_a_long_command_is_one_undo_and_one_redo(path: Path) -> None:
    with Journal.open(path, NOW) as journal:
        journal.record(parse_line("mood 4", BASE, NOW))
        journal.record_many(parse_text(text_of(11), BASE, NOW))
        taken_back = journal.undo()
        assert [entry.text for entry in journal.entries()] == ["mood 4"]
        again = journal.redo()
        assert len(journal.entries()) == 12
        journal.delete(journal.entries())
        assert journal.entries() == []
        assert (journal.undo().done, len(journal.entries())) == ("deleted", 12)
    expected = [f"pain {number % 11}" for number in range(11)]
    assert [entry.text for entry in taken_back.entries] == [entry.text for entry in again.entries] == expected
    assert folds(path)


def imported(numbers: Sequence[int]) -> Iterator[Draft]:
    for number in numbers:
        at = NOW - timedelta(hours=number)
        id_ = f"00000000-0000-8000-8000-{number:012x}"
        yield Draft(KINDS["pain"], present(at), {"score": number % 11}, at, id_, {"from": "table"})


def test_a_long_import_tells_what_is_there_what_was_undone_and_what_was_deleted(path: Path) -> None:
    """Each in another piece, and each again."""
    with Journal.open(path, NOW) as journal:
        assert journal.bring_in(imported(range(10)), "import:table") == (10, 0, 0, 0)
        assert journal.bring_in(imported([*range(10), *range(10)]), "import:table") == (0, 20, 0, 0)
        journal.undo()
        assert journal.bring_in(imported(range(10)), "import:table") == (10, 0, 0, 0)
        journal.delete([entry for entry in journal.entries() if entry.data["score"] in (1, 5, 9)])
        assert journal.bring_in(imported(range(12)), "import:table") == (2, 7, 3, 0)
        assert len(journal.entries()) == 9
        assert datetime.fromisoformat(journal.history.changes()[0][4]) == NOW
    assert folds(path)


def changes_elsewhere(path: Path) -> list[Change]:
    """The changes of another device: entries, edits of them, one deleted; and two that a copy of it stamped alike."""
    with Journal.open(path, NOW) as journal:
        journal.record_many(parse_text(text_of(7), BASE, NOW))
        journal.present_at = NOW + timedelta(minutes=1)
        for entry in journal.entries()[:3]:
            with journal.changing() as transaction:
                transaction.edit(entry, Draft(KINDS["pain"], BASE, {"score": 10, "note": "worse"}))
        journal.delete(journal.entries()[4:5])
        found = [Change(*row) for row in journal.history.changes()]
    for change in (found[2], found[8]):
        data = from_json(change.data)
        data["fields"] |= {"note": "of the copy"}
        found.append(make_change(*change[:3], data, *change[4:6]))
    return found


@given(order=st.randoms(use_true_random=False))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=20)
def test_changes_taken_over_in_pieces_are_what_they_are_at_once(
    order: Random, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In any order, of one file and of several: an edit may come pieces before the beginning of its entry."""
    for each in tmp_path.glob("*.db"):
        each.unlink()
    arrived = changes_elsewhere(tmp_path / "other.db")
    order.shuffle(arrived)
    half = order.randrange(len(arrived))
    results = {}
    for at_once, batches in ((3, [arrived[:half], arrived[half:]]), (2, [arrived]), (100, [arrived])):
        monkeypatch.setattr(changes, "AT_ONCE", at_once)
        with Journal.open(tmp_path / f"{at_once}.db", NOW) as journal:
            with journal.changing() as transaction:
                done = transaction.merge({str(number): batch for number, batch in enumerate(batches)})
            assert (done.of, done.refused, done.waiting) == (len(arrived), {}, {})
            results[at_once] = journal.history.changes(), journal.entries(), journal.history.conflicts(done.several)
        assert folds(tmp_path / f"{at_once}.db")
    assert results[3] == results[2] == results[100]
    assert len(results[2][0]) == len(arrived)


def test_a_change_that_is_wrong_far_behind_leaves_nothing_of_its_file(tmp_path: Path) -> None:
    """And keeps no other file back, but for one that holds edits of what it begins."""
    arrived = changes_elsewhere(tmp_path / "other.db")
    begun, edits = arrived[:7], arrived[7:11]
    wrong = make_change(*begun[6][:3], from_json(begun[6].data) | {"day": "0001-01-01"}, *begun[6][4:6])
    with Journal.open(tmp_path / "pieces.db", NOW) as journal:
        with journal.changing() as transaction:
            done = transaction.merge({"begun": [*begun[:6], wrong], "edits": edits, "none": [["x"]], "fine": begun[:1]})
        assert len(journal.history.changes()) == done.new == 1
    assert {name: why.partition(" ")[2][:1] for name, why in (done.refused | done.waiting).items()} == {
        "begun": "7",
        "edits": "2",  # whose first is of an entry that another file begins
        "none": "1",
    }
    assert done.waiting.keys() == {"edits"}
