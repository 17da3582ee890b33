"""The key of an encrypted journal: how it follows from a passphrase, and where it may be kept for a while.

Nothing here is ever written to a disk by painlog: the kernel keeps a key in memory (Linux), the system's own keyring as
it keeps others. Both only spare a prompt: without them the passphrase opens the journal as before.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from painlog.errors import JournalLocked, reason

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


def cached(salt: bytes, *, quick: bool = False) -> Key | None:
    """Return a key that was kept; ``quick`` asks only what answers at once and without a window of its own."""
    name = _name(salt)
    if sys.platform == "linux":
        from painlog.storage.encryption import kernel_keys

        if (raw := kernel_keys.get(name)) and len(raw) == KEY_BYTES:
            return Key(salt, raw)
    if quick:
        return None
    return _from_ring(name, salt)


def _from_ring(name: str, salt: bytes) -> Key | None:
    found = _asked(lambda ring: ring.get_password(_SERVICE, name))
    try:
        raw = bytes.fromhex(found) if isinstance(found, str) else b""
    except ValueError:
        return None
    return Key(salt, raw) if len(raw) == KEY_BYTES else None


def keep(key: Key) -> Literal["for good", "a while", "never"]:
    """Keep a key where nothing of it reaches a file of painlog's, and return for how long."""
    keep_a_while(key)
    name = _name(key.salt)
    _asked(lambda ring: ring.set_password(_SERVICE, name, key.raw.hex()))
    if _from_ring(name, key.salt) == key:
        return "for good"
    return "a while" if cached(key.salt, quick=True) == key else "never"


def keep_a_while(key: Key) -> None:
    """Keep a key in the kernel's memory alone."""
    if sys.platform == "linux":
        from painlog.storage.encryption import kernel_keys

        kernel_keys.put(_name(key.salt), key.raw)


def forget(salt: bytes) -> None:
    """Keep a key no longer."""
    if sys.platform == "linux":
        from painlog.storage.encryption import kernel_keys

        kernel_keys.remove(_name(salt))
    name = _name(salt)
    if _asked(lambda ring: ring.get_password(_SERVICE, name)):
        _asked(lambda ring: ring.delete_password(_SERVICE, name))


def _name(salt: bytes) -> str:
    """What a key is kept under: no secret, since its file begins with it."""
    return salt.hex()


def _asked(do: Callable[[Any], Any]) -> Any:
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
