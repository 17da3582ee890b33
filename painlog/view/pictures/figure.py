"""A human figure in shapes, front and back. Knows the body and no person's pain.

Everything is drawn for one half, at ``u`` units from the middle line and ``y`` from the top of the head, and mirrored.
A region is a polygon that is cut to the figure's outline. Left and right are the person's own.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from painlog.domain.regions import all_regions
from painlog.view.body_words import View
from painlog.view.pictures.svg import element

HEIGHT = 486
HALF = 92
Point = tuple[float, float]

# Cubic curves of one half: a point, then two that pull and the next point, and so on. The first three pieces begin and
# end on the middle line and are drawn across it, the others stand at both sides.
_HEAD = "0,4 17,4 26,17 26,34 26,54 16,72 0,72"
_NECK = "0,58 5,58 10,58 14,58 13,74 13,82 22,92 15,94 7,96 0,96"
_TORSO = (
    "0,84 14,88 22,88 36,91 52,95 56,104 57,116 50,120 47,126 46,134 44,158 36,172 35,188 35,208 46,222 47,250 "
    "47,260 47,270 46,272 30,270 15,268 0,266"
)
_EAR = "25,30 34,26 33,52 24,50 24,43 25,37 25,30"
_LEG = (
    "46,250 52,290 42,330 36,352 40,380 38,400 27,440 28,452 36,464 35,474 33,482 14,482 12,474 11,462 14,452 14,440 "
    "8,400 9,380 12,352 10,320 3,290 1,262 16,258 31,254 46,250"
)
_ARM = (
    "40,93 56,94 62,106 63,122 66,146 66,156 70,174 78,200 80,216 82,236 90,252 90,268 84,286 80,290 76,288 74,282 "
    "72,274 69,256 71,238 62,214 56,200 55,178 50,158 48,146 46,126 44,115 42,104 40,93"
)
_ACROSS, _BESIDE = (_NECK, _TORSO, _HEAD), (_EAR, _LEG, _ARM)


class Shape(NamedTuple):
    """A region's polygon on a view, ``x`` from the middle line (to the viewer's right) and ``y`` from the top."""

    region: str
    points: tuple[Point, ...]

    @property
    def middle(self) -> Point:
        """Where a line to its name begins: the middle of its corners."""
        xs, ys = zip(*self.points, strict=True)
        return sum(xs) / len(xs), sum(ys) / len(ys)


def _band(inner: float, outer: float, top: float, bottom: float) -> tuple[Point, ...]:
    """A region between two distances from the middle line and two heights."""
    return (inner, top), (outer, top), (outer, bottom), (inner, bottom)


# Corners of each region; those that are drawn later lie over earlier ones.
_LIMBS: dict[str, tuple[Point, ...]] = {
    "upper_arm": _band(45, HALF, 118, 164),
    "elbow": _band(48, HALF, 164, 184),
    "forearm": _band(50, HALF, 184, 228),
    "wrist": _band(50, HALF, 228, 241),
    "hand": _band(50, HALF, 241, 264),
    "fingers": _band(50, HALF, 264, 292),
    "shoulder": ((26, 84), (70, 84), (70, 124), (62, 128), (52, 129), (45, 127), (42, 114), (36, 104), (26, 98)),
}
_FRONT: dict[str, tuple[Point, ...]] = {
    "throat": _band(0, 26, 66, 92),
    "scalp_top": _band(0, 30, 0, 17),
    "forehead": _band(0, 17, 17, 30),
    "temple": _band(17, 26, 17, 38),
    "ear": _band(25.5, 36, 26, 54),
    "jaw": _band(0, 26, 52, 74),
    "face": ((0, 30), (17, 30), (17, 38), (27, 38), (27, 52), (0, 52)),
    "eye": ((4, 36), (7, 33), (12, 33), (15, 36), (12, 39), (7, 39)),
    "mouth": _band(0, 11, 52, 61),
    "chest": _band(0, 46, 88, 140),
    "ribs": _band(20, 47, 140, 182),
    "abdomen_up": _band(0, 20, 140, 182),
    "abdomen_lo": _band(0, 47, 182, 216),
    "pelvis": _band(0, 40, 216, 262),
    "thigh_front": _band(0, 56, 256, 340),
    "groin": ((0, 252), (12, 250), (34, 226), (40, 236), (36, 254), (12, 276), (0, 276)),
    "hip": ((28, 216), (56, 216), (56, 276), (46, 274), (37, 258), (36, 240)),
    "genital": ((0, 246), (8, 246), (9, 258), (5, 272), (0, 272)),
    "knee": _band(0, 56, 340, 372),
    "shin": _band(0, 56, 372, 434),
    "ankle": _band(0, 56, 434, 448),
    "foot": _band(0, 56, 448, 466),
    "toes": _band(0, 56, 466, 486),
} | _LIMBS
_BACK: dict[str, tuple[Point, ...]] = {
    "scalp_top": _band(0, 30, 0, 17),
    "temple": _band(18, 26, 17, 38),
    "ear": _band(25.5, 36, 26, 54),
    "upper_back": _band(0, 46, 84, 144),
    "jaw": _band(10, 26, 50, 74),
    "scalp_back": ((0, 17), (18, 17), (18, 38), (26, 38), (26, 50), (10, 50), (10, 58), (0, 58)),
    "neck": ((0, 58), (10, 58), (17, 66), (17, 80), (28, 94), (0, 94)),
    "ribs": _band(27, 47, 144, 186),
    "mid_back": _band(0, 27, 144, 186),
    "low_back": _band(0, 47, 186, 224),
    "thigh_back": _band(0, 56, 262, 340),
    "buttock": ((0, 222), (48, 222), (44, 262), (38, 272), (26, 278), (12, 280), (0, 276)),
    "hip": ((30, 216), (56, 216), (56, 280), (44, 276), (42, 252), (38, 234)),
    "tailbone": ((0, 216), (11, 220), (0, 246)),
    "knee": _band(0, 56, 340, 368),
    "calf": _band(0, 56, 368, 430),
    "ankle": _band(0, 56, 430, 444),
    "heel": _band(0, 56, 444, 458),
    "foot": _band(0, 56, 458, 486),
} | _LIMBS


@cache
def shapes(view: View) -> tuple[Shape, ...]:
    """Return the regions of a view, those that lie over others last."""
    areas = _FRONT if view == "front" else _BACK
    return tuple(shape for base, corners in areas.items() for shape in _both(view, base, corners))


def outline(**attributes: str) -> Iterator[str]:
    """Write the pieces that make up the figure, all of them the same way round."""
    for half in map(_points, _ACROSS):
        yield element("path", d=_curve([*half, *_mirrored(half)[1:]]), **attributes)
    for piece in map(_points, _BESIDE):
        yield element("path", d=_curve(piece), **attributes)
        yield element("path", d=_curve(_mirrored(piece)), **attributes)


def _both(view: View, base: str, corners: tuple[Point, ...]) -> Iterator[Shape]:
    """A region of the middle as one shape, one of two sides as two."""
    at_left, at_right = ("r", "l") if view == "front" else ("l", "r")
    left = tuple((-u, y) for u, y in corners)
    if base in all_regions():
        yield Shape(base, (*corners, *reversed(left)))
    else:
        yield Shape(f"{base}_{at_left}", left)
        yield Shape(f"{base}_{at_right}", corners)


def _points(half: str) -> list[Point]:
    return [(float(u), float(y)) for u, y in (pair.split(",") for pair in half.split())]


def _mirrored(points: Sequence[Point]) -> list[Point]:
    return [(-u, y) for u, y in reversed(points)]


def _curve(points: Sequence[Point]) -> str:
    first, *rest = (f"{x:g} {y:g}" for x, y in points)
    return f"M{first} C{' '.join(rest)} Z"
