"""``report`` and ``week``: a period on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from painlog.analysis.body import pains
from painlog.analysis.patterns.findings import WINDOW, Patterns
from painlog.analysis.report.page import BASELINE_DAYS, Facts, Page, build, first_days
from painlog.cli.options import AsJson, ForceOption, FromOption, OutOption, PeriodOption, PeriodSaid, ToOption
from painlog.cli.session import Session, say
from painlog.cli.shell import completion
from painlog.domain.entries import Entry
from painlog.domain.kinds.activity import FLARE
from painlog.domain.kinds.care import DOSE, GOAL_CHECK, PLAN, TREATMENT
from painlog.domain.kinds.declaration import either
from painlog.domain.kinds.pain_mood import PAIN
from painlog.domain.kinds.visits import ASK_DOCTOR, VISIT, open_questions
from painlog.domain.language.dates import parse_day
from painlog.domain.periods import Period
from painlog.domain.questionnaires import QUESTIONNAIRES
from painlog.domain.variables import DayValue, variables
from painlog.errors import BadInput
from painlog.exchange.files import in_place, is_folder
from painlog.storage.journal import Journal
from painlog.view.as_json import as_json
from painlog.view.page.markdown import page_markdown
from painlog.view.page.text import page_lines, page_text
from painlog.view.terminal import show

PAPERS = ("A4", "letter")
FORMATS = {"text": "txt", "markdown": "md", "html": "html", "pdf": "pdf", "json": "json"}
_BY_SUFFIX = {f".{suffix}": name for name, suffix in FORMATS.items()}
_FIRST_DAYS = (28, 366)  # in which the baseline is looked for: most people's is in the first few


@dataclass(frozen=True)
class Wanted:
    """What a report is asked to be. ``baseline`` is the first day of 14 to compare with, as typed."""

    period: PeriodSaid
    recipient: str = ""
    questions: Sequence[str] = ()
    baseline: str | None = None
    redact: Sequence[str] = ()
    links: bool = False
    paper: str = PAPERS[0]


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
    format: Annotated[
        str | None,
        typer.Option(metavar="FORMAT", help=f"{', '.join(FORMATS)}.", autocompletion=completion.fixed(*FORMATS)),
    ] = None,
    paper: Annotated[
        str, typer.Option(metavar="SIZE", help="The sheet of a PDF.", autocompletion=completion.fixed(*PAPERS))
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

    The last seven days, unless a period is named.
    """
    said = PeriodSaid(period, start, end)
    wanted = Wanted(said, recipient, question or (), baseline, _redacted(redact), links, _paper(paper))
    print_report(ctx.obj, wanted, output, force=force, format=_format(format, output, json=json))


def week_(ctx: typer.Context, json: AsJson = False) -> None:
    """Sum up the last seven days: report --period week.

    \b
      painlog week
    """
    print_report(ctx.obj, Wanted(PeriodSaid("week")), None, format="json" if json else "text")


def print_report(
    session: Session, wanted: Wanted, output: Path | None, *, force: bool = False, format: str = "text"
) -> None:
    """Make a report and show it, or write it to a file."""
    with session.reading() as journal:
        period = session.period(journal, wanted.period, usual="week", lived=True)
        page = build(_redact(facts(session, journal, period, wanted), wanted.redact))
        kept = None if page.kept.days else journal.days_kept(lived=True)
    if wanted.baseline and page.baseline is None:
        say(f"no baseline: too few days with pain from {wanted.baseline} on, or it is not before {period}")
    if (output or format != "text") and not (page.kept.days or page.plan_changes or format == "json"):
        say(_nothing(period, kept))
    if output or format == "pdf":
        target = in_place(output or Path(), f"painlog-{period.start}-to-{period.end}.{FORMATS[format]}")
        session.hand_over(target, _written(page, format, wanted.paper), force=force)
    elif format != "text":
        print(_written(page, format, wanted.paper), end="")
    elif page.kept.days or page.plan_changes:
        show(page_lines(page), plain=session.plain)
    else:
        say(_nothing(period, kept))


def facts(session: Session, journal: Journal, period: Period, wanted: Wanted) -> Facts:
    """Fetch what a report of a period is made of."""
    before = period.before()
    known = [variable for variable in journal.variables().values() if variable.kind not in QUESTIONNAIRES]
    pain = variables()["pain"]
    around = pains(journal.told(PAIN.name, period))
    return Facts(
        period=period,
        before=before,
        values=journal.daily_values(known, period),
        values_before=journal.daily_values(known, before) if before else {},
        own_averages=len(journal.day_values(pain._replace(variants=("average",)), period)),
        highest=journal.highest(PAIN.name, period),
        regions=around.regions,
        first_recorded=journal.first_recorded(period),
        noted=journal.notes(period),
        doses=journal.alike(DOSE.name, period),
        sessions=journal.alike(TREATMENT.name, period),
        goal_checks=journal.alike(GOAL_CHECK.name, period),
        flare_events=journal.entries(kinds=[FLARE.name], until=period.end),
        plan_changes=journal.entries(kinds=[PLAN.name], until=period.end),
        forms=journal.entries(kinds=list(QUESTIONNAIRES), until=period.end),
        recipient=wanted.recipient,
        questions=list(dict.fromkeys([*wanted.questions, *(entry.data["note"] for entry in _open(journal))])),
        goal_checks_before=journal.alike(GOAL_CHECK.name, before) if before else (),
        baseline=_baseline(session, journal, wanted.baseline),
        set_off=around.set_off,
        helped=around.helped,
        found=_links(session, journal, period) if wanted.links else None,
    )


def _open(journal: Journal) -> list[Entry]:
    """The questions that wait for the next visit, whatever the period."""
    return open_questions(journal.entries(kinds=[ASK_DOCTOR.name]), journal.entries(kinds=[VISIT.name]))


def _baseline(session: Session, journal: Journal, said: str | None) -> tuple[Period, dict[date, DayValue]] | None:
    """The 14 days from a named day on, else the first ones with enough of them logged."""
    pain, kept = variables()["pain"], journal.days_kept(lived=True)
    if said:
        start = parse_day(said, session.today)
        period: Period | None = Period(start, start + timedelta(days=BASELINE_DAYS - 1))
    else:
        period = _first_days(journal, kept) if kept else None
    return (period, journal.day_values(pain, period)) if period else None


def _first_days(journal: Journal, kept: Period) -> Period | None:
    pain = variables()["pain"]
    for days in _FIRST_DAYS:
        looked_at = Period(kept.start, min(kept.end, kept.start + timedelta(days=days - 1)))
        if found := first_days(journal.day_values(pain, looked_at)):
            return found
    return None


def _links(session: Session, journal: Journal, period: Period) -> Patterns:
    """What moves together in the days up to a report's end."""
    from painlog.analysis.patterns.search import patterns
    from painlog.cli.look.link import cycle_asked

    start = period.end - timedelta(days=max(WINDOW, period.length) - 1)
    return patterns(*cycle_asked(session, journal, PeriodSaid(None, start.isoformat(), period.end.isoformat())))


def _redact(found: Facts, parts: Sequence[str]) -> Facts:
    if not parts:
        return found
    from painlog.analysis.report.own_names import NOTES, OWN_WORDS_STAY
    from painlog.analysis.report.redaction import redacted

    if NOTES not in parts:
        say(OWN_WORDS_STAY)
    return redacted(found, parts)


def _redacted(said: str) -> list[str]:
    if not said:
        return []
    from painlog.analysis.report.own_names import read_redact

    return read_redact(said)


def _format(said: str | None, output: Path | None, *, json: bool) -> str:
    """The format as named, else as the file's name ends, else text. Raises BadInput."""
    if json:
        return "json"
    suffix = output.suffix.lower() if output and not is_folder(output) else ""
    if suffix and not said and suffix not in _BY_SUFFIX:
        raise BadInput(f"{suffix!r} is not a format; end the file's name in {either(_BY_SUFFIX)}, or say --format")
    name = (said or _BY_SUFFIX.get(suffix, "text")).lower()
    if name not in FORMATS:
        raise BadInput(f"{said!r} is not a format; there are {', '.join(FORMATS)}")
    return name


def _paper(said: str) -> str:
    paper = next((name for name in PAPERS if name.lower() == said.lower()), None)
    if paper is None:
        raise BadInput(f"--paper is {' or '.join(PAPERS)}, not {said!r}")
    return paper


def _written(page: Page, format: str, paper: str) -> str | bytes:
    if format == "json":
        return as_json("report", page) + "\n"
    if format == "markdown":
        return page_markdown(page)
    if format == "text":
        return page_text(page)
    from painlog.view.page.html import page_html
    from painlog.view.page.pdf import page_pdf

    return page_html(page) if format == "html" else page_pdf(page, paper)


def _nothing(period: Period, kept: Period | None) -> str:
    if kept is None:
        return "no entries yet; painlog pain 6 records the first"
    return (
        f"no entries in this period ({period})\nthere are some from {kept} (painlog report --period {kept.end:%Y-%m})"
    )
