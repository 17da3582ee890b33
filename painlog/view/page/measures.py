"""The page's figures in rows and columns: each measure now, since the last visit and against the period before.

Values only; what a medium has room for is decided where rows are laid out.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from math import inf
from typing import NamedTuple

from painlog.analysis.report.change import Change, Measured
from painlog.analysis.report.forms import FormHistory
from painlog.analysis.report.nights import NightTimes
from painlog.analysis.report.page import Page
from painlog.analysis.report.talking_points import HOPELESS
from painlog.analysis.shape import PainShape
from painlog.analysis.summary import DAILY, SEVERE, Summary
from painlog.domain.kinds.declaration import round_half_up, tenths, whole
from painlog.domain.kinds.sleep import SLEEP
from painlog.domain.language.dates import show_day
from painlog.domain.language.durations import show_clock
from painlog.domain.periods import DAYS_IN_WEEK, Period
from painlog.domain.questionnaires import QUESTIONNAIRES
from painlog.domain.variables import Variable
from painlog.view.page.parts import Facts, Grid, GridRow, Phrase, Phrases, Row, fact_row, grid, phrases
from painlog.view.page.words import EFFICIENCY, change_words, is_visit_within
from painlog.view.terminal import times
from painlog.view.values import better_end, higher_is, short, trim

FIRST = ("pain", "peg", "interference", "mood", "sleep")  # what a page says first, in this order
_LIFE_FIRST = ("peg", "interference", "activity", "mood", "sleep", "pain")  # on a page that begins with life
MILD_BELOW = 4
_NIGHT = ("sleep_efficiency", "sol", "waso", "awakenings", "tasafa", "sleep_quality", "nap")
SCALE, TOP = "0 to 10, unless said", 10
_MOST_FEW = 3
_MOST_MINUTES = 120
_LONG_LABEL = 8  # letters of a tile's name, from which its scale is not there beside it
_CLOCK_FROM = 12 * 60


def measures(page: Page) -> tuple[Grid, ...]:
    """A row a measure with days enough for a mean, the first ones never cut; forms have their latest score."""
    found = {name: each for name, each in page.measured.items() if each.figures.enough and not _is_apart(each, name)}
    by_name = {name: GridRow(_cells(each, page), keep=name in FIRST) for name, each in found.items()}
    by_name |= {form.questionnaire: _form_row(form) for form in page.forms if form.last.score is not None}
    order = _LIFE_FIRST if page.begins_with_life else FIRST
    names = [name for name in order if name in by_name]
    names += [
        form.questionnaire for form in page.forms if form.questionnaire in by_name and form.questionnaire not in order
    ]
    names += [name for name in by_name if name not in names]
    before = f"{page.period.length} days before"
    heads = (
        SCALE,
        "higher is",
        "now",
        "last visit",
        "since then",
        before,
        "since then",
        "range",
        "days, forms",
    )
    return grid(heads, (by_name[name] for name in names), words=(1, 4, 6), spare=(7,))


def _form_row(form: FormHistory) -> GridRow:
    questionnaire = QUESTIONNAIRES[form.questionnaire]
    visit, before = form.since_visit, form.since_start
    cells = (
        form.title if questionnaire.high == TOP else f"{form.title} {questionnaire.low:g}-{questionnaire.high:g}",
        "worse",
        f"{form.last.score or 0:g}",
        f"{visit.before:g}" if visit else "",
        visit.word if visit else "",
        f"{before.before:g}" if before else "",
        before.word if before else "",
        "",
        f"{len(form.filled)}",
    )
    return GridRow(cells, keep=form.questionnaire in FIRST or form.stands_out)


def few_measures(page: Page) -> tuple[Phrases, ...]:
    """Each measure with too few days for a mean: its values with their days, the worst ones if there are many.

    Days of grave hopelessness stand there even where it has a mean, which hides them. On the first page of all, what
    stands day by day does not stand here again.
    """
    items = []
    shown = DAILY if page.has_just_begun and 1 < page.period.length <= DAYS_IN_WEEK else ()
    for name, each in page.measured.items():
        figures = each.figures
        if not figures.enough and not figures.variable.is_answer and name not in shown:
            items.append(Phrase("", figures.variable.label, f" {_values(figures, page.period)}"))
    few = [items[0]._replace(before=f"{no_mean(page)}: "), *items[1:]] if items else []
    grave = page.measured.get(HOPELESS)
    if grave and grave.figures.enough and (grave.figures.high or 0) >= SEVERE:
        label = grave.figures.variable.label
        few.append(Phrase("", label, f" at {SEVERE} or more: {_values(grave.figures, page.period, SEVERE)}"))
    return phrases(few, keep=True)


def no_mean(page: Page) -> str:
    """Say the rule by which a period has too few days for a mean: ``no mean of fewer than 14 of 28 days``."""
    fewest, of = page.days_for_mean, times(page.period.length, "day")
    return f"no mean of fewer than {times(fewest, 'day') if fewest > page.period.length else f'{fewest} of {of}'}"


def answers(page: Page) -> tuple[Phrases, ...]:
    """On how many days a question was answered with yes."""
    items = []
    for each in page.measured.values():
        figures = each.figures
        if figures.variable.is_answer:
            yes = round((figures.mean or 0) * figures.days)
            items.append(
                Phrase("", figures.variable.label, f" on {yes:,} of {times(figures.days, 'day')} with an answer")
            )
    return phrases(items)


def pain_rows(page: Page) -> Iterator[Row | Phrases]:
    """What else there is to say of pain: the spread of days, the highest rating, what the numbers rest on."""
    pain = page.measured.get("pain")
    if pain is None:
        return
    figures = pain.figures
    if figures.enough and page.shape:
        yield fact_row(_bands(page.shape), keep=True)
    worst = page.measured.get("pain_worst")
    if worst and worst.figures.enough:
        severe = sum(value >= SEVERE for value in worst.figures.by_day if value is not None)
        yield Row(
            f"worst of a day at {SEVERE} or more: {severe} of {times(worst.figures.days, 'day')}", name="worst pain"
        )
    if page.highest:
        highest = f"highest rating {page.highest.score:g} on {show_day(page.highest.day, page.period.end)}"
        has_middle = figures.enough and page.period.length > DAYS_IN_WEEK
        middle = [f"half of the days at {trim(figures.median or 0)} or less"] if has_middle else []
        yield fact_row(Facts("", (highest, *middle)), keep=True)
    compared = (change for change in (pain.visit, pain.change) if change and change.own_range and change.is_similar)
    if change := next(compared, None):
        yield Row(f"against before: {change_words(change)}", name="my own range of pain")
    if page.baseline:
        yield Row(f"at first, {page.baseline.period}: {_compare(page.baseline.change)}", name="pain at first")
    yield Row(_sources(page.own_averages, figures.days), name="how a day's pain is made")


def night_rows(page: Page) -> Iterator[Row | Phrases]:
    """The night by its times: to bed, up, in bed; and what was said of it."""
    times_said = {figure.name: figure for figure in page.night_times}
    items = []
    if "bed" in times_said:
        nights = times(times_said["bed"].nights, "night")
        items.append(Phrase(f"mean of {nights} with times: to bed {clock(times_said['bed'].mean)}"))
        items.append(Phrase(f"up {clock(times_said['rise'].mean)}"))
    if in_bed := times_said.get("in_bed"):
        which = "" if in_bed.nights == times_said["bed"].nights else f" ({times(in_bed.nights, 'night')})"
        items.append(Phrase(f"in bed {show_clock(in_bed.mean)} h{which}"))
    for name in _NIGHT:
        each = page.measured.get(name)
        if each and each.figures.enough:
            is_same = "bed" in times_said and each.figures.days == times_said["bed"].nights
            nights = "" if is_same else f" ({times(each.figures.days, 'night')})"
            what = f" ({EFFICIENCY})" if name == "sleep_efficiency" else ""
            items.append(Phrase("", each.figures.variable.label, f" {_now(each)}{what}{nights}"))
    if share := times_said.get("efficiency_in_bed"):
        which = "" if share.nights == times_said["bed"].nights else f" ({times(share.nights, 'night')})"
        items.append(Phrase(f"efficiency over time in bed {whole(share.mean)} %{which}"))
    yield from phrases(items)


def nightly(page: Page) -> tuple[Grid | Row, ...]:
    """A row a night, as a sleep diary has it, and what its two efficiencies are of."""
    heads = (
        "night to",
        "bed",
        "up",
        "in bed",
        "asleep",
        "to fall asleep",
        "awake",
        "times awake",
        "efficiency",
        "of time in bed",
    )
    nights = grid(heads, (GridRow(_night(night, page)) for night in page.nights))
    if all(night.efficiency is None for night in page.nights):
        return nights
    return (
        *nights,
        Row(f"efficiency: {EFFICIENCY}; beside it the share of the time in bed", name="what efficiency is"),
    )


def _night(night: NightTimes, page: Page) -> tuple[str, ...]:
    def show(value: float | None, write: Callable[[float], str]) -> str:
        return "" if value is None else write(value)

    return (
        show_day(night.day, page.period.end),
        show(night.bed, clock),
        show(night.rise, clock),
        show(night.in_bed, show_clock),
        show(night.asleep, show_clock),
        show(night.sol, lambda minutes: f"{whole(minutes)} min"),
        show(night.waso, lambda minutes: f"{whole(minutes)} min"),
        show(night.woke, "{:g}".format),
        show(night.efficiency, lambda share: f"{whole(share)} %"),
        show(night.efficiency_in_bed, lambda share: f"{whole(share)} %"),
    )


def clock(since_noon: float) -> str:
    """A time of day from minutes since noon: ``23:28``."""
    return show_clock((since_noon + _CLOCK_FROM) % (24 * 60))


def _is_apart(each: Measured, name: str) -> bool:
    return each.figures.variable.is_answer or (each.figures.variable.kind == SLEEP.name and name != SLEEP.name)


def _cells(each: Measured, page: Page) -> tuple[str, ...]:
    figures = each.figures
    variable = figures.variable
    visit, before = each.visit, each.change
    return (
        name_measure(variable),
        higher_is(variable),
        _now(each),
        _at_visit(variable, visit, page) if visit else "",
        _word(visit),
        _mean(variable, before.before) if before else "",
        _word(before),
        _range(figures),
        f"{figures.days:,}",
    )


def _at_visit(variable: Variable, visit: Change, page: Page) -> str:
    """The mean before the last visit; where that was within the period, also the one since."""
    before = _mean(variable, visit.before)
    return f"{before}, since {_mean(variable, visit.now)}" if is_visit_within(page) else before


def name_measure(variable: Variable) -> str:
    """A measure's name, with its scale where that is not 0 to 10: ``pain``, ``sleep, h:min``, ``sleep quality 1-5``."""
    if variable.in_hours:
        return f"{variable.label}, h:min"
    if variable.span in (None, (0, TOP)) or variable.field.unit:
        return variable.label
    return "{} {:g}-{:g}".format(variable.label, *variable.span or ())


def _word(change: Change | None) -> str:
    return change.word if change else ""


def _now(each: Measured) -> str:
    return _mean(each.figures.variable, each.figures.mean or 0)


def _mean(variable: Variable, value: float) -> str:
    if variable.in_hours:
        return show_clock(value)
    return f"{whole(value)} %" if variable.field.unit == "%" else variable.show(value)


def _compare(change: Change) -> str:
    share = f", {round_half_up(change.percent):+.0f} %" if change.percent is not None and not change.is_similar else ""
    days = times(change.days_before, "day")
    difference = f"{round_half_up(change.difference, 1):+.1f}"
    return f"{tenths(change.before)} ({days}), now {tenths(change.now)} ({difference}{share}): {change.word}"


def _bands(shape: PainShape) -> Facts:
    """``days below 4: 2, 4 to below 7: 25, 7 and above: 1``; and how far days are apart."""
    bands = ", ".join(f"{band.label}: {band.days}" for band in shape.bands)
    swing = [f"from day to day {tenths(shape.swing.mean)} apart"] if shape.swing.mean is not None else []
    return Facts("", (f"days {bands}", *swing))


def _sources(own: int, days: int) -> str:
    if not own:
        return "a day's pain is the mean of its ratings"
    if own == days:
        return "a day's pain is my own average of it"
    return f"a day's pain is my own average ({times(own, 'day')}), else the mean of its ratings ({days - own:,})"


def _values(figures: Summary, period: Period, least: float = -inf) -> str:
    """``10 (Tue 3 Nov)``; of several days the worst first, and how many there are, of those from a value on."""
    by_day = zip(figures.by_day, period.days(), strict=True)
    known = [(value, day) for value, day in by_day if value is not None and value >= least]
    variable = figures.variable
    worst_first = sorted(known, key=lambda each: each[0], reverse=variable.better != "high")[:_MOST_FEW]
    shown = worst_first if len(known) > _MOST_FEW else known
    shown_as = variable.show_short if variable.field.unit == "%" else partial(short, variable)
    listed = ", ".join(f"{shown_as(value)} ({show_day(day, period.end)})" for value, day in shown)
    others = len(known) - len(shown)
    return listed + (f" and {times(others, 'other night' if variable.is_night else 'other day')}" if others else "")


def _range(figures: Summary) -> str:
    low, high = figures.low or 0, figures.high or 0
    if figures.variable.is_time and high <= _MOST_MINUTES:
        return f"{whole(low)}-{whole(high)} min"
    return f"{short(figures.variable, low)}-{short(figures.variable, high)}"


class Tile(NamedTuple):
    """One of the four figures that a page shows large: what it was before, and how it changed."""

    name: str
    scale: str
    value: str
    compared: tuple[tuple[str, str, str], ...]
    foot: str


def tiles(page: Page) -> Iterator[Tile]:
    """Pain, function, mood and sleep, as far as they were recorded."""
    peg = next((form for form in page.forms if form.questionnaire == "peg" and form.last.score is not None), None)
    for name in ("interference", "mood", "sleep", "pain") if page.begins_with_life else FIRST:
        each = page.measured.get(name)
        if name == "interference" and peg:
            yield _form_tile(peg, page.period.end)
        elif each and each.figures.enough:
            figures = each.figures
            foot = f"mean of {figures.days:,} of {times(figures.of, 'night' if figures.variable.is_night else 'day')}"
            yield Tile(
                figures.variable.label, _scale_words(figures.variable), _now(each), _list_compared(each, page), foot
            )


def _scale_words(variable: Variable) -> str:
    span = "{:g}-{:g}".format(*variable.span) if variable.span and len(variable.label) < _LONG_LABEL else ""
    return ", ".join(filter(None, ["hours" if variable.in_hours else span, better_end(variable)]))


def _list_compared(each: Measured, page: Page) -> tuple[tuple[str, str, str], ...]:
    variable = each.figures.variable
    found = []
    if each.visit:
        found.append(("last visit", _at_visit(variable, each.visit, page), each.visit.word))
    if each.change:
        found.append(("before", _mean(variable, each.change.before), each.change.word))
    return tuple(found)


def _form_tile(form: FormHistory, end: date) -> Tile:
    named_changes = (("last visit", form.since_visit), ("before", form.since_start or form.change))
    compared = tuple((name, f"{c.before:g}", c.word) for name, c in named_changes if c)
    foot = f"latest of {times(len(form.filled), 'form')}, {show_day(form.last.day, end)}"
    return Tile("function", f"{form.title}, higher is worse", f"{form.last.score or 0:g}", compared, foot)
