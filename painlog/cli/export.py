"""``export``: the journal in a form for others."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from painlog.analysis.care import care_days
from painlog.cli import complete
from painlog.cli.export_fhir import fhir, parquet
from painlog.cli.options import ForceOption, FromOption, OutOption, PeriodOption, ToOption
from painlog.cli.session import PeriodSaid, Session, group, say
from painlog.domain.care import PLAN
from painlog.domain.entries import Entry
from painlog.domain.flares import flares
from painlog.domain.kinds import LASTING
from painlog.domain.living import FLARE
from painlog.domain.periods import Period
from painlog.domain.series import DayValue, Variable
from painlog.errors import BadInput
from painlog.exchange.csv_export import LONG_COLUMNS, daily_columns, daily_rows, long_rows, write_csv
from painlog.exchange.files import in_place
from painlog.exchange.jsonl import lines
from painlog.storage.journal import Journal
from painlog.view.terminal import term, times

LAYOUTS = ("long", "daily")
SORTS = {"average": "avg", "now": "now_mean"}

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
        str,
        typer.Option(
            metavar="LAYOUT",
            help="long: a value a row. daily: a day a row.",
            autocompletion=complete.fixed(*LAYOUTS),
        ),
    ] = "long",
    period: PeriodOption = None,
    start: FromOption = None,
    end: ToOption = None,
    output: OutOption = None,
    with_notes: Annotated[
        bool, typer.Option("--with-notes", help="Notes, goals and questions too; without this they stay here.")
    ] = False,
    no_bom: Annotated[bool, typer.Option("--no-bom", help="Without the mark that tells Excel it is UTF-8.")] = False,
    force: ForceOption = False,
) -> None:
    """Write entries as CSV (a table) for a doctor or a spreadsheet.

    \b
      painlog export csv --layout daily --period 28d -o for-dr-weber.csv
      painlog export csv --from "1 oct" --to today -o exports/

    The whole journal, unless a period is named.
    """
    session: Session = ctx.obj
    if layout not in LAYOUTS:
        raise BadInput(f"{layout!r} is not a layout; there are {' and '.join(LAYOUTS)}")
    with session.reading() as journal:
        asked = session.period(journal, PeriodSaid(period, start, end), "all")
        entries = journal.entries(asked)
        columns, rows = _table(journal, asked, entries, layout, with_notes=with_notes)
    text = write_csv(columns, rows, bom=not no_bom)
    _hand_over(
        session,
        text,
        output,
        f"painlog-{layout}-{asked.start}-to-{asked.end}.csv",
        f"{times(len(rows), 'row')} of {asked} ",
        force=force,
    )
    able = [entry for entry in entries if layout == "long" or entry.kind not in LASTING]
    notes = 0 if with_notes else sum("note" in entry.data for entry in able)
    if notes:
        say(f"{times(notes, 'note was', 'notes were')} left out; --with-notes takes them along")


@export_.command("jsonl")
def jsonl_(ctx: typer.Context, output: OutOption = None, force: ForceOption = False) -> None:
    """Write the whole journal, every change of it, to keep or to move.

    \b
      painlog export jsonl -o .

    painlog import reads it back. It holds everything, notes and what was deleted too.
    """
    session: Session = ctx.obj
    with session.reading() as journal:
        changes = journal.ops()
    text = "".join(lines(changes))
    name = f"painlog-journal-{session.today}.jsonl"
    _hand_over(session, text, output, name, f"{times(len(changes), 'change')} ", force=force)


def _hand_over(session: Session, text: str, output: Path | None, name: str, what: str, *, force: bool) -> None:
    """Write a text to a file (named so in a directory), to a pipe as it is, to a terminal made safe."""
    if output is None or output == Path("-"):
        print("\n".join(term(line) for line in text.splitlines()) + "\n" if sys.stdout.isatty() else text, end="")
    else:
        session.hand_over(in_place(output, name), text, what=what, force=force)


def _table(
    journal: Journal, period: Period, entries: Sequence[Entry], layout: str, *, with_notes: bool
) -> tuple[Sequence[str], list[list[str]]]:
    """The columns and rows of a layout."""
    if layout == "long":
        return LONG_COLUMNS, list(long_rows(entries, with_notes=with_notes))
    values = _daily_values(journal, period)
    changes = journal.entries(kinds=[PLAN.name], until=period.end)
    marked = flares(journal.entries(kinds=[FLARE.name], until=period.end))
    about = [entry for entry in entries if entry.kind not in LASTING]
    care = care_days(about, changes, marked, period)
    return daily_columns(list(values)), list(daily_rows(period, values, care, about, with_notes=with_notes))


def _daily_values(journal: Journal, period: Period) -> dict[Variable, dict[date, DayValue]]:
    """Each variable's days; where a day is made of several sorts of ratings, each sort too, and how many there were."""
    values: dict[Variable, dict[date, DayValue]] = {}
    for variable in journal.variables().values():
        values[variable] = journal.day_values(variable, period)
        for sort, column in SORTS.items() if len(variable.variants) > 1 else ():
            part = variable._replace(column=f"{variable.column}_{column}", variants=(sort,))
            values[part] = journal.day_values(part, period)
            if sort == "now":
                counted = part._replace(column=f"{variable.column}_now_n")
                values[counted] = {day: DayValue(each.n, each.n) for day, each in values[part].items()}
    return values


export_.command("fhir")(fhir)
export_.command("parquet")(parquet)
