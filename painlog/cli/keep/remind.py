"""``remind``: a reminder at a time of day, by the machine's own timer. It says only the person's own words."""

import shutil
import subprocess
import sys
from datetime import time
from typing import Annotated

import typer

from painlog.cli.medicine_questions import find_unrecorded
from painlog.cli.reminding import (
    files_to_write,
    has_systemd,
    reminder_files,
    run_words,
    script_place,
    switch_off,
    switch_on,
    unit_folder,
    write_files,
)
from painlog.cli.session import SHORT_WAIT, Session, group
from painlog.cli.talk import say, tell
from painlog.domain.due import find_due
from painlog.domain.language.dates import parse_clock
from painlog.errors import BadInput, FileRefused, JournalLocked, reason
from painlog.exchange.reminder_files import (
    TIMER,
    clock_of,
    crontab_line,
    launchd_text,
    task_scheduler_line,
)
from painlog.storage import connection
from painlog.storage.encryption.keys import cached
from painlog.view.terminal import term

CHECKIN, MEDICINES = "checkin", "medicines"
CheckinOption = Annotated[bool, typer.Option(f"--{CHECKIN}", help="Only of the day's questions.")]
MedicinesOption = Annotated[bool, typer.Option(f"--{MEDICINES}", help="Only of what your plan has for the day.")]
_SHOW_ON_MAC = ("on run argv", "display notification (item 1 of argv)", "end run")

remind_ = group()


@remind_.callback()
def remind(ctx: typer.Context) -> None:
    """Be reminded at a time of day, in your own words.

    \b
      painlog remind on 20:00
      painlog remind off

    The machine's own timer runs it; nothing is sent anywhere. It is silent when all is recorded. What it says is
    painlog config get reminder_words. Alone it says whether a reminder is on.
    """
    if ctx.invoked_subcommand is None:
        timer = unit_folder() / TIMER
        there = list(reminder_files())
        if timer in there:
            tell(f"a reminder is on, at {term(clock_of(timer.read_text(errors='replace')))}")
        elif there:
            tell("a reminder is written; your system's timer runs it")
        else:
            say("no reminder; painlog remind on 20:00 begins one")


@remind_.command("on")
def on_(
    ctx: typer.Context,
    clock: Annotated[str, typer.Argument(metavar="HH:MM", help="When, each day.")],
    checkin: CheckinOption = False,
    medicines: MedicinesOption = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the files, and write none.")] = False,
) -> None:
    """Switch a reminder on.

    \b
      painlog remind on 20:00
      painlog remind on 8:30 --medicines --dry-run

    With systemd it is a timer of your own; elsewhere the lines to paste are printed. An encrypted journal whose key is
    not kept is reminded of without looking.
    """
    session: Session = ctx.obj
    at = parse_clock(clock.strip().lower())
    if at is None:
        raise BadInput(f"a reminder is at a time of day such as 20:00, not {clock!r}")
    arguments = [f"--{name}" for name, on in ((CHECKIN, checkin), (MEDICINES, medicines)) if on]
    texts = files_to_write(session, arguments, at) if sys.platform != "win32" else {}
    if dry_run:
        for path, text in texts.items():
            _print_text(f"# {path}\n{text}")
        _print_lines(session, arguments, at)
        say("nothing was written (--dry-run)")
        return
    try:
        write_files(texts)
    except OSError as error:
        raise FileRefused(f"cannot write the reminder's files: {reason(error)}") from error
    if not has_systemd():
        _print_lines(session, arguments, at)
    elif switch_on():
        say(f"you are reminded at {at:%H:%M} each day, where something is not recorded; painlog remind off ends it")
    else:
        say(f"the files are written, but systemd did not take them; run: systemctl --user enable --now {TIMER}")


@remind_.command("off")
def off_() -> None:
    """Switch the reminder off, and remove its files.

    \b
      painlog remind off
    """
    there = list(reminder_files())
    if not there:
        say("no reminder is on")
        return
    switch_off()
    for each in there:
        try:
            each.unlink(missing_ok=True)
        except OSError as error:
            raise FileRefused(f"cannot remove {each}: {reason(error)}") from error
    shutil.rmtree(script_place().parent, ignore_errors=True)
    tell("the reminder is off")
    if not has_systemd():
        say("take its line out of your system's timer too: crontab -e, launchctl or Task Scheduler")


@remind_.command("now")
def now_(ctx: typer.Context, checkin: CheckinOption = False, medicines: MedicinesOption = False) -> None:
    """Remind, if something is not recorded; this is what the timer runs.

    \b
      painlog remind now --checkin
    """
    session: Session = ctx.obj
    both = checkin == medicines
    if session.has_journal and _is_something_left(session, checkin=checkin or both, medicines=medicines or both):
        _notify(session.settings.reminder_words)


def _is_something_left(session: Session, *, checkin: bool, medicines: bool) -> bool:
    """Whether a question of the day or a dose is not recorded; true where the journal cannot be looked into."""
    session.keys.asks = False
    salt = connection.salt_of(session.path)
    if salt and (key := cached(salt)):
        session.keys.accept(key)
    try:
        with session.reading(wait=SHORT_WAIT) as journal:
            asked = checkin and find_due(journal.days, journal.kinds.own.values(), session.settings, session.now)
            if asked and asked.questions:
                return True
            return medicines and bool(find_unrecorded(journal, session.moment(None)))
    except JournalLocked:
        return True


def _notify(words: str) -> None:
    """Show words on the desktop; print them where there is none, so that who runs it passes them on."""
    if shutil.which("notify-send"):
        command = ["notify-send", "--", words]
    elif sys.platform == "darwin":
        command = ["osascript", *(part for line in _SHOW_ON_MAC for part in ("-e", line)), words]
    else:
        command = []
    try:
        shown = bool(command) and subprocess.run(command, capture_output=True, check=False, timeout=20).returncode == 0  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        shown = False
    if not shown:
        tell(term(words))


def _print_lines(session: Session, arguments: list[str], clock: time) -> None:
    """Print what to paste where painlog installs nothing itself."""
    if has_systemd():
        return
    if sys.platform == "win32":
        tell(term(task_scheduler_line(run_words(session, arguments), clock)))
    elif sys.platform == "darwin":
        say("save this as ~/Library/LaunchAgents/journal-reminder.plist, then: launchctl load -w FILE")
        _print_text(launchd_text(script_place(), clock))
    else:
        say("add this line with: crontab -e")
        tell(term(crontab_line(script_place(), clock)))


def _print_text(text: str) -> None:
    for line in text.splitlines():
        tell(term(line))
