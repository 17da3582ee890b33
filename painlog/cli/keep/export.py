"""``export``: the journal in a form for others."""

import typer

from painlog.cli.keep.export_csv import csv_
from painlog.cli.keep.export_fhir import fhir, parquet
from painlog.cli.keep.output import hand_over
from painlog.cli.options import ForceOption, OutOption
from painlog.cli.session import Session, group
from painlog.errors import BadInput
from painlog.exchange.jsonl import lines
from painlog.view.terminal import times

export_ = group()


@export_.callback()
def export(ctx: typer.Context) -> None:
    """Write the journal in a form for others.

    \b
      painlog export csv --layout daily --period 28d -o for-dr-weber.csv
    """
    if ctx.invoked_subcommand is None:
        raise BadInput("say in which form: painlog export csv -o FILE (painlog export --help lists them)")


def jsonl_(ctx: typer.Context, output: OutOption = None, force: ForceOption = False) -> None:
    """Write the whole journal, every change of it, to keep or to move.

    \b
      painlog export jsonl -o .

    painlog import reads it back. It holds everything, notes and what was deleted too.
    """
    session: Session = ctx.obj
    with session.reading() as journal:
        changes = journal.ops()
    name = f"painlog-journal-{session.today}.jsonl"
    hand_over(session, lines(changes), output, name, what=lambda: f"{times(len(changes), 'change')} ", force=force)


export_.command("csv")(csv_)
export_.command("fhir")(fhir)
export_.command("parquet")(parquet)
export_.command("jsonl")(jsonl_)
