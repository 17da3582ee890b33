"""The SQL views follow the declarations, whoever changed them, and never stand in the way of an entry."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from painlog.domain.entries import Draft
from painlog.domain.kinds.fields import Number
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.registry import KINDS
from painlog.domain.language.dates import present
from painlog.errors import BadInput
from painlog.storage import connection, schema, views
from painlog.storage.journal import Journal
from painlog.storage.recovery.restoring import read_copy
from tests.conftest import NOW, Run
from tests.support.nausea import NAUSEA

FIXTURES = Path(__file__).parents[1] / "fixtures"
MORE_PAIN = Kind(
    name="pain",
    help="Pain, and one thing more.",
    example="6",
    heads=("pain",),
    value="score",
    fields=(*KINDS["pain"].fields, Number(name="spread", high=10, variable="spread")),
    variant="rating",
    days=KINDS["pain"].days,
)


def record(path: Path, kind: str, **data: object) -> None:
    with Journal.open(path, NOW) as journal:
        journal.record([Draft(KINDS[kind], present(NOW), data)])


def asked(path: Path, sql: str) -> list[tuple[object, ...]]:
    """What another program reads."""
    with closing(sqlite3.connect(path)) as conn:
        return conn.execute(sql).fetchall()


def columns(path: Path, view: str) -> Sequence[object]:
    return [row[1] for row in asked(path, f"PRAGMA table_info('{view}')")]


def changes_of_schema(path: Path) -> object:
    return asked(path, "PRAGMA schema_version")[0][0]


def test_a_new_kind_has_its_view_with_its_first_entry(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No version, no step: the declaration alone, though the journal was made by a painlog without it."""
    record(path, "pain", score=6)
    assert columns(path, "nausea") == []
    monkeypatch.setitem(KINDS, "nausea", NAUSEA)
    record(path, "nausea", score=4, vomited=2)
    assert asked(path, "SELECT score, vomited, note FROM nausea") == [(4, 2, None)]
    assert asked(path, "SELECT pain, nausea, vomited FROM daily") == [(6, 4, 2)]


def test_a_changed_declaration_changes_its_view_with_its_next_entry(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(path, "pain", score=6)
    monkeypatch.setitem(KINDS, "pain", MORE_PAIN)
    record(path, "mood", score=5)
    assert "spread" not in columns(path, "pain"), "a mood says nothing of the pain's view"
    record(path, "pain", score=6, spread=3)
    assert asked(path, "SELECT spread FROM pain ORDER BY id") == [(None,), (3,)]
    assert asked(path, "SELECT mood, spread FROM daily") == [(5, 3)]


def test_a_kind_that_is_no_more_loses_its_view(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "nausea", NAUSEA)
    record(path, "nausea", score=4)
    monkeypatch.undo()
    monkeypatch.setitem(KINDS, "pain", MORE_PAIN)
    record(path, "pain", score=6)
    assert columns(path, "nausea") == []
    assert "nausea" not in columns(path, "daily")


def test_nothing_is_made_anew_where_nothing_has_changed(path: Path) -> None:
    """Every record asks once, by name, and that is all."""
    record(path, "pain", score=6)
    before, statements = changes_of_schema(path), list[str]()
    with Journal.open(path, NOW) as journal:
        journal.rows.conn.set_trace_callback(statements.append)
        for kind in ("pain", "mood"):
            journal.record([Draft(KINDS[kind], present(NOW), {"score": 3})])
        journal.undo()
    assert changes_of_schema(path) == before
    assert sum("'views'" in statement for statement in statements) == 3
    assert not any(statement.startswith(("CREATE", "DROP")) for statement in statements)


def test_two_painlogs_that_take_turns_do_not_undo_each_other(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An earlier one leaves what a later one made; the later one finds it as it was."""
    record(path, "pain", score=6)
    with monkeypatch.context() as later:
        later.setattr(views, "__version__", "0.10.0")
        later.setitem(KINDS, "nausea", NAUSEA)
        record(path, "mood", score=5)
    made = changes_of_schema(path)
    assert "vomited" in columns(path, "nausea"), "a later painlog makes them with its first entry, of whatever kind"
    record(path, "pain", score=7)
    assert changes_of_schema(path) == made
    monkeypatch.setattr(views, "__version__", "0.10.0")
    monkeypatch.setitem(KINDS, "nausea", NAUSEA)
    record(path, "nausea", score=1)
    assert changes_of_schema(path) == made
    assert asked(path, "SELECT pain, nausea FROM daily") == [(6.5, 1)]


def test_one_that_only_reads_leaves_them_as_they_are(path: Path, run: Run) -> None:
    record(path, "pain", score=6)
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("DROP VIEW daily")
        conn.execute("UPDATE meta SET value = 'not to be read' WHERE name = 'views'")
        conn.commit()
    before = path.read_bytes()
    for command in ("today", "list", "week", "due", "due --short", "export csv", "chart pain"):
        assert run(*command.split()).code == 0, command
    assert path.read_bytes() == before


@pytest.mark.migrates
@pytest.mark.parametrize("version", range(1, connection.VERSION + 1))
def test_an_older_journal_comes_to_be_like_a_new_one(version: int, path: Path, run: Run) -> None:
    path.parent.mkdir()
    path.write_bytes((FIXTURES / f"journal-v{version}.db").read_bytes())
    record(path, "pain", score=6)
    with closing(sqlite3.connect(path)) as conn:
        assert schema.own_objects(conn) == schema.fresh_objects()
        assert schema.taken_steps(conn) == {*schema.STEPS}
        listed = {
            name: " ".join((sql or "").split()) for name, sql in conn.execute("SELECT name, sql FROM sqlite_schema")
        }
    assert schema.definitions().items() <= listed.items(), "the list of steps is the one that sqlite-utils makes"
    assert run("doctor").code == 0


@pytest.mark.migrates
def test_a_new_journal_is_one_that_took_every_step(path: Path) -> None:
    """A new journal is made at once, without sqlite-utils; what comes out must be the same."""
    record(path, "pain", score=6)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        schema.take_steps(conn)
        views.rebuild(conn)
        rows = "SELECT id, migration_set, name FROM _sqlite_migrations"
        assert conn.execute(rows).fetchall() == asked(path, rows)
        objects = "SELECT type, name, tbl_name FROM sqlite_schema ORDER BY name"
        assert conn.execute(objects).fetchall() == asked(path, objects)
        assert schema.own_objects(conn) == schema.fresh_objects()


def test_a_name_that_a_table_of_the_persons_has_is_left_to_it(
    path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(path, "pain", score=6)
    asked(path, "CREATE TABLE nausea (mine)")
    monkeypatch.setitem(KINDS, "nausea", NAUSEA)
    record(path, "nausea", score=4)
    assert columns(path, "nausea") == ["mine"]
    assert asked(path, "SELECT nausea FROM daily") == [(4,)]
    assert run("list").code == 0


def test_what_is_not_recorded_changes_no_view(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record(path, "pain", score=6)
    before = asked(path, "SELECT name, sql FROM sqlite_schema")
    monkeypatch.setitem(KINDS, "nausea", NAUSEA)
    drafts = [
        Draft(KINDS["nausea"], present(NOW), {"score": 1}),
        Draft(KINDS["goal"], present(NOW), {"result": "done"}),
    ]
    with Journal.open(path, NOW) as journal, pytest.raises(BadInput, match="no goal"):
        journal.record_many(drafts)
    assert asked(path, "SELECT name, sql FROM sqlite_schema") == before


def test_what_another_device_recorded_has_its_view(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record(path, "pain", score=6)
    monkeypatch.setitem(KINDS, "nausea", NAUSEA)
    record(tmp_path / "other.db", "nausea", score=4)
    with Journal.open(path, NOW) as journal, journal.changing() as transaction:
        transaction.merge({"": asked(tmp_path / "other.db", "SELECT * FROM ops")})  # type: ignore[dict-item]
    assert asked(path, "SELECT score FROM nausea") == [(4,)]


def test_a_backup_of_a_later_painlog_is_restored_with_the_views_of_this_one(
    path: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the backup says of its own views is not said of those that are made in their place."""
    with monkeypatch.context() as later:
        later.setattr(views, "__version__", "0.10.0")
        later.setitem(KINDS, "nausea", NAUSEA)
        record(path, "pain", score=6)
    assert "vomited" in columns(path, "daily") or "nausea" not in read_copy(path, None).meta
    kept = tmp_path / "kept.db"
    kept.write_bytes(path.read_bytes())
    assert run("restore", str(kept), "--yes").code == 0
    assert columns(path, "nausea") == []
    with closing(sqlite3.connect(path)) as conn:
        assert views.are_present(conn)
        assert schema.own_objects(conn) == schema.fresh_objects()
    assert run("doctor").code == 0


def test_the_checkup_knows_views_that_another_painlog_made(
    path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as later:
        later.setattr(views, "__version__", "0.10.0")
        later.setitem(KINDS, "nausea", NAUSEA)
        record(path, "nausea", score=6)
    assert "as painlog makes them" in run("doctor").out
    record(path, "pain", score=6)
    monkeypatch.setattr(views, "__version__", "0.11.0")
    record(path, "pain", score=6)
    asked(path, "DROP VIEW daily")
    ran = run("doctor")
    assert (ran.code, "not as painlog makes them: daily" in ran.out + ran.err) == (1, True)
