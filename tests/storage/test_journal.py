"""The journal: what was recorded is there, undo takes back one command, entries are the fold of the changes."""

import itertools
import json
import random
import re
import sqlite3
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from painlog.analysis.report.care import sum_up_medicines
from painlog.domain.entries import Draft, Entry
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.dates import Moment, present
from painlog.domain.periods import Period
from painlog.domain.variables import variables
from painlog.errors import BadInput, JournalBusy, JournalFailed, JournalRefused, NothingToDo
from painlog.storage import connection, schema
from painlog.storage.journal import Journal
from painlog.storage.log.changes import Change, EntryRow, LogicalClock, checksum, fold, new_id
from painlog.storage.writing import Edit
from tests.conftest import NOW, Run
from tests.support.reading import parse_line

pytestmark = pytest.mark.migrates
_SECONDS = defaultdict[Path, Iterator[int]](itertools.count)  # since NOW, for each journal: its next command's
WEEK = Period(date(2026, 11, 13), date(2026, 11, 19))


def drafts(text: str) -> list[Draft]:
    return parse_line(text, present(NOW), NOW)


def record(path: Path, *lines: str, now: datetime = NOW) -> list[list[Entry]]:
    """Record one command a line, a second apart."""
    made = []
    for line in lines:
        with Journal.open(path, now + timedelta(seconds=next(_SECONDS[path]))) as journal:
            made.append(journal.record(drafts(line)))
    return made


def wait_briefly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let writing give up on a busy journal after a moment. The 30 seconds are a default, bound when it was defined."""
    opened = Journal._open.__func__  # type: ignore[attr-defined]
    assert opened.__defaults__ == (connection.WAIT_SECONDS,) == (30.0,)
    monkeypatch.setattr(opened, "__defaults__", (0.05,))


def texts(path: Path) -> list[str]:
    with Journal.open(path, NOW) as journal:
        return [entry.text for entry in journal.entries()]


def folds(path: Path) -> bool:
    """Whether the entries are what follows from the changes, and every one of those is as it was written."""
    conn = sqlite3.connect(path)
    by_entry: dict[str, list[tuple[str, str]]] = {}
    for row in conn.execute("SELECT * FROM ops ORDER BY hlc").fetchall():
        change = Change(*row)
        assert checksum(*change[:6]) == change.checksum
        by_entry.setdefault(change.entry, []).append((change.data, change.recorded_at))
    rows = {row[0]: EntryRow(*row) for row in conn.execute("SELECT * FROM entries").fetchall()}
    conn.close()
    return rows == {entry: fold(entry, changes) for entry, changes in by_entry.items()}


def test_what_was_recorded_is_there_after_closing(path: Path) -> None:
    ((pain,), (mood, sleep)) = record(path, "pain 6 left knee:7 burning", "mood 4 worry 6, slept 5h30")
    with Journal.open(path, NOW) as journal:
        assert journal.entries() == sorted([pain, mood, sleep], key=lambda e: e.id)
    assert pain.data == {"score": 6, "where": {"knee_l": 7}, "quality": ["burning"]}
    assert (pain.day, pain.zone, pain.at) == (date(2026, 11, 19), "Europe/Berlin", NOW)
    assert sleep.data == {"night": 330, "tst": 330}
    assert folds(path)


def test_entries_of_one_command_keep_their_order(path: Path) -> None:
    record(path, ", ".join(f"note n{i}" for i in range(40)))
    assert texts(path) == [f"note: n{i}" for i in range(40)]


def test_a_day_without_a_time_has_no_time(path: Path) -> None:
    with Journal.open(path, NOW) as journal:
        (entry,) = journal.record([
            Draft(KINDS["pain"], Moment(date(2026, 11, 2), None, "Europe/Berlin"), {"score": 3})
        ])
    assert (entry.at, entry.day) == (None, date(2026, 11, 2))


def test_undo_takes_back_one_command_after_the_other_and_redo_brings_them_back(path: Path) -> None:
    record(path, "pain 1", "pain 2, mood 2", "pain 3")
    with Journal.open(path, NOW) as journal:
        assert [e.text for e in journal.undo().entries] == ["pain 3"]
        assert [e.text for e in journal.undo().entries] == ["pain 2", "mood 2"]
        assert [e.text for e in journal.entries()] == ["pain 1"]
        assert [e.text for e in journal.redo().entries] == ["pain 2", "mood 2"]
        assert [e.text for e in journal.undo().entries] == ["pain 2", "mood 2"]
        journal.undo()
        with pytest.raises(NothingToDo):
            journal.undo()
        for expected in (["pain 1"], ["pain 2", "mood 2"], ["pain 3"]):
            assert [e.text for e in journal.redo().entries] == expected
        assert [e.text for e in journal.entries()] == ["pain 1", "pain 2", "mood 2", "pain 3"]
        with pytest.raises(NothingToDo):
            journal.redo()
    assert folds(path)


def test_recording_after_an_undo_ends_what_can_be_redone(path: Path) -> None:
    record(path, "pain 1")
    with Journal.open(path, NOW) as journal:
        journal.undo()
        journal.record(drafts("pain 9"))
        with pytest.raises(NothingToDo):
            journal.redo()
        assert journal.undo().entries[0].text == "pain 9"
        with pytest.raises(NothingToDo):
            journal.undo()


def test_a_deletion_is_undone_whole(path: Path) -> None:
    ((first,), (second,)) = record(path, "pain 1", "pain 2")
    with Journal.open(path, NOW) as journal:
        journal.delete([first, second])
        assert journal.entries() == []
        change = journal.undo()
        assert (change.done, journal.entries()) == ("deleted", [first, second])
    assert folds(path)


class Model:
    """What undo should do, as a stack of commands: the reference for the property test."""

    def __init__(self) -> None:
        self.done: list[tuple[str, list[str]]] = []
        self.undone: list[tuple[str, list[str]]] = []

    def alive(self) -> list[str]:
        deleted = {name for verb, names in self.done if verb == "delete" for name in names}
        return [name for verb, names in self.done if verb == "record" for name in names if name not in deleted]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    steps=st.lists(st.sampled_from(["record", "several", "delete", "undo", "redo"]), max_size=14), seed=st.integers()
)
def test_any_history_of_commands_ends_where_a_stack_of_them_would(
    steps: list[str], seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("history") / "journal.db"
    chance, model, wall = random.Random(seed), Model(), NOW
    with Journal.open(path, NOW) as journal:
        for number, step in enumerate(steps):
            wall += timedelta(seconds=chance.choice((0, 1, -5, 3600)))  # clocks go back, too
            journal.present_at = wall
            if step in ("record", "several"):
                names = [f"{number}.{i}" for i in range(3 if step == "several" else 1)]
                journal.record(drafts(", ".join(f"note {name}" for name in names)))
                model.done.append(("record", names))
                model.undone.clear()
            elif step == "delete" and model.alive():
                names = chance.sample(model.alive(), k=1)
                journal.delete([e for e in journal.entries() if e.data["note"] in names])
                model.done.append(("delete", names))
                model.undone.clear()
            elif step in ("undo", "redo"):
                source, target = (model.done, model.undone) if step == "undo" else (model.undone, model.done)
                if source:
                    (journal.undo if step == "undo" else journal.redo)()
                    target.append(source.pop())
            assert sorted(e.data["note"] for e in journal.entries()) == sorted(model.alive())
    assert folds(path)


def test_a_command_that_breaks_off_leaves_nothing_and_the_next_one_is_saved(path: Path) -> None:
    """One that stayed half open would take every later one of the same process down with it."""
    with Journal.open(path, NOW) as journal:
        with suppress(KeyboardInterrupt), journal.changing() as transaction:
            transaction.record(drafts("pain 6"))
            raise KeyboardInterrupt
        journal.record(drafts("mood 4"))
    assert texts(path) == ["mood 4"]


def test_stamps_never_go_back_where_the_clock_does(path: Path) -> None:
    record(path, "pain 1")
    record(path, "pain 2", now=NOW - timedelta(days=3650))
    conn = sqlite3.connect(path)
    stamps = [row[0] for row in conn.execute("SELECT hlc FROM ops ORDER BY rowid").fetchall()]
    conn.close()
    assert stamps == sorted(stamps)
    with Journal.open(path, NOW) as journal:
        assert journal.undo().entries[0].text == "pain 2"


@pytest.mark.parametrize("present", [NOW, datetime(1901, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)])
def test_more_entries_than_a_counter_holds_keep_unique_stamps(present: datetime) -> None:
    """Also where the machine's clock is before its own beginning, or far ahead."""
    clock = LogicalClock("0badcafe", "")
    stamps = [clock.tick(present) for _ in range(70_000)]
    assert len(set(stamps)) == 70_000
    assert stamps == sorted(stamps)
    assert all(re.fullmatch("[0-9a-f]{24}", stamp) for stamp in stamps)


def test_ids_are_uuids_of_version_seven_in_order() -> None:
    clock = LogicalClock("0badcafe", "")
    made = [uuid.UUID(new_id(clock.tick(NOW))) for _ in range(9000)]
    assert {(one.version, one.variant) for one in made} == {(7, uuid.RFC_4122)}
    assert made == sorted(made)
    assert len(set(made)) == 9000


# Days


def test_a_days_pain_is_the_persons_own_average_else_the_mean_of_the_ratings(path: Path) -> None:
    record(path, "pain 4", "pain 7", "pain worst 9", "17 nov pain 2", "17 nov pain 8", "17 nov pain average 6")
    with Journal.open(path, NOW) as journal:
        pain = journal.days.values(variables()["pain"], WEEK)
        worst = journal.days.values(variables()["pain_worst"], WEEK)
    assert pain == {date(2026, 11, 19): (5.5, 2), date(2026, 11, 17): (6, 1)}
    assert worst == {date(2026, 11, 19): (9, 1)}


def test_a_day_with_only_a_worst_rating_has_no_pain_value(path: Path) -> None:
    record(path, "pain worst 9")
    with Journal.open(path, NOW) as journal:
        assert journal.days.values(variables()["pain"], WEEK) == {}


SLEEP = ("sleep", "nap", "sleep_quality", "sol")


def nights(path: Path) -> dict[str, float]:
    """Each sleep variable's value today, where it has one."""
    with Journal.open(path, NOW) as journal:
        found = {name: journal.days.values(variables()[name], WEEK) for name in SLEEP}
    return {name: values[date(2026, 11, 19)].value for name, values in found.items() if values}


def test_the_newest_night_stands_for_the_day_whole_and_naps_are_kept_apart(path: Path) -> None:
    """A night put right must not be mixed with the one it replaces, nor with a nap."""
    record(path, "08:00 slept 5h quality 1 sol 50m", "sleep 00:30-06:50 quality 4")
    record(path, "slept 30m nap quality 2", "slept 20m nap sol 5m")
    assert nights(path) == {"sleep": 380, "nap": 50, "sleep_quality": 4}


def test_what_is_added_to_a_night_later_counts(path: Path) -> None:
    record(path, "slept 5h sol 30m", "sleep quality 2")
    assert nights(path) == {"sleep": 300, "sleep_quality": 2, "sol": 30}


def test_what_is_said_of_a_night_before_its_length_counts(path: Path) -> None:
    record(path, "sleep quality 2", "slept 5h")
    assert nights(path) == {"sleep": 300, "sleep_quality": 2}


def test_two_changes_of_one_entry_in_one_command_fold_and_undo_in_order(path: Path) -> None:
    ((entry,),) = record(path, "pain 5")
    with Journal.open(path, NOW) as journal:
        changes = [Edit(entry.id, {"fields": {"score": score}}) for score in (1, 2)]
        with journal.changing() as transaction:
            transaction._append(changes, "cli")
        assert journal.entries()[0].text == "pain 2"
        journal.undo()
        assert journal.entries()[0].text == "pain 5"
    assert folds(path)


def test_fields_of_two_devices_that_contradict_do_not_stop_the_fold() -> None:
    made = {"kind": "sleep", "day": "2026-11-19", "at": None, "utc_offset": 60, "zone": ""}
    night = {"fields": {"night": "2026-11-19T02:00+01:00/2026-11-19T03:00+01:00"}}
    changes = [(json.dumps(made | night), "x"), (json.dumps({"fields": {"waso": 300}}), "y")]
    row = fold("id", changes)
    assert (row.value, "tst" in row.data) == (None, False)


def test_entries_of_far_zones_are_compared_by_their_instants(path: Path) -> None:
    """The first one about the 19th is that of 07:00 UTC in Berlin, on the 20th there, whatever a text compares to."""
    record(path, "19 nov pain 5", now=datetime.fromisoformat("2026-11-19T23:30:00-08:00"))
    record(path, "19 nov pain 6", now=datetime.fromisoformat("2026-11-20T08:00:00+01:00"))
    with Journal.open(path, NOW) as journal:
        (first,) = journal.days.first_recorded(WEEK).values()
    assert first == date(2026, 11, 20)


def test_the_views_show_the_same_days_as_the_reports(path: Path) -> None:
    """Datasette and other tools read the views; they must not tell another story."""
    record(
        path,
        "pain 4 left knee burning",
        "pain 7",
        "mood 3 worry 2, slept 5h sol 20m waso 40m",
        "17 nov pain average 6",
        "nap 20m",
        "mood 5 fatigue 4",
        "pain worst 8",
        "pain interference 3",
        "18 nov slept 6h waso 10m",
        "active 30 min",
    )
    conn = sqlite3.connect(path)
    conn.row_factory = sqlite3.Row
    daily = {row["day"]: dict(row) for row in conn.execute("SELECT * FROM daily").fetchall()}
    pain = [dict(row) for row in conn.execute("SELECT * FROM pain ORDER BY id").fetchall()]
    conn.close()
    with Journal.open(path, NOW) as journal:
        together = journal.days.values_of(variables().values(), WEEK)
        for name, variable in variables().items():
            known = journal.days.values(variable, WEEK)
            assert together[variable] == known, name
            for day, row in daily.items():
                value = known.get(date.fromisoformat(day))
                assert row[name] == (round(value.value, 3) if value else None), name
    assert pain[0]["score"] == 4
    assert (pain[0]["where"], pain[0]["quality"], pain[0]["local_time"]) == ("knee_l", "burning", "2026-11-19 14:05")


def test_no_default_reading_scans_the_table(path: Path) -> None:
    record(path, "pain 4")
    conn = sqlite3.connect(path)
    seen: list[str] = []
    conn.set_trace_callback(seen.append)
    journal = Journal(conn, path, NOW)
    journal.entries(WEEK)
    journal.entries(newest=20)
    journal.days.span()
    assert list(journal.reader.contents("pain", WEEK))
    journal.days.highest("pain", WEEK)
    journal.days.first_recorded(WEEK)
    journal.entries(kinds=["plan", "peg"], until=WEEK.end)
    journal.reader.newest(KINDS["mood"], "worry")
    journal.days.last("peg")
    assert (journal.reader.names("pain", "trigger"), journal.kinds.own) == ([], {})
    for variable in variables().values():
        journal.days.values(variable, WEEK)
    conn.set_trace_callback(None)
    for sql in seen:
        plan = " ".join(row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall())
        limited = "LIMIT" in sql and "USING INDEX entries_day" in plan  # walks the index from its end and stops
        assert limited or "SCAN entries" not in plan, (sql, plan)
    conn.close()


# Finding


def test_an_entry_is_found_by_the_beginning_of_its_short_id(path: Path) -> None:
    ((entry,),) = record(path, "pain 4")
    with Journal.open(path, NOW) as journal:
        short = journal.short_ids([entry])[entry.id]
        assert len(short) == 4
        assert journal.find(short) == journal.find(f"[{short.upper()}]") == journal.find(entry.id) == entry
        for wrong in ("", "zzzz", "%", "0000' OR 1", "pain"):
            with pytest.raises(BadInput):
                journal.find(wrong)


def test_a_short_id_is_as_long_as_it_must_be(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noise = iter(["0000abcd11110000", "0000abcd22220000"])
    monkeypatch.setattr("os.urandom", lambda n: bytes.fromhex(next(noise)) if n == 8 else b"\1" * n)
    ((one,), (two,)) = record(path, "pain 4", "pain 5")
    with Journal.open(path, NOW) as journal:
        codes = journal.short_ids([one, two])
        assert len(set(codes.values())) == 2
        with pytest.raises(BadInput, match="several"):
            journal.find("abcd")
        assert journal.find(codes[two.id]) == two
        journal.delete([two])
        assert journal.find("abcd") == one


def test_short_ids_are_as_long_as_all_ids_demand(path: Path) -> None:
    with Journal.open(path, NOW) as journal:
        journal.record(drafts("pain 4") * 2000)
        codes = sorted(entry.id[-12:] for entry in journal.entries())
        found = journal.short_ids(journal.entries())
    assert len({*found.values()}) == 2000
    assert any(len(short) > 4 for short in found.values())
    for id_, short in found.items():
        assert id_[-12:].startswith(short)
        assert sum(code.startswith(short) for code in codes) == 1
        assert len(short) == 4 or sum(code.startswith(short[:-1]) for code in codes) > 1


# The file


def test_the_journal_is_for_its_owner_alone(path: Path) -> None:
    import os
    import stat

    before = os.umask(0)
    try:
        record(path, "pain 4")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_settings_are_those_that_lose_nothing(path: Path) -> None:
    record(path, "pain 4")
    conn = connection.connect(path)
    wanted = {"journal_mode": "delete", "synchronous": 3, "secure_delete": 1, "trusted_schema": 0, "foreign_keys": 1}
    assert {name: conn.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted
    assert conn.execute("PRAGMA application_id").fetchone()[0] == int.from_bytes(b"PANL")
    conn.close()


def _text_file(path: Path) -> None:
    path.write_text("Dear diary, this is a text file.")


def _foreign(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE t (a)")
    conn.commit()
    conn.close()


def _other_application(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA application_id = 42")
    conn.execute("CREATE TABLE t (a)")
    conn.commit()
    conn.close()


def _newer(path: Path) -> None:
    record(path, "pain 4")
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA user_version = 999")
    conn.close()


def _cut_short(path: Path) -> None:
    record(path, "pain 4")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _directory(path: Path) -> None:
    path.mkdir()


def _link(path: Path) -> None:
    other = path.with_name("other.db")
    record(other, "pain 4")
    path.symlink_to(other)


def _second_name(path: Path) -> None:
    record(path, "pain 4")
    path.with_name("again.db").hardlink_to(path)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_text_file, "is not a painlog journal"),
        (_foreign, "another program's database"),
        (_other_application, "another program's database"),
        (_newer, "newer painlog"),
        (_cut_short, "cut short"),
        (_directory, "not a plain file"),
        (_link, "not a plain file"),
        (_second_name, "second name"),
    ],
)
def test_what_is_no_journal_is_refused_and_left_as_it_is(
    spoil: Callable[[Path], None], says: str, path: Path, run: Run
) -> None:
    path.parent.mkdir()
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    for command in (("pain", "6"), ("today",), ("report",), ("undo",), ("export", "csv"), ("delete", "abcd")):
        ran = run(*command)
        assert ran.code == 1, command
        assert says in ran.err
        assert ran.err.count("\n") == 1
    assert (path.read_bytes() if path.is_file() else None) == before
    with pytest.raises(JournalRefused):
        Journal.open(path, NOW)


def test_a_journal_in_wal_mode_is_used_while_another_program_holds_it_and_switched_back_after(path: Path) -> None:
    record(path, "pain 4")
    other = sqlite3.connect(path)
    assert other.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    other.execute("SELECT count(*) FROM entries").fetchone()
    record(path, "pain 5")
    other.close()
    record(path, "pain 6")
    assert texts(path) == ["pain 4", "pain 5", "pain 6"]
    assert not path.with_name("journal.db-wal").exists()


def test_a_journal_that_is_being_written_is_not_taken_for_one_cut_short(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The header may be ahead of the file's length for a moment; only SQLite, under its lock, can tell."""
    record(path, "pain 4")
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA cache_size = 1")
    conn.execute("BEGIN IMMEDIATE")
    conn.executemany("INSERT INTO meta VALUES (?, ?)", [(f"x{i}", "y" * 500) for i in range(2000)])
    wait_briefly(monkeypatch)
    with pytest.raises(JournalBusy):
        record(path, "pain 5")
    conn.execute("ROLLBACK")
    conn.close()
    record(path, "pain 6")
    assert texts(path) == ["pain 4", "pain 6"]


def test_an_empty_file_becomes_a_journal(path: Path) -> None:
    """A crash between making the file and its tables leaves an empty one; it must not lock the person out."""
    path.parent.mkdir()
    path.touch()
    record(path, "pain 4")
    assert texts(path) == ["pain 4"]


def test_a_busy_journal_is_waited_for_and_then_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record(path, "pain 4")
    wait_briefly(monkeypatch)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(JournalBusy, match="nothing was saved"):
        record(path, "pain 5")
    holder.execute("ROLLBACK")
    holder.close()
    record(path, "pain 6")
    assert texts(path) == ["pain 4", "pain 6"]


def test_looking_at_no_journal_makes_none(path: Path, run: Run) -> None:
    for command in (("today",), ("list",), ("week",), ("chart", "pain"), ("export", "csv"), ("list", "--json")):
        assert run(*command).code == 0
    for command in (("undo",), ("redo",)):
        assert run(*command).code == 1
    assert not path.parent.exists()


def test_an_older_journal_is_backed_up_before_it_is_migrated(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record(path, "pain 4")
    version, taken = connection.VERSION, list[object]()
    monkeypatch.setattr(schema, "STEPS", {**schema.STEPS, "step_test": taken.append})
    monkeypatch.setattr(connection, "VERSION", version + 1)
    record(path, "pain 5")
    conn = sqlite3.connect(path)
    assert conn.execute("PRAGMA user_version").fetchone()[0] == version + 1
    assert (len(taken), schema.taken_steps(conn)) == (1, {*schema.STEPS})
    conn.close()
    (kept,) = (path.parent / "backups").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    copy = sqlite3.connect(kept)
    assert copy.execute("SELECT count(*) FROM entries").fetchone()[0] == 1
    assert copy.execute("PRAGMA user_version").fetchone()[0] == version
    copy.close()
    assert texts(path) == ["pain 4", "pain 5"]


def test_a_failing_migration_leaves_the_journal_at_its_version(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record(path, "pain 4")
    before = path.read_bytes()

    def failing(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(connection, "VERSION", connection.VERSION + 1)
    monkeypatch.setattr(schema, "STEPS", {**schema.STEPS, "step_test": failing})
    with pytest.raises(JournalFailed):
        record(path, "pain 5")
    monkeypatch.undo()
    assert path.read_bytes() == before


# Journals of earlier versions

FIXTURES = Path(__file__).parents[1] / "fixtures"


@pytest.mark.parametrize("version", range(1, connection.VERSION + 1))
def test_a_journal_of_an_earlier_version_opens_and_lists_the_same(version: int, path: Path, run: Run) -> None:
    """Each version's journal is kept as it was written then; a step that changes what it says is a mistake."""
    path.parent.mkdir()
    path.write_bytes((FIXTURES / f"journal-v{version}.db").read_bytes())
    listed = json.loads(run("list", "--period", "all", "--json").out)
    assert listed == json.loads((FIXTURES / f"journal-v{version}.json").read_text())
    assert run("note", "today's").code == 0
    assert folds(path)


def test_entries_that_say_the_same_are_told_together(path: Path) -> None:
    """Else a report would count doses otherwise than they were recorded."""
    lines = "yesterday dose ibuprofen 400mg", "dose aspirin", "dose ibuprofen 400mg", "dose Ibuprofen", "dose aspirin"
    record(path, "12 nov dose aspirin", *lines)
    with Journal.open(path, NOW) as journal:
        one_by_one = journal.entries(WEEK, kinds=["dose"])
        together = journal.reader.alike("dose", WEEK)
    assert [each.data["name"] for each in together] == ["ibuprofen", "aspirin", "Ibuprofen"]
    for each in together:
        assert each.days == [entry.day for entry in one_by_one if entry.data == each.data]
    assert sum_up_medicines(together, []) == sum_up_medicines(one_by_one, [])
