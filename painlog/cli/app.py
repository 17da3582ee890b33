"""The command line as a whole: its commands, and what is asked before any of them.

A command's module is imported when the command is used. Record commands are made from the registry of kinds.
"""

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from painlog import __version__
from painlog.cli.sections import MODULES, help_lines
from painlog.cli.session import begin_session
from painlog.cli.talk import tell
from painlog.cli.typer_adapter import Function, LateGroup, find_places, run_words
from painlog.domain.kinds.registry import KINDS


class Commands(LateGroup):
    """All commands of painlog."""

    names = MODULES
    passing = ("demo",)

    def help_lines(self) -> Mapping[str, Mapping[str, str]]:
        return help_lines()

    def load(self, name: str) -> Function:
        module = import_module(f"painlog.cli.{MODULES[name]}")
        if MODULES[name] == "kind_commands":
            made: Function = module.command(KINDS[name]) if name in KINDS else module.rating_command(name)
            return made
        function: Function = getattr(module, f"{name.replace('-', '_')}_")
        return function

    def other_words(self, journal: Path | None, words: Sequence[str]) -> list[str]:
        from painlog.cli.record_line import line_without_command

        return line_without_command(begin_session(journal, plain=True, warns=False), words)

    def scripts(self) -> Mapping[str, str]:
        from painlog.cli.shell.scripts import fill_scripts

        return fill_scripts(find_places(self))


def _print_version(asked: bool) -> None:
    if asked:
        tell(f"painlog {__version__}")
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
    plain: Annotated[
        bool, typer.Option("--plain", help="Words for a screen reader, a fact a line; no colour.")
    ] = False,
    version: Annotated[  # noqa: ARG001  (its callback answers)
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Say which painlog this is.")
    ] = False,
) -> None:
    """A private journal for people who live with chronic pain.

    \b
      painlog pain 6                                        how much it hurts
      painlog log pain 6 low back left, mood 4, slept 5h30  a day in one line
      painlog week                                          a page for a visit
      painlog chart pain mood --period 28d                  how they move
      painlog help tour                                     a first week

    painlog does not diagnose, treat or watch over you, and no one sees what you write unless you share it. Do not
    change medicines over what it shows; talk to your doctor or pain team. If today feels like too much: painlog
    help-now.
    """
    ctx.obj = begin_session(journal, plain=plain, warns=ctx.invoked_subcommand != "config")
    if ctx.invoked_subcommand is None:
        _print_overview(ctx)


def _print_overview(ctx: typer.Context) -> None:
    """Show today at a glance to who sits at a terminal, and do what a key says; show the help in a pipe."""
    if not sys.stdout.isatty():
        tell(ctx.get_help())
        return
    from painlog.cli.look.glance import print_glance
    from painlog.cli.prompts import is_there_somebody

    asks_medicines = print_glance(ctx.obj)
    if is_there_somebody():
        from painlog.cli.landing import take_key

        if words := take_key(ctx.obj, asks_medicines=asks_medicines):
            journal = ["--journal", str(ctx.obj.journal)] if ctx.obj.journal else []
            raise typer.Exit(run([*journal, *(["--plain"] if ctx.obj.plain else []), *words]))


def run(words: Sequence[str] | None) -> int:
    """Run a command line, that of the process if None, and return its exit code. Raises what its commands raise."""
    return run_words(typer.main.get_command(typer_app), words)
