"""What TAB completes: the registry's own words, and the person's own from the journal.

It only ever reads, waits for no one, and keeps quiet where something is wrong: what the journal does not say in time is
left out. Shells paste what is offered into the command line, and some evaluate it: a word with a character that means
something to a shell is not offered.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import typer

from painlog.cli.session import use_keys
from painlog.domain import dates
from painlog.domain.dates import day_of
from painlog.domain.fields import Choice, Field, Name, Where, Words, YesNo
from painlog.domain.kind import Kind
from painlog.errors import PainlogError
from painlog.storage.file import default_path, own_path
from painlog.storage.journal import Journal
from painlog.view.terminal import term

WAIT_SECONDS = 0.2
NEWEST = 30
LONGEST = 60
ACTIVE = set("\\`$\"'*?[]{}()<>|&;!#~^")
T = TypeVar("T")
Completer = Callable[[typer.Context, str], list[str]]


def values(kind: Kind, field: Field) -> Completer | None:
    """Complete a field's values: what was used before, then what painlog knows; None where it is free."""
    if not isinstance(field, Name | Words | Where | Choice | YesNo):
        return None

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        if kind.name == "goal" and isinstance(field, Name):
            return plan_names(ctx, incomplete)
        used = _read(ctx, lambda journal: journal.names(kind.name, field.name)) if _is_own(field) else []
        return _starting([*used, *_known(field)], incomplete)

    return complete


def plannable(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete the names of medicines and treatments."""
    from painlog.domain.care import DOSE, TREATMENT, TREATMENTS

    used = _read(ctx, lambda journal: [*journal.names(DOSE.name), *journal.names(TREATMENT.name)])
    return _starting([*used, *TREATMENTS], incomplete)


def tried(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete what was taken, done or planned."""
    from painlog.domain.care import DOSE, TREATMENT

    used = _read(ctx, lambda journal: [*journal.names(DOSE.name), *journal.names(TREATMENT.name)])
    return _starting([*used, *plan_names(ctx, "")], incomplete)


def plan_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete what is in the plan."""
    from painlog.domain.care import PLAN
    from painlog.domain.plan import in_force

    items = _read(ctx, lambda journal: in_force(journal.entries(kinds=[PLAN.name]), day_of(journal.present_at)))
    return _starting([item.name for item in items], incomplete)


def measures(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete measures of the person's own."""
    return _starting(_read(ctx, lambda journal: [kind.label for kind in journal.own.values()]), incomplete)


def heads(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete the words that open an entry of ``log``."""
    from painlog.domain.grammar import Grammar

    own = _read(ctx, lambda journal: list(journal.own.values()))
    return _starting(Grammar(own).heads, incomplete)


def variables(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete variables, those of the person's own measures too."""
    from painlog.domain.series import variables as known

    return _starting([*known(), *_read(ctx, lambda journal: list(journal.variables()))], incomplete)


def kinds(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete kinds of entries and the person's own measures."""
    from painlog.domain.kinds import KINDS

    return _starting([*(name for name in KINDS if name != "tracked"), *measures(ctx, "")], incomplete)


def ids(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Complete the short ids of the newest entries, each with what it is."""
    found = _read(ctx, _newest)
    return [(short, text) for short, text in found if short.startswith(incomplete.lower())]


def fixed(*words: str) -> Callable[[str], list[str]]:
    """Complete words that are always the same."""
    return lambda incomplete: _starting(words, incomplete)


def _newest(journal: Journal) -> list[tuple[str, str]]:
    newest = journal.entries(newest=NEWEST)[::-1]
    short = journal.short_ids(newest)
    plain = {ord(character): " " for character in ACTIVE | {":"}}
    return [(short[entry.id], " ".join(term(entry.text).translate(plain).split())[:60]) for entry in newest]


def _is_own(field: Field) -> bool:
    return isinstance(field, Name | Words)


def _known(field: Field) -> Iterable[str]:
    if isinstance(field, Where):
        from painlog.domain.regions import all_regions

        return all_regions()
    if isinstance(field, Words | Name):
        return field.words
    if isinstance(field, Choice):
        return field.options
    return ("yes", "no") if isinstance(field, YesNo) else ()


def _starting(words: Iterable[str], incomplete: str) -> list[str]:
    start = incomplete.casefold()
    fitting = (word for word in words if word.casefold().startswith(start))
    return [
        word
        for word in dict.fromkeys(fitting)
        if word.isprintable() and not ACTIVE & set(word) and len(word) <= LONGEST
    ]


def _read(ctx: typer.Context, read: Callable[[Journal], list[T]]) -> list[T]:
    """What the journal of the command line so far says; nothing where it cannot be read at once."""
    named = ctx.find_root().params.get("journal")
    try:
        use_keys(asks=False)
        path = own_path(Path(str(named))) if named else default_path()
        journal = Journal.peek(path, dates.now(), WAIT_SECONDS)
        if journal is None:
            return []
        with journal:
            return read(journal)
    except (PainlogError, ValueError, LookupError):  # the latter two: data that another program spoiled
        return []
