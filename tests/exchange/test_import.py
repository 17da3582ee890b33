"""``import`` as a person meets it: shown first, nothing twice, one undo; and the whole journal as JSON Lines."""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from painlog.exchange.jsonl import lines, parse_changes
from painlog.storage.journal import Journal
from painlog.storage.log.changes import checksum, to_json
from painlog.storage.log.merging import check_changes
from tests.conftest import NOW, Ran, Run

DAYLIO = """\
full_date,date,weekday,time,mood,activities,note_title,note
2026-11-18,18 Nov,Wednesday,21:00,good,walk | friends,,Better than I thought
2026-11-17,17 Nov,Tuesday,20:00,awful,,,
2026-11-16,16 Nov,Monday,19:00,meh,rest,,"A line, with a comma"
"""
OWN_MOODS = DAYLIO.replace("awful", "Grim").replace("meh", "So so")
SHEET = "Date;Pain Level;Where;Tablets\n18.11.2026;70;left knee;Ibuprofen 400mg\n17.11.2026;;;\n16.11.2026;55;;\n"
MAPPED = ("--map", "Date=day", "--map", "Pain Level=pain:0-100", "--map", "Where=where", "--map", "Tablets=dose")


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], str]:
    """Write a file of another app's and return its path."""

    def written(text: str, name: str = "export.csv") -> str:
        (tmp_path / name).write_text(text)
        return str(tmp_path / name)

    return written


def shown(run: Run) -> list[str]:
    lines = run("list", "--period", "all").out.splitlines()
    return [line.split(None, 2)[2] for line in lines if line[:1] == " "]


def entries(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("list", "--period", "all", "--json").out)["entries"]
    return found


def held(path: Path) -> list[tuple[str, ...]]:
    with Journal.look(path, NOW) as journal:
        return journal.history.changes()


def test_a_file_is_shown_then_recorded_once_and_taken_back_whole(run: Run, file: Callable[[str], str]) -> None:
    daylio = file(DAYLIO)
    assert run("import", daylio, "--dry-run") == Ran(
        0,
        "Daylio: 5 entries (3 mood, 2 activity), 16 – 18 Nov 2026\n"
        "  Daylio's five moods, from rad to awful, are taken to 10, 7.5, 5, 2.5 and 0\n",
        "nothing was recorded (--dry-run)\n",
    )
    assert shown(run) == []
    assert run("import", daylio, "--yes").out.endswith("5 entries recorded\nundo: painlog undo\n")
    first = shown(run)
    assert "mood 7.5, Better than I thought" in first
    assert run("import", daylio, "--yes").out.endswith("\n0 entries recorded; 5 were there already\n")
    assert shown(run) == first
    longer = file(DAYLIO + "2026-11-15,15 Nov,Sunday,19:00,rad,,,\n")
    assert run("import", longer, "--yes").out.endswith("1 entry recorded; 5 were there already\nundo: painlog undo\n")
    assert run("undo").out.startswith("taken back: mood 10")
    assert run("undo").out.count("taken back: ") == 5
    assert shown(run) == []


def test_what_an_undo_took_back_comes_again_and_what_was_deleted_does_not(run: Run, file: Callable[[str], str]) -> None:
    daylio = file(DAYLIO)
    run("import", daylio, "--yes")
    run("undo")
    assert "5 entries recorded\n" in run("import", daylio, "--yes").out
    run("delete", entries(run)[0]["id"])
    assert run("import", daylio, "--yes").out.endswith(
        "0 entries recorded; 4 were there already; 1 that you deleted stay deleted\n"
    )


def test_an_entry_of_ones_own_is_never_touched(run: Run, file: Callable[[str], str]) -> None:
    run("mood", "1", "--at", "2026-11-18 21:00")
    run("import", file(DAYLIO), "--yes")
    assert "mood 1" in shown(run)
    edited = next(
        e for e in json.loads(run("list", "--period", "all", "--json").out)["entries"] if "note" in e["fields"]
    )
    run("edit", edited["id"], "--set", "score=9")
    run("import", file(DAYLIO), "--yes")
    assert json.loads(run("show", edited["id"], "--json").out)["entry"]["fields"]["score"] == 9


def test_show_says_where_an_entry_is_from_and_what_the_file_said(run: Run, file: Callable[[str], str]) -> None:
    run("import", file(DAYLIO), "--yes")
    entry = next(entry for entry in entries(run) if entry["kind"] == "mood")
    assert "from      daylio: mood meh (3 of 5)" in run("show", entry["id"]).out
    assert json.loads(run("show", entry["id"], "--json").out)["entry"]["origin"]["from"] == "daylio"


def test_a_question_is_asked_once_and_its_answer_kept(run: Run, file: Callable[[str], str]) -> None:
    asks = run("import", file(OWN_MOODS), "--yes")
    assert asks.code == 2
    assert "which of Daylio's five moods is 'Grim'?" in asks.err
    assert '--answer "mood Grim=…" (rad, good, meh, bad, awful); and 1 question more' in asks.err
    answers = ("--answer", "mood Grim=awful", "--answer", "mood So so=meh")
    assert run("import", file(OWN_MOODS), "--yes", *answers).code == 0
    again = run("import", file(OWN_MOODS), "--yes")
    assert (again.code, again.err) == (0, "")
    assert (
        "mood So so"
        in json.loads((Path.home() / ".config" / "painlog" / "imports.json").read_text())["answers"]["daylio"]
    )


def test_a_wrong_answer_is_asked_again(run: Run, file: Callable[[str], str]) -> None:
    ran = run("import", file(OWN_MOODS), "--yes", "--answer", "mood Grim=grim", "--answer", "mood So so=meh")
    assert (ran.code, "which of Daylio's five moods is 'Grim'?" in ran.err) == (2, True)


def test_a_table_goes_by_what_its_columns_are_said_to_be_and_that_is_kept(run: Run, file: Callable[[str], str]) -> None:
    sheet = file(SHEET)
    unknown = run("import", sheet)
    assert (unknown.code, "as in --map Date=day; there are Date, Pain Level, Where, Tablets" in unknown.err) == (
        2,
        True,
    )
    assert run("import", sheet, "--yes", "--from", "sheet", *MAPPED).code == 0
    assert sorted(shown(run)) == ["dose Ibuprofen, 400 mg", "pain 5.5", "pain 7, knee LEFT"]
    assert run("import", file(SHEET + "15.11.2026;20;;\n"), "--yes").out.endswith(
        "1 entry recorded; 3 were there already\nundo: painlog undo\n"
    )


def test_nothing_is_recorded_without_a_yes(
    run: Run, file: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    ran = run("import", file(DAYLIO))
    assert (ran.code, "--yes does it" in ran.err) == (2, True)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.confirm", lambda *_, **__: False)
    assert (run("import", file(DAYLIO)).code, shown(run)) == (1, [])


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "is no file that painlog knows"),
        (b"\x00\x01\x02", "is no file that painlog knows"),
        (b"nothing here", "is no file that painlog knows"),
        (b"PK\x03\x04cut short", "damaged"),
        (DAYLIO.encode()[:-20], "damaged after row"),
        (b'{"painlog-journal":1}\n', "cut short"),
        (b'{"painlog-journal":2}\n{"changes":0}\n', "newer painlog"),
        (b'{"painlog-journal":1}\n[]\n{"changes":1}\n', "damaged in line 2"),
        (b'{"painlog-journal":1}\n' + b"[" * 100_000 + b'\n{"changes":1}\n', "damaged in line 2"),
    ],
)
def test_a_damaged_file_is_refused_and_changes_nothing(
    raw: bytes, says: str, run: Run, tmp_path: Path, path: Path
) -> None:
    run("pain", "5")
    before = held(path)
    (tmp_path / "bad.csv").write_bytes(raw)
    ran = run("import", str(tmp_path / "bad.csv"), "--yes")
    assert (ran.code in (1, 2), ran.err.count("\n")) == (True, 1)
    assert says in ran.err
    assert held(path) == before


def test_a_file_that_breaks_off_while_it_is_read_changes_nothing(
    run: Run, file: Callable[[str], str], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("pain", "5")
    before = held(path)
    monkeypatch.setattr(
        "painlog.cli.keep.import_.Context.draft", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt)
    )
    assert run("import", file(DAYLIO), "--yes").code == 130
    assert held(path) == before


def test_import_alone_lists_the_apps(run: Run) -> None:
    listed = run("import").out
    assert all(f"  {app}" in listed for app in ("Apple Health", "Bearable", "Daylio", "Fitbit", "Visible"))


# The whole journal


@pytest.fixture
def full(run: Run, path: Path, file: Callable[[str], str]) -> Path:
    """Entries, an edit, a deletion, an undo, a redo, an import, and words that are hard to carry."""
    run("log", 'pain 6 left knee, mood 4, note tired \u2028 of\x85it \x1b[31m\U0001f600 "quotes"')
    run("plan", "start", "ibuprofen", "400mg", "as", "needed")
    id_ = json.loads(run("list", "--kind", "pain", "--json").out)["entries"][0]["id"]
    run("edit", id_, "--set", "score=7")
    run("delete", id_)
    run("undo")
    run("redo")
    run("import", file(DAYLIO), "--yes")
    return path


def test_a_journal_leaves_and_comes_back_byte_for_byte(run: Run, full: Path, tmp_path: Path) -> None:
    one, two, other = tmp_path / "one.jsonl", tmp_path / "two.jsonl", tmp_path / "other.db"
    assert run("export", "jsonl", "-o", str(one)).code == 0
    assert f"{len(held(full)):,} changes taken over\n" == run("--journal", str(other), "import", str(one)).out
    run("--journal", str(other), "export", "jsonl", "-o", str(two))
    assert one.read_bytes() == two.read_bytes()
    assert (
        run("list", "--period", "all", "--json").out
        == run("--journal", str(other), "list", "--period", "all", "--json").out
    )
    assert "0 changes taken over of" in run("--journal", str(other), "import", str(one)).out


def test_two_journals_are_brought_together(run: Run, full: Path, tmp_path: Path) -> None:
    """What each holds is there afterwards, whichever is taken into the other."""
    other, out, back = tmp_path / "other.db", tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    run("--journal", str(other), "pain", "2", "--at", "yesterday")
    run("--journal", str(other), "export", "jsonl", "-o", str(out))
    run("export", "jsonl", "-o", str(back))
    run("import", str(out))
    run("--journal", str(other), "import", str(back))
    assert held(full) == held(other)
    assert "pain 2" in shown(run)


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("change", ["byte", "cut", "swap", "drop"])
def test_a_journal_that_was_changed_on_its_way_is_refused(change: str, run: Run, tmp_path: Path) -> None:
    out, other = tmp_path / "a.jsonl", tmp_path / "other.db"
    run("export", "jsonl", "-o", str(out))
    text = out.read_text()
    rows = text.split("\n")
    damaged = {
        "byte": text.replace("left", "right").replace("knee_l", "knee_r"),
        "cut": text[: len(text) // 2],
        "swap": text.replace('"day":"2026-11-19"', '"day":"2026-11-18"', 1),
        "drop": "\n".join([*rows[:2], *rows[3:]]),
    }[change]
    out.write_text(damaged)
    ran = run("--journal", str(other), "import", str(out))
    assert (ran.code in (1, 2), ran.err.count("\n")) == (True, 1)
    with Journal.look(other, NOW) as journal:
        assert journal.history.changes() == []


def test_a_change_without_its_entrys_beginning_is_refused(run: Run, full: Path, tmp_path: Path) -> None:
    text = "".join(lines(held(full)[3:]))
    (tmp_path / "a.jsonl").write_text(text)
    ran = run("--journal", str(tmp_path / "other.db"), "import", str(tmp_path / "a.jsonl"))
    assert (ran.code, "has no beginning here" in ran.err) == (2, True)


@pytest.mark.parametrize(
    "data",
    [
        {"kind": 5}, {"fields": []}, {"utc_offset": "1"}, {"utc_offset": 9999}, {"day": "2026-13-01"}, {"day": 5},
        {"at": "noon"}, {"at": "2026-11-19T10:00:00"}, {"deleted": 2}, {"zone": None}, {"origin": "daylio"},
    ],
    ids=str,
)  # fmt: skip
def test_a_change_of_another_shape_is_refused_though_its_checksum_fits(data: dict[str, object], full: Path) -> None:
    op = list(held(full)[0])
    op[3] = to_json(json.loads(op[3]) | data)
    op[6] = checksum(*op[:6])
    with pytest.raises(Exception, match="not what painlog writes"):
        check_changes([op])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(texts=st.lists(st.text(min_size=1).filter(lambda t: t.strip() and "\x00" not in t), min_size=1, max_size=4))
def test_any_words_survive_the_way_out_and_back(texts: list[str], tmp_path: Path) -> None:
    from painlog.domain.entries import Draft
    from painlog.domain.kinds.registry import KINDS
    from painlog.domain.language.dates import present

    one, two = tmp_path / "one.db", tmp_path / "two.db"
    for old in (one, two):
        old.unlink(missing_ok=True)
    clean = [text.strip().encode("utf-8", "replace").decode() for text in texts]
    with Journal.open(one, NOW) as journal:
        journal.record([Draft(KINDS["note"], present(NOW), {"note": text}) for text in clean])
        written = "".join(lines(journal.history.changes()))
    with Journal.open(two, NOW) as journal:
        with journal.changing() as transaction:
            transaction.merge({"x": [*parse_changes(written.split("\n")[:-1], "x")]})
        assert [entry.data["note"] for entry in journal.entries()] == clean
        assert "".join(lines(journal.history.changes())) == written


def test_a_fixture_of_every_version_leaves_and_comes_back(run: Run, tmp_path: Path) -> None:
    for fixture in sorted((Path(__file__).parents[1] / "fixtures").glob("journal-v*.db")):
        journal, other, out = tmp_path / fixture.name, tmp_path / f"other-{fixture.name}", tmp_path / "out.jsonl"
        shutil.copy(fixture, journal)
        journal.chmod(0o600)
        assert run("--journal", str(journal), "export", "jsonl", "-o", str(out), "--force").code == 0
        assert run("--journal", str(other), "import", str(out)).code == 0
        assert held(journal) == held(other)
