"""What is done otherwise on macOS and Windows, taken here by their names; they are tried there in the workflow."""

import ctypes
import io
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from painlog.cli import prompts, settling, unlock
from painlog.cli.places import JOURNAL, plain_place
from painlog.cli.shell.fast_record import try_to_record
from painlog.storage import companions, connection, files
from painlog.storage.log import changes
from painlog.storage.recovery import replacing


class Typed(io.StringIO):
    """Standard input at which somebody sits."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "stdin", Typed("6\nq\n\n"))


@pytest.mark.usefixtures("windows")
def test_without_the_keys_of_a_terminal_answers_are_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    with prompts.answers_from() as source:
        answer = source.answer(prompts.Prompt("score", "How much?", str, scale="0-10"))
        assert (source.live, answer, source.key()) == (True, prompts.Answer("6", 1), "q")
    assert unlock.has_terminal()
    monkeypatch.setattr(sys, "stdin", Typed("pain 6\n"))
    assert settling._edit("pain six") == "pain 6", "without what stands there: it cannot be put there"


@pytest.mark.usefixtures("windows")
def test_windows_says_no_room_no_memory_and_no_lock(path: Path) -> None:
    assert connection._has_no_room(path) is False
    assert companions.memory_places() == []
    assert plain_place(*JOURNAL) == "", "platformdirs knows where"
    assert replacing._lock(-1), "Windows itself lets no open file be replaced"


@pytest.mark.usefixtures("windows")
def test_the_machine_is_known_by_its_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    fake = SimpleNamespace(
        HKEY_LOCAL_MACHINE=1, OpenKey=lambda *_: io.BytesIO(), QueryValueEx=lambda *_: ("the machine", 1)
    )
    monkeypatch.setitem(sys.modules, "winreg", fake)
    assert changes._machine_name() == "the machine"
    fake.OpenKey = refuse
    assert changes._machine_name() == ""


@pytest.mark.parametrize(("failed", "named"), [(0, "ab" * 16), (1, "")])
def test_the_machine_is_known_by_its_host_on_macos(failed: int, named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def gethostuuid(id_: "ctypes.Array[ctypes.c_char]", _wait: object) -> int:
        id_.raw = b"\xab" * 16
        return failed

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(ctypes, "CDLL", lambda _: SimpleNamespace(gethostuuid=gethostuuid))
    assert changes._machine_name() == named
    monkeypatch.setattr(ctypes, "CDLL", lambda _: SimpleNamespace())
    assert changes._machine_name() == "", "a system that has no such call"


def test_names_of_files_and_folders_where_the_system_is_called_nt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``os.name`` is set for as short as may be: ``pathlib`` reads it too."""
    with monkeypatch.context() as there:
        there.setattr(os, "name", "nt")
        uri, tried = connection.as_uri("a\\b.db"), try_to_record(["pain", "6"])
        there.setattr(os, "open", lambda *_: pytest.fail("a folder cannot be opened there"))
        files.to_disk(tmp_path)
    assert uri.startswith("file:///")
    assert uri.endswith("/a/b.db")
    assert not tried, "Typer expands words there"
