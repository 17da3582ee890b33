"""Where it hurt, as text: a figure front and back, shaded, and a list that says the same in words and numbers."""

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Literal

from painlog.analysis.body import Body, Place
from painlog.domain.regions import parts_of, show_region
from painlog.view.screens.figure import VIEWS, WIDTH, Cell, figure, heading
from painlog.view.shades import LEVELS, MARK
from painlog.view.terminal import bold, fit, pad, term, times, wrapped

if TYPE_CHECKING:
    from rich.text import Text

By = Literal["days", "score"]
OWN_SIDES = "Left and right are the patient's own."
SIGNS = " ░▒▓█"
UNRATED = "?"
MOST_SCORE = 10
_GAP = 4
_NAME, _DAYS, _SCORE = 22, 6, 7
_LIST = _NAME + _DAYS + _SCORE
_FIGURES = 2 * WIDTH + _GAP
_MOST_SAID = 3


def body_lines(found: Body, by: By, width: int) -> "Iterator[Text | str]":
    """Draw the figure and the list, beside each other where there is room, and a sentence for who cannot see it."""
    from rich.text import Text

    yield bold(f"Where it hurt, {found.period}")
    yield from wrapped(term(summary(found)), width)
    yield ""
    drawn = list(_figures(found, by, width))
    listed = [Text(line) for line in _list(found, by, 1 if width >= _FIGURES + _GAP + _LIST else _columns(width))]
    if width < _FIGURES + _GAP + _LIST:
        yield from (*drawn, Text(""), *listed)
    else:
        yield from _beside(drawn, listed)
    yield ""
    for line in (_key(found, by), _note(found)):
        yield from wrapped(line, width)


def summary(found: Body) -> str:
    """``A body region was named on 24 of 28 days, most often low back LEFT (20).`` Not made safe for a terminal."""
    most = ", ".join(f"{show_region(place.id)} ({place.days:,})" for place in found.named[:_MOST_SAID])
    return f"A body region was named on {found.days:,} of {times(found.of, 'day')}, most often {most}."


def level(place: Place, found: Body, by: By) -> int | None:
    """Return the level of a place, from 1 to ``LEVELS``; None for one to be shaded by a score that it has not.

    Days count in quarters of those of the place of most days, scores in quarters of 0 to 10.
    """
    if by == "days":
        return -(-LEVELS * place.days // most_days(found))
    if place.score is None:
        return None
    return min(LEVELS, 1 + int(LEVELS * place.score / MOST_SCORE))


def most_days(found: Body) -> int:
    """Return the days of the region that has most."""
    return max((place.days for place in found.shown.values()), default=1)


def key(found: Body, by: By) -> list[tuple[int, str]]:
    """Say what each level that can occur stands for: ``(1, "1 to 5")``."""
    if by == "score":
        return [(1, "0 to 2.4"), (2, "2.5 to 4.9"), (3, "5 to 7.4"), (4, "7.5 to 10")]
    most = most_days(found)
    levels = groupby(range(1, most + 1), lambda days: -(-LEVELS * days // most))
    spans = [(which, list(days)) for which, days in levels]
    return [(which, f"{days[0]:,}" if len(days) == 1 else f"{days[0]:,} to {days[-1]:,}") for which, days in spans]


def _figures(found: Body, by: By, width: int) -> "Iterator[Text]":
    """The views side by side, or under each other where there is no room."""
    from rich.text import Text

    views = [[bold(heading(view)), *(_row(row, found, by) for row in figure(view))] for view in VIEWS]
    if width < _FIGURES:
        yield from (*views[0], Text(""), *views[1])
        return
    yield from _beside(*views)


def _beside(left: "Sequence[Text]", right: "Sequence[Text]") -> "Iterator[Text]":
    from rich.text import Text

    columns = max(map(len, left))
    for one, other in zip_longest(left, right, fillvalue=Text("")):
        line = one.copy()
        line.pad_right(columns - len(one) + _GAP)
        line.append_text(other)
        line.rstrip()
        yield line


def _row(row: Sequence[Cell], found: Body, by: By) -> "Text":
    from rich.text import Text

    line = Text("")
    for cell in row:
        place = found.shown.get(cell.region)
        which = level(place, found, by) if place else 0
        sign = cell.sign if not place else UNRATED if which is None else SIGNS[which]
        line.append(sign, MARK if place else "dim" if sign != " " else "")
    return line


def _list(found: Body, by: By, columns: int) -> Iterator[str]:
    """The places as named, in so many columns read downwards."""
    places = list(found.named)
    if by == "score":
        places.sort(key=lambda place: -1 if place.score is None else place.score, reverse=True)
    rows = [_listed(place) for place in places]
    deep = -(-len(rows) // columns)
    head = f"{'':<{_NAME}}{'days':>{_DAYS}}{'pain':>{_SCORE}}"
    stacks = [[head, *rows[i : i + deep]] for i in range(0, len(rows), deep)]
    for cells in zip_longest(*stacks, fillvalue=""):
        yield (" " * _GAP).join(pad(cell, _LIST) for cell in cells).rstrip()


def _listed(place: Place) -> str:
    score = "" if place.score is None else f"{place.score:.1f}"
    return f"{pad(fit(term(show_region(place.id)), _NAME), _NAME)}{place.days:>{_DAYS},}{score:>{_SCORE}}"


def _columns(width: int) -> int:
    return max(1, (width + _GAP) // (_LIST + _GAP))


def _key(found: Body, by: By) -> str:
    spans = [f"{SIGNS[which]} {text}" for which, text in key(found, by)]
    if by == "score" and any(place.score is None for place in found.shown.values()):
        spans.append(f"{UNRATED} no score")
    what = "days named" if by == "days" else "mean pain"
    return f"Shade: {what}, {', '.join(spans)}." if found.shown else "No body region that was named is on the figure."


def _note(found: Body) -> str:
    """What the reader of the list has to know besides."""
    larger = [show_region(place.id) for place in found.named if len(parts_of(place.id)) > 1]
    parts = f" The parts of {', '.join(larger)} are shaded with it." if larger else ""
    return f"Left and right are your own. Pain is the mean of the days' scores there, 0-10.{parts}"
