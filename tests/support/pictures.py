"""Screens as SVG, drawn by rich's own recorder. They name no font that a page which shows one would have to fetch."""

import html
import io
import re
from collections.abc import Iterable

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

WIDTH = 80
_FORMAT = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


def draw_screen(name: str, lines: Iterable[str]) -> str:
    """Return an SVG of lines whose colours are ANSI's sequences."""
    console = Console(
        record=True,
        width=WIDTH,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
    )
    for line in lines:
        console.print(Text.from_ansi(line), no_wrap=True, crop=True)
    drawn = console.export_svg(title="painlog", code_format=_FORMAT, unique_id=f"painlog-{name}")
    return "".join(f"{line.rstrip()}\n" for line in drawn.splitlines())


def words_of(svg: str) -> list[str]:
    """Return what a picture shows, line by line: the rest of it is rich's, and may change with it."""
    found: dict[float, list[str]] = {}
    for place, words in re.findall(r'<text class="[^"]*" x="[^"]*" y="([^"]*)"[^>]*>(.*?)</text>', svg):
        found.setdefault(float(place), []).append(html.unescape(words).replace("\xa0", " "))
    return ["".join(parts).rstrip() for _, parts in sorted(found.items())]
