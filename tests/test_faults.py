"""What may go wrong, and the test of each: ``FAULTS`` names where a fault is tested, the rest of them follow here."""

import ast
import io
import json
import os
import random
import sqlite3
import stat
import string
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from painlog.domain.invisible_characters import HIDDEN
from painlog.domain.kinds.declaration import UNREADABLE
from painlog.domain.setting_types import SETTINGS
from painlog.storage import connection
from tests.cli.test_processes import PAINLOG, environment
from tests.conftest import NOW, Run
from tests.mutations import file_of
from tests.support.reading import sentences

CANARY = "zebra-in-the-attic"
FAULTS = {
    "kill -9 in the middle of a write": ("crashes:test_kill_at_any_moment", "processes:test_kill_in_the_middle"),
    "power loss": ("power_cut:test_a_power_cut", "power_cut:test_the_simulator_finds", "faults:test_what_is_given"),
    "disk full": ("crashes:test_every_command", "processes:test_a_full_disk", "backups:test_a_full_disk"),
    "an export or the settings cannot be written": ("exports:test_an_export_is_for", "settings:test_a_bad_file"),
    "read-only directory or file": ("faults:test_somebody_who_may_only_read", "processes:test_a_place_one_may_not"),
    "locked by another process": ("journal:test_a_busy_journal",),
    "a long reader": ("faults:test_a_reader_that_waits", "processes:test_a_reader_that_goes_away"),
    "bit rot": ("doctor:test_no_damage_is_silent", "doctor:test_a_wrong_letter"),
    "a file cut short": ("backups:test_a_file_cut_short", "journal:test_what_is_no_journal"),
    "a newer schema": ("faults:test_a_newer_journal", "doctor:test_a_step_that_is_not_known"),
    "another program's file": ("journal:test_what_is_no_journal",),
    "a journal that is gone": ("backups:test_a_journal_that_is_gone",),
    "a link at the journal's place": ("journal:test_what_is_no_journal",),
    "a link at an export's place": ("exports:test_a_link_at_the_place", "faults:test_a_link_is_never_followed"),
    "umask": ("faults:test_files_are_the_persons_own", "journal:test_the_journal_is_for_its_owner"),
    "a conflict copy": ("doctor:test_a_second_copy",),
    "a folder that is synced": ("doctor:test_a_folder_that_is_carried",),
    "the clock is wrong": ("faults:test_a_clock", "journal:test_stamps_never_go_back", "backups:test_a_clock"),
    "an hour that comes twice": ("dates:test_an_hour_that_comes_twice", "dates:test_every_wall_time"),
    "an hour that does not exist": ("dates:test_an_hour_that_did_not",),
    "travel": ("journal:test_entries_of_far_zones",),
    "NaN, infinity, huge numbers": ("faults:test_a_number_is_one",),
    "halves of characters and bad UTF-8": ("faults:test_what_is_no_text",),
    "NUL": ("faults:test_what_is_no_text",),
    "a note of a megabyte": ("faults:test_a_note_of_a_megabyte",),
    "formulas in CSV": ("csv_cells:test_every_text_comes_back", "csv_cells:test_hostile_strings"),
    "markup of rich": ("commands:test_no_text_reaches",),
    "escape sequences": ("commands:test_no_text_reaches", "commands:test_no_command_line"),
    "HTML and scripts": ("page_html:test_hostile_texts", "page_html:test_the_head_names"),
    "PDF and FHIR": ("page_html:test_what_is_never_cut_is_in_the_pdf", "fhir:test_hostile_words"),
    "paths in names": ("faults:test_names_lead_nowhere", "source:test_members_of_a_zip"),
    "bombs and broken tables": ("source:test_a_damaged_table", "source:test_a_zip_that", "source:test_any_bytes"),
    "SQL in values": ("faults:test_values_are_no_sql", "static:test_sql_is_literal"),
    "a hostile journal to restore": ("backups:test_what_is_no_whole_copy", "backups:test_a_view_that_never"),
    "settings of the wrong sort": ("faults:test_any_settings", "settings:test_anything_yields"),
    "secrets in errors": ("faults:test_no_error_tells",),
    "drafts": ("edit:test_what_the_editor_left_wrong",),
}  # fmt: skip


def named_in(name: str) -> list[str]:
    tree = ast.parse(file_of(name).read_text())
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_has_its_test(fault: str) -> None:
    for each in FAULTS[fault]:
        module, _, begins = each.partition(":")
        assert [name for name in named_in(module) if name.startswith(begins)], each


# Permissions


def as_nobody(code: str, place: Path, path: Path) -> list[str]:
    """Run commands as a user who owns nothing, in one process that has imported everything; return what it prints."""
    whole = f"""
import os, sys
import sqlite_utils, platformdirs.unix, difflib, encodings.idna, hashlib, sqlite3, rich.console, rich.cells, rich.text
from contextlib import suppress
from importlib import import_module
from pkgutil import walk_packages
import painlog
from painlog.cli import main
for module in walk_packages(painlog.__path__, "painlog."):
    if not module.name.endswith("__main__"):
        with suppress(ImportError): import_module(module.name)
sqlite_utils.Database(memory=True)  # which looks for plugins
place, journal = {str(place)!r}, {str(path)!r}
os.chdir("/"); os.setgid(65534); os.setuid(65534)
{code}
"""
    ran = subprocess.run(
        [sys.executable, "-c", whole], env=environment(path) | {"PAINLOG_CONFIG": "/nowhere/c.toml"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return (ran.stdout + ran.stderr).splitlines()


@pytest.fixture
def open_place() -> Path:
    """A directory that anybody may look into."""
    if os.getuid() != 0:
        pytest.skip("takes root to become somebody else")
    import tempfile

    place = Path(tempfile.mkdtemp(dir="/tmp"))
    place.chmod(0o755)
    return place


@pytest.mark.parametrize(("directory", "file"), [(0o555, 0o444), (0o777, 0o444), (0o555, 0o666)])
def test_somebody_who_may_only_read_reads_and_is_told(directory: int, file: int, open_place: Path) -> None:
    path = open_place / "own" / "journal.db"
    subprocess.run([*PAINLOG, "note", CANARY], env=environment(path), check=True, capture_output=True)
    subprocess.run([*PAINLOG, "pain", "4"], env=environment(path), check=True, capture_output=True)
    before = path.read_bytes()
    path.chmod(file)
    path.parent.chmod(directory)
    code = """
for line in ("list", "today", "week", "history 0000", "export csv"): print("code", main(["--plain", *line.split()]))
for line in ("pain 5", "undo", "log mood 4", "backup", "doctor"): print("code", main(["--plain", *line.split()]))
"""
    said = as_nobody(code, open_place, path)
    codes = [int(line.split()[1]) for line in said if line.startswith("code")]
    assert codes[:3] == [0, 0, 0]
    assert codes[4] == 0
    assert codes[5:8] == [1, 1, 1]
    assert sum("read-only; nothing was saved" in line for line in said) >= 3
    assert not [line for line in said if "Traceback" in line or "went wrong" in line], said
    assert path.read_bytes() == before
    path.parent.chmod(0o700)
    import shutil

    shutil.rmtree(open_place)


def test_a_reader_that_waits_keeps_nobody_out(path: Path) -> None:
    """A pager stays open for hours; whoever records meanwhile does not wait for it."""
    lines = "".join(f"note {i} {'w' * 100}\n" for i in range(3000))
    subprocess.run(
        [*PAINLOG, "log", "-"], input=lines, text=True, env=environment(path), check=True, capture_output=True
    )
    for command in (["list", "--period", "all"], ["export", "csv", "--with-notes"], ["export", "jsonl"]):
        reader = subprocess.Popen([*PAINLOG, *command], env=environment(path), stdout=subprocess.PIPE)
        assert reader.stdout
        reader.stdout.read(1)  # it is printing, into a pipe that is full
        begun = time.monotonic()
        wrote = subprocess.run(
            [*PAINLOG, "pain", "6"], env=environment(path), capture_output=True, timeout=60, check=False
        )
        assert (wrote.returncode, command) == (0, command), wrote.stderr
        assert time.monotonic() - begun < 25
        reader.stdout.close()
        reader.wait(30)
        assert reader.returncode in {0, -13}


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_files_are_the_persons_own_whatever_the_umask(mask: int, run: Run, path: Path, tmp_path: Path) -> None:
    before = os.umask(mask)
    try:
        run("pain", "6")
        run("backup")
        run("config", "set", "country", "DE")
        for format_ in ("csv", "jsonl", "fhir"):
            assert run("export", format_, "-o", str(path.parent / f"out.{format_}")).code == 0
        assert run("export", "csv", "--package", "-o", str(path.parent / "out")).code == 0
        assert run("report", "-o", str(path.parent / "out.html")).code == 0
    finally:
        os.umask(before)
    for each in [*path.parent.rglob("*"), *(tmp_path / "home").rglob("config.toml")]:
        assert stat.S_IMODE(each.stat().st_mode) == (0o700 if each.is_dir() else 0o600), each


def test_directories_made_for_a_journal_are_on_disk_in_those_above(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a power cut after "recorded" may take the whole new directory; SQLite syncs the file's own alone."""
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_ino))
    assert run("--journal", str(tmp_path / "a" / "b" / "j.db"), "pain", "6").code == 0
    assert synced[:2] == [(tmp_path / "a").stat().st_ino, tmp_path.stat().st_ino]


def test_a_link_is_never_followed_when_something_is_written(run: Run, path: Path, tmp_path: Path) -> None:
    run("pain", "6")
    precious = tmp_path / "precious"
    for name, command in {
        "out.csv": ("export", "csv"), "out.jsonl": ("export", "jsonl"), "out.json": ("export", "fhir"),
        "out.html": ("report",), "out.txt": ("report",),
    }.items():  # fmt: skip
        precious.write_text("mine")
        link = path.parent / name
        link.symlink_to(precious)
        assert run(*command, "-o", str(link)).code == 1
        assert run(*command, "-o", str(link), "--force").code == 0
        assert (precious.read_text(), link.is_symlink()) == ("mine", False), command


# Power loss, beside the journal (SQLite's own writing: test_power_cut)


def on_the_disk_first(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are given their names from now on; each must have been seen to the disk before."""
    seen: set[int] = set()
    named: list[str] = []
    real_sync = os.fsync

    def sync(descriptor: int) -> None:
        real_sync(descriptor)
        seen.add(os.fstat(descriptor).st_ino)

    def watched(real: Callable[[Path, Path], None]) -> Callable[[Path, Path], None]:
        def move(source: Path, target: Path) -> None:
            if Path(source).is_file():
                assert Path(source).stat().st_ino in seen, f"{target} may be empty after a power cut"
                named.append(Path(target).name)
            real(source, target)

        return move

    monkeypatch.setattr(os, "fsync", sync)
    for name in ("replace", "rename"):
        monkeypatch.setattr(os, name, watched(getattr(os, name)))
    return named


def test_what_is_given_its_name_is_on_the_disk(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("pain", "6")
    (tmp_path / "shared").mkdir()
    named = on_the_disk_first(monkeypatch)
    for command in (
        ("export", "jsonl", "-o", str(tmp_path / "out.jsonl")), ("report", "-o", str(tmp_path / "out.txt")),
        ("sync", str(tmp_path / "shared")), ("config", "set", "country", "DE"), ("backup",), ("restore", "--yes"),
    ):  # fmt: skip
        assert run(*command).code == 0, command
        assert named, command
        named.clear()


# Versions


@pytest.mark.parametrize("version", [connection.VERSION + 1, 10**6])
def test_a_newer_journal_is_left_byte_for_byte(version: int, run: Run, path: Path) -> None:
    run("pain", "6")
    conn = sqlite3.connect(path)
    conn.execute(f"PRAGMA user_version = {version}")
    conn.execute("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('painlog', 'step_900')")
    conn.commit()
    conn.close()
    before = path.read_bytes()
    for command in ("pain 5", "today", "undo", "backup", "doctor", "doctor --repair", "export jsonl", "redo", "due"):
        ran = run(*command.split())
        assert ran.code == 1, command
        assert "newer painlog" in ran.out + ran.err, command
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.rglob("*")] == ["journal.db"]


@pytest.mark.migrates
def test_a_newer_journal_of_an_older_number_is_known_by_its_steps(run: Run, path: Path) -> None:
    run("pain", "6")
    conn = sqlite3.connect(path)
    conn.execute("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('painlog', 'step_900')")
    conn.execute(f"PRAGMA user_version = {connection.VERSION - 1}")
    conn.commit()
    conn.close()
    before = path.read_bytes()
    for command in ("pain 5", "today", "undo", "export jsonl"):
        ran = run(*command.split())
        assert (ran.code, "newer painlog" in ran.err) == (1, True), command
    assert path.read_bytes() == before


# Clocks


@pytest.mark.parametrize("days", [-3650, -1, 3650])
def test_a_clock_that_jumps_is_told_and_loses_no_order(
    days: int, run: Run, at: Callable[[str], None], path: Path
) -> None:
    from datetime import timedelta

    run("pain", "1")
    at((NOW + timedelta(days=days)).isoformat())
    jumped = run("pain", "2")
    again = run("pain", "3")
    at((NOW + timedelta(minutes=1)).isoformat())
    back = run("pain", "4")
    told = ["the clock moved" in ran.err for ran in (jumped, again, back)]
    assert told == ([False, False, True] if days > 0 else [True, False, False])
    conn = sqlite3.connect(path)
    stamps = [row[0] for row in conn.execute("SELECT hlc FROM ops ORDER BY rowid")]
    conn.close()
    assert stamps == sorted(stamps)
    assert [run("undo").out[:18] for _ in range(4)] == [f"taken back: pain {i}" for i in (4, 3, 2, 1)]


# Values


HUGE = ("nan", "inf", "-inf", "infinity", "1e400", "9" * 400, "1e308", "0x10", "٣", "1_0", "1,000.5", "--5", "6 6")


@pytest.mark.parametrize("number", HUGE)
def test_a_number_is_one(number: str, run: Run, path: Path) -> None:
    run("track", "add", "fog")
    before = path.read_bytes()
    for command in (
        ("pain",), ("mood",), ("pain", "6", "--eased"), ("pain", "6", "--interference"), ("activity", "--steps"),
        ("sleep", "7h", "--awakenings"), ("sleep",), ("log", "fog"), ("pain", "6", "--where", "knee_l:"),
    ):  # fmt: skip
        typed = (*command[:-1], command[-1] + number) if command[-1].endswith(":") else (*command, number)
        ran = run(*typed)
        assert (ran.code, ran.out, sentences(ran.err)) == (2, "", 1), typed
    assert path.read_bytes() == before


@pytest.mark.parametrize("text", ["a\0b", "a\udc81b", "\0", "\ud800"])
def test_what_is_no_text_is_replaced_and_told(text: str, run: Run, path: Path) -> None:
    for command in (
        ("note", text),
        ("pain", "6", "--note", text),
        ("log", f"mood 4 note {text}"),
        ("dose", f"x{text}"),
    ):
        ran = run(*command)
        assert (ran.code, f"{UNREADABLE} stands in its place" in ran.err) == (0, True), command
    conn = sqlite3.connect(path)
    assert conn.execute("SELECT count(*) FROM entries WHERE data LIKE '%' || ? || '%'", (UNREADABLE,)).fetchone() == (
        4,
    )
    assert conn.execute("SELECT max(length(data) - length(CAST(data AS BLOB))) FROM ops").fetchone()[0] <= 0
    conn.close()
    assert run("list", "--json").code == 0


OTHER_LOCALES = {
    "UTF-8": {"LC_ALL": "C.UTF-8"},
    "C": {"LC_ALL": "C"},
    "ASCII": {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "Latin-1 out": {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "iso-8859-1"},
    "ASCII out": {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
}


@pytest.mark.parametrize("locale", OTHER_LOCALES)
def test_words_are_kept_whole_in_a_shell_of_any_encoding(locale: str, path: Path, tmp_path: Path) -> None:
    """They were bytes that nobody put together again; what the shell cannot show is a question mark there alone."""

    def painlog(*words: str | bytes) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*map(str.encode, PAINLOG), *(word if isinstance(word, bytes) else word.encode() for word in words)],
            env=environment(path) | OTHER_LOCALES[locale], capture_output=True, check=False, cwd=tmp_path,
        )  # fmt: skip

    assert painlog("log", "pain 6, took Müsli 3g, note Übelkeit 漢方 🙂").returncode == 0
    assert painlog("note", b"caf\xe9 \x81").returncode == 0
    assert painlog("export", "jsonl", "-o", "Öl.jsonl").returncode == 0
    kept = (tmp_path / "Öl.jsonl").read_text("utf-8")
    assert all(word in kept for word in ("Müsli", "Übelkeit 漢方 🙂", f"café {UNREADABLE}"))
    for command in ("list", "chart pain", "body", "help log", "--plain week"):
        shown = painlog(*command.split())
        assert (shown.returncode, b"Traceback" in shown.stderr) == (0, False), shown.stderr
    assert any(each in painlog("list").stdout for each in ("café".encode(), b"caf\xe9", b"caf?"))


@pytest.mark.parametrize(
    "command",
    [
        *("merge", "restore", "import", "sync", "backup", "log --file", "report --format text -o", "export csv -o"),
        *("export csv --package -o", "export jsonl -o", "export fhir -o", "export parquet -o"),
    ],
)
def test_a_name_that_is_too_long_is_said_of_that_file(command: str, run: Run) -> None:
    run("pain", "6")
    ran = run(*command.split(), "x" * 300)
    assert (ran.code, "file name too long" in ran.err, ran.err.count("\n"), ran.out) == (1, True, 1, "")
    assert "cannot write the output" not in ran.err


def test_a_place_whose_name_is_no_text_is_one(run: Run, tmp_path: Path) -> None:
    """Names of files are bytes on Linux, and old ones in another encoding."""
    place = tmp_path / os.fsdecode(b"gr\xfcn %41?#")
    (place / "shared").mkdir(parents=True)
    for command in ("pain 6", "backup", "restore --yes", "doctor", "sync shared", "export jsonl -o out", "merge out"):
        words = [str(place / word) if word in {"shared", "out"} else word for word in command.split()]
        ran = run("--journal", str(place / "journal.db"), *words)
        assert ran.code == 0, (command, ran.err)
    assert run("--journal", str(tmp_path / "other.db"), "pain", "5").code == 0
    assert run("--journal", str(tmp_path / "other.db"), "backup", str(place)).code == 0
    assert len([*place.glob("other-*.db")]) == 1


def test_bad_bytes_of_an_answer_are_replaced(path: Path) -> None:
    """In a locale whose name says UTF-8, Python itself would stop at them."""
    ran = subprocess.run(
        [*PAINLOG, "ask", "peg"], input=b"\x80\n", env=environment(path) | {"PYTHONIOENCODING": "utf-8:strict"},
        capture_output=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, "\ufffd" in ran.stderr.decode(), b"went wrong" in ran.stderr) == (2, True, False)


def test_a_note_of_a_megabyte_is_kept_whole_and_shown_short(run: Run) -> None:
    note = ("wörter " * 143_000)[:999_999] + "x"
    shown = [run("note", note), run("list"), run("today"), run("undo"), run("redo")]
    entry = json.loads(run("list", "--json").out)["entries"][0]
    assert entry["fields"]["note"] == note
    shown += [run("edit", entry["id"], "--set", f"note={note[:-1]}y"), run("delete", entry["id"])]
    assert [ran.code for ran in shown] == [0] * 7
    assert max(len(ran.out) for ran in shown) < 2000
    assert all(f"painlog show {entry['id'][-12:-8]} shows all" in " ".join(ran.out.split()) for ran in shown[1:3])
    refused = run("note", note + "y")
    assert (refused.code, "1,000,001 characters long; at most 1,000,000" in refused.err) == (2, True)
    assert len(refused.err) < 300


PATHS = ("../../etc/passwd", "/etc/passwd", "..", "a/b", "C:\\x", "con", "nul.txt", "~root", "$(id)", "-rf", "a\nb")


@pytest.mark.parametrize("name", PATHS)
def test_names_lead_nowhere(name: str, run: Run, tmp_path: Path) -> None:
    """No name of a person's becomes part of a file's name: exports are named by what they are and by days."""
    run("dose", name)
    run("track", "add", "my " + name)
    run("pain", "6", "--where", f"other:{name}")
    run("note", name)
    place = tmp_path / "out"
    place.mkdir()
    for command in (
        ("export", "csv"), ("export", "csv", "--package"), ("export", "jsonl"), ("export", "fhir"), ("report",),
    ):  # fmt: skip
        run(*command, "-o", str(place))
    run("backup", str(place))
    known = set(string.ascii_letters + string.digits + "-_.")
    found = [each.relative_to(tmp_path) for each in tmp_path.rglob("*")]
    assert len(found) > 5
    assert all(set(part) <= known for each in found for part in each.parts), found


SQL = ("'; DROP TABLE entries; --", '" OR 1=1 --', "x'); DELETE FROM ops; --", "%", "_", "$.score", "a' || 'b")


def test_values_are_no_sql(run: Run) -> None:
    run("pain", "6")
    for text in SQL:
        run("note", text)
        run("dose", text)
        run("track", "add", f"my {text}")
        for command in (
            ("list", "--text", text), ("list", "--kind", text), ("show", text), ("delete", text), ("chart", text),
            ("link", text, "pain"), ("export", "csv", "--period", text), ("history", text), ("restore", text, "--yes"),
        ):  # fmt: skip
            assert run(*command).code in {0, 1, 2}, command
    notes = [entry["fields"]["note"] for entry in json.loads(run("list", "--kind", "note", "--json").out)["entries"]]
    assert notes == list(SQL)
    assert run("doctor").code == 0


# Settings


LEAF = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates().map(str)
VALUE = st.recursive(LEAF, lambda inner: st.lists(inner, max_size=3), max_leaves=5)
NAMES = st.sampled_from([*SETTINGS]) | st.text(string.ascii_lowercase + "_.", min_size=1, max_size=8)


def _toml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, float):
        return repr(value)
    return json.dumps(value) if value is not None else "{}"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(values=st.dictionaries(NAMES, VALUE, max_size=5))
def test_any_settings_are_read_or_said_to_be_wrong(values: dict[str, object], run: Run, tmp_path: Path) -> None:
    config = tmp_path / "home" / ".config" / "painlog" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text("".join(f"{name} = {_toml(value)}\n" for name, value in values.items()), errors="replace")
    before = config.read_bytes()
    for command in ("today", "due", "help-now", "config list", "plan"):
        ran = run(*command.split())
        assert ran.code in {0, 1}, command
        assert set(ran.out + ran.err).isdisjoint(map(chr, HIDDEN)), command
        assert all(line.startswith(("painlog: ", "note: ", "no ", "your ", "  ")) for line in ran.err.splitlines())
    assert config.read_bytes() == before


# Secrets


def _spoil(path: Path, how: str) -> None:
    raw = bytearray(path.read_bytes())
    if how == "cut":
        del raw[len(raw) // 2 :]
    elif how == "noise":
        chance = random.Random(7)
        for _ in range(400):
            raw[chance.randrange(100, len(raw))] ^= 255
    elif how == "data":
        raw = bytearray(bytes(raw).replace(b'"kind"', b'"k\xffnd"'))
    path.write_bytes(bytes(raw))


@pytest.mark.parametrize("how", ["cut", "noise", "data"])
def test_no_error_tells_what_was_written(how: str, run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is wrong with a journal, what is said about it holds no word of it."""
    monkeypatch.delenv("PAINLOG_DEBUG")
    run("log", ", ".join(f"note {CANARY} {i}" for i in range(40)))
    run("dose", CANARY)
    _spoil(path, how)
    for command in (
        "pain 6", "today", "list --json", "undo", "redo", "show abcd", "delete abcd", "week", "chart pain",
        "export csv", "export jsonl", "export fhir", "backup", "doctor", "doctor --repair", "restore --yes", "link",
    ):  # fmt: skip
        ran = run(*command.split())
        assert ran.code in {0, 1, 2}, command
        assert CANARY not in ran.err, (command, ran.err)
        assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "raised", [ValueError(CANARY), RuntimeError(CANARY), sqlite3.ProgrammingError(CANARY), KeyError(CANARY)], ids=repr
)
def test_no_error_of_painlogs_own_tells_what_was_written(
    raised: Exception, run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PAINLOG_DEBUG")
    run("pain", "6")

    def fail(*_: object) -> None:
        raise raised

    monkeypatch.setattr("painlog.storage.log.changes.checksum", fail)
    before = path.read_bytes()
    for command in (("note", CANARY), ("undo",), ("log", f"pain 4 note {CANARY}, mood 3")):
        ran = run(*command)
        assert (ran.code, ran.out, CANARY in ran.err) == (1, "", False), command
        assert ran.err.count("\n") == 1
    assert path.read_bytes() == before


def test_a_wrong_word_of_a_diary_is_named_but_not_its_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line that is not understood is told by its number and the word at fault, never with the note in it."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"pain 15 note {CANARY}\n".encode())))
    assert CANARY not in run("log", "-").err
    diary = tmp_path / "diary.txt"
    diary.write_text(f"pain 5 note {CANARY}\npain 15 note {CANARY}\n31 feb pain 3 note {CANARY}\n")
    assert CANARY not in run("log", "--file", str(diary)).err
