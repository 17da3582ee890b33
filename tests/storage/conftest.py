"""What tests of an encrypted journal are given: a keyring, somebody who types, and a journal that is sealed."""

from pathlib import Path

import pytest

from painlog.cli import unlock
from painlog.storage.encryption import keys
from tests.conftest import Run, Terminal
from tests.support.encrypted import NOTE, PASSPHRASE, QUICK


class Ring:
    """A keyring that holds its keys in memory, under the two names that the system's takes."""

    def __init__(self, held: dict[str, str]) -> None:
        self.held = held

    def get_password(self, _service: str, name: str) -> str | None:
        return self.held.get(name)

    def set_password(self, _service: str, name: str, password: str) -> None:
        self.held[name] = password

    def delete_password(self, _service: str, name: str) -> None:
        del self.held[name]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The keys that a keyring keeps; they follow from a passphrase in no time, and no command gives one."""
    held: dict[str, str] = {}
    monkeypatch.setattr(keys, "_ask_ring", lambda do: do(Ring(held)))
    monkeypatch.setattr(keys, "ROUNDS", QUICK)
    monkeypatch.delenv(keys.KEY_COMMAND, raising=False)
    return held


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    made = Terminal()
    monkeypatch.setattr(unlock, "has_terminal", lambda: made.there)
    monkeypatch.setattr(unlock, "read_passphrase", made)
    return made


@pytest.fixture
def sealed(path: Path, run: Run, ring: dict[str, str], terminal: Terminal) -> Path:
    """An encrypted journal with a note, whose key is kept."""
    run("pain", "6", "--note", NOTE)
    run("log", "mood 4, slept 7h")
    terminal.types = [PASSPHRASE, PASSPHRASE]
    ran = run("encrypt")
    assert (ran.code, ran.out) == (0, "the journal is encrypted\n"), ran.err
    assert len(ring) == 1
    terminal.asked.clear()
    return path
