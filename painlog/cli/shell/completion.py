"""What TAB completes: painlog's words, and the person's own from the journal.

It reads alone, hardly waits, and keeps quiet where something is wrong: what the journal does not say in time is left
out. The script that a shell keeps (``scripts``) holds what is offered without a journal, and what to ask of one.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

import typer

from painlog.cli.places import default_place, own_place
from painlog.cli.session import Keys
from painlog.cli.shell.offers import ACTIVE, match_words
from painlog.domain.kinds.fields import Choice, Field, Name, Words, YesNo
from painlog.domain.kinds.kind import Kind
from painlog.domain.kinds.where import Where
from painlog.domain.language import dates
from painlog.domain.language.dates import day_of
from painlog.errors import PainlogError
from painlog.storage.journal import Journal
from painlog.view.terminal import term

WAIT_SECONDS = 0.2
NEWEST = 30
T = TypeVar("T")
Completer = Callable[[typer.Context, str], list[str]]


def values(kind: Kind, field: Field) -> Completer | None:
    """Complete a field's values: what was used before, then what painlog knows; None where it is free."""
    if not isinstance(field, Name | Words | Where | Choice | YesNo):
        return None

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        if kind.name == "goal" and isinstance(field, Name):
            return plan_names(ctx, incomplete)
        used = _names(ctx, kind.name, field.name) if isinstance(field, Name | Words) else []
        return match_words([*used, *_known(field)], incomplete)

    return complete


def plannable_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete the names of medicines and treatments."""
    from painlog.domain.kinds.care import TREATMENTS

    return match_words([*_medicines_and_treatments(ctx), *TREATMENTS], incomplete)


def tried_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete what was taken, done or planned."""
    return match_words([*_medicines_and_treatments(ctx), *plan_names(ctx, "")], incomplete)


def _medicines_and_treatments(ctx: typer.Context) -> list[str]:
    return [*_names(ctx, "dose", "name"), *_names(ctx, "treatment", "name")]


def plan_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete what is in the plan."""
    from painlog.domain.kinds.care import PLAN
    from painlog.domain.plan import in_force

    items = _read(ctx, "plan", lambda journal: in_force(journal.entries(kinds=[PLAN.name]), day_of(journal.present_at)))
    return match_words([item.name for item in items], incomplete)


def measures(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete measures of the person's own."""
    return match_words(_names(ctx, "measure", "name"), incomplete)


def shortcuts(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete shortcuts."""
    return match_words(_names(ctx, "shortcut", "name"), incomplete)


def heads(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete the words that open an entry of ``log``, and the medicines and treatments that stand in one."""
    from painlog.domain.language.own_words import opening_words

    own = _read(ctx, "measure", lambda journal: list(journal.kinds.own.values()))
    return match_words([*opening_words(own), *_medicines_and_treatments(ctx)], incomplete)


def variables(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete variables, those of the person's own measures too."""
    from painlog.domain.variables import variables as known

    return match_words([*known(), *_read(ctx, "measure", lambda journal: list(journal.kinds.variables()))], incomplete)


def kinds(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete kinds of entries and the person's own measures."""
    from painlog.domain.kinds.registry import KINDS

    return match_words([*(name for name in KINDS if name != "tracked"), *measures(ctx, "")], incomplete)


def ids(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Complete the short ids of the newest entries, each with what it is, and ``last``."""
    found = _read(ctx, "ids", _newest)
    rows = [("last", "the entry recorded last"), *found] if found else []
    return [row for row in rows if row[0].startswith(incomplete.lower())]


def fixed_words(*words: str) -> Callable[[str], list[str]]:
    """Complete words that are always the same."""
    return lambda incomplete: match_words(words, incomplete)


def _newest(journal: Journal) -> list[tuple[str, str]]:
    newest = journal.entries(newest=NEWEST)[::-1]
    short = journal.short_ids(newest)
    plain = {ord(character): " " for character in ACTIVE | {":"}}
    return [(short[entry.id], " ".join(term(entry.text).translate(plain).split())[:60]) for entry in newest]


def _known(field: Field) -> Iterable[str]:
    if isinstance(field, Where):
        from painlog.domain.regions import all_regions, unsided_regions

        return {**unsided_regions(), **all_regions()}
    if isinstance(field, Words | Name):
        return field.words
    if isinstance(field, Choice):
        return field.options
    return ("yes", "no") if isinstance(field, YesNo) else ()


def _names(ctx: typer.Context, kind: str, field: str) -> list[str]:
    return _read(ctx, f"{kind}:{field}", lambda journal: journal.reader.names(kind, field))


def _read(ctx: typer.Context, asks: str, read: Callable[[Journal], list[T]]) -> list[T]:
    """Return what the journal of the command line so far says; nothing where it cannot be read at once.

    Where a script is made, ``asks`` is noted for it instead: ``kind:field``, or the kind whose entries it rests on.
    """
    if isinstance(ctx.obj, list):
        ctx.obj.append(asks)
        return []
    named = ctx.find_root().params.get("journal")
    try:
        path = own_place(str(named)) if named else default_place()
        journal = Journal.peek(path, dates.now(), WAIT_SECONDS, keys=Keys(asks=False))
        if journal is None:
            return []
        with journal:
            return read(journal)
    except (PainlogError, ValueError, LookupError):  # the latter two of data that another program spoiled
        return []
