"""The command line as a whole: how commands are found, and how their help reads.

A command's module is imported when the command is used. Record commands are made from the registry of kinds.
"""

import re
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from painlog import __version__
from painlog.cli.sections import MODULES, SECTIONS
from painlog.cli.session import begun
from painlog.domain.kinds.registry import KINDS
from painlog.errors import BadInput

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter

PASSES_ON = "demo"
_NEGATIVE = re.compile(r"-\d\S*")


class ValueCommand(TyperCommand):
    """A command that reads ``-1`` as a value, so that it can be refused as one."""

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        return super().parse_args(ctx, [f" {arg}" if _NEGATIVE.fullmatch(arg) else arg for arg in args])


class PassingCommand(TyperCommand):
    """A command that takes all words but its own ``--help`` as another one's command line."""

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        return super().parse_args(ctx, args if args[:1] in (["-h"], ["--help"]) else ["--", *args])


class Commands(TyperGroup):
    """The group of all commands, each made when it is asked for."""

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        if any(arg.endswith("-completion") for arg in args[:1]):
            from painlog.cli.shell.scripts import hand_to_typer

            hand_to_typer()
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: "Context") -> list[str]:
        return list(MODULES)

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":
        if cmd_name not in MODULES:
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = _made(cmd_name, _function(cmd_name))
        return self.commands[cmd_name]

    def resolve_command(self, ctx: "Context", args: list[str]) -> "tuple[str | None, Command | None, list[str]]":
        if args and args[0] not in MODULES:
            raise BadInput(f"{args[0]!r} is not a command{_near(args[0])}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        for title, names in SECTIONS.items():
            commands = ((name, self.get_command(ctx, name)) for name in names)
            with formatter.section(title):
                formatter.write_dl([(name, found.get_short_help_str(64)) for name, found in commands if found])


def _function(name: str) -> Callable[..., None] | typer.Typer:
    """A command's function, or the group of its own commands."""
    module = import_module(f"painlog.cli.{MODULES[name]}")
    if MODULES[name] == "kind_commands":
        made: Callable[..., None] = module.command(KINDS[name]) if name in KINDS else module.rating_command(name)
        return made
    found: Callable[..., None] | typer.Typer = getattr(module, f"{name.replace('-', '_')}_")
    return found


def _made(name: str, function: Callable[..., None] | typer.Typer) -> "Command":
    if isinstance(function, typer.Typer):
        group = typer.main.get_command(function)
        group.name = name
        return group
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name, cls=PassingCommand if name == PASSES_ON else ValueCommand)(function)
    return typer.main.get_command(alone)


def _near(name: str) -> str:
    from painlog.domain.language.suggestions import did_you_mean, near

    return did_you_mean(near(name, MODULES)) or "; painlog --help lists them"


def _version(asked: bool) -> None:
    if asked:
        print(f"painlog {__version__}")
        raise typer.Exit


typer_app = typer.Typer(
    cls=Commands,
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


@typer_app.callback()
def painlog(
    ctx: typer.Context,
    journal: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Use this journal (or set PAINLOG_JOURNAL).")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="No colour, whatever the terminal.")] = False,
    version: Annotated[  # noqa: ARG001  (its callback answers)
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which painlog this is.")
    ] = False,
) -> None:
    """A private journal for people who live with chronic pain.

    \b
      painlog pain 6                                        how much it hurts
      painlog log pain 6 low back left, mood 4, slept 5h30  a day in one line
      painlog week                                          a page for a visit
      painlog chart pain mood --period 28d                  how they move

    painlog does not diagnose, treat or watch over you, and no one sees what you write unless you share it. Do not
    change medicines over what it shows; talk to your doctor or pain team. If today feels like too much: painlog
    help-now.
    """
    ctx.obj = begun(journal, plain=plain, warns=ctx.invoked_subcommand != "config")
    if ctx.invoked_subcommand is None:
        _alone(ctx)


def _alone(ctx: typer.Context) -> None:
    """Without a command: today at a glance for who sits at a terminal, the help for a pipe."""
    if not sys.stdout.isatty():
        print(ctx.get_help())
        return
    from painlog.cli.look.glance import print_glance

    print_glance(ctx.obj)


def app(**given: Any) -> int:
    """Run the command line; returns an exit code."""
    return int(typer.main.get_command(typer_app)(**given) or 0)
