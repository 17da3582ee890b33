"""How long a medicine that was counted lasts by the plan. Pure.

It is reckoned from the day of the count, with that day's doses still to come, and never from what was taken.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from painlog.domain.entries import Event
from painlog.domain.kinds.care import MEDICINE, STOCK
from painlog.domain.kinds.declaration import match_whole
from painlog.domain.language.amounts import parts
from painlog.domain.language.medicine_units import COUNTED
from painlog.domain.periods import Period
from painlog.domain.plan import Item, due_on, in_force, stretches
from painlog.errors import BadInput

SOON = 7  # days before its end
_OVER = 28  # days after its end
_FAR = 5 * 366  # days
_DOSE = "dose"


class Stock(NamedTuple):
    """A medicine's newest count: its amount and day, and the last day that it lasts by the plan.

    ``last`` is None where the plan does not say how often it is taken, or how much of what was counted a dose is.
    """

    name: str
    amount: str
    counted: date
    last: date | None

    def is_ending(self, day: date) -> bool:
        """Whether a day lies within ``SOON`` days of its end, or a few weeks after it."""
        return self.last is not None and -_OVER <= (self.last - day).days <= SOON


def list_stocks(counts: Iterable[Event], changes: Sequence[Event], day: date) -> list[Stock]:
    """Return the newest count up to a day of each medicine that the plan has then, in its order."""
    newest: dict[str, Event] = {}
    known = (each for each in counts if each.day <= day and "amount" in each.data)  # an edit may have emptied it
    for count in sorted(known, key=lambda each: each.day):
        newest[str(count.data["name"]).casefold()] = count
    held = [item for item in in_force(changes, day) if item.sort == MEDICINE and item.key in newest]
    return [_stock(item, newest[item.key], changes) for item in held]


def read_count(text: str, items: Iterable[Item]) -> dict[str, str]:
    """Read the name of a medicine in the plan and how much of it there is. Raises BadInput.

    A bare number counts what the plan's amount counts (tablets), else doses.
    """
    clean = " ".join(text.split())
    medicines = [item for item in items if item.sort == MEDICINE]
    for item in sorted(medicines, key=lambda each: -len(each.name)):
        if not clean.casefold().startswith(f"{item.key} "):
            continue
        amount = clean[len(item.key) + 1 :]
        if match_whole(r"\d{1,6}(?:[.,]\d{1,2})?", amount):
            amount = f"{amount} {_counted_unit(item)}"
        return {"name": item.name, "amount": STOCK.by_name["amount"].check(amount)}
    known = ", ".join(item.name for item in medicines)
    raise BadInput(
        "say which medicine of your plan and how much of it there is, as in: painlog plan stock "
        + (f"{medicines[0].name} 28 (your plan has {known})" if medicines else "duloxetine 28; your plan has none")
    )


def _counted_unit(item: Item) -> str:
    unit = parts(item.amount)[1] if item.amount else ""
    return unit if unit in COUNTED else _DOSE


def _stock(item: Item, count: Event, changes: Sequence[Event]) -> Stock:
    amount = str(count.data["amount"])
    left, unit = parts(amount)
    for part in stretches(changes, Period(count.day, count.day + timedelta(days=_FAR))):
        if part.item.key != item.key:
            continue
        a_day = due_on(part.item, 1)
        each = _in_a_dose(part.item, unit)
        if not a_day or not each:
            return Stock(item.name, amount, count.day, None)
        days = int(left / (a_day * each) + 1e-9)
        if days < part.period.length:
            return Stock(item.name, amount, count.day, part.period.start + timedelta(days=days - 1))
        left -= a_day * each * part.period.length
    return Stock(item.name, amount, count.day, None)


def _in_a_dose(item: Item, unit: str) -> float | None:
    """How many units a dose has: as the plan says; one where pieces are counted, and the plan says something else."""
    number, said = parts(item.amount) if item.amount else (1.0, _DOSE)
    if unit == said:
        return number
    return 1.0 if (unit in COUNTED and said not in COUNTED) or unit == _DOSE else None
