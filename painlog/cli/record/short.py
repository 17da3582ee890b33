"""``short``: lines of one's own under short names."""

from typing import Annotated

import typer

from painlog.cli.capture import record_drafts
from painlog.cli.sections import MODULES
from painlog.cli.session import Session, group
from painlog.cli.shell import completion
from painlog.cli.talk import say, tell
from painlog.cli.typed_words import unclear, vocabulary_of
from painlog.domain.entries import Draft, Entry
from painlog.domain.kinds.registry import KINDS
from painlog.domain.kinds.shortcuts import SHORTCUT, check_name
from painlog.domain.language.own_words import means_something
from painlog.domain.language.understanding import Present, understand
from painlog.errors import BadInput
from painlog.storage.journal import Journal
from painlog.view.screens.capture import UNDO, show_entry
from painlog.view.terminal import pad, term

short_ = group()
Named = Annotated[
    str, typer.Argument(metavar="NAME", help="A shortcut's name, one word.", autocompletion=completion.shortcuts)
]


@short_.callback()
def short(ctx: typer.Context) -> None:
    """Keep a line of your own under a short name.

    \b
      painlog short add dul took duloxetine 60mg
      painlog dul
      painlog log dul, pain 6
    """
    if ctx.invoked_subcommand is None:
        list_(ctx)


@short_.command("add")
def add_(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A short name, one word.")],
    words: Annotated[list[str], typer.Argument(metavar="CLAUSES", help="The line that it stands for.")],
) -> None:
    """Add a shortcut; its line must be clear by itself.

    \b
      painlog short add dul took duloxetine 60mg
    """
    session: Session = ctx.obj
    moment, line = session.moment(None), " ".join(words)
    with session.reading() as journal:
        _check_free(name, journal)
    vocabulary, present = vocabulary_of(session), Present(moment, session.now)
    understood = understand(line, vocabulary, present)
    if not understood.is_clear:
        raise unclear(understood, vocabulary, present)
    data = SHORTCUT.check({"name": name.strip().casefold(), "words": line})
    record_drafts(session, [Draft(SHORTCUT, moment._replace(at=None), data)])
    say(f"record it with: painlog {term(data['name'])}")


@short_.command("list")
def list_(ctx: typer.Context) -> None:
    """List your shortcuts.

    \b
      painlog short list
    """
    session: Session = ctx.obj
    with session.reading() as journal:
        shortcuts = journal.entries(kinds=[SHORTCUT.name])
    if not shortcuts:
        say("no shortcut yet; painlog short add dul took duloxetine 60mg adds one")
    for each in sorted(shortcuts, key=lambda entry: entry.data["name"]):
        tell(f"{pad(term(each.data['name']), 12)}  {term(each.data.get('words', '(no words)'))}")


@short_.command("remove")
def remove_(ctx: typer.Context, name: Named) -> None:
    """Remove a shortcut; what was recorded with it stays.

    \b
      painlog short remove dul
    """
    session: Session = ctx.obj
    with session.changing() as journal:
        (gone,) = journal.delete([_find(name, journal)])
    tell(f"removed: {show_entry(gone)}\n{UNDO}")


def _find(name: str, journal: Journal) -> Entry:
    named = [each for each in journal.entries(kinds=[SHORTCUT.name]) if each.data["name"] == name.strip().casefold()]
    if not named:
        raise BadInput(f"there is no shortcut {name!r}; painlog short list shows them")
    return named[-1]


def _check_free(name: str, journal: Journal) -> None:
    """Refuse a name that is a command, a word of the language, a measure or a shortcut already. Raises BadInput."""
    clean = name.strip().casefold()
    measures = [kind.label.casefold() for kind in journal.kinds.own.values()]
    check_name(name, {*MODULES, *KINDS, *measures, *([clean] if means_something(clean) else [])})
    if any(each.data["name"] == clean for each in journal.entries(kinds=[SHORTCUT.name])):
        raise BadInput(f"there is a shortcut {name!r} already; painlog short remove {clean} removes it")
