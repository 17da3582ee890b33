"""Where it hurt, as an SVG picture: a figure front and back, shaded, each place named with its number of days."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import NamedTuple

from painlog.analysis.body import Body, Place
from painlog.domain.regions import parts_of, show_region
from painlog.view.body import By, key, level, summary
from painlog.view.figure import VIEWS, View
from painlog.view.shades import Shade, shade
from painlog.view.svg import INK, LINE, PAPER, QUIET, Attributes, element, label, picture
from painlog.view.svg_shapes import HALF, HEIGHT, Point, Shape, outline, shapes
from painlog.view.terminal import fit, term, times

_TOP, _KEY = 40, 64
_UNRATED = Shade("#ffffff", INK)


class _Layout(NamedTuple):
    """How wide a picture is: units beside a figure, size of words, characters of a line, whether places are named."""

    beside: int
    size: int
    line: int
    names: bool

    @property
    def panel(self) -> int:
        """Units of width of one view."""
        return 2 * (HALF + self.beside)

    @property
    def apart(self) -> int:
        """Units from a line of words to the next."""
        return self.size + 3


_WIDE = _Layout(beside=250, size=20, line=116, names=True)
_NARROW = _Layout(beside=26, size=26, line=36, names=False)
_DIGIT = 0.6  # of the size of words


class _Named(NamedTuple):
    """What stands beside the figure: a place, its words, where it points, and at which side."""

    place: Place
    text: str
    at: Point
    side: int


def body_svg(found: Body, by: By = "days", *, names: bool = True) -> str:
    """Return the picture of a body; ``by`` says whether days or mean scores (0-10) make the shade.

    Without ``names`` it is narrow: places have their number alone, for a page that lists them as well.
    """
    layout = _WIDE if names else _narrow(found, by)
    panels = [_panel(view, found, by, layout) for view in VIEWS]
    height = _TOP + HEIGHT + _KEY
    title = f"Where it hurt, {found.period}"
    return picture(title, description(found), len(VIEWS) * layout.panel, height, *panels, *_key(found, by, layout))


def _narrow(found: Body, by: By) -> _Layout:
    """As narrow as the longest number lets it be."""
    longest = max((len(_number(place, by)) for place in found.named), default=1)
    return _NARROW._replace(beside=_NARROW.beside + ceil(longest * _DIGIT * _NARROW.size))


def description(found: Body) -> str:
    """Say in words all that the picture shows, for who cannot see it."""
    said = "; ".join(_in_words(place) for place in found.named)
    return f"{summary(found)} {said}. Left and right are the person's own." if found.named else "No place was named."


def _in_words(place: Place) -> str:
    score = f", mean pain {place.score:.1f}" if place.score is not None else ""
    return f"{show_region(place.id)} {times(place.days, 'day')}{score}"


def _panel(view: View, found: Body, by: By, layout: _Layout) -> str:
    """One view: its heading, the figure, the regions cut to it, and names at both sides."""
    cut = f"painlog-body-{view}"
    middle = (VIEWS.index(view) + 0.5) * layout.panel
    figure = element(
        "g",
        element("clipPath", *outline(), id=cut),
        *outline(fill="none", stroke=LINE, stroke_width="3"),
        *outline(fill="#f6f6f6", stroke="#f6f6f6", stroke_width="0.6"),
        element("g", *_shaded(view, found, by), clip_path=f"url(#{cut})"),
        *_names(_named(view, found, by, layout), layout),
        transform=f"translate({middle:g} {_TOP})",
    )
    return "".join((*_heading(view, middle, layout), figure))


def _heading(view: View, middle: float, layout: _Layout) -> Iterator[str]:
    """Which view it is, and which side is which."""
    sides = ("RIGHT", "LEFT") if view == "front" else ("LEFT", "RIGHT")
    given = Attributes(font_size=layout.size, text_anchor="middle")
    yield label(view.upper(), middle, 22, font_weight="bold", **given)
    for side, name in zip((-1, 1), sides, strict=True):
        said = f"your {name}" if layout.names else name
        yield label(said, middle + side * (HALF + (30 if layout.names else 0)), 22, **given, fill=QUIET)


def _shaded(view: View, found: Body, by: By) -> Iterator[str]:
    for shape in shapes(view):
        if place := found.shown.get(shape.region):
            points = " ".join(f"{x:g},{y:g}" for x, y in shape.points)
            colour = _colour(level(place, found, by))
            yield element("polygon", points=points, fill=colour.paper, stroke=PAPER, stroke_width="1")


def _named(view: View, found: Body, by: By, layout: _Layout) -> list[_Named]:
    """The places of a view as the person named them, a larger one at the middle of its parts."""
    by_region = {shape.region: shape for shape in shapes(view)}
    named = []
    for place in found.named:
        here = [by_region[part] for part in parts_of(place.id) if part in by_region]
        if here and place.view in (view, "both") and place.id != "all_over":
            at = _middle(place, here)
            side = (1 if view == "back" else -1) if abs(at[0]) < 1 else (1 if at[0] > 0 else -1)
            named.append(_Named(place, _name(place, by) if layout.names else _number(place, by), at, side))
    most = HEIGHT // layout.apart
    return [each for side in (-1, 1) for each in [one for one in named if one.side == side][:most]]


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


def _name(place: Place, by: By) -> str:
    """A place with the number that its shade stands for."""
    return f"{show_region(place.id)} {_number(place, by)}"


def _number(place: Place, by: By) -> str:
    if by == "days":
        return f"{place.days:,}"
    return "?" if place.score is None else f"{place.score:.1f}"


def _names(named: Sequence[_Named], layout: _Layout) -> Iterator[str]:
    """Names under one another at each side, none over another, with a line to their place."""
    for side in (-1, 1):
        ordered = sorted((each for each in named if each.side == side), key=lambda each: each.at[1])
        for each, y in zip(ordered, _spread([one.at[1] for one in ordered], layout), strict=True):
            (x, at), edge = each.at, side * HALF
            points = f"{x:g},{at:g} {edge:g},{y:g} {edge + side * 8:g},{y:g}"
            yield element("polyline", points=points, fill="none", stroke=LINE, stroke_width="1")
            yield element("circle", cx=x, cy=at, r=2.5, fill=INK, stroke=PAPER, stroke_width="0.8")
            anchor = "end" if side < 0 else "start"
            yield label(each.text, edge + side * 12, y + layout.size / 3, font_size=layout.size, text_anchor=anchor)


def _spread(wanted: Sequence[float], layout: _Layout) -> list[float]:
    """Move heights in rising order apart, as little as keeps lines of words apart and on the picture."""
    placed: list[float] = []
    for y in wanted:
        placed.append(max(y, placed[-1] + layout.apart) if placed else max(y, layout.size / 2))
    limit = HEIGHT - layout.size / 2
    for i in range(len(placed) - 1, -1, -1):
        placed[i] = min(placed[i], limit)
        limit = placed[i] - layout.apart
    return placed


def _key(found: Body, by: By, layout: _Layout) -> Iterator[str]:
    """What the shades stand for, and the places that are not named beside the figure."""
    y, size = _TOP + HEIGHT + 24, layout.size
    if found.shown and layout.names:
        yield from _spans(found, by, y, size)
    elif found.shown:
        yield from _ends(found, by, y, size)
    if elsewhere := _elsewhere(found, by, layout):
        yield label(elsewhere, 12, y + size + 8, font_size=size)


def _spans(found: Body, by: By, y: int, size: int) -> Iterator[str]:
    """Every shade with its numbers."""
    spans = [(_colour(which), text) for which, text in key(found, by)]
    if by == "score" and any(place.score is None for place in found.shown.values()):
        spans.append((_UNRATED, "no score"))
    yield label("Days named" if by == "days" else "Mean pain", 12, y, font_size=size, fill=QUIET)
    x = 150.0
    for colour, text in spans:
        yield _box(x, y, colour)
        yield label(text, x + 33, y, font_size=size)
        x += 66 + 11 * len(text)


def _ends(found: Body, by: By, y: int, size: int) -> Iterator[str]:
    """The shades in a row, with the lowest and the highest number."""
    spans = key(found, by)
    low, high = spans[0][1].split(" ")[0], spans[-1][1].split(" ")[-1]
    x = 4.0
    if low != high:
        yield label(low, 12, y, font_size=size)
        x = 12 + _DIGIT * size
    for which, _ in spans:
        yield _box(x + 8, y, _colour(which))
        x += 26
    unit = "of 10" if by == "score" else "day" if high == "1" else "days"
    yield label(f"{high} {unit}", x + 16, y, font_size=size)


def _box(x: float, y: float, colour: Shade) -> str:
    return element("rect", x=x, y=y - 15, width=26, height=19, fill=colour.paper, stroke=LINE, stroke_width="1")


def _elsewhere(found: Body, by: By, layout: _Layout) -> str:
    named = {each.place for view in VIEWS for each in _named(view, found, by, layout)}
    others = [_name(place, by) for place in found.named if place not in named]
    return fit(term(f"Also: {', '.join(others)}"), layout.line) if others else ""


def _colour(which: int | None) -> Shade:
    return _UNRATED if which is None else shade(which, "low")
