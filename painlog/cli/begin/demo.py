"""``demo``: painlog on a made-up journal that is gone afterwards. The person's own journal is not touched."""

import tempfile
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from painlog.analysis.chart import make_chart
from painlog.analysis.report.page import build_page
from painlog.cli.fetch.charts import fetch_chart
from painlog.cli.fetch.links import fetch_links
from painlog.cli.fetch.report import ReportOptions, fetch_facts
from painlog.cli.periods import PeriodOptions
from painlog.cli.session import Session
from painlog.cli.show_chart import chart_width, show_chart
from painlog.cli.talk import say
from painlog.cli.typer_adapter import run_words
from painlog.domain.demo import DAYS, demo_drafts
from painlog.view.page.text import page_lines
from painlog.view.screens.charts import room
from painlog.view.screens.patterns import closing_lines, link_lines
from painlog.view.terminal import show, width

_MORE = """
Try more on these made-up days, with any command behind painlog demo:
  painlog demo link pain worry
  painlog demo helps
  painlog demo chart pain worry --period 90d --rolling 7d
  painlog demo body
  painlog demo plan
Your own journal begins with: painlog pain 6"""


def demo_(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="COMMAND", help="What to run there; a look around without one.")
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
            _look_around(shown)


def _run(ctx: typer.Context, words: list[str], shown: Session) -> None:
    plain = ["--plain"] if shown.plain else []
    code = run_words(ctx.find_root().command, ["--journal", str(shown.path), *plain, *words])
    if code:
        raise typer.Exit(code)


def _look_around(shown: Session) -> None:
    print(f"A made-up person's last {DAYS} days. Your own journal is not touched.\n")
    _show_chart(shown)
    print()
    _show_links(shown)
    print()
    with shown.reading() as journal:
        page = build_page(fetch_facts(shown, journal, ReportOptions(PeriodOptions("week"))))
    show(page_lines(page), plain=shown.plain)
    say(_MORE)


def _show_chart(shown: Session) -> None:
    columns = chart_width()
    days = fetch_chart(shown, ["pain", "mood", "sleep"], PeriodOptions("28d"), panels=False, any_scale=False)
    show_chart(shown, make_chart(days.values, days.period, room=room(columns), around=days.around), columns)


def _show_links(shown: Session) -> None:
    from painlog.analysis.patterns.search import find_patterns

    fetched, columns = fetch_links(shown, [], PeriodOptions()), width()
    found = find_patterns(fetched.days, fetched.question)
    show(chain(link_lines(found, columns), closing_lines(found, columns, "painlog link --explain")), plain=shown.plain)
