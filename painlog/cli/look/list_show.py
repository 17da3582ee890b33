"""Looking at what was recorded: ``today``, ``list``, ``show``."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Annotated

import typer

from painlog.analysis.summary import Summary, summarize
from painlog.cli.options import AsJson, FromOption, OneId, PeriodOption, ToOption
from painlog.cli.periods import PeriodOptions, read_period
from painlog.cli.session import Session
from painlog.cli.shell import completion
from painlog.cli.talk import say
from painlog.domain.entries import Entry
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.registry import VERBS, tells_of_day
from painlog.domain.periods import DAYS_IN_WEEK, Period
from painlog.domain.questionnaires import QUESTIONNAIRES
from painlog.storage.journal import Journal
from painlog.view.as_json import as_json
from painlog.view.screens.listing import (
    detail_lines,
    detail_plain,
    entry_lines,
    entry_plain,
    standing_lines,
    standing_plain,
)
from painlog.view.terminal import show, term, width

NEWEST = 20


def today_(ctx: typer.Context, json: AsJson = False) -> None:
    """Show today's entries beside the last seven days.

    \b
      painlog today
    """
    session: Session = ctx.obj
    with session.reading() as journal:
        of_day = journal.entries(Period(session.today, session.today))
        entries = [entry for entry in of_day if tells_of_day(entry.kind)]
        short = journal.short_ids(entries)
        week = _week(journal, session)
    if json:
        print(as_json("today", {"entries": entries, "week": week}))
        return
    if not entries:
        say("no entry today")
    _show_entries(entries, short, session)
    standing = standing_plain(week) if session.plain else standing_lines(week)
    show(["", *standing] if week else [], plain=session.plain)


def list_(
    ctx: typer.Context,
    period: PeriodOption = None,
    start: FromOption = None,
    end: ToOption = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND",
            autocompletion=completion.kinds,
            help=f"Only {', '.join(VERBS)}, peg … or a measure of your own.",
        ),
    ] = None,
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
    with session.reading() as journal:
        kinds = [journal.kinds.find(name) for name in kind or []]
        narrowed = bool(period or start or end or text)
        asked = read_period(session, journal, PeriodOptions(period, start, end), "all") if narrowed else None
        entries = journal.entries(
            asked, kinds=[each.name for each in kinds], newest=None if narrowed or kinds else NEWEST + 1
        )
        is_more = not (narrowed or kinds) and len(entries) > NEWEST
        entries = entries[-NEWEST:] if is_more else entries
        entries = [entry for entry in entries if _is_wanted(entry, kinds, text)]
        short = {} if json else journal.short_ids(entries)
    if json:
        print(as_json("entries", entries))
    elif entries:
        _show_entries(entries, short, session)
        if is_more:
            say("earlier entries: painlog list --period all")
    else:
        told = f" with {term(repr(text))}" if text else ""
        say(f"no entries{told}" + (f" in this period ({asked})" if period or start or end else ""))


def show_(ctx: typer.Context, id: OneId = None, json: AsJson = False) -> None:
    """Show everything one entry holds.

    \b
      painlog show 7f3a
      painlog show last pain
    """
    from painlog.cli.picking import pick_one

    session: Session = ctx.obj
    entry = pick_one(session, id or [])
    with session.reading() as journal:
        short, origin = journal.short_ids([entry])[entry.id], journal.history.origin(entry)
        (entry,) = journal.history.with_lines([entry])
    if json:
        beside = {"origin": origin, "said": entry.line}
        print(as_json("entry", entry, **{name: value for name, value in beside.items() if value}))
    else:
        show((detail_plain if session.plain else detail_lines)(entry, short, origin), plain=session.plain)


def _show_entries(entries: Sequence[Entry], short: Mapping[str, str], session: Session) -> None:
    plain, today = session.plain, session.today
    lines = entry_plain(entries, short, today) if plain else entry_lines(entries, short, width(), today)
    show(lines, plain=plain)


def _week(journal: Journal, session: Session) -> dict[str, Summary]:
    """Figures of the last seven days, for each variable that has any."""
    period = Period(session.today - timedelta(days=DAYS_IN_WEEK - 1), session.today)
    known = {name: v for name, v in journal.kinds.variables().items() if v.kind not in QUESTIONNAIRES}
    values = journal.days.values_of(known.values(), period)
    found = {name: summarize(v, values[v], period) for name, v in known.items()}
    return {name: each for name, each in found.items() if each.days}


def _is_wanted(entry: Entry, kinds: Sequence[Kind], text: str | None) -> bool:
    """Whether an entry says a text, and is of one of some kinds; of a person's measures, of the one named."""
    named = not kinds or any(kind.name == entry.kind and kind.constants.items() <= entry.data.items() for kind in kinds)
    return named and (not text or text.casefold() in entry.text.casefold())
