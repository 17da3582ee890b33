"""Whose a backup is: by its name, and by what the file is where a journal got another name or two had the same one.

A journal is told from others by the name of its device, an encrypted one by its salt; its backups have the same.
"""

import sqlite3
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from painlog.errors import PainlogError
from painlog.storage.companions import ASIDE, stem
from painlog.storage.connection import MAGIC, salt_of
from painlog.storage.files import open_strange
from painlog.storage.meta import DEVICE


class Owner:
    """A journal, which is asked whether it owns a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def owns(self, file: Path, named: str) -> bool:
        """Whether a file, whose name begins as those of a journal do, is of this one."""
        if named == stem(self._path):
            return not (self._own and self._others) or identity(file) not in {*self._others.values()} - {self._own}
        return bool(self._own) and self._others.get(named) != self._own and identity(file) == self._own

    @cached_property
    def _own(self) -> str:
        return identity(self._path)

    @cached_property
    def _others(self) -> dict[str, str]:
        """The identities of the other journals in its folder, by how the names of their files begin."""
        found = {}
        with suppress(OSError):
            for each in self._path.parent.iterdir():
                beside = each.name.removeprefix(".").startswith(self._path.name)  # its own, being made
                if each.is_file() and not beside and ASIDE not in each.name and (one := identity(each)):
                    found[stem(each)] = one
        return found


def identity(file: Path) -> str:
    """Return what tells the file of a journal from those of all others; empty where it cannot be read."""
    try:
        with file.open("rb") as opened:
            is_database = opened.read(len(MAGIC)) == MAGIC
        if not is_database:
            return salt_of(file).hex()
        with open_strange(file, None) as conn:
            found = conn.execute(DEVICE).fetchone()
            return str(found[0]) if found else ""
    except (OSError, sqlite3.Error, PainlogError, UnicodeError):
        return ""
