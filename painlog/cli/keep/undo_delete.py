"""Taking back and taking away: ``undo``, ``redo``, ``delete``."""

from typing import Annotated

import typer

from painlog.cli.options import NoBackupOption
from painlog.cli.session import Session
from painlog.cli.shell import completion
from painlog.cli.taking_back import bring_back, entry_lines, take_back
from painlog.cli.talk import confirm, say, tell, tell_paragraph
from painlog.domain.rules import check_not_deleted

ASK_FROM = 4
MANY_DELETED = 5  # more are backed up before


def undo_(ctx: typer.Context) -> None:
    """Take back the last command, whole.

    \b
      painlog undo
    """
    take_back(ctx.obj)


def redo_(ctx: typer.Context) -> None:
    """Bring back the last command that was taken back.

    \b
      painlog redo
    """
    bring_back(ctx.obj)


def delete_(
    ctx: typer.Context,
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID...]",
            help="Short ids as painlog list shows them, or last, or last and a kind; without one you pick from a list.",
            show_default=False,
            autocompletion=completion.ids,
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask, however many.")] = False,
    no_backup: NoBackupOption = False,
) -> None:
    """Delete entries; undo brings them back.

    \b
      painlog delete 7f3a
      painlog delete last
    """
    from painlog.cli.picking import pick

    session: Session = ctx.obj
    entries = pick(session, ids or [])
    for entry in entries:
        check_not_deleted(entry)
    if len(entries) >= ASK_FROM and not yes and not confirm(f"Delete {len(entries)} entries?", "--yes does it"):
        say("nothing was deleted")
        raise typer.Exit(1)
    if len(entries) > MANY_DELETED and not no_backup:
        _back_up(session)
    with session.changing() as journal:
        deleted = journal.delete(entries)
    for line in entry_lines(deleted, session):
        tell_paragraph(f"deleted: {line}")
    tell("undo: painlog undo")


def _back_up(session: Session) -> None:
    from painlog.cli.snapshots import back_up_before
    from painlog.storage.recovery.backups import DELETE

    with session.writing() as journal:
        back_up_before(session.settings, journal, DELETE, needed=True)
