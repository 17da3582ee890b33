"""``demo``: painlog on a made-up journal that is gone afterwards. The person's own journal is not touched."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from painlog.cli.look.chart import draw
from painlog.cli.look.link import print_links
from painlog.cli.look.report import Wanted, print_report
from painlog.cli.options import PeriodSaid
from painlog.cli.session import Session, say
from painlog.domain.demo import DAYS, demo_drafts

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
            _run(words, shown)
        else:
            _look_around(shown)


def _run(words: list[str], shown: Session) -> None:
    from painlog.cli.app import app

    plain = ["--plain"] if shown.plain else []
    code = app(args=["--journal", str(shown.path), *plain, *words], prog_name="painlog", standalone_mode=False)
    if code:
        raise typer.Exit(code)


def _look_around(shown: Session) -> None:
    print(f"A made-up person's last {DAYS} days. Your own journal is not touched.\n")
    draw(shown, ["pain", "mood", "sleep"], PeriodSaid("28d"))
    print()
    print_links(shown, [], PeriodSaid(), pictures=False)
    print()
    print_report(shown, Wanted(PeriodSaid("week")), None)
    say(_MORE)
