"""What painlog must know of Typer's insides, in one place: Typer 0.28 and the click that it carries within.

Its own classes for commands and groups, what Typer refuses in painlog's words, everything that can be completed, and
scripts of painlog's own for a shell. Another Typer may change ``typer._click`` and ``typer._completion_shared``.
"""

import itertools
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer
from typer import _completion_shared
from typer._click import HelpFormatter
from typer._click.exceptions import BadOptionUsage, BadParameter, MissingParameter, NoSuchOption, UsageError
from typer._click.utils import _escape_control_characters
from typer.core import TyperCommand, TyperGroup

from painlog.domain.language.suggestions import did_you_mean, suggest
from painlog.errors import BadInput
from painlog.view.terminal import narrow, width

if TYPE_CHECKING:
    from pathlib import Path

    from typer._click import Command, Context, Parameter

    from painlog.cli.shell.scripts import Place

Function = Callable[..., None] | typer.Typer
PLAIN = "--plain"
_COMPLETION = ("--install-completion", "--show-completion")
_NEGATIVE = re.compile(r"-\d\S*")
_NARROW = 52  # columns from which the help has room enough by click's own reckoning


# Commands


@contextmanager
def _completing_for(shell: str) -> Iterator[None]:
    """Have Typer take a shell for the one it runs in; nobody but the person may write what a shell will run."""
    modules = [vars(each) for each in (_completion_shared, typer.completion)]
    before, detect = os.umask(0), _completion_shared._get_shell_name
    os.umask(before | 0o022)
    try:
        for module in modules:
            module["_get_shell_name"] = lambda: shell
        yield
    finally:
        os.umask(before)
        for module in modules:
            module["_get_shell_name"] = detect


class NarrowHelp(HelpFormatter):
    """Lays a help out for a terminal where its columns have little room."""

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl(rows, min(col_max, self.width // 3), col_spacing)


def _fit_help(get_help: Callable[["Context"], str], ctx: "Context") -> str:
    if (room := width()) < _NARROW:
        ctx.terminal_width, ctx.formatter_class = room - 2, NarrowHelp
    return narrow(get_help(ctx))


class PlainCommand(TyperCommand):
    """A command that says which words are too many for it."""

    def get_help(self, ctx: "Context") -> str:
        return _fit_help(super().get_help, ctx)

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        _refuse_twice(ctx, args)
        left = _parse(super().parse_args, ctx, _take_plain(ctx, args))
        if left and not ctx.resilient_parsing:
            import shlex

            words = " ".join(map(_escape_control_characters, left)).strip()
            count = "are words" if re.search(r"\s", words) else "is one word"
            has_text = any("--text" in param.opts for param in self.params)
            how = f"--text {shlex.quote(words)} looks for it" if has_text else "--help shows how"
            raise BadInput(f"'{words}' {count} too many; {ctx.command_path} {how}")
        return left


class ValueCommand(PlainCommand):
    """A command that reads ``-1`` as a value, so that it can be refused as one."""

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        return super().parse_args(ctx, [f" {arg}" if _NEGATIVE.fullmatch(arg) else arg for arg in args])


class PassingCommand(PlainCommand):
    """A command that takes all words but its own ``--help`` as another one's command line."""

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        return super().parse_args(ctx, args if args[:1] in (["-h"], ["--help"]) else ["--", *args])


class CommandGroup(TyperGroup):
    """A command that has commands of its own, and suggests some of them for a word that is none."""

    most_suggestions = 1

    def get_help(self, ctx: "Context") -> str:
        return _fit_help(super().get_help, ctx)

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        return _parse(super().parse_args, ctx, _take_plain(ctx, args) if ctx.parent else args)

    def resolve_command(self, ctx: "Context", args: list[str]) -> "tuple[str | None, Command | None, list[str]]":
        name = args[0]
        if self.get_command(ctx, name) or (ctx.parent and ctx.resilient_parsing):
            return super().resolve_command(ctx, args)
        if ctx.parent and not name[:1].isalnum():
            self.parse_args(ctx, args)  # which refuses an option
        near_misses = suggest(name, self.list_commands(ctx), self.most_suggestions)
        hint = did_you_mean(near_misses) or f"; {ctx.command_path} --help lists them"
        raise BadInput(f"{name!r} is not a command{f' of {ctx.command_path}' if ctx.parent else ''}{hint}")


class LateGroup(CommandGroup):
    """The group of all commands, each made when it is asked for."""

    most_suggestions = 3
    names: Collection[str] = ()  # in the order of the help
    passing: Collection[str] = ()  # of the commands whose words are another command line

    def help_lines(self) -> Mapping[str, Mapping[str, str]]:
        """Return every command's line of help by its name, under the headings of the help."""
        raise NotImplementedError

    def load(self, name: str) -> Function:
        """Return the function of a command, or the group of its own commands."""
        raise NotImplementedError

    def scripts(self) -> Mapping[str, str]:
        """Return the script that each shell keeps for TAB, by the shell's name."""
        raise NotImplementedError

    def other_words(self, journal: "Path | None", words: Sequence[str]) -> list[str]:
        """Return the command line that words stand for which begin with no command; none where they are none."""
        raise NotImplementedError

    def resolve_command(self, ctx: "Context", args: list[str]) -> "tuple[str | None, Command | None, list[str]]":
        args = _with_name(self.names, args)
        if not ctx.resilient_parsing and args[0] not in self.names:
            args = self.other_words(ctx.params.get("journal"), args) or args
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        before = itertools.takewhile(lambda word: word not in self.names, args)
        asked = next((word for word in before if word in _COMPLETION), "")
        if not asked:
            return super().parse_args(ctx, args)
        ours = {shell: script.replace("%", "%%") for shell, script in self.scripts().items()}
        known = _completion_shared._completion_scripts = _completion_shared._completion_scripts | ours
        place = args.index(asked) + 1
        shell = args[place] if args[place:] else _completion_shared._get_shell_name()
        if shell not in known:
            said = f"{shell!r} is no shell" if shell else "no shell was found above this program"
            raise BadInput(f"{said}; name bash, zsh or fish: painlog {asked} bash")
        with _completing_for(shell):  # Typer shows and installs ours in the place of its own
            return super().parse_args(ctx, args[:place])

    def list_commands(self, ctx: "Context") -> list[str]:
        return list(self.names)

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":
        if cmd_name not in self.names:
            return None
        if cmd_name not in self.commands:
            cls = PassingCommand if cmd_name in self.passing else ValueCommand
            self.commands[cmd_name] = _make_command(cmd_name, self.load(cmd_name), cls)
        return self.commands[cmd_name]

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        for heading, lines in self.help_lines().items():
            with formatter.section(heading):
                formatter.write_dl([*lines.items()])


def _with_name(names: Collection[str], words: list[str]) -> list[str]:
    """Return a command line with its command as it is written: check-in and help now are checkin and help-now."""
    by_letters = {name.replace("-", ""): name for name in names}
    if words[1:] and words[1].isalpha() and (name := by_letters.get("".join(words[:2]))):
        return [name, *words[2:]]
    name = by_letters.get(words[0].replace("-", ""))
    return words if name is None or words[0].startswith("-") else [name, *words[1:]]


def _parse(parse: Callable[["Context", list[str]], list[str]], ctx: "Context", args: list[str]) -> list[str]:
    """Let Typer parse words; what it refuses says of which command."""
    try:
        return parse(ctx, args)
    except UsageError as error:
        error.ctx = error.ctx or ctx
        raise


def _refuse_twice(ctx: "Context", args: Sequence[str]) -> None:
    """Refuse an option with a value that is given twice, since one of them would be lost. Raises BadInput."""
    valued = {name: param for param in ctx.command.get_params(ctx) if _takes_value(param) for name in param.opts}
    seen = set[str]()
    words = iter(args[: args.index("--")] if "--" in args else args)
    for word in words:
        name, equals, _ = word.partition("=")
        if (param := valued.get(name)) is None:
            continue
        if param.name in seen and not getattr(param, "multiple", False):
            raise BadInput(f"{name} is given twice; leave one of them out")
        seen.add(str(param.name))
        if not equals:
            next(words, "")


def _takes_value(param: "Parameter") -> bool:
    return param.param_type_name == "option" and not getattr(param, "is_flag", False)


def _take_plain(ctx: "Context", args: list[str]) -> list[str]:
    """Take ``--plain`` after a command as before it, up to ``--``."""
    options = args[: args.index("--")] if "--" in args else args
    if PLAIN not in options:
        return args
    if ctx.obj is not None:
        ctx.obj = ctx.obj._replace(plain=True)
    return [*(word for word in options if word != PLAIN), *args[len(options) :]]


def _make_command(name: str, function: Function, cls: type[PlainCommand]) -> "Command":
    if isinstance(function, typer.Typer):
        for each in function.registered_commands:
            each.cls = PlainCommand
        function.info.cls = CommandGroup
        group = typer.main.get_command(function)
        group.name = name
        return group
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name, cls=cls)(function)
    return typer.main.get_command(alone)


def run_words(command: Any, words: Sequence[str] | None) -> int:
    """Run a command line, that of the process if None, and return its exit code. Raises what its commands raise."""
    return int(command(args=words, prog_name="painlog", standalone_mode=False) or 0)


def command_help(ctx: typer.Context, name: str) -> str | None:
    """Return the help of a command by its name, None where there is no such command."""
    root = ctx.find_root()
    (name,) = _with_name(root.command.names, [name])  # type: ignore[attr-defined]
    command = root.command.get_command(root, name)  # type: ignore[attr-defined]
    return command.get_help(type(ctx)(command, info_name=name, parent=root)) if command else None


# What is refused


def explain_refusal(error: typer.TyperException) -> str:
    """Say what Typer refuses as painlog says it; as Typer does, where that is something else."""
    ctx = error.ctx if isinstance(error, UsageError) else None
    command = ctx.command_path if ctx else "painlog"
    if isinstance(error, MissingParameter) and error.param:
        name = error.param.human_readable_name.split(" ")[0].rstrip(".")
        return f"{name} is missing; {command} --help shows how"
    if isinstance(error, NoSuchOption):
        option = _escape_control_characters(error.option_name).strip()
        root = ctx.find_root() if ctx else None
        if root and any(option in param.opts for param in root.command.params):
            value = "" if _is_flag(root, option) else " FILE"
            return f"{option} goes before the command: painlog {option}{value}{command.removeprefix(root.command_path)}"
        hint = did_you_mean(suggest(error.option_name, error.possibilities or (), most=1))
        return f"there is no option {option}{hint or f'; {command} --help lists them'}"
    if isinstance(error, BadOptionUsage) and ctx:
        return f"{error.option_name} {'takes no' if _is_flag(ctx, error.option_name) else 'needs a'} value"
    if isinstance(error, BadParameter):
        hinted = error.param.get_error_hint(ctx) if error.param and ctx else None
        if named := error.param_hint or hinted:
            clean = str(named).strip("'")
            return f"{clean}: {error.message.removesuffix('.')}"
    return error.format_message()


def _is_flag(ctx: "Context", option: str) -> bool:
    return any(option in param.opts and getattr(param, "is_flag", False) for param in ctx.command.get_params(ctx))


# What can be completed


def find_places(command: "Command", parent: "Context | None" = None, key: str = "") -> "Iterator[Place]":
    """Yield every place of a command and of its own commands where something can be completed.

    Its context holds a list, in which the functions of ``completion`` note what they would ask a journal.
    """
    from painlog.cli.shell.scripts import Place, Word

    ctx = command.make_context(key or "painlog", [], parent, resilient_parsing=True)
    asks: list[str] = []
    ctx.obj = asks
    options = [param for param in command.get_params(ctx) if param.param_type_name == "option"]
    valued = {flag: param for param in options if not getattr(param, "is_flag", False) for flag in param.opts}
    names = getattr(command, "list_commands", lambda _: ())(ctx)
    commands = {name: command.get_command(ctx, name) for name in names}  # type: ignore[attr-defined]
    yield Place(
        key,
        tuple(Word(name, each.get_short_help_str()) for name, each in commands.items()),
        tuple(Word(flag, _help_of(param)) for param in options for flag in _flags(param)),
        tuple(valued),
    )
    arguments = [param for param in command.get_params(ctx) if param.param_type_name == "argument"]
    numbered = {"+" if param.nargs == -1 else str(i): param for i, param in enumerate(arguments, 1)}
    for name, param in (valued | numbered).items():
        asks.clear()
        words = tuple(Word(item.value, item.help or "") for item in param.shell_complete(ctx, ""))
        if words or asks:
            yield Place(f"{key} {name}".strip(), words, asks=" ".join(asks))
    for name, each in commands.items():
        yield from find_places(each, ctx, f"{key} {name}".strip())


def _flags(param: "Parameter") -> list[str]:
    """Return how an option may be typed, the longest first: Typer keeps those of the help in no order."""
    return sorted((*param.opts, *param.secondary_opts), key=len, reverse=True)


def _help_of(param: "Parameter") -> str:
    return " ".join(str(getattr(param, "help", "") or "").split())
