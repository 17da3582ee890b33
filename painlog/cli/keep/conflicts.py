"""``conflicts``: what two devices changed unseen by each other, to keep or to take."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import typer

from painlog.cli.session import Session
from painlog.cli.shell import completion
from painlog.cli.talk import say, tell
from painlog.domain.entries import Entry, show_unknown
from painlog.domain.language.dates import show_day
from painlog.storage.journal import Journal
from painlog.storage.log.conflicts import DELETED, WHEN, Conflict
from painlog.view.screens.capture import show_change
from painlog.view.screens.conflicts import Side, conflict_lines
from painlog.view.terminal import show

_Ids = list[str] | None


def conflicts_(
    ctx: typer.Context,
    keep: Annotated[
        _Ids, typer.Option(metavar="ID", help="Keep what the entry says.", autocompletion=completion.ids)
    ] = None,
    take: Annotated[
        _Ids, typer.Option(metavar="ID", help="Take the other values.", autocompletion=completion.ids)
    ] = None,
) -> None:
    """List what two devices changed unseen by each other.

    \b
      painlog conflicts
      painlog conflicts --keep 7f3a
      painlog conflicts --take 7f3a

    The later value counts until you choose. Keeping, taking and editing settle it, on all devices after a sync.
    """
    session: Session = ctx.obj
    if keep or take:
        _settle(session, keep or (), take or ())
        return
    with session.reading() as journal:
        found = journal.history.conflicts()
        short = journal.short_ids([entry for entry, _ in found])
        sides = [_sides(journal, entry, parts) for entry, parts in found]
    for (entry, _), each in zip(found, sides, strict=True):
        show(conflict_lines(entry, short[entry.id], each, session.today), plain=session.plain)
    say(
        "painlog conflicts --keep ID keeps the first value of each field, --take ID takes the next"
        if found
        else "no conflicts: nothing was changed on two devices unseen by each other"
    )


def _settle(session: Session, keep: Sequence[str], take: Sequence[str]) -> None:
    with session.changing() as journal, journal.changing() as transaction:
        chosen = [(journal.find(id_), False) for id_ in keep] + [(journal.find(id_), True) for id_ in take]
        settled = [transaction.settle(entry, take=taken) for entry, taken in chosen]
    for entry in settled:
        if entry is None:
            say("nothing was changed")
        else:
            tell(show_change(entry, session.today))


def _sides(journal: Journal, entry: Entry, parts: Sequence[Conflict]) -> dict[str, list[Side]]:
    """For each part in words its values, the one that counts first."""
    here = journal.meta.device
    written = journal.history.under([hlc for _, values in parts for hlc in values])
    return {
        _title(entry, part): [
            Side(_text(entry, part, value), datetime.fromisoformat(written[hlc].recorded_at), here=hlc.endswith(here))
            for hlc, value in reversed([*values.items()])
        ]
        for part, values in parts
    }


def _title(entry: Entry, part: str) -> str:
    field = entry.declaration.by_name.get(part) if entry.declaration else None
    return field.title if field else part.strip("\0")


def _text(entry: Entry, part: str, value: Any) -> str:
    if part == DELETED:
        return "yes" if value else "no"
    if part == WHEN:
        at = datetime.fromisoformat(value["at"]).astimezone() if value.get("at") else None
        return f"{show_day(at.date())} {at:%H:%M}" if at else str(value.get("day", ""))
    field = entry.declaration.by_name.get(part) if entry.declaration else None
    return "nothing" if value is None else field.show(value) if field else show_unknown(value)
