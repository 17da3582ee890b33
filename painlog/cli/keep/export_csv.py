"""``export csv``: entries as tables for a doctor, a spreadsheet or a researcher."""

from pathlib import Path
from typing import Annotated

import typer

from painlog.cli.keep.csv_tables import LAYOUTS, Export, Wanted
from painlog.cli.keep.output import hand_over, nothing_to_collect
from painlog.cli.options import ForceOption, FromOption, OutOption, PeriodOption, PeriodSaid, ToOption
from painlog.cli.session import Session, say
from painlog.cli.shell import completion
from painlog.errors import BadInput
from painlog.exchange.csv.cells import Form, csv_parts


def csv_(
    ctx: typer.Context,
    layout: Annotated[
        str | None,
        typer.Option(
            metavar="LAYOUT",
            help="long: a value a row (as without any). daily: a day a row.",
            autocompletion=completion.fixed(*LAYOUTS),
        ),
    ] = None,
    period: PeriodOption = None,
    start: FromOption = None,
    end: ToOption = None,
    output: OutOption = None,
    with_notes: Annotated[
        bool, typer.Option("--with-notes", help="Notes, goals and questions too; without this they stay here.")
    ] = False,
    redact: Annotated[
        str, typer.Option(metavar="WHAT", help="Leave out names, notes or both: --redact names,notes.")
    ] = "",
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

    The whole journal, unless a period is named.
    """
    session: Session = ctx.obj
    wanted = Wanted(layout, Form(excel_eu, not no_bom), with_notes, _redacted(redact), package, dictionary)
    with nothing_to_collect(), session.reading() as journal:
        asked = session.period(journal, PeriodSaid(period, start, end), "all")
        export = Export(journal, asked, wanted)
        if package:
            _hand_over_package(session, export, output, force=force)
        else:
            (name,) = wanted.tables
            parts = csv_parts(export.table(name), wanted.form)
            hand_over(session, parts, output, export.file_name(name), what=export.said, force=force)
    for sentence in export.left_out():
        say(sentence)


def _redacted(said: str) -> list[str]:
    if not said:
        return []
    from painlog.analysis.report.own_names import read_redact

    return read_redact(said)


def _hand_over_package(session: Session, export: Export, output: Path | None, *, force: bool) -> None:
    """Write a directory of the tables, what they mean and their description, named for the period."""
    if output == Path("-"):
        raise BadInput("a package is several files; name a directory for it: -o exports/")
    target = (output or Path()) / f"painlog-{export.stretch}"
    session.hand_over_directory(target, export.package(), what=export.said, force=force)
