"""Which entries a command is about: by their ids, by ``last`` and a kind, or picked from a short list."""

import sys
from collections.abc import Sequence

from painlog.cli.prompts import Prompt, answers_from, ask
from painlog.cli.session import Session
from painlog.cli.talk import say
from painlog.domain.entries import Entry
from painlog.domain.kinds.shortcuts import SHORTCUT
from painlog.errors import BadInput
from painlog.storage.journal import Journal
from painlog.view.screens.capture import show_entry, when
from painlog.view.terminal import fit, term, width

LAST = "last"
_OFFERED = 9
_NO_ID = "which entry? painlog list shows their ids; last, or last and a kind, is the one recorded last"


def pick_one(session: Session, words: Sequence[str]) -> Entry:
    """Return the one entry that words name, or that a person picks. Raises BadInput."""
    first, *more = pick(session, words)
    if more:
        raise BadInput(f"{' '.join(words)!r} names {len(more) + 1} entries; this is done with one at a time")
    return first


def pick(session: Session, words: Sequence[str]) -> list[Entry]:
    """Return the entries that words name, each once: ids, or ``last`` with or without a kind; none are asked for.

    Raises BadInput where there is none such, where nobody is there to pick, and where nothing is picked.
    """
    with session.reading() as journal:
        if not words:
            recent = journal.reader.last_recorded(_OFFERED * 3)
            return [_picked(session, [entry for entry in recent if entry.kind != SHORTCUT.name][:_OFFERED])]
        if words[0].lower() == LAST:
            return [_last(journal, " ".join(words[1:]))]
        return list({(entry := journal.find(id_)).id: entry for id_ in words}.values())


def _last(journal: Journal, name: str) -> Entry:
    kind = journal.kinds.find(name) if name else None
    found = journal.reader.last_recorded(1, kind)
    if not found:
        raise BadInput(f"there is no entry of {name} yet" if name else "there is no entry yet")
    return found[0]


def _picked(session: Session, entries: Sequence[Entry]) -> Entry:
    """Let a person pick one of some entries, the one recorded last first. Raises BadInput."""
    with answers_from() as source:
        if not source.live or not entries:
            raise BadInput(_NO_ID if entries else "there is no entry yet")
        for number, entry in enumerate(entries, 1):
            say(fit(f"  {number}  {when(entry, session.today)}  {show_entry(entry)}", width(sys.stderr)))
        numbers = {str(number): entry for number, entry in enumerate(entries, 1)}
        answers: dict[str, str] = {}

        def check(text: str) -> None:
            if text not in numbers:
                raise BadInput(f"{term(repr(text))} is none of 1 to {len(numbers)}; Enter leaves all as it is")

        ask([Prompt("entry", "Which one? Enter leaves all as it is.", check, f"1 to {len(numbers)}")], source, answers)
    if not answers:
        raise BadInput("nothing was picked; nothing was changed")
    return numbers[answers["entry"]]
