"""``export fhir`` and ``export parquet``: the journal for other programs."""

import json
from datetime import date
from pathlib import Path
from textwrap import fill
from typing import Annotated

import typer

from painlog.cli.options import ForceOption, FromOption, OutOption, PeriodOption, PeriodSaid, ToOption
from painlog.cli.session import Session, say
from painlog.domain.kinds.activity import FLARE
from painlog.domain.kinds.care import PLAN
from painlog.domain.periods import Period
from painlog.errors import BadInput
from painlog.exchange.fhir.bundle import Person, Recorded, bundle
from painlog.exchange.fhir.codes import NOTICE
from painlog.exchange.files import in_place
from painlog.storage.journal import Journal
from painlog.view.terminal import PAGE_WIDTH, times

_OLDEST = date(1900, 1, 1)


def fhir(
    ctx: typer.Context,
    period: PeriodOption = None,
    start: FromOption = None,
    end: ToOption = None,
    detail: Annotated[bool, typer.Option("--detail", help="Each dose too, not only each medicine.")] = False,
    name: Annotated[str, typer.Option(metavar="NAME", help="Say who you are; without this it does not.")] = "",
    born: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="Your date of birth, if it is to be there.")] = "",
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
    person = Person(name, _born(born, session.today))
    with session.reading() as journal:
        asked = session.period(journal, PeriodSaid(period, start, end), "all")
        made = bundle(_recorded(journal, asked), journal.export_namespace(), session.now, person, detail=detail)
    text = json.dumps(made, ensure_ascii=True, allow_nan=False, indent=1) + "\n"
    if output is None or output == Path("-"):
        print(text, end="")
    else:
        usual = f"painlog-fhir-{asked.start}-to-{asked.end}.json"
        what = f"{times(len(made['entry']), 'resource')} of {asked} "
        session.hand_over(in_place(output, usual), text, what=what, force=force)
    say(fill(NOTICE, PAGE_WIDTH, break_on_hyphens=False, break_long_words=False))


def parquet(
    ctx: typer.Context,
    period: PeriodOption = None,
    start: FromOption = None,
    end: ToOption = None,
    output: OutOption = None,
    with_notes: Annotated[bool, typer.Option("--with-notes", help="Notes as well; without this they stay.")] = False,
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
    if output is None or output == Path("-"):
        raise BadInput("a Parquet file is not for the screen; name one: painlog export parquet -o journal.parquet")
    with session.reading() as journal:
        asked = session.period(journal, PeriodSaid(period, start, end), "all")
        entries = journal.entries(asked)
    content, rows = write_parquet(entries, with_notes=with_notes)
    target = in_place(output, f"painlog-long-{asked.start}-to-{asked.end}.parquet")
    session.hand_over(target, content, what=f"{times(rows, 'row')} of {asked} ", force=force)


def _born(said: str, today: date) -> date | None:
    """Read ``--born``. Raises BadInput."""
    if not said:
        return None
    try:
        born = date.fromisoformat(said)
    except ValueError:
        raise BadInput(f"--born is a date such as 1980-02-29, not {said!r}") from None
    if not _OLDEST <= born <= today:
        raise BadInput(f"--born is from {_OLDEST} to today, not {born}")
    return born


def _recorded(journal: Journal, period: Period) -> Recorded:
    return Recorded(
        period,
        journal.entries(period),
        journal.entries(kinds=[PLAN.name], until=period.end),
        journal.entries(kinds=[FLARE.name]),
    )
