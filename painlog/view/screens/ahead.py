"""What lies ahead, in lines for a terminal."""

from collections.abc import Iterator
from datetime import date

from painlog.domain.ahead import Agenda, Ahead
from painlog.domain.language.dates import show_day
from painlog.view.terminal import line_room, term, wrap_text

_DAYS = ("today", "tomorrow")


def ahead_lines(agenda: Agenda, today: date, within: int | None = None, indent: str = "") -> Iterator[str]:
    """Yield a line for each of what lies ahead, within so many days if said, and for each visit that passed."""
    later = f"{indent}  "
    for each in agenda.passed:
        yield from wrap_text(
            f"{term(each.name)} was on {show_ahead(each, today)}; nothing is recorded of it (painlog visit done)",
            line_room(),
            indent,
            later,
        )
    for each in agenda.ahead:
        days = (each.day - today).days
        if within is None or days <= within:
            near = f"{_DAYS[days]} " if days < len(_DAYS) else ""
            again = "" if not each.weeks else ", every week" if each.weeks == 1 else f", every {each.weeks} weeks"
            yield from wrap_text(
                f"{near}{show_ahead(each, today)}  {term(each.name)}{again}", line_room(), indent, later
            )


def show_ahead(each: Ahead, today: date) -> str:
    """``Tue 24 Nov 10:30``; the day alone where no time was said."""
    return f"{show_day(each.day, today)} {each.clock}".rstrip()
