"""Options and arguments that several commands have, each written once."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from painlog.cli.shell import completion
from painlog.domain.kinds.kind import NOTE
from painlog.domain.language.dates import FIRST_YEAR, parse_day
from painlog.errors import BadInput

ONLY_SHOWN = "nothing was recorded (--dry-run)"
AsJson = Annotated[bool, typer.Option("--json", help="As JSON, with UTC times.")]
AtOption = Annotated[
    str | None,
    typer.Option(metavar="WHEN", help="When it was: 07:30, yesterday 22:00, 2h ago … (painlog help dates)."),
]
SecondOption = Annotated[
    bool, typer.Option("--second", help="The second of an hour that comes twice when clocks go back.")
]
NoteOption = Annotated[str | None, typer.Option(metavar=NOTE.metavar, help=NOTE.help)]
_WHICH = "Short id, as painlog list shows it, or last, or last and a kind; without one you pick from a list."
OneId = Annotated[
    list[str] | None, typer.Argument(metavar="[ID]", help=_WHICH, show_default=False, autocompletion=completion.ids)
]
PeriodOption = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar="PERIOD",
        help="week, 28d, 2026-10, 1y, all … (painlog help dates).",
        autocompletion=completion.fixed_words(
            "week", "last-week", "fortnight", "28d", "3m", "1y", "since-last-visit", "all"
        ),
    ),
]
FromOption = Annotated[str | None, typer.Option("--from", metavar="DAY", help="First day.")]
ToOption = Annotated[str | None, typer.Option("--to", metavar="DAY", help="Last day, included.")]
ExplainOption = Annotated[bool, typer.Option("--explain", help="Say how it was computed, with your numbers.")]
OutOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file, or into this directory.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Write over a file that is already there.")]
NoBackupOption = Annotated[bool, typer.Option("--no-backup", help="Do it without a backup before it.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would be recorded, and record nothing.")]


def read_born(said: str | None, today: date) -> date | None:
    """Return a date of birth, which is one with its year; None where nothing was said. Raises BadInput."""
    if not said:
        return None
    try:
        if re.search(r"\d{4}", said):
            return parse_day(said, today)
    except BadInput:
        pass
    raise BadInput(f"--born is a date from {FIRST_YEAR} to today such as 1980-02-29, not {said!r}")
