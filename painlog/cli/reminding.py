"""Where a reminder's files are, and how it is switched on and off on this machine."""

import os
import shlex
import shutil
import sys
from collections.abc import Iterator, Sequence
from datetime import time
from pathlib import Path

from painlog.cli.session import Session
from painlog.exchange.files import write_file
from painlog.exchange.reminder_files import FOLDER, SCRIPT, SERVICE, TIMER, script_text, unit_texts

_PASSED_ON = ("PAINLOG_JOURNAL", "PAINLOG_CONFIG", "XDG_DATA_HOME", "XDG_CONFIG_HOME")


def script_place() -> Path:
    """Return where the script is."""
    return _config_home() / FOLDER / SCRIPT


def unit_folder() -> Path:
    """Return where the person's own units of systemd are."""
    return _config_home() / "systemd" / "user"


def has_systemd() -> bool:
    """Whether timers of systemd are how this machine runs something every day."""
    return sys.platform == "linux" and shutil.which("systemctl") is not None


def reminder_files() -> Iterator[Path]:
    """Yield the files of a reminder that are there."""
    for each in (unit_folder() / TIMER, unit_folder() / SERVICE, script_place()):
        if os.path.lexists(each):
            yield each


def reminds_of(session: Session) -> bool:
    """Whether the reminder that is there, if one is, is about the journal of a session."""
    try:
        script = script_place().read_text(errors="replace")
    except OSError:
        return session.journal is None
    return " ".join(["painlog", *map(shlex.quote, _journal_words(session)), "remind now"]) in script


def files_to_write(session: Session, arguments: Sequence[str], clock: time) -> dict[Path, str]:
    """Return the text of each file of a reminder: the script, and with systemd the units."""
    environment = {name: os.environ[name] for name in _PASSED_ON if os.environ.get(name)}
    texts = {script_place(): script_text(run_words(session, arguments), environment)}
    if has_systemd():
        units = unit_texts(script_place(), session.settings.reminder_words, clock)
        texts |= {unit_folder() / name: text for name, text in units.items()}
    return texts


def run_words(session: Session, arguments: Sequence[str]) -> list[str]:
    """Return the command line that reminds."""
    return [sys.executable, "-m", "painlog", *_journal_words(session), "remind", "now", *arguments]


def _journal_words(session: Session) -> list[str]:
    return ["--journal", str(Path(session.journal).absolute())] if session.journal else []


def write_files(texts: dict[Path, str]) -> None:
    """Write files over those that are there, and the folders that they need. Raises FileRefused."""
    for path, text in texts.items():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_file(path, text, force=True)


def switch_on() -> bool:
    """Have systemd start the timer; whether it did."""
    return _systemctl("daemon-reload") and _systemctl("enable", "--now", TIMER)


def switch_off() -> bool:
    """Have systemd forget the timer, before its files go; whether it did."""
    return has_systemd() and _systemctl("disable", "--now", TIMER)


def _systemctl(*words: str) -> bool:
    import subprocess

    try:
        ran = subprocess.run(["systemctl", "--user", *words], capture_output=True, check=False, timeout=20)  # noqa: S603, S607
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ran.returncode == 0


def _config_home() -> Path:
    """The person's directory of settings, as systemd looks for it."""
    named = os.environ.get("XDG_CONFIG_HOME", "")
    return Path(named) if named.startswith("/") else Path.home() / ".config"
