"""The key of an encrypted journal: how it follows from a passphrase, and the keyring that may keep it.

Nothing here is ever written to a disk by painlog: the system's own keyring keeps a key as it keeps others. It only
spares a prompt: without it the passphrase opens the journal as before.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from painlog.errors import JournalLocked, reason

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS = 256_000
SALT_BYTES, KEY_BYTES = 16, 32
KEY_COMMAND = "PAINLOG_KEY_COMMAND"
_SERVICE = "painlog"
_SAFE_RINGS = ("SecretService", "libsecret", "kwallet", "macOS", "Windows")  # no other program's plain file


class Key(NamedTuple):
    """A raw key and the salt that it was made with, which is how its file begins. It never shows itself."""

    salt: bytes
    raw: bytes

    def __repr__(self) -> str:
        return "Key(…)"

    @property
    def spec(self) -> str:
        """The key as SQLCipher takes it, where no passphrase is to be stretched."""
        return f"x'{self.raw.hex()}{self.salt.hex()}'"


class Keys(Protocol):
    """The keys of one run: those that opened a file, or were made for one, by its salt; and where others come from.

    ``asks`` says whether a person may be asked for one.
    """

    known: dict[bytes, Key]
    asks: bool

    def candidates(self, path: Path | str, salt: bytes) -> Iterator[Key]:
        """Yield keys that may open a file until one does.

        Raises JournalLocked at the end, sqlite3.DatabaseError for a file that is damaged, so that no key opens it.
        """

    def accept(self, key: Key) -> None:
        """Hear that a key opened a file, and know it from then on."""


def derive(passphrase: str, salt: bytes = b"") -> Key:
    """Return the key that SQLCipher 4 makes of a passphrase; with a new salt where none is given."""
    from hashlib import pbkdf2_hmac

    salt = salt or os.urandom(SALT_BYTES)
    return Key(salt, pbkdf2_hmac("sha512", passphrase.encode("utf-8", "surrogateescape"), salt, ROUNDS, KEY_BYTES))


def from_command() -> str | None:
    """Return the first line that the person's own command prints; None where there is no command.

    Raises JournalLocked where it fails. What it printed is never shown.
    """
    if not (command := os.environ.get(KEY_COMMAND, "").strip()):
        return None
    import shlex
    import subprocess

    try:
        ran = subprocess.run(shlex.split(command), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False)  # noqa: S603
    except OSError as error:
        raise JournalLocked(f"the command in {KEY_COMMAND} did not start: {reason(error)}") from None
    except ValueError:
        raise JournalLocked(f"the command in {KEY_COMMAND} cannot be read; is a quotation mark open?") from None
    line = ran.stdout.split(b"\n", 1)[0].removesuffix(b"\r").decode("utf-8", "surrogateescape")
    if ran.returncode or not line:
        raise JournalLocked(f"the command in {KEY_COMMAND} gave no passphrase (exit code {ran.returncode})")
    return line


def cached(salt: bytes) -> Key | None:
    """Return the key that the system's keyring keeps; None where it keeps none."""
    name = _name(salt)
    found = _ask_ring(lambda ring: ring.get_password(_SERVICE, name))
    try:
        raw = bytes.fromhex(found) if isinstance(found, str) else b""
    except ValueError:
        return None
    return Key(salt, raw) if len(raw) == KEY_BYTES else None


def keep(key: Key) -> bool:
    """Let the system's keyring keep a key, and return whether it does."""
    name = _name(key.salt)
    _ask_ring(lambda ring: ring.set_password(_SERVICE, name, key.raw.hex()))
    return cached(key.salt) == key


def forget(salt: bytes) -> None:
    """Keep a key no longer."""
    name = _name(salt)
    if _ask_ring(lambda ring: ring.get_password(_SERVICE, name)):
        _ask_ring(lambda ring: ring.delete_password(_SERVICE, name))


def _name(salt: bytes) -> str:
    """What a key is kept under: no secret, since its file begins with it."""
    return salt.hex()


def _ask_ring(do: Callable[[Any], Any]) -> Any:
    """Ask the system's keyring for something; None where there is none, or none that works."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        ring = keyring.get_keyring()
        safe = next((each for each in getattr(ring, "backends", [ring]) if _is_safe(each)), None)
        return do(safe) if safe else None
    except (KeyringError, OSError, RuntimeError, ValueError, LookupError, AttributeError, TypeError):
        return None


def _is_safe(ring: Any) -> bool:
    return type(ring).__module__ in {f"keyring.backends.{name}" for name in _SAFE_RINGS}
