"""Where it hurt, as text: a figure front and back, shaded, and a list that says the same in words and numbers."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from painlog.analysis.body import Body, Place
from painlog.domain.kinds.declaration import tenths
from painlog.domain.regions import has_sides, parts_of, show_region
from painlog.view.body_words import SIDE_NOT_SAID, VIEWS, By, has_unsided, key, level, summary
from painlog.view.screens.figure import WIDTH, Cell, figure, heading
from painlog.view.shades import MARK
from painlog.view.terminal import Styled, TextLine, bold, fit, pad, styled, term, times, wrap_text

SIGNS = " ░▒▓█"
UNRATED, HATCHED = "?", "╱"
_OWN_SIDES, _MEAN = "Left and right are your own.", "Pain is the mean of the days' scores there, 0-10."
_GAP = 4
_NAME, _DAYS, _SCORE = 22, 6, 7
_LIST = _NAME + _DAYS + _SCORE
_FIGURES = 2 * WIDTH + _GAP


def body_lines(body: Body, by: By, width: int) -> Iterator[TextLine]:
    """Draw the figure and the list, beside each other where there is room, and a sentence for who cannot see it."""
    yield bold(f"Where it hurt, {body.period}")
    yield from wrap_text(term(summary(body)), width)
    yield ""
    drawn = list(_figures(body, by, width))
    listed = [styled(line) for line in _list(body, by, 1 if width >= _FIGURES + _GAP + _LIST else _columns(width))]
    if width < _FIGURES + _GAP + _LIST:
        yield from (*drawn, styled(""), *listed)
    else:
        yield from _beside(drawn, listed)
    yield ""
    for line in (_key(body, by), _note(body)):
        yield from wrap_text(line, width)


def body_plain(body: Body, by: By) -> Iterator[str]:
    """Say it for who cannot see it: a line a place, the one of most days or of most pain first."""
    yield f"Where it hurt, {body.period.in_words}."
    yield term(summary(body))
    for place in _order(body, by):
        score = "" if place.score is None else f", pain there {tenths(place.score)} of 10"
        yield term(f"{show_region(place.id)}: {place.days:,} of {times(body.of, 'day')}{score}")
    yield f"{_OWN_SIDES} {_MEAN}"


def _figures(body: Body, by: By, width: int) -> Iterator[Styled]:
    """The views side by side, or under each other where there is no room."""
    views = [[bold(heading(view)), *(_row(row, body, by) for row in figure(view))] for view in VIEWS]
    if width < _FIGURES:
        yield from (*views[0], styled(""), *views[1])
        return
    yield from _beside(*views)


def _beside(left: Sequence[Styled], right: Sequence[Styled]) -> Iterator[Styled]:
    columns = max(map(len, left))
    for one, other in zip_longest(left, right, fillvalue=styled("")):
        line = one.copy()
        line.pad_right(columns - len(one) + _GAP)
        line.append_text(other)
        line.rstrip()
        yield line


def _row(row: Sequence[Cell], body: Body, by: By) -> Styled:
    line = styled("")
    for cell in row:
        place = body.at(cell.region) if cell.region else None
        if place and has_sides(place.id):
            line.append(HATCHED, MARK)
            continue
        which = level(place, body, by) if place else 0
        sign = cell.sign if not place else UNRATED if which is None else SIGNS[which]
        line.append(sign, MARK if place else "dim" if sign != " " else "")
    return line


def _list(body: Body, by: By, columns: int) -> Iterator[str]:
    """The places as named, in so many columns read downwards."""
    rows = [_list_place(place) for place in _order(body, by)]
    deep = -(-len(rows) // columns)
    head = f"{'':<{_NAME}}{'days':>{_DAYS}}{'pain':>{_SCORE}}"
    stacks = [[head, *rows[i : i + deep]] for i in range(0, len(rows), deep)]
    for cells in zip_longest(*stacks, fillvalue=""):
        yield (" " * _GAP).join(pad(cell, _LIST) for cell in cells).rstrip()


def _order(body: Body, by: By) -> list[Place]:
    places = list(body.named)
    if by == "score":
        places.sort(key=lambda place: -1 if place.score is None else place.score, reverse=True)
    return places


def _list_place(place: Place) -> str:
    score = "" if place.score is None else tenths(place.score)
    return f"{pad(fit(term(show_region(place.id)), _NAME), _NAME)}{place.days:>{_DAYS},}{score:>{_SCORE}}"


def _columns(width: int) -> int:
    return max(1, (width + _GAP) // (_LIST + _GAP))


def _key(body: Body, by: By) -> str:
    spans = [f"{SIGNS[which]} {text}" for which, text in key(body, by)]
    if by == "score" and any(place.score is None for place in body.shown.values()):
        spans.append(f"{UNRATED} no score")
    if has_unsided(body):
        most = max(place.days for id_, place in body.shown.items() if has_sides(id_))
        spans.append(f"{HATCHED} {SIDE_NOT_SAID}" + (f", up to {most:,}" if by == "days" and most > 1 else ""))
    what = "days named" if by == "days" else "mean pain"
    return f"Shade: {what}, {', '.join(spans)}." if body.shown else "No body region that was named is on the figure."


def _note(body: Body) -> str:
    """What the reader of the list has to know besides."""
    larger = [show_region(place.id) for place in body.named if len(parts_of(place.id)) > 1]
    parts = f" The parts of {', '.join(larger)} are shaded with it." if larger else ""
    return f"{_OWN_SIDES} {_MEAN}{parts}"
