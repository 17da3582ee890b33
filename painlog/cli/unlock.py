"""Keys to an encrypted journal: from the person's own command, from where one was kept, or typed on the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from painlog.cli.talk import say, say_notes
from painlog.errors import BadInput, JournalLocked, PartMissing
from painlog.storage import connection
from painlog.storage.encryption import keys as keyring
from painlog.storage.encryption.keys import KEY_COMMAND, Key, Keys, cached, derive, from_command
from painlog.storage.encryption.unlocking import check_part, not_whole, opens
from painlog.view.terminal import term

if TYPE_CHECKING:
    from pathlib import Path

TRIES = 3
SHORT = 12
_TERMINAL = "/dev/tty"


class Keeper:
    """Finds keys, and tells a file that is damaged from one whose passphrase is not known."""

    def __init__(self) -> None:
        self._typed = False

    def candidates(self, path: Path | str, salt: bytes, keys: Keys) -> Iterator[Key]:
        """Yield keys in the order command, keyring, typed. Raises JournalLocked where none of them opened the file.

        Nobody is asked for a passphrase that cannot open it: then sqlite3.DatabaseError.
        """
        from pathlib import Path

        from painlog.storage.recovery.checkup import begins_plain

        path = Path(path)
        if begins_plain(path):
            _refuse_damaged(path)
        try:
            check_part()
            yield from self._in_turn(path, salt, keys)
        except (JournalLocked, PartMissing):
            _refuse_damaged(path)
            raise

    def _in_turn(self, path: Path, salt: bytes, keys: Keys) -> Iterator[Key]:
        self._typed = False
        if keys.asks and (passphrase := passphrase_of_command()) is not None:
            yield derive(passphrase, salt)
            say_notes([f"the passphrase from {KEY_COMMAND} does not open {term(str(path))}"])
        if keys.asks and (key := cached(salt)):
            yield key
            _check_damage(path, key, keys)
        if not keys.asks or not has_terminal():
            raise JournalLocked(
                f"{path} is encrypted, and nobody is here to type its passphrase; {KEY_COMMAND} can name a command "
                "that prints it"
            )
        _refuse_damaged(path)
        self._typed = True
        for _ in range(TRIES):
            key = derive(read_passphrase(f"Passphrase of {term(path.name)}: "), salt)
            yield key
            _check_damage(path, key, keys)
            say("this passphrase does not open it")
        raise JournalLocked(
            f"wrong passphrase, or {path} is damaged where it begins, or no painlog journal; left as it is; where it "
            "is moved elsewhere, painlog restore brings back a backup"
        )

    def accept(self, key: Key) -> None:
        """Keep a key that was typed, so that the next command does not ask."""
        if self._typed:
            keep(key)


def keep(key: Key) -> None:
    """Keep a key in the system's keyring, and say so where there is none."""
    if not keyring.keep(key):
        say_notes([f"no keyring is open here, so painlog asks for the passphrase each time; {KEY_COMMAND} spares it"])


def _refuse_damaged(path: Path) -> None:
    """Raise sqlite3.DatabaseError for a file that no passphrase opens."""
    from painlog.storage.recovery.checkup import is_damaged

    if is_damaged(path):
        raise not_whole()


def _check_damage(path: Path, key: Key, keys: Keys) -> None:
    """Tell damage from a wrong passphrase: one that opens a backup is right. Raises sqlite3.DatabaseError."""
    from painlog.storage.recovery import backups

    for each in backups.find_snapshots(path):
        if connection.salt_of(each.path) == key.salt:
            if opens(connection.as_uri(each.path), key):
                keys.known[key.salt] = key
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
    first = read_passphrase("New passphrase: ")
    if not first:
        raise BadInput("a passphrase cannot be empty; some words that only you know make a good one")
    if read_passphrase("The same again: ") != first:
        raise BadInput("the two passphrases differ; nothing was changed")
    if len(first) < SHORT:
        say_notes([f"a passphrase of fewer than {SHORT} characters may be guessed; painlog rekey changes it"])
    return first


def has_terminal() -> bool:
    """Whether somebody can type where nobody else reads along."""
    if sys.platform == "win32":
        return sys.stdin is not None and sys.stdin.isatty()
    try:
        os.close(os.open(_TERMINAL, os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def read_passphrase(question: str) -> str:
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
