"""``help``: the manual, page by page, the body regions, and any command."""

from textwrap import wrap
from typing import Annotated

import typer

from painlog.cli.manual import PAGES, list_pages, page_lines
from painlog.cli.pager import show_paged
from painlog.cli.sections import MODULES
from painlog.cli.session import Session
from painlog.cli.shell import completion
from painlog.cli.talk import tell
from painlog.cli.typer_adapter import command_help
from painlog.domain.language.suggestions import did_you_mean, suggest
from painlog.domain.regions import all_regions
from painlog.errors import BadInput
from painlog.view.terminal import is_styled, line_room, wrap_text

TOPICS = (*PAGES, "manual", "dates", "regions")
_ALSO = {"dates": "times"}  # pages by another name
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
            metavar="TOPIC",
            help="A page of the manual, regions, or a command.",
            autocompletion=completion.fixed_words(*TOPICS, *(name for name in MODULES if name not in TOPICS)),
        ),
    ] = None,
) -> None:
    """Read the manual: a first week, times, body regions, a command.

    \b
      painlog help manual
      painlog help log
      painlog help times
      painlog help regions
    """
    session: Session = ctx.obj
    page = _ALSO.get(topic or "", topic)
    if page is None:
        tell(ctx.find_root().get_help())
    elif page in PAGES:
        show_paged(page_lines(page, styled=is_styled(plain=session.plain)), plain=session.plain)
    elif page == "manual":
        tell("\n".join(list_pages()))
    elif page == "regions":
        tell(regions_text())
    else:
        tell(_command_help(ctx, page))


def _command_help(ctx: typer.Context, name: str) -> str:
    text = command_help(ctx, name)
    if text is None:
        near_misses = suggest(name, (*TOPICS, *MODULES))
        hint = did_you_mean(near_misses) or "; painlog help manual lists what there is"
        raise BadInput(f"there is no help on {name!r}{hint}")
    return text


def regions_text() -> str:
    """Every region by group, sides in short."""
    groups: dict[str, list[str]] = {}
    for region in all_regions().values():
        base = region.id.removesuffix(f"_{region.side}") if region.side else region.id
        shown = f"{base}{'*' if region.side else ''}"
        names = groups.setdefault(region.group, [])
        if shown not in names:
            names.append(shown)
    lines = [line for group, names in groups.items() for line in _hang(group, " ".join(names))]
    return "\n".join([
        *lines,
        "",
        *wrap_text(_SIDES, line_room()),
        *wrap_text(_SAID, line_room()),
        'Anywhere else: "other:scar on the shin".',
    ])


def _hang(head: str, text: str) -> list[str]:
    """A head and its words, further lines under the first word."""
    return wrap(text, line_room(), initial_indent=f"{head:<7}", subsequent_indent=" " * 7, break_on_hyphens=False)
