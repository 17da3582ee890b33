"""The plan as one table: what, how often, since when, and what was recorded of it. Shows values only."""

from collections.abc import Iterator, Sequence
from datetime import date

from painlog.analysis.report.care import GoalReview, ItemReview, PlanReview
from painlog.domain.kinds.care import CLASS, DOSE, MEDICINE, PLAN
from painlog.domain.language.dates import show_day
from painlog.domain.plan import Item
from painlog.domain.stock import Stock
from painlog.view.adherence_words import say_adherence
from painlog.view.screens.due import stock_line
from painlog.view.terminal import columns, fit, line_room, pad, term, times, wrap_text

_AMOUNT, _SCHEDULE = DOSE.by_name["amount"], PLAN.by_name["schedule"]
_COUNTED = "Medicines are counted dose by dose since they were begun: not recorded is not the same as not taken."
_RECORDED = 24  # columns for what was recorded
_LEAST_NAME = 14  # columns of a name, below which its row has no room


def plan_lines(review: PlanReview, today: date, stocks: Sequence[Stock] = ()) -> Iterator[str]:
    """The plan as one table: what, how often, since when, and what was recorded of it."""
    followed, goals = _in_force(review)
    rows = [_followed_cells(each, today) for each in followed]
    rows += [_goal_cells(i, each, today) for i, each in enumerate(goals, 1)]
    head = ("", "how often", "since", f"recorded, {times(review.period.length, 'day')}")
    widths = [max(columns(row[i]) for row in (head, *rows)) for i in range(len(head))]
    widths[0] = min(widths[0], line_room() - sum(widths[1:3]) - 6 - _RECORDED)
    if is_table := widths[0] >= _LEAST_NAME:
        yield "  ".join(pad(cell, width) for cell, width in zip(head, widths, strict=True)).rstrip()
    sort = ""
    items = [each.item for each in followed] + [each.item for each in goals]
    for item, row in zip(items, rows, strict=True):
        if item.sort != sort:
            sort = item.sort
            yield _heading(sort)
        yield from _row(row, widths) if is_table else _row_below(row)
        yield from wrap_text(f"    {', '.join(_facts(item))}", line_room())
    if any(item.sort == MEDICINE for item in items):
        yield ""
        yield from (line.strip() for line in wrap_text(_COUNTED, line_room()))
    for stock in stocks:
        yield from wrap_text(stock_line(stock, today), line_room())


def plan_plain(review: PlanReview, today: date, stocks: Sequence[Stock] = ()) -> Iterator[str]:
    """Say it for who cannot see it: a line for how often, since when, and what was recorded of each."""
    followed, goals = _in_force(review)
    yield f"Your plan, and what was recorded of it in {times(review.period.length, 'day')}."
    sort = ""
    for each in followed:
        if each.item.sort != sort:
            sort = each.item.sort
            yield f"{_heading(sort).capitalize()}:"
        _, often, since, recorded = _followed_cells(each, today)
        name = term(_name(each.item))
        yield f"{name}, how often: {(each.item.schedule and often) or 'not said'}"
        yield f"{name}, since: {since}"
        yield f"{name}, recorded: {recorded}"
        if each.item.reason:
            yield term(f"{name}, reason: {', '.join(each.item.reason)}")
        yield from (f"{name}: {fact}" for fact in _facts(each.item))
    if goals:
        yield "Goals:"
    for i, goal in enumerate(goals, 1):
        name, _, since, done = (cell.strip() for cell in _goal_cells(i, goal, today))
        yield f"{name}, since: {since}"
        yield f"{name}, recorded: {done}"
    if any(each.item.sort == MEDICINE for each in followed):
        yield _COUNTED
    for stock in stocks:
        yield stock_line(stock, today)


def _in_force(review: PlanReview) -> tuple[list[ItemReview], list[GoalReview]]:
    """What the plan holds now, with earlier courses of its medicines, and its goals."""
    held = {each.item.key for each in review.followed if each.in_force}
    followed = [each for each in review.followed if each.in_force or (each.adherence and each.item.key in held)]
    return followed, [each for each in review.goals if each.in_force]


def _heading(sort: str) -> str:
    return f"{sort.upper()}{'' if sort in ('support', 'therapy') else 'S'}"


def _facts(item: Item) -> list[str]:
    """What the plan says of an item besides how often: its limits, and the classes it names; safe for a terminal."""
    limits = [PLAN.by_name[name].show(value) for name in ("most", "spacing") if (value := getattr(item, name))]
    return [*limits, term(CLASS.show_named(item.classes))] if item.classes else limits


def _name(item: Item) -> str:
    return f"{item.name} {_AMOUNT.show(item.amount) if item.amount else ''}".rstrip()


def _row(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """A row of the table; a first cell that is too long has a line of its own before the others."""
    first = widths[0] if row[1] else widths[0] + widths[1] + 2  # a goal has no rhythm
    if columns(row[0]) > first:
        yield fit(row[0], line_room())
        row = ("", *row[1:])
    start = pad(row[0], first) + (f"  {pad(row[1], widths[1])}" if row[1] else "") + f"  {pad(row[2], widths[2])}  "
    last = wrap_text(row[3], line_room() - len(start)) or [""]
    yield (start + last[0]).rstrip()
    for line in last[1:]:
        yield " " * len(start) + line.strip()


def _row_below(row: Sequence[str]) -> Iterator[str]:
    """A row where a table has no room: what it is, and the rest below it."""
    yield from wrap_text(row[0].strip(), line_room(), "  ", "  ")
    rhythm = f"{row[1]}, " if row[1] else ""
    yield from wrap_text(f"{rhythm}since {row[2]}: {row[3]}", line_room(), "    ", "    ")


def _followed_cells(each: ItemReview, today: date) -> tuple[str, str, str, str]:
    item = each.item
    reason = f" ({', '.join(item.reason)})" if item.reason else ""
    return (
        term(f"  {_name(item)}{reason}"),
        _SCHEDULE.show(item.schedule) if item.schedule else "-",
        show_day(item.since, today),
        _show_recorded(each, today),
    )


def _show_recorded(each: ItemReview, today: date) -> str:
    """``12 of 14 due (14 days)``; ``4 doses on 2 days`` as needed; of others how often it was recorded."""
    if each.adherence:
        since = each.adherence.period.start
        ended = "" if each.in_force else f"until {show_day(each.adherence.period.end, today)}: "
        return ended + term(say_adherence(each.adherence, show_day(since, today) if since < each.item.since else ""))
    if each.item.sort == MEDICINE:
        return f"{times(each.done, 'dose')} on {times(each.days, 'day')}" if each.done else "none recorded"
    cancelled = f", {each.cancelled} cancelled" if each.cancelled else ""
    if not (each.done or each.due or each.cancelled):
        return f"none recorded ({times(each.days, 'day')})"
    planned = f" of {each.due} planned" if each.due else ""
    return f"{each.done}{planned} ({times(each.days, 'day')}){cancelled}"


def _goal_cells(number: int, each: GoalReview, today: date) -> tuple[str, str, str, str]:
    counts = (("done", each.done), ("partly", each.partly), ("not", each.missed))
    counted = ", ".join(f"{name} {count}" for name, count in counts if count)
    often = _SCHEDULE.show(each.item.schedule) if each.item.schedule else ""
    rhythm = f" ({', '.join(filter(None, (each.item.weekdays, often)))})" if each.item.weekdays or often else ""
    return (
        f"  {number} {term(each.item.name)}{rhythm}",
        "",
        show_day(each.item.since, today),
        counted or "nothing recorded",
    )
