"""Reminders: the files that are written, what their command does, and that neither says what the journal is about."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from painlog.cli import reminding, unlock
from painlog.cli.keep import remind
from painlog.domain.due import Due
from painlog.exchange.reminder_files import UNIT, crontab_line, launchd_text, task_scheduler_line, unit_texts
from painlog.storage.encryption import keys
from tests.conftest import Run

At = Callable[[str], None]
TELLING = ("pain", "medicine", "dose", "mood", "health", "journal.db")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home" / ".config"


@pytest.fixture
def systemctl(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A systemd that takes everything, and what it was asked."""
    asked: list[str] = []
    for module in (reminding, remind):
        monkeypatch.setattr(module, "has_systemd", lambda: True)

    def answer(*words: str) -> bool:
        asked.append(" ".join(words))
        return True

    monkeypatch.setattr(reminding, "_systemctl", answer)
    return asked


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is notified."""
    words: list[str] = []
    monkeypatch.setattr(remind, "_notify", words.append)
    return words


def files(folder: Path) -> dict[str, str]:
    return {str(each.relative_to(folder)): each.read_text() for each in folder.rglob("*") if each.is_file()}


def test_it_is_switched_on_and_off_and_erase_reaches_it(run: Run, home: Path, systemctl: list[str], path: Path) -> None:
    run("pain", "4")
    run("config", "set", "reminder_words", "Tea? 100% yours")
    before = files(home)
    assert run("remind").err.startswith("no reminder")
    dry = run("remind", "on", "20:00", "--dry-run")
    assert (files(home), systemctl) == (before, [])
    assert run("remind", "on", "20:00", "--checkin").code == 0
    assert systemctl == ["daemon-reload", f"enable --now {UNIT}.timer"]
    written = {name: text for name, text in files(home).items() if name not in before}
    script = f"{UNIT}/remind.sh"
    assert written.keys() == {script, f"systemd/user/{UNIT}.service", f"systemd/user/{UNIT}.timer"}
    assert all(name in dry.out for name in written)
    for name, text in written.items():
        assert (home / name).stat().st_mode & 0o777 == 0o600
        own_place = text.replace(str(home), "")
        assert name == script or [word for word in TELLING if word in own_place.lower()] == [], name
    assert "OnCalendar=*-*-* 20:00:00" in written[f"systemd/user/{UNIT}.timer"]
    assert "Description=Tea? 100%% yours" in written[f"systemd/user/{UNIT}.service"]
    assert written[script].endswith(f"-m painlog --journal {path} remind now --checkin\n")
    assert run("remind").out == "a reminder is on, at 20:00\n"
    assert run("remind", "off").out == "the reminder is off\n"
    assert (files(home), systemctl[-1]) == (before, f"disable --now {UNIT}.timer")
    run("remind", "on", "8pm")
    assert str(home / script) in run("erase", "--dry-run").out
    assert run("erase", "--yes").code == 0
    assert not [name for name in files(home) if UNIT in name]
    assert not (home / UNIT).exists()


def test_what_the_timer_runs_works(run: Run, home: Path, systemctl: list[str], path: Path) -> None:  # noqa: ARG001
    """The script itself, as systemd would run it, with nothing of the shell's own surroundings."""
    run("pain", "4", "--at", "yesterday")
    run("remind", "on", "20:00")
    checker = shutil.which("systemd-analyze")
    if checker:
        units = sorted(str(each) for each in (home / "systemd" / "user").iterdir())
        verified = subprocess.run([checker, "verify", "--user", *units], capture_output=True, text=True, check=False)
        assert [line for line in verified.stderr.splitlines() if UNIT in line] == []
    environment = {"HOME": str(home.parent), "PATH": "/usr/bin:/bin", "TZ": "Europe/Berlin"}
    script = home / UNIT / "remind.sh"
    ran = subprocess.run(["/bin/sh", str(script)], env=environment, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, "Time for your journal\n"), ran.stderr


def test_it_is_silent_when_all_is_recorded(run: Run, at: At, shown: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert (run("remind", "now").code, shown) == (0, [])  # there is no journal
    run("plan", "start", "duloxetine", "60mg", "daily", "--at", "mon")
    run("config", "set", "evening_questions", "mood")
    run("config", "set", "morning_questions", "sleep")
    at("2026-11-19T20:00:00+01:00")
    found = []
    for line in ("note x", "log mood 5, slept 6h", "dose duloxetine 60mg", "undo", "undo", "pause 3d"):
        assert run(*line.split()).code == 0
        counts = []
        for only in ([], ["--checkin"], ["--medicines"]):
            shown.clear()
            assert run("remind", "now", *only).out == ""
            counts.append(len(shown))
        found.append(tuple(counts))
    assert found == [(1, 1, 1), (1, 0, 1), (0, 0, 0), (1, 0, 1), (1, 1, 1), (1, 0, 1)]
    monkeypatch.setattr(remind, "find_due", lambda *_: Due([], []))
    run("config", "set", "reminder_words", "Tea?")
    shown.clear()
    run("remind", "now")
    assert shown == ["Tea?"]


@pytest.mark.skipif(not find_spec("sqlcipher3"), reason="takes the extra painlog[encryption]")
def test_an_encrypted_journal_is_reminded_of_without_a_question(
    run: Run, shown: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("pain", "4")
    monkeypatch.setattr(keys, "ROUNDS", 1000)
    monkeypatch.setattr(unlock, "has_terminal", lambda: True)
    monkeypatch.setattr(unlock, "read_passphrase", lambda _question: "a passphrase of some length")
    assert run("encrypt").code == 0
    monkeypatch.setattr(unlock, "read_passphrase", pytest.fail)
    monkeypatch.setattr(remind, "cached", lambda _salt: None)
    assert (run("remind", "now").code, shown) == (0, ["Time for your journal"])


def test_elsewhere_the_lines_to_paste_are_printed(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (reminding, remind):
        monkeypatch.setattr(module, "has_systemd", lambda: False)
    ran = run("remind", "on", "20:05")
    script = home / UNIT / "remind.sh"
    assert ran.out == f"5 20 * * * /bin/sh {script}\n"
    assert run("remind").out == "a reminder is written; your system's timer runs it\n"
    assert "take its line out" in run("remind", "off").err
    odd = Path("/a b/100% <x>/remind.sh")
    assert crontab_line(odd, time(8)) == r"0 8 * * * /bin/sh '/a b/100\% <x>/remind.sh'"
    assert "<string>/a b/100% &lt;x&gt;/remind.sh</string>" in launchd_text(odd, time(8))
    assert unit_texts(odd, "w", time(8))[f"{UNIT}.service"].endswith('ExecStart=/bin/sh "/a b/100%% <x>/remind.sh"\n')
    line = task_scheduler_line([r"C:\a b\python.exe", "-m", "x"], time(8, 5))
    assert line == rf'schtasks /Create /SC DAILY /ST 08:05 /TN {UNIT} /TR "\"C:\a b\python.exe\" -m x"'
    assert run("remind", "on", "noonish").err.startswith("painlog: a reminder is at a time of day such as 20:00")
