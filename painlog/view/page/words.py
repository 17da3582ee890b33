"""The page's words for what several of its parts say: changes, points worth talking about, the heading. Raw texts.

One voice: what is the person's own is "my", painlog's words speak of nobody. Every scale says which end is the better.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from painlog.analysis.report.change import Change, Run
from painlog.analysis.report.forms import FormHistory, SafetyAnswer, SafetyItem
from painlog.analysis.report.medicine_days import FOUR_WEEKS, HeadacheDays, MedicineDays
from painlog.analysis.report.page import Page
from painlog.analysis.report.talking_points import (
    EFFICIENT_FROM,
    HOPELESS_FROM,
    MOST,
    Compared,
    GraveDay,
    TalkingPoint,
)
from painlog.analysis.summary import Summary
from painlog.domain.kinds.declaration import tenths, whole
from painlog.domain.language.dates import show_day, show_range
from painlog.domain.questionnaires import QUESTIONNAIRES, Questionnaire
from painlog.view.terminal import capital, times

TITLE = "Pain, mood and sleep diary"
CAUTION = "Recorded by me with painlog, not a diagnosis."
BY_RULES = "by fixed rules, most serious first"
NOTHING = "Nothing in this period reached a rule."
EFFICIENCY = "the share of the time trying to sleep that was slept"
PRIVATE = "kept private by choice"
_ITEM_9 = "thoughts of being better off dead or of self-harm"
_ASK = "Please ask me about this first."


class Said(NamedTuple):
    """A point worth talking about in words: what it is, and what it rests on."""

    headline: str
    reason: str
    rule: str


def period_words(page: Page) -> str:
    """``3 – 30 Mar 2025 (28 days)``; and that it begins with the first entry, where it was made to."""
    return f"{page.period} ({length_words(page)})"


def length_words(page: Page) -> str:
    """``28 days``, ``3 days, since the first entry``."""
    return times(page.period.length, "day") + (", since the first entry" if page.from_first else "")


def person_words(page: Page) -> str:
    """``Anna Example, born 1 Mar 1984``, as far as it is to be said."""
    born = f"born {show_range(page.born, page.born)}" if page.born else ""
    return ", ".join(filter(None, [page.name, born]))


def dates_words(page: Page) -> str:
    """``last visit Fri 16 Oct, printed Sun 29 Nov 2026``."""
    visit = f"last visit {show_day(page.visited, page.printed)}" if page.visited else ""
    printed = "" if page.printed == date.max else f"printed {show_day(page.printed)}"
    return ", ".join(filter(None, [visit, printed]))


class EventText(NamedTuple):
    """An event's number, its day and what it was."""

    number: int
    when: str
    what: str


def event_words(page: Page) -> Iterator[EventText]:
    """The events of a period, as their list says them."""
    for event in page.events:
        yield EventText(event.number, show_day(event.day, page.period.end), event.text)


def change_words(change: Change) -> str:
    """``much worse``, ``similar``, ``similar, within my own range of 1.4`` where that is the mark."""
    if change.is_similar and change.own_range is not None:
        return f"similar, within my own range of {tenths(change.own_range)}"
    return change.word


def list_points(page: Page) -> Iterator[Said]:
    """The points that a page has room for, in words."""
    for point in page.points[:MOST]:
        yield say_point(point, page)


def first_days_words(page: Page) -> str:
    """What a page of few days will show with more of them."""
    first = "day" if page.kept.days == 1 else f"{page.kept.days} days"
    return f"The first {first} of this diary: in its second week, the page begins to say what changed since the first."


def say_point(point: TalkingPoint, page: Page) -> Said:
    """A point worth talking about in words."""
    end, found = page.period.end, point.evidence
    if isinstance(found, SafetyAnswer):
        head, reason = _safety(found, end)
    elif isinstance(found, GraveDay):
        head = f"{capital(point.subject)}: {found.value:g} of 10 on {show_day(found.day, end)}"
        reason = f"{HOPELESS_FROM} or more on {times(found.days, 'day')}"
    elif isinstance(found, FormHistory):
        head, reason = _form(found, end)
    elif isinstance(found, Compared):
        since = " since the last visit" if found.against == "visit" and is_visit_within(page) else ""
        head = f"{capital(point.subject)}{since}: {tenths(found.change.now)} of 10, {found.change.word}"
        reason = f"was {tenths(found.change.before)} {_against(found.against, page)}"
    elif isinstance(found, Run):
        head = f"{capital(subject_words(point))}: {tenths(found.change.now)} of 10, {found.change.word}"
        reason = f"{tenths(found.change.before)} in the rest of this period"
    elif isinstance(found, HeadacheDays):
        head = f"{capital(class_words(found.name))} for headache: {found.months[-1]} of the last {FOUR_WEEKS} days"
        reason = (
            f"{', '.join(map(str, found.months))} in the last four months of {FOUR_WEEKS} days, each at or above the "
            f"{found.least} that ICHD-3 counts; no diagnosis"
        )
    elif isinstance(found, MedicineDays):
        name = class_words(point.subject) if point.rule == "class" else point.subject
        head = f"{capital(name)}: {found.days:,} of {times(found.of, 'day')}, more"
        reason = f"{found.before:,} of {times(found.of_before, 'day')} with entries before"
    else:
        head, reason = _sleep(found)
    return Said(head, reason, point.rule)


def class_words(name: str) -> str:
    """The class of a medicine as it is said: ``simple analgesic``, ``NSAID``."""
    return "NSAID" if name == "nsaid" else name.replace("-", " ")


def subject_words(point: TalkingPoint) -> str:
    """What a point is of: ``pain``, and of some weeks which they are."""
    run = point.evidence
    return f"{point.subject} from {_span(run)}" if isinstance(run, Run) else point.subject


def is_visit_within(page: Page) -> bool:
    """Whether the last visit was within the period, so that since then is not all of it."""
    return page.visited is not None and page.visited >= page.period.start


def _safety(found: SafetyAnswer, end: date) -> tuple[str, str]:
    highest, latest = found.highest, found.latest
    assert highest is not None and latest is not None  # noqa: S101, PT018  (else it would not be grave)
    reason = f"{found.title} question {highest.number}, {_ITEM_9}"
    if latest.day != highest.day:
        reason += f"; latest {quote(latest)}, {show_day(latest.day, end)}"
    if found.kept_private:
        reason += f"; {times(len(found.kept_private), 'other answer')} {PRIVATE}"
    return f"Safety answer: {quote(highest)}, {show_day(highest.day, end)}", f"{reason}. {_ASK}"


def quote(item: SafetyItem) -> str:
    """The answer to the safety item in its own words."""
    return f"“{(item.label or PRIVATE).lower()}”"


def _form(history: FormHistory, end: date) -> tuple[str, str]:
    questionnaire, last = QUESTIONNAIRES[history.questionnaire], history.last
    important = [each for each in history.changes if each.matters]
    change = next((each for each in important if each.word == "worse"), important[0] if important else None)
    score = "no score" if last.score is None else f"{last.score:g} of {questionnaire.high:g}"
    parts = [
        f"was {change.before:g} on {show_day(change.since, end)}; a change of {change.important:g} counts"
        if change
        else ""
    ]
    parts += [cut_off_words(questionnaire) if last.at_cut_off else "", show_day(last.day, end)]
    about = capital(questionnaire.about)
    return f"{about}: {history.title} is {score}" + (f", {change.word}" if change else ""), "; ".join(
        filter(None, parts)
    )


def cut_off_words(questionnaire: Questionnaire) -> str:
    """``at or above the usual cut-off of 10``."""
    if questionnaire.cut_off is not None:
        return f"at or above the usual cut-off of {questionnaire.cut_off}"
    return f"a half at or above its usual cut-off of {questionnaire.part_cut_off}"


def _against(against: str, page: Page) -> str:
    if against == "visit":
        return "in the 14 days up to the last visit"
    if against == "baseline" and page.baseline:
        return f"at first, {page.baseline.period}"
    return f"in the {times(page.period.length, 'day')} before"


def _span(run: Run) -> str:
    return f"{run.period.start.day} {run.period.start:%b} to {run.period.end.day} {run.period.end:%b}"


def _sleep(found: Summary) -> tuple[str, str]:
    nights = times(found.days, "night")
    return (
        f"{capital(found.variable.label)}: {whole(found.mean or 0)} %, under {EFFICIENT_FROM} %",
        f"mean of {nights}; {EFFICIENCY}",
    )
