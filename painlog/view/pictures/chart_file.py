"""A chart as a file of its own: the panels of the page's days under one another in one picture, with their legend."""

from collections.abc import Iterator, Sequence

from painlog.analysis.report.page import Page
from painlog.view.page.words import event_words, period_words
from painlog.view.pictures.axis import Panel
from painlog.view.pictures.svg import INK, QUIET, Attributes, element, label, picture
from painlog.view.pictures.timeline import description, hatching, panels_of, signs
from painlog.view.terminal import fit, wrap_text

_SVG = "http://www.w3.org/2000/svg"  # the name of the format, which nothing asks for
_WIDTH, _NAMES, _MARKS, _EDGE = 900, 190, 44, 16
_LINE, _GAP, _SMALL, _BIG = 14, 5, 9, 13
_NAME_ROOM, _SCALE_ROOM, _TEXT_ROOM = 30, 38, 150  # columns of letters
_LANE_NAME = 18


def chart_svg(page: Page, names: Sequence[str], forms: Sequence[str]) -> str:
    """Return a picture of some variables and forms over the page's period, as SVG; empty where it has one day alone."""
    drawn = panels_of(
        page,
        [name for name in names if name in page.measured],
        [form for form in page.forms if form.questionnaire in forms],
    )
    if not drawn:
        return ""
    inside = [hatching(), label(period_words(page), _EDGE, _EDGE + _BIG, font_size=_BIG, font_weight="bold")]
    y = float(_EDGE + _BIG + _LINE)
    for panel in drawn:
        high = _height(panel)
        inside += [*_beside(panel, y), _placed(panel.svg, _NAMES + _MARKS, y, _right(), high)]
        y += high + _GAP
    for text in _legend(page):
        y += _LINE
        inside.append(label(text, _EDGE, y, font_size=_SMALL + 1, fill=QUIET))
    whole = picture(f"painlog chart, {page.period}", description(page), _WIDTH, y + _EDGE, *inside)
    return whole.replace("<svg ", f'<svg xmlns="{_SVG}" ', 1) + "\n"


def _right() -> int:
    return _WIDTH - _NAMES - _MARKS - 2 * _EDGE


def _height(panel: Panel) -> float:
    """The height that a panel says it has."""
    return float(panel.svg.split(' height="', 1)[1].split('"', 1)[0])


def _placed(svg: str, x: float, y: float, width: float, height: float) -> str:
    return element("svg", svg, x=x, y=y, width=width, height=height, overflow="visible")


def _beside(panel: Panel, y: float) -> Iterator[str]:
    """A panel's name and scale, under one another or, in a lane, beside one another, and the marks of its scale."""
    if panel.sort == "lane":
        name = fit(panel.name, _LANE_NAME)
        yield label(name, _EDGE, y + 10, font_size=_SMALL + 1, font_weight="bold")
        right = Attributes(font_size=_SMALL, text_anchor="end", fill=QUIET)
        yield label(fit(panel.scale, _NAME_ROOM - _LANE_NAME), _NAMES + _MARKS - 6, y + 10, **right)
        return
    yield label(fit(panel.name, _NAME_ROOM), _EDGE, y + 11, font_size=_SMALL + 2, font_weight="bold", fill=INK)
    for i, text in enumerate(wrap_text(panel.scale, _SCALE_ROOM)):
        yield label(text, _EDGE, y + 11 + (i + 1) * (_SMALL + 2), font_size=_SMALL, fill=QUIET)
    if panel.marks:
        yield _placed(panel.marks, _NAMES, y, _MARKS - 6, _height(panel))


def _legend(page: Page) -> Iterator[str]:
    """What the marks mean, and the numbered events."""
    yield signs(page)
    for event in event_words(page):
        yield from wrap_text(f"{event.number} {event.when}  {event.what}", _TEXT_ROOM)
