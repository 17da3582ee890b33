"""Where a page's figures and points worth talking about come from: the rule, its source, and the days. Raw texts."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from painlog.analysis.report.change import LONG, Change
from painlog.analysis.report.forms import FormHistory, SafetyAnswer
from painlog.analysis.report.medicine_days import FOUR_WEEKS, MONTHS, HeadacheDays, MedicineDays
from painlog.analysis.report.page import Page
from painlog.analysis.report.talking_points import (
    EFFICIENT_FROM,
    HOPELESS_FROM,
    MORE_DAYS,
    MOST,
    Compared,
    GraveDay,
    TalkingPoint,
)
from painlog.analysis.summary import Summary
from painlog.domain.kinds.declaration import tenths
from painlog.domain.language.dates import show_day
from painlog.domain.questionnaires import QUESTIONNAIRES
from painlog.view.page.words import say_point
from painlog.view.terminal import join_names, times

HEADING = "WHERE THIS COMES FROM"
_IMMPACT = "IMMPACT: Dworkin 2008, doi 10.1016/j.jpain.2007.09.005"
_OWN = "painlog's own mark"
_CUT_OFFS = {
    "phq2": "Kroenke 2003",
    "gad2": "Kroenke 2007",
    "phq4": "Kroenke 2009",
    "phq8": "Kroenke 2009",
    "phq9": "Kroenke 2001",
    "gad7": "where its moderate band begins, Spitzer 2006",
}
_CHANGES = {
    "peg": "Reed 2023, PMC10859144",
    "phq8": "Löwe 2004, of PHQ-9",
    "phq9": "Löwe 2004, doi 10.1097/00005650-200412000-00006",
    "gad7": "Toussaint 2020",
}


class Rule(NamedTuple):
    """A rule of what is worth talking about: what it looks for, and who says so."""

    text: str
    source: str


RULES = {
    "safety": Rule("PHQ-9's item 9 above “not at all”", "Simon 2013, doi 10.1176/appi.ps.201200587"),
    "hopeless": Rule(f"hopelessness of {HOPELESS_FROM} or more on a day", _OWN),
    "form": Rule("a form at its cut-off, or changed by its important change", "as published for each"),
    "pain": Rule(f"pain changed by the words for changes, {LONG} days at least each side", _IMMPACT),
    "run": Rule("two weeks or more that stand out by 4.5 standard errors, and by the words for changes", _OWN),
    "headache": Rule(
        f"as-needed medicines of a named class, against headache, in each of {MONTHS} months of {FOUR_WEEKS} days",
        "ICHD-3 8.2, doi 10.1177/0333102417738202; no diagnosis",
    ),
    "medicine": Rule(f"a medicine as needed on {MORE_DAYS} of {FOUR_WEEKS} days more than before", _OWN),
    "class": Rule(f"several of a class as needed on {MORE_DAYS} of {FOUR_WEEKS} days more than before", _OWN),
    "sleep": Rule(f"a sleep efficiency under {EFFICIENT_FROM} %", _OWN),
}


def explanation(page: Page) -> Iterator[str]:
    """A paragraph each: the points, the rules that nothing reached, then means, changes, forms and medicines."""
    for number, point in enumerate(page.points[:MOST], 1):
        rule = RULES[point.rule]
        found = point.evidence
        source = form_source(found.questionnaire) if isinstance(found, FormHistory) else rule.source
        rests = _rests_on(point, page)
        yield f"{number}. {say_point(point, page).headline}. Rule: {rule.text} ({source}). Rests on {rests}."
    reached = {point.rule for point in page.points}
    if others := [rule.text for name, rule in RULES.items() if name not in reached]:
        yield f"Not reached: {'; '.join(others)}."
    yield from _means(page)
    yield from _changes(page)
    for form in page.forms:
        source = form_source(form.questionnaire)
        yield f"{form.title}. Scored as published; {source}. {times(len(form.filled), 'form')} here."
    if followed := [each for each in page.plan.followed if each.adherence]:
        due = ", ".join(f"{each.item.name} {times(each.days, 'day')}" for each in followed)
        yield f"Medicines. Due is counted dose by dose over the days that the plan had them: {due}."
    if page.medicine_days:
        yield "Medicine days. Days with a dose that neither it nor the plan calls scheduled; before, days with entries."


def _means(page: Page) -> Iterator[str]:
    known = [each.figures for each in page.measured.values() if each.figures.enough]
    if known:
        of = times(page.period.length, "day")
        counted = ", ".join(f"{each.variable.label} {each.days}" for each in known)
        yield (
            f"Means. Of days with entries alone, from {page.days_for_mean} of {of} on: {counted}. "
            "Nothing is filled in. Bands at 4 and 7 are a convention, not a diagnosis."
        )


def _changes(page: Page) -> Iterator[str]:
    changes = [(each.figures, each.change) for each in page.measured.values() if each.change]
    visits = [(each.figures, each.visit) for each in page.measured.values() if each.visit]
    if changes or visits:
        yield (
            f"Words for changes. One table, painlog help patterns: of ratings by the share of the mean before "
            f"({_IMMPACT}), from {'a point' if page.period.length >= LONG else 'two points'} on, or from my own range "
            "where that is larger."
        )
    if changes:
        yield f"Before. The {times(page.period.length, 'day')} before: {_days_before(changes)}."
    if visits:
        yield f"Last visit. The {LONG} days up to it: {_days_before(visits)}."


def _days_before(changes: Sequence[tuple[Summary, Change]]) -> str:
    return ", ".join(
        f"{figures.variable.label} {change.days_before}"
        + (f" (own range {tenths(change.own_range)})" if change.own_range is not None else "")
        for figures, change in changes
    )


def form_source(id_: str) -> str:
    """A questionnaire's cut-off and important change, as far as it has them, and who published each."""
    form = QUESTIONNAIRES[id_]
    cut_off, change = _CUT_OFFS.get(id_, ""), _CHANGES.get(id_, "")
    parts = [
        f"cut-off {form.cut_off}: {cut_off}" if form.cut_off is not None else "",
        f"cut-off {form.part_cut_off} of each half, none of its total: {cut_off}" if form.part_cut_off else "",
        f"change {form.important_change:g}: {change}" if form.important_change else "",
    ]
    return "; ".join(filter(None, parts))


def _rests_on(point: TalkingPoint, page: Page) -> str:
    found = point.evidence
    if isinstance(found, SafetyAnswer):
        answers = sum(len(form.safety) for form in page.forms)
        return times(answers, "answer") + (f", {len(found.kept_private)} kept private" if found.kept_private else "")
    if isinstance(found, GraveDay):
        return f"{times(page.measured['hopeless'].figures.days, 'day')} with a rating"
    if isinstance(found, FormHistory):
        last = found.last
        compared = [show_day(change.since, page.period.end) for change in found.changes]
        before = f", beside that of {join_names(compared)}" if compared else ""
        return f"the form of {show_day(last.day, page.period.end)}, {last.answered} of {last.of} answered{before}"
    if isinstance(found, Compared):
        return f"{times(page.measured['pain'].figures.days, 'day')} now, beside {found.change.days_before}"
    if isinstance(found, MedicineDays):
        return f"{page.kept.days:,} of {times(found.of, 'day')} with entries now, {found.of_before} before"
    if isinstance(found, HeadacheDays):
        return f"{times(MONTHS * FOUR_WEEKS, 'day')} of {join_names(list(found.medicines))}"
    if isinstance(found, Summary):
        return times(found.days, "night")
    return f"{times(found.period.length, 'day')}, beside {found.change.days_before} with entries of the rest"
