"""The commands that record one entry, made from the registry: ``pain``, ``mood``, ``sleep``, ``note`` and the like."""

import inspect
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Annotated, Any

import typer

from painlog.analysis.figures import figures
from painlog.cli.session import Session, say
from painlog.domain.dates import Moment, show_day
from painlog.domain.entries import Draft, Entry, draft
from painlog.domain.fields import Choice, Field, Flag, Text, Where, Words
from painlog.domain.kinds import KINDS, Kind
from painlog.domain.periods import DAYS_IN_WEEK, Period
from painlog.domain.regions import all_regions
from painlog.domain.series import Variable, variables
from painlog.errors import BadInput, FileRefused
from painlog.storage.journal import Journal
from painlog.view.capture import LISTED, Standing, reply
from painlog.view.terminal import term

_CHOSEN = "__"


def command(kind: Kind) -> Callable[..., None]:
    """Make the command of a kind: its main value positional, each other field an option, ``--at`` and ``--second``."""

    def record(ctx: typer.Context, at: str | None, second: bool, words: list[str] | None, **options: Any) -> None:
        session: Session = ctx.obj
        moment = session.moment(at, second=second)
        said = _said(kind, words or [], options, moment)
        new = draft(kind.name, said, moment, session.now)
        record_drafts(session, [new], [new.moment.notice])

    record.__doc__ = f"{kind.help}\n\n\b\n  painlog {kind.name} {kind.example}"
    record.__signature__ = inspect.Signature(list(_parameters(kind)))  # type: ignore[attr-defined]
    record.__annotations__ = {}
    return record


def record_drafts(session: Session, drafts: Sequence[Draft], notices: Sequence[str] = ()) -> None:
    """Write drafts as one command and say what was recorded."""
    begins = not session.has_journal
    with session.writing() as journal:
        entries = journal.record(drafts)
        short = journal.short_ids(entries[:LISTED])
        lines = reply(entries, short, _standing(journal, entries), session.today)
        noted = [*notices, *(remarks(journal, entries) if len(entries) <= LISTED else ())]
    print("\n".join(lines))
    for remark in filter(None, dict.fromkeys(noted)):
        say(f"note: {remark}")
    if begins:
        say(f"Your journal begins: {term(str(session.path))} (only you can read it)")


def remarks(journal: Journal, entries: Sequence[Entry]) -> Iterator[str]:
    """Say what a person should know of what they just recorded: a second night of a day, a pain without a score."""
    for entry in entries:
        kind = KINDS[entry.kind]
        if _is_night(kind, entry):
            nights = journal.entries(Period(entry.day, entry.day), kinds=[kind.name])
            if sum(_is_night(kind, one) for one in nights) > 1:
                yield (
                    f"{show_day(entry.day, journal.present_at.date())} has more than one night, the newest counts; "
                    "a broken night is one span with --waso, a nap is --nap"
                )
        elif any(score is not None for score in entry.data.get("where", {}).values()) and "score" not in entry.data:
            yield "no score for the pain as a whole, so the day has none from this; painlog pain 6 adds one"


def _is_night(kind: Kind, entry: Entry) -> bool:
    return kind.variant_of(entry.data) == "night" and kind.value_of(entry.data) is not None


def read_stdin(what: str) -> str:
    """Read all of standard input as text, with a word to a person who sits before it."""
    from painlog.exchange.files import decode

    if sys.stdin is None:
        raise FileRefused("there is no standard input to read")
    if sys.stdin.isatty():
        say(f"{what}, then Ctrl-D:")
    return decode(sys.stdin.buffer.read(), "standard input")


def _parameters(kind: Kind) -> Iterator[inspect.Parameter]:
    yield _parameter("ctx", typer.Context, inspect.Parameter.empty)
    main = kind.main
    yield _parameter("words", Annotated[list[str] | None, typer.Argument(metavar=main.metavar, help=main.help)], None)
    for field in kind.typed[1:]:
        yield from _options(field)
    at = typer.Option(metavar="WHEN", help="When it was: 07:30, yesterday 22:00, 2h ago … (painlog help dates).")
    yield _parameter("at", Annotated[str | None, at], None)
    second = typer.Option("--second", help="The second of an hour that comes twice when clocks go back.")
    yield _parameter("second", Annotated[bool, second], default=False)


def _options(field: Field) -> Iterator[inspect.Parameter]:
    flag = f"--{field.name.replace('_', '-')}"
    if isinstance(field, Choice):
        for word, help_ in list(zip(field.options, field.option_help, strict=True))[1:]:
            option = typer.Option(f"--{word}", help=help_)
            yield _parameter(field.name + _CHOSEN + word, Annotated[bool, option], default=False)
    elif isinstance(field, Flag):
        yield _parameter(field.name, Annotated[bool, typer.Option(flag, help=field.help)], default=False)
    else:
        option = typer.Option(flag, metavar=field.metavar, help=field.help, autocompletion=_completion(field))
        kind = list[str] | None if field.many else str | None
        yield _parameter(field.name, Annotated[kind, option], None)


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _completion(field: Field) -> Callable[[str], list[str]] | None:
    if isinstance(field, Where):
        return lambda incomplete: [id_ for id_ in all_regions() if id_.startswith(incomplete.lower())]
    if isinstance(field, Words):
        words = field.words
        return lambda incomplete: [word for word in words if word.startswith(incomplete.lower())]
    return None


def _said(kind: Kind, words: Sequence[str], options: dict[str, Any], moment: Moment) -> dict[str, list[str]]:
    """Gather what was typed by field; an option that was not given is not there."""
    said: dict[str, list[str]] = {}
    if words:
        said[kind.main.name] = [_main_text(kind, words, moment)]
    for option, given in options.items():
        name, _, chosen = option.partition(_CHOSEN)
        if given is None or given is False:
            continue
        if chosen and name in said:
            raise BadInput(f"{kind.by_name[name].title}: --{said[name][0]} does not go with --{chosen}")
        texts = [chosen] if chosen else ["yes"] if given is True else given if isinstance(given, list) else [given]
        said[name] = [_from_stdin(kind.by_name[name], text) for text in texts]
    return said


def _main_text(kind: Kind, words: Sequence[str], moment: Moment) -> str:
    text = _from_stdin(kind.main, " ".join(words))
    if len(words) > 1 and not isinstance(kind.main, Text) and not text[0].isspace() and words[1][:1].isalpha():
        try:
            kind.main.parse(text, moment)
        except BadInput:
            raise BadInput(
                f"painlog {kind.name} takes one value and options; a line of words goes: painlog log {kind.name} {text}"
            ) from None
    return text


def _from_stdin(field: Field, text: str) -> str:
    return read_stdin(f"Write the {field.title}") if text == "-" and isinstance(field, Text) else text


def _standing(journal: Journal, entries: Sequence[Entry]) -> Standing | None:
    """Where the first number of a single entry stands among the seven days up to it."""
    variable = _variable_of(entries[0]) if len(entries) == 1 else None
    if variable is None:
        return None
    day = entries[0].day
    week = Period(day - timedelta(days=DAYS_IN_WEEK - 1), day)
    found = figures(variable, journal.day_values(variable, week), week)
    return Standing(variable, day, found) if found.by_day[-1] is not None else None


def _variable_of(entry: Entry) -> Variable | None:
    """The variable that an entry adds to: that of its main number, else of its first other one."""
    kind = KINDS[entry.kind]
    for variable in variables().values():
        if variable.kind != kind.name:
            continue
        if variable.source != "value":
            found = entry.data.get(variable.source) is not None
        else:
            counts = not variable.variants or kind.variant_of(entry.data) in variable.variants
            found = counts and kind.value_of(entry.data) is not None
        if found:
            return variable
    return None
