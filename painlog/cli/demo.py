"""``demo``: painlog on a made-up journal, in a temporary file. The person's own journal is not touched."""

import shlex
import tempfile
from pathlib import Path

import typer

from painlog.cli.chart import draw
from painlog.cli.link import print_links
from painlog.cli.report import Wanted, print_report
from painlog.cli.session import PeriodSaid, Session, say
from painlog.domain.demo import DAYS, demo_drafts
from painlog.view.terminal import term


def demo_(ctx: typer.Context) -> None:
    """Look around in 90 made-up days; your journal is not touched.

    \b
      painlog demo
    """
    session: Session = ctx.obj
    path = Path(tempfile.mkdtemp(prefix="painlog-demo-")) / "journal.db"
    shown = session._replace(journal=path)
    with shown.writing() as journal:
        journal.record(demo_drafts(session.now), "demo")
    print(f"A made-up person's last {DAYS} days. Your own journal is not touched.\n")
    draw(shown, ["pain", "mood", "sleep"], PeriodSaid("28d"))
    print()
    print_links(shown, [], PeriodSaid(), pictures=False)
    print()
    print_report(shown, Wanted(PeriodSaid("week")), None)
    say(_more(path))


def _more(path: Path) -> str:
    return "\n".join((
        "",
        "Try more on these made-up days:",
        f"  export PAINLOG_JOURNAL={term(shlex.quote(str(path)))}",
        "  painlog link pain worry",
        "  painlog helps",
        "  painlog chart pain worry --period 90d --rolling 7d",
        "  painlog log pain 6 low back left, mood 4, slept 5h30",
        "  painlog today",
        "  painlog plan",
        "  painlog undo",
        "Back to your own journal, which begins with painlog pain 6:",
        "  unset PAINLOG_JOURNAL",
    ))
