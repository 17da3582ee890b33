"""``body``: where it hurt, on a figure."""

from typing import Annotated, get_args

import typer

from painlog.analysis.body import PAIN_WORDS, read_pain_days, summarize_body
from painlog.cli.options import AsJson, FromOption, PeriodOption, ToOption
from painlog.cli.periods import PeriodOptions, read_period
from painlog.cli.session import Session
from painlog.cli.shell import completion
from painlog.cli.talk import say
from painlog.errors import BadInput
from painlog.view.as_json import as_json
from painlog.view.body_words import By
from painlog.view.screens.body import body_lines, body_plain
from painlog.view.terminal import show, width

SHADED_BY: tuple[By, ...] = get_args(By)


def body_(
    ctx: typer.Context,
    period: PeriodOption = None,
    start: FromOption = None,
    end: ToOption = None,
    by: Annotated[
        str,
        typer.Option(
            metavar="|".join(SHADED_BY),
            help="Shade by days named or by mean pain.",
            autocompletion=completion.fixed_words(*SHADED_BY),
        ),
    ] = SHADED_BY[0],
    json: AsJson = False,
) -> None:
    """Show where it hurt on a figure, front and back.

    \b
      painlog body
      painlog body --period 2026-10 --by score

    The last 28 days, unless a period is named. Body regions come from painlog pain --where; left and right are
    your own.
    """
    session: Session = ctx.obj
    shaded_by = _by(by)
    with session.reading() as journal:
        asked = read_period(session, journal, PeriodOptions(period, start, end), usual="28d", lived=True)
        found = summarize_body(read_pain_days(journal.reader.contents("pain", asked, PAIN_WORDS)).regions, asked)
    if json:
        print(as_json("body", found))
    elif found.named:
        lines = body_plain(found, shaded_by) if session.plain else body_lines(found, shaded_by, width())
        show(lines, plain=session.plain)
    else:
        say(f"no body region was named in this period ({found.period}); painlog pain 6 --where knee_r names one")


def _by(said: str) -> By:
    for by in SHADED_BY:
        if said.strip().lower() == by:
            return by
    raise BadInput(f"--by is {' or '.join(SHADED_BY)}, not {said!r}")
