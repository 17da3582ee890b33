"""``export``: the journal in a form for others."""

import typer

from painlog.cli.export_csv import csv_
from painlog.cli.session import group
from painlog.errors import BadInput

export_ = group()


@export_.callback()
def export(ctx: typer.Context) -> None:
    """Write the journal in a form for others.

    \b
      painlog export csv --layout daily --period 28d -o for-dr-weber.csv
    """
    if ctx.invoked_subcommand is None:
        raise BadInput("say in which form: painlog export csv -o FILE (painlog export --help lists them)")


export_.command("csv")(csv_)
