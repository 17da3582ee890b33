"""The files of a reminder, as texts: a script, the units of systemd that run it, and lines for other systems.

None of them names what the journal is about but the script, which only its owner can read.
"""

import shlex
from collections.abc import Mapping, Sequence
from datetime import time
from pathlib import Path

UNIT = "journal-reminder"
FOLDER, SCRIPT = UNIT, "remind.sh"
TIMER, SERVICE = f"{UNIT}.timer", f"{UNIT}.service"


def script_text(command: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return a shell script that runs a command with some variables of the environment set."""
    settings = "".join(f"export {name}={shlex.quote(value)}\n" for name, value in environment.items())
    return f"#!/bin/sh\n{settings}exec {shlex.join(command)}\n"


def unit_texts(script: Path, words: str, clock: time) -> dict[str, str]:
    """Return the service and the timer by their names; the timer is not made up for where the machine was off."""
    said = words.replace("\\", "\\\\").replace("%", "%%")
    run = str(script).replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    service = f'[Unit]\nDescription={said}\n\n[Service]\nType=oneshot\nExecStart=/bin/sh "{run}"\n'
    timer = f"[Unit]\nDescription={said}\n\n[Timer]\nOnCalendar=*-*-* {clock:%H:%M}:00\nAccuracySec=1min\n"
    return {SERVICE: service, TIMER: f"{timer}\n[Install]\nWantedBy=timers.target\n"}


def clock_of(timer: str) -> str:
    """Return the time of day that a timer's text has, such as 20:00; empty where it has none."""
    line = next((line for line in timer.splitlines() if line.startswith("OnCalendar=")), "")
    return line.rpartition(" ")[2][:5]


def crontab_line(script: Path, clock: time) -> str:
    """Return a line for crontab -e."""
    return f"{clock.minute} {clock.hour} * * * /bin/sh {shlex.quote(str(script)).replace('%', chr(92) + '%')}"


def launchd_text(script: Path, clock: time) -> str:
    """Return a property list for launchd."""
    from xml.sax.saxutils import escape

    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict>\n'
        f"<key>Label</key><string>{UNIT}</string>\n"
        f"<key>ProgramArguments</key><array><string>/bin/sh</string><string>{escape(str(script))}</string></array>\n"
        f"<key>StartCalendarInterval</key><dict><key>Hour</key><integer>{clock.hour}</integer>"
        f"<key>Minute</key><integer>{clock.minute}</integer></dict>\n</dict></plist>\n"
    )


def task_scheduler_line(command: Sequence[str], clock: time) -> str:
    """Return a line for a Windows prompt."""
    from subprocess import list2cmdline

    run = list2cmdline(command).replace('"', '\\"')
    return f'schtasks /Create /SC DAILY /ST {clock:%H:%M} /TN {UNIT} /TR "{run}"'
