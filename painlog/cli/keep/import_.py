"""``import``: years kept elsewhere, and a journal that painlog exported. Shown first, then written, all or nothing."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from painlog.cli.capture import hand_on
from painlog.cli.import_preview import ReadFile, show_preview, show_proposal, show_rows
from painlog.cli.merge import merge_whole
from painlog.cli.options import ONLY_SHOWN, DryRunOption, NoBackupOption
from painlog.cli.prompts import Prompt, answers_from, ask
from painlog.cli.session import Session
from painlog.cli.snapshots import back_up_before
from painlog.cli.talk import confirm, read_stdin_bytes, say, tell
from painlog.domain.entries import Draft
from painlog.errors import BadInput, FileRefused
from painlog.exchange.importers import importer_of, importers
from painlog.exchange.importing.contract import Context, Importer, Problem, Query
from painlog.exchange.importing.file_sorts import name_sort
from painlog.exchange.importing.mapping import ColumnMapping, check_table_mapping, mapping_importer
from painlog.exchange.importing.proposal import Proposal, propose
from painlog.exchange.importing.saved_answers import SavedAnswers
from painlog.exchange.importing.source import Source
from painlog.exchange.importing.tables import FoundTable, find_tables, table_with
from painlog.exchange.importing.yearless_dates import YEAR
from painlog.exchange.jsonl import is_journal, parse_changes
from painlog.exchange.sync.change_files import LineChanges, line
from painlog.storage.completing import Known
from painlog.storage.recovery.backups import IMPORT
from painlog.view.terminal import progress, term, times

MANY_RECORDED = 50  # more are backed up before
_BLOCK = 65_536


class _Chosen(NamedTuple):
    """An importer, the columns that the person said or took, and the answers that led to them."""

    importer: Importer
    columns: ColumnMapping | None = None
    proposal: Proposal | None = None


def import_(
    ctx: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help="An app's export, a table, or what export jsonl wrote; - is standard input."
        ),
    ] = None,
    mapped: Annotated[
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

    Alone it lists the apps. A file is known by what is in it; what the columns of any other table may be is proposed.
    Importing it again adds nothing twice, and one undo takes the whole import back. What the columns of a table are,
    and answers, are kept for the next time. FILE - reads a table from standard input.
    """
    session: Session = ctx.obj
    if file is None:
        _list_apps()
        return
    source = Source(Path("standard input"), read_stdin_bytes("Write the table")) if str(file) == "-" else Source(file)
    if is_journal(source.start()):
        _merge(session, source, dry_run=dry_run, no_backup=no_backup)
        return
    kept = SavedAnswers(session.config_path.with_name("imports.json"))
    given = _pairs(answers, "--answer")
    importer, columns, proposal = _choose(source, kept, _pairs(mapped, "--map"), app, given)
    before = kept.of(importer.name, columns)
    answered = given | _ask_all(importer.asks(source), before | given)
    read = _read(session, source, importer, before | answered)
    if proposal and columns:
        show_proposal(proposal, columns)
        show_rows(read.drafts)
    known = _find_known(session, read.drafts)
    show_preview(importer, read, known)
    if dry_run or not read.drafts:
        say(ONLY_SHOWN if dry_run else "nothing was recorded")
        if read.problems and not read.drafts:
            raise typer.Exit(1)
        return
    if not yes and not _confirm(read.drafts, known, proposal):
        say("nothing was recorded")
        raise typer.Exit(1)
    kept.keep(
        importer.name, {key: said for key, said in answered.items() if key != YEAR}, columns
    )  # of this file alone
    _record(session, importer, read.drafts, no_backup=no_backup)


def _choose(
    source: Source, kept: SavedAnswers, fields: Mapping[str, str], app: str, given: Mapping[str, str]
) -> _Chosen:
    """The importer of a file: by the columns as said, else by its header, by columns said before, or as proposed."""
    if fields:
        columns = check_table_mapping(_table(source, fields), fields)
        return _Chosen(mapping_importer(columns, app), columns)
    if importer := importer_of(source):
        return _Chosen(importer)
    if found := kept.columns(source):
        return _Chosen(mapping_importer(found[1], found[0]))
    if proposal := propose(source):
        answers = dict(given) | _ask_all(list(proposal.queries()), given)  # what is kept is of another header
        try:
            columns = proposal.mapping(answers)
        except BadInput as error:
            raise _unsaid(proposal.table) from error
        importer = mapping_importer(columns, app)._replace(title=f"{app} (columns as proposed)")
        return _Chosen(importer, columns, proposal)
    raise _unsaid(_first_table(source))


def _table(source: Source, fields: Mapping[str, str]) -> FoundTable:
    """The table that has the columns as said, or else the first, where it is said what is not in it."""
    return table_with(source, fields) or _first_table(source)


def _first_table(source: Source) -> FoundTable:
    """The first table of a file. Raises FileRefused where there is none, with what sort of file it is."""
    if tables := find_tables(source):
        return tables[0]
    known = "painlog import lists the apps it knows"
    sort = name_sort(source) or "no table with a day in it is on its first lines"
    raise FileRefused(f"{source.path} is no file that painlog knows; {known}; {sort}")


def _unsaid(table: FoundTable) -> BadInput:
    header = table.columns
    shown = ", ".join(header[:12]) + (" …" if len(header) > 12 else "")
    why = "the first row looks like data, not like a header; " if table.is_headless else ""
    return BadInput(f"{why}say what the columns are, as in --map {_quote(header[0])}=day; there are {shown}")


def _confirm(drafts: Sequence[Draft], known: Sequence[Known], proposal: Proposal | None) -> bool:
    """Ask whether to record. Raises BadInput where nobody is there."""
    changed = sum(bool(each.edit) for each in known)
    question = f"Record {times(len(drafts) - len(known), 'entry', 'entries')}"
    try:
        return confirm(f"{question} and change {changed:,}?" if changed else f"{question}?")
    except BadInput as error:
        if proposal is None:
            raise
        raise BadInput(f"{error}; or {_unsaid(proposal.table)}") from error


def _quote(column: str) -> str:
    return f'"{column}"' if " " in column else column


def _pairs(said: Sequence[str] | None, option: str) -> dict[str, str]:
    pairs = {}
    for text in said or ():
        name, equals, value = text.rpartition("=")
        if not equals or not name.strip() or not value.strip():
            raise BadInput(f"{option} is NAME=VALUE, as in Date=day, not {text!r}")
        pairs[name.strip()] = value.strip()
    return pairs


def _ask_all(queries: Sequence[Query], known: Mapping[str, str]) -> dict[str, str]:
    """Ask what the file does not say and was not answered before. Raises BadInput where nobody can answer."""
    said = {query.key: query.option(known[query.key]) for query in queries if query.key in known}
    begun = {key: option for key, option in said.items() if option != known[key]}
    open_ = [query for query in queries if not _is_answer(query, said.get(query.key, ""))]
    if not open_:
        return begun
    with answers_from() as source:
        if not source.live:
            first, more = open_[0], f"; and {times(len(open_) - 1, 'question')} more" if len(open_) > 1 else ""
            options = f" ({', '.join(first.options)})" if first.options else ""
            raise BadInput(f"{first.text} Say it with --answer {_quote(f'{first.key}=…')}{options}{more}")
        given: dict[str, str] = {}
        ask([_prompt(query) for query in open_], source, given)
    answers = {query.key: query.option(given.get(query.key, query.usual)) for query in open_}
    if missing := next((query for query in open_ if not answers[query.key]), None):
        raise BadInput(f"nothing was recorded; not answered: {missing.text}")
    return begun | answers


def _is_answer(query: Query, said: str) -> bool:
    try:
        query.check(said)
    except BadInput:
        return False
    return said in query.options if query.options else bool(said)


def _prompt(query: Query) -> Prompt:
    options = f" ({', '.join(query.options)})" if query.options else ""

    def check(text: str) -> None:
        query.check(query.option(text))
        if query.options and query.option(text) not in query.options:
            raise BadInput(f"it is one of {', '.join(query.options)}, not {text!r}")

    return Prompt(query.key, f"{term(query.text)}{term(options)}", check, last=query.usual, last_shown=query.usual)


def _read(session: Session, source: Source, importer: Importer, answers: Mapping[str, str]) -> ReadFile:
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
    _leave_notes_alone(session, context.notes_alone, drafts)
    used = {draft.data.get("measure") for draft in drafts.values()}
    return ReadFile([*(each for each in context.new_measures if each.id in used), *drafts.values()], problems)


def _leave_notes_alone(session: Session, alone: Mapping[str, str], drafts: dict[str, Draft]) -> None:
    """Take the note out of drafts whose note is an entry of its own, from an import of fewer columns."""
    with session.reading() as journal:
        there = journal.reader.known_among(alone.values())
    for id_, note in alone.items():
        if note in there and id_ in drafts:
            data = {name: value for name, value in drafts[id_].data.items() if name != "note"}
            drafts[id_] = drafts[id_]._replace(data=data)


def _by_blocks(step: Callable[[], None]) -> Callable[[int], None]:
    """Turn a number of bytes read so far into steps of a bar."""
    done = 0

    def report(read: int) -> None:
        nonlocal done
        for _ in range(done, read // _BLOCK):
            step()
        done = max(done, read // _BLOCK)

    return report


def _find_known(session: Session, drafts: Sequence[Draft]) -> list[Known]:
    """What the journal knows of drafts already."""
    with session.reading() as journal:
        return [each for each in journal.compare(drafts) if isinstance(each, Known)]


def _record(session: Session, importer: Importer, drafts: list[Draft], *, no_backup: bool) -> None:
    with session.writing() as journal:
        back_up_before(session.settings, journal, IMPORT, needed=len(drafts) > MANY_RECORDED and not no_backup)
        done = journal.bring_in(hand_on(drafts), f"import:{importer.name}")
    again = f"; {done.again:,} were there already" if done.again else ""
    gone = f"; {done.deleted:,} that you deleted stay deleted" if done.deleted else ""
    changed = f"; {done.changed:,} completed or corrected" if done.changed else ""
    tell(f"{times(done.new, 'entry', 'entries')} recorded{changed}{again}{gone}")
    if done.new or done.changed:
        tell("undo: painlog undo")


def _merge(session: Session, source: Source, *, dry_run: bool, no_backup: bool) -> None:
    changes = LineChanges([line(change) for change in parse_changes(source.lines(), str(source.path))])
    if dry_run:
        tell(f"a journal of painlog's with {times(len(changes), 'change')}; {ONLY_SHOWN}")
        return
    merge_whole(
        session,
        source.path,
        changes,
        lambda journal: back_up_before(session.settings, journal, IMPORT, needed=not no_backup),
        "import",
    )


def _list_apps() -> None:
    tell("painlog knows the exports of these apps by what is in them:")
    tell("\n".join(f"  {importer.title}" for importer in importers()))
    tell(
        "Of any other table it is proposed what its columns are, or said: "
        "painlog import diary.csv --map Date=day --map Pain=pain"
    )
