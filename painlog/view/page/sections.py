"""The page as sections of rows, as every rendering reads it: the person's questions first, figures with their days.

It knows no medium: texts of a person stand in it as they were written, and no row is cut or broken. What a medium has
room for is decided where the rows are laid out.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from painlog.analysis.report.care import GoalReview
from painlog.analysis.report.change import Change
from painlog.analysis.report.page import Measured, Note, Page
from painlog.analysis.summary import SEVERE, Summary
from painlog.domain.kinds.activity import ACTIVITY
from painlog.domain.kinds.measures import TRACKED
from painlog.domain.kinds.pain_mood import MOOD, PAIN
from painlog.domain.kinds.sleep import SLEEP
from painlog.domain.language.dates import show_day
from painlog.domain.periods import DAYS_IN_WEEK, LONGEST_IN_WEEKS, Period
from painlog.domain.questionnaires import QUESTIONNAIRES
from painlog.domain.regions import show_region
from painlog.domain.variables import Variable
from painlog.view.page.care import (
    change_rows,
    flare_rows,
    form_rows,
    medicine_rows,
    overlap_note,
    treatment_rows,
)
from painlog.view.page.day_tables import Table, day_tables, unit
from painlog.view.terminal import times
from painlog.view.values import ABSENT, matter_row, pause_words, short, trimmed

CAUTION = "Recorded by the patient; not a diagnosis. High = worse, unless marked (+)."
LEGEND = f"{ABSENT} = no entry (not zero). Averages use logged days only."
WHOLE_LEGEND = f"{ABSENT} = no entry (not zero). Means of logged days; digits rounded, sleep in hours."
MOST_NOTES = 33  # of one sort; no medium has lines for more
MOST_MINUTES = 120
_FUNCTION = ("interference",)
_LIFE = (  # on a page that begins with life
    *("To ask", "Answered", "Agreed", "Trial"),
    *("Goals", "Matters", "Function", "Well"),
)
_IN_PAIN = ("pain_worst", "pain_least", "eased")
_PLACED = (PAIN.name, MOOD.name, SLEEP.name, ACTIVITY.name, TRACKED.name)


class Phrase(NamedTuple):
    """A few words, in their midst perhaps a variable's name, which a medium may shorten."""

    before: str
    name: str = ""
    after: str = ""


class Phrases(NamedTuple):
    """Phrases side by side; of opening ones only the first row stands here, the others at the section's end."""

    items: tuple[Phrase, ...]
    is_opening: bool = False


class Row(NamedTuple):
    """A row of its own; a brief one never takes a second line."""

    text: str
    is_brief: bool = False


class Section(NamedTuple):
    """A part of the page: its label, what stands in it or in its tables, and how many rows it keeps at least.

    In a free one are the person's own sentences, of any length; ``further`` counts rows that no medium has room for.
    """

    label: str
    parts: tuple[Row | Phrases, ...] = ()
    least: int = 1
    is_free: bool = False
    tables: tuple[Table, ...] = ()
    further: int = 0


def period_words(page: Page) -> str:
    """``3 – 30 Mar 2025 (28 days)``."""
    return f"{page.period} ({times(page.period.length, 'day')})"


def legend(page: Page) -> str:
    """The last line: what the signs mean."""
    return WHOLE_LEGEND if DAYS_IN_WEEK < page.period.length <= LONGEST_IN_WEEKS else LEGEND


def sections(page: Page) -> list[Section]:
    """Return what there is to say of a period, in the order of the page."""
    found = [section for section in _all(page) if section.parts or section.tables]
    return sorted(found, key=_place_of_life) if page.begins_with_life else found


def _place_of_life(section: Section) -> int:
    """Where a section stands on a page that begins with life: function and goals before pain."""
    return _LIFE.index(section.label) if section.label in _LIFE else len(_LIFE)


def _all(page: Page) -> list[Section]:
    end, others = page.period.end, (e for e in page.measured.values() if e.figures.variable.kind not in _PLACED)
    return [
        Section("To ask", _rows(f"{i}. {each}" for i, each in enumerate(page.questions, 1)), least=3, is_free=True),
        Section("Answered", _rows(_answers(page)), is_free=True),
        Section("Agreed", _rows(page.agreed), is_free=True),
        Section("Trial", _rows(_to_decide(page))),
        Section("Goals", _rows(_goals(page))),
        Section("Matters", _rows(map(matter_row, page.matters))),
        Section("Record", _rows([_record_keeping(page)])),
        Section("Pain", tuple(_pain(page)), least=4),
        Section(f"By {unit(page)}", least=30, tables=day_tables(page)),
        Section("Where", _words((show_region(id_), days) for id_, days in page.regions.items())),
        Section("Flares", _phrases(Phrase(text) for text in flare_rows(page.flares, end))),
        Section("Function", tuple(_function(page)), least=3),
        Section("Sleep", _phrases(_figures(page, SLEEP.name)), least=2),
        Section("Mood", (*_phrases(_figures(page, MOOD.name), is_opening=True), *_forms(page, "mood")), least=2),
        Section("Own", _phrases(_figures(page, TRACKED.name))),
        Section("Also", _phrases(_items(others))),
        Section("Medicine", _rows(medicine_rows(page.medicines, page.plan)), least=3),
        Section("Treated", _rows(treatment_rows(page.treatments)), least=2),
        Section("Plan", _rows(change_rows(page.plan_changes, end))),
        Section("Links", _rows(_links(page)), least=3),
        Section("Set off", _words(page.set_off.items())),
        Section("Eased", _words(page.helped.items())),
        _notes("Well", page.went_well, page.period),
        _notes("Setback", page.setbacks, page.period),
        _notes("Notes", page.notes, page.period),
    ]


def _rows(texts: Iterable[str]) -> tuple[Row, ...]:
    return tuple(map(Row, texts))


def _phrases(items: Iterable[Phrase], *, is_opening: bool = False) -> tuple[Phrases, ...]:
    """Phrases side by side, if there are any."""
    phrases = Phrases(tuple(items), is_opening)
    return (phrases,) if phrases.items else ()


def _answers(page: Page) -> Iterator[str]:
    """``May I drive? – Yes, after a week.``; of a question that was forgotten the answer alone."""
    for question, answer in page.answered:
        yield f"{question} – {answer}" if question else answer


def _to_decide(page: Page) -> Iterator[str]:
    """The trial by lot that is under way or was over lately, and which could be talked about."""
    trial, today = page.to_decide, page.period.end
    if trial is None:
        return
    what = f"to decide: {trial.name}, by lot, on {trial.outcome}"
    if trial.end is not None and trial.end < today:
        yield f"{what}, {trial.of} days until {show_day(trial.end, today)}; its result: painlog trial result"
    else:
        until = f"until {show_day(trial.end, today)}" if trial.end else "paused"
        yield f"{what}: day {trial.number} of {trial.of}, {until}; its result comes at the end"


def _goals(page: Page) -> Iterator[str]:
    past = {goal.item.key: goal for goal in page.plan_before.goals} if page.plan_before else {}
    for goal in page.plan.goals:
        now, before = _goal(goal), _goal(past[goal.item.key]) if goal.item.key in past else ""
        days = times(page.period.length, "day")
        yield f"{goal.item.name}: {now or 'nothing recorded'}" + (f" ({days} before: {before})" if before else "")


def _goal(goal: GoalReview) -> str:
    checks = goal.done + goal.partly + goal.missed
    others = ", ".join(f"{count} {name}" for count, name in ((goal.partly, "partly"), (goal.missed, "not")) if count)
    return (f"done {goal.done} of {checks}" + (f", {others}" if others else "")) if checks else ""


def _record_keeping(page: Page) -> str:
    kept = page.kept
    soon = {"same day": kept.same_day, "next day": kept.next_day, "later (from memory)": kept.later}
    split = ", ".join(f"{count} {name}" for name, count in soon.items() if count)
    paused = f"; {pause_words(kept.paused)}" if kept.paused else ""
    same = f"; {times(kept.repeated, 'entry', 'entries')} as the day before (painlog same)" if kept.repeated else ""
    return f"{kept.days} of {times(kept.of, 'day')} logged" + (f": {split}" if split else "") + paused + same


def _pain(page: Page) -> Iterator[Row | Phrases]:
    pain, days = page.measured.get("pain"), times(page.period.length, "day")
    if pain:
        yield _average(pain.figures, page.period)
        if pain.change:
            yield Row(_changed(f"{days} before", pain.change, page.period))
        if page.baseline:
            yield Row(_changed(f"baseline, {page.baseline.period},", page.baseline.change, page.period))
        if page.highest:
            share = f" ({int(100 * page.severe_days / pain.figures.days + 0.5)} %)" if pain.figures.enough else ""
            yield Row(
                f"highest rating {page.highest.score:g} ({show_day(page.highest.day, page.period.end)}); "
                f"days at {SEVERE}.0 or more: {page.severe_days} of {pain.figures.days}{share}"
            )
    yield from _phrases(_items(page.measured[name] for name in _IN_PAIN if name in page.measured))
    if pain:
        yield Row(_sources(page.own_averages, pain.figures.days))


def _average(figures: Summary, period: Period) -> Row:
    """The mean and the range; of too few days the first ones."""
    if not figures.enough:
        return _too_few(figures, period)
    middle = f"mean {figures.variable.show(figures.mean or 0)}"
    if period.length > DAYS_IN_WEEK:
        middle += f"  median {trimmed(figures.median or 0)}"
    return Row(f"{middle}  range {_range(figures)}  ({times(figures.days, 'day')})")


def _changed(since: str, change: Change, period: Period) -> str:
    before, now = round(change.before, 1), round(change.now, 1)
    percent = f", {100 * (now - before) / before:+.0f} %" if before and now != before else ""
    words = f"{change.direction}, {change.size}" if change.size else change.direction
    if period.length <= DAYS_IN_WEEK and change.direction != "similar":
        words += " (a point or so is often chance)"
    return f"{since} {before:.1f} ({change.days_before:,} d) -> {now:.1f} ({now - before:+.1f}{percent}): {words}"


def _sources(own: int, days: int) -> str:
    if not own:
        return "daily values: the mean of each day's ratings"
    if own == days:
        return "daily values: own average of each day"
    return f"daily values: {times(own, 'own average')}, else mean of the day's ratings ({days - own:,})"


def _figures(page: Page, kind: str) -> list[Phrase]:
    return _items(each for each in page.measured.values() if each.figures.variable.kind == kind)


def _items(measured: Iterable[Measured]) -> list[Phrase]:
    """An item a variable, and one for each of those that have too few days."""
    items, few = [], []
    for each in measured:
        figures, variable = each.figures, each.figures.variable
        if figures.enough or variable.is_answer:
            items.append(Phrase("", variable.title, f" {_item(each)}"))
        else:
            few.append(Phrase("", variable.title, f" ({_counted(variable, figures.days)})"))
    return [*items, *(few[0]._replace(before="too few to average: "), *few[1:])] if few else items


def _item(each: Measured) -> str:
    """``5.2 (3-8, 24 d; was 6.0, better)``: the mean, the range, the days, the mean before."""
    figures, variable = each.figures, each.figures.variable
    if variable.is_answer:
        yes = round((figures.mean or 0) * figures.days)
        return f"on {yes:,} of {times(figures.days, 'day')} with an answer"
    counted, was = _counted(variable, figures.days), ""
    if each.change:
        before = variable.show(each.change.before) if variable.is_time else f"{each.change.before:.1f}"
        was = f"; was {before} in {_counted(variable, each.change.days_before)}" + (
            f", {each.change.direction}" if each.change.direction != "similar" else ""
        )
    return f"{variable.show(figures.mean or 0)} ({_range(figures)}, {counted}{was})"


def _function(page: Page) -> Iterator[Row | Phrases]:
    yield from _forms(page, "function")
    active = (each for each in page.measured.values() if each.figures.variable.kind == ACTIVITY.name)
    yield from _phrases(_items([*(page.measured[name] for name in _FUNCTION if name in page.measured), *active]))


def _forms(page: Page, block: str) -> tuple[Row, ...]:
    forms = [form for form in page.forms if QUESTIONNAIRES[form.questionnaire].block == block]
    rows = [row for form in forms for row in form_rows(form, page.period.end)]
    return _rows(filter(None, (*rows, overlap_note(forms))))


def _links(page: Page) -> Iterator[str]:
    if page.found is None:
        return
    from painlog.analysis.patterns.findings import NAMED
    from painlog.view.sentences import NOT_PROOF, link_sentence

    named = [link_sentence(link).partition(" They move")[0] for link in page.found.links if link.verdict in NAMED]
    first, *others = named or [f"None that these {times(page.found.days, 'day')} can show ({page.found.period})."]
    yield f"{NOT_PROOF} {first}"
    yield from others


def _too_few(figures: Summary, period: Period) -> Row:
    known = [
        f"{day.day} {day:%b} {short(figures.variable, value)}"
        for day, value in zip(period.days(), figures.by_day, strict=True)
        if value is not None
    ]
    listed = ", ".join(known[:3]) + (" …" if len(known) > 3 else "")
    return Row(f"too few days to average ({figures.days} of {figures.of}): {listed}", is_brief=True)


def _words(counted: Iterable[tuple[str, int]]) -> tuple[Phrases, ...]:
    return _phrases(Phrase(f"{word} {times(days, 'day')}") for word, days in counted)


def _notes(label: str, notes: Sequence[Note], period: Period) -> Section:
    """A row a note."""
    rows = []
    for note in notes[:MOST_NOTES]:
        when = show_day(note.days[0], period.end) if len(note.days) == 1 else times(len(note.days), "day")
        rows.append(f"{when}  {note.text}")
    return Section(label, _rows(rows), is_free=True, further=len(notes) - len(rows))


def _counted(variable: Variable, days: int) -> str:
    return times(days, "night") if variable.is_night else f"{days:,} d"


def _range(figures: Summary) -> str:
    low, high = figures.low or 0, figures.high or 0
    if figures.variable.is_time and high <= MOST_MINUTES:
        return f"{low:.0f}-{high:.0f} min"
    return f"{short(figures.variable, low)}-{short(figures.variable, high)}"
