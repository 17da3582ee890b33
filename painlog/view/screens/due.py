"""What is due, in lines for a terminal."""

from collections.abc import Iterable, Iterator
from datetime import date
from shlex import quote

from painlog.domain.due import Due, Medicines
from painlog.domain.kinds.care import DOSE, STOCK
from painlog.domain.language.dates import show_day
from painlog.domain.scheduled import RECENT, AsNeeded, Scheduled
from painlog.domain.stock import Stock
from painlog.domain.trials import Draw
from painlog.view.screens.capture import when
from painlog.view.terminal import line_room, term, times, wrap_text


def due_lines(due: Due, today: date) -> Iterator[str]:
    """Yield lines that say what is due and how it is answered, safe for a terminal."""
    if due.questions:
        yield from wrap_text(f"not recorded today: {term(', '.join(due.questions))} (painlog checkin)", line_room())
    if due.medicines and due.medicines.unrecorded:
        yield from wrap_text(_medicines(due.medicines), line_room())
    if due.medicines and due.medicines.ending:
        ends = "ends" if due.medicines.ending == 1 else "end"
        text = f"by the plan {times(due.medicines.ending, 'counted medicine')} {ends} within a week, or has ended"
        yield from wrap_text(f"{text} (painlog due --medicines)", line_room())
    if due.waiting:
        yield f"{times(due.waiting, 'line waits', 'lines wait')} in your inbox: painlog inbox"
    for form in due.forms:
        last = f"last {show_day(form.last, today)}" if form.last else "not filled in yet"
        yield f"{form.title} is due: {last} (painlog ask {form.questionnaire})"


def draw_lines(draw: Draw) -> Iterator[str]:
    """Yield what a trial by lot drew for the day, and how to say what was done of it."""
    way = "with" if draw.with_it else "without"
    done = {None: " (then painlog trial today done, or not)", True: "; done", False: "; not done"}[draw.done]
    yield from wrap_text(term(f"by lot today: {way} {draw.name}, day {draw.number} of {draw.of}{done}"), line_room())


def _medicines(due: Medicines) -> str:
    """How many medicines of the day are not recorded, without a name."""
    return (
        f"{due.unrecorded} of {times(due.scheduled, 'scheduled medicine')} not recorded, which is not the same as not "
        "taken (painlog due --medicines)"
    )


def stock_line(stock: Stock, today: date) -> str:
    """Say how long a medicine lasts by the plan, which is not what was taken."""
    counted = f"{STOCK.by_name['amount'].show(stock.amount)} counted {show_day(stock.counted, today)}"
    if stock.last is None:
        return f"{term(stock.name)}: {counted}; how long they last your plan does not say"
    if stock.last < stock.counted:
        return f"{term(stock.name)}: {counted}, by your plan less than a day's doses"
    lasts = f"last until {show_day(stock.last, today)} by your plan, not by what was taken"
    typed = stock.name if stock.name.replace(" ", "").isalnum() else quote(stock.name)
    ended = f"; painlog plan stock {term(typed)} NUMBER counts anew" if stock.last < today else ""
    return f"{term(stock.name)}: {counted} {lasts}{ended}"


def medicine_lines(
    scheduled: Iterable[Scheduled], as_needed: Iterable[AsNeeded], stocks: Iterable[Stock], today: date
) -> Iterator[str]:
    """Yield lines on the day's medicines by name, those as needed and what was counted; for a terminal only."""
    for each in scheduled:
        amount = DOSE.by_name["amount"].show(each.item.amount) if each.item.amount else ""
        yield from wrap_text(term(f"{each.item.name} {amount}".strip()) + f": {_doses(each)}", line_room())
    for one in as_needed:
        last = f"last {when(one.last, today)}" if one.last else "no dose recorded"
        days = f", on {one.days} of the last {RECENT} days" if one.last else ""
        yield from wrap_text(f"{term(one.item.name)}, as needed: {last}{days}", line_room())
    for stock in stocks:
        yield from wrap_text(stock_line(stock, today), line_room())


def _doses(each: Scheduled) -> str:
    """``1 of 2 taken today, 1 skipped``."""
    skipped = f", {each.skipped} skipped" if each.skipped else ""
    if not (each.taken or each.skipped):
        return "not recorded today"
    extra = f", {each.taken - each.due} extra" if each.taken > each.due else ""
    return f"{min(each.taken, each.due)} of {each.due} taken today{skipped}{extra}"
