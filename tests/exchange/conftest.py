"""What the tests of exchange share."""

import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from painlog.storage.log.changes import Change
from tests.conftest import Once, Run
from tests.support import hostile_changes


@pytest.fixture
def donors(recorded_once: Once, run: Run, path: Path) -> list[Change]:
    """A journal with an entry of each kind, and its changes."""

    def record() -> None:
        for line in hostile_changes.RECORDS:
            assert run(*shlex.split(line)).code in (0, 2), line

    recorded_once("hostile", record)
    with closing(sqlite3.connect(path)) as conn:
        return [Change(*row) for row in conn.execute("SELECT * FROM ops ORDER BY hlc")]
