"""Pictures for a page as SVG text: elements, words made safe, and the frame every picture stands in.

A picture is inline in a page: it refers to nothing outside, runs nothing, and says in ``title`` and ``desc`` what it
shows.
"""

from html import escape

from painlog.view.visible import visible

FONT = "sans-serif"
LINE = "#444444"
INK = "#1a1a1a"
QUIET = "#5a5a5a"
PAPER = "#ffffff"
Number = int | float
Attributes = dict[str, str | Number]


def words(text: str) -> str:
    """Make a person's text safe within XML and HTML: one line, no controls, no markup."""
    return escape(visible(text).translate({0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}), quote=True)


def element(name: str, *inside: str, **given: str | Number) -> str:
    """Write an element; ``inside`` is markup already, and attributes' underscores become hyphens."""
    attributes = "".join(f' {key.rstrip("_").replace("_", "-")}="{_shown(value)}"' for key, value in given.items())
    return f"<{name}{attributes}>{''.join(inside)}</{name}>" if inside else f"<{name}{attributes}/>"


def label(text: str, x: Number, y: Number, **given: str | Number) -> str:
    """Write words at a place."""
    return element("text", words(text), x=x, y=y, **(Attributes(fill=INK) | given))


def picture(title: str, description: str, width: Number, height: Number, *inside: str) -> str:
    """Write a whole picture of so many units, as wide as its place on the page at most."""
    return element(
        "svg",
        element("title", words(title)),
        element("desc", words(description)),
        element("rect", width=width, height=height, fill=PAPER),
        *inside,
        role="img",
        viewBox=f"0 0 {_shown(width)} {_shown(height)}",
        width=width,
        height=height,
        font_family=FONT,
        style="max-width:100%;height:auto",
    )


def _shown(value: str | Number) -> str:
    return escape(value, quote=True) if isinstance(value, str) else f"{round(value, 2):g}"
