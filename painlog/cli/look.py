"""Looking at what was recorded: ``today``, ``list``, ``show``."""

from datetime import timedelta
from typing import Annotated

import typer

from painlog.analysis.figures import Figures, figures
from painlog.cli.session import Session, say
from painlog.domain.entries import Entry
from painlog.domain.kinds import KINDS, kind_named
from painlog.domain.periods import DAYS_IN_WEEK, Period
from painlog.domain.series import variables
from painlog.storage.journal import Journal
from painlog.view.as_json import as_json
from painlog.view.listing import detail_lines, entry_lines, standing_lines
from painlog.view.terminal import show, width

NEWEST = 20

AsJson = Annotated[bool, typer.Option("--json", help="As JSON, with UTC times.")]
PeriodOption = Annotated[
    str | None, typer.Option("--period", metavar="PERIOD", help="week, 28d, 2026-10, 1y, all … (painlog help dates).")
]
FromOption = Annotated[str | None, typer.Option("--from", metavar="DAY", help="First day.")]
ToOption = Annotated[str | None, typer.Option("--to", metavar="DAY", help="Last day, included.")]


def today_(ctx: typer.Context, json: AsJson = False) -> None:
    """Show today's entries beside the last seven days.

    \b
      painlog today
    """
    session: Session = ctx.obj
    with session.reading() as journal:
        entries = journal.entries(Period(session.today, session.today))
        short = journal.short_ids(entries)
        week = _week(journal, session)
    if json:
        print(as_json("today", {"entries": entries, "week": week}))
        return
    if not entries:
        say("no entry today")
    show(entry_lines(entries, short, width(), session.today), plain=session.plain)
    show(["", *standing_lines(week)] if week else [], plain=session.plain)


def list_(
    ctx: typer.Context,
    period: PeriodOption = None,
    start: FromOption = None,
    end: ToOption = None,
    kind: Annotated[list[str] | None, typer.Option(metavar="KIND", help=f"Only {', '.join(KINDS)}.")] = None,
    text: Annotated[str | None, typer.Option(metavar="TEXT", help="Only entries that say this.")] = None,
    json: AsJson = False,
) -> None:
    """List entries: the newest 20, or all of a period, kind or text.

    \b
      painlog list
      painlog list --period 2026-10 --kind pain
      painlog list --text "left knee"
    """
    session: Session = ctx.obj
    kinds = [kind_named(name).name for name in kind or []]
    with session.reading() as journal:
        narrowed = bool(period or start or end or text)
        asked = session.period(journal, period, start, end, "all") if narrowed else None
        entries = journal.entries(asked, kinds=kinds, newest=None if narrowed or kinds else NEWEST)
        entries = [entry for entry in entries if not text or _says(entry, text)]
        short = {} if json else journal.short_ids(entries)
    if json:
        print(as_json("entries", entries))
    elif entries:
        show(entry_lines(entries, short, width(), session.today), plain=session.plain)
    else:
        say("no entries" + (f" in {asked}" if asked else ""))


def show_(ctx: typer.Context, id: Annotated[str, typer.Argument(metavar="ID")], json: AsJson = False) -> None:
    """Show everything one entry holds.

    \b
      painlog show 7f3a
    """
    session: Session = ctx.obj
    with session.reading() as journal:
        entry = journal.find(id)
        short = journal.short_ids([entry])[entry.id]
    if json:
        print(as_json("entry", entry))
    else:
        show(detail_lines(entry, short), plain=session.plain)


def _week(journal: Journal, session: Session) -> dict[str, Figures]:
    """Figures of the last seven days, for each variable that has any."""
    period = Period(session.today - timedelta(days=DAYS_IN_WEEK - 1), session.today)
    found = {name: figures(v, journal.day_values(v, period), period) for name, v in variables().items()}
    return {name: each for name, each in found.items() if each.days}


def _says(entry: Entry, text: str) -> bool:
    return text.casefold() in entry.text.casefold()
