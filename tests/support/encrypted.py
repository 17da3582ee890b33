"""What tests of encrypted journals share: passphrases, a note that nobody else may read, and what files hold."""

from pathlib import Path

from painlog.cli.session import Keys
from painlog.storage import connection
from painlog.storage.encryption.keys import derive
from painlog.storage.journal import Journal
from tests.conftest import NOW

PASSPHRASE, OTHER, WRONG = "Straße by the canary river", "another canary of mine", "no canary at all"
NOTE = "canary-note-7f3a"
QUICK = 1000  # rounds, so that keys follow from a passphrase in no time


def everything(place: Path) -> dict[str, bytes]:
    return {str(each.relative_to(place)): each.read_bytes() for each in sorted(place.rglob("*")) if each.is_file()}


def notes(path: Path) -> list[str]:
    with Journal.open(path, NOW, keys=Keys()) as journal:
        return [entry.data["note"] for entry in journal.entries() if "note" in entry.data]


def keys_from(passphrase: str, path: Path) -> Keys:
    """Keys that know the passphrase of a file, if it is encrypted."""
    keys, salt = Keys(), connection.salt_of(path)
    if salt:
        keys.known[salt] = derive(passphrase, salt)
    return keys
