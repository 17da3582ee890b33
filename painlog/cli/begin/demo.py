"""``demo``: painlog on a made-up journal that is gone afterwards. The person's own journal is not touched."""

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from painlog.analysis.chart import make_chart
from painlog.analysis.report.building import build_page
from painlog.cli.fetch.charts import fetch_chart
from painlog.cli.fetch.links import fetch_links
from painlog.cli.fetch.report import ReportOptions, fetch_facts
from painlog.cli.periods import PeriodOptions
from painlog.cli.prompts import answers_from, is_there_somebody
from painlog.cli.session import Session
from painlog.cli.show_chart import chart_width
from painlog.cli.talk import say, tell
from painlog.cli.typer_adapter import run_words
from painlog.domain.demo import DAYS, demo_drafts
from painlog.view.page.plain import page_plain
from painlog.view.page.text import page_lines, room_of
from painlog.view.screens.charts import chart_lines, chart_plain, room, rows_beside
from painlog.view.sentences import NOT_PROOF, link_label, link_sentence
from painlog.view.terminal import TextLine, bold, show, width, wrap_text

ROWS = 24  # of a screen: its heading, a line before and after it, and the line that asks
_ROOM = ROWS - 4
_LINE = "pain 6 low back left after sitting, mood 4, took ibuprofen 400mg"
_NOW = """\
Your own journal begins with a line. Nothing is set up before it.

  painlog pain 6
  painlog log pain 6 low back left, mood 4, slept 5h30
  painlog help tour

Any command runs on these made-up days, behind painlog demo:

  painlog demo link pain worry
  painlog demo helps
  painlog demo chart pain worry --period 90d --rolling 7d
  painlog demo body
  painlog demo plan

If it is too much: painlog help-now"""


def demo_(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="COMMAND", help="What to run there; five screens without one.")
    ] = None,
) -> None:
    """Look around in 90 made-up days; your journal is not touched.

    \b
      painlog demo
      painlog demo chart pain mood --period 90d

    The made-up journal is gone again afterwards, with whatever was changed in it.
    """
    session: Session = ctx.obj
    with tempfile.TemporaryDirectory(prefix="painlog-demo-") as place:
        shown = session._replace(journal=Path(place) / "journal.db")
        with shown.writing() as journal:
            journal.record(demo_drafts(session.now), "demo")
        if words:
            _run(ctx, words, shown)
        else:
            _walk(ctx, shown)


def _run(ctx: typer.Context, words: list[str], shown: Session) -> None:
    plain = ["--plain"] if shown.plain else []
    code = run_words(ctx.find_root().command, ["--journal", str(shown.path), *plain, *words])
    if code:
        raise typer.Exit(code)


def _walk(ctx: typer.Context, shown: Session) -> None:
    """Show five screens one after the other: Enter goes on where somebody is there, all at once in a pipe."""
    screens: tuple[tuple[str, Callable[[], Iterable[TextLine]]], ...] = (
        (f"A line records a day. {DAYS} made-up days; your own journal is not touched.", lambda: _record(ctx, shown)),
        ("How pain and mood moved: painlog chart pain mood", lambda: _chart(shown)),
        ("What moves together: painlog link", lambda: _links(shown)),
        ("A page for a visit: painlog week", lambda: _page(shown)),
        ("Now yours", _NOW.splitlines),
    )
    waits = is_there_somebody() and sys.stdout.isatty()
    for number, (title, screen) in enumerate(screens, 1):
        show([bold(line) for line in wrap_text(f"{number}/{len(screens)} {title}", width())], plain=shown.plain)
        tell("")
        show(screen(), plain=shown.plain)
        tell("")
        if waits and number < len(screens) and not _goes_on():
            return


def _goes_on() -> bool:
    with answers_from() as source:
        say("Enter goes on, q ends.")
        return source.key() != "q"


def _record(ctx: typer.Context, shown: Session) -> tuple[TextLine, ...]:
    tell(f"$ painlog log {_LINE}")
    _run(ctx, ["log", _LINE], shown)
    return ()


def _chart(shown: Session) -> Iterator[TextLine]:
    columns = chart_width()
    days = fetch_chart(shown, ["pain", "mood"], PeriodOptions("28d"), panels=False, any_scale=False)
    chart = make_chart(days.values, days.period, room=room(columns), around=days.around._replace(lanes=()))
    if shown.plain:
        yield from islice(chart_plain(chart), _ROOM)
        return
    yield from chart_lines(chart, columns, _ROOM - rows_beside(chart, columns, panels=False))


def _links(shown: Session) -> Iterator[TextLine]:
    from painlog.analysis.patterns.search import find_patterns

    fetched = fetch_links(shown, ["pain", "mood"], PeriodOptions())
    for link in find_patterns(fetched.days, fetched.question).links[:2]:
        yield bold(link_label(link))
        yield from wrap_text(link_sentence(link), width())
        yield ""
    yield from wrap_text(NOT_PROOF, width())
    yield from wrap_text("painlog helps sets days with a treatment beside days without it.", width())


def _page(shown: Session) -> Iterator[TextLine]:
    with shown.reading() as journal:
        page = build_page(fetch_facts(shown, journal, ReportOptions(PeriodOptions("week"))))
    yield from islice(page_plain(page) if shown.plain else page_lines(page, room_of(width())), _ROOM - 1)
    yield "  …"
