"""``track``: measures of one's own. Their values are recorded with ``log``."""

import shlex
import unicodedata
from typing import Annotated

import typer

from painlog.cli.capture import record_drafts
from painlog.cli.options import NoteOption
from painlog.cli.sections import MODULES
from painlog.cli.session import Session, group
from painlog.cli.shell import completion
from painlog.cli.shell.offers import ACTIVE
from painlog.cli.talk import note_field, say, tell
from painlog.domain.entries import Draft, Entry
from painlog.domain.kinds.measures import EXAMPLES, MEASURE, SCALES, check_free, scale_text, slug
from painlog.domain.language.dates import parse_at
from painlog.domain.language.own_words import means_something
from painlog.domain.variables import variables
from painlog.errors import BadInput
from painlog.storage.journal import Journal
from painlog.storage.transaction import Transaction
from painlog.view.screens.capture import show_change
from painlog.view.terminal import line_room, pad, term, times, wrap_text

track_ = group()
_CALLED = "What to call it."
_LIST_ROOM = 72  # columns that a row of the list takes
_LISTED = "A measure, as painlog track list shows it."
Named = Annotated[list[str], typer.Argument(metavar="NAME", help=_LISTED, autocompletion=completion.measures)]


@track_.callback()
def track(ctx: typer.Context) -> None:
    """Add and list measures of your own, beside painlog's.

    \b
      painlog track add "brain fog" --low none --high "cannot think" --better low
      painlog log brain fog 6
    """
    if ctx.invoked_subcommand is None:
        list_(ctx)


@track_.command("add")
def add_(
    ctx: typer.Context,
    name: Annotated[list[str], typer.Argument(metavar="NAME", help=_CALLED)],
    scale: Annotated[
        str | None, typer.Option(metavar="SCALE", help=f"{', '.join(SCALES[:-1])} or {SCALES[-1]}; rating is 0-10.")
    ] = None,
    low: Annotated[str | None, typer.Option(metavar="WORDS", help="What 0 means.")] = None,
    high: Annotated[str | None, typer.Option(metavar="WORDS", help="What 10 means.")] = None,
    better: Annotated[str | None, typer.Option(metavar="low|high", help="Which end is better, if one is.")] = None,
    unit: Annotated[str | None, typer.Option(metavar="UNIT", help="The unit of a number, such as kg.")] = None,
    note: NoteOption = None,
) -> None:
    """Add a measure of your own.

    \b
      painlog track add "brain fog" --low none --high "cannot think" --better low
      painlog track add coffee --scale count
      painlog track add weight --unit kg
      painlog track add migraine --scale yes-no --better low

    A 0-10 rating, a count, minutes, yes or no, or a number with a unit.
    """
    session: Session = ctx.obj
    given = {"name": " ".join(name), "scale": scale or ("number" if unit else None), "low": low, "high": high}
    given |= {"better": better, "unit": unit, **note_field(note)}
    moment = session.moment(None)
    data = MEASURE.read({key: [text] for key, text in given.items() if text is not None}, moment)
    with session.reading() as journal:
        _check_name(data["name"], journal, session)
    record_drafts(session, [Draft(MEASURE, moment._replace(at=None), data)])
    name_typed = shlex.quote(data["name"].lower()) if set(data["name"]) & ACTIVE else data["name"].lower()
    say(f"record it with: painlog log {term(name_typed)} {EXAMPLES.get(data.get('scale', ''), '6')}")


@track_.command("list")
def list_(ctx: typer.Context) -> None:
    """List your measures.

    \b
      painlog track list
    """
    session: Session = ctx.obj
    with session.reading() as journal:
        measures = journal.entries(kinds=[MEASURE.name])
        counts = {measure.id: journal.reader.count_of(measure.id) for measure in measures}
    if not measures:
        say('no measures of your own yet; painlog track add "brain fog" --low none --high "cannot think" adds one')
    for measure in measures:
        retired = "retired" if measure.data.get("retired") else ""
        name, scale = term(measure.data["name"]), term(scale_text(measure.data))
        count = times(counts[measure.id], "entry", "entries")
        if line_room() < _LIST_ROOM:
            below = ", ".join(filter(None, (scale, count, retired)))
            tell("\n".join([name, *wrap_text(below, line_room(), "  ")]))
        else:
            tell("  ".join((pad(name, 20), pad(scale, 34), count, retired)).rstrip())


@track_.command("rename")
def rename_(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_LISTED, autocompletion=completion.measures)],
    new: Annotated[list[str], typer.Argument(metavar="NEW", help=_CALLED)],
) -> None:
    """Call a measure otherwise; what was recorded goes with it.

    \b
      painlog track rename fog "brain fog"
    """
    session: Session = ctx.obj
    with session.changing() as journal, journal.changing() as transaction:
        measure = _measure(journal, name)
        wanted = MEASURE.by_name["name"].check(" ".join(new))
        if slug(wanted) != slug(measure.data["name"]):
            _check_name(wanted, journal, session)
        _change(session, transaction, measure, {"name": wanted})


@track_.command("retire")
def retire_(ctx: typer.Context, name: Named) -> None:
    """Stop using a measure; what was recorded stays.

    \b
      painlog track retire "brain fog"
    """
    session: Session = ctx.obj
    with session.changing() as journal, journal.changing() as transaction:
        measure = _measure(journal, " ".join(name))
        _change(session, transaction, measure, {"retired": True})


def _change(session: Session, transaction: Transaction, measure: Entry, new: dict[str, object]) -> None:
    edited = transaction.edit(measure, Draft(MEASURE, measure.moment, measure.typed_data | new))
    if edited is None:
        say("nothing was changed")
    else:
        tell(show_change(edited, session.today))


def _measure(journal: Journal, name: str) -> Entry:
    measures = journal.entries(kinds=[MEASURE.name])
    clean = " ".join(name.split()).casefold()
    found = [measure for measure in measures if measure.data["name"].casefold() == clean]
    if not found:
        known = ", ".join(measure.data["name"] for measure in measures)
        there = f"there are {known}" if known else "you have none yet"
        raise BadInput(f"{name!r} is not a measure of your own; {there}")
    return next((measure for measure in found if not measure.data.get("retired")), found[0])


def _check_name(name: str, journal: Journal, session: Session) -> None:
    """Refuse a name that means something else already, or that a line could not be read with."""
    clean = name.lower()
    if any(unicodedata.category(character) == "Cc" for character in name):
        raise BadInput(f"a name has letters and no control characters, unlike {name!r}; call it otherwise")
    if set(clean) & set(",;\"'") or clean.endswith(":"):
        raise BadInput(f"a name has no comma, semicolon, colon or quote, unlike {name!r}")
    check_free(name, journal.entries(kinds=[MEASURE.name]))
    if _is_date(clean, session):
        raise BadInput(f"{name!r} would be read as a date; call it otherwise")
    if clean in MODULES or slug(name) in variables() or means_something(clean):
        raise BadInput(f"{name!r} means something else to painlog; call it otherwise")


def _is_date(text: str, session: Session) -> bool:
    try:
        parse_at(text, session.now)
    except BadInput:
        return False
    return True
