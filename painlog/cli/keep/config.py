"""Settings: ``config`` and its commands. They are no entries of the journal, so each says itself how to undo it."""

import shlex
from collections.abc import Sequence
from itertools import chain
from typing import Annotated

import typer

from painlog.cli.session import Session, group
from painlog.cli.shell import completion
from painlog.cli.talk import say, tell, tell_paragraph
from painlog.domain.daily_questions import find_question
from painlog.domain.setting_types import SETTINGS, Setting, find_setting
from painlog.domain.settings import Settings
from painlog.exchange.config_file import change_config, names_set, read_config
from painlog.view.terminal import line_room, term, wrap_text

Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME", help="A setting, as painlog config lists it.", autocompletion=completion.fixed_words(*SETTINGS)
    ),
]
_INDENT = " " * (max(map(len, SETTINGS)) + 2)

config_ = group()


@config_.callback()
def config(ctx: typer.Context) -> None:
    """See and change the settings.

    \b
      painlog config
      painlog config set day_starts 04:00
      painlog config unset day_starts
    """
    if ctx.invoked_subcommand is None:
        list_(ctx)


@config_.command("list")
def list_(ctx: typer.Context) -> None:
    """List every setting, its value and what it is for.

    \b
      painlog config list
    """
    session: Session = ctx.obj
    settings = _read(session)
    given = names_set(session.config_path)
    for setting in SETTINGS.values():
        tell(_row(setting, settings, "set" if setting.name in given else "default"))


@config_.command("get")
def get_(ctx: typer.Context, name: Name) -> None:
    """Print the value of one setting, for scripts.

    \b
      painlog config get country
    """
    setting = find_setting(name)
    tell(term(setting.show(getattr(_read(ctx.obj), name))))


@config_.command("set")
def set_(
    ctx: typer.Context,
    name: Name,
    value: Annotated[list[str], typer.Argument(metavar="VALUE...", help='The new value; "" for none.')],
) -> None:
    """Change a setting; comments in the file stay.

    \b
      painlog config set day_starts 04:00
      painlog config set evening_questions pain_average, mood
    """
    text = " ".join(value)
    if name.endswith("_questions"):
        _check_questions(ctx.obj, find_setting(name).read(text))
    _change(ctx.obj, name, text, "now")


@config_.command("unset")
def unset_(ctx: typer.Context, name: Name) -> None:
    """Put a setting back to its default.

    \b
      painlog config unset day_starts
    """
    _change(ctx.obj, name, None, "back to its default,")


@config_.command("path")
def path_(ctx: typer.Context) -> None:
    """Print where the settings file is, or would be.

    \b
      painlog config path
    """
    session: Session = ctx.obj
    tell(term(str(session.config_path)))


def _read(session: Session) -> Settings:
    """Return the settings, having said what is wrong in the file."""
    settings, problems = read_config(session.config_path)
    for problem in problems:
        say(f"painlog: {term(problem)}")
    return settings


def _check_questions(session: Session, names: Sequence[str]) -> None:
    """Refuse a question that checkin could not ask. Raises BadInput."""
    with session.reading() as journal:
        for name in names:
            find_question(name, list(journal.kinds.own.values()))


def _change(session: Session, name: str, text: str | None, became: str) -> None:
    """Set or unset, and say what holds now and how to go back."""
    setting = find_setting(name)
    path = session.config_path
    back = f"unset {name}"
    if name in names_set(path):
        back = f"set {name} {shlex.quote(setting.show(getattr(read_config(path)[0], name)))}"
    if not change_config(path, name, text):
        say("nothing was changed")
        return
    tell_paragraph(f"{name} is {became} {_show(setting, read_config(path)[0])}")
    tell(f"undo: painlog config {term(back)}")


def _row(setting: Setting, settings: Settings, state: str) -> str:
    """A setting with its value on one line, what it is for below."""
    value = f"{setting.name:<{len(_INDENT)}}{_show(setting, settings)} ({state})"
    lines = wrap_text(value, line_room(), later=_INDENT), wrap_text(setting.help, line_room(), _INDENT, _INDENT)
    return "\n".join(chain(*lines))


def _show(setting: Setting, settings: Settings) -> str:
    return term(setting.show(getattr(settings, setting.name))) or "none"
