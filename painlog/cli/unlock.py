"""Keys to an encrypted journal: from the person's own command, from where one was kept, or typed on the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from painlog.cli.session import say, say_notes
from painlog.errors import BadInput, JournalLocked
from painlog.storage import connection
from painlog.storage.encryption import keys
from painlog.storage.encryption.keys import KEY_COMMAND, Key, cached, derive, from_command
from painlog.view.terminal import term

if TYPE_CHECKING:
    from pathlib import Path

TRIES = 3
SHORT = 12
_TERMINAL = "/dev/tty"


class Keeper:
    """Finds keys. One that does not ask takes only what is kept and answers at once."""

    def __init__(self, *, asks: bool = True) -> None:
        self.asks = asks
        self._typed = False

    def candidates(self, path: Path | str, salt: bytes) -> Iterator[Key]:
        """Yield keys in the order command, kept, typed. Raises JournalLocked where none of them opened the file.

        Nobody is asked for a passphrase that cannot open it: then sqlite3.DatabaseError.
        """
        from painlog.storage.encryption.unlocking import refuse_damaged

        self._typed = False
        if self.asks and (given := passphrase_of_command()) is not None:
            yield derive(given, salt)
            say_notes([f"the passphrase from {KEY_COMMAND} does not open {term(str(path))}"])
        if key := cached(salt, quick=not self.asks):
            yield key
            _check_damage(path, key)
        if not self.asks or not has_terminal():
            raise JournalLocked(
                f"{path} is encrypted, and nobody is here to type its passphrase; {KEY_COMMAND} can name a command "
                "that prints it"
            )
        from pathlib import Path

        refuse_damaged(path)
        self._typed = True
        for _ in range(TRIES):
            key = derive(typed(f"Passphrase of {term(Path(path).name)}: "), salt)
            yield key
            _check_damage(path, key)
            say("this passphrase does not open it")
        raise JournalLocked(
            f"wrong passphrase, or {path} is damaged where it begins, or no painlog journal; left as it is; where it "
            "is moved elsewhere, painlog restore brings back a backup"
        )

    def opened(self, key: Key) -> None:
        """Keep a key that was typed, so that the next command does not ask."""
        if self._typed:
            keep(key)
        elif self.asks and not os.environ.get(KEY_COMMAND):
            keys.keep_a_while(key)


def keep(key: Key) -> None:
    """Keep a key, and say how long where that is not for good."""
    match keys.keep(key):
        case "a while":
            say_notes(["no keyring is open here, so painlog asks for the passphrase every twelve hours"])
        case "never":
            say_notes([
                f"no keyring is open here, so painlog asks for the passphrase each time; {KEY_COMMAND} spares it"
            ])


def _check_damage(path: Path | str, key: Key) -> None:
    """Tell damage from a wrong passphrase: one that opens a backup is right. Raises sqlite3.DatabaseError."""
    from pathlib import Path

    from painlog.storage.encryption.unlocking import not_whole, opens
    from painlog.storage.recovery import backups

    for each in backups.found(Path(path)):
        if connection.salt_of(each.path) == key.salt:
            if opens(each.path, key):
                connection.KEYS.known[key.salt] = key
                raise not_whole()
            return


def passphrase_of_command() -> str | None:
    """Return what the person's command prints, written as one types it; None without a command."""
    given = from_command()
    return None if given is None else _normal(given)


def new_passphrase() -> str:
    """Ask for a passphrase twice. Raises BadInput where the two differ, or there is nobody to ask."""
    if not has_terminal():
        raise BadInput("a new passphrase is typed on a terminal; there is none here")
    first = typed("New passphrase: ")
    if not first:
        raise BadInput("a passphrase cannot be empty; some words that only you know make a good one")
    if typed("The same again: ") != first:
        raise BadInput("the two passphrases differ; nothing was changed")
    if len(first) < SHORT:
        say_notes([f"a passphrase of fewer than {SHORT} characters may be guessed; painlog rekey changes it"])
    return first


def has_terminal() -> bool:
    """Whether somebody can type where nobody else reads along."""
    if os.name == "nt":
        return sys.stdin is not None and sys.stdin.isatty()
    try:
        os.close(os.open(_TERMINAL, os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def typed(question: str) -> str:
    """Read a passphrase from the terminal, unseen; an end of input there is an interruption."""
    from getpass import getpass

    try:
        return _normal(getpass(question))
    except EOFError:
        raise KeyboardInterrupt from None


def _normal(text: str) -> str:
    """One text for what two machines type differently."""
    import unicodedata

    return unicodedata.normalize("NFC", text)
