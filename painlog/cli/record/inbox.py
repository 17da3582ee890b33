"""``inbox``: lines that were written elsewhere, on a phone for one, and carried here as a text file."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from painlog.cli.options import DryRunOption
from painlog.cli.places import own_path
from painlog.cli.session import Session
from painlog.cli.talk import say, say_notes, tell
from painlog.cli.typed_words import vocabulary_of
from painlog.domain.entries import INBOX_SOURCE, Draft
from painlog.domain.language.dates import show_day
from painlog.domain.language.inbox_lines import InboxLine, read_lines
from painlog.errors import BadInput, PainlogError
from painlog.exchange import inbox as files
from painlog.exchange.files import is_folder
from painlog.exchange.importing.contract import entry_id
from painlog.view.screens.capture import UNDO
from painlog.view.terminal import term, times

if TYPE_CHECKING:
    from painlog.storage.outcomes import ImportResult

_QUESTION = "# ? "
_SHOWN = 10


class Read(NamedTuple):
    """A batch and what its lines say; ``again`` are those of a conflict copy that were recorded before."""

    batch: files.Batch
    lines: tuple[InboxLine, ...]
    again: frozenset[int]

    @property
    def clear(self) -> list[int]:
        """The places of the lines that are recorded."""
        return [i for i, line in enumerate(self.lines) if line.drafts and i not in self.again]

    @property
    def unclear(self) -> list[InboxLine]:
        """The lines that are asked about."""
        return [line for i, line in enumerate(self.lines) if line.why and i not in self.again]


def inbox_(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A text file (or set inbox).")] = None,
    dry_run: DryRunOption = False,
) -> None:
    """Record the lines of a text file that a phone writes.

    \b
      painlog config set inbox ~/Sync/painlog.txt
      painlog inbox

    A line an entry, or several. A line may begin with its date or time; a date on a line of its own holds for those
    below it; without one it is about the time the file was last changed. What is clear is recorded as one command and
    moved to a file beside it. What is not stays, with the question under it.
    """
    session: Session = ctx.obj
    place = _place(session, file)
    batches = files.find_batches(place)
    read = [*_read(session, place, batches)]
    drafts = [draft for each in read for draft in _drafts(each)]
    unclear = [line for each in read for line in each.unclear]
    _show(session, read, unclear)
    if dry_run:
        return
    files.begin(place, batches)
    try:
        result = _record(session, drafts)
    except PainlogError:  # nothing was recorded, and the lines stand where they stood
        files.end(place)
        raise
    for each in read:
        taken = [_key(each.lines[i]) for i in each.clear]
        files.finish(place, each.batch, taken, _write_left(each), f"{session.now:%Y-%m-%d %H:%M}")
    files.end(place)
    if result:
        tell(f"{times(result.new, 'entry', 'entries')} recorded\n{UNDO}")
    if unclear:
        say(f"{times(len(unclear), 'line')} not clear; each stands in {term(str(place))} with its question under it")
        raise typer.Exit(1)


def _record(session: Session, drafts: Sequence[Draft]) -> "ImportResult | None":
    if not drafts:
        return None
    with session.writing() as journal:
        return journal.bring_in(drafts, INBOX_SOURCE)


def _place(session: Session, file: Path | None) -> Path:
    if file is None and not session.settings.inbox:
        raise BadInput("name the file: painlog inbox FILE (or painlog config set inbox FILE)")
    place = own_path(Path(session.settings.inbox) if file is None else file)
    if is_folder(place):
        raise BadInput(f"{place} is a directory; name the text file in it, such as painlog inbox notes.txt")
    return place


def _read(session: Session, place: Path, batches: Sequence[files.Batch]) -> Iterator[Read]:
    """Yield what each batch says; lines of a copy that stand in the inbox or were recorded are not taken again."""
    vocabulary = vocabulary_of(session)
    known: Counter[str] = files.count_recorded(place)
    for batch in batches:
        changed = min(datetime.fromtimestamp(batch.changed, session.now.tzinfo), session.now)
        lines = tuple(read_lines(batch.text, vocabulary, changed, session.settings.day_starts))
        again = set()
        if files.is_copy(batch, place):
            for i, line in enumerate(lines):
                if line.is_entry and known[_key(line)]:
                    known[_key(line)] -= 1
                    again.add(i)
        known.update(_key(line) for i, line in enumerate(lines) if line.is_entry and i not in again)
        yield Read(batch, lines, frozenset(again))


def _drafts(read: Read) -> Iterator[Draft]:
    """What is to be recorded, with ids that follow from the batch, so that nothing is recorded twice."""
    for i in read.clear:
        for j, draft in enumerate(read.lines[i].drafts):
            yield draft._replace(id=entry_id(INBOX_SOURCE, read.batch.id, str(i), str(j)))


def _key(line: InboxLine) -> str:
    """A line with the date that stood above it, by which it is known again."""
    return f"{line.header.rstrip(': ')}: {line.text.strip()}" if line.header else line.text.strip()


def _write_left(read: Read) -> str:
    """What waits, each line with its question under it, and the person's own comments; nothing where nothing waits."""
    if not read.unclear:
        return ""
    kept: list[str] = []
    for i, line in enumerate(read.lines):
        if line.why and i not in read.again:
            kept += [line.dated, f"{_QUESTION}{' '.join(line.why.split())}"]
        elif line.text.startswith("#") and not line.text.startswith(_QUESTION):
            kept.append(line.text)
    return "\n".join(kept) + "\n"


def _show(session: Session, read: Sequence[Read], unclear: Sequence[InboxLine]) -> None:
    clear = [each.lines[i] for each in read for i in each.clear]
    for line in clear[:_SHOWN]:
        day = show_day(line.drafts[0].day, session.today)
        tell(f"{term(line.text.strip())}\n  {day}: {term(', '.join(draft.text for draft in line.drafts))}")
    if len(clear) > _SHOWN:
        tell(f"and {times(len(clear) - _SHOWN, 'more line')}")
    for line in unclear[:_SHOWN]:
        say(f"painlog: not clear: {term(line.text.strip())}\n  {term(line.why)}")
    undated = sum(line.is_undated for line in clear)
    again = sum(len(each.again) for each in read)
    say_notes([
        f"{times(undated, 'line says', 'lines say')} no time, and is about when the file was last changed"
        if undated
        else "",
        f"{times(again, 'line')} of a conflict copy stood in the inbox or was recorded before" if again else "",
    ])
    if not clear and not unclear:
        say("nothing waits in the inbox")
