"""The commands that record one entry, made from the registry: ``pain``, ``mood``, ``sleep``, ``note`` and the like."""

import inspect
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import typer

from painlog.cli.capture import gather_texts, options_of, record
from painlog.cli.options import AtOption, SecondOption
from painlog.cli.session import Session
from painlog.cli.shell import completion
from painlog.domain.kinds.kind import NOTE, Kind
from painlog.domain.kinds.registry import KINDS, VERBS
from painlog.domain.language.dates import Moment
from painlog.errors import BadInput

Instead = Callable[[Session, dict[str, list[str]], Moment], bool]
Arrange = Callable[[Session, list[str], str, dict[str, Any]], None]


def command(
    kind: Kind, instead: Instead = lambda *_: False, arrange: Arrange | None = None, example_ahead: str = ""
) -> Callable[..., None]:
    """Make the command of a kind: its main value positional, each other field an option, ``--at`` and ``--second``.

    ``instead`` is tried first; where it returns true, what was said is done with. With ``arrange`` there is
    ``--ahead WHEN``, whose words and options go there.
    """

    def made(ctx: typer.Context, at: str | None, second: bool, words: list[str] | None, **options: Any) -> None:
        session: Session = ctx.obj
        if (ahead := options.pop("ahead", None)) is not None and arrange:
            if at is not None:
                raise BadInput("--ahead says when it will be, --at when it was; leave one of them out")
            arrange(session, words or [], ahead, options)
            return
        moment = session.moment(at, second=second)
        typed = gather_texts(session, kind, words or [], options, moment)
        if not instead(session, typed.said, typed.moment):
            record(session, kind, typed)

    parameters = list(_parameters(kind))
    if arrange:
        option = typer.Option("--ahead", metavar="WHEN", help="It lies ahead: tue 10:00, every tue …")
        parameters.append(_parameter("ahead", Annotated[str | None, option], None))
    also = f"\n  painlog {kind.command} {example_ahead}" if example_ahead else ""
    made.__doc__ = f"{kind.help}\n\n\b\n  painlog {kind.command} {kind.example}{also}"
    made.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    made.__annotations__ = {}
    return made


def rating_command(name: str) -> Callable[..., None]:
    """Make a command of its own for a rating that another kind holds, such as ``interference``."""
    kind, field = next(
        (kind, field) for kind in map(KINDS.__getitem__, VERBS) for field in kind.typed_fields if field.name == name
    )
    asked = field.help.partition(". ")[0]
    said = f"Record {asked[0].lower()}{asked[1:]}."
    alone = Kind(name=kind.name, label=name, help=said, fields=(field, NOTE), example="5", heads=(name,))
    return command(alone)


def _parameters(kind: Kind) -> Iterator[inspect.Parameter]:
    yield _parameter("ctx", typer.Context, inspect.Parameter.empty)
    main = kind.main
    words = typer.Argument(metavar=main.metavar, help=main.help, autocompletion=completion.values(kind, main))
    yield _parameter("words", Annotated[list[str] | None, words], None)
    for flag, name, field, help_, valued in options_of(kind):
        if not valued:
            yield _parameter(name, Annotated[bool, typer.Option(flag, help=help_)], default=False)
            continue
        offered = completion.values(kind, field)
        option = typer.Option(flag, metavar=field.metavar, help=help_, autocompletion=offered)
        yield _parameter(name, Annotated[list[str] | None if field.many else str | None, option], None)
    yield _parameter("at", AtOption, None)
    yield _parameter("second", SecondOption, default=False)


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
