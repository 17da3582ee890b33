"""``painlog log``: one line or a whole text of entries, all of it or nothing."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from painlog.cli.capture import record_any
from painlog.cli.options import ONLY_SHOWN, DryRunOption, SecondOption
from painlog.cli.session import Session
from painlog.cli.shell import completion
from painlog.cli.talk import read_stdin, say
from painlog.domain.entries import Draft
from painlog.domain.language.dates import show_day
from painlog.domain.language.lexicon import Grammar
from painlog.domain.language.lines import parse_line, parse_text
from painlog.errors import BadInput
from painlog.exchange.files import read_text
from painlog.view.screens.capture import Tally
from painlog.view.terminal import progress, term, times

PREVIEWED = 10


def log_(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CLAUSES", help="What to record, or - for standard input.", autocompletion=completion.heads
        ),
    ] = None,
    file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Record a text file, an entry or several a line.")
    ] = None,
    at: Annotated[str | None, typer.Option(metavar="WHEN", help="When it was, for lines that do not say.")] = None,
    second: SecondOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Record several things in one line, or a whole file of lines.

    \b
      painlog log pain 6 low back left burning, mood 4 worry 6, slept 5h30
      painlog log yesterday 22:00 pain 4 both knees after sitting
      painlog log --file october.txt --dry-run

    One command is one undo. In a file each line may open with a date and time; if one line is not understood, nothing
    is recorded. Quotes keep a note with commas together.
    """
    session: Session = ctx.obj
    base = session.moment(at, second=second)
    text = " ".join(words or [])
    if text and file:
        raise BadInput("--file does not go with words on the line; leave one of them out")
    if not text and not file:
        raise BadInput(
            "say what to record, for example: painlog log pain 6, mood 4 (or --file FILE, or - for standard input)"
        )
    grammar = _grammar(session)
    if text and text != "-":
        _do(parse_line(text, base, session.now, second=second, grammar=grammar), session, file, dry_run=dry_run)
        return
    whole = read_text(file) if file else read_stdin("Write an entry a line")
    with progress("Reading", whole.count("\n") + 1, plain=session.plain) as step:
        drafts = parse_text(whole, base, session.now, grammar=grammar, step=step)
        _do(drafts, session, file, dry_run=dry_run)


def _do(drafts: Iterable[Draft], session: Session, file: Path | None, *, dry_run: bool) -> None:
    if dry_run:
        _preview(drafts, session)
    elif not record_any(session, drafts):
        say(f"no entries in {term(str(file or 'standard input'))}; nothing was recorded")


def _grammar(session: Session) -> Grammar | None:
    """The words of this journal's own measures, beside those that every journal has."""
    with session.reading() as journal:
        return Grammar(journal.kinds.own.values()) if journal.kinds.own else None


def _preview(drafts: Iterable[Draft], session: Session) -> None:
    tally = Tally()
    counted = tally.count_all(drafts)
    first = [*islice(counted, PREVIEWED)]
    for _ in counted:
        pass
    for draft in first:
        at = f" {draft.moment.at:%H:%M}" if draft.moment.at else ""
        print(f"{show_day(draft.moment.day, session.today)}{at}  {term(draft.text)}")
    if (more := tally.titles.total() - PREVIEWED) > 0:
        print(f"… and {more:,} more")
    counts = ", ".join(f"{count:,} {term(title)}" for title, count in tally.titles.items())
    print(f"{times(tally.titles.total(), 'entry', 'entries')} ({counts}); {ONLY_SHOWN}")
