"""Shades from light to dark, one scale of lightness for the terminal and for a printed page.

Every shade stands beside a digit, a sign or a number that says the same, so that nothing is told by colour alone.
"""

from typing import NamedTuple

LEVELS = 4
MARK = "#e06a1e"  # for signs that carry their own density; seen on a light and on a dark terminal


class Shade(NamedTuple):
    """A background and the ink that can be read on it (contrast of 4.5 or more), as ``#rrggbb``."""

    paper: str
    ink: str


_INKS = ("#000000", "#000000", "#000000", "#ffffff", "#ffffff")
_WARM = ("#fff3e0", "#fdd49e", "#fc9a57", "#b8410b", "#6b1d00")  # where high is the worse end
_COOL = ("#eaf3fb", "#c6dbef", "#7fb8dc", "#2467a8", "#08306b")  # where high is the better one
_GREY = ("#f2f2f2", "#d9d9d9", "#a8a8a8", "#666666", "#2b2b2b")  # where neither is


def shade(level: int, better: str) -> Shade:
    """Return the shade of a level from 0 (light) to ``LEVELS`` (dark); its hue says which end is the better one."""
    papers = {"low": _WARM, "high": _COOL}.get(better, _GREY)
    return Shade(papers[level], _INKS[level])


def level_of(share: float) -> int:
    """Return the level of a share from 0 to 1, each level as wide as the others."""
    return min(LEVELS, max(0, int(share * (LEVELS + 1))))
