"""``report`` and ``week``: a period on one page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from painlog.analysis.report.building import build_page
from painlog.analysis.report.own_names import NOTES, OWN_WORDS_STAY, read_redact
from painlog.analysis.report.page import Page
from painlog.analysis.report.redaction import redact
from painlog.cli.fetch.report import ReportOptions, fetch_facts
from painlog.cli.options import AsJson, ForceOption, FromOption, OutOption, PeriodOption, ToOption, read_born
from painlog.cli.periods import PeriodOptions
from painlog.cli.safety_items import say_held
from painlog.cli.session import Session
from painlog.cli.shell import completion
from painlog.cli.talk import say
from painlog.domain.kinds.declaration import either
from painlog.domain.periods import Period
from painlog.errors import BadInput
from painlog.exchange.files import STANDARD_OUTPUT, in_place, is_folder
from painlog.view.as_json import as_json
from painlog.view.page.markdown import page_markdown
from painlog.view.page.sections import FOCUSES
from painlog.view.page.text import explain_lines, page_lines, page_text, room_of
from painlog.view.terminal import Styled, height, show, term, width

PAPERS = ("A4", "letter")
FORMATS = {"text": "txt", "markdown": "md", "html": "html", "pdf": "pdf", "json": "json"}
_BY_SUFFIX = {f".{suffix}": name for name, suffix in FORMATS.items()}


class Look(NamedTuple):
    """How a page is to look: format, focus and paper; ``full`` leaves nothing out, ``explain`` names its sources."""

    format: str
    paper: str = PAPERS[0]
    focus: str = FOCUSES[0]
    full: bool = False
    explain: bool = False


def report_(
    ctx: typer.Context,
    period: PeriodOption = None,
    start: FromOption = None,
    end: ToOption = None,
    recipient: Annotated[str, typer.Option("--for", metavar="WHO", help="For whom it is, such as Dr Weber.")] = "",
    question: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TEXT", help="A question for this visit, beside those of painlog ask-doctor; may be repeated."
        ),
    ] = None,
    baseline: Annotated[
        str | None, typer.Option(metavar="DAY", help="Compare pain with 14 days from this one on (else the first).")
    ] = None,
    links: Annotated[bool, typer.Option("--links", help="Add what moves together, as painlog link says it.")] = False,
    redact: Annotated[
        str, typer.Option(metavar="WHAT", help="Leave out notes, names or both: --redact notes,names.")
    ] = "",
    focus: Annotated[
        str,
        typer.Option(
            metavar="WHAT",
            help=f"What the details are on: {', '.join(FOCUSES)}.",
            autocompletion=completion.fixed_words(*FOCUSES),
        ),
    ] = FOCUSES[0],
    name: Annotated[str, typer.Option(metavar="NAME", help="Your name, at the head of the page.")] = "",
    born: Annotated[
        str | None, typer.Option(metavar="DATE", help="Your date of birth, at the head of the page.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say where each figure comes from, below the page.")
    ] = False,
    full: Annotated[bool, typer.Option("--full", help="Leave out nothing, on as many pages as it takes.")] = False,
    format: Annotated[
        str | None,
        typer.Option(metavar="FORMAT", help=f"{', '.join(FORMATS)}.", autocompletion=completion.fixed_words(*FORMATS)),
    ] = None,
    paper: Annotated[
        str, typer.Option(metavar="SIZE", help="The sheet of a PDF.", autocompletion=completion.fixed_words(*PAPERS))
    ] = PAPERS[0],
    output: OutOption = None,
    force: ForceOption = False,
    json: AsJson = False,
) -> None:
    """Sum up a period on one page, for you or a visit.

    \b
      painlog report --period week
      painlog report --period fortnight --for "Dr Weber" -o .
      painlog report --period 2026-10 -o october.html
      painlog report --period 28d --focus sleep --full

    The last seven days, unless a period is named.
    """
    session: Session = ctx.obj
    about = PeriodOptions(period, start, end)
    birth, left_out = read_born(born, session.today), read_redact(redact)
    options = ReportOptions(about, recipient, question or (), baseline, left_out, links, name, birth)
    how = Look(_format(format, output, json=json), _paper(paper), _focus(focus), full=full, explain=explain)
    if explain and (how.format != "text" or output):
        raise BadInput("--explain goes with the page on the screen: painlog report --explain")
    if output == STANDARD_OUTPUT:
        if how.format == "pdf":
            raise BadInput("a PDF is not for the screen; name its file: painlog report -o page.pdf")
        output = None
    _hand_over(session, _make_page(session, options), how, output, force=force)


def week_(ctx: typer.Context, period: PeriodOption = None, json: AsJson = False) -> None:
    """Sum up the last seven days: report --period week.

    \b
      painlog week
      painlog week --period last-week
    """
    session: Session = ctx.obj
    page = _make_page(session, ReportOptions(PeriodOptions(period or "week")))
    _hand_over(session, page, Look("json" if json else "text"))


def _make_page(session: Session, options: ReportOptions) -> Page:
    """Fetch what a report is made of, leave out what is to be left out, and build the page."""
    with session.reading() as journal:
        facts = fetch_facts(session, journal, options)
        if options.redact:
            if NOTES not in options.redact:
                say(OWN_WORDS_STAY)
            facts = redact(facts, options.redact)
        page = build_page(facts)
    if options.baseline and page.baseline is None:
        say(f"no baseline: too few days with pain from {options.baseline} on, or it is not before {page.period}")
    return page


def _hand_over(session: Session, page: Page, how: Look, output: Path | None = None, *, force: bool = False) -> None:
    """Print the page or write it to a file, and say where it is empty and what a file reveals."""
    is_empty = not (page.kept.days or page.plan_changes)
    if is_empty and how.format != "json":
        say(_nothing(session, page.period))
    if output or how.format == "pdf":
        target = in_place(output or Path(), f"painlog-{page.period.start}-to-{page.period.end}.{FORMATS[how.format]}")
        session.hand_over(target, _render(page, how, plain=session.plain), force=force)
        say_held(session, page.period, _list_personal(page))
    elif how.format != "text":
        print(_render(page, how, plain=session.plain), end="")
    elif session.plain:
        show(() if is_empty else _plain_lines(page, how), plain=True)
    elif not is_empty:
        room = room_of(width(), in_full=how.full)
        explained = explain_lines(page, room.columns) if how.explain else ()
        _show_paged([*page_lines(page, room, how.focus), *explained])


def _show_paged(lines: list[Styled]) -> None:
    """Print the page; the pager is not loaded where there is no terminal."""
    if height() is None:
        show(lines, plain=False)
    else:
        from painlog.cli.pager import show_paged

        show_paged(lines, plain=False)


def _list_personal(page: Page) -> list[str]:
    """What a file of the page tells of the person beside figures and forms: to think of before it is handed on."""
    has_notes = page.notes or page.setbacks or page.went_well or page.questions
    parts = [
        "your name" if page.name else "",
        "words of your own" if has_notes else "",
        "medicines" if page.medicines else "",
    ]
    return [part for part in parts if part]


def _format(typed: str | None, output: Path | None, *, json: bool) -> str:
    """The format as named, else as the file's name ends, else text. Raises BadInput."""
    if json:
        return "json"
    suffix = output.suffix.lower() if output and not is_folder(output) else ""
    if suffix and not typed and suffix not in _BY_SUFFIX:
        raise BadInput(f"{suffix!r} is not a format; end the file's name in {either(_BY_SUFFIX)}, or say --format")
    name = (typed or _BY_SUFFIX.get(suffix, "text")).lower()
    if name not in FORMATS:
        raise BadInput(f"{typed!r} is not a format; there are {', '.join(FORMATS)}")
    return name


def _focus(typed: str) -> str:
    if typed.lower() not in FOCUSES:
        raise BadInput(f"--focus is {either(FOCUSES)}, not {typed!r}")
    return typed.lower()


def _paper(typed: str) -> str:
    paper = next((name for name in PAPERS if name.lower() == typed.lower()), None)
    if paper is None:
        raise BadInput(f"--paper is {' or '.join(PAPERS)}, not {typed!r}")
    return paper


def _plain_lines(page: Page, how: Look) -> Iterator[str]:
    from painlog.view.page.plain import page_plain

    yield from page_plain(page, how.focus)
    if how.explain:
        from painlog.view.page.explaining import HEADING, explanation

        yield f"{HEADING.capitalize()}:"
        yield from map(term, explanation(page))


def _render(page: Page, how: Look, *, plain: bool) -> str | bytes:
    if how.format == "json":
        return as_json("report", page) + "\n"
    if how.format == "markdown":
        return page_markdown(page, how.focus)
    if how.format == "text" and plain:
        return "".join(f"{line}\n" for line in _plain_lines(page, how))
    if how.format == "text":
        return page_text(page, focus=how.focus)
    from painlog.view.page.html import page_html
    from painlog.view.page.pdf import page_pdf

    if how.format == "html":
        return page_html(page, how.focus, in_full=how.full)
    return page_pdf(page, how.paper, how.focus, in_full=how.full)


def _nothing(session: Session, period: Period) -> str:
    """Say that the period is empty, and from when to when there are entries."""
    with session.reading() as journal:
        kept = journal.days.span(lived=True)
    if kept is None:
        return "no entries yet; painlog pain 6 records the first"
    return (
        f"no entries in this period ({period})\nthere are some from {kept} (painlog report --period {kept.end:%Y-%m})"
    )
