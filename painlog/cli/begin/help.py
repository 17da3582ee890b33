"""``help``: how to say things, the grammar of dates, the body regions, and any command."""

from textwrap import wrap
from typing import Annotated

import typer

from painlog.cli import log_examples
from painlog.cli.shell import completion
from painlog.cli.typer_adapter import command_help
from painlog.domain.language.dates import GRAMMAR
from painlog.domain.regions import all_regions
from painlog.errors import BadInput
from painlog.view.terminal import PAGE_WIDTH, narrow, wrap_text

TOPICS = ("log", "dates", "regions")
_SIDES = (
    "* has two sides: knee_l, knee_r, left knee, or both knees; knee alone leaves the side open. Left and right are "
    "always your own."
)
_SAID = "Say it as you like: low back left, back of thigh, both hands. A score of its own: knee_r:4."


def help_(
    ctx: typer.Context,
    topic: Annotated[
        str | None,
        typer.Argument(
            metavar="TOPIC", help="log, dates, regions, or a command.", autocompletion=completion.fixed_words(*TOPICS)
        ),
    ] = None,
) -> None:
    """Explain dates, body regions or a command.

    \b
      painlog help log
      painlog help dates
      painlog help regions
    """
    if topic is None:
        print(ctx.find_root().get_help())
    elif topic == "dates":
        print(narrow(GRAMMAR))
    elif topic == "log":
        print(narrow("\n".join(log_examples.lines())))
    elif topic == "regions":
        print(narrow(regions_text()))
    else:
        text = command_help(ctx, topic)
        if text is None:
            raise BadInput(f"there is no help on {topic!r}; there is on {', '.join(TOPICS)} and every command")
        print(text)


def regions_text() -> str:
    """Every region by group, sides in short."""
    groups: dict[str, list[str]] = {}
    for region in all_regions().values():
        base = region.id.removesuffix(f"_{region.side}") if region.side else region.id
        shown = f"{base}{'*' if region.side else ''}"
        names = groups.setdefault(region.group, [])
        if shown not in names:
            names.append(shown)
    lines = [line for group, names in groups.items() for line in _hung(group, " ".join(names))]
    return "\n".join([
        *lines,
        "",
        *wrap_text(_SIDES, PAGE_WIDTH),
        *wrap_text(_SAID, PAGE_WIDTH),
        'Anywhere else: "other:scar on the shin".',
    ])


def _hung(head: str, text: str) -> list[str]:
    """A head and its words, further lines under the first word."""
    return wrap(text, PAGE_WIDTH, initial_indent=f"{head:<7}", subsequent_indent=" " * 7, break_on_hyphens=False)
