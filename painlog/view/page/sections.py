"""The page in blocks of rows, as every rendering shows it: the person's questions first, figures with their days.

A page is one sheet. Where there is more than a sheet holds, blocks lose rows in a fixed order and say how many; the
renderings for print and for the terminal cut alike, so that they say the same. Texts of a person are safe for a
terminal already; other media escape them further.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from painlog.analysis.report.care import GoalKept
from painlog.analysis.report.change import Change
from painlog.analysis.report.page import Measured, Note, Page
from painlog.analysis.summary import SEVERE, Figures
from painlog.domain.kinds.activity import ACTIVITY
from painlog.domain.kinds.measures import TRACKED
from painlog.domain.kinds.pain_mood import MOOD, PAIN
from painlog.domain.kinds.sleep import SLEEP
from painlog.domain.language.dates import show_day
from painlog.domain.periods import DAYS_IN_WEEK, LONGEST_IN_WEEKS, Period
from painlog.domain.questionnaires import QUESTIONNAIRES
from painlog.domain.regions import show_region
from painlog.domain.variables import Variable
from painlog.view.page.care import change_rows, flare_row, form_rows, medicine_rows, overlap_note, treatment_rows
from painlog.view.page.day_tables import Table, day_rows, day_tables, unit
from painlog.view.terminal import PAGE_WIDTH, columns, fit, pad, term, times, wrapped
from painlog.view.values import ABSENT, short, trimmed

_MOST = 33  # lines of all blocks; with title, caution and legend, a page has 36
LABEL = 9
ROOM = PAGE_WIDTH - LABEL
CAUTION = "Recorded by the patient; not a diagnosis. High = worse, unless marked (+)."
LEGEND = f"{ABSENT} = no entry (not zero). Averages use logged days only."
WHOLE_LEGEND = f"{ABSENT} = no entry (not zero). Means of logged days; digits rounded, sleep in hours."
MOST_LINES, MOST_FREE_LINES, MOST_MINUTES = 4, 2, 120
_FUNCTION = ("interference",)
_IN_PAIN = ("pain_worst", "pain_least", "eased")
_PLACED = (PAIN.name, MOOD.name, SLEEP.name, ACTIVITY.name, TRACKED.name)


class Block(NamedTuple):
    """A part of the page: its label, its rows, and how many it keeps at least.

    Rows of ``tables`` are set in columns; ``free`` ones are the person's own sentences, of any length.
    """

    label: str
    rows: tuple[str, ...]
    least: int = 1
    free: bool = False
    tables: tuple[Table, ...] = ()


def title(page: Page) -> str:
    """``PAINLOG SUMMARY  3 – 30 Mar 2025 (28 days)``."""
    return f"PAINLOG SUMMARY  {page.period} ({times(page.period.length, 'day')})"


def heading(page: Page) -> str:
    """The first line: the title, and for whom it is."""
    if not page.recipient:
        return title(page)
    recipient = fit(f"For: {term(page.recipient)}", PAGE_WIDTH - columns(title(page)) - 2)
    return f"{pad(title(page), PAGE_WIDTH - columns(recipient))}{recipient}"


def legend(page: Page) -> str:
    """The last line: what the signs mean."""
    return WHOLE_LEGEND if DAYS_IN_WEEK < page.period.length <= LONGEST_IN_WEEKS else LEGEND


def blocks(page: Page) -> list[Block]:
    """Return what stands on the page, cut to ``_MOST`` lines of ``ROOM`` columns."""
    return _cut([block for block in _all(page) if block.rows])


def lines_of(block: Block) -> list[str]:
    """A block's lines of ``ROOM`` columns, a long row on two."""
    return [line for row in block.rows for line in _lines(row, block=block)]


def _all(page: Page) -> list[Block]:
    end, tables = page.period.end, day_tables(page)
    return [
        Block(
            "TO ASK",
            tuple(f"{i}. {term(question)}" for i, question in enumerate(page.questions, 1)),
            least=3,
            free=True,
        ),
        Block("GOALS", tuple(_goals(page))),
        Block("RECORD", (_kept(page),)),
        Block("PAIN", tuple(_pain(page)), least=4),
        Block(f"BY {unit(page).upper()}", tuple(day_rows(tables)), least=30, tables=tables),
        Block("WHERE", _joined(_where(page))),
        Block("FLARES", _joined([flare_row(page.flares, end)])),
        Block("FUNCTION", tuple(_function(page)), least=3),
        Block("SLEEP", _joined(_figures(page, SLEEP.name)), least=2),
        Block("MOOD", tuple(_mood(page)), least=2),
        Block("OWN", _joined(_figures(page, TRACKED.name))),
        Block("ALSO", _joined(_items(e for e in page.measured.values() if e.figures.variable.kind not in _PLACED))),
        Block("MEDICINE", tuple(medicine_rows(page.medicines, page.plan)), least=3),
        Block("TREATED", tuple(treatment_rows(page.treatments)), least=2),
        Block("PLAN", tuple(change_rows(page.plan_changes, end))),
        Block("LINKS", tuple(_links(page)), least=3),
        Block("SET OFF", _joined(_words(page.set_off))),
        Block("EASED", _joined(_words(page.helped))),
        Block("WELL", tuple(_notes(page.went_well, page.period)), free=True),
        Block("SETBACK", tuple(_notes(page.setbacks, page.period)), free=True),
        Block("NOTES", tuple(_notes(page.notes, page.period)), free=True),
    ]


def _cut(found: list[Block]) -> list[Block]:
    """Leave out rows from the last block on until everything fits, and say in a line of its own of what."""
    if sum(len(block.rows) for block in found) <= _MOST and sum(len(lines_of(block)) for block in found) <= _MOST:
        return found
    kept = {block.label: min(len(block.rows), _MOST) for block in found}

    def over() -> bool:
        lines = (len(lines_of(_first(block, kept[block.label]))) for block in found)
        return sum(lines) + len(lines_of(_left_out(found, kept))) > _MOST

    for spare in (lambda block: max(block.least, 2), lambda block: block.least, lambda _: 1, lambda _: 0):
        for block in reversed(found):
            while kept[block.label] > spare(block) and not block.tables and over():
                kept[block.label] -= 1
    return [*(_first(block, kept[block.label]) for block in found if kept[block.label]), _left_out(found, kept)]


def _first(block: Block, kept: int) -> Block:
    return block._replace(rows=block.rows[:kept])


def _left_out(found: Sequence[Block], kept: Mapping[str, int]) -> Block:
    """``1 line of PAIN, 3 of NOTES``: what a sheet has no room for."""
    less = [(block.label, len(block.rows) - kept[block.label]) for block in found]
    counted = ", ".join(f"{label.capitalize()} {count}" for label, count in less if count)
    return Block("LEFT OUT", _joined(f"lines: {counted}".split("; ")))


def _lines(row: str, *, block: Block) -> Sequence[str]:
    """A row's lines, further ones indented; what was written freely takes two at most."""
    return [fit(row, ROOM)] if block.tables else _folded(row, MOST_FREE_LINES if block.free else MOST_LINES)


@lru_cache(1000)  # rows are laid out again for each that is cut
def _folded(row: str, most: int) -> tuple[str, ...]:
    lines = wrapped(row, ROOM) or [""]
    if len(lines) > most:
        last = " ".join(line.strip() for line in lines[most - 1 :])
        lines = [*lines[: most - 1], f"  {fit(last, ROOM - 2)}"]
    return tuple(lines)


def _joined(items: Iterable[str]) -> tuple[str, ...]:
    """Items side by side, in rows that take a line each."""
    rows: list[str] = []
    for item in filter(None, items):
        joined = f"{rows[-1]}; {item}" if rows else item
        if rows and columns(joined) <= ROOM:
            rows[-1] = joined
        else:
            rows.append(item)
    return tuple(rows)


def _goals(page: Page) -> Iterator[str]:
    past = {goal.item.key: goal for goal in page.plan_before.goals} if page.plan_before else {}
    for goal in page.plan.goals:
        now, before = _goal(goal), _goal(past[goal.item.key]) if goal.item.key in past else ""
        days = times(page.period.length, "day")
        yield f"{term(goal.item.name)}: {now or 'nothing recorded'}" + (f" ({days} before: {before})" if before else "")


def _goal(goal: GoalKept) -> str:
    said = goal.done + goal.partly + goal.missed
    others = ", ".join(f"{count} {name}" for count, name in ((goal.partly, "partly"), (goal.missed, "not")) if count)
    return (f"done {goal.done} of {said}" + (f", {others}" if others else "")) if said else ""


def _kept(page: Page) -> str:
    kept = page.kept
    soon = {"same day": kept.same_day, "next day": kept.next_day, "later (from memory)": kept.later}
    split = ", ".join(f"{count} {name}" for name, count in soon.items() if count)
    return f"{kept.days} of {times(kept.of, 'day')} logged" + (f": {split}" if split else "")


def _pain(page: Page) -> Iterator[str]:
    pain = page.measured.get("pain")
    if pain:
        figures, variable = pain.figures, pain.figures.variable
        if figures.enough:
            middle = f"mean {variable.show(figures.mean or 0)}"
            if page.period.length > DAYS_IN_WEEK:
                middle += f"  median {trimmed(figures.median or 0)}"
            yield f"{middle}  range {_range(figures)}  ({times(figures.days, 'day')})"
        else:
            yield _too_few(figures, page.period)
        if pain.change:
            yield from _changed(f"{times(page.period.length, 'day')} before", pain.change, page.period)
        if page.baseline:
            yield from _changed(f"baseline, {page.baseline.period},", page.baseline.change, page.period)
        if page.highest:
            share = f" ({int(100 * page.severe_days / figures.days + 0.5)} %)" if figures.enough else ""
            yield (
                f"highest rating {page.highest.score:g} ({show_day(page.highest.day, page.period.end)}); "
                f"days at {SEVERE}.0 or more: {page.severe_days} of {figures.days}{share}"
            )
    yield from _joined(_items(page.measured[name] for name in _IN_PAIN if name in page.measured))
    if pain:
        yield _sources(page.own_averages, pain.figures.days)


def _changed(since: str, change: Change, period: Period) -> Iterator[str]:
    before, now = round(change.before, 1), round(change.now, 1)
    percent = f", {100 * (now - before) / before:+.0f} %" if before and now != before else ""
    words = f"{change.direction}, {change.size}" if change.size else change.direction
    if period.length <= DAYS_IN_WEEK and change.direction != "similar":
        words += " (a point or so is often chance)"
    yield f"{since} {before:.1f} ({change.days_before:,} d) -> {now:.1f} ({now - before:+.1f}{percent}): {words}"


def _sources(own: int, days: int) -> str:
    if not own:
        return "daily values: the mean of each day's ratings"
    if own == days:
        return "daily values: own average of each day"
    return f"daily values: {times(own, 'own average')}, else mean of the day's ratings ({days - own:,})"


def _figures(page: Page, kind: str) -> list[str]:
    return _items(each for each in page.measured.values() if each.figures.variable.kind == kind)


def _items(measured: Iterable[Measured]) -> list[str]:
    """An item a variable, and one for all of those that have too few days."""
    items, few = [], []
    for each in measured:
        figures, variable = each.figures, each.figures.variable
        if figures.enough or variable.is_answer:
            items.append(_item(each))
        else:
            few.append(f"{fit(term(variable.title), 24)} ({_counted(variable, figures.days)})")
    return [*items, *([f"too few to average: {few[0]}", *few[1:]] if few else [])]


def _item(each: Measured) -> str:
    """``worry 5.2 (3-8, 24 d; was 6.0, better)``: the mean, the range, the days, the mean before."""
    figures, variable = each.figures, each.figures.variable
    title = fit(term(variable.title), 24)
    if variable.is_answer:
        yes = round((figures.mean or 0) * figures.days)
        return f"{title} on {yes:,} of {times(figures.days, 'day')} with an answer"
    counted, was = _counted(variable, figures.days), ""
    if each.change:
        before = variable.show(each.change.before) if variable.is_time else f"{each.change.before:.1f}"
        was = f"; was {before} in {_counted(variable, each.change.days_before)}" + (
            f", {each.change.direction}" if each.change.direction != "similar" else ""
        )
    return f"{title} {variable.show(figures.mean or 0)} ({_range(figures)}, {counted}{was})"


def _function(page: Page) -> Iterator[str]:
    yield from _forms(page, "function")
    active = (each for each in page.measured.values() if each.figures.variable.kind == ACTIVITY.name)
    yield from _joined(_items([*(page.measured[name] for name in _FUNCTION if name in page.measured), *active]))


def _mood(page: Page) -> Iterator[str]:
    first, *others = _joined(_figures(page, MOOD.name)) or ("",)
    yield from filter(None, (first, *_forms(page, "mood"), *others))


def _forms(page: Page, block: str) -> tuple[str, ...]:
    forms = [form for form in page.forms if QUESTIONNAIRES[form.questionnaire].block == block]
    rows = [row for form in forms for row in form_rows(form, page.period.end)]
    return (*rows, overlap_note(forms)) if overlap_note(forms) else tuple(rows)


def _links(page: Page) -> Iterator[str]:
    if page.found is None:
        return
    from painlog.analysis.patterns.findings import NAMED
    from painlog.view.sentences import NOT_PROOF, link_sentence

    named = [link_sentence(link).partition(" They move")[0] for link in page.found.links if link.verdict in NAMED]
    first, *others = named or [f"None that these {times(page.found.days, 'day')} can show ({page.found.period})."]
    yield f"{NOT_PROOF} {first}"
    yield from others


def _too_few(figures: Figures, period: Period) -> str:
    known = [
        f"{day.day} {day:%b} {short(figures.variable, value)}"
        for day, value in zip(period.days(), figures.by_day, strict=True)
        if value is not None
    ]
    listed = ", ".join(known[:3]) + (" …" if len(known) > 3 else "")
    return fit(f"too few days to average ({figures.days} of {figures.of}): {listed}", ROOM)


def _words(counted: Mapping[str, int]) -> list[str]:
    return [f"{term(word)} {times(days, 'day')}" for word, days in counted.items()]


def _where(page: Page) -> list[str]:
    return [f"{term(show_region(id_))} {times(days, 'day')}" for id_, days in page.regions.items()]


def _notes(notes: Sequence[Note], period: Period) -> Iterator[str]:
    """A row a note; those that no page has room for are only counted."""
    for note in notes[:_MOST]:
        when = show_day(note.days[0], period.end) if len(note.days) == 1 else times(len(note.days), "day")
        yield f"{when}  {term(note.text)}"
    yield from repeat("", len(notes) - _MOST)


def _counted(variable: Variable, days: int) -> str:
    return times(days, "night") if variable.is_night else f"{days:,} d"


def _range(figures: Figures) -> str:
    low, high = figures.low or 0, figures.high or 0
    if figures.variable.is_time and high <= MOST_MINUTES:
        return f"{low:.0f}-{high:.0f} min"
    return f"{short(figures.variable, low)}-{short(figures.variable, high)}"
