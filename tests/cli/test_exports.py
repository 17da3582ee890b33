"""What ``export`` writes, as it leaves: the tables, whose eyes they are for, and what is never written over."""

import csv
import io
import os
import subprocess
from pathlib import Path

from painlog.exchange.csv.long import LONG_COLUMNS
from painlog.storage.journal import Journal
from tests.conftest import NOW, Run


def test_what_cannot_be_written_out_is_said_and_what_was_recorded_stays(path: Path) -> None:
    """A person who sees a crash would record it again."""
    from tests.cli.test_processes import PAINLOG, environment

    for redirection in (">/dev/full", ">&-"):
        ran = subprocess.run(
            ["/bin/sh", "-c", f'"$0" -m painlog pain 6 {redirection}', PAINLOG[0]],
            env=environment(path), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert "Traceback" not in ran.stderr
        assert ran.returncode == (1 if "full" in redirection else 0)
    with Journal.open(path, NOW) as journal:
        assert [entry.text for entry in journal.entries()] == ["pain 6", "pain 6"]


def test_the_journal_is_never_written_over(run: Run, path: Path) -> None:
    run("pain", "6")
    other = path.with_name("link.db")
    other.symlink_to(path)
    before = path.read_bytes()
    for target in (path, other):
        for command in (("export", "csv"), ("report", "--format", "text")):
            ran = run(*command, "-o", str(target), "--force")
            assert (ran.code, "is the journal itself" in ran.err) == (1, True)
    assert path.read_bytes() == before


def test_an_export_takes_no_device_for_a_file(run: Run, tmp_path: Path) -> None:
    run("pain", "6")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    ran = run("export", "csv", "-o", str(pipe), "--force")
    assert (ran.code, pipe.is_fifo()) == (1, True)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_long_table_has_a_fact_a_row(run: Run) -> None:
    run("pain", "6.5", "--where", "knee_l:7", "--where", "neck", "--quality", "burning", "--note", "=1+1")
    run("sleep", "23:20-06:50", "--sol", "45m", "--waso", "1h", "--woken-by-pain")
    ran = run("export", "csv", "--with-notes")
    assert ran.out.startswith("\ufeffrecord_id,day,kind,variable,value")
    assert ran.out.count("\r\n") == ran.out.count("\n")
    found = rows(ran.out)
    assert list(found[0]) == list(LONG_COLUMNS)
    facts = [(r["variable"], r["value"], r["unit"], r["text_value"], r["body_region"]) for r in found]
    assert facts == [
        ("span", "", "", "23:20-06:50", ""),
        ("sleep", "345", "min", "", ""),
        ("sleep_efficiency", "76.7", "%", "", ""),
        ("sol", "45", "min", "", ""),
        ("waso", "60", "min", "", ""),
        ("woken_by_pain", "1", "", "", ""),
        ("pain", "6.5", "", "", ""),
        ("where", "7", "", "", "knee_l"),
        ("where", "", "", "", "neck"),
        ("quality", "", "", "burning", ""),
    ]
    assert (found[0]["started_at"], found[0]["ended_at"]) == ("2026-11-18T23:20:00+01:00", "2026-11-19T06:50:00+01:00")
    assert [r["note"] for r in found[6:]] == ["'=1+1", "", "", ""]
    assert found[6]["low_label"] == "No pain"
    assert {r["entry_timing"] for r in found} == {"live", "same_day"}


def test_the_daily_table_has_a_row_a_day_and_empty_cells_for_what_is_missing(run: Run) -> None:
    run("log", "pain 4 left knee, pain 7, mood 3 worry 0, slept 5h30")
    run("log", "17 nov", "pain average 6")
    found = rows(run("export", "csv", "--layout", "daily", "--from", "16 nov", "--to", "today", "--no-bom").out)
    by_day = {row["day"]: {key: value for key, value in row.items() if value} for row in found}
    assert by_day == {
        "2026-11-16": {"day": "2026-11-16", "weekday": "Mon"},
        "2026-11-17": {"day": "2026-11-17", "weekday": "Tue", "days_late": "2", "pain": "6", "pain_avg": "6",
                       "flare": "0"},
        "2026-11-18": {"day": "2026-11-18", "weekday": "Wed"},
        "2026-11-19": {"day": "2026-11-19", "weekday": "Thu", "days_late": "0", "pain": "5.5", "pain_now_mean": "5.5",
                       "pain_now_n": "2", "mood": "3", "worry": "0", "sleep_tst_min": "330", "flare": "0",
                       "regions": "knee_l"},
    }  # fmt: skip


def test_notes_stay_unless_asked_for(run: Run) -> None:
    run("log", "pain 4 note private one, note private two")
    ran = run("export", "csv")
    assert "private" not in ran.out
    assert ran.err == "2 notes were left out; --with-notes takes them along\n"
    with_notes = csv.DictReader(io.StringIO(run("export", "csv", "--with-notes").out.lstrip("\ufeff")))
    assert [row["note"] for row in with_notes if row["note"]] == ["private one", "private two"]


def test_an_export_is_for_the_owner_and_never_writes_over_a_file(run: Run, tmp_path: Path) -> None:
    run("pain", "6")
    target = tmp_path / "out.csv"
    assert run("export", "csv", "-o", str(target)).code == 0
    assert target.stat().st_mode & 0o777 == 0o600
    first = target.read_bytes()
    run("pain", "7")
    refused = run("export", "csv", "-o", str(target))
    assert (refused.code, target.read_bytes()) == (1, first)
    assert "--force writes over it" in refused.err
    assert run("export", "csv", "-o", str(target), "--force").code == 0
    assert target.read_bytes() != first
    assert run("export", "csv", "-o", str(tmp_path)).code == 0
    assert (tmp_path / "painlog-long-2026-11-19-to-2026-11-19.csv").exists()
    assert run("export", "csv", "-o", str(tmp_path / "no" / "such.csv")).code == 1
    assert not [p for p in tmp_path.iterdir() if p.suffix == ".tmp"]


def test_a_link_at_the_place_of_an_export_is_replaced_not_followed(run: Run, tmp_path: Path) -> None:
    run("pain", "6")
    precious, link = tmp_path / "precious.txt", tmp_path / "out.csv"
    precious.write_text("mine")
    link.symlink_to(precious)
    assert run("export", "csv", "-o", str(link)).code == 1
    assert run("export", "csv", "-o", str(link), "--force").code == 0
    assert (precious.read_text(), link.is_symlink()) == ("mine", False)
