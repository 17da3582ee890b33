"""``export``: the journal in a form for others: tables, FHIR, Parquet, and all of it as JSON Lines."""

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import typer

from painlog.analysis.report.own_names import read_redact
from painlog.cli.fetch.csv_tables import LAYOUTS, CsvOptions, Export
from painlog.cli.options import ForceOption, FromOption, OutOption, PeriodOption, ToOption, read_born
from painlog.cli.periods import PeriodOptions, read_period
from painlog.cli.safety_items import HOLDS_EVERY_SAFETY_ITEM, say_held
from painlog.cli.session import Session, group
from painlog.cli.shell import completion
from painlog.cli.talk import say, say_paragraph
from painlog.domain.kinds.activity import FLARE
from painlog.domain.kinds.care import PLAN
from painlog.domain.periods import Period
from painlog.domain.questionnaires import QUESTIONNAIRES
from painlog.errors import BadInput
from painlog.exchange.csv.cells import Form, csv_parts
from painlog.exchange.fhir.bundle import Person, Recorded, bundle
from painlog.exchange.fhir.codes import NOTICE
from painlog.exchange.files import STANDARD_OUTPUT, in_place
from painlog.exchange.jsonl import lines
from painlog.storage.journal import Journal
from painlog.view.terminal import term, times

export_ = group()


@export_.callback()
def export(ctx: typer.Context) -> None:
    """Write the journal in a form for others.

    \b
      painlog export csv --layout daily --period 28d -o for-dr-weber.csv
    """
    if ctx.invoked_subcommand is None:
        raise BadInput("say in which form: painlog export csv -o FILE (painlog export --help lists them)")


@export_.command("csv")
def csv_(
    ctx: typer.Context,
    layout: Annotated[
        str | None,
        typer.Option(
            metavar="LAYOUT",
            help="long: a value a row (as without any). daily: a day a row.",
            autocompletion=completion.fixed_words(*LAYOUTS),
        ),
    ] = None,
    period: PeriodOption = None,
    start: FromOption = None,
    end: ToOption = None,
    output: OutOption = None,
    with_notes: Annotated[
        bool, typer.Option("--with-notes", help="Notes, goals, questions and what you said too; else they stay here.")
    ] = False,
    redact: Annotated[
        str, typer.Option(metavar="WHAT", help="Leave out names, notes or both: --redact names,notes.")
    ] = "",
    all_columns: Annotated[
        bool, typer.Option("--all-columns", help="The daily table with columns that are empty for the period too.")
    ] = False,
    labels: Annotated[
        bool, typer.Option("--labels", help="A second line under the daily table's names: scale and direction.")
    ] = False,
    package: Annotated[
        bool,
        typer.Option("--package", help="A directory: both tables, what they mean, and datapackage.json."),
    ] = False,
    dictionary: Annotated[
        bool, typer.Option("--dictionary", help="Instead of entries, what each column and each value means.")
    ] = False,
    excel_eu: Annotated[
        bool, typer.Option("--excel-eu", help="Semicolons and decimal commas, for Excel where that is usual.")
    ] = False,
    no_bom: Annotated[bool, typer.Option("--no-bom", help="Without the mark that tells Excel it is UTF-8.")] = False,
    force: ForceOption = False,
) -> None:
    """Write entries as a table for a doctor or a spreadsheet.

    \b
      painlog export csv --layout daily --period 28d -o for-dr-weber.csv
      painlog export csv --from "1 oct" --to today -o exports/
      painlog export csv --package --redact names,notes -o exports/

    The whole journal, unless a period is named. Of exports only this one has --redact: Parquet and FHIR keep names, and
    JSON Lines everything.
    """
    session: Session = ctx.obj
    form, left_out = Form(excel_eu, not no_bom), read_redact(redact)
    options = CsvOptions(layout, form, with_notes, left_out, package, dictionary, all_columns, labels)
    with session.reading() as journal:
        asked = read_period(session, journal, PeriodOptions(period, start, end), "all")
        export = Export(journal, asked, options)
        if package:
            _hand_over_package(session, export, output, force=force)
        else:
            (name,) = options.tables
            parts = csv_parts(export.table(name), options.form)
            hand_over(session, parts, output, export.file_name(name), what=export.summary, force=force)
    for sentence in export.omissions():
        say(sentence)
    if export.holds_safety_item:
        say_held(session, asked)


@export_.command("fhir")
def fhir(
    ctx: typer.Context,
    period: PeriodOption = None,
    start: FromOption = None,
    end: ToOption = None,
    detail: Annotated[bool, typer.Option("--detail", help="Each dose too, not only each medicine.")] = False,
    name: Annotated[str, typer.Option(metavar="NAME", help="Say who you are; without this it does not.")] = "",
    born: Annotated[str | None, typer.Option(metavar="DATE", help="Your date of birth, if it is to be there.")] = None,
    output: OutOption = None,
    force: ForceOption = False,
) -> None:
    """Write a FHIR R4 Bundle, which systems of clinics read.

    \b
      painlog export fhir --period 28d -o for-the-clinic.json
      painlog export fhir --detail --name "Kim Doe" --born 1980-02-29 -o .

    Ratings, nights, flares, questionnaires, medicines, treatments and goals; no notes and no questions. It names nobody
    unless you do. The whole journal, unless a period is named.
    """
    session: Session = ctx.obj
    person = Person(name, read_born(born, session.today))
    with session.reading() as journal:
        asked = read_period(session, journal, PeriodOptions(period, start, end), "all")
        recorded = _fetch(journal, asked)
        made = bundle(recorded, journal.meta.export_namespace(), session.now, person, detail=detail)
    text = json.dumps(made, ensure_ascii=True, allow_nan=False, indent=1) + "\n"
    what = f"{times(len(made['entry']), 'resource')} of {asked} "
    usual = f"painlog-fhir-{asked.start}-to-{asked.end}.json"
    hand_over(session, [text], output, usual, what=lambda: what, force=force)
    say_held(session, asked)
    say_paragraph(NOTICE, later="")


@export_.command("parquet")
def parquet(
    ctx: typer.Context,
    period: PeriodOption = None,
    start: FromOption = None,
    end: ToOption = None,
    output: OutOption = None,
    with_notes: Annotated[
        bool, typer.Option("--with-notes", help="Notes and what you said as well; else they stay.")
    ] = False,
    force: ForceOption = False,
) -> None:
    """Write a value a row with typed columns, for DuckDB, pandas or R.

    \b
      painlog export parquet -o journal.parquet
      painlog export parquet --period 1y --with-notes -o year.parquet

    It takes pyarrow. The whole journal, unless a period is named.
    """
    from painlog.exchange.parquet import write_parquet

    session: Session = ctx.obj
    if output is None or output == STANDARD_OUTPUT:
        raise BadInput("a Parquet file is not for the screen; name one: painlog export parquet -o journal.parquet")
    with session.reading() as journal:
        asked = read_period(session, journal, PeriodOptions(period, start, end), "all")
        entries = journal.entries(asked)
        entries = [*journal.history.with_lines(entries)] if with_notes else entries
    content, rows = write_parquet(entries, with_notes=with_notes)
    target = in_place(output, f"painlog-long-{asked.start}-to-{asked.end}.parquet")
    session.hand_over(target, content, what=f"{times(rows, 'row')} of {asked} ", force=force)
    say_held(session, asked)


@export_.command("jsonl")
def jsonl_(ctx: typer.Context, output: OutOption = None, force: ForceOption = False) -> None:
    """Write the whole journal, every change of it, to keep or to move.

    \b
      painlog export jsonl -o .

    painlog import reads it back. It holds everything, notes and what was deleted too.
    """
    session: Session = ctx.obj
    with session.reading() as journal:
        changes = journal.history.changes()
    name = f"painlog-journal-{session.today}.jsonl"
    hand_over(session, lines(changes), output, name, what=lambda: f"{times(len(changes), 'change')} ", force=force)
    with_item = [f'"kind":"{id_}"' for id_, form in QUESTIONNAIRES.items() if form.safety_item is not None]
    if any(kind in change[3] for change in changes for kind in with_item):
        say(HOLDS_EVERY_SAFETY_ITEM)


def hand_over(
    session: Session,
    parts: Iterable[str],
    output: Path | None,
    name: str,
    *,
    what: Callable[[], str],
    force: bool,
) -> None:
    """Write a text to ``output`` (named ``name`` in a directory) or print it; ``what`` it was is asked afterwards."""
    if output is not None and output != STANDARD_OUTPUT:
        session.hand_over(in_place(output, name), parts, what=what, force=force)
        return
    for part in parts:
        print("\n".join(term(line) for line in part.splitlines()) + "\n" if sys.stdout.isatty() else part, end="")


def _hand_over_package(session: Session, export: Export, output: Path | None, *, force: bool) -> None:
    """Write a directory of the tables, what they mean and their description, named for the period."""
    if output == STANDARD_OUTPUT:
        raise BadInput("a package is several files; name a directory for it: -o exports/")
    target = (output or Path()) / f"painlog-{export.span}"
    session.hand_over_directory(target, export.package(), what=export.summary, force=force)


def _fetch(journal: Journal, period: Period) -> Recorded:
    return Recorded(
        period,
        journal.entries(period),
        journal.entries(kinds=[PLAN.name], until=period.end),
        journal.entries(kinds=[FLARE.name]),
    )
