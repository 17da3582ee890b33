"""The same dose twice within minutes: noted down a second time more often than taken a second time. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from painlog.domain.entries import Draft, Entry
from painlog.domain.kinds.care import was_done

WITHIN = timedelta(minutes=10)


def find_repeated(new: Draft, recorded: Iterable[Entry]) -> Entry | None:
    """Return the last of recorded doses that is of the same medicine and amount, ``WITHIN`` minutes of a new one.

    None where there is none, and for doses without a clock time: several of a day are usual.
    """
    found = [entry for entry in recorded if _is_same(new, entry)]
    return found[-1] if found else None


def say_repeated(new: Draft, entry: Entry) -> str:
    """Say which dose is recorded already, and how far apart the two are."""
    if new.at is None or entry.at is None:
        return ""
    minutes = round((new.at - entry.at).total_seconds() / 60)
    apart = f"{abs(minutes)} min {'before' if minutes > 0 else 'after'}" if minutes else "the same minute"
    return f"{entry.text} is recorded at {entry.at.astimezone(new.at.tzinfo):%H:%M} already ({apart})"


def _is_same(new: Draft, entry: Entry) -> bool:
    if new.at is None or entry.at is None or abs(new.at - entry.at) > WITHIN:
        return False
    if not (was_done(new.data) and was_done(entry.data)):
        return False
    same_name = str(new.data["name"]).casefold() == str(entry.data["name"]).casefold()
    return same_name and new.data.get("amount") == entry.data.get("amount")
