"""``painlog log``: one line or a whole text of entries, all of it or nothing."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from painlog.cli.capture import record_any
from painlog.cli.options import ONLY_SHOWN, DryRunOption, SecondOption
from painlog.cli.prompts import is_there_somebody
from painlog.cli.record_line import record_line, understand_line
from painlog.cli.session import Session
from painlog.cli.shell import completion
from painlog.cli.talk import read_stdin, say, say_notes, tell
from painlog.cli.typed_words import vocabulary_of
from painlog.domain.entries import Draft
from painlog.domain.language.diaries import UnclearLine, parse_text, understand_text
from painlog.domain.language.understanding import Present
from painlog.errors import BadInput
from painlog.exchange.files import read_text
from painlog.view.screens.capture import Tally, show_when
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
    ask_later: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Record what is clear of a text, and write the rest to FILE.")
    ] = None,
    dry_run: DryRunOption = False,
) -> None:
    """Record several things in one line, or a whole file of lines.

    \b
      painlog log pain 6 low back left burning, mood 4 worry 6, slept 5h30
      painlog log yesterday 22:00 pain 4 both knees after sitting
      painlog log
      painlog log --file october.txt --dry-run

    Alone on a terminal it takes lines, and shows what each says while you type. One command is one undo. In a file each
    line may open with a date and time; if one line is not understood, nothing is recorded. Quotes keep a note with
    commas together. painlog help log shows more examples.
    """
    session: Session = ctx.obj
    base = session.moment(at, second=second)
    text = " ".join(words or [])
    if text and file:
        raise BadInput("--file does not go with words on the line; leave one of them out")
    if not text and not file and not dry_run and is_there_somebody():
        from painlog.cli.line_prompt import take_lines

        take_lines(session, at, second=second)
        return
    if not text and not file:
        raise BadInput(
            "say what to record, for example: painlog log pain 6, mood 4 (or --file FILE, or - for standard input)"
        )
    if text and text != "-":
        present = Present(base, session.now, second)
        if dry_run:
            understood = understand_line(session, text, present, asks=False)
            _preview(understood.drafts, session)
            say_notes(understood.said_beside)
        else:
            record_line(session, text, present)
        return
    whole = read_text(file) if file else read_stdin("Write an entry a line")
    present = Present(base, session.now, second)
    with progress("Reading", whole.count("\n") + 1, plain=session.plain) as step:
        if ask_later:
            _record_clear(session, whole, present, file, ask_later, dry_run=dry_run)
            return
        drafts = parse_text(whole, vocabulary_of(session), present, step=step)
        _do(drafts, session, file, dry_run=dry_run)


def _record_clear(
    session: Session, text: str, present: Present, file: Path | None, ask_later: Path, *, dry_run: bool
) -> None:
    """Record what is clear of a text, and write what is not to a file, each line after its question."""
    found = list(understand_text(text, vocabulary_of(session), present))
    left = [each for each in found if isinstance(each, UnclearLine)]
    if left and not dry_run:
        lines = "".join(f"# {' '.join(each.why.split())}\n{each.text}\n" for each in left)
        session.hand_over(ask_later, lines.encode(), what=f"{times(len(left), 'line')} not clear, ", force=False)
    _do([each for each in found if not isinstance(each, UnclearLine)], session, file, dry_run=dry_run)


def _do(drafts: Iterable[Draft], session: Session, file: Path | None, *, dry_run: bool) -> None:
    if dry_run:
        _preview(drafts, session)
    elif not record_any(session, drafts):
        say(f"no entries in {term(str(file or 'standard input'))}; nothing was recorded")


def _preview(drafts: Iterable[Draft], session: Session) -> None:
    tally = Tally()
    counted = tally.count_all(drafts)
    first = [*islice(counted, PREVIEWED)]
    for _ in counted:
        pass
    for draft in first:
        tell(f"{show_when(draft.moment.day, draft.moment.at, session.today)}  {term(draft.text)}")
    if (more := tally.titles.total() - PREVIEWED) > 0:
        tell(f"… and {more:,} more")
    counts = ", ".join(f"{count:,} {term(title)}" for title, count in tally.titles.items())
    tell(f"{times(tally.titles.total(), 'entry', 'entries')} ({counts}); {ONLY_SHOWN}")
