"""The scripts that a shell keeps for TAB: they hold commands, options and fixed words, so that no process is run.

``painlog.bash``, ``painlog.zsh`` and ``painlog.fish`` are filled with a case for each place where something can be
completed, as ``typer_adapter`` finds them. They ask for the person's own words with ``_PAINLOG_COMPLETE``, as Typer's
scripts do, and with ``_PAINLOG_ASKS``, which says what is wanted (``fast_answers``).
"""

import re
import shlex
from collections.abc import Callable, Iterable
from importlib.resources import files
from typing import NamedTuple

_PLACEHOLDER = "    # @CASES@"


class Word(NamedTuple):
    """What is offered, and what it is."""

    text: str
    help: str = ""


class Place(NamedTuple):
    """What may stand after a command or an option: words, options, those of them that take a value, and what to ask.

    ``key`` is the command's words, followed by the option, or by the argument's number from 1, or by ``+`` for one that
    may be repeated. ``asks`` says which of the person's own words are read from the journal (``completion``).
    """

    key: str
    words: tuple[Word, ...] = ()
    options: tuple[Word, ...] = ()
    valued: tuple[str, ...] = ()
    asks: str = ""


def fill_scripts(places: Iterable[Place]) -> dict[str, str]:
    """Return the script for each shell by its name, filled with the places."""
    known = [*places]
    return {shell: _fill(shell, "\n".join(map(write_case, known))) for shell, write_case in _CASES.items()}


def _fill(shell: str, cases: str) -> str:
    return (files(__package__) / f"painlog.{shell}").read_text("utf-8").replace(_PLACEHOLDER, cases)


def _bash_case(place: Place) -> str:
    return _case(place, [word.text for word in place.words], [word.text for word in place.options])


def _zsh_case(place: Place) -> str:
    return _case(place, _described(place.words), _described(place.options))


def _case(place: Place, words: list[str], options: list[str]) -> str:
    lists = {"words": words, "options": options, "valued": place.valued, "asks": (place.asks,)}
    sets = "; ".join(f"{name}={shlex.quote(chr(10).join(each))}" for name, each in lists.items() if any(each))
    return f"    {shlex.quote(place.key)}) {sets or ':'} ;;"


def _fish_case(place: Place) -> str:
    lists = {
        "words": _described(place.words),
        "options": _described(place.options),
        "valued": place.valued,
        "asks": (place.asks,),
    }
    sets = [f"        set {name} {' '.join(map(_quote_for_fish, each))}" for name, each in lists.items() if any(each)]
    return "\n".join([f"    case {_quote_for_fish(place.key)}", *sets])


def _described(words: Iterable[Word]) -> list[str]:
    """Write each word with what it is, behind a tab."""
    return ["\t".join(filter(None, word)) for word in words]


def _quote_for_fish(text: str) -> str:
    return "'" + re.sub(r"([\\'])", r"\\\1", text) + "'"


_CASES: dict[str, Callable[[Place], str]] = {"bash": _bash_case, "zsh": _zsh_case, "fish": _fish_case}
