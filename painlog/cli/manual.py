"""The manual: its pages by name, each a file of Markdown that is installed with painlog."""

from importlib.resources import files

from painlog.view.manual import Block, manual_lines, parse_manual, plain_manual, style_manual
from painlog.view.terminal import MOST_WIDTH, TextLine, width

PAGES = {
    "tour": "a first week in ten minutes",
    "commands": "every command, with an example",
    "log": "what a line may say, in twenty lines",
    "times": "days, times and periods",
    "page": "the page for a visit, and files of it",
    "patterns": "what moves together, and how it is computed",
    "plan": "medicines, therapies, support and goals",
    "import": "coming from another app or a table",
    "export": "tables and files for others",
    "sync": "two devices",
    "encryption": "what is sealed, and what is not",
    "recovery": "backups, repair, and taking words back",
    "settings": "what can be set, and the surroundings",
    "python": "the same statistics for any table of days",
    "changes": "what is new",
}


def read_page(name: str) -> list[Block]:
    """Return the blocks of a page of the manual."""
    return parse_manual((files("painlog") / "manual" / f"{name}.md").read_text(encoding="utf-8"))


def list_pages() -> list[str]:
    """Return what there is to read, a line each."""
    rows = [f"  painlog help {name:<12}{about}" for name, about in PAGES.items()]
    also = ["  painlog help regions     places of the body", "  painlog help COMMAND     what a command takes"]
    return ["The manual:", *rows, *also]


def page_lines(name: str, *, styled: bool) -> list[TextLine]:
    """Return a page for the width of the terminal, code in marks or in a style."""
    lines = manual_lines(read_page(name), min(width(), MOST_WIDTH))
    return [*style_manual(lines)] if styled else [*plain_manual(lines)]
