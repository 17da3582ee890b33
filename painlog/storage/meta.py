"""What a journal's file knows of itself: this device's name, the secrets it shares with, its name in exports.

No entry and no setting: it is not part of the history, no change file and no export has it, and another journal never
takes it over.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from painlog.domain.kinds.declaration import match_whole
from painlog.storage.log.changes import machine, new_device

if TYPE_CHECKING:
    from uuid import UUID

    from painlog.storage.rows import Rows


DEVICE = "SELECT value FROM meta WHERE name = 'device'"


def secrets_in(text: str) -> list[bytes]:
    """Read the secrets that a journal's file holds, one beside the other; what is none is passed over."""
    return [bytes.fromhex(each) for each in text.split() if match_whole("[0-9a-f]{40}", each)]


class Meta:
    """The table ``meta`` of an open journal. What writes belongs within a transaction."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    @property
    def device(self) -> str:
        """The name that this journal writes under."""
        return str(self._rows.value(DEVICE))

    @property
    def sharing_secrets(self) -> list[bytes]:
        """The secrets of sealed change files that this journal knows, the one that it writes with first."""
        return secrets_in(str(self._rows.value("SELECT value FROM meta WHERE name = 'sharing'") or ""))

    def share_with(self, secret: bytes) -> None:
        """Seal what is shared with a secret from now on; those before it stay known."""
        known = [each for each in self.sharing_secrets if each != secret]
        self._write("sharing", " ".join(each.hex() for each in (secret, *known)))

    @property
    def taken(self) -> tuple[str, str]:
        """The last command that took another journal's changes over, and the greatest clock after it; else empty."""
        verb, _, clock = str(self._rows.value("SELECT value FROM meta WHERE name = 'taken'") or "").partition(" ")
        return verb, clock

    def note_taken(self, verb: str, clock: str) -> None:
        """Remember that a command took over changes which no undo takes back."""
        self._write("taken", f"{verb} {clock}")

    @property
    def is_unswept(self) -> bool:
        """Whether words that were forgotten may still stand where nothing reads: in free space of the file."""
        return bool(self._rows.value("SELECT value = 'yes' FROM meta WHERE name = 'unswept'"))

    def note_unswept(self, *, unswept: bool) -> None:
        """Remember that they may, or that they do no longer."""
        self._write("unswept", "yes" if unswept else "no")

    def export_namespace(self) -> UUID:
        """Return the journal's own random UUID, from which names in exports follow; drawn when it is first asked for.

        Not within a transaction.
        """
        from uuid import UUID

        known = "SELECT value FROM meta WHERE name = 'export_namespace'"
        if (namespace := self._rows.value(known)) is None:
            drawn = str(UUID(bytes=os.urandom(16), version=4))
            with self._rows.transaction():
                self._rows.conn.execute("INSERT OR IGNORE INTO meta VALUES ('export_namespace', ?)", (drawn,))
                namespace = self._rows.value(known)
        return UUID(namespace)

    def own_device(self) -> str:
        """Return this device's name to write under; drawn anew where the journal was copied from another machine."""
        known = dict(self._rows.select("SELECT name, value FROM meta WHERE name IN ('device', 'machine')"))
        here = machine() or known.get("machine", "")
        if known.get("machine", here) != here:
            known["device"] = self.rename_device()
        if known.get("machine", "") != here:
            self._write("machine", here)
        return str(known["device"])

    def rename_device(self) -> str:
        """Draw this device's name anew, and return it."""
        name = new_device()
        self._write("device", name)
        return name

    def _write(self, name: str, value: str) -> None:
        self.write_all([(name, value)])

    def write_all(self, values: Iterable[tuple[str, str]]) -> None:
        """Write names and values, the later of one name counting."""
        self._rows.conn.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values)
