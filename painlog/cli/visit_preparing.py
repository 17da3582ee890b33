"""``visit prepare``: the open questions, what changed since the last visit, and the page to bring along."""

from pathlib import Path

from painlog.analysis.report.building import build_page
from painlog.analysis.report.page import Page
from painlog.cli.fetch.agenda import fetch_agenda
from painlog.cli.fetch.report import ReportOptions, fetch_facts
from painlog.cli.periods import PeriodOptions
from painlog.cli.safety_items import say_held
from painlog.cli.session import Session
from painlog.domain.ahead import find_ahead
from painlog.domain.kinds.visits import ASK_DOCTOR, VISIT, last_visit, open_questions
from painlog.exchange.files import in_place
from painlog.view.page.html import page_html
from painlog.view.page.markdown import page_markdown
from painlog.view.page.text import page_text
from painlog.view.screens.preparing import preparing_lines
from painlog.view.terminal import show

_PERIOD_OF_A_FIRST = "28d"


def prepare_visit(session: Session, who: str, output: Path | None, *, force: bool) -> None:
    """Show what to bring up at the next visit, and write the page since the last one. Raises PainlogError."""
    with session.reading() as journal:
        visits = journal.entries(kinds=[VISIT.name])
        questions = open_questions(journal.entries(kinds=[ASK_DOCTOR.name]), visits)
        last = last_visit(visits, session.today)
        planned = [each for each in fetch_agenda(session, journal).ahead if each.is_visit]
        following = find_ahead(who, planned) if who else planned[0] if planned else None
        recipient = who or (following.name if following else "")
        period = "since-last-visit" if last else _PERIOD_OF_A_FIRST
        page = build_page(fetch_facts(session, journal, ReportOptions(PeriodOptions(period), recipient)))
    asked = [str(question.data["note"]) for question in questions if "note" in question.data]
    show(preparing_lines(asked, following, last, page, session.today), plain=session.plain)
    target = in_place(output or Path(), f"painlog-{page.period.start}-to-{page.period.end}.html")
    if target.suffix.lower() == ".pdf":
        from painlog.view.page.pdf import page_pdf

        session.hand_over(target, page_pdf(page, "A4"), force=force)
    else:
        session.hand_over(target, _written(page, target.suffix.lower()), force=force)
    say_held(session, page.period)


def _written(page: Page, suffix: str) -> str:
    if suffix == ".md":
        return page_markdown(page)
    return page_text(page) if suffix == ".txt" else page_html(page)
