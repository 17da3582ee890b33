"""``help-now``: crisis lines. It opens no journal, and leaves no trace."""

import typer

from painlog.cli.session import Session
from painlog.cli.talk import tell
from painlog.view.screens.crisis import help_now
from painlog.view.terminal import term


def help_now_(ctx: typer.Context) -> None:
    """Show whom to call when it is too much.

    \b
      painlog help-now

    Nothing is stored of it.
    """
    session: Session = ctx.obj
    text = help_now(session.settings.country, session.settings.trusted_contact, plain=session.plain)
    tell("\n".join(term(line) for line in text.splitlines()))
