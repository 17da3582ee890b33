"""``doctor``: is everything in the journal as it was written, and what to do where it is not."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from painlog.cli.session import Session
from painlog.cli.talk import removal_note, say, tell, tell_paragraph
from painlog.storage.recovery.checkup import Finding, examine, left_over
from painlog.view.terminal import line_room, term, times, wrap_text

_SIGNS = {"well": "ok", "risk": "note", "damage": "DAMAGED"}


def doctor_(
    ctx: typer.Context,
    repair: Annotated[
        bool, typer.Option("--repair", help="Put a damaged journal together; the damaged file is kept.")
    ] = False,
) -> None:
    """Look the journal over, and repair it if asked to.

    \b
      painlog doctor
      painlog doctor --repair

    It reads every change and compares it with its checksum, and every entry with what follows from the changes; it
    looks who may read the files and where they are. The exit code is 1 where something is damaged.
    """
    session: Session = ctx.obj
    if not session.has_journal:
        _list(left_over(session.path))
        with session.reading():  # refuses where one is lost
            tell("no journal yet; it begins with: painlog pain 6")
        return
    if repair:
        _repair(session)
    findings = examine(session.path, session.keys)
    _list(findings)
    if all(finding.state != "damage" for finding in findings):
        with session.reading() as journal:
            _list(Finding("clock", "risk", each) for each in journal.history.clocks_ahead(session.now))
    if any(finding.state == "damage" for finding in findings):
        say("painlog doctor --repair puts together what can be read, here, in backups and in your shared folder")
        raise typer.Exit(1)


def _list(findings: Iterable[Finding]) -> None:
    for finding in findings:
        head = f"{finding.about:<9}{_SIGNS[finding.state]:<9}"
        tell("\n".join(wrap_text(term(finding.text), line_room(), head, " " * 16)))


def _repair(session: Session) -> None:
    from painlog.storage.recovery.repairing import RepairResult, repair

    def describe(done: RepairResult) -> Iterator[str]:
        for each in done.cleared:
            yield removal_note(each)
        for each in done.shut:
            yield f"only you can read {term(str(each))} now"
        if done.aside is None:
            yield "nothing is damaged, so nothing was put together"
            return
        yield f"put together from {times(done.changes, 'change')} that are as they were written"
        if done.from_elsewhere:
            yield f"{times(done.from_elsewhere, 'of them was', 'of them were')} in backups or your shared folder only"
        if done.from_entries:
            what = times(done.from_entries, "entry was", "entries were")
            yield f"{what} taken as last shown, without their history"
        if done.lost:
            what = times(done.lost, "entry", "entries")
            yield f"LOST: changes of {what} were damaged and are nowhere else"
        if done.refused:
            yield f"{times(done.refused, 'change')} in your shared folder can be of no painlog, and stayed there"
        if not done.whole:
            yield "a part of the file could not be read; what stood there and nowhere else is lost"
        yield f"the damaged file is kept as {term(str(done.aside))}"

    def carried(secrets: list[bytes]) -> Iterator[list[tuple[str, ...]]]:
        from painlog.cli.merge import changes_of_folder

        if session.settings.sync_dir:
            yield from changes_of_folder(Path(session.settings.sync_dir), secrets)

    for line in describe(repair(session.path, session.now, session.keys, carried)):
        tell_paragraph(line)
