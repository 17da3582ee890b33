"""Where it hurt, as an SVG picture for a page: a figure front and back, shaded, each place with its number of days.

The page lists the places by name; the picture is narrow and names only those that the figure has no place for.
"""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import NamedTuple

from painlog.analysis.body import Body, Place
from painlog.domain.kinds.declaration import tenths
from painlog.domain.regions import has_sides, parts_of, show_region
from painlog.view.body_words import OWN_SIDES, SIDE_NOT_SAID, VIEWS, View, has_unsided, key, level, summary
from painlog.view.pictures.figure import HALF, HEIGHT, Point, Shape, outline, shapes
from painlog.view.pictures.svg import INK, LINE, PAPER, QUIET, Attributes, element, label, picture
from painlog.view.shades import shade
from painlog.view.terminal import fit, times
from painlog.view.visible import visible

_TOP, _KEY = 40, 64
_SIZE = 26  # of words
_APART = _SIZE + 3  # from a line of words to the next
_PALE = "#f6f6f6"
_DIGIT = 0.6  # of the size of words
_BESIDE = 26  # between a figure and the edge of its view, besides the longest number
_LONGEST = 36  # characters of a line


class _Numbered(NamedTuple):
    """What stands beside the figure: a place, where its number points, and at which side."""

    place: Place
    at: Point
    side: int

    @property
    def text(self) -> str:
        return f"{self.place.days:,}"


def body_svg(body: Body) -> str:
    """Return the picture of a body with a place on the figure, shaded by days."""
    panel = _panel_width(body)
    numbered = {view: _numbered(view, body) for view in VIEWS}
    drawn = [_panel(view, body, numbered[view], panel) for view in VIEWS]
    on_figure = {each.place for places in numbered.values() for each in places}
    title = f"Where it hurt, {body.period}"
    inside = (*_patterns(body), *drawn, *_key(body), *_elsewhere(body, on_figure))
    return picture(title, description(body), len(VIEWS) * panel, _TOP + HEIGHT + _KEY, *inside)


def description(body: Body) -> str:
    """Say in words all that the picture shows, for who cannot see it."""
    places = "; ".join(_in_words(place) for place in body.named)
    return f"{summary(body)} {places}. {OWN_SIDES}"


def _in_words(place: Place) -> str:
    score = f", mean pain {tenths(place.score)}" if place.score is not None else ""
    return f"{show_region(place.id)} {times(place.days, 'day')}{score}"


def _panel_width(body: Body) -> int:
    """Units of width of one view: as narrow as the longest number lets it be."""
    longest = max(len(f"{place.days:,}") for place in body.named)
    return 2 * (HALF + _BESIDE + ceil(longest * _DIGIT * _SIZE))


def _panel(view: View, body: Body, numbered: Sequence[_Numbered], width: int) -> str:
    """One view: its heading, the figure, the regions cut to it, and numbers at both sides."""
    cut = f"painlog-body-{view}"
    middle = (VIEWS.index(view) + 0.5) * width
    figure = element(
        "g",
        element("clipPath", *outline(), id=cut),
        *outline(fill="none", stroke=LINE, stroke_width="3"),
        *outline(fill=_PALE, stroke=_PALE, stroke_width="0.6"),
        element("g", *_shaded(view, body), clip_path=f"url(#{cut})"),
        *_numbers(numbered),
        transform=f"translate({middle:g} {_TOP})",
    )
    return "".join((*_heading(view, middle), figure))


def _heading(view: View, middle: float) -> Iterator[str]:
    """Which view it is, and which side is which."""
    sides = ("R", "L") if view == "front" else ("L", "R")
    given = Attributes(font_size=_SIZE, text_anchor="middle")
    yield label(view.capitalize(), middle, 22, font_weight="bold", **given)
    for side, name in zip((-1, 1), sides, strict=True):
        yield label(name, middle + side * HALF, 22, **given, fill=QUIET)


def _shaded(view: View, body: Body) -> Iterator[str]:
    for shape in shapes(view):
        if place := body.at(shape.region):
            points = " ".join(f"{x:g},{y:g}" for x, y in shape.points)
            which = level(place, body, "days") or 0
            fill = _hatch(which) if has_sides(place.id) else _colour(which)
            yield element("polygon", points=points, fill=fill, stroke=PAPER, stroke_width="1")


def _hatch(which: int) -> str:
    return f"url(#painlog-hatched-{which})"


def _patterns(body: Body) -> Iterator[str]:
    """The hatching of places whose side was not said, in the colour of each level."""
    for which, _ in key(body, "days") if has_unsided(body) else ():
        ground = element("rect", width=8, height=8, fill=_PALE)
        stripe = element("rect", width=4, height=8, fill=_colour(which))
        size = Attributes(width=8, height=8, patternUnits="userSpaceOnUse", patternTransform="rotate(45)")
        yield element("pattern", ground, stripe, id=f"painlog-hatched-{which}", **size)


def _numbered(view: View, body: Body) -> list[_Numbered]:
    """The places of a view as the person named them, a larger one at the middle of its parts."""
    by_region = {shape.region: shape for shape in shapes(view)}
    numbered = []
    for place in body.named:
        here = [by_region[part] for part in parts_of(place.id) if part in by_region]
        if here and place.view in (view, "both") and place.id != "all_over":
            at = _middle(place, here)
            side = (1 if view == "back" else -1) if abs(at[0]) < 1 else (1 if at[0] > 0 else -1)
            numbered.append(_Numbered(place, at, side))
    most = HEIGHT // _APART
    return [each for side in (-1, 1) for each in [one for one in numbered if one.side == side][:most]]


def _middle(place: Place, here: Sequence[Shape]) -> Point:
    """Where a place is pointed at, kept on the figure's own side of its narrow parts."""
    shape = here[len(here) // 2] if len(here) > 1 else here[0]
    x, y = shape.middle
    return (0 if place.id in ("head", "abdomen", "back") else _onto(x, y), y)


def _onto(x: float, y: float) -> float:
    """Keep the end of a line within a limb, whose polygon is wider than it."""
    edge = abs(x)
    if y > 262 and edge < 45:
        edge = 22
    elif edge > 45:
        edge = 56 + max(0, y - 110) * 0.155
    return edge if x > 0 else -edge


def _numbers(numbered: Sequence[_Numbered]) -> Iterator[str]:
    """Numbers under one another at each side, none over another, with a line to their place."""
    for side in (-1, 1):
        ordered = sorted((each for each in numbered if each.side == side), key=lambda each: each.at[1])
        for each, y in zip(ordered, _spread([one.at[1] for one in ordered]), strict=True):
            (x, at), edge = each.at, side * HALF
            points = f"{x:g},{at:g} {edge:g},{y:g} {edge + side * 8:g},{y:g}"
            yield element("polyline", points=points, fill="none", stroke=LINE, stroke_width="1")
            yield element("circle", cx=x, cy=at, r=2.5, fill=INK, stroke=PAPER, stroke_width="0.8")
            anchor = "end" if side < 0 else "start"
            yield label(each.text, edge + side * 12, y + _SIZE / 3, font_size=_SIZE, text_anchor=anchor)


def _spread(wanted: Sequence[float]) -> list[float]:
    """Move heights in rising order apart, as little as keeps lines of words apart and on the picture."""
    placed: list[float] = []
    for y in wanted:
        placed.append(max(y, placed[-1] + _APART if placed else _SIZE / 2))
    limit = HEIGHT - _SIZE / 2
    for i in range(len(placed) - 1, -1, -1):
        placed[i] = min(placed[i], limit)
        limit = placed[i] - _APART
    return placed


def _key(body: Body) -> Iterator[str]:
    """The shades in a row, with the lowest and the highest number."""
    spans = key(body, "days")
    low, high = spans[0][1].split(" ")[0], spans[-1][1].split(" ")[-1]
    x, y = 4.0, _TOP + HEIGHT + 24
    if low != high:
        yield label(low, 12, y, font_size=_SIZE)
        x = 12 + _DIGIT * _SIZE
    for which, _ in spans:
        box = Attributes(width=26, height=19, fill=_colour(which), stroke=LINE, stroke_width="1")
        yield element("rect", x=x + 8, y=y - 15, **box)
        x += 26
    days = f"{high} {'day' if high == '1' else 'days'}"
    yield label(days, x + 16, y, font_size=_SIZE)
    if has_unsided(body):
        x += 32 + len(days) * _DIGIT * _SIZE
        fill = _hatch(spans[-1][0])
        yield element("rect", x=x, y=y - 15, width=26, height=19, fill=fill, stroke=LINE, stroke_width="1")
        yield label(SIDE_NOT_SAID, x + 34, y, font_size=_SIZE)


def _elsewhere(body: Body, on_figure: set[Place]) -> Iterator[str]:
    """The places without a number beside the figure."""
    others = [f"{show_region(place.id)} {place.days:,}" for place in body.named if place not in on_figure]
    if others:
        yield label(
            fit(visible(f"Also: {', '.join(others)}"), _LONGEST), 12, _TOP + HEIGHT + 24 + _SIZE + 8, font_size=_SIZE
        )


def _colour(which: int) -> str:
    return shade(which, "low").paper
