"""A human figure in signs, front and back: which sign stands in which region. Knows the body and no person's pain.

One half of each view is drawn, up to the middle of the body; the other half is its mirror image. Letters stand for
regions, everything else is outline. Left and right are the person's own: seen from the front, the right is at the
viewer's left, as with someone who faces you; seen from behind, the left is.
"""

from functools import cache
from typing import NamedTuple

from painlog.domain.regions import all_regions
from painlog.view.body_words import View

WIDTH = 32
_HALF = WIDTH // 2
_FRONT = r"""
            .---
          .'ssss
          |tffff
         e|tyycc
         e|ccmmm
           `.jjj
             |TT
      __..--'TTT
   .-'SSSSSCCCCC
  /SSSSSSCCCCCCC
  |UUUU|CCCCCCCC
  |UUU/|RRRRAAAA
  |UUU| \RRRAAAA
  |EEE|  |RRBBBB
 /FFF/   |RRBBBB
 |FFF|  /hhhPPPP
/FFF/  /hhhhPPPP
|WWW|  |hhhGGGgg
|HHH|  |QQQQGGG/
|NNN|  |QQQQQQ|
`--'   |QQQQQQ|
        \QQQQQ|
        |QQQQQ|
        |KKKK/
        |KKKK|
        |IIII|
        |IIII|
         \III|
         |kk/
        .'oo|
       /oooo|
      (zzzz/
"""
_BACK = r"""
            .---
          .'ssss
          |tbbbb
         e|tbbbb
         e|bbbbb
           `.jjb
             |nn
      __..--'nnn
   .-'SSSSSuuuuu
  /SSSSSSuuuuuuu
  |UUUU|uuuuuuuu
  |UUU/|RRRRuuuu
  |UUU| \RRRmmmm
  |EEE|  |RRmmmm
 /FFF/   |Rlllll
 |FFF|  /hllllll
/FFF/  /hhhllaaa
|WWW|  |hhxxxxaa
|HHH|  |hxxxxxx/
|NNN|  |xxxxxx|
`--'   |qqqqqq|
        \qqqqq|
        |qqqqq|
        |KKKK/
        |KKKK|
        |vvvv|
        |vvvv|
         \vvv|
         |kk/
         |dd|
        .'oo|
        `---'
"""
_LETTERS = """\
s scalp_top, b scalp_back, f forehead, t temple, y eye, e ear, c face, j jaw, T throat, n neck
S shoulder, U upper_arm, E elbow, F forearm, W wrist, H hand, N fingers
C chest, R ribs, A abdomen_up, B abdomen_lo, P pelvis, G groin, g genital
u upper_back, l low_back, a tailbone, x buttock, h hip
Q thigh_front, q thigh_back, K knee, I shin, v calf, k ankle, d heel, o foot, z toes"""
_OF_VIEW = {"front": {"m": "mouth"}, "back": {"m": "mid_back"}}
_MIRRORED = str.maketrans("/\\()`'", "\\/)('`")


class Cell(NamedTuple):
    """One sign of the figure: a piece of the outline (or a space), or a place in the region of an id."""

    sign: str
    region: str


@cache
def figure(view: View) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of a view, ``WIDTH`` cells each."""
    drawn = (_FRONT if view == "front" else _BACK).strip("\n").splitlines()
    letters = dict(pair.split() for pair in _LETTERS.replace("\n", ", ").split(", ")) | _OF_VIEW[view]
    at_left, at_right = ("r", "l") if view == "front" else ("l", "r")
    rows = []
    for row in drawn:
        half = row.ljust(_HALF)
        other = half[::-1].translate(_MIRRORED)
        rows.append((*(_cell(s, letters, at_left) for s in half), *(_cell(s, letters, at_right) for s in other)))
    return tuple(rows)


def heading(view: View) -> str:
    """Name a view and the sides of the one who is drawn, over a figure of ``WIDTH`` columns."""
    left, right = ("your RIGHT", "your LEFT") if view == "front" else ("your LEFT", "your RIGHT")
    name = f"{view.upper():^{WIDTH}}"
    return left + name[len(left) : WIDTH - len(right)] + right


def _cell(sign: str, letters: dict[str, str], side: str) -> Cell:
    base = letters.get(sign, "")
    sided = base and base not in all_regions()
    return Cell(" " if base else sign, f"{base}_{side}" if sided else base)
