"""``import``: years kept elsewhere, and a journal that painlog exported. Shown first, then written, all or nothing."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from painlog.cli.merge import merge_whole
from painlog.cli.options import ONLY_SHOWN, DryRunOption, NoBackupOption
from painlog.cli.prompts import Prompt, answers_from, ask
from painlog.cli.session import Session
from painlog.cli.snapshots import back_up_before
from painlog.cli.talk import confirm, say
from painlog.domain.entries import Draft
from painlog.domain.language.dates import show_range
from painlog.errors import BadInput, FileRefused
from painlog.exchange.importers import importer_of, importers
from painlog.exchange.importing.contract import CellProblem, Context, Importer, Problem, Query
from painlog.exchange.importing.mapping import ColumnMapping, check_mapping, mapping_importer
from painlog.exchange.importing.saved_answers import SavedAnswers
from painlog.exchange.importing.source import Source
from painlog.exchange.jsonl import is_journal, parse_changes
from painlog.storage.recovery.backups import IMPORT
from painlog.view.terminal import PAGE_WIDTH, progress, term, times, wrap_text

MANY_RECORDED = 50  # more are backed up before
SHOWN = 5
_BLOCK = 65_536


class _Read(NamedTuple):
    """What a file holds: entries, and rows that were not understood."""

    drafts: list[Draft]
    problems: list[Problem]


def import_(
    ctx: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="An app's export, a table, or what export jsonl wrote.")
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="COLUMN=WHAT", help="What a table's column is, as in Date=day."),
    ] = None,
    app: Annotated[str, typer.Option("--from", metavar="NAME", help="What to call where a table is from.")] = "table",
    answers: Annotated[
        list[str] | None,
        typer.Option("--answer", metavar="QUESTION=ANSWER", help="An answer that would be asked for."),
    ] = None,
    dry_run: DryRunOption = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before recording.")] = False,
    no_backup: NoBackupOption = False,
) -> None:
    """Bring in another app's export, a table, or a journal.

    \b
      painlog import daylio_export.csv
      painlog import export.zip --dry-run
      painlog import diary.csv --map Date=day --map "Pain Level=pain:0-100"

    Alone it lists the apps. A file is known by what is in it. Importing it again adds nothing twice, and one undo takes
    the whole import back. What the columns of a table are, and answers, are kept for the next time.
    """
    session: Session = ctx.obj
    if file is None:
        _list_apps()
        return
    source = Source(file)
    if is_journal(source.start()):
        _merge(session, source, dry_run=dry_run, no_backup=no_backup)
        return
    kept = SavedAnswers(session.config_path.with_name("imports.json"))
    importer, said = _importer(source, kept, _pairs(columns, "--map"), app)
    given = _pairs(answers, "--answer")
    answered = given | _asked(importer.asks(source), kept.of(importer.name) | given)
    read = _read(session, source, importer, kept.of(importer.name) | answered)
    _preview(importer, read)
    if dry_run or not read.drafts:
        say(ONLY_SHOWN if dry_run else "nothing was recorded")
        return
    if not yes and not confirm(f"Record {times(len(read.drafts), 'entry', 'entries')}?"):
        say("nothing was recorded")
        raise typer.Exit(1)
    kept.keep(importer.name, answered, said)
    _record(session, importer, read.drafts, no_backup=no_backup)


def _importer(
    source: Source, kept: SavedAnswers, fields: Mapping[str, str], app: str
) -> tuple[Importer, ColumnMapping | None]:
    """The importer of a file: by the columns as said, else by its header, else by columns said before."""
    if fields:
        columns = check_mapping(source.columns(), fields)
        return mapping_importer(columns, app), columns
    if importer := importer_of(source):
        return importer, None
    if found := kept.columns(source):
        return mapping_importer(found[1], found[0]), None
    header = source.columns()
    if len(header) < 2:
        raise FileRefused(f"{source.path} is no file that painlog knows; painlog import lists the apps it knows")
    shown = ", ".join(header[:12]) + (" …" if len(header) > 12 else "")
    raise BadInput(f"say what the columns are, as in --map {_quoted(header[0])}=day; there are {shown}")


def _quoted(column: str) -> str:
    return f'"{column}"' if " " in column else column


def _pairs(said: Sequence[str] | None, option: str) -> dict[str, str]:
    pairs = {}
    for text in said or ():
        name, equals, value = text.rpartition("=")
        if not equals or not name.strip() or not value.strip():
            raise BadInput(f"{option} is NAME=VALUE, as in Date=day, not {text!r}")
        pairs[name.strip()] = value.strip()
    return pairs


def _asked(queries: Sequence[Query], known: Mapping[str, str]) -> dict[str, str]:
    """Ask what the file does not say and was not answered before. Raises BadInput where nobody can answer."""
    open_ = [query for query in queries if not _is_answer(query, known.get(query.key, ""))]
    if not open_:
        return {}
    with answers_from() as source:
        if not source.live:
            first, more = open_[0], f"; and {times(len(open_) - 1, 'question')} more" if len(open_) > 1 else ""
            options = f" ({', '.join(first.options)})" if first.options else ""
            raise BadInput(f"{first.text} Say it with --answer {_quoted(f'{first.key}=…')}{options}{more}")
        given: dict[str, str] = {}
        ask([_prompt(query) for query in open_], source, given)
    answers = {query.key: given.get(query.key, query.usual) for query in open_}
    if missing := next((query for query in open_ if not answers[query.key]), None):
        raise BadInput(f"nothing was recorded; not answered: {missing.text}")
    return answers


def _is_answer(query: Query, said: str) -> bool:
    return said in query.options if query.options else bool(said)


def _prompt(query: Query) -> Prompt:
    options = f" ({', '.join(query.options)})" if query.options else ""

    def check(text: str) -> None:
        if not _is_answer(query, text):
            raise BadInput(f"it is one of {', '.join(query.options)}, not {text!r}")

    return Prompt(query.key, f"{term(query.text)}{term(options)}", check, last=query.usual, last_shown=query.usual)


def _read(session: Session, source: Source, importer: Importer, answers: Mapping[str, str]) -> _Read:
    with session.reading() as journal:
        own = dict(journal.kinds.own)
    drafts: dict[str, Draft] = {}
    problems: list[Problem] = []
    with progress("Reading", source.unpacked // _BLOCK, plain=session.plain) as step:
        context = Context(importer.name, session.now, session.settings.day_starts, own, answers)
        context.step = _by_blocks(step)
        for found in importer.read(source, context):
            if isinstance(found, Problem):
                problems.append(found)
            else:
                drafts.setdefault(found.id, found)
    return _Read([*context.new_measures, *drafts.values()], problems)


def _by_blocks(step: Callable[[], None]) -> Callable[[int], None]:
    """Turn a number of bytes read so far into steps of a bar."""
    done = 0

    def report(read: int) -> None:
        nonlocal done
        for _ in range(done, read // _BLOCK):
            step()
        done = max(done, read // _BLOCK)

    return report


def _preview(importer: Importer, read: _Read) -> None:
    """Say what the file holds: counts by kind, the period, how scales were turned, what was not understood."""
    for line in wrap_text(f"{importer.title}: {_counted(read.drafts)}", PAGE_WIDTH):
        print(line)
    for rule in importer.rules:
        print("\n".join(wrap_text(f"  {term(rule)}", PAGE_WIDTH)))
    rows = [problem for problem in read.problems if not isinstance(problem, CellProblem)]
    cells = [problem for problem in read.problems if isinstance(problem, CellProblem)]
    _list(rows, f"{times(len(rows), 'row')} not understood, left out:")
    _list(cells, f"{times(len(cells), 'cell')} not understood, left out; the rest of the row is taken:")


def _list(problems: Sequence[Problem], title: str) -> None:
    if not problems:
        return
    print(title)
    for problem in problems[:SHOWN]:
        print("\n".join(wrap_text(f"  {term(problem.place)}: {term(problem.why)}", PAGE_WIDTH)))
    if (more := len(problems) - SHOWN) > 0:
        print(f"  and {more:,} more")


def _counted(drafts: Sequence[Draft]) -> str:
    counts = Counter(term(draft.kind.title) for draft in drafts)
    days = [draft.day for draft in drafts if draft.kind.name != "measure"]
    listed = ", ".join(f"{count:,} {title}" for title, count in counts.most_common())
    if not days:
        return "no entries"
    return f"{times(len(drafts), 'entry', 'entries')} ({listed}), {show_range(min(days), max(days))}"


def _record(session: Session, importer: Importer, drafts: Sequence[Draft], *, no_backup: bool) -> None:
    with session.writing() as journal:
        back_up_before(session.settings, journal, IMPORT, needed=len(drafts) > MANY_RECORDED and not no_backup)
        done = journal.bring_in(drafts, f"import:{importer.name}")
    again = f"; {done.again:,} were there already" if done.again else ""
    gone = f"; {done.deleted:,} that you deleted stay deleted" if done.deleted else ""
    print(f"{times(done.new, 'entry', 'entries')} recorded{again}{gone}")
    if done.new:
        print("undo: painlog undo")


def _merge(session: Session, source: Source, *, dry_run: bool, no_backup: bool) -> None:
    changes = parse_changes(source.text(), str(source.path))
    if dry_run:
        print(f"a journal of painlog's with {times(len(changes), 'change')}; {ONLY_SHOWN}")
        return
    merge_whole(
        session,
        source.path,
        changes,
        lambda journal: back_up_before(session.settings, journal, IMPORT, needed=not no_backup),
        "import",
    )


def _list_apps() -> None:
    print("painlog knows the exports of these apps by what is in them:")
    print("\n".join(f"  {importer.title}" for importer in importers()))
    print(
        "Any other table with a header goes with --map, as in: painlog import diary.csv --map Date=day --map Pain=pain"
    )
